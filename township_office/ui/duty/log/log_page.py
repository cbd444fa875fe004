# SPDX-License-Identifier: MulanPSL-2.0
"""值班日志: the days at the left, a day's page at the right with its calls, 交接班 on one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from township_office.core.text import t
from township_office.registers.duty.event import DUTY_EVENT
from township_office.registers.duty.log import DUTY_CALL, DUTY_LOG
from township_office.services import children, records
from township_office.services.office import Office
from township_office.services.roster import events, log
from township_office.ui import actions
from township_office.ui.book.book_list import BookWords
from township_office.ui.book.book_page import COMMANDS, BookPage, Row
from township_office.ui.duty.log.call_row import CallRow
from township_office.ui.duty.log.countdown import Ticking
from township_office.ui.duty.log.day_sheet import DaySheet
from township_office.ui.duty.log.day_side import DaySide
from township_office.ui.life.paper_form import now_on
from township_office.ui.messages import Asker
from township_office.ui.widgets import open_once


class DutyLogPage(BookPage):
    """Begin the day, note what comes in, hand over, print; F9 shows the list of days, or hides it."""

    names = (*COMMANDS, "duty_call", "duty_sheet")
    row_menu_names = (
        "record_finish", "duty_call", "record_edit", "duty_sheet", "record_history", actions.SEPARATOR, "record_void",
    )  # fmt: skip
    wanting = ("to_hand_over",)
    pane_key = "duty_log_list"

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker) -> None:
        words = BookWords(
            t("duty_log.book"),
            t("duty_log.begin"),
            t("duty_log.hint"),
            t("duty_log.find", keys=actions.shown_shortcut("find")),
        )
        self.entry = CallRow(office, today)
        self.entry.setEnabled(not office.is_readonly)
        super().__init__(office, DUTY_LOG, today, asker, words)
        self.entry.written.connect(lambda _: self._on_call_written())
        self._ticking = Ticking(self, self._tick)
        self.look_again()
        self._begin_with_today()

    # ---- what BookPage asks ----

    def build_pane(self) -> QWidget:
        """See BookPage: the day's page."""
        commands = self._commands | {"step_next": self._commands["record_finish"]}
        self.sheet = DaySheet(commands, self.row_menu, self.entry)
        self.sheet.call_chosen.connect(self._on_call_chosen)
        self.sheet.event_wanted.connect(lambda row_id: self.row_wanted.emit(DUTY_EVENT.name, row_id))
        self.sheet.edit_wanted.connect(self._commands["record_edit"].trigger)
        self.sheet.day_wanted.connect(self._go_by)
        return self.sheet

    def bar_buttons(self) -> list[QPushButton]:
        """See BookPage."""
        self.begin, *others = super().bar_buttons()
        return [self.begin, *others]

    def print_menu(self) -> tuple[str, ...]:
        """See BookPage."""
        return ("duty_sheet", *super().print_menu())

    def word_commands(self) -> None:
        """See BookPage."""
        super().word_commands()
        self._commands["duty_sheet"].setText(t("duty_log.print_day"))
        self._commands["book_print"].setText(t("duty_log.print_book"))

    def build_side(self) -> DaySide:
        """See BookPage: the day has what room there is; F9 shows the list, or hides it."""
        return DaySide(self.list, self.pane, self.pane_key)

    def open_form(self, row: Row | None) -> None:
        """See BookPage."""
        from township_office.ui.duty.log.forms import LogForm

        dialog = LogForm(self._office, row, self._today, self.window())
        dialog.saved.connect(self.on_written)
        if row is None:
            dialog.accepted.connect(self.enter)  # what follows a page begun is its first call
        open_once(dialog)

    def show_chosen(self, row: Row) -> None:
        """See BookPage."""
        line = self.list.model.line(self.list.table.position() or 0)
        calls = children.children(self._office, DUTY_CALL, int(str(row["id"])))
        waiting = [events.waiting(self._office, one) for one in log.events_of(self._office, row)]
        self.sheet.show_day(row, line.state, calls, waiting, self._now())

    def clear_chosen(self) -> None:
        """See BookPage."""
        self.sheet.clear()

    def look_again(self) -> None:
        """See BookPage: the days may have come or gone."""
        day = log.day_to_begin(self._office, self._today())
        words = t("duty_log.begin" if day == self._today() else "duty_log.catch_up")
        self._commands["record_new"].setText(words)
        self.begin.setText(f"{words}  {actions.shown_shortcut('record_new')}")
        self.side.fit()

    def enter(self) -> None:
        """See Tab: where the next word belongs."""
        self._read_chosen()
        if self.entry.isVisible():
            self.entry.enter()
        else:
            super().enter()

    # ---- commands ----

    def on_record_finish(self) -> None:
        """交接班: both names and the minute; the next page is begun with what is left open."""
        from township_office.ui.duty.log.forms import HandOverForm

        row_id = self.list.chosen_id()
        if row_id is None:
            return
        self.entry.keep_now()
        row = records.get(self._office, DUTY_LOG, row_id)
        dialog = HandOverForm(self._office, row, self._now(), self._today, self.window())
        dialog.accepted.connect(lambda: self._on_handed_over(row_id))
        open_once(dialog)

    def on_duty_call(self) -> None:
        """记来电: the keyboard to the line for the next call."""
        if self.entry.isVisible():
            self.entry.enter()

    def on_duty_sheet(self) -> None:
        """打印: the day's page as it is signed."""
        from township_office.ui.printing.form_dialog import FormDialog

        row_id = self.list.chosen_id()
        if row_id is not None:
            row = records.get(self._office, DUTY_LOG, row_id)
            open_once(FormDialog(self._office, row, "duty_log_sheet", self._today, self._asker, self.window()))

    # ---- what follows ----

    def _begin_with_today(self) -> None:
        """Open at the page that is being kept."""
        page = log.running(self._office, self._today())
        if page is not None:
            self.list.reveal(int(str(page["id"])), self._today().year)

    def _on_handed_over(self, row_id: int) -> None:
        self.list.read_anew()
        self.on_written(row_id)
        following = log.running(self._office, self._today())
        if following is not None and following["id"] != row_id:
            self.list.say(t("duty_log.next_begun", number=following["number"]))

    def _on_call_written(self) -> None:
        self._read_chosen()
        self.changed.emit()

    def _on_call_chosen(self, call_id: int, where: QPoint) -> None:
        menu = QMenu(self)
        for key, slot in (("correct_call", self._correct_call), ("void_call", self._void_call)):
            action = menu.addAction(t(f"duty_log.{key}"))
            action.triggered.connect(lambda _=False, slot=slot: slot(call_id))
            action.setEnabled(not self._office.is_readonly)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _correct_call(self, call_id: int) -> None:
        from township_office.ui.life.line_dialog import LineDialog

        line, page = self._call(call_id)
        dialog = LineDialog(self._office, DUTY_CALL, page, self._today, line, self.window())
        dialog.accepted.connect(self._on_call_written)
        open_once(dialog)

    def _void_call(self, call_id: int) -> None:
        from township_office.ui.life.line_dialog import VoidLineDialog

        line, page = self._call(call_id)
        dialog = VoidLineDialog(self._office, DUTY_CALL, page, line, self._today, self.window())
        dialog.accepted.connect(self._on_call_written)
        open_once(dialog)

    def _call(self, call_id: int) -> tuple[Row, Row]:
        line = children.get_child(self._office, DUTY_CALL, call_id)
        return line, records.get(self._office, DUTY_LOG, children.parent_of(line))

    def _go_by(self, by: int) -> None:
        place = (self.list.table.position() or 0) + by
        if 0 <= place < self.list.model.rowCount():
            self.list.table.choose(place)

    def _tick(self) -> None:
        self.sheet.tick(self._now())

    def _now(self) -> datetime:
        return now_on(self._today())
