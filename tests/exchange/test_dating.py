# SPDX-License-Identifier: MulanPSL-2.0
"""Dates of ledgers: every form, and the year where none is written."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from tests.exchange.conftest import TODAY, read_sheet, sheet_of
from township_office.exchange.dating import MonthDay, beside, nearest, read_day, settle
from township_office.exchange.hints import Hints, read_hints
from township_office.registers.receipt import RECEIPT


@pytest.mark.parametrize(
    "cell",
    [
        *("2023-03-12", "2023.3.12", "2023/03/12", "2023年3月12日", "２０２３．３．１２", "2023. 03. 12", "20230312"),
        *("23.3.12", "二〇二三年三月十二日", "收文日期：2023-03-12", "2023-03-12 00:00:00", "44997", "44997.0"),
        *(20230312.0, 20230312, 44997, 44997.0, 44997.75, date(2023, 3, 12), datetime(2023, 3, 12, 8, 30)),
    ],
)
def test_a_day_with_its_year(cell):
    assert read_day(cell, TODAY) == date(2023, 3, 12)


@pytest.mark.parametrize("cell", ["3.12", "3月12日", " 3月12日 ", "03-12", "3/12", "312", 312.0, 3.12, "三月十二日"])
def test_a_day_without_a_year(cell):
    assert read_day(cell, TODAY) == MonthDay(3, 12)


@pytest.mark.parametrize(
    "cell",
    [
        *("", "2月30日", "昨天", "今天", "尽快", "9999-01-01", "2023-13-01", "1", True, time(9), timedelta(days=3)),
        *(float("nan"), float("inf"), -1.0, 0.0, 13.5, 1e12, date(1900, 1, 1)),
    ],
)
def test_what_is_no_day(cell):
    assert read_day(cell, TODAY) is None


def test_a_number_that_lost_its_zero_follows_the_line_before():
    rows = [["日期", "标题"]] + [[day, "关于甲的通知"] for day in (1.8, 1.9, 1.1, 1.11, 1.2, 1.21)]
    read = read_sheet(sheet_of(rows), RECEIPT, file_name="2025年收文")
    assert [str(row.record["received_on"])[5:] for row in read] == [
        "01-08",
        "01-09",
        "01-10",
        "01-11",
        "01-20",
        "01-21",
    ]
    assert [len(row.notes) for row in read] == [0, 0, 1, 0, 1, 0]


def test_hints_in_titles_and_names():
    assert read_hints("2023年1月份收文登记簿") == Hints(2023, 1)
    assert read_hints("二〇二三年收文") == Hints(2023)
    assert read_hints("7月份 ") == Hints(None, 7)
    assert read_hints("十二月") == Hints(None, 12)
    assert read_hints("2023.01") == Hints(2023, 1)
    assert read_hints("202301") == Hints(2023, 1)
    assert read_hints("收文登记簿_2023_分月") == Hints(2023)
    assert read_hints("2022年11月—2023年3月") == Hints(2022, is_range=True)
    assert read_hints("2023年1-6月收文") == Hints(2023, is_range=True)
    assert read_hints("2023年1月1日至12月31日收文登记") == Hints(2023)
    assert read_hints("2023-1月") == Hints(2023, 1)
    assert read_hints("Sheet1") == Hints()


def settled(days, hints, today=TODAY):
    return [str(day) for day in settle(days, hints, today)]


def test_a_month_in_the_title_reaches_over_new_year():
    january = [MonthDay(12, 30), MonthDay(1, 4), MonthDay(2, 1)]
    assert settled(january, [Hints(2023, 1)] * 3) == ["2022-12-30", "2023-01-04", "2023-02-01"]
    assert settled([MonthDay(1, 2)], [Hints(2023, 12)]) == ["2024-01-02"]


def test_a_year_in_the_title_holds_for_lines_in_no_order():
    days = [MonthDay(month, 5) for month in (8, 1, 12, 3, 11, 2, 7)]
    assert {day[:4] for day in settled(days, [Hints(2023)] * 7)} == {"2023"}


def test_lines_in_order_turn_the_year_where_the_months_do():
    days = [MonthDay(month, 5) for month in (1, 3, 4, 5, 7, 9, 10, 12, 1, 1)]
    assert [day[:4] for day in settled(days, [Hints(2023)] * 10)] == ["2023"] * 8 + ["2024"] * 2
    late = [MonthDay(12, 28), MonthDay(12, 30), *(MonthDay(month, 5) for month in (1, 2, 3, 4, 5, 6))]
    assert [day[:4] for day in settled(late, [Hints(2023)] * 8)] == ["2022"] * 2 + ["2023"] * 6
    ranged = [MonthDay(month, 5) for month in (11, 12, 1, 2, 3, 3, 3)]
    assert [day[:4] for day in settled(ranged, [Hints(2022, is_range=True)] * 7)] == ["2022"] * 2 + ["2023"] * 5


def test_a_late_entry_among_the_first_days_of_january():
    days = [MonthDay(12, 29), MonthDay(12, 30), MonthDay(1, 2), MonthDay(12, 31), MonthDay(1, 4), MonthDay(1, 5)]
    hints = [Hints(2022, is_range=True)] * 6
    assert [day[:4] for day in settled(days, hints)] == ["2022", "2022", "2023", "2022", "2023", "2023"]


def test_dates_with_a_year_pull_the_others_along():
    days = [date(2019, 11, 3), MonthDay(11, 20), MonthDay(12, 5), MonthDay(1, 6), date(2020, 1, 9), MonthDay(1, 12)]
    assert [day[:4] for day in settled(days, [Hints()] * 6)] == ["2019", "2019", "2019", "2020", "2020", "2020"]


def test_without_any_hint_nothing_lies_ahead():
    days = [MonthDay(month, 5) for month in (1, 2, 3, 5, 7, 8, 10, 12)]
    assert {day[:4] for day in settled(days, [Hints()] * 8)} == {"2025"}
    assert settled([MonthDay(12, 1), MonthDay(3, 1)], [Hints()] * 2) == ["2025-12-01", "2026-03-01"]


def test_twelve_sheets_named_after_months_are_one_year():
    january, december = Hints(None, 1, last_month=12), Hints(None, 12, last_month=12)
    assert settled([MonthDay(1, 5)], [january]) == ["2025-01-05"]
    assert settled([MonthDay(12, 5)], [december]) == ["2025-12-05"]
    assert settled([MonthDay(1, 5)], [Hints(None, 1, last_month=6)]) == ["2026-01-05"]


def test_the_29th_of_february_needs_a_leap_year():
    assert settled([MonthDay(2, 29)], [Hints(2023)]) == ["None"]
    assert settled([MonthDay(2, 29)], [Hints(2024)]) == ["2024-02-29"]
    assert nearest(MonthDay(2, 29), date(2022, 6, 1)) is None


def test_other_dates_of_a_line_lie_on_their_side_of_the_main_one():
    received = date(2023, 1, 5)
    assert beside(MonthDay(12, 28), received, 2023, is_before=True) == date(2022, 12, 28)
    assert beside(MonthDay(1, 20), received, 2023, is_before=False) == date(2023, 1, 20)
    assert beside(MonthDay(3, 1), date(2023, 12, 20), 2023, is_before=False) == date(2024, 3, 1)
    assert beside(MonthDay(3, 1), None, 2023, is_before=False) == date(2023, 3, 1)
    assert beside(MonthDay(3, 1), None, None, is_before=False) is None
    assert beside(date(2020, 1, 1), received, 2023, is_before=False) == date(2020, 1, 1)
