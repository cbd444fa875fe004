# SPDX-License-Identifier: MulanPSL-2.0
"""Who changed what, when and why: an append-only, hash-chained log in the same transaction as the change.

The hash of an entry covers every column of it and the hash before it, in canonical
JSON under a format number, so that an edit by any other tool is found by verify.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from township_office.core.progress import Progress, silent

FORMAT = 1
_START = bytes(32)
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_INSERT = (
    "INSERT INTO change_log (seq, at, clerk, verb, register, row_id, before, after, why, format, hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_TABLES = ("setting", "series", "reservation", "batch", "receipt", "dispatch")
_UNLOGGED = frozenset({"id", "search_text", "initials"})

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes, and where: nothing is changed without a name."""

    db: Database
    clerk: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: before and after hold only the columns that changed; an addition has no before."""

    verb: str
    table: str
    row_id: int
    before: Values | None
    after: Values
    why: str = ""


def append(pen: Pen, entries: Iterable[Entry]) -> None:
    """Append entries to the chain; call it inside the transaction that makes the changes."""
    pen.db.conn.executemany(_INSERT, _chained(pen.clerk, entries, *_last(pen.db)))


def _last(db: Database) -> tuple[int, bytes]:
    found = db.conn.execute("SELECT seq, hash FROM change_log ORDER BY seq DESC LIMIT 1").fetchone()
    return (found[0], found[1]) if found else (0, _START)


def _chained(clerk: str, entries: Iterable[Entry], seq: int, previous: bytes) -> Iterator[tuple[object, ...]]:
    at = datetime.now().isoformat(timespec="seconds")
    for entry in entries:
        seq += 1
        before = None if entry.before is None else canonical(entry.before)
        columns = (seq, at, clerk, entry.verb, entry.table, entry.row_id, before, canonical(entry.after), entry.why)
        previous = entry_hash(previous, columns)
        yield (*columns, FORMAT, previous)


def canonical(values: Values) -> str:
    """Return the one JSON text of values: sorted keys, no blanks, empty columns left out."""
    return _encode({name: value for name, value in values.items() if value is not None})


def entry_hash(previous: bytes, columns: tuple[object, ...]) -> bytes:
    """Return the SHA-256 of an entry: format byte, the hash before it, its columns seq … why as a JSON list."""
    return hashlib.sha256(bytes([FORMAT]) + previous + _encode(columns).encode("utf-8", "surrogatepass")).digest()


def head(db: Database) -> tuple[int, str]:
    """Return the number of entries and the last hash in hex ("" before the first)."""
    seq, digest = _last(db)
    return seq, digest.hex() if seq else ""


def of_row(db: Database, table: str, row_id: int) -> list[dict[str, object]]:
    """Return the entries of one row, oldest first, before and after as dicts."""
    rows = db.conn.execute(
        "SELECT at, clerk, verb, before, after, why FROM change_log WHERE register = ? AND row_id = ? ORDER BY seq",
        [table, row_id],
    )
    return [
        {
            "at": at,
            "clerk": clerk,
            "verb": verb,
            "why": why,
            "before": json.loads(before or "{}"),
            "after": json.loads(after),
        }
        for at, clerk, verb, before, after, why in rows
    ]


def check_chain(
    db: Database, progress: Progress = silent
) -> tuple[list[tuple[str, int, str]], dict[tuple[str, int], dict[str, object]]]:
    """Walk the chain; return what is broken as (kind, seq, register) and the rows as the log says they must be."""
    total = db.conn.execute("SELECT count(*) FROM change_log").fetchone()[0]
    broken: list[tuple[str, int, str]] = []
    states: dict[tuple[str, int], dict[str, object]] = {}
    previous = _START
    query = (
        "SELECT seq, at, clerk, verb, register, row_id, before, after, why, format, hash FROM change_log ORDER BY seq"
    )
    for position, row in enumerate(db.conn.execute(query), start=1):
        if position % 5000 == 0:
            progress(position, 2 * total)
        if row[0] != position:
            broken.append(("gap", row[0], row[4]))
            return broken, states
        if row[9] != FORMAT or entry_hash(previous, tuple(row[:9])) != row[10]:
            broken.append(("altered", row[0], row[4]))
        previous = row[10]
        state = states.setdefault((row[4], row[5]), {})
        try:
            changed = dict.fromkeys(json.loads(row[6] or "{}")) | json.loads(row[7])
        except (ValueError, TypeError):
            continue  # already named as altered
        state.update(changed)
    return broken, states


def check_rows(
    db: Database, states: dict[tuple[str, int], dict[str, object]], progress: Progress = silent
) -> list[tuple[str, int, str]]:
    """Compare every row with what the log says; return (table, row id, column) of each difference.

    The column is "" where a whole row is missing or was never logged.
    """
    differences: list[tuple[str, int, str]] = []
    done = 0
    for table in _TABLES:
        cursor = db.conn.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            done += 1
            if done % 5000 == 0:
                progress(len(states) + done, 2 * len(states))
            state = states.pop((table, row["id"]), None)
            if state is None:
                differences.append((table, row["id"], ""))
                continue
            differences.extend(
                (table, row["id"], name) for name in names if name not in _UNLOGGED and row[name] != state.get(name)
            )
    differences.extend((table, row_id, "") for table, row_id in states)
    return differences
