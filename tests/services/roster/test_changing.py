# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.services.roster.conftest import TODAY
from township_office.core.errors import Invalid, OfficeError
from township_office.registers.duty.month import SUBSTITUTE, SWAP, Month, Shift
from township_office.services import undoing
from township_office.services.checking import verify
from township_office.services.office import Office, change
from township_office.services.roster import changing, months, tally
from township_office.store import duty

WHY = {"reason": "到县里开会", "approved_by": "孙志强", "changed_on": "2026-10-01"}


def leads(office: Office) -> list[Shift]:
    """The shifts of 带班领导, day by day."""
    return months.roster_of(office, "2026-10").shifts[::3]  # type: ignore[return-value]


def person(office: Office, shift: Shift) -> int | None:
    return {one.id: one for one in months.roster_of(office, "2026-10").shifts}[shift.id].person_id


def test_two_places_of_a_draft_change_their_people_and_back(staffed: Office, by_turns: Callable[..., Month]) -> None:
    by_turns(staffed, "2026-10")
    first, second = leads(staffed)[:2]
    changing.exchange(staffed, first.id, second.id)
    assert (person(staffed, first), person(staffed, second)) == (second.person_id, first.person_id)
    undoing.undo(staffed, TODAY)
    assert (person(staffed, first), person(staffed, second)) == (first.person_id, second.person_id)
    undoing.redo(staffed, TODAY)
    assert person(staffed, first) == second.person_id
    assert verify(staffed).findings == ()


def test_nobody_has_two_turns_on_one_day(staffed: Office, by_turns: Callable[..., Month]) -> None:
    by_turns(staffed, "2026-10")
    lead, clerk, other = months.roster_of(staffed, "2026-10").shifts[:3]
    with pytest.raises(OfficeError, match="同一天"):
        changing.put(staffed, clerk.id, lead.person_id)
    with pytest.raises(OfficeError, match="同一天"):
        changing.put(staffed, clerk.id, other.person_id)
    changing.exchange(staffed, clerk.id, other.id)
    assert person(staffed, clerk) == other.person_id


def test_once_given_out_a_change_needs_its_way_and_a_draft_has_none(
    staffed: Office, by_turns: Callable[..., Month]
) -> None:
    by_turns(staffed, "2026-10")
    first, second = leads(staffed)[:2]
    with pytest.raises(OfficeError, match="还没有发布"):
        changing.swap(staffed, first.id, second.id, WHY, TODAY)
    months.publish(staffed, "2026-10", "", TODAY)
    for deed in (
        lambda: changing.put(staffed, first.id, None),
        lambda: changing.exchange(staffed, first.id, second.id),
        lambda: changing.lock(staffed, [first.id]),
    ):
        with pytest.raises(OfficeError, match="已经发布"):
            deed()
    with pytest.raises(Invalid):
        changing.swap(staffed, first.id, second.id, {"reason": ""}, TODAY)
    assert person(staffed, first) == first.person_id


def test_a_swap_is_noted_on_both_turns_and_owes_nothing(staffed: Office, by_turns: Callable[..., Month]) -> None:
    by_turns(staffed, "2026-10", publish=True)
    first, second = leads(staffed)[:2]
    changing.swap(staffed, first.id, second.id, WHY, TODAY)
    changes = months.roster_of(staffed, "2026-10").changes
    assert [(one.kind, one.shift_id, one.from_id, one.to_id) for one in changes] == [
        (SWAP, first.id, first.person_id, second.person_id), (SWAP, second.id, second.person_id, first.person_id),
    ]  # fmt: skip
    assert changes[0].changed_on == date(2026, 10, 1)
    assert changing.owed(staffed) == []
    assert verify(staffed).findings == ()


def test_a_turn_taken_over_is_owed_until_one_is_taken_back(staffed: Office, by_turns: Callable[..., Month]) -> None:
    by_turns(staffed, "2026-10", publish=True)
    first, second, third = leads(staffed)[:3]
    assert second.person_id is not None
    assert first.person_id is not None
    changing.substitute(staffed, first.id, second.person_id, WHY, TODAY)
    (debt,) = changing.owed(staffed)
    assert (debt.debtor_id, debt.creditor_id, debt.change.kind) == (first.person_id, second.person_id, SUBSTITUTE)
    lines = {(line.person.id, line.group): line for line in tally.tally_of(staffed, 2026)}
    assert lines[first.person_id, "带班领导"].owes == lines[second.person_id, "带班领导"].is_owed == 1
    changing.substitute(staffed, second.id, first.person_id, WHY, TODAY)
    assert changing.owed(staffed) == []
    changing.substitute(staffed, third.id, first.person_id, WHY, TODAY)
    (debt,) = changing.owed(staffed)
    changing.give_back(staffed, debt.change.id, TODAY)
    assert changing.owed(staffed) == []


def test_a_turn_given_to_somebody_else_owes_nothing_and_counts_for_him(
    staffed: Office, by_turns: Callable[..., Month]
) -> None:
    by_turns(staffed, "2026-10", publish=True)
    first, second = leads(staffed)[:2]
    assert second.person_id is not None
    before = {(line.person.id, line.group): line.turns for line in tally.tally_of(staffed, 2026)}
    changing.reassign(staffed, first.id, second.person_id, WHY, TODAY)
    after = {(line.person.id, line.group): line.turns for line in tally.tally_of(staffed, 2026)}
    assert changing.owed(staffed) == []
    assert after[second.person_id, "带班领导"] == before[second.person_id, "带班领导"] + 1
    with pytest.raises(OfficeError, match="不同"):
        changing.reassign(staffed, first.id, second.person_id, WHY, TODAY)


def test_the_tally_counts_every_turn_once(staffed: Office, by_turns: Callable[..., Month]) -> None:
    by_turns(staffed, "2026-10", publish=True)
    by_turns(staffed, "2026-11")
    lines = tally.tally_of(staffed, 2026)
    assert [line.person.name for line in lines][:3] == ["孙志强", "何文斌", "周立新"]
    assert sum(line.turns for line in lines) == 31 * 3
    assert sum(line.turns for line in tally.tally_of(staffed, 2026, drafts=True)) == 61 * 3
    assert all(line.lifetime == line.lifetime | line.year for line in lines)


def test_what_was_done_in_a_draft_is_not_taken_back_once_it_is_given_out(
    staffed: Office, by_turns: Callable[..., Month]
) -> None:
    by_turns(staffed, "2026-10")
    first, second = leads(staffed)[:2]
    changing.exchange(staffed, first.id, second.id)
    months.publish(staffed, "2026-10", "", TODAY)
    with pytest.raises(OfficeError):
        undoing.undo(staffed, TODAY)
    assert person(staffed, first) == second.person_id
    assert verify(staffed).findings == ()


def test_what_is_taken_back_gives_nobody_two_turns_on_one_day(staffed: Office, by_turns: Callable[..., Month]) -> None:
    by_turns(staffed, "2026-10")
    lead, clerk, other = months.roster_of(staffed, "2026-10").shifts[:3]
    changing.put(staffed, clerk.id, None)
    with change(staffed) as pen:  # as a roster drawn anew might have it
        duty.change_shifts(pen, {other.id: {"person_id": clerk.person_id}}, verb="draw")
    with pytest.raises(OfficeError):
        undoing.undo(staffed, TODAY)
    assert person(staffed, clerk) is None
    assert lead.person_id != clerk.person_id
