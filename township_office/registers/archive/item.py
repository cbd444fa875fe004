# SPDX-License-Identifier: MulanPSL-2.0
"""归档文件 — one item of the archive, with the columns of 归档文件目录 and what is described beside them (DA/T 18)."""

from __future__ import annotations

from collections.abc import Iterable

from township_office.core.fields import Field, Kind, Problem, Record, Register
from township_office.core.text import t
from township_office.registers.archive.retention import ALL_RETENTIONS
from township_office.registers.common import OPENNESS, SECRECY_LEVELS


def check(record: Record) -> Iterable[Problem]:
    """An item has at least one page."""
    if record["page_count"] == 0:
        yield Problem("page_count", t("archive.no_page"))


# The class an item is numbered in (全宗, 门类, 年度, 保管期限, 机构) stands in fields of its own and, joined, as the
# series of its number; 件号 is the sequence.
ARCHIVE_ITEM = Register(
    name="archive_item",
    title="归档文件目录",
    number_label="档号",
    number_name="reference_code",
    dated_by="doc_date",
    fields=(
        Field("doc_number", "文号", Kind.DOC_NUMBER, width=18),
        Field("responsible_body", "责任者", Kind.NAME, required=True, width=16),
        Field("title", "题名", Kind.LONG_TEXT, required=True, max_length=500, width=36),
        Field("doc_date", "日期", Kind.DATE, width=10),
        Field("secrecy_level", "密级", Kind.CHOICE, choices=SECRECY_LEVELS, width=7, searched=False),
        Field("page_count", "页数", Kind.INTEGER, width=5, searched=False),
        Field("remarks", "备注", Kind.LONG_TEXT, max_length=2000, width=14),
        Field("fonds_no", "全宗号", max_length=10, width=7, shown=False),
        Field("category", "门类", max_length=20, default="WS", width=6, shown=False, searched=False),
        Field("archive_year", "年度", Kind.INTEGER, required=True, width=6, shown=False),
        Field("retention_period", "保管期限", Kind.CHOICE, required=True, width=8, shown=False, searched=False,
              choices=tuple(one.word for one in ALL_RETENTIONS)),
        Field("org_or_subject", "机构（问题）", Kind.NAME, max_length=40, width=10, shown=False),
        Field("volume_no", "案卷号", Kind.INTEGER, width=6, shown=False, searched=False),
        Field("box_no", "盒号", Kind.INTEGER, width=5, shown=False, searched=False),
        Field("components", "件内文件", Kind.LONG_TEXT, max_length=1000, width=20, shown=False),
        Field("filed_on", "归档日期", Kind.DATE, width=10, shown=False),
        Field("openness", "公开属性", Kind.CHOICE, choices=OPENNESS, width=8, shown=False, searched=False),
    ),
    check=check,
)  # fmt: skip
