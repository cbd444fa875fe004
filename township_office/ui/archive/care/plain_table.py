# SPDX-License-Identifier: MulanPSL-2.0
"""A table of lines that are all at hand: items to appraise, classes to hand over, figures. Several can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from township_office.core.fields import Field
from township_office.registers.status import State
from township_office.ui.book.line_delegate import ROW_HEIGHT, LineDelegate
from township_office.ui.book.row_view import HEADINGS, RowView

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
PLAIN = State("", "", "grey")  # a line that stands in no way worth a word


@dataclass(frozen=True, slots=True)
class PlainLine:
    """One line: the text of each column, how it stands ("status" is drawn as a pill), and what it is about."""

    texts: tuple[str, ...]
    state: State = PLAIN
    key: int = 0


class PlainModel(QAbstractTableModel):
    """Shows the lines it was given; never asks for any."""

    def __init__(self, columns: Sequence[Field], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._lines: tuple[PlainLine, ...] = ()

    @property
    def columns(self) -> tuple[Field, ...]:
        """The columns from left to right."""
        return self._columns

    def take_columns(self, columns: Sequence[Field]) -> None:
        """Have these columns from now on, and no line yet."""
        self.beginResetModel()
        self._columns, self._lines = tuple(columns), ()
        self.endResetModel()

    def fill(self, lines: Sequence[PlainLine]) -> None:
        """Show these lines and nothing else."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, position: int) -> PlainLine:
        """Return the line at a place in the table."""
        return self._lines[position]

    def position_of(self, key: int) -> int | None:
        """Return where the line with this key stands, None when it is not there."""
        return next((place for place, line in enumerate(self._lines) if line.key == key), None)

    # ---- what Qt asks ----

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._lines[index.row()].texts[index.column()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        is_heading = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._columns[section].label if is_heading and 0 <= section < len(self._columns) else None


class PlainTable(RowView):
    """Shows a PlainModel. Shift and Ctrl choose several lines, Ctrl+A all; Ctrl+C copies them as a sheet takes them."""

    def __init__(self, columns: Sequence[Field], stretched: str, *, several: bool, least: Sequence[str] = ()) -> None:
        """stretched: the column that takes what is left; least: those that are hidden first where there is no room."""
        super().__init__()
        self.least_room = 160  # pixels of the stretched column, before others are hidden
        self.is_for_reading = False  # nothing is chosen before somebody does
        self.lines = PlainModel(columns, self)
        self._stretched, self._least = stretched, tuple(least)
        delegate = LineDelegate(self.lines, self)
        delegate.has_cursor = False
        self.show_lines(self.lines, delegate)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)

    def show_columns(self, columns: Sequence[Field], stretched: str) -> None:
        """Show these columns from now on, and no line yet."""
        self._stretched = stretched
        self.lines.take_columns(columns)

    def fill(self, lines: Sequence[PlainLine]) -> None:
        """Show these lines; those that were chosen are chosen again, else the first."""
        before = self.chosen_keys()
        self.lines.fill(lines)
        self.fit_columns()
        self.choose_keys([key for key in before if self.lines.position_of(key) is not None])
        if self.position() is None and not self.is_for_reading:
            self.choose(0)

    def height_of(self, most: int) -> int:
        """Return how high the table is with all its lines in sight, or with so many of them."""
        return HEADINGS + ROW_HEIGHT * min(self.lines.rowCount(), most)

    def chosen_keys(self) -> list[int]:
        """Return the keys of the chosen lines, as they stand in the table."""
        return [self.lines.line(row).key for row in self.chosen_rows()]

    def texts_of(self, name: str) -> list[str]:
        """Return what the chosen lines say in the column called name."""
        at = [column.name for column in self.lines.columns].index(name)
        return [self.lines.line(row).texts[at] for row in self.chosen_rows()]

    def choose_keys(self, keys: Sequence[int]) -> None:
        """Choose the lines with these keys, the cursor on the first of them."""
        self.choose_all([place for key in keys if (place := self.lines.position_of(key)) is not None])

    def fit_columns(self) -> None:
        """Give each column its width and one of them what is left."""
        self.share_width(self.lines.columns, self._stretched, self.least_room, self._least)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            texts = ("\t".join(self.lines.line(row).texts) for row in self.chosen_rows())
            QGuiApplication.clipboard().setText("\n".join(texts))
        else:
            super().keyPressEvent(event)
