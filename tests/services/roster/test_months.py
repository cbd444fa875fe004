# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from datetime import date

import pytest

from tests.services.roster.conftest import TODAY
from township_office.core.errors import OfficeError
from township_office.planning.measuring import measure
from township_office.registers.duty.calendar import YearCalendar
from township_office.registers.duty.plan import Conflict, DayKind, Drawn, Half, Outcome, Slot
from township_office.registers.duty.staff import FIXED, LEAVE
from township_office.services.checking import verify
from township_office.services.office import Office
from township_office.services.roster import answers, calendar, changing, months, staffing, tally
from township_office.services.roster.today import on_duty
from township_office.store import duty


def test_a_month_is_drawn_filled_and_kept_as_a_draft(staffed: Office) -> None:
    drawn = months.draw(staffed, ["2026-10"])
    roster = months.roster_of(staffed, "2026-10")
    assert drawn.outcome is Outcome.OPTIMAL
    assert roster.month is not None
    assert not roster.month.is_published
    assert roster.outcome["status"] == "optimal"
    assert len(roster.shifts) == 31 * 3
    assert roster.cells == drawn.cells
    assert roster.shifts[0].kind is DayKind.HOLIDAY
    assert verify(staffed).findings == ()


def test_what_is_locked_stays_when_the_rest_is_drawn_anew(staffed: Office) -> None:
    months.draw(staffed, ["2026-10"])
    before = months.roster_of(staffed, "2026-10")
    lead = before.shifts[0]
    other = next(one.id for one in before.frame.task.members if "带班领导" in one.groups and one.id != lead.person_id)
    free = [one for one in before.shifts if one.day == lead.day]
    assert other not in {one.person_id for one in free}
    changing.put(staffed, lead.id, other)
    changing.lock(staffed, [lead.id])
    months.draw(staffed, ["2026-10"])
    after = {one.id: one for one in months.roster_of(staffed, "2026-10").shifts}[lead.id]
    assert (after.person_id, after.is_locked) == (other, True)


def test_leave_and_fixed_days_are_kept(staffed: Office) -> None:
    sun, he = (staffing.person_named(staffed, name) for name in ("孙志强", "何文斌"))
    assert sun is not None
    assert he is not None
    staffing.save_away(staffed, sun.id, {"kind": LEAVE, "first_on": "2026-10-01", "last_on": "2026-10-08"}, TODAY)
    staffing.save_away(staffed, he.id, {"kind": FIXED, "first_on": "2026-10-05"}, TODAY)
    months.draw(staffed, ["2026-10"])
    shifts = months.roster_of(staffed, "2026-10").shifts
    assert not [one for one in shifts if one.person_id == sun.id and one.day <= date(2026, 10, 8)]
    assert [one for one in shifts if one.person_id == he.id and one.day == date(2026, 10, 5)]


def test_what_nobody_can_fill_is_told_and_nothing_is_written(staffed: Office) -> None:
    for person in staffing.people(staffed):
        if "带班领导" in person.groups:
            staffing.save_away(staffed, person.id, {"kind": LEAVE, "first_on": "2026-10-04"}, TODAY)
    drawn = months.draw(staffed, ["2026-10"])
    assert drawn.outcome is Outcome.INFEASIBLE
    assert drawn.conflict is not None
    assert {slot.day for slot in drawn.conflict.slots} == {date(2026, 10, 4)}
    assert months.roster_of(staffed, "2026-10").month is None


def test_a_month_given_out_is_neither_drawn_nor_given_out_again(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10", publish=True)
    with pytest.raises(OfficeError, match="已经发布"):
        months.draw(staffed, ["2026-10"])
    with pytest.raises(OfficeError, match="已经发布"):
        months.publish(staffed, "2026-10", "", TODAY)


def test_a_month_with_an_empty_place_is_not_given_out(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10")
    changing.put(staffed, months.roster_of(staffed, "2026-10").shifts[4].id, None)
    with pytest.raises(OfficeError, match="2026-10-02"):
        months.publish(staffed, "2026-10", "", TODAY)


def test_a_month_is_a_draft_again_for_a_reason_until_a_shift_was_changed(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10", publish=True)
    with pytest.raises(OfficeError):
        months.reopen(staffed, "2026-10", " ")
    assert not months.reopen(staffed, "2026-10", "漏了国庆").is_published
    months.publish(staffed, "2026-10", "孙志强", TODAY)
    shift = months.roster_of(staffed, "2026-10").shifts[0]
    other = next(one.id for one in staffing.people(staffed) if one.id not in {
        one.person_id for one in months.roster_of(staffed, "2026-10").shifts if one.day == shift.day})  # fmt: skip
    changing.substitute(staffed, shift.id, other, {"reason": "开会", "changed_on": "今天"}, TODAY)
    with pytest.raises(OfficeError, match="调班"):
        months.reopen(staffed, "2026-10", "再改")


def test_a_line_that_is_kept_no_longer_leaves_the_draft_and_comes_back(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10")
    clerks = staffing.lines(staffed)[1]
    staffing.retire_line(staffed, clerks.id, TODAY)
    by_turns(staffed, "2026-10")
    assert len(months.roster_of(staffed, "2026-10").shifts) == 31
    staffing.save_line(staffed, {"name": "值班员", "group_name": "值班员", "people": "1"}, TODAY)
    by_turns(staffed, "2026-10")
    assert len(months.roster_of(staffed, "2026-10").shifts) == 62
    assert verify(staffed).findings == ()


def test_turns_given_out_are_carried_into_the_next_month(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10", publish=True)
    members = {one.name: one for one in months.roster_of(staffed, "2026-11").frame.task.members}
    served = [one for one in months.roster_of(staffed, "2026-10").shifts if one.person_id == members["李明"].id]
    assert sum(members["李明"].carried["值班员"].values()) == len(served) == 13


def test_a_gap_is_kept_across_the_end_of_a_month(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10", publish=True)
    last = {one.person_id for one in months.roster_of(staffed, "2026-10").shifts if one.day == date(2026, 10, 31)}
    months.draw(staffed, ["2026-11"])
    first = {one.person_id for one in months.roster_of(staffed, "2026-11").shifts if one.day == date(2026, 11, 1)}
    assert not last & first


def test_today_says_who_is_on_duty_once_it_is_given_out(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10")
    assert on_duty(staffed, date(2026, 10, 1)) == []
    months.publish(staffed, "2026-10", "孙志强", TODAY)
    shown = on_duty(staffed, date(2026, 10, 1))
    assert [(one.line, one.name) for one in shown] == [("带班领导", "孙志强"), ("值班员", "李明"), ("值班员", "王芳")]
    assert shown[0].phone == "138"


@pytest.mark.parametrize("name", ["2026-13", "10", "2026", "", "2026-1", "一月"])
def test_what_is_no_month_is_refused_in_words(staffed: Office, name: str) -> None:
    with pytest.raises(OfficeError, match="2026-10"):
        months.roster_of(staffed, name)


def test_without_lines_or_people_nothing_is_drawn(office: Office) -> None:
    with pytest.raises(OfficeError, match="岗位"):
        months.draw(office, ["2026-10"])
    staffing.save_line(office, {"name": "值班员", "group_name": "值班员"}, TODAY)
    with pytest.raises(OfficeError, match="人员"):
        months.draw(office, ["2026-10"])
    assert duty.months(office.db) == []


def test_what_was_not_found_in_time_empties_no_draft(staffed: Office, by_turns, monkeypatch) -> None:
    by_turns(staffed, "2026-10")
    before = months.roster_of(staffed, "2026-10").shifts
    monkeypatch.setattr("township_office.planning.drawing.draw", lambda *_: Drawn(Outcome.BOUND, {}))
    with pytest.raises(OfficeError, match="没有动"):
        months.draw(staffed, ["2026-10"])
    assert months.roster_of(staffed, "2026-10").shifts == before


def test_who_is_locked_in_stays_so_however_often_it_is_drawn(staffed: Office) -> None:
    months.draw(staffed, ["2026-10"], seconds=5)
    last = staffing.people(staffed)[-1].id  # written after the other one of the day, wherever he was put
    shifts = months.roster_of(staffed, "2026-10").shifts
    there = {one.day for one in shifts if one.person_id == last}
    place = next(one for one in shifts if one.seat == 1 and one.half == "24h" and one.day not in there
                 and sum(other.day == one.day and other.line_id == one.line_id for other in shifts) == 2)  # fmt: skip
    changing.put(staffed, place.id, last)
    changing.lock(staffed, [place.id])
    for _ in range(2):
        months.draw(staffed, ["2026-10"], seconds=5)
        locked = [one for one in months.roster_of(staffed, "2026-10").shifts if one.is_locked]
        assert [(one.day, one.person_id) for one in locked] == [(place.day, last)]


def test_what_was_given_out_stands_whatever_becomes_of_the_lines(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10", publish=True)
    before = answers.as_plain(months.roster_of(staffed, "2026-10"))
    lead, clerks = staffing.lines(staffed)
    staffing.retire_line(staffed, lead.id, TODAY)
    staffing.save_line(staffed, {"name": "值班员", "group_name": "值班员", "people": "1"}, TODAY, clerks.id)
    staffing.save_line(staffed, {"name": "驾驶员", "group_name": "驾驶员"}, TODAY)
    roster = months.roster_of(staffed, "2026-10")
    after = answers.as_plain(roster)
    by_line = lambda plain: sorted(plain["cells"], key=lambda cell: (cell["date"], cell["line"]))  # noqa: E731
    assert by_line(after) == by_line(before)
    assert after["spread"] == before["spread"]
    assert {one.rule for one in measure(roster.frame.task, roster.cells).breaches} <= {"gap"}


def test_the_kind_of_a_day_given_out_stays_when_the_calendar_is_corrected(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10", publish=True)
    before = answers.as_plain(months.roster_of(staffed, "2026-10"))
    calendar.save_calendars(staffed, [YearCalendar(2026)])
    assert answers.as_plain(months.roster_of(staffed, "2026-10")) == before


def test_what_is_given_out_is_what_is_seen(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10")
    lead, clerks = staffing.lines(staffed)
    staffing.save_line(staffed, {"name": "值班员", "group_name": "值班员", "people": "1"}, TODAY, clerks.id)
    staffing.retire_line(staffed, lead.id, TODAY)
    calendar.save_calendars(staffed, [YearCalendar(2026)])
    months.publish(staffed, "2026-10", "", TODAY)
    assert [one.name for one in on_duty(staffed, date(2026, 10, 1))] == ["李明"]
    counted = {kind: sum(one.count for one in duty.counts(staffed.db) if one.kind is kind) for kind in DayKind}
    assert counted == {"workday": 22, "restday": 9, "holiday": 0, "spring_festival": 0}
    assert verify(staffed).findings == ()


def test_the_day_and_the_night_of_one_line_are_said_once(staffed: Office) -> None:
    day, night = (
        Slot(date(2026, 10, 1), 0, half, "值班员", DayKind.HOLIDAY, 1, "门卫") for half in (Half.DAY, Half.NIGHT)
    )
    words = answers.conflict_words({}, Conflict((), (day, night), ("group",)))
    assert words.count("门卫") == 1


@pytest.mark.parametrize("name", ["1899-01", "2100-01"])
def test_a_mistyped_century_is_no_month(office: Office, name: str) -> None:
    with pytest.raises(OfficeError, match="2000 到 2099"):
        months.draw(office, [name])


def test_a_group_smaller_than_its_turn_is_said_to_be(office: Office) -> None:
    staffing.save_person(office, {"name": "李明", "groups": "值班员"}, TODAY)
    staffing.save_line(office, {"name": "值班员", "group_name": "值班员", "people": "2"}, TODAY)
    drawn = months.draw(office, ["2028-02"])
    words = answers.words_of(months.roster_of(office, "2028-02"), drawn)
    assert "2月1日值班员，这个组的人数不够每班用" in words


def test_a_month_that_is_given_out_keeps_the_lines_it_had(staffed: Office, by_turns) -> None:
    """What is on paper is on the screen: a line that is dropped, added or changed since does not change the month."""
    by_turns(staffed, "2026-10", publish=True)
    before = months.roster_of(staffed, "2026-10")
    leaders, clerks = staffing.lines(staffed)
    staffing.retire_line(staffed, leaders.id, TODAY)
    staffing.save_line(staffed, {"name": "值班员", "group_name": "值班员", "shift": "白班+夜班"}, TODAY, clerks.id)
    staffing.save_line(staffed, {"name": "应急组", "group_name": "值班员"}, TODAY)
    after = months.roster_of(staffed, "2026-10")
    assert [line.name for line in after.frame.lines] == ["值班员", "带班领导"]
    by_name = [{(s.day, s.name, s.half): who for s, who in one.cells.items()} for one in (before, after)]
    assert by_name[0] == by_name[1]
    assert len(by_name[0]) == 62
    assert [line.name for line in months.roster_of(staffed, "2026-11").frame.lines] == ["值班员", "应急组"]


def test_turns_of_a_line_dropped_before_giving_out_do_not_count(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10")
    staffing.retire_line(staffed, staffing.lines(staffed)[0].id, TODAY)
    months.publish(staffed, "2026-10", "孙志强", TODAY)
    assert {line.group for line in tally.tally_of(staffed, 2026) if line.turns} == {"值班员"}


def test_leave_noted_after_the_month_was_drawn_is_told(staffed: Office) -> None:
    months.draw(staffed, ["2026-10"])
    shift = months.roster_of(staffed, "2026-10").shifts[0]
    assert answers.as_plain(months.roster_of(staffed, "2026-10"))["broken"] == []
    assert shift.person_id is not None
    staffing.save_away(staffed, shift.person_id, {"kind": LEAVE, "first_on": "2026-10-01"}, TODAY)
    (told,) = answers.as_plain(months.roster_of(staffed, "2026-10"))["broken"]
    name = next(one.name for one in staffing.people(staffed) if one.id == shift.person_id)
    assert told == {"date": "2026-10-01", "line": "带班领导", "rule": "away", "person": name}
