# SPDX-License-Identifier: MulanPSL-2.0
"""What SQLite itself and the hidden keys say about the file's health."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database

from township_office.core.errors import OfficeError
from township_office.registers import ALL
from township_office.store import records
from township_office.store.schema import KEY_COLUMNS

_STEP = 500


def faults(db: Database) -> list[str]:
    """Return what is wrong with pages, references and search keys; empty when nothing is."""
    try:
        found = [str(row[0]) for row in db.conn.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
        found += [f"{row[0]} {row[1]} → {row[2]}" for row in db.conn.execute("PRAGMA foreign_key_check")]
    except (OfficeError, sqlite3.DatabaseError) as fault:
        return [str(fault.__cause__ or fault)]
    for register in ALL:
        sql = f"SELECT id, {', '.join(KEY_COLUMNS)} FROM {register.name} ORDER BY id"
        cursor = db.conn.execute(sql)
        while some := cursor.fetchmany(_STEP):
            try:
                rows = records.get_many(db, register, [row_id for row_id, *_ in some])
            except OfficeError as fault:
                found.append(f"{register.name}: {fault.__cause__ or fault}")
                break
            for (row_id, *kept), row in zip(some, rows, strict=True):
                if list(records.keys_of(register, row).values()) != kept:
                    found.append(f"{register.name} #{row_id}: search key")
    return found
