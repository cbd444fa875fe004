# SPDX-License-Identifier: MulanPSL-2.0
"""Of the rosters that are as fair: the one whose turns lie farthest apart, and then with the most wishes come true."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from math import ceil

from township_office.planning.fairest import Days, Found
from township_office.planning.pool import Part
from township_office.planning.program import Patience, Solved
from township_office.planning.rules import Gaps, Turn, gaps_of, turns_of
from township_office.planning.scales import GUARD, KINDS, LOAD

# Beyond so many open turns numbers and days are not looked for together, and nobody waits for the last day of a gap: a
# month of one office has fewer, a year more.
SMALL = 1_500
# Pieces of work: wider gaps are found within very few, or after hours.
WIDEN, WISH = 12, 200


@dataclass(frozen=True, slots=True)
class Spaced:
    """A roster, and what none that is as fair can do better.

    ceilings: the widest gap of each group. wishes: how many stay unmet, and at least how many have to.
    """

    found: Found
    ceilings: Gaps
    wishes: tuple[int, int] = (0, 0)


def spaced(found: Found, patience: Patience) -> Spaced:
    """Return the roster with the widest gaps, a day more at a time, and within them with the fewest wishes unmet.

    With m members and p on duty each day, no gap is wider than ⌊m / p⌋ − 1 free days.
    """
    part = found.part
    ceilings: Gaps = gaps_of(part, len(part.days))
    groups = list(part.compared)
    found, closed = _widened(found, groups, ceilings, patience)
    if len(groups) == 1:
        ceilings = found.gaps if closed else ceilings
    else:
        for group in groups:
            found, _ = _widened(found, [group], ceilings, patience)
    return _wished(Spaced(found, ceilings), patience)


def _widened(found: Found, groups: Collection[str], ceilings: Gaps, patience: Patience) -> tuple[Found, bool]:
    """Return the roster with gaps of these groups as wide as was found, and whether no wider ones exist."""
    is_large = len(turns_of(found.part, found.gaps)) > SMALL
    while True:
        gaps = {group: min(ceilings[group], gap + (group in groups)) for group, gap in found.gaps.items()}
        if gaps == found.gaps:
            return found, False
        if is_large and any(3 * gaps[group] > 2 * ceilings[group] for group in groups):
            return found, False
        days, solved = _first(found, gaps, patience)
        if not solved.is_found:
            return found, solved.is_impossible
        found = _with(found, days, solved)


def _first(found: Found, gaps: Gaps, patience: Patience) -> tuple[Days, Solved]:
    """Find days at these gaps, with the numbers of turns there are, or others that are as fair."""
    days = Days(found.part, gaps)
    days.with_counts(found.counts)
    solved = days.program.solve({}, patience, pieces=WIDEN)
    if solved.is_found:
        return days, solved
    if not _is_movable(found):
        return days, Solved()
    days = _as_fair(found, gaps)
    return days, days.program.solve({}, patience, pieces=WIDEN)


def _is_movable(found: Found) -> bool:
    """Whether numbers of turns may be changed for others as fair: it is known how fair, and there are few enough."""
    return found.reached.keys() >= {GUARD, LOAD, KINDS} and len(turns_of(found.part, found.gaps)) <= SMALL


def _as_fair(found: Found, gaps: Gaps) -> Days:
    days = Days(found.part, gaps)
    days.with_scales().keep(found.reached)
    return days


def _with(found: Found, days: Days, solved: Solved) -> Found:
    taken = days.taken(solved.values)
    return replace(found, turns=taken, gaps=days.gaps, counts=days.counted(taken))


def _wished(spaced: Spaced, patience: Patience) -> Spaced:
    found = spaced.found
    unmet = _unmet_before(found.part)
    costs = {turn: cost for turn in turns_of(found.part, found.gaps) if (cost := _cost(found.part, turn))}
    if not costs:
        return replace(spaced, wishes=(unmet, unmet))
    is_movable = _is_movable(found)
    days = _as_fair(found, found.gaps) if is_movable else Days(found.part, found.gaps)
    if not is_movable:
        days.with_counts(found.counts)
    reached = unmet + sum(cost for turn, cost in costs.items() if turn in found.turns)
    solved = days.program.solve({days.columns[turn]: cost for turn, cost in costs.items()}, patience, pieces=WISH)
    most = unmet + sum(min(0, cost) for cost in costs.values())
    if solved.is_found and unmet + solved.reached <= reached:
        found, reached = _with(found, days, solved), unmet + solved.reached
        most = max(most, unmet + ceil(solved.bound - 1e-6)) if is_movable else most
    return replace(spaced, found=found, wishes=(reached, most))


def _cost(part: Part, turn: Turn) -> int:
    return -part.members[turn.member].wishes.get(part.cells[turn.cell].day, 0)


def _unmet_before(part: Part) -> int:
    """Return how many wishes are unmet when nothing is drawn yet."""
    locked = {(member_id, cell.day) for cell in part.cells for member_id in cell.locked}
    unmet = 0
    for member in part.members.values():
        for day, wish in member.wishes.items():
            if day in part.days:
                unmet += max(0, -wish) if (member.id, day) in locked else max(0, wish)
    return unmet
