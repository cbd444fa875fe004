# SPDX-License-Identifier: MulanPSL-2.0
"""The printed set of a year: every sheet, every row, nothing half done; and numbers on paper stay."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from tests.services.archive.printed_office import TITLE, TODAY, TORN, add, box, fill, set_items
from tests.services.archive.year import last_print
from township_office.core.errors import Cancelled, OfficeError
from township_office.paper.fonts import Face, files_for, find_fonts
from township_office.registers.archive.disposal import APPRAISAL, APPRAISAL_LINE, TRANSFER
from township_office.registers.dispatch import DISPATCH
from township_office.services import children, records, settings
from township_office.services.archive import committing, deciding, items, print_pages, proposal
from township_office.services.archive.printing import (
    SHEETS,
    SheetRequest,
    label_grid,
    lacking,
    note_on_paper,
    preview_sheet,
    print_set,
    print_sheet,
    registered,
    suggested_name,
)
from township_office.services.office import Office

pytestmark = pytest.mark.skipif(
    not files_for(Face.SONG, find_fonts()), reason="no Chinese TrueType font (apt: fonts-arphic-uming)"
)
CATALOGUE = SheetRequest("catalogue", 2025)
SET = [
    "01 归档文件目录封面", "02 归档文件目录", "03 档案盒封面", "04 档案盒脊", "05 备考表", "06 归档章标签",
    "07 归档章定位页", "08 档案交接文据", "09 档案移交目录",
]  # fmt: skip


def pages_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def printed(office: Office, request: SheetRequest, folder: Path) -> list[str]:
    path = folder / "sheet.pdf"
    print_sheet(office, request, path, TODAY)
    return pages_of(path)


@pytest.fixture
def filled(office: Office) -> Office:
    fill(office)
    return office


def test_the_whole_set_lies_in_the_folder_as_pdf_and_word(filled: Office, tmp_path: Path) -> None:
    folder = tmp_path / "打印"
    files = print_set(filled, 2025, folder, TODAY)
    assert [path.name for path in files] == [f"{name}（2025年）{kind}" for name in SET for kind in (".pdf", ".docx")]
    assert sorted(folder.iterdir()) == sorted(files)
    texts = {path.name[:2]: "".join(pages_of(path)) for path in files if path.suffix == ".pdf"}
    for nth in range(1, 4):
        assert texts["02"].count(f"Z109-WS·2025-Y-BGS-{nth:04d}") == 1
    assert TITLE in texts["02"]
    assert TORN not in texts["02"]
    assert TORN in texts["05"]
    assert texts["06"].count("Z109") == 8
    assert "8件，32页，1盒" in texts["08"]
    rows = Document(str(files[3])).tables
    assert [len(table.rows) for table in rows] == [4, 6]


def test_a_set_again_takes_the_place_of_the_first(filled: Office, tmp_path: Path) -> None:
    print_set(filled, 2025, tmp_path / "x", TODAY)
    add(filled, title="后来补归的")
    files = print_set(filled, 2025, tmp_path / "x", TODAY)
    assert len(list((tmp_path / "x").iterdir())) == len(files)
    assert "后来补归的" in "".join(pages_of(files[2]))


def test_cancelled_leaves_the_folder_as_it_was(filled: Office, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        assert 0 <= done <= total
        if done > total * 0.7:
            raise Cancelled

    with pytest.raises(Cancelled):
        print_set(filled, 2025, tmp_path / "x", TODAY, stop)
    assert list((tmp_path / "x").iterdir()) == []
    assert last_print(filled, 2025) is None


def test_progress_runs_through_once(filled: Office, tmp_path: Path) -> None:
    said: list[tuple[int, int]] = []
    print_set(filled, 2025, tmp_path / "x", TODAY, lambda *done: said.append(done))
    assert len({total for _, total in said}) == 1
    assert [done for done, _ in said] == sorted(done for done, _ in said)
    assert said[-1][0] == said[-1][1]


def test_without_boxes_their_sheets_are_left_out_and_said_kindly(office: Office, tmp_path: Path) -> None:
    settings.set_setting(office, "archive.fonds_no", "Z109")
    add(office)
    names = {path.name[3:].partition("（")[0] for path in print_set(office, 2025, tmp_path / "x", TODAY)}
    assert names == {name[3:] for name in SET} - {"档案盒脊", "备考表"}
    with pytest.raises(OfficeError, match="还没有装盒"):
        print_sheet(office, SheetRequest("spine", 2025), tmp_path / "x.pdf", TODAY)
    assert lacking(office, SheetRequest("spine", 2025), TODAY) == ["有 1 件还没有装盒，不在盒脊和备考表里。"]


def test_nothing_filed_is_said(office: Office, tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="还没有归档文件"):
        print_set(office, 2025, tmp_path / "x", TODAY)
    assert not (tmp_path / "x").exists()
    for sheet in SHEETS.keys() - {"box_front", "stamp_grid", "destruction"}:
        with pytest.raises(OfficeError, match="还没有归档文件"):
            print_sheet(office, SheetRequest(sheet, 2025), tmp_path / "x.pdf", TODAY)


def test_no_folder_to_write_into_is_said(filled: Office, tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="missing"):
        print_set(filled, 2025, tmp_path / "missing" / "x", TODAY)
    (tmp_path / "file").write_text("x")
    with pytest.raises(OfficeError):
        print_set(filled, 2025, tmp_path / "file", TODAY)


def test_catalogues_are_bound_as_the_office_says(filled: Office, tmp_path: Path) -> None:
    settings.set_setting(filled, "archive.orgs", "BGS=党政综合办公室,NY=农业农村办公室")
    add(filled, org_or_subject="NY", title="农业")
    orders: dict[str, list[list[str]]] = {}
    for binding in ("retention", "class", "year"):
        settings.set_setting(filled, "archive.print.binding", binding)
        pages = print_pages.gather(filled, CATALOGUE, TODAY).pages
        orders[binding] = [[row.cells[0] for row in page.body[0].rows] for page in pages]
        codes = [[row.cells[1] for row in page.body[0].rows] for page in pages]
        assert all(part == sorted(part) for part in codes)
        heads = [page.head[1].left for page in pages]
        cover = print_pages.gather(filled, replace(CATALOGUE, sheet="cover"), TODAY).pages
        assert len(cover) == len(pages)
        if binding == "class":
            assert "机构（问题）：农业农村办公室" in heads[1]
        if binding == "year":
            assert "保管期限：永久、30年" in heads[0]
    assert [len(part) for part in orders["retention"]] == [4, 5]
    assert [len(part) for part in orders["class"]] == [3, 1, 5]
    assert [len(part) for part in orders["year"]] == [9]
    assert all(part == [str(n) for n in range(1, len(part) + 1)] for parts in orders.values() for part in parts)


def test_one_class_and_one_box_can_be_printed_alone(filled: Office, tmp_path: Path) -> None:
    thirty = "Z109-WS·2025-D30-BGS"
    (text,) = printed(filled, replace(CATALOGUE, series=thirty), tmp_path)
    assert (text.count("Y-BGS-"), text.count("D30-BGS-")) == (0, 5)
    box(filled, thirty)
    (text,) = printed(filled, SheetRequest("box_note", 2025, thirty, 1), tmp_path)
    assert "第1盒（0001—0005）" in text
    assert len(printed(filled, SheetRequest("box_note", 2025), tmp_path)) == 2
    with pytest.raises(OfficeError, match="还没有"):
        printed(filled, SheetRequest("box_note", 2025, thirty, 9), tmp_path)


def test_chosen_items_get_their_labels_from_the_place_asked_for(filled: Office, tmp_path: Path) -> None:
    chosen = (add(filled), add(filled))
    texts = printed(filled, SheetRequest("labels", items=chosen, start=60), tmp_path)
    assert [text.count("Z109") for text in texts] == [1, 1]
    assert "0004" in texts[0]
    assert len(printed(filled, SheetRequest("stamp", items=chosen), tmp_path)) == 2
    assert label_grid(filled) == (4, 15)
    settings.set_setting(filled, "archive.print.label_gap_across", "20.5")
    assert label_grid(filled) == (3, 15)


def test_labels_come_as_the_boxes_stand(filled: Office) -> None:
    add(filled, title="补归的一件")
    (page,) = print_pages.gather(filled, SheetRequest("labels", 2025), TODAY).pages
    stamps = [spot.text for spot in page.body[0].spots]
    said = [(stamps[place + 4], stamps[place + 2]) for place in range(0, len(stamps), 6)]
    assert said == [("永久", f"{nth:04d}") for nth in range(1, 5)] + [("30年", f"{nth:04d}") for nth in range(1, 6)]


def test_thickness_of_each_box_is_that_of_its_spine(filled: Office, tmp_path: Path) -> None:
    (page,) = print_pages.gather(filled, SheetRequest("spine", 2025), TODAY).pages
    (thickness,) = {spot.width for spot in page.body[0].spots if spot.text}
    assert thickness == 20  # twelve pages want no thicker one
    settings.set_setting(filled, "archive.print.spine_length", "300")
    assert print_sheet(filled, SheetRequest("spine", 2025), tmp_path / "x.pdf", TODAY).sheet == (297, 420)


def test_front_is_as_large_as_the_office_wants(filled: Office, tmp_path: Path) -> None:
    assert print_sheet(filled, SheetRequest("box_front"), tmp_path / "x.pdf", TODAY).sheet == (210, 297)
    settings.set_setting(filled, "archive.print.box_front", "box")
    assert print_sheet(filled, SheetRequest("box_front"), tmp_path / "x.pdf", TODAY).sheet == (220, 310)


def test_what_is_printed_cannot_be_revoked_and_what_was_only_seen_can(
    office: Office, draft: Callable[..., dict[str, str]], tmp_path: Path
) -> None:
    records.register_document(office, DISPATCH, draft("dispatch", page_count=""), TODAY)
    plan = proposal.propose_year(office, 2026)
    deciding.decide(office, [one.key for one in plan.items], {"page_count": "5"}, TODAY)
    filed = committing.commit_year(office, 2026, TODAY)
    request = SheetRequest("catalogue", 2026)
    preview_sheet(office, request, tmp_path / "x.pdf", TODAY)
    for sheet in ("box_front", "stamp_grid", "cover"):
        print_sheet(office, SheetRequest(sheet, 2026), tmp_path / "x.pdf", TODAY)
    assert last_print(office, 2026) is None
    note_on_paper(office, request, TODAY)
    assert last_print(office, 2026)
    with pytest.raises(OfficeError, match="已经打印"):
        committing.revoke(office, filed.batch, "再看看", TODAY)


@pytest.mark.parametrize("sheet", ["catalogue", "labels", "stamp", "spine", "box_note", "transfer_deed"])
def test_every_sheet_with_numbers_counts_as_printed(filled: Office, tmp_path: Path, sheet: str) -> None:
    print_sheet(filled, SheetRequest(sheet, 2025), tmp_path / "x.docx", TODAY)
    assert last_print(filled, 2025)


def test_read_only_file_prints_and_notes_nothing(filled: Office, tmp_path: Path) -> None:
    filled.is_readonly = True
    print_sheet(filled, CATALOGUE, tmp_path / "x.pdf", TODAY)
    filled.is_readonly = False
    assert last_print(filled, 2025) is None


def test_what_is_not_there_yet_is_said(office: Office) -> None:
    add(office, page_count="")
    assert lacking(office, CATALOGUE, TODAY) == [
        "还没有全宗号，印出来的全宗号是空的。", "有 1 件没有填页数，页数印成空的。",
    ]  # fmt: skip
    assert lacking(office, SheetRequest("box_front"), TODAY) == ["还没有全宗号，印出来的全宗号是空的。"]


def test_items_of_old_catalogues_without_a_number_come_last(filled: Office, tmp_path: Path) -> None:
    odd = add(filled, title="双号的一件")
    set_items(filled, [odd], number=None, sequence=None, original_number="Z109-WS·2025-Y-BGS-0001")
    (page, _) = print_pages.gather(filled, CATALOGUE, TODAY).pages
    assert page.body[0].rows[-1].cells[1:5:3] == ("Z109-WS·2025-Y-BGS-0001", "双号的一件")
    assert lacking(filled, CATALOGUE, TODAY) == ["有 1 件还没有档号，排在目录最后，不打归档章。"]
    assert "".join(printed(filled, SheetRequest("labels", 2025), tmp_path)).count("Z109") == 8


def test_void_items_are_on_no_sheet(filled: Office, tmp_path: Path) -> None:
    gone = add(filled, title="错归的")
    records.void(filled, items.ARCHIVE_ITEM, gone, "错归", TODAY)
    assert "错归的" not in "".join(printed(filled, CATALOGUE, tmp_path))


def test_transfer_goes_by_its_row(filled: Office, tmp_path: Path) -> None:
    draft = {"handed_on": "今天", "title": "2025年度永久", "receiving_unit": "青山县档案馆", "nature": "移交"}
    row = records.register_document(filled, TRANSFER, draft, TODAY)
    ids = [int(str(item["id"])) for item in print_pages.Desk(filled, CATALOGUE, TODAY).items if item["box_no"]]
    set_items(filled, ids, disposal_no=row["number"], transferred_on=TODAY)
    assert registered(filled, "transfer_deed", TODAY) == [(row["id"], f"{row['number']} 2025年度永久")]
    request = SheetRequest("transfer_deed", row_id=int(str(row["id"])))
    (text,) = printed(filled, request, tmp_path)
    assert "青山县档案馆" in text
    assert "☑移交" in text
    assert "3件，12页，1盒" in text
    assert "2026年11月20日" in text
    lines = printed(filled, replace(request, sheet="transfer_list"), tmp_path)
    assert "".join(lines).count("Z109-WS") == 3
    assert suggested_name(filled, request, TODAY) == f"档案交接文据（{row['number']}）"


def test_destruction_goes_by_the_lines_that_give_up(filled: Office, tmp_path: Path) -> None:
    draft = {"begun_on": "今天", "title": "2025年度", "head": "孙志强"}
    row_id = int(str(records.register_document(filled, APPRAISAL, draft, TODAY)["id"]))
    request = SheetRequest("destruction", row_id=row_id)
    with pytest.raises(OfficeError, match="还没有登记过鉴定销毁"):
        printed(filled, replace(request, row_id=0), tmp_path)
    with pytest.raises(OfficeError, match="没有要销毁的"):
        printed(filled, request, tmp_path)
    for item, decision in zip(print_pages.Desk(filled, CATALOGUE, TODAY).items[3:5], ("销毁", "续存"), strict=True):
        line = {"item_id": str(item["id"]), "title": str(item["title"]), "decision": decision, "extended_to": "永久"}
        children.add_child(filled, APPRAISAL_LINE, row_id, line | {"remarks": "重份"}, TODAY)
    cover, rows = printed(filled, request, tmp_path)
    assert "孙志强" in cover
    assert cover.count("监销人签字") == 2
    assert rows.count("D30-BGS") + rows.count("Y-BGS") == 1
    assert "30年1年4重份" in rows
    assert last_print(filled, 2025)


def test_file_names_say_what_is_in_them(filled: Office) -> None:
    assert suggested_name(filled, CATALOGUE, TODAY) == "归档文件目录（2025年）"
    one = replace(CATALOGUE, series="Z109-WS·2025-Y-BGS")
    assert suggested_name(filled, one, TODAY) == "归档文件目录（2025 永久 党政综合办公室）"


def test_measures_are_checked(office: Office) -> None:
    for key, bad in (
        ("label_left", "1.25"), ("label_left", "-1"), ("label_gap_down", "51"), ("stamp_shift", "81"),
        ("spine_length", "311"), ("binding", "month"), ("box_front", "a5"), ("stamp_colour", "蓝"), ("front_top", ""),
        ("remark_length", "0"),
    ):  # fmt: skip
        with pytest.raises(OfficeError):
            settings.set_setting(office, f"archive.print.{key}", bad)
    settings.set_setting(office, "archive.print.stamp_shift", "-12.5")
    assert settings.get_setting(office, "archive.print.stamp_shift") == "-12.5"


def test_a_real_year_is_printed_whole(filled: Office, shared_data: Path, tmp_path: Path) -> None:
    """Two thousand real documents: each row read back from the PDF, on one page, none cut."""
    with (shared_data / "documents_real.csv").open(encoding="utf-8-sig") as file:
        titles = [row["title"][:500] for row in csv.DictReader(file)][:400]
    for nth, title in enumerate(titles):
        add(filled, title=title, retention_period="10年", dated_on=date(2025, 1 + nth % 12, 1).isoformat())
    request = replace(CATALOGUE, series="Z109-WS·2025-D10-BGS")
    (page,) = print_pages.gather(filled, request, TODAY).pages
    texts = printed(filled, request, tmp_path)
    whole = iter(texts)
    text = next(whole)
    assert len(page.body[0].rows) == 400
    for row in page.body[0].rows:
        said = "".join("".join(row.cells).split())
        if said not in text:
            text = next(whole)
            assert "序号档号文号责任者题名日期密级页数备注" in text
        assert said in text
