# SPDX-License-Identifier: MulanPSL-2.0
"""A hand in the roster: while it is a draft anybody is put anywhere; once given out, every change says why.

Who took whose turn stands in the file; the balance moves with it, and a 替班 is owed until a turn is given back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from township_office.core.errors import OfficeError
from township_office.core.fields import Draft
from township_office.core.text import t
from township_office.registers.duty.month import CHANGE, SUBSTITUTE, SWAP, Change, Month, Shift
from township_office.registers.duty.staff import CHANGED
from township_office.services import tripwire
from township_office.services.office import Office, change
from township_office.store import duty
from township_office.store.changelog import Pen


@dataclass(frozen=True, slots=True)
class Owed:
    """A turn that one person owes another for a 替班."""

    change: Change
    shift: Shift
    debtor_id: int
    creditor_id: int


def put(office: Office, shift_id: int, person_id: int | None) -> None:
    """Put a person into a place of a draft, or nobody. Raise OfficeError once the month is given out."""
    shift = _draft_shift(office, shift_id)
    with change(office, t("verb.duty_put")) as pen:
        _refuse_twice(office, shift, person_id, {shift.id})
        duty.change_shifts(pen, {shift.id: {"person_id": person_id}}, verb="put")


def exchange(office: Office, first_id: int, second_id: int) -> None:
    """Let two places of a draft change their people."""
    first, second = _draft_shift(office, first_id), _draft_shift(office, second_id)
    with change(office, t("verb.duty_exchange")) as pen:
        _exchange(office, pen, first, second)


def lock(office: Office, shift_ids: Collection[int], *, is_locked: bool = True) -> None:
    """Let places of a draft stay as they are when the rest is drawn anew, or not any longer."""
    for shift_id in shift_ids:
        _draft_shift(office, shift_id)
    with change(office, t("verb.duty_lock" if is_locked else "verb.duty_unlock")) as pen:
        duty.change_shifts(pen, {one: {"is_locked": is_locked} for one in shift_ids}, verb="lock")


def swap(office: Office, first_id: int, second_id: int, draft: Draft, today: date) -> None:
    """换班: two people change their turns once the roster is given out; draft: CHANGED. Raise Invalid, OfficeError."""
    first, second = _given_out(office, first_id), _given_out(office, second_id)
    said = tripwire.clean(CHANGED, draft, today, office.clerk)
    if first.person_id is None or second.person_id is None or first.person_id == second.person_id:
        raise OfficeError("duty.swap_of_one")
    with change(office) as pen:
        _exchange(office, pen, first, second)
        for one, other in ((first, second), (second, first)):
            _note(pen, SWAP, one, other.person_id, said, other.id)


def substitute(office: Office, shift_id: int, person_id: int, draft: Draft, today: date) -> None:
    """替班: somebody else takes a turn, and is owed one; draft: CHANGED. Raise Invalid, OfficeError."""
    _hand_over(office, SUBSTITUTE, shift_id, person_id, draft, today)


def reassign(office: Office, shift_id: int, person_id: int, draft: Draft, today: date) -> None:
    """改派: the turn goes to somebody else and nothing is owed for it; draft: CHANGED. Raise Invalid, OfficeError."""
    _hand_over(office, CHANGE, shift_id, person_id, draft, today)


def owed(office: Office) -> list[Owed]:
    """Return the turns that are owed and not given back, oldest first."""
    open_ones = [one for one in duty.changes(office.db) if one.kind == SUBSTITUTE and one.returned_on is None]
    found = []
    for one in open_ones:
        shift = duty.shift(office.db, one.shift_id)
        if shift is not None and one.from_id is not None and one.to_id is not None:
            found.append(Owed(one, shift, one.from_id, one.to_id))
    return found


def give_back(office: Office, change_id: int, today: date) -> None:
    """Note that a turn that was owed has been given back."""
    with change(office) as pen:
        duty.change(pen, "change", change_id, {"returned_on": today}, verb="return")


def _hand_over(office: Office, kind: str, shift_id: int, person_id: int, draft: Draft, today: date) -> None:
    shift = _given_out(office, shift_id)
    said = tripwire.clean(CHANGED, draft, today, office.clerk)
    if shift.person_id == person_id:
        raise OfficeError("duty.swap_of_one")
    with change(office) as pen:
        _refuse_twice(office, shift, person_id, {shift.id})
        duty.change_shifts(pen, {shift.id: {"person_id": person_id}}, verb=kind, why=str(said["reason"]))
        _note(pen, kind, shift, person_id, said, None)
        _settle(pen, kind, shift, person_id, today)


def _settle(pen: Pen, kind: str, shift: Shift, person_id: int, today: date) -> None:
    """Who takes the turn of somebody to whom they owe one has given it back."""
    if kind != SUBSTITUTE:
        return
    for one in duty.changes(pen.db):
        is_debt = one.kind == SUBSTITUTE and one.returned_on is None
        if is_debt and one.from_id == person_id and one.to_id == shift.person_id:
            latest = duty.changes(pen.db)[-1]
            for settled in (one, latest):
                duty.change(pen, "change", settled.id, {"returned_on": today}, verb="return")
            return


def _note(
    pen: Pen, kind: str, shift: Shift, to_id: int | None, said: Mapping[str, object], other_id: int | None
) -> None:
    values = dict(said) | {
        "shift_id": shift.id, "other_id": other_id, "kind": kind, "from_id": shift.person_id, "to_id": to_id,
        "changed_by": pen.clerk,
    }  # fmt: skip
    duty.add(pen, "change", values)


def _exchange(office: Office, pen: Pen, first: Shift, second: Shift) -> None:
    places = {first.id, second.id}
    _refuse_twice(office, first, second.person_id, places)
    _refuse_twice(office, second, first.person_id, places)
    changed = {first.id: {"person_id": second.person_id}, second.id: {"person_id": first.person_id}}
    duty.change_shifts(pen, changed, verb="exchange")


def _refuse_twice(office: Office, shift: Shift, person_id: int | None, leaving: set[int]) -> None:
    """Nobody has two turns on one day."""
    if person_id is None:
        return
    for other in duty.shifts(office.db, shift.day, shift.day):
        if other.person_id == person_id and other.id not in leaving:
            name = next(one.name for one in duty.people(office.db, with_void=True) if one.id == person_id)
            raise OfficeError("duty.twice_a_day", name=name, day=shift.day)


def _draft_shift(office: Office, shift_id: int) -> Shift:
    shift, month = _found(office, shift_id)
    if month.is_published:
        raise OfficeError("duty.given_out", month=month.month)
    return shift


def _given_out(office: Office, shift_id: int) -> Shift:
    shift, month = _found(office, shift_id)
    if not month.is_published:
        raise OfficeError("duty.still_draft", month=month.month)
    return shift


def _found(office: Office, shift_id: int) -> tuple[Shift, Month]:
    shift = duty.shift(office.db, shift_id)
    month = next((one for one in duty.months(office.db) if shift is not None and one.id == shift.month_id), None)
    if shift is None or month is None:
        raise OfficeError("duty.no_shift")
    return shift, month
