# SPDX-License-Identifier: MulanPSL-2.0
"""今日归柜核对: at the end of the day every copy is counted against the register, cabinet by cabinet.

What is not found is 未见: searched at once and reported within 24 hours (实施条例 art. 61). A check left half-way goes
on the same day; a finished one stays for ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from township_office.core.dates import show_date
from township_office.core.errors import OfficeError
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.paper.blocks import Page
from township_office.paper.forms import day_check_sheet
from township_office.paper.forms.day_check_sheet import CopyLine
from township_office.paper.forms.office_sheet import Imprint
from township_office.registers.confidential import bare_serial, read_number
from township_office.registers.custody import OUT, State, is_same_person
from township_office.services.guarded import confidential
from township_office.services.guarded import vault as vaults
from township_office.services.guarded.custody import Held, since_words
from township_office.services.guarded.vault import Vault
from township_office.services.office import check_clerk
from township_office.services.settings import office_name
from township_office.store.sealed import Item

DAY_CHECK = "day_check"  # kind of sealed rows
_MARKS = ("seen", "unseen")
Key = tuple[int, str]  # a copy: id of its paper, its 份号


@dataclass(frozen=True, slots=True)
class DayCheck:
    """A check on its way: what should be in the cabinets, in their order, what is out, and what was seen so far."""

    here: tuple[Held, ...]
    out: tuple[Held, ...]
    seen: frozenset[Key] = frozenset()
    unseen: frozenset[Key] = frozenset()  # looked for and not found
    row: Item | None = None  # it was left half-way there

    @property
    def open(self) -> tuple[Held, ...]:
        """What was not looked for yet."""
        return tuple(held for held in self.here if key_of(held) not in self.seen | self.unseen)

    @property
    def done(self) -> int:
        """How many of here were looked for."""
        return len(self.here) - len(self.open)

    @property
    def cabinets(self) -> dict[str, tuple[Held, ...]]:
        """What should be in each cabinet; "" for what has none."""
        found: dict[str, tuple[Held, ...]] = {}
        for held in self.here:
            found[held.copy.cabinet_no] = (*found.get(held.copy.cabinet_no, ()), held)
        return found


@dataclass(frozen=True, slots=True)
class Finished:
    """A check that was signed with two names. at is ISO; missing are the copies that were not found."""

    at: str
    by: str
    second: str
    expected: int
    found: int
    out: int
    missing: Mapping[Key, int]  # with the last step that was taken with each
    places: str = field(repr=False)  # where every copy was, as one short mark

    @property
    def day(self) -> str:
        """The day it was made on, ISO."""
        return self.at[:10]


def begin(vault: Vault, now: datetime) -> DayCheck:
    """Return the check of today: the one that was left half-way, or a new one."""
    here, out = _places(vault)
    row = next((row for row in _rows(vault) if row.body["day"] == _day(now) and not row.body["is_done"]), None)
    if row is None:
        return DayCheck(here, out)
    known = {key_of(held) for held in here}
    seen, unseen = (known & {(int(paper), str(serial)) for paper, serial in row.body[name]} for name in _MARKS)
    return DayCheck(here, out, frozenset(seen), frozenset(unseen), row)


def mark(check: DayCheck, copies: Iterable[Held], *, is_here: bool | None) -> DayCheck:
    """Return check with these copies 在柜 (True), 未见 (False) or not looked for (None)."""
    keys = frozenset(map(key_of, copies))
    seen, unseen = check.seen - keys, check.unseen - keys
    return replace(check, seen=seen | keys if is_here else seen, unseen=unseen | keys if is_here is False else unseen)


def matching(check: DayCheck, typed: str) -> list[Held]:
    """Return the copies, here or out, that typed may mean: a 份号, or the paper's number before it (3 000101)."""
    *number, serial = clean_text(typed).split() or [""]
    found = [held for held in (*check.here, *check.out) if bare_serial(held.copy.serial) == bare_serial(serial)]
    return [held for held in found if not number or _is_number(held.paper.number, number[-1])]


def keep(vault: Vault, check: DayCheck, now: datetime) -> DayCheck:
    """Keep a check half-way: it goes on from here today, whoever unlocks."""
    body = {"kind": DAY_CHECK, "day": _day(now), "is_done": False, "seen": sorted(check.seen),
            "unseen": sorted(check.unseen)}  # fmt: skip
    (row,) = vaults.write(vault, [(check.row, body)])
    return replace(check, row=row)


def checked_second(vault: Vault, name: str) -> str:
    """Return the second name that signs a check; raise OfficeError where it is none, or the custodian's own."""
    name = clean_text(name)
    if not name:
        raise OfficeError("day_check.second_missing")
    check_clerk(name)
    if is_same_person(name, vault.custodian):
        raise OfficeError("day_check.second_same")
    return name


def finish(vault: Vault, check: DayCheck, now: datetime, second: str) -> Finished:
    """Sign a check with a second name; what was not seen is missing.

    Raise OfficeError without a second name, for one's own name twice, or when copies moved since it began.
    """
    second = checked_second(vault, second)
    if [key_of(held) for held in check.here] != [key_of(held) for held in _places(vault)[0]]:
        raise OfficeError("day_check.moved")
    missing = [(*key_of(held), _last_step(held)) for held in check.here if key_of(held) not in check.seen]
    body = {
        "kind": DAY_CHECK, "day": _day(now), "is_done": True, "at": now.isoformat(timespec="seconds"),
        "by": vault.custodian, "second": second, "expected": len(check.here), "found": len(check.here) - len(missing),
        "missing": missing, "out": len(check.out), "places": _mark_of(check.here, check.out),
    }  # fmt: skip
    (row,) = vaults.write(vault, [(check.row, body)])
    return _finished(row.body)


def last(vault: Vault) -> Finished | None:
    """Return the last check that was finished."""
    done = [_finished(row.body) for row in _rows(vault) if row.body["is_done"]]
    return max(done, key=lambda one: one.at, default=None)


def is_done(vault: Vault, today: date) -> bool:
    """Say whether today's check is finished, and nothing came, went or moved since."""
    here, out = _places(vault)
    return holds(last(vault), DayCheck(here, out), today)


def holds(latest: Finished | None, check: DayCheck, today: date) -> bool:
    """Say whether latest is of today and found every copy where check has it now."""
    return latest is not None and latest.day == today.isoformat() and latest.places == _mark_of(check.here, check.out)


def missing_now(vault: Vault) -> set[Key]:
    """Return the copies the last check did not find and that nothing happened to since."""
    here, out = _places(vault)
    return missing_of(last(vault), DayCheck(here, out))


def missing_of(latest: Finished | None, check: DayCheck) -> set[Key]:
    """Return what latest did not find of what should be in the cabinets now."""
    here = {key_of(held): _last_step(held) for held in check.here}
    return {key for key, step in latest.missing.items() if here.get(key) == step} if latest else set()


def sheet(vault: Vault, check: DayCheck, now: datetime, done: Finished | None = None) -> Page:
    """Return the 归柜核对单 of a check, to be ticked in ink or, once it is done, as it was signed."""
    lines = [
        CopyLine(held.copy.cabinet_no, held.paper.number, held.copy.serial, _is_seen(check, held))
        for held in check.here
    ]
    for held in check.out:
        words = t("day_check.out_words", holder=held.copy.holder, since=since_words(held.copy))
        lines.append(CopyLine(held.copy.cabinet_no, held.paper.number, held.copy.serial, None, words))
    signed = t("day_check.signed", by=done.by, second=done.second, at=done.at[11:16]) if done else ""
    today = now.date()
    return day_check_sheet.build(lines, Imprint(office_name(vault.office), show_date(today), today), signed)


def key_of(held: Held) -> Key:
    """Return what a copy is known by."""
    return held.paper.id, held.copy.serial


def _places(vault: Vault) -> tuple[tuple[Held, ...], tuple[Held, ...]]:
    every = [
        Held(paper, copy)
        for paper in reversed(confidential.papers(vault))
        if paper.void is None
        for copy in paper.copies.values()
    ]
    here = [held for held in every if held.copy.state is State.IN_HAND]
    out = [held for held in every if held.copy.state in OUT]
    return tuple(sorted(here, key=lambda held: held.copy.cabinet_no)), tuple(out)


def _is_seen(check: DayCheck, held: Held) -> bool | None:
    key = key_of(held)
    return True if key in check.seen else False if key in check.unseen else None


def _is_number(number: str, typed: str) -> bool:
    """Say whether typed is a paper's number, or the end of it: 3 or 2026-3 for the third of 2026."""
    whole = read_number(number, 0)
    return whole is not None and read_number(typed, whole[0]) == whole


def _last_step(held: Held) -> int:
    return held.copy.steps[-1] if held.copy.steps else 0


def _mark_of(here: Iterable[Held], out: Iterable[Held]) -> str:
    places = [(*key_of(held), held.copy.state.value, held.copy.steps) for held in (*here, *out)]
    return hashlib.sha256(repr(places).encode()).hexdigest()[:16]


def _rows(vault: Vault) -> list[Item]:
    return vaults.of_kind(vault, DAY_CHECK)


def _finished(body: Mapping[str, Any]) -> Finished:
    return Finished(
        at=body["at"],
        by=body["by"],
        second=body["second"],
        expected=body["expected"],
        found=body["found"],
        out=body["out"],
        missing={(int(paper), str(serial)): int(step) for paper, serial, step in body["missing"]},
        places=body["places"],
    )


def _day(now: datetime) -> str:
    return now.date().isoformat()
