# SPDX-License-Identifier: MulanPSL-2.0
"""The right side of the tab 档案: the commands of the archive, the items of a branch, the pane of the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QApplication, QBoxLayout, QMenu, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Value
from township_office.core.text import t
from township_office.registers.archive.disposal import APPRAISAL, TRANSFER
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.watch import EXPIRED, PAGELESS, TO_TRANSFER
from township_office.services import records
from township_office.services.archive import items, shelf
from township_office.services.archive.scheme import scheme_of
from township_office.services.archive.shelf import Branch
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.ui import actions
from township_office.ui.archive.shelf.archive_bar import ArchiveBar
from township_office.ui.archive.shelf.archive_way import ArchiveWay
from township_office.ui.archive.shelf.fonds_line import FondsLine
from township_office.ui.archive.shelf.item_list import ItemDesk, ItemList
from township_office.ui.archive.shelf.item_pane import ItemPane
from township_office.ui.book.search_box import SearchBox
from township_office.ui.book.side_pane import SidePane
from township_office.ui.messages import Asker
from township_office.ui.widgets import Banner, open_once, plain_button

_COMMANDS = (
    "record_new", "record_edit", "archive_again", "archive_number", "record_void", "record_history", "number_copy",
    "find", "detail_toggle", "reload",
)  # fmt: skip
_WORDS = {
    "record_new": "shelf.add", "record_edit": "shelf.correct", "book_print": "shelf.print",
    "sheet_import": "shelf.take_in", "sheet_export": "shelf.give_out",
}  # fmt: skip
_ROW_MENU = (
    "record_edit", "archive_number", "archive_again", "record_history", "number_copy", "archive_boxes",
    actions.SEPARATOR, "record_void",
)  # fmt: skip
# What a watch asks for is done on a page of its own.
_DONE_ON = {EXPIRED: APPRAISAL.name, TO_TRANSFER: TRANSFER.name}
_OF_A_ROW = ("record_edit", "archive_again", "archive_number", "record_void", "record_history", "number_copy")


class ItemsPage(QWidget):
    """Browse, search, describe, box, print the archive. branch: which part of the tree is chosen."""

    changed = Signal()  # items were written
    typed = Signal()  # a cell was: the counts can wait for a pause
    row_wanted = Signal(str, int)
    settings_wanted = Signal()
    page_wanted = Signal(str)  # one of doors.PAGES

    def __init__(
        self, office: Office, today: Callable[[], date], asker: Asker, branch: Callable[[], Branch | None]
    ) -> None:
        super().__init__()
        self._office, self._today, self._asker, self._branch = office, today, asker, branch
        self._before = View()  # what was shown before something was looked for
        self.commands = {name: actions.make(name, self, getattr(self, f"on_{name}")) for name in _COMMANDS}
        self.list = ItemList(office, today, self.commands["detail_toggle"])
        self.way = ArchiveWay(self.list, office, today, asker, branch)
        self.commands |= self.way.commands
        self._word_commands()
        self.lead = plain_button("")
        self.desk = ItemDesk(office, today, self.list)
        self.pane = ItemPane(self.commands, self.row_menu)
        self.side = SidePane(self.list, self.pane, "archive_pane")
        self.search = SearchBox(t("shelf.find_placeholder", keys=actions.shown_shortcut("find")))
        self.fonds = FondsLine(office, asker)
        self._build()
        self._connect()
        self.setFocusProxy(self.list.table)

    def _word_commands(self) -> None:
        for name, words in _WORDS.items():
            self.commands[name].setText(t(words))
            self.commands[name].setToolTip(f"{t(words)}　{actions.shown_shortcut(name)}")
        if self._office.is_readonly:
            actions.forbid_writing(self.commands)

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        if self._office.is_readonly:
            box.addWidget(Banner(t("ui.read_only_banner")))
        box.addWidget(ArchiveBar(self.commands, self.search))
        box.addWidget(self.fonds)
        head = self.list.head.layout()
        assert isinstance(head, QBoxLayout)
        head.insertWidget(1, self.lead)
        self.list.head.setMinimumHeight(self.lead.sizeHint().height())  # nothing moves when it comes
        self._show_lead()
        box.addWidget(self.list.head)
        box.addWidget(self.side, 1)

    def _connect(self) -> None:
        actions.confine(self.commands["record_void"], self.list.table)
        self.search.sought.connect(self._seek)
        self.search.entered.connect(self.list.prepare)
        self.search.left_downwards.connect(self.list.table.setFocus)
        self.list.table.left_upwards.connect(self.search.setFocus)
        self.list.table.menu_wanted.connect(lambda place: self.row_menu().popup(place))
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self.list.file_wanted.connect(lambda: self.way.open_filing(self._today().year - 1))
        self.list.import_wanted.connect(self.way.on_sheet_import)
        for wants in (self.list, self.fonds):
            wants.settings_wanted.connect(self.settings_wanted)
        for writes in (self.way, self.fonds):
            writes.written.connect(self._on_many_written)
        self.way.view_wanted.connect(self._on_view_wanted)
        self.pane.sections.row_wanted.connect(self.row_wanted)
        self.pane.sections.box_wanted.connect(self.way.on_archive_boxes)
        self.list.view_changed.connect(self._show_lead)
        self.lead.clicked.connect(lambda: self.page_wanted.emit(_DONE_ON[self.list.view.state]))
        self.side.due.connect(self._read_chosen)
        self.desk.corrected.connect(lambda _: self.side.read())
        self.desk.corrected.connect(lambda _: self.typed.emit())

    # ---- what the tab asks ----

    def show_view(self, view: View) -> None:
        """Show a branch, or what a watch is about; what is looked for is looked for there."""
        if not self.list.text:
            self._before = view
        self.list.show_view(view)
        if view.state == PAGELESS:
            self.list.table.aim("page_count")

    def reveal(self, row_id: int) -> None:
        """Show this item, whatever was shown before."""
        row = records.get(self._office, ARCHIVE_ITEM, row_id)
        if row["entry"] == "revoked":
            return
        if self.list.reveal(row_id, row["year"] if isinstance(row["year"], int) else None):
            with QSignalBlocker(self.search):
                self.search.clear()
        self.list.table.setFocus()

    def refresh(self) -> None:
        """Read everything anew."""
        self.list.forget_index()
        self.list.read_anew()
        self.fonds.look()
        self.side.read()

    def status_words(self) -> str:
        """Return what the chosen branch holds, and which 件号 of a class are missing."""
        branch = self._branch()
        if branch is None or not branch.classes:
            return t("shelf.empty")
        pages = sum(one.pages for one in branch.classes)
        one = branch.classes[0] if len(branch.classes) == 1 else None
        where = shelf.words_of(scheme_of(self._office), one) if one else branch.label
        words = t("shelf.status", where=where, items=f"{branch.items:,}", pages=f"{pages:,}")
        if one is not None:
            numbers = shelf.missing(self._office, one)
            shown = "、".join(f"{number:04d}" for number in numbers[:8]) + ("…" if len(numbers) > 8 else "")
            words += t("shelf.status_missing", numbers=shown) if numbers else ""
        return words

    # ---- commands ----

    def on_record_new(self) -> None:
        """补归档: describe an item and put it at the end of its class."""
        self._open_form(None, self._of_branch())

    def on_archive_again(self) -> None:
        """照此补归档: what a void item says, for one in its right class."""
        row = self._chosen_row()
        if row is not None:
            self._open_form(None, row)

    def on_archive_number(self) -> None:
        """补编档号 of an item whose number an old catalogue gave to two."""
        row = self._chosen_row()
        if row is None:
            return
        try:
            items.number_item(self._office, int(str(row["id"])))
        except OfficeError as error:
            self._asker.report(error)
            return
        self._on_written(int(str(row["id"])))

    def on_record_edit(self) -> None:
        """修改著录 of the chosen item."""
        row = self._chosen_row()
        if row is not None:
            self._open_form(row, {})

    def on_record_void(self) -> None:
        """作废: ask why, then mark the chosen item; its number stays its own."""
        from township_office.ui.archive.shelf.void_item_dialog import VoidItemDialog

        row = self._chosen_row()
        if row is None:
            return
        try:
            items.check_voidable(self._office, int(str(row["id"])))
        except OfficeError as error:  # before a reason is typed in vain
            self._asker.report(error)
        else:
            dialog = VoidItemDialog(self._office, ARCHIVE_ITEM, row, self._today, self.window())
            dialog.voided.connect(self._on_written)
            open_once(dialog)

    def on_record_history(self) -> None:
        """历史: everything that was done to the chosen item."""
        from township_office.ui.dialogs.history_dialog import HistoryDialog

        row = self._chosen_row()
        if row is not None:
            open_once(HistoryDialog(self._office, ARCHIVE_ITEM, row, self.window()))

    def on_number_copy(self) -> None:
        """Put the 档号 of the chosen item on the clipboard."""
        row = self.pane.shown()
        if row is not None and row["number"]:
            QApplication.clipboard().setText(str(row["number"]))

    def on_find(self) -> None:
        """Lead to the search box."""
        self.search.lead_here()

    def on_detail_toggle(self) -> None:
        """Show or hide the pane beside the table."""
        self.side.toggle()

    def on_reload(self) -> None:
        """刷新."""
        self.refresh()
        self.changed.emit()

    def row_menu(self) -> QMenu:
        """Return what can be done with the chosen item, as a menu."""
        menu = QMenu(self)
        row = self._chosen_row()
        is_void = row is not None and row["voided_on"] is not None
        unfit = ["record_edit", "record_void"] if is_void else ["archive_again"]
        if not _awaits_number(row):
            unfit.append("archive_number")
        actions.fill_menu(menu, tuple(name for name in _ROW_MENU if name not in unfit), self.commands)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    # ---- what follows ----

    def _open_form(self, row: dict[str, Value] | None, given: dict[str, Value]) -> None:
        from township_office.ui.archive.shelf.item_dialog import ItemDialog

        dialog = ItemDialog(self._office, self._today, row, given, self.window())
        dialog.saved.connect(self._on_written)
        open_once(dialog)

    def _of_branch(self) -> dict[str, Value]:
        """Return what the chosen branch says of an item that is put into it."""
        branch = self._branch()
        if branch is None:
            return {}
        given: dict[str, Value] = dict(branch.view.part)
        if branch.view.year is not None:
            given["archive_year"] = branch.view.year
        return given

    def _on_written(self, row_id: int) -> None:
        self.list.take_in(row_id)
        self.changed.emit()
        self.reveal(row_id)

    def _on_many_written(self) -> None:
        self.refresh()
        self.changed.emit()

    def _on_view_wanted(self, view: View) -> None:
        """A year was filed, or pages must be counted before they are boxed: lead to these items."""
        with QSignalBlocker(self.search):
            self.search.clear()
        self.list.seek("")
        self.show_view(view)
        self.list.table.setFocus()

    def _on_opened(self) -> None:
        if self.commands["record_edit"].isEnabled():
            self.on_record_edit()

    def _seek(self, text: str) -> None:
        """What is looked for is looked for in the whole archive, until a branch is chosen; then in that."""
        if bool(text) == bool(self.list.text):
            self.list.seek(text)
        else:
            if text:
                self._before = self.list.view
            self.list.show_view(View() if text else self._before, text)

    def _show_lead(self) -> None:
        """到期待鉴定 and 应移交 are lists to look at; the button leads to where it is done."""
        state = self.list.view.state
        self.lead.setVisible(state in _DONE_ON)
        if state in _DONE_ON:
            self.lead.setText(t(f"shelf_leads.{state}"))

    # ---- the chosen item ----

    def _chosen_row(self) -> dict[str, Value] | None:
        row_id = self.list.chosen_id()
        return None if row_id is None else records.get(self._office, ARCHIVE_ITEM, row_id)

    def _on_chosen(self) -> None:
        place = self.list.table.position()
        row = None if place is None else self.list.model.line(place).row
        for name in _OF_A_ROW:
            is_void = row is not None and row["voided_on"] is not None
            is_allowed = not (actions.action_of(name).writes and self._office.is_readonly)
            if name in ("record_edit", "record_void"):
                is_allowed = is_allowed and not is_void
            elif name in ("archive_again", "archive_number"):
                is_allowed = is_allowed and (is_void if name == "archive_again" else _awaits_number(row))
            self.commands[name].setEnabled(row is not None and is_allowed)
        self.side.read()

    def _read_chosen(self) -> None:
        place = self.list.table.position()
        if place is None:
            self.pane.clear()
        elif self.side.is_shown():
            line = self.list.model.line(place)
            story = records.history(self._office, ARCHIVE_ITEM, int(str(line.row["id"])))
            told = shelf.inside(self._office, line.row), scheme_of(self._office)
            self.pane.show_item(line.row, story, self._today(), told, line.state)


def _awaits_number(row: Mapping[str, Value] | None) -> bool:
    return row is not None and row["sequence"] is None and row["voided_on"] is None
