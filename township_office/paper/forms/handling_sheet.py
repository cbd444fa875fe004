# SPDX-License-Identifier: MulanPSL-2.0
"""文件处理单 — goes with a received document through the office: 拟办, 批示, 传阅, 办理 (条例 art. 24).

The cells are those of custom. The program prints what the book knows; people write the rest by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice

from township_office.core.dates import show_date
from township_office.paper.blocks import GridCell, GridRow, Page, Role
from township_office.paper.forms.form_sheet import (
    NO_POSTS,
    SIDE,
    Line,
    counted,
    day_said,
    form_sheet,
    moment,
    name,
    pairs,
    readers,
    said,
    secrecy,
    side_box,
    signed,
    ticked,
    whole,
    with_post,
    year_of,
)
from township_office.paper.forms.office_sheet import Imprint
from township_office.registers.circulation import INSTRUCTION

TITLE = "文件处理单"

_READER = (("阅件人", 18.0), ("送阅时间", 21.0), ("退回时间", 21.0), ("签名", 19.5))  # two of them in a row
_FEWEST, _MOST = 3, 6  # rows of readers
_ELSEWHERE = "见传阅单"


def build(row: Line, children: Sequence[Line], imprint: Imprint, posts: Mapping[str, str] = NO_POSTS) -> Page:
    """Return the sheet of a receipt; children: its handovers; posts: a leader's name and post."""
    handed = readers(children)
    proposed = signed("拟办人", row.get("proposer"), row.get("proposed_on"))
    instructed = said(row, "leader_instruction") or _opinions(handed, posts)
    done = f"办结日期：{day_said(row.get('completed_on'))}"
    rows = (
        *_head(row),
        whole("标题", said(row, "title"), 15),
        side_box("拟办意见", said(row, "proposed_action"), 32, proposed),
        side_box("领导批示", instructed, 55),
        *_circulation(handed, year_of(row, imprint)),
        pairs(
            ("承办单位", said(row, "lead_dept")),
            ("承办人", said(row, "handler")),
            ("协办单位", said(row, "co_dept")),
            widths=(38, 22, 38),
        ),
        side_box("办理结果", _result(row), 32, done),
        pairs(("复文号", said(row, "reply_number")), ("归档", _archived(row))),
        whole("备注", said(row, "remarks")),
    )
    return form_sheet(TITLE, row, imprint, rows)


def _head(row: Line) -> Sequence[GridRow]:
    return (
        pairs(("来文单位", said(row, "sender")), ("收文日期", _received(row))),
        pairs(("来文字号", said(row, "doc_number")), ("收文编号", said(row, "number"))),
        pairs(
            ("密级", secrecy(row)),
            ("紧急程度", said(row, "urgency")),
            ("份数", counted(row.get("copy_count"), "份")),
            ("附件", counted(row.get("attachment_count"), "件")),
        ),
        pairs(
            ("办理时限", day_said(row.get("due_on"))),
            ("办理类型", said(row, "handling") or ticked(("阅件", False), ("办件", False))),
            ("纳入督办", ticked(("", bool(row.get("is_supervised"))))),
            widths=(48, 34, 16),
        ),
    )


def _received(row: Line) -> str:
    """Return the day of 收文 and, where it was noted, the hour (条例 art. 24: 签收 notes the time)."""
    day, _, hour = said(row, "received_at").partition(" ")
    received = row.get("received_on")
    is_same = isinstance(received, date) and day == show_date(received)
    return f"{day_said(received)} {hour}" if is_same and hour else day_said(received)


def _opinions(handed: Sequence[Line], posts: Mapping[str, str]) -> str:
    """Return what leaders said when the paper came back from them, a line each."""
    return "\n".join(
        f"{with_post(said(one, 'reader'), posts)}：{said(one, 'opinion')}"
        for one in handed
        if one.get("purpose") == INSTRUCTION and one.get("opinion")
    )


def _circulation(handed: Sequence[Line], year: int) -> list[GridRow]:
    """Return the table of readers, two in a row; there is room for some more than are known."""
    count = min(max(_FEWEST, len(handed) // 2 + 1), _MOST)
    slots = [
        (said(one, "reader"), moment(one.get("sent_at"), year), moment(one.get("returned_at"), year), "")
        for one in handed
    ]
    if len(slots) > 2 * count:
        slots = [*slots[: 2 * count - 1], (_ELSEWHERE, "", "", "")]
    texts = iter([*slots, *[("", "", "", "")] * (2 * count - len(slots))])
    labels = GridRow(8.0, (GridCell("传阅", SIDE, Role.SIDE, down=count + 1), *(name(*one) for one in _READER * 2)))
    rows = [labels]
    for _ in range(count):
        two = [text for slot in islice(texts, 2) for text in slot]
        rows.append(GridRow(9.5, tuple(GridCell(t, width) for t, (_, width) in zip(two, _READER * 2, strict=True))))
    return rows


def _result(row: Line) -> str:
    """Return what became of the paper; one that was sent back says why (条例 art. 24: 初审)."""
    lines = [said(row, "result")]
    if row.get("returned_on"):
        lines.append(f"{day_said(row.get('returned_on'))}退回来文单位：{said(row, 'return_reason')}")
    return "\n".join(filter(None, lines))


def _archived(row: Line) -> str:
    kept = row.get("is_for_archive")
    return ticked(("归档", kept is not None and bool(kept)), ("不归档", kept is not None and not kept))
