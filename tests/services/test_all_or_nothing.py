# SPDX-License-Identifier: MulanPSL-2.0
"""A save that fails at any statement, or at any instruction of SQLite's, leaves the file as before or as after it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from datetime import date

import pytest

from township_office.core.errors import OfficeError
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import checking, numbers, records, settings
from township_office.services.office import Office, change
from township_office.store import batches, database
from township_office.store import records as store

TODAY = date(2026, 11, 20)
POINTS = int(os.environ.get("EXAMPLES", "60"))
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


def snapshot(office: Office) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the file but the times and what hangs on them."""
    timeless = "seq, clerk, verb, register, row_id, length(before), length(after), why"
    tables = dict.fromkeys(("setting", "series", "reservation", "batch"), "*") | {"change_log": timeless}
    for table in ("receipt", "dispatch"):
        names = [row[1] for row in office.db.conn.execute(f"PRAGMA table_info({table})")]
        tables[table] = ", ".join(name for name in names if name != "entered_at")
    return {name: list(office.db.conn.execute(f"SELECT {what} FROM {name}")) for name, what in tables.items()}


def wanted_after(office: Office, write, draft) -> dict[str, list[tuple[object, ...]]]:
    """What the write makes of the file, looked at and then taken back."""
    image = office.db.conn.serialize()
    copy = sqlite3.connect(":memory:", isolation_level=None, factory=database._Connection)
    copy.deserialize(image)
    other = Office(database._prepared(copy), office.path, office.clerk, is_readonly=False, lock=office.lock)
    write(other, draft)
    after = snapshot(other)
    copy.close()
    return after


@pytest.mark.parametrize("is_done", [False, True], ids=["before it", "after it"])
@pytest.mark.parametrize("kind", WRITES)
def test_a_fault_at_any_statement(kind: str, is_done: bool, filled: Office, draft, monkeypatch):
    before, after = snapshot(filled), wanted_after(filled, WRITES[kind], draft)
    assert before != after
    real = sqlite3.Cursor.execute, sqlite3.Cursor.executemany
    left = 0

    def faulty(work: Callable[..., object]) -> Callable[..., object]:
        def run(cursor: sqlite3.Cursor, sql: str, *rest: object) -> object:
            nonlocal left
            left -= 1
            if left != 0:
                return work(cursor, sql, *rest)
            if is_done:
                work(cursor, sql, *rest)
            fault = sqlite3.OperationalError("disk I/O error")
            fault.sqlite_errorname = "SQLITE_IOERR_WRITE"
            raise OfficeError("error.disk_fault", path=filled.path) from fault

        return run

    point = 0
    outcomes = set()
    while True:
        point += 1
        left = point
        with monkeypatch.context() as patch:
            patch.setattr(database._Cursor, "execute", faulty(real[0]))
            patch.setattr(database._Cursor, "executemany", faulty(real[1]))
            try:
                WRITES[kind](filled, draft)
            except OfficeError as error:
                outcomes.add(error.key)
        assert not filled.db.conn.in_transaction
        if snapshot(filled) == after:
            break
        assert snapshot(filled) == before, f"half written at statement {point}"
        assert checking.verify(filled).findings == ()
    assert outcomes == {"error.disk_fault"}
    assert point > 4
    assert checking.verify(filled).findings == ()


@pytest.mark.parametrize("kind", WRITES)
def test_an_end_at_any_instruction(kind: str, filled: Office, draft):
    before, after = snapshot(filled), wanted_after(filled, WRITES[kind], draft)
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    copy = sqlite3.connect(":memory:", isolation_level=None, factory=database._Connection)
    copy.deserialize(filled.db.conn.serialize())
    other = Office(database._prepared(copy), filled.path, filled.clerk, is_readonly=False, lock=filled.lock)
    other.db.table("setting")  # has its first use behind it, like the other
    copy.set_progress_handler(count, 1)
    WRITES[kind](other, draft)
    copy.close()
    assert steps > 100
    stops = sorted({*range(1, steps, max(1, steps // POINTS)), *range(max(1, steps - 12), steps)})
    ended = 0
    for stop in stops:
        left = stop

        def end() -> int:
            nonlocal left
            left -= 1
            return left == 0

        filled.db.conn.set_progress_handler(end, 1)
        with contextlib.suppress(sqlite3.OperationalError):
            WRITES[kind](filled, draft)
        filled.db.conn.set_progress_handler(None, 0)
        assert not filled.db.conn.in_transaction
        now = snapshot(filled)
        assert now in (before, after), f"half written at instruction {stop}"
        if now == after:  # this SQLite was done before its last instructions
            break
        ended += 1
    assert ended > len(stops) // 2
    assert checking.verify(filled).findings == ()
    if snapshot(filled) == before:
        WRITES[kind](filled, draft)
    assert snapshot(filled) == after, "the number that was not taken is taken now"
    assert checking.verify(filled).findings == ()
