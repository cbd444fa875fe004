# SPDX-License-Identifier: MulanPSL-2.0
"""Rows of any register: add, change, void, find by id or number. Nothing is deleted."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from township_office.core.errors import OfficeError
from township_office.core.fields import Kind, Register, Value
from township_office.core.searchkeys import fold, initials, spell
from township_office.store import changelog, rows
from township_office.store.changelog import Entry, Pen
from township_office.store.schema import KEY_COLUMNS, OWN_COLUMNS

Row = dict[str, Value]
_CHUNK = 500  # ids in one query


def add(pen: Pen, register: Register, values: Mapping[str, Value]) -> int:
    """Store one row (own columns and fields) and log it; return its id. Call inside database.writing."""
    stamped = dict(values) | {"entered_at": _now(), "entered_by": pen.clerk}
    return rows.insert(pen, register.name, to_sql(stamped) | keys_of(register, values))


def add_many(pen: Pen, register: Register, many: Iterable[Mapping[str, Value]], verb: str) -> list[int]:
    """Store many rows and log each of them; return their ids, in order. Call inside database.writing."""
    names = [*(name for name in OWN_COLUMNS if name != "id"), *(field.name for field in register.fields)]
    first = pen.db.conn.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {register.name}").fetchone()[0]
    columns = ", ".join(["id", *names, *KEY_COLUMNS])
    places = ", ".join("?" * (len(names) + 3))
    now = _now()
    entries: list[Entry] = []
    prepared: list[tuple[object, ...]] = []
    for row_id, values in enumerate(many, start=first):
        plain = to_sql(values)
        plain["entered_at"], plain["entered_by"] = now, pen.clerk
        search_text, letters = _keys(register, values)
        prepared.append((row_id, *map(plain.get, names), search_text, letters))
        entries.append(Entry(verb, register.name, row_id, None, plain))
    pen.db.conn.executemany(f"INSERT INTO {register.name} ({columns}) VALUES ({places})", prepared)
    changelog.append(pen, entries)
    return list(range(first, first + len(prepared)))


def change(pen: Pen, register: Register, row_id: int, changes: Mapping[str, Value], *, verb: str, why: str) -> bool:
    """Change fields or own columns of one row and log what differs. Call inside database.writing."""
    whole = get(pen.db, register, row_id) | dict(changes)
    return rows.update(pen, register.name, row_id, to_sql(changes) | keys_of(register, whole), verb=verb, why=why)


def get(db: Database, register: Register, row_id: int) -> Row:
    """Return one row by its id; KeyError when there is none."""
    return get_many(db, register, [row_id])[0]


def get_many(db: Database, register: Register, ids: Sequence[int]) -> list[Row]:
    """Return the rows with these ids, in their order; KeyError when one is missing."""
    found: dict[int, Row] = {}
    names = [*OWN_COLUMNS, *(field.name for field in register.fields)]
    readers = _readers(register)
    for start in range(0, len(ids), _CHUNK):
        some = list(ids[start : start + _CHUNK])
        places = ",".join("?" * len(some))
        sql = f"SELECT {', '.join(names)} FROM {register.name} WHERE id IN ({places})"
        for values in db.conn.execute(sql, some):
            row: Row = dict(zip(names, values, strict=True))
            try:
                for name, read in readers:
                    if row[name] is not None:
                        row[name] = read(row[name])
            except ValueError as fault:  # 2026-13-45: no program of ours wrote that
                raise OfficeError("error.damaged") from fault
            found[values[0]] = row
    return [found[row_id] for row_id in ids]


def ids_with_number(db: Database, register: Register, number: str) -> list[int]:
    """Return the ids of the rows that bear exactly this number, oldest first."""
    sql = f"SELECT id FROM {register.name} WHERE number = ? AND entry <> 'revoked' ORDER BY id"
    return [row_id for (row_id,) in db.conn.execute(sql, [number])]


def ids_where(db: Database, register: Register, where: str, values: Sequence[object], limit: int = -1) -> array[int]:
    """Return the ids of rows that meet a condition written in this room, newest year first, newest entry first."""
    sql = (
        f"SELECT id FROM {register.name} WHERE entry <> 'revoked' AND ({where}) "
        f"ORDER BY year DESC, id DESC LIMIT {limit}"
    )
    return array("q", (row_id for (row_id,) in db.conn.execute(sql, values)))


def to_sql(values: Mapping[str, Value]) -> dict[str, object]:
    """Return values as SQLite keeps them: dates as ISO text, yes/no as 0 or 1, empty text as NULL."""
    return {name: _plain(value) for name, value in values.items()}


def keys_of(register: Register, values: Mapping[str, Value]) -> dict[str, object]:
    """Return the hidden search keys of a row."""
    return dict(zip(KEY_COLUMNS, _keys(register, values), strict=True))


def _keys(register: Register, values: Mapping[str, Value]) -> tuple[str, str]:
    parts = [str(values[name]) for name in ("number", "original_number") if values.get(name)]
    spoken: list[str] = []
    for field in register.fields:
        value = values.get(field.name)
        if value is None or not field.searched or field.kind is Kind.DATE:
            continue
        text = str(value)
        parts.append(text)
        if field.kind is Kind.NAME or field.name == "title":
            spoken.append(text)
    # \x01 keeps the columns apart: spell leaves it alone and no clerk can type it.
    whole = "\x01".join(parts)
    spelt, folded = spell(whole), fold(whole)
    key = spelt if folded == spelt else f"{spelt}\x01{folded}"
    return key, " ".join(initials(fold(text)) for text in spoken)


def _plain(value: Value) -> object:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _readers(register: Register) -> list[tuple[str, Callable[[Any], Value]]]:
    readers: list[tuple[str, Callable[[Any], Value]]] = [("voided_on", date.fromisoformat)]
    for field in register.fields:
        if field.kind is Kind.DATE:
            readers.append((field.name, date.fromisoformat))
        elif field.kind is Kind.YES_NO:
            readers.append((field.name, bool))
    return readers


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")
