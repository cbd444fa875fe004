# SPDX-License-Identifier: MulanPSL-2.0
"""Drawing up a roster: the fairest there is, with the proof of it or with how much fairer one could be."""

from __future__ import annotations

from fractions import Fraction

from township_office.core.progress import Progress, silent
from township_office.planning.conflict import find_conflict
from township_office.planning.fairest import fairest
from township_office.planning.measuring import measure
from township_office.planning.pool import Cell, parts_of, whole_weights
from township_office.planning.program import Patience
from township_office.planning.scales import GUARD, KINDS, LOAD
from township_office.planning.seating import seat
from township_office.planning.spacing import Spaced, spaced
from township_office.registers.duty.plan import Cells, Drawn, Goal, Outcome, Task

GAPS, WISHES = "gaps", "wishes"


def draw(task: Task, progress: Progress = silent, seconds: float = 60.0) -> Drawn:
    """Return the fairest roster. The same task gives the same roster, unless the seconds were not enough.

    Its goals, each the least that is possible without giving up one before it:
    guard, by how much the spreads of kinds exceed 1 (Part.is_kept_near); load, the spread of turns times weight; kinds,
    the spread of turns of a kind; gaps, by how many free days the least gaps stay below ⌊members / people a day⌋ − 1;
    wishes, how many are unmet. Each is added up over groups. OPTIMAL says that the first three are proven.
    Raises Cancelled when progress does.
    """
    patience = Patience(seconds, progress)
    parts = parts_of(task)
    patience.total = 2 * len(parts)
    found = []
    for part in parts:
        fair = fairest(part, patience)
        patience.done += 1
        if fair is None:
            break
        found.append(fair)
    clash = find_conflict(task, patience) if len(found) < len(parts) or any(m.fixed for m in task.members) else None
    if clash is not None:
        return Drawn(Outcome.INFEASIBLE, {}, conflict=clash)
    if len(found) < len(parts):
        return Drawn(Outcome.BOUND, {})
    apart = []
    for fair in found:
        apart.append(spaced(fair, patience))
        patience.done += 1
    patience.tick()
    return _drawn(task, apart)


def _drawn(task: Task, apart: list[Spaced]) -> Drawn:
    chosen: list[tuple[Cell, frozenset[int]]] = []
    for each in apart:
        for place, cell in enumerate(each.found.part.cells):
            chosen.append((cell, frozenset(turn.member for turn in each.found.turns if turn.cell == place)))
    cells = seat(task, chosen)
    goals = _goals(task, cells, apart)
    is_proven = all(goal.is_proven for goal in goals if goal.name in {GUARD, LOAD, KINDS})
    gaps = {group: gap for each in apart for group, gap in each.found.gaps.items()}
    return Drawn(Outcome.OPTIMAL if is_proven else Outcome.BOUND, cells, goals, gaps=gaps)


def _goals(task: Task, cells: Cells, apart: list[Spaced]) -> tuple[Goal, ...]:
    """Return what was reached, measured on the roster itself, beside what was proven of it."""
    fairness = measure(task, cells)
    one = whole_weights(task.weights)[1]
    bounds = {name: sum(each.found.bounds.get(name, 0) for each in apart) for name in (GUARD, LOAD, KINDS)}
    gaps = [(each.ceilings[group] - gap, each) for each in apart for group, gap in each.found.gaps.items()]
    return (
        Goal(GUARD, Fraction(fairness.guard), Fraction(bounds[GUARD])),
        Goal(LOAD, fairness.load, bounds[LOAD] * one),
        Goal(KINDS, Fraction(fairness.kinds), Fraction(bounds[KINDS])),
        Goal(GAPS, Fraction(sum(short for short, _ in gaps)), Fraction(0)),
        Goal(WISHES, *(Fraction(sum(each.wishes[side] for each in apart)) for side in (0, 1))),
    )
