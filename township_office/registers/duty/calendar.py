# SPDX-License-Identifier: MulanPSL-2.0
"""放假安排 — which day is a working day, a day of rest, a holiday or 春节, year by year.

It cannot be computed: the State Council announces the days off and the 调休 make-up days of each year in the autumn
before (全国年节及纪念日放假办法), and has changed them in mid-year. A year nobody announced has plain weekends.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from township_office.core.errors import OfficeError
from township_office.core.gate import clean_text
from township_office.registers.duty.plan import DayKind

FIRST_YEAR, LAST_YEAR = 2000, 2099
SPRING_FESTIVAL = "春节"
STATUTORY = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
HOLIDAY_KINDS = (DayKind.HOLIDAY, DayKind.SPRING_FESTIVAL)
LONGEST_NAME, LONGEST_SOURCE = 40, 200
_MOST_DAYS = 62  # of one table; more is a slip
_FAR_APART = 60  # days; more lie between one 元旦 and the next
_BETWEEN = "、"  # 国庆节、中秋节

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday of a notice: its days off, 调休 and weekends within them too, and the weekend days worked instead."""

    name: str
    off: tuple[date, ...]
    work: tuple[date, ...] = ()
    source: str = ""  # where it is not the year's own notice

    @property
    def kind(self) -> DayKind:
        """What its days off are counted as."""
        return DayKind.SPRING_FESTIVAL if SPRING_FESTIVAL in self.name else DayKind.HOLIDAY


@dataclass(frozen=True, slots=True)
class Day:
    """What one day is. name is the holiday it is off for, or worked for (is_makeup, 调休上班).

    is_own: the office set this day itself. is_known is False where nobody announced the year.
    """

    date: date
    kind: DayKind
    name: str = ""
    is_makeup: bool = False
    is_own: bool = False
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """The holidays of a year's notice, and single days that the office set itself: these have the last word."""

    year: int
    holidays: tuple[Holiday, ...] = ()
    own_days: tuple[Day, ...] = ()
    source: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the year was announced: every notice has a 春节."""
        found = {one.kind for one in self.holidays} | {day.kind for day in self.own_days}
        return DayKind.SPRING_FESTIVAL in found

    def with_day(self, day: date, kind: DayKind, name: str) -> YearCalendar:
        """Return it with this day set by the office; only a holiday has a name."""
        name = name.strip() if kind in HOLIDAY_KINDS else ""
        own = Day(day, kind, name, is_makeup=is_weekend(day) and kind is DayKind.WORKDAY, is_own=True)
        others = [one for one in self.own_days if one.date != day]
        return replace(self, own_days=tuple(sorted([*others, own], key=lambda one: one.date)))

    def without_day(self, day: date) -> YearCalendar:
        """Return it with this day as the notice has it."""
        return replace(self, own_days=tuple(one for one in self.own_days if one.date != day))

    def with_holidays(self, holidays: Iterable[Holiday], source: str) -> YearCalendar:
        """Return it with these holidays in the place of those of the same name; the others stay.

        source, the notice they are from, becomes that of the year when it is known only now. What the office had set
        itself and the notice says too needs no entry of its own any more.
        """
        new = tuple(holidays)
        names = {part for one in new for part in one.name.split(_BETWEEN)}
        kept = [one for one in self.holidays if not names & set(one.name.split(_BETWEEN))]
        if kept:
            new = tuple(replace(one, source=one.source or source) for one in new)
        said = {day: DayKind.WORKDAY for one in new for day in one.work}
        said |= {day: one.kind for one in new for day in one.off}
        own = tuple(day for day in self.own_days if said.get(day.date) is not day.kind)
        return replace(
            self, holidays=in_order([*kept, *new]), own_days=own, source=self.source if kept else source
        )  # fmt: skip


def is_weekend(day: date) -> bool:
    """Whether it is a Saturday or a Sunday."""
    return day.weekday() >= 5


def in_order(holidays: Iterable[Holiday]) -> tuple[Holiday, ...]:
    """Return holidays by their first days off."""
    return tuple(sorted(holidays, key=lambda one: (min(one.off or one.work), one.name)))


def days_of(first: date, last: date, calendars: Mapping[int, YearCalendar]) -> list[Day]:
    """Return every day from first to last.

    Give the calendars of these years and of the years beside them: 元旦 begins in December of the year before
    (2018-12-30, 2022-12-31). Where two notices differ the later one counts.
    """
    said: dict[date, Day] = {}
    for year in sorted(calendars):
        for one in calendars[year].holidays:
            said |= {day: Day(day, DayKind.WORKDAY, one.name, is_makeup=True) for day in one.work}
            said |= {day: Day(day, one.kind, one.name) for day in one.off}
    for year in sorted(calendars):
        said |= {one.date: one for one in calendars[year].own_days}
    days = []
    for place in range((last - first).days + 1):
        day = first + place * _ONE
        usual = Day(day, DayKind.RESTDAY if is_weekend(day) else DayKind.WORKDAY)
        is_known = day.year in calendars and calendars[day.year].is_known
        days.append(replace(said.get(day, usual), is_known=is_known))
    return days


def spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Return days as spans of days that follow each other."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] == _ONE:
            found[-1] = found[-1][0], day
        else:
            found.append((day, day))
    return found


@dataclass(slots=True)
class Stretch:
    """What a year says of one holiday, as people read it: its days off, and the weekend days worked for it."""

    name: str
    off: list[date]
    work: list[date]

    @property
    def days(self) -> list[date]:
        """All of them in order."""
        return sorted([*self.off, *self.work])


def stretches(days: Iterable[Day]) -> list[Stretch]:
    """Return the holidays of days in order; 元旦 in January and in December are two."""
    found: list[Stretch] = []
    for day in days:
        if day.kind not in HOLIDAY_KINDS and not day.is_makeup:
            continue
        same = [one for one in found if one.name == day.name and (day.date - one.days[-1]).days <= _FAR_APART]
        if not same:
            found.append(Stretch(day.name, [], []))
        one = same[-1] if same else found[-1]
        (one.work if day.is_makeup else one.off).append(day.date)
    return sorted(found, key=lambda one: min(one.off or one.work))


# ---- as a file, and as plain data ----


def read_calendar(path: Path) -> YearCalendar:
    """Read a year's table; raise OfficeError when it is none, or naming the holiday that cannot be used."""
    try:
        plain = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as fault:
        raise OfficeError("holidays.unreadable", name=path.name) from fault
    return calendar_from(plain)


def calendar_from(plain: Any) -> YearCalendar:
    """Return the calendar of plain data; raise OfficeError naming what cannot be used."""
    try:
        year, source = plain["year"], clean_text(str(plain.get("source", "")))
        holidays, own = plain.get("holiday", []), plain.get("day", [])
        is_sound = type(year) is int and FIRST_YEAR <= year <= LAST_YEAR and len(source) <= LONGEST_SOURCE
    except (KeyError, TypeError, AttributeError) as fault:
        raise OfficeError("holidays.no_year", first=FIRST_YEAR, last=LAST_YEAR) from fault
    if not is_sound or not isinstance(holidays, list) or not isinstance(own, list):
        raise OfficeError("holidays.no_year", first=FIRST_YEAR, last=LAST_YEAR)
    found = [_holiday(year, place, one) for place, one in enumerate(holidays, start=1)]
    _refuse_twice(found)
    calendar = YearCalendar(year, in_order(found), source=source)
    for place, one in enumerate(own, start=1):
        calendar = _with_own(calendar, place, one)
    return calendar


def as_plain(calendar: YearCalendar) -> dict[str, Any]:
    """Return a calendar as plain data that calendar_from reads: dates as 2026-10-01, a span as two of them."""
    holidays = []
    for one in calendar.holidays:
        pairs = spans(one.off)
        off = [str(first) if first == last else [str(first), str(last)] for first, last in pairs]
        line: dict[str, Any] = {"name": one.name, "off": off, "work": list(map(str, one.work)), "source": one.source}
        holidays.append({name: value for name, value in line.items() if value})
    own = [{"date": str(day.date), "kind": day.kind.value, "name": day.name} for day in calendar.own_days]
    return {"year": calendar.year, "source": calendar.source, "holiday": holidays, "day": own}


def _holiday(year: int, place: int, line: Any) -> Holiday:
    name = ""
    try:
        name = clean_text(str(line["name"]))
        off = tuple(sorted(day for span in line.get("off", []) for day in _span(span)))
        work = tuple(sorted(_date(one) for one in line.get("work", [])))
        source = clean_text(str(line.get("source", "")))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as fault:
        raise OfficeError("holidays.bad_holiday", name=name or place) from fault
    days = (*off, *work)
    # 元旦 of the next year is announced with that year; some of its days lie in this December.
    is_near = all(date(year - 1, 12, 1) <= day <= date(year + 1, 1, 31) for day in days)
    is_said = 0 < len(name) <= LONGEST_NAME and len(source) <= LONGEST_SOURCE
    if not (is_said and days and is_near and len(set(days)) == len(days)):
        raise OfficeError("holidays.bad_holiday", name=name or place)
    return Holiday(name, off, work, source)


def _refuse_twice(holidays: Iterable[Holiday]) -> None:
    """No day is off for one holiday and worked for another, or off twice."""
    seen: set[date] = set()
    for one in holidays:
        if seen & {*one.off, *one.work}:
            raise OfficeError("holidays.day_twice", day=min(seen & {*one.off, *one.work}))
        seen |= {*one.off, *one.work}


def _with_own(calendar: YearCalendar, place: int, line: Any) -> YearCalendar:
    try:
        day, kind, name = _date(line["date"]), DayKind(line["kind"]), clean_text(str(line.get("name", "")))
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise OfficeError("holidays.bad_day", place=place) from fault
    if day.year != calendar.year or len(name) > LONGEST_NAME:
        raise OfficeError("holidays.bad_day", place=place)
    return calendar.with_day(day, kind, name)


def _span(span: Any) -> list[date]:
    """Return the days of one date, or of the first and the last of several."""
    if not isinstance(span, list):
        return [_date(span)]
    first, last = map(_date, span)
    if not 0 <= (last - first).days < _MOST_DAYS:
        raise ValueError
    return [first + place * _ONE for place in range((last - first).days + 1)]


def _date(value: Any) -> date:
    """A date of TOML, or its text in JSON; a date with a time is none."""
    if isinstance(value, str):
        return date.fromisoformat(value)
    if type(value) is date:
        return value
    raise ValueError
