# SPDX-License-Identifier: MulanPSL-2.0
"""Which rows of a register are to be seen: by year and by standing, counted and listed.

What each standing means in the rows is store.standings.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date

from township_office.core.fields import Book, Child, Register
from township_office.store import watches
from township_office.store.database import Database
from township_office.store.records import ids_where
from township_office.store.standings import STANDINGS

Part = Sequence[tuple[str, str | int | None]]  # columns of ours with what they must say


def row_ids(db: Database, register: Register, year: int | None, state: str, today: date, part: Part = ()) -> array[int]:
    """Return the ids of year (None: all years) that stand as state ("": any), newest first; state may be a watch.

    part: what columns must say besides.
    """
    where, values = _of_part(year, part)
    if watch := watches.CONDITIONS[register.name].get(state):
        return ids_where(db, register, f"{where} AND {watch}", watches.days(today) | values)
    *conditions, (rest, _) = STANDINGS[register.name]
    if state:
        cases = " ".join(f"WHEN {condition} THEN '{key}'" for key, condition in conditions)
        where += f" AND CASE {cases} ELSE '{rest}' END = :state" if cases else " AND :state = :state"
    return ids_where(db, register, where, {"state": state} | _now(today) | values)


def counts(db: Database, register: Register, year: int | None, today: date, part: Part = ()) -> dict[str, int]:
    """Return how many rows of year, and of part, stand as each state that any row stands as."""
    *conditions, (rest, _) = STANDINGS[register.name]
    columns = ["count(*)"]
    before = "1"
    for _, condition in conditions:
        columns.append(f"count(*) FILTER (WHERE {before} AND ({condition}))")
        before += f" AND NOT ({condition})"
    where, values = _of_part(year, part)
    sql = f"SELECT {', '.join(columns)} FROM {register.name} WHERE entry <> 'revoked' AND {where}"
    total, *found = db.conn.execute(sql, _now(today) | values).fetchone()
    each = {key: count for (key, _), count in zip(conditions, found, strict=True)}
    return {key: count for key, count in (each | {rest: total - sum(found)}).items() if count}


def years(db: Database, register: Register) -> list[int]:
    """Return the years that have rows, latest first, by skipping from year to year along the index."""
    sql = f"SELECT year FROM {register.name} WHERE entry <> 'revoked' AND year < ? ORDER BY year DESC LIMIT 1"
    found: list[int] = []
    while row := db.conn.execute(sql, [found[-1] if found else 10_000]).fetchone():
        found.append(row[0])
    return found


def tally(db: Database, register: Register, year: int, month: str) -> tuple[int, int, int]:
    """Return how many documents of year are not void, how many of those are dated in month (2026-11), and the void."""
    sql = (
        "SELECT count(*) FILTER (WHERE voided_on IS NULL), "
        f" count(*) FILTER (WHERE voided_on IS NULL AND {register.dated_by} BETWEEN :month AND :month || '-31'), "
        f" count(voided_on) FROM {register.name} WHERE entry <> 'revoked' AND {_year(year)} AND {_booked(register)}"
    )
    of_year, of_month, void = db.conn.execute(sql, {"month": month}).fetchone()
    return of_year, of_month, void


def latest_typed(db: Database, register: Register) -> int | None:
    """Return the id of the row typed last, or None; void and imported rows do not count."""
    sql = f"SELECT max(id) FROM {register.name} WHERE voided_on IS NULL AND entry IN ('live', 'backdated')"
    found: int | None = db.conn.execute(sql).fetchone()[0]
    return found


def in_book_order(
    db: Database, register: Register, year: int | None, first: date | None, last: date | None
) -> array[int]:
    """Return the ids of a printed book: by year, series, number, then date and entry. Drafts are not in it."""
    where = f"{_year(year)} AND {_booked(register)}"
    values = []
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


def distinct(db: Database, book: Book, name: str, limit: int) -> list[tuple[str, int, int]]:
    """Return what was typed in a field before as (text, times, latest row id), latest first."""
    valid = "voided_on IS NULL" if isinstance(book, Child) else "entry <> 'revoked'"
    sql = (
        f"SELECT {name}, count(*), max(id) FROM (SELECT {name}, id FROM {book.name} "
        f"WHERE {name} IS NOT NULL AND {valid} ORDER BY id DESC LIMIT {limit}) GROUP BY {name} ORDER BY 3 DESC"
    )
    return list(db.conn.execute(sql))


def _booked(register: Register) -> str:
    """Return the condition that a row is in the book, not a draft that is still to be signed."""
    return f"({register.dated_by} IS NOT NULL OR entry = 'imported')"


def of_sender(
    db: Database, register: Register, sender: str, since: int, limit: int
) -> list[tuple[int, str | None, str | None]]:
    """Return (year, 文号, title) of a sender's papers among the newest limit since a year; void ones do not count."""
    sql = (
        "SELECT year, doc_number, title FROM "
        f"(SELECT year, doc_number, title, sender, voided_on FROM {register.name} WHERE year >= ? "
        f"AND entry <> 'revoked' ORDER BY year DESC, id DESC LIMIT {limit:d}) WHERE sender = ? AND voided_on IS NULL"
    )
    return list(db.conn.execute(sql, [since, sender]))


def senders_with_code(db: Database, register: Register, code: str) -> list[str]:
    """Return up to two senders whose 文号 begin with code and a year."""
    sql = (
        f"SELECT DISTINCT sender FROM {register.name} WHERE doc_number >= ? AND doc_number < ? AND sender IS NOT NULL "
        "AND voided_on IS NULL AND entry <> 'revoked' LIMIT 2"
    )
    return [sender for (sender,) in db.conn.execute(sql, [f"{code}〔", f"{code}〕"])]  # 〕 follows 〔


def _now(today: date) -> dict[str, object]:
    return {"today": today.isoformat(), "this_year": today.year}


def _of_part(year: int | None, part: Part) -> tuple[str, dict[str, object]]:
    said = [f"{name} IS :part_{name}" for name, _ in part]
    return " AND ".join([_year(year), *said]), {f"part_{name}": value for name, value in part}


def _year(year: int | None) -> str:
    return "1" if year is None else f"year = {year:d}"
