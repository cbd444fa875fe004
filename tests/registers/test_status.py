# SPDX-License-Identifier: MulanPSL-2.0
"""A row's standing follows from its dates alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from township_office.core.fields import Value
from township_office.registers import DOCUMENTS
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.registers.status import STATES, state_of

DAY = date(2026, 11, 20)
BEFORE, AFTER = DAY - timedelta(1), DAY + timedelta(1)
RECEIPT_ROW: dict[str, Value] = {
    "voided_on": None,
    "filed_on": None,
    "completed_on": None,
    "due_on": None,
    "returned_on": None,
    "reply_number": None,
    "held_for": None,
    "entry": "live",
    "year": 2026,
}
DISPATCH_ROW: dict[str, Value] = {
    "voided_on": None,
    "filed_on": None,
    "dispatched_on": None,
    "printed_on": None,
    "reviewed_on": None,
    "signed_on": DAY,
    "entry": "live",
}


@pytest.mark.parametrize(
    ("dates", "key"),
    [
        ({}, "open"), ({"due_on": AFTER}, "open"), ({"due_on": DAY}, "open"), ({"due_on": BEFORE}, "overdue"),
        ({"due_on": BEFORE, "completed_on": DAY}, "completed"), ({"filed_on": DAY}, "filed"),
        ({"completed_on": DAY, "filed_on": DAY}, "filed"),
        ({"entry": "imported"}, "recorded"), ({"entry": "imported", "due_on": AFTER}, "open"),
        ({"entry": "imported", "due_on": BEFORE}, "overdue"), ({"entry": "imported", "completed_on": DAY}, "completed"),
        ({"entry": "imported", "due_on": BEFORE, "year": 2025}, "recorded"),
        ({"entry": "imported", "due_on": BEFORE, "year": None}, "recorded"),
        ({"voided_on": DAY, "filed_on": DAY, "due_on": BEFORE}, "voided"),
        ({"returned_on": DAY, "due_on": BEFORE}, "returned"),
        ({"completed_on": DAY, "reply_number": "甲1"}, "replied"),
        ({"reply_number": "甲1"}, "open"), ({"held_for": "批示"}, "instructing"),
        ({"held_for": "传阅"}, "circulating"),
        ({"held_for": "承办"}, "open"),
        ({"held_for": "传阅", "due_on": BEFORE}, "overdue"),
        ({"held_for": "传阅", "due_on": AFTER}, "circulating"),
        ({"held_for": "传阅", "completed_on": DAY}, "completed"),
    ],
)  # fmt: skip
def test_receipts(dates: dict[str, Value], key: str):
    assert state_of(RECEIPT, RECEIPT_ROW | dates, DAY).key == key


@pytest.mark.parametrize(
    ("dates", "key"),
    [
        ({}, "signed"),
        ({"dispatched_on": DAY}, "dispatched"),
        ({"entry": "imported"}, "recorded"),
        ({"filed_on": DAY}, "filed"),
        ({"voided_on": DAY}, "voided"),
        ({"printed_on": DAY}, "printed"),
        ({"signed_on": None}, "drafting"),
        ({"signed_on": None, "reviewed_on": DAY}, "reviewed"),
        ({"signed_on": None, "entry": "imported"}, "recorded"),
    ],
)
def test_dispatches(dates: dict[str, Value], key: str):
    assert state_of(DISPATCH, DISPATCH_ROW | dates, DAY).key == key


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_every_register_has_standings_with_their_own_words(register):
    states = STATES[register.name]
    assert len({state.key for state in states}) == len({state.label for state in states}) == len(states)
    assert {state.tone for state in states} <= {"accent", "amber", "red", "green", "grey"}
