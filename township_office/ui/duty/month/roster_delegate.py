# SPDX-License-Identifier: MulanPSL-2.0
"""Paints a cell of the month: who, locked or 调, empty, the chosen person's other turns, what is being moved where."""

from __future__ import annotations

from PySide6.QtCore import QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from township_office.core.text import t
from township_office.registers.duty.month import Shift
from township_office.ui import theme
from township_office.ui.duty.kinds import GROUNDS
from township_office.ui.duty.month.roster_heads import starts_week
from township_office.ui.duty.month.roster_model import Index, RosterModel

_PAD, _SIGN, _CHANGED = 8, 12, 16
_LOW, _HIGH = 19, 25  # pixels of a row
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class RosterDelegate(QStyledItemDelegate):
    """held: the cell whose person is being moved; aimed: the cell under it."""

    def __init__(self, model: RosterModel, view: QTableView) -> None:
        super().__init__(view)
        self._model, self._view = model, view
        self._fonts = {size: (theme.screen_font(size), theme.screen_font(size, bold=True)) for size in (12, 13, 14)}
        self._mark = theme.screen_font(11)
        self.held: QPersistentModelIndex | None = None
        self.aimed: QPersistentModelIndex | None = None
        self.person_id: int | None = None  # whose turns stand out

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        day = self._model.days[index.row()]
        shift = self._model.shift(index)
        is_his = shift is not None and shift.person_id is not None and shift.person_id == self.person_id
        painter.fillRect(box, theme.colour(GROUNDS[day.kind]))
        if is_his:
            inner = QRectF(box.x() + 3, box.y() + 1.5, box.width() - 6, box.height() - 2)
            _round(painter, inner, "accent-pill")
        painter.fillRect(QRect(box.x(), box.y(), box.width(), 1), theme.colour("edge" if starts_week(day) else "hair"))
        if self._model.places[index.column()].seat == 1:
            painter.fillRect(QRect(box.x(), box.y(), 1, box.height()), theme.colour("line"))
        if shift is not None:
            self._paint_shift(painter, box, shift, is_his=is_his, is_held=index == self.held)
        elif self._model.is_wanted(index):
            painter.setPen(theme.colour("edge"))
            painter.drawText(box.adjusted(_PAD, 0, 0, 0), _LEFT, "·")
        self._paint_frames(painter, box, option, index)

    def _paint_shift(self, painter: QPainter, box: QRect, shift: Shift, *, is_his: bool, is_held: bool) -> None:
        inner, name = box.adjusted(_PAD, 0, -4, 0), self._model.name(shift.person_id)
        if not name:
            _round(painter, QRectF(box).adjusted(4, 2.5, -4, -1.5), "amber-soft")
            painter.setFont(self._font(box, is_bold=False))
            painter.setPen(theme.colour("amber"))
            painter.drawText(inner, _LEFT, t("duty_tab.empty"))
            return
        font = self._font(box, is_bold=is_his)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, inner.width() - self._marks_width(shift))
        painter.setFont(font)
        tone = "void" if is_held else "amber" if shift.id in self._model.doubts else "accent" if is_his else "ink"
        painter.setPen(theme.colour(tone))
        painter.drawText(inner, _LEFT, shown)
        self._paint_marks(painter, inner.adjusted(metrics.horizontalAdvance(shown) + 5, 0, 0, 0), shift)

    def _font(self, box: QRect, *, is_bold: bool) -> QFont:
        """Return a font that suits the height of the rows."""
        size = 12 if box.height() < _LOW else 13 if box.height() < _HIGH else 14
        return self._fonts[size][is_bold]

    def _signs(self, shift: Shift) -> list[tuple[str, str]]:
        signs = [("duty_lock", "soft")] if shift.is_locked else []
        return [*signs, ("warning", "amber")] if shift.id in self._model.doubts else signs

    def _marks_width(self, shift: Shift) -> int:
        marks = len(self._signs(shift)) * (_SIGN + 3)
        return marks + (_CHANGED + 3 if self._model.is_changed(shift) else 0) + (5 if marks else 0)

    def _paint_marks(self, painter: QPainter, room: QRect, shift: Shift) -> None:
        """Draw behind the name: 调, a lock, the sign of a broken rule."""
        left, middle = room.x(), room.center().y()
        if self._model.is_changed(shift):
            mark = QRectF(left, middle - 7, _CHANGED, 15)
            _round(painter, mark, "amber-soft")
            painter.setFont(self._mark)
            painter.setPen(theme.colour("amber"))
            painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, t("duty_tab.changed_mark"))
            left += _CHANGED + 3
        for sign, tone in self._signs(shift):
            painter.drawPixmap(left, middle - _SIGN // 2 + 1, theme.picture(sign, tone, _SIGN))
            left += _SIGN + 3

    def _paint_frames(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        is_current = bool(option.state & QStyle.StateFlag.State_HasFocus) or index == self._view.currentIndex()
        frame = QRectF(box).adjusted(1.5, 1.5, -1, -0.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if index == self.held:
            painter.setPen(QPen(theme.colour("accent"), 1.4, Qt.PenStyle.DashLine))
            painter.drawRect(frame)
        elif index == self.aimed:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(frame)
        elif is_current:
            painter.setPen(QPen(theme.colour("accent" if self._view.hasFocus() else "void"), 2))
            painter.drawRect(frame)


def _round(painter: QPainter, box: QRectF, tone: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(tone))
    painter.drawRoundedRect(box, 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
