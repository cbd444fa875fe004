# SPDX-License-Identifier: MulanPSL-2.0
"""Who else could have a turn, and which turn it could be swapped for, each with what it costs; the best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from township_office.registers.duty.month import Shift
from township_office.registers.duty.staff import Line
from township_office.services.roster.changing import Owed
from township_office.services.roster.months import Roster
from township_office.services.roster.weighing import Cost, Scale


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody (key: the person) or somebody's turn (key: the shift, day: when it is).

    is_debtor: owes a turn to whoever has the turn now.
    """

    key: int
    name: str
    cost: Cost
    day: date | None = None
    is_debtor: bool = False


def who_could(roster: Roster, scale: Scale, shift: Shift, owed: Sequence[Owed] = ()) -> list[Option]:
    """Return everybody of the line's group who has no turn that day: debtors first, then what costs least."""
    line = line_of(roster, shift)
    busy = {one.person_id for one in roster.shifts if one.day == shift.day and one.id != shift.id}
    debtors = {one.debtor_id for one in owed if one.creditor_id == shift.person_id}
    people = roster.frame.people
    found = [
        Option(member.id, people[member.id].name, scale.cost({shift.id: member.id}, line), None,
               member.id in debtors)
        for member in roster.frame.task.members
        if line.group in member.groups and member.id != shift.person_id and member.id not in busy
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.is_debtor, one.cost.worth))


def turns_to_swap(roster: Roster, scale: Scale, shift: Shift, today: date) -> list[Option]:
    """Return the other turns of the same group in the month that this one can be swapped for, those served last."""
    line = line_of(roster, shift)
    lines = {one.id for one in roster.frame.lines if one.group == line.group}
    people, found = roster.frame.people, []
    for other in roster.shifts:
        if other.line_id not in lines or other.person_id in (None, shift.person_id) or other.day == shift.day:
            continue
        cost = scale.exchange(shift, other)
        if not cost.is_forbidden:
            found.append(Option(other.id, people[other.person_id or 0].name, cost, other.day))

    def rank(one: Option) -> tuple[object, ...]:
        day = one.day or shift.day
        return day < today, one.cost.worth, abs((day - shift.day).days)

    return sorted(found, key=rank)


def line_of(roster: Roster, shift: Shift) -> Line:
    """Return the line of a shift."""
    return next(one for one in roster.frame.lines if one.id == shift.line_id)
