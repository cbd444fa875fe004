# SPDX-License-Identifier: MulanPSL-2.0
"""What a hand decides of the year's documents before they are filed; each decision is kept at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Draft, Problem, Value
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.retention import NOT_FILED, RETENTIONS, retention_of
from township_office.services import tripwire
from township_office.services.archive.proposal import source_of
from township_office.services.archive.scheme import scheme_of
from township_office.services.office import Office, change
from township_office.store import filing, records
from township_office.store.changelog import Pen
from township_office.store.children import plain
from township_office.store.filing import Filing

# What a draft may say, in the names of the item's fields.
DECIDED = ("retention_period", "org_or_subject", "category", "doc_number", "responsible_body", "title", "dated_on",
           "page_count", "remarks", "archive_year")  # fmt: skip


def decide(office: Office, year: int, keys: Sequence[str], draft: Draft, today: date) -> None:
    """Set fields of documents of a year's filing, the same in each (fill-down); "" goes back to what is proposed.

    retention_period may be 不归档. Raise Invalid naming each field that cannot be so; nothing is set then.
    """
    said = _read(office, draft, today)
    with change(office) as pen:
        for key in keys:
            _say(pen, year, key, said)


def join(office: Office, year: int, main: str, others: Sequence[str]) -> None:
    """组件: put documents into the item of main; what lay in them comes along. Raise OfficeError for main itself."""
    if main in others:
        raise OfficeError("filing.join_itself")
    with change(office) as pen:
        main_id = _say(pen, year, main, {"main_id": None})
        for key in others:
            filing_id = _say(pen, year, key, {"main_id": main_id})
            for line in filing.of_year(pen.db, year):
                if line.said["main_id"] == filing_id:
                    filing.change(pen, line.id, {"main_id": main_id})


def split(office: Office, year: int, keys: Sequence[str]) -> None:
    """拆件: let documents be items of their own again."""
    with change(office) as pen:
        for key in keys:
            _say(pen, year, key, {"main_id": None})


def move_behind(office: Office, year: int, key: str, anchor: str) -> None:
    """排列: let an item stand behind another of its class, at the head of the class where anchor is ""."""
    with change(office) as pen:
        anchor_id = _say(pen, year, anchor, {}) if anchor else 0
        line = _line(pen, key)
        if line is not None and line.id == anchor_id:
            return
        own_id = _say(pen, year, key, {})
        for other in filing.of_year(pen.db, year):  # what stood behind it closes up
            if other.said["behind_id"] == own_id and other.id != own_id:
                filing.change(pen, other.id, {"behind_id": anchor_id})
        _say(pen, year, key, {"behind_id": anchor_id})


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
        return f"filing:{filing.say(pen, (None, None, year), said)}"


def _read(office: Office, draft: Draft, today: date) -> dict[str, object]:
    unknown = draft.keys() - set(DECIDED)
    if unknown:
        raise KeyError(*unknown)
    retention = clean_text(draft.get("retention_period", ""))
    plain_draft = {name: text for name, text in draft.items() if name != "retention_period"}
    values, problems = tripwire.read(ARCHIVE_ITEM, plain_draft, today, office.clerk, lenient=True)
    problems += ARCHIVE_ITEM.check(_blank() | values)
    if "retention_period" in draft:
        tripwire.refuse("filing.retention_period", retention, clerk=office.clerk)
        found = retention_of(retention)
        if retention and retention != NOT_FILED and found not in RETENTIONS:
            problems.append(Problem("retention_period", t("filing.which_retention")))
        values["retention_period"] = found.word if found else None
        values["is_kept"] = 0 if retention == NOT_FILED else 1 if retention else None
    if problems:
        raise Invalid(problems)
    if values.get("org_or_subject"):
        values["org_or_subject"] = scheme_of(office).org_code(str(values["org_or_subject"]))
    if "archive_year" in values and values["archive_year"] is None:
        del values["archive_year"]
    return {name: plain(value) for name, value in values.items()}


def _blank() -> dict[str, Value]:
    return dict.fromkeys((field.name for field in ARCHIVE_ITEM.fields), None) | {"category": "WS"}


def _say(pen: Pen, year: int, key: str, said: Mapping[str, object]) -> int:
    """Note what is said of a document, the first time or again; return the line's id."""
    line = _line(pen, key)
    if line is None:
        register, row_id = source_of(key)
        assert register is not None
        records.get(pen.db, register, row_id)
        return filing.say(pen, (register.name, row_id, year), said)
    if line.item_id is not None:
        raise OfficeError("filing.is_filed")
    if said:
        filing.change(pen, line.id, said)
    return line.id


def _line(pen: Pen, key: str) -> Filing | None:
    register, row_id = source_of(key)
    return filing.get(pen.db, row_id) if register is None else filing.of_source(pen.db, register.name, row_id)
