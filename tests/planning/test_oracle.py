# SPDX-License-Identifier: MulanPSL-2.0
"""Small offices, every roster there is: the drawn one is the fairest, and none is drawn only when there is none.

What is counted and forbidden is written here once more, from the words of the design, and shares no line with the room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.planning.conflict import find_conflict
from township_office.planning.drawing import draw
from township_office.planning.measuring import measure
from township_office.registers.duty.plan import WEIGHTS, DayKind, Half, Member, Outcome, Slot, Task

FIRST = date(2026, 9, 28)
Cells = dict[Slot, tuple[int, ...]]


@st.composite
def tasks(draw_: st.DrawFn) -> Task:
    """Three or four people in one group, or in two that share the first of them, for four to six days."""
    count, two = draw_(st.integers(4, 6)), draw_(st.booleans())
    span = [FIRST + timedelta(n) for n in range(count if not two else 4)]
    kinds = {day: draw_(st.sampled_from(list(DayKind))) for day in span}
    groups = ("a", "b") if two else ("a",)
    numbers = {"a": 1 if two else draw_(st.sampled_from([1, 1, 2])), "b": 1}
    slots = [
        Slot(day, line, Half.WHOLE, group, kinds[day], numbers[group])
        for day in span
        for line, group in enumerate(groups)
        if line == 0 or draw_(st.booleans())
    ]
    some_days = st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(span), max_size=2))
    members = []
    for n in range(draw_(st.integers(3, 4))):
        own = frozenset(groups) if n == 0 else frozenset({groups[n % len(groups)]})
        members.append(
            Member(
                n + 1,
                f"甲{n + 1}",
                own,
                away=draw_(some_days),
                fixed=frozenset({draw_(st.sampled_from(span))}) if draw_(st.integers(0, 9)) == 9 else frozenset(),
                carried={g: {kind: draw_(st.integers(0, 2)) for kind in DayKind} for g in sorted(own)},
                elsewhere=frozenset({FIRST - timedelta(1)}) if draw_(st.integers(0, 3)) == 3 else frozenset(),
            )
        )
    pairs = st.sampled_from([frozenset(p) for p in combinations(range(1, len(members) + 1), 2)])
    rule = draw_(st.sampled_from(["none", "never", "always", "locked"]))
    pair = frozenset({draw_(pairs)})
    held = {slots[0]: frozenset({draw_(st.integers(1, len(members)))})}
    return Task(
        tuple(slots),
        tuple(members),
        gap=draw_(st.integers(0, 3)),
        never=pair if rule == "never" else frozenset(),
        always=pair if rule == "always" else frozenset(),
        locked=held if rule == "locked" else {},
    )


def groups_of(task: Task) -> dict[str, list[Member]]:
    """Who is compared: those who could have one turn of the group."""
    return {
        group: [
            m
            for m in task.members
            if group in m.groups and any(may(task, m, s) for s in task.slots if s.group == group)
        ]
        for group in sorted({slot.group for slot in task.slots})
    }


def may(task: Task, member: Member, slot: Slot) -> bool:
    held = task.locked.get(slot, frozenset())
    if member.id in held:
        return True
    free = len(held) < slot.people
    return free and slot.group in member.groups and slot.day not in member.away | member.elsewhere


def gaps_of(task: Task, wanted: int) -> dict[str, int]:
    per_day = {
        group: max(sum(s.people for s in task.slots if (s.group, s.day) == (group, slot.day)) for slot in task.slots)
        for group in {slot.group for slot in task.slots}
    }
    return {g: max(0, min(wanted, len(own) // per_day[g] - 1)) for g, own in groups_of(task).items()}


def rosters(task: Task, gaps: Mapping[str, int]) -> Iterator[Cells]:
    """Every roster that keeps the hard rules."""
    slots = sorted(task.slots)

    def fill(place: int, cells: Cells) -> Iterator[Cells]:
        if place == len(slots):
            if is_whole(task, cells):
                yield dict(cells)
            return
        slot = slots[place]
        able = [m.id for m in task.members if may(task, m, slot) and is_apart(task, cells, gaps, slot, m)]
        for there in combinations(able, slot.people):
            if task.locked.get(slot, frozenset()) <= set(there):
                cells[slot] = there
                yield from fill(place + 1, cells)
                del cells[slot]

    return fill(0, {})


def is_apart(task: Task, cells: Cells, gaps: Mapping[str, int], slot: Slot, member: Member) -> bool:
    is_held = member.id in task.locked.get(slot, frozenset())
    for other, there in cells.items():
        if member.id in there and (slot.day - other.day).days <= min(gaps[slot.group], gaps[other.group]):
            return is_held and member.id in task.locked.get(other, frozenset())
    return is_held or all(abs((slot.day - day).days) > gaps[slot.group] for day in member.elsewhere)


def is_whole(task: Task, cells: Cells) -> bool:
    """Whether days are kept on which something was said of members."""
    for day in {slot.day for slot in task.slots}:
        there = {m for slot, ids in cells.items() if slot.day == day for m in ids}
        if any(day in m.fixed and m.id not in there for m in task.members):
            return False
        if any(pair <= there for pair in task.never) or any(len(pair & there) == 1 for pair in task.always):
            return False
    return True


def judged(task: Task, cells: Cells) -> tuple[int, Fraction, int]:
    """By how much spreads of kinds exceed 1, of working days where all carry the same; spreads of loads; of kinds."""
    guard, load, kinds = 0, Fraction(0), 0
    for group, members in groups_of(task).items():
        turns = {
            m.id: {
                kind: m.carried.get(group, {}).get(kind, 0)
                + sum(m.id in ids for slot, ids in cells.items() if (slot.group, slot.kind) == (group, kind))
                for kind in DayKind
            }
            for m in members
        }
        for kind in {slot.kind for slot in task.slots if slot.group == group}:
            counts = [own[kind] for own in turns.values()]
            kinds += max(counts) - min(counts)
            brought = {sum(WEIGHTS[k] * n for k, n in m.carried.get(group, {}).items()) for m in members}
            if kind is not DayKind.WORKDAY or len(brought) == 1:
                guard += max(0, max(counts) - min(counts) - 1)
        loads = [sum((WEIGHTS[kind] * n for kind, n in own.items()), Fraction(0)) for own in turns.values()]
        load += max(loads) - min(loads)
    return guard, load, kinds


@given(tasks())
@settings(max_examples=150, deadline=None)
def test_no_roster_is_fairer(task: Task):
    drawn = draw(task)
    alone = replace(task, members=tuple(replace(one, elsewhere=frozenset()) for one in task.members))
    wide = [(each, wanted) for each in (task, alone) for wanted in range(task.gap, 0, -1)]
    for each, wanted in [*wide, (task, 0)]:
        gaps = gaps_of(each, wanted)
        best = min((judged(task, cells) for cells in rosters(each, gaps)), default=None)
        if best is not None:
            break
    if best is None:
        assert drawn.outcome is Outcome.INFEASIBLE
        assert drawn.conflict == find_conflict(task) is not None
        return
    assert drawn.outcome is Outcome.OPTIMAL
    assert judged(task, dict(drawn.cells)) == best
    assert tuple(goal.reached for goal in drawn.goals[:3]) == best
    assert tuple(goal.bound for goal in drawn.goals[:3]) == best
    assert all(drawn.gaps[group] >= gap for group, gap in gaps.items())
    assert dict(drawn.cells) in list(rosters(each, drawn.gaps))
    fairness = measure(task, drawn.cells)
    assert (fairness.guard, fairness.load, fairness.kinds) == best
    assert {b.rule for b in fairness.breaches if b.member not in task.locked.get(b.slot, ())} <= {"gap"}
