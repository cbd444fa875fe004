# SPDX-License-Identifier: MulanPSL-2.0
"""旧归档文件目录 — what is read of a catalogue from before the program, in whatever column form; never kept by us.

The nine columns of DA/T 22-2015, those of the 2000 edition (室编件号, 馆编件号), and what offices added; as text where
more than the cell is needed to understand it.
"""

from __future__ import annotations

from dataclasses import replace

from township_office.core.fields import Field, Kind, Register
from township_office.registers.archive.item import ARCHIVE_ITEM

# What needs its row, its sheet or the office's scheme to be understood.
_AS_TEXT = {
    "page_count", "box_no", "category", "archive_year", "retention_period", "org_or_subject", "volume_no", "fonds_no",
    "extended_to",
}  # fmt: skip

CATALOGUE = Register(
    name="catalogue",
    title="归档文件目录",
    number_label="档号",
    number_name="reference_code",
    dated_by="dated_on",
    fields=(
        Field("item_no", "件号", max_length=200),
        *(
            replace(field, kind=Kind.TEXT, choices=(), max_length=200) if field.name in _AS_TEXT else field
            for field in ARCHIVE_ITEM.fields
        ),
    ),
)
