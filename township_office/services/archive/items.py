# SPDX-License-Identifier: MulanPSL-2.0
"""Items one by one: 补归档 at the end of a class, 著录 corrected, an item void; the classes they stand in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from township_office.core.dates import show_date
from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Draft, Problem, Value
from township_office.core.gate import clean_text
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.registers import DOCUMENTS
from township_office.registers.archive.box import ARCHIVE_BOX
from township_office.registers.archive.care import ACCESS_LOG, STACK_IN_OUT, codes_in
from township_office.registers.archive.codes import WS, Segments, largest_item
from township_office.registers.archive.item import ARCHIVE_ITEM, DISPOSED, SEGMENTS
from township_office.registers.archive.retention import retentions_in
from township_office.services import tripwire
from township_office.services.archive.freeing import check_is_ours
from township_office.services.archive.scheme import Scheme, scheme_of, segments_of
from township_office.services.office import Office, change
from township_office.services.records import checked_reason, get, not_void
from township_office.store import archive, filing, records
from township_office.store.archive import ArchiveClass
from township_office.store.changelog import Pen
from township_office.store.records import Row


def classes(office: Office) -> list[ArchiveClass]:
    """Return the lowest classes of the archive with their counts, latest year first: what the tree is made from."""
    return archive.classes(office.db)


def add_item(office: Office, draft: Draft, today: date) -> Row:
    """补归档: describe an item and append it to its class; numbers that were given stay (DA/T 13: 稳定性).

    Raise Invalid with every problem; no number is spent then.
    """
    scheme = scheme_of(office)
    usual = {"category": WS, "fonds_no": scheme.fonds_no, "filed_on": show_date(today)}
    if draft.get("org_or_subject"):
        usual |= {"org_or_subject": scheme.org_code(clean_text(draft["org_or_subject"]))}
        draft = {name: text for name, text in draft.items() if name != "org_or_subject"}
    record = tripwire.clean(ARCHIVE_ITEM, usual | dict(draft), today, office.clerk)
    if record["box_no"] is not None:
        raise Invalid([Problem("box_no", t("archive.box_by_boxing"))])
    if record["retention_period"] not in [one.word for one in retentions_in(int(str(record["archive_year"])))]:
        raise Invalid([Problem("retention_period", t("old_periods.only_old"))])
    with change(office, t("verb.add")) as pen:
        own = own_columns(office, scheme, record)
        return get(office, ARCHIVE_ITEM, records.add(pen, ARCHIVE_ITEM, record | own))


def correct_item(office: Office, item_id: int, draft: Draft, today: date, why: str = "") -> Row:
    """Correct what is described of an item; raise Invalid where the draft changes what its 档号 is made of."""
    reason = checked_reason(why, office.clerk)
    with change(office, t("verb.change")) as pen:
        row = not_void(office, ARCHIVE_ITEM, item_id)
        is_imported = row["entry"] == "imported"
        changes, problems = tripwire.read(ARCHIVE_ITEM, draft, today, office.clerk, lenient=is_imported)
        real = {name for name, value in changes.items() if value != row[name]}
        if row["sequence"] is not None:
            problems += [
                Problem(name, t("archive.segment_stays", label=ARCHIVE_ITEM.field(name).label))
                for name in SEGMENTS
                if name in real
            ]
        problems += [
            Problem(name, t("archive.by_disposal", label=ARCHIVE_ITEM.field(name).label))
            for name in DISPOSED
            if name in real
        ]
        if "box_no" in real and not is_imported:
            problems.append(Problem("box_no", t("archive.box_by_boxing")))
        if not problems:
            found = ARCHIVE_ITEM.check(row | changes)
            problems += [one for one in found if not is_imported or one.field in real]
        if problems:
            raise Invalid(problems)
        records.change(pen, ARCHIVE_ITEM, item_id, changes, verb="change", why=reason)
        return get(office, ARCHIVE_ITEM, item_id)


def number_item(office: Office, item_id: int) -> Row:
    """补编档号: give an item of an old catalogue the next number of its class; another item bears the one it had.

    Raise OfficeError for an item that has a number, or whose class is not known.
    """
    with change(office, t("verb.number")) as pen:
        row = not_void(office, ARCHIVE_ITEM, item_id)
        if row["sequence"] is not None:
            raise OfficeError("archive.has_number", number=row["number"])
        if row["archive_year"] is None or row["retention_period"] is None:
            raise OfficeError("archive.class_unknown")
        scheme = scheme_of(office)
        own = own_columns(office, scheme, row | {"fonds_no": row["fonds_no"] or scheme.fonds_no or None})
        changes = {name: own[name] for name in ("number", "series", "year", "period", "sequence")}
        records.change(pen, ARCHIVE_ITEM, item_id, changes, verb="change", why=t("archive.numbered_late"))
        return get(office, ARCHIVE_ITEM, item_id)


def check_voidable(office: Office, item_id: int) -> None:
    """Raise OfficeError where an item cannot be void: it is lent, being appraised, handed over or destroyed."""
    check_is_ours(office.db, records.get(office.db, ARCHIVE_ITEM, item_id))


def own_columns(office: Office, scheme: Scheme, record: Mapping[str, Value]) -> dict[str, Value]:
    """Take the next number of the item's class; raise OfficeError when the class is full or of another period."""
    place = segments_of(record)
    if not scheme.has_orgs(place.category):
        place = replace(place, org="")
    series = scheme.code(place)
    item_no = archive.last_item(office.db, scheme.same_class(place)) + 1
    place = replace(place, item=item_no)
    check_class(scheme, place, archive.periods_of(office.db, series) | {str(record["retention_period"])})
    return {
        "number": scheme.code(place), "series": series, "year": place.year, "period": place.year,
        "sequence": item_no, "entry": "live", "org_or_subject": place.org or None,
    }  # fmt: skip


def check_class(scheme: Scheme, place: Segments, periods: Collection[str]) -> None:
    """Raise OfficeError when a class has no room for this 件号, or would mix periods: a box never does."""
    largest = largest_item(scheme.template(place.category))
    if place.item > largest:
        raise OfficeError("filing.class_full", code=scheme.code(replace(place, item=0)), count=largest)
    if len(periods) > 1:
        raise OfficeError("filing.mixed", code=scheme.code(replace(place, item=0)), periods="、".join(sorted(periods)))


def next_code(office: Office, record: Mapping[str, Value]) -> str:
    """Return the 档号 an item would get now, "" while its class is not known."""
    if record.get("archive_year") is None or record.get("retention_period") is None:
        return ""
    scheme = scheme_of(office)
    whole = dict.fromkeys(SEGMENTS) | dict(record)
    whole["org_or_subject"] = scheme.org_code(str(whole["org_or_subject"] or ""))
    try:
        return str(own_columns(office, scheme, whole)["number"])
    except OfficeError:
        return ""


def give_fonds_no(office: Office, why: str = "", progress: Progress = silent) -> int:
    """Put the 全宗号 the county has given now into the 档号 of items that have none yet; return how many there were.

    件号 stay as they are; their boxes, what is lent of them and the books their documents stand in are told too.
    Raise OfficeError while no 全宗号 is set, or where it would make a 档号 that is there already.
    """
    reason = checked_reason(why, office.clerk)
    scheme = scheme_of(office)
    if not scheme.fonds_no:
        raise OfficeError("archive.no_fonds")
    with change(office) as pen:
        rows = records.get_many(pen.db, ARCHIVE_ITEM, archive.without_fonds(pen.db))
        changes: dict[int, dict[str, Value]] = {}
        series: dict[str, str] = {}
        for done, row in enumerate(rows):
            progress(done, len(rows))
            place = replace(segments_of(row, int(str(row["sequence"]))), fonds=scheme.fonds_no)
            series[str(row["series"])] = code = scheme.code(replace(place, item=0))
            changes[int(str(row["id"]))] = {"fonds_no": scheme.fonds_no, "series": code, "number": scheme.code(place)}
        for one in changes.values():
            if records.ids_with_number(pen.db, ARCHIVE_ITEM, str(one["number"])):
                raise OfficeError("archive.fonds_clash", number=one["number"])
        records.change_many(pen, ARCHIVE_ITEM, changes, verb="change", why=reason)
        _tell_boxes(pen, series, reason)
        _tell_loans(pen, {str(row["number"]): str(changes[int(str(row["id"]))]["number"]) for row in rows}, reason)
        _tell_books(pen, {row_id: str(one["number"]) for row_id, one in changes.items()}, reason)
        return len(rows)


def _tell_boxes(pen: Pen, series: Mapping[str, str], why: str) -> None:
    for old, new in series.items():
        ids = records.ids_where(pen.db, ARCHIVE_BOX, "series = ?", [old])
        changes: dict[int, dict[str, Value]] = {
            row_id: {"series": new, "number": t("boxing.number", series=new, number=row["sequence"])}
            for row_id, row in zip(ids, records.get_many(pen.db, ARCHIVE_BOX, ids), strict=True)
        }
        records.change_many(pen, ARCHIVE_BOX, changes, verb="change", why=why)


def _tell_loans(pen: Pen, numbers: Mapping[str, str], why: str) -> None:
    """What is out is known by its 档号; entries that are closed say what was written in them."""
    for book in (ACCESS_LOG, STACK_IN_OUT):
        ids = records.ids_where(pen.db, book, "returned_on IS NULL AND voided_on IS NULL", [])
        changes: dict[int, dict[str, Value]] = {}
        for row_id, row in zip(ids, records.get_many(pen.db, book, ids), strict=True):
            codes = codes_in(str(row["reference_codes"] or ""))
            told = "、".join(numbers.get(code, code) for code in codes)
            if numbers.keys() & set(codes) and len(told) <= book.field("reference_codes").max_length:
                changes[row_id] = {"reference_codes": told}
        records.change_many(pen, book, changes, verb="change", why=why)


def _tell_books(pen: Pen, numbers: Mapping[int, str], why: str) -> None:
    for book in DOCUMENTS:
        changes: dict[int, dict[str, Value]] = {
            source_id: {"volume_number": numbers[item_id]}
            for source_id, item_id in filing.filed(pen.db, book)
            if item_id in numbers
        }
        records.change_many(pen, book, changes, verb="change", why=why)
