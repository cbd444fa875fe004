# SPDX-License-Identifier: MulanPSL-2.0
"""Old duty rosters: the three real ones cell by cell, and rosters of every shape read back as they were written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from python_calamine import CalamineWorkbook

from tests.exchange import old_rosters as shapes
from tests.exchange.old_rosters import LEAD, STAFF, Rows
from township_office.core.errors import OfficeError
from township_office.exchange.dutysheet import OldRoster, OldTurn, read_rosters
from township_office.exchange.natives import Sheet
from township_office.exchange.workbooks import read_workbook
from township_office.registers.duty.plan import Half

TODAY = date(2026, 11, 20)
PEOPLE = [
    "杨杨",
    "兰婷",
    "李玉英",
    "成辉",
    "欧阳娜娜",
    "孙志强",
    "何文斌",
    "白雪",
    "林国庆",
    "张中秋",
    "夜明珠",
    "王班",
]


def real(folder: Path, name: str) -> tuple[list[list[object]], OldRoster]:
    """What lies in the cells of a real sheet, and what is read of it."""
    path = folder / "ledgers" / name
    if not path.is_file():
        pytest.skip(f"{name} is not on this machine")
    cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    (roster,) = read_rosters(read_workbook(path), path.stem, TODAY)
    return cells, roster


def read(made: Rows, name: str = "值班表", year: int | None = None) -> list[OldTurn]:
    rosters = read_rosters([made.sheet()], name, TODAY, year)
    assert [doubt for roster in rosters for doubt in roster.doubts] == []
    return [turn for roster in rosters for turn in roster.turns]


def test_every_dot_of_the_real_dot_table_is_a_turn(shared_data: Path) -> None:
    cells, roster = real(shared_data, "值班表_2024年10月_打点式.xlsx")
    names = ["".join(str(name).split()) for name in cells[1][2:]]
    wanted = {
        (date(2024, 10, day), name)
        for day, row in enumerate(cells[2:33], start=1)
        for name, cell in zip(names, row[2:], strict=True)
        if cell == "●"
    }
    assert {(turn.day, turn.name) for turn in roster.turns} == wanted
    assert len(roster.turns) == len(wanted) == 62  # two a day
    # counted by hand
    assert Counter(turn.name for turn in roster.turns) == {
        "曹红梅": 3, "杨杨": 4, "兰婷": 5, "温敏": 4, "曾坤": 7, "李玉英": 7, "刘欣": 3, "黄欣": 5, "钱平": 4,
        "娄桂芝": 9, "程龙": 4, "成辉": 7,
    }  # fmt: skip
    assert (roster.year, roster.month, roster.columns, roster.doubts) == (2024, 10, ("值班人员",), ())


def test_every_name_of_the_real_one_cell_table_is_a_turn(shared_data: Path) -> None:
    cells, roster = real(shared_data, "值班表_ics_化名.xlsx")
    wanted = [(row[0], name) for row in cells[1:] for name in str(row[1]).split()]
    assert [(turn.day, turn.name) for turn in roster.turns] == wanted
    assert set(Counter(turn.name for turn in roster.turns).values()) == {9}  # twenty people, sixty days of three
    assert (len(wanted), roster.turns[0].day, roster.turns[-1].day) == (180, date(2024, 3, 9), date(2024, 5, 7))
    assert roster.doubts == ()


def test_every_number_of_the_real_table_of_lines_is_a_turn(shared_data: Path) -> None:
    cells, roster = real(shared_data, "值班表_watch.xls")
    assert roster.columns == ("带班", "上午", "下午", "中午晚上")
    wanted = {
        (date(2018, 3, 5) + timedelta(number), line, str(row[3 + at]))
        for number, row in enumerate(cells[1:8])
        for at, line in enumerate(roster.columns)
        if row[3 + at]
    }
    assert {(turn.day, turn.column, turn.name) for turn in roster.turns} == wanted
    assert Counter(turn.column for turn in roster.turns) == {"带班": 7, "上午": 6, "下午": 2, "中午晚上": 2}
    assert {turn.column: turn.half for turn in roster.turns} == {
        "带班": Half.WHOLE, "上午": Half.DAY, "下午": Half.DAY, "中午晚上": Half.NIGHT,
    }  # fmt: skip
    assert roster.doubts == ()


MONTHS = some.builds(lambda year, month: f"{year}-{month:02}", some.integers(2010, 2030), some.integers(1, 12))


@some.composite
def rosters(draw) -> tuple[str, dict[date, dict[str, tuple[str, ...]]]]:
    month = draw(MONTHS)
    leaders = some.lists(some.sampled_from(PEOPLE[:4]), min_size=1, max_size=1).map(tuple)
    staff = some.lists(some.sampled_from(PEOPLE[4:]), min_size=1, max_size=3, unique=True).map(tuple)
    return month, {day: {LEAD: draw(leaders), STAFF: draw(staff)} for day in shapes.all_days(month)}


# Each shape with the headings it has; those with dots have no leaders.
SHAPES = [
    (shapes.usual, {LEAD: LEAD, STAFF: STAFF}),
    (shapes.dots, {STAFF: STAFF}),
    (shapes.one_cell, {STAFF: STAFF}),
    (shapes.two_halves, {LEAD: "带班", STAFF: "值班员"}),
    (shapes.days_across, {LEAD: LEAD, STAFF: STAFF}),
    (shapes.people_down, {STAFF: STAFF}),
]


@pytest.mark.parametrize(("shape", "headings"), SHAPES, ids=lambda one: getattr(one, "__name__", ""))
@settings(max_examples=25, deadline=None)
@given(rosters())
def test_any_roster_of_any_shape_is_read_back(shape: Callable, headings: dict[str, str], made) -> None:
    month, days = made
    wanted = {
        OldTurn(day, headings[line], Half.WHOLE, name)
        for day, lines in days.items()
        for line, names in lines.items()
        if line in headings
        for name in names
    }
    turns = read(shape(month, days))
    assert set(turns) == wanted
    assert len(turns) == len(wanted)


def test_a_heading_of_two_lines_tells_day_from_night_and_names_from_phones() -> None:
    rows = [
        ["2025年12月值班表", "", "", "", "", ""],
        ["日期", "星期", "值班人员", "", "", "带班领导"],
        ["", "", "白班", "夜班", "电话", ""],
        ["1日", "一", "张明", "李芳", 13800000000, "孙志强"],
        ["2日", "二", "王芳", "李芳", 13800000000, "孙志强"],
    ]  # fmt: skip
    merged = [(0, 0, 0, 5), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 2, 5), (3, 5, 4, 5)]
    found = [(turn.day.day, turn.column, turn.half, turn.name) for turn in read(Rows(rows, merged))]
    assert found == [
        (1, "值班人员白班", Half.DAY, "张明"), (1, "值班人员夜班", Half.NIGHT, "李芳"), (1, LEAD, Half.WHOLE, "孙志强"),
        (2, "值班人员白班", Half.DAY, "王芳"), (2, "值班人员夜班", Half.NIGHT, "李芳"), (2, LEAD, Half.WHOLE, "孙志强"),
    ]  # fmt: skip


def test_the_shift_in_a_column_of_its_own_and_the_day_left_out_below_it() -> None:
    rows = [
        ["2025-11 值班", "", ""],
        ["日期", "班次", "人员"],
        [date(2025, 11, 1), "白班", "张明"],
        ["", "夜班", "李芳"],
    ]
    assert [(turn.half, turn.name) for turn in read(Rows(rows))] == [(Half.DAY, "张明"), (Half.NIGHT, "李芳")]


def test_marks_for_day_night_and_lead_count_and_an_unknown_one_is_told() -> None:
    rows = [["2025年9月"], ["日期", "张明", "李芳"], ["1日", "白", "夜"], ["2日", "带", "●"], ["3日", "休", "○"]]
    rows = [[*row, *[""] * (3 - len(row))] for row in rows]
    (roster,) = read_rosters([Rows(rows).sheet()], "值班表", TODAY)
    assert [(turn.column, turn.half, turn.name) for turn in roster.turns] == [
        (STAFF, Half.DAY, "张明"), (STAFF, Half.NIGHT, "李芳"), (LEAD, Half.WHOLE, "张明"), (STAFF, Half.WHOLE, "李芳"),
    ]  # fmt: skip
    (doubt,) = roster.doubts
    assert doubt.row == 5
    assert "○" in doubt.why


def test_a_blank_year_is_asked_for_said_or_told_by_the_weekdays() -> None:
    rows = [["10月值班表", "", ""], ["日期", "星期", "值班"]]
    days = [date(2024, 10, day) for day in range(1, 9)]
    silent = Rows([*rows, *([f"{day.day}日", "", "张明"] for day in days)])
    (roster,) = read_rosters([silent.sheet()], "值班表", TODAY)
    assert (roster.year, roster.turns) == (None, ())
    assert "年份" in roster.doubts[0].why
    assert read(silent, year=2023)[0].day == date(2023, 10, 1)
    assert read(silent, name="2022年值班表")[0].day == date(2022, 10, 1)
    spoken = Rows([*rows, *([f"{day.day}日", shapes.weekday(day), "张明"] for day in days)])
    (roster,) = read_rosters([spoken.sheet()], "值班表", TODAY)
    assert (roster.year, roster.is_guessed) == (2024, True)


def test_weekdays_that_do_not_fit_are_told() -> None:
    rows = [["2023年10月值班表", "", ""], ["日期", "星期", "值班"]]
    days = [date(2024, 10, day) for day in range(1, 9)]
    (roster,) = read_rosters(
        [Rows([*rows, *([f"{d.day}日", shapes.weekday(d), "张明"] for d in days)]).sheet()], "", TODAY
    )
    assert ["2023" in doubt.why for doubt in roster.doubts] == [True]


def test_hidden_sheets_are_left_alone_and_a_sheet_without_days_is_refused() -> None:
    sheet = Sheet("旧", hidden=True, rows=[["日期", "值班"], [date(2025, 1, 1), "张明"]])
    with pytest.raises(OfficeError, match="没有找到值班表"):
        read_rosters([sheet], "值班表", TODAY)
    with pytest.raises(OfficeError, match="没有找到值班表"):
        read_rosters([Sheet("通讯录", hidden=False, rows=[["姓名", "电话"], ["张明", "138"]])], "通讯录", TODAY)


def test_a_line_that_cannot_be_read_is_named_and_the_others_are_taken() -> None:
    rows = [["2025年2月", "", ""], ["日期", "带班", "值班人员"]]
    rows += [["28日", "孙志强", "王书记"], ["30日", "孙志强", "李芳"], ["3月1日后", "孙志强", "李芳"]]
    (roster,) = read_rosters([Rows(rows).sheet()], "值班表", TODAY)
    assert [(turn.day.day, turn.name) for turn in roster.turns] == [(28, "孙志强")]
    assert sorted(doubt.row for doubt in roster.doubts) == [3, 4, 5]
