# SPDX-License-Identifier: MulanPSL-2.0
"""What everybody brings along: the turns of all the years before a month, by group and kind of day.

Who comes later starts at the mean of those who are there, and so does not serve every holiday of the first year; who
was off post (借调, 产假) comes back at the mean. Whoever was merely on leave makes up for the turns in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from township_office.registers.duty.month import after, days_of, month_of
from township_office.registers.duty.plan import DayKind, Tally
from township_office.registers.duty.staff import OFF_POST, Away, Person

Shares = dict[DayKind, Fraction]
Carried = dict[int, dict[str, dict[DayKind, int]]]


@dataclass(frozen=True, slots=True)
class Turns:
    """How many turns of one kind a person had in a group in a month. is_drawn: not taken in from an old sheet."""

    month: str
    is_drawn: bool
    person_id: int
    group: str
    kind: DayKind
    count: int


def carried_into(
    month: str,
    people: Iterable[Person],
    aways: Iterable[Away],
    turns: Sequence[Turns],
    coming: Mapping[str, Tally] | None = None,
) -> Carried:
    """Return the turns each person brings into a month, by group and kind.

    coming: the turns of the month itself by group and kind; who comes in its middle has had a share of them.
    """
    before = [one for one in turns if one.month < month]
    staff = list(people)
    off = _off_days(aways)
    carried: Carried = {person.id: {} for person in staff}
    for group in sorted({group for person in staff for group in person.groups}):
        members = [person for person in staff if group in person.groups]
        for person_id, shares in _of_group(group, members, before, off, month, (coming or {}).get(group, {})).items():
            carried[person_id][group] = {kind: _rounded(share) for kind, share in shares.items()}
    return carried


def _of_group(
    group: str,
    members: Sequence[Person],
    turns: Sequence[Turns],
    off: Mapping[int, frozenset[date]],
    target: str,
    coming: Tally,
) -> dict[int, Shares]:
    own = [one for one in turns if one.group == group]
    drawn = min((one.month for one in turns if one.is_drawn), default=target)
    joined = {person.id: _joined(person, own, drawn, target) for person in members}
    by_month: dict[str, dict[int, Shares]] = {}
    for one in own:
        shares = by_month.setdefault(one.month, {}).setdefault(one.person_id, _nothing())
        shares[one.kind] += one.count
    held: dict[int, Shares] = {}
    month = min([*by_month, *(begun for begun in joined.values() if begun), target])
    while month <= target:
        there = {one.id for one in members if _share_of_month(one, month, off, joined) > 0}
        mean_before = _mean([tally for person_id, tally in held.items() if person_id in there])
        for person in members:
            if person.id not in held and joined[person.id] <= month:
                held[person.id] = _opening(person, group) or dict(mean_before)
        present = [one for one in members if one.id in there]
        served = by_month.get(month, {}) if month < target else {}
        means = _mean([served.get(one.id, _nothing()) for one in present]) if month < target else _each(coming, members)
        for person in members:
            if person.id not in held:
                continue
            missed = 1 - _share_of_month(person, month, off, joined) if person.is_here(days_of(month)[-1]) else 0
            for kind in DayKind:
                held[person.id][kind] += served.get(person.id, {}).get(kind, 0) + missed * means[kind]
        month = after(month)
    return held


def _joined(person: Person, turns: Sequence[Turns], drawn: str, target: str) -> str:
    """Return the month a person begins to be counted with the others."""
    if person.starts_on is not None:
        return month_of(person.starts_on)
    first = min((one.month for one in turns if one.person_id == person.id), default=target)
    return min(first, person.since or drawn, target)


def _share_of_month(
    person: Person, month: str, off: Mapping[int, frozenset[date]], joined: Mapping[int, str]
) -> Fraction:
    """Return the part of a month a person is there to take turns; who is on leave is."""
    if joined[person.id] > month:
        return Fraction(0)
    days = days_of(month)
    there = [day for day in days if person.is_here(day) and day not in off.get(person.id, ())]
    return Fraction(len(there), len(days))


def _opening(person: Person, group: str) -> Shares | None:
    tally = person.opening.get(group)
    return None if tally is None else {kind: Fraction(tally.get(kind, 0)) for kind in DayKind}


def _off_days(aways: Iterable[Away]) -> dict[int, frozenset[date]]:
    days: dict[int, frozenset[date]] = {}
    for away in aways:
        if away.kind == OFF_POST:
            days[away.person_id] = days.get(away.person_id, frozenset()) | away.days()
    return days


def _mean(tallies: Sequence[Shares]) -> Shares:
    return _each({kind: sum((one[kind] for one in tallies), Fraction(0)) for kind in DayKind}, tallies)


def _each(total: Mapping[DayKind, Fraction | int], among: Sequence[object]) -> Shares:
    return {kind: Fraction(total.get(kind, 0)) / max(len(among), 1) for kind in DayKind}


def _nothing() -> Shares:
    return dict.fromkeys(DayKind, Fraction(0))


def _rounded(share: Fraction) -> int:
    return int(share + Fraction(1, 2)) if share >= 0 else -int(-share + Fraction(1, 2))


def load(tally: Tally, weights: Mapping[DayKind, Fraction]) -> Fraction:
    """Return turns as one figure."""
    return sum((weights[kind] * count for kind, count in tally.items()), Fraction(0))
