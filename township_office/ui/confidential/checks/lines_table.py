# SPDX-License-Identifier: MulanPSL-2.0
"""A plain table of guarded lines: words in columns, a tone for each line; nothing of it goes to the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QTableView

from township_office.ui import theme

ROW_HEIGHT = 36
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line: its cells, the tone of the whole line and that of its first cell ("" is as usual)."""

    cells: tuple[str, ...]
    tone: str = ""
    mark_tone: str = ""


class LinesModel(QAbstractTableModel):
    """Shows lines; never asks for any."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__()
        self._headings = tuple(headings)
        self._lines: list[TableLine] = []

    def show_lines(self, lines: Sequence[TableLine]) -> None:
        """Show these lines from now on; as many as before only change their words, so that the cursor stays."""
        if len(lines) != len(self._lines):
            self.beginResetModel()
            self._lines = list(lines)
            self.endResetModel()
        elif lines:
            self._lines = list(lines)
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(self._headings) - 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._headings[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return line.cells[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = line.mark_tone if index.column() == 0 and line.mark_tone else line.tone
            return theme.colour(tone) if tone else None
        return None


class LinesTable(QTableView):
    """The table; ticked is Space, lost is Del, typed is a figure or letter: it belongs in the line above."""

    ticked = Signal()
    lost = Signal()
    typed = Signal(str)

    def __init__(self, model: LinesModel, widths: Sequence[int], stretched: int) -> None:
        super().__init__()
        self.setObjectName("ledger")
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(56)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        head.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            return  # the clipboard is open to every program
        if event.key() == Qt.Key.Key_Space:
            self.ticked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.lost.emit()
        elif event.text().isalnum() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
