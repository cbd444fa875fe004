# SPDX-License-Identifier: MulanPSL-2.0
"""Several forms in one file: each has its own head, its own sheets and numbers; every row is there, whole."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.paper.archive_rows import PART, TITLES, archive_row, box_label
from township_office.core.errors import Cancelled
from township_office.paper import pdf, word
from township_office.paper.blocks import Page
from township_office.paper.forms import archive_box, archive_catalogue

ReadPages = Callable[..., list[str]]


def catalogues(*counts: int) -> list[Page]:
    """Catalogues of several periods, their rows numbered through."""
    pages, begin = [], 1
    for count, period in zip(counts, ("永久", "30年", "10年"), strict=False):
        rows = [archive_row(nth) for nth in range(begin, begin + count)]
        pages.append(archive_catalogue.build(replace(PART, retention=period), rows))
        begin += count
    return pages


@pytest.mark.usefixtures("chinese_fonts")
def test_each_form_is_numbered_by_itself(read_pages: ReadPages, tmp_path: Path) -> None:
    pages = catalogues(40, 3, 60)
    alone = [pdf.draw(page)[0].pages for page in pages]
    layout = pdf.write_all(pages, tmp_path / "all.pdf")
    texts = read_pages(tmp_path / "all.pdf")
    assert len(texts) == layout.pages == sum(alone)
    expected = [(period, n + 1, count) for period, count in zip(("永久", "30年", "10年"), alone, strict=True)
                for n in range(count)]  # fmt: skip
    for text, (period, number, count) in zip(texts, expected, strict=True):
        assert text.startswith(f"归档文件目录全宗号：Z109年度：2025保管期限：{period}")
        assert text.endswith(f"第{number}页共{count}页")
        assert "序号档号文号责任者题名日期密级页数备注" in text


@pytest.mark.usefixtures("chinese_fonts")
def test_every_row_is_read_back_whole_and_on_one_page(read_pages: ReadPages, tmp_path: Path) -> None:
    (page,) = catalogues(300)
    layout = pdf.write_all([page], tmp_path / "all.pdf")
    assert layout.missing == ""
    texts = read_pages(tmp_path / "all.pdf")
    for row, place in zip(page.body[0].rows, layout.places, strict=True):
        assert place.page == place.last_page
        assert "".join("".join(row.cells).split()) in texts[place.page - 1]


@pytest.mark.usefixtures("chinese_fonts")
def test_a_row_taller_than_a_page_goes_on_with_the_head(read_pages: ReadPages, tmp_path: Path) -> None:
    rows = [archive_row(1), archive_row(2, title="长" * 3000, secrecy_level=None), archive_row(3)]
    layout = pdf.write_all([archive_catalogue.build(PART, rows)], tmp_path / "all.pdf")
    texts = read_pages(tmp_path / "all.pdf")
    assert layout.places[1].last_page > layout.places[1].page
    assert "".join(texts).count("长") == 3000
    assert all("序号档号文号" in text for text in texts)


@pytest.mark.usefixtures("chinese_fonts")
def test_sheets_of_two_sizes_go_into_one_file(tmp_path: Path) -> None:
    front = archive_box.front("镇", 90, is_true_size=True)
    pdf.write_all([*catalogues(2), front], tmp_path / "all.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "all.pdf")
    sizes = [tuple(round(length * 25.4 / 72) for length in document[page].get_size()) for page in range(len(document))]
    document.close()
    assert sizes == [(297, 210), (220, 310)]


@pytest.mark.parametrize("write", [pdf.write_all, word.write_all])
def test_progress_goes_through_all_of_them(write: Callable[..., object], chinese_fonts: None, tmp_path: Path) -> None:
    said: list[tuple[int, int]] = []
    pages = [*catalogues(30, 20), archive_box.spines([box_label()], 280)]
    write(pages, tmp_path / f"all.{'pdf' if write is pdf.write_all else 'docx'}", lambda *done: said.append(done))
    assert {total for _, total in said} == {51}
    assert [done for done, _ in said] == sorted(done for done, _ in said)
    assert said[-1] == (51, 51)


@pytest.mark.parametrize("write", [pdf.write_all, word.write_all])
def test_cancelled_leaves_no_file(write: Callable[..., object], chinese_fonts: None, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done > 30:
            raise Cancelled

    with pytest.raises(Cancelled):
        write(catalogues(30, 20), tmp_path / "all.pdf", stop)
    assert list(tmp_path.iterdir()) == []


def test_word_has_a_section_for_each_with_its_own_head_and_numbers(tmp_path: Path) -> None:
    pages = [*catalogues(5, 3), archive_box.front("镇", 90, is_true_size=True)]
    word.write_all(pages, tmp_path / "all.docx")
    document = Document(str(tmp_path / "all.docx"))
    heads = [section.header.paragraphs[-1].text for section in document.sections]
    assert ["永久" in heads[0], "30年" in heads[1], heads[2]] == [True, True, ""]
    assert [round(section.page_width.mm) for section in document.sections] == [297, 297, 220]
    assert [len(table.rows) for table in document.tables] == [6, 4, 1]
    starts = [section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in document.sections]
    assert starts == ["1", "1", "1"]
    fields = [
        element.get(qn("w:instr"))
        for section in document.sections[:2]
        for element in section.footer._element.iter(qn("w:fldSimple"))
    ]
    assert fields == ["PAGE", "SECTIONPAGES"] * 2


@pytest.mark.usefixtures("chinese_fonts")
def test_an_office_suite_reads_the_same_rows(read_pages: ReadPages, tmp_path: Path) -> None:
    suite = shutil.which("soffice")
    if suite is None:
        pytest.skip("no LibreOffice on this machine (apt: libreoffice-writer-nogui)")
    pages = catalogues(60, 20)
    word.write_all(pages, tmp_path / "all.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [suite, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "all.docx")], check=True, capture_output=True, timeout=100)
    said = re.sub(r"\s", "", "".join(read_pages(tmp_path / "all.pdf")))
    for nth in range(1, 81):
        assert said.count(f"BGS-{nth:04d}") == 1
    told = [archive_row(nth)["title"] for nth in range(1, 81) if archive_row(nth)["secrecy_level"] != "工作秘密"]
    for title in TITLES:
        assert said.count(title) == told.count(title)
    assert said.count("［工作秘密，见原件］") == 80 - len(told)
    assert all("序号档号文号责任者题名日期密级页数备注" in text for text in read_pages(tmp_path / "all.pdf"))
