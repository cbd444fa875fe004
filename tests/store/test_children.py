# SPDX-License-Identifier: MulanPSL-2.0
"""The file itself keeps the rows of a paper: never deleted, none without its paper, no copy in two hands."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from township_office.core.fields import Child
from township_office.registers import BY_NAME, CHILDREN
from township_office.registers.circulation import CIRCULATION, INSTRUCTION, READING
from township_office.registers.receipt import RECEIPT
from township_office.store import changelog, children, database, records
from township_office.store.changelog import Pen
from township_office.store.database import Database

SOME = {
    "circulation": {"purpose": READING, "reader": "孙志强", "copy_no": 1, "sent_at": "2026-11-20 09:15"},
    "chase": {"chased_at": "2026-11-20", "chased": "李向东"},
    "distribution": {"unit": "石桥村", "copy_count": 1},
    "appraisal_line": {"item_id": 7, "title": "关于防汛工作的通知", "decision": "销毁"},
    "duty_call": {"called_at": "2026-11-20 09:15", "way": "来电", "title": "询问会议时间"},
    "duty_report": {"kind": "初报", "way": "电话", "sent_at": "2026-11-20 09:30", "unit": "县应急管理局"},
}
EVERY = pytest.mark.parametrize("child", CHILDREN, ids=lambda child: child.name)


@pytest.fixture
def paper(db: Database, pen: Pen, whole_row):
    def make(child: Child) -> int:
        with database.writing(db):
            return records.add(pen, BY_NAME[child.parent], whole_row(BY_NAME[child.parent]))

    return make


def add(pen: Pen, child: Child, parent_id: int, **more: object) -> int:
    with database.writing(pen.db):
        return children.add(pen, child, parent_id, SOME[child.name] | more)


def refused(db: Database, sql: str, *values: object) -> str:
    try:
        db.conn.execute(sql, values)
    except sqlite3.IntegrityError as fault:
        return str(fault)
    return ""


@EVERY
def test_another_tool_deletes_nothing_and_replaces_nothing(child: Child, db: Database, pen: Pen, paper):
    row_id = add(pen, child, paper(child))
    assert "nothing is ever deleted" in refused(db, f"DELETE FROM {child.name} WHERE id = ?", row_id)
    replace = f"REPLACE INTO {child.name} (id, parent_id, entered_at, entered_by) VALUES (?, 1, '', '')"
    assert "nothing is ever deleted" in refused(db, replace, row_id)
    assert children.get(db, child, row_id)["entered_by"] == "王春燕"


@EVERY
def test_no_row_without_its_paper(child: Child, db: Database, pen: Pen, paper):
    row_id = add(pen, child, paper(child))
    assert "FOREIGN KEY" in refused(db, f"UPDATE {child.name} SET parent_id = 99 WHERE id = ?", row_id)
    assert "NOT NULL" in refused(db, f"UPDATE {child.name} SET parent_id = NULL WHERE id = ?", row_id)
    assert "CHECK" in refused(db, f"UPDATE {child.name} SET voided_on = '2026-11-20' WHERE id = ?", row_id)
    with pytest.raises(KeyError):
        children.get(db, child, 99)


def test_another_tool_gives_no_copy_to_a_second_holder(db: Database, pen: Pen, paper):
    first, other = paper(CIRCULATION), paper(CIRCULATION)
    row_id = add(pen, CIRCULATION, first)
    insert = (
        "INSERT INTO circulation (parent_id, purpose, reader, copy_no, sent_at, returned_at, entered_at, entered_by) "
        "VALUES (?, '传阅', '别人', ?, ?, ?, '2026-11-20', '别人')"
    )
    assert "UNIQUE" in refused(db, insert, first, 1, "2026-11-20", None)
    assert not refused(db, insert, first, 2, "2026-11-20", None), "another copy"
    assert not refused(db, insert, other, 1, "2026-11-20", None), "another paper"
    assert not refused(db, insert, first, 1, None, None), "only planned"
    assert not refused(db, insert, first, 1, "2026-11-18", "2026-11-19"), "back already"
    assert "UNIQUE" in refused(db, "UPDATE circulation SET copy_no = 1 WHERE copy_no = 2")
    assert "UNIQUE" in refused(db, "UPDATE circulation SET returned_at = NULL")
    assert "UNIQUE" in refused(db, "UPDATE circulation SET sent_at = '2026-11-21' WHERE sent_at IS NULL")
    db.execute("UPDATE circulation SET returned_at = '2026-11-21' WHERE id = ?", [row_id])
    assert not refused(db, insert, first, 1, "2026-11-21", None)


def test_who_has_a_paper_is_read_from_an_index_alone(db: Database):
    holders = ", ".join(records.READ_ALONG["receipt"].values())
    for sql in (f"SELECT {holders} FROM receipt", f"SELECT 1 FROM receipt WHERE {children.out_for(READING)}"):
        plan = [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}")]
        read = [step for step in plan if "circulation" in step]
        assert len(read) == 2
        assert all("COVERING INDEX circulation_holders" in step for step in read), read


@EVERY
def test_what_goes_in_comes_out_and_is_logged(child: Child, db: Database, pen: Pen, paper):
    parent_id = paper(child)
    row_id = add(pen, child, parent_id)
    row = children.get(db, child, row_id)
    assert {name: row[name] for name in SOME[child.name]} == SOME[child.name]
    first = child.fields[-1].name
    with database.writing(db):
        assert children.change(pen, child, row_id, {first: "字"}, verb="change", why="因")
        assert not children.change(pen, child, row_id, {first: "字"}, verb="change")
        void = {"voided_on": date(2026, 11, 20), "voided_by": "王", "void_reason": "错"}
        children.change(pen, child, row_id, void, verb="void")
    assert children.get(db, child, row_id)["voided_on"] == date(2026, 11, 20)
    assert children.of_parent(db, child, parent_id) == []
    assert [entry["verb"] for entry in changelog.of_row(db, child.name, row_id)] == ["add", "change", "void"]
    assert changelog.check_rows(db, changelog.check_chain(db)[1]) == []


def test_what_is_out_and_for_what(db: Database, pen: Pen, paper, whole_row):
    one, both, none, void = (paper(CIRCULATION) for _ in range(4))
    add(pen, CIRCULATION, one, sent_at="2026-11-19")
    add(pen, CIRCULATION, both, sent_at="2026-11-18", copy_no=2)
    add(pen, CIRCULATION, both, purpose=INSTRUCTION)
    add(pen, CIRCULATION, none, sent_at=None)
    add(pen, CIRCULATION, none, returned_at="2026-11-21")
    add(pen, CIRCULATION, void)
    with database.writing(db):
        changes = {"voided_on": date(2026, 11, 20), "voided_by": "王", "void_reason": "错"}
        records.change(pen, RECEIPT, void, changes, verb="void", why="")
    assert [row["parent_id"] for row in children.all_out(db, CIRCULATION)] == [both, one, both]
    for purpose, papers in ((INSTRUCTION, [both]), (READING, [void, one])):
        found = list(records.ids_where(db, RECEIPT, children.out_for(purpose), []))
        assert sorted(found) == sorted(papers), "what weighs more is out for that alone"
    row = records.get(db, RECEIPT, both)
    assert (row["holder"], row["held_for"]) == ("孙志强、孙志强", INSTRUCTION)
