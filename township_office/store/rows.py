# SPDX-License-Identifier: MulanPSL-2.0
"""Add to and change any table, each with its entry in the change log. Call these inside database.writing."""

from __future__ import annotations

from township_office.store import changelog
from township_office.store.changelog import Entry, Pen, Values
from township_office.store.database import Database
from township_office.store.schema import UNLOGGED


def insert(pen: Pen, table: str, values: Values, verb: str = "add") -> int:
    """Add a row and log it; return its id."""
    row_id = pen.db.table(table).insert(dict(values)).last_pk
    assert isinstance(row_id, int)
    changelog.append(pen, [Entry(verb, table, row_id, None, _logged(values))])
    return row_id


def update(pen: Pen, table: str, row_id: int, changes: Values, *, verb: str = "change", why: str = "") -> bool:
    """Change the columns that differ and log them; return whether anything did."""
    present = pen.db.table(table).get(row_id)
    changed = {name: value for name, value in changes.items() if present[name] != value}
    if changed:
        pen.db.table(table).update(row_id, changed)
    after = _logged(changed)
    if after:
        before = {name: present[name] for name in after}
        changelog.append(pen, [Entry(verb, table, row_id, before, after, why)])
    return bool(changed)


def get(db: Database, table: str, row_id: int) -> dict[str, object]:
    """Return every column of a row as SQLite keeps it; KeyError when there is none."""
    cursor = db.conn.execute(f"SELECT * FROM {table} WHERE id = ?", [row_id])
    for values in cursor:
        return dict(zip((column[0] for column in cursor.description), values, strict=True))
    raise KeyError(row_id)


def _logged(values: Values) -> Values:
    return {name: value for name, value in values.items() if name not in UNLOGGED}
