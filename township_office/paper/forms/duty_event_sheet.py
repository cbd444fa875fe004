# SPDX-License-Identifier: MulanPSL-2.0
"""紧急信息报告单 — what the office knows of an emergency, as it goes upward: 初报, 续报 or 终报."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from township_office.paper.blocks import Align, GridCell, GridRow, Page
from township_office.paper.forms.form_sheet import (
    NO_POSTS,
    WIDTH,
    Line,
    boxes,
    form_sheet,
    name,
    pairs,
    said,
    ticked,
    whole,
)
from township_office.paper.forms.office_sheet import Imprint
from township_office.registers.duty.event import DUTY_EVENT, DUTY_REPORT, FINAL, FIRST, FOLLOWING, PHONE, WRITTEN

TITLE = "紧急信息报告单"
KINDS = {"first": FIRST, "following": FOLLOWING, "final": FINAL}

_TOLD = (("scope", 16.0), ("losses", 16.0), ("trend", 16.0), ("leaders", 16.0), ("measures", 34.0), ("advice", 16.0))
_WORDS, _SIGNED, _LEAST = 30.0, 26.0, 13.0  # mm


def build(kind: str, row: Line, reports: Sequence[Line], imprint: Imprint, posts: Mapping[str, str] = NO_POSTS) -> Page:
    """Return the sheet of an event for a report of this kind: the last that was made, or room to write one."""
    made = [one for one in reports if one.get("kind") == kind]
    last: Line = made[-1] if made else {}
    rows = (
        pairs(("报告编号", said(row, "number")), ("性质", said(row, "nature"))),
        whole("事件", said(row, "title"), 15),
        pairs(("接报时间", said(row, "received_at")), ("信息来源", said(row, "source"))),
        pairs(("事发时间", said(row, "happened_at")), ("地点", said(row, "place"))),
        *(_told(DUTY_EVENT.field(key).label, said(row, key), height) for key, height in _TOLD),
        _told(DUTY_REPORT.field("title").label, said(last, "title"), _WORDS),
        pairs(("报送单位", said(last, "unit")), ("报送方式", _way(last))),
        pairs(("接收人", said(last, "receiver")), ("报送时间", said(last, "sent_at"))),
        _told("此前报送", "\n".join(_line(one) for one in reports if one is not last), 14.0),
        boxes(_SIGNED, ("报送人", said(last, "reporter"), ""), ("带班领导审核", "", "签名：　　　　　　　　")),
    )
    return form_sheet(f"{TITLE}（{kind}）", row, imprint, rows)


def _told(label: str, text: str, height: float) -> GridRow:
    return GridRow(height, (name(label), GridCell(text, WIDTH - 24.0, align=Align.LEFT)), least=_LEAST)


def _way(last: Line) -> str:
    return ticked(*((way, last.get("way") == way) for way in (PHONE, WRITTEN)))


def _line(one: Line) -> str:
    told = (said(one, key) for key in ("sent_at", "kind", "way", "unit", "receiver"))
    return "　".join(filter(None, told))
