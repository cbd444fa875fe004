# SPDX-License-Identifier: MulanPSL-2.0
"""Who changed what, when and why: an append-only, hash-chained log in the same transaction as the change.

The hash of an entry covers every column of it and the hash before it, in canonical
JSON under a format number, so that an edit by any other tool is found by verify.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from township_office.core.errors import OfficeError
from township_office.core.gate import has_secret_mark
from township_office.core.progress import Progress, silent
from township_office.registers import BOOKS
from township_office.store.database import Database
from township_office.store.schema import UNLOGGED

FORMAT = 1
GROUP = 200
ROWS = "rows"  # no column has this name
_START = bytes(32)
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_INSERT = (
    "INSERT INTO change_log (seq, at, clerk, verb, register, row_id, before, after, why, format, hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_READ = "SELECT seq, at, clerk, verb, before, after, why, row_id FROM change_log"
_DUTY = ("duty_person", "duty_away", "duty_pair", "duty_line", "duty_month", "duty_shift", "duty_change")
_TABLES = ("setting", "series", "reservation", "batch", "sealed", "key_slot", "filing", *_DUTY, *BOOKS)
_UNLOGGED = frozenset({"id", *UNLOGGED})

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes, and where: nothing is changed without a name."""

    db: Database
    clerk: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: before and after hold only the columns that changed; an addition has no before.

    Rows that came in together share entries of up to GROUP rows: row_id is then the first of
    them and after is {ROWS: [id, …], column: [its value in each row, …], column: the one value of all, …}.
    """

    verb: str
    table: str
    row_id: int
    before: Values | None
    after: Values
    why: str = ""


def append(pen: Pen, entries: Iterable[Entry]) -> None:
    """Append entries to the chain; call it inside the transaction that makes the changes.

    The last gate before the file: raise OfficeError where a door forgot to look for a state-secret mark.
    """
    pen.db.conn.executemany(_INSERT, _chained(pen.clerk, entries, *_last(pen.db)))


def _last(db: Database) -> tuple[int, bytes]:
    found = db.conn.execute("SELECT seq, hash FROM change_log ORDER BY seq DESC LIMIT 1").fetchone()
    return (found[0], found[1]) if found else (0, _START)


def _chained(clerk: str, entries: Iterable[Entry], seq: int, previous: bytes) -> Iterator[tuple[object, ...]]:
    at = datetime.now().isoformat(timespec="seconds")
    for entry in entries:
        seq += 1
        before, after = None if entry.before is None else canonical(entry.before), canonical(entry.after)
        if entry.verb != "import" and has_secret_mark(f"{after} {entry.why}"):  # an import was read cell by cell
            raise OfficeError("error.secret_mark")
        columns = (seq, at, clerk, entry.verb, entry.table, entry.row_id, before, after, entry.why)
        previous = entry_hash(previous, columns)
        yield (*columns, FORMAT, previous)


def canonical(values: Values) -> str:
    """Return the one JSON text of values: sorted keys, no blanks, empty columns left out."""
    return _encode({name: value for name, value in values.items() if value is not None})


def entry_hash(previous: bytes, columns: tuple[object, ...]) -> bytes:
    """Return the SHA-256 of an entry: format byte, the hash before it, its columns seq … why as a JSON list."""
    from hashlib import sha256  # it brings 4 MB of OpenSSL along: not before something is written

    return sha256(bytes([FORMAT]) + previous + _encode(columns).encode("utf-8", "surrogatepass")).digest()


def grouped(verb: str, table: str, ids: Sequence[int], columns: Mapping[str, Sequence[object]]) -> Iterator[Entry]:
    """Yield the entries of new rows with consecutive ids."""
    for start in range(0, len(ids), GROUP):
        some = slice(start, start + GROUP)
        after = {name: _at_once(column[some]) for name, column in columns.items()}
        yield Entry(verb, table, ids[start], None, after | {ROWS: list(ids[some])})


def _at_once(values: Sequence[object]) -> object:
    return values[0] if is_one(values) else values


def is_one(values: Sequence[object]) -> bool:
    """Return whether all values are the same."""
    return values[0] == values[-1] and values.count(values[0]) == len(values)  # most columns differ at the ends


def _ungrouped(row_id: int, changed: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each row of an entry with what it says of it."""
    if ROWS not in changed:
        yield row_id, changed
        return
    for place, each in enumerate(changed.pop(ROWS)):
        row = {name: said[place] if isinstance(said, list) else said for name, said in changed.items()}
        yield each, {name: value for name, value in row.items() if value is not None}


def head(db: Database) -> tuple[int, str]:
    """Return the number of entries and the last hash in hex ("" before the first)."""
    seq, digest = _last(db)
    return seq, digest.hex() if seq else ""


def between(db: Database, after: int, last: int) -> list[Entry]:
    """Return the entries after one, up to last, oldest first; rows that came in together stay together."""
    sql = "SELECT verb, register, row_id, before, after, why FROM change_log WHERE seq > ? AND seq <= ? ORDER BY seq"
    return [
        Entry(verb, table, row_id, None if old is None else json.loads(old), json.loads(new), why)
        for verb, table, row_id, old, new, why in db.conn.execute(sql, [after, last])
    ]


def done_with(db: Database, table: str, row_id: int, verb: str) -> list[Entry]:
    """Return the entries that follow the one by which a row was added, as long as they have this verb."""
    begun = "SELECT min(seq) FROM change_log WHERE register = ? AND row_id = ? AND before IS NULL"
    first = db.conn.execute(begun, [table, row_id]).fetchone()[0]
    ended = "SELECT coalesce(min(seq), ?) FROM change_log WHERE seq > ? AND verb <> ?"
    last = db.conn.execute(ended, [head(db)[0] + 1, first, verb]).fetchone()[0] - 1
    return between(db, first, last)


def is_about_rows(db: Database, after: int) -> bool:
    """Return whether anything but settings was written after an entry."""
    sql = "SELECT 1 FROM change_log WHERE seq > ? AND register <> 'setting' LIMIT 1"
    return db.conn.execute(sql, [after]).fetchone() is not None


def is_printed_since(db: Database, register: str, after: int) -> bool:
    """Return whether it was noted after an entry that a register's book is on paper."""
    sql = (
        "SELECT 1 FROM change_log WHERE register = 'setting' AND seq > ? "
        "AND row_id = (SELECT id FROM setting WHERE name = ?) LIMIT 1"
    )
    return db.conn.execute(sql, [after, f"{register}.printed"]).fetchone() is not None


def of_row(db: Database, table: str, row_id: int) -> list[dict[str, object]]:
    """Return the entries of one row, oldest first, before and after as dicts."""
    found = db.conn.execute(f"{_READ} WHERE register = ? AND row_id = ? ORDER BY seq", [table, row_id]).fetchall()
    groups = "row_id BETWEEN ? AND ? AND verb IN ('import', 'file')"
    together = f"{_READ} WHERE register = ? AND {groups} ORDER BY row_id DESC LIMIT 1"
    found = [*db.conn.execute(together, [table, row_id - GROUP + 1, row_id - 1]), *found]
    entries = []
    for values in found:
        entry = _told(values)
        entry["after"] = dict(_ungrouped(row_id, json.loads(values[5]))).get(row_id)
        if entry["after"] is not None:
            entries.append(entry)
    return entries


def of_children(db: Database, child: str, parent_id: int) -> list[dict[str, object]]:
    """Return the entries of every row of a child that belongs to parent_id, void or not, oldest first."""
    sql = f"{_READ} WHERE register = ? AND row_id IN (SELECT id FROM {child} WHERE parent_id = ?) ORDER BY seq"
    return [_told(values) for values in db.conn.execute(sql, [child, parent_id])]


def _told(values: tuple[Any, ...]) -> dict[str, object]:
    seq, at, clerk, verb, before, after, why, row_id = values
    who = {"seq": seq, "at": at, "clerk": clerk, "verb": verb, "why": why, "row_id": row_id}
    return who | {"before": json.loads(before or "{}"), "after": json.loads(after)}


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
        if not _is_sound(previous, row):
            broken.append(("altered", row[0], str(row[4])))
        previous = row[10] if isinstance(row[10], bytes) else b""
        try:
            changed = dict.fromkeys(json.loads(row[6] or "{}")) | json.loads(row[7])
            for row_id, columns in _ungrouped(row[5], changed):
                states.setdefault((row[4], row_id), {}).update(columns)
        except (ValueError, TypeError, LookupError):
            continue  # already named as altered
    return broken, states


def _is_sound(previous: bytes, row: tuple[Any, ...]) -> bool:
    try:
        return bool(row[9] == FORMAT and entry_hash(previous, tuple(row[:9])) == row[10])
    except TypeError:  # a column that is no text any more
        return False


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
