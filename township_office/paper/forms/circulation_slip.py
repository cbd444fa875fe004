# SPDX-License-Identifier: MulanPSL-2.0
"""传阅单 — who had the paper when: out from the office and back to it each time, never from reader to reader (横传)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from township_office.paper.blocks import Page
from township_office.paper.forms.form_sheet import (
    NO_POSTS,
    Line,
    columns,
    form_sheet,
    moment,
    numbered,
    pairs,
    readers,
    said,
    secrecy,
    whole,
    with_post,
    year_of,
)
from township_office.paper.forms.office_sheet import Imprint

TITLE = "文件传阅单"

_COLUMNS = (("序号", 11.0), ("阅件人", 38.0), ("送阅时间", 25.0), ("退回时间", 25.0), ("签名", 27.0), ("意见", 44.0))
_ROW, _LOWEST = 13.0, 9.0  # mm
_NAMED = 8
_RULE = "注：阅后请退办公室，请勿横传。"


def build(row: Line, children: Sequence[Line], imprint: Imprint, posts: Mapping[str, str] = NO_POSTS) -> Page:
    """Return the slip of a receipt; children: its handovers in their order; posts: a leader's name and post."""
    handed = readers(children)
    year = year_of(row, imprint)
    head = (
        whole("文件标题", said(row, "title"), 14),
        pairs(("来文单位", said(row, "sender")), ("来文字号", said(row, "doc_number"))),
        pairs(("收文编号", said(row, "number")), ("密级", secrecy(row))),
        whole("传阅范围", _range(handed)),
        columns(_COLUMNS),
    )
    lines = [
        (
            with_post(said(one, "reader"), posts),
            moment(one.get("sent_at"), year),
            moment(one.get("returned_at"), year),
            "",
            said(one, "opinion"),
        )
        for one in handed
    ]
    rows = (*head, *numbered(lines, _COLUMNS, _ROW, _LOWEST))
    return form_sheet(TITLE, row, imprint, rows, _RULE, heads=len(head))


def _range(handed: Sequence[Line]) -> str:
    """Return who shall see the paper; of many, the first few."""
    names = list(dict.fromkeys(said(one, "reader") for one in handed))
    rest = f"等{len(names)}人" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + rest
