# SPDX-License-Identifier: MulanPSL-2.0
"""What is fair, in the columns of a program: how far a group lies apart, and how even it is in the middle.

Within each group the spread of a kind is the largest count of its turns less the smallest, that of the load the same
over turns times weight; what was carried over counts in. The spreads of several groups and kinds are added up.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from township_office.planning.pool import Part, whole_weights
from township_office.planning.program import INF, Patience, Program, Solved
from township_office.registers.duty.plan import DayKind

GUARD, LOAD, KINDS, EVEN = "guard", "load", "kinds", "even"
# Squares are drawn as chords, so many on each side of the mean; a proof that the middle is as even as can be
# is worth less than the wait.
CHORDS, EVEN_PIECES = 4, 60

Key = tuple[int, str, DayKind]  # a member's turns of one kind in one group


@dataclass(slots=True)
class _Sum:
    """A count or a load: what is there already, and the columns that come to it."""

    base: int
    terms: dict[int, int]


@dataclass(slots=True)
class Settled:
    """The columns that came out, and what each goal reached; empty when nothing was found."""

    values: Sequence[float] = ()
    goals: dict[str, Solved] = field(default_factory=dict)


class Scales:
    """The goals of a part as sums of columns of a program.

    guard: by how much the spreads of kinds exceed 1, see Part.is_kept_near. load, kinds: the spreads. even: squares of
    loads and counts, for who is away for long makes a spread large whatever the others get, and these are to be even
    among themselves.
    """

    def __init__(self, part: Part, program: Program, counts: Mapping[Key, int]) -> None:
        """counts: the column of each member's open turns of a kind; who has none open keeps what is carried."""
        self._program, self._counts, self._weights = program, counts, whole_weights(part.task.weights)[0]
        self.goals: dict[str, dict[int, int]] = {GUARD: {}, LOAD: {}, KINDS: {}, EVEN: {}}
        self._within: list[tuple[_Sum, int, int]] = []
        for group in part.compared:
            self._weigh(part, group)

    def _weigh(self, part: Part, group: str) -> None:
        before = part.before(group)
        if not before:
            return
        for kind in part.kinds(group):
            sums = [self._sum(before[m][kind], {(m, group, kind): 1}) for m in before]
            seats = sum(cell.seats for cell in part.cells if (cell.group, cell.kind) == (group, kind))
            total = seats + sum(one.base for one in sums)
            low, high = self._spread(sums)
            self.goals[KINDS] |= {high: 1, low: -1}
            self._keep_near(part, group, kind, sums, (low, high))
            self._level(sums, total, 1, self._weights[kind] ** 2)
        low, high = self._spread(self._loads(part, group, set(DayKind)))
        self.goals[LOAD] |= {high: 1, low: -1}
        # The rarest days weigh most and are made up for by others that come soon: what is uneven in them lasts longest.
        rarest = sorted(DayKind, key=lambda kind: -self._weights[kind])
        for count in range(2, len(rarest) + 1):
            self._level_loads(part, group, set(rarest[:count]))

    def _keep_near(self, part: Part, group: str, kind: DayKind, sums: Sequence[_Sum], ends: tuple[int, int]) -> None:
        """Add how far a kind lies apart beyond 1."""
        if not part.is_kept_near(group, kind):
            return
        seats = sum(cell.seats for cell in part.cells if (cell.group, cell.kind) == (group, kind))
        total = seats + sum(one.base for one in sums)
        self._within += [(one, -(-total // len(sums)), total // len(sums)) for one in sums]
        low, high = ends
        over = self._program.column(0, INF, is_whole=False)
        self._program.row({over: 1, high: -1, low: 1}, -1)
        self.goals[GUARD][over] = 1

    def _loads(self, part: Part, group: str, kinds: Collection[DayKind]) -> list[_Sum]:
        """Return each one's load of some kinds of day."""
        return [
            self._sum(
                sum(self._weights[kind] * turns[kind] for kind in kinds),
                {(m, group, kind): self._weights[kind] for kind in part.kinds(group) if kind in kinds},
            )
            for m, turns in part.before(group).items()
        ]

    def _level_loads(self, part: Part, group: str, kinds: Collection[DayKind]) -> None:
        cells = [cell for cell in part.cells if cell.group == group and cell.kind in kinds]
        loads = self._loads(part, group, kinds)
        total = sum(cell.seats * self._weights[cell.kind] for cell in cells) + sum(one.base for one in loads)
        if cells:
            self._level(loads, total, max(1, max(self._weights.values()) // 2), 1)

    def _sum(self, base: int, keys: Mapping[Key, int]) -> _Sum:
        return _Sum(base, {self._counts[key]: factor for key, factor in keys.items() if key in self._counts})

    def _spread(self, sums: Sequence[_Sum]) -> tuple[int, int]:
        low, high = self._program.column(-INF, INF), self._program.column(-INF, INF)
        for one in sums:
            self._program.row({high: 1, **{column: -factor for column, factor in one.terms.items()}}, one.base)
            self._program.row({**one.terms, low: -1}, -one.base)
        return low, high

    def _level(self, sums: Sequence[_Sum], total: int, step: int, factor: int) -> None:
        """Add a column not below the square of each sum: chords between points a step apart, around the mean."""
        middle = total // len(sums)
        for one in sums:
            if not one.terms:
                continue
            square = self._program.column(-INF, INF, is_whole=False)
            self.goals[EVEN][square] = factor
            for chord in range(-CHORDS, CHORDS):
                start = middle + chord * step
                slope = 2 * start + step
                self._program.row(
                    {square: 1, **{column: -slope * times for column, times in one.terms.items()}},
                    slope * one.base - start * (start + step),
                )

    def keep(self, goals: Mapping[str, int]) -> None:
        """Demand that the goals are no worse than this."""
        for name, reached in goals.items():
            self._program.row(self.goals[name], -INF, reached)
        if GUARD in goals:
            self._tighten(1 + goals[GUARD])

    def _tighten(self, spread: int) -> None:
        """With no spread above this, no count is farther than it from the other side of the mean: a shorter proof."""
        for one, above, below in self._within:
            for column in one.terms:
                lower, upper = above - spread - one.base, below + spread - one.base
                self._program.lower[column] = max(self._program.lower[column], min(lower, self._program.upper[column]))
                self._program.upper[column] = min(self._program.upper[column], max(upper, self._program.lower[column]))

    def settle(self, patience: Patience, pieces: int, names: Sequence[str] = (GUARD, LOAD, KINDS, EVEN)) -> Settled:
        """Make one goal after the other as small as can be, each without giving up one before it."""
        settled = Settled()
        for name in names:
            limit = min(pieces, EVEN_PIECES) if name == EVEN else pieces
            solved = self._program.solve(self.goals[name], patience, pieces=limit, start=settled.values)
            if not solved.is_found:
                break
            settled.values = solved.values
            settled.goals[name] = solved
            if name != EVEN:
                self.keep({name: solved.reached})
        return settled
