# SPDX-License-Identifier: MulanPSL-2.0
"""Rows go in and come out the same, one by one or by the thousand, each with its entry in the log and its keys."""

from __future__ import annotations

from datetime import date

import pytest
from sqlite_utils.db import NotFoundError

from township_office.core.errors import OfficeError
from township_office.core.fields import Kind, Register, Value
from township_office.core.searchkeys import fold
from township_office.registers import DOCUMENTS
from township_office.registers.receipt import RECEIPT
from township_office.store import changelog, database, health, records
from township_office.store.changelog import Pen
from township_office.store.database import Database


def filled(register: Register, whole_row, number: int) -> dict[str, Value]:
    some: dict[Kind, Value] = {
        Kind.DATE: date(2026, 2, 28), Kind.INTEGER: 0, Kind.YES_NO: False, Kind.CHOICE: "甲", Kind.TEXT: "𠮷 䶮",
        Kind.LONG_TEXT: "第一行\n第二行", Kind.NAME: "青山县", Kind.DOC_NUMBER: "青政〔2026〕7号",
        Kind.MOMENT: "2026-02-28 09:15",
    }  # fmt: skip
    fields = {field.name: some[field.kind] for field in register.fields}
    return whole_row(register, series="甲", period=2026, sequence=number, number=f"甲{number}", **fields)


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_what_goes_in_comes_out(register: Register, db: Database, pen: Pen, whole_row):
    given = [filled(register, whole_row, 1), whole_row(register), filled(register, whole_row, 3)]
    with database.writing(db):
        ids = [records.add(pen, register, given[0]), *records.add_many(pen, register, given[1:], "import")]
    for row_id, one in zip(ids, given, strict=True):
        row = records.get(db, register, row_id)
        assert {name: row[name] for name in one} == one
        assert {type(row[field.name]) for field in register.fields if field.kind is Kind.YES_NO} <= {bool, type(None)}
        assert (row["id"], row["entered_by"]) == (row_id, "王春燕")
    assert not {"search_text", "initials"} & row.keys(), "hidden keys stay hidden"


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_one_by_one_and_many_at_once_are_the_same(register: Register, db: Database, pen: Pen, whole_row):
    one, other = filled(register, whole_row, 1), filled(register, whole_row, 2)
    with database.writing(db):
        first = records.add(pen, register, one)
        (second,) = records.add_many(pen, register, [other], "add")
    both = db.conn.execute(f"SELECT * FROM {register.name} WHERE id IN (?, ?)", [first, second]).fetchall()
    differing = {0, 1, 5, 12, 14}  # id, number, sequence, entered_at, search_text
    assert [value for at, value in enumerate(both[0]) if at not in differing] == [
        value for at, value in enumerate(both[1]) if at not in differing
    ]
    logged = [changelog.of_row(db, register.name, row_id) for row_id in (first, second)]
    assert logged[0][0]["after"].keys() == logged[1][0]["after"].keys()
    broken, states = changelog.check_chain(db)
    assert broken == []
    assert changelog.check_rows(db, states) == []


def test_no_rows_are_no_trouble(db: Database, pen: Pen):
    with database.writing(db):
        assert records.add_many(pen, RECEIPT, [], "import") == []
    assert records.get_many(db, RECEIPT, []) == []


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_rows_that_name_different_columns_lose_nothing(register: Register, db: Database, pen: Pen, whole_row):
    blank = whole_row(register)
    whole = filled(register, whole_row, 1)
    halves = [{name: whole[name] for name in names} for names in (list(whole)[::2], list(whole)[1::2])]
    given: list[dict[str, Value]] = [
        whole,
        *({"entry": "imported", "year": 2025, "title": "甲"} | half | {"sequence": None} for half in halves),
        {"year": 2025, "title": "乙", "entry": "imported"},
    ]
    with database.writing(db):
        ids = records.add_many(pen, register, given, "import")
    for row, one in zip(records.get_many(db, register, ids), given, strict=True):
        assert {name: row[name] for name in blank} == dict.fromkeys(blank) | one
    assert health.faults(db) == []


def test_rows_come_in_the_order_asked_for(db: Database, pen: Pen, whole_row):
    with database.writing(db):
        ids = records.add_many(pen, RECEIPT, [whole_row(RECEIPT, title=str(n)) for n in range(1200)], "import")
    wanted = [*reversed(ids), ids[5], ids[5]]
    assert [row["id"] for row in records.get_many(db, RECEIPT, wanted)] == wanted
    with pytest.raises(KeyError):
        records.get(db, RECEIPT, 99_999)


def test_a_change_keeps_the_keys_true(db: Database, pen: Pen, whole_row):
    with database.writing(db):
        row_id = records.add(pen, RECEIPT, whole_row(RECEIPT, sender="青山县民政局", title="关于低保的通知"))
        assert records.change(pen, RECEIPT, row_id, {"title": "关于防汛的通知"}, verb="change", why="")
        assert not records.change(pen, RECEIPT, row_id, {"title": "关于防汛的通知"}, verb="change", why="")
    text, letters = db.conn.execute("SELECT search_text, initials FROM receipt WHERE id = ?", [row_id]).fetchone()
    assert fold("青山县民政局") in text
    assert "防汛" in text
    assert "低保" not in text
    assert "qsxmzj" in letters
    assert "gyfxdtz" in letters
    assert health.faults(db) == []
    assert [one["verb"] for one in changelog.of_row(db, "receipt", row_id)] == ["add", "change"], "no change, no entry"


def test_a_row_that_is_not_there_cannot_be_changed(db: Database, pen: Pen):
    with pytest.raises(KeyError), database.writing(db):
        records.change(pen, RECEIPT, 5, {"title": "题"}, verb="change", why="")
    with pytest.raises(NotFoundError), database.writing(db):
        records.rows.update(pen, "receipt", 5, {"title": "题"})


def test_a_day_that_does_not_exist_is_damage(db: Database, pen: Pen, whole_row):
    with database.writing(db):
        row_id = records.add(pen, RECEIPT, whole_row(RECEIPT))
    db.conn.execute("UPDATE receipt SET received_on = '2026-19-39' WHERE id = ?", [row_id])
    with pytest.raises(OfficeError, match="有损坏"):
        records.get(db, RECEIPT, row_id)


def test_keys_hold_what_is_searched_and_nothing_else(whole_row):
    row = whole_row(RECEIPT, number="2026-0001", original_number="旧7", remarks="急", copy_count=77, urgency="特急")
    text, letters = records.keys_of(RECEIPT, row).values()
    assert {"2026-0001", "旧7", "题", "急"} <= set(str(text).split("\x01"))
    assert "77" not in str(text)
    assert "特急" not in str(text)
    assert letters == "t"
