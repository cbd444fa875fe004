# SPDX-License-Identifier: MulanPSL-2.0
"""Which rows of a register are to be seen: by year and by standing, counted and listed.

The conditions here say in SQL what registers.status says in Python; a test holds them together.
"""

from __future__ import annotations

from array import array
from datetime import date

from sqlite_utils import Database

from township_office.core.fields import Register
from township_office.store.records import ids_where

_STATES = {
    "receipt": (
        "CASE WHEN voided_on IS NOT NULL THEN 'voided' WHEN filed_on IS NOT NULL THEN 'filed' "
        "WHEN completed_on IS NOT NULL THEN 'completed' WHEN due_on < ? THEN 'overdue' ELSE 'open' END"
    ),
    "dispatch": (
        "CASE WHEN voided_on IS NOT NULL THEN 'voided' WHEN filed_on IS NOT NULL THEN 'filed' "
        "WHEN dispatched_on IS NOT NULL AND ? <> '' THEN 'dispatched' ELSE 'signed' END"
    ),
}


def row_ids(db: Database, register: Register, year: int | None, state: str, today: date) -> array[int]:
    """Return the ids of year (None: all years) that stand as state ("": any), newest first."""
    where, values = _year(year)
    if state:
        where += f" AND {_STATES[register.name]} = ?"
        values += [today.isoformat(), state]
    return ids_where(db, register, where, values)


def counts(db: Database, register: Register, year: int | None, today: date) -> dict[str, int]:
    """Return how many rows of year stand as each state."""
    where, values = _year(year)
    sql = (
        f"SELECT {_STATES[register.name]}, count(*) FROM {register.name} "
        f"WHERE entry <> 'revoked' AND {where} GROUP BY 1"
    )
    return dict(db.conn.execute(sql, [today.isoformat(), *values]).fetchall())


def years(db: Database, register: Register) -> list[int]:
    """Return the years that have rows, latest first, by skipping from year to year along the index."""
    sql = f"SELECT year FROM {register.name} WHERE entry <> 'revoked' AND year < ? ORDER BY year DESC LIMIT 1"
    found: list[int] = []
    while row := db.conn.execute(sql, [found[-1] if found else 10_000]).fetchone():
        found.append(row[0])
    return found


def between(db: Database, register: Register, first: date, last: date) -> int:
    """Return how many rows, void ones not counted, bear a date from first to last."""
    sql = (
        f"SELECT count(*) FROM {register.name} WHERE {register.dated_by} BETWEEN ? AND ? "
        "AND voided_on IS NULL AND entry <> 'revoked'"
    )
    return int(db.conn.execute(sql, [first.isoformat(), last.isoformat()]).fetchone()[0])


def due(db: Database, register: Register, until: date, limit: int) -> array[int]:
    """Return the ids of open rows due by until, most urgent first."""
    sql = (
        f"SELECT id FROM {register.name} WHERE due_on <= ? AND completed_on IS NULL AND filed_on IS NULL "
        "AND voided_on IS NULL AND entry <> 'revoked' ORDER BY due_on, id LIMIT ?"
    )
    return array("q", (row_id for (row_id,) in db.conn.execute(sql, [until.isoformat(), limit])))


def count_late(db: Database, register: Register, today: date) -> int:
    """Return how many open rows were due before today."""
    sql = (
        f"SELECT count(*) FROM {register.name} WHERE due_on < ? AND completed_on IS NULL AND filed_on IS NULL "
        "AND voided_on IS NULL AND entry <> 'revoked'"
    )
    return int(db.conn.execute(sql, [today.isoformat()]).fetchone()[0])


def latest_typed(db: Database, register: Register) -> int | None:
    """Return the id of the row typed last, or None; void and imported rows do not count."""
    sql = f"SELECT max(id) FROM {register.name} WHERE voided_on IS NULL AND entry IN ('live', 'backdated')"
    found: int | None = db.conn.execute(sql).fetchone()[0]
    return found


def in_book_order(
    db: Database, register: Register, year: int | None, first: date | None, last: date | None
) -> array[int]:
    """Return the ids of a printed book: by year, series, number, then date and entry."""
    where, values = _year(year)
    if first is not None:
        where += f" AND {register.dated_by} >= ?"
        values.append(first.isoformat())
    if last is not None:
        where += f" AND {register.dated_by} <= ?"
        values.append(last.isoformat())
    sql = (
        f"SELECT id FROM {register.name} WHERE entry <> 'revoked' AND {where} "
        f"ORDER BY year, (SELECT s.id FROM series s WHERE s.register = ? AND s.code = {register.name}.series), period, "
        f" sequence IS NULL, sequence, {register.dated_by}, id"
    )
    return array("q", (row_id for (row_id,) in db.conn.execute(sql, [*values, register.name])))


def distinct(db: Database, register: Register, name: str, limit: int) -> list[tuple[str, int, int]]:
    """Return what was typed in a field before as (text, times, latest row id), latest first."""
    sql = (
        f"SELECT {name}, count(*), max(id) FROM (SELECT {name}, id FROM {register.name} "
        f"WHERE {name} IS NOT NULL ORDER BY id DESC LIMIT {limit}) GROUP BY {name} ORDER BY 3 DESC"
    )
    return list(db.conn.execute(sql))


def _year(year: int | None) -> tuple[str, list[object]]:
    return ("1", []) if year is None else ("year = ?", [year])
