# SPDX-License-Identifier: MulanPSL-2.0
"""Pages become pictures of the right size with ink on them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from township_office.core.errors import OfficeError
from township_office.paper import pdf
from township_office.paper.blocks import Page
from township_office.paper.preview import page_count, render_page


@pytest.fixture
def book(tmp_path: Path, make_book: Callable[..., Page], chinese_fonts: None) -> Path:
    pdf.write(make_book(20), tmp_path / "book.pdf")
    return tmp_path / "book.pdf"


def test_page_becomes_a_picture(book: Path) -> None:
    picture = render_page(book, 1, 96)
    assert (picture.width, picture.height) == pytest.approx((297 / 25.4 * 96, 210 / 25.4 * 96), abs=1.5)
    assert picture.stride >= picture.width * 3
    assert len(picture.pixels) == picture.stride * picture.height
    assert picture.pixels[:3] == b"\xff\xff\xff"
    assert min(picture.pixels) < 80


def test_red_comes_first(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "red.pdf"), pagesize=(72, 72))
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(0, 0, 72, 72, stroke=0, fill=1)
    canvas.save()
    assert render_page(tmp_path / "red.pdf", 1, 72).pixels[300:303] == b"\xff\x00\x00"


def test_several_threads_may_ask(book: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        pictures = list(threads.map(lambda _: render_page(book, 1, 40).pixels, range(12)))
    assert len(set(pictures)) == 1


def test_pages_are_counted_and_no_others_shown(book: Path) -> None:
    count = page_count(book)
    assert count == 2
    for wrong in (0, count + 1):
        with pytest.raises(OfficeError, match=f"共 {count} 页"):
            render_page(book, wrong, 72)


def test_file_that_is_no_pdf(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"nothing")
    for path in (tmp_path / "bad.pdf", tmp_path / "gone.pdf"):
        with pytest.raises(OfficeError, match="不能预览"):
            page_count(path)
