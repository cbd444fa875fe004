# SPDX-License-Identifier: MulanPSL-2.0
"""The hard rules of a part, as sums over turns that are still open.

What is locked is a fact: rules bind what is drawn around it, not what it breaks by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from township_office.planning.pool import Part, could

Gaps = Mapping[str, int]  # free days between two turns, by group


class Turn(NamedTuple):
    """A member in a cell, by its place among the cells of the part."""

    cell: int
    member: int


class Rule(NamedTuple):
    """Of these turns, at least and at most so many; a turn counts by its factor."""

    turns: Mapping[Turn, int]
    least: int
    most: int


ByDay = Mapping[tuple[int, date], dict[Turn, int]]


def gaps_of(part: Part, wanted: int) -> dict[str, int]:
    """Return the free days between two turns that each group is large enough for, at most the wanted ones."""
    a_day: dict[tuple[str, date], int] = defaultdict(int)
    for cell in part.cells:
        a_day[cell.group, cell.day] += cell.seats + len(cell.locked)
    most = {
        group: max(1, 1, *(people for (own, _), people in a_day.items() if own == group)) for group in part.compared
    }
    return {group: max(0, min(wanted, len(part.compared[group]) // most[group] - 1)) for group in part.compared}


def turns_of(part: Part, gaps: Gaps) -> list[Turn]:
    """Return every turn that is still open and that no leave, no lock and no turn elsewhere forbids."""
    taken: dict[int, list[tuple[date, int | None]]] = defaultdict(list)
    for member in part.members.values():
        taken[member.id] += [(day, None) for day in member.elsewhere]
    for cell in part.cells:
        for member_id in cell.locked:
            taken[member_id].append((cell.day, gaps[cell.group]))

    def is_far(day: date, member_id: int, gap: int) -> bool:
        return all(abs((day - other).days) > (gap if own is None else min(own, gap)) for other, own in taken[member_id])

    return [
        Turn(place, member.id)
        for place, cell in enumerate(part.cells)
        for member in part.members.values()
        if member.id not in cell.locked and could(member, cell) and is_far(cell.day, member.id, gaps[cell.group])
    ]


def rules_of(part: Part, turns: Sequence[Turn], gaps: Gaps) -> Iterator[Rule]:
    """Yield every hard rule over the open turns: seats, fixed days, pairs, gaps with no two turns on one day."""
    by_cell: dict[int, dict[Turn, int]] = {place: {} for place in range(len(part.cells))}
    by_day: dict[tuple[int, date], dict[Turn, int]] = defaultdict(dict)
    for turn in turns:
        by_cell[turn.cell][turn] = 1
        by_day[turn.member, part.cells[turn.cell].day][turn] = 1
    for place, cell in enumerate(part.cells):
        yield Rule(by_cell[place], cell.seats, cell.seats)
    locked = {(member_id, cell.day) for cell in part.cells for member_id in cell.locked}
    days = part.days
    for member in part.members.values():
        for day in days:
            if day in member.fixed and (member.id, day) not in locked:
                yield Rule(by_day[member.id, day], 1, 1)
    yield from _pairs(part, by_day, locked)
    yield from _spaced(part, turns, gaps)


def _pairs(part: Part, by_day: ByDay, locked: set[tuple[int, date]]) -> Iterator[Rule]:
    for pairs, together in ((part.task.never, False), (part.task.always, True)):
        for one, other in sorted(tuple(sorted(pair)) for pair in pairs if len(pair & part.members.keys()) == 2):
            for day in part.days:
                mine, theirs = by_day.get((one, day), {}), by_day.get((other, day), {})
                there = ((one, day) in locked, (other, day) in locked)
                if not mine and not theirs:
                    continue
                if together:
                    difference = there[1] - there[0]
                    yield Rule(mine | dict.fromkeys(theirs, -1), difference, difference)
                else:
                    yield Rule(mine | theirs, 0, 1 - any(there))


def _spaced(part: Part, turns: Sequence[Turn], gaps: Gaps) -> Iterator[Rule]:
    """Yield at most one turn in every window of days; a member of two groups has the windows of each."""
    own: dict[int, list[Turn]] = defaultdict(list)
    for turn in turns:
        own[turn.member].append(turn)
    for mine in own.values():
        for gap in sorted({gaps[part.cells[turn.cell].group] for turn in mine}):
            yield from _windows(part, [turn for turn in mine if gaps[part.cells[turn.cell].group] >= gap], gap)


def _windows(part: Part, mine: Sequence[Turn], gap: int) -> Iterator[Rule]:
    ahead = 0  # the turns before it are in a window that was said already
    for first, turn in enumerate(mine):
        start, after = part.cells[turn.cell].day, first
        while after < len(mine) and (part.cells[mine[after].cell].day - start).days <= gap:
            after += 1
        if after - first > 1 and after > ahead:
            yield Rule(dict.fromkeys(mine[first:after], 1), 0, 1)
        ahead = max(ahead, after)
