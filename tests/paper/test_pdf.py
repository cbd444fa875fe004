# SPDX-License-Identifier: MulanPSL-2.0
"""The printed book: every word on it, inside the margins, in embedded type, and fit to go on from."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from township_office.core.errors import Cancelled, OfficeError
from township_office.core.fields import Value
from township_office.paper import pdf, typecase
from township_office.paper.blocks import Align, Page, Row, Signatures
from township_office.paper.layout import Continuation
from township_office.paper.measures import frame, grid

pytestmark = pytest.mark.usefixtures("chinese_fonts")

MakeBook = Callable[..., Page]
MakeRow = Callable[..., dict[str, Value]]
ReadPages = Callable[..., list[str]]


def said(row: Row) -> str:
    """Return what a row says on paper, blanks dropped."""
    return "".join("".join((row.cells[0], row.mark, *row.cells[1:])).split())


def place_of(word: str, text: pypdfium2.PdfTextPage) -> int:
    """Return where word begins, counted as pdfium counts: in UTF-16 units."""
    points = [pypdfium2.raw.FPDFText_GetUnicode(text.raw, index) for index in range(text.count_chars())]
    wanted = memoryview(word.encode("utf-16-le")).cast("H").tolist()
    return next(start for start in range(len(points)) if points[start : start + len(wanted)] == wanted)


def test_every_row_is_on_paper_and_nothing_else(tmp_path: Path, make_book: MakeBook, read_pages: ReadPages) -> None:
    page = make_book(60)
    layout = pdf.write(page, tmp_path / "book.pdf")
    pages = read_pages(tmp_path / "book.pdf")
    assert len(pages) == layout.pages == layout.places[-1].page
    rows = page.body[0].rows
    for number, text in enumerate(pages, start=1):
        head = "收文登记簿单位：岐山县蒲村镇人民政府2026年收文编号收文日期来文单位来文字号文件标题份数"
        head += "紧急程度密级办理时限承办单位承办人签收人备注"
        body = "".join(said(row) for row, place in zip(rows, layout.places, strict=True) if place.page == number)
        foot = f"登记链8F3A61C2第{number}页共{len(pages)}页打印日期：2026年11月20日"
        closing = "截至2026-0060，共60件，作废6件，补录9件登记人：审核人：日期：" if number == len(pages) else ""
        assert text == head + body + foot + closing


def test_rare_characters_have_type(tmp_path: Path, make_book: MakeBook, make_row: MakeRow) -> None:
    layout = pdf.write(make_book([make_row(1, title="㙍䶮𣗋䃥")]), tmp_path / "rare.pdf")
    if layout.missing:
        pytest.skip(f"no font with {layout.missing} on this machine (apt: fonts-lxgw-wenkai fonts-wqy-zenhei)")
    document = pypdfium2.PdfDocument(tmp_path / "rare.pdf")
    text = document[0].get_textpage()
    said_here = text.get_text_bounded()
    assert all(char in said_here for char in "㙍䶮𣗋䃥")
    picture = document[0].render(scale=4, grayscale=True)
    shapes = set()
    for char in "㙍䶮𣗋䃥":
        left, bottom, right, top = (round(edge * 4) for edge in text.get_charbox(place_of(char, text)))
        ink = [
            picture.buffer[y * picture.stride + x] < 128
            for y in range(picture.height - top, picture.height - bottom)
            for x in range(left, right)
        ]
        assert sum(ink) > 20
        shapes.add((right - left, top - bottom, tuple(ink)))
    assert len(shapes) == 4  # four characters, not four times the mark for a missing one
    document.close()


def test_character_without_type_is_marked_and_told(tmp_path: Path, make_book: MakeBook, make_row: MakeRow) -> None:
    layout = pdf.write(make_book([make_row(1, sender="甲\U000f1234乙")]), tmp_path / "odd.pdf")
    assert layout.missing == "\U000f1234"


def test_fonts_are_embedded(tmp_path: Path, make_book: MakeBook) -> None:
    pdf.write(make_book(5), tmp_path / "book.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "book.pdf")
    for thing in document[0].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
        font = pypdfium2.raw.FPDFTextObj_GetFont(thing.raw)
        assert pypdfium2.raw.FPDFFont_GetIsEmbedded(font) == 1
    document.close()
    written = (tmp_path / "book.pdf").read_bytes()
    assert written.count(b"/CIDFontType2") == written.count(b"/FontFile2") >= 2  # the body and the labels at least


def test_all_ink_is_inside_the_margins(tmp_path: Path, make_book: MakeBook, make_row: MakeRow) -> None:
    rows = [make_row(number) for number in range(1, 40)]
    rows[5] |= {"remarks": "很长的备注，" * 260, "title": "标题" * 240}
    rows[6] |= {"number": "AVERYLONGNUMBERWITHOUTABREAK" * 3, "sender": "x" * 190}
    page = make_book(rows)
    layout = pdf.write(page, tmp_path / "book.pdf")
    sheet, lines = page.sheet, frame(page)
    for place in layout.places:
        assert place.top >= lines.rows_top
        assert place.bottom <= lines.rows_bottom + 0.01
    assert layout.places[5].last_page > layout.places[5].page
    point = 25.4 / 72
    document = pypdfium2.PdfDocument(tmp_path / "book.pdf")
    for printed in document:
        assert [round(side * point, 1) for side in printed.get_size()] == [sheet.width, sheet.height]
        text = printed.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = (edge * point for edge in text.get_charbox(index))
            if right - left > 0:
                assert left >= sheet.left - 0.1
                assert right <= sheet.width - sheet.right + 0.1
                assert bottom >= sheet.bottom - 0.1
                assert top <= sheet.height - sheet.top + 0.1
    document.close()


def test_row_taller_than_a_page_loses_no_word(
    tmp_path: Path, make_book: MakeBook, make_row: MakeRow, read_pages: ReadPages
) -> None:
    remarks = "".join(chr(0x4E00 + number) for number in range(1900))
    layout = pdf.write(make_book([make_row(1), make_row(2, remarks=remarks), make_row(3)]), tmp_path / "tall.pdf")
    text = "".join(read_pages(tmp_path / "tall.pdf"))
    assert layout.pages >= 3
    assert "接上页" in text
    found = iter(text)
    assert all(char in found for char in remarks)  # every character, in order


@pytest.mark.parametrize("rows", [0, 1, 2, *range(10, 30)])
def test_closing_line_is_never_alone(rows: int, tmp_path: Path, make_book: MakeBook, read_pages: ReadPages) -> None:
    layout = pdf.write(make_book(rows), tmp_path / "book.pdf")
    pages = read_pages(tmp_path / "book.pdf")
    assert [("登记人：" in text) for text in pages] == [False] * (layout.pages - 1) + [True]
    assert sum(place.page == layout.pages for place in layout.places) >= min(rows, 2)
    assert ("（本期没有登记）" in pages[0]) == (rows == 0)


@pytest.mark.parametrize(("before", "after"), [(1, 2), (4, 9), (9, 40), (20, 21), (25, 60), (40, 41)])
def test_going_on_draws_only_what_is_new(
    before: int, after: int, tmp_path: Path, make_book: MakeBook, read_pages: ReadPages
) -> None:
    page = make_book(after)
    whole = pdf.write(page, tmp_path / "whole.pdf")
    first = pdf.write(make_book(before), tmp_path / "first.pdf")
    since = Continuation.from_text(first.continuation.text())
    rest = pdf.write(page, tmp_path / "rest.pdf", since=since)
    assert rest.places[:before] == first.places
    if not first.continuation.moved and not rest.continuation.moved:
        assert rest.places == whole.places
    assert rest.stale_pages == ()
    new = page.body[0].rows[before:]
    last_sheet = first.places[-1].page
    assert rest.printed == tuple(sorted({place.page for place in rest.places[before:]}))
    texts = read_pages(tmp_path / "rest.pdf")
    for number, text in zip(rest.printed, texts, strict=True):
        words = "".join(said(row) for row, p in zip(new, rest.places[before:], strict=True) if p.page == number)
        if number == last_sheet:
            assert text == words  # no head, no foot, no closing line on a sheet that has them
        else:
            assert words in text
            assert f"第{number}页共{rest.pages}页" in text


def test_new_rows_stand_at_their_lines(tmp_path: Path, make_book: MakeBook) -> None:
    first = pdf.write(make_book(4), tmp_path / "first.pdf")
    rest = pdf.write(make_book(6), tmp_path / "rest.pdf", since=first.continuation)
    pdf.write(make_book(6), tmp_path / "whole.pdf")
    boxes = []
    for name in ("rest.pdf", "whole.pdf"):
        document = pypdfium2.PdfDocument(tmp_path / name)
        text = document[0].get_textpage()
        start = place_of("2026-0005", text)
        boxes.append([text.get_charbox(start + index) for index in range(9)])
        document.close()
    assert boxes[0] == boxes[1]
    height = 210 - boxes[0][0][1] * 25.4 / 72
    assert rest.places[4].top < height < rest.places[4].bottom


def test_changed_lines_ask_for_a_new_print_from_their_page(
    tmp_path: Path, make_book: MakeBook, make_row: MakeRow
) -> None:
    rows = [make_row(number) for number in range(1, 61)]
    first = pdf.write(make_book(rows[:50]), tmp_path / "first.pdf")
    index = next(index for index, place in enumerate(first.places) if place.page == 2)
    rows[index + 1] = make_row(1, title="这个标题后来改得很长，" * 9)
    with pytest.raises(OfficeError, match="从第 2 页起重新打印"):
        pdf.write(make_book(rows), tmp_path / "rest.pdf", since=first.continuation)
    assert not (tmp_path / "rest.pdf").exists()
    again = pdf.write(make_book(rows), tmp_path / "rest.pdf", since=first.continuation, first_page=2)
    assert again.printed == tuple(range(2, again.pages + 1))
    assert again.places[: index - 1] == first.places[: index - 1]


def test_other_columns_ask_for_a_new_print_of_all(tmp_path: Path, make_book: MakeBook) -> None:
    first = pdf.write(make_book(5), tmp_path / "first.pdf")
    with pytest.raises(OfficeError, match="从第 1 页起重新打印"):
        pdf.write(make_book(9, left_margin=30), tmp_path / "rest.pdf", since=first.continuation)


def test_changed_words_on_paper_are_told(tmp_path: Path, make_book: MakeBook, make_row: MakeRow) -> None:
    rows = [make_row(number) for number in range(1, 41)]
    first = pdf.write(make_book(rows[:30]), tmp_path / "first.pdf")
    rows[2]["receiver"] = "周未"
    rest = pdf.write(make_book(rows), tmp_path / "rest.pdf", since=first.continuation)
    assert rest.stale_pages == (1,)


def test_nothing_new_is_said(tmp_path: Path, make_book: MakeBook) -> None:
    first = pdf.write(make_book(5), tmp_path / "first.pdf")
    with pytest.raises(OfficeError, match="没有新的登记"):
        pdf.write(make_book(5), tmp_path / "rest.pdf", since=first.continuation)
    with pytest.raises(OfficeError, match="从第 1 页起重新打印"):
        pdf.write(make_book(3), tmp_path / "rest.pdf", since=first.continuation)


def test_print_from_a_page_on(tmp_path: Path, make_book: MakeBook, read_pages: ReadPages) -> None:
    whole = pdf.write(make_book(60), tmp_path / "whole.pdf")
    part = pdf.write(make_book(60), tmp_path / "part.pdf", first_page=3)
    assert part.printed == tuple(range(3, whole.pages + 1))
    assert read_pages(tmp_path / "part.pdf") == read_pages(tmp_path / "whole.pdf")[2:]
    with pytest.raises(OfficeError, match=f"共 {whole.pages} 页"):
        pdf.write(make_book(60), tmp_path / "none.pdf", first_page=whole.pages + 1)


def test_cancelled_leaves_nothing(tmp_path: Path, make_book: MakeBook) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        pdf.write(make_book(40), tmp_path / "book.pdf", stop)
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_not_there(tmp_path: Path, make_book: MakeBook) -> None:
    with pytest.raises(OfficeError, match="换一个文件夹"):
        pdf.write(make_book(1), tmp_path / "nowhere" / "book.pdf")


def test_old_file_stays_when_writing_fails(
    tmp_path: Path, make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(b"old")

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OfficeError, match="磁盘已满"):
        pdf.write(make_book(1), path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["book.pdf"]
    assert path.read_bytes() == b"old"


def test_columns_fill_the_line_exactly(make_book: MakeBook) -> None:
    page = make_book(1)
    for wide in (page.body[0], replace(page.body[0], columns=page.body[0].columns[:3]), _crowded(page)):
        edges = grid(wide, 28, 257).edges
        assert edges[0] == 28
        assert edges[-1] == 285
        assert all(right - left > 2 for left, right in itertools.pairwise(edges))


def _crowded(page: Page) -> object:
    return replace(page.body[0], columns=page.body[0].columns * 3)


def test_number_shrinks_before_it_breaks(make_book: MakeBook, make_row: MakeRow) -> None:
    from township_office.paper.setting import Setter

    table = make_book([make_row(1, number="2026-00012-3", doc_number="国办发明电〔2026〕1234号")]).body[0]
    lines = grid(table, 28, 257)
    cells = Setter(table, lines, typecase.Typecase()).box(table.rows[0]).cells
    assert [line for line, _, _ in cells[0].lines] == ["2026-00012-3"]
    assert cells[0].size < lines.body_size
    assert [line for line, _, _ in cells[3].lines] == ["国办发明电", "〔2026〕1234号"]
    assert table.columns[0].align is Align.CENTRE


def test_form_without_signatures_has_only_its_count(tmp_path: Path, make_book: MakeBook, read_pages: ReadPages) -> None:
    page = make_book(2, signatures=())
    assert page.body[1] == Signatures("截至 2026-0002，共 2 件", ())
    pdf.write(page, tmp_path / "book.pdf")
    text = read_pages(tmp_path / "book.pdf")[0]
    assert text.endswith("截至2026-0002，共2件")
    assert "日期：" not in text.replace("打印日期：", "")
