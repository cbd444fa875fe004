# SPDX-License-Identifier: MulanPSL-2.0
"""The slots by which a person's password opens the office's root key. Read without any cipher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from township_office.store import rows
from township_office.store.changelog import Pen
from township_office.store.database import Database

_TABLE = "key_slot"
_MATERIAL = ("name", "memory", "rounds", "lanes", "salt", "nonce", "wrapped")


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One open slot: its material, and the wrong passwords since the last right one (failed_at: ISO seconds)."""

    id: int
    material: dict[str, Any]
    failures: int
    failed_at: str | None


def names(db: Database) -> list[str]:
    """Return who has an open slot, the oldest first."""
    return [name for (name,) in db.conn.execute(f"SELECT name FROM {_TABLE} WHERE closed_on IS NULL ORDER BY id")]


def open_slots(db: Database) -> list[SlotRow]:
    """Return the open slots, the oldest first."""
    sql = f"SELECT id, failures, failed_at, {', '.join(_MATERIAL)} FROM {_TABLE} WHERE closed_on IS NULL ORDER BY id"
    return [
        SlotRow(row_id, dict(zip(_MATERIAL, material, strict=True)), failures, failed_at)
        for row_id, failures, failed_at, *material in db.conn.execute(sql)
    ]


def put(pen: Pen, material: dict[str, Any], fingerprint: str) -> None:
    """Open a slot for a name, or give the one that is open another password. Call inside database.writing."""
    values = material | {"fingerprint": fingerprint, "failures": 0, "failed_at": None}
    for slot in open_slots(pen.db):
        if slot.material["name"] == material["name"]:
            rows.update(pen, _TABLE, slot.id, values)
            return
    rows.insert(pen, _TABLE, values)


def close(pen: Pen, name: str, day: str) -> None:
    """Close the slot of a name and wipe what was in it. Call inside database.writing."""
    for slot in open_slots(pen.db):
        if slot.material["name"] == name:
            gone = {"closed_on": day, "salt": "", "nonce": "", "wrapped": "", "fingerprint": ""}
            rows.update(pen, _TABLE, slot.id, gone)


def note_failure(db: Database, slot_ids: list[int], at: datetime) -> None:
    """Count a wrong password for these slots: no change of the register, so not in the log."""
    sql = f"UPDATE {_TABLE} SET failures = failures + 1, failed_at = ? WHERE id = ?"
    db.conn.executemany(sql, [(at.isoformat(timespec="seconds"), slot_id) for slot_id in slot_ids])


def forgive(db: Database, slot_id: int) -> None:
    """Forget the wrong passwords of a slot: the right one was given."""
    db.conn.execute(f"UPDATE {_TABLE} SET failures = 0, failed_at = NULL WHERE id = ?", [slot_id])
