# SPDX-License-Identifier: MulanPSL-2.0
"""A year at a glance: twelve small months, 休 and 班 as printed calendars have them; one cursor, or several days."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from township_office.core.dates import months_away
from township_office.core.text import t
from township_office.registers.duty.calendar import HOLIDAY_KINDS, Day
from township_office.registers.duty.plan import DayKind
from township_office.ui import theme
from township_office.ui.duty.calendar.date_words import day_title, kind_words

# ground and ink of a day
LOOK: dict[DayKind, tuple[str, str]] = {
    DayKind.WORKDAY: ("", "ink"),
    DayKind.RESTDAY: ("hair", "soft"),
    DayKind.HOLIDAY: ("amber-soft", "amber"),
    DayKind.SPRING_FESTIVAL: ("spring", "amber"),
}
_CELL, _WIDEST_CELL = (25, 19), (36, 27)  # px
_HEAD, _GAP = 34, (18, 8)  # name of the month and the days of the week; between months
_WEEKS = 6
_KEYS = {
    Qt.Key.Key_1: DayKind.WORKDAY, Qt.Key.Key_2: DayKind.RESTDAY,
    Qt.Key.Key_3: DayKind.HOLIDAY, Qt.Key.Key_4: DayKind.SPRING_FESTIVAL,
}  # fmt: skip
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class YearView(QWidget):
    """Days by month; the chosen ones lie between the cursor and where Shift was first held."""

    moved = Signal()  # other days are chosen
    set_to = Signal(DayKind)  # 1 to 4 was pressed
    taken_back = Signal()  # Backspace
    left_year = Signal(date)  # the cursor wants to go on to a day of another year

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("duty_calendar.title"))
        self._today = today
        self._days: dict[date, Day] = {}
        self._cursor = self._anchor = today

    def show_days(self, days: Sequence[Day]) -> None:
        """Show the days of a whole year; the cursor stays on its day of the year."""
        self._days = {day.date: day for day in days}
        year = days[0].date.year
        if self._cursor.year != year:
            self.go_to(_in_year(self._cursor, year))
        self.update()

    def go_to(self, day: date, *, extends: bool = False) -> None:
        """Put the cursor on a day of the year that is shown."""
        self._cursor = day
        if not extends:
            self._anchor = day
        self.setAccessibleDescription(self.words_of(day))
        self.moved.emit()
        self.update()

    def cursor_day(self) -> date:
        """Return the day the cursor is on."""
        return self._cursor

    def chosen(self) -> list[Day]:
        """Return the chosen days in order."""
        first, last = sorted((self._cursor, self._anchor))
        return [day for at, day in self._days.items() if first <= at <= last]

    def beside(self, day: date) -> list[Day]:
        """Return the days before and after a day, of this year."""
        near = (day - timedelta(days=1), day + timedelta(days=1))
        return [self._days[one] for one in near if one in self._days]

    def words_of(self, day: date) -> str:
        """Return what a day is."""
        known = self._days.get(day)
        return f"{day_title(day)}　{kind_words(known)}" if known else ""

    # ---- keys and the mouse ----

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._step_to(self._cursor + timedelta(days=_STEPS[key]), extends=extends)
        elif key in _MONTHS:
            self._step_to(months_away(self._cursor, _MONTHS[key]), extends=extends)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            month = self._cursor.replace(day=1 if key == Qt.Key.Key_Home else _length(self._cursor))
            self._step_to(month, extends=extends)
        elif key in _KEYS:
            self.set_to.emit(_KEYS[key])
        elif key in _BACK:
            self.taken_back.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a day; with Shift, all days up to it."""
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.go_to(day, extends=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging chooses several."""
        day = self.day_at(event.position().toPoint())
        if day is not None and event.buttons() & Qt.MouseButton.LeftButton and day != self._cursor:
            self.go_to(day, extends=True)

    def event(self, event: QEvent) -> bool:
        """A day says what it is where the mouse rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(event.pos())
            QToolTip.showText(event.globalPos(), self.words_of(day) if day else "", self)
            return True
        return super().event(event)

    def _step_to(self, day: date, *, extends: bool) -> None:
        if day in self._days:
            self.go_to(day, extends=extends)
        elif not extends:
            self.left_year.emit(day)

    # ---- where what is ----

    def day_at(self, place: QPoint) -> date | None:
        """Return the day at a place, None between the days."""
        return next((day for day in self._days if self.rect_of(day).contains(place)), None)

    def rect_of(self, day: date) -> QRect:
        """Return where a day lies."""
        month, (across, down) = self._month_rect(day.month), self._cell()
        place = day.replace(day=1).weekday() + day.day - 1
        return QRect(month.x() + place % 7 * across, month.y() + _HEAD + place // 7 * down, across, down)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What has no room in height scrolls."""
        super().resizeEvent(event)
        rows = 12 // self._columns()
        self.setMinimumHeight(rows * (_HEAD + _WEEKS * _CELL[1] + _GAP[1]) - _GAP[1])

    def _columns(self) -> int:
        room = (self.width() + _GAP[0]) // (7 * _CELL[0] + _GAP[0])
        return next(count for count in (4, 3, 2, 1) if count <= max(room, 1))

    def _cell(self) -> tuple[int, int]:
        columns = self._columns()
        rows = 12 // columns
        across = ((self.width() + _GAP[0]) // columns - _GAP[0]) // 7
        down = ((self.height() + _GAP[1]) // rows - _GAP[1] - _HEAD) // _WEEKS
        return max(_CELL[0], min(across, _WIDEST_CELL[0])), max(_CELL[1], min(down, _WIDEST_CELL[1]))

    def _month_rect(self, month: int) -> QRect:
        (across, down), columns = self._cell(), self._columns()
        column, row = (month - 1) % columns, (month - 1) // columns
        width, height = 7 * across, _HEAD + _WEEKS * down
        between = (self.width() - columns * width) // max(columns - 1, 1) if columns > 1 else 0
        return QRect(column * (width + between), row * (height + _GAP[1]), width, height)

    # ---- drawn ----

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._days:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            if self._month_rect(month).intersects(event.rect()):
                self._paint_head(painter, month)
        chosen = {day.date for day in self.chosen()}
        for at, day in self._days.items():
            box = self.rect_of(at)
            if box.intersects(event.rect()):
                paint_day(painter, box, day)
                self._paint_border(painter, box, at, is_chosen=at in chosen)
        painter.end()

    def _paint_head(self, painter: QPainter, month: int) -> None:
        box, (across, _) = self._month_rect(month), self._cell()
        painter.setFont(theme.screen_font(13, bold=True))
        painter.setPen(theme.colour("ink"))
        title = QRect(box.x() + 5, box.y(), box.width(), 18)
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, t("duty_calendar.month", month=month))
        painter.setFont(theme.screen_font(11))
        for place, word in enumerate(t("duty_calendar.weekdays")):
            painter.setPen(theme.colour("void" if place > 4 else "faint"))
            cell = QRect(box.x() + place * across, box.y() + 18, across, 16)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_border(self, painter: QPainter, box: QRect, day: date, *, is_chosen: bool) -> None:
        """Around the chosen days and today; the cursor is drawn stronger where the keyboard is."""
        if not is_chosen and day != self._today:
            return
        width = 2 if day == self._cursor and self.hasFocus() else 1
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent" if is_chosen else "void"), width))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 4, 4)


def paint_day(painter: QPainter, box: QRect, day: Day) -> None:
    """Draw a day: its ground by its kind, 休 or 班 in the corner, a dot where the office set it itself."""
    ground, ink = LOOK[day.kind]
    painter.setPen(Qt.PenStyle.NoPen)
    if ground:
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 4, 4)
    is_off = day.kind in HOLIDAY_KINDS
    mark = t("duty_calendar.mark_off") if is_off else t("duty_calendar.mark_work") if day.is_makeup else ""
    painter.setFont(theme.screen_font(13))
    painter.setPen(theme.colour(ink))
    room = box.adjusted(0, 0, -11 if mark else 0, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(day.date.day))
    if mark:
        painter.setFont(theme.screen_font(9, bold=True))
        painter.setPen(theme.colour("amber" if is_off else "accent"))
        painter.drawText(QRect(box.right() - 12, box.y() + 2, 11, 12), Qt.AlignmentFlag.AlignCenter, mark)
    if day.is_own:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(QRectF(box.x() + 3, box.y() + 3, 4, 4))


def _length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _in_year(day: date, year: int) -> date:
    """The same day of another year; 28 February where it has no 29."""
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))
