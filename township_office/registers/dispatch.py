# SPDX-License-Identifier: MulanPSL-2.0
"""发文登记 — the book of documents the office sends out (条例 art. 25; 发文字号 is taken at 签发)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from township_office.core.fields import Field, Kind, Problem, Record, Register
from township_office.core.text import t
from township_office.registers.common import GENRES, OPENNESS, SECRECY_LEVELS, URGENCY


def check(record: Record) -> Iterable[Problem]:
    """Nothing is sealed, printed, sent or filed before it was signed, or unsigned at all."""
    signed = record["signed_on"]
    for name in ("sealed_on", "printed_on", "dispatched_on", "filed_on"):
        then = record[name]
        if signed is None and then is not None:
            yield Problem("signed_on", t("problem.not_signed"))
            return
        if isinstance(signed, date) and isinstance(then, date) and then < signed:
            yield Problem(name, t(f"problem.{name}_before_signing"))


DISPATCH = Register(
    name="dispatch",
    title="发文登记簿",
    number_label="发文字号",
    number_name="doc_number",
    dated_by="signed_on",
    fields=(
        Field("signed_on", "签发日期", Kind.DATE, default="今天", width=10),
        Field("genre", "文种", Kind.CHOICE, choices=GENRES, width=6),
        Field("title", "文件标题", Kind.LONG_TEXT, required=True, max_length=500, width=36),
        Field("main_recipient", "主送机关", Kind.NAME, max_length=500, width=18),
        Field("copy_count", "份数", Kind.INTEGER, width=5, searched=False),
        Field("urgency", "紧急程度", Kind.CHOICE, choices=URGENCY, default="平件", width=7, searched=False),
        Field("secrecy_level", "密级", Kind.CHOICE, choices=SECRECY_LEVELS, width=7, searched=False),
        Field("drafter", "拟稿人", Kind.NAME, width=8),
        Field("signer", "签发人", Kind.NAME, width=8),
        Field("receiver", "签收人", Kind.NAME, width=8),
        Field("remarks", "备注", Kind.LONG_TEXT, max_length=2000, width=14),
        Field("dispatched_on", "发出日期", Kind.DATE, width=10, shown=False),
        Field("cc_recipient", "抄送机关", Kind.NAME, max_length=500, width=18, shown=False),
        Field("attachment_count", "附件数", Kind.INTEGER, width=6, shown=False, searched=False),
        Field("drafting_dept", "起草部门", Kind.NAME, width=12, shown=False),
        Field("drafted_on", "拟稿日期", Kind.DATE, width=10, shown=False),
        Field("draft_reviewer", "核稿人", Kind.NAME, width=8, shown=False),
        Field("reviewed_on", "核稿日期", Kind.DATE, width=10, shown=False),
        Field("cosigners", "会签", Kind.NAME, max_length=500, width=12, shown=False),
        Field("reviewer", "复核人", Kind.NAME, width=8, shown=False),
        Field("proofreader", "校对人", Kind.NAME, width=8, shown=False),
        Field("distributor", "分发人", Kind.NAME, width=8, shown=False),
        Field("sealed_on", "用印日期", Kind.DATE, width=10, shown=False),
        Field("printed_on", "印发日期", Kind.DATE, width=10, shown=False),
        Field("archive_copies", "存档份数", Kind.INTEGER, width=7, shown=False, searched=False),
        Field("openness", "公开属性", Kind.CHOICE, choices=OPENNESS, width=9, shown=False, searched=False),
        Field("is_normative", "规范性文件", Kind.YES_NO, width=9, shown=False, searched=False),
        Field("reply_to", "答复来文", width=12, shown=False),
        Field("is_for_archive", "应归档", Kind.YES_NO, width=7, shown=False, searched=False),
        Field("filed_on", "归卷日期", Kind.DATE, width=10, shown=False),
        Field("volume_number", "归入卷号", width=10, shown=False),
    ),
    check=check,
)  # fmt: skip
