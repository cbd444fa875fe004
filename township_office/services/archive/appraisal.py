# SPDX-License-Identifier: MulanPSL-2.0
"""鉴定 — what becomes of items whose period has run out: kept on for a longer one, or destroyed.

A group under the head of the office looks at each; what it says is approved; what goes is destroyed under the eyes of
two supervisors and stands in the 销毁清册 (档案法 art. 24, 机关档案管理规定). Destroyed items stay in the catalogue as
已销毁, and their numbers are never given again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from township_office.core.dates import show_date
from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Draft, Problem, Value
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.registers.archive.disposal import APPRAISAL, APPRAISAL_LINE, DESTROY, KEEP
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.retention import RETENTIONS, Retention, retention_of
from township_office.registers.status import APPRAISING, APPROVED, state_of
from township_office.registers.watch import EXPIRED
from township_office.services import browsing, children, records, tripwire
from township_office.services.archive.care import holder_words, out_now
from township_office.services.browsing import View
from township_office.services.office import Office, change
from township_office.store import appraisals as store_appraisals
from township_office.store import children as store_children
from township_office.store import records as store
from township_office.store.changelog import Pen
from township_office.store.records import Row

APPROVAL = ("approver", "approved_on")
DESTRUCTION = ("witness_one", "witness_two", "destroyed_on")
_BEGUN = ("begun_on", "title", "head", "members", "opinion", "remarks")


@dataclass(frozen=True, slots=True)
class Judged:
    """One item of an appraisal: its line (decision, extended_to, remarks) and the item itself."""

    line: Row
    item: Row

    @property
    def is_kept(self) -> bool:
        """Whether it is kept on."""
        return self.line["decision"] == KEEP


@dataclass(frozen=True, slots=True)
class Appraisal:
    """One appraisal in a list: its row, and how many items go and stay."""

    row: Row
    destroyed: int
    kept: int


def expired(office: Office, today: date) -> list[Row]:
    """Return the items whose period has run out and which nobody is appraising yet, oldest first."""
    taken = store_appraisals.open_items(office.db)
    ids = browsing.row_ids(office, ARCHIVE_ITEM, View(state=EXPIRED), today)
    items = browsing.rows(office, ARCHIVE_ITEM, [row_id for row_id in ids if row_id not in taken])
    return sorted(items, key=lambda item: (item["archive_year"] or 0, str(item["number"])))


def ends_in(item: Mapping[str, Value]) -> int | None:
    """Return the last year of an item's period, None for what is kept for ever or has no year."""
    period = retention_of(str(item["extended_to"] or item["retention_period"] or ""))
    year = item["archive_year"]
    return year + period.years if period and period.years and isinstance(year, int) else None


def appraisals(office: Office) -> list[Appraisal]:
    """Return every appraisal that is not void, the latest first."""
    counts = store_appraisals.decisions(office.db)
    ids = browsing.row_ids(office, APPRAISAL, View(), date.max)
    found = []
    for row in browsing.rows(office, APPRAISAL, ids):
        if row["voided_on"] is None:
            by = dict(counts.get(_id(row), ()))
            found.append(Appraisal(row, by.get(DESTROY, 0), by.get(KEEP, 0)))
    return found


def judged(office: Office, appraisal_id: int) -> list[Judged]:
    """Return the items of an appraisal by 档号, each with what was decided."""
    lines = children.children(office, APPRAISAL_LINE, appraisal_id)
    items = browsing.rows(office, ARCHIVE_ITEM, [int(str(line["item_id"])) for line in lines])
    both = [Judged(line, item) for line, item in zip(lines, items, strict=True)]
    return sorted(both, key=lambda one: (one.item["year"] or 0, str(one.item["series"]), one.item["sequence"] or 0))


def begin(office: Office, draft: Draft, item_ids: Sequence[int], today: date, progress: Progress = silent) -> Row:
    """开始鉴定: register an appraisal of these items, all of them to be destroyed as long as nothing else is said.

    Raise Invalid with every problem; OfficeError naming an item whose period still runs, or that is lent, gone or
    being appraised already.
    """
    if not item_ids:
        raise OfficeError("appraisal.nothing_chosen")
    begun = {name: text for name, text in draft.items() if name in _BEGUN}
    with change(office, t("verb.appraise")) as pen:
        row = records.register_document(office, APPRAISAL, begun, today)
        items = browsing.rows(office, ARCHIVE_ITEM, item_ids)
        check_free(office, items, today)
        _check_ended(items, today)
        for done, item in enumerate(items):
            progress(done, len(items))
            line: dict[str, Value] = {
                "item_id": _id(item), "title": item["title"], "decision": DESTROY, "extended_to": None, "remarks": None,
            }  # fmt: skip
            store_children.add(pen, APPRAISAL_LINE, _id(row), line)
        return row


def decide(office: Office, appraisal_id: int, line_ids: Iterable[int], extended_to: str, today: date) -> None:
    """Say of these items that they are kept on for a longer period, or, where it is "", that they go; all or none.

    Raise OfficeError where the period is not longer than the one that has run out, or has run out itself, or where
    the appraisal is approved already.
    """
    period = retention_of(extended_to)
    if extended_to and period not in RETENTIONS:
        raise OfficeError("appraisal.which_period", known="、".join(one.word for one in RETENTIONS))
    with change(office, t("verb.appraise")) as pen:
        _at(office, appraisal_id, (APPRAISING.key,))
        by_id = {_id(one.line): one for one in judged(office, appraisal_id)}
        for line_id in line_ids:
            one = by_id[line_id]
            if period is not None:
                _check_longer(one.item, period, today)
            said: dict[str, Value] = {
                "decision": KEEP if period else DESTROY, "extended_to": period.word if period else None,
            }  # fmt: skip
            store_children.change(pen, APPRAISAL_LINE, line_id, said, verb="change")


def note(office: Office, line_id: int, remarks: str, today: date) -> None:
    """Note why, beside one item."""
    children.correct_child(office, APPRAISAL_LINE, line_id, {"remarks": remarks}, today)


def take_out(office: Office, appraisal_id: int, line_ids: Iterable[int], today: date) -> None:
    """Leave these items out of an appraisal; they stand as 到期待鉴定 again. At least one stays in it."""
    with change(office, t("verb.appraise")) as pen:
        _at(office, appraisal_id, (APPRAISING.key,))
        gone = set(line_ids)
        if len(gone) >= len(children.children(office, APPRAISAL_LINE, appraisal_id)):
            raise OfficeError("appraisal.last_ones")
        void: dict[str, Value] = {
            "voided_on": today, "voided_by": office.clerk, "void_reason": t("appraisal.taken_out"),
        }  # fmt: skip
        for line_id in gone:
            store_children.change(pen, APPRAISAL_LINE, line_id, void, verb="void", why=t("appraisal.taken_out"))


def correct(office: Office, appraisal_id: int, draft: Draft, today: date) -> Row:
    """修改: who appraised, what was looked at, what the group says."""
    _at(office, appraisal_id, (APPRAISING.key, APPROVED.key))
    said = {name: text for name, text in draft.items() if name in _BEGUN}
    return records.correct(office, APPRAISAL, appraisal_id, said, today)


def approve(office: Office, appraisal_id: int, draft: Draft, today: date) -> Row:
    """批准: what the group says is approved, and stays as it is from now on."""
    with change(office, t("verb.approve")):
        _at(office, appraisal_id, (APPRAISING.key,))
        said = _demanded(draft, APPROVAL, office.clerk)
        return records.correct(office, APPRAISAL, appraisal_id, said, today)


def reopen(office: Office, appraisal_id: int, today: date) -> Row:
    """退回鉴定: the approval is taken back, so that lines can be decided anew."""
    with change(office, t("verb.reopen")):
        _at(office, appraisal_id, (APPROVED.key,))
        return records.correct(office, APPRAISAL, appraisal_id, dict.fromkeys(APPROVAL, ""), today)


def destroy(office: Office, appraisal_id: int, draft: Draft, today: date, progress: Progress = silent) -> Row:
    """销毁: what was decided happens, all of it at once, and is never taken back.

    The items that go bear day and number of the 销毁清册, the others their longer period. Where nothing goes no
    supervisors are asked for, and the appraisal is closed. Raise Invalid with every problem, OfficeError naming an
    item that is lent out or gone already.
    """
    with change(office) as pen:
        row = _at(office, appraisal_id, (APPROVED.key,))
        every = judged(office, appraisal_id)
        going = [one.item for one in every if not one.is_kept]
        said = _demanded(draft, DESTRUCTION, office.clerk) if going else {"closed_on": show_date(today)}
        row = records.correct(office, APPRAISAL, appraisal_id, said, today)
        _check_here(office, going, today)
        _check_ended(going, today)  # a year or a period may have been corrected since
        for done, one in enumerate(every):
            progress(done, len(every))
            _apply(pen, one, row)
    office.deeds.forget()  # what led here cannot be taken back step by step either
    return row


def drop(office: Office, appraisal_id: int, why: str, today: date) -> Row:
    """作废: an appraisal that was begun by mistake; its items stand as 到期待鉴定 again."""
    _at(office, appraisal_id, (APPRAISING.key, APPROVED.key))
    return records.void(office, APPRAISAL, appraisal_id, why, today)


def check_free(office: Office, items: Sequence[Row], today: date) -> None:
    """Raise OfficeError naming an item that is lent, gone or being appraised."""
    taken = store_appraisals.open_items(office.db)
    for item in items:
        if _id(item) in taken:
            raise OfficeError("appraisal.is_taken", code=_name(item), number=taken[_id(item)])
    _check_here(office, items, today)


def _apply(pen: Pen, one: Judged, row: Row) -> None:
    item_id = _id(one.item)
    if one.is_kept:
        change_to: dict[str, Value] = {"extended_to": one.line["extended_to"]}
    else:
        change_to = {"destroyed_on": row["destroyed_on"], "disposal_no": row["number"]}
    store.change(pen, ARCHIVE_ITEM, item_id, change_to, verb="change", why=str(row["number"]))


def _demanded(draft: Draft, names: Sequence[str], clerk: str) -> dict[str, str]:
    """Return these fields of a draft; raise Invalid naming those that are empty."""
    tripwire.refuse_fields(APPRAISAL, draft, clerk)
    missing = [name for name in names if not draft.get(name, "").strip()]
    if missing:
        raise Invalid([Problem(n, t("problem.required", label=APPRAISAL.field(n).label)) for n in missing])
    return {name: draft[name] for name in names}


def _at(office: Office, appraisal_id: int, standings: Sequence[str]) -> Row:
    """Return an appraisal; raise OfficeError unless it stands so."""
    row = records.not_void(office, APPRAISAL, appraisal_id)
    state = state_of(APPRAISAL, row, date.max)
    if state.key not in standings:
        raise OfficeError("appraisal.not_now", number=row["number"], standing=state.label)
    return row


def _check_here(office: Office, items: Sequence[Row], today: date) -> None:
    held = out_now(office, today) if items else {}
    for item in items:
        if item["voided_on"] is not None or item["destroyed_on"] is not None or item["transferred_on"] is not None:
            raise OfficeError("appraisal.is_gone", code=_name(item))
        if item["number"] in held:
            holder = holder_words(held[str(item["number"])])
            raise OfficeError("appraisal.is_lent", code=_name(item), holder=holder)


def _check_ended(items: Iterable[Row], today: date) -> None:
    for item in items:
        last = ends_in(item)
        if last is None or last >= today.year:
            period = str(item["extended_to"] or item["retention_period"] or t("appraisal.no_period"))
            raise OfficeError("appraisal.still_runs", code=_name(item), period=period)


def _check_longer(item: Row, period: Retention, today: date) -> None:
    if not _is_longer(item, period, today):
        before = str(item["extended_to"] or item["retention_period"])
        raise OfficeError("appraisal.not_longer", code=_name(item), before=before, period=period.word)


def _is_longer(item: Mapping[str, Value], period: Retention, today: date) -> bool:
    """Say whether a period, counted from an item's year, goes beyond its own and beyond this year."""
    last, year = ends_in(item), item["archive_year"]
    if period.years is None:
        return last is not None
    return isinstance(year, int) and last is not None and year + period.years > max(last, today.year - 1)


def _name(item: Row) -> str:
    return str(item["number"] or item["original_number"] or item["title"] or "")


def _id(row: Mapping[str, Value]) -> int:
    return int(str(row["id"]))
