# SPDX-License-Identifier: MulanPSL-2.0
"""An office with people and lines, and rosters drawn by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from township_office.registers.duty.month import Month
from township_office.registers.duty.plan import Drawn, Outcome
from township_office.services.office import Office
from township_office.services.roster import months, staffing
from township_office.services.roster.tasks import frame_of

TODAY = date(2026, 9, 20)
LEADERS, CLERKS = ("孙志强", "何文斌", "周立新"), ("李明", "王芳", "许晴", "陈海", "赵磊")


@pytest.fixture
def staffed(office: Office) -> Office:
    """Three leaders on a line of one, five clerks on a line of two."""
    for name in LEADERS:
        staffing.save_person(office, {"name": name, "groups": "带班领导", "phone": "138"}, TODAY)
    for name in CLERKS:
        staffing.save_person(office, {"name": name, "groups": "值班员"}, TODAY)
    staffing.save_line(office, {"name": "带班领导", "group_name": "带班领导"}, TODAY)
    staffing.save_line(office, {"name": "值班员", "group_name": "值班员", "people": "2"}, TODAY)
    return office


@pytest.fixture
def by_turns() -> Callable[..., Month]:
    """by_turns(office, "2026-10"): a month in which everybody follows the one before; given out when asked to."""

    def draw(office: Office, name: str, *, publish: bool = False) -> Month:
        frame = frame_of(office, [name])
        members = {
            group: [one.id for one in frame.task.members if group in one.groups]
            for group in {slot.group for slot in frame.task.slots}
        }
        turn = dict.fromkeys(members, 0)
        cells = {}
        for slot in frame.task.slots:
            own = members[slot.group]
            cells[slot] = tuple(own[(turn[slot.group] + seat) % len(own)] for seat in range(slot.people))
            turn[slot.group] += slot.people
        months.keep(office, frame, Drawn(Outcome.OPTIMAL, cells))
        if publish:
            months.publish(office, name, "孙志强", TODAY)
        month = months.roster_of(office, name).month
        assert month is not None
        return month

    return draw
