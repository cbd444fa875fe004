# SPDX-License-Identifier: MulanPSL-2.0
"""Offices to draw rosters for: nobody in them exists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from township_office.registers.duty.plan import Cells, DayKind, Half, Member, Slot, Task

WORKDAY, RESTDAY = DayKind.WORKDAY, DayKind.RESTDAY
HOLIDAY, SPRING = DayKind.HOLIDAY, DayKind.SPRING_FESTIVAL

Line = tuple[str, int]  # the group, and how many of it
THREE: Sequence[Line] = (("leader", 1), ("staff", 2), ("driver", 1))
THIRTY = {"leader": 8, "staff": 16, "driver": 6}

# As the year 2026 was announced, without its make-up days.
HOLIDAYS = (
    (date(2026, 1, 1), 3, HOLIDAY),
    (date(2026, 2, 15), 9, SPRING),
    (date(2026, 4, 4), 3, HOLIDAY),
    (date(2026, 5, 1), 5, HOLIDAY),
    (date(2026, 6, 19), 3, HOLIDAY),
    (date(2026, 9, 25), 3, HOLIDAY),
    (date(2026, 10, 1), 7, HOLIDAY),
)
KINDS = {first + timedelta(day): kind for first, days, kind in HOLIDAYS for day in range(days)}


def kind_of(day: date) -> DayKind:
    """Every year is like 2026, which is enough to tell weekends from 春节."""
    if (day.month, day.day) == (2, 29):
        return WORKDAY if day.weekday() < 5 else RESTDAY
    return KINDS.get(day.replace(year=2026), WORKDAY if day.weekday() < 5 else RESTDAY)


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(n) for n in range(count)]


def slots(span: Sequence[date], lines: Sequence[Line], kinds: Mapping[date, DayKind] | None = None) -> tuple[Slot, ...]:
    return tuple(
        Slot(day, line, Half.WHOLE, group, (kinds or {}).get(day, kind_of(day)), people, f"{group}{line}")
        for day in span
        for line, (group, people) in enumerate(lines)
    )


def people(groups: Mapping[str, int], start: int = 1) -> list[Member]:
    """So many members of each group, numbered through."""
    names = [group for group, size in groups.items() for _ in range(size)]
    return [Member(start + n, f"甲{start + n}", frozenset({group})) for n, group in enumerate(names)]


def absent(members: Sequence[Member], span: Sequence[date], share: float, random: Random) -> list[Member]:
    """The same members, each away on that share of the days."""
    return [replace(m, away=m.away | {day for day in span if random.random() < share}) for m in members]


def month(
    first: date, count: int, seed: int = 0, lines: Sequence[Line] = THREE, sizes: Mapping[str, int] | None = None
) -> Task:
    """30 people, three lines, 8 % of the days unavailable."""
    span, random = days(first, count), Random(seed)
    return Task(slots(span, lines), tuple(absent(people(sizes or THIRTY), span, 0.08, random)))


def carried(members: Sequence[Member], most: int, random: Random) -> tuple[Member, ...]:
    """The same members with turns of earlier months."""
    return tuple(
        replace(m, carried={group: {kind: random.randint(0, most) for kind in DayKind} for group in sorted(m.groups)})
        for m in members
    )


def turns_of(cells: Cells, member_id: int) -> list[Slot]:
    return [slot for slot in sorted(cells) if member_id in cells[slot]]
