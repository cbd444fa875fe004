# SPDX-License-Identifier: MulanPSL-2.0
"""为什么是他, and who could instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tests.planning.offices import RESTDAY, WORKDAY, days, month, people, slots
from township_office.planning.drawing import draw
from township_office.planning.measuring import measure
from township_office.planning.why import candidates, why
from township_office.registers.duty.plan import Slot, Task

MONDAY = date(2026, 3, 2)
SPAN = days(MONDAY, 6)


def office() -> tuple[Task, dict[Slot, tuple[int, ...]]]:
    """Five people: on Wednesday 2 is on leave, 1 had Tuesday, 4 has had more, and 5 as few as 3."""
    members = people({"a": 5})
    members[1] = replace(members[1], away=frozenset({SPAN[2]}))
    members[3] = replace(members[3], carried={"a": {WORKDAY: 2}})
    members[2] = replace(members[2], elsewhere=frozenset({date(2026, 2, 20)}))
    task = Task(slots(SPAN, (("a", 1),)), tuple(members))
    return task, dict(zip(task.slots, [(2,), (1,), (3,), (2,), (5,), (3,)], strict=True))


def test_why_him():
    task, cells = office()
    told = why(task, cells, task.slots[2], 3)
    assert (told.chosen.member, told.chosen.turns, told.chosen.load, told.chosen.rules) == (3, 0, 0, ())
    assert told.chosen.days_since(SPAN[2]) == 12
    assert {(rival.member, rival.rules) for rival in told.unable} == {(1, ("gap",)), (2, ("away", "gap"))}
    assert [(rival.member, rival.turns, rival.load) for rival in told.fuller] == [(4, 2, Fraction(2))]
    assert [(rival.member, rival.days_since(SPAN[2])) for rival in told.others] == [(5, None)]
    assert told.after == {1: 1, 2: 2, 3: 1, 4: 2, 5: 1}
    assert not told.is_locked


def test_why_tells_a_lock_and_counts_the_kind_of_the_day():
    task, cells = office()
    told = why(replace(task, locked={task.slots[5]: frozenset({3})}), cells, task.slots[5], 3)
    assert told.is_locked
    assert told.chosen.turns == 0
    assert told.chosen.load == 1
    assert task.slots[5].kind is RESTDAY


def test_why_of_a_partner_who_never_comes_along():
    task, cells = office()
    task = replace(task, slots=(*task.slots, *slots(SPAN[2:3], (("b", 0), ("a", 1)))[1:]))
    cells |= {task.slots[-1]: (4,)}
    told = why(replace(task, never=frozenset({frozenset({4, 5})})), cells, task.slots[2], 3)
    assert (5, ("never",)) in {(rival.member, rival.rules) for rival in told.unable}
    assert (4, ("one_a_day",)) in {(rival.member, rival.rules) for rival in told.unable}


def test_why_of_one_who_is_not_there_is_a_mistake():
    task, cells = office()
    with pytest.raises(ValueError, match="not on duty"):
        why(task, cells, task.slots[0], 5)


def test_candidates_are_ranked_by_what_they_cost():
    task, cells = office()
    ranked = candidates(task, cells, task.slots[2])
    assert [one.member for one in ranked] == [5, 4, 1, 2]
    assert [one.rules for one in ranked] == [(), (), ("gap",), ("away", "gap")]
    now = measure(task, cells)
    for one in ranked:
        then = measure(task, {**cells, task.slots[2]: (one.member,)})
        assert (one.guard, one.load, one.kinds) == (
            then.guard - now.guard,
            then.load - now.load,
            then.kinds - now.kinds,
        )
    assert [one.gap for one in ranked] == [1, None, 0, 0]


def test_one_of_two_is_replaced_and_an_empty_seat_is_filled():
    task = Task(slots(SPAN[:1], (("a", 2),)), tuple(people({"a": 4})))
    slot = task.slots[0]
    assert [one.member for one in candidates(task, {slot: (1, 2)}, slot, leaving=2)] == [3, 4]
    assert [(one.member, one.rules) for one in candidates(task, {slot: (1,)}, slot)] == [(2, ()), (3, ()), (4, ())]


def test_every_cell_of_a_month_answers():
    task = month(date(2026, 2, 1), 28, 9)
    cells = draw(task).cells
    for slot, there in cells.items():
        for member_id in there:
            told = why(task, cells, slot, member_id)
            asked = {told.chosen.member, *(r.member for r in (*told.unable, *told.fuller, *told.others)), *there}
            assert asked == {m.id for m in task.members if slot.group in m.groups}
            assert told.chosen.rules == ()
