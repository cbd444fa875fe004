# SPDX-License-Identifier: MulanPSL-2.0
"""The Word sheet holds the same rows, says its fonts, repeats its head and keeps the signatures company."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from township_office.core.errors import Cancelled, OfficeError
from township_office.core.fields import Value
from township_office.paper import word
from township_office.paper.blocks import Page

MakeBook = Callable[..., Page]
MakeRow = Callable[..., dict[str, Value]]


@pytest.fixture
def page(make_book: MakeBook) -> Page:
    return make_book(12)


@pytest.fixture
def sheet(page: Page, tmp_path: Path) -> object:
    word.write(page, tmp_path / "book.docx")
    return Document(str(tmp_path / "book.docx"))


def test_rows_come_back_as_they_were(page: Page, sheet: object) -> None:
    table = page.body[0]
    rows = sheet.tables[0].rows
    assert ["".join(cell.text.split()) for cell in rows[0].cells] == [column.label for column in table.columns]
    assert len(rows) == len(table.rows) + 1
    for printed, row in zip(list(rows)[1:], table.rows, strict=True):
        cells = ["".join(cell.text.split()) for cell in printed.cells]
        first = row.cells[0] + row.mark
        assert cells == [first, *("".join(text.split()) for text in row.cells[1:])]


def test_sheet_lies_as_the_page_says(page: Page, sheet: object) -> None:
    section = sheet.sections[0]
    assert section.orientation == 1
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((297, 210), abs=0.1)
    assert (section.left_margin.mm, section.right_margin.mm) == pytest.approx((28, 12), abs=0.1)
    said = "\n".join(paragraph.text for paragraph in section.header.paragraphs)
    assert said == "收文登记簿\n单位：岐山县蒲村镇人民政府\t2026年"
    foot = section.footer.paragraphs[0]
    fields = [element.get(qn("w:instr")) for element in foot._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert foot.text.startswith("登记链 8F3A 61C2\t第 ")


def test_every_style_in_use_names_its_chinese_font(sheet: object) -> None:
    used = {paragraph.style.name for row in sheet.tables[0].rows for cell in row.cells for paragraph in cell.paragraphs}
    used |= {paragraph.style.name for paragraph in sheet.paragraphs}
    used |= {paragraph.style.name for paragraph in sheet.sections[0].header.paragraphs}
    used |= {paragraph.style.name for paragraph in sheet.sections[0].footer.paragraphs}
    faces = {}
    for name in used:
        fonts = sheet.styles[name].element.rPr.rFonts
        faces[name] = fonts.get(qn("w:eastAsia"))
        assert fonts.get(qn("w:ascii"))
    assert set(faces.values()) <= {"宋体", "仿宋", "黑体", "方正小标宋简体"}
    assert faces["登记簿正文"] == "仿宋"
    assert faces["登记簿表头"] == "黑体"


def test_head_repeats_and_rows_stay_whole(page: Page, sheet: object) -> None:
    rows = sheet.tables[0]._tbl.tr_lst
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
    widths = [int(column.get(qn("w:w"))) for column in sheet.tables[0]._tbl.tblGrid]
    assert sum(widths) == pytest.approx((297 - 28 - 12) / 25.4 * 1440, abs=len(widths))
    assert len(widths) == len(page.body[0].columns)


def test_signatures_go_with_the_last_two_rows(sheet: object) -> None:
    kept = []
    for row in sheet.tables[0]._tbl.tr_lst[1:]:
        paragraphs = list(row.iter(qn("w:p")))
        kept.append(all(one.find(f".//{qn('w:keepNext')}") is not None for one in paragraphs))
    assert kept == [False] * 10 + [True] * 2
    assert "登记人：" in sheet.paragraphs[-1].text


def test_voided_row_is_struck_and_its_reason_is_not(sheet: object) -> None:
    cells = sheet.tables[0].rows[5].cells
    struck = [any(run.font.strike for paragraph in cell.paragraphs for run in paragraph.runs) for cell in cells]
    assert [cell.text != "" for cell in cells[:-1]] == struck[:-1]
    assert cells[-1].text == "会议带回；作废：重复登记"
    assert not struck[-1]
    assert not cells[0].paragraphs[1].runs[0].font.strike  # the word 作废 itself
    assert not any(run.font.strike for cell in sheet.tables[0].rows[4].cells for run in cell.paragraphs[0].runs)


def test_text_that_xml_cannot_hold(tmp_path: Path, make_book: MakeBook, make_row: MakeRow) -> None:
    odd = make_row(1, title='a\x00b\ud800c\ufffe<&>"𣗋\n二', handler="\x1f")
    word.write(make_book([odd]), tmp_path / "odd.docx")
    cells = Document(str(tmp_path / "odd.docx")).tables[0].rows[1].cells
    assert cells[4].text == 'abc<&>"𣗋\n二'
    assert cells[10].text == ""


def test_empty_book(tmp_path: Path, make_book: MakeBook) -> None:
    word.write(make_book(0), tmp_path / "empty.docx")
    rows = Document(str(tmp_path / "empty.docx")).tables[0].rows
    assert rows[1].cells[0].text == "（本期没有登记）"


def test_cancelled_leaves_nothing(tmp_path: Path, make_book: MakeBook) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        word.write(make_book(3), tmp_path / "book.docx", stop)
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_not_there(tmp_path: Path, make_book: MakeBook) -> None:
    with pytest.raises(OfficeError, match="换一个文件夹"):
        word.write(make_book(1), tmp_path / "nowhere" / "book.docx")
