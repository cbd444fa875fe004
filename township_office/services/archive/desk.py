# SPDX-License-Identifier: MulanPSL-2.0
"""What the desk of a year's filing asks besides: which years wait, what answers what, many decisions as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from township_office.registers import DOCUMENTS
from township_office.services.archive.deciding import decide, join
from township_office.services.archive.proposal import Plan, Proposed
from township_office.services.office import Office, change
from township_office.store import filing
from township_office.store.filing import SAID

# What was said of each line of a year's filing, by its id.
Remembered = Mapping[int, Mapping[str, object]]


def years_waiting(office: Office, today: date) -> list[tuple[int, int]]:
    """Return each year with how many of its documents are not filed, the one to be filed now first.

    That is the last one that is over: in spring the former year is filed. The running year comes last.
    """
    counts = Counter(filing.loose_years(office.db))
    for register in DOCUMENTS:
        counts.update(filing.years(office.db, register))
    return sorted(counts.items(), key=lambda one: (one[0] >= today.year, -one[0]))


def needs_look(one: Proposed) -> bool:
    """Say whether a person should judge an item before it is filed; what is not filed says why by itself."""
    return bool(one.reason) and one.is_filed and not one.is_out


def replies(plan: Plan) -> list[tuple[Proposed, Proposed]]:
    """Return the pairs of 复文 and 来文 that are items of their own; they may be one item (DA/T 22 5.1).

    The reply is the first of a pair, for it lies before what it answers.
    """
    own = [one for one in plan.items if one.key.startswith("dispatch:")]
    by_number = {one.number: one for one in own if one.number}
    answering = {one.has_reply: one for one in own if one.has_reply}
    pairs, taken = [], set()
    for received in plan.items:
        reply = by_number.get(received.has_reply) or answering.get(received.number)
        if received.key.startswith("receipt:") and reply is not None and reply.key not in taken:
            taken.add(reply.key)
            pairs.append((reply, received))
    return pairs


def main_of(plan: Plan, chosen: Sequence[Proposed]) -> Proposed:
    """Return the one of several chosen items the others would lie in: the 复文 of a pair, else the first."""
    for reply, received in replies(plan):
        if {one.key for one in chosen} == {reply.key, received.key}:
            return reply
    return chosen[0]


def join_pairs(office: Office, pairs: Iterable[tuple[Proposed, Proposed]]) -> None:
    """组件: put each 来文 into the item of its 复文, all of them or none."""
    with change(office):
        for reply, received in pairs:
            join(office, reply.key, [received.key])


def agree(office: Office, ones: Sequence[Proposed], today: date) -> None:
    """Decide of each item the period that is proposed: a person has looked at it."""
    with change(office):
        for period in dict.fromkeys(one.retention for one in ones):
            keys = [one.key for one in ones if one.retention == period]
            decide(office, keys, {"retention_period": period}, today)


def remembered(office: Office, year: int) -> Remembered:
    """Return all that was said of a year's documents until now, so that what is said next can be taken back."""
    return {line.id: line.said for line in filing.of_year(office.db, year)}


def restore(office: Office, year: int, before: Remembered) -> None:
    """Take back what was said since. A document that stands in no book says nothing any more (Filing.is_gone)."""
    with change(office) as pen:
        for line in filing.of_year(pen.db, year):
            was = before.get(line.id, dict.fromkeys(SAID))
            if line.id not in before and line.register is None:
                was = {**dict.fromkeys(SAID), "is_kept": 0}
            if line.item_id is None and was != line.said:
                filing.change(pen, line.id, was, verb="undo")
