# SPDX-License-Identifier: MulanPSL-2.0
"""People and lines from files: a table of people as any office has one, lines as the county's IT people write them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from township_office.core.errors import Invalid, OfficeError
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.exchange.stafflist import read_people
from township_office.registers.duty.plan import DayKind
from township_office.registers.duty.staff import CANNOT, SHIFT_WORDS, SHIFTS, Line, Person, spans_in
from township_office.services import tripwire
from township_office.services.office import Office, change
from township_office.services.roster import staffing

_LARGEST = 1_000_000  # bytes of a file of lines


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a table of people: how many are new, how many were known and may have changed."""

    added: int
    changed: int
    unavailable: int  # spans of days on which somebody cannot be on duty


def take_people(office: Office, path: Path, today: date) -> Taken:
    """Take a table of people in: whoever is known by name is changed, all others are added; all rows or none.

    Columns by their headings (name, group, phone, post, unavailable; 姓名, 组别 …). The unavailable days of a person
    replace those that were noted from the first of their months on. Raise OfficeError naming the line.
    """
    tripwire.refuse_name("duty_person.file", path, office.clerk)
    rows = read_people(path)
    if not rows:
        raise OfficeError("duty.no_people_rows")
    known = {one.name: one for one in staffing.people(office)}
    added = changed = spans = 0
    with change(office):
        for number, row in rows:
            before = known.get(clean_text(row.get("name", "")))
            try:
                person = staffing.save_person(office, _draft(row, before), today, before.id if before else None)
                spans += _take_days(office, person, row.get("unavailable"), today)
            except (Invalid, ValueError) as error:
                said = "".join(one.message for one in error.problems) if isinstance(error, Invalid) else str(error)
                raise OfficeError("duty.bad_row", row=number, what=said) from None
            known[person.name] = person
            added, changed = added + (before is None), changed + (before is not None)
    return Taken(added, changed, spans)


def take_lines(office: Office, path: Path, today: date) -> list[Line]:
    """Take the lines in from a JSON file, in its order; lines that it does not name are no longer kept.

    [{"name": "带班领导", "group": "leader", "people": 1, "shift": "24h", "kinds": ["restday"]}]; kinds may be missing.
    Raise OfficeError naming the line that cannot be used; nothing is changed then.
    """
    tripwire.refuse_name("duty_line.file", path, office.clerk)
    wanted = _json_lines(path)
    with change(office):
        kept: list[int] = []
        named = {clean_text(str(one["name"])) for one in wanted}
        for line in staffing.lines(office):
            if line.name not in named:
                staffing.retire_line(office, line.id, today)
        for number, one in enumerate(wanted, start=1):
            draft = {"name": str(one["name"]), "group_name": str(one["group"]), "people": str(one.get("people", 1)),
                     "shift": str(one.get("shift", "24h"))}  # fmt: skip
            held = {line.name: line.id for line in staffing.lines(office)}
            try:
                kinds = [DayKind(kind) for kind in one.get("kinds", DayKind)]
                line = staffing.save_line(office, draft, today, held.get(clean_text(draft["name"])), kinds)
            except Invalid as error:
                said = "".join(problem.message for problem in error.problems)
                raise OfficeError("duty.bad_row", row=number, what=said) from None
            except (ValueError, TypeError):
                raise OfficeError("duty.bad_lines") from None
            kept.append(line.id)
        staffing.arrange(office, "line", kept)
    return staffing.lines(office)


def _draft(row: Mapping[str, str], before: Person | None) -> dict[str, str]:
    """Return what the table says of a person; an empty cell says nothing of one who is known."""
    return {
        name: value for name, value in row.items() if name != "unavailable" and (value or before is None)
    }  # fmt: skip


def _take_days(office: Office, person: Person, text: str | None, today: date) -> int:
    if text is None:
        return 0
    spans = spans_in(text, today)
    begun = min((first for first, _ in spans), default=today).replace(day=1)
    held = [
        away for away in staffing.aways(office, begun) if away.person_id == person.id and away.kind == CANNOT and spans
    ]
    kept = {(away.first_on, away.last_on) for away in held}
    for away in held:
        if (away.first_on, away.last_on) not in spans:
            staffing.drop_away(office, away.id, today)
    for first, last in spans:
        if (first, last) not in kept:
            draft = {"kind": CANNOT, "first_on": first.isoformat(), "last_on": last.isoformat()}
            staffing.save_away(office, person.id, draft, today)
    return len(spans)


def _json_lines(path: Path) -> list[dict[str, Any]]:
    try:
        if path.stat().st_size > _LARGEST:
            raise OfficeError("duty.bad_lines")
        lines = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise OfficeError("duty.bad_lines") from None
    is_sound = isinstance(lines, list) and all(
        isinstance(one, dict) and {"name", "group"} <= one.keys() for one in lines
    )
    if not is_sound or not lines:
        raise OfficeError("duty.bad_lines")
    _refuse_doubtful(lines)
    return list(lines)


def _refuse_doubtful(lines: Sequence[Mapping[str, Any]]) -> None:
    """Name the line whose shift nobody knows, or whose name another one has: the later would silently replace it."""
    names: set[str] = set()
    for number, one in enumerate(lines, start=1):
        name, shift = clean_text(str(one["name"])), str(one.get("shift", "24h"))
        if shift not in _SHIFT_NAMES:
            raise OfficeError("duty.bad_row", row=number, what=t("duty.unknown_shift", shift=shift))
        if name in names:
            raise OfficeError("duty.bad_row", row=number, what=t("duty.line_twice", name=name))
        names.add(name)


_SHIFT_NAMES = (*SHIFTS, *SHIFT_WORDS)
