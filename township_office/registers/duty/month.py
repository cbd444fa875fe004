# SPDX-License-Identifier: MulanPSL-2.0
"""One month's roster as the file keeps it: who is on duty when, and what became of it after it was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from township_office.registers.duty.plan import DayKind, Half

DRAFT, PUBLISHED = "draft", "published"
DRAWN, IMPORTED = "drawn", "imported"
SWAP, SUBSTITUTE, CHANGE = "swap", "substitute", "change"  # 换班; 替班 (a turn is owed); 改派


@dataclass(frozen=True, slots=True)
class Month:
    """The roster of a month: draft until it is published, then only changed with a reason.

    outcome: what was proven when it was drawn, as services.roster.drawing keeps it; None for a hand-made one.
    """

    id: int
    month: str  # 2026-10
    state: str
    entry: str
    outcome: str | None
    signed_by: str
    published_at: str
    published_by: str
    remarks: str

    @property
    def is_published(self) -> bool:
        """Whether it has been given out."""
        return self.state == PUBLISHED


@dataclass(frozen=True, slots=True)
class Shift:
    """One place of one line on one day, and who has it; person_id is None while nobody has."""

    id: int
    month_id: int
    day: date
    line_id: int
    half: Half
    seat: int  # from 1
    person_id: int | None
    kind: DayKind
    is_locked: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed of a published shift: who gave the turn up, who took it, why, and who approved (D3)."""

    id: int
    shift_id: int
    other_id: int | None  # the shift it was swapped for
    kind: str
    from_id: int | None
    to_id: int | None
    reason: str
    approved_by: str
    changed_on: date
    changed_by: str
    returned_on: date | None  # the turn that was owed for it is given back


def days_of(month: str) -> list[date]:
    """Return the days of "2026-10"."""
    first = first_of(month)
    return [first + timedelta(n) for n in range((first_of(after(month)) - first).days)]


def first_of(month: str) -> date:
    """Return the first day of "2026-10"; raise ValueError when it names no month."""
    year, _, number = month.partition("-")
    if len(year) != 4 or len(number) != 2:
        raise ValueError(month)
    return date(int(year), int(number), 1)


def month_of(day: date) -> str:
    """Return the month of a day as "2026-10"."""
    return day.strftime("%Y-%m")


def after(month: str, count: int = 1) -> str:
    """Return the month that many later; a negative count goes back."""
    first = first_of(month)
    whole = first.year * 12 + first.month - 1 + count
    return f"{whole // 12:04}-{whole % 12 + 1:02}"
