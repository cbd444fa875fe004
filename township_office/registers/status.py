# SPDX-License-Identifier: MulanPSL-2.0
"""How a row stands, in one word: worked out from its dates, never typed, so it cannot contradict them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from township_office.core.fields import Register, Value


@dataclass(frozen=True, slots=True)
class State:
    """One standing: key for code and JSON filters, label for people, tone for the pill."""

    key: str
    label: str
    tone: str  # accent can be worked on · amber soon or outside · red late · green done · grey closed or void


OPEN = State("open", "在办", "accent")
OVERDUE = State("overdue", "逾期", "red")
COMPLETED = State("completed", "已办结", "green")
# Papers of a ledger that was taken in: what became of them stands in the old book, not here.
RECORDED = State("recorded", "历史", "grey")
SIGNED = State("signed", "已签发", "accent")
DISPATCHED = State("dispatched", "已发出", "green")
FILED = State("filed", "已归档", "grey")
VOIDED = State("voided", "作废", "grey")

# In the order of the chips above the table.
STATES: Mapping[str, tuple[State, ...]] = {
    "receipt": (OPEN, OVERDUE, COMPLETED, FILED, RECORDED, VOIDED),
    "dispatch": (SIGNED, DISPATCHED, FILED, RECORDED, VOIDED),
}


def state_of(register: Register, row: Mapping[str, Value], today: date) -> State:
    """Return how row stands on today; a voided row is void whatever else it holds."""
    if row["voided_on"] is not None:
        return VOIDED
    if row["filed_on"] is not None:
        return FILED
    if register.name == "dispatch":
        if row["dispatched_on"] is not None:
            return DISPATCHED
        return RECORDED if row["entry"] == "imported" else SIGNED
    if row["completed_on"] is not None:
        return COMPLETED
    due, year = row["due_on"], row["year"]
    if row["entry"] == "imported" and (due is None or not isinstance(year, int) or year < today.year):
        return RECORDED
    return OVERDUE if isinstance(due, date) and due < today else OPEN
