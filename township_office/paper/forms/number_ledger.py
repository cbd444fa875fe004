# SPDX-License-Identifier: MulanPSL-2.0
"""号序台账 — every number of one series and period, and what became of it: used, void, reserved or missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Protocol

from township_office.core.dates import show_date
from township_office.paper.blocks import Align, Column, Page, Row, Table
from township_office.paper.forms.office_sheet import Imprint, Options, office_sheet

# In the words the office uses, in the order of the summary.
STATES = {
    "used": "已用",
    "backdated": "补录",
    "void": "作废",
    "reserved": "预留",
    "missing": "缺号",
    "duplicate": "重号",
}

_COLUMNS = (
    Column("序号", 6, Align.CENTRE, is_whole=True, is_comment=True),
    Column("编号", 20, Align.CENTRE, is_whole=True),
    Column("状态", 6, Align.CENTRE, is_comment=True),
    Column("文件标题", 46),
    Column("日期", 11, Align.CENTRE, is_whole=True),
    Column("经办人", 9, Align.CENTRE),
    Column("说明", 26, is_comment=True),
)


class LedgerLine(Protocol):
    """One number of the series, as services.numbers tells it."""

    @property
    def sequence(self) -> int:
        """Its place in the series."""

    @property
    def number(self) -> str:
        """As printed on the document."""

    @property
    def state(self) -> str:
        """A key of STATES."""

    @property
    def title(self) -> str | None:
        """Of the document; None for a number without one."""

    @property
    def day(self) -> date | None:
        """Of the document."""

    @property
    def who(self) -> str | None:
        """Who registered, voided or reserved it."""

    @property
    def when(self) -> date | None:
        """When it was voided or reserved."""

    @property
    def why(self) -> str | None:
        """Why it is void or reserved."""


def build(title: str, lines: Iterable[LedgerLine], imprint: Imprint, options: Options) -> Page:
    """Return the ledger; title names the register and the series (收文登记簿 办文)."""
    rows = []
    counts: Counter[str] = Counter()
    for line in lines:
        counts[line.state] += 1
        why = "，".join(filter(None, (show_date(line.when) if line.when else "", line.why)))
        cells = (
            str(line.sequence),
            line.number,
            STATES[line.state],
            line.title or "",
            show_date(line.day) if line.day else "",
            line.who or "",
            why,
        )
        rows.append(Row(cells, is_voided=line.state == "void"))
    summed = "，".join(f"{word} {counts[key]} 个" for key, word in STATES.items() if counts[key])
    total = f"共 {len(rows)} 个号" + (f"：{summed}" if summed else "")
    return office_sheet(title, imprint, options, Table(_COLUMNS, rows, 7.0, empty="（没有用过号）"), total)
