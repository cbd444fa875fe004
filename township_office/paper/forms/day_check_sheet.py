# SPDX-License-Identifier: MulanPSL-2.0
"""归柜核对单 — every copy that should be in the cabinets, to be ticked there or as it was found, and what is out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from township_office.paper.blocks import Align, Column, Note, Page, Row, Sheet, Table
from township_office.paper.forms.office_sheet import Imprint, Options, office_sheet
from township_office.paper.forms.recovery_sheet import HEADER

TITLE = "涉密载体归柜核对单"

_COLUMNS = (
    Column("序号", 6, Align.CENTRE, is_whole=True),
    Column("柜号", 12, Align.CENTRE),
    Column("登记编号", 14, Align.CENTRE, is_whole=True),
    Column("份号", 18, Align.CENTRE, is_whole=True),
    Column("在柜√", 8, Align.CENTRE),
    Column("说明", 30),
)
_ROW = 7.0  # mm
_TICKS = {True: "√", False: "未见", None: ""}


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One copy: whether it was seen (None: not looked for yet); out says with whom and since when."""

    cabinet_no: str
    number: str
    serial: str
    is_seen: bool | None
    out: str = ""


def build(lines: Sequence[CopyLine], imprint: Imprint, signed: str = "") -> Page:
    """Return the list; imprint.period: of which day; signed: who signed it when, "" before it is finished."""
    rows = []
    for at, line in enumerate(lines, start=1):
        tick = "—" if line.out else _TICKS[line.is_seen]
        rows.append(Row((str(at), line.cabinet_no, line.number, line.serial, tick, line.out)))
    table = Table(_COLUMNS, rows, _ROW, empty="（没有在管的涉密载体）")
    page = office_sheet(TITLE, imprint, Options(signatures=("保密员", "复核人")), table, _sum(lines))
    upright = Sheet(width=210.0, height=297.0, left=25.0, top=14.0, right=15.0, bottom=10.0)
    return replace(page, sheet=upright, head=(Note(HEADER, signed), *page.head))


def _sum(lines: Sequence[CopyLine]) -> str:
    here = [line.is_seen for line in lines if not line.out]
    found = "" if None in here or not here else f"，在柜 {here.count(True)} 份，未见 {here.count(False)} 份"
    return f"应在柜 {len(here)} 份{found}，在外 {len(lines) - len(here)} 份"
