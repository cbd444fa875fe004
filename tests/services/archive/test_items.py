# SPDX-License-Identifier: MulanPSL-2.0
"""Items one by one: appended and never numbered anew, corrected, void, given their 全宗号."""

from __future__ import annotations

import pytest

from tests.services.archive.year import TODAY, append, by_code, commit, count_pages, decide, document, number, receive
from township_office.core.errors import Invalid, OfficeError
from township_office.registers.archive.item import ARCHIVE_ITEM, DISPOSED, SEGMENTS
from township_office.services import checking, records, settings, undoing
from township_office.services.archive import boxing, committing, items
from township_office.services.office import Office, change
from township_office.store import records as store

CLASS = "Z109-WS·2025-D30-BGS"


def void(office: Office, row: records.Row) -> None:
    records.void(office, ARCHIVE_ITEM, int(str(row["id"])), "重复", TODAY)


# ---- 补归档 ----


def test_a_late_item_comes_behind_all_others(fonds: Office):
    rows = [append(fonds, title) for title in ("甲", "乙", "丙")]
    assert [row["number"] for row in rows] == [f"{CLASS}-000{at}" for at in (1, 2, 3)]
    void(fonds, rows[2])
    assert append(fonds)["number"] == f"{CLASS}-0004", "a void item keeps its number"
    assert append(fonds, archive_year="2024")["number"] == "Z109-WS·2024-D30-BGS-0001"
    assert append(fonds, retention_period="永久")["number"] == "Z109-WS·2025-Y-BGS-0001"
    assert append(fonds, org_or_subject="党政综合办公室")["number"] == f"{CLASS}-0005", "by name as by code"
    assert checking.verify(fonds).findings == ()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"category": "ZP"}, "Z109-ZP·2025-D30-0001"), ({"category": "SW·JB"}, "Z109-SW·JB·2025-D30-0001"),
        ({"category": "KU·01", "volume_no": "7"}, "Z109-KU·01·2025-007-001"),
        ({"category": "ZY·JC", "volume_no": "1"}, "Z109-ZY·JC·2025·D30-001-001"),
        ({"category": "KJ·JJ·02", "volume_no": "5"}, "Z109-KJ·JJ·02-005-001"),
        ({"fonds_no": "X013"}, "X013-WS·2025-D30-BGS-0001"),
        ({"archive_year": "2006", "retention_period": "长期"}, "Z109-WS·2006-C-BGS-0001"),
        ({"org_or_subject": ""}, "Z109-WS·2025-D30-0001"),
        ({"org_or_subject": "JJB"}, "Z109-WS·2025-D30-JJB-0001"),
    ],
)  # fmt: skip
def test_the_code_is_as_its_category_says(more: dict[str, str], code: str, fonds: Office):
    draft = {
        "title": "题",
        "responsible_body": "镇政府",
        "archive_year": "2025",
        "retention_period": "30年",
        "org_or_subject": "BGS",
    }
    row = items.add_item(fonds, draft | more, TODAY)
    assert row["number"] == code
    assert (row["org_or_subject"] or "") == ("" if "BGS" not in code and "JJB" not in code else code.split("-")[3])


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""}, {"responsible_body": ""}, {"archive_year": ""}, {"archive_year": "1"}, {"retention_period": ""},
        {"retention_period": "5年"}, {"retention_period": "长期"},
        {"category": "XX"}, {"category": "ws"}, {"category": ""}, {"fonds_no": "Z-1"},
        {"org_or_subject": "A·B"}, {"page_count": "0"}, {"box_no": "3"}, {"dated_on": "2025-13-01"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_no_number_is_spent(wrong: dict[str, str], fonds: Office):
    with pytest.raises(Invalid) as refused:
        append(fonds, **wrong)
    assert [problem.field for problem in refused.value.problems] == list(wrong)
    assert append(fonds)["sequence"] == 1


def test_the_number_it_would_get_is_foretold(fonds: Office):
    record = {
        "archive_year": 2025,
        "retention_period": "30年",
        "org_or_subject": "BGS",
        "category": "WS",
        "fonds_no": "Z109",
    }
    for _ in range(2):
        assert items.next_code(fonds, record) == append(fonds)["number"]
    assert items.next_code(fonds, record | {"org_or_subject": "党政综合办公室"}) == f"{CLASS}-0003"
    assert items.next_code(fonds, record | {"archive_year": None}) == ""
    assert items.next_code(fonds, record | {"retention_period": None}) == ""
    settings.set_setting(fonds, "archive.template.WS", "{fonds}-{category}·{year}-{retention}-{org}-{item:3}")
    fonds.db.execute("UPDATE archive_item SET sequence = 999 WHERE sequence = 2")
    assert items.next_code(fonds, record) == "", "full"


def test_it_is_undone_and_redone_while_it_is_the_last(fonds: Office):
    first = append(fonds)
    undoing.undo(fonds, TODAY)
    assert by_code(fonds) == {}
    undoing.redo(fonds, TODAY)
    assert list(by_code(fonds)) == [first["number"]]
    append(fonds)
    undoing.undo(fonds, TODAY)
    receive(fonds, "关于防汛的通知")
    decide(fonds, "receipt:1", retention_period="30年")
    commit(fonds)
    with pytest.raises(OfficeError):
        undoing.redo(fonds, TODAY)


def test_a_number_on_paper_is_not_undone(fonds: Office):
    append(fonds)
    committing.note_printed(fonds, [2025], committing.datetime(2026, 3, 2))
    with pytest.raises(OfficeError, match="打印"):
        undoing.undo(fonds, TODAY)
    assert len(by_code(fonds)) == 1


def test_a_void_item_is_undone_with_all_that_became_of_its_papers(fonds: Office):
    key = receive(fonds, "关于防汛的通知")
    commit(fonds)
    (row,) = by_code(fonds).values()
    void(fonds, row)
    assert document(fonds, key)["volume_number"] is None
    deed = undoing.undo(fonds, TODAY)
    assert deed.words == f"作废 {row['number']}"
    assert document(fonds, key)["volume_number"] == row["number"]
    assert by_code(fonds)[str(row["number"])]["voided_on"] is None
    assert checking.verify(fonds).findings == ()


# ---- 著录 ----


def test_what_is_described_may_be_corrected(fonds: Office):
    row = append(fonds)
    draft = {
        "title": "[补拟]会议记录",
        "page_count": "9",
        "place": "甲柜3层",
        "dated_on": "2025-03-04",
        "people": "孙志强",
    }
    now = items.correct_item(fonds, int(str(row["id"])), draft, TODAY, "核对")
    assert (now["title"], now["page_count"], now["place"], now["number"]) == (
        "[补拟]会议记录",
        9,
        "甲柜3层",
        row["number"],
    )
    told = records.history(fonds, ARCHIVE_ITEM, int(str(row["id"])))[-1]
    assert (told.verb, told.why) == ("修改", "核对")
    with pytest.raises(Invalid, match="页数至少是1页"):
        items.correct_item(fonds, int(str(row["id"])), {"page_count": "0"}, TODAY)


@pytest.mark.parametrize("name", SEGMENTS)
def test_what_its_code_is_made_of_stays(name: str, fonds: Office):
    other = {
        "fonds_no": "X013", "category": "ZP", "archive_year": "2024",
        "retention_period": "永久", "org_or_subject": "JJ",
        "volume_no": "3",
    }  # fmt: skip
    row = append(fonds)
    with pytest.raises(Invalid, match="档号已经给定") as refused:
        items.correct_item(fonds, int(str(row["id"])), {name: other[name]}, TODAY)
    assert [problem.field for problem in refused.value.problems] == [name]
    same = {name: str(row[name] or "") for name in SEGMENTS}
    assert items.correct_item(fonds, int(str(row["id"])), same, TODAY) == row


def test_a_box_is_not_written_over_by_hand(fonds: Office):
    row = append(fonds)
    with pytest.raises(Invalid, match="盒号由装盒给出"):
        items.correct_item(fonds, int(str(row["id"])), {"box_no": "4"}, TODAY)
    boxing.commit_boxes(fonds, CLASS, 2025, TODAY)
    assert items.correct_item(fonds, int(str(row["id"])), {"box_no": "1", "title": "改"}, TODAY)["title"] == "改"


@pytest.mark.parametrize("name", DISPOSED)
def test_what_becomes_of_it_is_not_written_by_hand(name: str, fonds: Office):
    row = append(fonds)
    text = {"extended_to": "永久", "disposal_no": "鉴2026-001"}.get(name, "2026-01-05")
    with pytest.raises(Invalid, match="由鉴定销毁或移交进馆登记"):
        items.correct_item(fonds, int(str(row["id"])), {name: text}, TODAY)


def test_an_item_of_an_old_catalogue_is_corrected_as_far_as_it_goes(fonds: Office):
    """Its box is what the old catalogue says; what else is wrong in it does not stand in the way."""
    with change(fonds) as pen:
        old = {"entry": "imported", "title": "旧", "year": 1998, "category": "文", "archive_year": 1998, "box_no": 2}
        store.add_many(pen, ARCHIVE_ITEM, [old], "import")
    assert items.correct_item(fonds, 1, {"box_no": "3", "title": "旧目录"}, TODAY)["box_no"] == 3
    assert items.correct_item(fonds, 1, {"fonds_no": "Z109"}, TODAY)["fonds_no"] == "Z109", "it has no number yet"
    with pytest.raises(Invalid, match="没有这个门类"):
        items.correct_item(fonds, 1, {"category": "书"}, TODAY)


def test_an_item_of_an_old_catalogue_gets_the_number_it_lacks(fonds: Office):
    append(fonds)
    same = {"entry": "imported", "series": CLASS, "year": 2025, "period": 2025, "archive_year": 2025, "category": "WS"}
    of_class = {"retention_period": "30年", "fonds_no": "Z109", "org_or_subject": "BGS"}
    with change(fonds) as pen:
        twice = same | of_class | {"title": "旧一", "original_number": f"{CLASS}-0001"}
        store.add_many(pen, ARCHIVE_ITEM, [twice, {"entry": "imported", "title": "旧二"}], "import")
    row = items.number_item(fonds, 2)
    assert (row["number"], row["original_number"], row["entry"]) == (f"{CLASS}-0002", f"{CLASS}-0001", "imported")
    with pytest.raises(OfficeError, match=f"已有档号 {CLASS}-0002"):
        items.number_item(fonds, 2)
    with pytest.raises(OfficeError, match="填上年度和保管期限"):
        items.number_item(fonds, 3)
    assert not checking.verify(fonds).findings


def test_a_void_item_is_corrected_no_more(fonds: Office):
    row = append(fonds)
    void(fonds, row)
    with pytest.raises(OfficeError, match="已作废"):
        items.correct_item(fonds, int(str(row["id"])), {"title": "改"}, TODAY)


# ---- classes ----


def test_a_class_is_counted(fonds: Office):
    assert items.classes(fonds) == []
    rows = [append(fonds, page_count=pages) for pages in ("3", "", "5", "7")]
    append(fonds, retention_period="永久")
    append(fonds, archive_year="2024")
    void(fonds, rows[2])
    fonds.db.execute("UPDATE archive_item SET sequence = 9 WHERE id = ?", [rows[3]["id"]])
    fonds.db.execute("UPDATE archive_item SET destroyed_on = '2026-01-01' WHERE id = ?", [rows[0]["id"]])
    found = items.classes(fonds)
    assert [one.series for one in found] == [CLASS, "Z109-WS·2025-Y-BGS", "Z109-WS·2024-D30-BGS"]
    first = found[0]
    assert (first.fonds_no, first.category, first.year, first.retention, first.org, first.volume) == (
        "Z109", "WS", 2025, "30年", "BGS", 0,
    )  # fmt: skip
    assert (first.items, first.first, first.last, first.void, first.pages) == (3, 1, 9, 1, 10)
    assert first.gaps == 5, "4 to 8; a void item bears its number"
    assert (first.pageless, first.unboxed, first.boxes) == (1, 2, 0), "what is destroyed waits for nothing"


def test_items_without_a_number_leave_no_gap(fonds: Office):
    append(fonds)
    with change(fonds) as pen:
        old = {"entry": "imported", "title": "旧", "series": CLASS, "year": 2025, "archive_year": 2025}
        store.add_many(pen, ARCHIVE_ITEM, [old, old], "import")
    (one,) = items.classes(fonds)
    assert (one.items, one.first, one.last, one.gaps) == (3, 1, 1, 0)


# ---- 全宗号 ----


def test_the_fonds_number_is_given_later(office: Office):
    """Left blank until the county gives it; 件号, boxes and the books keep up (DA/T 22)."""
    keys = [receive(office, f"关于{name}的通知") for name in "甲乙"]
    decide(office, *keys, retention_period="30年")
    commit(office)
    append(office)
    count_pages(office)
    void(office, by_code(office)["WS·2025-D30-BGS-0001"])
    boxing.commit_boxes(office, "WS·2025-D30-BGS", 2025, TODAY)
    with pytest.raises(OfficeError, match="还没有全宗号"):
        items.give_fonds_no(office)
    number(office)
    assert items.give_fonds_no(office, "档案馆来文") == 3
    assert list(by_code(office)) == [f"{CLASS}-000{at}" for at in (1, 2, 3)], "void items too"
    assert {row["fonds_no"] for row in by_code(office).values()} == {"Z109"}
    (box,) = boxing.boxes(office, CLASS, 2025)
    assert (box.row["number"], box.first, box.last) == (f"{CLASS} 第1盒", 2, 3)
    filed = [document(office, key)["volume_number"] for key in keys]
    assert set(filed) == {f"{CLASS}-0002", None}, "the void one waits again"
    assert items.give_fonds_no(office) == 0
    assert append(office)["number"] == f"{CLASS}-0004"
    assert checking.verify(office).findings == ()


def test_items_before_and_after_the_fonds_number_are_one_class(office: Office):
    append(office)
    number(office)
    append(office)
    assert items.give_fonds_no(office) == 1
    assert list(by_code(office)) == [f"{CLASS}-0001", f"{CLASS}-0002"]
    (one,) = items.classes(office)
    assert (one.items, one.gaps) == (2, 0)


def test_no_number_is_given_twice_with_it(office: Office):
    number(office)
    append(office)
    number(office, "")
    append(office)
    number(office)
    with pytest.raises(OfficeError, match=f"{CLASS}-0001 已经有了"):
        items.give_fonds_no(office)
    assert by_code(office).keys() == {f"{CLASS}-0001", "WS·2025-D30-BGS-0001"}


def test_a_filing_whose_items_were_given_it_is_taken_back_whole(office: Office):
    key = receive(office, "关于防汛的通知")
    before = document(office, key)
    done = commit(office)
    number(office)
    items.give_fonds_no(office)
    committing.revoke(office, done.batch, "重来", TODAY)
    assert document(office, key) == before
