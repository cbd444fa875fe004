# SPDX-License-Identifier: MulanPSL-2.0
"""档案销毁清册: its cover with those who answer for it, and the items in their order (档案法 art. 24, 13号令)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from township_office.core.fields import Value
from township_office.paper.blocks import (
    Align,
    Column,
    FormGrid,
    GridCell,
    GridRow,
    Heading,
    Note,
    Page,
    PageFoot,
    Role,
    Row,
    Sheet,
    Signatures,
    Table,
)
from township_office.paper.forms.archive_catalogue import PAGE_NO, Item, code_of, counted
from township_office.paper.forms.form_sheet import BLANK_DAY, CUT, LEAST_BOX, day_said, name, said
from township_office.paper.forms.office_sheet import LEAST_BINDING_MARGIN

TITLE = "档案销毁清册"
_COLUMNS = (
    Column("序号", 6, Align.CENTRE, is_whole=True),
    Column("题名", 52),
    Column("年度", 7, Align.CENTRE, is_whole=True),
    Column("档号", 26, Align.CENTRE, is_whole=True),
    Column("应保管期限", 10, Align.CENTRE),
    Column("已保管期限", 10, Align.CENTRE),
    Column("页数", 6, Align.CENTRE, is_whole=True),
    Column("备注", 16),
)
# Who signs a 清册 (13号令).
SIGNERS = ("分管领导", "办公室负责人", "档案部门负责人", "业务部门负责人", "档案部门经办人", "业务部门经办人")
_LABEL, _LINE, _ROW = 28.0, 11.0, 8.5  # mm

Doomed = tuple[Item, str]  # an item and what the line of the appraisal remarks on it


def cover(row: Item, fonds: tuple[str, str], items: Sequence[Doomed], left_margin: float) -> Page:
    """Return the cover for a row of APPRAISAL; fonds: 全宗号 and 全宗名称. Who signs does so by hand."""
    sheet = _sheet(left_margin)
    width = sheet.width - sheet.left - sheet.right
    pages = sum(int(str(item["page_count"] or 0)) for item, _ in items)
    amount = f"{len(items)} 件" + (f"，{pages} 页" if pages else "")
    rows = (
        _pairs(width, ("全宗号", fonds[0]), ("全宗名称", fonds[1])),
        _pairs(width, ("清册号", said(row, "number")), ("数量", amount)),
        _pairs(width, ("鉴定日期", day_said(row.get("begun_on"))), ("销毁日期", day_said(row.get("destroyed_on")))),
        _box(width, "鉴定意见", "\n".join(filter(None, (said(row, "title"), said(row, "opinion")))), 24),
        _boxes(width, 24, *(
            (label + _named(row, key), BLANK_DAY)
            for label, key in (("鉴定组长签字", "head"), ("批准人签字", "approver"),
                               ("监销人签字", "witness_one"), ("监销人签字", "witness_two"))
        )),
        _boxes(width, 24, *((label, "") for label in SIGNERS)),
    )  # fmt: skip
    return Page(sheet, (Heading(TITLE),), (FormGrid(rows, CUT),), PageFoot("", "", ""))


def build(row: Item, fonds_no: str, items: Sequence[Doomed], left_margin: float, today: date) -> Page:
    """Return the list of what is destroyed."""
    last = row.get("destroyed_on")
    year = (last if isinstance(last, date) else today).year
    rows = [
        Row((
            str(number), said(item, "title"), counted(item["archive_year"]), code_of(item),
            str(item["extended_to"] or item["retention_period"] or ""), _kept(item["archive_year"], year),
            counted(item["page_count"]), remarks,
        ))
        for number, (item, remarks) in enumerate(items, start=1)
    ]  # fmt: skip
    number = said(row, "number")
    pages = sum(int(str(item["page_count"] or 0)) for item, _ in items)
    return Page(
        _sheet(left_margin),
        (Heading(TITLE), Note(f"全宗号：{fonds_no}", f"清册号：{number}" if number else "")),
        (
            Table(_COLUMNS, rows, _ROW, empty="（没有要销毁的档案）", carried="接上页"),
            Signatures(f"共 {len(rows)} 件，{pages} 页", ("监销人", "监销人")),
        ),
        PageFoot("", PAGE_NO, ""),
    )


def _sheet(left_margin: float) -> Sheet:
    return Sheet(left=max(left_margin, LEAST_BINDING_MARGIN))


def _kept(year: Value, until: int) -> str:
    return f"{until - year}年" if isinstance(year, int) and until >= year else ""


def _named(row: Item, key: str) -> str:
    who = said(row, key)
    return f"（{who}）" if who else ""


def _pairs(width: float, *pairs: tuple[str, str]) -> GridRow:
    room = width / len(pairs) - _LABEL
    return GridRow(_LINE, tuple(c for label, text in pairs for c in (name(label, _LABEL), GridCell(text, room))))


def _box(width: float, label: str, text: str, height: float) -> GridRow:
    return GridRow(height, (GridCell(text, width, Role.BOX, Align.LEFT, label=label),), least=LEAST_BOX)


def _boxes(width: float, height: float, *boxes: tuple[str, str]) -> GridRow:
    room = width / len(boxes)
    cells = tuple(GridCell("", room, Role.BOX, Align.LEFT, label=label, foot=foot) for label, foot in boxes)
    return GridRow(height, cells, least=LEAST_BOX)
