# SPDX-License-Identifier: MulanPSL-2.0
"""What SQLite itself and the hidden keys say about the file's health."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial

from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.registers import ALL
from township_office.store import keyslots, records
from township_office.store.database import Database
from township_office.store.migrations import apply
from township_office.store.schema import KEY_COLUMNS

_STEP = 500


def faults(db: Database) -> list[str]:
    """Return what is wrong with pages, references, schema and search keys; empty when nothing is."""
    found: list[str] = []
    looks: list[Callable[[Database], list[str]]] = [_wrong_pages, _wrong_schema, _wrong_slots]
    looks += (partial(_wrong_keys, register=register) for register in ALL)
    for look in looks:
        try:
            found += look(db)
        except (OfficeError, sqlite3.DatabaseError) as fault:
            found.append(str(fault.__cause__ or fault))
    return found


def _wrong_pages(db: Database) -> list[str]:
    found = [str(row[0]) for row in db.conn.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    return found + [f"{row[0]} {row[1]} → {row[2]}" for row in db.conn.execute("PRAGMA foreign_key_check")]


def _wrong_keys(db: Database, register: Register) -> list[str]:
    cursor = db.conn.execute(f"SELECT id, {', '.join(KEY_COLUMNS)} FROM {register.name} ORDER BY id")
    found: list[str] = []
    while some := cursor.fetchmany(_STEP):
        rows = records.get_many(db, register, [row_id for row_id, *_ in some])
        found += [
            f"{register.name} #{row_id}: search key"
            for (row_id, *kept), row in zip(some, rows, strict=True)
            if list(records.keys_of(register, row).values()) != kept
        ]
    return found


def _wrong_slots(db: Database) -> list[str]:
    """Name the custodians whose slot is not as it was written; the log holds no more of a slot than its fingerprint."""
    slots = keyslots.open_slots(db)
    is_headless = slots and db.conn.execute("SELECT 1 FROM seal_head").fetchone() is None
    return ["seal_head"] * bool(is_headless) + [f"key_slot: {s.material['name']}" for s in slots if not s.is_whole]


def _wrong_schema(db: Database) -> list[str]:
    """Name the tables, rules and triggers that are not as our history makes them: dropped, altered, or a stranger's."""
    fresh = Database(sqlite3.connect(":memory:"))
    apply(fresh.tables)
    wanted, kept = _schema(fresh), _schema(db)
    fresh.close()
    return [f"schema: {name}" for name in sorted(wanted.keys() | kept.keys()) if wanted.get(name) != kept.get(name)]


def _schema(db: Database) -> dict[str, str]:
    # SQLite's own and sqlite-utils' tables differ from version to version.
    rows = db.conn.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: sql for name, sql in rows if not name.startswith(("sqlite_", "_sqlite", "idx__sqlite"))}
