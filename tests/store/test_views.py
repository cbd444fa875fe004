# SPDX-License-Identifier: MulanPSL-2.0
"""The conditions in SQL say what registers.status says in Python, row by row."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from township_office.core.fields import Kind, Register
from township_office.registers import ALL
from township_office.registers.archive.care import ACCESS_LOG, STACK_IN_OUT
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.circulation import CIRCULATION, PURPOSES
from township_office.registers.dispatch import DISPATCH
from township_office.registers.duty.event import DUTY_EVENT, DUTY_REPORT
from township_office.registers.duty.log import DUTY_LOG
from township_office.registers.receipt import RECEIPT
from township_office.registers.status import STATES, state_of
from township_office.store import children, database, records, views
from township_office.store.changelog import Pen
from township_office.store.database import Database

TODAY = date(2026, 11, 20)


@pytest.fixture(params=ALL, ids=lambda register: register.name)
def register(request: pytest.FixtureRequest) -> Register:
    return request.param


@pytest.fixture
def rows(register: Register, db: Database, pen: Pen, whole_row) -> list[records.Row]:
    """Rows in every standing, of every kind of entry, in several years and in none; in the order of the list."""
    chance = random.Random(5)
    dates = {field.name for field in register.fields if field.kind is Kind.DATE} - {register.dated_by}
    given = []
    for each in range(300):
        year = chance.choice((2024, 2025, 2026, 2026, None))
        columns = {
            name: TODAY + timedelta(chance.randrange(-3, 4)) if chance.random() < 0.3 else None
            for name in sorted(dates)
        }
        if chance.random() < 0.2:
            columns |= {"voided_on": TODAY, "voided_by": "王", "void_reason": "重复"}
        entry = chance.choice(("live", "backdated", "imported", "imported", "revoked"))
        day = date(year, chance.randrange(1, 13), 5) if year else None
        columns |= chosen(register, chance)
        if register is ARCHIVE_ITEM and entry != "revoked" and chance.random() < 0.8:
            series = chance.choice(("Z109-WS·2025-D30-BGS", "Z109-WS·2025-Y-BGS"))
            columns |= {"number": f"{series}-{each:04d}", "series": series, "period": 2025, "sequence": each + 1}
        if register is RECEIPT and chance.random() < 0.3:
            columns["reply_number"] = "云政函〔2026〕1号"
        if register is DISPATCH and chance.random() < 0.3:
            day = None
        if register is DUTY_LOG and day is not None:
            day = page_of(columns, day.year, each)
        given.append(whole_row(register, year=year, entry=entry, **columns) | {register.dated_by: day})
    with database.writing(db):
        ids = records.add_many(pen, register, given, "import")
        follow = {RECEIPT: hand_out, DUTY_EVENT: report}.get(register)
        for row_id in ids if follow else ():
            follow(pen, row_id, chance)
        if register is ARCHIVE_ITEM:
            lend(pen, [str(one["number"]) for one in given if one["number"]], whole_row, chance)
    whole = [row for row in records.get_many(db, register, ids) if row["entry"] != "revoked"]
    if register is ARCHIVE_ITEM:
        return sorted(
            whole, key=lambda row: (-(row["year"] or 0), row["series"] or "", row["sequence"] or 0, row["id"])
        )
    return sorted(whole, key=lambda row: (row["year"] or 0, str(row.get("duty_on") or ""), row["id"]), reverse=True)


def page_of(columns: dict[str, object], year: int, each: int) -> date:
    """One page a day; two of five are handed over."""
    day = date(year, 3, 1) + timedelta(each)
    if each % 5 < 2:
        columns |= {"handed_by": "王", "taken_by": "李", "handed_at": f"{day} 20:30"}
    return day


def chosen(register: Register, chance: random.Random) -> dict[str, object]:
    """What else a standing hangs on: how it was used, which way it went, the air, whether something was wrong."""
    said: dict[str, object] = {}
    for field in register.fields:
        if field.name in ("way", "direction"):
            said[field.name] = chance.choice((None, *field.choices))
        elif field.name in ("temperature", "humidity"):
            value = chance.choice((None, 13, 14, 20, 24, 25, 44, 45, 60, 61))
            said[field.name] = value if value is None or field.kind is Kind.INTEGER else str(value)
        elif field.name == "problem" and chance.random() < 0.5:
            said["problem"] = "窗户漏雨"
    return said


def hand_out(pen: Pen, row_id: int, chance: random.Random) -> None:
    """Copies planned, out, back or entered by mistake."""
    for copy_no in range(chance.randrange(3)):
        way = {"purpose": chance.choice(PURPOSES), "reader": "何文斌", "copy_no": copy_no + 1}
        way |= chance.choice(
            ({}, {"sent_at": "2026-11-19"}, {"sent_at": "2026-11-19", "returned_at": "2026-11-20 08:00"})
        )
        child_id = children.add(pen, CIRCULATION, row_id, way)
        if chance.random() < 0.2:
            void = {"voided_on": TODAY, "voided_by": "王", "void_reason": "错"}
            children.change(pen, CIRCULATION, child_id, void, verb="void")


def report(pen: Pen, row_id: int, chance: random.Random) -> None:
    """Reports made, of which some were entered by mistake."""
    for kind in chance.sample(("初报", "续报", "终报"), chance.randrange(4)):
        said = {"kind": kind, "way": chance.choice(("电话", "书面")), "sent_at": "2026-11-19 09:00", "unit": "县政府"}
        child_id = children.add(pen, DUTY_REPORT, row_id, said)
        if chance.random() < 0.3:
            void = {"voided_on": TODAY, "voided_by": "王", "void_reason": "错"}
            children.change(pen, DUTY_REPORT, child_id, void, verb="void")


def lend(pen: Pen, numbers: list[str], whole_row, chance: random.Random) -> None:
    """Items read, lent, out of the store, back, or entered by mistake; several in one entry, one in two."""
    for register, ways in ((ACCESS_LOG, ("借出", "阅览")), (STACK_IN_OUT, ("出库", "入库"))):
        for way in ways:
            for end in ({}, {}, {"returned_on": TODAY}, {"voided_on": TODAY, "voided_by": "王", "void_reason": "错"}):
                codes = "、".join([*chance.sample(numbers, 8), 'Z109"甲\\'])
                said = {"way" if register is ACCESS_LOG else "direction": way, "reference_codes": codes}
                records.add(pen, register, whole_row(register, **said, **end))


@pytest.mark.parametrize("today", [TODAY + timedelta(days) for days in (-400, -2, 0, 2, 400)])
def test_rows_stand_as_the_rules_say(register: Register, db: Database, rows: list[records.Row], today: date):
    for year in (None, 2026, 2025, 2019):
        of_year = [row for row in rows if year is None or row["year"] == year]
        standing = {row["id"]: state_of(register, row, today).key for row in of_year}
        assert list(views.row_ids(db, register, year, "", today)) == list(standing)
        for state in STATES[register.name]:
            wanted = [row_id for row_id, key in standing.items() if key == state.key]
            assert list(views.row_ids(db, register, year, state.key, today)) == wanted
        assert views.counts(db, register, year, today) == dict(Counter(standing.values()))


def test_every_standing_was_tried(register: Register, rows: list[records.Row]):
    reached = {state_of(register, row, today).key for row in rows for today in (TODAY, TODAY + timedelta(400))}
    assert reached == {state.key for state in STATES[register.name]}


def test_years_are_those_that_have_rows(register: Register, db: Database, rows: list[records.Row]):
    assert views.years(db, register) == sorted({row["year"] for row in rows if row["year"]}, reverse=True)


def test_a_year_of_revoked_rows_only_is_not_offered(register: Register, db: Database, pen: Pen, whole_row):
    with database.writing(db):
        records.add_many(pen, register, [whole_row(register, year=1999, entry="revoked")] * 3, "import")
    assert views.years(db, register) == []


def test_a_year_is_tallied_without_its_void_rows(register: Register, db: Database, rows: list[records.Row]):
    of_year = [row for row in rows if row["year"] == 2026 and (row[register.dated_by] or row["entry"] == "imported")]
    valid = [row for row in of_year if row["voided_on"] is None]
    of_month = [row for row in valid if row[register.dated_by] and row[register.dated_by].month == 5]
    assert all((valid, of_month, len(of_year) - len(valid)))
    tally = views.tally(db, register, 2026, "2026-05")
    assert tally == (len(valid), len(of_month), len(of_year) - len(valid))
    assert views.tally(db, register, 1999, "1999-05") == (0, 0, 0)


def test_the_last_typed_row_is_the_last_typed_one(db: Database, pen: Pen, whole_row):
    assert views.latest_typed(db, RECEIPT) is None
    with database.writing(db):
        ids = records.add_many(
            pen,
            RECEIPT,
            [
                whole_row(RECEIPT, year=2026),
                whole_row(RECEIPT, year=2024, entry="backdated"),
                whole_row(RECEIPT, entry="imported"),
                whole_row(RECEIPT, voided_on=TODAY, voided_by="王", void_reason="重"),
                whole_row(RECEIPT, entry="revoked"),
            ],
            "add",
        )
    assert views.latest_typed(db, RECEIPT) == ids[1]


def test_a_printed_book_is_in_the_order_of_its_numbers(db: Database, pen: Pen, whole_row):
    def numbered(series: str, sequence: int | None, day: int) -> dict[str, object]:
        row = whole_row(
            DISPATCH, series=series, period=2026 if series else None, sequence=sequence, number=f"{sequence}"
        )
        return row | {"signed_on": date(2026, 3, day)}

    given = [
        numbered("云委发", 1, 9), numbered("云政发", 10, 1), numbered("云政发", 2, 20), numbered("云政发", None, 5),
        numbered("云政发", None, 4),
    ]  # fmt: skip
    with database.writing(db):
        ids = records.add_many(pen, DISPATCH, given, "import")
    in_order = [ids[2], ids[1], ids[4], ids[3], ids[0]]
    assert list(views.in_book_order(db, DISPATCH, 2026, None, None)) == in_order, "云政发 was set up before 云委发"
    assert list(views.in_book_order(db, DISPATCH, None, date(2026, 3, 5), date(2026, 3, 9))) == [ids[3], ids[0]]
    assert list(views.in_book_order(db, DISPATCH, 2025, None, None)) == []


def test_drafts_are_in_no_printed_book(db: Database, pen: Pen, whole_row):
    with database.writing(db):
        draft = whole_row(DISPATCH) | {"signed_on": None}
        signed = records.add_many(pen, DISPATCH, [draft, whole_row(DISPATCH), draft | {"entry": "imported"}], "add")[1:]
    assert sorted(views.in_book_order(db, DISPATCH, 2026, None, None)) == signed


def test_former_entries_are_told_with_how_often(db: Database, pen: Pen, whole_row):
    with database.writing(db):
        given = [whole_row(RECEIPT, sender=sender) for sender in ("甲", "乙", "甲", None, "丙", "甲")]
        records.add_many(pen, RECEIPT, given, "import")
    assert views.distinct(db, RECEIPT, "sender", 100) == [("甲", 3, 6), ("丙", 1, 5), ("乙", 1, 2)]
    assert views.distinct(db, RECEIPT, "sender", 2) == [("甲", 1, 6), ("丙", 1, 5)]
