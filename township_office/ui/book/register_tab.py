# SPDX-License-Identifier: MulanPSL-2.0
"""The tab of any register: the commands on top, the list, and beside it what the chosen row says."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout

from township_office.core.errors import OfficeError
from township_office.core.fields import Kind, Register, Value
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.registers.receipt import RECEIPT
from township_office.services import numbers, records, replies
from township_office.services.browsing import View
from township_office.services.dossier import dossier_of
from township_office.services.office import Office
from township_office.services.today import tally
from township_office.ui import actions
from township_office.ui.book.detail_pane import DetailPane
from township_office.ui.book.register_bar import build_bar
from township_office.ui.book.register_list import RegisterList
from township_office.ui.book.search_box import SearchBox
from township_office.ui.book.side_pane import SidePane
from township_office.ui.book.year_choice import YearChoice
from township_office.ui.entry.entry_desk import EntryDesk
from township_office.ui.life.paper_way import PaperWay
from township_office.ui.messages import Asker
from township_office.ui.tabs.tab import Tab
from township_office.ui.widgets import Banner, open_once
from township_office.ui.words import short_title

_COMMANDS = (
    "record_new", "record_draft", "batch_entry", "record_edit", "record_void", "record_history", "number_copy", "find",
    "sheet_import", "sheet_export", "book_print", "number_ledger", "detail_toggle", "reload",
)  # fmt: skip
_OF_A_ROW = ("record_edit", "record_void", "record_history", "number_copy")
_ROW_MENU = ("record_edit", "record_history", "number_copy", actions.SEPARATOR, "record_void")


class RegisterTab(Tab):
    """Browse, search, register, correct, void, print one register."""

    def __init__(self, office: Office, register: Register, today: Callable[[], date], asker: Asker) -> None:
        super().__init__()
        self.register = register
        self._office, self._today, self._asker = office, today, asker
        names = [name for name in _COMMANDS if name != "record_draft" or not register.field(register.dated_by).required]
        self._commands = {name: actions.make(name, self, getattr(self, f"on_{name}")) for name in names}
        self.way = PaperWay(self, office, register, today, asker, self._chosen_row)
        self._commands |= self.way.commands
        self._word_commands()
        self.list = RegisterList(office, register, today, self._commands["detail_toggle"])
        self.desk = EntryDesk(office, register, today, self.list)
        self.pane = DetailPane(register, self._commands, self.row_menu)
        self.side = SidePane(self.list, self.pane, "detail_pane")
        unit = next(field.label for field in register.fields if field.kind is Kind.NAME)
        self.search = SearchBox(t("ui.find_placeholder", unit=unit, keys=actions.shown_shortcut("find")))
        self.years = YearChoice(office, register, today)
        self._build()
        self._connect()
        self._start_year()

    def _word_commands(self) -> None:
        """Name the register in the commands, and say why some do not work in a read-only file."""
        book = short_title(self.register)
        self._commands["record_new"].setText(t("ui.register_document", book=book))
        if self._office.is_readonly:
            actions.forbid_writing(self._commands)

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        if self._office.is_readonly:
            box.addWidget(Banner(t("ui.read_only_banner")))
        box.addLayout(build_bar(self._commands, self.search, self.years))
        box.addWidget(self.list.head)
        box.addWidget(self.side, 1)

    def _connect(self) -> None:
        actions.confine(self._commands["record_void"], self.list.table)
        self.search.sought.connect(self.list.seek)
        self.search.entered.connect(self.list.prepare)
        self.search.left_downwards.connect(self.list.table.setFocus)
        self.list.table.left_upwards.connect(self.search.setFocus)
        self.list.table.menu_wanted.connect(lambda place: self.row_menu().popup(place))
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self.list.register_wanted.connect(self.on_record_new)
        self.list.import_wanted.connect(self.on_sheet_import)
        self.list.view_changed.connect(self._show_year)
        self.years.chosen.connect(self._go_to_year)
        self.way.written.connect(self._on_written)
        self.pane.sections.row_wanted.connect(self.row_wanted)
        self.pane.sections.line_wanted.connect(lambda child, row, at: self.way.line_menu(child, row).popup(at))
        self.desk.registered.connect(self._on_written)
        self.desk.confidential_wanted.connect(lambda: self.confidential_wanted.emit(0))
        self.desk.mishap_wanted.connect(self.mishap_wanted)
        self.desk.corrected.connect(self._tell)
        self.desk.row_wanted.connect(self.reveal)
        self.desk.row_wanted.connect(lambda _: self.pane.show())
        for told in (self.desk.corrected, self.desk.row_wanted):
            told.connect(lambda _: self.side.read())
        self.desk.toggled.connect(lambda: self.side.put_away(is_away=self.desk.is_open()))
        self.side.due.connect(self._read_chosen)

    # ---- what the window asks ----

    def status_words(self) -> str:
        """Return how many documents this year has, as 今日 counts them, and the next number."""
        today = self._today()
        book = short_title(self.register)
        kept = tally(self._office, self.register, today)
        words = t("ui.status_count", year=today.year, book=book, count=f"{kept.this_year:,}")
        if kept.void:
            words += t("ui.status_void", count=f"{kept.void:,}")
        with suppress(OfficeError):
            words += t("ui.status_next", number=numbers.next_number(self._office, self.register, {}, today).number)
        return words

    def reveal(self, row_id: int) -> None:
        """Show this row, whatever was shown before."""
        row = records.get(self._office, self.register, row_id)
        year = row["year"] if isinstance(row["year"], int) else None
        if self.list.reveal(row_id, year):
            with QSignalBlocker(self.search):
                self.search.clear()
        if not self.desk.has_cursor():
            self.list.table.setFocus()

    def take_in(self, row_id: int, *, is_shown: bool) -> None:
        """See Tab."""
        self.list.take_in(row_id)
        self._fill_years()
        is_there = records.get(self._office, self.register, row_id)["entry"] != "revoked"
        if is_shown and is_there:
            self.reveal(row_id)

    def refresh(self) -> None:
        """See Tab."""
        self.list.forget_index()
        self._fill_years()
        self.list.read_anew()

    def enter(self) -> None:
        """See Tab."""
        if self.desk.is_open():
            self.desk.open_bundle()
        else:
            self.list.table.setFocus()

    def show_view(self, year: int | None, state: str) -> None:
        """See Tab."""
        with QSignalBlocker(self.search):
            self.search.clear()
        self.list.show_view(View(year, state), text="")
        self.list.table.setFocus()

    # ---- commands ----

    def on_record_new(self) -> None:
        """登记: an empty form."""
        self._open_form(None)

    def on_batch_entry(self) -> None:
        """批量登记: the row for the next paper, in the table itself."""
        self.desk.open_bundle()

    def on_record_draft(self) -> None:
        """起草: an empty form for what is not signed yet."""
        self._open_form(None, is_draft=True)

    def on_record_edit(self) -> None:
        """修改: the form of the chosen row."""
        row = self._chosen_row()
        if row is not None:
            self._open_form(row)

    def on_record_void(self) -> None:
        """作废: ask why, then mark the chosen row."""
        from township_office.ui.dialogs.void_dialog import VoidDialog

        row = self._chosen_row()
        if row is not None:
            dialog = VoidDialog(self._office, self.register, row, self._today, self.window())
            dialog.voided.connect(self._on_written)
            open_once(dialog)

    def on_record_history(self) -> None:
        """历史: everything that was done to the chosen row."""
        from township_office.ui.dialogs.history_dialog import HistoryDialog

        row = self._chosen_row()
        if row is not None:
            open_once(HistoryDialog(self._office, self.register, row, self.window()))

    def on_number_copy(self) -> None:
        """Put the number of the chosen row on the clipboard."""
        row = self.pane.shown()
        if row is not None and row["number"]:
            QApplication.clipboard().setText(str(row["number"]))

    def on_find(self) -> None:
        """Lead to the search box."""
        self.search.lead_here()

    def on_sheet_import(self) -> None:
        """导入: the office's own Excel ledger."""
        from township_office.ui.importing.import_dialog import ImportDialog

        dialog = ImportDialog(self._office, self.register, self._today, self._asker, self.window())
        dialog.imported.connect(self._on_many_written)
        dialog.year_wanted.connect(self._go_to_year)
        open_once(dialog)

    def on_sheet_export(self) -> None:
        """导出: what the view shows, as an Excel file that comes in again without loss."""
        from township_office.services.exporting import Exported, export_register
        from township_office.ui.book.sheet_export import export_view

        year = self.list.view.year
        when = t("ui.file_year", year=year) if year else t("ui.all_years")
        suggested = t("ui.file_export", book=self.register.title, when=when)
        title = t("action.sheet_export")
        view, today = self.list.view, self._today()

        def chosen(path: Path) -> None:
            def write(own: Office, progress: Progress) -> Exported:
                return export_register(own, self.register, view, path, today, progress)

            export_view(self, self._office, write, path, self._asker)

        self._asker.save_file(title, suggested, t("ui.filter_xlsx"), chosen)

    def on_book_print(self) -> None:
        """打印: preview, then a printer, PDF or Word."""
        from township_office.ui.printing.print_dialog import PrintDialog

        open_once(PrintDialog(self._office, self.register, self._today, self._asker, self.window()))

    def on_number_ledger(self) -> None:
        """号序台账: every number of a series and year."""
        from township_office.ui.dialogs.number_ledger_dialog import NumberLedgerDialog

        dialog = NumberLedgerDialog(self._office, self.register, self._today, self._asker, self.window())
        dialog.finished.connect(lambda _: self.changed.emit())  # a number kept is no longer the next one
        dialog.open_requested.connect(dialog.accept)
        dialog.open_requested.connect(self.reveal)
        open_once(dialog)

    def on_detail_toggle(self) -> None:
        """Show or hide the pane beside the table."""
        self.side.toggle()

    def on_reload(self) -> None:
        """刷新."""
        self.refresh()

    # ---- what follows ----

    def _open_form(self, row: dict[str, Value] | None, *, is_draft: bool = False) -> None:
        from township_office.ui.form.record_dialog import RecordDialog

        dialog = RecordDialog(self._office, self.register, self._today, self._asker, row, self.window())
        dialog.saved.connect(self._on_written)
        dialog.confidential_wanted.connect(lambda: self.confidential_wanted.emit(0))
        dialog.mishap_wanted.connect(self.mishap_wanted)
        if is_draft:
            dialog.begin_draft()
        open_once(dialog)

    def _on_written(self, row_id: int) -> None:
        self.list.take_in(row_id)
        self._fill_years()
        self.reveal(row_id)
        if records.awaits_number(records.get(self._office, self.register, row_id)):
            self.list.say(t("draft.saved"))
        self._tell(row_id)

    def _tell(self, row_id: int) -> None:
        """A row was written; a reply has changed the paper it answers."""
        answered = replies.answered_by(self._office, records.get(self._office, self.register, row_id))
        if answered is not None:
            self.row_touched.emit(RECEIPT.name, int(str(answered["id"])))
        self.changed.emit()

    def _on_many_written(self) -> None:
        self.list.forget_index()
        self.list.read_anew()
        self._start_year()
        self.changed.emit()

    def _on_opened(self) -> None:
        if self._commands["record_edit"].isEnabled():
            self.on_record_edit()
        elif not self.side.is_shown():
            self.on_detail_toggle()

    def row_menu(self) -> QMenu:
        """Return what can be done with the chosen row, as a menu."""
        menu = QMenu(self)
        actions.fill_menu(menu, (*self.way.menu(), *_ROW_MENU), self._commands)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    # ---- the chosen row ----

    def _chosen_row(self) -> dict[str, Value] | None:
        row_id = self.list.chosen_id()
        return None if row_id is None else records.get(self._office, self.register, row_id)

    def _on_chosen(self) -> None:
        place = self.list.table.position()
        row = None if place is None else self.list.model.line(place).row
        for name in _OF_A_ROW:
            is_writing = actions.action_of(name).writes
            is_allowed = not is_writing or not (self._office.is_readonly or (row and row["voided_on"]))
            if name == "number_copy":
                is_allowed = row is not None and bool(row["number"])
            self._commands[name].setEnabled(row is not None and is_allowed)
        self.way.look_at(row)
        self.side.read()

    def _read_chosen(self) -> None:
        place = self.list.table.position()
        if place is None:
            self.pane.clear()
        elif self.side.is_shown():
            line = self.list.model.line(place)
            story = records.history(self._office, self.register, int(str(line.row["id"])))
            dossier = dossier_of(self._office, self.register, line.row, self._today())
            self.way.tell(dossier)
            self.pane.show_row(line.row, story, self._today(), dossier, line.state)

    # ---- years ----

    def _start_year(self) -> None:
        self.list.show_year(self.years.first())
        self._fill_years()

    def _go_to_year(self, year: int | None) -> None:
        self.list.show_year(year)
        self._show_year()

    def _fill_years(self) -> None:
        self.years.fill(self.list.view.year)

    def _show_year(self) -> None:
        self.years.show_year(self.list.view.year)
