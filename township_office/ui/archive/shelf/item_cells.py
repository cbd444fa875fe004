# SPDX-License-Identifier: MulanPSL-2.0
"""The cells of archive items: a day that is typed without its year is of the item's 年度."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from township_office.ui.book.cell_table import Index
from township_office.ui.entry.cell_editing import CellEditing
from township_office.ui.form.editors import DateEditor


class ItemCells(CellEditing):
    """What EntryDesk opens over a cell."""

    def begin(self, index: Index, *, is_empty: bool) -> QWidget | None:
        """See CellEditing."""
        inner = super().begin(index, is_empty=is_empty)
        year = self._rows.value(index.row(), "archive_year")
        if inner is not None and self.frame is not None and isinstance(self.frame.editor, DateEditor):
            self.frame.editor.year = year if isinstance(year, int) else None
        return inner
