# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from datetime import date

import pytest

from township_office.registers.duty.calendar import Day
from township_office.registers.duty.month import CHANGE, SUBSTITUTE
from township_office.registers.duty.plan import DayKind, Half
from township_office.registers.duty.sheet import (
    NOWHERE,
    DutyHours,
    RosterSheet,
    SheetChange,
    SheetColumn,
    SheetDay,
    Turn,
    runs_of,
)

SUN, HE = Turn("孙志强", "书记", "138"), Turn("何文斌")
COLUMNS = (SheetColumn("带班领导"), SheetColumn("值班员", Half.NIGHT))


def day(number: int, kind: DayKind, *cells: tuple[Turn, ...] | None, **more: object) -> SheetDay:
    return SheetDay(Day(date(2026, 10, number), kind, **more), cells)  # type: ignore[arg-type]


DAYS = (
    day(1, DayKind.HOLIDAY, (SUN,), (HE,), name="国庆节"),
    day(2, DayKind.HOLIDAY, (SUN,), (HE, SUN), name="国庆节"),
    day(3, DayKind.HOLIDAY, (HE,), None, name="国庆节"),
    day(4, DayKind.WORKDAY, (), None, is_makeup=True),
    day(5, DayKind.WORKDAY, (), (HE,)),
    day(6, DayKind.RESTDAY, (SUN,), (HE,)),
)
SHEET = RosterSheet("云水镇", "2026年10月值班表", COLUMNS, DAYS)


def test_neighbours_that_are_equal_are_one_run() -> None:
    assert runs_of("aabccc") == [(0, 2), (2, 1), (3, 3)]
    assert runs_of([]) == []


def test_days_in_a_row_with_the_same_people_are_one_cell() -> None:
    assert SHEET.runs(0) == [(0, 2), (2, 1), (3, 1), (4, 1), (5, 1)]
    assert SHEET.runs(1) == [(0, 1), (1, 1), (2, 1), (3, 1), (4, 2)]


def test_whoever_was_changed_is_not_one_with_the_day_before() -> None:
    moved = Turn("孙志强", "书记", "138", is_changed=True)
    days = (DAYS[0], SheetDay(DAYS[1].day, ((moved,), (HE,))))
    assert RosterSheet("", "", COLUMNS, days).runs(0) == [(0, 1), (1, 1)]
    assert moved.marked == "孙志强（调）"


def test_days_off_are_named() -> None:
    assert [one.rest_words for one in DAYS] == ["国庆节", "国庆节", "国庆节", "班", "", "休"]
    assert SHEET.rest_runs() == [(0, 3), (3, 1), (4, 1), (5, 1)]
    assert [one.is_off for one in DAYS] == [True, True, True, False, False, True]
    assert (DAYS[0].date_words, DAYS[0].weekday) == ("10月1日", "四")


def test_everybody_is_there_once_and_numbers_say_who() -> None:
    assert SHEET.people == [SUN, HE]
    assert SHEET.contacts == [SUN]
    assert RosterSheet("", "", COLUMNS, DAYS, phones=NOWHERE).contacts == []
    assert SHEET.numbered().days[1].cells == ((Turn("1"),), (Turn("2"), Turn("1")))


def test_title_and_hours() -> None:
    assert RosterSheet("云水镇", "2026年10月值班表", (), (), is_draft=True).heading == "云水镇2026年10月值班表（草稿）"
    assert SHEET.handover == "白班08:30—17:30，夜班17:30—次日08:30"
    assert RosterSheet("", "", COLUMNS[:1], (), DutyHours("09:00")).handover == "每日09:00"


@pytest.mark.parametrize(("kind", "said"), [(SUBSTITUTE, "替班"), (CHANGE, "改派")])
def test_a_change_is_one_line(kind: str, said: str) -> None:
    change = SheetChange(date(2026, 10, 3), "值班员", kind, "孙志强", "何文斌", "病" * 30)
    assert change.words == f"10月3日 值班员：孙志强→何文斌（{said}，{'病' * 24}…）"
