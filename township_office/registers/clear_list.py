# SPDX-License-Identifier: MulanPSL-2.0
"""清退目录 — the list by which the superior calls classified paper back at the end of the year; never kept by us."""

from __future__ import annotations

from township_office.core.fields import Field, Kind, Register

CLEAR_LIST = Register(
    name="clear_list",
    title="清退目录",
    number_label="文号",
    number_name="doc_number",
    dated_by="dated_on",
    fields=(
        Field("doc_number", "文号", Kind.DOC_NUMBER),
        Field("title", "标题", Kind.LONG_TEXT),  # known, so that it can be left alone
        Field("dated_on", "成文日期", Kind.DATE),
        Field("secrecy_level", "密级"),
        Field("copy_serial", "份号"),
        Field("copy_count", "份数"),
    ),
)
LEFT_ALONE = ("title", "remarks")  # what a paper is about: such columns are not read (domain 4.3)
