# SPDX-License-Identifier: MulanPSL-2.0
"""The sheets of the archive: what stands on them, in the standard's own order and sizes (DA/T 22-2015)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.paper.archive_rows import PART, TORN, archive_row, box_label
from tests.paper.test_forms import GOLDEN, dump
from township_office.paper import pdf
from township_office.paper.blocks import Page, Spread
from township_office.paper.forms import archive_box, archive_catalogue, archive_destruction, archive_stamp
from township_office.paper.forms import archive_transfer as transfer
from township_office.paper.forms.archive_stamp import LabelSheet, StampPlace

ROWS = [archive_row(nth) for nth in range(1, 4)]
STAMPED = [(PART, "BGS", row) for row in ROWS]
LIES = LabelSheet(12, 13, 2, 2)
HANDED = {
    "number": "移2036-001", "nature": "移交", "receiving_unit": "青山县档案馆", "leader": "孙志强",
    "handed_by": "王春燕", "finding_aids": "归档文件目录 3 册", "handed_on": date(2036, 6, 1), "remarks": "附电子目录",
}  # fmt: skip
APPRAISED = {
    "number": "销2056-001", "begun_on": date(2056, 3, 1), "title": "2025年度30年期", "opinion": "同意销毁",
    "head": "孙志强", "approver": "何文斌", "witness_one": "王春燕", "witness_two": "赵文静", "destroyed_on": None,
}  # fmt: skip
PAGES: dict[str, Callable[[], Page]] = {
    "archive_catalogue": lambda: archive_catalogue.build(PART, ROWS),
    "archive_cover": lambda: archive_catalogue.cover(PART),
    "archive_box_front": lambda: archive_box.front(PART.fonds_name, 90, is_true_size=True),
    "archive_spines": lambda: archive_box.spines([box_label(20), box_label(50, number="2")], 280),
    "archive_labels": lambda: archive_stamp.labels(STAMPED, LIES, 60),
    "archive_stamp": lambda: archive_stamp.on_documents(STAMPED[:1], StampPlace(10, 0), is_red=True),
    "archive_stamp_grid": lambda: archive_stamp.position_grid(StampPlace(10, -5)),
    "archive_deed": lambda: transfer.deed(HANDED, transfer.Handed(PART.fonds_name, "2025", "文书", 3, 9, 1)),
    "archive_transfer_list": lambda: transfer.build(PART, ROWS, 28, 12),
    "archive_destruction_cover": lambda: archive_destruction.cover(APPRAISED, ("Z109", "镇"), _doomed(), 28),
    "archive_destruction": lambda: archive_destruction.build(APPRAISED, "Z109", _doomed(), 28, date(2056, 4, 1)),
}


def _doomed() -> list[tuple[dict[str, object], str]]:
    return [(row, "重份" * (row["id"] == 2)) for row in ROWS]


def said(page: Page) -> list[str]:
    return [spot.text for block in page.body for spot in block.spots if spot.text]


@pytest.mark.parametrize("name", PAGES)
def test_sheet_says_what_it_should(name: str) -> None:
    assert dump(PAGES[name]()) == (GOLDEN / f"paper_{name}.txt").read_text("utf-8")


def test_catalogue_has_the_nine_columns_in_their_order() -> None:
    table = archive_catalogue.build(PART, ROWS).body[0]
    labels = ["序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"]
    assert [column.label for column in table.columns] == labels
    first = table.rows[0].cells
    assert (first[0], first[1], first[5]) == ("1", "Z109-WS·2025-D30-BGS-0001", "20250304")
    assert (archive_catalogue.build(PART, ROWS).sheet.width, archive_catalogue.build(PART, ROWS).sheet.height) == (
        297, 210,
    )  # fmt: skip


def test_long_remark_becomes_a_star_and_goes_to_the_note() -> None:
    rows = [archive_row(1, remarks="附图"), archive_row(2, remarks=TORN), archive_row(3, remarks="两行\n备注")]
    cells = [row.cells[-1] for row in archive_catalogue.build(PART, rows, longest_remark=12).body[0].rows]
    assert cells == ["附图", "*", "*"]
    (note,) = archive_box.note(box_label(), {"title": "缺附件", "arranged_on": None, "checked_on": None}, rows, 12)
    assert note.body[0].rows[0].cells[0].text == f"缺附件\n0002号：{TORN}\n0003号：两行；备注"


def test_what_a_work_secret_says_is_in_no_list() -> None:
    rows = [archive_row(1, remarks="附名单", secrecy_level="工作秘密"), archive_row(2, remarks=TORN)]
    rows[1]["secrecy_level"] = "工作秘密"
    for page in (archive_catalogue.build(PART, rows), transfer.build(PART, rows, 28, 12)):
        first, second = (row.cells for row in page.body[0].rows)
        assert (first[1], first[4], first[6], first[8]) == (
            "Z109-WS·2025-D30-BGS-0001", "［工作秘密，见原件］", "工作秘密", "",
        )  # fmt: skip
        assert (second[4], second[8]) == ("［工作秘密，见原件］", "*"), "the 备考表 lies in the box, with the paper"


def test_the_head_of_a_list_stays_in_one_line() -> None:
    long = replace(PART, org="党政综合办公室、党建工作办公室、经济发展和农业农村办公室")
    assert "党政综合办公室" in str(archive_catalogue.build(PART, ROWS).head)
    assert "机构" not in str(archive_catalogue.build(long, ROWS).head)
    assert "经济发展和农业农村办公室" in str(archive_catalogue.cover(long))


def test_what_left_the_archive_says_so() -> None:
    rows = [
        archive_row(1, remarks=None, destroyed_on=date(2056, 1, 1)),
        archive_row(2, remarks="附图", secrecy_level="普通"),
    ]
    rows[1]["transferred_on"] = date(2036, 1, 1)
    assert [row.cells[-1] for row in archive_catalogue.build(PART, rows).body[0].rows] == ["已销毁", "附图；已移交"]
    (note,) = archive_box.note(box_label(), {"title": None, "arranged_on": None, "checked_on": None}, rows, 12)
    assert note.body[0].rows[0].cells[0].text == "0001号：2056年1月1日销毁"


def test_empty_fields_stay_empty() -> None:
    bare = dict.fromkeys(archive_row(1)) | {"id": 1}
    assert archive_catalogue.build(PART, [bare]).body[0].rows[0].cells == ("1", *[""] * 8)
    nothing = replace(PART, fonds_no="", org="")
    assert [label for label, _ in nothing.pairs()] == ["全宗号", "全宗名称", "年度", "保管期限"]
    stamp = said(archive_stamp.on_documents([(nothing, "", bare)], StampPlace(10, 0)))
    assert stamp == ["2025", "30年"]


def test_note_of_a_full_box_takes_as_many_sheets_as_it_needs(
    chinese_fonts: None, read_pages: Callable[..., list[str]], tmp_path: Path
) -> None:
    rows = [archive_row(nth, remarks="查" * 700 + f"末{nth}。") for nth in range(1, 9)]
    pages = archive_box.note(box_label(), {"title": None, "arranged_on": None, "checked_on": None}, rows, 12)
    assert len(pages) > 2
    pdf.write_all(pages, tmp_path / "note.pdf")
    texts = read_pages(tmp_path / "note.pdf")
    assert len(texts) == len(pages)
    assert all(f"末{nth}。" in "".join(texts) for nth in range(1, 9))
    assert "".join(texts).count("查") - "".join(texts).count("检查") == 8 * 700
    assert f"第{len(pages)}张，共{len(pages)}张" in texts[-1]
    assert not any("全文见" in text for text in texts)


def test_note_is_signed_by_hand() -> None:
    row = {"title": None, "arranged_by": "王春燕", "arranged_on": date(2026, 3, 2), "checked_on": None}
    (page,) = archive_box.note(box_label(), row, [], 12)
    texts = [cell.text for line in page.body[0].rows for cell in line.cells]
    assert texts[1:5] == ["整理人", "", "整理日期", "2026年3月2日"]
    assert texts[5:8] == ["检查人", "", "检查日期"]
    assert "王春燕" not in str(page)


@pytest.mark.parametrize("thickness", [20, 30, 40, 50])
def test_spine_says_what_the_standard_wants_top_down(thickness: float) -> None:
    page = archive_box.spines([box_label(thickness)], 280)
    spots = [spot for spot in page.body[0].spots if spot.text]
    assert [spot.text for spot in sorted(spots, key=lambda spot: spot.top)] == [
        "全宗号", "Z109", "年度", "2025", "保管期限", "30年", "机构\n（问题）", "党政综合办公室", "起止件号", "0001",
        "0056", "盒号", "1",
    ]  # fmt: skip
    assert {spot.width for spot in spots} == {thickness}
    assert sum(spot.height for spot in spots) == pytest.approx(280)


def test_spines_fill_sheets_side_by_side_and_a_long_one_wants_larger_paper() -> None:
    boxes = [box_label(50, number=str(nth)) for nth in range(1, 8)]
    page = archive_box.spines(boxes, 285)
    assert (page.sheet.width, page.sheet.height) == (210, 297)
    assert [len({spot.left for spot in block.spots if spot.text}) for block in page.body] == [3, 3, 1]
    long = archive_box.spines(boxes, 310)
    assert (long.sheet.width, long.sheet.height) == (297, 420)


def test_labels_begin_where_the_sheet_is_still_whole() -> None:
    assert (LIES.columns, LIES.rows) == (4, 15)
    page = archive_stamp.labels(STAMPED, LIES, 59)
    assert [len(block.spots) for block in page.body if isinstance(block, Spread)] == [12, 6]
    first, last = page.body[0].spots[0], page.body[1].spots[0]
    assert (first.left, first.top) == (12 + 2 * 47, 13 + 14 * 18)
    assert (last.left, last.top) == (12, 13)


def test_stamp_has_no_hints_and_a_long_organisation_its_code() -> None:
    page = archive_stamp.on_documents([(PART, "BGS", archive_row(7, page_count=8))], StampPlace(10, 0))
    assert said(page) == ["Z109", "2025", "0007", "党政综合办公室", "30年", "8"]
    long = replace(PART, org="党政综合便民服务应急管理综合办公室")
    page = archive_stamp.on_documents([(long, "BGS", archive_row(7))], StampPlace(10, 0))
    assert said(page)[3] == "BGS"


def test_transfer_not_yet_registered_leaves_room() -> None:
    page = transfer.deed({}, transfer.Handed("青山县云水镇人民政府", "2025", "文书", 3, 0, 0))
    texts = [cell.text for row in page.body[0].rows for cell in row.cells]
    assert "☐移交　☐寄存　☐征购　☐捐赠" in texts
    assert "3 件" in texts
    assert "☑移交" in str(PAGES["archive_deed"]())


def test_destruction_counts_the_years_kept_and_has_two_supervisors() -> None:
    row = PAGES["archive_destruction"]().body[0].rows[0].cells
    assert row[2:6] == ("2025", "Z109-WS·2025-D30-BGS-0001", "30年", "31年")
    labels = [cell.label for line in PAGES["archive_destruction_cover"]().body[0].rows for cell in line.cells]
    assert sum(label.startswith("监销人") for label in labels) == 2
    assert set(archive_destruction.SIGNERS) < set(labels)


def test_item_number_is_printed_as_its_code_has_it() -> None:
    assert archive_box.item_no(archive_row(7)) == "0007"
    assert archive_box.item_no(archive_row(7, number="Z109-KU·2023-003-007")) == "007"
    assert archive_box.item_no(archive_row(7, number="旧编号")) == "0007"
    assert archive_box.item_no(archive_row(7, sequence=None)) == ""
