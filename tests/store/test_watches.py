# SPDX-License-Identifier: MulanPSL-2.0
"""The rows 今日 watches over, as SQL finds them; that this is what a recount finds is held by the services' tests."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from township_office.registers import DOCUMENTS
from township_office.registers.receipt import RECEIPT
from township_office.registers.watch import DUE, WATCHES
from township_office.store import database, records, watches
from township_office.store.changelog import Pen
from township_office.store.database import Database

TODAY = date(2026, 11, 20)


def test_every_watch_has_its_condition():
    assert {name: tuple(found) for name, found in watches.CONDITIONS.items()} == dict(WATCHES)


def test_what_is_due_comes_most_urgent_first(db: Database, pen: Pen, whole_row):
    with database.writing(db):
        given = [whole_row(RECEIPT, due_on=TODAY + timedelta(days)) for days in (2, -5, 9, 0, -5)]
        given += [whole_row(RECEIPT, due_on=TODAY, **{name: TODAY}) for name in ("completed_on", "filed_on")]
        given += [whole_row(RECEIPT, due_on=TODAY, voided_on=TODAY, voided_by="王", void_reason="重")]
        given += [whole_row(RECEIPT, due_on=TODAY, entry="revoked")]
        ids = records.add_many(pen, RECEIPT, given, "import")
    wanted = [ids[1], ids[4], ids[3], ids[0]]
    assert list(watches.ids(db, RECEIPT, DUE, TODAY, 10)) == wanted
    assert list(watches.ids(db, RECEIPT, DUE, TODAY, 2)) == wanted[:2]
    assert watches.count_late(db, RECEIPT, TODAY) == 2


@pytest.mark.parametrize(("register_name", "index"), [("receipt", "receipt_due"), ("dispatch", "dispatch_order")])
def test_the_first_page_reads_no_table_from_end_to_end(register_name: str, index: str, db: Database):
    watch = WATCHES[register_name][0]
    sql = f"EXPLAIN QUERY PLAN SELECT count(*) FROM {register_name} WHERE {watches.CONDITIONS[register_name][watch]}"
    plan = " ".join(str(row) for row in db.conn.execute(sql, watches.days(TODAY)))
    assert f"INDEX {index}" in plan


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_what_is_counted_and_grouped_is_read_from_small_indexes(register, db: Database):
    seen: list[str] = []
    db.conn.set_trace_callback(seen.append)
    watches.numbered(db, register, 2026)
    watches.unfiled_by_year(db, register, TODAY)
    db.conn.set_trace_callback(None)
    plans = [" ".join(map(str, db.conn.execute(f"EXPLAIN QUERY PLAN {sql}"))) for sql in seen]
    assert f"{register.name}_unfiled" in plans[1]
    assert f"{register.name}_order (year>" in plans[2]
    assert register.name == "receipt" or "dispatch_numbered" in plans[0]
