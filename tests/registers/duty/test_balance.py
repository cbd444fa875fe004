# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from township_office.registers.duty.balance import Turns, carried_into, load
from township_office.registers.duty.plan import WEIGHTS, DayKind
from township_office.registers.duty.staff import LEAVE, OFF_POST, Away, Person

WORKDAY, RESTDAY = DayKind.WORKDAY, DayKind.RESTDAY
GROUP = "值班员"


def person(number: int, **more: object) -> Person:
    return Person(number, f"人{number}", (GROUP,), **more)  # type: ignore[arg-type]


def turns(month: str, number: int, count: int, kind: DayKind = WORKDAY, *, is_drawn: bool = True) -> Turns:
    return Turns(month, is_drawn, number, GROUP, kind, count)


def test_what_was_served_is_carried_and_what_comes_later_is_not() -> None:
    past = [turns("2026-01", 1, 3), turns("2026-02", 1, 2, RESTDAY), turns("2026-03", 1, 9), turns("2026-01", 2, 4)]
    carried = carried_into("2026-03", [person(1), person(2)], [], past)
    assert carried[1][GROUP] == {kind: {WORKDAY: 3, RESTDAY: 2}.get(kind, 0) for kind in DayKind}
    assert carried[2][GROUP][WORKDAY] == 4


def test_a_newcomer_starts_at_the_mean() -> None:
    past = [turns("2026-01", 1, 10), turns("2026-01", 2, 13)]
    new = person(3, starts_on=date(2026, 2, 1))
    carried = carried_into("2026-02", [person(1), person(2), new], [], past)
    assert carried[3][GROUP][WORKDAY] == 12  # 11.5


def test_someone_added_after_a_month_was_given_out_is_a_newcomer_without_a_date() -> None:
    past = [turns("2026-01", 1, 4), turns("2026-01", 2, 4)]
    carried = carried_into("2026-02", [person(1), person(2), person(3, since="2026-02")], [], past)
    assert carried[3][GROUP][WORKDAY] == 4


def test_who_was_there_and_had_no_turn_is_no_newcomer() -> None:
    past = [turns("2026-01", 1, 1), turns("2026-01", 2, 1)]
    carried = carried_into("2026-02", [person(1), person(2), person(3)], [], past)
    assert carried[3][GROUP][WORKDAY] == 0


def test_an_old_sheet_does_not_make_a_latecomer_owe_all_its_turns() -> None:
    past = [turns("2025-12", 1, 6, is_drawn=False), turns("2025-12", 2, 6, is_drawn=False)]
    carried = carried_into("2026-01", [person(1), person(2), person(3)], [], past)
    assert carried[3][GROUP][WORKDAY] == 6


def needs(first: date, days: int, people: int = 1, kind: DayKind = WORKDAY) -> dict[str, list]:
    return {GROUP: [(first + timedelta(n), kind, people) for n in range(days)]}


def test_who_comes_in_the_middle_of_the_month_has_had_a_share_of_it() -> None:
    new = person(3, starts_on=date(2026, 4, 16))
    coming = needs(date(2026, 4, 1), 30)
    carried = carried_into("2026-04", [person(1), person(2), new], [], [], coming)
    assert carried[3][GROUP][WORKDAY] == 8  # of fifteen days before, shared by two
    assert carried[1][GROUP][WORKDAY] == 0


def test_who_leaves_in_the_middle_of_the_month_does_not_serve_all_of_it_before() -> None:
    left = person(3, ends_on=date(2026, 4, 15))
    carried = carried_into("2026-04", [person(1), person(2), left], [], [], needs(date(2026, 4, 1), 30))
    assert carried[3][GROUP][WORKDAY] == 8


def test_who_comes_in_the_course_of_a_year_drawn_at_once_does_not_serve_all_of_it() -> None:
    past = [turns("2025-12", 1, 5), turns("2025-12", 2, 7)]
    new = person(3, starts_on=date(2026, 7, 1))
    spring = {GROUP: [*needs(date(2026, 2, 15), 8, 1, DayKind.SPRING_FESTIVAL)[GROUP],
                      *needs(date(2026, 3, 1), 122)[GROUP], *needs(date(2026, 7, 1), 184)[GROUP]]}  # fmt: skip
    carried = carried_into("2026-01", [person(1), person(2), new], [], past, spring)
    assert carried[3][GROUP][WORKDAY] == 6 + 61
    assert carried[3][GROUP][DayKind.SPRING_FESTIVAL] == 4


def test_half_a_month_served_makes_up_for_the_other_half() -> None:
    past = [turns("2026-04", 1, 15), turns("2026-04", 2, 15), turns("2026-04", 3, 7)]
    new = person(3, starts_on=date(2026, 4, 16))
    carried = carried_into("2026-05", [person(1), person(2), new], [], past)
    assert carried[3][GROUP][WORKDAY] == 14  # 37 turns, two and a half people, half of it


def test_who_was_off_post_comes_back_at_the_mean_and_who_was_on_leave_makes_up() -> None:
    past = [turns("2026-01", 1, 4), turns("2026-01", 2, 4), turns("2026-02", 1, 6), turns("2026-02", 2, 6)]
    staff = [person(1), person(2), person(3), person(4)]
    gone = [
        Away(1, 3, OFF_POST, date(2026, 1, 1), date(2026, 2, 28)),
        Away(2, 4, LEAVE, date(2026, 1, 1), date(2026, 2, 28)),
    ]
    carried = carried_into("2026-03", staff, gone, past)
    assert carried[3][GROUP][WORKDAY] == 7  # two of three had 10 turns: the mean of who was there, month by month
    assert carried[4][GROUP][WORKDAY] == 0


def test_who_has_left_weighs_no_longer() -> None:
    past = [turns("2026-01", 1, 20), turns("2026-01", 2, 4)]
    left = person(1, ends_on=date(2026, 1, 31))
    carried = carried_into("2026-02", [left, person(2), person(3, starts_on=date(2026, 2, 1))], [], past)
    assert carried[3][GROUP][WORKDAY] == 4


def test_turns_from_before_the_program_are_where_one_begins() -> None:
    old = person(1, opening={GROUP: {RESTDAY: 5}})
    carried = carried_into("2026-02", [old, person(2)], [], [turns("2026-01", 1, 1, RESTDAY)])
    assert carried[1][GROUP][RESTDAY] == 6


def test_every_group_counts_for_itself() -> None:
    both = Person(1, "甲", (GROUP, "驾驶员"))
    past = [Turns("2026-01", True, 1, GROUP, WORKDAY, 3), Turns("2026-01", True, 1, "驾驶员", WORKDAY, 5)]
    carried = carried_into("2026-02", [both], [], past)
    assert (carried[1][GROUP][WORKDAY], carried[1]["驾驶员"][WORKDAY]) == (3, 5)


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 5), st.integers(0, 9)), max_size=40))
def test_who_is_there_from_the_first_day_carries_exactly_what_was_served(served: list[tuple[int, int, int]]) -> None:
    past = sorted(
        (turns(f"2025-{month:02}", number, count) for month, number, count in served), key=lambda one: one.month
    )
    staff = [person(number, starts_on=date(2025, 1, 1)) for number in range(1, 6)]
    carried = carried_into("2026-01", staff, [], past)
    for number in range(1, 6):
        assert carried[number][GROUP][WORKDAY] == sum(one.count for one in past if one.person_id == number)


def test_a_load_is_the_weighted_turns() -> None:
    assert load({WORKDAY: 2, RESTDAY: 1}, WEIGHTS) == Fraction(7, 2)
