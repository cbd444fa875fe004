# SPDX-License-Identifier: MulanPSL-2.0
"""Read the dates of a ledger, and give those without a year the year their sheet speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from township_office.core.dates import EARLIEST, LATEST, parse_date
from township_office.exchange.hints import Hints
from township_office.exchange.natives import Cell

_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL = 18_264  # 1950-01-01: a smaller whole number is no day of a workbook
_LAST_SERIAL = (LATEST - _EPOCH).days
# Any two leap years: a text that gives both of them has no year of its own.
_PROBES = (2000, 2004)
_SPOKEN = frozenset("今昨前明后去本上")
_ORDERLY = 0.85  # share of small steps from month to month above which a ledger counts as kept in order
_FAR = 7  # months


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day without a year. other_day: what it may be as well, where a workbook swallowed a zero (1.10 → 1.1)."""

    month: int
    day: int
    other_day: int = 0


Day = date | MonthDay | None  # None: cannot be read


def read_day(cell: Cell, today: date) -> Day:
    """Return the day a cell means."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell if EARLIEST <= cell <= LATEST else None
    if isinstance(cell, (bool, timedelta)) or not isinstance(cell, (str, int, float)):
        return None
    other_day = 0
    if isinstance(cell, float):
        if cell != cell or not 0 < cell < 1e9:
            return None
        if _FIRST_SERIAL <= cell < _LAST_SERIAL:
            return _EPOCH + timedelta(days=int(cell))
        cell = int(cell) if cell.is_integer() else cell
    if isinstance(cell, int):
        if _FIRST_SERIAL <= cell < _LAST_SERIAL:
            return _EPOCH + timedelta(days=cell)
    elif isinstance(cell, float):
        text = repr(cell)
        other_day = int(text[-1]) * 10 if text[-2] == "." and text[-1] in "123" else 0
        cell = text
    return _read_text(str(cell), today, other_day)


def _read_text(text: str, today: date, other_day: int) -> Day:
    if text.strip()[:1] in _SPOKEN:
        return None  # 昨天 in a ledger of last year is not our yesterday
    try:
        first = parse_date(text, today, _PROBES[0])
        second = parse_date(text, today, _PROBES[1])
    except ValueError:
        return _read_serial_text(text)
    return first if first == second else MonthDay(first.month, first.day, other_day)


def _read_serial_text(text: str) -> Day:
    digits = text.strip().removesuffix(".0")
    if len(digits) == 5 and digits.isdecimal() and digits.isascii() and _FIRST_SERIAL <= int(digits) < _LAST_SERIAL:
        return _EPOCH + timedelta(days=int(digits))
    return None


def settle(days: Sequence[Day], hints: Sequence[Hints], today: date) -> list[date | None]:
    """Return a full date for each line of a ledger; None where there is none or it exists in no year.

    days and hints: one for each line, in order; hints say what the title above the line speaks of. A month in the
    title wins (a sheet 1月 may hold a day of last December); then the order of the lines, which tells where a year
    ends; then the title's year; then the years of the other lines; and last the latest year that is not to come.
    """
    settled: list[date | None] = [day if isinstance(day, date) else None for day in days]
    open_places = [place for place, day in enumerate(days) if isinstance(day, MonthDay)]
    if not open_places:
        return settled
    running = _years_by_order(days, hints, today)
    common = Counter(day.year for day in days if isinstance(day, date)).most_common(1)
    before: date | None = None
    for place, day in enumerate(days):
        if isinstance(day, MonthDay):
            hint = hints[place]
            if hint.month:
                # Twelve sheets named after months and no year anywhere: the last year none of them lies ahead in.
                year = hint.year or today.year - (max(hint.last_month, hint.month) > today.month)
                settled[place] = nearest(day, date(year, hint.month, 15))
            elif running is not None:
                settled[place] = _whole(day, running[place])
            elif hint.year or common:
                settled[place] = _whole(day, hint.year or common[0][0])
            else:
                settled[place] = _latest(day, today)
            if day.other_day and before is not None:
                settled[place] = _likelier(settled[place], day.other_day, before)
        before = settled[place] or before
    return settled


def nearest(day: MonthDay, to: date) -> date | None:
    """Return day in the year that brings it closest to another date."""
    choices = [found for year in (to.year - 1, to.year, to.year + 1) if (found := _whole(day, year))]
    return min(choices, key=lambda found: abs(found - to), default=None)


def beside(day: Day, main: date | None, year: int | None, *, is_before: bool) -> date | None:
    """Return the date of another column of a line; is_before: it lies before the main date, not after it."""
    if not isinstance(day, MonthDay):
        return day
    if main is None:
        return _whole(day, year) if year else None
    # A document is dated up to eleven months before it arrives; a term lies up to eleven months ahead.
    return nearest(day, main - timedelta(days=150) if is_before else main + timedelta(days=150))


def _years_by_order(days: Sequence[Day], hints: Sequence[Hints], today: date) -> list[int] | None:
    """Return the year of each line as the order of the months tells it; None when the lines are in no order."""
    months = [(place, day.month) for place, day in enumerate(days) if day is not None]
    steps = [(after - before + 6) % 12 - 6 for (_, before), (_, after) in pairwise(months)]
    if len(steps) < 2 or sum(1 for step in steps if -2 <= step <= 2) < _ORDERLY * len(steps):
        return None
    turn = 0
    turns = [0] * len(days)
    last = months[0][1]
    for place, month in months:
        turn += (last - month >= _FAR) - (month - last >= _FAR)
        turns[place] = turn
        last = month
    base = _base_year(days, hints, turns, today)
    return None if base is None else [base + turn for turn in turns]


def _base_year(days: Sequence[Day], hints: Sequence[Hints], turns: Sequence[int], today: date) -> int | None:
    """Return the year of turn 0: from dates that have a year, from the title, or so that nothing lies ahead."""
    votes = Counter(day.year - turn for day, turn in zip(days, turns, strict=True) if isinstance(day, date))
    if votes:
        year, count = votes.most_common(1)[0]
        return year if count >= 0.8 * votes.total() else None
    places = [place for place, day in enumerate(days) if day is not None]
    titled = [place for place in places if hints[place].year]
    if titled:
        hint = hints[titled[0]]
        main = turns[places[0]] if hint.is_range else Counter(turns[place] for place in titled).most_common(1)[0][0]
        return (hint.year or 0) - main
    highest = max(turns[place] for place in places)
    last = [day for day, turn in zip(days, turns, strict=True) if isinstance(day, MonthDay) and turn == highest]
    year = today.year
    if any((found := _whole(day, year)) and found > today for day in last):
        year -= 1
    return year - highest


def _whole(day: MonthDay, year: int) -> date | None:
    try:
        found = date(year, day.month, day.day)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


def _latest(day: MonthDay, today: date) -> date | None:
    found = _whole(day, today.year)
    return found if found and found <= today else _whole(day, today.year - 1) or found


def _likelier(found: date | None, other_day: int, before: date) -> date | None:
    """Return found, or the same month's other_day when that follows the line before better."""
    if found is None:
        return None
    try:
        other = found.replace(day=other_day)
    except ValueError:
        return found
    # A step back counts double: lines seldom run backwards.
    back = 2 if found < before else 1
    return other if abs(other - before) < back * abs(found - before) else found
