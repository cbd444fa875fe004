# SPDX-License-Identifier: MulanPSL-2.0
"""Why there is no roster at all: people, turns and rules that cannot hold together, none of which can be left out.

Gaps give way before a roster is impossible, and no other rule reaches from one day to the next: so the clash lies
within one day. What is not needed for it is taken away piece by piece, until everything that is left is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from township_office.planning.pool import NOBODY, could, whole_of
from township_office.planning.program import INF, Patience, Program
from township_office.registers.duty.plan import Conflict, Member, Slot, Task

# Of so many days that cannot be filled the one with the smallest clash is told.
DAYS = 5


class Demand(NamedTuple):
    """One thing that is asked of a day: of members, of a slot, or of a member in a slot."""

    rule: str  # seats, or one of the rules of a Conflict
    members: tuple[int, ...] = ()
    slot: Slot | None = None


def find_conflict(task: Task, patience: Patience | None = None) -> Conflict | None:
    """Return the smallest clash of the first days that have one, None when each day can be filled."""
    patience = patience or Patience(60)
    clashes: list[list[Demand]] = []
    for day in sorted({slot.day for slot in task.slots}):
        demands = list(_demands(task, day))
        if not is_possible(task, day, demands, patience):
            clashes.append(_irreducible(task, day, demands, patience))
        if len(clashes) == DAYS:
            break
    return _conflict(min(clashes, key=len)) if clashes else None


def _irreducible(task: Task, day: date, demands: list[Demand], patience: Patience) -> list[Demand]:
    kept = list(demands)
    for demand in demands:
        fewer = [other for other in kept if other is not demand]
        if not is_possible(task, day, fewer, patience):
            kept = fewer
    return kept


def _conflict(demands: list[Demand]) -> Conflict:
    members = sorted({member_id for demand in demands for member_id in demand.members})
    slots = sorted({demand.slot for demand in demands if demand.slot})
    rules = tuple(dict.fromkeys(demand.rule for demand in demands if demand.rule != "seats"))
    return Conflict(tuple(members), tuple(slots), rules or ("group",))


def _demands(task: Task, day: date) -> Iterator[Demand]:
    """Yield all that is asked of a day; what comes first is left out first, so that leave tells what it can."""
    members = {member.id: member for member in task.members}
    slots = [slot for slot in sorted(task.slots) if slot.day == day]
    locked = {(member_id, slot) for slot in slots for member_id in task.locked.get(slot, NOBODY) & members.keys()}
    yield from (Demand("seats", (), slot) for slot in slots)
    for pair in _pairs(task.always, members):
        if not _is_void(task, day, [members[member_id] for member_id in pair]):
            yield Demand("always", pair)
    yield from (Demand("never", pair) for pair in _pairs(task.never, members))
    yield from (Demand("locked", (member_id,), slot) for member_id, slot in sorted(locked))
    yield from (Demand("fixed", (member.id,)) for member in task.members if day in member.fixed)
    yield Demand("one_a_day")
    for member in task.members:
        if any(slot.group in member.groups for slot in slots):
            if day in member.elsewhere:
                yield Demand("one_a_day", (member.id,))
            if day in member.away:
                yield Demand("away", (member.id,))


def _pairs(pairs: Collection[frozenset[int]], members: Collection[int]) -> list[tuple[int, ...]]:
    return sorted(tuple(sorted(pair)) for pair in pairs if len(pair & set(members)) == len(pair) == 2)


def _is_void(task: Task, day: date, pair: list[Member]) -> bool:
    """Whether one of a pair is locked in and the other cannot come along, which nothing that is drawn can change."""
    cells = [cell for cell in whole_of(task).cells if cell.day == day]
    locked = {member_id for cell in cells for member_id in cell.locked}
    free = [m for m in pair if m.id not in locked]
    return len(free) < len(pair) and not any(could(m, cell) for m in free for cell in cells)


def is_possible(task: Task, day: date, demands: Collection[Demand], patience: Patience) -> bool:
    """Whether a day can be filled when nothing is asked but these demands, and that each slot has its own group."""
    asked = set(demands)
    slots = [slot for slot in sorted(task.slots) if slot.day == day]
    program, columns = Program(), {}
    locked = {(demand.slot, demand.members[0]) for demand in asked if demand.rule == "locked" and demand.slot}
    for slot in slots:
        for member in task.members:
            if (slot, member.id) in locked:
                columns[slot, member.id] = program.column(1, 1)
            elif (
                slot.group in member.groups
                and not {
                    Demand("away", (member.id,)),
                    Demand("one_a_day", (member.id,)),
                }
                & asked
            ):
                columns[slot, member.id] = program.column()
    for slot in slots:
        if Demand("seats", (), slot) in asked:
            strangers = task.locked.get(slot, NOBODY) - {member.id for member in task.members}
            taken = sum(held == slot for held, _ in locked)
            people = max(slot.people - len(strangers), taken)
            program.row({column: 1 for (own, _), column in columns.items() if own == slot}, people, people)
    _bind(program, columns, locked, asked)
    return program.solve({}, patience).is_found


def _bind(
    program: Program, columns: dict[tuple[Slot, int], int], locked: set[tuple[Slot, int]], asked: set[Demand]
) -> None:
    """Add what is asked of members. Who is locked in is there: only what is drawn beside him is bound."""
    held = {member_id for _, member_id in locked}

    def drawn(member_id: int) -> dict[int, int]:
        return {c: 1 for (slot, own), c in columns.items() if own == member_id and (slot, own) not in locked}

    if Demand("one_a_day") in asked:
        for member_id in {own for _, own in columns}:
            program.row(drawn(member_id), 0, 0 if member_id in held else 1)
    for rule, members, _ in sorted(asked, key=lambda demand: demand[:2]):
        if rule == "fixed" and members[0] not in held:
            program.row(drawn(members[0]), 1, INF)
        if rule in {"never", "always"}:
            for one, other in (members, members[::-1]):
                _tie(program, (drawn(one), drawn(other)), (one in held, other in held), is_together=rule == "always")


def _tie(
    program: Program, turns: tuple[dict[int, int], dict[int, int]], held: tuple[bool, bool], *, is_together: bool
) -> None:
    """Let one of a pair be there only when the other is, or only when he is not; each may have several turns."""
    mine, theirs = turns
    if held[0] and not held[1]:
        program.row(theirs, *((1, INF) if is_together else (0, 0)))
    for column in mine if not any(held) else ():
        if is_together:
            program.row({column: 1, **dict.fromkeys(theirs, -1)}, -INF, 0)
        else:
            for other in theirs:
                program.row({column: 1, other: 1}, 0, 1)
