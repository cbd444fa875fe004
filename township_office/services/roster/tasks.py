# SPDX-License-Identifier: MulanPSL-2.0
"""The office's people, lines, days and past turns as a task for the mathematics, and its cells as shifts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from township_office.registers.duty.balance import carried_into
from township_office.registers.duty.calendar import Day
from township_office.registers.duty.month import Shift, days_of, first_of, month_of
from township_office.registers.duty.plan import WEIGHTS, Cells, DayKind, Half, Member, Slot, Tally, Task
from township_office.registers.duty.staff import ABSENT, ALWAYS, FIXED, NEVER, SHIFTS, UNWISH, WISH, Away, Line, Person
from township_office.services.office import Office
from township_office.services.roster.calendar import days_of as days_between
from township_office.services.settings import get_setting
from township_office.store import duty

_NEAR = 15  # days before and behind a month whose turns are kept away from, as far as it can be


@dataclass(frozen=True)
class Frame:
    """All that a roster of some months stands on; slots know their line by its place in lines."""

    months: tuple[str, ...]
    days: tuple[Day, ...]
    lines: tuple[Line, ...]
    people: Mapping[int, Person]  # everybody there ever was
    task: Task

    @cached_property
    def places(self) -> dict[tuple[date, int, Half], Slot]:
        """Return the slots by day, line and half."""
        return {(slot.day, self.lines[slot.line].id, slot.half): slot for slot in self.task.slots}


def frame_of(office: Office, months: Sequence[str]) -> Frame:
    """Return the task of drawing some months that follow each other, everything locked and every wish in it.

    What was given out stands as it was then, whatever became of the lines and of the calendar since.
    """
    first, last = first_of(months[0]), days_of(months[-1])[-1]
    days, shifts = tuple(days_between(office, first, last)), duty.shifts(office.db, first, last)
    given_out = {one.month for one in duty.months(office.db) if one.is_published} & set(months)
    held = [shift for shift in shifts if month_of(shift.day) in given_out]
    lines = tuple(_lines_of(office, held, with_kept=len(given_out) < len(months)))
    kept = tuple(duty.lines(office.db)) if len(given_out) < len(months) else ()  # the first of lines
    open_days = [day for day in days if month_of(day.date) not in given_out]
    slots = (*slots_of(open_days, kept), *_slots_held(held, lines))
    people, aways = duty.people(office.db), duty.aways(office.db)
    carried = carried_into(months[0], people, aways, duty.counts(office.db), needs_of(slots))
    gap = int(get_setting(office, "duty.gap"))
    turns = _elsewhere(office, first, last, gap)
    task = Task(
        slots=slots,
        members=tuple(
            _member(person, aways, (first, last), carried.get(person.id, {}), turns.get(person.id, frozenset()))
            for person in people
            if any(person.is_here(day.date) for day in days)
        ),
        gap=gap,
        weights=weights_of(office),
        locked=_locked(shifts, slots, lines),
        never=_pairs(office, NEVER),
        always=_pairs(office, ALWAYS),
    )
    everybody = {person.id: person for person in duty.people(office.db, with_void=True)}
    return Frame(tuple(months), days, lines, everybody, task)


def slots_of(days: Iterable[Day], lines: Sequence[Line]) -> list[Slot]:
    """Return every line of every day that it is needed on."""
    return [
        Slot(day.date, place, half, line.group, day.kind, line.people, line.name)
        for day in days
        for place, line in enumerate(lines)
        if day.kind in line.kinds
        for half in line.halves
    ]


def _lines_of(office: Office, held: Sequence[Shift], *, with_kept: bool) -> list[Line]:
    """Return the lines that are kept, then those that had turns; without the former, as these were then."""
    kept = duty.lines(office.db) if with_kept else []
    every = duty.lines(office.db, with_void=True) if held else []
    had = [line for line in every if any(shift.line_id == line.id for shift in held)]
    return [*kept, *(line for line in had if line not in kept)] if with_kept else [_as_it_was(one, held) for one in had]


def _as_it_was(line: Line, held: Iterable[Shift]) -> Line:
    own = [shift for shift in held if shift.line_id == line.id]
    halves = {shift.half for shift in own}
    shift = next((key for key, some in SHIFTS.items() if halves == set(some)), line.shift)
    return replace(line, people=max(one.seat for one in own), shift=shift, kinds=frozenset(one.kind for one in own))


def _slots_held(held: Iterable[Shift], lines: Sequence[Line]) -> list[Slot]:
    """Return the slots of turns that were given out: as many people as there were, of the kind the day was."""
    places = {line.id: (place, line) for place, line in enumerate(lines)}
    seats: dict[tuple[date, int, Half, DayKind], int] = {}
    for shift in held:
        key = (shift.day, shift.line_id, shift.half, shift.kind)
        seats[key] = seats.get(key, 0) + 1
    return [
        Slot(day, places[line_id][0], half, places[line_id][1].group, kind, people, places[line_id][1].name)
        for (day, line_id, half, kind), people in seats.items()
    ]


def needs_of(slots: Iterable[Slot]) -> dict[str, list[tuple[date, DayKind, int]]]:
    """Return how many people each day wants, by group."""
    needs: dict[str, list[tuple[date, DayKind, int]]] = {}
    for slot in slots:
        needs.setdefault(slot.group, []).append((slot.day, slot.kind, slot.people))
    return needs


def weights_of(office: Office) -> dict[DayKind, Fraction]:
    """Return what a turn of each kind of day weighs in this office."""
    given = json.loads(get_setting(office, "duty.weights"))
    return {kind: Fraction(given.get(kind, str(WEIGHTS[kind]))) for kind in DayKind}


def cells_of(shifts: Iterable[Shift], slots: Iterable[Slot], lines: Sequence[Line]) -> Cells:
    """Return who stands where, by slot, as far as somebody does."""
    places = {(slot.day, lines[slot.line].id, slot.half): slot for slot in slots}
    cells: dict[Slot, tuple[int, ...]] = {}
    for shift in sorted(shifts, key=lambda one: one.seat):
        slot = places.get((shift.day, shift.line_id, shift.half))
        if slot is not None and shift.person_id is not None:
            cells[slot] = (*cells.get(slot, ()), shift.person_id)
    return cells


def _member(
    person: Person, aways: Iterable[Away], span: tuple[date, date], carried: Mapping[str, Tally], turns: frozenset[date]
) -> Member:
    first, last = span
    own = [away for away in aways if away.person_id == person.id and away.last_on >= first and away.first_on <= last]
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    absent = {day for day in days if not person.is_here(day)}
    wishes: dict[date, int] = {}
    for away in own:
        if away.kind in ABSENT:
            absent |= away.days()
        elif away.kind in (WISH, UNWISH):
            wishes |= dict.fromkeys(away.days(), 1 if away.kind == WISH else -1)
    fixed = frozenset(day for away in own if away.kind == FIXED for day in away.days() if first <= day <= last)
    within = frozenset(day for day in absent if first <= day <= last)
    wanted = {day: wish for day, wish in wishes.items() if first <= day <= last}
    return Member(person.id, person.name, frozenset(person.groups), within, fixed, wanted, carried, turns)


def _elsewhere(office: Office, first: date, last: date, gap: int) -> dict[int, frozenset[date]]:
    """Return the turns before and after some days that lie so near that turns are to keep away from them."""
    near, one = timedelta(max(gap, _NEAR)), timedelta(1)
    turns: dict[int, set[date]] = {}
    around = [*duty.shifts(office.db, first - near, first - one), *duty.shifts(office.db, last + one, last + near)]
    for shift in around:
        if shift.person_id is not None:
            turns.setdefault(shift.person_id, set()).add(shift.day)
    return {person: frozenset(days) for person, days in turns.items()}


def _locked(shifts: Iterable[Shift], slots: Sequence[Slot], lines: Sequence[Line]) -> dict[Slot, frozenset[int]]:
    held = cells_of((shift for shift in shifts if shift.is_locked), slots, lines)
    return {slot: frozenset(people) for slot, people in held.items()}


def _pairs(office: Office, rule: str) -> frozenset[frozenset[int]]:
    return frozenset(frozenset((one.first_id, one.second_id)) for one in duty.pairs(office.db) if one.rule == rule)
