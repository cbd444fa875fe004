# SPDX-License-Identifier: MulanPSL-2.0
"""Large offices to measure on: invented receipts, the same every time."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from township_office.core.fields import Value
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.receipt import RECEIPT
from township_office.services.archive import boxing, items
from township_office.services.archive.print_pages import SHEETS, Gathered, SheetRequest, gather
from township_office.services.demo import _DEPARTMENTS, _HANDLERS, _MATTERS, _SENDERS
from township_office.services.office import change, create_office
from township_office.services.settings import add_clerk, set_setting
from township_office.store import migrations, records

_SEED = 7
_PLACES = ("石桥", "柳湾", "大塘", "龙泉", "青松", "双河", "永安", "东岭", "白马", "新合", "凤鸣", "清溪")
_THINGS = ("防汛", "低保", "换届", "征兵", "秸秆禁烧", "饮水安全", "道路养护", "高标准农田", "医保缴费", "防返贫监测")


def receipt_rows(count: int, last_year: int = 2026):
    """Yield count rows over ten years, as the store takes them."""
    chance = random.Random(_SEED)
    senders = list(_SENDERS)
    per_year = -(-count // 10)
    for place in range(count):
        year, sequence = last_year - 9 + place // per_year, place % per_year + 1
        sender = chance.choice(senders)
        day = date(year, 1, 1) + timedelta(place % per_year * 364 // per_year)
        title = f"{chance.choice(_MATTERS)}（{chance.choice(_PLACES)}村{chance.choice(_THINGS)}）"
        yield dict.fromkeys(field.name for field in RECEIPT.fields) | {
            "number": f"{year}-{sequence:04d}", "series": "收文", "year": year, "period": year, "sequence": sequence,
            "entry": "imported", "received_on": day, "sender": sender, "title": title, "copy_count": 1,
            "doc_number": f"{_SENDERS[sender]}〔{year}〕{chance.randrange(1, 900)}号", "urgency": "平件",
            "lead_dept": chance.choice(_DEPARTMENTS), "handler": chance.choice(_HANDLERS),
            "due_on": day + timedelta(10), "completed_on": day + timedelta(5) if year < last_year else None,
        }  # fmt: skip


def build(path: Path, count: int) -> Path:
    """Make an office with count receipts beside path, once for each history of the data file; return where it is."""
    history = zlib.crc32(Path(migrations.__file__).read_bytes())
    path = path.with_name(f"{history:08x}-{path.name}")
    if not path.exists():
        partial = path.with_suffix(".building")
        partial.unlink(missing_ok=True)
        with create_office(partial, "青山县云水镇党政综合办公室", "王春燕", date(2026, 11, 20)) as office:
            add_clerk(office, "李向东")
            with change(office) as pen:
                records.add_many(pen, RECEIPT, receipt_rows(count), "import")
        partial.rename(path)
    return path


def archived_year(path: Path, count: int) -> dict[str, Gathered]:
    """File and box count papers of one year in an office of their own; return every sheet of its printed set."""
    path.unlink(missing_ok=True)
    today = date(2026, 3, 2)
    with create_office(path, "青山县云水镇人民政府", "王春燕", today) as office:
        set_setting(office, "archive.fonds_no", "Z109")
        with change(office) as pen:
            records.add_many(pen, ARCHIVE_ITEM, list(_items(count)), "file")
        for one in items.classes(office):
            boxing.commit_boxes(office, one.series, one.year, today)
        kinds = (key for key, kind in SHEETS.items() if kind.is_of_year)
        return {key: gather(office, SheetRequest(key, 2025), today) for key in kinds}


def shelf(path: Path, count: int) -> Path:
    """Make an archive of count items of twenty years beside path, once for each history of the file."""
    history = zlib.crc32(Path(migrations.__file__).read_bytes())
    path = path.with_name(f"{history:08x}-{path.name}")
    if not path.exists():
        partial = path.with_suffix(".building")
        partial.unlink(missing_ok=True)
        with create_office(partial, "青山县云水镇人民政府", "王春燕", date(2026, 3, 2)) as office:
            set_setting(office, "archive.fonds_no", "Z109")
            for year in range(2006, 2026):
                rows = [_of_year(row, year) for row in _items(count // 20)]
                with change(office) as pen:
                    records.add_many(pen, ARCHIVE_ITEM, rows, "file")
        partial.rename(path)
    return path


def _of_year(row: dict[str, Value], year: int) -> dict[str, Value]:
    said = {name: str(row[name]).replace("2025", str(year)) for name in ("number", "series")}
    return row | said | {"year": year, "period": year, "archive_year": year}


def _items(count: int) -> Iterator[dict[str, Value]]:
    """Yield rows of the archive, the papers of receipt_rows shared out among three periods."""
    codes = {"永久": "Y", "30年": "D30", "10年": "D10"}
    last = dict.fromkeys(codes, 0)
    for place, paper in enumerate(receipt_rows(count)):
        period = list(codes)[place % 3]
        last[period] += 1
        series = f"Z109-WS·2025-{codes[period]}-BGS"
        yield {
            "number": f"{series}-{last[period]:04d}", "series": series, "year": 2025, "period": 2025,
            "sequence": last[period], "entry": "live", "doc_number": paper["doc_number"], "title": paper["title"],
            "responsible_body": paper["sender"], "dated_on": date(2025, 1 + place % 12, 1), "category": "WS",
            "page_count": 1 + place % 30, "fonds_no": "Z109", "archive_year": 2025, "retention_period": period,
            "org_or_subject": "BGS", "filed_on": date(2026, 3, 2),
            "remarks": "原件有两页破损，已托裱修复；附件二缺第三页。" if place % 40 == 0 else None,
        }  # fmt: skip
