# SPDX-License-Identifier: MulanPSL-2.0
"""The office's own settings: they live in the data file, so they travel with every copy of it."""

from __future__ import annotations

from township_office.store import rows
from township_office.store.changelog import Pen
from township_office.store.database import Database


def read(db: Database, name: str) -> str | None:
    """Return the value set for name, or None when it was never set."""
    found = db.conn.execute("SELECT value FROM setting WHERE name = ?", [name]).fetchone()
    return found[0] if found else None


def write(pen: Pen, name: str, value: str) -> None:
    """Set name to value and log it; call inside database.writing."""
    found = pen.db.conn.execute("SELECT id FROM setting WHERE name = ?", [name]).fetchone()
    if found:
        rows.update(pen, "setting", found[0], {"value": value})
    else:
        rows.insert(pen, "setting", {"name": name, "value": value})
