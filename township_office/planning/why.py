# SPDX-License-Identifier: MulanPSL-2.0
"""为什么是他: what stood for and against each of the group on the day of a turn, and what it costs to take another."""

from __future__ import annotations

from datetime import date

from township_office.planning.measuring import Book, book_of, measure
from township_office.planning.pool import NOBODY
from township_office.registers.duty.plan import Breach, Candidate, Cells, Fairness, Rival, Slot, Task, Why


def why(task: Task, cells: Cells, slot: Slot, member_id: int) -> Why:
    """Return what speaks for the member in this slot. ValueError when he is not in it."""
    if member_id not in cells.get(slot, ()):
        raise ValueError(f"{member_id} is not on duty in {slot}")
    book = book_of(task, cells)
    chosen = _rival(book, slot, member_id, member_id)
    unable, fuller, others = [], [], []
    for member in task.members:
        if slot.group not in member.groups or member.id in cells[slot]:
            continue
        rival = _rival(book, slot, member.id, member_id)
        if rival.rules:
            unable.append(rival)
        elif (rival.turns, rival.load) > (chosen.turns, chosen.load):
            fuller.append(rival)
        else:
            others.append(rival)
    after = {
        member.id: book.counted(member.id, slot.group)[slot.kind]
        for member in task.members
        if slot.group in member.groups
    }
    is_locked = member_id in task.locked.get(slot, NOBODY)
    return Why(chosen, tuple(unable), tuple(fuller), tuple(others), after, is_locked)


def _rival(book: Book, slot: Slot, member_id: int, chosen: int) -> Rival:
    rules = book.hindrances(member_id, slot, chosen)
    if member_id not in book.members:  # locked in, and no member any more
        return Rival(member_id, 0, book.load({}), None, rules)
    turns = book.counted(member_id, slot.group, slot.day)
    earlier = {turn.day for turn in book.turns[member_id]} | book.members[member_id].elsewhere
    last = max((day for day in earlier if day < slot.day), default=None)
    return Rival(member_id, turns[slot.kind], book.load(turns), last, rules)


def candidates(task: Task, cells: Cells, slot: Slot, leaving: int | None = None) -> list[Candidate]:
    """Return who of the group could be in a slot instead of the one who leaves it, the best first.

    leaving: the first of the slot unless it is said; a seat nobody has is filled.
    """
    there = cells.get(slot, ())
    if leaving is None and len(there) >= slot.people:
        leaving = next(iter(there), None)
    now = measure(task, cells)
    found = []
    for member in task.members:
        if slot.group in member.groups and member.id not in there:
            ids = [member.id if other == leaving else other for other in there]
            changed = {**cells, slot: tuple(ids if leaving in there else [*there, member.id])}
            found.append(_candidate(task, changed, slot, member.id, (now, measure(task, changed))))
    return sorted(found, key=_rank)


def _candidate(task: Task, cells: Cells, slot: Slot, member_id: int, fairness: tuple[Fairness, Fairness]) -> Candidate:
    before, after = fairness
    broken = {_named(breach) for breach in before.breaches}
    rules = tuple(dict.fromkeys(breach.rule for breach in after.breaches if _named(breach) not in broken))
    member = next(member for member in task.members if member.id == member_id)
    days = {other.day for other, there in cells.items() if member_id in there and other != slot} | member.elsewhere
    return Candidate(
        member_id,
        rules,
        after.guard - before.guard,
        after.load - before.load,
        after.kinds - before.kinds,
        min((_free_days(day, slot.day) for day in days), default=None),
    )


def _named(breach: Breach) -> tuple[int | None, Slot, str]:
    return breach.member, breach.slot, breach.rule


def _free_days(day: date, other: date) -> int:
    return max(0, abs((day - other).days) - 1)


def _rank(one: Candidate) -> tuple[object, ...]:
    gap = -1 if one.gap is None else -one.gap
    return len(one.rules), one.guard, one.load, one.kinds, one.gap is not None, gap, one.member
