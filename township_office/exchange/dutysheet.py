# SPDX-License-Identifier: MulanPSL-2.0
"""An office's old 值班表 of any customary shape, read into who was on duty when; nothing is guessed in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.exchange.dutydays import Hint, Written, days_of, hint_in, weekday_in, written_in, year_by_weekdays
from township_office.exchange.dutygrid import (
    DAY_MARKS,
    HOLLOW,
    IN_LEAD,
    LEAD_MARKS,
    NIGHT_MARKS,
    ON_DUTY,
    REST_MARKS,
    TURN_MARKS,
    Column,
    Role,
    Table,
    find_tables,
    half_in,
    plain,
)
from township_office.exchange.dutynames import names_in
from township_office.exchange.headings import is_ditto
from township_office.exchange.natives import Cell, Sheet
from township_office.registers.duty.plan import Half


@dataclass(frozen=True, slots=True)
class OldTurn:
    """One person on one day: under which heading, which part of the day."""

    day: date
    column: str
    half: Half
    name: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was not understood, and in which line of which sheet; row 0 is the sheet as a whole."""

    sheet: str
    row: int
    why: str


@dataclass(frozen=True, slots=True)
class OldRoster:
    """One table of an old sheet.

    year, month: what its days without one were read in; None where nothing says it, and then there are no turns.
    is_guessed: the year was told by the weekdays alone.
    """

    sheet: str
    title: str
    year: int | None
    month: int | None
    columns: tuple[str, ...]
    turns: tuple[OldTurn, ...]
    doubts: tuple[Doubt, ...]
    is_guessed: bool = False


class _Line(NamedTuple):
    """One line of a table that says a day."""

    row: int
    written: Written
    cells: list[Cell]


def read_rosters(sheets: Sequence[Sheet], name: str, today: date, year: int | None = None) -> tuple[OldRoster, ...]:
    """Read every table of every sheet that is not hidden; name is the file's, year what the clerk says.

    The year of a day is the one written in its cell, else in the title, the sheet's name or the file's name, else
    the clerk's, else the one its weekdays betray. Raise OfficeError where there is no table of days.
    """
    found = [
        _Reader(sheet, table, name, today).roster(year)
        for sheet in sheets
        if not sheet.hidden
        for table in find_tables(sheet, today)
    ]
    if not found:
        raise OfficeError("duty_old.no_table")
    return tuple(found)


class _Reader:
    """Reads one table."""

    def __init__(self, sheet: Sheet, table: Table, name: str, today: date) -> None:
        self._sheet, self._table, self._today = sheet, table, today
        self._sources = (*table.titles, sheet.name, name)
        self._doubts: list[Doubt] = []
        self._above: dict[int, tuple[str, ...]] = {}
        cells = table.grid.cells
        people = [one.place for one in table.columns if one.role is Role.PERSON]
        marks = {plain(cells[row][at]).upper() for row in range(table.top, table.bottom) for at in people}
        # ○ beside ● is something else than a turn, and what it is only they know.
        self._turn_marks = TURN_MARKS if marks & TURN_MARKS - {"1", "V"} else TURN_MARKS | HOLLOW

    def roster(self, asked: int | None) -> OldRoster:
        """Return what the table says."""
        lines = list(self._lines())
        written = [line.written for line in lines]
        hints = [hint_in(text) for text in self._sources]
        month = next((hint.month for hint in hints if hint.month), None)
        whole = next((one.day.year for one in written if isinstance(one.day, date)), None)
        year = whole or next((hint.year for hint in hints if hint.year), None) or asked
        is_guessed = year is None
        year = year or year_by_weekdays(written, month, self._today)
        turns: list[OldTurn] = []
        if year is None:
            self._doubt(0, t("duty_old.needs_year"))
        else:
            days = days_of(written, Hint(year, month), self._today)
            self._compare(lines, days)
            for line, some in zip(lines, days, strict=True):
                turns += self._turns(line, some)
        columns = dict.fromkeys(one.label for one in self._table.columns if one.role is Role.LINE)
        columns |= dict.fromkeys(turn.column for turn in turns)
        return OldRoster(
            self._sheet.name, self._table.titles[0] if self._table.titles else "", year, month, tuple(columns),
            tuple(dict.fromkeys(turns)), tuple(dict.fromkeys(self._doubts)), is_guessed and year is not None,
        )  # fmt: skip

    def _lines(self) -> Iterator[_Line]:
        """Yield the lines that say a day; one without a day below them goes on with the day above it."""
        table = self._table
        date_at = next(one.place for one in table.columns if one.role is Role.DATE)
        left, right = table.columns[0].place, table.columns[-1].place
        before: Written | None = None
        for row in range(table.top, table.bottom):
            cells, texts = table.grid.cells[row], table.grid.texts(row, left, right)
            if not texts:
                continue
            written = written_in(cells[date_at], self._today)
            if written is None:
                if plain(cells[date_at]) or before is None or any(":" in text for text in texts):
                    if before is not None and len(texts) > 1 and plain(cells[date_at]):
                        self._doubt(row, t("duty_old.no_day", text=plain(cells[date_at])[:20]))
                    continue
                written = before
            weekday = next((weekday_in(cells[one.place]) for one in table.columns if one.role is Role.WEEKDAY), None)
            before = written
            yield _Line(
                row, Written(written.day, written.weekday if weekday is None else weekday, written.until), cells
            )

    def _compare(self, lines: Sequence[_Line], days: Sequence[Sequence[date]]) -> None:
        """Say which days there are not, and which fall on another weekday than is written: the year may be wrong."""
        wrong = []
        for line, some in zip(lines, days, strict=True):
            if not some:
                self._doubt(line.row, t("duty_old.no_such_day"))
            elif line.written.weekday is not None and some[0].weekday() != line.written.weekday:
                wrong.append((line, some[0]))
        if len(wrong) * 2 > len(lines):
            self._doubt(0, t("duty_old.wrong_year", year=wrong[0][1].year))
            return
        for line, day in wrong:
            self._doubt(line.row, t("duty_old.wrong_weekday", day=day))

    def _turns(self, line: _Line, days: Sequence[date]) -> Iterator[OldTurn]:
        halves = [plain(line.cells[one.place]) for one in self._table.columns if one.role is Role.HALF]
        of_line = half_in("".join(halves))
        for column in self._table.columns:
            cell = line.cells[column.place]
            if column.role is Role.PERSON:
                found = self._dot(line.row, column, plain(cell))
            elif column.role is Role.LINE:
                found = [(column.label, column.half, name) for name in self._names(line.row, column, cell)]
            else:
                continue
            for label, half, name in found:
                yield from (OldTurn(day, label, of_line or half, name) for day in days)

    def _dot(self, row: int, column: Column, mark: str) -> list[tuple[str, Half, str]]:
        mark = mark.upper()
        if mark in LEAD_MARKS:
            return [(IN_LEAD, Half.WHOLE, column.label)]
        for marks, half in ((NIGHT_MARKS, Half.NIGHT), (DAY_MARKS, Half.DAY), (self._turn_marks, Half.WHOLE)):
            if mark in marks:
                return [(ON_DUTY, half, column.label)]
        if mark and mark not in REST_MARKS:
            self._doubt(row, t("duty_old.unclear_mark", name=column.label, mark=mark[:20]), column.place)
        return []

    def _names(self, row: int, column: Column, cell: Cell) -> tuple[str, ...]:
        if is_ditto(cell):
            return self._above.get(column.place, ())
        text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        named = names_in(text)
        for words in named.unclear:
            self._doubt(row, t("duty_old.unclear_name", column=column.label, words=words[:20]), column.place)
        self._above[column.place] = named.names
        return named.names

    def _doubt(self, row: int, why: str, place: int = 0) -> None:
        self._doubts.append(Doubt(self._sheet.name, self._table.grid.lines[row][place] if row else 0, why))
