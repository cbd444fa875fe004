# SPDX-License-Identifier: MulanPSL-2.0
"""Add to and change any table, each with its entry in the change log. Call these inside database.writing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, islice

from township_office.store import changelog
from township_office.store.changelog import Entry, Pen, Values
from township_office.store.database import Database
from township_office.store.schema import UNLOGGED

CHUNK = 500  # ids in one query
_TOGETHER = 100  # rows written by one statement


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


def insert_many(pen: Pen, table: str, columns: Mapping[str, Sequence[object]], verb: str) -> range:
    """Add rows, given column by column, and log them together; return their ids."""
    count = len(next(iter(columns.values())))
    first = pen.db.conn.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0]
    ids = range(first, first + count)
    if ids:
        changelog.append(pen, changelog.grouped(verb, table, ids, _logged(columns)))  # type: ignore[arg-type]
        _write(pen.db, table, {**columns, "id": ids})
    return ids


def _write(db: Database, table: str, columns: Mapping[str, Sequence[object]]) -> None:
    """Write rows: many in one statement, for which SQLite opens the table and all its indexes once."""
    # What all rows say is bound once a statement, not once a row.
    alike = {name: said[0] for name, said in columns.items() if name != "id" and changelog.is_one(said)}
    varied = {name: said for name, said in columns.items() if name not in alike}
    into = f"INSERT INTO {table} ({', '.join([*alike, *varied])}) SELECT {'?, ' * len(alike)}* FROM (VALUES "
    places = f"({', '.join('?' * len(varied))})"
    written = zip(*varied.values(), strict=True)
    while some := list(islice(written, _TOGETHER)):
        sql = f"{into}{', '.join([places] * len(some))})"
        db.conn.execute(sql, [*alike.values(), *chain.from_iterable(some)])


def update_many(pen: Pen, table: str, many: Mapping[int, Values], *, verb: str = "change", why: str = "") -> None:
    """Change the columns that differ of many rows, the same columns in each, and log each; as update, but at once."""
    names = list(next(iter(many.values()), ()))
    entries, changed = [], []
    for start in range(0, len(many), CHUNK):
        some = list(islice(many, start, start + CHUNK))
        sql = f"SELECT id, {', '.join(names)} FROM {table} WHERE id IN ({', '.join('?' * len(some))}) ORDER BY id"
        for row_id, *present in pen.db.conn.execute(sql, some).fetchall():
            before = dict(zip(names, present, strict=True))
            after = {name: value for name, value in many[row_id].items() if before[name] != value}
            if after:
                changed.append([*many[row_id].values(), row_id])
            if logged := _logged(after):
                entries.append(Entry(verb, table, row_id, {name: before[name] for name in logged}, logged, why))
    if not changed:
        return
    places = ", ".join(f"{name} = ?" for name in names)
    pen.db.conn.executemany(f"UPDATE {table} SET {places} WHERE id = ?", changed)
    changelog.append(pen, entries)


def get(db: Database, table: str, row_id: int) -> dict[str, object]:
    """Return every column of a row as SQLite keeps it; KeyError when there is none."""
    cursor = db.conn.execute(f"SELECT * FROM {table} WHERE id = ?", [row_id])
    for values in cursor:
        return dict(zip((column[0] for column in cursor.description), values, strict=True))
    raise KeyError(row_id)


def _logged(values: Values) -> Values:
    return {name: value for name, value in values.items() if name not in UNLOGGED}
