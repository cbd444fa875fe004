# SPDX-License-Identifier: MulanPSL-2.0
"""Who is on duty in the example office: the months since spring given out, the next one drafted."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from township_office.registers.duty.month import Shift, after, month_of
from township_office.registers.duty.plan import Drawn, Outcome, Slot
from township_office.services.office import Office, change
from township_office.services.roster import changing, months, staffing
from township_office.services.roster.months import keep
from township_office.services.roster.tasks import Frame, frame_of

_MONTHS_BEFORE = 2
LEADERS = (
    ("孙志强", "党委书记"), ("何文斌", "镇长"), ("许晴", "党委副书记"), ("高翔", "常务副镇长"),
    ("林静", "组织委员"), ("杜明远", "副镇长"), ("马国庆", "宣传委员"),
)  # fmt: skip
STAFF = ("陈海", "周立新", "赵国平", "王春燕", "马晓峰", "田雨", "罗建", "韩雪", "李向东", "刘敏", "沈洁", "唐辉")
DRIVERS = ("郭大勇", "梁永福", "冯军")
_LINES = (("带班领导", "带班领导", "1"), ("值班员", "值班员", "2"), ("驾驶员", "驾驶员", "1"))


def fill(office: Office, today: date) -> None:
    """People, lines, months that are given out, and the next as a draft."""
    with change(office):
        _staff(office, today)
        first = after(month_of(today), -_MONTHS_BEFORE)
        for place in range(_MONTHS_BEFORE + 2):
            name = after(first, place)
            frame = frame_of(office, [name])
            keep(office, frame, _rotated(frame))
            if place <= _MONTHS_BEFORE:
                months.publish(office, name, LEADERS[0][0], today)
        _change(office, today)


def _staff(office: Office, today: date) -> None:
    ids: dict[str, int] = {}
    for group, people in (("带班领导", LEADERS), ("值班员", [(name, "干部") for name in STAFF]),
                          ("驾驶员", [(name, "驾驶员") for name in DRIVERS])):  # fmt: skip
        for name, post in people:
            phone = f"1390000{len(ids) + 1001}"
            draft = {"name": name, "groups": group, "post": post, "phone": phone}
            ids[name] = staffing.save_person(office, draft, today).id
    for name, group, people_count in _LINES:
        draft = {"name": name, "group_name": group, "people": people_count, "shift": "24小时"}
        staffing.save_line(office, draft, today)
    coming = _begin_of_next(today)
    for name, kind, start, length in (("田雨", "请假", 4, 6), ("罗建", "培训", 11, 4), ("高翔", "出差", 16, 2),
                                      ("韩雪", "希望不值", 20, 0)):  # fmt: skip
        begin, end = coming + timedelta(start), coming + timedelta(start + length)
        draft = {"kind": kind, "first_on": begin.isoformat(), "last_on": end.isoformat()}
        staffing.save_away(office, ids[name], draft, today)
    staffing.save_pair(office, ids["陈海"], ids["刘敏"])


def _begin_of_next(today: date) -> date:
    name = after(month_of(today))
    return date(int(name[:4]), int(name[5:]), 1)


def _rotated(frame: Frame) -> Drawn:
    """Let those who have had the least of a kind take the next turn of it: what a careful clerk does by hand."""
    had: dict[tuple[int, str], int] = defaultdict(int)
    for member in frame.task.members:
        for group, tally in member.carried.items():
            for kind, count in tally.items():
                had[member.id, f"{group}{kind}"] = count
                had[member.id, group] += count
    last: dict[int, date] = {member.id: max(member.elsewhere, default=date.min) for member in frame.task.members}
    cells: dict[Slot, tuple[int, ...]] = {}
    for slot in sorted(frame.task.slots, key=lambda one: (one.day, one.line)):
        able = [
            member for member in frame.task.members
            if slot.group in member.groups and slot.day not in member.away and (slot.day - last[member.id]).days > 1
        ]  # fmt: skip
        able.sort(key=lambda one: (had[one.id, f"{slot.group}{slot.kind}"], had[one.id, slot.group], last[one.id]))
        chosen = tuple(member.id for member in able[: slot.people])
        for person in chosen:
            had[person, f"{slot.group}{slot.kind}"] += 1
            had[person, slot.group] += 1
            last[person] = slot.day
        cells[slot] = chosen
    return Drawn(Outcome.BOUND, cells)


def _change(office: Office, today: date) -> None:
    """One 替班 this month, so that its mark is seen; one locked turn of the draft."""
    roster = months.roster_of(office, month_of(today))
    line = roster.frame.lines[1].id
    coming: list[Shift] = [one for one in roster.shifts if one.line_id == line and one.seat == 1]
    said = {"reason": "下村入户走访", "approved_by": LEADERS[2][0], "changed_on": today.isoformat()}
    first = coming[-6]
    busy = {one.person_id for one in roster.shifts if one.day == first.day}
    free = next(one for one in roster.frame.task.members if "值班员" in one.groups and one.id not in busy)
    changing.substitute(office, first.id, free.id, said, today)
    draft = months.roster_of(office, after(month_of(today)))
    changing.lock(office, [draft.shifts[0].id])
