# SPDX-License-Identifier: MulanPSL-2.0
"""Handed to the county archive: the 交接文据 both sides sign and seal, and the list of what is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from township_office.paper.blocks import Align, FormGrid, GridCell, GridRow, Heading, Page, PageFoot, Role, Sheet
from township_office.paper.forms.archive_catalogue import Item, Part, listed
from township_office.paper.forms.form_sheet import CUT, LABEL, LINE, WIDTH, boxes, day_said, name, pairs, said, ticked

DEED, LIST = "档案交接文据", "档案移交目录"
NATURES = ("移交", "寄存", "征购", "捐赠")
_HALF = WIDTH / 2


@dataclass(frozen=True, slots=True)
class Handed:
    """What is handed over, summed up."""

    from_unit: str
    years: str
    categories: str
    items: int
    pages: int
    boxes: int


def deed(row: Item, handed: Handed) -> Page:
    """Return the 交接文据 of a row of TRANSFER; what it does not say yet is left blank, to be written by hand."""
    amount = f"{handed.items} 件" + (f"，{handed.pages} 页" if handed.pages else "")
    amount += f"，{handed.boxes} 盒" if handed.boxes else ""
    nature = str(row.get("nature") or "")
    rows = (
        pairs(("移出单位", handed.from_unit), ("接收单位", said(row, "receiving_unit"))),
        _across("交接性质", ticked(*((one, one == nature) for one in NATURES))),
        pairs(("所属年度", handed.years), ("档案类别", handed.categories)),
        pairs(("档案数量", amount), ("检索工具", said(row, "finding_aids"))),
        boxes(70, ("移出说明", said(row, "remarks"), ""), ("接收意见", "", "")),
        pairs(("领导人", said(row, "leader")), ("领导人", "")),
        pairs(("经办人", said(row, "handed_by")), ("经办人", said(row, "received_by"))),
        pairs(("移出日期", day_said(row.get("handed_on"))), ("接收日期", day_said(None))),
        boxes(50, ("移出单位", "", "（签字盖章）"), ("接收单位", "", "（签字盖章）")),
    )
    number = said(row, "number")
    return Page(
        Sheet(width=210.0, height=297.0, left=25.0, top=14.0, right=15.0, bottom=10.0),
        (Heading(DEED),),
        (FormGrid(rows, CUT),),
        PageFoot(f"移交号：{number}" if number else "", "", "一式两份，双方各执一份"),
    )


def build(part: Part, items: Sequence[Item], left_margin: float, longest_remark: int) -> Page:
    """Return the list of items, by 档号, in the columns of the 归档文件目录."""
    return listed(LIST, part, items, left_margin, longest_remark)


def _across(label: str, text: str) -> GridRow:
    return GridRow(LINE, (name(label), GridCell(text, WIDTH - LABEL, Role.VALUE, Align.CENTRE)))
