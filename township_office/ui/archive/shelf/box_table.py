# SPDX-License-Identifier: MulanPSL-2.0
"""The boxes of a class in a table: those that are packed, and below them those that are proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from township_office.core.text import t
from township_office.registers.archive.packing import Box
from township_office.services.archive.boxing import Boxed
from township_office.ui import theme

_HEADS = ("number", "span", "items", "pages", "mm", "arranged", "checked", "state")
_WIDTHS = (46, 96, 46, 52, 50, 64, 64, 0)  # at 150 % on a low screen the last one still has room

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """One box: packed, or (boxed is None) only proposed."""

    box: Box
    items: int
    boxed: Boxed | None = None


def packed_line(boxed: Boxed) -> Line:
    """Return the line of a box that is packed."""
    box = Box(boxed.number, int(str(boxed.row["thickness"])), boxed.first, boxed.last, boxed.pages)
    return Line(box, len(boxed.items), boxed)


class BoxModel(QAbstractTableModel):
    """盒号, 起止件号, 件数, 页数, 厚度, 整理人, 检查人, and whether it is packed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these from now on."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def take(self, lines: Sequence[Line]) -> None:
        """Show these instead of the first ones; the row in view stays the one in view."""
        self._lines[: len(lines)] = lines
        self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(_HEADS) - 1))

    def line(self, row: int) -> Line | None:
        """Return the box of a row, None beyond the list."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return t(f"boxes.head_{_HEADS[section]}")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            row = {} if line.boxed is None else line.boxed.row
            span = f"{line.box.first:04d}–{line.box.last:04d}" if line.items else "—"
            state = t("boxes.proposed") if line.boxed is None else t("boxes.packed")
            names = (str(row.get("arranged_by") or ""), str(row.get("checked_by") or ""))
            counts = (str(line.items), f"{line.box.pages:,}", str(line.box.thickness))
            return (str(line.box.number), span, *counts, *names, state)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and line.boxed is None:
            return theme.colour("accent")
        return None


def box_view(model: BoxModel) -> QTableView:
    """Return the table."""
    table = QTableView()
    table.setObjectName("findings")
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(34)
    head = table.horizontalHeader()
    head.setHighlightSections(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column, width in enumerate(_WIDTHS):
        if width:
            table.setColumnWidth(column, width)
        else:
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    return table
