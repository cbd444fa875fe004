# SPDX-License-Identifier: MulanPSL-2.0
"""移交: what has reached the age, and how it leaves the store in one piece."""

from __future__ import annotations

import pytest

from tests.services.archive.keeping import TODAY, file_item, fill, ids, item, lend
from township_office.core.errors import Cancelled, Invalid, OfficeError
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import browsing, checking, records, undoing
from township_office.services.archive import appraisal, statistics, transfer
from township_office.services.browsing import View
from township_office.services.office import Office, change
from township_office.store import records as store

DRAFT = {
    "handed_on": "今天", "title": "2014年度文书档案", "nature": "移交", "receiving_unit": "青山县档案馆",
    "handed_by": "李向东", "received_by": "钱卫东",
}  # fmt: skip


def test_what_has_reached_ten_years_by_class_with_its_boxes(office: Office):
    rows = fill(office)
    more = file_item(office, 2014, "永久", "云水镇人大会议材料", box="1")
    file_item(office, 2016, "永久", "正好十年")
    file_item(office, 2017, "永久", "还差一年")
    found = transfer.due(office, TODAY)
    assert [(one.year, one.retention, one.org, one.since) for one in found] == [
        (2014, "30年", "党政综合办公室", 2024), (2014, "永久", "党政综合办公室", 2024),
        (2016, "永久", "党政综合办公室", 2026),
    ]  # fmt: skip
    assert (found[1].ids, found[1].pages, found[1].boxes) == ((rows[3]["id"], more["id"]), 6, 1)
    assert (found[2].pages, found[2].boxes) == (3, 0)


def test_it_leaves_in_one_piece_and_can_be_undone_at_once(office: Office):
    rows = fill(office)[3:5]
    row = transfer.hand_over(office, DRAFT, ids(rows), TODAY)
    assert row["number"] == "移2026-001"
    for one in rows:
        now = item(office, one)
        assert (now["transferred_on"], now["disposal_no"], now["number"]) == (TODAY, "移2026-001", one["number"])
    assert transfer.due(office, TODAY) == []
    (told,) = transfer.transfers(office)
    assert (told.items, told.pages) == (2, 6)
    assert ids(transfer.items_of(office, row)) == [rows[1]["id"], rows[0]["id"]], "by 档号"
    assert list(browsing.row_ids(office, ARCHIVE_ITEM, View(state="transferred"), TODAY)) == ids(rows)[::-1]
    undoing.undo(office, TODAY)
    assert transfer.transfers(office) == []
    assert {item(office, one)["transferred_on"] for one in rows} == {None}
    assert checking.verify(office).findings == ()


def test_a_mistake_is_taken_back_with_its_reason_later_too(office: Office):
    rows = fill(office)[3:5]
    row = transfer.hand_over(office, DRAFT, ids(rows), TODAY)
    changed = transfer.correct(office, row["id"], {"handed_on": "2026-11-18", "leader": "何文斌"}, TODAY)
    assert {item(office, one)["transferred_on"] for one in rows} == {changed["handed_on"]}
    with pytest.raises(OfficeError, match="作废原因"):
        transfer.take_back(office, row["id"], "", TODAY)
    transfer.take_back(office, row["id"], "县馆退回补正", TODAY)
    assert transfer.transfers(office) == []
    assert {(item(office, one)["transferred_on"], item(office, one)["disposal_no"]) for one in rows} == {(None, None)}
    assert transfer.hand_over(office, DRAFT, ids(rows), TODAY)["number"] == "移2026-002"
    assert checking.verify(office).findings == ()


def test_refused_it_spends_no_number_and_moves_nothing(office: Office):
    rows = fill(office)
    begun = appraisal.begin(office, {"begun_on": "今天", "title": "到期", "head": "甲"}, ids(rows)[:1], TODAY)
    lend(office, rows[4]["number"])
    void = file_item(office, 2010, "永久", "重复的一件")
    records.void(office, ARCHIVE_ITEM, void["id"], "重复", TODAY)
    with change(office) as pen:
        old = dict.fromkeys(("number", "series", "period", "sequence"))
        said = {"entry": "imported", "title": "没有档号的一件", "year": 2001}
        nameless = store.add(pen, ARCHIVE_ITEM, dict.fromkeys(f.name for f in ARCHIVE_ITEM.fields) | old | said)
    for wrong, said in (
        ([], "还没有选"), (ids(rows)[:1], f"正在 {begun['number']} 里鉴定"),
        ([rows[3]["id"], rows[4]["id"]], "还在刘敏"), ([void["id"]], "不在库里"), ([nameless], "还没有档号"),
    ):  # fmt: skip
        with pytest.raises(OfficeError, match=said):
            transfer.hand_over(office, DRAFT, wrong, TODAY)
    with pytest.raises(Invalid, match="请填写接收单位"):
        transfer.hand_over(office, DRAFT | {"receiving_unit": ""}, ids(rows)[3:4], TODAY)
    with pytest.raises(Cancelled):
        transfer.hand_over(office, DRAFT, ids(rows)[3:4], TODAY, lambda *_: (_ for _ in ()).throw(Cancelled))
    assert transfer.transfers(office) == []
    assert item(office, rows[3])["transferred_on"] is None
    assert transfer.hand_over(office, DRAFT, ids(rows)[3:4], TODAY)["number"] == "移2026-001"


def test_what_was_kept_on_is_due_and_counted_under_the_period_it_has_now(office: Office):
    row = fill(office)[0]
    with change(office) as pen:
        store.change(pen, ARCHIVE_ITEM, row["id"], {"extended_to": "永久"}, verb="change", why="")
    (found,) = [one for one in transfer.due(office, TODAY) if row["id"] in one.ids]
    assert (found.year, found.retention) == (2005, "永久")
    figures = statistics.statistics(office, 2026, TODAY)
    assert (figures.by_year[2005, "永久"].items, figures.by_year[2005, "10年"].items) == (1, 1)
