# SPDX-License-Identifier: MulanPSL-2.0
"""The edges of a month's table: the lines above, each over all its columns; the days at the left with their kind."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from township_office.core.text import t
from township_office.registers.duty.calendar import Day
from township_office.registers.duty.plan import DayKind, Half
from township_office.ui import theme
from township_office.ui.duty.kinds import GROUNDS
from township_office.ui.duty.month.roster_model import RosterModel

LINES, DAYS = 28, 132  # pixels: how high the lines stand, how wide the days
_PAD = 8
_NUMBER, _WEEKDAY = 20, 34
_MIDDLE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class LineHeads(QHeaderView):
    """The name of a line, once, over the columns of its people."""

    def __init__(self, model: RosterModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._font = theme.screen_font(13, bold=True)
        self.setFixedHeight(LINES)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(66)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("paper"))
        painter.setFont(self._font)
        for first, last in self._spans():
            left = self.sectionViewportPosition(first)
            width = self.sectionViewportPosition(last) + self.sectionSize(last) - left
            painter.fillRect(QRect(left, 0, 1, LINES), theme.colour("line"))
            painter.setPen(theme.colour("soft"))
            box = QRect(left + _PAD, 0, width - _PAD - 2, LINES)
            painter.drawText(box, _MIDDLE, self.title_in(first, box.width()))
        painter.fillRect(QRect(0, LINES - 1, self.width(), 1), theme.colour("line"))
        painter.end()

    def title_in(self, column: int, width: int) -> str:
        """Return a column's title in so many pixels; a long name loses its end, never whether it is day or night."""
        place = self._model.places[column]
        tail = "" if place.half is Half.WHOLE else t(f"duty_tab.title_{place.half}", name="")
        if not tail or not place.title.endswith(tail):
            return _elided(self._font, place.title, width)
        room = width - QFontMetrics(self._font).horizontalAdvance(tail)
        return _elided(self._font, place.title.removesuffix(tail), room) + tail

    def _spans(self) -> list[tuple[int, int]]:
        """Return the columns of each line's turn: first and last."""
        spans: list[tuple[int, int]] = []
        for at, place in enumerate(self._model.places):
            if spans and place.seat > 1:
                spans[-1] = spans[-1][0], at
            else:
                spans.append((at, at))
        return spans


class DayHeads(QHeaderView):
    """Which day of the week it is, and what kind of day: 休 with the holiday's name, 班 on a make-up day."""

    def __init__(self, model: RosterModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self.today: date | None = None
        self._number, self._small = theme.screen_font(13, bold=True), theme.screen_font(12)
        self._mark = theme.screen_font(11, bold=True)
        self.setFixedWidth(DAYS)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(17)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(DAYS, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("paper"))
        for row, day in enumerate(self._model.days):
            box = QRect(0, self.sectionViewportPosition(row), DAYS, self.sectionSize(row))
            if box.bottom() >= 0 and box.top() <= self.viewport().height():
                self._paint_day(painter, box, day)
        painter.end()

    def _paint_day(self, painter: QPainter, box: QRect, day: Day) -> None:
        is_today = day.date == self.today
        painter.fillRect(box, theme.colour(GROUNDS[day.kind]))
        painter.fillRect(QRect(0, box.y(), DAYS, 1), theme.colour("edge" if starts_week(day) else "hair"))
        if is_today:
            painter.fillRect(QRect(0, box.y() + 1, 3, box.height() - 1), theme.colour("accent"))
        painter.setFont(self._number)
        painter.setPen(theme.colour("accent" if is_today else "ink"))
        number = QRect(_PAD, box.y(), _NUMBER, box.height())
        painter.drawText(number, _RIGHT, str(day.date.day))
        painter.setFont(self._small)
        painter.setPen(theme.colour("accent" if is_today else "soft"))
        week = QRect(number.right() + 8, box.y(), _WEEKDAY, box.height())
        painter.drawText(week, _MIDDLE, t(f"duty_tab.weekday_{day.date.weekday()}"))
        rest = QRect(week.right() + 4, box.y(), DAYS - week.right() - 10, box.height())
        if day.kind in (DayKind.HOLIDAY, DayKind.SPRING_FESTIVAL):
            painter.setPen(theme.colour("amber"))
            painter.drawText(rest, _MIDDLE, _elided(self._small, day.name or t("duty_tab.off"), rest.width()))
        elif day.is_makeup:
            self._paint_mark(painter, rest)
        elif is_today:
            painter.drawText(rest, _MIDDLE, t("ui.today"))

    def _paint_mark(self, painter: QPainter, box: QRect) -> None:
        """班: a Saturday or a Sunday that is worked."""
        side = min(16, box.height() - 2)
        mark = QRectF(box.x(), box.center().y() - side / 2 + 0.5, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("grey-soft"))
        painter.drawRoundedRect(mark, 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setFont(self._mark)
        painter.setPen(theme.colour("grey"))
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, t("duty_tab.worked"))


def starts_week(day: Day) -> bool:
    """Say whether a line stronger than the others stands above the day."""
    return day.date.weekday() == 0


def _elided(font: QFont, text: str, width: int) -> str:
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
