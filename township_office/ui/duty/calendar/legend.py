# SPDX-License-Identifier: MulanPSL-2.0
"""What the colours and marks of the year mean, in one line below it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from township_office.core.text import t
from township_office.registers.duty.calendar import Day
from township_office.registers.duty.plan import DayKind
from township_office.ui import theme
from township_office.ui.duty.calendar.year_view import paint_day

_CELL, _BESIDE, _HEIGHT, _GAP = 26, 5, 22, 14  # px
_DAY = date(2000, 1, 1)
_SHOWN = (
    ("holiday", Day(_DAY, DayKind.HOLIDAY)),
    ("spring_festival", Day(_DAY, DayKind.SPRING_FESTIVAL)),
    ("makeup", Day(_DAY, DayKind.WORKDAY, is_makeup=True)),
    ("restday", Day(_DAY, DayKind.RESTDAY)),
    ("own", Day(_DAY, DayKind.WORKDAY, is_own=True)),
)


class Legend(QWidget):
    """One day of each sort, with its word."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(theme.screen_font(12))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = sum(self._width(key) for key, _ in _SHOWN)
        return QSize(words + len(_SHOWN) * (_CELL + _BESIDE + _GAP), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0
        for key, day in _SHOWN:
            paint_day(painter, QRect(left, 1, _CELL, _HEIGHT - 2), day)
            painter.setFont(self.font())
            painter.setPen(theme.colour("soft"))
            box = QRect(left + _CELL + _BESIDE, 0, self._width(key), _HEIGHT)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, t(f"duty_calendar.legend_{key}"))
            left += _CELL + _BESIDE + self._width(key) + _GAP
        painter.end()

    def _width(self, key: str) -> int:
        return self.fontMetrics().horizontalAdvance(t(f"duty_calendar.legend_{key}"))
