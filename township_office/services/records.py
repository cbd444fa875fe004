# SPDX-License-Identifier: MulanPSL-2.0
"""What a clerk does with a register: register a document, correct it, void it, look back on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from township_office.core.dates import show_date
from township_office.core.docnumber import canonical_doc_number
from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Book, Draft, Field, Kind, Problem, Register, Value
from township_office.core.gate import clean_text
from township_office.core.searchkeys import fold, initials
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers import CHILDREN
from township_office.registers.archive.happened import dated_ahead
from township_office.registers.series import YEARLY, number_text, read_sequence
from township_office.registers.status import state_of
from township_office.services import numbers, replies, tripwire, voids
from township_office.services.office import Office, change
from township_office.services.roster.one_a_day import refuse_second
from township_office.store import changelog, records, views
from township_office.store import numbers as store_numbers
from township_office.store.records import Row

MAX_REASON = 500
_LONGEST = 500  # characters of a text that is looked for
_ALIKE = 0.92  # share of a title that must be the same for a duplicate warning
_DONE = frozenset({"completed", "replied", "returned", "dispatched", "filed", "handed_over", "reported"})  # standings
_CHILD_VERBS = {"add": "child", "change": "change_child", "void": "void_child"}
_CLOSED_BY = ("completed_on", "returned_on", "filed_on")
_RECENT = 300  # rows looked at for near-equal titles and completions


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column of a change, as the clerk reads it."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class FieldPast:
    """One change of one field: at is ISO seconds, why the reason, or else what was done."""

    at: str
    clerk: str
    old: str
    new: str
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of a row's history: at is ISO seconds, verb the clerk's word for what was done.

    part and whose say what of the paper it was done to, when not to the row itself: 传阅, 孙志强.
    """

    at: str
    clerk: str
    verb: str
    why: str
    fields: tuple[FieldChange, ...]
    part: str = ""
    whose: str = ""


def register_document(office: Office, register: Register, draft: Draft, today: date) -> Row:
    """Check the draft, number it and write it into the book, all in one transaction.

    draft may name a "series" (code or name) and, under register.number_name, a free number to use. An outgoing
    document without 签发日期 is a draft of its series: it gets its number when it is signed (条例 art. 25).
    Raise Invalid with every problem; no number is spent then.
    """
    record = tripwire.clean(register, draft, today, office.clerk)
    if ahead := dated_ahead(register, record, today):
        raise Invalid(ahead)
    day = record[register.dated_by]
    with change(office, t("verb.add")) as pen:
        refuse_second(pen.db, register, record)
        if isinstance(day, date):
            own = _numbered(office, register, draft, day, today)
        else:
            record["drafted_on"] = drafted = record["drafted_on"] or today
            assert isinstance(drafted, date)
            series = numbers.pick_series(office, register, draft.get("series", ""))
            own = {"series": series.code, "year": drafted.year, "entry": "live"}
        row_id = records.add(pen, register, record | own)
        replies.note_number(pen, register, records.get(pen.db, register, row_id))
        return get(office, register, row_id)  # read before it is kept: what is kept is never told as failed


def correct(office: Office, register: Register, row_id: int, draft: Draft, today: date, why: str = "") -> Row:
    """Change the fields named in draft and keep the old values in the history; a number once given stays as it is.

    A draft that is signed now takes its number now, as in register_document. What is done with (办结, 发出, 归档) is
    changed with a reason only, and no paper is closed while a copy is out. Raise Invalid with every problem,
    OfficeError for a void row.
    """
    reason = checked_reason(why, office.clerk)
    with change(office, t("verb.change")) as pen:
        row = not_void(office, register, row_id)
        changes = _changes(office, register, row, draft, today)
        refuse_second(pen.db, register, changes, row_id)
        if not reason and is_done(register, row, today) and any(row[name] is not None for name in _real(row, changes)):
            raise Invalid([Problem("why", t("problem.done_needs_reason"))])
        if row.get("holder") and any(changes.get(name) is not None and row[name] is None for name in _CLOSED_BY):
            raise OfficeError("error.still_out", readers=row["holder"])
        day = changes.get(register.dated_by)
        if awaits_number(row):
            wanted = {"series": str(row["series"] or "")} | dict(draft)
            if isinstance(day, date):
                changes |= _numbered(office, register, wanted, day, today)
            else:
                changes["series"] = numbers.pick_series(office, register, wanted["series"]).code
        records.change(pen, register, row_id, changes, verb="change", why=reason)
        if row.get("reply_to") != changes.get("reply_to", row.get("reply_to")):
            replies.forget_number(pen, register, row)
        if {"number", "reply_to"} & changes.keys():
            replies.note_number(pen, register, records.get(pen.db, register, row_id))
        return get(office, register, row_id)


def awaits_number(row: Mapping[str, Value]) -> bool:
    """Say whether a row is a draft still: it gets its number when it is signed."""
    return row["number"] is None and row["entry"] != "imported" and row["voided_on"] is None


def first_draft(office: Office, register: Register, today: date) -> dict[str, str]:
    """起草: return what an empty form says of a document that is not signed yet; its clerk drafted it today."""
    return {register.dated_by: "", "drafted_on": show_date(today), "drafter": office.clerk}


def is_done(register: Register, row: Mapping[str, Value], today: date) -> bool:
    """Say whether a row is done with: completed, sent out, returned or filed."""
    return state_of(register, row, today).key in _DONE


def void(office: Office, register: Register, row_id: int, why: str, today: date) -> Row:
    """作废: mark a row void with its reason; it stays visible and its number is never given again."""
    reason = checked_reason(why, office.clerk)
    if not reason:
        raise OfficeError("error.void_needs_reason")
    changes: dict[str, Value] = {"voided_on": today, "voided_by": office.clerk, "void_reason": reason}
    with change(office, t("verb.void")) as pen:
        row = not_void(office, register, row_id)
        records.change(pen, register, row_id, changes, verb="void", why=reason)
        voids.let_go(pen, register, row, reason)
        return get(office, register, row_id)


def get(office: Office, register: Register, row_id: int) -> Row:
    """Return one row; raise OfficeError when there is none."""
    try:
        return records.get(office.db, register, row_id)
    except KeyError:
        raise OfficeError("error.no_row", number=row_id) from None


def by_number(office: Office, register: Register, number: str) -> Row:
    """Return the row that bears number, in any spelling, or else in their own ledger; raise OfficeError unless one."""
    number = clean_text(number)
    for found in _bearing(office, register, number):
        if len(found) > 1:
            raise OfficeError("error.number_twice", number=number, count=len(found))
        if found:
            return get(office, register, found[0])
    raise OfficeError("error.no_row", number=number)


def _bearing(office: Office, register: Register, number: str) -> Iterator[Sequence[int]]:
    """Yield the ids of the rows that bear number: as written, as a 文号, by year and sequence, as in their ledger."""
    yield records.ids_with_number(office.db, register, number)
    yield records.ids_with_number(office.db, register, canonical_doc_number(number))
    read = read_sequence(number, None)
    if read is not None and read[0] is not None and register.number_name == "number":
        for series in numbers.all_series(office, register):
            if series.reset == YEARLY:
                yield records.ids_with_number(office.db, register, number_text(series, read[0], read[1]))
        yield records.ids_where(office.db, register, "period = ? AND sequence = ?", list(read))
    yield records.ids_where(office.db, register, "original_number = ?", [number])


def history(office: Office, register: Register, row_id: int) -> list[Change]:
    """Return what was done to a row, oldest first, in words."""
    return [told for _, told in _told(office, register, row_id)]


def whole_story(office: Office, register: Register, row_id: int) -> list[Change]:
    """Return what was done to a row and to all that belongs to it (传阅, 催办, 分发), oldest first, in words."""
    found = [(entry["seq"], told) for entry, told in _told(office, register, row_id)]
    for child in (child for child in CHILDREN if child.parent == register.name):
        name = next(field.name for field in child.fields if field.kind is Kind.NAME)
        names: dict[object, object] = {}
        for entry in changelog.of_children(office.db, child.name, row_id):
            assert isinstance(entry["after"], dict)
            names[entry["row_id"]] = who = entry["after"].get(name) or names.get(entry["row_id"], "")
            key = _CHILD_VERBS.get(str(entry["verb"]), str(entry["verb"]))
            told = _change(child, entry, t(f"verb.{key}", what=child.title))
            found.append((entry["seq"], replace(told, part=child.title, whose=str(who))))
    return [told for _, told in sorted(found, key=lambda pair: int(str(pair[0])))]


def field_history(office: Office, register: Register, row_id: int) -> dict[str, list[FieldPast]]:
    """Return for each field that was changed since the row was registered who changed it from what, oldest first."""
    found: dict[str, list[FieldPast]] = {}
    names = {field.label: field.name for field in register.fields}
    for entry in history(office, register, row_id)[1:]:
        for one in entry.fields:
            past = FieldPast(entry.at, entry.clerk, one.old, one.new, entry.why or entry.verb)
            found.setdefault(names[one.label], []).append(past)
    return found


def lookalikes(office: Office, register: Register, draft: Draft, today: date) -> list[Row]:
    """Return rows that may be the same paper: the same 文号, or a nearly equal title; at most five, likeliest first."""
    number, sender = (clean_text(draft.get(name, "")[:_LONGEST]) for name in ("doc_number", "sender"))
    typed = clean_text(draft.get("title", "")[:_LONGEST], lines=True)
    title = fold(typed)
    number = canonical_doc_number(number) if register.number_name == "number" else ""
    same = records.ids_where(office.db, register, "doc_number = ?", [number], 20) if number else []
    found = dict.fromkeys(same, 1.0)
    if len(title) >= 6:
        equal = records.ids_where(office.db, register, "entry IN ('live', 'backdated') AND title = ?", [typed], 20)
        recent = records.ids_where(office.db, register, "title IS NOT NULL", [], _RECENT)
        candidates = records.get_many(office.db, register, list(dict.fromkeys([*equal, *recent])))
        for row in candidates:
            likeness = _likeness(title, fold(str(row["title"] or "")))
            if likeness >= _ALIKE and not (sender and row.get("sender") not in (None, sender)):
                found.setdefault(int(str(row["id"])), likeness)
    best = sorted(found, key=lambda row_id: (-found[row_id], -row_id))
    return [row for row in records.get_many(office.db, register, best) if row["voided_on"] is None][:5]


def completions(office: Office, book: Book, field_name: str, typed: str, limit: int = 8) -> list[str]:
    """Return former entries of a NAME field that begin with, or hold, typed or its pinyin initials; likeliest first."""
    if book.field(field_name).kind is not Kind.NAME:
        return []
    key = fold(clean_text(typed))
    ranked: list[tuple[int, int, str]] = []
    for order, (text, times, _latest) in enumerate(views.distinct(office.db, book, field_name, 10 * _RECENT)):
        rank = _rank(key, text)
        if rank is not None and text != typed:
            ranked.append((rank, order - 3 * min(times, 30), text))
    return [text for _, _, text in sorted(ranked)[:limit]]


def last_row(office: Office, register: Register) -> Row | None:
    """Return the row registered last, for 同上一件; void and imported ones do not count."""
    row_id = views.latest_typed(office.db, register)
    return None if row_id is None else get(office, register, row_id)


def _real(row: Row, changes: Mapping[str, Value]) -> list[str]:
    """Return the fields that change, were filled before, and so are corrected rather than filled in."""
    return [name for name, value in changes.items() if name in row and row[name] != value]


def _numbered(office: Office, register: Register, draft: Draft, day: date, today: date) -> dict[str, Value]:
    """Take the number of a row dated day, and give back the reservation it was kept by."""
    with change(office) as pen:
        numbered = numbers.allot(office, register, draft, day, today)
        for kept in store_numbers.reservations(pen.db, register, numbered.series.code, numbered.period):
            if kept.sequence == numbered.sequence:
                store_numbers.release(pen, kept.id, today, t("verb.number_used"))
    return numbers.own_columns(numbered)


def not_void(office: Office, register: Register, row_id: int) -> Row:
    """Return one row; raise OfficeError when there is none, or when it is void and so no longer changed."""
    row = get(office, register, row_id)
    if row["voided_on"] is not None:
        raise OfficeError("error.is_void", number=row["number"] or row["original_number"] or f"#{row_id}")
    return row


def _changes(office: Office, register: Register, row: Row, draft: Draft, today: date) -> dict[str, Value]:
    """Read the corrected fields of a row; raise Invalid with every problem."""
    is_ours = row["entry"] != "imported"
    fields = {name: text for name, text in draft.items() if name not in (register.number_name, "series")}
    changes, problems = tripwire.read(register, fields, today, office.clerk, lenient=not is_ours)
    if not problems and is_ours:
        problems.extend(register.check(row | changes))
    problems.extend(dated_ahead(register, changes, today))
    problems.extend(_year_problem(office, register, row, changes))
    if problems:
        raise Invalid(problems)
    day = changes.get(register.dated_by)
    if isinstance(day, date):
        changes["year"] = day.year
    return changes


def _year_problem(office: Office, register: Register, row: Row, changes: Mapping[str, Value]) -> list[Problem]:
    """A numbered row cannot move to another year or lose its day: its number would lie."""
    day = changes.get(register.dated_by)
    if register.dated_by in changes and day is None and row["sequence"] is not None:
        return [Problem(register.dated_by, t("problem.number_needs_day", number=row["number"]))]
    if not isinstance(day, date) or row["sequence"] is None or day.year == row["year"]:
        return []
    series = next((one for one in numbers.all_series(office, register) if one.code == row["series"]), None)
    is_yearly = series is not None and series.reset == YEARLY and row["period"] != day.year
    if not is_yearly and str(row["year"]) not in str(row["number"]):
        return []
    return [Problem(register.dated_by, t("problem.year_moves", number=row["number"], year=row["year"]))]


def checked_reason(why: str, clerk: str) -> str:
    """Return a reason as it is kept; raise OfficeError when it is too long or bears a state-secret mark."""
    reason = clean_text(why)
    if len(reason) > MAX_REASON:
        raise OfficeError("error.reason_too_long", limit=MAX_REASON)
    tripwire.refuse("reason", reason, clerk=clerk)
    return reason


def _told(office: Office, register: Register, row_id: int) -> list[tuple[Mapping[str, object], Change]]:
    """Return each entry of a row with what it says in words."""
    entries = changelog.of_row(office.db, register.name, row_id)
    return [(entry, _change(register, entry, t(f"verb.{entry['verb']}"))) for entry in entries]


def _change(book: Book, entry: Mapping[str, object], verb: str) -> Change:
    fields = tuple(_field_changes(book, entry["before"], entry["after"]))
    return Change(str(entry["at"]), str(entry["clerk"]), verb, str(entry["why"]), fields)


def _field_changes(book: Book, before: object, after: object) -> list[FieldChange]:
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    labels = {field.name: field for field in book.fields}
    return [
        FieldChange(labels[name].label, _words(labels[name], before.get(name)), _words(labels[name], after.get(name)))
        for name in labels
        if name in before or name in after
    ]


def _words(field: Field, raw: Value) -> str:
    return show(field, bool(raw)) if field.kind is Kind.YES_NO and raw is not None else show(field, raw)


def _likeness(one: str, other: str) -> float:
    from difflib import SequenceMatcher  # only where a paper is typed

    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()


def _rank(key: str, text: str) -> int | None:
    folded = fold(text)
    if not key:
        return 3
    if folded.startswith(key):
        return 0
    letters = initials(folded).split(" ") if key.isascii() else []
    if any(word.startswith(key) for word in letters):
        return 1
    if key in folded or any(key in word for word in letters):
        return 2
    return None
