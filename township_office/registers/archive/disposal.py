# SPDX-License-Identifier: MulanPSL-2.0
"""鉴定销毁与移交 — what becomes of items whose period has run out, and of those due to the county archive.

鉴定 by a group under the head of the office; destroyed only with two supervisors, who sign the 销毁清册
(档案法 art. 24, 机关档案管理规定). Handed over ten years after they were formed (档案法 art. 20).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from township_office.core.fields import Child, Field, Kind, Problem, Record, Register
from township_office.core.text import t
from township_office.registers.archive.retention import RETENTIONS

TRANSFER_AGE = 10  # years after 年度 a township's archives are due
DESTROY, KEEP = "销毁", "续存"


def check_appraisal(record: Record) -> Iterable[Problem]:
    """Nothing is approved before it was looked at, or destroyed without an approval and two different supervisors."""
    begun, approved = record["begun_on"], record["approved_on"]
    if isinstance(begun, date) and isinstance(approved, date) and approved < begun:
        yield Problem("approved_on", t("archive.approved_early"))
    if record["destroyed_on"] is None:
        return
    for name in ("approver", "approved_on", "witness_one", "witness_two"):
        if record[name] is None:
            yield Problem(name, t("archive.destroying_needs_this"))
    if record["witness_one"] is not None and record["witness_one"] == record["witness_two"]:
        yield Problem("witness_two", t("archive.same_witness"))
    destroyed = record["destroyed_on"]
    if isinstance(approved, date) and isinstance(destroyed, date) and destroyed < approved:
        yield Problem("destroyed_on", t("archive.destroyed_early"))


def check_line(record: Record) -> Iterable[Problem]:
    """What is kept on has a new period."""
    if record["decision"] == KEEP and record["extended_to"] is None:
        yield Problem("extended_to", t("archive.keeping_needs_period"))


APPRAISAL = Register(
    name="appraisal",
    title="档案鉴定销毁登记",
    number_label="清册号",
    number_name="number",
    dated_by="begun_on",
    fields=(
        Field("begun_on", "鉴定日期", Kind.DATE, required=True, default="今天", width=10),
        Field("title", "鉴定范围", Kind.LONG_TEXT, required=True, max_length=500, width=30),
        Field("head", "鉴定组长", Kind.NAME, required=True, max_length=20, width=8),
        Field("members", "鉴定组成员", Kind.NAME, max_length=200, width=14),
        Field("opinion", "鉴定意见", Kind.LONG_TEXT, max_length=2000, width=20),
        Field("approver", "批准人", Kind.NAME, max_length=20, width=8),
        Field("approved_on", "批准日期", Kind.DATE, width=10),
        Field("witness_one", "监销人一", Kind.NAME, max_length=20, width=8),
        Field("witness_two", "监销人二", Kind.NAME, max_length=20, width=8),
        Field("destroyed_on", "销毁日期", Kind.DATE, width=10),
        Field("closed_on", "办结日期", Kind.DATE, width=10),
        Field("remarks", "备注", Kind.LONG_TEXT, max_length=2000, width=14),
    ),
    check=check_appraisal,
)  # fmt: skip

APPRAISAL_LINE = Child(
    name="appraisal_line",
    title="鉴定意见",
    parent="appraisal",
    fields=(
        Field("item_id", "归档文件", Kind.INTEGER, required=True, searched=False),
        Field("title", "题名", Kind.NAME, max_length=500, required=True, width=30),
        Field("decision", "意见", Kind.CHOICE, choices=(DESTROY, KEEP), required=True, default=DESTROY, width=6),
        Field("extended_to", "续存期限", Kind.CHOICE, choices=tuple(one.word for one in RETENTIONS), width=8),
        Field("remarks", "备注", Kind.LONG_TEXT, max_length=500, width=14),
    ),
    check=check_line,
)  # fmt: skip

TRANSFER = Register(
    name="transfer",
    title="档案移交登记",
    number_label="移交号",
    number_name="number",
    dated_by="handed_on",
    fields=(
        Field("handed_on", "移交日期", Kind.DATE, required=True, default="今天", width=10),
        Field("title", "移交内容", Kind.LONG_TEXT, required=True, max_length=500, width=30),
        Field("nature", "移交性质", Kind.CHOICE, choices=("移交", "寄存", "捐赠"), default="移交", width=6,
              searched=False),
        Field("receiving_unit", "接收单位", Kind.NAME, required=True, width=16),
        Field("handed_by", "移出经办人", Kind.NAME, max_length=20, width=8),
        Field("leader", "移出单位领导", Kind.NAME, max_length=20, width=8),
        Field("received_by", "接收经办人", Kind.NAME, max_length=20, width=8),
        Field("finding_aids", "检索工具", width=12),
        Field("remarks", "说明", Kind.LONG_TEXT, max_length=2000, width=14),
    ),
)  # fmt: skip
