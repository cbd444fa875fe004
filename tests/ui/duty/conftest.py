# SPDX-License-Identifier: MulanPSL-2.0
"""An office with leaders and clerks, October 2026 rostered by turns, and the tab 值班 on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from township_office.registers.duty.plan import Drawn, Outcome
from township_office.services.office import Office
from township_office.services.roster import months, staffing
from township_office.services.roster.tasks import frame_of
from township_office.ui.tabs.duty_tab import DutyTab

LEADERS = ("孙志强", "何文斌", "许晴", "高翔")
CLERKS = ("陈海", "周立新", "赵国平", "王春燕", "马晓峰", "田雨", "罗建")
NOVEMBER = "2026-11"


@pytest.fixture
def staffed(office: Office, today: date) -> Office:
    """Four leaders on a line of one, seven clerks on a line of two."""
    for group, names in (("带班领导", LEADERS), ("值班员", CLERKS)):
        for place, name in enumerate(names):
            phone = f"1390000{place + 1000}"
            staffing.save_person(office, {"name": name, "groups": group, "phone": phone}, today)
    staffing.save_line(office, {"name": "带班领导", "group_name": "带班领导"}, today)
    staffing.save_line(office, {"name": "值班员", "group_name": "值班员", "people": "2"}, today)
    return office


@pytest.fixture
def by_turns(today: date) -> Callable[..., None]:
    """by_turns(office, "2026-11"): everybody follows the one before; given out when asked to."""

    def keep(office: Office, name: str = NOVEMBER, *, publish: bool = False) -> None:
        frame = frame_of(office, [name])
        own = {group: [one.id for one in frame.task.members if group in one.groups] for group in ("带班领导", "值班员")}
        turn, cells = dict.fromkeys(own, 0), {}
        for slot in sorted(frame.task.slots):
            line = own[slot.group]
            cells[slot] = tuple(line[(turn[slot.group] + seat) % len(line)] for seat in range(slot.people))
            turn[slot.group] += slot.people
        months.keep(office, frame, Drawn(Outcome.BOUND, cells))
        if publish:
            months.publish(office, name, "孙志强", today)

    return keep


@pytest.fixture
def shown(qtbot, clock, asker, put_away) -> Iterator[Callable[..., DutyTab]]:
    """shown(office, width): the tab 值班, with the keyboard."""
    tabs: list[DutyTab] = []

    def show(office: Office, width: int = 1366) -> DutyTab:
        tab = DutyTab(office, clock, asker)
        tabs.append(tab)
        tab.resize(width, 640)
        tab.show()
        tab.activateWindow()
        with qtbot.waitActive(tab):
            pass
        tab.enter()
        return tab

    yield show
    put_away(*tabs)


@pytest.fixture
def draft(staffed: Office, by_turns: Callable[..., None], shown: Callable[..., DutyTab]) -> DutyTab:
    """November as a draft."""
    by_turns(staffed)
    return shown(staffed)


@pytest.fixture
def given_out(staffed: Office, by_turns: Callable[..., None], shown: Callable[..., DutyTab]) -> DutyTab:
    """November, given out."""
    by_turns(staffed, publish=True)
    return shown(staffed)
