# SPDX-License-Identifier: MulanPSL-2.0
"""Rosters of thirty people: a month and a year drawn, against a list that is gone through; and years of them shown."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.planning.offices import THIRTY, THREE, absent, days, people, slots
from township_office.planning.drawing import draw
from township_office.planning.measuring import measure
from township_office.registers.duty.month import after
from township_office.registers.duty.plan import Cells, Drawn, Outcome, Task
from township_office.services.office import Office, create_office, open_office
from township_office.services.roster import months, staffing
from township_office.services.roster.tasks import frame_of

_TODAY = date(2026, 11, 20)
_FIRST = "2015-01"
_YEARS = 12


class Found(NamedTuple):
    """What one roster took, and how far it is proven; ours and the list's spread of the weighted load, all groups."""

    seconds: float
    outcome: Outcome
    load: float
    list_load: float


def task_of(count: int) -> Task:
    """Return thirty people and three lines for so many days of 2026, with 8 % of the days on leave."""
    span = days(date(2026, 1, 1), count)
    return Task(slots(span, THREE), tuple(absent(people(THIRTY), span, 0.08, Random(6))))


def by_list(task: Task) -> Cells:
    """Take whoever can of a group and has had the fewest turns: what is done by hand."""
    had = {member.id: 0 for member in task.members}
    last: dict[int, date] = {}
    cells: dict[object, tuple[int, ...]] = {}
    for slot in sorted(task.slots):
        able = [
            member.id
            for member in task.members
            if slot.group in member.groups
            and slot.day not in member.away
            and (slot.day - last.get(member.id, date.min)).days > task.gap
        ]
        cells[slot] = tuple(sorted(able, key=had.__getitem__)[: slot.people])
        for member_id in cells[slot]:
            had[member_id] += 1
            last[member_id] = slot.day
    return cells  # type: ignore[return-value]


def drawn(count: int, times: int) -> Found:
    """Draw so many days."""
    task = task_of(count)
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        found = draw(task)
        taken.append(time.perf_counter() - began)
    ours, theirs = (measure(task, cells).load for cells in (found.cells, by_list(task)))
    return Found(statistics.median(taken), found.outcome, float(ours), float(theirs))


def shown(folder: Path) -> tuple[float, float]:
    """Return the seconds it takes to read the last month of an office with twelve years of rosters, and the first."""
    path = folder / "rosters.office.db"
    if not path.exists():
        partial = folder / "rosters.partial.office.db"
        partial.unlink(missing_ok=True)
        with create_office(partial, "青山县云水镇党政综合办公室", "王春燕", _TODAY) as office:
            _fill(office)
        partial.rename(path)
    taken: dict[str, list[float]] = {after(_FIRST, 12 * _YEARS - 1): [], _FIRST: []}
    with open_office(path, "王春燕") as office:
        for name in [*taken] * 9:
            began = time.perf_counter()
            months.roster_of(office, name)
            taken[name].append(time.perf_counter() - began)
    last, first = (statistics.median(own) for own in taken.values())
    return last, first


def table(folder: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Yield the lines of the table: what, figure, goal, whether it is met."""
    draw(task_of(3))  # the solver is loaded with its first task
    for what, count, goal, times in (("一个月", 31, 2, 3), ("一年", 365, 60, 1)):
        one = drawn(count, times)
        is_met = one.seconds <= goal and (count > 31 or one.outcome is Outcome.OPTIMAL)
        yield f"30人3岗排{what}班", f"{one.seconds:.1f} 秒（{one.outcome}）", f"≤ {goal} 秒", is_met
        ratio = one.load / max(one.list_load, 0.5)
        figure = f"{ratio:.2f}×（{one.load:g} / {one.list_load:g}）"
        yield f"排{what}班，负荷差 ÷ 谁少排谁", figure, "≤ 1×", ratio <= 1
    last, first = shown(folder)
    figure = f"{last / first:.2f}×（{1000 * last:.0f} / {1000 * first:.0f} 毫秒）"
    yield "改一格后重读班表：12年的末月 ÷ 首月", figure, "≤ 3×", last <= 3 * first


def _fill(office: Office) -> None:
    for group, count in THIRTY.items():
        for number in range(count):
            staffing.save_person(office, {"name": f"{group}{number + 1}", "groups": group}, _TODAY)
    for group, wanted in THREE:
        staffing.save_line(office, {"name": group, "group_name": group, "people": str(wanted)}, _TODAY)
    for number in range(12 * _YEARS):
        frame = frame_of(office, [after(_FIRST, number)])
        months.keep(office, frame, Drawn(Outcome.OPTIMAL, by_list(frame.task)))
        months.publish(office, frame.months[0], "", _TODAY)
