# SPDX-License-Identifier: MulanPSL-2.0
"""Which page of the duty log is which day's, and which emergencies fall into it."""

from __future__ import annotations

from datetime import date

from township_office.registers.duty.event import DUTY_EVENT
from township_office.registers.duty.log import DUTY_LOG
from township_office.store.database import Database
from township_office.store.records import Row, get_many, ids_where

_VALID = "voided_on IS NULL"


def of_day(db: Database, day: date) -> Row | None:
    """Return the page of a day that is not void."""
    return _first(db, f"{_VALID} AND duty_on = ?", day)


def last_before(db: Database, day: date) -> Row | None:
    """Return the latest page before a day."""
    newest = f"(SELECT max(duty_on) FROM duty_log WHERE {_VALID} AND entry <> 'revoked' AND duty_on < ?)"
    return _first(db, f"{_VALID} AND duty_on = {newest}", day)


def events_between(db: Database, first: str, last: str) -> list[Row]:
    """Return the emergencies the office heard of from one minute up to another, the earliest first."""
    where = f"{_VALID} AND received_at >= ? AND received_at < ?"
    found = get_many(db, DUTY_EVENT, ids_where(db, DUTY_EVENT, where, [first, last]))
    return sorted(found, key=lambda row: str(row["received_at"]))


def _first(db: Database, where: str, day: date) -> Row | None:
    found = get_many(db, DUTY_LOG, ids_where(db, DUTY_LOG, where, [day.isoformat()], 1))
    return found[0] if found else None
