# SPDX-License-Identifier: MulanPSL-2.0
"""A save that fails at any statement, or at any instruction of SQLite's, leaves the file as before or as after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.services.killing import end_anywhere, fail_everywhere
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import numbers, records, settings
from township_office.services.office import Office, change
from township_office.store import batches
from township_office.store import records as store

TODAY = date(2026, 11, 20)
WORDS = {"name": "防汛会议", "reason": "待印"}


def register_reserved(office: Office, draft) -> None:
    records.register_document(office, RECEIPT, draft("receipt", number="2026-0003"), TODAY)


def add_series(office: Office, draft) -> None:
    numbers.set_series(office, "series.dispatch.云纪.reset", "never", TODAY)


def take_in(office: Office, draft) -> None:
    with change(office) as pen:
        row = store.get(office.db, RECEIPT, 1) | {"sequence": None, "entry": "imported", "batch_id": 1}
        store.add_many(pen, RECEIPT, [row] * 3, "import")


def take_out(office: Office, draft) -> None:
    with change(office) as pen:
        batches.revoke(pen, RECEIPT, 1, "导错了", TODAY)


WRITES: dict[str, Callable[[Office, Callable[..., dict[str, str]]], object]] = {
    "register": lambda office, draft: records.register_document(office, DISPATCH, draft("dispatch"), TODAY),
    "register a reserved number": register_reserved,
    "correct": lambda office, draft: records.correct(
        office, RECEIPT, 1, {"title": "改过的题", "due_on": ""}, TODAY, "错字"
    ),
    "void": lambda office, draft: records.void(office, RECEIPT, 2, "重复登记", TODAY),
    "reserve": lambda office, draft: numbers.reserve(office, DISPATCH, "云政发", 4, WORDS, TODAY),
    "release": lambda office, draft: numbers.release(office, 1, TODAY, "会议取消"),
    "set": lambda office, draft: settings.set_setting(office, "print.row_mm", "10"),
    "add a series": add_series,
    "take in rows": take_in,
    "take out a batch": take_out,
}


@pytest.fixture
def filled(office: Office, draft) -> Office:
    for _ in range(2):
        records.register_document(office, RECEIPT, draft("receipt", due_on="2026-12-01"), TODAY)
    numbers.reserve(office, RECEIPT, "收文", 4, WORDS, TODAY)
    with change(office) as pen:
        batches.add(pen, batches.Batch(0, "receipt", "旧.xlsx", batches.datetime(2026, 11, 20), "王", 2, 0))
        old = store.get(office.db, RECEIPT, 1) | {"entry": "imported", "batch_id": 1}
        store.add_many(pen, RECEIPT, [old | {"sequence": 900 + n} for n in range(2)], "import")
    return office


@pytest.mark.parametrize("is_done", [False, True], ids=["before it", "after it"])
@pytest.mark.parametrize("kind", WRITES)
def test_a_fault_at_any_statement(kind: str, is_done: bool, filled: Office, draft, monkeypatch):
    fail_everywhere(filled, lambda office: WRITES[kind](office, draft), monkeypatch, is_done=is_done)


@pytest.mark.parametrize("kind", WRITES)
def test_an_end_at_any_instruction(kind: str, filled: Office, draft):
    end_anywhere(filled, lambda office: WRITES[kind](office, draft))
