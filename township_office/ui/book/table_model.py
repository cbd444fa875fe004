# SPDX-License-Identifier: MulanPSL-2.0
"""The rows of any register in a table: ids of everything, the rows themselves a page at a time.

100,000 ids are an array of 0.8 MB; only the pages looked at last are held as rows. The model never writes.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from township_office.core.fields import Field, Kind, Register, Value
from township_office.core.values import show
from township_office.registers.status import State, state_of
from township_office.services import browsing
from township_office.services.office import Office
from township_office.services.standing import standings
from township_office.ui.words import number_words, short_day

PAGE = 40  # a page is read within a frame; a screen shows parts of two
PAGES_KEPT = 8
NUMBER, STATUS = "number", "status"

Index = QModelIndex | QPersistentModelIndex
Row = dict[str, Value]
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """One row as the table shows it: the stored row, its state, and the text of each column on one line."""

    row: Row
    state: State
    texts: tuple[str, ...]


class RegisterTableModel(QAbstractTableModel):
    """Shows the rows of the ids it was given, in their order; columns are fields, plus the number and the status."""

    def __init__(
        self, office: Office, register: Register, today: Callable[[], date], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._register = register
        self._today = today
        self._columns: tuple[Field, ...] = ()
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, list[Line]] = OrderedDict()
        self.year: int | None = None  # of all rows shown, None when of several: days are shown without it

    @property
    def columns(self) -> tuple[Field, ...]:
        """The columns from left to right."""
        return self._columns

    def set_columns(self, columns: Sequence[Field]) -> None:
        """Show these columns; "number" and "status" are the register's own two."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._pages.clear()
        self.endResetModel()

    def take_widths(self, columns: Sequence[Field]) -> None:
        """Take the same columns with other widths, which the rows do not care about."""
        self._columns = tuple(columns)

    def show_ids(self, ids: Sequence[int], year: int | None = None) -> None:
        """Show these rows and nothing else; year: the one they are all of."""
        self.beginResetModel()
        self.year = year
        self._ids = array("q", ids)
        self._pages.clear()
        self.endResetModel()

    def add_ids(self, more: Sequence[int]) -> None:
        """Show these rows below the others."""
        if not more:
            return
        first = len(self._ids)
        self.beginInsertRows(_NOWHERE, first, first + len(more) - 1)
        self._ids.extend(more)
        self._pages.pop(first // PAGE, None)
        self.endInsertRows()

    def read_again(self, row_id: int) -> None:
        """A row that is shown was changed; it is read anew where it stands."""
        position = self.position_of(row_id)
        if position is not None:
            self._pages.pop(position // PAGE, None)
            self.dataChanged.emit(self.index(position, 0), self.index(position, len(self._columns) - 1))

    def id_at(self, position: int) -> int:
        """Return the row id at a place in the table."""
        return self._ids[position]

    def position_of(self, row_id: int) -> int | None:
        """Return where a row stands, None when it is not among those shown."""
        try:
            return self._ids.index(row_id)
        except ValueError:
            return None

    def value(self, position: int, name: str) -> Value:
        """Return what stands in a cell."""
        return self.line(position).row[name]

    def line(self, position: int) -> Line:
        """Return the row at a place in the table, fetching its page when it is not at hand."""
        number, offset = divmod(position, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._fetch(number)
        else:
            self._pages.move_to_end(number)
        return page[offset]

    def _fetch(self, number: int) -> list[Line]:
        ids = self._ids[number * PAGE : (number + 1) * PAGE]
        today, states = self._today(), standings(self._office, self._register)
        page = [
            self._line(row, states[state_of(self._register, row, today).key])
            for row in browsing.rows(self._office, self._register, ids)
        ]
        self._pages[number] = page
        if len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        return page

    def _line(self, row: Row, state: State) -> Line:
        texts = []
        for column in self._columns:
            if column.name == STATUS:
                texts.append(state.label)
            elif column.name == NUMBER:
                texts.append(number_words(row))
            else:
                value = row[column.name]
                if column.kind is Kind.MOMENT and str(value)[:10] == str(row[self.dated_by]):
                    value = str(value)[11:] or value  # its day stands in a column of its own
                text = short_day(value, self.year) if self.year and isinstance(value, date) else show(column, value)
                texts.append(" ".join(text.split("\n")) if "\n" in text else text)
        return Line(row, state, tuple(texts))

    @property
    def dated_by(self) -> str:
        """The field whose year is the year of a row."""
        return self._register.dated_by

    # ---- what Qt asks ----

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        # The delegate takes whole lines from line(); this is for screen readers, tests and copying.
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.line(index.row()).texts[index.column()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None
