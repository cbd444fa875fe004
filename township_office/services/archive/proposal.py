# SPDX-License-Identifier: MulanPSL-2.0
"""归档方案 — what the year's documents would become: which are filed, for how long, under whom, in which order.

Nothing is written here. What a hand has decided of a document (store.filing) stands above what is proposed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from township_office.core.fields import Register
from township_office.core.text import t
from township_office.registers import BY_NAME
from township_office.registers.archive.codes import WS, Segments
from township_office.registers.archive.filing import arranged, behind, issuer_of, origin_of
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.retention import (
    ALL_RETENTIONS,
    NOT_FILED,
    OWN,
    THIRTY,
    Rule,
    propose,
    retention_of,
)
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import ACT, RECEIPT
from township_office.services.archive.scheme import BY_SUBJECT, Scheme, retention_table, scheme_of
from township_office.services.office import Office
from township_office.services.settings import get_setting, pairs_of
from township_office.store import archive, filing, records
from township_office.store.filing import Filing
from township_office.store.records import Row

_BOOKS = (RECEIPT, DISPATCH)
_RETENTION_PLACES = {one.word: place for place, one in enumerate(ALL_RETENTIONS)}


@dataclass(frozen=True, slots=True)
class Proposed:
    """One item as it would be filed. key names its main document: "receipt:12", "dispatch:3", "filing:9" (in no book).

    retention is a period in full words or NOT_FILED. reason says in words why a person should look ("" : no need).
    by_hand: the fields that were set by hand. item_no and reference_code are 0 and "" for what is not filed.
    """

    key: str
    members: tuple[str, ...]  # keys of the other documents in the item
    filing_id: int
    number: str  # 收文编号 or 发文字号
    doc_number: str
    responsible_body: str
    title: str
    dated_on: date | None
    page_count: int | None
    category: str
    year: int
    retention: str
    org: str
    remarks: str
    components: str
    matter: str  # the line of the retention table it falls under
    source: str  # where that line is from
    reason: str
    secrecy_level: str = ""
    openness: str = ""
    by_hand: frozenset[str] = frozenset()
    behind_id: int | None = None
    item_no: int = 0
    reference_code: str = ""
    has_reply: str = ""  # 复文号 of a receipt, 答复来文 of a dispatch: what it could be joined with
    holder: str = ""  # who has a copy of a paper in it
    is_open: bool = False  # one of its documents is not done with; filed, it is in no list of what is due any more

    @property
    def is_filed(self) -> bool:
        """Whether it becomes an item."""
        return self.retention != NOT_FILED

    @property
    def is_out(self) -> bool:
        """Whether it is to be filed, and waits for a copy to come back."""
        return self.is_filed and bool(self.holder)


@dataclass(frozen=True, slots=True)
class Plan:
    """A year's filing. items stand by 档号; left_out are the documents that are not filed; filed counts what is.

    waiting are items of which a copy is still out: no paper is filed before it is back. unfinished are those that are
    not done with, and are proposed again; with_unfinished: they are among the items.
    """

    year: int
    scheme: Scheme
    items: tuple[Proposed, ...]
    waiting: tuple[Proposed, ...]
    unfinished: tuple[Proposed, ...]
    left_out: tuple[Proposed, ...]
    filed: int
    with_unfinished: bool

    @property
    def all(self) -> tuple[Proposed, ...]:
        """Everything the filing is about."""
        return (*self.items, *self.waiting, *self.unfinished, *self.left_out)

    def find(self, key: str) -> Proposed:
        """Return the item whose main document is key; KeyError when there is none."""
        for one in self.all:
            if one.key == key:
                return one
        raise KeyError(key)


@dataclass(slots=True)
class _Desk:
    """All that a proposal is made from."""

    year: int
    scheme: Scheme
    rules: Sequence[Rule]
    office_name: str
    bodies: Mapping[str, str]
    said: Mapping[str, Filing]
    seen: dict[tuple[str, str], str]  # the number of each paper that is filed, by 文号 and title


def propose_year(office: Office, year: int, *, with_unfinished: bool | None = None) -> Plan:
    """Return what the filing of year would be now.

    What is not done with is filed another day (DA/T 22: 办理完毕) unless with_unfinished. None: it waits, but where the
    office has not noted of a single document of the year that it is done with, that tells nothing, and all is filed.
    """
    if with_unfinished is None:
        with_unfinished = not any(filing.has_done(office.db, register, year) for register in _BOOKS)
    scheme = scheme_of(office)
    lines = filing.of_year(office.db, year)
    desk = _Desk(
        year, scheme, retention_table(office), get_setting(office, "office.name"),
        dict(pairs_of(get_setting(office, "archive.bodies"))), {key_of(line): line for line in lines},
        archive.papers_of_year(office.db, year),
    )  # fmt: skip
    found = [_of_row(desk, register.name, row) for register in _BOOKS for row in _rows(office, register, year)]
    found += [_of_nobody(desk, line) for line in lines if line.register is None and not line.is_gone]
    whole = _joined(found, desk)
    here = [one for one in whole if one.is_filed and not one.is_out]
    kept = [one for one in here if with_unfinished or not one.is_open]
    unfinished = () if with_unfinished else tuple(one for one in here if one.is_open)
    waiting = tuple(replace(one, reason=t("filing.still_out", holder=one.holder)) for one in whole if one.is_out)
    rest = tuple(one for one in whole if not one.is_filed)
    filed = len(archive.items_of_year(office.db, year))
    return Plan(year, scheme, _numbered(office, scheme, kept), waiting, unfinished, rest, filed, with_unfinished)


def key_of(line: Filing) -> str:
    """Return the key of a line of the filing."""
    return f"filing:{line.id}" if line.register is None else f"{line.register}:{line.source_id}"


def source_of(key: str) -> tuple[Register | None, int]:
    """Return the book (None: none) and the id of what a key names; KeyError when it names nothing of ours."""
    name, _, number = key.partition(":")
    if name != "filing" and name not in {book.name for book in _BOOKS}:
        raise KeyError(key)
    return (None if name == "filing" else BY_NAME[name]), int(number)


def _rows(office: Office, register: Register, year: int) -> list[Row]:
    return records.get_many(office.db, register, filing.candidates(office.db, register, year))


def _of_row(desk: _Desk, register: str, row: Row) -> Proposed:
    is_own = register == DISPATCH.name
    title = str(row["title"] or "")
    number = str(row["number"] or row["original_number"] or "")
    doc_number = number if is_own else str(row["doc_number"] or "")
    sender = issuer_of(doc_number, desk.office_name, desk.bodies) if is_own else str(row["sender"] or "")
    origin = OWN if is_own else origin_of(sender, desk.office_name)
    found = propose(desk.rules, title, origin)
    retention = THIRTY.word if found is None else found.rule.retention.word if found.rule.retention else NOT_FILED
    reason = t("filing.look_at_retention") if found is None or found.needs_look else ""
    if row["is_for_archive"] is False:
        retention, reason = NOT_FILED, t("filing.marked_not_filed")
    elif not is_own and (doc_number, title) in desk.seen:
        retention, reason = NOT_FILED, t("filing.second_copy", number=desk.seen[doc_number, title])
    department = str((row["drafting_dept"] if is_own else row["lead_dept"]) or "")
    proposed = Proposed(
        key=f"{register}:{row['id']}", members=(), filing_id=0, number=number, doc_number=doc_number,
        responsible_body=sender, title=title, dated_on=_day(row, is_own=is_own), page_count=None, category=WS,
        year=desk.year, retention=retention, org=_org(desk.scheme, found.rule.group if found else "", department),
        remarks="", components=_components(row, is_own=is_own), matter=found.rule.matter if found else "",
        source=found.rule.source if found else "", reason=reason, secrecy_level=str(row["secrecy_level"] or ""),
        openness=str(row.get("openness") or ""),
        has_reply=str((row["reply_to"] if is_own else row["reply_number"]) or ""), holder=str(row.get("holder") or ""),
        is_open=_is_open(row, is_own=is_own),
    )  # fmt: skip
    return _seen(desk, _undated(_as_said(proposed, desk)))


def _undated(proposed: Proposed) -> Proposed:
    """日期不详: of the year its number says; the catalogue says so, and a person should look."""
    if proposed.dated_on is not None:
        return proposed
    is_looked_at = "retention_period" in proposed.by_hand or not proposed.is_filed
    return replace(
        proposed,
        remarks=proposed.remarks or t("filing.undated_remark"),
        reason=proposed.reason if is_looked_at else t("filing.undated"),
    )


def _seen(desk: _Desk, proposed: Proposed) -> Proposed:
    """Note a paper that is filed: its 重份 are not (8号令 art. 4)."""
    if proposed.is_filed and proposed.doc_number:
        desk.seen.setdefault((proposed.doc_number, proposed.title), proposed.number)
    return proposed


def _of_nobody(desk: _Desk, line: Filing) -> Proposed:
    """A document that stands in no book, typed in by hand."""
    proposed = Proposed(
        key=key_of(line), members=(), filing_id=line.id, number="", doc_number="", responsible_body="", title="",
        dated_on=None, page_count=None, category=WS, year=desk.year, retention=THIRTY.word,
        org=_org(desk.scheme, "", ""), remarks="", components="", matter="", source="", reason="",
    )  # fmt: skip
    return _as_said(proposed, desk)


def _as_said(proposed: Proposed, desk: _Desk) -> Proposed:
    """Put what a hand decided above what is proposed."""
    line = desk.said.get(proposed.key)
    if line is None:
        return proposed
    said = {name: value for name, value in line.said.items() if value is not None}
    changes: dict[str, object] = {
        name: said[name]
        for name in ("doc_number", "responsible_body", "title", "page_count", "remarks", "category")
        if name in said
    }
    if "dated_on" in said:
        changes["dated_on"] = date.fromisoformat(str(said["dated_on"]))
    if "org_or_subject" in said and desk.scheme.orgs:
        changes["org"] = said["org_or_subject"]
    if "retention_period" in said:
        changes |= {"retention": said["retention_period"], "reason": ""}
    if said.get("is_kept") == 0:
        changes |= {"retention": NOT_FILED, "reason": ""}
    elif said.get("is_kept") == 1 and changes.get("retention", proposed.retention) == NOT_FILED:
        changes |= {"retention": THIRTY.word, "reason": t("filing.look_at_retention")}
    return replace(
        proposed, filing_id=line.id, by_hand=frozenset(said), behind_id=line.said["behind_id"], **changes  # type: ignore[arg-type]
    )  # fmt: skip


def _joined(found: Sequence[Proposed], desk: _Desk) -> list[Proposed]:
    """组件: put the documents that lie in another's item there (正文 and 附件, 来文 and 复文: DA/T 22 5.1)."""
    here = {one.key: one for one in found}
    keys = {line.id: key for key, line in desk.said.items() if key in here}
    main_of = {key: keys[main] for key in keys.values() if (main := desk.said[key].said["main_id"]) in keys}
    inside: dict[str, list[Proposed]] = {}
    for key in main_of:
        if (outermost := _outermost(key, main_of)) != key:
            inside.setdefault(outermost, []).append(here[key])
    swallowed = {one.key for members in inside.values() for one in members}
    return [_with_members(one, inside.get(one.key, ())) for one in found if one.key not in swallowed]


def _outermost(key: str, main_of: Mapping[str, str]) -> str:
    """Return the item a document lies in; itself where each lies in another of them."""
    way = [key]
    while way[-1] in main_of:
        if main_of[way[-1]] in way:
            return key
        way.append(main_of[way[-1]])
    return way[-1]


def _with_members(main: Proposed, members: Sequence[Proposed]) -> Proposed:
    if not members:
        return main
    named = [t("filing.member", number=one.doc_number or one.number, title=one.title).strip() for one in members]
    holders = [one.holder for one in (main, *members) if one.holder]
    return replace(
        main, members=tuple(one.key for one in members), holder="、".join(holders),
        is_open=any(one.is_open for one in (main, *members)),
        components="\n".join(filter(None, [main.components, *named]))[: ARCHIVE_ITEM.field("components").max_length],
    )  # fmt: skip


def _numbered(office: Office, scheme: Scheme, kept: Sequence[Proposed]) -> tuple[Proposed, ...]:
    """Give each item the number it would have: behind those its class has, by time and matter, then as moved."""
    classes: dict[str, list[Proposed]] = {}
    orgs = list(scheme.orgs)
    for one in sorted(kept, key=lambda one: (one.category, *_class_order(segments(scheme, one, 0), orgs))):
        classes.setdefault(scheme.code(segments(scheme, one, 0)), []).append(one)
    numbered: list[Proposed] = []
    for inside in classes.values():
        order = behind([(one.filing_id, one.behind_id) for one in inside], _by_time(inside))
        last = archive.last_item(office.db, scheme.same_class(segments(scheme, inside[0], 0)))
        for item_no, at in enumerate(order, start=last + 1):
            code = scheme.code(segments(scheme, inside[at], item_no))
            numbered.append(replace(inside[at], item_no=item_no, reference_code=code))
    return tuple(numbered)


def segments(scheme: Scheme, one: Proposed, item_no: int) -> Segments:
    """Return what the 档号 of a proposed item is made of; of its class where item_no is 0."""
    retention = retention_of(one.retention)
    org = one.org if scheme.has_orgs(one.category) else ""
    return Segments(scheme.fonds_no, one.category, one.year, retention.code if retention else "", org, item_no)


def _class_order(place: Segments, orgs: Sequence[str]) -> tuple[int, int, str]:
    retention = retention_of(place.retention)
    org = orgs.index(place.org) if place.org in orgs else len(orgs)
    return _RETENTION_PLACES[retention.word] if retention else 99, org, place.org


def _by_time(inside: Sequence[Proposed]) -> list[int]:
    return arranged([(one.dated_on, one.title) for one in inside])


def _org(scheme: Scheme, group: str, department: str) -> str:
    """Return the code of the 机构 a document belongs to, or of the 问题 its group is; the first one in doubt."""
    wanted = group if scheme.division == BY_SUBJECT else department
    for code, name in scheme.orgs.items():
        if wanted and (wanted in name or name in wanted):
            return code
    return next(iter(scheme.orgs), "")


def _is_open(row: Row, *, is_own: bool) -> bool:
    """Whether a document is still in hand; what is filed should be done with (DA/T 22: 办理完毕)."""
    if row["entry"] == "imported":
        return False
    if is_own:
        return row["dispatched_on"] is None
    return row["completed_on"] is None and (row["handling"] == ACT or row["due_on"] is not None)


def _day(row: Row, *, is_own: bool) -> date | None:
    names = ("signed_on", "printed_on", "dispatched_on") if is_own else ("dated_on", "received_on")
    return next((day for name in names if isinstance(day := row[name], date)), None)


def _components(row: Row, *, is_own: bool) -> str:
    """件内文件 in the order they lie: 处理单 before a received paper, 定稿 and 发文稿纸 behind one of ours."""
    attachments = row["attachment_count"]
    body = [t("filing.body")] + ([t("filing.attachments", count=attachments)] if attachments else [])
    parts = [*body, t("filing.draft_sheet")] if is_own else [t("filing.handling_sheet"), *body]
    return "、".join(parts)
