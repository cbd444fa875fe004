# SPDX-License-Identifier: MulanPSL-2.0
"""Rows of the archive for the tests of its sheets."""

from __future__ import annotations

from datetime import date

from township_office.core.fields import Value
from township_office.paper.forms.archive_box import BoxLabel
from township_office.paper.forms.archive_catalogue import Part
from township_office.registers.archive.item import ARCHIVE_ITEM

PART = Part("Z109", "青山县云水镇人民政府", "2025", "30年", "党政综合办公室")
TORN = "原件有两页破损，已用宣纸托裱修复；附件二缺第三页，经核对来文单位亦无存。"
TITLES = (
    "关于做好2025年度森林草原防灭火工作的紧急通知",
    "会议纪要",
    "关于䶮山村䃥石滩至𣗋树坪段道路水毁修复工程资金安排的批复",
    "转发省政府办公厅关于进一步加强基层应急管理体系和能力建设的若干意见的通知（含附件：1.分工表；2.问题清单）" * 4,
)


def archive_row(nth: int, **changes: Value) -> dict[str, Value]:
    """Return a believable row of ARCHIVE_ITEM."""
    row: dict[str, Value] = {field.name: None for field in ARCHIVE_ITEM.fields}
    row |= {
        "id": nth, "number": f"Z109-WS·2025-D30-BGS-{nth:04d}", "original_number": None, "sequence": nth, "year": 2025,
        "series": "Z109-WS·2025-D30-BGS", "title": TITLES[nth % 4], "doc_number": f"青应急〔2025〕{nth}号",
        "responsible_body": "青山县应急管理局", "dated_on": date(2025, 3, 4), "page_count": nth % 40 + 1,
        "archive_year": 2025, "retention_period": "30年", "org_or_subject": "BGS", "category": "WS",
        "secrecy_level": ("普通", "内部", "工作秘密")[nth % 3], "remarks": (None, "附图一张", TORN)[nth % 3],
    }  # fmt: skip
    return row | changes


def box_label(thickness: float = 30, **changes: str) -> BoxLabel:
    """Return the spine of a box."""
    said = {"first": "0001", "last": "0056", "number": "1"} | changes
    return BoxLabel(PART, thickness, **said)
