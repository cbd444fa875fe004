# SPDX-License-Identifier: MulanPSL-2.0
"""A form on paper: every word of it, inside its rules, with type for rare characters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from township_office.paper import pdf
from township_office.paper.blocks import FormGrid, Page, Signatures

pytestmark = pytest.mark.usefixtures("chinese_fonts")

MakeForm = Callable[..., Page]
FORMS = ("handling_sheet", "circulation_slip", "draft_sheet", "distribution_list")
LEFT, RIGHT, TOP = 25, 195, 26  # mm, the frame on the sheet


@pytest.mark.parametrize("how", ["filled", "empty"])
@pytest.mark.parametrize("form", FORMS)
def test_every_word_is_on_one_sheet(
    form: str, how: str, make_form: MakeForm, tmp_path: Path, read_pages: Callable[..., list[str]]
) -> None:
    page = make_form(form, how)
    layout = pdf.write(page, tmp_path / "form.pdf")
    assert (layout.pages, layout.printed, layout.places) == (1, (1,), ())
    (said,) = read_pages(tmp_path / "form.pdf")
    assert page.head[0].text in said
    rows = [row for row in page.body[0].rows if not row.is_spare]
    texts = [text for row in rows for cell in row.cells for text in (cell.text, cell.label, cell.foot)]
    if not layout.missing:
        assert [text for text in texts if "".join(text.split()) not in said] == []
    assert "登记链8F3A61C2" in said
    assert "打印日期：2026年11月20日" in said


def test_rare_characters_have_type(make_form: MakeForm, tmp_path: Path) -> None:
    layout = pdf.write(make_form("handling_sheet", row={"title": "㙍䶮𣗋䃥", "sender": "䶮山"}), tmp_path / "rare.pdf")
    if layout.missing:
        pytest.skip(f"no font with {layout.missing} on this machine (apt: fonts-lxgw-wenkai fonts-wqy-zenhei)")
    document = pypdfium2.PdfDocument(tmp_path / "rare.pdf")
    assert all(char in document[0].get_textpage().get_text_bounded() for char in "㙍䶮𣗋䃥")
    document.close()


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_drawn_beside_the_frame(form: str, make_form: MakeForm, tmp_path: Path) -> None:
    row = {"title": "关于" * 250, "sender": "青山县" * 60, "remarks": "查" * 2000, "drafter": "W" * 200}
    pdf.write(make_form(form, row=row), tmp_path / "form.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "form.pdf")
    scale = 4
    picture = document[0].render(scale=scale, grayscale=True)
    dot = 25.4 / 72 / scale  # mm
    inked = [
        (x * dot, y * dot)
        for y in range(round(TOP / dot), picture.height)
        for x in range(picture.width)
        if picture.buffer[y * picture.stride + x] < 128
    ]
    document.close()
    assert min(x for x, _ in inked) == pytest.approx(LEFT, abs=0.5)
    assert max(x for x, _ in inked) == pytest.approx(RIGHT, abs=0.5)
    assert max(y for _, y in inked) < 297 - 9


def test_slip_of_many_says_its_rule_on_every_sheet(
    make_form: MakeForm, tmp_path: Path, read_pages: Callable[..., list[str]]
) -> None:
    handed = [{"reader": f"第{number}人"} for number in range(1, 31)]
    layout = pdf.write(make_form("circulation_slip", children=handed), tmp_path / "slip.pdf")
    assert layout.pages == 2
    for number, said in enumerate(read_pages(tmp_path / "slip.pdf"), start=1):
        assert "请勿横传" in said
        assert f"第{number}页共2页" in said
        assert "文件标题" in said


def test_signatures_begin_no_form(make_form: MakeForm, tmp_path: Path) -> None:
    page = make_form("draft_sheet")
    assert isinstance(page.body[0], FormGrid)
    with pytest.raises(TypeError):
        pdf.write(Page(page.sheet, page.head, (Signatures("", ()),), page.foot), tmp_path / "none.pdf")
    assert list(tmp_path.iterdir()) == []
