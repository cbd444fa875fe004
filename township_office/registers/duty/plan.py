# SPDX-License-Identifier: MulanPSL-2.0
"""What a roster is drawn from, and what is drawn: plain data between the office's file and the mathematics.

A slot is one line on one day (带班领导, 10-01). Turns are counted by the kind of day they begin on; what is fair is
measured within a group: drivers are compared with drivers, leaders with leaders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction


class DayKind(StrEnum):
    """What a day is to those on duty; its value is its name in JSON, in settings and in the data file."""

    WORKDAY = "workday"
    RESTDAY = "restday"
    HOLIDAY = "holiday"
    SPRING_FESTIVAL = "spring_festival"


class Half(StrEnum):
    """Which part of a day a turn is; a night crosses midnight and belongs to the day it begins on."""

    WHOLE = "24h"
    DAY = "day"
    NIGHT = "night"


# What offices do: a Saturday counts half as much again as a working day, a holiday twice, 春节 three times.
WEIGHTS: Mapping[DayKind, Fraction] = {
    DayKind.WORKDAY: Fraction(1),
    DayKind.RESTDAY: Fraction(3, 2),
    DayKind.HOLIDAY: Fraction(2),
    DayKind.SPRING_FESTIVAL: Fraction(3),
}

Tally = Mapping[DayKind, int]  # turns by kind of day; a kind that is missing counts none


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One line on one day, for `people` members of `group`."""

    day: date
    line: int  # its place among the lines: the order they are printed in
    half: Half
    group: str = field(compare=False)
    kind: DayKind = field(compare=False)
    people: int = field(compare=False, default=1)
    name: str = field(compare=False, default="")  # of the line, for the words of a conflict


@dataclass(frozen=True, slots=True)
class Member:
    """One person who can be on duty.

    carried: turns before these slots, by group and kind, a newcomer's filled up to the mean of the others.
    elsewhere: days of turns outside these slots that the gap is kept from, before and after.
    """

    id: int
    name: str
    groups: frozenset[str]
    away: frozenset[date] = frozenset()  # leave, training, not here yet, not here any more, cannot
    fixed: frozenset[date] = frozenset()  # must be on duty that day, on whichever line
    wishes: Mapping[date, int] = field(default_factory=dict)  # +1 would like to, -1 would rather not
    carried: Mapping[str, Tally] = field(default_factory=dict)
    elsewhere: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Task:
    """A roster to be drawn.

    gap: free days that lie between two turns of a person at least, as far as the group is large enough for it.
    locked: members who stay in a slot whatever the rest becomes; nobody has two turns on one day.
    never, always: pairs who are not, or only together, on duty on the same day.
    """

    slots: tuple[Slot, ...]
    members: tuple[Member, ...]
    gap: int = 1
    weights: Mapping[DayKind, Fraction] = field(default_factory=lambda: WEIGHTS)
    locked: Mapping[Slot, frozenset[int]] = field(default_factory=dict)
    never: frozenset[frozenset[int]] = frozenset()
    always: frozenset[frozenset[int]] = frozenset()


class Outcome(StrEnum):
    """How far a drawn roster is proven."""

    OPTIMAL = "optimal"  # no roster is fairer
    BOUND = "bound"  # found in the time there was; how much fairer one could be is said beside it
    INFEASIBLE = "infeasible"


Cells = Mapping[Slot, tuple[int, ...]]  # who, by id, in the order they are written


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing a roster is judged by: what was reached, and what no roster can do better than."""

    name: str  # load, kinds, gaps, wishes
    reached: Fraction
    bound: Fraction

    @property
    def is_proven(self) -> bool:
        """Whether nothing better exists."""
        return self.reached == self.bound


@dataclass(frozen=True, slots=True)
class Conflict:
    """The smallest set of people, days and rules that cannot hold together."""

    members: tuple[int, ...]
    slots: tuple[Slot, ...]
    rules: tuple[str, ...]  # away, gap, never, always, fixed, locked, group, one_a_day: which of them bind


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of a task. cells is empty, and conflict is set, when nobody can fill it."""

    outcome: Outcome
    cells: Cells
    goals: tuple[Goal, ...] = ()
    conflict: Conflict | None = None
    gaps: Mapping[str, int] = field(default_factory=dict)  # the least gap that holds in each group
