# SPDX-License-Identifier: MulanPSL-2.0
"""突发事件: entered the minute the office hears of one, reported upward against the clock up to the 终报."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.registers.duty.event import DUTY_EVENT, DUTY_REPORT, FINAL, FIRST, FOLLOWING, next_report
from township_office.registers.watch import REPORTING
from township_office.services import browsing, children, records
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.services.roster import events
from township_office.services.roster.events import Waiting
from township_office.ui import actions
from township_office.ui.book.book_list import BookWords
from township_office.ui.book.book_page import COMMANDS, BookPage, Row
from township_office.ui.duty.log.countdown import Ticking, countdown
from township_office.ui.duty.log.event_pane import EventPane
from township_office.ui.life.paper_form import now_on
from township_office.ui.messages import Asker
from township_office.ui.widgets import Banner, open_once
from township_office.ui.words import number_words

_TOLD = 3  # clocks above the list
_SHEETS = {FIRST: "first", FOLLOWING: "following", FINAL: "final"}
_TITLE = 30  # characters of an event there


class EventPage(BookPage):
    """Enter, report, correct, void, print; above the list how long there is for what is waited for."""

    names = (*COMMANDS, "duty_sheet")
    row_menu_names = (
        "record_finish", "record_edit", "duty_sheet", "record_history", actions.SEPARATOR, "record_void",
    )  # fmt: skip
    wanting = ("unreported", "followed")
    pane_key = "duty_event_pane"

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker) -> None:
        words = BookWords(
            t("duty_event.book"),
            t("duty_event.new"),
            t("duty_event.hint"),
            t("duty_event.find", keys=actions.shown_shortcut("find")),
        )
        self.clocks = {tone: Banner("", tone) for tone in ("red", "amber")}
        self._open: list[Waiting] = []
        super().__init__(office, DUTY_EVENT, today, asker, words)
        self.look_again()
        self._ticking = Ticking(self, self._tick)

    # ---- what BookPage asks ----

    def build_pane(self) -> QWidget:
        """See BookPage."""
        commands = self._commands | {"step_next": self._commands["record_finish"]}
        self.events = EventPane(commands, self.row_menu)
        self.events.sections.line_wanted.connect(lambda _, row_id, where: self._on_report_chosen(row_id, where))
        return self.events

    def word_commands(self) -> None:
        """See BookPage."""
        super().word_commands()
        self._commands["duty_sheet"].setText(t("duty_event.print"))
        self._commands["book_print"].setText(t("duty_log.print_book"))

    def print_menu(self) -> tuple[str, ...]:
        """See BookPage."""
        return ("duty_sheet", *super().print_menu())

    def lay_out(self, box: QVBoxLayout) -> None:
        """See BookPage: the clocks above the list."""
        for clock in self.clocks.values():
            box.addWidget(clock)
        super().lay_out(box)

    def finish_words(self) -> str:
        """See BookPage."""
        return t("duty_event.report")

    def can_finish(self, row: Row) -> bool:
        """See BookPage: until the 终报."""
        return row["final_at"] is None

    def open_form(self, row: Row | None) -> None:
        """See BookPage."""
        from township_office.ui.duty.log.forms import EventForm

        dialog = EventForm(self._office, row, self._today, self.window())
        dialog.saved.connect(self.on_written)
        open_once(dialog)

    def show_chosen(self, row: Row) -> None:
        """See BookPage."""
        line = self.list.model.line(self.list.table.position() or 0)
        row_id = int(str(row["id"]))
        story = records.history(self._office, DUTY_EVENT, row_id)
        self.events.show_row(row, story, self._today(), None, line.state)
        self.events.show_reports(events.waiting(self._office, row), events.reports(self._office, row_id), self._now())
        kind, _ = next_report(row, events.limits(self._office))
        self._commands["record_finish"].setText(t("duty_event.report_next", kind=kind))

    def look_again(self) -> None:
        """See BookPage: which events are open."""
        ids = browsing.row_ids(self._office, DUTY_EVENT, View(state=REPORTING), self._today())
        self._open = [events.waiting(self._office, row) for row in browsing.rows(self._office, DUTY_EVENT, ids)]
        self._tick()

    # ---- commands ----

    def on_record_finish(self) -> None:
        """报送: 初报, 续报 or 终报, with what is due filled in."""
        from township_office.ui.duty.log.forms import ReportForm

        row_id = self.list.chosen_id()
        if row_id is not None:
            row = records.get(self._office, DUTY_EVENT, row_id)
            dialog = ReportForm(self._office, row, self._today, self.window())
            dialog.accepted.connect(lambda: self.on_written(row_id))
            open_once(dialog)

    def on_duty_sheet(self) -> None:
        """打印: 紧急信息报告单 of the last report that was made."""
        from township_office.ui.printing.form_dialog import FormDialog

        row_id = self.list.chosen_id()
        if row_id is not None:
            row = records.get(self._office, DUTY_EVENT, row_id)
            made = events.reports(self._office, row_id)
            key = _SHEETS[str(made[-1]["kind"])] if made else "first"
            dialog = FormDialog(self._office, row, f"duty_event_{key}", self._today, self._asker, self.window())
            open_once(dialog)

    # ---- what follows ----

    def _on_report_chosen(self, report_id: int, where: QPoint) -> None:
        menu = QMenu(self)
        for key, slot in (("correct_report", self._correct), ("void_report", self._void)):
            action = menu.addAction(t(f"duty_event.{key}"))
            action.triggered.connect(lambda _=False, slot=slot: slot(report_id))
            action.setEnabled(not self._office.is_readonly)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _correct(self, report_id: int) -> None:
        from township_office.ui.life.line_dialog import LineDialog

        line, event = self._report(report_id)
        dialog = LineDialog(self._office, DUTY_REPORT, event, self._today, line, self.window())
        dialog.accepted.connect(lambda: self.on_written(int(str(event["id"]))))
        open_once(dialog)

    def _void(self, report_id: int) -> None:
        from township_office.ui.life.line_dialog import VoidLineDialog

        line, event = self._report(report_id)
        dialog = VoidLineDialog(self._office, DUTY_REPORT, event, line, self._today, self.window())
        dialog.accepted.connect(lambda: self.on_written(int(str(event["id"]))))
        open_once(dialog)

    def _report(self, report_id: int) -> tuple[Row, Row]:
        line = children.get_child(self._office, DUTY_REPORT, report_id)
        return line, records.get(self._office, DUTY_EVENT, children.parent_of(line))

    def _tick(self) -> None:
        """Say above the list, and beside it, how long there is."""
        now = self._now()
        said: dict[str, list[str]] = {tone: [] for tone in self.clocks}
        for one in sorted(self._open, key=lambda one: one.dues[0].at if one.dues else datetime.max):
            words, tone = countdown(one.dues, now)
            if tone in said:
                said[tone].append(
                    t("duty_event.clock", event=f"{number_words(one.row)} {one.row['title']}"[:_TITLE], words=words)
                )
        for tone, banner in self.clocks.items():
            banner.say("　".join(said[tone][:_TOLD]))
            banner.setVisible(bool(said[tone]))
        self.events.tick(now)

    def _now(self) -> datetime:
        return now_on(self._today())
