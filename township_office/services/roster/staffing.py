# SPDX-License-Identifier: MulanPSL-2.0
"""Who can be on duty and on which lines, as the office says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Child, Draft, Problem, Value
from township_office.core.text import t
from township_office.registers.duty.balance import carried_into
from township_office.registers.duty.month import after, first_of
from township_office.registers.duty.plan import DayKind, Tally
from township_office.registers.duty.staff import (
    AWAY_DAYS,
    BETWEEN,
    LINE,
    NEVER,
    PERSON,
    SHIFT_WORDS,
    Away,
    Line,
    Pair,
    Person,
    groups_in,
)
from township_office.services import tripwire
from township_office.services.office import Office, change
from township_office.store import duty
from township_office.store.changelog import Pen

MOST_STAFF, MOST_LINES = 200, 12
_RECENT = 3  # months within which one who had a turn of a group is no newcomer to it
ALL_KINDS = ",".join(DayKind)


def people(office: Office) -> list[Person]:
    """Return everybody in the office's order, those who have left too."""
    return duty.people(office.db)


def person_named(office: Office, name: str) -> Person | None:
    """Return the person called so, None when there is none."""
    return next((one for one in people(office) if one.name == name), None)


def groups(office: Office) -> list[str]:
    """Return the groups there are, those of the lines first."""
    named = [line.group for line in duty.lines(office.db)]
    return list(dict.fromkeys([*named, *(group for person in people(office) for group in person.groups)]))


def save_person(office: Office, draft: Draft, today: date, person_id: int | None = None) -> Person:
    """Add a person or change one; raise Invalid with every problem. Only the fields named in draft are changed."""
    known = {one.id: one for one in people(office)}
    draft = _whole(PERSON, draft, _person_draft(known[person_id]) if person_id is not None else {})
    record = tripwire.clean(PERSON, draft, today, office.clerk)
    same = [one for one in known.values() if one.name == record["name"] and one.id != person_id]
    if same:
        raise Invalid([Problem("name", t("duty.name_taken", name=record["name"]))])
    if person_id is None and len(known) >= MOST_STAFF:
        raise OfficeError("duty.too_many_people", most=MOST_STAFF)
    values: dict[str, object] = {**record, "groups": BETWEEN.join(groups_in(str(record["groups"])))}
    with change(office) as pen:
        if person_id is None:
            person_id = duty.add(pen, "person", values | {"since": _first_open_month(pen)})
        else:
            new = set(groups_in(str(values["groups"]))) - set(known[person_id].groups)
            if new:
                values["opening"] = _opening(office, known[person_id], new)
            duty.change(pen, "person", person_id, values)
    return next(one for one in people(office) if one.id == person_id)


def void_person(office: Office, person_id: int, today: date) -> None:
    """Take a person who was entered wrongly off the list; whoever has had a turn leaves on a day instead."""
    is_named = any(person_id in (one.from_id, one.to_id) for one in duty.changes(office.db))
    if is_named or any(one.person_id == person_id for one in duty.counts(office.db)):
        raise OfficeError("duty.has_turns", name=_name_of(office, person_id))
    with change(office) as pen:
        duty.change(pen, "person", person_id, {"voided_on": today}, verb="void")
        for away in duty.aways(office.db):
            if away.person_id == person_id:
                duty.change(pen, "away", away.id, {"voided_on": today}, verb="void")
        for pair in duty.pairs(office.db):
            if person_id in (pair.first_id, pair.second_id):
                duty.change(pen, "pair", pair.id, {"voided_on": today}, verb="void")


def arrange(office: Office, what: str, ids: Sequence[int]) -> None:
    """Put people ("person") or lines ("line") into another order; ids names all of them."""
    with change(office) as pen:
        for place, row_id in enumerate(ids, start=1):
            duty.change(pen, what, row_id, {"place": place})


def aways(office: Office, first: date | None = None, last: date | None = None) -> list[Away]:
    """Return what is said of people's days that touches first to last."""
    return duty.aways(office.db, first, last)


def save_away(office: Office, person_id: int, draft: Draft, today: date, away_id: int | None = None) -> None:
    """Note leave, training, a fixed day or a wish of a person, or change such a note; raise Invalid."""
    whole = dict(draft)
    whole["last_on"] = whole.get("last_on") or whole.get("first_on", "")
    record = tripwire.clean(AWAY_DAYS, whole, today, office.clerk)
    with change(office) as pen:
        if away_id is None:
            duty.add(pen, "away", dict(record) | {"person_id": person_id})
        else:
            duty.change(pen, "away", away_id, record)


def drop_away(office: Office, away_id: int, today: date) -> None:
    """Take back what was said of a person's days."""
    with change(office) as pen:
        duty.change(pen, "away", away_id, {"voided_on": today}, verb="void")


def pairs(office: Office) -> list[Pair]:
    """Return who is never, and who is only together on duty."""
    return duty.pairs(office.db)


def save_pair(office: Office, first_id: int, second_id: int, rule: str = NEVER) -> None:
    """Let two people never, or only together, be on duty on the same day; raise OfficeError for one and the same."""
    if first_id == second_id:
        raise OfficeError("duty.pair_of_one")
    first_id, second_id = sorted((first_id, second_id))
    known = {(one.first_id, one.second_id): one for one in pairs(office)}.get((first_id, second_id))
    with change(office) as pen:
        if known is None:
            duty.add(pen, "pair", {"first_id": first_id, "second_id": second_id, "rule": rule})
        else:
            duty.change(pen, "pair", known.id, {"rule": rule})


def drop_pair(office: Office, pair_id: int, today: date) -> None:
    """Let two people be on duty as it falls out again."""
    with change(office) as pen:
        duty.change(pen, "pair", pair_id, {"voided_on": today}, verb="void")


def lines(office: Office) -> list[Line]:
    """Return the lines in the order they are printed."""
    return duty.lines(office.db)


def save_line(
    office: Office, draft: Draft, today: date, line_id: int | None = None, kinds: Collection[DayKind] = tuple(DayKind)
) -> Line:
    """Add a line or change one; kinds: the kinds of day it is needed on. Raise Invalid with every problem."""
    words = {key: word for word, key in SHIFT_WORDS.items()}
    typed = {"shift": "24h", "people": "1"} | dict(draft)
    typed["shift"] = words.get(typed["shift"], typed["shift"])
    record = tripwire.clean(LINE, typed, today, office.clerk)
    known = duty.lines(office.db, with_void=True)
    held = {one.id for one in lines(office)}
    same = next((one for one in known if one.name == record["name"] and one.id != line_id), None)
    if same is not None and (same.id in held or line_id is not None):
        raise Invalid([Problem("name", t("duty.name_taken", name=record["name"]))])
    if line_id is None and len(held) >= MOST_LINES:
        raise OfficeError("duty.too_many_lines", most=MOST_LINES)
    wanted = ",".join(kind for kind in DayKind if kind in kinds)
    if not wanted:
        raise OfficeError("duty.needs_kinds")
    values = {
        **record, "shift": SHIFT_WORDS[str(record["shift"])], "kinds": wanted, "voided_on": None,
    }  # fmt: skip
    before = next((one for one in known if one.id == line_id), same)
    with change(office) as pen:
        line_id = _line_that_goes_on(office, before, str(record["group_name"]), today)
        if line_id is not None:
            duty.change(pen, "line", line_id, values)
        else:
            if before is not None and before.id in held:
                duty.change(pen, "line", before.id, {"voided_on": today}, verb="void")
            line_id = duty.add(pen, "line", values)
            if before is not None and before.id in held:
                arrange(office, "line", [line_id if one.id == before.id else one.id for one in known if one.id in held])
    return next(one for one in lines(office) if one.id == line_id)


def retire_line(office: Office, line_id: int, today: date) -> None:
    """Keep a line no longer; what was on duty on it stays on record."""
    with change(office) as pen:
        duty.change(pen, "line", line_id, {"voided_on": today}, verb="void")


def _opening(office: Office, person: Person, new: Collection[str]) -> dict[str, Tally]:
    """Return what a person brings along by group: in those that are new to him as much as their others have by now.

    Else who changes from drivers to clerks owes each turn that the clerks ever had.
    """
    counts = duty.counts(office.db)
    month = after(max((one.month for one in counts), default="2000-01"))
    people, opening = duty.people(office.db), dict(person.opening)
    carried = carried_into(month, people, duty.aways(office.db), counts)
    for group in new:
        own = [one for one in counts if one.group == group]
        recent = sorted({one.month for one in own})[-_RECENT:]
        others = [carried[one.id][group] for one in people if group in one.groups and one.is_here(first_of(month))]
        if others and not any(one.month in recent and one.person_id == person.id for one in own):
            opening[group] = {kind: round(sum(tally[kind] for tally in others) / len(others)) for kind in DayKind}
            for one in own:
                if one.person_id == person.id:
                    opening[group] = {**opening[group], one.kind: opening[group][one.kind] - one.count}
    return opening


def _line_that_goes_on(office: Office, line: Line | None, group: str, today: date) -> int | None:
    """Return the line when its turns go along to a group, None when those who had them are mostly not in it.

    A group that is called otherwise keeps its balance; drivers do not start with what the clerks had.
    """
    if line is None or line.group == group:
        return line.id if line else None
    present = {one.id: one for one in people(office) if one.is_here(today)}
    had = duty.served(office.db, line.id) & present.keys()
    members = {one.id for one in present.values() if group in one.groups}
    return line.id if not members or 2 * len(had & members) >= len(had) else None


def _first_open_month(pen: Pen) -> str | None:
    """Return the month after the last that was given out, None before the first."""
    given_out = [one.month for one in duty.months(pen.db) if one.is_published]
    return after(given_out[-1]) if given_out else None


def _whole(form: Child, draft: Draft, before: Draft) -> dict[str, str]:
    """Return a draft of every field: as typed, else as it was."""
    return {field.name: draft.get(field.name, before.get(field.name, "")) for field in form.fields}


def _person_draft(person: Person) -> dict[str, str]:
    values: dict[str, Value] = {
        "name": person.name, "groups": BETWEEN.join(person.groups), "post": person.post, "phone": person.phone,
        "starts_on": person.starts_on, "ends_on": person.ends_on, "remarks": person.remarks,
    }  # fmt: skip
    return {name: str(value or "") for name, value in values.items()}


def _name_of(office: Office, person_id: int) -> str:
    return next(one.name for one in people(office) if one.id == person_id)
