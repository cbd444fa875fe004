# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from datetime import date, datetime

import pytest

from township_office.exchange.dutydays import Hint, days_of, hint_in, weekday_in, written_in, year_by_weekdays

TODAY = date(2026, 11, 20)


def read(*cells, hint: Hint) -> list[list[date]]:
    written = [written_in(cell, TODAY) for cell in cells]
    return days_of([one for one in written if one], hint, TODAY)


@pytest.mark.parametrize(
    "cell",
    [
        "1日",
        "1",
        1.0,
        "10月1日",
        "10月1日（星期二）",
        "10月1日/周二",
        "10.1",
        "2024-10-1",
        datetime(2024, 10, 1),
        45566.0,
    ],
)
def test_a_day_is_read_however_it_is_written(cell) -> None:
    assert read(cell, hint=Hint(2024, 10)) == [[date(2024, 10, 1)]]


def test_numbers_go_on_into_the_next_month_and_year() -> None:
    found = read("30日", "31日", "1日", "2日", hint=Hint(2024, 12))
    assert [one for some in found for one in some][1:3] == [date(2024, 12, 31), date(2025, 1, 1)]
    assert read("12月31日", "1月1日", hint=Hint(2024, 12))[1] == [date(2025, 1, 1)]


def test_a_span_is_each_of_its_days() -> None:
    assert read("10月1日—3日", hint=Hint(2024, None))[0] == [date(2024, 10, day) for day in (1, 2, 3)]


def test_the_tenth_that_excel_took_for_the_first_follows_the_ninth() -> None:
    assert read(3.9, 3.1, 3.11, hint=Hint(2025, 3)) == [[date(2025, 3, day)] for day in (9, 10, 11)]


def test_there_is_no_thirtieth_of_february() -> None:
    assert read("28日", "29日", "30日", hint=Hint(2024, 2)) == [[date(2024, 2, 28)], [date(2024, 2, 29)], []]


@pytest.mark.parametrize("cell", ["备注", "星期二", "32日", "", "0", 0.5])
def test_what_is_no_day_is_none(cell) -> None:
    assert written_in(cell, TODAY) is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("XX镇2024年10月机关干部值班表", Hint(2024, 10)),
        ("值班表（2025年12月25日-2026年1月3日）", Hint(2025, 12)),
        ("二〇二四年十一月值班表", Hint(2024, 11)),
        ("10月", Hint(None, 10)),
        ("值班表_202411", Hint(2024, 11)),
        ("Sheet1", Hint()),
    ],
)
def test_titles_say_year_and_month(text: str, hint: Hint) -> None:
    assert hint_in(text) == hint


def test_weekdays_betray_the_year() -> None:
    cells = [f"10月{day}日（周{'一二三四五六日'[date(2024, 10, day).weekday()]}）" for day in range(1, 11)]
    written = [one for cell in cells if (one := written_in(cell, TODAY))]
    assert year_by_weekdays(written, None, TODAY) == 2024
    assert year_by_weekdays(written[:3], None, TODAY) is None
    assert weekday_in("星期天") == 6
