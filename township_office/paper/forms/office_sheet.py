# SPDX-License-Identifier: MulanPSL-2.0
"""What the office's tables have in common: title, office, period, signatures, chain head, page of pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from township_office.paper.blocks import Heading, Note, Page, PageFoot, Sheet, Signatures, Table

LEAST_BINDING_MARGIN = 25.0  # the punched holes must not touch the table
# A book is lent out and copied: what a 工作秘密 says stays on its own paper (保密法 art. 64).
WITHHELD = "［工作秘密，见原件］"


@dataclass(frozen=True, slots=True)
class Imprint:
    """Where a sheet comes from and what it covers."""

    office: str
    period: str  # as read by people: 2026年, 2026年1月1日至3月31日
    printed_on: date
    chain_head: str = ""  # "8F3A 61C2": ties the paper to the change log


@dataclass(frozen=True, slots=True)
class Options:
    """How the office likes its sheets."""

    left_margin: float = 28.0  # mm
    row_height: float = 9.0  # mm at least; room for a signature in ink
    signatures: tuple[str, ...] = ("登记人", "审核人")


def office_sheet(title: str, imprint: Imprint, options: Options, table: Table, count: str) -> Page:
    """Return the form around table; count is the sentence that sums it up."""
    labels = (*options.signatures, "日期") if options.signatures else ()
    day = imprint.printed_on
    return Page(
        Sheet(left=max(options.left_margin, LEAST_BINDING_MARGIN)),
        (Heading(title), Note(f"单位：{_plain(imprint.office)}", imprint.period)),
        (table, Signatures(count, labels)),
        PageFoot(
            f"登记链 {imprint.chain_head}" if imprint.chain_head else "",
            "第 {page} 页　共 {pages} 页",
            f"打印日期：{day.year}年{day.month}月{day.day}日",
        ),
    )


def _plain(text: str) -> str:
    return " ".join(text.split())
