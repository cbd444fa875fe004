# SPDX-License-Identifier: MulanPSL-2.0
"""What the clerk must know on opening the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from township_office.core.fields import Register
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services.backup import last_backup
from township_office.services.office import Office
from township_office.store import records, views
from township_office.store.records import Row

SOON = timedelta(days=3)
_LINES = 12  # of a card


@dataclass(frozen=True, slots=True)
class Tally:
    """How many documents a register holds, void ones told apart."""

    this_year: int
    this_month: int
    void: int  # of this year, in neither of the two


@dataclass(frozen=True, slots=True)
class Summary:
    """The first page; due holds late and soon due receipts, most urgent first."""

    due: list[Row]
    late_count: int
    receipts: Tally
    dispatches: Tally
    latest: list[Row]  # receipts, newest first
    last_backup: datetime | None


def tally(office: Office, register: Register, today: date) -> Tally:
    """Count the documents of this year and this month."""
    return Tally(*views.tally(office.db, register, today.year, f"{today:%Y-%m}"))


def today_summary(office: Office, today: date) -> Summary:
    """Gather the first page as of today."""
    due = views.due(office.db, RECEIPT, today + SOON, 200, today)
    latest = records.ids_where(office.db, RECEIPT, "voided_on IS NULL", [], _LINES)
    due_rows = records.get_many(office.db, RECEIPT, due)
    return Summary(
        due=due_rows,
        late_count=views.count_late(office.db, RECEIPT, today),
        receipts=tally(office, RECEIPT, today),
        dispatches=tally(office, DISPATCH, today),
        latest=records.get_many(office.db, RECEIPT, latest),
        last_backup=last_backup(office),
    )
