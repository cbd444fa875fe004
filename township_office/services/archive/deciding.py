# SPDX-License-Identifier: MulanPSL-2.0
"""What a hand decides of the year's documents before they are filed; each decision is kept at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Draft, Problem, Value
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.core.values import LARGEST
from township_office.registers.archive.codes import WS
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.retention import NOT_FILED, RETENTIONS, retention_of
from township_office.services import tripwire
from township_office.services.archive.proposal import Plan, Proposed, propose_year, segments, source_of
from township_office.services.archive.scheme import scheme_of
from township_office.services.office import Office, change
from township_office.store import filing, records
from township_office.store.changelog import Pen
from township_office.store.children import plain
from township_office.store.filing import Filing

# What a draft may say, in the names of the item's fields.
DECIDED = ("retention_period", "org_or_subject", "category", "doc_number", "responsible_body", "title", "dated_on",
           "page_count", "remarks", "archive_year")  # fmt: skip


def decide(office: Office, keys: Sequence[str], draft: Draft, today: date) -> None:
    """Set fields of documents not filed yet, the same in each (fill-down); "" goes back to what is proposed.

    retention_period may be 不归档. Raise Invalid naming each field that cannot be so; nothing is set then.
    """
    said = _read(office, draft, today)
    with change(office) as pen:
        for key in keys:
            own = _say(pen, key, said)
            for line in filing.inside(pen.db, own) if "archive_year" in said else ():
                filing.change(pen, line.id, {"archive_year": said["archive_year"]})


def join(office: Office, main: str, others: Sequence[str]) -> None:
    """组件: put documents into the item of main; what lay in them comes along. Raise OfficeError for main itself.

    The pages of an item are those of all that lies in it.
    """
    if main in others:
        raise OfficeError("filing.join_itself")
    with change(office) as pen:
        main_id = _say(pen, main, {})
        _take_out(pen, main_id)
        for key in others:
            own_id = _say(pen, key, {})
            _take_out(pen, own_id)
            for line in filing.inside(pen.db, own_id):
                _take_out(pen, line.id)
                _put_in(pen, line.id, main_id)
            _put_in(pen, own_id, main_id)


def split(office: Office, keys: Sequence[str]) -> None:
    """拆件: let documents be items of their own again."""
    with change(office) as pen:
        for key in keys:
            _take_out(pen, _say(pen, key, {}))


def _put_in(pen: Pen, own_id: int, main_id: int) -> None:
    _turn_pages(pen, main_id, own_id, 1)
    filing.change(pen, own_id, {"main_id": main_id})


def _take_out(pen: Pen, own_id: int) -> None:
    line = filing.get(pen.db, own_id)
    main_id = line.said["main_id"] if line else None
    if isinstance(main_id, int):
        _turn_pages(pen, main_id, own_id, -1)
        filing.change(pen, own_id, {"main_id": None})


def _turn_pages(pen: Pen, main_id: int, own_id: int, way: int) -> None:
    """Count the pages of a document in or out, where both are counted."""
    lines = (filing.get(pen.db, one) for one in (main_id, own_id))
    whole, own = (line.said["page_count"] if line else None for line in lines)
    if isinstance(whole, int) and isinstance(own, int) and 0 < whole + way * own <= LARGEST:
        filing.change(pen, main_id, {"page_count": whole + way * own})


def move(office: Office, year: int, key: str, by: int) -> None:
    """排列: let an item stand so many places further down in its class, or up where by is negative; it stops there."""
    inside = _class_of(propose_year(office, year), key)
    if inside:
        _arrange(office, inside, key, max(0, [one.key for one in inside].index(key) + by))


def add_unregistered(office: Office, year: int, draft: Draft, today: date) -> str:
    """Add a document that stands in no book (会议记录, 照片册 …); return its key. It needs a title and 责任者."""
    said = _read(office, draft, today)
    problems = [
        Problem(name, t("problem.required", label=ARCHIVE_ITEM.field(name).label))
        for name in ("title", "responsible_body")
        if not said.get(name)
    ]
    if problems:
        raise Invalid(problems)
    with change(office) as pen:
        return f"filing:{filing.say(pen, None, said | {'archive_year': said.get('archive_year') or year})}"


def _class_of(plan: Plan, key: str) -> list[Proposed]:
    """Return the items of the class that an item stands in, by 件号; none where it is not filed, or not yet."""
    one = plan.find(key)
    place = segments(plan.scheme, one, 0)
    return [other for other in plan.items if segments(plan.scheme, other, 0) == place] if one in plan.items else []


def _arrange(office: Office, inside: Sequence[Proposed], key: str, place: int) -> None:
    """Let one item of a class stand at a place, and all others as they stand now.

    Whatever was moved before is put behind the one it follows now: no two behind the same one, so nothing is in doubt.
    """
    by_key = {one.key: one for one in inside}
    wanted = [one.key for one in inside if one.key != key]
    wanted.insert(place, key)
    ids = {0, *(one.filing_id for one in inside if one.filing_id)}
    with change(office) as pen:
        for before, own in zip(["", *wanted], wanted, strict=False):
            if own == key or by_key[own].behind_id in ids:
                anchor = _say(pen, before, {}) if before else 0
                _say(pen, own, {"behind_id": anchor})


def _read(office: Office, draft: Draft, today: date) -> dict[str, object]:
    unknown = draft.keys() - set(DECIDED)
    if unknown:
        raise KeyError(*unknown)
    retention = clean_text(draft.get("retention_period", ""))
    plain_draft = {name: text for name, text in draft.items() if name != "retention_period"}
    values, problems = tripwire.read(ARCHIVE_ITEM, plain_draft, today, office.clerk, lenient=True)
    whole: dict[str, Value] = dict.fromkeys(field.name for field in ARCHIVE_ITEM.fields)
    said = {name: value for name, value in values.items() if value is not None and name != "org_or_subject"}
    problems += ARCHIVE_ITEM.check(whole | {"category": WS} | said)
    if "retention_period" in draft:
        tripwire.refuse("filing.retention_period", retention, clerk=office.clerk)
        found = retention_of(retention)
        if retention and retention != NOT_FILED and found not in RETENTIONS:
            problems.append(Problem("retention_period", t("filing.which_retention")))
        values["retention_period"] = found.word if found else None
        values["is_kept"] = 0 if retention == NOT_FILED else 1 if retention else None
    if values.get("org_or_subject"):
        scheme = scheme_of(office)
        values["org_or_subject"] = code = scheme.org_code(str(values["org_or_subject"]))
        if code not in scheme.orgs:
            problems.append(Problem("org_or_subject", t("filing.which_org", known="、".join(scheme.orgs.values()))))
    if problems:
        raise Invalid(problems)
    return {name: plain(value) for name, value in values.items()}


def _say(pen: Pen, key: str, said: Mapping[str, object]) -> int:
    """Note what is said of a document, the first time or again; return the line's id."""
    line = _line(pen, key)
    if line is None:
        register, row_id = source_of(key)
        if register is None:
            raise KeyError(key)
        records.get(pen.db, register, row_id)
        return filing.say(pen, (register.name, row_id), said)
    if line.item_id is not None:
        raise OfficeError("filing.is_filed")
    if line.register is None:  # no date of a book says its year
        said = {name: value for name, value in said.items() if value is not None or name != "archive_year"}
    filing.change(pen, line.id, said)
    return line.id


def _line(pen: Pen, key: str) -> Filing | None:
    register, row_id = source_of(key)
    return filing.get(pen.db, row_id) if register is None else filing.of_source(pen.db, register.name, row_id)
