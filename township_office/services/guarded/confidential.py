# SPDX-License-Identifier: MulanPSL-2.0
"""涉密: the papers of the guarded register, and what may be kept of each. Their copies' ways: services.guarded.custody.

Nothing here writes a word outside the sealed rows: no log, no temporary file, no reason in the open change log.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from township_office.core.dates import parse_date
from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Draft, Kind, Problem, Value
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.confidential import (
    CONFIDENTIAL,
    COUNTED,
    REASONS,
    RELAXED_ONLY,
    TELEGRAM,
    is_telegram_number,
    number_text,
    read_number,
    read_serials,
)
from township_office.registers.custody import Copy, Happened, State, after
from township_office.services import tripwire
from township_office.services.guarded import vault as vaults
from township_office.services.guarded.vault import Vault
from township_office.store.sealed import Item

ENTRY, STEP, COUNTER, MODE = "entry", "step", "counter", "mode"  # kinds of sealed rows
STRICT, RELAXED = "strict", "relaxed"
_DIGITS = re.compile(r"\d+")
_LONGEST_TAIL = 5  # digits of a document number that strict mode keeps
_COUNTED_FIELDS = frozenset({"received_on", "secrecy_level", "carrier_kind", "copy_count", "source_class"})


@dataclass(frozen=True, slots=True)
class Paper:
    """One registered paper: its number, its fields as values, and every copy of it by 份号.

    entered_at is ISO, entered_by a name; void is None, or who voided it (by), on which day (on), and why.
    """

    id: int
    number: str
    record: Mapping[str, Value]
    copies: Mapping[str, Copy]
    steps: tuple[Happened, ...]
    entered_at: str
    entered_by: str
    void: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many copies there are, and where: received is always the sum of the others."""

    received: int
    in_hand: int
    reading: int
    lent: int
    cleared: int
    transferred: int
    destroyed: int

    @property
    def out(self) -> int:
        """Copies in somebody's hands."""
        return self.reading + self.lent


@dataclass(frozen=True, slots=True)
class Mode:
    """Which columns may be kept; relaxed only where that was signed off: by whom, on which day (ISO)."""

    is_strict: bool = True
    signed_off_by: str = ""
    signed_off_on: str = ""


def mode(vault: Vault) -> Mode:
    """Return the mode of this office: strict until a relaxed one was signed off (domain 4.3)."""
    rows = vaults.of_kind(vault, MODE)
    if not rows or rows[-1].body["mode"] != RELAXED:
        return Mode()
    return Mode(is_strict=False, signed_off_by=rows[-1].body["by"], signed_off_on=rows[-1].body["on"])


def set_mode(vault: Vault, wanted: str, signed_off_by: str, signed_off_on: str, today: date) -> None:
    """Go to RELAXED with the name of who signed it off and the day, or back to STRICT; each change is kept.

    Raise OfficeError when either is missing, ValueError for any other mode.
    """
    if wanted not in (STRICT, RELAXED):
        raise ValueError(wanted)
    by = clean_text(signed_off_by)
    tripwire.refuse("confidential.signed_off_by", by, clerk=vault.custodian)
    if wanted == RELAXED:
        try:
            day = parse_date(signed_off_on, today)
        except ValueError:
            raise OfficeError("confidential.sign_off_day") from None
        if not 2 <= len(by) <= 40 or day > today:
            raise OfficeError("confidential.sign_off")
        signed = {"by": by, "on": day.isoformat()}
    else:
        signed = {"by": vault.custodian, "on": today.isoformat()}
    vaults.write(vault, [(None, {"kind": MODE, "mode": wanted, **signed})])


def register_paper(vault: Vault, draft: Draft, today: date) -> Paper | None:
    """Enter a paper and its copies; 绝密 and 密码电报 only add to their counter, and None is returned.

    Raise Invalid with every problem: a field that this office's mode does not allow is one (保密法 art. 31).
    """
    return next(iter(register_papers(vault, [draft], today)), None)


def register_papers(vault: Vault, drafts: Sequence[Draft], today: date) -> list[Paper]:
    """Enter papers in their order, all or none; return those that are kept as more than a number."""
    following: dict[int, int] = {}  # the next number of each year
    bodies = []
    for draft in drafts:
        _refuse_unknown(draft)
        bodies.append(_counter(vault, draft, today) if is_counted(draft) else _entry(vault, draft, today, following))
    return [get_paper(vault, item.id) for item in vaults.write(vault, [(None, body) for body in bodies])
            if item.body["kind"] == ENTRY]  # fmt: skip


def check_paper(vault: Vault, draft: Draft, today: date) -> Mapping[str, Value]:
    """Return what would be kept of a draft, {} of one that is only counted; raise Invalid as register_paper does."""
    _refuse_unknown(draft)
    if not is_counted(draft):
        return _read_new(vault, draft, today)[0]
    _counter(vault, draft, today)
    return {}


def next_number(vault: Vault, year: int) -> str:
    """Return the number that the next paper received in a year gets."""
    return number_text(year, _next_sequence(vault, year))


def is_counted(draft: Draft) -> bool:
    """Say whether a draft is of a kind of paper that is kept as a number only."""
    level, kind = clean_text(draft.get("secrecy_level", "")), clean_text(draft.get("carrier_kind", ""))
    return level in COUNTED or kind == TELEGRAM


def correct_paper(vault: Vault, paper_id: int, draft: Draft, today: date, why: str) -> Paper:
    """Change what was entered wrongly; copies that something happened to must stay, a destroyed one for ever."""
    _refuse_unknown(draft)
    item, paper = vaults.get(vault, paper_id), get_paper(vault, paper_id)
    if paper.void is not None:
        raise OfficeError("confidential.is_void", number=paper.number)
    if any(copy.state is State.DESTROYED for copy in paper.copies.values()):
        raise OfficeError("confidential.destroyed_stays", number=paper.number)
    present = {field.name: show(field, paper.record[field.name]) for field in CONFIDENTIAL.fields}
    if is_counted(present | dict(draft)):
        raise Invalid([Problem("secrecy_level", t("confidential.counted_anew"))])
    changed = {name: text for name, text in draft.items() if clean_text(text) != present[name]}
    record, serials = _read(vault, present, changed, today)
    if record["title"] and "title" in changed and "is_title_cleared" not in draft:  # that was said of another title
        raise Invalid([Problem("title", t("confidential.title_not_cleared"))])
    _check_day(paper, record["received_on"], item.body["year"])
    lost = [serial for serial in paper.copies if serial not in serials and not paper.copies[serial].made_from]
    if any(paper.copies[serial].steps for serial in lost):
        raise Invalid([Problem("copy_serial", t("confidential.serial_has_steps"))])
    if {serial for serial, copy in paper.copies.items() if copy.made_from} & set(serials):
        raise Invalid([Problem("copy_serial", t("confidential.serial_twice"))])
    changes = {"fields": _plain(record), "serials": serials, "why": checked_reason(why), "changed_by": vault.custodian}
    vaults.write(vault, [(item, dict(item.body) | changes)])
    return get_paper(vault, paper_id)


def void_paper(vault: Vault, paper_id: int, why: str, today: date) -> Paper:
    """作废 a wrong entry, only while no step of any of its copies stands; its number is never given again."""
    item, paper = vaults.get(vault, paper_id), get_paper(vault, paper_id)
    if paper.void is not None:
        raise OfficeError("confidential.is_void", number=paper.number)
    if paper.steps:
        raise OfficeError("confidential.has_steps", number=paper.number)
    void = {"by": vault.custodian, "on": today.isoformat(), "why": checked_reason(why)}
    vaults.write(vault, [(item, dict(item.body) | {"void": void})])
    return get_paper(vault, paper_id)


def papers(vault: Vault) -> list[Paper]:
    """Return every paper with its copies as they are now, the newest number first."""
    entries = sorted(_entries(vault), key=lambda item: (item.body["year"], item.body["sequence"]), reverse=True)
    return _worked_out(vault, entries)


def get_paper(vault: Vault, paper_id: int) -> Paper:
    """Return one paper; KeyError when there is none."""
    return get_papers(vault, [paper_id])[0]


def get_papers(vault: Vault, ids: Iterable[int]) -> list[Paper]:
    """Return some papers at once; KeyError when there is none of one id."""
    return _worked_out(vault, [vaults.get(vault, paper_id) for paper_id in ids])


def by_number(vault: Vault, typed: str, today: date) -> Paper:
    """Return the paper with a number as people write it: 涉2026-003, 2026-3, or 3 for one of this year."""
    wanted = read_number(clean_text(typed), today.year)
    for item in _entries(vault):
        if (item.body["year"], item.body["sequence"]) == wanted:
            return get_paper(vault, item.id)
    raise OfficeError("confidential.no_paper", number=clean_text(typed)[:20])


def count(vault: Vault, year: int | None = None) -> Count:
    """Count the copies of all papers that are not void, or of those received in one year; 复制件 are copies too."""
    states = [
        copy.state
        for paper in papers(vault)
        if paper.void is None and year in (None, int(str(paper.record["received_on"])[:4]))
        for copy in paper.copies.values()
    ]
    return Count(len(states), *(states.count(state) for state in State))


def counters(vault: Vault, year: int | None = None) -> dict[str, int]:
    """Return how many copies of 绝密 papers and of 密码电报 were counted in, in all or in a year: no more is kept."""
    total = dict.fromkeys(COUNTED, 0)
    for item in vaults.of_kind(vault, COUNTER):
        if year in (None, int(item.body["on"][:4])):
            total[item.body["of"]] += item.body["copies"]
    return total


def checked_reason(why: str) -> str:
    """Return a reason from the list; there is no free text in this register."""
    if clean_text(why) not in REASONS:
        raise OfficeError("confidential.reason", known="、".join(REASONS))
    return clean_text(why)


def _entries(vault: Vault) -> list[Item]:
    return vaults.of_kind(vault, ENTRY)


def _worked_out(vault: Vault, entries: list[Item]) -> list[Paper]:
    """Return the papers of entries; each is worked out once, and again when one of its rows was written."""
    new: dict[int, list[Item]] = {item.id: [] for item in entries if item.id not in vault.worked_out}
    for step in vaults.of_kind(vault, STEP) if new else ():
        if step.body["paper"] in new and not step.body.get("void"):
            new[step.body["paper"]].append(step)
    for paper_id, taken in new.items():
        vault.worked_out[paper_id] = _paper(vaults.get(vault, paper_id), taken)
    return [vault.worked_out[item.id] for item in entries]


def _next_sequence(vault: Vault, year: int) -> int:
    return 1 + max((item.body["sequence"] for item in _entries(vault) if item.body["year"] == year), default=0)


def _paper(item: Item, taken: list[Item]) -> Paper:
    body = item.body
    since, cabinet = str(body["fields"]["received_on"]), str(body["fields"].get("cabinet_no") or "")
    copies = {serial: Copy(serial, State.IN_HAND, since, cabinet_no=cabinet) for serial in body["serials"]}
    steps = tuple(Happened(s.id, s.body["step"], s.body["serial"], s.body["at"], s.body["values"]) for s in taken)
    for step in steps:
        if step.serial in copies:  # or the row that brought the copy does not open: Vault.findings names it
            after(copies, step)
    fields = {field.name: _value(field.kind, body["fields"].get(field.name)) for field in CONFIDENTIAL.fields}
    return Paper(item.id, body["number"], fields, copies, steps, body["at"], body["by"], body.get("void"))


def _check_day(paper: Paper, received: Value, year: int) -> None:
    """A paper keeps the year of its number, and came before anything happened to it."""
    assert isinstance(received, date)
    if received.year != year:
        raise Invalid([Problem("received_on", t("confidential.year_stays", year=year))])
    if any(step.at[:10] < received.isoformat() for step in paper.steps):
        raise Invalid([Problem("received_on", t("confidential.received_after_step"))])


def _read_new(vault: Vault, draft: Draft, today: date) -> tuple[dict[str, Value], list[str]]:
    usual = {field.name: field.default for field in CONFIDENTIAL.fields if field.default}
    return _read(vault, usual, {name: text for name, text in draft.items() if clean_text(text)}, today)


def _read(vault: Vault, present: Draft, draft: Draft, today: date) -> tuple[dict[str, Value], list[str]]:
    """Return the fields of a draft over what is there, and the 份号; raise Invalid with what must not be kept.

    What is there was allowed when it was entered; the mode is asked of the draft alone.
    """
    texts = {name: clean_text(text) for name, text in draft.items()}
    if "secrecy_period" in texts:
        texts["secrecy_period"] = texts["secrecy_period"].lstrip("★☆ ")
    tripwire.refuse_fields(CONFIDENTIAL, texts, vault.custodian)
    if mode(vault).is_strict:
        texts = _strict(texts)
    record = tripwire.clean(CONFIDENTIAL, dict(present) | texts, today, vault.custodian)
    _check_received(record, today)
    try:
        count = record["copy_count"]
        serials = read_serials(str(record["copy_serial"] or ""), None if count is None else int(str(count)))
    except ValueError as error:
        raise Invalid([Problem("copy_serial", str(error))]) from None
    return record | {"copy_count": len(serials)}, serials


def _check_received(record: Mapping[str, Value], today: date) -> None:
    received = record["received_on"]
    if isinstance(received, date) and received > today:
        raise Invalid([Problem("received_on", t("confidential.received_in_future"))])


def _strict(texts: dict[str, str]) -> dict[str, str]:
    """Return texts as strict mode keeps them: of a document number its last digits, no sender and no title."""
    problems = [
        Problem(name, t("confidential.strict", label=CONFIDENTIAL.field(name).label))
        for name in RELAXED_ONLY
        if texts.get(name)
    ]
    if problems:
        raise Invalid(problems)
    number = texts.get("doc_number", "")
    if is_telegram_number(number):
        raise Invalid([Problem("doc_number", t("confidential.telegram_number"))])
    digits = _DIGITS.findall(number)
    if number and (len(digits) != 1 or len(digits[0]) > _LONGEST_TAIL):
        raise Invalid([Problem("doc_number", t("confidential.strict_number"))])
    return texts | ({"doc_number": digits[0]} if digits else {})


def _entry(vault: Vault, draft: Draft, today: date, following: dict[int, int]) -> dict[str, Any]:
    """Return what is kept of a new paper; following, the next number of each year, goes on."""
    record, serials = _read_new(vault, draft, today)
    received = record["received_on"]
    assert isinstance(received, date)
    year = received.year
    sequence = following.setdefault(year, _next_sequence(vault, year))
    following[year] += 1
    return {
        "kind": ENTRY, "number": number_text(year, sequence), "year": year, "sequence": sequence,
        "fields": _plain(record), "serials": serials, "at": _now(), "by": vault.custodian, "void": None,
    }  # fmt: skip


def _counter(vault: Vault, draft: Draft, today: date) -> dict[str, Any]:
    """Return what is kept of 绝密 and of 密码电报: how many copies came in on which day."""
    kept = {name: text for name, text in draft.items() if clean_text(text)}
    more = sorted(kept.keys() - _COUNTED_FIELDS)
    if more:
        raise Invalid([Problem(name, t("confidential.counted_only")) for name in more])
    of = TELEGRAM if clean_text(kept.get("carrier_kind", "")) == TELEGRAM else clean_text(kept["secrecy_level"])
    usual = {field.name: field.default for field in CONFIDENTIAL.fields if field.default} | {"copy_count": "1"}
    level = CONFIDENTIAL.field("secrecy_level").choices[0]  # whatever passes: it is not kept
    typed = {name: kept[name] for name in ("received_on", "copy_count") if name in kept}
    record = tripwire.clean(CONFIDENTIAL, usual | typed | {"secrecy_level": level}, today, vault.custodian)
    _check_received(record, today)
    if not record["copy_count"]:
        raise Invalid([Problem("copy_count", t("confidential.copies_out_of_range", most=999))])
    return {"kind": COUNTER, "of": of, "copies": record["copy_count"], "on": str(record["received_on"]), "at": _now(),
            "by": vault.custodian}  # fmt: skip


def _refuse_unknown(draft: Draft) -> None:
    known = {field.name for field in CONFIDENTIAL.fields}
    for name in draft:
        if name not in known:
            raise OfficeError("confidential.no_such_field", known="、".join(sorted(known)))


def _plain(record: Mapping[str, Value]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in record.items()}


def _value(kind: Kind, plain: Any) -> Value:
    value: Value = date.fromisoformat(plain) if kind is Kind.DATE and plain else plain
    return value


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")
