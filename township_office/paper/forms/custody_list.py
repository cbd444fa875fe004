# SPDX-License-Identifier: MulanPSL-2.0
"""The printed sheets of the guarded register: who had which copy, and where it went in the end.

Columns as in custom; what the program may not hold stays an empty cell, to be written by hand. A sheet never bears a
level as a mark (保密法 art. 22); the level is a column only where custom has it, the sender nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from township_office.paper.blocks import (
    Align,
    Block,
    Column,
    Heading,
    Note,
    Page,
    Parties,
    Party,
    Row,
    Signatures,
    Table,
)
from township_office.paper.forms.form_sheet import BLANK_DAY
from township_office.paper.forms.office_sheet import Imprint, Options, office_sheet
from township_office.paper.forms.recovery_sheet import HEADER

EDITIONS = ("第一联　留存", "第二联　接收单位")
STATES = {"in_hand": "在柜", "reading": "传阅在外", "lent": "借出", "cleared": "已清退", "transferred": "已移交",
          "destroyed": "已销毁"}  # fmt: skip
LISTS = {"clearance": "清单编号", "destruction": "清册编号"}  # sheets that are made list by list
_NO_LIST = "　" * 9  # room to write its number by hand
TOTAL = "合计"
_FEW_NAMES = 2
_LABEL_ROOM = 48  # characters of a label that has the whole width for its box, and leaves room to sign
_FIGURES = re.compile(r"\d+")

Line = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """Who signs in one box: its title, and labels, each with the key of a row's value that says who it is."""

    title: str
    labels: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CustodyList:
    """One of the sheets. columns go by the key of a row's value; total has places for {rows} and {copies}."""

    title: str
    columns: Mapping[str, Column]
    total: str
    signatures: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    editions: tuple[str, ...] = ("",)


def _words(label: str, width: int) -> Column:
    return Column(label, width)


def _short(label: str, width: int) -> Column:
    return Column(label, width, Align.CENTRE)


def _whole(label: str, width: int) -> Column:
    return Column(label, width, Align.CENTRE, is_whole=True)


_ORDER, _NUMBER, _LEVEL, _COUNT = _whole("序号", 5), _whole("文件编号", 12), _short("密级", 6), _whole("份数", 6)
_TITLE = _words("标题", 26)

SHEETS: Mapping[str, CustodyList] = {
    "circulation": CustodyList(
        "涉密文件传阅登记",
        {
            "number": _NUMBER,
            "serials": _words("份号", 26),
            "holder": _short("阅文人", 14),
            "at": _whole("送阅时间", 17),
            "back_at": _whole("阅毕退回时间", 17),
            "sign": _short("签名", 20),
            "by": _short("保密员", 14),
        },
        "共 {rows} 人次",
        ("保密员", "审核人", "日期"),
    ),
    "loan": CustodyList(
        "涉密文件借阅登记",
        {
            "on": _whole("日期", 11),
            "holder": _short("借阅人", 9),
            "unit": _short("部门", 13),
            "number": _NUMBER,
            "level": _LEVEL,
            "serials": _words("份号", 18),
            "purpose": _words("用途", 13),
            "approver": _short("批准人", 9),
            "due_on": _whole("预计归还", 11),
            "back_on": _whole("实际归还", 11),
            "sign": _short("签字", 12),
            "back_by": _short("保密员核对", 12),
        },
        "共 {rows} 次，{copies} 份",
        ("保密员", "审核人", "日期"),
    ),
    "copy": CustodyList(
        "涉密文件复制登记",
        {
            "number": _short("原件编号", 16),
            "level": _LEVEL,
            "count": _whole("复制份数", 9),
            "made": _words("复制件编号", 24),
            "purpose": _words("用途", 13),
            "approver": _short("批准人", 9),
            "by": _short("复制人", 9),
            "on": _whole("日期", 11),
            "where": _words("去向", 14),
            "stamp": _short("戳记", 16),
        },
        "共 {rows} 次，复制 {copies} 份",
        ("保密员", "审核人", "日期"),
    ),
    "distribution": CustodyList(
        "涉密文件分发登记",
        {
            "number": _NUMBER,
            "serials": _words("份号起止", 32),
            "holder": _short("收件单位/人", 22),
            "count": _COUNT,
            "sign": _short("签收", 22),
            "at": _whole("时间", 17),
            "left": _whole("余份", 6),
        },
        "共 {rows} 次，{copies} 份",
        ("分发人", "审核人", "日期"),
    ),
    "clearance": CustodyList(
        "涉密文件清退清单",
        {
            "order": _ORDER,
            "number": _short("文号", 13),
            "level": _LEVEL,
            "serials": _words("份号", 20),
            "count": _COUNT,
            "title": _TITLE,
            "on": _whole("清退日期", 11),
            "by": _short("清退人", 9),
            "holder": _short("接收人", 9),
            "list_no": _short("清单编号", 12),
            "remarks": _words("备注（备查留用）", 14),
        },
        "共 {rows} 行，{copies} 份。本清单一式两联，双方签字盖章后各执一联。",
        sides=(
            Side("清退单位（盖章）", (("负责人", ""), ("清退人", "by"))),
            Side("接收单位（盖章）", (("负责人", ""), ("接收人", "holder"))),
        ),
        editions=EDITIONS,
    ),
    "destruction": CustodyList(
        "涉密载体销毁清册",
        {
            "order": _ORDER,
            "number": _short("编号/文号", 13),
            "title": _TITLE,
            "level": _LEVEL,
            "serials": _words("份号", 18),
            "count": _COUNT,
            "pages": _short("页数", 6),
            "formed": _short("形成时间", 11),
            "why": _short("销毁原因", 10),
            "how": _short("方式", 8),
            "place": _words("地点", 18),
            "on": _whole("日期", 11),
        },
        "共 {rows} 行，{copies} 份",
        sides=(
            Side("审批", (("审批人", "approver"),)),
            Side("经办", (("经办人", "by"),)),
            Side("监销（须两人在场）", (("监销人", "supervisor_1"), ("监销人", "supervisor_2"))),
            Side("承销单位（盖章）", (("签收人", ""),)),
        ),
    ),
    "inventory": CustodyList(
        "涉密载体清查表",
        {
            "year": _whole("年度", 8),
            "level": _short("密级", 10),
            "expected": _whole("应存", 8),
            "in_hand": _whole("实存", 8),
            "out": _whole("借出", 8),
            "cleared": _whole("已清退", 8),
            "transferred": _whole("已移交", 8),
            "destroyed": _whole("已销毁", 8),
            "difference": _whole("差异", 8),
            "why": _words("说明", 36),
            "sign": _short("签字", 18),
        },
        "应存＝收到－已清退－已移交－已销毁；差异＝应存－实存－借出",
        ("清查人", "监督人", "负责人", "日期"),
    ),
    "handover": CustodyList(
        "涉密载体移交清单",
        {
            "order": _ORDER,
            "number": _short("编号/文号", 13),
            "title": _TITLE,
            "serials": _words("份号", 24),
            "count": _COUNT,
            "cabinet_no": _short("柜号", 8),
            "state": _short("现状", 10),
            "holder": _short("持有人", 10),
            "due_on": _whole("应还日期", 11),
            "checked": _short("核对", 8),
            "remarks": _words("备注", 14),
        },
        "共 {rows} 行，{copies} 份",
        sides=(
            Side("移交人", (("签字", ""),)),
            Side("接收人", (("签字", ""),)),
            Side("监交人", (("签字", ""),)),
        ),
    ),
}  # fmt: skip


def build(key: str, lines: Sequence[Line], imprint: Imprint, options: Options) -> Page:
    """Return one of SHEETS over lines, each the texts of a row by the keys of its columns; count: of its copies."""
    sheet = SHEETS[key]
    numbered = ({"order": str(place), **line} for place, line in enumerate(lines, start=1))
    rows = [Row(tuple(line.get(name, "") for name in sheet.columns)) for line in numbered]
    table = Table(tuple(sheet.columns.values()), rows, options.row_height, empty="（没有登记）")
    copies = sum(int(line.get("count") or 0) for line in lines)
    total = sheet.total.format(rows=len(lines), copies=copies)
    page = office_sheet(sheet.title, imprint, options, table, total)
    heading, *notes = page.head
    body: tuple[Block, ...] = (table, Signatures(total, sheet.signatures))
    if sheet.sides:
        room = _LABEL_ROOM // len(sheet.sides)
        body = (table, Parties(total, tuple(_party(side, lines, room) for side in sheet.sides), BLANK_DAY))
    head: tuple[Heading | Note, ...] = (Note(HEADER, "{edition}"), heading, *notes)
    return Page(page.sheet, head, body, page.foot, sheet.editions)


def list_words(key: str, number: str = "") -> str:
    """Return which list a sheet is, at its head; without a number, room to write one."""
    return f"{LISTS[key]}：{number or _NO_LIST}"


def counted_only(copies: int) -> str:
    """Return what stands beside a kind of paper of which only the number is kept (绝密, 密码电报)."""
    return f"累计收到 {copies} 份，去向据专册填写"


def tail_of(doc_number: str) -> str:
    """Return what strict mode prints of a document number: its last figures (the rest stands in the paper book)."""
    figures = _FIGURES.findall(doc_number)
    return f"尾号{figures[-1]}" if figures else ""


def _party(side: Side, lines: Sequence[Line], room: int) -> Party:
    return Party(side.title, tuple(_label(label, key, lines, room) for label, key in side.labels))


def _label(label: str, key: str, lines: Sequence[Line], room: int) -> str:
    """Return a label and who it is that signs, where the rows say it, agree well enough and there is room for it."""
    names = list(dict.fromkeys(line[key] for line in lines if line.get(key)))
    named = f"{label}（{'、'.join(names)}）"
    return named if 0 < len(names) <= _FEW_NAMES and len(named) <= room else label
