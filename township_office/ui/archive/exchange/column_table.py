# SPDX-License-Identifier: MulanPSL-2.0
"""The columns of an exported catalogue: ticked or not, in their order, each under a heading of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.ui.widgets import rename

_ROW = 34
_NAME_WIDTH = 200
_NAME = Qt.ItemDataRole.UserRole
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ColumnTable(QTableWidget):
    """Space ticks a column, Alt+↑↓ moves it, a letter begins its heading anew."""

    edited = Signal()

    def __init__(self, labels: Mapping[str, str]) -> None:
        super().__init__(0, 2)
        self._labels = labels
        self.setHorizontalHeaderLabels([t("catalogue.column"), t("catalogue.heading")])
        head = self.horizontalHeader()
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        self.setColumnWidth(0, _NAME_WIDTH)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        rename(self, "pairTable")
        self.itemChanged.connect(lambda _item: self.edited.emit())

    def show_columns(self, columns: Sequence[tuple[str, str]]) -> None:
        """Show these ticked and in their order, the others behind them."""
        shown = dict(columns)
        rest = [(name, label) for name, label in self._labels.items() if name not in shown]
        with QSignalBlocker(self):
            self.setRowCount(0)
            for name, heading in (*columns, *rest):
                self._add(name, heading, is_shown=name in shown)
        self.setCurrentCell(0, 0)
        self.scrollToTop()
        self.edited.emit()

    def columns(self) -> tuple[tuple[str, str], ...]:
        """Return what is ticked, in its order, with its headings as they stand there."""
        ticks = [self._cell(row, 0) for row in range(self.rowCount())]
        return tuple(
            (str(tick.data(_NAME)), clean_text(self._cell(row, 1).text()))
            for row, tick in enumerate(ticks)
            if tick.checkState() == _CHECKED
        )

    def move_line(self, step: int) -> None:
        """Change places with the line above (-1) or below (1)."""
        here = self.currentRow()
        there = here + step
        if here < 0 or not 0 <= there < self.rowCount():
            return
        with QSignalBlocker(self):
            for column in (0, 1):
                mine, other = self.takeItem(here, column), self.takeItem(there, column)
                self.setItem(here, column, other)
                self.setItem(there, column, mine)
        self.setCurrentCell(there, self.currentColumn())
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks in either column; Alt+↑↓ moves; everything else is Qt's."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_line(step)
        elif event.key() == Qt.Key.Key_Space and self.currentRow() >= 0:
            tick = self._cell(self.currentRow(), 0)
            tick.setCheckState(_UNCHECKED if tick.checkState() == _CHECKED else _CHECKED)
        else:
            super().keyPressEvent(event)

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        cell = self.item(row, column)
        assert cell is not None
        return cell

    def _add(self, name: str, heading: str, *, is_shown: bool) -> None:
        row = self.rowCount()
        self.insertRow(row)
        tick = QTableWidgetItem(self._labels[name])
        tick.setData(_NAME, name)
        tick.setFlags((tick.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsEditable)
        tick.setCheckState(_CHECKED if is_shown else _UNCHECKED)
        self.setItem(row, 0, tick)
        self.setItem(row, 1, QTableWidgetItem(heading))
