# SPDX-License-Identifier: MulanPSL-2.0
"""清退核对表 — the superior's 清退目录 against what is here: what agrees, what we lack, what they did not list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from township_office.paper.blocks import Align, Column, Note, Page, Row, Table
from township_office.paper.forms.office_sheet import Imprint, Options, office_sheet
from township_office.paper.forms.recovery_sheet import HEADER

TITLE = "涉密文件清退核对表"
GROUPS: Mapping[str, str] = {"matched": "相符", "missing": "我方缺", "unlisted": "对方未列", "doubt": "读不出"}

_COLUMNS = (
    Column("序号", 6, Align.CENTRE, is_whole=True),
    Column("结果", 8, Align.CENTRE),
    Column("目录位置", 16, Align.CENTRE),
    Column("文号", 24, Align.CENTRE),
    Column("份号", 12, Align.CENTRE, is_whole=True),
    Column("密级", 6, Align.CENTRE),
    Column("登记编号", 13, Align.CENTRE, is_whole=True),
    Column("在柜、去向或说明", 42),
)
_ROW = 8.0  # mm


class ComparedLine(Protocol):
    """One copy of the comparison, as services.guarded.clearance tells it."""

    @property
    def group(self) -> str:
        """A key of GROUPS."""

    @property
    def place(self) -> str:
        """In their list."""

    @property
    def number(self) -> str:
        """Ours."""

    @property
    def doc_number(self) -> str:
        """As far as it may be kept here."""

    @property
    def serial(self) -> str:
        """份号."""

    @property
    def level(self) -> str:
        """密级."""

    @property
    def words(self) -> str:
        """Where the copy is, where it went, or what is in doubt."""


def build(lines: Sequence[ComparedLine], imprint: Imprint, counted: int) -> Page:
    """Return the sheet, group by group; counted: lines of the list that are only counted here."""
    ordered = [line for group in GROUPS for line in lines if line.group == group]
    rows = [
        Row((str(at), GROUPS[one.group], one.place, one.doc_number, one.serial, one.level, one.number, one.words))
        for at, one in enumerate(ordered, start=1)
    ]
    counts = "，".join(
        f"{word} {sum(one.group == group for one in lines)} {_unit(group)}" for group, word in GROUPS.items()
    )
    apart = f"；另有 {counted} 行只在专用登记簿登记，请另行核对" if counted else ""
    table = Table(_COLUMNS, rows, _ROW, empty="（目录和登记里都没有）")
    page = office_sheet(TITLE, imprint, Options(signatures=("核对人", "复核人")), table, counts + apart)
    return replace(page, head=(Note(HEADER), *page.head))


def _unit(group: str) -> str:
    return "行" if group == "doubt" else "份"
