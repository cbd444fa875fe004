# SPDX-License-Identifier: MulanPSL-2.0
"""归档 — write a year's filing: items with their 档号, and in each book where its documents lie. All of it or nothing.

件号 are given once and never changed (DA/T 13: 稳定性); the whole filing can be taken back until it is printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from township_office.core.errors import OfficeError
from township_office.core.fields import Value
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import tripwire
from township_office.services.archive.proposal import Plan, Proposed, propose_year, segments, source_of
from township_office.services.office import Office, change
from township_office.services.settings import get_setting
from township_office.store import archive, batches, filing, records, settings
from township_office.store.batches import Batch
from township_office.store.changelog import Pen

_PRINTED = "archive_item.printed"


@dataclass(frozen=True, slots=True)
class Committed:
    """What was filed: the batch it can be taken back by, items and documents in them, documents that are not filed."""

    batch: int
    year: int
    items: int
    documents: int
    left_out: int


def commit_year(office: Office, year: int, today: date, progress: Progress = silent) -> Committed:
    """File what propose_year says of year. Raise OfficeError where there is nothing, or an item lacks what it needs."""
    with change(office) as pen:
        plan = propose_year(office, year)
        _check(plan)
        total = len(plan.items) + len(plan.left_out)
        batch = batches.add(pen, Batch(
            0, ARCHIVE_ITEM.name, t("filing.batch", year=year), datetime.now(), pen.clerk, len(plan.items),
            len(plan.left_out),
        ))  # fmt: skip
        ids = records.add_many(pen, ARCHIVE_ITEM, [_row(plan, one, batch, today) for one in plan.items], "file")
        documents = 0
        for done, (one, item_id) in enumerate(zip(plan.items, ids, strict=True)):
            progress(done, total)
            back: dict[str, Value] = {
                "filed_on": today, "volume_number": one.reference_code, "is_for_archive": True,
            }  # fmt: skip
            for key in (one.key, *one.members):
                _write_back(pen, year, key, back, item_id)
                documents += 1
        for done, one in enumerate(plan.left_out, start=len(plan.items)):
            progress(done, total)
            for key in (one.key, *one.members):
                _write_back(pen, year, key, {"is_for_archive": False}, None)
        return Committed(batch, year, len(plan.items), documents, len(plan.left_out))


def revoke(office: Office, batch_id: int, why: str, today: date) -> None:
    """Take a filing back: its items vanish from every list, their numbers are free, their documents unfiled again.

    Raise OfficeError once it was printed, boxed or built upon: then numbers stand on paper.
    """
    tripwire.refuse("filing.revoke", why, clerk=office.clerk)
    with change(office) as pen:
        batch = batches.get(pen.db, batch_id)
        if batch.revoked_on is not None:
            raise OfficeError("filing.already_revoked")
        lines = filing.of_batch(pen.db, batch_id)
        if is_printed(office, batch):
            raise OfficeError("filing.is_printed", year=archive.year_of_batch(pen.db, batch_id))
        if archive.is_built_on(pen.db, batch_id):
            raise OfficeError("filing.is_built_on")
        for line in lines:
            filing.change(pen, line.id, {"item_id": None}, verb="revoke", why=why)
            register, row_id = source_of(f"{line.register}:{line.source_id}" if line.register else f"filing:{line.id}")
            if register is not None:
                back: Mapping[str, Value] = {"filed_on": None, "volume_number": None}
                records.change(pen, register, row_id, back, verb="revoke", why=why)
        batches.revoke(pen, ARCHIVE_ITEM, batch_id, why or t("filing.taken_back"), today)


def filings(office: Office) -> list[Batch]:
    """Return every filing and every catalogue that was taken in, latest first."""
    return batches.all_of(office.db, ARCHIVE_ITEM)


def is_printed(office: Office, batch: Batch) -> bool:
    """Return whether sheets with the 档号 of a filing are on paper, so that it must stay."""
    return printed_at(office, archive.year_of_batch(office.db, batch.id)) > batch.imported_at


def printed_at(office: Office, year: int) -> datetime:
    """Return when sheets of a year were last printed, the beginning of time where none were."""
    kept = json.loads(get_setting(office, _PRINTED)).get(str(year))
    return datetime.fromisoformat(kept) if kept else datetime.min


def note_printed(office: Office, years: Iterable[int], now: datetime) -> None:
    """Note that sheets with 档号 of these years are on paper: from now on they stay as they are."""
    with change(office) as pen:
        kept = json.loads(get_setting(office, _PRINTED))
        kept |= {str(year): now.isoformat(timespec="microseconds") for year in years}
        settings.write(pen, _PRINTED, json.dumps(kept))


def _check(plan: Plan) -> None:
    if not plan.items:
        raise OfficeError("filing.nothing", year=plan.year)
    for one in plan.items:
        if not one.title or not one.responsible_body:
            what = ARCHIVE_ITEM.field("responsible_body" if one.title else "title").label
            raise OfficeError("filing.incomplete", what=what, number=one.number or one.title or one.key)
        if one.item_no > 9999:
            raise OfficeError("filing.class_full", code=one.reference_code)


def _row(plan: Plan, one: Proposed, batch: int, today: date) -> dict[str, Value]:
    place = segments(plan.scheme, one, 0)
    return {
        "number": one.reference_code, "series": plan.scheme.code(place), "year": one.year, "period": one.year,
        "sequence": one.item_no, "entry": "live", "batch_id": batch,
        "doc_number": one.doc_number or None, "responsible_body": one.responsible_body, "title": one.title,
        "dated_on": one.dated_on, "secrecy_level": one.secrecy_level or None, "page_count": one.page_count,
        "remarks": one.remarks or None, "fonds_no": plan.scheme.fonds_no or None, "category": one.category,
        "archive_year": one.year, "retention_period": one.retention, "org_or_subject": one.org or None,
        "components": one.components or None, "filed_on": today, "openness": one.openness or None,
    }  # fmt: skip


def _write_back(pen: Pen, year: int, key: str, back: Mapping[str, Value], item_id: int | None) -> None:
    register, row_id = source_of(key)
    if register is None:
        if item_id is not None:
            filing.change(pen, row_id, {"item_id": item_id}, verb="file")
        return
    if item_id is not None:
        line = filing.of_source(pen.db, register.name, row_id)
        if line is None:
            filing.say(pen, (register.name, row_id, year), {"item_id": item_id})
        else:
            filing.change(pen, line.id, {"item_id": item_id}, verb="file")
    records.change(pen, register, row_id, back, verb="file", why="")
