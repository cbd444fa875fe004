# SPDX-License-Identifier: MulanPSL-2.0
"""利用与保管 — enter who used which archives and what went in and out; know what is out, and how the air moved.

档号 are read in any form people write them, and found by a few characters of the title. What is out is not lent a
second time, what is destroyed or handed over is used by nobody (机关档案管理规定: 查阅登记).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from township_office.core.dates import parse_date, parse_moment, show_date
from township_office.core.errors import Invalid
from township_office.core.fields import Draft, Problem, Register, Value
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.archive.care import (
    ACCESS_LOG,
    CLIMATE_LOG,
    LENDING,
    OUTWARDS,
    STACK_IN_OUT,
    SWINGS,
    codes_in,
    plain_reading,
    reading,
)
from township_office.registers.archive.codes import read_code
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.status import OUT, OVERDUE
from township_office.registers.steps import step
from township_office.services import browsing, records, steps, tripwire
from township_office.services.archive.scheme import scheme_of
from township_office.services.browsing import View
from township_office.services.office import Office, change
from township_office.services.search import Finder
from township_office.store import records as store
from township_office.store.records import Row

CODES, TITLE, COUNT = "reference_codes", "title", "item_count"
DAY, TIME = "measured_on", "measured_at"  # of a reading
_DECIDE = frozenset({CODES, "way", "direction", "returned_on"})  # whether an entry takes items out
_SHORTEST = 2  # characters before anything is proposed
_JOINT = "、"
_SIGNS = re.compile(r"[-·.．_/]+")  # between the parts of a 档号
_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Found:
    """An item that may be meant: its 档号 and its 题名 on one line."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Swing:
    """How far the air of a store moved since the reading before, on the same day or the day before."""

    day: date
    by: float
    name: str  # temperature or humidity


class ItemFinder:
    """Archive items for a line in which 档号 are typed; load() reads the catalogue, in a thread."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._finder = Finder(office, ARCHIVE_ITEM)

    def load(self) -> None:
        """Read the catalogue's text. Before, 档号 alone are found."""
        self._finder.load()

    def proposals(self, typed: str, today: date, limit: int = 8) -> list[Found]:
        """Return items in the store that typed may mean: by 档号, or by any piece of what is said of them."""
        meant = item_of(self._office, typed)
        found = [meant] if meant is not None else []
        if len(typed.strip()) >= _SHORTEST and self._finder.is_ready:
            for row_id in self._hits(typed, today):
                if len(found) == limit:
                    break
                row = records.get(self._office, ARCHIVE_ITEM, row_id)
                if row["number"] is not None and _is_here(row) and row not in found:
                    found.append(row)
        return [Found(str(row["number"]), one_line(row)) for row in found]

    def _hits(self, typed: str, today: date) -> Iterator[int]:
        """Yield what typed names as it stands, then what has each of its pieces: 2025-D30-12 for 2025-D30-BGS-0012."""
        yield from self._finder.hits(typed, View(), today)
        if (pieces := _SIGNS.sub(" ", typed)) != typed:
            yield from self._finder.hits(pieces, View(), today)


def item_of(office: Office, typed: str) -> Row | None:
    """Return the item whose 档号 was typed in any form (z109-ws.2011-y-bgs-1), None when there is none."""
    for code in _forms(office, typed):
        for row_id in store.ids_with_number(office.db, ARCHIVE_ITEM, code):
            return records.get(office, ARCHIVE_ITEM, row_id)
    return None


def one_line(item: Row) -> str:
    """Return the 题名 of an item on one line."""
    return " ".join(str(item["title"] or "").split("\n"))


def register(office: Office, book: Register, draft: Draft, today: date) -> Row:
    """登记: write an entry into one of the books of care; 档号 in their usual form, 题名 and 件数 filled in.

    Raise Invalid with every problem: also where an item is out already, destroyed or handed over.
    """
    tripwire.refuse_fields(book, draft, office.clerk)
    whole = _completed(office, book, draft, today)
    with change(office, t("verb.add")):
        problems = _refusals(office, book, whole, today)
        if problems:
            raise Invalid(problems)
        return records.register_document(office, book, whole, today)


def correct(office: Office, book: Register, row_id: int, draft: Draft, today: date) -> Row:
    """修改: as records.correct, with readings and 档号 in their usual form; nothing goes out that is out or gone."""
    tripwire.refuse_fields(book, draft, office.clerk)
    with change(office, t("verb.change")):
        row = records.get(office, book, row_id)
        before = {field.name: show(field, row[field.name]) for field in book.fields}
        said = _plain(office, draft) | _on_its_day(before | dict(draft), today)
        changed = {name: text for name, text in said.items() if text != before.get(name)}
        if _DECIDE & changed.keys():
            problems = _refusals(office, book, before | changed, today, str(row["number"]))
            if problems:
                raise Invalid(problems)
        return records.correct(office, book, row_id, changed, today)


def give_back(office: Office, book: Register, row_id: int, today: date) -> Row:
    """归还: back today, and whole. Raise OfficeError when it is not out."""
    one = step(book.name, "give_back")
    draft = steps.draft_of(book, records.get(office, book, row_id), one)
    return steps.take_step(office, book, row_id, one.key, draft, today)


def out_now(office: Office, today: date) -> dict[str, Row]:
    """Return the open entry of each 档号 that is lent or out of the store."""
    found: dict[str, Row] = {}
    for book in (STACK_IN_OUT, ACCESS_LOG):
        for state in (OUT, OVERDUE):
            ids = browsing.row_ids(office, book, View(state=state.key), today)
            for row in browsing.rows(office, book, ids):
                found |= dict.fromkeys(codes_in(str(row[CODES])), row)
    return found


def holder_words(row: Mapping[str, Value]) -> str:
    """Return who has what an open entry took out, since when: 刘敏（11-20 起）."""
    who = str(row.get("reader") or row["handled_by"] or row["number"])
    since = row.get("used_on") or row.get("moved_on")
    return t("care.holder", who=who, since=show_date(since) if isinstance(since, date) else "")


def swings(office: Office, first: date, last: date) -> list[Swing]:
    """Return where the air moved further than a store's may, from first to last, the latest first."""
    readings = [row for year in {first.year - 1, first.year, last.year} for row in _readings(office, year)]
    readings.sort(key=lambda row: (str(row["measured_on"]), str(row["measured_at"] or ""), int(str(row["id"]))))
    found: list[Swing] = []
    for before, row in pairwise(readings):
        earlier, day = before["measured_on"], row["measured_on"]
        assert isinstance(earlier, date)
        assert isinstance(day, date)
        if first <= day <= last and day - earlier <= _DAY:
            found += _moved(before, row, day)
    return found[::-1]


def is_read_today(office: Office, today: date) -> bool:
    """Say whether the air was noted today."""
    return any(row["measured_on"] == today for row in _readings(office, today.year))


def _moved(before: Row, row: Row, day: date) -> Iterator[Swing]:
    for name, most in SWINGS.items():
        was, is_now = reading(before[name]), reading(row[name])
        if was is not None and is_now is not None and abs(is_now - was) > most:
            yield Swing(day, round(is_now - was, 2), name)


def _readings(office: Office, year: int) -> list[Row]:
    rows = browsing.rows(office, CLIMATE_LOG, browsing.row_ids(office, CLIMATE_LOG, View(year), date.max))
    return [row for row in rows if row["voided_on"] is None]


def _is_here(item: Row) -> bool:
    return item["voided_on"] is None and item["destroyed_on"] is None and item["transferred_on"] is None


def _forms(office: Office, typed: str) -> Iterator[str]:
    """Yield what may stand in the catalogue for a 档号 as it was typed: as it is, then by each template."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    yield plain
    whole = re.sub(r"[.．_/]", "·", plain)
    scheme = scheme_of(office)
    for template in dict.fromkeys(scheme.templates.values()):
        segments = read_code(template, whole)
        if segments is not None:
            yield scheme.code(segments)
            yield scheme.code(replace(segments, fonds=scheme.fonds_no))


def _plain(office: Office, draft: Draft) -> dict[str, str]:
    """Bring readings and 档号 into their usual form; a 档号 that nobody knows stays as it was typed."""
    whole = dict(draft)
    for name in SWINGS.keys() & whole.keys():
        whole[name] = plain_reading(whole[name])
    if CODES in whole:
        items = ((code, item_of(office, code)) for code in codes_in(whole[CODES]))
        whole[CODES] = _JOINT.join(dict.fromkeys(str(item["number"]) if item else code for code, item in items))
    return whole


def _completed(office: Office, book: Register, draft: Draft, today: date) -> dict[str, str]:
    """Fill in what the catalogue knows: 题名 of an item that is used, 件数 of what goes in or out."""
    whole = _plain(office, draft) | _on_its_day(draft, today)
    codes = codes_in(whole.get(CODES, ""))
    if book is ACCESS_LOG and not whole.get(TITLE, "").strip():
        whole[TITLE] = titles_of(office, codes)
    if book is STACK_IN_OUT and not whole.get(COUNT, "").strip() and codes:
        whole[COUNT] = str(len(codes))
    return whole


def _on_its_day(draft: Draft, today: date) -> dict[str, str]:
    """Return the time of a reading as one of the day it is noted for, also where that day is caught up with later."""
    with suppress(ValueError):
        day = parse_date(draft.get(DAY, ""), today)
        moment = parse_moment(draft.get(TIME, ""), datetime.combine(day, datetime.now().time()))
        return {TIME: " ".join((show_date(day), *moment.split()[1:]))}
    return {}


def titles_of(office: Office, codes: Sequence[str]) -> str:
    """Return the 题名 of items by their 档号, one a line, as far as they are known and there is room."""
    known = (item_of(office, code) for code in codes)
    lines = [one_line(item) for item in known if item is not None]
    longest = ACCESS_LOG.field(TITLE).max_length
    while len("\n".join(lines)) > longest:
        lines = lines[:-1]
    return "\n".join(lines)


def _refusals(office: Office, book: Register, draft: Draft, today: date, own: str = "") -> list[Problem]:
    """Return what speaks against the items an entry names, on the day it is about; own: its number, if any."""
    day = today
    with suppress(ValueError):
        day = parse_date(draft.get(book.dated_by, ""), today)
    codes = codes_in(draft.get(CODES, ""))
    goes_out = LENDING in draft.get("way", "") or draft.get("direction", "") == OUTWARDS
    is_out = goes_out and not draft.get("returned_on", "").strip()
    comes_in = book is STACK_IN_OUT and not goes_out
    held = out_now(office, today) if (is_out or comes_in) and codes else {}
    problems = []
    for code in codes:
        item = item_of(office, code)
        gone: Value = item["destroyed_on"] or item["transferred_on"] if item else None
        holds = held.get(code)
        if item is not None and isinstance(gone, date) and (is_out or gone <= day):
            key = "care.is_destroyed" if item["destroyed_on"] else "care.is_transferred"
            problems.append(Problem(CODES, t(key, code=code, day=show_date(gone))))
        elif holds is not None and holds["number"] != own and (is_out or "moved_on" in holds):
            key = "care.is_out" if is_out else "care.comes_back"
            problems.append(Problem(CODES, t(key, code=code, holder=holder_words(holds), number=holds["number"])))
    return problems
