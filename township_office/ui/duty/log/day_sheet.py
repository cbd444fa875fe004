# SPDX-License-Identifier: MulanPSL-2.0
"""One day of the duty log as a page: who is on duty, what came in, what happened, what is left, who took over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from township_office.core.fields import Value
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.duty.log import DUTY_LOG, is_handed_over
from township_office.registers.status import State
from township_office.services.roster.events import Waiting
from township_office.ui.duty.log.call_row import CallRow
from township_office.ui.duty.log.countdown import countdown
from township_office.ui.life.pane_foot import PaneFoot
from township_office.ui.tabs.today_card import TallLine
from township_office.ui.widgets import EmptyState, LineButton, Pill, icon_button, label, link_button, rule, scrolling
from township_office.ui.words import short_day, weekday

Row = dict[str, Value]
_LABEL_WIDTH = 64
_TOLD = ("title", "patrol", "tasks", "open_items")
_FOOT = ("duty_sheet", "record_edit")


class DaySheet(QFrame):
    """Reads a day's page, and takes its calls. It asks nobody: the page hands it the row and what belongs to it."""

    call_chosen = Signal(int, QPoint)  # id of a line, where a menu may open
    event_wanted = Signal(int)
    edit_wanted = Signal()
    day_wanted = Signal(int)  # so many pages further: 1 the day before, -1 the day after

    def __init__(self, commands: Mapping[str, QAction], menu: Callable[[], QMenu], entry: CallRow) -> None:
        super().__init__()
        self.setObjectName("card")
        self.entry = entry
        self._day, self._number, self._pill = label("", "heading"), label("", "number"), Pill()
        self._staff = label("", "value", wraps=True)
        self._told: dict[str, QLabel] = {}
        self._calls, self._events = QVBoxLayout(), QVBoxLayout()
        self._calls_head, self._events_head = label("", "section"), label(t("duty_log.events"), "section")
        self._signed = label("", "value", wraps=True)
        self._event_lines: list[tuple[LineButton, Waiting]] = []
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(EmptyState("detail_toggle", "", t("duty_log.none_chosen")))
        self._stack.addWidget(self._build(commands, menu))

    def clear(self) -> None:
        """No day is chosen."""
        self._stack.setCurrentIndex(0)

    def show_day(self, row: Row, state: State, calls: Sequence[Row], events: Sequence[Waiting], now: datetime) -> None:
        """Read this page; its calls the latest first, under the hand that notes them."""
        day = row["duty_on"]
        assert isinstance(day, date)
        self._day.setText(t("today.date", month=day.month, day=day.day, weekday=weekday(day)))
        self._number.setText(str(row["number"] or ""))
        self._pill.show_state(state)
        self._staff.setText(_staff_words(row, day))
        for name, words in self._told.items():
            words.setText(show(DUTY_LOG.field(name), row[name]) or "—")
        self._show_calls(calls, day)
        self._event_lines = [(LineButton(_event_words(one.row)), one) for one in events]
        _fill(self._events, [line for line, _ in self._event_lines])
        for line, one in self._event_lines:
            row_id = int(str(one.row["id"]))
            line.clicked.connect(lambda _=False, row_id=row_id: self.event_wanted.emit(row_id))
        self._events_head.setVisible(bool(events))
        self.tick(now)
        is_open = row["voided_on"] is None and not is_handed_over(row)
        self._signed.setText(_signed_words(row))
        self.entry.setVisible(is_open and self.entry.isEnabled())
        if is_open:
            self.entry.show_page(row)
        self._stack.setCurrentIndex(1)

    def tick(self, now: datetime) -> None:
        """Say anew how long there is for each report."""
        for line, one in self._event_lines:
            words, tone = countdown(one.dues, now)
            is_over = one.row["final_at"] is not None
            line.note(words or (t("duty_event.concluded") if is_over else ""), "green" if is_over else tone)

    # ---- putting it together ----

    def _build(self, commands: Mapping[str, QAction], menu: Callable[[], QMenu]) -> QWidget:
        inside = QWidget()
        inside.setObjectName("clear")
        box = QVBoxLayout(inside)
        box.setContentsMargins(18, 14, 18, 14)
        box.setSpacing(8)
        box.addLayout(self._head())
        box.addWidget(self._staff)
        box.addWidget(rule())
        box.addLayout(self._said())
        box.addWidget(rule())
        head = QHBoxLayout()
        head.addWidget(self._calls_head)
        head.addStretch()
        box.addLayout(head)
        box.addWidget(self.entry)
        for lines in (self._calls, self._events):
            lines.setSpacing(0)
        box.addLayout(self._calls)
        box.addWidget(self._events_head)
        box.addLayout(self._events)
        box.addWidget(rule())
        box.addWidget(self._signed)
        box.addStretch()
        whole = QWidget()
        whole.setObjectName("clear")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolling(inside), 1)
        column.addWidget(rule())
        column.addWidget(PaneFoot(commands, _FOOT, menu))
        return whole

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        for name, by in (("day_before", 1), ("day_after", -1)):
            step = QAction(self)
            step.setText(t(f"duty_log.{name}"))
            step.triggered.connect(lambda _=False, by=by: self.day_wanted.emit(by))
            button = icon_button(step)
            button.setArrowType(Qt.ArrowType.LeftArrow if by > 0 else Qt.ArrowType.RightArrow)
            head.addWidget(button)
        head.addWidget(self._day)
        head.addWidget(self._number)
        head.addStretch()
        head.addWidget(self._pill)
        return head

    def _said(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        for place, name in enumerate(_TOLD):
            key = link_button(DUTY_LOG.field(name).label)
            key.setToolTip(t("duty_log.edit_hint"))
            key.clicked.connect(self.edit_wanted)
            words = label("", "value", wraps=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            grid.addWidget(key, place, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(words, place, 1)
            self._told[name] = words
        return grid

    def _show_calls(self, calls: Sequence[Row], day: date) -> None:
        self._calls_head.setText(t("duty_log.calls", count=len(calls)) if calls else t("duty_log.no_calls"))
        lines = []
        for one in sorted(calls, key=lambda one: (str(one["called_at"]), int(str(one["id"]))), reverse=True):
            line, row_id = _call_line(one, day), int(str(one["id"]))
            line.clicked.connect(
                lambda _=False, line=line, row_id=row_id: self.call_chosen.emit(
                    row_id, line.mapToGlobal(QPoint(0, line.height()))
                )
            )
            lines.append(line)
        _fill(self._calls, lines)


def _fill(box: QVBoxLayout, widgets: Sequence[QWidget]) -> None:
    while (item := box.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        box.addWidget(widget)


def _staff_words(row: Row, day: date) -> str:
    parts = [
        t(f"duty_log.{key}", who=row[name]) for key, name in (("led_by", "leader"), ("kept_by", "people")) if row[name]
    ]
    span = [_clock(row[name], day) for name in ("begun_at", "ended_at") if row[name]]
    if span:
        parts.append(" — ".join(span))
    return "　".join([*parts, str(row["weather"] or "")]).strip("　")


def _signed_words(row: Row) -> str:
    if not is_handed_over(row):
        return t("duty_log.not_handed")
    return t("duty_log.handed", by=row["handed_by"], to=row["taken_by"], at=row["handed_at"])


def _event_words(row: Row) -> str:
    return "　".join(filter(None, (str(row["received_at"])[11:], str(row["title"]).replace("\n", " "))))


def _call_line(one: Row, day: date) -> TallLine:
    who = " ".join(str(one[name]) for name in ("unit", "caller", "phone") if one[name])
    above = "　".join(filter(None, (_clock(one["called_at"], day), str(one["way"]), who)))
    said = [str(one["title"]).replace("\n", " ")]
    said += [str(one[name]).replace("\n", " ") for name in ("proposed", "result") if one[name]]
    return TallLine(above, str(one["handler"] or ""), "　→ ".join(said))


def _clock(value: Value, day: date) -> str:
    """Return a moment without its day, where that is the day of the page."""
    text = str(value or "")
    then, clock = date.fromisoformat(text[:10]), text[11:]
    return clock if then == day and clock else f"{short_day(then, day.year)} {clock}".strip()
