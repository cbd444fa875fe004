# SPDX-License-Identifier: MulanPSL-2.0
"""Pieces at exact places: as large as the standard says, to a fifth of a millimetre, in PDF and in Word."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.paper.archive_rows import PART, archive_row, box_label
from tests.paper.ruled import Place, ruled
from township_office.paper import pdf, word
from township_office.paper.blocks import Page, Spot, Spread
from township_office.paper.forms import archive_box, archive_catalogue, archive_stamp
from township_office.paper.forms.archive_stamp import LabelSheet, StampPlace
from township_office.paper.measures import POINT
from township_office.paper.spread import PAD, set_text
from township_office.paper.wordtext import RoomyWidths

EXACT = 0.2  # mm
ITEMS = [(PART, "BGS", archive_row(nth)) for nth in range(1, 100)]
WIDTHS = RoomyWidths()
NAMES = ("Z109", "2025", "0001", "党政综合办公室", "永久", "10年", "1234", "䶮山村综合服务中心办", "Party office", "")


def labels(**lies: float) -> Page:
    return archive_stamp.labels(ITEMS, LabelSheet(**({"left": 12, "top": 13, "gap_across": 2, "gap_down": 2} | lies)))


def near(one: Place, other: Place) -> bool:
    return all(abs(a - b) <= EXACT for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("text", NAMES)
@pytest.mark.parametrize(("width", "height"), [(15, 8), (20, 22), (50, 9), (7, 6)])
def test_text_goes_into_its_piece_whole(text: str, width: float, height: float) -> None:
    said = set_text(Spot(0, 0, width, height, text, 12), WIDTHS)
    assert "".join(said.lines).replace(" ", "") == text.replace(" ", "")
    assert all(
        sum(map(WIDTHS.__getitem__, line)) * said.size / 1000 <= (width - 2 * PAD) * POINT for line in said.lines
    )
    assert len(said.lines) * said.step <= height + EXACT
    if text.isascii() and text.isalnum():
        assert len(said.lines) == 1  # a number is never broken


def test_long_text_gets_small_and_is_never_cut() -> None:
    said = set_text(Spot(0, 0, 100, 24, "青山县云水镇" * 12, 40), WIDTHS)
    assert "".join(said.lines) == "青山县云水镇" * 12
    assert said.size < 20


def test_text_downwards_fits_the_height() -> None:
    for text in ("党政综合办公室", "党政综合便民服务应急管理综合办公室" * 2):
        said = set_text(Spot(0, 0, 20, 70, text, 22, goes_down=True), WIDTHS)
        assert said.lines == tuple(text)
        assert said.step * len(said.lines) <= 70
        assert said.size / POINT <= 20 - 2 * PAD


def test_labels_are_exactly_as_large_as_the_stamp(chinese_fonts: None, tmp_path: Path) -> None:
    pdf.write(labels(), tmp_path / "labels.pdf")
    cells = ruled(tmp_path / "labels.pdf")
    assert len(cells) == 60 * 6
    for number in range(60):
        row, column = divmod(number, 4)
        left, top = 12 + column * 47, 13 + row * 18
        for place, cell in enumerate(cells[number * 6 : number * 6 + 6]):
            down, across = divmod(place, 3)
            assert near(cell, (left + across * 15, top + down * 8, 15, 8)), number


@pytest.mark.parametrize("shift", [-30.5, 0, 12.3])
def test_stamp_stands_at_the_top_centre_and_where_the_office_moves_it(
    shift: float, chinese_fonts: None, tmp_path: Path
) -> None:
    page = archive_stamp.on_documents(ITEMS[:2], StampPlace(10.5, shift))
    assert pdf.write(page, tmp_path / "stamp.pdf").pages == 2
    cells = ruled(tmp_path / "stamp.pdf", 1)
    assert near(cells[0], (82.5 + shift, 10.5, 15, 8))
    assert near(cells[-1], (82.5 + shift + 30, 18.5, 15, 8))
    grid = archive_stamp.position_grid(StampPlace(10.5, shift))
    pdf.write(grid, tmp_path / "grid.pdf")
    stamps = [cell for cell in ruled(tmp_path / "grid.pdf") if abs(cell[2] - 15) < EXACT]
    assert near(stamps[0], cells[0])


@pytest.mark.parametrize("thickness", [20, 30, 40, 50])
def test_spine_is_as_wide_as_its_box_with_marks_to_cut_by(
    thickness: float, chinese_fonts: None, tmp_path: Path
) -> None:
    pdf.write(archive_box.spines([box_label(thickness), box_label(20)], 280), tmp_path / "spine.pdf")
    lines = ruled(tmp_path / "spine.pdf")
    first = [line for line in lines if abs(line[0] - 12) <= EXACT and abs(line[2] - thickness) <= EXACT]
    assert min(line[1] for line in first) == pytest.approx(8.5, abs=EXACT)
    assert max(line[1] + line[3] for line in first) == pytest.approx(288.5, abs=EXACT)
    upright = [line for line in lines if line[2] <= EXACT and abs(line[3] - 4) <= EXACT]
    assert {round(line[0], 1) for line in upright} == {
        12.0, 12.0 + thickness, 18.0 + thickness, 38.0 + thickness,
    }  # fmt: skip
    level = [line for line in lines if line[3] <= EXACT and abs(line[2] - 4) <= EXACT]
    assert {round(line[1], 1) for line in level} == {8.5, 288.5}


def test_name_of_the_fonds_has_two_rules_below_it(chinese_fonts: None, tmp_path: Path) -> None:
    for is_true_size, width in ((True, 220), (False, 210)):
        page = archive_box.front("青山县云水镇人民政府", 95, is_true_size=is_true_size)
        pdf.write(page, tmp_path / "front.pdf")
        rules = ruled(tmp_path / "front.pdf")
        assert [round(rule[1], 1) for rule in rules] == [94.0, 95.0]
        assert all(near(rule, (25, rule[1], width - 50, 0)) for rule in rules)


def test_no_two_pieces_lie_on_each_other() -> None:
    pages = [
        labels(), labels(gap_across=0, gap_down=0), archive_stamp.position_grid(StampPlace(10.5, 3.3)),
        archive_stamp.position_grid(StampPlace(0, -80)), archive_stamp.position_grid(StampPlace(130, 80)),
        archive_stamp.position_grid(StampPlace(250, 0)), archive_catalogue.cover(PART),
        archive_box.spines([box_label(20), box_label(30)], 310),
    ]  # fmt: skip
    for page in pages:
        spots = page.body[0].spots
        for number, one in enumerate(spots):
            for other in spots[number + 1 :]:
                is_apart = (
                    one.left + one.width <= other.left + 0.01
                    or other.left + other.width <= one.left + 0.01
                    or one.top + one.height <= other.top + 0.01
                    or other.top + other.height <= one.top + 0.01
                )
                assert is_apart, (page.head, one, other)
        assert all(spot.left >= 0 and spot.left + spot.width <= page.sheet.width for spot in spots)
        assert all(spot.top >= 0 and spot.top + spot.height <= page.sheet.height for spot in spots)


def test_word_has_rows_and_columns_at_the_same_places(tmp_path: Path) -> None:
    page = labels()
    word.write(page, tmp_path / "labels.docx")
    document = Document(str(tmp_path / "labels.docx"))
    assert len(document.tables) == len(page.body) == 2
    table, section = document.tables[0], document.sections[0]
    columns = [int(column.get(qn("w:w"))) / 20 / POINT for column in table._tbl.tblGrid]
    assert columns == pytest.approx([*([15, 15, 15, 2] * 3), 15, 15, 15], abs=0.02)
    heights = [row.find(f".//{qn('w:trHeight')}") for row in table._tbl.tr_lst]
    assert [int(height.get(qn("w:val"))) / 20 / POINT for height in heights] == pytest.approx(
        [*([8, 8, 2] * 14), 8, 8], abs=0.02
    )
    assert {height.get(qn("w:hRule")) for height in heights} == {"exact"}
    assert section.left_margin.mm == pytest.approx(12, abs=EXACT)
    assert section.top_margin.mm + 1 / POINT == pytest.approx(13, abs=EXACT)
    texts = [cell.text.replace("\n", "") for cell in table.rows[1].cells if cell.text]
    assert texts[:3] == ["党政综合办公室", "30年", "2"]


def test_red_is_red_in_both(chinese_fonts: None, tmp_path: Path) -> None:
    page = archive_stamp.on_documents(ITEMS[:1], StampPlace(10, 0), is_red=True)
    word.write(page, tmp_path / "stamp.docx")
    borders = Document(str(tmp_path / "stamp.docx")).tables[0]._tbl.iter(qn("w:top"))
    assert {border.get(qn("w:color")) for border in borders if border.get(qn("w:color"))} == {"CC0000"}
    black = replace(page, body=(replace(page.body[0], is_red=False),))
    assert pdf.drawn(page) != pdf.drawn(black)


@pytest.mark.usefixtures("chinese_fonts")
def test_an_office_suite_finds_the_labels_where_they_are(read_pages: Callable[..., list[str]], tmp_path: Path) -> None:
    suite = shutil.which("soffice")
    if suite is None:
        pytest.skip("no LibreOffice on this machine (apt: libreoffice-writer-nogui)")
    page = labels()
    assert isinstance(page.body[0], Spread)
    word.write(page, tmp_path / "labels.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [suite, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "labels.docx")], check=True, capture_output=True, timeout=100)
    texts = read_pages(tmp_path / "labels.pdf")
    assert [text.count("Z109") for text in texts] == [60, 39]
    levels = {round(line[1], 1) for line in ruled(tmp_path / "labels.pdf", 1) if line[2] > 10}
    for row in range(10):
        assert any(abs(level - (13 + 18 * row)) <= 0.5 for level in levels), row
