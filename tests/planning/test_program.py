# SPDX-License-Identifier: MulanPSL-2.0
"""Small programs whose answer is known."""

from __future__ import annotations

import pytest

from township_office.core.errors import Cancelled
from township_office.planning.program import INF, Patience, Program


def cheapest() -> tuple[Program, list[int]]:
    """At least 5 of three goods, two of each at most."""
    program = Program()
    goods = [program.column(0, 2) for _ in range(3)]
    program.row(dict.fromkeys(goods, 1), 5, INF)
    return program, goods


def test_the_least_is_found_and_proven():
    program, (a, b, c) = cheapest()
    solved = program.solve({a: 1, b: 3, c: 2}, Patience(10))
    assert [round(solved.values[n]) for n in (a, b, c)] == [2, 1, 2]
    assert (solved.reached, solved.least, solved.is_proven) == (9, 9, True)


def test_what_cannot_be_is_said():
    program, goods = cheapest()
    program.row(dict.fromkeys(goods, 1), 0, 4)
    solved = program.solve({}, Patience(10))
    assert solved.is_impossible
    assert not solved.is_found


def test_a_row_without_columns_is_a_fact():
    program, _ = cheapest()
    program.row({}, 0, 1)
    assert program.solve({}, Patience(10)).is_found
    program.row({}, 1, 1)
    assert program.solve({}, Patience(10)).is_impossible
    assert Program().solve({}, Patience(10)).is_found


def test_without_time_nothing_is_said():
    solved = cheapest()[0].solve({}, Patience(0))
    assert (solved.is_found, solved.is_impossible, solved.is_proven) == (False, False, False)


def test_who_listens_can_end_it_inside_the_solver():
    program = Program()
    items = [program.column() for _ in range(60)]
    for row in range(40):
        program.row({item: 7 + (item * row * 13 + item) % 29 for item in items}, 300 + row, INF)
    calls = []

    def stop(done: int, total: int) -> None:
        calls.append(done)
        if len(calls) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        program.solve({item: 50 + (item * 37) % 23 for item in items}, Patience(20, stop))
    assert len(calls) == 3
