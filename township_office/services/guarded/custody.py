# SPDX-License-Identifier: MulanPSL-2.0
"""What happens to the copies of classified papers, one step after the other; each with two names (domain 4.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from township_office.core.dates import show_date
from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Draft, Problem, Value
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.registers.confidential import (
    MOST_COPIES,
    bare_serial,
    read_serials,
    serial_of_copy,
    serials_of_run,
    split_serials,
)
from township_office.registers.custody import OUT, STEPS, Copy, CustodyStep, State, refusal
from township_office.services import tripwire
from township_office.services.guarded import confidential
from township_office.services.guarded import vault as vaults
from township_office.services.guarded.confidential import STEP, Paper, checked_reason, get_paper, get_papers
from township_office.services.guarded.vault import Vault

_AHEAD = timedelta(minutes=5)  # a clock may be a little off
_WARN_DECLASSIFY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Held:
    """One copy with the paper it is of."""

    paper: Paper
    copy: Copy


def draft_of(vault: Vault, step: CustodyStep, copy: Copy | None, now: datetime) -> dict[str, str]:
    """Return what the form of a step says at first: now, who sits here, and who holds the copy."""
    usual = {field.name: field.default for field in step.form.fields if field.default}
    return (
        usual
        | {"at": f"{now:%Y-%m-%d %H:%M}", "by": vault.custodian}
        | ({"holder": copy.holder} if copy and copy.state in OUT else {})
    )


def take_step(vault: Vault, paper_id: int, serials: Sequence[str], key: str, draft: Draft, now: datetime) -> Paper:
    """Take one step with some copies of a paper, all or none; return the paper as it is then.

    Raise OfficeError naming the rule where a copy is not where the step begins, Invalid with every problem of draft.
    """
    return take_steps(vault, [(paper_id, serial) for serial in serials], key, draft, now)[0]


def take_steps(vault: Vault, copies: Sequence[tuple[int, str]], key: str, draft: Draft, now: datetime) -> list[Paper]:
    """Take one step with copies (paper id, 份号) of any papers, all or none; return those papers."""
    step, bodies = STEPS[key], []
    papers = {paper.id: paper for paper in get_papers(vault, dict.fromkeys(one for one, _ in copies))}
    # One copy may be named twice, as 000101 and as 101.
    chosen = dict.fromkeys((paper_id, copy_of(papers[paper_id], serial).serial) for paper_id, serial in copies)
    if not chosen:
        raise OfficeError("custody.none_chosen")
    for paper_id, serial in chosen:
        paper, copy = papers[paper_id], papers[paper_id].copies[serial]
        if paper.void is not None:
            raise OfficeError("confidential.is_void", number=paper.number)
        why_not = refusal(copy, step)
        if why_not:
            raise OfficeError("custody.refused", why=why_not)
        record = _read(vault, step, copy, draft, now)
        _check_order(paper, copy, str(record["at"]))
        body = _body(vault, paper_id, serial, key, record)
        if key == "copy":
            body["values"]["serials"] = _made(paper, copy, record, len(chosen))
        bodies.append((None, body))
    vaults.write(vault, bodies)
    return get_papers(vault, papers)


def take_back_step(vault: Vault, paper_id: int, serial: str, why: str, now: datetime) -> Paper:
    """步骤记错: void the last step of a copy; it stays in the file. What was destroyed stays destroyed."""
    paper = get_paper(vault, paper_id)
    copy = copy_of(paper, serial)
    if copy.state is State.DESTROYED:
        raise OfficeError("custody.refused", why=t("custody.is_destroyed", serial=copy.serial))
    if not copy.steps:
        raise OfficeError("custody.no_step", serial=copy.serial)
    item = vaults.get(vault, copy.steps[-1])
    made = item.body["values"].get("serials") or ()
    if any(paper.copies[one].steps for one in made):
        raise OfficeError("custody.made_copies_moved", serial=copy.serial)
    void = {"by": vault.custodian, "at": now.isoformat(timespec="seconds"), "why": checked_reason(why)}
    vaults.write(vault, [(item, dict(item.body) | {"void": void})])
    return get_paper(vault, paper_id)


def copy_of(paper: Paper, typed: str) -> Copy:
    """Return the copy that typed names, with or without the zeros in front; raise OfficeError when there is none."""
    typed = clean_text(typed)
    for copy in paper.copies.values():
        if copy.serial == typed:
            return copy
    alike = (
        [] if not typed else [copy for copy in paper.copies.values() if bare_serial(copy.serial) == bare_serial(typed)]
    )
    if len(alike) != 1:
        raise OfficeError("custody.no_copy", number=paper.number, serial=typed[:20])
    return alike[0]


def copies_of(paper: Paper, typed: str) -> list[Copy]:
    """Return the copies that typed names: one, several joined by 、, or a run such as 000101-000103 or 第1份-第3份."""
    found: dict[str, Copy] = {}
    for part in split_serials(typed) or [""]:
        try:
            named = [copy_of(paper, part)]
        except OfficeError:
            serials = serials_of_run(part)
            if not serials:
                raise
            named = [copy_of(paper, serial) for serial in serials]
        found |= {copy.serial: copy for copy in named}
    return list(found.values())


def out_now(vault: Vault) -> list[Held]:
    """Return every copy in somebody's hands, the longest out first."""
    found = [held for held in _held(vault) if held.copy.state in OUT]
    return sorted(found, key=lambda held: held.copy.since)


def to_clear(vault: Vault, today: date, within: int = 0) -> list[Paper]:
    """Return the papers that are to be cleared by today (or in so many days) and of which a copy is still here."""
    return _with_copies(vault, "clear_due_on", today + timedelta(days=within))


def to_check_mark(vault: Vault, today: date) -> list[Paper]:
    """Return the papers whose period ends within 90 days: 请核对纸质原件标志 (it may have been changed)."""
    return _with_copies(vault, "declassify_on", today + _WARN_DECLASSIFY)


def is_late(copy: Copy, now: datetime, hour: str) -> bool:
    """Say whether a copy that is out should be back: lent past its day, or given to read until the office's hour."""
    if copy.state is State.LENT:
        return copy.due_on < f"{now:%Y-%m-%d}"
    return copy.state is State.READING and (copy.since[:10] < f"{now:%Y-%m-%d}" or f"{now:%H:%M}" >= hour)


def _held(vault: Vault) -> list[Held]:
    papers = (paper for paper in confidential.papers(vault) if paper.void is None)
    return [Held(paper, copy) for paper in papers for copy in paper.copies.values()]


def _with_copies(vault: Vault, name: str, until: date) -> list[Paper]:
    here = {held.paper.id: held.paper for held in _held(vault) if held.copy.state in (State.IN_HAND, *OUT)}
    due = {paper.id: day for paper in here.values() if isinstance(day := paper.record[name], date) and day <= until}
    return [here[paper_id] for paper_id in sorted(due, key=lambda one: due[one])]


def _read(vault: Vault, step: CustodyStep, copy: Copy, draft: Draft, now: datetime) -> dict[str, Value]:
    known = {field.name for field in step.form.fields}
    for name in draft:
        if name not in known:
            raise OfficeError("custody.no_such_field", step=step.title, known="、".join(sorted(known)))
    texts = draft_of(vault, step, copy, now) | {name: text for name, text in draft.items() if clean_text(text)}
    record = tripwire.clean(step.form, texts, now.date(), vault.custodian)
    at = str(record["at"])
    if at > f"{now + _AHEAD:%Y-%m-%d %H:%M}":
        raise Invalid([Problem("at", t("custody.in_future"))])
    return record


def _check_order(paper: Paper, copy: Copy, at: str) -> None:
    """Nothing happens to a copy before what happened to it last; a day without its hour counts as that day."""
    last = max([copy.since, *(step.at for step in paper.steps if step.serial == copy.serial)])
    if at < last[: len(at)]:
        raise Invalid([Problem("at", t("custody.before_last", since=last))])


def _body(vault: Vault, paper_id: int, serial: str, key: str, record: dict[str, Value]) -> dict[str, Any]:
    values = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in record.items() if name != "at"
    }
    entered = datetime.now().isoformat(timespec="seconds")
    return {"kind": STEP, "paper": paper_id, "serial": serial, "step": key, "at": record["at"], "values": values,
            "entered_at": entered, "entered_by": vault.custodian, "void": None}  # fmt: skip


def _made(paper: Paper, copy: Copy, record: dict[str, Value], together: int) -> list[str]:
    """Return the numbers of the copies that are made: those that were stamped, else the original's with 复1, 复2 …"""
    count, typed = int(str(record["copy_count"])), str(record["copy_serial"] or "")
    try:
        if typed and together > 1:
            raise ValueError(t("custody.one_at_a_time"))
        if not 1 <= count <= MOST_COPIES:
            raise ValueError(t("confidential.copies_out_of_range", most=MOST_COPIES))
        first = 1 + sum(one.made_from == copy.serial for one in paper.copies.values())
        made = read_serials(typed, count) if typed else [serial_of_copy(copy.serial, first + at) for at in range(count)]
        if paper.copies.keys() & set(made):
            raise ValueError(t("confidential.serial_twice"))
    except ValueError as error:
        raise Invalid([Problem("copy_serial" if typed else "copy_count", str(error))]) from None
    return made


def since_words(copy: Copy) -> str:
    """Return since when a copy is where it is, as the clerk reads it: 2026-11-20 09:15."""
    return copy.since.replace("T", " ")[:16] if len(copy.since) > 10 else show_date(date.fromisoformat(copy.since))
