# SPDX-License-Identifier: MulanPSL-2.0
"""Read an old 归档文件目录 into plain rows, each with what its sheet says of its class; nothing is interpreted here."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from township_office.core.fields import Kind
from township_office.core.gate import has_secret_mark
from township_office.core.text import t
from township_office.exchange.cataloguehead import ClassHints, hints_in, take_out_class_lines
from township_office.exchange.headings import is_ditto, is_heading, is_line_number, is_part
from township_office.exchange.layout import Column, Table, column_letter, find_tables, tables_below
from township_office.exchange.ledgerrows import LedgerRow, NotTaken
from township_office.exchange.natives import Cell, Sheet
from township_office.exchange.reading import text_of
from township_office.exchange.synonyms import LINE, NOTHING, STATUS, VOID_REASON, VOIDED_ON
from township_office.exchange.tablereader import TableReader
from township_office.registers.archive.catalogue import CATALOGUE
from township_office.registers.archive.item import ARCHIVE_ITEM

_HEAD_WITHIN = 10  # lines in which the head of an export of ours is
_MONTH = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(?:\.0)?")
_DATES = frozenset(field.name for field in CATALOGUE.fields if field.kind is Kind.DATE)


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One line of a catalogue: as a ledger gives it, its 档号 as written, and what the lines above say of its class."""

    row: LedgerRow
    code: str
    original: str  # 原编号 of an export of ours
    hints: ClassHints
    is_own: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What was found in a sheet: its tables, their rows, and headings of columns that are not read."""

    tables: tuple[Table, ...]
    rows: tuple[CatalogueRow | NotTaken, ...]
    unread: tuple[str, ...]


def own_headings() -> Mapping[str, str]:
    """Return the fields of an export of ours by what stands over their columns: such a sheet means what it says."""
    return {field.label: field.name for field in ARCHIVE_ITEM.fields} | {
        ARCHIVE_ITEM.number_label: ARCHIVE_ITEM.number_name,
        CATALOGUE.field("item_no").label: "item_no",
        t("print.original_number"): LINE,
        t("print.status"): STATUS,
        t("print.void_reason"): VOID_REASON,
        t("print.voided_on"): VOIDED_ON,
    }


def find_catalogues(
    sheet: Sheet, *, remembered: Mapping[str, str] | None = None, file_name: str = "", heading_line: int = 0
) -> list[Table]:
    """Return the catalogues in a sheet, an empty list where there is none.

    remembered: the clerk's own choices, heading_key → field; heading_line: where (from 1) the clerk says the headings
    stand, 0 to find them.
    """
    if not heading_line and (own := _own_table(sheet)) is not None:
        return [own]
    rows, _ = take_out_class_lines(sheet)
    plain = replace(sheet, rows=rows)
    if heading_line:
        found = tables_below(plain, CATALOGUE, heading_line, remembered=remembered, file_name=file_name)
    else:
        found = find_tables(plain, CATALOGUE, remembered=remembered, file_name=file_name)
    return list(map(_sayable, found))


def read_catalogue(sheet: Sheet, tables: Sequence[Table], today: date, file_name: str = "") -> Catalogue:
    """Read the catalogues found in a sheet. What is told by the file's name counts least."""
    if any(table.is_own for table in tables):
        return _read(sheet, tables, [], ClassHints(), today)
    rows, said = take_out_class_lines(sheet)
    plain = replace(sheet, rows=rows)
    _spell_out_months(plain, tables)
    return _read(plain, tables, said, hints_in(sheet.name).over(hints_in(file_name)), today)


def _read(
    sheet: Sheet,
    tables: Sequence[Table],
    said: Sequence[tuple[int, ClassHints]],
    usual: ClassHints,
    today: date,
) -> Catalogue:
    """Read tables; said is what the lines above tell of a class, by place, usual what names do."""
    places, above = _cumulated(said)
    found: list[CatalogueRow | NotTaken] = []
    for table in tables:
        columns = {column.field: column.index - table.span[0] for column in table.columns if not column.part}
        for row in TableReader(sheet, table, CATALOGUE, today, full_names=False).rows():
            if isinstance(row, NotTaken):
                found += [] if _is_head(row) else [row]
                continue
            before = bisect_left(places, row.row - 1)
            hints = (above[before - 1] if before else ClassHints()).over(usual)
            code, original = (_text(row, columns.get(name)) for name in ("reference_code", LINE))
            found.append(CatalogueRow(row, code, original if table.is_own else "", hints, table.is_own))
    unread = [column.heading for table in tables for column in table.columns if _is_unread(column, table, sheet)]
    return Catalogue(tuple(tables), tuple(found), tuple(dict.fromkeys(unread)))


def _own_table(sheet: Sheet) -> Table | None:
    """Return the table of an export of ours, which has every heading we give, None where the sheet is another."""
    known, every = own_headings(), {field.label for field in ARCHIVE_ITEM.fields}
    for place, row in enumerate(islice(sheet.rows, _HEAD_WITHIN)):
        if not every <= {cell for cell in row if isinstance(cell, str)}:
            continue
        return Table(
            sheet=sheet.name, hidden=sheet.hidden, header_row=place + 1, first_row=place + 2,
            last_row=len(sheet.rows), top_row=1, year=None, month=None, register_guess="", number_is_line=False,
            is_own=True,
            columns=tuple(Column(at, str(cell), known.get(str(cell), "")) for at, cell in enumerate(row)),
        )  # fmt: skip
    return None


def _sayable(table: Table) -> Table:
    """Return a table none of whose headings bears a state-secret mark: they are shown, and stand in the remarks.

    Words of 收文 and 发文 in its titles say nothing here: a catalogue lists both.
    """
    columns = (
        replace(one, heading=t("exchange.column", letter=column_letter(one.index)))
        if has_secret_mark(one.heading)
        else one
        for one in table.columns
    )
    return replace(table, is_own=False, register_guess="", columns=tuple(columns))


def _cumulated(said: Sequence[tuple[int, ClassHints]]) -> tuple[list[int], list[ClassHints]]:
    """Return the places where something is said, and what is known from there on."""
    places: list[int] = []
    known: list[ClassHints] = []
    for place, hints in said:
        places.append(place)
        known.append(hints.over(known[-1]) if known else hints)
    return places, known


def _spell_out_months(sheet: Sheet, tables: Sequence[Table]) -> None:
    """Write 201105 as 2011.05: the month is known and not the day, while elsewhere these would be a day of 2020."""
    for table in tables:
        for column in table.columns:
            if column.field not in _DATES or column.part:
                continue
            for place in range(table.first_row - 1, min(table.last_row, len(sheet.rows))):
                cell = sheet.rows[place][column.index]
                if isinstance(cell, (int, float, str)) and (found := _MONTH.fullmatch(str(cell).strip())):
                    row: list[Cell] = list(sheet.rows[place])
                    row[column.index] = f"{found[1]}.{found[2]}"
                    sheet.rows[place] = row


def _is_head(row: NotTaken) -> bool:
    """Say whether a line is the second line of a head that stands on every page again: 室编 馆编."""
    return any(row.cells) and all(is_part(cell) for cell in row.cells if cell)


def _text(row: LedgerRow, place: int | None) -> str:
    """Return a cell as text; a 档号 is nobody else's, so that a mark for "as above" says nothing."""
    if place is None or is_ditto(row.raw[place]):
        return ""
    text = text_of(row.raw[place]).strip()
    return "" if text in NOTHING else text


def _is_unread(column: Column, table: Table, sheet: Sheet) -> bool:
    """Say whether a column holds something that is taken in nowhere, a mere line number aside."""
    if column.field or is_line_number(column.heading) or not _has_words(column, table, sheet):
        return False
    return is_heading(column.heading) or not table.is_own


def _has_words(column: Column, table: Table, sheet: Sheet) -> bool:
    return any(_cells(column, table, sheet))


def _cells(column: Column, table: Table, sheet: Sheet) -> Iterator[str]:
    for row in sheet.rows[table.first_row - 1 : table.last_row]:
        yield text_of(row[column.index]).strip()
