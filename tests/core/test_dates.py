# SPDX-License-Identifier: MulanPSL-2.0
"""Every way a clerk writes a date means one day, and nothing else means a day."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.core.dates import EARLIEST, LATEST, parse_date, show_date

TODAY = date(2026, 11, 20)
MODERATE = settings(max_examples=200, deadline=None, database=None)
DAYS = st.dates(EARLIEST, LATEST)


@pytest.mark.parametrize(
    "text",
    [
        "312", "0312", "3.12", "3/12", "3-12", "3月12日", "3月12", "3月12号", "03-12", "3 12", "3、12", "3·12",
        "3—12", "20260312", "260312", "2026312", "2026.3.12", "2026/3/12", "2026-03-12", "26.3.12", "26-3-12",
        "26/03/12", "2026年3月12日", "2026年03月12", "26年3月12日", "2026。3。12", "2026,3,12", "2026\\3\\12",
        "2026_3_12", "2026年3.12", "2026.0312", "2026 3 12", "2026. 03. 12", " 2026-3-12 ", "2026\u30003\u300012",
        "３１２", "３．１２", "２０２６．３．１２", "２０２６年３月１２日", "２０２６０３１２", "2026－03－12",
        "二〇二六年三月十二日", "二○二六年三月十二日", "二零二六年三月十二日", "二Ｏ二六年三月十二日", "三月十二日",
        "三月十二", "2 0 2 6 年 3 月 1 2 日", "2026年 3月 12日", "今年3月12日", "本年3月12日", "2026-03-12 00:00:00",
        "2026-03-12T08:30:00", "2026-03-12 08:30:00.000", "2026/3/12 8:30", "2026-03-12T00:00:00Z",
        "2026年3月12日 8时30分", "2026年3月12日上午", "3月12日8:30", "3月12日 上午9时", "3月12日下午3点半",
        "2026年3月12日（星期四）", "2026-03-12 星期四", "3月12日周四", "3月12日(周四)", "3.12 周四",
        "3月12日（周四）上午9:00", "成文日期：2026-03-12", "收文日期 ：2026年3月12日", "时间:3.12", "2026-03-12。",
        "2026.3.12.", "46093", "46093.0", "46093.75", "20260312.0",
    ],
)  # fmt: skip
def test_one_day_in_every_spelling(text: str) -> None:
    assert parse_date(text, TODAY) == date(2026, 3, 12)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", date(2026, 11, 20)),
        ("今日", date(2026, 11, 20)),
        ("昨天", date(2026, 11, 19)),
        ("前天", date(2026, 11, 18)),
        ("明天", date(2026, 11, 21)),
        ("后天", date(2026, 11, 22)),
        ("去年3月12日", date(2025, 3, 12)),
        ("明年1月5日", date(2027, 1, 5)),
        ("十月二十日", date(2026, 10, 20)),
        ("十一月十一日", date(2026, 11, 11)),
        ("三月廿一日", date(2026, 3, 21)),
        ("三月卅一", date(2026, 3, 31)),
        ("二〇二六年元月三日", date(2026, 1, 3)),
        ("二〇二五年十二月三十一日", date(2025, 12, 31)),
        ("一九九八年二月二十八日", date(1998, 2, 28)),
        ("98.3.12", date(1998, 3, 12)),
        ("46.3.12", date(2046, 3, 12)),
        ("500312", date(1950, 3, 12)),
        ("1112", date(2026, 11, 12)),
        ("1.22", date(2027, 1, 22)),
        ("2024-02-29", date(2024, 2, 29)),
        ("1949-10-01", date(1949, 10, 1)),
        ("2100-12-31", date(2100, 12, 31)),
    ],
)
def test_other_days(text: str, day: date) -> None:
    assert parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "无", "—", "〃", "同上", "12", "2026", "2026年", "2026年3月", "202603", "3月", "12日", "2.29",
        "2月30日", "13.1", "0.5", "1.0", "3.0", "2026-13-01", "2026-02-29", "20261312", "2026112", "1948-12-31",
        "2101-01-01", "0001-01-01", "9999-12-31", "3月12日-14日", "3.12至3.14", "2026.3.12-3.14", "3月初", "正月初三",
        "合计", "12345", "99999", "2026-3", "26.3", "123456789", "2026--3--12", "3/12/2026", "Mar 12 2026",
        "今天明天", "东政发〔2026〕12号", "1" * 61, "3月12日第5号", "12:30", "2026-03-12 2026-03-13",
        "三千年三月三日", "十十月十日", "\x00", "\ud800", "-3.12", "2026-03-12x",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^[ -~]*$"):
        parse_date(text, TODAY)


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        (date(2026, 11, 20), "2.20", date(2027, 2, 20)),  # nine months back or three ahead: the nearer one
        (date(2026, 11, 20), "2.21", date(2026, 2, 21)),
        (date(2026, 1, 3), "12.30", date(2025, 12, 30)),
        (date(2026, 1, 3), "4.3", date(2026, 4, 3)),
        (date(2026, 1, 3), "4.4", date(2025, 4, 4)),
        (date(2025, 12, 31), "1.2", date(2026, 1, 2)),
        (date(2024, 5, 31), "2.29", date(2024, 2, 29)),
        (date(2023, 11, 30), "2.29", date(2024, 2, 29)),
        (date(2024, 11, 30), "2.29", date(2024, 2, 29)),
    ],
)
def test_a_day_without_a_year_lies_near_today(today: date, text: str, day: date) -> None:
    assert parse_date(text, today) == day


def test_the_year_of_the_sheet_counts_only_where_none_is_written() -> None:
    assert parse_date("3.12", TODAY, 2019) == date(2019, 3, 12)
    assert parse_date("12月30日", TODAY, 2019) == date(2019, 12, 30)
    assert parse_date("2021.3.12", TODAY, 2019) == date(2021, 3, 12)
    assert parse_date("昨天", TODAY, 2019) == date(2026, 11, 19)
    with pytest.raises(ValueError, match="day"):
        parse_date("2.29", TODAY, 2019)


@MODERATE
@given(DAYS, DAYS)
def test_what_is_shown_is_read_back(day: date, today: date) -> None:
    assert parse_date(show_date(day), today) == day
    assert parse_date(f"{day.year}年{day.month}月{day.day}日", today) == day
    assert parse_date(f"{day:%Y%m%d}", today) == day


@MODERATE
@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(-270, 85))
def test_near_days_need_no_year(today: date, distance: int) -> None:
    day = today + timedelta(days=distance)
    assert parse_date(f"{day.month}.{day.day}", today) == day
    assert parse_date(f"{day:%m%d}", today) == day


@MODERATE
@given(
    st.text(alphabet=st.characters(exclude_categories=()))
    | st.text(alphabet="0123456789.-/年月日号 十廿卅二〇元今明后天星期周（）():：T上午时点分\ud800\x00", max_size=24),
    st.dates(),
    st.none() | st.integers(-5, 20000),
)
def test_any_text_is_a_day_in_range_or_a_value_error(text: str, today: date, year: int | None) -> None:
    try:
        day = parse_date(text, today, year)
    except ValueError:
        return
    assert EARLIEST <= day <= LATEST


@pytest.mark.parametrize(
    ("name", "column"), [("收文登记簿_2023_分月", "true_receive_date"), ("发文登记表_2023_GBK", "true_date")]
)
def test_date_cells_of_real_ledgers(shared_data: Path, name: str, column: str) -> None:
    path = shared_data / "ledgers" / f"truth_{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [row for row in rows if show_date(parse_date(row["cell_date"], date(2023, 12, 31), 2023)) != row[column]]
    assert len(rows) > 100
    assert not wrong
