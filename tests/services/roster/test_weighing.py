# SPDX-License-Identifier: MulanPSL-2.0
"""What a change by hand costs, who could take a turn, why it is his, and how far a roster is proven."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.roster.conftest import CLERKS, LEADERS, TODAY
from township_office.registers.duty.month import Shift
from township_office.registers.duty.staff import Line
from township_office.services.office import Office
from township_office.services.roster import changing, months, staffing, weighing
from township_office.services.roster.months import Roster
from township_office.services.roster.options import turns_to_swap, who_could
from township_office.services.roster.why import why_words

OCTOBER = "2026-10"


@pytest.fixture
def roster(staffed: Office, by_turns) -> Roster:
    by_turns(staffed, OCTOBER)
    return months.roster_of(staffed, OCTOBER)


def turn(roster: Roster, day: int, name: str = "值班员", seat: int = 1) -> Shift:
    line_id = line(roster, name).id
    return next(one for one in roster.shifts if (one.day.day, one.line_id, one.seat) == (day, line_id, seat))


def line(roster: Roster, name: str = "值班员") -> Line:
    return next(one for one in roster.frame.lines if one.name == name)


def named(roster: Roster, name: str) -> int:
    return next(one.id for one in roster.frame.people.values() if one.name == name)


def test_a_change_costs_what_the_group_is_less_even_by(staffed: Office, roster: Roster) -> None:
    scale = weighing.scale_of(staffed, roster)
    leaders = [turn(roster, day, "带班领导") for day in (1, 5)]
    assert "隔得太近" in weighing.cost_words(scale.exchange(*leaders))
    three = {turn(roster, day, "带班领导").id: leaders[1].person_id for day in (1, 4, 7)}
    cost = scale.cost(three, line(roster, "带班领导"))
    assert cost.after.load_spread > cost.before.load_spread
    assert cost.tone == "amber"
    assert "折算差距" in weighing.cost_words(cost)


def test_a_leave_is_named_by_its_kind_and_what_was_broken_before_costs_nothing(staffed: Office, roster: Roster) -> None:
    staffing.save_away(staffed, named(roster, "陈海"), {"kind": "培训", "first_on": "2026-10-01"}, TODAY)
    roster = months.roster_of(staffed, OCTOBER)
    scale = weighing.scale_of(staffed, roster)
    first = turn(roster, 1)
    assert scale.cost({first.id: named(roster, "陈海")}, line(roster)).broken[0] == "陈海10月1日培训"
    changing.put(staffed, first.id, named(roster, "陈海"))
    again = months.roster_of(staffed, OCTOBER)
    assert weighing.scale_of(staffed, again).cost({}, line(roster)).broken == ()


def test_two_turns_on_one_day_are_forbidden(staffed: Office, roster: Roster) -> None:
    scale = weighing.scale_of(staffed, roster)
    first, second = turn(roster, 1, seat=1), turn(roster, 1, seat=2)
    assert scale.cost({second.id: first.person_id}, line(roster)).is_forbidden


def test_who_could_is_ranked_and_leaves_out_who_is_on_duty_that_day(staffed: Office, roster: Roster) -> None:
    scale = weighing.scale_of(staffed, roster)
    options = who_could(roster, scale, turn(roster, 1))
    there = {roster.frame.people[turn(roster, 1, seat=seat).person_id or 0].name for seat in (1, 2)}
    assert {one.name for one in options} == set(CLERKS) - there
    assert [one.cost.worth for one in options] == sorted(one.cost.worth for one in options)


def test_a_turn_is_swapped_within_its_group_and_never_twice_a_day(staffed: Office, roster: Roster) -> None:
    scale = weighing.scale_of(staffed, roster)
    mine = turn(roster, 1, "带班领导")
    options = turns_to_swap(roster, scale, mine, TODAY)
    assert {one.name for one in options} == set(LEADERS) - {roster.frame.people[mine.person_id or 0].name}
    assert all(one.day != date(2026, 10, 1) and not one.cost.is_forbidden for one in options)
    late = [one.day for one in turns_to_swap(roster, scale, mine, date(2026, 10, 20)) if one.day]
    assert [day < date(2026, 10, 20) for day in late] == sorted(day < date(2026, 10, 20) for day in late)
    assert late[0] >= date(2026, 10, 20)


def test_why_says_what_was_had_and_who_could_not(staffed: Office, roster: Roster) -> None:
    staffing.save_away(staffed, named(roster, "赵磊"), {"kind": "请假", "first_on": "2026-10-01"}, TODAY)
    roster = months.roster_of(staffed, OCTOBER)
    scale = weighing.scale_of(staffed, roster)
    words = why_words(roster, scale, turn(roster, 1))
    assert words.startswith("此前值过 0 个法定节假日班")
    assert "赵磊请假" in words
    assert words.endswith("。")
    later = why_words(roster, scale, turn(roster, 6))
    assert "上一班之后已休息" in later


def test_why_of_a_changed_turn_begins_with_the_change(staffed: Office, by_turns) -> None:
    by_turns(staffed, OCTOBER, publish=True)
    roster = months.roster_of(staffed, OCTOBER)
    mine, his = turn(roster, 1, "带班领导"), turn(roster, 2, "带班领导")
    name = roster.frame.people[mine.person_id or 0].name
    changing.swap(
        staffed, mine.id, his.id, {"reason": "下村", "approved_by": "孙志强", "changed_on": "2026-09-20"}, TODAY
    )
    roster = months.roster_of(staffed, OCTOBER)
    words = why_words(roster, weighing.scale_of(staffed, roster), turn(roster, 1, "带班领导"))
    assert words.startswith(f"与{name}换班（下村）。")


def test_nobody_has_no_reason(staffed: Office, roster: Roster) -> None:
    changing.put(staffed, turn(roster, 1).id, None)
    roster = months.roster_of(staffed, OCTOBER)
    assert why_words(roster, weighing.scale_of(staffed, roster), turn(roster, 1)) == ""


def test_a_proof_holds_until_a_hand_makes_it_less_even(staffed: Office) -> None:
    assert weighing.proof_of(staffed, months.roster_of(staffed, OCTOBER)) == ("", "soft")
    months.draw(staffed, [OCTOBER, "2026-11"])
    for name in (OCTOBER, "2026-11"):
        assert weighing.proof_of(staffed, months.roster_of(staffed, name)) == ("最公平，已证明", "green")
    one = named(months.roster_of(staffed, OCTOBER), LEADERS[0])
    for day in (1, 2, 3, 4, 5):  # all of a holiday by one of three
        changing.put(staffed, turn(months.roster_of(staffed, OCTOBER), day, "带班领导").id, one)
    assert weighing.proof_of(staffed, months.roster_of(staffed, OCTOBER))[1] == "amber"


def test_a_roster_made_by_hand_claims_nothing(staffed: Office, roster: Roster) -> None:
    assert weighing.proof_of(staffed, roster) == ("手工排", "soft")
