# SPDX-License-Identifier: MulanPSL-2.0
"""Series, the next number, reservations: read in the same transaction that writes the row."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from township_office.core.fields import Register
from township_office.registers.series import Series, first_sequence, fixed_series
from township_office.store import rows
from township_office.store.changelog import Pen
from township_office.store.database import Database

_SERIES = "SELECT register, code, name, format, reset, start, start_period, term, id FROM series"
_LEDGER = "entry, title, {day}, entered_by, voided_on, voided_by, void_reason"
_OPEN = "FROM reservation WHERE register = ? AND series = ? AND period = ? AND released_on IS NULL"


@dataclass(frozen=True, slots=True)
class Reservation:
    """预留号 — a number kept for a named purpose until it is used or given back."""

    id: int
    sequence: int
    name: str
    reason: str
    reserved_on: date
    reserved_by: str


@dataclass(frozen=True, slots=True)
class Taken:
    """One row of a series and period, as the number ledger needs it."""

    id: int
    number: str
    sequence: int
    entry: str
    title: str | None
    day: date | None
    entered_by: str
    voided_on: date | None
    voided_by: str | None
    void_reason: str | None


def all_series(db: Database, register: Register) -> list[Series]:
    """Return the register's series in the order the office made them; one of ours where no office sets any."""
    found = db.conn.execute(f"{_SERIES} WHERE register = ? ORDER BY id", [register.name])
    return [Series(*values) for values in found] or fixed_series(register.name)


def save_series(pen: Pen, series: Series) -> None:
    """Add a series, or change the one with its id; call inside database.writing."""
    values = asdict(series)
    row_id = values.pop("id")
    if row_id:
        rows.update(pen, "series", row_id, values)
    else:
        rows.insert(pen, "series", values)


def next_sequence(db: Database, register: Register, series: Series, period: int) -> int:
    """Return the number after the highest used or reserved one: never a gap, never twice."""
    used = db.conn.execute(
        f"SELECT max(sequence) FROM {register.name} WHERE series = ? AND period = ?",
        [series.code, period],
    ).fetchone()[0]
    kept = db.conn.execute(f"SELECT max(sequence) {_OPEN}", [register.name, series.code, period]).fetchone()[0]
    return max((used or 0) + 1, (kept or 0) + 1, first_sequence(series, period))


def is_used(db: Database, register: Register, series: str, period: int, sequence: int) -> bool:
    """Return whether a row, void or not, holds the number."""
    sql = f"SELECT 1 FROM {register.name} WHERE series = ? AND period = ? AND sequence = ?"
    return db.conn.execute(sql, [series, period, sequence]).fetchone() is not None


def is_borne(db: Database, register: Register, number: str, year: int) -> bool:
    """Return whether a row of year is numbered with this very text, of whatever series and period."""
    sql = f"SELECT 1 FROM {register.name} WHERE number = ? AND year = ? AND entry <> 'revoked'"
    return db.conn.execute(sql, [number, year]).fetchone() is not None


def used_sequences(db: Database, register: Register) -> set[tuple[str, int, int]]:
    """Return every (series, period, sequence) of the register."""
    sql = f"SELECT series, period, sequence FROM {register.name} WHERE sequence IS NOT NULL"
    return set(db.conn.execute(sql))


def reservations(db: Database, register: Register, series: str, period: int) -> list[Reservation]:
    """Return the open reservations, lowest number first."""
    sql = f"SELECT id, sequence, name, reason, reserved_on, reserved_by {_OPEN} ORDER BY sequence"
    return [
        Reservation(row_id, sequence, name, reason, date.fromisoformat(day), by)
        for row_id, sequence, name, reason, day, by in db.conn.execute(sql, [register.name, series, period])
    ]


def reserve(pen: Pen, register: Register, place: tuple[str, int, int], words: tuple[str, str, date]) -> int:
    """Keep (series, period, sequence) for (name, reason, today); return its id. Inside database.writing."""
    series, period, sequence = place
    name, reason, today = words
    values = {
        "register": register.name, "series": series, "period": period, "sequence": sequence, "name": name,
        "reason": reason, "reserved_on": today.isoformat(), "reserved_by": pen.clerk, "released_on": None,
    }  # fmt: skip
    return rows.insert(pen, "reservation", values)


def is_open(db: Database, reservation_id: int) -> bool:
    """Return whether a number is still kept by this reservation."""
    sql = "SELECT 1 FROM reservation WHERE id = ? AND released_on IS NULL"
    return db.conn.execute(sql, [reservation_id]).fetchone() is not None


def release(pen: Pen, reservation_id: int, today: date, why: str) -> None:
    """Close a reservation, because its number was used or is given back. Inside database.writing."""
    rows.update(pen, "reservation", reservation_id, {"released_on": today.isoformat()}, verb="release", why=why)


def taken(db: Database, register: Register, series: str, period: int) -> list[Taken]:
    """Return the rows of a series and period that hold a number, lowest first."""
    sql = (
        f"SELECT id, number, sequence, {_LEDGER.format(day=register.dated_by)} "
        f"FROM {register.name} WHERE series = ? AND period = ? AND sequence IS NOT NULL ORDER BY sequence"
    )
    return [_taken(found) for found in db.conn.execute(sql, [series, period])]


def clashing(db: Database, register: Register, series: str, period: int) -> list[Taken]:
    """Return the imported rows whose number was taken already: they keep it as text, without a sequence."""
    sql = (
        f"SELECT id, number, 0, {_LEDGER.format(day=register.dated_by)} "
        f"FROM {register.name} WHERE series = ? AND period = ? AND sequence IS NULL AND entry = 'imported' ORDER BY id"
    )
    return [_taken(found) for found in db.conn.execute(sql, [series, period])]


def periods(db: Database, register: Register, series: str) -> list[int]:
    """Return the periods in which the series was used or reserved, latest first."""
    sql = (
        f"SELECT period FROM {register.name} WHERE series = :series AND period IS NOT NULL "
        "UNION SELECT period FROM reservation WHERE register = :register AND series = :series ORDER BY 1 DESC"
    )
    return [period for (period,) in db.conn.execute(sql, {"series": series, "register": register.name})]


def _taken(found: tuple[object, ...]) -> Taken:
    def day(value: object) -> date | None:
        return date.fromisoformat(value) if isinstance(value, str) else None

    row_id, number, sequence, entry, title, dated, by, voided_on, voided_by, reason = found
    return Taken(row_id, number, sequence, entry, title, day(dated), by, day(voided_on), voided_by, reason)  # type: ignore[arg-type]
