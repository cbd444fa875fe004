# SPDX-License-Identifier: MulanPSL-2.0
"""导入批次 — which rows came in together from which sheet, and taking such a batch out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from township_office.core.fields import Register, Value
from township_office.store import changelog, rows
from township_office.store.changelog import Entry, Pen
from township_office.store.database import Database

_COLUMNS = "id, register, source, imported_at, imported_by, taken, not_taken, revoked_on, revoke_reason"
# The columns that make two rows the same paper, beside the date and the number.
_SAME = {"receipt": ("sender", "doc_number", "title"), "dispatch": ("number", "title", "main_recipient")}


@dataclass(frozen=True, slots=True)
class Batch:
    """One import: taken and not_taken are counts of rows."""

    id: int
    register: str
    source: str
    imported_at: datetime
    imported_by: str
    taken: int
    not_taken: int
    revoked_on: date | None = None
    revoke_reason: str | None = None


def add(pen: Pen, batch: Batch) -> int:
    """Note an import; return its id. Inside database.writing."""
    values = {
        "register": batch.register, "source": batch.source,
        "imported_at": batch.imported_at.isoformat(timespec="seconds"),
        "imported_by": batch.imported_by, "taken": batch.taken, "not_taken": batch.not_taken,
        "revoked_on": None, "revoke_reason": None,
    }  # fmt: skip
    return rows.insert(pen, "batch", values, "import")


def get(db: Database, batch_id: int) -> Batch:
    """Return one import."""
    return _batch(db.conn.execute(f"SELECT {_COLUMNS} FROM batch WHERE id = ?", [batch_id]).fetchone())


def all_of(db: Database, register: Register) -> list[Batch]:
    """Return every import into register, latest first."""
    found = db.conn.execute(f"SELECT {_COLUMNS} FROM batch WHERE register = ? ORDER BY id DESC", [register.name])
    return [_batch(values) for values in found]


def revoke(pen: Pen, register: Register, batch_id: int, why: str, today: date) -> None:
    """Take the rows of a batch out: void, without a running number, out of every list. Inside database.writing."""
    day = today.isoformat()
    select = f"SELECT id, entry, sequence, voided_on, voided_by, void_reason FROM {register.name} WHERE batch_id = ?"
    after = {"entry": "revoked", "voided_on": day, "voided_by": pen.clerk, "void_reason": why}
    entries = [
        Entry("revoke", register.name, row_id, {
            "entry": entry, "sequence": sequence, "voided_on": voided_on, "voided_by": voided_by, "void_reason": reason,
        }, after, why)
        for row_id, entry, sequence, voided_on, voided_by, reason in pen.db.conn.execute(select, [batch_id])
    ]  # fmt: skip
    pen.db.conn.execute(
        f"UPDATE {register.name} SET entry = 'revoked', sequence = NULL, voided_on = ?, voided_by = ?, void_reason = ? "
        "WHERE batch_id = ?",
        [day, pen.clerk, why, batch_id],
    )
    changelog.append(pen, entries)
    rows.update(pen, "batch", batch_id, {"revoked_on": day, "revoke_reason": why}, verb="revoke", why=why)


def identity(register: Register, values: Mapping[str, Value], number: Value) -> tuple[object, ...]:
    """Return what makes two rows of a ledger the same paper."""
    day = values[register.dated_by]
    whole = {**values, "number": number}
    return (day.isoformat() if isinstance(day, date) else day, *(whole.get(name) for name in _SAME[register.name]))


def identities(db: Database, register: Register) -> dict[tuple[object, ...], str]:
    """Return the identity of every row with its number, for telling what a sheet brings a second time."""
    names = ", ".join(_SAME[register.name])
    found = db.conn.execute(
        f"SELECT {register.dated_by}, {names}, coalesce(number, original_number, id) FROM {register.name} "
        "WHERE entry <> 'revoked'"
    )
    return {tuple(values[:-1]): str(values[-1]) for values in found}


def _batch(values: tuple[object, ...]) -> Batch:
    row_id, register, source, at, by, taken, not_taken, revoked_on, reason = values
    return Batch(
        row_id, register, source, datetime.fromisoformat(str(at)), by, taken, not_taken,  # type: ignore[arg-type]
        date.fromisoformat(str(revoked_on)) if revoked_on else None, reason,  # type: ignore[arg-type]
    )  # fmt: skip
