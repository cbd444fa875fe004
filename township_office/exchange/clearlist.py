# SPDX-License-Identifier: MulanPSL-2.0
"""Read the superior's 清退目录: which copies of which papers are called back. Titles are neither read nor handed on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from township_office.core.docnumber import DocNumber, parse_doc_number
from township_office.core.errors import OfficeError
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.exchange.headings import is_ditto, is_heading
from township_office.exchange.layout import Table, find_tables
from township_office.exchange.natives import Cell, Sheet
from township_office.exchange.reading import text_of
from township_office.exchange.rowkinds import RowKind, row_kinds
from township_office.exchange.synonyms import NOTHING
from township_office.registers.clear_list import CLEAR_LIST, LEFT_ALONE
from township_office.registers.confidential import COUNTED, is_telegram_number, level_in, read_serials

_READ = ("doc_number", "secrecy_level", "copy_serial", "copy_count")
_COUNT = re.compile(r"(\d{1,3})(?:\.0)?\s*份?")
_AROUND = re.compile("[第份号]")  # 第1-3份
_TAIL = re.compile(r"\D{0,3}(\d{1,5})\D{0,3}")


@dataclass(frozen=True, slots=True)
class Called:
    """A line of the list: number is the 文号, or its last digits alone; without serials, copies says how many."""

    sheet: str
    row: int
    number: DocNumber
    serials: tuple[str, ...]
    copies: int
    level: str  # "" when the list does not say


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that could not be read as it stands, and why; nothing of its words."""

    sheet: str
    row: int
    why: str


@dataclass(frozen=True, slots=True)
class ClearList:
    """What a list says. counted: lines of 绝密 and 密码电报, which are not kept here; ignored: headings not read."""

    called: tuple[Called, ...]
    doubts: tuple[Doubt, ...]
    counted: int
    ignored: tuple[str, ...]


def read_clear_list(sheets: Sequence[Sheet]) -> ClearList:
    """Read every sheet that is not hidden; raise OfficeError when none has columns of 文号 and of 份号 or 份数."""
    tables = [
        (sheet, replace(table, is_own=False))
        for sheet in sheets
        if not sheet.hidden
        for table in find_tables(sheet, CLEAR_LIST)
        if "doc_number" in {column.field for column in table.columns}
    ]
    if not tables:
        raise OfficeError("clearance.no_list")
    fields = {column.field for _, table in tables for column in table.columns}
    if not fields & {"copy_serial", "copy_count"}:
        raise OfficeError("clearance.no_copies")
    read = [one for sheet, table in tables for one in _Reader(sheet, table).lines()]
    headings = (column for _, table in tables for column in table.columns if column.field not in _READ)
    return ClearList(
        tuple(one for one in read if isinstance(one, Called)),
        tuple(one for one in read if isinstance(one, Doubt)),
        read.count(None),
        tuple(dict.fromkeys(one.heading for one in headings if one.field in LEFT_ALONE and is_heading(one.heading))),
    )


class _Reader:
    """Reads one table, line by line; a 文号 that is merged over several lines, or repeated by 〃, holds for each."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self._sheet, self._table = sheet, table
        self._places = {column.field: column.index for column in table.columns if not column.part}
        self._above = {
            place
            for top, left, bottom, right in sheet.merged
            if left <= self._places.get("doc_number", -1) <= right
            for place in range(top + 1, bottom + 1)
        }
        self._last = ""

    def lines(self) -> Iterator[Called | Doubt | None]:
        """Yield what each line says; None for a paper that is only counted here."""
        for place, kind in row_kinds(self._sheet, self._table):
            if kind in (RowKind.DATA, RowKind.CONTINUED):
                try:
                    yield from self._line(place, is_below=kind is RowKind.CONTINUED)
                except ValueError as error:
                    yield Doubt(self._sheet.name, place + 1, str(error))

    def _line(self, place: int, *, is_below: bool) -> Iterator[Called | Doubt | None]:
        row = self._sheet.rows[place]
        words = {name: self._text(row, name) for name in _READ}
        if (is_below or place in self._above) and not words["doc_number"]:
            words["doc_number"] = self._last
        self._last = words["doc_number"]
        level = level_in(words["secrecy_level"])
        if level in COUNTED or is_telegram_number(words["doc_number"]):
            yield None
            return
        number = _number(words["doc_number"])
        serials = _serials(words["copy_serial"])
        count = _COUNT.fullmatch(words["copy_count"])
        if words["copy_count"] and count is None:
            raise ValueError(t("clearance.count_unreadable"))
        copies = len(serials) or (int(count[1]) if count else 1)
        yield Called(self._sheet.name, place + 1, number, serials, copies, level)
        if serials and count and int(count[1]) != len(serials):
            why = t("clearance.count_differs", count=count[1], found=len(serials))
            yield Doubt(self._sheet.name, place + 1, why)

    def _text(self, row: Sequence[Cell], name: str) -> str:
        cell = row[self._places[name]] if name in self._places else ""
        if name == "doc_number" and is_ditto(cell):
            return self._last
        if isinstance(cell, date):  # "3-5" typed into a spreadsheet has become a day
            raise ValueError(t("clearance.is_a_day"))
        text = clean_text(text_of(cell))
        return "" if text in NOTHING else text


def _serials(text: str) -> tuple[str, ...]:
    named = _AROUND.sub("", text)
    try:
        return tuple(read_serials(named, None)) if named else ()
    except ValueError:
        raise ValueError(t("clearance.serial_unreadable")) from None  # without the advice for typing


def _number(text: str) -> DocNumber:
    if not text:
        raise ValueError(t("clearance.no_number"))
    if found := parse_doc_number(text):
        return found
    if tail := _TAIL.fullmatch(text):
        return DocNumber("", None, int(tail[1]), "")
    raise ValueError(t("clearance.number_unreadable"))
