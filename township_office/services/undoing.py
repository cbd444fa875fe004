# SPDX-License-Identifier: MulanPSL-2.0
"""撤销 and 重做 — take back what was done in this sitting, by writing its opposite; the history keeps both.

A number goes back only while it is the last of its series, and only while it stands on no printed page: numbers are
never given twice and never lost. What was done since by other ways is not overwritten.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.registers import BY_NAME
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services.deeds import Deed
from township_office.services.office import Office, pen_of
from township_office.store import archive, changelog, database, duty, numbers, records, rows
from township_office.store.changelog import Entry, Pen, Values
from township_office.store.schema import UNLOGGED

UNDO, REDO = "undo", "redo"
_UNLOGGED = ("id", *UNLOGGED)


def to_undo(office: Office) -> Deed | None:
    """Return what undo would take back, None when there is nothing."""
    return office.deeds.done[-1] if office.deeds.done else None


def to_redo(office: Office) -> Deed | None:
    """Return what redo would do again, None when there is nothing."""
    return office.deeds.undone[-1] if office.deeds.undone else None


def undo(office: Office, today: date) -> Deed:
    """Take back the last deed of this sitting and return it; raise OfficeError saying why it must stay."""
    return _turn(office, office.deeds.done, office.deeds.undone, UNDO, today)


def redo(office: Office, today: date) -> Deed:
    """Do again what was undone last and return it; raise OfficeError saying why that cannot be."""
    return _turn(office, office.deeds.undone, office.deeds.done, REDO, today)


def _turn(office: Office, source: list[Deed], target: list[Deed], verb: str, today: date) -> Deed:
    """Write the opposite of the last deed of source, which is then the last of target: all of it or nothing."""
    if not source:
        raise OfficeError(f"undo.nothing_to_{verb}")
    deed, pen = source[-1], pen_of(office)
    with database.writing(office.db):
        after, _ = changelog.head(office.db)
        try:
            entries = changelog.between(office.db, deed.after, deed.last)
            places = [_take_back(pen, entry, deed, verb, today) for entry in reversed(entries)]
            if duty.is_twice(office.db, [one.row_id for one in entries if one.table == "duty_shift"]):
                raise OfficeError(f"undo.changed_{verb}", deed=deed.words)
            for place in places if verb == UNDO else ():
                _check_number(office, place, deed)
        except database.Clash as fault:  # another tool gave the number, or the copy, to somebody else
            raise OfficeError(f"undo.changed_{verb}", deed=deed.words) from fault
        last, _ = changelog.head(office.db)
    target.append(replace(source.pop(), after=after, last=last))
    return deed


def _take_back(pen: Pen, entry: Entry, deed: Deed, verb: str, today: date) -> Values:
    """Write the opposite of one entry; return the row, or the reservation, that held a number before, else nothing."""
    now = rows.get(pen.db, entry.table, entry.row_id)
    before, after = entry.before or {}, entry.after
    names = [*before, *after] if entry.before is not None else [name for name in now if name not in _UNLOGGED]
    is_gone = now.get("entry") == "revoked" and "entry" not in after
    is_given_out = entry.table == "duty_shift" and duty.is_given_out(pen.db, int(str(now["month_id"])))
    if is_gone or is_given_out or any(now[name] != after.get(name) for name in names):
        raise OfficeError(f"undo.changed_{verb}", deed=deed.words)
    back = _opposite(entry, pen.clerk, today)
    if entry.table in BY_NAME:
        records.change(pen, BY_NAME[entry.table], entry.row_id, back, verb=verb, why=deed.words)
        return now | {"register": entry.table} if now["sequence"] is not None and "sequence" in back else {}
    rows.update(pen, entry.table, entry.row_id, back, verb=verb, why=deed.words)
    return now if entry.table == "reservation" else {}


def _opposite(entry: Entry, clerk: str, today: date) -> dict[str, Any]:
    """Return the columns that take an entry back. What was added stays in the file, void and out of every list."""
    if entry.before is not None:
        return {name: entry.before.get(name) for name in [*entry.before, *entry.after]}
    if entry.table == "reservation":
        return {"released_on": today.isoformat()}
    void = {"voided_on": today.isoformat(), "voided_by": clerk, "void_reason": t("undo.reason")}
    return {**void, "entry": "revoked", "sequence": None} if entry.table in BY_NAME else void


def _check_number(office: Office, place: Values, deed: Deed) -> None:
    """Raise OfficeError unless the number of place is the next one now, or kept for somebody as it was before.

    place is the row that held it, or the reservation that kept it; empty when no number is touched.
    """
    if not place:
        return
    db, register, sequence = office.db, BY_NAME[str(place["register"])], int(str(place["sequence"]))
    code, period = str(place["series"]), int(str(place["period"]))
    if register is ARCHIVE_ITEM:
        is_passed = archive.last_item(db, [code]) > sequence
        if is_passed or changelog.is_printed_since(db, "archive", deed.after):
            raise OfficeError("undo.number_passed" if is_passed else "undo.number_printed", number=place["number"])
        return
    series = next(one for one in numbers.all_series(db, register) if one.code == code)
    number = place.get("number") or t("undo.sequence", series=series.name, sequence=sequence)
    if sequence in {kept.sequence for kept in numbers.reservations(db, register, code, period)}:
        if numbers.is_used(db, register, code, period, sequence):
            raise OfficeError("undo.number_used", number=number)
    elif numbers.next_sequence(db, register, series, period) > sequence:
        raise OfficeError("undo.number_passed" if "number" in place else "undo.reservation_passed", number=number)
    if "number" in place and (
        (register.name, place["id"]) in office.deeds.on_paper
        or changelog.is_printed_since(db, register.name, deed.after)
    ):
        raise OfficeError("undo.number_printed", number=number)
