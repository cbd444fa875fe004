# SPDX-License-Identifier: MulanPSL-2.0
"""Messy ledgers with invented people, made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from township_office.core.fields import Register, Value
from township_office.exchange.ledger import LedgerRow, NotTaken, find_tables, outside_rows, read_table, skipped_rows
from township_office.exchange.workbooks import Sheet

TODAY = date(2026, 11, 20)
Read = list[LedgerRow | NotTaken]


def write_xlsx(path: Path, sheets: dict[str, Sequence[Sequence[Any]]], merge: Sequence[str] = ()) -> Path:
    """Write rows of plain values; merge: "A1:J1" ranges of the first sheet, keeping the value of their first cell."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for place, (name, rows) in enumerate(sheets.items()):
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, (date, datetime)):
                        sheet.write_datetime(row, column, cell, day)
                    elif cell != "":
                        sheet.write(row, column, cell)
            for area in merge if place == 0 else ():
                first, last = (xlsxwriter.utility.xl_cell_to_rowcol(corner) for corner in area.split(":"))
                cell = rows[first[0]][first[1]] if first[1] < len(rows[first[0]]) else ""
                sheet.merge_range(*first, *last, cell)
    return path


def sheet_of(
    rows: Sequence[Sequence[Any]], name: str = "Sheet1", merged: Sequence[tuple[int, int, int, int]] = ()
) -> Sheet:
    """Return a sheet as a workbook would give it."""
    return Sheet(name, hidden=False, rows=[list(row) for row in rows], merged=list(merged))


def is_filled(cells: Sequence[Any]) -> bool:
    return any(not (isinstance(cell, str) and not cell.strip()) for cell in cells)


def read_sheet(sheet: Sheet, register: Register, *, file_name: str = "", **choices: Any) -> Read:
    """Read every table of a sheet and demand that each line that holds anything came out exactly once.

    A record holds only what its table can fill; here it is made whole, so that a test can ask for any field.
    """
    tables = find_tables(sheet, register, file_name=file_name, **choices)
    read: Read = []
    blank: dict[str, Value] = dict.fromkeys(field.name for field in register.fields)
    for table in tables:
        left, right = table.span
        documents = list(read_table(sheet, table, register, TODAY))
        came_out = sorted([one.row for one in documents] + [one.row for one in skipped_rows(sheet, table)])
        lines = range(table.top_row, table.last_row + 1)
        assert came_out == [line for line in lines if is_filled(sheet.rows[line - 1][left : right + 1])]
        for row in documents:
            if isinstance(row, LedgerRow):
                assert row.record.keys() <= blank.keys()
                row.record = blank | row.record
        read += documents
    if tables:
        assert outside_rows(sheet, tables) == []
    return read


@pytest.fixture
def read() -> Callable[..., list[LedgerRow]]:
    """Read rows and demand that all are taken; returns them."""

    def run(rows: Sequence[Sequence[Any]], register: Register, **more: Any) -> list[LedgerRow]:
        sheet = sheet_of(rows, more.pop("name", "Sheet1"), more.pop("merged", ()))
        found = read_sheet(sheet, register, **more)
        assert [one for one in found if isinstance(one, NotTaken)] == []
        return [one for one in found if isinstance(one, LedgerRow)]

    return run
