# SPDX-License-Identifier: MulanPSL-2.0
"""A small archive to print: two periods, some of it boxed, one remark too long for its column."""

from __future__ import annotations

from datetime import date

from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import settings
from township_office.services.archive import boxing, items
from township_office.services.office import Office, change
from township_office.store import records

TODAY = date(2026, 11, 20)
TORN = "原件有两页破损，已用宣纸托裱修复；附件二缺第三页。"
TITLE = "关于䶮山村防汛工作的通知" + "，含附件若干" * 35  # 223 characters


def fill(office: Office, *, permanent: int = 3, thirty: int = 5) -> None:
    """Give the office its 全宗号 and a year of items; those of 永久 lie in a box."""
    settings.set_setting(office, "archive.fonds_no", "Z109")
    for period, count in (("永久", permanent), ("30年", thirty)):
        for nth in range(1, count + 1):
            add(office, retention_period=period, title=f"{period}第{nth}件{TITLE if nth == 2 else ''}",
                remarks=TORN if nth == 3 else "")  # fmt: skip
    box(office, "Z109-WS·2025-Y-BGS")


def add(office: Office, **changes: str) -> int:
    """Append an item; return its id."""
    draft = {
        "responsible_body": "青山县云水镇人民政府", "archive_year": "2025", "retention_period": "永久",
        "page_count": "4", "org_or_subject": "BGS", "dated_on": "2025-03-04", "doc_number": "云政发〔2025〕3号",
        "title": "通知",
    }  # fmt: skip
    return int(str(items.add_item(office, draft | changes, TODAY)["id"]))


def box(office: Office, series: str, year: int = 2025) -> None:
    """Put what waits of a class into boxes."""
    boxing.commit_boxes(office, series, year, TODAY)


def set_items(office: Office, ids: list[int], **changes: object) -> None:
    """Write columns of items as the registers of transfer and appraisal do."""
    with change(office) as pen:
        for row_id in ids:
            records.change(pen, ARCHIVE_ITEM, row_id, changes, verb="change", why="")
