# SPDX-License-Identifier: MulanPSL-2.0
"""An archive to lend from, to appraise and to hand over: items of several years and periods, in boxes."""

from __future__ import annotations

from datetime import date

from township_office.core.fields import Value
from township_office.registers.archive.care import ACCESS_LOG
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import records, settings
from township_office.services.archive import care
from township_office.services.archive.items import add_item
from township_office.services.office import Office, change
from township_office.store import records as store

TODAY = date(2026, 11, 20)
Row = dict[str, Value]


def file_item(office: Office, year: int, retention: str, title: str = "关于防汛工作的通知", **more: str) -> Row:
    """One item of the archive; box="3" puts it into that box."""
    box = more.pop("box", "")
    draft = {
        "title": title, "responsible_body": "云水镇人民政府", "archive_year": str(year), "retention_period": retention,
        "org_or_subject": "BGS", "page_count": "3", "dated_on": f"{year}-05-06", "filed_on": f"{year + 1}-03-02",
    }  # fmt: skip
    row = add_item(office, draft | more, TODAY)
    if box:
        with change(office) as pen:
            store.change(pen, ARCHIVE_ITEM, int(str(row["id"])), {"box_no": int(box)}, verb="change", why="")
    return item(office, row)


def fill(office: Office) -> list[Row]:
    """Two items of 2005 and one of 2012 whose period has run out, two of 2014 for the county, one of 2025."""
    settings.set_setting(office, "archive.fonds_no", "Z109")
    return [
        file_item(office, 2005, "10年", "关于2005年防汛工作的通知", box="1"),
        file_item(office, 2005, "10年", "2005年春季植树工作简报", box="1"),
        file_item(office, 2012, "10年", "关于2012年会议费的说明"),
        file_item(office, 2014, "永久", "云水镇党委会议纪要", box="1"),
        file_item(office, 2014, "30年", "关于低保对象动态核查的通知", box="2"),
        file_item(office, 2025, "永久", "云水镇2025年工作总结"),
    ]


def item(office: Office, row: Row) -> Row:
    """An item as it stands now."""
    return records.get(office, ARCHIVE_ITEM, int(str(row["id"])))


def lend(office: Office, code: str, **more: str) -> Row:
    """Lend an item to an invented reader."""
    draft = {
        "used_on": "今天", "reader": "刘敏", "unit": "青山县财政局", "reference_codes": code, "purpose": "工作查考",
        "way": "借出", "approver": "孙志强", "due_on": "2026-11-25",
    }  # fmt: skip
    return care.register(office, ACCESS_LOG, draft | more, TODAY)


def ids(rows: list[Row]) -> list[int]:
    """Their ids."""
    return [int(str(row["id"])) for row in rows]
