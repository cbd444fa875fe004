# SPDX-License-Identifier: MulanPSL-2.0
"""A task in the shape of its mathematics: what is alike, and what falls apart into parts of its own.

Lines of one group on one day are one cell: fairness does not tell them apart. Groups that share a member, or members
who are bound to each other, are one part; parts know nothing of each other and are drawn one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import gcd, lcm

from township_office.registers.duty.plan import WEIGHTS, DayKind, Member, Slot, Tally, Task

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Cell:
    """What one group has to fill on one day. seats: how many are not taken by locked members."""

    day: date
    group: str
    kind: DayKind
    slots: tuple[Slot, ...]
    locked: frozenset[int]
    seats: int


@dataclass(frozen=True, slots=True)
class Part:
    """Cells and members that hang together. compared: of each group, those who could have a turn of it at all."""

    task: Task
    cells: tuple[Cell, ...]
    members: Mapping[int, Member]
    compared: Mapping[str, tuple[Member, ...]]

    @property
    def days(self) -> list[date]:
        """Each day there is something to fill, in order."""
        return sorted({cell.day for cell in self.cells})

    def kinds(self, group: str) -> list[DayKind]:
        """Which kinds of day a group has to fill, in the order of their names."""
        return sorted({cell.kind for cell in self.cells if cell.group == group})

    def is_kept_near(self, group: str, kind: DayKind) -> bool:
        """Whether members of a group shall not lie apart by more than one turn of a kind, before loads are looked at.

        Working days are what a 春节 or a holiday of last month is made up with: they are kept near only while everybody
        brings along the same load.
        """
        weights = whole_weights(self.task.weights)[0]
        loads = {
            sum(weights[each] * count for each, count in member.carried.get(group, {}).items())
            for member in self.compared[group]
        }
        return kind is not DayKind.WORKDAY or len(loads) < 2

    def before(self, group: str) -> dict[int, dict[DayKind, int]]:
        """Return what each compared member of a group has before anything is drawn: carried over, and locked."""
        counts = {m.id: _tally(m.carried.get(group, {})) for m in self.compared[group]}
        for cell in self.cells:
            for member_id in cell.locked & counts.keys() if cell.group == group else ():
                counts[member_id][cell.kind] += 1
        return counts


def _tally(turns: Tally) -> dict[DayKind, int]:
    return {kind: turns.get(kind, 0) for kind in DayKind}


def could(member: Member, cell: Cell) -> bool:
    """Whether nothing but other turns keeps a member from a cell; who is locked in it is there whatever is said."""
    if member.id in cell.locked:
        return True
    return cell.group in member.groups and cell.seats > 0 and cell.day not in member.away | member.elsewhere


def compared(members: Iterable[Member], cells: Iterable[Cell]) -> dict[str, tuple[Member, ...]]:
    """Return who is compared with whom. Who is on leave all the time there is is compared with nobody."""
    found: dict[str, dict[int, Member]] = {}
    everybody = list(members)
    for cell in cells:
        those = found.setdefault(cell.group, {})
        for member in everybody:
            if member.id not in those and cell.group in member.groups and could(member, cell):
                those[member.id] = member
    return {group: tuple(those[m.id] for m in everybody if m.id in those) for group, those in found.items()}


def cells_of(task: Task) -> tuple[Cell, ...]:
    """Return the cells of a task in the order of their days."""
    gathered: dict[tuple[date, str, DayKind], list[Slot]] = defaultdict(list)
    for slot in sorted(task.slots):
        gathered[slot.day, slot.group, slot.kind].append(slot)
    return tuple(
        Cell(
            day,
            group,
            kind,
            tuple(slots),
            NOBODY.union(*(task.locked.get(slot, NOBODY) for slot in slots)),
            sum(max(0, slot.people - len(task.locked.get(slot, NOBODY))) for slot in slots),
        )
        for (day, group, kind), slots in gathered.items()
    )


def whole_of(task: Task) -> Part:
    """Return the task as one part, for what is only looked at."""
    cells = cells_of(task)
    return Part(task, cells, {member.id: member for member in task.members}, compared(task.members, cells))


def parts_of(task: Task) -> list[Part]:
    """Return what can be drawn one by one, in the order of its first cell."""
    cells, roots = cells_of(task), _Roots()
    needed = {cell.group for cell in cells}
    for member in task.members:
        for group in sorted(member.groups & needed):
            roots.join(member.id, group)
    for cell in cells:
        for member_id in sorted(cell.locked):
            roots.join(member_id, cell.group)
    for pair in task.never | task.always:
        roots.join(min(pair), max(pair))
    gathered: dict[object, list[Cell]] = defaultdict(list)
    for cell in cells:
        gathered[roots.find(cell.group)].append(cell)
    found = []
    for key, own in gathered.items():
        members = {member.id: member for member in task.members if roots.find(member.id) == key}
        found.append(Part(task, tuple(own), members, compared(members.values(), own)))
    return found


class _Roots:
    """Which things hang together: each leads to one of them that stands for all."""

    def __init__(self) -> None:
        self._above: dict[object, object] = {}

    def find(self, thing: object) -> object:
        while (above := self._above.setdefault(thing, thing)) != thing:
            thing = above
        return thing

    def join(self, one: object, other: object) -> None:
        self._above[self.find(one)] = self.find(other)


def whole_weights(weights: Mapping[DayKind, Fraction]) -> tuple[dict[DayKind, int], Fraction]:
    """Return the weights as whole numbers, as small as can be, and how much one of them is: 1, 1.5 → 2, 3 of 1/2."""
    exact = {kind: Fraction(weights.get(kind, WEIGHTS[kind])) for kind in DayKind}
    unit = lcm(*(weight.denominator for weight in exact.values()))
    shared = gcd(*(int(weight * unit) for weight in exact.values())) or 1
    return {kind: int(weight * unit) // shared for kind, weight in exact.items()}, Fraction(shared, unit)
