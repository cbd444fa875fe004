# SPDX-License-Identifier: MulanPSL-2.0
"""归档文件 — one item of the archive, with the columns of 归档文件目录 and what is described beside them (DA/T 18)."""

from __future__ import annotations

from collections.abc import Iterable

from township_office.core.fields import Field, Kind, Problem, Record, Register
from township_office.core.text import t
from township_office.registers.archive.codes import BY_CODE, is_segment
from township_office.registers.archive.retention import ALL_RETENTIONS
from township_office.registers.common import OPENNESS, SECRECY_LEVELS

# What the item is numbered in; once it is numbered these stay as they are (DA/T 13: 稳定性).
SEGMENTS = ("fonds_no", "category", "archive_year", "retention_period", "org_or_subject", "volume_no")
# What 鉴定 and 移交 write, and no hand.
DISPOSED = ("extended_to", "destroyed_on", "transferred_on", "disposal_no")
_PERIODS = tuple(one.word for one in ALL_RETENTIONS)


def check(record: Record) -> Iterable[Problem]:
    """An item has a page at least, belongs to a known category and to a year of four digits; its code can be read."""
    if record["page_count"] == 0:
        yield Problem("page_count", t("archive.no_page"))
    category = str(record["category"] or "")
    if category.partition("·")[0] not in BY_CODE or not is_segment("category", category):
        yield Problem("category", t("archive.no_category", known="、".join(BY_CODE)))
    for name, segment in (("fonds_no", "fonds"), ("org_or_subject", "org")):
        if record[name] is not None and not is_segment(segment, str(record[name])):
            yield Problem(name, t(f"archive.bad_{segment}"))
    year = record["archive_year"]
    if isinstance(year, int) and not 1900 <= year <= 2099:
        yield Problem("archive_year", t("archive.bad_year"))


# The class an item is numbered in stands in fields of its own (SEGMENTS) and, joined, as the series of its number;
# year and period are 年度, 件号 is the sequence. So UNIQUE (series, period, sequence) keeps 档号 apart.
ARCHIVE_ITEM = Register(
    name="archive_item",
    title="归档文件目录",
    number_label="档号",
    number_name="reference_code",
    dated_by="dated_on",
    fields=(
        Field("doc_number", "文号", Kind.DOC_NUMBER, width=18),
        Field("responsible_body", "责任者", Kind.NAME, required=True, width=16),
        Field("title", "题名", Kind.LONG_TEXT, required=True, max_length=500, width=36),
        Field("dated_on", "日期", Kind.DATE, width=10),
        Field("secrecy_level", "密级", Kind.CHOICE, choices=SECRECY_LEVELS, width=7, searched=False),
        Field("page_count", "页数", Kind.INTEGER, width=5, searched=False),
        Field("box_no", "盒号", Kind.INTEGER, width=5, searched=False),
        Field("remarks", "备注", Kind.LONG_TEXT, max_length=2000, width=14),
        Field("fonds_no", "全宗号", max_length=10, width=7, shown=False),
        Field("category", "门类", max_length=20, default="WS", width=6, shown=False, searched=False),
        Field("archive_year", "年度", Kind.INTEGER, required=True, width=6, shown=False, searched=False),
        Field("retention_period", "保管期限", Kind.CHOICE, required=True, width=8, shown=False, searched=False,
              choices=_PERIODS),
        Field("org_or_subject", "机构（问题）", max_length=20, width=10, shown=False),
        Field("volume_no", "案卷号", Kind.INTEGER, width=6, shown=False, searched=False),
        Field("components", "件内文件", Kind.LONG_TEXT, max_length=1000, width=20, shown=False),
        Field("filed_on", "归档日期", Kind.DATE, width=10, shown=False),
        Field("openness", "公开属性", Kind.CHOICE, choices=OPENNESS, width=8, shown=False, searched=False),
        Field("open_review", "开放标识", Kind.CHOICE, choices=("开放", "控制"), width=8, shown=False, searched=False),
        Field("carrier", "载体形态", width=8, shown=False, searched=False),
        Field("people", "人名", max_length=500, width=12, shown=False),
        Field("subject_words", "主题词", max_length=500, width=12, shown=False),
        Field("place", "存放位置", width=10, shown=False),
        Field("extended_to", "续存期限", Kind.CHOICE, choices=_PERIODS, width=8, shown=False, searched=False),
        Field("destroyed_on", "销毁日期", Kind.DATE, width=10, shown=False),
        Field("transferred_on", "移交日期", Kind.DATE, width=10, shown=False),
        Field("disposal_no", "清册号", width=10, shown=False),
    ),
    check=check,
)  # fmt: skip
