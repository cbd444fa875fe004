# SPDX-License-Identifier: MulanPSL-2.0
"""What a register's tab knows of typing in its table: open the row for a bundle, type into a cell, tell what was saved.

What stands behind it is loaded with the first letter: the start of the program does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QApplication, QWidget

from township_office.core.fields import Draft, Register
from township_office.services.office import Office
from township_office.ui.book.register_list import RegisterList
from township_office.ui.book.table_model import NUMBER, STATUS


class Cells(Protocol):
    """See ui.entry.cell_editing.CellEditing."""

    def begin(self, index: QModelIndex | QPersistentModelIndex, *, is_empty: bool) -> QWidget | None: ...

    def cancel(self) -> None: ...


class _Bundle(Protocol):
    """See ui.entry.batch_entry.BatchEntry."""

    def open(self) -> None: ...

    def is_open(self) -> bool: ...


class EntryDesk(QObject):
    """Cells (see ui.book.cell_table) for the table of a register, and the row for the next paper."""

    registered = Signal(int)  # id of a new row
    corrected = Signal(int)  # id of a row of which a cell was changed
    row_wanted = Signal(int)  # the clerk wants to see this one
    confidential_wanted = Signal()  # a state secret was typed: lead to where it belongs
    mishap_wanted = Signal()  # … and to what to do now
    toggled = Signal()  # the row for the next paper was opened or closed

    def __init__(
        self,
        office: Office,
        register: Register,
        today: Callable[[], date],
        books: RegisterList,
        correct: Callable[[int, Draft, date, str], object] | None = None,
    ) -> None:
        """correct: see ui.entry.cell_editing.CellEditing."""
        super().__init__(books)
        self._correct = correct
        self._office, self._register, self._today, self._list = office, register, today, books
        self._cell: Cells | None = None
        self.bundle: _Bundle | None = None
        books.table.cells = self

    def open_bundle(self) -> None:
        """批量登记: open the row above the first, or go back to it."""
        if self.bundle is None:
            from township_office.ui.entry.batch_entry import BatchEntry

            bundle = BatchEntry(self._office, self._register, self._today, self._list)
            bundle.saved.connect(self.registered)
            bundle.row_wanted.connect(self.row_wanted)
            bundle.toggled.connect(self.toggled)
            bundle.confidential_wanted.connect(self.confidential_wanted)
            bundle.mishap_wanted.connect(self.mishap_wanted)
            self.bundle = bundle
        self.bundle.open()

    def is_open(self) -> bool:
        """Say whether the row for the next paper is there: it needs the width of the page."""
        return self.bundle is not None and self.bundle.is_open()

    def has_cursor(self) -> bool:
        """Say whether a paper is being typed there right now."""
        now = QApplication.focusWidget()
        return now is not None and self._list.table.heads.isAncestorOf(now)

    def can_edit(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Say whether anything may be typed there: not in a void row, not over its number or its standing."""
        if self._office.is_readonly or not index.isValid():
            return False
        name = self._list.model.columns[index.column()].name
        return name not in (NUMBER, STATUS) and self._list.model.line(index.row()).row["voided_on"] is None

    def begin(self, index: QModelIndex | QPersistentModelIndex, *, is_empty: bool) -> QWidget | None:
        """Open the editor of a cell; see ui.book.cell_table.Cells."""
        if self._cell is None:
            self._cell = self.make_cells()
        return self._cell.begin(index, is_empty=is_empty)

    def make_cells(self) -> Cells:
        """Return what opens a cell, and tells take_in() what was saved."""
        from township_office.ui.entry.cell_editing import CellEditing

        cells = CellEditing(self._office, self._register, self._today, self._list.table, self._correct)
        cells.saved.connect(self.take_in)
        return cells

    def take_in(self, row_id: int) -> None:
        """A cell of a row was saved."""
        self._list.take_in_cell(row_id)
        self.corrected.emit(row_id)

    def cancel(self) -> None:
        """Close the editor of the cell and forget what was typed."""
        if self._cell is not None:
            self._cell.cancel()
