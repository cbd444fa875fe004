# SPDX-License-Identifier: MulanPSL-2.0
"""What the clerk must know on opening the program. Each card can be recounted from the rows, and a test does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from township_office.core.fields import Register
from township_office.registers import DOCUMENTS
from township_office.registers.archive.care import ACCESS_LOG
from township_office.registers.circulation import INSTRUCTION, READING
from township_office.registers.dispatch import DISPATCH
from township_office.registers.duty.event import DUTY_EVENT
from township_office.registers.receipt import RECEIPT
from township_office.registers.watch import DUE, IN_HAND, MEETING, REPORTING
from township_office.services.backup import last_backup
from township_office.services.circulation import Out, out_now
from township_office.services.office import Office
from township_office.services.roster import events
from township_office.services.roster.events import Waiting
from township_office.services.settings import get_setting, leaders
from township_office.services.yearly_total import YearlyTotal, yearly_total
from township_office.store import records, seal_head, views, watches
from township_office.store.records import Row

Line = TypeVar("Line")

_LINES = 12  # of a card


@dataclass(frozen=True, slots=True)
class Tally:
    """How many documents a register holds, void ones told apart."""

    this_year: int
    this_month: int
    void: int  # of this year, in neither of the two


@dataclass(frozen=True, slots=True)
class Card(Generic[Line]):
    """One thing that is watched over: its most urgent lines, and how many there are in all."""

    lines: tuple[Line, ...]
    count: int

    @property
    def more(self) -> int:
        """How many there are beside the lines."""
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class InHand:
    """An outgoing document on its way; waiting_units: how many have not signed for it, once it is sent."""

    row: Row
    waiting_units: int


@dataclass(frozen=True, slots=True)
class Unfiled:
    """So many documents of a year are done with and not yet in the archive."""

    register: Register
    year: int
    count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The first page."""

    due: Card[Row]  # late, due today and soon; most urgent first
    late_count: int
    reading: Card[Out]  # copies out for 传阅, longest out first
    instruction: Card[Out]  # copies out for 批示
    meetings: Card[Row]  # of today and the coming week, the next first
    in_hand: Card[InHand]
    lent: Card[Row]  # archives that are late or due back today
    unfiled: Card[Unfiled]  # earliest year first
    events: Card[Waiting]  # emergencies without their 终报, the earliest first
    receipts: Tally
    dispatches: Tally
    dispatch_total: YearlyTotal
    circulation_days: int  # how long a paper may be out
    posts: Mapping[str, str]  # of the leaders, "" where none is given
    last_backup: datetime | None
    is_empty: bool  # nothing was ever registered
    has_confidential: bool  # the guarded register was set up; what it says is services.guarded.custody_today


def tally(office: Office, register: Register, today: date) -> Tally:
    """Count the documents of this year and this month."""
    return Tally(*views.tally(office.db, register, today.year, f"{today:%Y-%m}"))


def today_summary(office: Office, today: date) -> Summary:
    """Gather the first page as of today."""
    unfiled = [
        Unfiled(register, year, count)
        for register in DOCUMENTS
        for year, count in watches.unfiled_by_year(office.db, register, today)
    ]
    unfiled.sort(key=lambda one: one.year)
    in_hand = _watched(office, DISPATCH, IN_HAND, today)
    open_events = _watched(office, DUTY_EVENT, REPORTING, today)
    return Summary(
        due=_watched(office, RECEIPT, DUE, today),
        late_count=watches.count_late(office.db, RECEIPT, today),
        reading=_out(office, READING, today),
        instruction=_out(office, INSTRUCTION, today),
        meetings=_watched(office, RECEIPT, MEETING, today),
        lent=_watched(office, ACCESS_LOG, DUE, today),
        in_hand=Card(tuple(_in_hand(office, row) for row in in_hand.lines), in_hand.count),
        events=Card(tuple(events.waiting(office, row) for row in open_events.lines), open_events.count),
        unfiled=Card(tuple(unfiled[:_LINES]), sum(one.count for one in unfiled)),
        receipts=tally(office, RECEIPT, today),
        dispatches=tally(office, DISPATCH, today),
        dispatch_total=yearly_total(office, today.year),
        posts=leaders(office),
        circulation_days=int(get_setting(office, "circulation.days")),
        last_backup=last_backup(office),
        is_empty=not any(views.years(office.db, register) for register in DOCUMENTS),
        has_confidential=seal_head.is_there(office.db),
    )


def _watched(office: Office, register: Register, watch: str, today: date) -> Card[Row]:
    found = watches.ids(office.db, register, watch, today, _LINES)
    rows = records.get_many(office.db, register, found)
    return Card(tuple(rows), watches.count(office.db, register, watch, today))


def _out(office: Office, purpose: str, today: date) -> Card[Out]:
    lines, count = out_now(office, today, purpose, _LINES)
    return Card(tuple(lines), count)


def _in_hand(office: Office, row: Row) -> InHand:
    is_sent = row["dispatched_on"] is not None
    return InHand(row, watches.unsigned_units(office.db, int(str(row["id"]))) if is_sent else 0)
