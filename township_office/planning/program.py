# SPDX-License-Identifier: MulanPSL-2.0
"""An integer program for HiGHS: columns, rows, something to make small. The only file that knows the solver.

One thread, one seed, and limits in pieces of work rather than in seconds, so that the same task gives the same roster
on every PC; the clock only ends what would take too long for anybody to wait.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, count
from time import monotonic
from typing import Any

from township_office.core.progress import Progress, silent

INF = math.inf
Terms = Mapping[int, int]  # column → factor


@dataclass(frozen=True, slots=True)
class Solved:
    """What came of a program: the value of each column, none when nothing was found, and how good any could be."""

    values: Sequence[float] = ()
    reached: int = 0
    bound: float = -INF
    is_impossible: bool = False  # proven, not merely not found

    @property
    def is_found(self) -> bool:
        """Whether there are values."""
        return bool(self.values)

    @property
    def least(self) -> int:
        """The whole number that nothing goes below, when nothing goes below 0."""
        return max(0, math.ceil(self.bound - 1e-6)) if self.bound > -INF else 0

    @property
    def is_proven(self) -> bool:
        """Whether nothing better exists."""
        return self.is_found and self.reached <= self.least


IMPOSSIBLE = Solved(is_impossible=True)


@dataclass(slots=True)
class Patience:
    """How long the whole work may take, and who may end it sooner."""

    seconds: float
    progress: Progress = silent
    done: int = 0
    total: int = 0
    began: float = field(default_factory=monotonic)

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return max(0.0, self.began + self.seconds - monotonic())

    def longer(self, seconds: float) -> Patience:
        """Return the same with some more time."""
        return replace(self, seconds=self.seconds + seconds)

    def tick(self) -> None:
        """Let the listener know, and cancel."""
        self.progress(self.done, self.total)


@dataclass(slots=True)
class Program:
    """Columns of whole or real numbers and rows over them; `solve` makes a sum of columns as small as can be."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)

    def column(self, lower: float = 0, upper: float = 1, *, is_whole: bool = True) -> int:
        """Add a number to be found, and return its place."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(is_whole)
        return len(self.lower) - 1

    def row(self, terms: Terms, lower: float = -INF, upper: float = INF) -> None:
        """Demand that the sum of factor × column lies between lower and upper."""
        self.rows.append((terms, lower, upper))

    def solve(self, least: Terms, patience: Patience, *, pieces: int = 1_000, start: Sequence[float] = ()) -> Solved:
        """Return the columns for which the sum of `least` is smallest, or the best found within so many pieces of work.

        A piece is what the solver does between two looks at whether to go on: a node, a heuristic, a round of cuts.
        """
        if any(not terms and not low <= 0 <= high for terms, low, high in self.rows):
            return IMPOSSIBLE
        if not self.lower:
            self.column()  # with nothing to find the solver says neither yes nor no
        patience.tick()
        if patience.left <= 0:
            return Solved()
        solver = _solver(patience)
        solver.passModel(self._model(least))
        if len(start):
            _begin(solver, start)
        stopped = _run(solver, patience, pieces)
        if stopped is not None:
            raise stopped
        return _answer(solver)

    def _model(self, least: Terms) -> Any:
        import highspy

        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.lower), len(self.rows)
        model.col_cost_ = [float(least.get(column, 0)) for column in range(len(self.lower))]
        model.col_lower_, model.col_upper_ = self.lower, self.upper
        model.row_lower_ = [low for _, low, _ in self.rows]
        model.row_upper_ = [high for _, _, high in self.rows]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = [0, *accumulate(len(terms) for terms, _, _ in self.rows)]
        model.a_matrix_.index_ = [column for terms, _, _ in self.rows for column in terms]
        model.a_matrix_.value_ = [float(factor) for terms, _, _ in self.rows for factor in terms.values()]
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[is_whole] for is_whole in self.whole]
        return model


def _solver(patience: Patience) -> Any:
    import highspy

    solver = highspy.Highs()
    options = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 1e-6,
        "time_limit": patience.left,
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    return solver


def _begin(solver: Any, start: Sequence[float]) -> None:
    import highspy

    solution = highspy.HighsSolution()
    solution.col_value = [float(value) for value in start]
    solver.setSolution(solution)


def _run(solver: Any, patience: Patience, pieces: int) -> Exception | None:
    """Let it work; what the listener raises is kept, because an exception may not pass through the solver."""
    import highspy

    stopped: list[Exception] = []
    looks = count(1)

    def look(kind: Any, _message: str, _out: Any, into: Any, _data: Any) -> None:
        try:
            if not stopped:
                patience.tick()
        except Exception as error:  # noqa: BLE001 - raised again as soon as the solver is out
            stopped.append(error)
        into.user_interrupt = bool(stopped) or next(looks) > pieces

    solver.setCallback(look, None)
    for kind in (
        highspy.cb.HighsCallbackType.kCallbackMipInterrupt,
        highspy.cb.HighsCallbackType.kCallbackSimplexInterrupt,
    ):
        solver.startCallback(kind)
    solver.run()
    return stopped[0] if stopped else None


def _answer(solver: Any) -> Solved:
    import highspy

    status, info = solver.getModelStatus(), solver.getInfo()
    if status in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
        return IMPOSSIBLE
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Solved(bound=info.mip_dual_bound)
    return Solved(tuple(solver.getSolution().col_value), round(info.objective_function_value), info.mip_dual_bound)
