# SPDX-License-Identifier: MulanPSL-2.0
"""A year's papers in the books, ready to be filed, and what stands there before and after."""

from __future__ import annotations

import json
from datetime import date, datetime

from township_office.core.fields import Value
from township_office.registers import DOCUMENTS
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import circulation, records, settings
from township_office.services.archive import committing, deciding, items, proposal
from township_office.services.archive.committing import Committed
from township_office.services.archive.proposal import Plan, Proposed
from township_office.services.archive.scheme import scheme_of
from township_office.services.office import Office, change
from township_office.store import records as store

TODAY = date(2026, 3, 2)
Row = dict[str, Value]


def receive(office: Office, title: str, day: str = "2025-05-06", **more: str) -> str:
    """Register a paper that came in; return its key."""
    draft = {"received_on": day, "dated_on": day, "sender": "青山县水务局", "title": title}
    return f"receipt:{records.register_document(office, RECEIPT, draft | more, TODAY)['id']}"


def issue(office: Office, title: str, day: str = "2025-06-01", **more: str) -> str:
    """Register a document of our own; return its key."""
    draft = {"signed_on": day, "title": title, "genre": "通知", "signer": "孙志强"}
    return f"dispatch:{records.register_document(office, DISPATCH, draft | more, TODAY)['id']}"


def lend(office: Office, key: str, reader: str = "孙志强") -> int:
    """Send a received paper to a reader; return the id of the handover."""
    paper = int(key.partition(":")[2])
    return int(str(circulation.send(office, paper, {"reader": reader}, datetime(2026, 3, 1, 9))["id"]))


def lay(office: Office, count: int, year: int = 2025) -> None:
    """Write count papers of a year into the books at once, three in four of them received."""
    received, issued = [], []
    for each in range(count):
        day = date(year, 1 + each % 12, 1 + each % 28)
        whole = {"entry": "live", "year": year, "period": year, "title": f"关于{each}号事项的通知"}
        if each % 4:
            own = {"number": f"{year}-{each:05d}", "series": "收文", "sequence": each + 1, "received_on": day}
            received.append(
                whole | own | {"sender": "青山县水务局", "dated_on": day, "doc_number": f"青水〔{year}〕{each}号"}
            )
        else:
            own = {"number": f"云政发〔{year}〕{each}号", "series": "云政发", "sequence": each + 1}
            issued.append(whole | own | {"signed_on": day})
    with change(office) as pen:
        store.add_many(pen, RECEIPT, received, "import")
        store.add_many(pen, DISPATCH, issued, "import")


def plan(office: Office, year: int = 2025) -> Plan:
    return proposal.propose_year(office, year)


def proposed(office: Office, key: str, year: int = 2025) -> Proposed:
    return plan(office, year).find(key)


def decide(office: Office, *keys: str, **draft: str) -> None:
    deciding.decide(office, keys, draft, TODAY)


def put_behind(office: Office, key: str, anchor: str) -> None:
    """Move an item up or down until it stands behind another of its class; "": at the head of it."""
    place = proposal.segments(scheme_of(office), proposed(office, key), 0)
    keys = [one.key for one in plan(office).items if proposal.segments(plan(office).scheme, one, 0) == place]
    if key not in keys or anchor not in {"", *keys} - {key}:
        return
    here, there = keys.index(key), keys.index(anchor) + 1 if anchor else 0
    deciding.move(office, 2025, key, there - here - (there > here))


def last_print(office: Office, year: int) -> datetime | None:
    """Return when sheets of a year were last printed."""
    kept = json.loads(settings.get_setting(office, "archive.printed")).get(str(year))
    return datetime.fromisoformat(kept[0]) if kept else None


def commit(office: Office, year: int = 2025) -> Committed:
    return committing.commit_year(office, year, TODAY)


def document(office: Office, key: str) -> Row:
    register, row_id = proposal.source_of(key)
    assert register is not None
    return records.get(office, register, row_id)


def by_code(office: Office) -> dict[str, Row]:
    """Every item that is not revoked, void ones too, by its 档号."""
    ids = [row_id for (row_id,) in office.db.execute("SELECT id FROM archive_item WHERE entry <> 'revoked'")]
    return {str(row["number"]): row for row in store.get_many(office.db, ARCHIVE_ITEM, ids)}


def append(office: Office, title: str = "补归的会议记录", **more: str) -> Row:
    draft = {
        "title": title, "responsible_body": "云水镇人民政府", "archive_year": "2025", "retention_period": "30年",
        "org_or_subject": "BGS", "page_count": "3",
    }  # fmt: skip
    return items.add_item(office, draft | more, TODAY)


def number(office: Office, fonds_no: str = "Z109") -> None:
    settings.set_setting(office, "archive.fonds_no", fonds_no)


def count_pages(office: Office, pages: int = 5) -> None:
    """Every item that has no pages yet has so many."""
    with change(office) as pen:
        for row in by_code(office).values():
            if row["page_count"] is None and row["voided_on"] is None:
                store.change(pen, ARCHIVE_ITEM, int(str(row["id"])), {"page_count": pages}, verb="change", why="")


def books(office: Office) -> dict[str, list[tuple[object, ...]]]:
    """All that stands in the books of documents."""
    return {one.name: list(office.db.execute(f"SELECT * FROM {one.name} ORDER BY id")) for one in DOCUMENTS}
