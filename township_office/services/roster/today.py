# SPDX-License-Identifier: MulanPSL-2.0
"""Who is on duty today and tomorrow, with their phones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from township_office.registers.duty.plan import Half
from township_office.services.office import Office
from township_office.store import duty


@dataclass(frozen=True, slots=True)
class OnDuty:
    """One person of one line on a day."""

    line: str
    half: Half
    name: str
    post: str
    phone: str


def on_duty(office: Office, day: date) -> list[OnDuty]:
    """Return who is on duty on a day by the roster that was given out, in the order of the lines."""
    lines = {line.id: (place, line) for place, line in enumerate(duty.lines(office.db, with_void=True))}
    people = {person.id: person for person in duty.people(office.db, with_void=True)}
    month = duty.month(office.db, day.strftime("%Y-%m"))
    if month is None or not month.is_published:
        return []
    shifts = [shift for shift in duty.shifts(office.db, day, day) if shift.person_id is not None]
    shifts.sort(key=lambda shift: (lines[shift.line_id][0], shift.half is Half.NIGHT, shift.seat))
    found = []
    for shift in shifts:
        person = people[shift.person_id or 0]
        found.append(OnDuty(lines[shift.line_id][1].name, shift.half, person.name, person.post, person.phone))
    return found
