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

from township_office.registers.duty.month import days_of, month_of
from township_office.registers.duty.plan import DayKind, Tally
from township_office.registers.duty.staff import OFF_POST, Away, Person

Share = Fraction | int  # whole turns stay whole numbers: years of them are added up at each change by hand
Shares = dict[DayKind, Share]
Carried = dict[int, dict[str, dict[DayKind, int]]]
Needs = Sequence[tuple[date, DayKind, int]]  # how many people each day wants


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
    coming: Mapping[str, Needs] | None = None,
) -> Carried:
    """Return the turns each person brings into a month, by group and kind.

    coming: what is to be drawn, by group; who comes, leaves or is off post in its middle has had a share of those days.
    """
    before = [one for one in turns if one.month < month]
    staff = list(people)
    off = _off_days(aways)
    drawn = min((one.month for one in before if one.is_drawn), default=month)
    carried: Carried = {person.id: {} for person in staff}
    for group in sorted({group for person in staff for group in person.groups}):
        members = [person for person in staff if group in person.groups]
        own = [one for one in before if one.group == group]
        needs = (coming or {}).get(group, ())
        last = max((month_of(day) for day, _, _ in needs), default=month)
        joined = {one.id: begun for one in members if (begun := _joined(one, own, drawn, month)) <= last}
        held = _held(group, members, own, off, joined)
        _add_missed(held, members, off, needs)
        for person_id, shares in held.items():
            carried[person_id][group] = {kind: _rounded(share) for kind, share in shares.items()}
    return carried


def _held(
    group: str,
    members: Sequence[Person],
    turns: Sequence[Turns],
    off: Mapping[int, frozenset[date]],
    joined: Mapping[int, str],
) -> dict[int, Shares]:
    """Return what each has had once everybody has joined: from month to month, as far as anything happens in it."""
    by_month: dict[str, dict[int, Shares]] = {}
    for one in turns:
        shares = by_month.setdefault(one.month, {}).setdefault(one.person_id, {})
        shares[one.kind] = shares.get(one.kind, 0) + one.count
    held: dict[int, Shares] = {}
    for month in sorted({*by_month, *joined.values()}):
        days, served = days_of(month), by_month.get(month, {})
        there = {one.id: _share_of(one, days, off) if joined.get(one.id, "9") <= month else 0 for one in members}
        new = [person for person in members if joined.get(person.id) == month]
        if new:
            mean = _mean([shares for person_id, shares in held.items() if there[person_id]])
            held |= {person.id: _opening(person, group) or dict(mean) for person in new}
        for person_id in held.keys() & served.keys():
            for kind, count in served[person_id].items():
                held[person_id][kind] += count
        missing = [one for one in members if one.id in held and there[one.id] < 1 and one.is_here(days[-1])]
        if missing and served:
            _make_up(held, served, missing, there)
    return held


def _make_up(
    held: Mapping[int, Shares], served: Mapping[int, Shares], missing: Iterable[Person], there: Mapping[int, Share]
) -> None:
    """Who was not there for a part of a month has had that part of what those had who were."""
    whole = sum(there.values())
    for kind in DayKind:
        turns = sum(shares.get(kind, 0) for person_id, shares in served.items() if there.get(person_id))
        for person in missing:
            held[person.id][kind] += Fraction(turns) / whole * (1 - there[person.id]) if whole else 0


def _add_missed(
    held: Mapping[int, Shares], members: Sequence[Person], off: Mapping[int, frozenset[date]], needs: Needs
) -> None:
    """Whoever is not there on a day that is to be drawn has had as much of it as each of those who are."""
    for day, kind, people in needs:
        absent = [one for one in members if not one.is_here(day) or day in off.get(one.id, ())]
        for person in absent if len(absent) < len(members) else ():
            if person.id in held:
                held[person.id][kind] += Fraction(people, len(members) - len(absent))


def _joined(person: Person, turns: Sequence[Turns], drawn: str, target: str) -> str:
    """Return the month a person begins to be counted with the others."""
    if person.starts_on is not None:
        return month_of(person.starts_on)
    first = min((one.month for one in turns if one.person_id == person.id), default=target)
    return min(first, person.since or drawn, target)


def _share_of(person: Person, days: Sequence[date], off: Mapping[int, frozenset[date]]) -> Share:
    """Return the part of a month a person is there to take turns; who is on leave is."""
    if person.id not in off and person.is_here(days[0]) and person.is_here(days[-1]):
        return 1
    there = [day for day in days if person.is_here(day) and day not in off.get(person.id, ())]
    return Fraction(len(there), len(days))


def _opening(person: Person, group: str) -> Shares | None:
    tally = person.opening.get(group)
    return None if tally is None else {kind: tally.get(kind, 0) for kind in DayKind}


def _off_days(aways: Iterable[Away]) -> dict[int, frozenset[date]]:
    days: dict[int, frozenset[date]] = {}
    for away in aways:
        if away.kind == OFF_POST:
            days[away.person_id] = days.get(away.person_id, frozenset()) | away.days()
    return days


def _mean(tallies: Sequence[Shares]) -> Shares:
    if not tallies:
        return dict.fromkeys(DayKind, 0)
    return {kind: Fraction(sum(one[kind] for one in tallies)) / len(tallies) for kind in DayKind}


def _rounded(share: Share) -> int:
    if isinstance(share, int):
        return share
    return int(share + Fraction(1, 2)) if share >= 0 else -int(-share + Fraction(1, 2))


def load(tally: Tally, weights: Mapping[DayKind, Fraction]) -> Fraction:
    """Return turns as one figure."""
    return sum((weights[kind] * count for kind, count in tally.items()), Fraction(0))
