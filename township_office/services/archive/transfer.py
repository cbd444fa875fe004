# SPDX-License-Identifier: MulanPSL-2.0
"""移交 — what is old enough goes to the county archive, with a list both sides sign (档案法 art. 20, 机关档案管理规定).

Due means: it has reached the age, not: it must go today. What is handed over stays in the catalogue as 已移交.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from township_office.core.errors import OfficeError
from township_office.core.fields import Draft, Value
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.registers.archive.disposal import TRANSFER, TRANSFER_AGE
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.watch import TO_TRANSFER
from township_office.services import browsing, records
from township_office.services.archive.appraisal import check_free
from township_office.services.archive.scheme import scheme_of
from township_office.services.browsing import View
from township_office.services.office import Office, change
from township_office.store import appraisals as store_appraisals
from township_office.store import records as store
from township_office.store.records import Row


@dataclass(frozen=True, slots=True)
class DueClass:
    """Items of one class that have reached the age, by 档号. since: the year they reached it."""

    year: int
    retention: str  # the one it has now: 10年 of what was kept on for ever is 永久
    org: str  # its name
    since: int
    ids: tuple[int, ...]
    pages: int
    boxes: int


@dataclass(frozen=True, slots=True)
class HandedOver:
    """One 移交: its row, and how much went."""

    row: Row
    items: int
    pages: int


def due(office: Office, today: date) -> list[DueClass]:
    """Return what has reached the age, the oldest year first, each class by itself."""
    scheme = scheme_of(office)
    ids = browsing.row_ids(office, ARCHIVE_ITEM, View(state=TO_TRANSFER), today)
    classes: dict[tuple[int, str, str], list[Row]] = {}
    for row in browsing.rows(office, ARCHIVE_ITEM, ids):
        period = str(row["extended_to"] or row["retention_period"])
        place = int(str(row["archive_year"])), period, str(row["org_or_subject"] or "")
        classes.setdefault(place, []).append(row)
    return [
        DueClass(
            year, retention, scheme.org_name(org), year + TRANSFER_AGE, tuple(int(str(row["id"])) for row in rows),
            sum(int(str(row["page_count"] or 0)) for row in rows), len(boxes_in(rows)),
        )
        for (year, retention, org), rows in sorted(classes.items())
    ]  # fmt: skip


def items(office: Office, ids: Sequence[int]) -> list[Row]:
    """Return these items, in the order of ids."""
    return browsing.rows(office, ARCHIVE_ITEM, ids)


def boxes_in(items: Sequence[Row]) -> set[tuple[Value, Value, Value]]:
    """Return the boxes that items lie in."""
    return {(item["series"], item["period"], item["box_no"]) for item in items if item["box_no"] is not None}


def hand_over(office: Office, draft: Draft, item_ids: Sequence[int], today: date, progress: Progress = silent) -> Row:
    """移交: register it, and mark these items as handed over under its number; all of it or nothing.

    Raise Invalid with every problem; OfficeError naming an item that is lent, gone, without 档号 or being appraised.
    """
    if not item_ids:
        raise OfficeError("transfer.nothing_chosen")
    with change(office, t("verb.transfer")) as pen:
        row = records.register_document(office, TRANSFER, draft, today)
        items = browsing.rows(office, ARCHIVE_ITEM, item_ids)
        _check(office, items, today)
        gone: dict[str, Value] = {"transferred_on": row["handed_on"], "disposal_no": row["number"]}
        for done, item in enumerate(items):
            progress(done, len(items))
            store.change(pen, ARCHIVE_ITEM, int(str(item["id"])), gone, verb="change", why=str(row["number"]))
        return row


def take_back(office: Office, transfer_id: int, why: str, today: date) -> None:
    """作废: a 移交 entered by mistake; its items stand in the store again. Raise OfficeError without a reason."""
    with change(office, t("verb.void")) as pen:
        row = records.void(office, TRANSFER, transfer_id, why, today)
        for item_id in store_appraisals.disposed(pen.db, str(row["number"])):
            here: dict[str, Value] = {"transferred_on": None, "disposal_no": None}
            store.change(pen, ARCHIVE_ITEM, item_id, here, verb="change", why=why)


def correct(office: Office, transfer_id: int, draft: Draft, today: date) -> Row:
    """修改: who handed over and who received; the day is that of the items too."""
    with change(office, t("verb.change")) as pen:
        row = records.correct(office, TRANSFER, transfer_id, draft, today)
        for item_id in store_appraisals.disposed(pen.db, str(row["number"])):
            day: dict[str, Value] = {"transferred_on": row["handed_on"]}
            store.change(pen, ARCHIVE_ITEM, item_id, day, verb="change", why=str(row["number"]))
        return row


def transfers(office: Office) -> list[HandedOver]:
    """Return every 移交 that is not void, the latest first."""
    gone = store_appraisals.items_under(office.db)
    rows = browsing.rows(office, TRANSFER, browsing.row_ids(office, TRANSFER, View(), date.max))
    return [HandedOver(row, *gone.get(str(row["number"]), (0, 0))) for row in rows if row["voided_on"] is None]


def items_of(office: Office, transfer: Row) -> list[Row]:
    """Return what was handed over, by 档号: the rows of the 移交清单."""
    return browsing.rows(office, ARCHIVE_ITEM, store_appraisals.disposed(office.db, str(transfer["number"])))


def _check(office: Office, items: Sequence[Row], today: date) -> None:
    for item in items:
        if item["sequence"] is None:
            raise OfficeError("transfer.no_code", title=item["title"])
    check_free(office, items, today)
