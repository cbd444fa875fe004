# SPDX-License-Identifier: MulanPSL-2.0
"""档案统计年报 on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.paper.test_forms import GOLDEN, dump
from township_office.paper import pdf
from township_office.paper.forms import archive_figures
from township_office.paper.forms.office_sheet import Imprint, Options


@dataclass(frozen=True)
class Figure:
    part: str
    name: str
    cells: tuple[int | None, int | None, int | None]


LINES = [
    Figure("室藏（现有）", "合计", (12_284, 102_538, 930)), Figure("室藏（现有）", "2025年 永久", (24, 202, 2)),
    Figure("本年销毁", "合计", (0, 0, 0)), Figure("利用人次", "借出", (3, None, None)),
]  # fmt: skip


def test_every_figure_has_its_row(today: date):
    page = archive_figures.build(LINES, Imprint("云水镇党政综合办公室", "2026年", today, "8F3A 61C2"), Options())
    assert dump(page) == (GOLDEN / "paper_archive_figures.txt").read_text("utf-8")


def test_a_long_report_is_drawn_whole(today: date, tmp_path, chinese_fonts, read_pages):
    lines = [Figure("室藏（现有）", f"{year}年 永久", (year, year, 1)) for year in range(1950, 2026)]
    page = archive_figures.build(lines, Imprint("云水镇党政综合办公室", "2026年", today), Options())
    pdf.write(page, tmp_path / "a.pdf")
    pages = read_pages(tmp_path / "a.pdf")
    assert len(pages) > 1
    assert all(f"{year}年永久" in "".join(pages) for year in range(1950, 2026))
    assert all("统计项" in text for text in pages)


def test_nothing_to_count_is_said(today: date):
    assert "没有可统计的" in dump(archive_figures.build([], Imprint("镇", "", today), Options()))
