# SPDX-License-Identifier: MulanPSL-2.0
"""How even a roster is, counted by hand, and each rule it can break."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tests.planning.offices import HOLIDAY, RESTDAY, WORKDAY, days, month, people, slots
from township_office.planning.measuring import measure
from township_office.registers.duty.plan import Cells, Slot, Task

MONDAY = date(2026, 3, 2)
SPAN = days(MONDAY, 7)  # with a Saturday and a Sunday


def week(*who: int) -> tuple[Task, dict[Slot, tuple[int, ...]]]:
    """Three people, one line, and who has which day."""
    task = Task(slots(SPAN, (("a", 1),)), tuple(people({"a": 3})), gap=0)
    return task, {slot: (member_id,) for slot, member_id in zip(task.slots, who, strict=True)}


def rules(task: Task, cells: Cells) -> set[tuple[int | None, int, str]]:
    """Who breaks what on which day of March."""
    return {(breach.member, breach.slot.day.day, breach.rule) for breach in measure(task, cells).breaches}


def test_counts_loads_and_spreads():
    task, cells = week(1, 2, 3, 1, 2, 1, 1)
    standing = measure(task, cells).groups["a"]
    shares = {share.member: share for share in standing.shares}
    assert [(shares[n].turns[WORKDAY], shares[n].turns[RESTDAY]) for n in (1, 2, 3)] == [(2, 2), (2, 0), (1, 0)]
    assert [shares[n].load for n in (1, 2, 3)] == [5, 2, 1]
    assert standing.spread == {WORKDAY: 1, RESTDAY: 2}
    assert (standing.load_spread, standing.gap) == (4, 0)
    fairness = measure(task, cells)
    assert (fairness.guard, fairness.load, fairness.kinds) == (1, Fraction(4), 3)
    assert fairness.breaches == ()


def test_what_was_carried_counts_in():
    task, cells = week(1, 2, 3, 1, 2, 1, 1)
    members = (*task.members[:2], replace(task.members[2], carried={"a": {RESTDAY: 2, HOLIDAY: 1}, "b": {HOLIDAY: 9}}))
    standing = measure(replace(task, members=members), cells).groups["a"]
    assert standing.shares[2].load == 1 + 3 + 2
    assert standing.spread == {WORKDAY: 1, RESTDAY: 2}  # there is no holiday to fill


def test_who_could_have_no_turn_is_not_compared():
    task, cells = week(1, 2, 1, 2, 1, 2, 1)
    members = (*task.members[:2], replace(task.members[2], away=frozenset(SPAN)))
    standing = measure(replace(task, members=members), cells).groups["a"]
    assert [share.is_compared for share in standing.shares] == [True, True, False]
    assert standing.spread == {WORKDAY: 1, RESTDAY: 0}


def test_the_least_gap_counts_turns_elsewhere():
    task, cells = week(1, 2, 3, 1, 2, 3, 1)
    assert measure(task, cells).groups["a"].gap == 2
    members = (replace(task.members[0], elsewhere=frozenset({date(2026, 2, 28)})), *task.members[1:])
    assert measure(replace(task, members=members), cells).groups["a"].gap == 1


def test_each_rule_is_seen():
    task, cells = week(1, 2, 3, 1, 2, 3, 1)
    second, fourth = SPAN[1], SPAN[3]

    def changed(number: int, **changes: object) -> Task:
        members = [replace(m, **changes) if m.id == number else m for m in task.members]  # type: ignore[arg-type]
        return replace(task, members=tuple(members))

    assert rules(task, cells) == set()
    assert rules(changed(2, away=frozenset({second})), cells) == {(2, 3, "away")}
    assert rules(changed(2, elsewhere=frozenset({second})), cells) == {(2, 3, "one_a_day")}
    assert rules(changed(2, fixed=frozenset({second, fourth})), cells) == {(2, 5, "fixed")}
    assert rules(changed(2, groups=frozenset({"b"})), cells) == {(2, 3, "group"), (2, 6, "group")}
    assert rules(replace(task, locked={task.slots[0]: frozenset({3})}), cells) == {(3, 2, "locked")}
    assert rules(task, {**cells, task.slots[0]: (1, 3)}) == {(None, 2, "seats")}
    assert rules(task, {**cells, task.slots[0]: ()}) == {(None, 2, "seats")}
    assert rules(task, {**cells, task.slots[0]: (99,)}) == {(99, 2, "group")}
    near = {**cells, task.slots[1]: (1,)}
    assert rules(replace(task, gap=1), near) == {(1, 2, "gap"), (1, 3, "gap")}
    assert rules(replace(task, gap=0), near) == set()


def test_pairs_and_two_turns_on_one_day():
    task = Task(slots(SPAN[:1], (("a", 1), ("a", 1))), tuple(people({"a": 3})))
    first, second = task.slots
    pair = frozenset({frozenset({1, 2})})
    assert rules(task, {first: (1,), second: (1,)}) == {(1, 2, "one_a_day")}
    assert rules(replace(task, never=pair), {first: (1,), second: (2,)}) == {(1, 2, "never"), (2, 2, "never")}
    assert rules(replace(task, always=pair), {first: (1,), second: (3,)}) == {(1, 2, "always")}
    assert rules(replace(task, always=pair), {first: (1,), second: (2,)}) == set()


def test_a_gap_is_asked_of_a_group_that_is_large_enough():
    task = Task(slots(SPAN, (("a", 1),)), tuple(people({"a": 2})), gap=5)
    turns = {slot: (n % 2 + 1,) for n, slot in enumerate(task.slots)}
    assert rules(task, turns) == set()
    assert {rule for *_, rule in rules(task, {**turns, task.slots[1]: (1,)})} == {"gap"}


def test_it_is_quick_enough_for_each_change_by_hand():
    task = month(date(2026, 3, 1), 31)
    cells = {slot: tuple(range(9, 9 + slot.people)) for slot in task.slots}
    started = time.process_time()
    for _ in range(10):
        measure(task, cells)
    assert time.process_time() - started < 1  # 30 ms where nobody else works


def test_nothing_to_measure():
    assert measure(Task((), ()), {}).groups == {}
    empty = measure(Task(slots(SPAN, (("a", 1),)), ()), {})
    assert (empty.guard, empty.load, empty.kinds, len(empty.breaches)) == (0, 0, 0, 7)
