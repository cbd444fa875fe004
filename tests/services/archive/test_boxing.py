# SPDX-License-Identifier: MulanPSL-2.0
"""装盒: the boxes foretold are the boxes made; nothing mixes, nothing is lost, and all can be packed anew."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.archive.year import TODAY, append, by_code, number
from township_office.core.errors import Invalid, OfficeError
from township_office.registers.archive.box import ARCHIVE_BOX
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import browsing, checking, records, settings, undoing
from township_office.services.archive import boxing, items
from township_office.services.browsing import View
from township_office.services.office import Office, change
from township_office.store import records as store

CLASS = "Z109-WS·2025-D30-BGS"


@pytest.fixture
def ten(fonds: Office) -> Office:
    """Ten items of 100 pages, two to a box of 30 mm (280 pages); one of another period, one of another year."""
    for at in range(10):
        append(fonds, f"第{at + 1}件", page_count="100")
    append(fonds, retention_period="永久")
    append(fonds, archive_year="2024")
    return fonds


def shelf(office: Office, series: str = CLASS) -> list[tuple[int, int, int, int]]:
    return [(box.number, box.first, box.last, box.pages) for box in boxing.boxes(office, series, 2025)]


def test_the_boxes_are_those_foretold(ten: Office):
    foretold = boxing.propose_boxes(ten, CLASS, 2025)
    assert [(box.number, box.first, box.last, box.pages) for box in foretold] == [
        (1, 1, 2, 200), (2, 3, 4, 200), (3, 5, 6, 200), (4, 7, 8, 200), (5, 9, 10, 200),
    ]  # fmt: skip
    made = boxing.commit_boxes(ten, CLASS, 2025, TODAY)
    assert shelf(ten) == [(box.number, box.first, box.last, box.pages) for box in foretold]
    assert [(box.row["thickness"], box.row["arranged_on"], box.row["arranged_by"]) for box in made] == [
        (30, TODAY, "王春燕")
    ] * 5
    assert made[0].row["number"] == f"{CLASS} 第1盒"
    assert [item["title"] for item in made[4].items] == ["第9件", "第10件"]
    assert {row["box_no"] for row in by_code(ten).values() if row["series"] != CLASS} == {None}, "nothing mixes"
    assert checking.verify(ten).findings == ()
    with pytest.raises(OfficeError, match="没有待装盒的文件"):
        boxing.propose_boxes(ten, CLASS, 2025)


def test_thickness_and_pages_for_a_millimetre_are_the_offices(ten: Office):
    assert [box.thickness for box in boxing.propose_boxes(ten, CLASS, 2025, 50)] == [50, 50, 30]
    settings.set_setting(ten, "archive.box_mm", "20")
    assert len(boxing.propose_boxes(ten, CLASS, 2025)) == 10
    settings.set_setting(ten, "archive.pages_per_mm", "20")
    assert len(boxing.propose_boxes(ten, CLASS, 2025)) == 4


def test_nothing_is_packed_before_its_pages_are_counted(fonds: Office):
    append(fonds)
    for _ in range(2):
        append(fonds, page_count="")
    with pytest.raises(OfficeError, match="还有 2 件没有填页数"):
        boxing.commit_boxes(fonds, CLASS, 2025, TODAY)
    assert shelf(fonds) == []


def test_a_late_item_comes_into_a_box_of_its_own(ten: Office):
    boxing.commit_boxes(ten, CLASS, 2025, TODAY)
    append(ten)
    boxing.commit_boxes(ten, CLASS, 2025, TODAY)
    assert shelf(ten)[5:] == [(6, 11, 11, 3)]
    assert boxing.boxes(ten, CLASS, 2025)[5].row["thickness"] == 20


def test_void_destroyed_and_transferred_items_are_in_no_new_box(ten: Office):
    rows = by_code(ten)
    records.void(ten, ARCHIVE_ITEM, int(str(rows[f"{CLASS}-0001"]["id"])), "重复", TODAY)
    for code, name in ((f"{CLASS}-0002", "destroyed_on"), (f"{CLASS}-0003", "transferred_on")):
        with change(ten) as pen:
            store.change(pen, ARCHIVE_ITEM, int(str(rows[code]["id"])), {name: TODAY}, verb="change", why="")
    boxing.commit_boxes(ten, CLASS, 2025, TODAY)
    assert shelf(ten)[0] == (1, 4, 5, 200)


# ---- 拆盒 ----


def test_boxes_are_packed_anew_from_one_on(ten: Office):
    boxing.commit_boxes(ten, CLASS, 2025, TODAY)
    assert boxing.unbox(ten, CLASS, 2025, 4, TODAY) == 2
    assert shelf(ten) == [(1, 1, 2, 200), (2, 3, 4, 200), (3, 5, 6, 200)]
    boxing.commit_boxes(ten, CLASS, 2025, TODAY, 50)
    assert shelf(ten)[3:] == [(4, 7, 10, 400)]
    assert boxing.unbox(ten, CLASS, 2025, 1, TODAY) == 4
    assert boxing.unbox(ten, CLASS, 2025, 1, TODAY) == 0
    assert shelf(ten) == []
    assert {row["box_no"] for row in by_code(ten).values()} == {None}
    assert list(browsing.row_ids(ten, ARCHIVE_BOX, View(), TODAY)) == []
    boxing.commit_boxes(ten, CLASS, 2025, TODAY)
    assert len(shelf(ten)) == 5, "numbers of boxes are free again"
    assert checking.verify(ten).findings == ()


def test_a_box_with_something_that_left_stays_as_it_is(ten: Office):
    """It left in that box, and its 盒号 stands in the list it left with."""
    boxing.commit_boxes(ten, CLASS, 2025, TODAY)
    with change(ten) as pen:
        store.change(pen, ARCHIVE_ITEM, 10, {"transferred_on": TODAY}, verb="change", why="")
    with pytest.raises(OfficeError, match="第5盒里有已移交或已销毁的文件"):
        boxing.unbox(ten, CLASS, 2025, 4, TODAY)
    assert [box.number for box in boxing.boxes(ten, CLASS, 2025)] == [1, 2, 3, 4, 5], "all or nothing"


def test_boxes_of_an_old_catalogue_are_not_filled_up(fonds: Office):
    with change(fonds) as pen:
        old = {
            "entry": "imported", "title": "旧", "series": CLASS, "year": 2025, "period": 2025, "archive_year": 2025,
            "retention_period": "30年", "fonds_no": "Z109", "category": "WS", "org_or_subject": "BGS", "page_count": 3,
        }  # fmt: skip
        many = [old | {"number": f"{CLASS}-{at:04d}", "sequence": at, "box_no": 2 + at // 3} for at in range(1, 5)]
        store.add_many(pen, ARCHIVE_ITEM, many, "import")
    row = append(fonds)
    assert row["sequence"] == 5
    boxing.commit_boxes(fonds, CLASS, 2025, TODAY)
    assert shelf(fonds) == [(4, 5, 5, 3)]
    assert items.classes(fonds)[0].boxes == 3


def test_a_volume_that_runs_over_years_never_shares_a_box(fonds: Office):
    kj = {"category": "KJ·JJ", "volume_no": "5", "org_or_subject": ""}
    for year in ("2024", "2025", "2024"):
        append(fonds, archive_year=year, **kj)
    for year in (2024, 2025):
        boxing.commit_boxes(fonds, "Z109-KJ·JJ-005", year, TODAY)
    assert [box.number for year in (2024, 2025) for box in boxing.boxes(fonds, "Z109-KJ·JJ-005", year)] == [1, 2]
    assert [len(box.items) for year in (2024, 2025) for box in boxing.boxes(fonds, "Z109-KJ·JJ-005", year)] == [2, 1]


# ---- 备考表 ----


def test_the_note_in_a_box_is_corrected_and_undone(ten: Office):
    box = boxing.commit_boxes(ten, CLASS, 2025, TODAY)[0].row
    said = {
        "title": "第2件缺附件",
        "checked_by": "孙志强",
        "checked_on": "2026-03-05",
        "thickness": "40",
        "place": "甲柜",
    }
    now = boxing.correct_box(ten, int(str(box["id"])), said, TODAY)
    assert (now["title"], now["checked_by"], now["checked_on"], now["thickness"]) == (
        "第2件缺附件", "孙志强", date(2026, 3, 5), 40,
    )  # fmt: skip
    assert (now["arranged_by"], now["number"]) == ("王春燕", box["number"])
    undoing.undo(ten, TODAY)
    assert records.get(ten, ARCHIVE_BOX, int(str(box["id"]))) == box


@pytest.mark.parametrize(
    "wrong", [{"thickness": "25"}, {"thickness": ""}, {"checked_on": "2026-03-01"}, {"arranged_on": "昨年"}]
)
def test_what_cannot_be_said_of_a_box(wrong: dict[str, str], ten: Office):
    box = boxing.commit_boxes(ten, CLASS, 2025, TODAY)[0].row
    with pytest.raises(Invalid) as refused:
        boxing.correct_box(ten, int(str(box["id"])), wrong, TODAY)
    assert {problem.field for problem in refused.value.problems} >= set(wrong)
    boxing.unbox(ten, CLASS, 2025, 1, TODAY)
    with pytest.raises(OfficeError, match="已作废"):
        boxing.correct_box(ten, int(str(box["id"])), {"title": "缺"}, TODAY)


def test_an_empty_box_says_so(ten: Office):
    boxing.commit_boxes(ten, CLASS, 2025, TODAY)
    for at in (1, 2):
        records.void(ten, ARCHIVE_ITEM, int(str(by_code(ten)[f"{CLASS}-000{at}"]["id"])), "错", TODAY)
    assert shelf(ten)[0] == (1, 0, 0, 0)
    assert items.classes(ten)[0].boxes == 4
    number(ten, "X013")
    assert shelf(ten)[0] == (1, 0, 0, 0), "a class is found by the code its items bear"
