# SPDX-License-Identifier: MulanPSL-2.0
"""A month's roster, or the days of one holiday, as the sheet says it: the lines as they were then, who was changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from township_office.core.errors import OfficeError
from township_office.registers.duty.calendar import HOLIDAY_KINDS, Day
from township_office.registers.duty.month import Change, Month, Shift, month_of
from township_office.registers.duty.month import days_of as days_of_month
from township_office.registers.duty.plan import Half
from township_office.registers.duty.sheet import (
    NOWHERE,
    DutyHours,
    RosterSheet,
    SheetChange,
    SheetColumn,
    SheetDay,
    Span,
    Turn,
    Turns,
    month_title,
)
from township_office.registers.duty.staff import Line
from township_office.services.office import Office
from township_office.services.roster.calendar import days_of, days_of_year
from township_office.services.roster.months import checked_month
from township_office.services.settings import get_setting, office_name
from township_office.store import duty

_HALVES = list(Half)


@dataclass(frozen=True, slots=True)
class _Held:
    """What the file knows of some days; months that were never drawn are missing."""

    days: list[Day]
    months: list[Month]
    shifts: list[Shift]
    changes: list[Change]
    lines: list[Line]  # those that have shifts on these days, kept still or not


def month_sheet(office: Office, name: str) -> RosterSheet:
    """Return a month's sheet; raise OfficeError where nothing is drawn."""
    name = checked_month(name)
    days = days_of_month(name)
    return _sheet(office, (days[0], days[-1]), month_title(days[0]))


def holiday_sheet(office: Office, span: Span) -> RosterSheet:
    """Return the sheet of one holiday; raise OfficeError where a month of it is not drawn."""
    return _sheet(office, (span.first, span.last), span.title)


def holidays_of(office: Office, year: int) -> list[Span]:
    """Return the holidays of a year, those that begin in the December before too, as spans of days off."""
    days = [*days_of(office, date(year - 1, 12, 25), date(year - 1, 12, 31)), *days_of_year(office, year)]
    found = []
    for (is_off, name), group in groupby(days, key=lambda day: (day.kind in HOLIDAY_KINDS, day.name)):
        span = list(group)
        if is_off and span[-1].date.year == year:
            last = span[-1].date
            if (last.month, last.day) == (12, 31):  # goes on in January and is called by that year
                continue
            found.append(Span(name, year, span[0].date, last))
    return found


def is_drawn(office: Office, first: date, last: date) -> bool:
    """Whether there is a roster of each of some days."""
    return all(duty.month(office.db, name) for name in {month_of(first), month_of(last)})


def _sheet(office: Office, span: tuple[date, date], title: str) -> RosterSheet:
    held = _held(office, *span)
    columns = _columns(held)
    phones = get_setting(office, "duty.phones")
    return RosterSheet(
        office=office_name(office),
        title=title,
        columns=tuple(column for _, column in columns),
        days=tuple(_days(office, held, [(line.id, column.half) for line, column in columns], phones)),
        hours=DutyHours(get_setting(office, "duty.day_starts"), get_setting(office, "duty.night_starts")),
        phones=phones,
        phone=get_setting(office, "duty.phone"),
        fax=get_setting(office, "duty.fax"),
        made_by=held.months[-1].published_by or office.clerk,
        signed_by=held.months[-1].signed_by,
        remarks="；".join(dict.fromkeys(month.remarks for month in held.months if month.remarks)),
        changes=tuple(_changes(office, held)),
        is_draft=not all(month.is_published for month in held.months),
    )


def _held(office: Office, first: date, last: date) -> _Held:
    names = sorted({month_of(first), month_of(last)})
    months = [duty.month(office.db, name) for name in names]
    shifts = duty.shifts(office.db, first, last)
    missing = next((name for name, month in zip(names, months, strict=True) if month is None), None)
    if missing or not shifts:
        raise OfficeError("duty.nothing_drawn", month=missing or names[0])
    used = {shift.line_id for shift in shifts}
    lines = [line for line in duty.lines(office.db, with_void=True) if line.id in used]
    kept = [month for month in months if month is not None]
    wanted = {shift.id for shift in shifts}
    changes = [change for change in duty.changes(office.db, first, last) if change.shift_id in wanted]
    return _Held(list(days_of(office, first, last)), kept, shifts, changes, lines)


def _columns(held: _Held) -> list[tuple[Line, SheetColumn]]:
    """Return the columns: each line in the office's order, its day before its night."""
    used = {(shift.line_id, shift.half) for shift in held.shifts}
    return [(line, SheetColumn(line.name, half)) for line in held.lines for half in _HALVES if (line.id, half) in used]


def _days(office: Office, held: _Held, places: Sequence[tuple[int, Half]], phones: str) -> Iterable[SheetDay]:
    people = {person.id: person for person in duty.people(office.db, with_void=True)}
    changed = {change.shift_id for change in held.changes}
    cells: dict[tuple[date, int, Half], list[Turn]] = {}
    for shift in sorted(held.shifts, key=lambda one: one.seat):
        cell = cells.setdefault((shift.day, shift.line_id, shift.half), [])
        if shift.person_id is not None:
            person = people[shift.person_id]
            phone = "" if phones == NOWHERE else person.phone
            cell.append(Turn(person.name, person.post, phone, shift.id in changed))
    for day in held.days:
        yield SheetDay(day, tuple(_turns(cells.get((day.date, *place))) for place in places))


def _turns(cell: Sequence[Turn] | None) -> Turns | None:
    return None if cell is None else tuple(cell)


def _changes(office: Office, held: _Held) -> Iterable[SheetChange]:
    people = {person.id: person.name for person in duty.people(office.db, with_void=True)}
    lines, shifts = {line.id: line.name for line in held.lines}, {shift.id: shift for shift in held.shifts}
    for change in held.changes:
        shift = shifts[change.shift_id]
        before, after = people.get(change.from_id or 0, ""), people.get(change.to_id or 0, "")
        yield SheetChange(shift.day, lines[shift.line_id], change.kind, before, after, change.reason)
