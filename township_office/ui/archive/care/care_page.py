# SPDX-License-Identifier: MulanPSL-2.0
"""The small books of the archive (查阅利用, 出入库, 温湿度, 安全检查): the list of any register, a form of seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QMenu, QVBoxLayout

from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.registers.archive.care import CLIMATE_LOG
from township_office.registers.steps import STEPS
from township_office.services import browsing, records, steps
from township_office.services.archive import care
from township_office.services.archive.care import ItemFinder, Swing
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.services.today import tally
from township_office.ui import actions
from township_office.ui.archive.care.care_dialog import CareDialog, has_codes
from township_office.ui.book.detail_pane import DetailPane
from township_office.ui.book.register_bar import lay_out_bar
from township_office.ui.book.register_list import RegisterList
from township_office.ui.book.search_box import SearchBox
from township_office.ui.book.side_pane import SidePane
from township_office.ui.book.year_choice import YearChoice
from township_office.ui.jobs import run_quietly
from township_office.ui.messages import Asker
from township_office.ui.tabs.tab import Tab
from township_office.ui.widgets import Banner, EmptyState, action_button, open_once, plain_button
from township_office.ui.words import short_day

_FEW_FIELDS = 6  # a row of so few stands whole in the table
_LATELY = timedelta(7)
_SWINGS_TOLD = 3
_COMMANDS = (
    "record_new", "record_finish", "record_edit", "record_void", "record_history", "find", "sheet_export", "book_print",
    "detail_toggle", "reload",
)  # fmt: skip
_OF_A_ROW = ("record_edit", "record_void", "record_history")
_ROW_MENU = ("record_finish", "record_edit", "record_history", actions.SEPARATOR, "record_void")
_WANTING = ("overdue", "out", "unfit", "faulty")  # standings the foot tells of


class CareList(RegisterList):
    """The list of a book that is begun by hand: there is no ledger to take in."""

    def empty_book(self) -> EmptyState:
        """See RegisterList."""
        page = EmptyState("empty_book", t("ui.empty_book", book=self.book), t(f"care.hint_{self._register.name}"))
        if not self._office.is_readonly:
            page.add_button(plain_button(t(f"care.new_{self._register.name}"), "record_new"), self.register_wanted.emit)
        return page


class CarePage(Tab):
    """Browse, enter, give back, correct, void, print one of the books of registers.archive.care."""

    def __init__(self, office: Office, register: Register, today: Callable[[], date], asker: Asker) -> None:
        super().__init__()
        self.register = register
        self._office, self._today, self._asker = office, today, asker
        self._finder = ItemFinder(office)
        self._has_read_catalogue = False
        self._commands = {name: actions.make(name, self, getattr(self, f"on_{name}")) for name in _COMMANDS}
        self._word_commands()
        self.list = CareList(office, register, today, self._commands["detail_toggle"])
        self.list.book = t(f"care.book_{register.name}")
        # Its foot offers what comes next: of these books that is 归还 or 处理.
        self.pane = DetailPane(register, self._commands | {"step_next": self._commands["record_finish"]}, self.row_menu)
        is_useful = len(register.fields) > _FEW_FIELDS
        self.side = SidePane(self.list, self.pane, f"care_pane.{register.name}", is_useful=is_useful)
        self.search = SearchBox(t(f"care.find_{register.name}", keys=actions.shown_shortcut("find")))
        self.years = YearChoice(office, register, today)
        self.air = Banner("", "amber")
        self._build()
        self._connect()
        self._go_to_year(self.years.first())
        self._look_at_the_air()

    def _word_commands(self) -> None:
        """Name the book in the commands, and say why some do not work in a read-only file."""
        self._commands["record_new"].setText(t(f"care.new_{self.register.name}"))
        for one in STEPS[self.register.name]:
            finish, words = self._commands["record_finish"], t(f"step.{one.key}")
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
        keys = actions.shown_shortcut("record_new")
        buttons = [action_button(self._commands["record_new"], is_primary=True, shortcut=keys)]
        if STEPS[self.register.name]:
            buttons.append(
                action_button(self._commands["record_finish"], shortcut=actions.shown_shortcut("record_finish"))
            )
        buttons += [action_button(self._commands[name]) for name in ("book_print", "sheet_export")]
        box.addLayout(lay_out_bar(buttons, self.search, self.years))
        box.addWidget(self.air)
        box.addWidget(self.list.head)
        box.addWidget(self.side, 1)

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
        for key in _WANTING:
            if counts.get(key):
                words += t("care.status_more", standing=self.list.chips.word(key), count=f"{counts[key]:,}")
        if self.register is CLIMATE_LOG and not care.is_read_today(self._office, today):
            words += t("care.not_read_today")
        return words

    def enter(self) -> None:
        """See Tab."""
        self.list.table.setFocus()

    def refresh(self) -> None:
        """See Tab."""
        self._finder, self._has_read_catalogue = ItemFinder(self._office), False
        self.list.forget_index()
        self.years.fill(self.list.view.year)
        self.list.read_anew()
        self._look_at_the_air()

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
        self._look_at_the_air()
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
        self._open_form(None)

    def on_record_finish(self) -> None:
        """归还: back today and whole, on one key. 处理: what was done about a problem."""
        row_id = self.list.chosen_id()
        if row_id is None:
            return
        row = records.get(self._office, self.register, row_id)
        for one in steps.possible_steps(self.register, row, self._today()):
            if one.key != "give_back":
                from township_office.ui.life.step_dialog import StepDialog

                dialog = StepDialog(self._office, self.register, row, one, self._today, self.window())
                dialog.accepted.connect(lambda: self._on_written(row_id))
                open_once(dialog)
                return
            try:
                care.give_back(self._office, self.register, row_id, self._today())
            except OfficeError as error:
                self._asker.report(error)
                return
            self._on_written(row_id)
            self.list.say(t("care.given_back", number=row["number"]))

    def on_record_edit(self) -> None:
        """修改: the form of the chosen row."""
        row_id = self.list.chosen_id()
        if row_id is not None:
            self._open_form(row_id)

    def on_record_void(self) -> None:
        """作废: ask why, then mark the chosen row."""
        from township_office.ui.dialogs.void_dialog import VoidDialog

        row_id = self.list.chosen_id()
        if row_id is not None:
            row = records.get(self._office, self.register, row_id)
            dialog = VoidDialog(self._office, self.register, row, self._today, self.window())
            dialog.voided.connect(self._on_written)
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
        actions.fill_menu(menu, _ROW_MENU if STEPS[self.register.name] else _ROW_MENU[1:], self._commands)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    # ---- what follows ----

    def _open_form(self, row_id: int | None) -> None:
        row = None if row_id is None else records.get(self._office, self.register, row_id)
        self._read_catalogue()
        dialog = CareDialog(self._office, self.register, self._today, self._finder, row, self.window())
        dialog.saved.connect(self._on_written)
        open_once(dialog)

    def _read_catalogue(self) -> None:
        """Have the titles of the archive at hand, with the first form that asks for 档号."""
        if has_codes(self.register) and not self._has_read_catalogue:
            self._has_read_catalogue = True
            finder = self._finder
            run_quietly(self, lambda _: finder.load(), lambda _: None, self._asker.report)

    def _on_written(self, row_id: int) -> None:
        self.list.take_in(row_id)
        self.years.fill(self.list.view.year)
        self.reveal(row_id)
        self._look_at_the_air()
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
        possible = may_write and row is not None and steps.possible_steps(self.register, row, self._today())
        self._commands["record_finish"].setEnabled(bool(possible))
        self.side.read()

    def _read_chosen(self) -> None:
        place = self.list.table.position()
        if place is None:
            self.pane.clear()
        elif self.side.is_shown():
            line = self.list.model.line(place)
            story = records.history(self._office, self.register, int(str(line.row["id"])))
            self.pane.show_row(line.row, story, self._today(), None, line.state)

    # ---- the air ----

    def _look_at_the_air(self) -> None:
        """Say above the list where the air moved too far lately."""
        found: list[Swing] = []
        if self.register is CLIMATE_LOG:
            today = self._today()
            found = care.swings(self._office, today - _LATELY, today)
        told = "、".join(map(_swing_words, found[:_SWINGS_TOLD]))
        more = t("care.more_swings", count=len(found)) if len(found) > _SWINGS_TOLD else ""
        self.air.say(t("care.swings", swings=told + more))
        self.air.setVisible(bool(found))


def _swing_words(swing: Swing) -> str:
    way = "rose" if swing.by > 0 else "fell"
    return t(f"care.{swing.name}_{way}", day=short_day(swing.day, swing.day.year), by=f"{abs(swing.by):g}")
