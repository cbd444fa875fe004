# SPDX-License-Identifier: MulanPSL-2.0
"""The views of a year's filing: everything by class, one period, and the lists of what is still to be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from township_office.core.text import t
from township_office.registers.archive.codes import Segments
from township_office.registers.archive.retention import NOT_FILED, RETENTIONS
from township_office.services.archive.desk import needs_look, replies
from township_office.services.archive.proposal import Plan, Proposed, segments
from township_office.services.archive.scheme import class_words

ALL, LOOK, PAGELESS, REPLIES, WAITING, UNFINISHED = "", "look", "pageless", "replies", "waiting", "unfinished"
PERIODS = tuple(one.word for one in RETENTIONS)
# A list of work keeps its rows and their order while they are worked on: nothing moves under the hand.
WORK_LISTS = (LOOK, PAGELESS, REPLIES)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above the items of a class, or of a matter."""

    words: str
    note: str


PlanRow = Heading | Proposed


def words() -> dict[str, str]:
    """Return what each view is called, in their order."""
    names = {ALL: t("filing_desk.view_all")} | {word: word for word in (*PERIODS, NOT_FILED)}
    return names | {key: t(f"filing_desk.view_{key}") for key in (*WORK_LISTS, UNFINISHED, WAITING)}


def counts(plan: Plan) -> dict[str, int]:
    """Return how many items each view has."""
    found = Counter(one.retention for one in (*plan.items, *plan.left_out))
    return {
        **found, ALL: len(plan.all), LOOK: sum(map(needs_look, plan.items)),
        PAGELESS: sum(one.page_count is None for one in plan.items), REPLIES: 2 * len(replies(plan)),
        UNFINISHED: len(open_ones(plan)), WAITING: len(plan.waiting),
    }  # fmt: skip


def open_ones(plan: Plan) -> list[Proposed]:
    """Return what is not done with, whether it is filed now or waits."""
    return [*plan.unfinished, *(one for one in plan.items if one.is_open)]


def rows_of(plan: Plan, view: str) -> list[PlanRow]:
    """Return the lines of a view as it is opened."""
    match view:
        case "look":
            return _by_matter(one for one in plan.items if needs_look(one))
        case "pageless":
            return _by_class(plan, [one for one in plan.items if one.page_count is None])
        case "replies":
            return [row for reply, received in replies(plan) for row in (_pair_heading(received), reply, received)]
        case "waiting":
            return _by_class(plan, plan.waiting)
        case "unfinished":
            return _by_class(plan, open_ones(plan))
        case "":
            return _by_class(plan, plan.all)
        case _:
            return _by_class(plan, [one for one in (*plan.items, *plan.left_out) if one.retention == view])


def refreshed(rows: Iterable[PlanRow], plan: Plan) -> list[PlanRow]:
    """Return the lines of a list of work as their items are now; what lies in another item by now is gone."""
    now = {one.key: one for one in plan.all}
    found: list[PlanRow] = []
    for row in rows:
        if isinstance(row, Heading):
            found.append(row)
        elif row.key in now:
            found.append(now[row.key])
    pairs = pairwise([*found, None])
    return [
        row
        for row, below in pairs
        if row is not None and not (_is_heading(row) and (below is None or _is_heading(below)))
    ]


def _is_heading(row: PlanRow) -> bool:
    return isinstance(row, Heading)


def _pair_heading(received: Proposed) -> Heading:
    number = received.doc_number or received.number
    return Heading(t("filing_desk.pair", number=number), received.number if received.number != number else "")


def _by_class(plan: Plan, ones: Sequence[Proposed]) -> list[PlanRow]:
    rows: list[PlanRow] = []
    undone = {one.key for one in plan.unfinished}

    def place_of(one: Proposed) -> Segments | str:
        if not one.is_filed:
            return NOT_FILED
        return WAITING if one.is_out else UNFINISHED if one.key in undone else segments(plan.scheme, one, 0)

    for place, inside in groupby(ones, key=place_of):
        items = list(inside)
        note = t("filing_desk.count", count=len(items))
        if place == NOT_FILED:
            rows.append(Heading(NOT_FILED, t("filing_desk.count_left_out", count=len(items))))
        elif isinstance(place, str):
            rows.append(Heading(t(f"filing_desk.view_{place}"), t(f"filing_desk.count_{place}", count=len(items))))
        else:
            if len(items) > 1:
                last = items[-1].reference_code.rpartition("-")[2]
                note += "　" + t("filing_desk.codes", first=items[0].reference_code, last=last)
            else:
                note += f"　{items[0].reference_code}"
            rows.append(Heading(class_words(plan.scheme, place), note))
        rows += items
    return rows


def _by_matter(ones: Iterable[Proposed]) -> list[PlanRow]:
    """What falls under one line of the retention table stands together: it is judged by one thought."""
    groups: dict[tuple[str, str, str], list[Proposed]] = {}
    for one in ones:
        groups.setdefault((one.reason, one.matter, one.source), []).append(one)
    rows: list[PlanRow] = []
    for (reason, matter, source), inside in sorted(groups.items(), key=lambda group: -len(group[1])):
        rule = t("filing_desk.by_rule", matter=matter, source=source) if matter else t("filing_desk.no_rule")
        rows.append(Heading(f"{reason}　{rule}", t("filing_desk.count", count=len(inside))))
        rows += inside
    return rows
