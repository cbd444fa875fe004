# SPDX-License-Identifier: MulanPSL-2.0
"""Take the office's old 值班表 in, so that the turns of former months count; and out again, month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from township_office.core.errors import Invalid, OfficeError
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.registers.duty.month import DRAFT, DRAWN, IMPORTED, PUBLISHED, Month, days_of, month_of
from township_office.registers.duty.plan import Half
from township_office.registers.duty.staff import LINE, MOST_PEOPLE, SHIFT_WORDS, SHIFTS
from township_office.services import tripwire
from township_office.services.office import Office, change
from township_office.services.records import checked_reason
from township_office.services.roster import staffing
from township_office.services.roster.months import checked_month, keep_places, months
from township_office.services.roster.old_sheets import (
    Fate,
    OldPlan,
    PlannedPerson,
    PlannedTurn,
    Standing,
    Target,
    is_from_sheets,
    plan_import,
    standing_of,
)
from township_office.store import duty
from township_office.store.changelog import Pen

_LONGEST_REMARK = 500


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an import came to: which months, how many turns, who is new on the list, which lines were made."""

    months: tuple[str, ...]
    turns: int
    people: tuple[str, ...]
    lines: tuple[str, ...]


def run_import(office: Office, plan: OldPlan, today: date, progress: Progress = silent) -> TakenIn:
    """Write what a plan says, all of it or nothing; the plan is made anew from what the office holds now.

    The months stand as given out; they are counted, and can only be changed with a reason. Raise OfficeError when
    nothing is left to take in, Cancelled.
    """
    with change(office) as pen:
        plan = plan_import(office, plan.sources, plan.choices)
        if not plan.turns:
            raise OfficeError("duty_old.nothing")
        lines, made = _lines(pen, office, plan, today)
        people, added = _people(office, plan, today)
        by_month: dict[str, list[PlannedTurn]] = {}
        for turn in plan.turns:
            by_month.setdefault(month_of(turn.day), []).append(turn)
        names, count, files = sorted(by_month), 0, _files(plan)
        for number, name in enumerate(names):
            progress(number, len(names))
            places = _places(by_month[name], lines, people)
            keep_places(pen, _month(pen, name, "、".join(files[name])), places, verb="import")
            count += len(places)
    return TakenIn(tuple(names), count, tuple(added), tuple(made))


def imported_months(office: Office) -> list[Month]:
    """Return the months that were taken in from old sheets, oldest first."""
    return [one for one in months(office) if one.entry == IMPORTED and one.is_published]


def revoke_import(office: Office, name: str, why: str = "") -> None:
    """Take a month out again that came in from an old sheet: its turns count no more, and it can be drawn or imported.

    Who came onto the list with it stays there. Raise OfficeError for any other month, or one that was changed since.
    """
    name, reason = checked_month(name), checked_reason(why, office.clerk)
    month, days = duty.month(office.db, name), days_of(name)
    if month is None or month.entry != IMPORTED or not month.is_published:
        raise OfficeError("duty_old.not_imported", month=name)
    if standing_of(office, name) is not Standing.IMPORTED:
        raise OfficeError("duty_old.changed_since", month=name)
    with change(office) as pen:
        void = {"person_id": None, "is_void": True}
        held = duty.shifts(office.db, days[0], days[-1])
        duty.change_shifts(pen, {shift.id: void for shift in held}, verb="revoke", why=reason)
        values = {"state": DRAFT, "entry": DRAWN, "published_at": None, "published_by": None, "remarks": None}
        duty.change(pen, "month", month.id, values, verb="revoke", why=reason)


def _lines(pen: Pen, office: Office, plan: OldPlan, today: date) -> tuple[dict[Target, int], list[str]]:
    """Return the id of each target's line; those that the office does not have are made, and at once kept no more."""
    ids: dict[Target, int] = {}
    made = []
    known = {(one.name, one.group): one.id for one in duty.lines(office.db, with_void=True)}
    for target in dict.fromkeys(turn.target for turn in plan.turns):
        line_id = target.line_id or known.get((target.name, target.group))
        if line_id is None:
            own = [turn for turn in plan.turns if turn.target == target]
            line_id = duty.add(pen, "line", _line_values(office, target, own, today))
            made.append(target.name)
        ids[target] = line_id
    return ids, made


def _line_values(office: Office, target: Target, turns: Sequence[PlannedTurn], today: date) -> dict[str, object]:
    draft = {"name": target.name, "group_name": target.group, "people": str(max(turn.seat for turn in turns)),
             "shift": next(iter(SHIFT_WORDS))}  # fmt: skip
    try:
        record = tripwire.clean(LINE, draft, today, office.clerk)
    except Invalid as error:
        raise OfficeError("duty_old.bad_column", column=target.name, what=error.problems[0].message) from None
    halves = {turn.half for turn in turns}
    shift = next((key for key, some in SHIFTS.items() if halves == set(some)), str(Half.WHOLE))
    return {**record, "shift": shift, "kinds": staffing.ALL_KINDS, "voided_on": today}


def _people(office: Office, plan: OldPlan, today: date) -> tuple[dict[str, int], list[str]]:
    """Return whose the turns are by name; who is new is put on the list."""
    wanted = {turn.name for turn in plan.turns}
    on_list = {one.id: one for one in staffing.people(office)}
    ids: dict[str, int] = {}
    added = []
    for person in plan.people:
        if person.name not in wanted:
            continue
        if person.person_id is not None:
            ids[person.name] = person.person_id
            known = on_list[person.person_id]
            if is_from_sheets(known) and known.ends_on is not None and known.ends_on < person.last_on:
                staffing.save_person(office, {"ends_on": _month_end(person)}, today, known.id)
            continue
        ids[person.name] = staffing.save_person(office, _person_draft(person), today).id
        added.append(person.name)
    return ids, added


def _person_draft(person: PlannedPerson) -> dict[str, str]:
    draft = {"name": person.name, "groups": "、".join(person.groups)}
    if person.fate is Fate.LEFT:
        draft |= {"ends_on": _month_end(person), "remarks": t("duty_old.only_in_sheets")}
    return draft


def _month_end(person: PlannedPerson) -> str:
    return days_of(month_of(person.last_on))[-1].isoformat()


def _files(plan: OldPlan) -> dict[str, list[str]]:
    """Return the names of the files that tell of each month."""
    files: dict[str, list[str]] = {}
    for source in plan.sources:
        for name in {month_of(turn.day) for roster in source.rosters for turn in roster.turns}:
            files.setdefault(name, []).append(source.path.name)
    return files


def _month(pen: Pen, name: str, files: str) -> Month:
    values: dict[str, object] = {
        "state": PUBLISHED, "entry": IMPORTED, "outcome": None, "signed_by": None,
        "published_at": datetime.now().isoformat(timespec="seconds"), "published_by": pen.clerk,
        "remarks": files[:_LONGEST_REMARK],
    }  # fmt: skip
    known = duty.month(pen.db, name)
    if known is None:
        duty.add(pen, "month", {"month": name} | values)
    else:
        duty.change(pen, "month", known.id, values, verb="import")
    kept = duty.month(pen.db, name)
    assert kept is not None
    return kept


def _places(
    turns: Sequence[PlannedTurn], lines: Mapping[Target, int], people: Mapping[str, int]
) -> dict[tuple[date, int, Half, int], dict[str, object]]:
    """Return who stands where. Two headings may go to one line, and two names be one person: nobody stands twice."""
    found: dict[tuple[date, int, Half, int], dict[str, object]] = {}
    there: dict[tuple[date, int, Half], list[int]] = {}
    for turn in turns:
        seated = there.setdefault((turn.day, lines[turn.target], turn.half), [])
        if people[turn.name] not in seated and len(seated) < MOST_PEOPLE:
            seated.append(people[turn.name])
            place = (turn.day, lines[turn.target], turn.half, len(seated))
            found[place] = {
                "person_id": people[turn.name], "kind": turn.kind, "is_locked": False, "is_void": False,
            }  # fmt: skip
    return found
