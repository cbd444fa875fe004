# SPDX-License-Identifier: MulanPSL-2.0
"""归档 — write a year's filing: items with their 档号, and in each book where its documents lie. All of it or nothing.

件号 are given once and never changed (DA/T 13: 稳定性); the whole filing can be taken back until it is printed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from township_office.core.errors import OfficeError
from township_office.core.fields import Register, Value
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.registers import DOCUMENTS
from township_office.registers.archive.box import ARCHIVE_BOX
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import tripwire
from township_office.services.archive.freeing import still_out
from township_office.services.archive.items import check_class
from township_office.services.archive.proposal import Plan, Proposed, propose_year, segments, source_of
from township_office.services.archive.scheme import scheme_of, segments_of
from township_office.services.office import Office, change
from township_office.services.settings import get_setting
from township_office.store import appraisals, archive, batches, changelog, filing, loans, records, settings
from township_office.store.batches import Batch
from township_office.store.changelog import Entry, Pen

_PRINTED, _VERB = "archive.printed", "file"


@dataclass(frozen=True, slots=True)
class Committed:
    """What was filed: the batch it can be taken back by, items and documents in them, documents that are not filed."""

    batch: int
    year: int
    items: int
    documents: int
    left_out: int
    waiting: int = 0  # a copy of them is out: filed another day
    unfinished: int = 0  # they are not done with: filed another day


def commit_year(
    office: Office, year: int, today: date, progress: Progress = silent, *, with_unfinished: bool | None = None
) -> Committed:
    """File what propose_year says of year. Raise OfficeError where there is nothing, or an item lacks what it needs."""
    with change(office) as pen:
        plan = propose_year(office, year, with_unfinished=with_unfinished)
        _check(office, plan)
        total = len(plan.items) + len(plan.left_out)
        progress(0, total)
        batch = batches.add(pen, Batch(
            0, ARCHIVE_ITEM.name, t("filing.batch", year=year), datetime.now(), pen.clerk, len(plan.items),
            len(plan.left_out),
        ))  # fmt: skip
        ids = records.add_many(pen, ARCHIVE_ITEM, [_row(plan, one, batch, today) for one in plan.items], "file")
        progress(total // 2, total)
        filed = {key: (item_id, one) for item_id, one in zip(ids, plan.items, strict=True) for key in _keys(one)}
        filing.file(pen, {_place(key): item_id for key, (item_id, _) in filed.items()})
        _write_back(pen, {
            key: {"filed_on": today, "volume_number": one.reference_code, "is_for_archive": True}
            for key, (_, one) in filed.items()
        })  # fmt: skip
        _write_back(pen, {key: {"is_for_archive": False} for one in plan.left_out for key in _keys(one)})
        progress(total, total)
        return Committed(
            batch, year, len(plan.items), len(filed), len(plan.left_out), len(plan.waiting), len(plan.unfinished)
        )


def revoke(office: Office, batch_id: int, why: str, today: date) -> None:
    """Take a filing, or a catalogue that came in, back: its items are in no list, its numbers and documents free.

    Raise OfficeError once it was printed, boxed or built upon: then numbers stand on paper. Also once items of it were
    appraised or handed over: what became of them is told by their rows. What is lent comes back first.
    """
    tripwire.refuse("filing.revoke", why, clerk=office.clerk)
    with change(office) as pen:
        batch = batches.get(pen.db, batch_id)
        if batch.revoked_on is not None:
            raise OfficeError("filing.already_revoked")
        if year := printed_year(office, batch_id):
            raise OfficeError("filing.is_printed", year=year)
        if appraisals.is_judged(pen.db, batch_id):
            raise OfficeError("filing.is_judged")
        if code := loans.out_of_batch(pen.db, batch_id):
            raise still_out(pen.db, code, "lent.keeps_filing")
        if _is_built_on(office, batch_id):
            raise OfficeError("filing.is_built_on")
        lines = filing.of_batch(pen.db, batch_id)
        done = changelog.done_with(pen.db, "batch", batch_id, _VERB)
        for book in DOCUMENTS:
            entries = {one.row_id: one for one in done if one.table == book.name}
            _take_back(pen, book, entries, {line.source_id for line in lines if line.register == book.name}, why)
        filing.free(pen, [line.id for line in lines], why)
        for register in (ARCHIVE_ITEM, ARCHIVE_BOX):  # the boxes of a catalogue come and go with it
            batches.revoke(pen, register, batch_id, why or t("filing.taken_back"), today)


def filings(office: Office) -> list[Batch]:
    """Return every filing and every catalogue that was taken in, latest first."""
    return batches.all_of(office.db, ARCHIVE_ITEM)


def printed_year(office: Office, batch_id: int) -> int:
    """Return a year of a filing whose 档号 are on paper, so that it must stay; 0 when there is none."""
    years = sorted(archive.years_of_batch(office.db, batch_id))
    return next((year for year in years if _printed(office).get(str(year), ("", 0))[1] >= batch_id), 0)


def note_printed(office: Office, years: Iterable[int], now: datetime) -> None:
    """Note that sheets with 档号 of these years are on paper: from now on they stay as they are."""
    with change(office) as pen:
        last = max((batch.id for batch in filings(office)), default=0)
        kept = _printed(office) | {str(year): (now.isoformat(timespec="seconds"), last) for year in years}
        settings.write(pen, _PRINTED, json.dumps(kept))


def _printed(office: Office) -> dict[str, tuple[str, int]]:
    """Return of each year when it was last printed, and the last batch there was then: no clock decides over it."""
    return {year: (at, last) for year, (at, last) in json.loads(get_setting(office, _PRINTED)).items()}


def _is_built_on(office: Office, batch_id: int) -> bool:
    if archive.is_boxed(office.db, batch_id):
        return True
    scheme = scheme_of(office)
    for row in records.get_many(office.db, ARCHIVE_ITEM, archive.firsts_of_batch(office.db, batch_id)):
        series = {str(row["series"]), *scheme.same_class(segments_of(row))}
        if archive.is_passed(office.db, series, int(str(row["sequence"])), batch_id):
            return True
    return False


def _check(office: Office, plan: Plan) -> None:
    if not plan.items and plan.unfinished:
        raise OfficeError("filing.all_unfinished", year=plan.year, count=len(plan.unfinished))
    if not plan.items:
        raise OfficeError("filing.nothing", year=plan.year)
    periods: dict[str, set[str]] = {}
    for one in plan.items:
        if not one.title or not one.responsible_body:
            what = ARCHIVE_ITEM.field("responsible_body" if one.title else "title").label
            raise OfficeError("filing.incomplete", what=what, number=one.number or one.title or one.key)
        series = plan.scheme.code(segments(plan.scheme, one, 0))
        if series not in periods:
            periods[series] = archive.periods_of(office.db, series)
        periods[series].add(one.retention)
        check_class(plan.scheme, segments(plan.scheme, one, one.item_no), periods[series])


def _row(plan: Plan, one: Proposed, batch: int, today: date) -> dict[str, Value]:
    place = segments(plan.scheme, one, 0)
    return {
        "number": one.reference_code, "series": plan.scheme.code(place), "year": one.year, "period": one.year,
        "sequence": one.item_no, "entry": "live", "batch_id": batch,
        "doc_number": one.doc_number or None, "responsible_body": one.responsible_body, "title": one.title,
        "dated_on": one.dated_on, "secrecy_level": one.secrecy_level or None, "page_count": one.page_count,
        "remarks": one.remarks or None, "fonds_no": plan.scheme.fonds_no or None, "category": one.category,
        "archive_year": one.year, "retention_period": one.retention, "org_or_subject": place.org or None,
        "components": one.components or None, "filed_on": today, "openness": one.openness or None,
    }  # fmt: skip


def _keys(one: Proposed) -> tuple[str, ...]:
    return one.key, *one.members


def _place(key: str) -> tuple[str | None, int]:
    register, row_id = source_of(key)
    return register.name if register else None, row_id


def _write_back(pen: Pen, changes: Mapping[str, Mapping[str, Value]]) -> None:
    """Write into the books what became of their documents."""
    for register in DOCUMENTS:
        of_book = {source_of(key)[1]: said for key, said in changes.items() if source_of(key)[0] is register}
        records.change_many(pen, register, of_book, verb=_VERB, why="")


def _take_back(pen: Pen, book: Register, done: Mapping[int, Entry], filed: Collection[int | None], why: str) -> None:
    """Let documents be as they were before what was done to them, unless they were decided anew since."""
    groups: dict[tuple[str, ...], dict[int, dict[str, Any]]] = {}
    for (row_id, entry), row in zip(done.items(), records.get_many(pen.db, book, list(done)), strict=True):
        names = tuple(entry.after)
        is_item = bool({"filed_on", "volume_number"} & set(names))
        if row_id in filed if is_item else row["is_for_archive"] is False:
            groups.setdefault(names, {})[row_id] = {name: (entry.before or {}).get(name) for name in names}
    for changes in groups.values():
        records.change_many(pen, book, changes, verb="revoke", why=why)
