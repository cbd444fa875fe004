# SPDX-License-Identifier: MulanPSL-2.0
"""Who of a group has had how much: a bar a person, a piece a kind of day, as long as the turns weigh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from township_office.registers.duty.plan import DayKind, Tally
from township_office.services.roster.weighing import figure
from township_office.ui import theme
from township_office.ui.duty.kinds import BARS

_ROW, _BAR, _PAD = 22, 8, 6
_NAME, _TURNS, _LOAD, _GAP = 58, 78, 38, 6
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


@dataclass(frozen=True, slots=True)
class Bar:
    """One person: turns by kind with those of former years, their weight; was: the weight before the change."""

    person_id: int
    name: str
    turns: Tally
    load: Fraction
    is_compared: bool = True
    was: Fraction | None = None


class FairnessBars(QWidget):
    """Painted; a click on somebody lets his turns stand out in the month."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.bars: tuple[Bar, ...] = ()
        self.kinds: tuple[DayKind, ...] = ()
        self._weights: Mapping[DayKind, Fraction] = {}
        self.person_id: int | None = None
        self._font, self._bold, self._small = (
            theme.screen_font(13),
            theme.screen_font(13, bold=True),
            theme.screen_font(12),
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_bars(self, bars: Sequence[Bar], kinds: Sequence[DayKind], weights: Mapping[DayKind, Fraction]) -> None:
        """Show these people; kinds: the kinds of day the group has to fill."""
        self.bars, self.kinds, self._weights = tuple(bars), tuple(kinds), weights
        self.setAccessibleDescription("；".join(f"{bar.name} {figure(bar.load)}" for bar in bars))
        self.updateGeometry()
        self.setFixedHeight(_ROW * max(len(self.bars), 1))
        self.update()

    def mark(self, person_id: int | None) -> None:
        """Let somebody stand out."""
        self.person_id = person_id
        self.update()

    def top_of(self, person_id: int | None) -> int | None:
        """Return where somebody's bar stands."""
        return next((_ROW * at for at, bar in enumerate(self.bars) if bar.person_id == person_id), None)

    def sizeHint(self) -> QSize:
        return QSize(260, _ROW * max(len(self.bars), 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().y()) // _ROW
        if 0 <= at < len(self.bars):
            self.chosen.emit(self.bars[at].person_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        longest = max((bar.load for bar in self.bars), default=Fraction(1)) or Fraction(1)
        for at, bar in enumerate(self.bars):
            self._paint_bar(painter, QRectF(0, _ROW * at, self.width(), _ROW), bar, longest)
        painter.end()

    def _paint_bar(self, painter: QPainter, row: QRectF, bar: Bar, longest: Fraction) -> None:
        is_his = bar.person_id == self.person_id
        if is_his:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent-soft"))
            painter.drawRoundedRect(row.adjusted(0, 1, 0, -1), 4, 4)
        font = self._bold if is_his else self._font
        painter.setFont(font)
        painter.setPen(theme.colour("accent" if is_his else "ink" if bar.is_compared else "void"))
        name = QFontMetrics(font).elidedText(bar.name, Qt.TextElideMode.ElideRight, _NAME)
        painter.drawText(QRectF(_PAD, row.y(), _NAME, _ROW), _LEFT, name)
        right = row.width() - _PAD
        is_moved = bar.was is not None and bar.was != bar.load
        painter.setFont(self._bold if is_moved else self._small)
        painter.setPen(theme.colour(("amber" if bar.load > (bar.was or 0) else "green") if is_moved else "ink"))
        painter.drawText(QRectF(right - _LOAD, row.y(), _LOAD, _ROW), _RIGHT, figure(bar.load))
        painter.setFont(self._small)
        painter.setPen(theme.colour("soft"))
        turns = " / ".join(str(bar.turns.get(kind, 0)) for kind in self.kinds)
        turns_box = QRectF(right - _LOAD - _TURNS, row.y(), _TURNS, _ROW)
        painter.drawText(turns_box, _RIGHT, turns)
        left = _PAD + _NAME + _GAP
        self._paint_pieces(painter, QRectF(left, row.center().y() - _BAR / 2, turns_box.x() - left, _BAR), bar, longest)

    def _paint_pieces(self, painter: QPainter, box: QRectF, bar: Bar, longest: Fraction) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        left = box.x()
        for kind in DayKind:
            width = box.width() * float(self._weights[kind] * bar.turns.get(kind, 0) / longest)
            if width > 0:
                painter.setBrush(theme.colour(BARS[kind] if bar.is_compared else "edge"))
                painter.drawRect(QRectF(left, box.y(), max(width - 1, 0.5), box.height()))
            left += max(width, 0)
