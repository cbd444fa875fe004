# SPDX-License-Identifier: MulanPSL-2.0
"""Items one by one: 补归档 at the end of a class, 著录 corrected, an item void; the classes they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from township_office.core.dates import show_date
from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Draft, Problem, Value
from township_office.core.text import t
from township_office.registers.archive.item import ARCHIVE_ITEM, SEGMENTS
from township_office.services import tripwire
from township_office.services.archive.scheme import Scheme, scheme_of, segments_of
from township_office.services.office import Office, change
from township_office.services.records import checked_reason, get, not_void
from township_office.store import archive, records
from township_office.store.archive import ArchiveClass
from township_office.store.records import Row


def classes(office: Office) -> list[ArchiveClass]:
    """Return the lowest classes of the archive with their counts, latest year first: what the tree is made from."""
    return archive.classes(office.db)


def add_item(office: Office, draft: Draft, today: date) -> Row:
    """补归档: describe an item and append it to its class; numbers that were given stay (DA/T 13: 稳定性).

    Raise Invalid with every problem; no number is spent then.
    """
    scheme = scheme_of(office)
    usual = {"category": "WS", "fonds_no": scheme.fonds_no, "filed_on": show_date(today)}
    record = tripwire.clean(ARCHIVE_ITEM, usual | dict(draft), today, office.clerk)
    record["org_or_subject"] = scheme.org_code(str(record["org_or_subject"] or "")) or None
    with change(office, t("verb.add")) as pen:
        own = own_columns(office, scheme, record)
        return get(office, ARCHIVE_ITEM, records.add(pen, ARCHIVE_ITEM, record | own))


def correct_item(office: Office, item_id: int, draft: Draft, today: date, why: str = "") -> Row:
    """Correct what is described of an item; raise Invalid where the draft changes what its 档号 is made of."""
    reason = checked_reason(why, office.clerk)
    with change(office, t("verb.change")) as pen:
        row = not_void(office, ARCHIVE_ITEM, item_id)
        changes, problems = tripwire.read(ARCHIVE_ITEM, draft, today, office.clerk, lenient=row["entry"] == "imported")
        if row["sequence"] is not None:
            problems += [
                Problem(name, t("archive.segment_stays", label=ARCHIVE_ITEM.field(name).label))
                for name in SEGMENTS
                if name in changes and changes[name] != row[name]
            ]
        if not problems:
            problems.extend(ARCHIVE_ITEM.check(row | changes))
        if problems:
            raise Invalid(problems)
        records.change(pen, ARCHIVE_ITEM, item_id, changes, verb="change", why=reason)
        return get(office, ARCHIVE_ITEM, item_id)


def own_columns(office: Office, scheme: Scheme, record: Mapping[str, Value]) -> dict[str, Value]:
    """Take the next number of the item's class; raise OfficeError when the class is full."""
    place = segments_of(record, 0)
    series, year = scheme.code(place), place.year
    item_no = archive.last_item(office.db, ARCHIVE_ITEM, series, year) + 1
    if item_no > 9999:
        raise OfficeError("filing.class_full", code=series)
    return {
        "number": scheme.code(replace(place, item=item_no)), "series": series, "year": year, "period": year,
        "sequence": item_no, "entry": "live",
    }  # fmt: skip


def next_code(office: Office, record: Mapping[str, Value]) -> str:
    """Return the 档号 an item would get now, "" while its class is not known."""
    if record.get("archive_year") is None or record.get("retention_period") is None:
        return ""
    whole = dict.fromkeys(SEGMENTS) | dict(record)
    try:
        return str(own_columns(office, scheme_of(office), whole)["number"])
    except OfficeError:
        return ""


def give_fonds_no(office: Office, why: str = "") -> int:
    """Put the 全宗号 the county has given now into the 档号 of items that have none yet; return how many there were.

    件号 stay as they are. Raise OfficeError while no 全宗号 is set.
    """
    scheme = scheme_of(office)
    if not scheme.fonds_no:
        raise OfficeError("archive.no_fonds")
    with change(office) as pen:
        ids = records.ids_where(pen.db, ARCHIVE_ITEM, "fonds_no IS NULL AND entry = 'live'", [])
        for row in records.get_many(pen.db, ARCHIVE_ITEM, ids):
            place = segments_of(row | {"fonds_no": scheme.fonds_no}, 0)
            item_no = int(str(row["sequence"]))
            changes: dict[str, Value] = {
                "fonds_no": scheme.fonds_no, "series": scheme.code(place),
                "number": scheme.code(replace(place, item=item_no)),
            }  # fmt: skip
            records.change(pen, ARCHIVE_ITEM, int(str(row["id"])), changes, verb="change", why=why)
        return len(ids)
