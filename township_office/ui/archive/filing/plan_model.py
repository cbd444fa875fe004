# SPDX-License-Identifier: MulanPSL-2.0
"""The lines of a year's filing in a table: items under the headings of their classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from township_office.core.fields import Field, Kind, Value
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.retention import NOT_FILED, RETENTIONS
from township_office.registers.status import State
from township_office.services.archive.proposal import Proposed
from township_office.services.archive.scheme import Scheme
from township_office.ui.archive.filing.plan_views import Heading, PlanRow
from township_office.ui.book.table_model import Index

ITEM_NO, NUMBER, BODY, TITLE = "item_no", "doc_number", "responsible_body", "title"
DAY, PAGES, PERIOD, ORG, WHY = "dated_on", "page_count", "retention_period", "org_or_subject", "why"
_PLAIN = State("", "", "grey")
_NOWHERE = QModelIndex()
_FIELD_OF = {PERIOD: "retention", ORG: "org"}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line in words."""

    texts: tuple[str, ...]
    state: State = _PLAIN


def field_of(name: str, scheme: Scheme) -> Field:
    """Return what is typed into a column of the filing: the periods of today, the office's own 机构."""
    field = ARCHIVE_ITEM.field(name)
    if name == PERIOD:
        return replace(field, choices=(*(one.word for one in RETENTIONS), NOT_FILED))
    if name == ORG and scheme.orgs:
        return replace(field, kind=Kind.CHOICE, choices=tuple(scheme.orgs.values()))
    return field


class PlanModel(QAbstractTableModel):
    """Shows the lines it was given; never asks for any."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[PlanRow] = []
        self._places: dict[str, int] = {}
        self._lines: dict[int, PlanLine] = {}
        self._scheme: Scheme | None = None

    @property
    def columns(self) -> tuple[Field, ...]:
        """The columns from left to right."""
        return COLUMNS

    def show_rows(self, rows: Sequence[PlanRow], scheme: Scheme) -> None:
        """Show these lines; where they are the same items as before, only their words change."""
        self._scheme = scheme
        is_same = [_id_of(row) for row in rows] == [_id_of(row) for row in self._rows]
        if not is_same:
            self.beginResetModel()
        self._rows, self._lines = list(rows), {}
        self._places = {row.key: at for at, row in enumerate(rows) if isinstance(row, Proposed)}
        if not is_same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))

    def rows(self) -> Sequence[PlanRow]:
        """Return the lines that are shown."""
        return self._rows

    def heading(self, position: int) -> Heading | None:
        """Return the heading at a place, None where an item stands."""
        row = self._rows[position]
        return row if isinstance(row, Heading) else None

    def item(self, position: int) -> Proposed | None:
        """Return the item at a place, None where a heading stands."""
        row = self._rows[position] if 0 <= position < len(self._rows) else None
        return row if isinstance(row, Proposed) else None

    def items(self) -> Iterable[tuple[int, Proposed]]:
        """Return every item with its place."""
        return ((at, row) for at, row in enumerate(self._rows) if isinstance(row, Proposed))

    def id_at(self, position: int) -> str:
        """Return the key of the item at a place."""
        one = self.item(position)
        return one.key if one is not None else ""

    def position_of(self, row_id: str) -> int | None:
        """Return where an item stands, None when it is not among those shown."""
        return self._places.get(row_id)

    def value(self, position: int, name: str) -> Value:
        """Return what stands in a cell."""
        one = self.item(position)
        if one is None:
            return None
        value: Value = getattr(one, _FIELD_OF.get(name, name))
        return self._scheme.org_name(one.org) if name == ORG and self._scheme is not None else value

    def line(self, position: int) -> PlanLine:
        """Return the line at a place in words."""
        if position not in self._lines:
            self._lines[position] = self._line(position)
        return self._lines[position]

    def _line(self, position: int) -> PlanLine:
        one = self.item(position)
        if one is None:
            return PlanLine(("",) * len(COLUMNS))
        texts = {column.name: show(column, self.value(position, column.name)) for column in COLUMNS[1:-1]}
        texts[ITEM_NO] = f"{one.item_no:04d}" if one.item_no else ""
        texts[WHY] = one.reason or one.matter
        return PlanLine(tuple(" ".join(texts[column.name].split("\n")) for column in COLUMNS))

    # ---- what Qt asks ----

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.item(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        heading = self.heading(index.row())
        return heading.words if heading is not None else self.line(index.row()).texts[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        return COLUMNS[section].label if role == Qt.ItemDataRole.DisplayRole else None


def _columns() -> tuple[Field, ...]:
    shown = {NUMBER: 22, BODY: 16, TITLE: 36, DAY: 10, PAGES: 5, PERIOD: 8, ORG: 14}
    middle = (replace(ARCHIVE_ITEM.field(name), width=width) for name, width in shown.items())
    return (Field(ITEM_NO, t("filing_desk.item_no"), width=5), *middle, Field(WHY, t("filing_desk.why"), width=22))


COLUMNS = _columns()


def _id_of(row: PlanRow) -> str:
    return row.key if isinstance(row, Proposed) else f"#{row.words}"
