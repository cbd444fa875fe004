# SPDX-License-Identifier: MulanPSL-2.0
"""Who of a group is on which of its lines: by turns, so that nobody has the night line each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from township_office.planning.pool import NOBODY, Cell
from township_office.registers.duty.plan import Cells, Half, Slot, Task


def seat(task: Task, cells: Iterable[tuple[Cell, frozenset[int]]]) -> Cells:
    """Return who is in each slot. A line takes those who had it least of all their turns; locked ones stay."""
    places = {member.id: place for place, member in enumerate(task.members)}
    had: Counter[tuple[int, int, Half]] = Counter()
    turns: Counter[int] = Counter()
    seated: dict[Slot, tuple[int, ...]] = {}
    for cell, drawn in sorted(cells, key=lambda pair: pair[0].slots):
        waiting = sorted(drawn, key=lambda member_id: places[member_id])
        for slot in cell.slots:
            locked = task.locked.get(slot, NOBODY)
            share = {who: had[who, slot.line, slot.half] / max(1, turns[who]) for who in waiting}
            waiting.sort(key=share.__getitem__)
            free = max(0, slot.people - len(locked))
            chosen, waiting = waiting[:free], waiting[free:]
            there = sorted([*locked, *chosen], key=lambda member_id: (places.get(member_id, len(places)), member_id))
            seated[slot] = tuple(there)
            had.update((member_id, slot.line, slot.half) for member_id in there)
            turns.update(there)
    return dict(sorted(seated.items()))
