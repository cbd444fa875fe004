# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from township_office.services.roster import changing, months


def lines(page):
    table = page.table.lines
    return {table.line(row).texts[0]: table.line(row).texts for row in range(table.rowCount())}


def test_turns_are_counted_by_person_and_kind(staffed, by_turns, shown):
    by_turns(staffed, publish=True)
    page = shown(staffed).show_page("year")
    found = lines(page)
    assert sum(int(found[name][6]) for name in ("孙志强", "何文斌", "许晴", "高翔")) == 30
    one = found["孙志强"]
    assert int(one[2]) + int(one[3]) == int(one[6])
    assert float(one[7]) == int(one[2]) + 1.5 * int(one[3])
    page._choose("值班员")
    assert set(lines(page)) == {"陈海", "周立新", "赵国平", "王春燕", "马晓峰", "田雨", "罗建"}


def test_drafts_are_counted_when_they_are_asked_for(staffed, by_turns, shown):
    by_turns(staffed)
    page = shown(staffed).show_page("year")
    assert page._empty.isVisible()
    page.drafts.setChecked(True)
    assert page.table.isVisible()


def test_who_owes_a_turn_is_told(given_out, staffed, today):
    roster = months.roster_of(staffed, "2026-11")
    shift = next(one for one in roster.shifts if one.day.day == 9 and one.line_id == 2)
    busy = {one.person_id for one in roster.shifts if one.day == shift.day}
    taker = next(one.id for one in roster.frame.task.members if "值班员" in one.groups and one.id not in busy)
    said = {"reason": "下村", "approved_by": "孙志强", "changed_on": today.isoformat()}
    changing.substitute(staffed, shift.id, taker, said, today)
    page = given_out.show_page("year")
    people = roster.frame.people
    assert lines(page)[people[shift.person_id].name][-1] == "欠 1 班"
    assert lines(page)[people[taker].name][-1] == "被欠 1 班"
    page.copy()
    assert QGuiApplication.clipboard().text().startswith("姓名\t组别\t工作日")
