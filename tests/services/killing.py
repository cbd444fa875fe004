# SPDX-License-Identifier: MulanPSL-2.0
"""A write that is made to fail at every statement, or to end at any instruction of SQLite's: all of it or nothing."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable

import pytest

from township_office.core.errors import OfficeError
from township_office.services import checking
from township_office.services.office import Office
from township_office.store import database

POINTS = int(os.environ.get("EXAMPLES", "60"))
Write = Callable[[Office], object]
_ROWS = ("receipt", "dispatch", "archive_item", "archive_box", "duty_month", "duty_shift", "duty_change")


def snapshot(office: Office) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the file but the times and what hangs on them."""
    timeless = "seq, clerk, verb, register, row_id, length(before), length(after), why"
    tables = dict.fromkeys(("setting", "series", "reservation", "filing"), "*") | {"change_log": timeless}
    for table in (*_ROWS, "batch"):
        names = [row[1] for row in office.db.conn.execute(f"PRAGMA table_info({table})")]
        tables[table] = ", ".join(name for name in names if name not in ("entered_at", "imported_at", "published_at"))
    return {name: list(office.db.conn.execute(f"SELECT {what} FROM {name}")) for name, what in tables.items()}


def wanted_after(office: Office, write: Write) -> dict[str, list[tuple[object, ...]]]:
    """What the write makes of the file, looked at and then taken back."""
    image = office.db.conn.serialize()
    copy = sqlite3.connect(":memory:", isolation_level=None, factory=database._Connection)
    copy.deserialize(image)
    other = Office(database._prepared(copy), office.path, office.clerk, is_readonly=False, lock=office.lock)
    write(other)
    after = snapshot(other)
    copy.close()
    return after


def fail_everywhere(office: Office, write: Write, monkeypatch: pytest.MonkeyPatch, *, is_done: bool) -> None:
    """Let each statement of a write fail in turn, before it is done or after it, until all of it went well."""
    before, after = snapshot(office), wanted_after(office, write)
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
            raise OfficeError("error.disk_fault", path=office.path) from fault

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
                write(office)
            except OfficeError as error:
                outcomes.add(error.key)
        assert not office.db.conn.in_transaction
        if snapshot(office) == after:
            break
        assert snapshot(office) == before, f"half written at statement {point}"
        assert checking.verify(office).findings == ()
    assert outcomes == {"error.disk_fault"}
    assert point > 4
    assert checking.verify(office).findings == ()


def end_anywhere(office: Office, write: Write) -> None:
    """End a write at many of SQLite's instructions, the last ones among them; then do it."""
    before, after = snapshot(office), wanted_after(office, write)
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    copy = sqlite3.connect(":memory:", isolation_level=None, factory=database._Connection)
    copy.deserialize(office.db.conn.serialize())
    other = Office(database._prepared(copy), office.path, office.clerk, is_readonly=False, lock=office.lock)
    other.db.table("setting")  # has its first use behind it, like the other
    copy.set_progress_handler(count, 1)
    write(other)
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

        office.db.conn.set_progress_handler(end, 1)
        with contextlib.suppress(sqlite3.OperationalError):
            write(office)
        office.db.conn.set_progress_handler(None, 0)
        assert not office.db.conn.in_transaction
        now = snapshot(office)
        assert now in (before, after), f"half written at instruction {stop}"
        if now == after:  # this SQLite was done before its last instructions
            break
        ended += 1
    assert ended > len(stops) // 2
    assert checking.verify(office).findings == ()
    if snapshot(office) == before:
        write(office)
    assert snapshot(office) == after, "the number that was not taken is taken now"
    assert checking.verify(office).findings == ()
