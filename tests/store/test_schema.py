# SPDX-License-Identifier: MulanPSL-2.0
"""The history of the data file ends in what the definitions ask for, and the schema itself refuses what must not be."""

from __future__ import annotations

import re
import sqlite3
from datetime import date

import pytest

from township_office.core.fields import Child, Kind, Register
from township_office.registers import ALL, BOOKS, CHILDREN, DOCUMENTS
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.duty.log import DUTY_LOG
from township_office.store import archive, changelog, database, records, schema, watches
from township_office.store.changelog import Pen
from township_office.store.database import Database
from township_office.store.records import add

TABLES = {
    "sealed",
    "seal_head",
    "key_slot",
    "setting",
    "change_log",
    "series",
    "reservation",
    "batch",
    "filing",
    *BOOKS,
    "duty_person",
    "duty_away",
    "duty_pair",
    "duty_line",
    "duty_month",
    "duty_shift",
    "duty_change",
}


def normal(sql: str) -> str:
    """SQL without differences of layout and of quotes round names."""
    return re.sub(r"\s*([(),])\s*", r"\1", re.sub(r"\s+", " ", sql.replace('"', ""))).strip()


@pytest.mark.parametrize("register", ALL, ids=lambda register: register.name)
def test_schema_matches_the_definition(register: Register, db: Database):
    """When this fails, write a new step in store/migrations.py that makes them equal."""
    kept = db.conn.execute("SELECT sql FROM sqlite_master WHERE name = ?", [register.name]).fetchone()[0]
    assert normal(kept) == normal(schema.create_table(register))


@pytest.mark.parametrize("child", CHILDREN, ids=lambda child: child.name)
def test_schema_matches_the_definition_of_a_child(child: Child, db: Database):
    kept = db.conn.execute("SELECT sql FROM sqlite_master WHERE name = ?", [child.name]).fetchone()[0]
    assert normal(kept) == normal(schema.create_child_table(child))


@pytest.mark.parametrize("register", ALL, ids=lambda register: register.name)
def test_columns_are_ours_the_keys_and_the_fields(register: Register, db: Database):
    columns = {row[1]: (row[2], row[3]) for row in db.conn.execute(f"PRAGMA table_info({register.name})")}
    names = [field.name for field in register.fields]
    assert list(columns) == [*schema.OWN_COLUMNS, *schema.KEY_COLUMNS, *names]
    for field in register.fields:
        kind = "INTEGER" if field.kind in (Kind.INTEGER, Kind.YES_NO) else "TEXT"
        assert columns[field.name] == (kind, 0), "every field may be empty: papers of former years"


def test_every_table_is_strict_and_known(db: Database):
    rows = db.conn.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'"
    )
    tables = {name: sql for name, sql in rows if not name.startswith("sqlite_")}
    assert tables.keys() == TABLES
    assert [name for name, sql in tables.items() if not sql.endswith("STRICT")] == []
    # The head of the seals is no change: it is written anew with every one, and checked with the key.
    assert set(changelog._TABLES) == TABLES - {"change_log", "seal_head"}, "verify replays every table"


def test_lists_and_counts_need_no_wide_rows(db: Database):
    grouped = {"receipt": "filed_on", "dispatch": "filed_on", "archive_item": "retention_period", "duty_log": "duty_on"}
    for register in (*DOCUMENTS, ARCHIVE_ITEM, DUTY_LOG):
        order = records._ORDERS.get(register.name, records._NEWEST)
        for sql in (
            f"SELECT id FROM {register.name} WHERE entry <> 'revoked' AND (year = 2026) ORDER BY {order}",
            f"SELECT {grouped[register.name]}, count(*) FROM {register.name} WHERE entry <> 'revoked' AND 1 GROUP BY 1",
        ):
            plan = " ".join(row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}"))
            assert "COVERING INDEX" in plan
            if "ORDER BY" in sql:
                assert "TEMP B-TREE" not in plan


def test_the_tree_of_the_archive_is_read_from_its_index_alone(db: Database):
    seen: list[str] = []
    db.conn.set_trace_callback(seen.append)
    archive.classes(db)
    db.conn.set_trace_callback(None)
    plan = [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {seen[0]}")]
    assert plan[0] == "SCAN archive_item USING COVERING INDEX archive_item_order"
    assert not [step for step in plan if "ORDER BY" in step or "GROUP BY" in step], "the index has the order"


def test_what_is_due_is_found_by_its_index(db: Database):
    for sql in ("SELECT id FROM receipt WHERE due_on <= '2026-11-20' AND {} ORDER BY due_on, id",
                "SELECT count(*) FROM receipt WHERE due_on < '2026-11-20' AND {}"):  # fmt: skip
        plan = db.conn.execute(f"EXPLAIN QUERY PLAN {sql.format(watches._PENDING)}", {"this_year": 2026}).fetchall()
        assert [row[3] for row in plan] == ["SEARCH receipt USING INDEX receipt_due (due_on<?)"]


@pytest.mark.parametrize("pragma", [("foreign_keys", 1), ("journal_mode", "delete"), ("synchronous", 3)])
def test_every_opening_sets_what_keeps_the_data(pragma: tuple[str, object], db: Database):
    name, wanted = pragma
    assert db.conn.execute(f"PRAGMA {name}").fetchone()[0] == wanted


def refused(db: Database, sql: str, *parameters: object) -> bool:
    try:
        db.conn.execute(sql, parameters)
    except sqlite3.IntegrityError:
        return True
    return False


@pytest.mark.parametrize("register", ALL, ids=lambda register: register.name)
def test_a_number_is_given_once_even_by_another_tool(register: Register, db: Database, pen: Pen, whole_row):
    with database.writing(db):
        numbered = {"series": "甲", "period": 2026, "sequence": 7, "number": "甲7"}
        row_id = add(pen, register, whole_row(register, **numbered))
        following = {"sequence": 8, "number": "甲8", register.dated_by: date(2026, 11, 21)}
        other = add(pen, register, whole_row(register, **numbered | following))
    assert refused(db, f"UPDATE {register.name} SET sequence = 7 WHERE id = ?", other)
    assert refused(db, f"DELETE FROM {register.name} WHERE id = ?", row_id), "nothing is deleted"
    assert refused(db, f"UPDATE {register.name} SET sequence = 0 WHERE id = ?", row_id)
    assert refused(db, f"UPDATE {register.name} SET number = NULL WHERE id = ?", row_id)
    assert refused(db, f"UPDATE {register.name} SET period = NULL WHERE id = ?", row_id)
    assert refused(db, f"UPDATE {register.name} SET voided_on = '2026-11-20' WHERE id = ?", row_id), (
        "void needs a reason"
    )
    assert refused(db, f"UPDATE {register.name} SET entry = 'typed' WHERE id = ?", row_id)
    assert refused(db, f"UPDATE {register.name} SET batch_id = 99 WHERE id = ?", row_id)
    assert refused(db, f"UPDATE {register.name} SET search_text = ? WHERE id = ?", "a\x00b", row_id)
    for field in register.fields:
        bad = {Kind.DATE: "20.11.26", Kind.MOMENT: "2026-11-20 9:15", Kind.INTEGER: -1, Kind.YES_NO: 2}.get(
            field.kind, "字" * (field.max_length + 1)
        )
        assert refused(db, f"UPDATE {register.name} SET {field.name} = ? WHERE id = ?", bad, row_id), field.name
        if isinstance(bad, str):
            assert refused(db, f"UPDATE {register.name} SET {field.name} = '' WHERE id = ?", row_id), "empty is NULL"


def test_the_change_log_is_append_only_and_gapless(db: Database):
    columns = "seq, at, clerk, verb, register, row_id, before, after, why, format, hash"
    last = db.conn.execute(f"SELECT {columns} FROM change_log ORDER BY seq DESC LIMIT 1").fetchone()
    assert refused(db, "UPDATE change_log SET clerk = '别人' WHERE seq = 1")
    assert refused(db, "DELETE FROM change_log WHERE seq = ?", last[0])
    places = ", ".join("?" * len(last))
    for seq in (last[0], last[0] + 2, 0):
        assert refused(db, f"INSERT INTO change_log ({columns}) VALUES ({places})", seq, *last[1:])
    assert refused(db, f"INSERT INTO change_log ({columns}) VALUES ({places})", last[0] + 1, *last[1:-1], b"short")


def test_an_open_reservation_is_one(db: Database):
    sql = (
        "INSERT INTO reservation"
        " (register, series, period, sequence, name, reason, reserved_on, reserved_by, released_on)"
        " VALUES ('receipt', ?, 2026, 5, '会议', '', '2026-11-20', '王春燕', ?)"
    )
    assert not refused(db, sql, "收文", None)
    assert refused(db, sql, "收文", None)
    assert not refused(db, sql, "收文", "2026-11-20")
    assert refused(db, sql, "没有的系列", None)
