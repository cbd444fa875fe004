# SPDX-License-Identifier: MulanPSL-2.0
"""What the numbers of a ledger mean to the office: running numbers of its series, line numbers, or mere text."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import NamedTuple

from township_office.core.dates import EARLIEST, LATEST
from township_office.core.docnumber import DocNumber, parse_doc_number
from township_office.core.fields import Register, Value
from township_office.core.searchkeys import spell
from township_office.core.text import t
from township_office.exchange.ledger import LedgerRow
from township_office.registers.series import (
    NEVER,
    PER_TERM,
    YEARLY,
    Series,
    format_is_sound,
    number_text,
    open_format,
    period_of,
    read_sequence,
)
from township_office.services.numbers import all_series
from township_office.services.office import Office
from township_office.store import numbers as store

AUTO, KEEP, LINE, ASSIGN = "auto", "keep", "line", "assign"  # what the numbers of a sheet mean

_TOO_MANY_REPEATS = 0.05  # a clerk's slips stay below this share; line numbers that begin anew do not
_HIGHEST, _BARE_DIGITS, _LONGEST_CODE = 99_999, 5, 40
_FIRST_YEAR, _LAST_YEAR = EARLIEST.year, LATEST.year
_MOSTLY = 0.9
_DIGITS = re.compile(r"\d+")
# What may stand around a running number without making another one of it: 收〔2023〕第012号.
_AROUND = re.compile(r"[\d\s收文来字第号年总编登记序〔〕\[\]()（）【】\-—–－_./、·:：]+")
_PATTERNS = {"year": r"\d{4}", "term": r"\d{1,4}", "seq": r"\d{1,5}"}

Place = tuple[str, int, int]  # series code, period, sequence


@dataclass(slots=True)
class Line:
    """One row of a ledger on its way in, with what its table says about its number."""

    row: LedgerRow
    number: str  # as in LedgerRow.number; "" where it is only the line number of a table that has real numbers too
    original: str | None
    is_own: bool = False  # of an export of ours: the number is taken to the letter
    is_line: bool = False  # of a table that has line numbers only


class Number(NamedTuple):
    """A number that was understood: its place in a series, and as it is written."""

    place: Place  # the one no two rows can have
    text: str
    year: int | None
    is_bare: bool = False  # it does not say its year itself, so it may be a mere line number


class NumberReader:
    """Reads the numbers of a ledger as numbers of the register's series, and makes series for codes nobody knows."""

    def __init__(self, office: Office, register: Register) -> None:
        self._register = register
        self._known = all_series(office, register)
        self._codes = {series.code: series for series in self._known}
        self._patterns = [(_pattern(series), series) for series in self._known]
        self.new: list[Series] = []
        # A bare 7 counts in the series that writes it so, else in the first.
        self._plain = next((series for pattern, series in self._patterns if pattern.fullmatch("7")), self.first)
        self._bare_formats: dict[int, str] = {}  # how the bare numbers of a year are written
        self._usual = ""  # what all numbers of this ledger begin with: 办 where they run from 办1 to 办400

    def learn(self, lines: Sequence[Line]) -> None:
        """Look at all numbers of a ledger: where nearly all bear the same sign, they run as one sequence."""
        signs = Counter(_signs(line.number) for line in lines if line.number)
        sign, times = signs.most_common(1)[0] if signs else ("", 0)
        self._usual = sign if times >= _MOSTLY * signs.total() else ""

    @property
    def first(self) -> Series:
        """The series that numbers without a name of their own count in."""
        return self._known[0]

    def read(self, line: Line) -> Number | None:
        """Return what the number of line says; None when it is no number of a series."""
        text = line.number
        if not text:
            return None
        if self._register.number_name == "number":
            if len(text) <= _BARE_DIGITS and text.isdecimal() and self._plain.reset == YEARLY:
                return self._bare(line.row.year, int(text))
            found = self._as_written(text, line.row.year) or self._own_number(text, line.row.year)
        else:
            found = self._known_code(text) or self._as_written(text, line.row.year) or self._new_code(text)
        return found._replace(text=text) if found and line.is_own else found

    def _bare(self, year: int | None, sequence: int) -> Number | None:
        """Return a bare number of the plain series, as _placed does, where that series counts by years."""
        if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR or not 1 <= sequence <= _HIGHEST:
            return None
        if year not in self._bare_formats:
            self._bare_formats[year] = open_format(self._plain, year)
        text = self._bare_formats[year].format(seq=sequence)
        return Number((self._plain.code, year, sequence), text, year, is_bare=True)

    def _as_written(self, text: str, year: int | None) -> Number | None:
        """Read a number that looks as the program itself writes it."""
        spelt = spell(text)
        for pattern, series in self._patterns:
            if found := pattern.fullmatch(spelt):
                said = found.groupdict()
                of_year = int(said["year"]) if said.get("year") else year
                term = int(said["term"]) if said.get("term") and series.reset == PER_TERM else None
                return _placed(series, of_year, int(said["seq"]), term, is_bare=not said.get("year"))
        return None

    def _own_number(self, text: str, year: int | None) -> Number | None:
        """Read a 收文编号 of theirs (12, 2021-0003, 21-3, 收〔2023〕第012号); it counts in the first series."""
        read = read_sequence(text, year)
        groups = _DIGITS.findall(text)
        if read is None or len(groups) > 2 or self.first.reset == PER_TERM:
            return None
        if _signs(text) not in ("", self._usual):
            return None  # 补3 and 办3 count apart from 3
        if len(groups) == 2 and read[0] is not None and int(groups[0]) not in (read[0], read[0] % 100):
            return None  # 12-1 is neither 12 nor 1
        is_bare = len(groups) == 1 and len(groups[0]) <= _BARE_DIGITS
        return _placed(self.first, read[0], read[1], is_bare=is_bare)

    def _known_code(self, text: str) -> Number | None:
        number = parse_doc_number(text)
        series = self._codes.get(number.code) if number else None
        if number is None or series is None or not number.sequence or series.reset == PER_TERM:
            return None
        found = _placed(series, number.year, number.sequence)
        # The office may write its brackets in a way of its own.
        is_ours = found and (found.text == number.text or spell(found.text) == spell(number.text))
        return found if found is None or is_ours else found._replace(text=number.text)

    def _new_code(self, text: str) -> Number | None:
        """Begin a series for a 代字 nobody knows, so that its next number continues."""
        number = parse_doc_number(text)
        if number is None or not number.code or number.code in self._codes or not number.sequence:
            return None
        series = _series_like(self._register, number)
        found = _placed(series, number.year, number.sequence) if series else None
        if series and found:
            self._codes[series.code] = series
            self.new.append(series)
        return found


class Places:
    """Which running numbers are taken, in the book and by the rows of this import."""

    def __init__(self, office: Office, register: Register) -> None:
        self._office, self._register = office, register
        self.used = store.used_sequences(office.db, register)
        self._taken: dict[Place, LedgerRow] = {}
        self._following: dict[tuple[str, int], int] = {}

    def take(self, values: dict[str, Value], number: Number, row: LedgerRow) -> str:
        """Give row its number in values, or return who has it already; the number is kept as text either way."""
        place = number.place
        values["number"], values["series"], values["period"] = number.text, place[0], place[1]
        if values["year"] is None:
            values["year"] = number.year
        if place in self.used:
            return t("import.number_in_book", number=number.text)
        if place in self._taken:
            first = self._taken[place]
            where = t("import.place", sheet=first.sheet, row=first.row)
            return t("import.number_in_sheet", number=number.text, place=where)
        self._taken[place] = row
        values["sequence"] = place[2]
        return ""

    def next_number(self, series: Series, year: int) -> Number | None:
        """Return the next free number for a row of year, None when there is none left."""
        period = period_of(series, _first_day(year))
        key = (series.code, period)
        if key not in self._following:
            self._following[key] = store.next_sequence(self._office.db, self._register, series, period)
        while True:
            number = _placed(series, year, self._following[key], period)
            self._following[key] += 1
            if number is None or not store.is_borne(self._office.db, self._register, number.text, year):
                return number


def meaning(lines: Sequence[Line], numbers: Sequence[Number | None], used: set[Place]) -> str:
    """Tell running numbers (KEEP) from line numbers that begin anew on every sheet (LINE).

    A number that names its year is no line number, and a few numbers given twice are a clerk's slips: both are kept,
    and the clashes are shown. Where the column itself says 序号, clashing with the book speaks for line numbers, too.
    """
    bare = [
        (number.place, line.is_line)
        for line, number in zip(lines, numbers, strict=True)
        if number is not None and number.is_bare and not line.is_own
    ]
    of_lines = {place for place, is_line in bare if is_line}
    counted = Counter(place for place, _ in bare)
    again = {place: times for place, times in counted.items() if times > 1} if len(counted) < len(bare) else {}
    begins_anew = any(
        (code, period, sequence + 1) in again or (sequence == 1 and (code, period, 1) in of_lines)
        for code, period, sequence in again
    )
    if begins_anew and sum(again.values()) - len(again) > _TOO_MANY_REPEATS * sum(map(bool, numbers)):
        return LINE
    return LINE if len(of_lines & used) > _TOO_MANY_REPEATS * len(of_lines) else KEEP


def _signs(text: str) -> str:
    return "" if text.isdecimal() else _AROUND.sub("", text)


def _placed(
    series: Series, year: int | None, sequence: int, period: int | None = None, *, is_bare: bool = False
) -> Number | None:
    """Return the number of series in year; None where it counts by years and no year is known."""
    if not 1 <= sequence <= _HIGHEST or (year is None and series.reset == YEARLY):
        return None
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    day = _first_day(year) if year else None
    if period is None:
        period = period_of(series, day or EARLIEST)
    return Number((series.code, period, sequence), number_text(series, period, sequence, day), year, is_bare)


@cache
def _first_day(year: int) -> date:
    return date(year, 1, 1)


def _pattern(series: Series) -> re.Pattern[str]:
    """Return what matches the numbers that series writes, once they are spelt for comparison."""
    parts: list[str] = []
    seen: set[str] = set()
    for literal, name, _, _ in string.Formatter().parse(series.format):
        parts.append(re.escape(spell(literal)))
        if name == "code":
            parts.append(re.escape(spell(series.code)))
        elif name is not None:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>{_PATTERNS[name]})")
            seen.add(name)
    return re.compile("".join(parts))


def _series_like(register: Register, number: DocNumber) -> Series | None:
    """Return a new series that writes its numbers like number; None when there is no telling."""
    usual = Series(register.name, number.code, number.code, reset=YEARLY if number.year else NEVER)
    if number.year and number_text(usual, number.year, number.sequence or 0) == number.text:
        return usual if len(number.code) <= _LONGEST_CODE else None
    shape = number.text.replace("{", "{{").replace("}", "}}")
    for place, said in (("code", number.code), ("year", number.year), ("seq", number.sequence)):
        if said and shape.count(str(said)) != 1:
            return None
        shape = shape.replace(str(said), f"{{{place}}}") if said else shape
    is_sound = len(number.code) <= _LONGEST_CODE and format_is_sound(shape)
    return replace(usual, format=shape) if is_sound else None
