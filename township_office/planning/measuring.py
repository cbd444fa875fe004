# SPDX-License-Identifier: MulanPSL-2.0
"""How even a roster is, whoever made it, and which hard rules it breaks. Quick enough for each change by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from township_office.planning.pool import NOBODY, Part, whole_of
from township_office.planning.rules import gaps_of
from township_office.registers.duty.plan import (
    WEIGHTS,
    Breach,
    Cells,
    DayKind,
    Fairness,
    Member,
    Share,
    Slot,
    Standing,
    Task,
)


@dataclass(frozen=True, slots=True)
class Book:
    """Cells as they are asked about: by member and by day."""

    task: Task
    whole: Part
    cells: Cells
    members: dict[int, Member]
    compared: dict[str, frozenset[int]]
    gaps: dict[str, int]
    turns: dict[int, list[Slot]]  # in the order of their days
    there: dict[date, set[int]]
    never: dict[int, set[int]]
    always: dict[int, set[int]]

    def hindrances(self, member_id: int, slot: Slot, instead: int | None = None) -> tuple[str, ...]:
        """Return the rules by which a member should not be in a slot, where he may be already, instead of another."""
        member = self.members.get(member_id)
        if member is None or slot.group not in member.groups:
            return ("group",)
        others = [turn for turn in self.turns[member_id] if turn != slot]
        around = self.there.get(slot.day, set()) - {instead}
        found = {
            "away": slot.day in member.away,
            "one_a_day": slot.day in member.elsewhere or any(turn.day == slot.day for turn in others),
            "gap": self._is_near(member, slot, others),
            "never": bool(self.never.get(member_id, set()) & around),
            "always": bool(self.always.get(member_id, set()) - around),
        }
        return tuple(rule for rule, holds in found.items() if holds)

    def _is_near(self, member: Member, slot: Slot, others: Iterable[Slot]) -> bool:
        gap = self.gaps.get(slot.group, 0)
        near = [(turn.day, min(gap, self.gaps.get(turn.group, 0))) for turn in others]
        near += [(day, gap) for day in member.elsewhere]
        return any(0 < abs((day - slot.day).days) <= kept for day, kept in near)

    def load(self, turns: dict[DayKind, int]) -> Fraction:
        """Return the weighted load of so many turns."""
        weights = self.task.weights
        return sum((Fraction(weights.get(kind, WEIGHTS[kind])) * count for kind, count in turns.items()), Fraction(0))

    def counted(self, member_id: int, group: str, before: date = date.max) -> dict[DayKind, int]:
        """Return a member's turns of a group before a day, with those carried over."""
        carried = self.members[member_id].carried.get(group, {})
        counts = {kind: carried.get(kind, 0) for kind in DayKind}
        for turn in self.turns[member_id]:
            if turn.group == group and turn.day < before:
                counts[turn.kind] += 1
        return counts


def book_of(task: Task, cells: Cells) -> Book:
    """Return cells as they are asked about."""
    whole = whole_of(task)
    turns: dict[int, list[Slot]] = {member_id: [] for member_id in whole.members}
    there: dict[date, set[int]] = defaultdict(set)
    for slot in sorted(task.slots):
        for member_id in cells.get(slot, ()):
            turns.setdefault(member_id, []).append(slot)
            there[slot.day].add(member_id)
    return Book(
        task,
        whole,
        cells,
        dict(whole.members),
        {group: frozenset(member.id for member in members) for group, members in whole.compared.items()},
        gaps_of(whole, task.gap),
        turns,
        there,
        _partners(task.never),
        _partners(task.always),
    )


def _partners(pairs: Iterable[frozenset[int]]) -> dict[int, set[int]]:
    partners: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        for member_id in pair:
            partners[member_id] |= pair - {member_id}
    return partners


def measure(task: Task, cells: Cells) -> Fairness:
    """Return how even these cells are. A gap is broken when it is narrower than the group is large enough for."""
    book = book_of(task, cells)
    return Fairness({group: _standing(book, group) for group in book.compared}, tuple(_breaches(book)))


def _standing(book: Book, group: str) -> Standing:
    shares = []
    for member in book.task.members:
        if group in member.groups:
            turns = book.counted(member.id, group)
            shares.append(Share(member.id, turns, book.load(turns), member.id in book.compared[group]))
    counted = [share for share in shares if share.is_compared]
    kinds = {slot.kind for slot in book.task.slots if slot.group == group}
    spread = {kind: int(_range(share.turns[kind] for share in counted)) for kind in DayKind if kind in kinds}
    own = {kind: int(_range(share.turns[kind] - _carried(book, share.member, group, kind) for share in counted))
           for kind in spread}  # fmt: skip
    loads = _range(share.load for share in counted)
    free = [gap for share in counted if (gap := _least_gap(book, share.member, group)) is not None]
    over = sum(max(0, apart - 1) for kind, apart in spread.items() if book.whole.is_kept_near(group, kind))
    return Standing(tuple(shares), spread, own, over, loads, min(free, default=None))


def _carried(book: Book, member_id: int, group: str, kind: DayKind) -> int:
    return book.members[member_id].carried.get(group, {}).get(kind, 0)


def _range(values: Iterable[int | Fraction]) -> Fraction:
    several = list(values)
    return Fraction(max(several, default=0) - min(several, default=0))


def _least_gap(book: Book, member_id: int, group: str) -> int | None:
    """Return the fewest free days between two turns of the group, or from one to a turn elsewhere."""
    own = {turn.day for turn in book.turns[member_id] if turn.group == group}
    days = sorted(own | book.members[member_id].elsewhere)
    free = [(later - day).days - 1 for day, later in pairwise(days) if {day, later} & own]
    return min(free, default=None)


def _breaches(book: Book) -> Iterator[Breach]:
    for slot in sorted(book.task.slots):
        there = book.cells.get(slot, ())
        locked = book.task.locked.get(slot, NOBODY)
        if len(set(there)) != max(slot.people, len(locked)) or len(set(there)) != len(there):
            yield Breach(None, slot, "seats")
        for member_id in there:
            yield from (Breach(member_id, slot, rule) for rule in book.hindrances(member_id, slot))
        yield from (Breach(member_id, slot, "locked") for member_id in sorted(locked - set(there)))
    first = {slot.day: slot for slot in sorted(book.task.slots, reverse=True)}
    for member in book.task.members:
        for day in sorted(member.fixed & first.keys()):
            if member.id not in book.there.get(day, set()):
                yield Breach(member.id, first[day], "fixed")
