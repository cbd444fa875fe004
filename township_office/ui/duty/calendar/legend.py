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

_CELL, _HEIGHT, _GAP = 26, 22, 16  # px
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
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(t("duty_calendar.keys"))

    def sizeHint(self) -> QSize:
        return QSize(0, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0
        for key, day in _SHOWN:
            paint_day(painter, QRect(left, 1, _CELL, _HEIGHT - 2), day)
            painter.setFont(self.font())
            painter.setPen(theme.colour("soft"))
            words = t(f"duty_calendar.legend_{key}")
            width = self.fontMetrics().horizontalAdvance(words) + 4
            box = QRect(left + _CELL + 5, 0, width, _HEIGHT)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
            left = box.right() + _GAP
        painter.end()
