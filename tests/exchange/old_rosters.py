# SPDX-License-Identifier: MulanPSL-2.0
"""Old 值班表 written in each customary shape, for what is read of them to be compared with what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from township_office.exchange.natives import Cell, Sheet
from township_office.registers.duty.month import days_of

LEAD, STAFF = "带班领导", "值班人员"
Days = Mapping[date, Mapping[str, Sequence[str]]]  # day → heading → names


@dataclass
class Rows:
    """Rows as they will lie in a sheet, and which of their cells are merged."""

    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def sheet(self, name: str = "Sheet1") -> Sheet:
        return Sheet(name, hidden=False, rows=[list(row) for row in self.rows], merged=list(self.merged))


def weekday(day: date) -> str:
    return "一二三四五六日"[day.weekday()]


def title(month: str) -> str:
    return f"云水镇{month[:4]}年{int(month[5:])}月值班表"


def usual(month: str, days: Days) -> Rows:
    """日期 星期 带班领导（职务 电话） 值班人员（电话） 备注; who leads on and on stands in one merged cell."""
    made = Rows(
        [[title(month), "", "", "", ""], ["日期", "星期", "带班领导\n（职务 电话）", "值班人员（电话）", "备注"]]
    )
    made.merged.append((0, 0, 0, 4))
    before: Sequence[str] = ()
    begun = 2
    for day, lines in days.items():
        row = len(made.rows)
        lead = "、".join(f"镇长 {name} 13800000001" for name in lines[LEAD])
        if lines[LEAD] != before or not lead:
            begun, before = row, lines[LEAD]
        elif row > begun:
            made.merged = [one for one in made.merged if one[:2] != (begun, 2)] + [(begun, 2, row, 2)]
            lead = ""
        staff = "\n".join(f"{name}/13900000002" for name in lines[STAFF])
        made.rows.append([f"{day.month}月{day.day}日", weekday(day), lead, staff, ""])
    made.rows.append(["备注：请提前十分钟接班。", "", "", "", ""])
    return made


def dots(month: str, days: Days) -> Rows:
    """Days down, people across; 休 where there is none."""
    names = sorted({name for lines in days.values() for name in lines[STAFF]})
    spaced = [f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name for name in names]
    made = Rows([[title(month)], ["日期", "星期", *spaced]])
    for day, lines in days.items():
        made.rows.append(
            [f"{day.day}日", weekday(day), *("●" if name in lines[STAFF] else "休" * (day.day % 2) for name in names)]
        )
    made.rows.append(["合计", "", *("" for _ in names)])
    return _filled(made)


def one_cell(month: str, days: Days) -> Rows:
    """A whole date and several names in one cell; no title at all."""
    made = Rows([["日期", "值班人员", "签字"]])
    made.rows += [[day, " ".join(lines[STAFF]), ""] for day, lines in days.items()]
    return made


def two_halves(month: str, days: Days) -> Rows:
    """Two half-months side by side."""
    made = Rows([[title(month)], ["日期", "带班", "值班员"] * 2])
    left = [day for day in days if day.day <= 15]
    right = [day for day in days if day.day > 15]
    for place in range(max(len(left), len(right))):
        row: list[Cell] = []
        for some in (left, right):
            day = some[place] if place < len(some) else None
            row += [f"{day.day}日", *("，".join(days[day][name]) for name in (LEAD, STAFF))] if day else ["", "", ""]
        made.rows.append(row)
    return _filled(made)


def days_across(month: str, days: Days) -> Rows:
    """Days across, lines down."""
    made = Rows([[title(month)], ["日期", *(f"{day.month}.{day.day:02}" for day in days)]])
    made.rows.append(["星期", *map(weekday, days)])
    made.rows += [[name, *(";".join(lines[name]) for lines in days.values())] for name in (LEAD, STAFF)]
    return _filled(made)


def people_down(month: str, days: Days) -> Rows:
    """People down, days across, with dots."""
    names = sorted({name for lines in days.values() for name in lines[STAFF]})
    made = Rows([[title(month)], ["序号", "姓名", *(day.day for day in days), "合计"]])
    for number, name in enumerate(names, start=1):
        marks = ["√" if name in lines[STAFF] else "" for lines in days.values()]
        made.rows.append([number, name, *marks, marks.count("√")])
    return _filled(made)


def all_days(month: str) -> list[date]:
    return [*days_of(month)]


def week(first: date) -> list[date]:
    return [first + timedelta(n) for n in range(7)]


def _filled(made: Rows) -> Rows:
    width = max(map(len, made.rows))
    made.rows = [[*row, *[""] * (width - len(row))] for row in made.rows]
    return made
