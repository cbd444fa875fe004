# SPDX-License-Identifier: MulanPSL-2.0
"""The date columns of one table: the register's own date first, since all others are understood beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from township_office.core.fields import Field, Kind, Register
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.exchange.dating import Day, MonthDay, beside, read_day, settle
from township_office.exchange.headings import is_ditto
from township_office.exchange.hints import Hints, read_hints
from township_office.exchange.layout import Column, Table
from township_office.exchange.natives import Cell, Sheet
from township_office.exchange.reading import EMPTY, Reading, kept, text_of
from township_office.exchange.rowkinds import RowKind
from township_office.exchange.synonyms import NOTHING

# Of these days the document is the later, not the earlier one.
_EARLIER = frozenset({"dated_on"})


class MainDay(NamedTuple):
    """The register's own date of one line: as read, as settled, and the year the line counts in."""

    day: Day
    settled: date | None
    year: int | None


class TableDates:
    """Reads the dates of one table, whether in one column each or spread over 年, 月 and 日."""

    def __init__(
        self, sheet: Sheet, table: Table, register: Register, today: date, unmerged: Mapping[int, list[Cell]]
    ) -> None:
        self._sheet, self._table, self._today, self._unmerged = sheet, table, today, unmerged
        self._days: dict[Cell, Day] = {}
        self._last_parts: dict[int, str] = {}
        self._last: dict[str, Reading] = {}
        places: dict[str, list[Column]] = {}
        for column in table.columns:
            if column.field in {one.name for one in register.fields if one.kind is Kind.DATE}:
                places.setdefault(column.field, []).append(column)
        self._main = register.field(register.dated_by)
        self._main_places = places.pop(register.dated_by, [])
        self.has_others = bool(places)
        self._others: list[tuple[Field, list[Column]]] = [
            (register.field(name), place) for name, place in places.items()
        ]

    def main_days(self, lines: Sequence[tuple[int, RowKind]]) -> list[MainDay]:
        """Return the main date of each document of the table, in order."""
        table = self._table
        hint = Hints(table.year, table.month, table.has_year_range, table.last_month)
        days: list[Day] = []
        hints: list[Hints] = []
        above: Day = None
        for place, kind in lines:
            if kind is RowKind.TITLE and place >= self._table.first_row:
                hint = self._later_hint(place, hint)
            if kind is not RowKind.DATA:
                continue
            cell = self._cell(self._unmerged.get(place) or self._sheet.rows[place], self._main_places)
            if cell in self._days:
                above = self._days[cell]
            elif not is_ditto(cell):
                above = self._day(cell)
            days.append(above)
            hints.append(hint)
        self._last_parts.clear()
        settled = settle(days, hints, self._today)
        years = [found.year if found else hint.year for found, hint in zip(settled, hints, strict=True)]
        whole = list(zip(days, settled, years, strict=True))
        alike = {one: MainDay(*one) for one in set(whole)}  # many papers came in on one day
        return [alike[one] for one in whole]

    def doubt(self, row: Sequence[Cell], main: MainDay) -> Reading:
        """Return what is to be said of the main date of a line: that it could not be read, or may be another."""
        label = self._main.label
        if main.settled is None:
            text = _words(self._cell(row, self._main_places))
            return Reading(message=t("exchange.no_date", label=label)) if text in NOTHING else kept(label, text)
        if isinstance(main.day, MonthDay) and main.day.other_day:
            return Reading(message=t("exchange.doubtful_day", label=label, day=main.settled.isoformat()))
        return EMPTY

    def read_others(self, row: Sequence[Cell], main: MainDay) -> Iterator[tuple[str, Reading]]:
        """Yield every other date of a line: field name and reading."""
        for one, places in self._others:
            cell = self._cell(row, places)
            if cell == "":
                continue
            if is_ditto(cell):
                yield one.name, self._last.get(one.name, EMPTY)
                continue
            self._last[one.name] = reading = self._read_other(one, cell, main)
            yield one.name, reading

    def _read_other(self, one: Field, cell: Cell, main: MainDay) -> Reading:
        found = beside(self._day(cell), main.settled, main.year, is_before=one.name in _EARLIER)
        if found is not None:
            return Reading(found)
        text = _words(cell)
        return EMPTY if text in NOTHING else kept(one.label, text)

    def _day(self, cell: Cell) -> Day:
        if cell == "":
            return None
        if cell not in self._days:
            self._days[cell] = read_day(cell, self._today)
        return self._days[cell]

    def _cell(self, row: Sequence[Cell], places: Sequence[Column]) -> Cell:
        """Return the cell of a date, or the words of one that is spread over several columns."""
        if len(places) == 1:
            return row[places[0].index]
        texts = [text_of(row[column.index]).strip().rstrip(column.part) for column in places]
        if not any(texts):
            return ""
        for column, text in zip(places, texts, strict=True):
            if text and not is_ditto(text):
                self._last_parts[column.index] = text
        # What is left out is as in the line above: a month is written once and the days below it.
        return "".join(self._last_parts.get(column.index, "") + column.part for column in places)

    def _later_hint(self, place: int, before: Hints) -> Hints:
        left, right = self._table.span
        found = read_hints(" ".join(map(text_of, self._sheet.rows[place][left : right + 1])))
        if not found.year and not found.month:
            return before
        return Hints(found.year or before.year, found.month, found.is_range, max(before.last_month, found.month or 0))


def _words(cell: Cell) -> str:
    return clean_text(text_of(cell))
