# SPDX-License-Identifier: MulanPSL-2.0
"""The rows of the printed sheets of the guarded register, as plain texts by the keys of paper.forms.custody_list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from township_office.core.errors import OfficeError
from township_office.core.values import show
from township_office.paper.forms import custody_list
from township_office.paper.forms.custody_list import STATES, Line
from township_office.registers.confidential import CONFIDENTIAL, show_serials, title_place
from township_office.registers.custody import GONE, OUT, STEPS, Copy, Happened, State
from township_office.services.guarded import confidential
from township_office.services.guarded.confidential import Paper, counters, papers
from township_office.services.guarded.inventory import InventoryLine, inventory
from township_office.services.guarded.vault import Vault

_MOST_RUNS = 16  # of numbers in one row
_ALWAYS = ("0001-01-01", "9999-12-31")


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the register goes on a sheet: first and last day (ISO), one list, or the copies that were chosen."""

    today: date
    first: str = _ALWAYS[0]
    last: str = _ALWAYS[1]
    list_no: str = ""
    chosen: frozenset[tuple[int, str]] = frozenset()  # paper id, 份号
    year: int | None = None

    def takes(self, paper: Paper, step: Happened) -> bool:
        """Say whether a step is asked for."""
        if not self.first <= step.at[:10] <= self.last:
            return False
        if self.list_no and said(step, "list_no") != self.list_no:
            return False
        return not self.chosen or (paper.id, step.serial) in self.chosen


@dataclass(frozen=True, slots=True)
class Together:
    """Copies of one paper that went the same way at the same time: one row. back is how they returned, if they did."""

    paper: Paper
    serials: tuple[str, ...]
    step: Happened | None
    back: Happened | None = None

    @property
    def at(self) -> str:
        """When it happened; what is still to happen comes last."""
        return self.step.at if self.step else _ALWAYS[1]


def said(step: Happened | None, name: str) -> str:
    """Return what was entered with a step, nothing for what was not or has no such field."""
    return str(step.values.get(name) or "") if step else ""


# ---- the eight sheets ----


def circulation(vault: Vault, asked: Asked) -> Sequence[Line]:
    """传阅登记: who read a copy, when it went and when it came back."""
    return [
        {
            "number": one.paper.number, "serials": show_serials(one.serials), "holder": said(one.step, "holder"),
            "at": one.at, "back_at": one.back.at if one.back else "", "by": _clerks(one), **_count(one),
        }
        for one in _trips(vault, asked, "out", "back")
    ]  # fmt: skip


def loan(vault: Vault, asked: Asked) -> Sequence[Line]:
    """借阅登记: who borrowed a copy with whose approval."""
    return [
        {
            "on": one.at[:10], "holder": said(one.step, "holder"), "number": one.paper.number, **_level(one.paper),
            "serials": show_serials(one.serials), "approver": said(one.step, "approver"),
            "due_on": said(one.step, "due_on"), "back_on": one.back.at[:10] if one.back else "",
            "back_by": said(one.back, "by"), **_count(one),
        }
        for one in _trips(vault, asked, "lend", "return")
    ]  # fmt: skip


def copying(vault: Vault, asked: Asked) -> Sequence[Line]:
    """复制登记: which copies were made of which, and where they are."""
    lines = []
    for one in _steps(vault, asked, ("copy",)):
        serials = _made(one.step) if one.step else []
        places = (_place(one.paper.copies[serial]) for serial in serials if serial in one.paper.copies)
        lines.append({
            "number": f"{one.paper.number}\n{one.serials[0]}", **_level(one.paper), "count": str(len(serials)),
            "made": show_serials(serials), "approver": said(one.step, "approver"), "by": said(one.step, "by"),
            "on": one.at[:10], "where": "、".join(dict.fromkeys(places)),
        })  # fmt: skip
    return lines


def distribution(vault: Vault, asked: Asked) -> Sequence[Line]:
    """分发登记: what went to whom, and how many copies of the paper were left in the cabinet then."""
    return [
        {
            "number": one.paper.number, "serials": show_serials(one.serials), "holder": said(one.step, "holder"),
            "at": one.at, "left": str(_left_after(one)), **_count(one),
        }
        for one in _steps(vault, asked, ("out", "lend"))
    ]  # fmt: skip


def clearance(vault: Vault, asked: Asked) -> Sequence[Line]:
    """清退清单: what went back to whom; of chosen copies that are still here, what shall go."""
    return [
        {
            **_head(vault, one), "on": one.at[:10] if one.step else "", "by": said(one.step, "by"),
            "holder": said(one.step, "holder"), "list_no": said(one.step, "list_no"), **_level(one.paper),
        }
        for one in _leaving(vault, asked, "clear")
    ]  # fmt: skip


def destruction(vault: Vault, asked: Asked) -> Sequence[Line]:
    """销毁清册: what was destroyed where, approved, done and watched by whom; of chosen copies, what shall be."""
    names = ("approver", "by", "supervisor_1", "supervisor_2", "place")
    return [
        {
            **_head(vault, one), "on": one.at[:10] if one.step else "", **_level(one.paper),
            **{name: said(one.step, name) for name in names},
        }
        for one in _leaving(vault, asked, "destroy")
    ]  # fmt: skip


def counted(vault: Vault, asked: Asked) -> Sequence[Line]:
    """清查表: per year and level what should be here and what is; 绝密 and 密码电报 as far as they were counted."""
    lines = [
        {"year": str(year), "level": one.level, **_figures(one)}
        for year in _years_received(vault, asked)
        for one in inventory(vault, year, asked.today)
        if one.received
    ]
    whole = [one for one in inventory(vault, asked.year, asked.today) if one.received]
    if len(lines) > 1:
        sums = {name: str(sum(int(_figures(one)[name]) for one in whole)) for name in _figures(whole[0])}
        lines.append({"year": custody_list.TOTAL, "level": "", **sums})
    only = ((level, copies) for level, copies in counters(vault, asked.year).items() if copies)
    return [
        *lines,
        *({"year": str(asked.year or ""), "level": level, "why": custody_list.counted_only(n)} for level, n in only),
    ]


def handover(vault: Vault, asked: Asked) -> Sequence[Line]:
    """移交清单: every copy this office answers for, in the cabinet and in somebody's hands."""
    lines: list[Line] = []
    for paper in _papers(vault):
        alike: dict[Copy, list[str]] = {}
        for serial, copy in paper.copies.items():
            if copy.state not in GONE and (not asked.chosen or (paper.id, serial) in asked.chosen):
                # What differs between two rows: where it is, who has it until when.
                key = Copy("", copy.state, "", copy.holder, copy.due_on, copy.cabinet_no)
                alike.setdefault(key, []).append(serial)
        lines += [
            {
                **_head(vault, Together(paper, part, None)), "state": STATES[copy.state],
                "holder": copy.holder, "due_on": copy.due_on, "cabinet_no": copy.cabinet_no,
            }
            for copy, serials in alike.items() for part in _parts(serials)
        ]  # fmt: skip
    return lines


ROWS: Mapping[str, Callable[[Vault, Asked], Sequence[Line]]] = {
    "circulation": circulation,
    "loan": loan,
    "copy": copying,
    "distribution": distribution,
    "clearance": clearance,
    "destruction": destruction,
    "inventory": counted,
    "handover": handover,
}


# ---- what they have in common ----


def _papers(vault: Vault) -> list[Paper]:
    """Return the papers in the order of their numbers."""
    return [paper for paper in reversed(papers(vault)) if paper.void is None]


def _trips(vault: Vault, asked: Asked, out: str, back: str) -> list[Together]:
    """Return each time copies went out, with how they came back."""
    pairs: list[tuple[Paper, Happened, Happened | None]] = []
    for paper in _papers(vault):
        away: dict[str, Happened] = {}
        for step in paper.steps:
            if step.key == out:
                away[step.serial] = step
            elif step.key == back:
                pairs.append((paper, away.pop(step.serial), step))
        pairs += [(paper, step, None) for step in away.values()]
    return _together(pair for pair in pairs if asked.takes(*pair[:2]))


def _steps(vault: Vault, asked: Asked, keys: Sequence[str]) -> list[Together]:
    taken = ((paper, step) for paper in _papers(vault) for step in paper.steps if step.key in keys)
    return _together((paper, step, None) for paper, step in taken if asked.takes(paper, step))


def _together(events: Iterable[tuple[Paper, Happened, Happened | None]]) -> list[Together]:
    """Join what happened to several copies of a paper at once, oldest first."""
    found: dict[object, Together] = {}
    for paper, step, back in events:
        came = (back.at, str(back.values)) if back else None
        key = (paper.id, step.key, step.at, str(step.values), came)
        before = found.get(key)
        serials = (*(before.serials if before else ()), step.serial)
        found[key] = Together(paper, tuple(sorted(serials, key=list(paper.copies).index)), step, back)
    joined = sorted(found.values(), key=lambda one: (one.at, one.paper.number))
    return [replace(one, serials=part) for one in joined for part in _parts(one.serials)]


def _parts(serials: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Return serials in parts that a row of a sheet can hold: hundreds of single numbers would outgrow the page."""
    part: tuple[str, ...] = ()
    for serial in serials:
        if show_serials((*part, serial)).count("、") >= _MOST_RUNS:
            yield part
            part = ()
        part = (*part, serial)
    if part:
        yield part


def _leaving(vault: Vault, asked: Asked, key: str) -> list[Together]:
    """Return what left by a step; of chosen copies, also what is in the cabinet and shall leave by it."""
    gone = _steps(vault, asked, (key,))
    if not asked.chosen:
        return gone
    still = []
    for paper in _papers(vault):
        serials = [serial for serial in paper.copies if (paper.id, serial) in asked.chosen]
        for copy in map(paper.copies.__getitem__, serials):
            if copy.state in OUT:
                raise OfficeError("custody_print.still_out", number=paper.number, serial=copy.serial)
        here = tuple(serial for serial in serials if paper.copies[serial].state is State.IN_HAND)
        still += [Together(paper, part, None) for part in _parts(here)]
    return gone + still


def _left_after(one: Together) -> int:
    """Return how many copies of a paper were in the cabinet when these had left it."""
    made: set[str] = set()  # 复制件 that were there already
    states: dict[str, State] = {}
    for step in (step for step in one.paper.steps if step.at <= one.at):
        if step.key == "copy":
            made |= set(_made(step))
        elif step.key != "keep":
            states[step.serial] = STEPS[step.key].target
    copies = (serial for serial, copy in one.paper.copies.items() if not copy.made_from or serial in made)
    return sum(states.get(serial, State.IN_HAND) is State.IN_HAND for serial in copies)


def _made(step: Happened) -> list[str]:
    """Return the numbers of the copies that a step made."""
    made = step.values.get("serials")
    return [str(serial) for serial in made] if isinstance(made, list) else []


def _head(vault: Vault, one: Together) -> dict[str, str]:
    """Return how a row of a list names its copies."""
    is_strict = confidential.mode(vault).is_strict
    return {
        "number": _number(one.paper, is_strict=is_strict),
        "title": title_place(one.paper.record, is_strict=is_strict),
        "serials": show_serials(one.serials),
        **_count(one),
    }


def _number(paper: Paper, *, is_strict: bool) -> str:
    """Return our number and below it the document's, of which strict mode shows the last figures."""
    doc_number = str(paper.record["doc_number"] or "")
    if is_strict and doc_number:
        doc_number = custody_list.tail_of(doc_number)
    return f"{paper.number}\n{doc_number}".strip()


def _level(paper: Paper) -> dict[str, str]:
    return {"level": show(CONFIDENTIAL.field("secrecy_level"), paper.record["secrecy_level"])}


def _count(one: Together) -> dict[str, str]:
    return {"count": str(len(one.serials))}


def _clerks(one: Together) -> str:
    """Return who handed a copy out and who took it back."""
    return "、".join(dict.fromkeys(filter(None, (said(one.step, "by"), said(one.back, "by")))))


def _place(copy: Copy) -> str:
    return copy.holder or STATES[copy.state]


def _figures(line: InventoryLine) -> dict[str, str]:
    names = ("expected", "in_hand", "out", "cleared", "transferred", "destroyed", "difference")
    return {name: str(getattr(line, name)) for name in names}


def _years_received(vault: Vault, asked: Asked) -> Iterator[int]:
    years = {received.year for paper in _papers(vault) if isinstance(received := paper.record["received_on"], date)}
    yield from sorted(years & {asked.year} if asked.year else years)
