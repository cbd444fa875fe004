# SPDX-License-Identifier: MulanPSL-2.0
"""What is lent or out of the store: it stands so in the list, and neither it nor its filing is made void before."""

from __future__ import annotations

import pytest

from tests.services.archive.keeping import TODAY, file_item, fill, ids, item, lend
from tests.services.archive.year import commit, decide, number, receive
from township_office.core.errors import OfficeError
from township_office.registers.archive.care import ACCESS_LOG, STACK_IN_OUT
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import browsing, records, settings
from township_office.services.archive import care, committing, items, shelf
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.services.standing import standing_of

CODE, OTHER = "Z109-WS·2014-Y-BGS-0001", "Z109-WS·2014-D30-BGS-0001"


def stands(office: Office, row) -> str:
    return standing_of(office, ARCHIVE_ITEM, item(office, row), TODAY).label


def take_out(office: Office, codes: str):
    draft = {
        "moved_on": "今天",
        "direction": "出库",
        "reference_codes": codes,
        "title": "送去修裱",
        "handled_by": "李向东",
    }
    return care.register(office, STACK_IN_OUT, draft, TODAY)


def test_an_item_stands_as_its_books_of_care_say(office: Office):
    rows = fill(office)
    loan = lend(office, f"{CODE}、Z109-WS·2025-Y-BGS-0001")
    taken = take_out(office, OTHER)
    assert [stands(office, row) for row in rows[3:]] == ["借出", "出库", "借出"]
    assert list(browsing.row_ids(office, ARCHIVE_ITEM, View(state="lent"), TODAY)) == ids([rows[5], rows[3]])
    assert browsing.counts(office, ARCHIVE_ITEM, None, TODAY) == {"": 6, "kept": 3, "lent": 2, "taken_out": 1}
    found = shelf.inside(office, item(office, rows[3])).out
    assert found is not None
    assert (found[0], found[1]["id"]) == (ACCESS_LOG, loan["id"])
    care.give_back(office, ACCESS_LOG, loan["id"], TODAY)
    records.void(office, STACK_IN_OUT, taken["id"], "记错", TODAY)
    assert {stands(office, row) for row in rows} == {"在库"}
    assert shelf.inside(office, item(office, rows[3])).out is None


def test_what_is_only_read_is_in_the_store(office: Office):
    rows = fill(office)
    lend(office, CODE, way="阅览")
    assert stands(office, rows[3]) == "在库"


def test_what_is_out_comes_back_before_it_is_void(office: Office):
    rows = fill(office)
    loan = lend(office, CODE)
    take_out(office, OTHER)
    with pytest.raises(OfficeError) as refused:
        records.void(office, ARCHIVE_ITEM, rows[3]["id"], "重复", TODAY)
    said = str(refused.value)
    assert said == f"{CODE} 还在刘敏（2026-11-20 起）手上，请先在“查阅利用”里登记归还，再作废。"
    with pytest.raises(OfficeError, match=r"李向东.*“出入库”里登记归还"):
        records.void(office, ARCHIVE_ITEM, rows[4]["id"], "重复", TODAY)
    assert item(office, rows[3])["voided_on"] is None
    care.give_back(office, ACCESS_LOG, loan["id"], TODAY)
    assert records.void(office, ARCHIVE_ITEM, rows[3]["id"], "重复", TODAY)["voided_on"] == TODAY


def test_a_filing_of_which_something_is_lent_is_not_taken_back(office: Office):
    number(office)
    key = receive(office, "关于防汛工作的请示")
    decide(office, key, retention_period="永久", page_count="4")
    done = commit(office)
    code = str(
        next(iter(browsing.rows(office, ARCHIVE_ITEM, browsing.row_ids(office, ARCHIVE_ITEM, View(), TODAY))))["number"]
    )
    loan = lend(office, code)
    with pytest.raises(OfficeError, match=rf"{code} 还在刘敏.*登记归还，再撤销"):
        committing.revoke(office, done.batch, "期限不对", TODAY)
    care.give_back(office, ACCESS_LOG, loan["id"], TODAY)
    committing.revoke(office, done.batch, "期限不对", TODAY)
    assert browsing.counts(office, ARCHIVE_ITEM, None, TODAY)[""] == 0


def test_what_is_lent_stays_lent_when_the_fonds_number_is_given(office: Office):
    row = file_item(office, 2014, "永久")
    bare = str(row["number"])
    closed = lend(office, bare)
    care.give_back(office, ACCESS_LOG, closed["id"], TODAY)
    loan = lend(office, f"{bare}、旧1")
    settings.set_setting(office, "archive.fonds_no", "Z109")
    items.give_fonds_no(office)
    assert (item(office, row)["number"], stands(office, row)) == (f"Z109-{bare}", "借出")
    assert records.get(office, ACCESS_LOG, loan["id"])["reference_codes"] == f"Z109-{bare}、旧1"
    assert records.get(office, ACCESS_LOG, closed["id"])["reference_codes"] == bare
    assert list(care.out_now(office, TODAY)) == [f"Z109-{bare}", "旧1"]
