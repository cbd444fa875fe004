# SPDX-License-Identifier: MulanPSL-2.0
"""Paints the cells of a register's table: elided text, found words marked, the pill of the state.

It takes each row from the model whole and paints it itself: Qt's own delegate asks seven roles
per cell through Python and styles each, which is too slow for 16 ms a frame.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from township_office.core.fields import Field, Kind
from township_office.core.searchkeys import is_warm
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.common import URGENCY, VERY_URGENT
from township_office.registers.status import OVERDUE, VOIDED
from township_office.ui import theme
from township_office.ui.book.matching import Match, find_heard, find_match
from township_office.ui.book.table_model import NUMBER, STATUS, Line, RegisterTableModel
from township_office.ui.widgets import PILL_HEIGHT, paint_pill, pill_width

ROW_HEIGHT = 38
PADDING = 10
_MARK_WIDTH = 16
_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine)
_KEPT = 4000

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Paints every column of a RegisterTableModel."""

    def __init__(self, model: RegisterTableModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._font = theme.screen_font()
        self._small = theme.screen_font(12)
        self._pill_font = theme.screen_font(13)
        self._struck = theme.screen_font()
        self._struck.setStrikeOut(True)
        self._metrics = QFontMetrics(self._font)
        self._pill_metrics = QFontMetrics(self._pill_font)
        self._elided: dict[tuple[str, int], str] = {}
        self._sought = ""
        self.hovered = -1

    def seek(self, text: str) -> None:
        """Mark this text wherever it stands in a cell; "" marks nothing."""
        self._sought = text.strip()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._model.line(index.row())
        column = self._model.columns[index.column()]
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        self._paint_ground(painter, box, state, index)
        text = line.texts[index.column()]
        if column.name == STATUS:
            painter.setFont(self._pill_font)
            width = min(pill_width(self._pill_metrics, text), box.width() - PADDING)
            text = self._pill_metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 8)
            top = box.center().y() - PILL_HEIGHT / 2 + 0.5
            paint_pill(painter, QRectF(box.x() + PADDING, top, width, PILL_HEIGHT), text, line.state.tone)
            return
        inner = box.adjusted(PADDING, 0, -PADDING, 0)
        if column.name == NUMBER:
            self._paint_entry_mark(painter, inner, line)
        if text:
            painter.setFont(self._struck if line.state.key == VOIDED.key else self._font)
            shown = self._elide(text, inner.width(), _cut(column))
            painter.setPen(theme.colour(self._ink(line, column.name, text)))
            self._paint_text(painter, inner, text, shown, is_spoken=column.is_spoken)

    def _paint_ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag, index: Index) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("accent-soft"))
            if state & QStyle.StateFlag.State_Active and index.column() == 0 and self._has_focus():
                painter.fillRect(QRect(box.x(), box.y(), 3, box.height() - 1), theme.colour("accent"))
            if state & QStyle.StateFlag.State_HasFocus:
                _paint_cursor(painter, box)
                return
        elif index.row() == self.hovered:
            painter.fillRect(box, theme.colour("hover"))
        painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), theme.colour("hair"))

    def _has_focus(self) -> bool:
        view = self.parent()
        return isinstance(view, QAbstractItemView) and view.hasFocus()

    def _ink(self, line: Line, name: str, text: str) -> str:
        if line.state.key == VOIDED.key:
            return "void"
        if name == "due_on" and line.state.key == OVERDUE.key:
            return "red"
        if name == "urgency":
            return "red" if text in VERY_URGENT else "soft" if text == URGENCY[0] else "amber"
        if name == NUMBER:
            return "soft" if line.row[NUMBER] else "void"
        return "soft" if name.endswith("_on") else "ink"

    def _paint_entry_mark(self, painter: QPainter, inner: QRect, line: Line) -> None:
        """A small 补 at the right of the number of a row that was typed after its day."""
        if not is_backdated(line):
            return
        spot = QRect(inner.right() - _MARK_WIDTH + 5, inner.center().y() - 7, _MARK_WIDTH, 16)
        painter.setFont(self._small)
        painter.setPen(theme.colour("void" if line.state.key == VOIDED.key else "amber"))
        painter.drawText(spot, _CENTRE, t("ui.mark_backdated"))
        inner.setRight(spot.left() - 2)

    def _paint_text(self, painter: QPainter, inner: QRect, text: str, shown: str, *, is_spoken: bool) -> None:
        if self._sought:
            ink = painter.pen()
            shown, found = self._bring_into_sight(text, shown, inner.width(), is_spoken=is_spoken)
            if found is not None:
                left = inner.x() + self._metrics.horizontalAdvance(shown[: found.start])
                width = self._metrics.horizontalAdvance(shown[found.start : found.end])
                ground = QRectF(left - 1, inner.center().y() - 10, width + 2, 21)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("mark"))
                painter.drawRoundedRect(ground, 3, 3)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(ink)
        painter.drawText(inner, _FLAGS, shown)

    def _bring_into_sight(
        self, text: str, shown: str, width: int, *, is_spoken: bool = False
    ) -> tuple[str, Match | None]:
        """Return the text to draw and where the match lies in it; a match behind the … is moved before it."""
        found = self._find(shown, is_spoken=is_spoken)
        if found is not None or shown == text:
            return shown, found
        whole = self._find(text, is_spoken=is_spoken)
        if whole is None:
            return shown, None
        moved = self._elide("…" + text[max(0, whole.start - 4) :], width, Qt.TextElideMode.ElideRight)
        return moved, self._find(moved, is_spoken=is_spoken)

    def _find(self, text: str, *, is_spoken: bool) -> Match | None:
        found = find_match(text, self._sought)
        if found is None and is_spoken and is_warm():
            return find_heard(text, self._sought)
        return found

    def _elide(self, text: str, width: int, mode: Qt.TextElideMode) -> str:
        key = (text, width)
        shown = self._elided.get(key)
        if shown is None:
            if len(self._elided) >= _KEPT:
                self._elided.clear()
            shown = self._elided[key] = self._metrics.elidedText(text, mode, width)
        return shown

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = self._model.line(index.row()).texts[index.column()]
        return QSize(self._metrics.horizontalAdvance(text) + 2 * PADDING, ROW_HEIGHT)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tell what does not fit into the cell, and what the small marks mean."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        line = self._model.line(index.row())
        text = line.texts[index.column()]
        words = []
        width: int = option.rect.width() - 2 * PADDING
        column = self._model.columns[index.column()]
        name = column.name
        if column.kind is Kind.DATE:
            words.append(show(column, line.row[name]))
        elif name != STATUS and self._elide(text, width, _cut(column)) != text:
            words.append(text)
        if name == NUMBER and is_backdated(line):
            words.append(t("ui.entry_backdated"))
        QToolTip.showText(event.globalPos(), "\n".join(words), view)
        return True


def _paint_cursor(painter: QPainter, box: QRect) -> None:
    """Draw the frame of the cell the keyboard is on; what is typed goes there."""
    accent = theme.colour("accent")
    for edge in (
        QRect(box.x(), box.y(), box.width(), 2), QRect(box.x(), box.bottom() - 1, box.width(), 2),
        QRect(box.x(), box.y(), 2, box.height()), QRect(box.right() - 1, box.y(), 2, box.height()),
    ):  # fmt: skip
        painter.fillRect(edge, accent)


def _cut(column: Field) -> Qt.TextElideMode:
    """Return where a text of the column is cut: a number in its middle, since its end tells it from others."""
    is_number = column.kind is Kind.DOC_NUMBER or column.name == NUMBER
    return Qt.TextElideMode.ElideMiddle if is_number else Qt.TextElideMode.ElideRight


def is_backdated(line: Line) -> bool:
    """Say whether a row was typed after its day, which everybody is to see."""
    return line.row["entry"] == "backdated"
