# SPDX-License-Identifier: MulanPSL-2.0
"""归档文件目录 and its cover (DA/T 22-2015 5.5): nine columns in their order, A4 across; the cover in front."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from township_office.core.fields import Value
from township_office.paper.blocks import (
    Align,
    Column,
    Edge,
    Heading,
    Look,
    Note,
    Page,
    PageFoot,
    Row,
    Sheet,
    Spot,
    Spread,
    Table,
)
from township_office.paper.forms.form_sheet import said, secrecy
from township_office.paper.forms.office_sheet import LEAST_BINDING_MARGIN, WITHHELD
from township_office.registers.common import WORK_SECRET

TITLE, COVER = "归档文件目录", "封面"
COLUMNS = (
    Column("序号", 5, Align.CENTRE, is_whole=True),
    Column("档号", 24, Align.CENTRE, is_whole=True),
    Column("文号", 18, is_whole=True),
    Column("责任者", 14),
    Column("题名", 54),
    Column("日期", 9, Align.CENTRE, is_whole=True),
    Column("密级", 6, Align.CENTRE),
    Column("页数", 5, Align.CENTRE, is_whole=True),
    Column("备注", 10),
)
STAR = "*"  # stands in 备注 for a long remark, which goes to the 备考表
PAGE_NO = "第 {page} 页　共 {pages} 页"
_ROW = 8.5  # mm
_HEAD = 60  # characters in the line above the table, with the name at its right
_GONE = {"destroyed_on": "已销毁", "transferred_on": "已移交"}

Item = Mapping[str, Value]  # a row of ARCHIVE_ITEM


@dataclass(frozen=True, slots=True)
class Part:
    """What one catalogue or box is of. Words as they are printed; empty ones are left out."""

    fonds_no: str
    fonds_name: str
    year: str
    retention: str  # in full: 永久, 30年 (DA/T 22 6.4)
    org: str  # 机构 or 问题 by name

    def pairs(self) -> list[tuple[str, str]]:
        """Return what identifies it, label by label, as the cover says it (DA/T 22 5.5.4)."""
        said = [("全宗号", self.fonds_no), ("全宗名称", self.fonds_name), ("年度", self.year)]
        said.append(("保管期限", self.retention))
        return [*said, ("机构（问题）", self.org)] if self.org else said


def build(part: Part, items: Sequence[Item], left_margin: float = 28.0, longest_remark: int = 12) -> Page:
    """Return the catalogue of items, which come by 档号; remarks longer than longest_remark become a star."""
    return listed(TITLE, part, items, left_margin, longest_remark)


def listed(title: str, part: Part, items: Sequence[Item], left_margin: float, longest_remark: int) -> Page:
    """Return a list in the nine columns under another title."""
    rows = [_row(number, item, longest_remark) for number, item in enumerate(items, start=1)]
    head = _head(part)
    if _width(head) + _width(part.fonds_name) > _HEAD:
        head = _head(replace(part, org=""))  # every 档号 below says it, and the cover
    return Page(
        Sheet(left=max(left_margin, LEAST_BINDING_MARGIN)),
        (Heading(title), Note(head, part.fonds_name)),
        (Table(COLUMNS, rows, _ROW, empty="（没有归档文件）", carried="接上页"),),
        PageFoot("", PAGE_NO, ""),
    )


def cover(part: Part) -> Page:
    """Return the cover that a catalogue is bound with."""
    sheet = Sheet()
    lines = part.pairs()
    label, value, step = 46.0, 132.0, 18.0
    left = (sheet.width - label - value) / 2 - 6
    top = 92.0 + (5 - len(lines)) * step / 2
    spots = [Spot(20, 42, sheet.width - 40, 22, TITLE, 40, Look.TITLE)]
    for place, (name, words) in enumerate(lines):
        y = top + place * step
        spots.append(Spot(left, y, label, 12, f"{name}：", 18, Look.LABEL, Align.LEFT))
        spots.append(Spot(left + label, y, value, 12, words, 18, edge=Edge.BELOW))
    return Page(sheet, (Heading(f"{TITLE}{COVER}"),), (Spread(tuple(spots)),), PageFoot("", "", ""))


def is_long(remarks: str, longest: int) -> bool:
    """Say whether a remark goes to the 备考表: too long for its column, or of several lines."""
    return len(remarks) > longest or "\n" in remarks


def code_of(item: Item) -> str:
    """Return the 档号 of an item; that of an old catalogue, as it stood there, where it has no own."""
    return str(item["number"] or item["original_number"] or "")


def eight_digits(value: Value) -> str:
    """Return a date as 20260910 (DA/T 22 5.5.2)."""
    return f"{value:%Y%m%d}" if isinstance(value, date) else ""


def counted(value: Value) -> str:
    """Return a number, or nothing."""
    return "" if value is None else str(value)


def _head(part: Part) -> str:
    return "　　".join(f"{label}：{words}" for label, words in part.pairs() if label != "全宗名称")


def _width(text: str) -> float:
    """Return how many Chinese characters are as wide as text."""
    return len(text.encode("gb18030")) / 2


def _row(number: int, item: Item, longest_remark: int) -> Row:
    title, remarks = said(item, "title"), said(item, "remarks")
    if is_long(remarks, longest_remark):
        remarks = STAR
    elif item["secrecy_level"] == WORK_SECRET:
        remarks = ""
    if item["secrecy_level"] == WORK_SECRET and title:
        title = WITHHELD
    words = [remarks]
    words += [word for name, word in _GONE.items() if item[name] is not None]
    return Row((
        str(number), code_of(item), said(item, "doc_number"), said(item, "responsible_body"), title,
        eight_digits(item["dated_on"]), secrecy(item), counted(item["page_count"]), "；".join(filter(None, words)),
    ))  # fmt: skip
