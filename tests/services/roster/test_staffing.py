# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from datetime import date

import pytest

from township_office.core.errors import Invalid, OfficeError
from township_office.registers.duty.plan import DayKind
from township_office.registers.duty.staff import ALWAYS, NEVER, WISH
from township_office.services.checking import verify
from township_office.services.office import Office
from township_office.services.roster import changing, months, staffing
from township_office.services.roster.tasks import frame_of

TODAY = date(2026, 9, 20)


def add(office: Office, name: str, **more: str) -> int:
    return staffing.save_person(office, {"name": name, "groups": "值班员"} | more, TODAY).id


def test_a_person_is_kept_as_typed_and_changed_field_by_field(office: Office) -> None:
    first = staffing.save_person(
        office, {"name": "孙志强", "groups": "带班领导， 值班员", "phone": "138 0000 0000"}, TODAY
    )
    assert first.groups == ("带班领导", "值班员")
    changed = staffing.save_person(office, {"post": "书记"}, TODAY, first.id)
    assert (changed.name, changed.groups, changed.post) == ("孙志强", first.groups, "书记")
    assert verify(office).findings == ()


def test_no_two_people_have_one_name(office: Office) -> None:
    add(office, "张伟")
    with pytest.raises(Invalid, match="张伟"):
        add(office, "张伟")


@pytest.mark.parametrize("draft", [{"name": ""}, {"groups": ""}, {"starts_on": "2026-10-02", "ends_on": "2026-10-01"}])
def test_a_person_without_name_or_group_or_who_leaves_before_coming_is_refused(
    office: Office, draft: dict[str, str]
) -> None:
    with pytest.raises(Invalid):
        staffing.save_person(office, {"name": "李明", "groups": "值班员"} | draft, TODAY)
    assert staffing.people(office) == []


def test_days_away_are_noted_and_taken_back(office: Office) -> None:
    person = add(office, "李明")
    staffing.save_away(office, person, {"kind": WISH, "first_on": "10-03"}, TODAY)
    (wish,) = staffing.aways(office, date(2026, 10, 1), date(2026, 10, 31))
    assert (wish.first_on, wish.last_on) == (date(2026, 10, 3), date(2026, 10, 3))
    with pytest.raises(Invalid):
        staffing.save_away(office, person, {"first_on": "2026-10-03", "last_on": "2026-10-01"}, TODAY)
    staffing.drop_away(office, wish.id, TODAY)
    assert staffing.aways(office) == []


def test_a_pair_has_one_rule(office: Office) -> None:
    first, second = add(office, "李明"), add(office, "王芳")
    staffing.save_pair(office, second, first, NEVER)
    staffing.save_pair(office, first, second, ALWAYS)
    (pair,) = staffing.pairs(office)
    assert pair.rule == ALWAYS
    with pytest.raises(OfficeError):
        staffing.save_pair(office, first, first)
    staffing.void_person(office, first, TODAY)
    assert staffing.pairs(office) == []


def test_lines_keep_their_order_and_come_back_under_their_name(office: Office) -> None:
    leader = staffing.save_line(office, {"name": "带班领导", "group_name": "领导"}, TODAY)
    clerk = staffing.save_line(
        office, {"name": "值班员", "group_name": "干部", "people": "2", "shift": "day+night"}, TODAY, None,
        [DayKind.RESTDAY],
    )  # fmt: skip
    assert (len(clerk.halves), clerk.kinds) == (2, {DayKind.RESTDAY})
    staffing.arrange(office, "line", [clerk.id, leader.id])
    assert [line.name for line in staffing.lines(office)] == ["值班员", "带班领导"]
    staffing.retire_line(office, leader.id, TODAY)
    assert [line.name for line in staffing.lines(office)] == ["值班员"]
    again = staffing.save_line(office, {"name": "带班领导", "group_name": "领导"}, TODAY)
    assert again.id == leader.id
    with pytest.raises(Invalid):
        staffing.save_line(office, {"name": "值班员", "group_name": "干部"}, TODAY)
    with pytest.raises(Invalid):
        staffing.save_line(office, {"name": "司机", "group_name": "司机", "people": "0"}, TODAY)
    with pytest.raises(OfficeError):
        staffing.save_line(office, {"name": "司机", "group_name": "司机"}, TODAY, None, [])


def _served(office: Office) -> dict[str, int]:
    """Turns that each group's members carry into November, all kinds together, by name of group."""
    member = {one.name: one for one in frame_of(office, ["2026-11"]).task.members}
    return {
        f"{name} {group}": sum(tally.values())
        for name in ("李明", "孙志强")
        for group, tally in member[name].carried.items()
    }


def test_who_changes_the_group_starts_at_the_mean_of_the_new_one(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10", publish=True)
    before = _served(staffed)
    person = staffing.person_named(staffed, "李明")
    assert person is not None
    staffing.save_person(staffed, {"groups": "带班领导"}, TODAY, person.id)
    assert abs(_served(staffed)["李明 带班领导"] - before["孙志强 带班领导"]) <= 1
    staffing.save_person(staffed, {"groups": "值班员"}, TODAY, person.id)  # it was a slip
    assert _served(staffed) == before
    assert verify(staffed).findings == ()


def test_a_group_called_otherwise_keeps_its_balance(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10", publish=True)
    before, line = _served(staffed), staffing.lines(staffed)[1]
    new = staffing.save_line(staffed, {"name": "值班员", "group_name": "机关干部", "people": "2"}, TODAY, line.id)
    assert new.id == line.id
    for person in staffing.people(staffed):
        if person.groups == ("值班员",):
            staffing.save_person(staffed, {"groups": "机关干部"}, TODAY, person.id)
    assert _served(staffed) == {name.replace(" 值班员", " 机关干部"): count for name, count in before.items()}


def test_a_line_given_to_another_group_leaves_its_turns_where_they_were_served(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10", publish=True)
    before, line = _served(staffed), staffing.lines(staffed)[0]
    new = staffing.save_line(staffed, {"name": "带班领导", "group_name": "值班员"}, TODAY, line.id)
    assert [one.name for one in staffing.lines(staffed)] == ["带班领导", "值班员"]
    assert new.id != line.id
    assert _served(staffed) == before
    assert verify(staffed).findings == ()


def test_who_took_a_turn_and_gave_it_on_is_not_taken_off_the_list(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10", publish=True)
    new = staffing.save_person(staffed, {"name": "林静", "groups": "值班员"}, TODAY)
    shift = months.roster_of(staffed, "2026-10").shifts[1]
    why = {"reason": "到县里开会", "changed_on": "2026-10-01"}
    changing.substitute(staffed, shift.id, new.id, why, TODAY)
    changing.reassign(staffed, shift.id, shift.person_id or 0, why, TODAY)
    with pytest.raises(OfficeError):
        staffing.void_person(staffed, new.id, TODAY)
    assert [one.creditor_id for one in changing.owed(staffed)] == [new.id]
