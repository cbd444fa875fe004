# SPDX-License-Identifier: MulanPSL-2.0
"""The fairest roster of one part: first how many turns each has, then on which days.

How many is a small program that knows leave only by its length: no roster can be fairer than what it finds. When days
can be found for these very numbers, the roster is proven at once, which it nearly always is. When they cannot, numbers
and days are looked for together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from township_office.planning.pool import Part
from township_office.planning.program import Patience, Program, Solved
from township_office.planning.rules import Gaps, Turn, gaps_of, rules_of, turns_of
from township_office.planning.scales import EVEN, GUARD, KINDS, LOAD, Key, Scales, Settled

# Pieces of work: what is found at all is found within few, proofs of small programs need many.
ANY, COUNT, PLACE, BOTH = 500, 3_000, 100, 3_000
PATIENCE_FOR_ANY = 30.0  # seconds more, when the time is up before there is any roster


@dataclass(frozen=True, slots=True)
class Found:
    """The turns of a part, what they reach of each goal, and what none can do better, both in whole weights."""

    part: Part
    turns: frozenset[Turn]
    gaps: Gaps
    counts: Mapping[Key, int]
    bounds: Mapping[str, int] = field(default_factory=dict)
    reached: Mapping[str, int] = field(default_factory=dict)


class Days:
    """A program with a column for each open turn, under the hard rules."""

    def __init__(self, part: Part, gaps: Gaps) -> None:
        self.part, self.gaps, self.program = part, gaps, Program()
        self.turns = turns_of(part, gaps)
        self.columns = {turn: self.program.column() for turn in self.turns}
        for rule in rules_of(part, self.turns, gaps):
            terms = {self.columns[turn]: factor for turn, factor in rule.turns.items()}
            self.program.row(terms, rule.least, rule.most)
        self.by_key: dict[Key, list[Turn]] = defaultdict(list)
        for turn in self.turns:
            cell = part.cells[turn.cell]
            self.by_key[turn.member, cell.group, cell.kind].append(turn)

    def with_counts(self, counts: Mapping[Key, int]) -> None:
        """Demand these numbers of turns. Turns that a wider gap has closed may be among them: then nothing is found."""
        for key, count in counts.items():
            terms = {self.columns[turn]: 1 for turn in self.by_key.get(key, ())}
            self.program.row(terms, count, count)

    def with_scales(self) -> Scales:
        """Add columns that count turns, and the goals over them."""
        columns = {}
        for key, own in self.by_key.items():
            columns[key] = self.program.column(0, len(own))
            self.program.row({columns[key]: 1, **{self.columns[turn]: -1 for turn in own}}, 0, 0)
        return Scales(self.part, self.program, columns)

    def taken(self, values: Sequence[float]) -> frozenset[Turn]:
        """Return the turns that are taken."""
        return frozenset(turn for turn in self.turns if values[self.columns[turn]] > 0.5)

    def counted(self, taken: Iterable[Turn]) -> dict[Key, int]:
        """Return how many turns of each kind each member has."""
        chosen = frozenset(taken)
        return {key: sum(turn in chosen for turn in own) for key, own in self.by_key.items()}


def fairest(part: Part, patience: Patience) -> Found | None:
    """Return the fairest roster of a part, None when there is none at all.

    Gaps are kept as wide as wanted, or, when leave makes that impossible, a day narrower, and so on. Those to the turns
    of other months are given up before all gaps are: two drivers take turns, though one has two where months meet.
    """
    alone = _without_other_months(part)
    wide = [(each, wanted) for each in (part, alone) for wanted in range(part.task.gap, 0, -1)]
    tried: list[tuple[Part, Gaps]] = []
    for each, wanted in [*wide, (part, 0)]:
        gaps = gaps_of(each, wanted)
        if (each, gaps) not in tried and (any(gaps.values()) or not wanted):
            tried.append((each, gaps))
            days = Days(each, gaps)
            any_roster = days.program.solve({}, patience.longer(PATIENCE_FOR_ANY), pieces=ANY)
            if any_roster.is_found:
                return _fair(each, days, any_roster, patience)
    return None


def _without_other_months(part: Part) -> Part:
    """Return the same part with nobody's turns elsewhere but those on its own days."""
    own = frozenset(part.days)
    members = {one.id: replace(one, elsewhere=one.elsewhere & own) for one in part.members.values()}
    compared = {group: tuple(members[one.id] for one in there) for group, there in part.compared.items()}
    return replace(part, members=members, compared=compared)


def _fair(part: Part, days: Days, any_roster: Solved, patience: Patience) -> Found:
    counted, counts = _count(days, patience)
    if counted.values:
        same = Days(part, days.gaps)
        same.with_counts(counts)
        placed = same.program.solve({}, patience, pieces=PLACE)
        if placed.is_found:
            return _found(same, placed, _reached(counted), counted.goals)
    return _together(part, days, any_roster, counted, patience)


def _count(days: Days, patience: Patience) -> tuple[Settled, dict[Key, int]]:
    """Return the fairest numbers of turns, were there no days: their goals bound those of every roster."""
    part, program = days.part, Program()
    columns: dict[Key, int] = {}
    seats: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    own: dict[int, dict[int, int]] = defaultdict(dict)
    dates: dict[int, list[date]] = defaultdict(list)
    for key, turns in days.by_key.items():
        on = [part.cells[turn.cell].day for turn in turns]
        columns[key] = program.column(0, most(on, days.gaps[key[1]]))
        seats[key[1], key[2]][columns[key]] = 1
        own[key[0]][columns[key]] = 1
        dates[key[0]] += on
    for group in part.compared:
        for kind in part.kinds(group):
            need = sum(cell.seats for cell in part.cells if (cell.group, cell.kind) == (group, kind))
            program.row(seats[group, kind], need, need)
    for member_id, terms in own.items():
        program.row(terms, 0, most(dates[member_id], min(days.gaps.values())))
    settled = Scales(part, program, columns).settle(patience, COUNT)
    return settled, {key: round(settled.values[column]) for key, column in columns.items() if settled.values}


def most(days: Iterable[date], gap: int) -> int:
    """Return how many of these days one person can be on duty with so many free days between."""
    count, last = 0, date.min
    for day in sorted(set(days)):
        if count == 0 or (day - last).days > gap:
            count, last = count + 1, day
    return count


def _together(part: Part, days: Days, any_roster: Solved, counted: Settled, patience: Patience) -> Found:
    """Look for numbers and days together: as fair as the numbers alone would allow, else as fair as possible."""
    proven = {name: solved.reached for name, solved in counted.goals.items() if name != EVEN and solved.is_proven}
    if len(proven) == len((GUARD, LOAD, KINDS)):
        both = Days(part, days.gaps)
        scales = both.with_scales()
        scales.keep(proven)
        settled = scales.settle(patience, PLACE, (EVEN,))
        if settled.values:
            return _found(both, settled, proven | _reached(settled), counted.goals)
    both = Days(part, days.gaps)
    settled = both.with_scales().settle(patience, BOTH)
    if settled.values:
        return _found(both, settled, _reached(settled), settled.goals)
    return _found(days, any_roster, {}, {})


def _reached(settled: Settled) -> dict[str, int]:
    return {name: solved.reached for name, solved in settled.goals.items()}


def _found(days: Days, at: Solved | Settled, reached: Mapping[str, int], goals: Mapping[str, Solved]) -> Found:
    bounds = {name: goals[name].least for name in (GUARD, LOAD, KINDS) if name in goals}
    taken = days.taken(at.values)
    return Found(days.part, taken, days.gaps, days.counted(taken), bounds, reached)
