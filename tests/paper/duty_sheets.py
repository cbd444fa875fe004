# SPDX-License-Identifier: MulanPSL-2.0
"""值班表 for the tests of the paper room: any month, any lines, invented people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from township_office.paper.forms.office_sheet import Imprint
from township_office.registers.duty.month import SUBSTITUTE, SWAP, days_of
from township_office.registers.duty.plan import Half
from township_office.registers.duty.sheet import RosterSheet, SheetChange, SheetColumn, SheetDay, Turn
from township_office.services.roster.calendar import days_of as calendar_days

SHORT = (
    "孙志强", "钱立国", "李晓梅", "欧阳晴川", "林小满", "何文斌", "王春燕", "赵文静", "陈大山", "周建军", "吴海燕",
    "郑国庆", "冯秀兰", "蒋卫东", "沈红霞", "韩玉林", "杨建设", "朱明亮", "秦桂芳", "许长江",
)  # fmt: skip
LONG = (
    "买买提·吐尔逊江·阿卜杜拉", "阿依古丽·麦麦提艾力", "迪丽热巴·努尔买买提", "扎西多吉·次仁旺堆",
    "木拉提·哈布都拉江", "古丽巴哈尔·艾合买提江",
)  # fmt: skip
POSTS = ("党委书记", "党委副书记、镇长", "人大主席", "组织委员")
LONG_POST = "党政综合办公室主任兼应急管理办公室负责人"
WHOLE, SPLIT = (Half.WHOLE,), (Half.DAY, Half.NIGHT)
IMPRINT = Imprint("", "", date(2026, 9, 25), "8F3A 61C2")
CHANGES = (
    SheetChange(date(2026, 10, 3), "值班员", SWAP, "孙志强", "钱立国", "家中老人住院需要陪护"),
    SheetChange(date(2026, 10, 9), "值班员", SUBSTITUTE, "李晓梅", "林小满", "因公外出培训" * 20),
)
_LINES = ("带班领导", "值班员", "驾驶员", "应急小分队", "信息员", "森林草原防灭火值守人员")


def lines(count: int, split: Sequence[int] = ()) -> list[SheetColumn]:
    """Return so many lines; those in split have a day and a night."""
    return [
        SheetColumn(name, half)
        for place, name in enumerate(_LINES[:count])
        for half in (SPLIT if place in split else WHOLE)
    ]


def roster(
    month: str, columns: Sequence[SheetColumn], people: int = 1, names: Sequence[str] = SHORT, **more: object
) -> RosterSheet:
    """Return a month in which everybody follows the one before; the leader of the first line has two days."""
    days = days_of(month)
    persons = [
        Turn(name, POSTS[nth] if nth < len(POSTS) else "", f"138{nth:04d}{nth * 37 % 10000:04d}")
        for nth, name in enumerate(names)
    ]
    turn = 0
    made = []
    for place, day in enumerate(calendar_days(None, days[0], days[-1])):
        cells = [(persons[place // 2 % len(persons)],)]
        for _ in columns[1:]:
            cells.append(tuple(persons[(turn + seat) % len(persons)] for seat in range(people)))
            turn += people
        made.append(SheetDay(day, tuple(cells[: len(columns)])))
    sheet = RosterSheet(
        "青山县云水镇人民政府", f"{days[0].year}年{days[0].month}月值班表", tuple(columns), tuple(made),
        phone="0871-65432100", fax="0871-65432101", made_by="林小满", signed_by="孙志强",
    )  # fmt: skip
    return replace(sheet, **more)  # type: ignore[arg-type]


def marked(sheet: RosterSheet, place: int, column: int) -> RosterSheet:
    """Return it with one cell changed after it was given out."""
    days = list(sheet.days)
    cells = list(days[place].cells)
    turns = cells[column]
    assert turns
    cells[column] = tuple(replace(turn, is_changed=True) for turn in turns)
    days[place] = replace(days[place], cells=tuple(cells))
    return replace(sheet, days=tuple(days))
