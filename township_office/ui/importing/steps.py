# SPDX-License-Identifier: MulanPSL-2.0
"""Where the clerk stands in a piece of work of several steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from township_office.ui import theme

_CIRCLE, _GAP, _LINE = 24, 8, 28


class StepBar(QWidget):
    """Numbered steps in a row: behind us ticked, the present one in the accent colour, the others grey."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)
        self._present = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    def go_to(self, step: int) -> None:
        """Show step (from 0) as the present one; the number of steps means all are behind us."""
        self._present = step
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        words = sum(self._width(name) for name in self._names)
        gaps = len(self._names) * (_CIRCLE + _GAP) + (len(self._names) - 1) * (_LINE + 2 * _GAP)
        return QSize(words + gaps, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, middle = 0, self.height() // 2
        for step, name in enumerate(self._names):
            is_behind, is_present = step < self._present, step == self._present
            circle = QRectF(left, middle - _CIRCLE / 2, _CIRCLE, _CIRCLE)
            self._paint_circle(painter, circle, step)
            left += _CIRCLE + _GAP
            painter.setPen(theme.colour("ink" if is_present else "soft" if is_behind else "faint"))
            painter.setFont(theme.screen_font(14, bold=is_present))
            words = QRectF(left, 0, self._width(name), self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
            left += self._width(name) + _GAP
            if step < len(self._names) - 1:
                painter.setPen(theme.colour("edge"))
                painter.drawLine(left, middle, left + _LINE, middle)
                left += _LINE + _GAP
        painter.end()

    def _paint_circle(self, painter: QPainter, circle: QRectF, step: int) -> None:
        is_behind, is_present = step < self._present, step == self._present
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent" if is_present else "green-soft" if is_behind else "hair"))
        painter.drawEllipse(circle)
        if is_behind:
            tick = theme.picture("check", "green", 16)
            painter.drawPixmap(round(circle.center().x() - 8), round(circle.center().y() - 8), tick)
            return
        painter.setPen(theme.colour("paper" if is_present else "faint"))
        painter.setFont(theme.screen_font(13, bold=True))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(step + 1))

    def _width(self, name: str) -> int:
        # Measured bold, so that nothing moves when a step becomes the present one.
        return QFontMetrics(theme.screen_font(14, bold=True)).horizontalAdvance(name) + 1

    def _tell(self) -> None:
        self.setAccessibleName(self._names[min(self._present, len(self._names) - 1)])
