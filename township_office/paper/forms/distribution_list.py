# SPDX-License-Identifier: MulanPSL-2.0
"""分发表 — where each copy of a document of ours went, and who signed for it (条例 art. 25: 核发)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from township_office.paper.blocks import Page
from township_office.paper.forms.form_sheet import (
    NO_POSTS,
    Line,
    columns,
    counted,
    day_said,
    form_sheet,
    moment,
    numbered,
    pairs,
    said,
    secrecy,
    whole,
    year_of,
)
from township_office.paper.forms.office_sheet import Imprint

TITLE = "文件分发表"

_COLUMNS = (("序号", 11.0), ("单位", 54.0), ("份数", 14.0), ("份号", 34.0), ("签收人", 28.0), ("签收时间", 29.0))
_ROW, _LOWEST = 10.0, 8.0  # mm


def build(row: Line, children: Sequence[Line], imprint: Imprint, posts: Mapping[str, str] = NO_POSTS) -> Page:
    """Return the list of a dispatch; children: who got how many copies; posts plays no part."""
    given = [one for one in children if one.get("voided_on") is None]
    head = (
        whole("文件标题", said(row, "title"), 14),
        pairs(("发文字号", said(row, "number")), ("密级", secrecy(row))),
        pairs(("签发人", said(row, "signer")), ("印发日期", day_said(row.get("printed_on")))),
        columns(_COLUMNS),
    )
    lines = [
        (
            said(one, "unit"),
            said(one, "copy_count"),
            said(one, "copy_serials"),
            said(one, "receiver"),
            moment(one.get("received_at"), year_of(row, imprint)),
        )
        for one in given
    ]
    rows = (*head, *numbered(lines, _COLUMNS, _ROW, _LOWEST))
    return form_sheet(TITLE, row, imprint, rows, _sum(row, given), heads=len(head))


def _sum(row: Line, given: Sequence[Line]) -> str:
    """Return how many copies there are and how many are out."""
    out = sum(count for one in given if isinstance(count := one.get("copy_count"), int))
    printed = counted(row.get("copy_count"), " 份") or "　　　份"
    return f"共印 {printed}，" + (f"已分发 {out} 份。" if given else "分发　　　份，存档　　　份。")
