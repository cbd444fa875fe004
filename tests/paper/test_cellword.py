# SPDX-License-Identifier: MulanPSL-2.0
"""A form in Word: rows that do not move, cells truly merged, as many sheets as the PDF has."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from township_office.paper import pdf, word
from township_office.paper.blocks import Page
from township_office.paper.measures import POINT, form_room

MakeForm = Callable[..., Page]
FORMS = ("handling_sheet", "circulation_slip", "draft_sheet", "distribution_list")
LONG = {"title": "关于䶮山村防汛工作2.1的通知" * 30, "remarks": "查" * 2000, "proposed_action": "办" * 2000}


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest, make_form: MakeForm) -> Page:
    return make_form(request.param)


def written(page: Page, folder: Path) -> object:
    word.write(page, folder / "form.docx")
    return Document(str(folder / "form.docx"))


def words(element: object) -> str:
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


def test_rows_are_exactly_as_high_as_the_sheet(form: Page, tmp_path: Path) -> None:
    (table,) = written(form, tmp_path).tables
    heights = [row.find(f".//{qn('w:trHeight')}") for row in table._tbl.tr_lst]
    assert {height.get(qn("w:hRule")) for height in heights} == {"exact"}
    total = sum(int(height.get(qn("w:val"))) for height in heights) / 20 / POINT
    assert total == pytest.approx(form_room(form), abs=0.5)
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in table._tbl.tr_lst)


def test_cells_span_the_columns_they_cover(form: Page, tmp_path: Path) -> None:
    (table,) = written(form, tmp_path).tables
    columns = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sum(columns) == pytest.approx(170 * POINT * 20, abs=len(columns))
    for row in table._tbl.tr_lst:
        spans = [int(span.get(qn("w:val"))) if (span := cell.find(f".//{qn('w:gridSpan')}")) is not None else 1
                 for cell in row.tc_lst]  # fmt: skip
        assert sum(spans) == len(columns)
        at = 0
        for cell, span in zip(row.tc_lst, spans, strict=True):
            assert int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) == sum(columns[at : at + span])
            at += span


def test_label_beside_several_rows_is_one_cell(make_form: MakeForm, tmp_path: Path) -> None:
    (table,) = written(make_form("handling_sheet"), tmp_path).tables
    sides = [row.cells[0] for row in table.rows]
    reached = [index for index, cell in enumerate(sides) if "".join(cell.text.split()) == "传阅"]
    assert len(reached) == 4
    assert len({sides[index]._tc for index in reached}) == 1


def test_who_signs_stands_in_a_cell_of_its_own(make_form: MakeForm, tmp_path: Path) -> None:
    (table,) = written(make_form("handling_sheet"), tmp_path).tables
    above, foot = next(
        (table._tbl.tr_lst[index - 1].tc_lst[-1], row.tc_lst[-1])
        for index, row in enumerate(table._tbl.tr_lst)
        if "拟办人" in words(row)
    )
    assert above.find(f".//{qn('w:tcBorders')}/{qn('w:bottom')}").get(qn("w:val")) == "nil"
    assert foot.find(f".//{qn('w:tcBorders')}/{qn('w:top')}").get(qn("w:val")) == "nil"
    assert "拟请孙书记" in words(above)


def test_every_style_names_its_chinese_font(form: Page, tmp_path: Path) -> None:
    document = written(form, tmp_path)
    used = {one.style.name for row in document.tables[0].rows for cell in row.cells for one in cell.paragraphs}
    faces = {document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in used}
    assert faces == {"仿宋", "黑体"}


def test_every_word_is_there(form: Page, tmp_path: Path) -> None:
    (table,) = written(form, tmp_path).tables
    said = "".join(words(table._tbl).split())
    rows = [row for row in form.body[0].rows if not row.is_spare]
    texts = [text for row in rows for cell in row.cells for text in (cell.text, cell.label, cell.foot)]
    assert [text for text in texts if "".join(text.split()) not in said] == []


def test_slip_of_many_repeats_its_head_and_its_rule(make_form: MakeForm, tmp_path: Path) -> None:
    handed = [{"reader": f"第{number}人"} for number in range(1, 31)]
    document = written(make_form("circulation_slip", children=handed), tmp_path)
    rows = document.tables[0]._tbl.tr_lst
    heads = [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows]
    assert heads == [True] * 5 + [False] * (len(rows) - 5)
    assert "请勿横传" in document.sections[0].footer.paragraphs[0].text


def test_long_office_name_stays_on_one_line(make_form: MakeForm, tmp_path: Path) -> None:
    page = make_form("draft_sheet")
    title = "青山县云水镇党政综合（便民服务）办公室" * 2
    page = Page(page.sheet, (type(page.head[0])(title),), page.body, page.foot)
    run = written(page, tmp_path).sections[0].header.paragraphs[0].runs[0]
    assert run.font.size.pt * len(title) <= 170 * POINT


@pytest.mark.usefixtures("chinese_fonts")
def test_an_office_suite_finds_as_many_sheets(make_form: MakeForm, tmp_path: Path) -> None:
    suite = shutil.which("soffice")
    if suite is None:
        pytest.skip("no LibreOffice on this machine (apt: libreoffice-writer-nogui)")
    handed = [{"reader": f"第{number}人"} for number in range(1, 31)]
    pages = {f"{name}-{how}": make_form(name, how) for name in FORMS for how in ("filled", "empty")}
    pages |= {f"{name}-long": make_form(name, row=LONG) for name in FORMS}
    pages["many"] = make_form("circulation_slip", children=handed)
    wanted = {name: pdf.write(page, tmp_path / "one.pdf").pages for name, page in pages.items()}
    for name, page in pages.items():
        word.write(page, tmp_path / f"{name}.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    folder = tmp_path / "pdf"
    command = [suite, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    files = [str(tmp_path / f"{name}.docx") for name in pages]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=100)
    found = {}
    for name in pages:
        document = pypdfium2.PdfDocument(folder / f"{name}.pdf")
        found[name] = len(document)
        document.close()
    assert found == wanted
    assert {name: count for name, count in found.items() if count != 1} == {"many": 2}
