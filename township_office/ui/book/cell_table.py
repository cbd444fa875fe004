# SPDX-License-Identifier: MulanPSL-2.0
"""A table with a cursor on one cell, as in Excel: arrows move it, and what is typed goes into that cell.

A view without an open editor gets no composition from Qt. Here a key or a composition that begins on a cell opens its
editor and is handed on to it, so that the first letter of 县委办 is not lost.
"""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    SignalInstance,
)
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from township_office.core.fields import Field, Value
from township_office.ui.book.row_view import RowView

_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier

Index = QModelIndex | QPersistentModelIndex


class Cells(Protocol):
    """What turns a cell into something to type into."""

    def can_edit(self, index: QModelIndex) -> bool:
        """Say whether anything may be typed there."""

    def begin(self, index: QModelIndex, *, is_empty: bool) -> QWidget | None:
        """Open the editor of a cell, empty or with what it says, without the focus; return what takes the keys."""

    def cancel(self) -> None:
        """Close the editor and forget what was typed."""


class CellRows(Protocol):
    """The rows of such a table. A row has an id of its own, which it keeps wherever it stands."""

    modelReset: SignalInstance  # noqa: N815 - Qt's own

    @property
    def columns(self) -> tuple[Field, ...]:
        """The columns from left to right."""

    def rowCount(self) -> int: ...

    def index(self, row: int, column: int, /) -> QModelIndex: ...

    def id_at(self, position: int) -> Any:
        """Return the id of the row at a place."""

    def position_of(self, row_id: Any) -> int | None:
        """Return where a row stands, None when it is not among those shown."""

    def value(self, position: int, name: str) -> Value:
        """Return what stands in a cell."""


class CellTable(RowView):
    """Rows are chosen whole; the cursor says which of their cells is meant."""

    def __init__(self, model: CellRows) -> None:
        super().__init__()
        self._rows = model
        self._cursor = ""  # name of the column the cursor is on
        self._composing: QWidget | None = None  # the cell's editor, while an input method composes its first word
        self.cells: Cells | None = None

    @property
    def rows(self) -> CellRows:
        """The rows that are shown."""
        return self._rows

    def choose(self, position: int) -> None:
        """Choose the row at a place and bring it into sight."""
        if not 0 <= position < self._rows.rowCount():
            return
        self._go_to(self._rows.index(position, self._column()))

    def aim(self, name: str) -> None:
        """Put the cursor on a column of the first row, where that is in sight: what is typed next goes there."""
        self._cursor = name
        self.choose(0)

    def step(self, down: int, across: int) -> None:
        """Move the cell cursor by rows and by columns that are in sight; it stops at the edges."""
        seen = self.columns_in_sight()
        place = seen.index(self._column()) + across
        row = (self.position() or 0) + down
        if 0 <= place < len(seen) and 0 <= row < self._rows.rowCount():
            self._go_to(self._rows.index(row, seen[place]))

    def columns_in_sight(self) -> list[int]:
        """Return the places of the columns that are not hidden, from left to right."""
        return [place for place in range(len(self._rows.columns)) if not self.isColumnHidden(place)]

    def _column(self) -> int:
        """Return the place of the column the cursor is on; the first in sight when that one is not."""
        seen = self.columns_in_sight()
        return next((place for place in seen if self._rows.columns[place].name == self._cursor), seen[0])

    def _go_to(self, index: QModelIndex) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self._cursor = self._rows.columns[current.column()].name
        self._expect_words()

    def selectionChanged(self, chosen: QItemSelection, dropped: QItemSelection) -> None:
        """A click moves the cursor first and chooses the row after it."""
        super().selectionChanged(chosen, dropped)
        self._expect_words()

    # ---- typing on a cell ----

    def _can_type(self) -> bool:
        return self.cells is not None and self.position() is not None and self.cells.can_edit(self.currentIndex())

    def _expect_words(self) -> None:
        """Let the input method know whether words can be typed here: Qt asks the model's flags, which know less."""
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, self._can_type())

    def event(self, event: QEvent) -> bool:
        """F2 belongs to the cell the cursor is on, before it belongs to the row."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_ours = event.key() == Qt.Key.Key_F2 and not event.modifiers() and self._can_type()
            if is_ours:
                event.accept()
                return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Let the cell's editor compose. The focus follows with the first word: moved now, it would break it off."""
        is_over = bool(event.commitString()) or not event.preeditString()
        line = self._composing
        if line is None:
            if is_over and not event.commitString():
                event.ignore()
                return
            line = self.cells.begin(self.currentIndex(), is_empty=True) if self.cells and self._can_type() else None
            if line is None:
                event.ignore()
                return
            self._composing = line
        QCoreApplication.sendEvent(line, event)
        if not is_over or event.preeditString():  # one word may be there and the next be composed already
            return
        self._composing = None
        if event.commitString() or self.cells is None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.cells.cancel()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """While the cell's editor composes, it knows the text and where its cursor stands."""
        line = self._composing
        if line is None or query == Qt.InputMethodQuery.ImEnabled:
            return super().inputMethodQuery(query)
        found = line.inputMethodQuery(query)
        return found.translated(line.mapTo(self, QPoint())) if isinstance(found, QRect | QRectF) else found

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._expect_words()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._composing is not None and self.cells is not None:  # broken off: there is no word
            self._composing = None
            self.cells.cancel()

    def types(self, event: QKeyEvent) -> bool:
        """Open the cell's editor for a key that types: a sign, a paste, or F2 for what stands there."""
        if self._composing is not None:  # a key the input method left over goes where the words go
            self._composing.setFocus(Qt.FocusReason.OtherFocusReason)
            QCoreApplication.sendEvent(self._composing, event)
            self._composing = None
            return True
        is_sign = event.text().isprintable() and bool(event.text().strip()) and not event.modifiers() & _COMMANDING
        is_f2 = event.key() == Qt.Key.Key_F2 and not event.modifiers()
        if not (is_sign or is_f2 or event.matches(QKeySequence.StandardKey.Paste)) or not self._can_type():
            return False
        line = self.cells.begin(self.currentIndex(), is_empty=not is_f2) if self.cells else None
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            if not is_f2:
                QCoreApplication.sendEvent(line, event)
        return True
