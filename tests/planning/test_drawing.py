# SPDX-License-Identifier: MulanPSL-2.0
"""A roster is filled, keeps every hard rule, is proven, and is the same each time."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from tests.planning.offices import (
    HOLIDAY,
    RESTDAY,
    SPRING,
    WORKDAY,
    carried,
    days,
    month,
    people,
    slots,
    turns_of,
)
from township_office.core.errors import Cancelled
from township_office.planning.drawing import draw
from township_office.planning.measuring import measure
from township_office.registers.duty.plan import Drawn, Half, Member, Outcome, Slot, Task

MAY = date(2026, 5, 1)
ODD_WEIGHTS = {WORKDAY: Fraction(1), RESTDAY: Fraction(13, 10), HOLIDAY: Fraction(2), SPRING: Fraction(3)}


def goal(drawn: Drawn, name: str) -> Fraction:
    return next(goal.reached for goal in drawn.goals if goal.name == name)


def drawn_well(task: Task) -> Drawn:
    """Draw, and see that nothing is broken and that what is said of it is measured."""
    drawn = draw(task)
    assert drawn.outcome is Outcome.OPTIMAL
    fairness = measure(task, drawn.cells)
    assert fairness.breaches == ()
    assert set(drawn.cells) == set(task.slots)
    assert (goal(drawn, "guard"), goal(drawn, "load"), goal(drawn, "kinds")) == (
        fairness.guard,
        fairness.load,
        fairness.kinds,
    )
    assert all(goal.bound <= goal.reached for goal in drawn.goals)
    for group, standing in fairness.groups.items():
        assert standing.gap is None or standing.gap >= drawn.gaps[group]
    return drawn


MONTHS = [
    month(date(2026, 3, 1), 31),
    month(date(2026, 2, 1), 28, 1),
    month(date(2026, 10, 1), 31, 2, (("all", 1), ("all", 1), ("all", 1)), {"all": 30}),
    month(
        date(2026, 2, 1),
        28,
        3,
        (("leader", 1), ("mid", 1), ("staff", 2), ("night", 1), ("driver", 1), ("emergency", 2)),
        {"leader": 5, "mid": 5, "staff": 8, "night": 4, "driver": 3, "emergency": 5},
    ),
    replace(month(date(2026, 2, 1), 28, 4), weights=ODD_WEIGHTS),
]


@pytest.mark.parametrize("task", MONTHS, ids=["three lines", "february", "one group", "six lines", "odd weights"])
def test_a_month_of_thirty_people_is_proven_in_a_moment(task: Task):
    started = time.process_time()
    drawn = drawn_well(task)
    assert time.process_time() - started < 6  # 1 s where nobody else works
    assert goal(drawn, "guard") == 0
    assert all(spread <= 1 for group in measure(task, drawn.cells).groups.values() for spread in group.spread.values())


def test_a_year_at_once_is_proven():
    started = time.process_time()
    drawn = drawn_well(month(date(2026, 1, 1), 365, 3))
    assert goal(drawn, "guard") == 0
    assert time.process_time() - started < 60


def test_what_was_carried_over_is_made_even():
    task = month(date(2026, 2, 1), 28, 5)
    drawn_well(replace(task, members=carried(task.members, 4, Random(5))))


def test_a_member_of_two_groups_couples_and_fixed_days_are_kept():
    task = month(date(2026, 2, 1), 28, 6)
    both = [replace(m, groups=frozenset({"leader", "staff"})) if m.id in {1, 2, 9} else m for m in task.members]
    sure = [
        replace(m, fixed=frozenset({date(2026, 2, 17)}), away=m.away - {date(2026, 2, 17)}) if m.id == 12 else m
        for m in both
    ]
    drawn = drawn_well(replace(task, members=tuple(sure), never=frozenset({frozenset({10, 25}), frozenset({11, 12})})))
    assert date(2026, 2, 17) in {slot.day for slot in turns_of(drawn.cells, 12)}


def test_pairs_are_together_always():
    span = days(MAY, 12)
    task = Task(slots(span, (("a", 2),)), tuple(people({"a": 6})), always=frozenset({frozenset({1, 2})}))
    drawn = drawn_well(task)
    assert [s.day for s in turns_of(drawn.cells, 1)] == [s.day for s in turns_of(drawn.cells, 2)] != []


def test_away_twenty_days_of_thirty_the_others_are_even():
    span = days(date(2026, 6, 1), 30)
    members = people({"a": 6})
    members[0] = replace(members[0], away=frozenset(span[:20]))
    drawn = drawn_well(Task(slots(span, (("a", 1),)), tuple(members)))
    counts = Counter(member_id for there in drawn.cells.values() for member_id in there)
    others = [counts[member.id] for member in members[1:]]
    assert max(others) - min(others) <= 1


def test_one_far_behind_does_not_leave_the_others_uneven():
    """He was on leave for long: the spread is large whatever is drawn, the rest are to be even all the same."""
    span = days(date(2026, 6, 1), 14)
    members = [replace(m, carried={"a": {WORKDAY: 9, RESTDAY: 3}}) for m in people({"a": 6})]
    members[0] = replace(members[0], carried={}, away=frozenset(span[2:]))
    drawn = drawn_well(Task(slots(span, (("a", 1),)), tuple(members)))
    standing = measure(Task(slots(span, (("a", 1),)), tuple(members)), drawn.cells).groups["a"]
    for kind in (WORKDAY, RESTDAY):
        counts = [share.turns[kind] for share in standing.shares[1:]]
        assert max(counts) - min(counts) <= 1


def test_a_wider_gap_costs_no_fairness():
    """The numbers that days alone would allow cannot be placed here; what is placed instead is not given up again."""
    span = days(date(2026, 9, 28), 4)
    kinds = dict(zip(span, [RESTDAY, HOLIDAY, WORKDAY, RESTDAY], strict=True))
    before = [(0, 0, 2), (0, 2, 0), (2, 0, 1), (0, 0, 0)]
    members = [
        replace(m, carried={"a": dict(zip([WORKDAY, RESTDAY, HOLIDAY], turns, strict=True))})
        for m, turns in zip(people({"a": 4}), before, strict=True)
    ]
    drawn = drawn_well(Task(slots(span, (("a", 1),), kinds), tuple(members), gap=2))
    assert goal(drawn, "load") == 2


@pytest.mark.parametrize("size", [2, 3])
def test_small_groups_take_turns(size: int):
    task = Task(slots(days(MAY, 31), (("driver", 1),)), tuple(people({"driver": size})), gap=5)
    drawn = drawn_well(task)
    assert drawn.gaps == {"driver": size - 1}


def test_one_person_has_every_day():
    task = Task(slots(days(MAY, 31), (("driver", 1),)), tuple(people({"driver": 1})))
    assert set(drawn_well(task).cells.values()) == {(1,)}


def test_the_gap_gives_way_to_leave():
    """Two drivers who take turns, and one is away at odd intervals: better a short gap than no roster."""
    span = days(date(2026, 3, 2), 10)
    members = people({"driver": 2})
    members[0] = replace(members[0], away=frozenset({span[2], span[5]}))
    drawn = draw(Task(slots(span, (("driver", 1),)), tuple(members)))
    assert drawn.outcome is Outcome.OPTIMAL
    assert drawn.gaps == {"driver": 0}
    assert {drawn.cells[slot] for slot in drawn.cells if slot.day in {span[2], span[5]}} == {(2,)}


def test_nothing_to_draw():
    assert draw(Task((), ())).outcome is Outcome.OPTIMAL
    assert draw(Task((), tuple(people({"a": 3})))).cells == {}


def test_nobody_there():
    drawn = draw(Task(slots(days(MAY, 3), (("a", 1),)), ()))
    assert (drawn.outcome, drawn.cells) == (Outcome.INFEASIBLE, {})
    assert drawn.conflict is not None
    assert drawn.conflict.rules == ("group",)


def test_all_on_leave():
    span = days(MAY, 5)
    drawn = draw(Task(slots(span, (("a", 1),)), tuple(replace(m, away=frozenset(span)) for m in people({"a": 4}))))
    assert drawn.outcome is Outcome.INFEASIBLE
    assert drawn.conflict is not None
    assert (drawn.conflict.members, drawn.conflict.rules, len(drawn.conflict.slots)) == ((1, 2, 3, 4), ("away",), 1)


@pytest.mark.parametrize("count", [28, 29, 31])
def test_a_month_is_as_long_as_it_is(count: int):
    task = Task(slots(days(date(2028, 2, 1), count), (("a", 1),)), tuple(people({"a": 5})))
    assert len(drawn_well(task).cells) == count
    assert (date(2028, 2, 29) in {slot.day for slot in task.slots}) == (count > 28)


def test_who_leaves_in_the_middle_is_there_until_then():
    span = days(MAY, 31)
    members = people({"a": 5})
    members[4] = replace(members[4], away=frozenset(span[15:]))
    drawn = drawn_well(Task(slots(span, (("a", 1),)), tuple(members)))
    assert 0 < len(turns_of(drawn.cells, 5)) <= 6
    assert all(slot.day < span[15] for slot in turns_of(drawn.cells, 5))


def test_the_year_changes_and_the_gap_is_kept():
    members = people({"a": 4})
    members[0] = replace(members[0], elsewhere=frozenset({date(2026, 12, 31)}))
    members[1] = replace(members[1], elsewhere=frozenset({date(2027, 1, 8)}))
    task = Task(slots(days(date(2027, 1, 1), 7), (("a", 1),)), tuple(members), gap=2)
    drawn = drawn_well(task)
    assert min(slot.day for slot in turns_of(drawn.cells, 1)) >= date(2027, 1, 3)
    assert max(slot.day for slot in turns_of(drawn.cells, 2)) <= date(2027, 1, 5)
    across = Task(slots(days(date(2026, 12, 25), 14), (("a", 1),)), tuple(people({"a": 4})))
    drawn_well(across)


def test_day_and_night_are_two_people_and_shared_out():
    span = days(MAY, 20)
    both = [Slot(day, 0, half, "a", WORKDAY) for day in span for half in (Half.DAY, Half.NIGHT)]
    drawn = drawn_well(Task(tuple(both), tuple(people({"a": 5}))))
    nights = Counter(there[0] for slot, there in drawn.cells.items() if slot.half is Half.NIGHT)
    assert all(3 <= nights[member_id] <= 5 for member_id in range(1, 6))


def test_locked_cells_stay_whatever_they_break():
    task = month(date(2026, 3, 1), 31, 7)
    first = [slot for slot in task.slots if slot.line == 0]
    locked = {first[0]: frozenset({1}), first[1]: frozenset({1}), first[4]: frozenset({9})}  # 9 is no leader
    drawn = draw(replace(task, locked=locked))
    assert drawn.outcome is Outcome.OPTIMAL
    assert all(ids <= set(drawn.cells[slot]) for slot, ids in locked.items())
    broken = {(breach.member, breach.slot) for breach in measure(task, drawn.cells).breaches}
    assert broken == {(1, first[0]), (1, first[1]), (9, first[4])}


def test_a_member_who_is_gone_keeps_his_locked_seat():
    task = month(date(2026, 3, 1), 5)
    slot = task.slots[0]
    drawn = draw(replace(task, locked={slot: frozenset({99})}))
    assert drawn.cells[slot] == (99,)


def test_a_whole_roster_locked_is_given_back():
    task = month(date(2026, 3, 1), 10)
    cells = draw(task).cells
    again = draw(replace(task, locked={slot: frozenset(there) for slot, there in cells.items()}))
    assert again.cells == cells
    assert again.outcome is Outcome.OPTIMAL


def test_wishes_are_met_where_it_costs_nothing():
    span = days(date(2026, 3, 2), 10)
    members = people({"a": 5})
    members[0] = replace(members[0], wishes={span[0]: 1, span[1]: -1})
    members[1] = replace(members[1], wishes={span[0]: -1, span[3]: 1})
    drawn = drawn_well(Task(slots(span, (("a", 1),)), tuple(members), gap=0))
    assert goal(drawn, "wishes") == 0
    assert span[0] in {slot.day for slot in turns_of(drawn.cells, 1)}
    assert span[3] in {slot.day for slot in turns_of(drawn.cells, 2)}
    crowd = [replace(m, wishes={span[0]: -1}) for m in people({"a": 5})]
    unmet = next(g for g in draw(Task(slots(span, (("a", 1),)), tuple(crowd))).goals if g.name == "wishes")
    assert (unmet.reached, unmet.bound) == (1, 1)


def test_the_same_task_gives_the_same_roster():
    """Not even the order in which Python walks through sets may show, so each time it is another process."""
    look = (
        "from datetime import date\nfrom tests.planning.offices import month\n"
        "from township_office.planning.drawing import draw\n"
        "cells = draw(month(date(2026, 2, 10), 14, 8)).cells\n"
        "print([(slot.day.day, slot.line, there) for slot, there in cells.items()])"
    )
    root = Path(__file__).parents[2]
    seen = {
        subprocess.run(
            [sys.executable, "-c", look],
            capture_output=True,
            text=True,
            check=True,
            cwd=root,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def test_it_can_be_cancelled():
    calls = []

    def stop(done: int, total: int) -> None:
        calls.append((done, total))
        if len(calls) > 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        draw(month(date(2026, 1, 1), 200), stop)


def test_progress_ends_where_it_said():
    calls = []
    draw(month(date(2026, 3, 1), 10), lambda done, total: calls.append((done, total)))
    assert calls[-1] == (6, 6)
    assert calls == sorted(calls)


def test_without_time_there_is_a_roster_and_its_bound():
    task = month(date(2026, 3, 1), 31)
    drawn = draw(task, seconds=0)
    assert drawn.outcome is Outcome.BOUND
    assert measure(task, drawn.cells).breaches == ()
    assert any(not goal.is_proven for goal in drawn.goals)


def test_who_has_nothing_to_do_is_no_matter():
    span = days(MAY, 6)
    extra = (Member(50, "乙", frozenset({"cook"})), Member(51, "丙", frozenset()))
    drawn = drawn_well(Task(slots(span, (("a", 1),)), (*people({"a": 3}), *extra)))
    assert {there[0] for there in drawn.cells.values()} == {1, 2, 3}


def test_nothing_of_the_solver_is_loaded_before_it_is_used():
    look = (
        "import sys, township_office.planning.drawing, township_office.planning.why\n"
        "print({'highspy', 'numpy'} & sys.modules.keys())"
    )
    found = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"


def test_two_people_change_every_day_though_the_months_around_leave_no_way():
    """31 days between a month that ends with one and a month that begins with the other: once he follows himself."""
    span = days(date(2026, 12, 1), 31)
    first, second = people({"driver": 2})
    around = (
        replace(first, elsewhere=frozenset({date(2026, 11, 30)})),
        replace(second, elsewhere=frozenset({date(2027, 1, 1)})),
    )
    drawn = draw(Task(slots(span, (("driver", 1),)), around))
    assert drawn.outcome is Outcome.OPTIMAL
    assert drawn.gaps == {"driver": 1}
    turns = [drawn.cells[slot] for slot in sorted(drawn.cells)]
    assert all(one != other for one, other in pairwise(turns))
