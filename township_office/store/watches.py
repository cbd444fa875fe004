# SPDX-License-Identifier: MulanPSL-2.0
"""What 今日 watches over: which rows it is about, counted, listed, and for the list its headings open."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import chain

from township_office.core.fields import Register
from township_office.registers.archive.care import LENDING
from township_office.registers.archive.disposal import TRANSFER_AGE
from township_office.registers.archive.retention import ALL_RETENTIONS
from township_office.registers.circulation import INSTRUCTION, READING
from township_office.registers.duty.event import FINAL
from township_office.registers.watch import (
    DUE,
    EXPIRED,
    IN_HAND,
    INSTRUCT,
    MEETING,
    PAGELESS,
    READ,
    REPORTING,
    TO_TRANSFER,
    UNBOXED,
    UNFILED,
)
from township_office.store.children import REPORTS, out_ids
from township_office.store.database import Database

_SOON, _WEEK = timedelta(3), timedelta(7)
_VALID = "voided_on IS NULL AND entry <> 'revoked'"
_TO_FILE = f"{_VALID} AND filed_on IS NULL AND is_for_archive IS NOT 0"
# What became of the papers of an old ledger stands in the old book; those of last year are to be filed this year.
# Two conditions, so that each is found by an index of its own.
_OURS, _TAKEN_IN = "entry IN ('live', 'backdated')", "entry = 'imported' AND year >= :last_year"
# Not done with, and no paper of a former year's ledger.
_PENDING = (
    f"completed_on IS NULL AND filed_on IS NULL AND returned_on IS NULL AND {_VALID} "
    "AND (entry <> 'imported' OR year >= :this_year)"
)
# Units that have not signed for a document: registers.distribution.is_signed in SQL.
_UNSIGNED = "received_at IS NULL AND receiver IS NULL AND voided_on IS NULL"


def _out(purpose: str) -> str:
    return f"{_VALID} AND id IN ({out_ids(purpose)})"


_IN_STORE = f"{_VALID} AND destroyed_on IS NULL AND transferred_on IS NULL"
_YEARS = " ".join(f"WHEN '{one.word}' THEN {one.years}" for one in ALL_RETENTIONS if one.years)
_FOR_THE_COUNTY = ", ".join(f"'{one.word}'" for one in ALL_RETENTIONS if one.years is None or one.years >= 30)

CONDITIONS: Mapping[str, Mapping[str, str]] = {
    "receipt": {
        DUE: f"due_on <= :soon AND {_PENDING}",
        READ: _out(READING),
        INSTRUCT: _out(INSTRUCTION),
        MEETING: f"meeting_at >= :today AND meeting_at < :after_week AND returned_on IS NULL AND {_VALID}",
        UNFILED: f"completed_on IS NOT NULL AND returned_on IS NULL AND {_TO_FILE} AND ({_OURS} OR {_TAKEN_IN})",
    },
    "dispatch": {
        IN_HAND: (
            f"{_VALID} AND filed_on IS NULL AND CASE WHEN dispatched_on IS NULL THEN entry <> 'imported' "
            f"ELSE id IN (SELECT parent_id FROM distribution WHERE {_UNSIGNED}) END"
        ),
        UNFILED: f"dispatched_on IS NOT NULL AND {_TO_FILE} AND ({_OURS} OR {_TAKEN_IN})",
    },
    "archive_item": {
        PAGELESS: f"{_IN_STORE} AND page_count IS NULL",
        UNBOXED: f"{_IN_STORE} AND box_no IS NULL",
        EXPIRED: (
            f"{_IN_STORE} AND archive_year + CASE coalesce(extended_to, retention_period) {_YEARS} END < :this_year"
        ),
        TO_TRANSFER: (
            f"{_IN_STORE} AND archive_year + {TRANSFER_AGE} <= :this_year "
            f"AND coalesce(extended_to, retention_period) IN ({_FOR_THE_COUNTY})"
        ),
    },
    "access_log": {DUE: f"due_on <= :today AND way = '{LENDING}' AND returned_on IS NULL AND {_VALID}"},
    "archive_box": {}, "stack_in_out": {}, "climate_log": {}, "stack_check": {},
    "appraisal": {}, "transfer": {}, "duty_log": {},
    "duty_event": {REPORTING: f"{_VALID} AND NOT EXISTS (SELECT 1 {REPORTS} AND r.kind = '{FINAL}')"},
}  # fmt: skip
_ORDERS = {
    DUE: "due_on, id",
    MEETING: "meeting_at, id",
    REPORTING: "received_at, id",
    IN_HAND: "dispatched_on IS NOT NULL, signed_on IS NOT NULL, reviewed_on IS NULL, printed_on IS NOT NULL, year, id",
}


def ids(db: Database, register: Register, watch: str, today: date, limit: int) -> array[int]:
    """Return the ids of the rows a card lists, the most urgent first."""
    sql = (
        f"SELECT id FROM {register.name} WHERE {CONDITIONS[register.name][watch]} "
        f"ORDER BY {_ORDERS[watch]} LIMIT {limit:d}"
    )
    return array("q", chain.from_iterable(db.conn.execute(sql, days(today)).fetchall()))


def count(db: Database, register: Register, watch: str, today: date) -> int:
    """Return how many rows there are to watch over."""
    sql = f"SELECT count(*) FROM {register.name} WHERE {CONDITIONS[register.name][watch]}"
    return int(db.conn.execute(sql, days(today)).fetchone()[0])


def count_late(db: Database, register: Register, today: date) -> int:
    """Return how many open rows were due before today."""
    sql = f"SELECT count(*) FROM {register.name} WHERE due_on < :today AND {_PENDING}"
    return int(db.conn.execute(sql, days(today)).fetchone()[0])


def unfiled_by_year(db: Database, register: Register, today: date) -> list[tuple[int, int]]:
    """Return (year, rows done with and not yet filed), earliest year first."""
    unfiled = CONDITIONS[register.name][UNFILED]
    found: Counter[int] = Counter()
    for whose in (_OURS, _TAKEN_IN):
        sql = f"SELECT year, count(*) FROM {register.name} WHERE {unfiled} AND {whose} GROUP BY year"
        found.update({year: count for year, count in db.conn.execute(sql, days(today)) if year is not None})
    return sorted(found.items())


def unsigned_units(db: Database, dispatch_id: int) -> int:
    """Return how many units have not signed for a document."""
    sql = f"SELECT count(*) FROM distribution WHERE parent_id = ? AND {_UNSIGNED}"
    return int(db.conn.execute(sql, [dispatch_id]).fetchone()[0])


def numbered(db: Database, register: Register, year: int) -> int:
    """Return how many rows of year bear a number and are not void."""
    sql = f"SELECT count(*) FROM {register.name} WHERE year = ? AND number IS NOT NULL AND {_VALID}"
    return int(db.conn.execute(sql, [year]).fetchone()[0])


def days(today: date) -> dict[str, object]:
    """Return the days the conditions speak of."""
    return {
        "today": today.isoformat(), "soon": (today + _SOON).isoformat(), "this_year": today.year,
        "after_week": (today + _WEEK + timedelta(1)).isoformat(), "last_year": today.year - 1,
    }  # fmt: skip
