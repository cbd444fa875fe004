# SPDX-License-Identifier: MulanPSL-2.0
"""Who had how many turns: of a year by kind of day, and what is brought along from the years before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from township_office.registers.duty.balance import carried_into, load
from township_office.registers.duty.plan import DayKind
from township_office.registers.duty.staff import Person
from township_office.services.office import Office
from township_office.services.roster.changing import owed
from township_office.services.roster.tasks import weights_of
from township_office.store import duty


@dataclass(frozen=True, slots=True)
class Line:
    """One person in one group: turns of the year by kind, their weight, and everything up to the end of the year.

    lifetime holds the turns of all years, a newcomer's filled up to the mean: what the next roster evens out.
    owes, is_owed: turns of 替班 not given back.
    """

    person: Person
    group: str
    year: Mapping[DayKind, int]
    load: Fraction
    lifetime: Mapping[DayKind, int]
    lifetime_load: Fraction
    owes: int
    is_owed: int

    @property
    def turns(self) -> int:
        """Return the turns of the year."""
        return sum(self.year.values())


def tally_of(office: Office, year: int, *, drafts: bool = False) -> list[Line]:
    """Return the tally of a year by group, then in the office's order; drafts: with what is not given out yet.

    Whoever left before the year is not in it, except with turns of it.
    """
    counts = duty.counts(office.db)
    if not drafts:
        given_out = {one.month for one in duty.months(office.db) if one.is_published}
        counts = [one for one in counts if one.month in given_out]
    people, weights = duty.people(office.db), weights_of(office)
    carried = carried_into(f"{year + 1}-01", people, duty.aways(office.db), counts)
    served: dict[tuple[int, str], dict[DayKind, int]] = {}
    for one in counts:
        if one.month.startswith(f"{year}-"):
            tally = served.setdefault((one.person_id, one.group), {})
            tally[one.kind] = tally.get(one.kind, 0) + one.count
    debts = owed(office)
    groups = list(dict.fromkeys([*(line.group for line in duty.lines(office.db)), *(group for _, group in served)]))
    return [
        Line(
            person, group, own, load(own, weights), whole, load(whole, weights),
            sum(debt.debtor_id == person.id for debt in debts), sum(debt.creditor_id == person.id for debt in debts),
        )
        for group in groups
        for person in people
        if (own := served.get((person.id, group), {}))
        or (group in person.groups and (person.ends_on is None or person.ends_on.year >= year))
        if (whole := carried.get(person.id, {}).get(group, own)) is not None
    ]  # fmt: skip
