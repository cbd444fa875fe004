# SPDX-License-Identifier: MulanPSL-2.0
"""发文稿纸 — heads the draft of a document of ours: 拟稿, 核稿, 会签, 签发 (条例 art. 25; cells as in custom).

There is no 主题词: the rules of 2012 have done away with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from township_office.paper.blocks import GridRow, Page
from township_office.paper.forms.form_sheet import (
    NO_POSTS,
    Line,
    boxes,
    counted,
    day_said,
    form_sheet,
    pairs,
    said,
    secrecy,
    signed,
    ticked,
    whole,
)
from township_office.paper.forms.office_sheet import Imprint
from township_office.registers.common import OPENNESS

TITLE = "发文稿纸"

_URGENCY = ("特急", "加急")  # 条例 art. 9: of documents


def build(row: Line, children: Sequence[Line], imprint: Imprint, posts: Mapping[str, str] = NO_POSTS) -> Page:
    """Return the sheet of a dispatch; children plays no part; posts: who heads the office."""
    openness, urgency = row.get("openness"), said(row, "urgency")
    numbered_by = said(row, "entered_by") if row.get("signed_on") else ""  # a draft has no number yet
    rows = (
        pairs(("发文字号", _number(row, imprint)), ("文种", said(row, "genre"))),
        pairs(("密级", secrecy(row)), ("缓急", urgency or ticked(*((word, False) for word in _URGENCY)))),
        boxes(
            52,
            ("签发：", "", signed("签发人", said(row, "signer"), row.get("signed_on"))),
            ("会签：", said(row, "cosigners"), ""),
        ),
        _reviews(row, posts),
        whole("标题", said(row, "title"), 16),
        whole("主送机关", said(row, "main_recipient"), 13),
        whole("抄送机关", said(row, "cc_recipient"), 13),
        whole("公开属性", ticked(*((word, word == openness) for word in OPENNESS))),
        pairs(
            ("拟稿单位", said(row, "drafting_dept")),
            ("拟稿人", said(row, "drafter")),
            ("拟稿日期", day_said(row.get("drafted_on"))),
            widths=(32, 22, 44),
        ),
        pairs(
            ("附件", counted(row.get("attachment_count"), "件")),
            ("印制份数", counted(row.get("copy_count"), "份")),
            ("编号人", numbered_by),
            widths=(32, 22, 44),
        ),
        pairs(("校对", said(row, "proofreader")), ("复核", said(row, "reviewer"))),
        pairs(("印发日期", day_said(row.get("printed_on"))), ("用印日期", day_said(row.get("sealed_on")))),
        whole("备注", said(row, "remarks"), 15),
    )
    return form_sheet(TITLE, row, imprint, rows)


def _reviews(row: Line, posts: Mapping[str, str]) -> GridRow:
    """Return the two boxes of 核稿; who has a post reviews as head of the office."""
    by_hand, known = signed("签名", "", None), signed("签名", said(row, "draft_reviewer"), row.get("reviewed_on"))
    by_head = said(row, "draft_reviewer") in posts
    return boxes(
        36,
        ("办公室文秘核稿：", "", by_hand if by_head else known),
        ("办公室负责人核稿：", "", known if by_head else by_hand),
    )


def _number(row: Line, imprint: Imprint) -> str:
    """Return the 发文字号; before it is signed its sequence stays open, for it is given at 签发."""
    if row.get("number"):
        return said(row, "number")
    return f"{said(row, 'series') or '　　　'}〔{imprint.printed_on.year}〕　　号"
