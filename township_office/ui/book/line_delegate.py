# SPDX-License-Identifier: MulanPSL-2.0
"""Paints the cells of a table of lines: elided text, found words marked, the pill of the state.

It takes each row from the model whole and paints it itself: Qt's own delegate asks seven roles
per cell through Python and styles each, which is too slow for 16 ms a frame.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from township_office.core.fields import Field, Kind
from township_office.core.searchkeys import is_warm
from township_office.registers.status import VOIDED, State
from township_office.ui import theme
from township_office.ui.book.matching import Match, find_heard, find_match
from township_office.ui.book.table_model import NUMBER, STATUS
from township_office.ui.widgets import PILL_HEIGHT, paint_pill, pill_width

ROW_HEIGHT = 38
PADDING = 10
_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_KEPT = 4000

Index = QModelIndex | QPersistentModelIndex


class Line(Protocol):
    """One row as a table shows it."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each column, on one line."""

    @property
    def state(self) -> State:
        """How it stands: the tone of its pill."""


class Lines(Protocol):
    """A model that gives its rows whole."""

    @property
    def columns(self) -> tuple[Field, ...]:
        """The columns from left to right; "status" is drawn as a pill."""

    def line(self, position: int) -> Line:
        """Return the row at a place in the table."""


class LineDelegate(QStyledItemDelegate):
    """Paints every column of a model of lines; a subclass says what is special about some."""

    has_cursor = True  # one cell of the chosen row is where typing goes

    def __init__(self, model: Lines, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._font = theme.screen_font()
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
        self.paint_mark(painter, inner, index)
        if text:
            painter.setFont(self._struck if line.state.key == VOIDED.key else self._font)
            shown = self._elide(text, inner.width(), _cut(column))
            painter.setPen(theme.colour(self.ink(index, column.name, text)))
            self._paint_text(painter, inner, text, shown, is_spoken=column.is_spoken)

    def _paint_ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag, index: Index) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("accent-soft"))
            if state & QStyle.StateFlag.State_Active and index.column() == 0 and self._has_focus():
                painter.fillRect(QRect(box.x(), box.y(), 3, box.height() - 1), theme.colour("accent"))
            if self.has_cursor and state & QStyle.StateFlag.State_HasFocus:
                _paint_cursor(painter, box)
                return
        elif index.row() == self.hovered:
            painter.fillRect(box, theme.colour("hover"))
        painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), theme.colour("hair"))

    def _has_focus(self) -> bool:
        view = self.parent()
        return isinstance(view, QAbstractItemView) and view.hasFocus()

    def ink(self, index: Index, name: str, text: str) -> str:
        """Return the colour of a text in the column called name."""
        if self._model.line(index.row()).state.key == VOIDED.key:
            return "void"
        return "soft" if name == NUMBER or name.endswith("_on") else "ink"

    def paint_mark(self, painter: QPainter, inner: QRect, index: Index) -> None:
        """Draw a small mark into a cell and take its room from inner."""

    def remarks(self, index: Index) -> list[str]:
        """Return what the tooltip of a cell says besides the text that does not fit."""
        return []

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
        """Tell what does not fit into the cell, and what else there is to say of it."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        column = self._model.columns[index.column()]
        text = self._model.line(index.row()).texts[index.column()]
        width: int = option.rect.width() - 2 * PADDING
        words = self.remarks(index)
        if not words and column.name != STATUS and self._elide(text, width, _cut(column)) != text:
            words = [text]
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
