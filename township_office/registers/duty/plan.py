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
    """One thing a roster is judged by: what was reached, and what no roster can do better than; 0 is best."""

    name: str  # guard, load, kinds, gaps, wishes: planning.drawing says what each counts
    reached: Fraction
    bound: Fraction

    @property
    def is_proven(self) -> bool:
        """Whether nothing better exists."""
        return self.reached == self.bound


@dataclass(frozen=True, slots=True)
class Conflict:
    """A set of people, turns and rules that cannot hold together, and can as soon as any one of them is given up.

    It lies within one day: gaps give way before a roster is impossible. The groups of its slots are a fact, not a rule;
    without members the group is too small.
    """

    members: tuple[int, ...]
    slots: tuple[Slot, ...]
    rules: tuple[str, ...]  # away, never, always, fixed, locked, one_a_day: which of them bind; group when none does


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of a task. cells is empty, and conflict is set, when nobody can fill it."""

    outcome: Outcome
    cells: Cells
    goals: tuple[Goal, ...] = ()
    conflict: Conflict | None = None
    gaps: Mapping[str, int] = field(default_factory=dict)  # free days kept between two turns drawn, by group


@dataclass(frozen=True, slots=True)
class Share:
    """What one member of a group has, carried turns and these."""

    member: int
    turns: Tally
    load: Fraction
    is_compared: bool  # not so when leave, or not being here, kept him from every turn of these slots


@dataclass(frozen=True, slots=True)
class Standing:
    """How even one group is. Spreads are the largest less the smallest among those who are compared.

    gap: fewest free days between two turns of one of them in this group, or elsewhere; None when nobody has two.
    """

    shares: tuple[Share, ...]
    spread: Mapping[DayKind, int]  # of the kinds of day that the group has to fill
    own: Mapping[DayKind, int]  # the same of the turns of these slots alone
    over: int  # by how much those spreads exceed 1 that are to be kept within it
    load_spread: Fraction
    gap: int | None


@dataclass(frozen=True, slots=True)
class Breach:
    """A hard rule that does not hold for a member in a slot."""

    member: int | None  # nobody, when a slot has too many or too few
    slot: Slot
    rule: str  # seats, group, away, one_a_day, gap, never, always, fixed, locked


@dataclass(frozen=True, slots=True)
class Fairness:
    """How even a roster is, and what it breaks. What a swap costs is the difference of two of them."""

    groups: Mapping[str, Standing]
    breaches: tuple[Breach, ...]

    @property
    def guard(self) -> int:
        """By how much the spreads of kinds exceed 1, all in all, as far as they are to be kept within it."""
        return sum(group.over for group in self.groups.values())

    @property
    def load(self) -> Fraction:
        """The spreads of the weighted load, all in all."""
        return sum((group.load_spread for group in self.groups.values()), Fraction(0))

    @property
    def kinds(self) -> int:
        """The spreads of kinds, all in all."""
        return sum(sum(group.spread.values()) for group in self.groups.values())


@dataclass(frozen=True, slots=True)
class Rival:
    """One of a group on the day of a turn: what he had before it, and what keeps him from it."""

    member: int
    turns: int  # of the kind of the day, carried and drawn before that day
    load: Fraction
    last: date | None  # of the turn before it, on any line
    rules: tuple[str, ...]  # away, one_a_day, gap, never, always; none: he could have had it

    def days_since(self, day: date) -> int | None:
        """Return how long ago the turn before it was."""
        return None if self.last is None else (day - self.last).days


@dataclass(frozen=True, slots=True)
class Why:
    """为什么是他: who had how much before this turn, and who could not have it.

    after: turns of this kind that each of the group has when the whole roster is done.
    """

    chosen: Rival
    unable: tuple[Rival, ...]
    fuller: tuple[Rival, ...]  # could have had it, but had more turns of the kind, or as many and more load
    others: tuple[Rival, ...]  # could have had it as well
    after: Mapping[int, int]
    is_locked: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who could take over a turn, and what that costs; above 0 is less fair than now."""

    member: int
    rules: tuple[str, ...]  # that it would break beyond what is broken now
    guard: int
    load: Fraction
    kinds: int
    gap: int | None  # his own free days to the nearest turn, before or after
