# SPDX-License-Identifier: MulanPSL-2.0
"""The slots by which a person's password opens the office's root key. Read without any cipher."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
    """One open slot: its material, and the wrong passwords since the last right one (failed_at: ISO seconds).

    is_whole is False when the material is not what the program wrote.
    """

    id: int
    material: dict[str, Any]
    is_whole: bool
    failures: int
    failed_at: str | None


def names(db: Database) -> list[str]:
    """Return who has an open slot, the oldest first."""
    return [name for (name,) in db.conn.execute(f"SELECT name FROM {_TABLE} WHERE closed_on IS NULL ORDER BY id")]


def open_slots(db: Database) -> list[SlotRow]:
    """Return the open slots, the oldest first."""
    own = "id, fingerprint, failures, failed_at"
    sql = f"SELECT {own}, {', '.join(_MATERIAL)} FROM {_TABLE} WHERE closed_on IS NULL ORDER BY id"
    found = []
    for row_id, fingerprint, failures, failed_at, *values in db.conn.execute(sql):
        material = dict(zip(_MATERIAL, values, strict=True))
        found.append(SlotRow(row_id, material, fingerprint == fingerprint_of(material), failures, failed_at))
    return found


def fingerprint_of(material: Mapping[str, Any]) -> str:
    """Return what stands for a slot in the change log, which must never hold the slot itself."""
    text = json.dumps([material[name] for name in _MATERIAL], ensure_ascii=False, separators=(",", ":"))
    from hashlib import sha256  # not while a file is only opened: see changelog

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def put(pen: Pen, material: dict[str, Any]) -> None:
    """Open a slot for a name, or give the one that is open another password. Call inside database.writing."""
    values = material | {"fingerprint": fingerprint_of(material), "failures": 0, "failed_at": None}
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
