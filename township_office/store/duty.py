# SPDX-License-Identifier: MulanPSL-2.0
"""The duty roster in the file: people and what is said of their days, lines, months, shifts and their changes.

Writers are called inside database.writing; nothing is deleted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from township_office.registers.duty.balance import Turns
from township_office.registers.duty.month import Change, Month, Shift
from township_office.registers.duty.plan import DayKind, Half, Tally
from township_office.registers.duty.staff import Away, Line, Pair, Person, groups_in
from township_office.store import rows
from township_office.store.changelog import Pen
from township_office.store.database import Database

Values = Mapping[str, object]
_TABLES = {"person": "duty_person", "away": "duty_away", "pair": "duty_pair", "line": "duty_line",
           "month": "duty_month", "shift": "duty_shift", "change": "duty_change"}  # fmt: skip
_PERSON = "id, name, groups, post, phone, starts_on, ends_on, remarks, opening, since"
_LINE = "id, name, group_name, people, shift, kinds"
_MONTH = "id, month, state, entry, outcome, signed_by, published_at, published_by, remarks"
_SHIFT = "id, month_id, day, line_id, half, seat, person_id, kind, is_locked"
_CHANGE = "id, shift_id, other_id, kind, from_id, to_id, reason, approved_by, changed_on, changed_by, returned_on"


def people(db: Database, *, with_void: bool = False) -> list[Person]:
    """Return everybody, those who have left too, in the office's order; with_void: whoever was entered wrongly too."""
    where = "" if with_void else "WHERE voided_on IS NULL"
    return [_person(values) for values in db.conn.execute(f"SELECT {_PERSON} FROM duty_person {where} ORDER BY place")]


def aways(db: Database, first: date | None = None, last: date | None = None) -> list[Away]:
    """Return what is said of people's days that touches first to last; without them, of all days."""
    sql = (
        "SELECT id, person_id, kind, first_on, last_on, remarks FROM duty_away WHERE voided_on IS NULL "
        "AND last_on >= ? AND first_on <= ? ORDER BY first_on, id"
    )
    span = [first.isoformat() if first else "", last.isoformat() if last else "9"]
    return [
        Away(row_id, person, kind, date.fromisoformat(begin), date.fromisoformat(end), remarks or "")
        for row_id, person, kind, begin, end, remarks in db.conn.execute(sql, span)
    ]


def pairs(db: Database) -> list[Pair]:
    """Return who is never, and who is only together on duty."""
    sql = "SELECT id, first_id, second_id, rule FROM duty_pair WHERE voided_on IS NULL ORDER BY id"
    return [Pair(*values) for values in db.conn.execute(sql)]


def lines(db: Database, *, with_void: bool = False) -> list[Line]:
    """Return the lines in the order they are printed; with_void: those that are no longer kept too."""
    where = "" if with_void else "WHERE voided_on IS NULL"
    return [
        Line(row_id, name, group, people, shift, frozenset(map(DayKind, kinds.split(","))))
        for row_id, name, group, people, shift, kinds in db.conn.execute(
            f"SELECT {_LINE} FROM duty_line {where} ORDER BY voided_on IS NOT NULL, place, id"
        )
    ]


def month(db: Database, name: str) -> Month | None:
    """Return the roster of "2026-10", None while there is none."""
    return next(iter(_months(db, "WHERE month = ?", [name])), None)


def months(db: Database) -> list[Month]:
    """Return every month there is a roster of, oldest first."""
    return _months(db, "ORDER BY month", [])


def shifts(db: Database, first: date | None = None, last: date | None = None) -> list[Shift]:
    """Return the shifts of the days from first to last, in the order of days, lines and seats."""
    where = "is_void = 0 AND day >= ? AND day <= ?"
    span = [first.isoformat() if first else "", last.isoformat() if last else "9"]
    return _shifts(db, where, span)


def all_of_month(db: Database, month_id: int) -> dict[tuple[date, int, Half, int], Shift]:
    """Return every place a month ever had by day, line, half and seat, those no longer wanted too."""
    return {(one.day, one.line_id, one.half, one.seat): one for one in _shifts(db, "month_id = ?", [month_id])}


def shift(db: Database, shift_id: int) -> Shift | None:
    """Return one shift that is wanted."""
    return next(iter(_shifts(db, "is_void = 0 AND id = ?", [shift_id])), None)


def is_given_out(db: Database, month_id: int) -> bool:
    """Say whether a month has been given out."""
    return any(one.is_published for one in _months(db, "WHERE id = ?", [month_id]))


def is_twice(db: Database, shift_ids: Sequence[int]) -> bool:
    """Say whether somebody has two turns on a day of these shifts."""
    sql = (
        "SELECT 1 FROM duty_shift WHERE is_void = 0 AND person_id IS NOT NULL "
        f"AND day IN (SELECT day FROM duty_shift WHERE id IN ({', '.join('?' * len(shift_ids))})) "
        "GROUP BY day, person_id HAVING count(*) > 1"
    )
    return db.conn.execute(sql, list(shift_ids)).fetchone() is not None


def served(db: Database, line_id: int) -> set[int]:
    """Return who had turns of a line."""
    sql = "SELECT DISTINCT person_id FROM duty_shift WHERE is_void = 0 AND person_id IS NOT NULL AND line_id = ?"
    return {person_id for (person_id,) in db.conn.execute(sql, [line_id])}


def counts(db: Database) -> list[Turns]:
    """Return how many turns everybody had, month by month, oldest first, those of drafts too."""
    sql = (
        "SELECT m.month, m.entry = 'drawn', s.person_id, l.group_name, s.kind, count(*) FROM duty_shift s "
        "JOIN duty_month m ON m.id = s.month_id JOIN duty_line l ON l.id = s.line_id "
        "WHERE s.is_void = 0 AND s.person_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 3"
    )
    kinds = {str(kind): kind for kind in DayKind}
    return [
        Turns(month, bool(is_drawn), person, group, kinds[kind], count)
        for month, is_drawn, person, group, kind, count in db.conn.execute(sql)
    ]


def changes(db: Database, first: date | None = None, last: date | None = None) -> list[Change]:
    """Return the changes of published shifts of the days from first to last, oldest first."""
    span = [first.isoformat() if first else "", last.isoformat() if last else "9"]
    names = ", ".join(f"c.{name}" for name in _CHANGE.split(", "))
    sql = (
        f"SELECT {names} FROM duty_change c JOIN duty_shift s ON s.id = c.shift_id "
        "WHERE c.voided_on IS NULL AND s.day >= ? AND s.day <= ? ORDER BY c.id"
    )
    return [_change(values) for values in db.conn.execute(sql, span)]


def add(pen: Pen, what: str, values: Values) -> int:
    """Add a person, away, pair, line, month or change and log it; return its id."""
    table = _TABLES[what]
    own: dict[str, object] = {}
    if what in ("person", "line"):
        own["place"] = pen.db.conn.execute(f"SELECT coalesce(max(place), 0) + 1 FROM {table}").fetchone()[0]
    return rows.insert(pen, table, own | {name: plain(value) for name, value in values.items()})


def change(pen: Pen, what: str, row_id: int, values: Values, *, verb: str = "change", why: str = "") -> bool:
    """Change what differs of one row and log it; return whether anything did."""
    ready = {name: plain(value) for name, value in values.items()}
    return rows.update(pen, _TABLES[what], row_id, ready, verb=verb, why=why)


def change_shifts(pen: Pen, changed: Mapping[int, Values], *, verb: str = "change", why: str = "") -> None:
    """Change the same columns of many shifts and log each."""
    ready = {row_id: {name: plain(value) for name, value in one.items()} for row_id, one in changed.items()}
    rows.update_many(pen, "duty_shift", ready, verb=verb, why=why)


def add_shifts(pen: Pen, columns: Mapping[str, Sequence[object]], verb: str = "draw") -> None:
    """Add shifts given column by column and log them together."""
    rows.insert_many(
        pen, "duty_shift", {name: [plain(value) for value in said] for name, said in columns.items()}, verb
    )


def plain(value: object) -> object:
    """Return a value as SQLite keeps it: days as ISO text, nothing as NULL, tables as JSON."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else None
    return None if value == "" else value


def _months(db: Database, where: str, bound: Sequence[object]) -> list[Month]:
    return [
        Month(*values[:5], *(value or "" for value in values[5:]))
        for values in db.conn.execute(f"SELECT {_MONTH} FROM duty_month {where}", bound)
    ]


def _shifts(db: Database, where: str, bound: Sequence[object]) -> list[Shift]:
    sql = f"SELECT {_SHIFT} FROM duty_shift WHERE {where} ORDER BY day, line_id, half, seat"
    return [
        Shift(row_id, month_id, date.fromisoformat(day), line, Half(half), seat, person, DayKind(kind), bool(locked))
        for row_id, month_id, day, line, half, seat, person, kind, locked in db.conn.execute(sql, bound)
    ]


def _person(values: Sequence[object]) -> Person:
    row_id, name, groups, post, phone, starts, ends, remarks, opening, since = values
    tallies: dict[str, Tally] = {
        group: {DayKind(kind): count for kind, count in tally.items()}
        for group, tally in json.loads(str(opening or "{}")).items()
    }
    return Person(
        int(str(row_id)), str(name), groups_in(str(groups)), str(post or ""), str(phone or ""), _day(starts),
        _day(ends), str(remarks or ""), tallies, str(since or ""),
    )  # fmt: skip


def _change(values: Sequence[object]) -> Change:
    whole = dict(zip(_CHANGE.split(", "), values, strict=True))
    made = _day(whole["changed_on"])
    assert made is not None
    return Change(**whole | {"approved_by": whole["approved_by"] or "", "changed_on": made,
                             "returned_on": _day(whole["returned_on"])})  # type: ignore[arg-type]  # fmt: skip


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None
