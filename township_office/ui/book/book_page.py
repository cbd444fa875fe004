# SPDX-License-Identifier: MulanPSL-2.0
"""A small book on a page of its tab: the list of any register, beside it the chosen row, the commands above.

Which form a row is typed into, and what comes next for it, is said by the pages that follow.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from township_office.core.fields import Register, Value
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.registers.steps import STEPS
from township_office.services import browsing, records, steps
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.services.today import tally
from township_office.ui import actions
from township_office.ui.book.book_list import BookList, BookWords
from township_office.ui.book.detail_pane import DetailPane
from township_office.ui.book.register_bar import lay_out_bar
from township_office.ui.book.search_box import SearchBox
from township_office.ui.book.side_pane import SidePane
from township_office.ui.book.year_choice import YearChoice
from township_office.ui.messages import Asker
from township_office.ui.tabs.tab import Tab
from township_office.ui.widgets import Banner, action_button, open_once, plain_button

_FEW_FIELDS = 6  # a row of so few stands whole in the table
_FEW_BUTTONS = 2
COMMANDS = (
    "record_new", "record_finish", "record_edit", "record_void", "record_history", "find", "sheet_export", "book_print",
    "detail_toggle", "reload",
)  # fmt: skip
_OF_A_ROW = ("record_edit", "record_void", "record_history")
ROW_MENU = ("record_finish", "record_edit", "record_history", actions.SEPARATOR, "record_void")
Row = dict[str, Value]


class BookPage(Tab):
    """Browse, enter, take the next step, correct, void, print one register."""

    names: tuple[str, ...] = COMMANDS
    row_menu_names: tuple[str, ...] = ROW_MENU
    wanting: tuple[str, ...] = ()  # standings the foot tells of
    pane_key = "book_pane"  # this PC remembers under it whether the pane is shown

    def __init__(
        self, office: Office, register: Register, today: Callable[[], date], asker: Asker, words: BookWords
    ) -> None:
        super().__init__()
        self.register = register
        self._office, self._today, self._asker, self._words = office, today, asker, words
        self._commands = {name: actions.make(name, self, getattr(self, f"on_{name}")) for name in self.names}
        self.word_commands()
        self.list = BookList(office, register, today, self._commands["detail_toggle"])
        self.list.book, self.list.words = words.book, words
        self.pane = self.build_pane()
        self.side = self.build_side()
        self.search = SearchBox(words.find)
        self.years = YearChoice(office, register, today)
        self._build()
        self._connect()
        self._go_to_year(self.years.first())

    # ---- what a page may say otherwise ----

    def build_pane(self) -> QWidget:
        """Return what stands beside the list. Its foot offers what comes next."""
        return DetailPane(self.register, self._commands | {"step_next": self._commands["record_finish"]}, self.row_menu)

    def build_side(self) -> SidePane:
        """Return the list with the pane beside it."""
        is_useful = len(self.register.fields) > _FEW_FIELDS
        return SidePane(self.list, self.pane, f"{self.pane_key}.{self.register.name}", is_useful=is_useful)

    def bar_buttons(self) -> list[QPushButton]:
        """Return what stands above the list."""
        keys = actions.shown_shortcut("record_new")
        buttons = [action_button(self._commands["record_new"], is_primary=True, shortcut=keys)]
        if "record_finish" in self.row_menu_names and self._commands["record_finish"].text():
            keys = actions.shown_shortcut("record_finish")
            buttons.append(action_button(self._commands["record_finish"], shortcut=keys))
        printing = [action_button(self._commands[name]) for name in self.print_menu()]
        if len(printing) > _FEW_BUTTONS:
            printing = [plain_button(t("care.print") + " ▾")]
            menu = QMenu(printing[0])
            actions.fill_menu(menu, self.print_menu(), self._commands)
            printing[0].setMenu(menu)
        return [*buttons, *printing]

    def print_menu(self) -> tuple[str, ...]:
        """Return what goes out of the book: buttons above the list, or, where they are many, one with a menu."""
        return ("book_print", "sheet_export")

    def lay_out(self, box: QVBoxLayout) -> None:
        """Put what the page shows below the bar: the views, the list, the pane."""
        box.addWidget(self.list.head)
        box.addWidget(self.side, 1)

    def finish_words(self) -> str:
        """Return what the step on one key is called, "" where there is none."""
        return next((t(f"step.{one.key}") for one in STEPS[self.register.name]), "")

    def can_finish(self, row: Row) -> bool:
        """Say whether the step on one key can be taken with a row that is not void."""
        return bool(steps.possible_steps(self.register, row, self._today()))

    def open_form(self, row: Row | None) -> None:
        """Open the form of a row, or of a new one."""
        raise NotImplementedError

    def show_chosen(self, row: Row) -> None:
        """Read the chosen row in the pane."""
        line = self.list.model.line(self.list.table.position() or 0)
        story = records.history(self._office, self.register, int(str(row["id"])))
        assert isinstance(self.pane, DetailPane)
        self.pane.show_row(row, story, self._today(), None, line.state)

    def clear_chosen(self) -> None:
        """No row is chosen."""
        assert isinstance(self.pane, DetailPane)
        self.pane.clear()

    def look_again(self) -> None:
        """Something was written, or everything is read anew: say what else the page tells of the book."""

    # ---- putting it together ----

    def word_commands(self) -> None:
        """Name the book in the commands, and say why some do not work in a read-only file."""
        self._commands["record_new"].setText(self._words.new)
        finish, words = self._commands["record_finish"], self.finish_words()
        finish.setText(words)
        finish.setToolTip(t("ui.finish_hint", what=words, keys=actions.shown_shortcut("record_finish")))
        self._commands["book_print"].setText(t("care.print"))
        if self._office.is_readonly:
            actions.forbid_writing(self._commands)

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        if self._office.is_readonly:
            box.addWidget(Banner(t("ui.read_only_banner")))
        box.addLayout(lay_out_bar(self.bar_buttons(), self.search, self.years))
        self.lay_out(box)

    def _connect(self) -> None:
        table = self.list.table
        actions.confine(self._commands["record_void"], table)
        self.search.sought.connect(self.list.seek)
        self.search.entered.connect(self.list.prepare)
        self.search.left_downwards.connect(table.setFocus)
        table.left_upwards.connect(self.search.setFocus)
        table.menu_wanted.connect(lambda place: self.row_menu().popup(place))
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self.list.register_wanted.connect(self.on_record_new)
        self.list.view_changed.connect(lambda: self.years.show_year(self.list.view.year))
        self.years.chosen.connect(self._go_to_year)
        self.side.due.connect(self._read_chosen)

    # ---- what the window asks ----

    def status_words(self) -> str:
        """Return how many entries this year has, and what of them wants doing."""
        today = self._today()
        kept = tally(self._office, self.register, today)
        words = t("care.status", year=today.year, book=self.list.book, count=f"{kept.this_year:,}")
        counts = browsing.counts(self._office, self.register, None, today)
        for key in self.wanting:
            if counts.get(key):
                words += t("care.status_more", standing=self.list.chips.word(key), count=f"{counts[key]:,}")
        return words

    def enter(self) -> None:
        """See Tab."""
        self.list.table.setFocus()

    def refresh(self) -> None:
        """See Tab."""
        self.list.forget_index()
        self.years.fill(self.list.view.year)
        self.list.read_anew()
        self.look_again()

    def reveal(self, row_id: int) -> None:
        """Show this row, whatever was shown before."""
        year = records.get(self._office, self.register, row_id)["year"]
        if self.list.reveal(row_id, year if isinstance(year, int) else None):
            with QSignalBlocker(self.search):
                self.search.clear()
        self.list.table.setFocus()

    def take_in(self, row_id: int, *, is_shown: bool) -> None:
        """See Tab."""
        self.list.take_in(row_id)
        self.years.fill(self.list.view.year)
        self.look_again()
        if is_shown and records.get(self._office, self.register, row_id)["entry"] != "revoked":
            self.reveal(row_id)

    def show_view(self, year: int | None, state: str) -> None:
        """See Tab."""
        with QSignalBlocker(self.search):
            self.search.clear()
        self.list.show_view(View(year, state), text="")
        self.list.table.setFocus()

    # ---- commands ----

    def on_record_new(self) -> None:
        """登记: a form with today and the clerk in it."""
        self.open_form(None)

    def on_record_finish(self) -> None:
        """The step on one key: its few fields in a dialog."""
        from township_office.ui.life.step_dialog import StepDialog

        row_id = self.list.chosen_id()
        if row_id is None:
            return
        row = records.get(self._office, self.register, row_id)
        for one in steps.possible_steps(self.register, row, self._today())[:1]:
            dialog = StepDialog(self._office, self.register, row, one, self._today, self.window())
            dialog.accepted.connect(lambda: self.on_written(row_id))
            open_once(dialog)

    def on_record_edit(self) -> None:
        """修改: the form of the chosen row."""
        row_id = self.list.chosen_id()
        if row_id is not None:
            self.open_form(records.get(self._office, self.register, row_id))

    def on_record_void(self) -> None:
        """作废: ask why, then mark the chosen row."""
        from township_office.ui.dialogs.void_dialog import VoidDialog

        row_id = self.list.chosen_id()
        if row_id is not None:
            row = records.get(self._office, self.register, row_id)
            dialog = VoidDialog(self._office, self.register, row, self._today, self.window())
            dialog.voided.connect(self.on_written)
            open_once(dialog)

    def on_record_history(self) -> None:
        """历史: everything that was done to the chosen row."""
        from township_office.ui.dialogs.history_dialog import HistoryDialog

        row_id = self.list.chosen_id()
        if row_id is not None:
            row = records.get(self._office, self.register, row_id)
            open_once(HistoryDialog(self._office, self.register, row, self.window()))

    def on_find(self) -> None:
        """Lead to the search box."""
        self.search.lead_here()

    def on_sheet_export(self) -> None:
        """导出: what the view shows, as an Excel file."""
        from township_office.services.exporting import Exported, export_register
        from township_office.ui.book.sheet_export import export_view

        view, today, register = self.list.view, self._today(), self.register
        when = t("ui.file_year", year=view.year) if view.year else t("ui.all_years")

        def chosen(path: Path) -> None:
            def write(own: Office, progress: Progress) -> Exported:
                return export_register(own, register, view, path, today, progress)

            export_view(self, self._office, write, path, self._asker)

        suggested = t("ui.file_export", book=register.title, when=when)
        self._asker.save_file(t("action.sheet_export"), suggested, t("ui.filter_xlsx"), chosen)

    def on_book_print(self) -> None:
        """打印: preview, then a printer, PDF or Word."""
        from township_office.ui.printing.print_dialog import PrintDialog

        open_once(PrintDialog(self._office, self.register, self._today, self._asker, self.window()))

    def on_detail_toggle(self) -> None:
        """Show or hide the pane beside the table."""
        self.side.toggle()

    def on_reload(self) -> None:
        """刷新."""
        self.refresh()

    def row_menu(self) -> QMenu:
        """Return what can be done with the chosen row, as a menu."""
        menu = QMenu(self)
        has_step = bool(self._commands["record_finish"].text())
        names = [name for name in self.row_menu_names if has_step or name != "record_finish"]
        actions.fill_menu(menu, tuple(names), self._commands)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    # ---- what follows ----

    def on_written(self, row_id: int) -> None:
        """A row was written by a dialog of the page: lead to it."""
        self.list.take_in(row_id)
        self.years.fill(self.list.view.year)
        self.reveal(row_id)
        self.look_again()
        self.changed.emit()

    def _on_opened(self) -> None:
        if self._commands["record_edit"].isEnabled():
            self.on_record_edit()
        elif not self.side.is_shown():
            self.on_detail_toggle()

    def _go_to_year(self, year: int | None) -> None:
        self.list.show_year(year)
        self.years.fill(year)

    # ---- the chosen row ----

    def _on_chosen(self) -> None:
        place = self.list.table.position()
        row = None if place is None else self.list.model.line(place).row
        may_write = row is not None and row["voided_on"] is None and not self._office.is_readonly
        for name in _OF_A_ROW:
            self._commands[name].setEnabled(may_write if actions.action_of(name).writes else row is not None)
        self._commands["record_finish"].setEnabled(may_write and row is not None and self.can_finish(row))
        self.side.read()

    def _read_chosen(self) -> None:
        place = self.list.table.position()
        if place is None:
            self.clear_chosen()
        elif self.pane.isVisibleTo(self):
            self.show_chosen(self.list.model.line(place).row)
