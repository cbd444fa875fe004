# SPDX-License-Identifier: MulanPSL-2.0
"""档案统计年报 — what an archive holds, what came, went and was used in a year, line by line (档案法 art. 45)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from township_office.paper.blocks import Align, Column, Page, Row, Table
from township_office.paper.forms.office_sheet import Imprint, Options, office_sheet

TITLE = "档案统计年报"
_COLUMNS = (
    Column("统计项", 22),
    Column("分类", 30),
    Column("件数（人次）", 14, Align.CENTRE, is_whole=True),
    Column("页数", 14, Align.CENTRE, is_whole=True),
    Column("盒数", 14, Align.CENTRE, is_whole=True),
    Column("备注", 20),
)
_ROW_HEIGHT = 7.0  # mm


class FigureLine(Protocol):
    """One figure as services.archive.statistics tells it."""

    @property
    def part(self) -> str:
        """What it is a figure of."""

    @property
    def name(self) -> str:
        """Which part of that."""

    @property
    def cells(self) -> tuple[int | None, int | None, int | None]:
        """Items (or visits), pages, boxes."""


def build(lines: Iterable[FigureLine], imprint: Imprint, options: Options) -> Page:
    """Return the report, one row for each figure, with room for a remark by hand."""
    rows = []
    for line in lines:
        cells = (f"{cell:,}" if cell is not None else "" for cell in line.cells)
        rows.append(Row((line.part, line.name, *cells, "")))
    table = Table(_COLUMNS, rows, _ROW_HEIGHT, empty="（没有可统计的）")
    return office_sheet(TITLE, imprint, options, table, "室藏和到期按打印当日统计。")
