# SPDX-License-Identifier: MulanPSL-2.0
"""Read a ledger line by line into records of a register; what cannot be taken is said, never dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from township_office.core.fields import Register
from township_office.exchange.headings import heading_key, is_usual
from township_office.exchange.layout import Column, Table, find_tables, tables_below
from township_office.exchange.ledgerrows import LedgerRow, Note, NotTaken, Skipped
from township_office.exchange.natives import Sheet
from township_office.exchange.reading import text_of
from township_office.exchange.rowkinds import RowKind, row_kinds
from township_office.exchange.tablereader import TableReader

__all__ = [
    "Column",
    "LedgerRow",
    "NotTaken",
    "Note",
    "RowKind",
    "Skipped",
    "Table",
    "find_tables",
    "heading_key",
    "is_usual",
    "outside_rows",
    "read_table",
    "skipped_rows",
    "tables_below",
]


def read_table(
    sheet: Sheet, table: Table, register: Register, today: date, *, full_names: bool = True
) -> Iterator[LedgerRow | NotTaken]:
    """Yield each document of table, in order: taken, or not taken with a reason.

    Every line that is not empty comes out either here or in skipped_rows. With full_names a short name of the
    sender (省府办) becomes the organ's full name where the title itself spells it out, with a note.
    """
    yield from TableReader(sheet, table, register, today, full_names=full_names).rows()


def skipped_rows(sheet: Sheet, table: Table) -> list[Skipped]:
    """Return the lines of table that are passed over knowingly, with what they are."""
    left, right = table.span
    return [
        Skipped(sheet.name, place + 1, kind, " ".join(filter(None, map(text_of, sheet.rows[place][left : right + 1]))))
        for place, kind in row_kinds(sheet, table)
        if kind is not RowKind.DATA
    ]


def outside_rows(sheet: Sheet, tables: Sequence[Table]) -> list[int]:
    """Return the lines, from 1, that hold something no table of the sheet covers: nothing is passed over unseen."""
    covered: dict[int, set[int]] = {}
    for table in tables:
        left, right = table.span
        for place in range(table.top_row - 1, min(table.last_row, len(sheet.rows))):
            covered.setdefault(place, set()).update(range(left, right + 1))
    return [
        place + 1
        for place, row in enumerate(sheet.rows)
        if any(
            column not in covered.get(place, ()) and text_of(cell).strip()
            for column, cell in enumerate(row)
            if cell != ""
        )
    ]
