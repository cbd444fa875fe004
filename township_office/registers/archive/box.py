# SPDX-License-Identifier: MulanPSL-2.0
"""档案盒 — one box of one class, with what its 备考表 says (DA/T 22 5.6, 6.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from township_office.core.fields import Field, Kind, Problem, Record, Register
from township_office.core.text import t
from township_office.registers.archive.packing import THICKNESSES


def check(record: Record) -> Iterable[Problem]:
    """A box has one of the usual spines and is checked after it was packed."""
    if record["thickness"] not in THICKNESSES:
        yield Problem("thickness", t("archive.bad_thickness", known="、".join(map(str, THICKNESSES))))
    arranged, checked = record["arranged_on"], record["checked_on"]
    if isinstance(arranged, date) and isinstance(checked, date) and checked < arranged:
        yield Problem("checked_on", t("archive.checked_early"))


# Numbered within its class like the items: the series is the class, the sequence 盒号. 起止件号 and pages are those of
# the items that bear its number.
ARCHIVE_BOX = Register(
    name="archive_box",
    title="档案盒",
    number_label="盒",
    number_name="box",
    dated_by="arranged_on",
    fields=(
        Field("thickness", "厚度（毫米）", Kind.INTEGER, required=True, width=8, searched=False),
        Field("title", "盒内文件情况说明", Kind.LONG_TEXT, max_length=1000, width=30),
        Field("arranged_by", "整理人", Kind.NAME, max_length=20, width=8),
        Field("arranged_on", "整理日期", Kind.DATE, default="今天", width=10),
        Field("checked_by", "检查人", Kind.NAME, max_length=20, width=8),
        Field("checked_on", "检查日期", Kind.DATE, width=10),
        Field("place", "存放位置", width=10),
    ),
    check=check,
)  # fmt: skip
