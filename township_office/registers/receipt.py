# SPDX-License-Identifier: MulanPSL-2.0
"""收文登记 — the book of documents the office receives (条例 art. 24; columns as in custom, ★ and ○ all present)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from township_office.core.fields import Field, Kind, Problem, Record, Register
from township_office.core.text import t
from township_office.registers.common import SECRECY_LEVELS, URGENCY

READ, ACT, MEET = "阅件", "办件", "会议"  # 办理类型


def check(record: Record) -> Iterable[Problem]:
    """A document is neither due, completed, returned nor filed before it arrived; one that goes back says why."""
    received = record["received_on"]
    if record["returned_on"] is not None and not record["return_reason"]:
        yield Problem("return_reason", t("problem.return_needs_reason"))
    for name in ("due_on", "completed_on", "returned_on", "filed_on"):
        then = record[name]
        if isinstance(received, date) and isinstance(then, date) and then < received:
            yield Problem(name, t(f"problem.{name}_before_receipt"))


RECEIPT = Register(
    name="receipt",
    title="收文登记簿",
    number_label="收文编号",
    number_name="number",
    dated_by="received_on",
    fields=(
        Field("received_on", "收文日期", Kind.DATE, required=True, default="今天", width=10),
        Field("sender", "来文单位", Kind.NAME, required=True, width=16),
        Field("doc_number", "来文字号", Kind.DOC_NUMBER, width=18),
        Field("title", "文件标题", Kind.LONG_TEXT, required=True, max_length=500, width=36),
        Field("copy_count", "份数", Kind.INTEGER, default="1", width=5, searched=False),
        Field("urgency", "紧急程度", Kind.CHOICE, choices=URGENCY, default="平件", width=7, searched=False),
        Field("secrecy_level", "密级", Kind.CHOICE, choices=SECRECY_LEVELS, width=7, searched=False),
        Field("due_on", "办理时限", Kind.DATE, width=10),
        Field("lead_dept", "承办单位", Kind.NAME, width=12),
        Field("handler", "承办人", Kind.NAME, width=8),
        Field("receiver", "签收人", Kind.NAME, width=8),
        Field("remarks", "备注", Kind.LONG_TEXT, max_length=2000, width=14),
        Field("attachment_count", "附件数", Kind.INTEGER, width=6, shown=False, searched=False),
        Field("dated_on", "成文日期", Kind.DATE, width=10, shown=False),
        Field("channel", "收文方式", Kind.CHOICE, width=9, shown=False, searched=False,
              choices=("纸质交换", "机要", "内网", "传真明电", "邮箱", "电话记录", "会议带回", "其他")),
        Field("category", "文件类别", Kind.CHOICE, width=9, shown=False, searched=False,
              choices=("上级文件", "平级来函", "下级请示报告", "会议通知", "明电", "简报", "其他")),
        Field("handling", "办理类型", Kind.CHOICE, width=7, shown=False, searched=False,
              choices=(READ, ACT, MEET)),
        Field("received_at", "签收时间", Kind.MOMENT, width=16, shown=False, searched=False),
        Field("meeting_at", "会议时间", Kind.MOMENT, width=16, shown=False, searched=False),
        Field("meeting_place", "会议地点", width=12, shown=False),
        Field("attendees", "参会人员", Kind.NAME, max_length=500, width=12, shown=False),
        Field("proposed_action", "拟办意见", Kind.LONG_TEXT, max_length=2000, width=20, shown=False),
        Field("proposer", "拟办人", Kind.NAME, width=8, shown=False),
        Field("proposed_on", "拟办日期", Kind.DATE, width=10, shown=False),
        Field("leader_instruction", "领导批示", Kind.LONG_TEXT, max_length=2000, width=20, shown=False),
        Field("co_dept", "协办单位", Kind.NAME, max_length=500, width=12, shown=False),
        Field("is_supervised", "纳入督办", Kind.YES_NO, width=8, shown=False, searched=False),
        Field("destination", "去向", Kind.NAME, width=12, shown=False),
        Field("result", "办理结果", Kind.LONG_TEXT, max_length=2000, width=20, shown=False),
        Field("completed_on", "办结日期", Kind.DATE, width=10, shown=False),
        Field("reply_number", "复文号", Kind.DOC_NUMBER, width=18, shown=False),
        Field("returned_on", "退回日期", Kind.DATE, width=10, shown=False),
        Field("return_reason", "退回原因", max_length=500, width=16, shown=False),
        Field("is_for_archive", "应归档", Kind.YES_NO, width=7, shown=False, searched=False),
        Field("filed_on", "归卷日期", Kind.DATE, width=10, shown=False),
        Field("volume_number", "归入卷号", width=10, shown=False),
    ),
    check=check,
)  # fmt: skip
