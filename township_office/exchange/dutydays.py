# SPDX-License-Identifier: MulanPSL-2.0
"""The days of an old 值班表: 1日, 10月1日（星期二）, 10.1, 10月1日—7日, and the year that its weekdays betray."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from township_office.core.dates import EARLIEST, LATEST
from township_office.exchange.dating import MonthDay, nearest, read_day
from township_office.exchange.hints import read_hints
from township_office.exchange.natives import Cell

_WEEKDAY = re.compile(r"[(/]?(?:星期|礼拜|周)([一二三四五六日天])\)?")
_WEEKDAY_ALONE = re.compile(r"(?:星期|礼拜|周)?([一二三四五六日天])")
_BARE = re.compile(r"(\d{1,2})[日号]?")
_SPAN = re.compile(r"(.+?)(?:-+|—+|–|~|至|到)(.+)")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月|(十[一二]?|[一二三四五六七八九])月")
_NAMES = "一二三四五六日"
_LONGEST_SPAN = 31
_FAR_BACK = 30  # years
_AHEAD = timedelta(days=92)  # a roster is made for the coming weeks
_FEWEST = 5  # weekdays that are needed to tell a year by


@dataclass(frozen=True, slots=True)
class Written:
    """A day as it is written: whole, without a year, or a bare number. until: the last one of a span."""

    day: date | MonthDay | int
    weekday: int | None = None  # Monday is 0
    until: date | MonthDay | int | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """What a title says: the year and the month that its days begin in."""

    year: int | None = None
    month: int | None = None


def hint_in(text: str) -> Hint:
    """Return what a title, a sheet's or a file's name says; of a range of months, the first."""
    found = read_hints(text)
    month = found.month
    if month is None and (first := _MONTH.search(unicodedata.normalize("NFKC", text).replace(" ", ""))):
        month = int(first[1]) if first[1] else 10 * first[2].startswith("十") + " 一二三四五六七八九".find(first[2][-1])
        month = max(month, 10) if first[2] and first[2].startswith("十") else month
    return Hint(found.year, month)


def weekday_in(cell: Cell) -> int | None:
    """Return the weekday that a cell of its own names (二, 星期二, 周二), Monday as 0."""
    found = _WEEKDAY_ALONE.fullmatch(_plain(cell))
    return _number_of(found[1]) if found else None


def written_in(cell: Cell, today: date) -> Written | None:
    """Return the day or the days a cell means, None where it means none."""
    text = _plain(cell)
    found = _WEEKDAY.search(text)
    weekday = _number_of(found[1]) if found else None
    if found:
        text = _WEEKDAY.sub("", text)
    day = _one(cell if not found else text, text, today)
    if day is not None:
        return Written(day, weekday)
    ends = _SPAN.fullmatch(text)
    if ends is None:
        return None
    first, last = _one(ends[1], ends[1], today), _one(ends[2], ends[2], today)
    return None if first is None or last is None else Written(first, None, last)


def days_of(written: Sequence[Written], hint: Hint, today: date) -> list[list[date]]:
    """Return the days of each entry, none where there is no such day; without any year in sight all are empty."""
    if hint.year is None:
        whole = next((one.day for one in written if isinstance(one.day, date)), None)
        hint = Hint(whole.year if whole else None, hint.month)
    found: list[list[date]] = []
    before: date | None = None
    for one in written:
        first = _settled(one.day, hint, before)
        last = first if one.until is None or first is None else _settled(one.until, hint, first)
        before = last or first or before
        span = range((last - first).days + 1) if first and last else range(0)
        found.append([first + timedelta(n) for n in span] if first and len(span) <= _LONGEST_SPAN else [])
    return found


def year_by_weekdays(written: Sequence[Written], month: int | None, today: date) -> int | None:
    """Return the latest year in which the days fall on the weekdays that are written beside them."""
    for year in range(today.year + 1, today.year - _FAR_BACK, -1):
        days = days_of(written, Hint(year, month), today)
        pairs = [(some[0], one.weekday) for some, one in zip(days, written, strict=True) if some]
        told = [day.weekday() == weekday for day, weekday in pairs if weekday is not None]
        if len(told) < _FEWEST:
            continue
        if sum(told) >= 0.9 * len(told) and max(day for day, _ in pairs) <= today + _AHEAD:
            return year
    return None


def _one(cell: Cell, text: str, today: date) -> date | MonthDay | int | None:
    bare = _BARE.fullmatch(text.removesuffix(".0") if isinstance(cell, float) else text)
    if bare is not None:
        number = int(bare[1])
        return number if 1 <= number <= 31 else None
    return read_day(cell if not isinstance(cell, str) else text, today)


def _settled(day: date | MonthDay | int, hint: Hint, before: date | None) -> date | None:
    if isinstance(day, date):
        return day
    if isinstance(day, int):
        return _of_month(day, hint, before)
    if before is not None:
        found = nearest(day, before)
        if day.other_day and found is not None and found < before:
            found = nearest(MonthDay(day.month, day.other_day), before)  # 10.10 that Excel took for 10.1
        return found
    if hint.year is None:
        return None
    if hint.month is not None:
        return nearest(day, date(hint.year, hint.month, 15))
    return _day(hint.year, day.month, day.day)


def _of_month(number: int, hint: Hint, before: date | None) -> date | None:
    """Return the day of that number: in the month of the day before it, or, from the 26th on, of the next."""
    if before is None:
        return _day(hint.year, hint.month, number) if hint.year and hint.month else None
    if before.day - number <= _LONGEST_SPAN // 2:
        return _day(before.year, before.month, number)
    return _day(before.year + before.month // 12, before.month % 12 + 1, number)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        found = date(year, month, number)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


def _plain(cell: Cell) -> str:
    return "".join(unicodedata.normalize("NFKC", str(cell)).split())


def _number_of(word: str) -> int:
    return _NAMES.index(word.replace("天", "日"))
