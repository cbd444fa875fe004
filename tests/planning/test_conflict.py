# SPDX-License-Identifier: MulanPSL-2.0
"""When there is no roster, what is told cannot hold together, and can without any one of its parts."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import given, settings

from tests.planning.offices import WORKDAY, days, month, people, slots
from tests.planning.test_oracle import gaps_of, rosters, tasks
from township_office.planning.conflict import find_conflict
from township_office.registers.duty.plan import Conflict, Half, Member, Slot, Task

MONDAY = date(2026, 3, 2)


def clash_of(task: Task) -> Conflict:
    found = find_conflict(task)
    assert found is not None
    return found


def one_day(size: int, *lines: tuple[str, int]) -> Task:
    return Task(slots([MONDAY], lines or (("a", 1),)), tuple(people({"a": size})))


def with_members(task: Task, **changes: object) -> Task:
    return replace(task, members=tuple(replace(member, **changes) for member in task.members))


# --- each rule --------------------------------------------------------------------------------------------------------


def test_leave():
    clash = clash_of(with_members(one_day(3), away=frozenset({MONDAY})))
    assert (clash.members, [s.day for s in clash.slots], clash.rules) == ((1, 2, 3), [MONDAY], ("away",))


def test_a_group_that_is_too_small():
    assert (clash_of(one_day(1, ("a", 2))).members, clash_of(one_day(1, ("a", 2))).rules) == ((), ("group",))
    clash = clash_of(one_day(1, ("a", 1), ("a", 1)))
    assert (clash.members, len(clash.slots), clash.rules) == ((), 2, ("one_a_day",))


def test_two_who_are_fixed_on_one_seat():
    clash = clash_of(with_members(one_day(2), fixed=frozenset({MONDAY})))
    assert (clash.members, len(clash.slots), clash.rules) == ((1, 2), 1, ("fixed",))


def test_fixed_on_leave_or_without_a_line():
    away = with_members(one_day(1), fixed=frozenset({MONDAY}), away=frozenset({MONDAY}))
    stranger = replace(one_day(1), members=(*people({"a": 2}), Member(9, "乙", frozenset(), fixed=frozenset({MONDAY}))))
    assert (clash_of(stranger).members, clash_of(stranger).rules) == ((9,), ("fixed",))
    assert clash_of(away).members == (1,)


def test_a_couple():
    task = replace(one_day(2, ("a", 2)), never=frozenset({frozenset({1, 2})}))
    assert (clash_of(task).members, clash_of(task).rules) == ((1, 2), ("never",))


def test_a_pair_on_one_seat():
    task = replace(one_day(2), always=frozenset({frozenset({1, 2})}))
    assert (clash_of(task).members, clash_of(task).rules) == ((1, 2), ("always",))


def test_a_turn_elsewhere():
    clash = clash_of(with_members(one_day(2), elsewhere=frozenset({MONDAY})))
    assert (clash.members, clash.rules) == ((1, 2), ("one_a_day",))


def test_a_locked_partner():
    span = [MONDAY]
    task = Task(slots(span, (("a", 1), ("b", 1))), tuple(people({"a": 2, "b": 1})))
    held = replace(task, locked={task.slots[0]: frozenset({1})}, never=frozenset({frozenset({1, 3})}))
    clash = clash_of(held)
    assert (clash.members, clash.slots, set(clash.rules)) == ((1, 3), task.slots, {"locked", "never"})


def test_locks_that_break_rules_among_themselves_are_no_clash():
    slot, other = one_day(2, ("a", 1), ("a", 1)).slots
    task = replace(one_day(2, ("a", 1), ("a", 1)), locked={slot: frozenset({1}), other: frozenset({1})})
    assert find_conflict(with_members(task, away=frozenset({MONDAY}))) is None


def test_the_smallest_of_several_days_is_told():
    span = days(MONDAY, 3)
    task = Task(slots(span, (("a", 1), ("b", 1))), tuple(people({"a": 4, "b": 2})))
    members = [replace(m, away=frozenset(span[:1] if m.id <= 4 else span[1:])) for m in task.members]
    clash = clash_of(replace(task, members=tuple(members)))
    assert (clash.members, clash.slots[0].day) == ((5, 6), span[1])


def test_no_clash():
    assert find_conflict(one_day(2)) is None
    assert find_conflict(Task((), ())) is None


@pytest.mark.parametrize("count", [31, 365])
def test_it_is_told_in_a_moment(count: int):
    task = month(date(2026, 1, 1), count, 4)
    span = days(date(2026, 1, 1), count)
    members = [replace(m, away=frozenset(span[-7:])) if "driver" in m.groups else m for m in task.members]
    started = time.process_time()
    clash = clash_of(replace(task, members=tuple(members)))
    assert time.process_time() - started < 10  # 0.3 s and 1.5 s where nobody else works
    assert (clash.members, clash.rules) == (tuple(range(25, 31)), ("away",))


# --- irreducible ------------------------------------------------------------------------------------------------------


@given(tasks())
@settings(max_examples=120, deadline=None)
def test_each_part_of_a_clash_is_needed(task: Task):
    """Each member let off, each turn not to be filled, each rule not held: the rest can be."""
    clash = find_conflict(task)
    assert (clash is None) == (next(rosters(task, gaps_of(task, 0)), None) is not None)
    if clash is None:
        return
    members, asked, rules = set(clash.members), set(clash.slots), set(clash.rules)
    day = min((slot.day for slot in asked), default=None) or next(
        day for m in task.members if m.id in members for day in sorted(m.fixed)
    )
    assert {slot.day for slot in asked} <= {day}
    assert not can_be(task, day, members, asked, rules)
    assert all(can_be(task, day, members - {member_id}, asked, rules) for member_id in members)
    assert all(can_be(task, day, members, asked - {slot}, rules) for slot in asked)
    assert all(can_be(task, day, members, asked, rules - {rule}) for rule in rules - {"group"})


Kept = tuple[Collection[int], Collection[Slot], Collection[str]]  # members, turns and rules


def can_be(task: Task, day: date, bound: Collection[int], asked: Collection[Slot], rules: Collection[str]) -> bool:
    """Whether a day can be filled when only these members are bound, by these rules, and these turns needed."""
    slots_there = [slot for slot in sorted(task.slots) if slot.day == day]
    choices = [list(_choices(task, member, slots_there, (bound, asked, rules))) for member in task.members]
    return any(
        _is_good(task, dict(zip((m.id for m in task.members), chosen, strict=True)), (bound, asked, rules))
        for chosen in product(*choices)
    )


def _choices(task: Task, member: Member, there: list[Slot], kept: Kept) -> Iterator[frozenset[Slot]]:
    """Which turns of a day a member could have at once."""
    bound, asked, rules = kept
    is_bound, day = member.id in bound, there[0].day
    held = {s for s in asked if is_bound and "locked" in rules and member.id in task.locked.get(s, ())}
    free = [s for s in there if s not in held and s.group in member.groups]
    if is_bound and (("away" in rules and day in member.away) or ("one_a_day" in rules and day in member.elsewhere)):
        free = []
    most = len(free) if "one_a_day" not in rules else (0 if held else 1)
    for count in range(most + 1):
        for chosen in combinations(free, count):
            if held or chosen or not (is_bound and "fixed" in rules and day in member.fixed):
                yield frozenset(held | set(chosen))


def _is_good(task: Task, turns: dict[int, frozenset[Slot]], kept: Kept) -> bool:
    bound, asked, rules = kept
    if any(sum(slot in own for own in turns.values()) != slot.people for slot in asked):
        return False
    on = {member_id for member_id, own in turns.items() if own}
    for rule, pairs, wrong in (("never", task.never, 2), ("always", task.always, 1)):
        if rule in rules and any(pair <= set(bound) and len(pair & on) == wrong for pair in pairs):
            return False
    return True


def test_day_and_night_of_one_person():
    both = tuple(Slot(MONDAY, 0, half, "a", WORKDAY) for half in (Half.DAY, Half.NIGHT))
    clash = clash_of(Task(both, tuple(people({"a": 1}))))
    assert (clash.members, clash.slots, clash.rules) == ((), both, ("one_a_day",))
