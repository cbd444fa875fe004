# SPDX-License-Identifier: MulanPSL-2.0
"""Every day 2015-2026 is what the list beside the project says; a table that is wrong is refused by name."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from township_office.core.errors import OfficeError
from township_office.registers.duty.calendar import (
    Holiday,
    YearCalendar,
    as_plain,
    calendar_from,
    days_of,
    is_weekend,
    read_calendar,
    spans,
)
from township_office.registers.duty.plan import DayKind
from township_office.services.roster.calendar import FOLDER

YEARS = range(2015, 2027)
OCTOBER = [date(2027, 10, day) for day in range(1, 8)]


def shipped() -> dict[int, YearCalendar]:
    return {year: read_calendar(FOLDER / f"{year}.toml") for year in YEARS}


def test_every_day_has_the_kind_of_the_list(shared_data: Path):
    with (shared_data / "holidays_cn.csv").open(encoding="utf-8") as file:
        listed = {date.fromisoformat(row["date"]): row for row in csv.DictReader(file)}
    assert len(listed) > 400
    for day in days_of(date(2015, 1, 1), date(2026, 12, 31), shipped()):
        row = listed.get(day.date)
        if row is None:
            kind = DayKind.RESTDAY if day.date.weekday() in (5, 6) else DayKind.WORKDAY
        elif row["is_off_day"] == "0":
            kind = DayKind.WORKDAY
        else:
            kind = DayKind.SPRING_FESTIVAL if row["name"] == "春节" else DayKind.HOLIDAY
        assert (day.date, day.kind) == (day.date, kind)
        assert day.is_known
        if row is not None and day.date != date(2020, 2, 3):  # a Monday: 起正常上班, worked instead of nothing
            assert day.name == row["name"]
            assert day.is_makeup == (row["is_off_day"] == "0")


def test_the_new_year_of_the_next_notice_begins_in_december():
    last = {day.date: day for day in days_of(date(2018, 12, 28), date(2018, 12, 31), shipped())}
    assert [last[date(2018, 12, day)].kind for day in (28, 29, 30, 31)] == ["workday", "workday", "holiday", "holiday"]
    assert last[date(2018, 12, 29)].is_makeup


def test_a_year_nobody_announced_has_plain_weekends_and_says_so():
    days = days_of(date(2027, 1, 1), date(2027, 12, 31), {2027: YearCalendar(2027)})
    assert len(days) == 365
    assert {day.is_known for day in days} == {False}
    assert all((day.kind is DayKind.RESTDAY) == is_weekend(day.date) for day in days)
    assert {day.name for day in days} == {""}


def test_a_leap_year_has_its_day():
    assert len(days_of(date(2024, 1, 1), date(2024, 12, 31), shipped())) == 366


def test_the_office_has_the_last_word_on_a_day():
    year = YearCalendar(2027, (Holiday("国庆节", tuple(OCTOBER), (date(2027, 10, 9),)),))
    changed = year.with_day(date(2027, 4, 15), DayKind.HOLIDAY, " 泼水节 ").with_day(OCTOBER[6], DayKind.WORKDAY, "x")
    days = {day.date: day for day in days_of(date(2027, 1, 1), date(2027, 12, 31), {2027: changed})}
    assert (days[date(2027, 4, 15)].name, days[date(2027, 4, 15)].kind) == ("泼水节", DayKind.HOLIDAY)
    assert (days[OCTOBER[6]].kind, days[OCTOBER[6]].name, days[OCTOBER[6]].is_own) == (DayKind.WORKDAY, "", True)
    assert days[date(2027, 10, 9)].is_makeup
    assert changed.without_day(OCTOBER[6]).without_day(date(2027, 4, 15)) == year
    assert not changed.is_known, "a local holiday is no announcement"
    assert changed.with_day(date(2027, 2, 6), DayKind.SPRING_FESTIVAL, "春节").is_known


def test_a_weekend_set_to_work_is_a_makeup_day():
    day = YearCalendar(2027).with_day(date(2027, 1, 2), DayKind.WORKDAY, "").own_days[0]
    assert day.is_makeup
    assert not YearCalendar(2027).with_day(date(2027, 1, 4), DayKind.WORKDAY, "").own_days[0].is_makeup


def test_what_is_changed_in_mid_year_replaces_the_holiday_of_that_name():
    year = YearCalendar(
        2027, (Holiday("国庆节、中秋节", tuple(OCTOBER)), Holiday("元旦", (date(2027, 1, 1),))), (), "甲"
    )
    after = year.with_holidays([Holiday("国庆节", tuple(OCTOBER[:3]))], "乙")
    assert [(one.name, len(one.off), one.source) for one in after.holidays] == [("元旦", 1, ""), ("国庆节", 3, "乙")]
    assert after.source == "甲"
    assert year.with_holidays([Holiday("元旦、国庆节", tuple(OCTOBER))], "乙").source == "乙"


@pytest.mark.parametrize("year", YEARS)
def test_plain_data_comes_back(year: int):
    calendar = shipped()[year].with_day(date(year, 7, 1), DayKind.HOLIDAY, "纪念日")
    assert calendar_from(as_plain(calendar)) == calendar


def test_days_as_spans():
    days = [date(2027, 1, 1), date(2027, 1, 3), date(2027, 1, 2), date(2027, 1, 9)]
    assert spans(days) == [(date(2027, 1, 1), date(2027, 1, 3)), (date(2027, 1, 9), date(2027, 1, 9))]
    assert spans([]) == []


HOLIDAY = '[[holiday]]\nname = "国庆节"\n'
WRONG = {
    "no year": ("source = '甲'", "holidays.no_year"),
    "year as words": ('year = "2027"', "holidays.no_year"),
    "year out of sight": ("year = 9999", "holidays.no_year"),
    "a truth for a year": ("year = true", "holidays.no_year"),
    "holidays are no list": ("year = 2027\nholiday = 3", "holidays.no_year"),
    "no TOML": ("year = = 2027", "holidays.unreadable"),
    "no name": ("year = 2027\n[[holiday]]\noff = [2027-10-01]", "holidays.bad_holiday"),
    "no days": (f"year = 2027\n{HOLIDAY}", "holidays.bad_holiday"),
    "no such day": (f'year = 2027\n{HOLIDAY}off = ["2027-02-30"]', "holidays.bad_holiday"),
    "a moment": (f"year = 2027\n{HOLIDAY}off = [2027-10-01T00:00:00]", "holidays.bad_holiday"),
    "another year": (f"year = 2027\n{HOLIDAY}off = [2026-10-01]", "holidays.bad_holiday"),
    "back to front": (f"year = 2027\n{HOLIDAY}off = [[2027-10-07, 2027-10-01]]", "holidays.bad_holiday"),
    "three ends": (f"year = 2027\n{HOLIDAY}off = [[2027-10-01, 2027-10-02, 2027-10-03]]", "holidays.bad_holiday"),
    "half a year": (f"year = 2027\n{HOLIDAY}off = [[2027-01-01, 2027-07-01]]", "holidays.bad_holiday"),
    "off and worked": (f"year = 2027\n{HOLIDAY}off = [2027-10-02]\nwork = [2027-10-02]", "holidays.bad_holiday"),
    "a number of days": (f"year = 2027\n{HOLIDAY}off = 7", "holidays.bad_holiday"),
    "twice": (f"year = 2027\n{HOLIDAY}off = [2027-10-02]\n{HOLIDAY}off = [2027-10-02]", "holidays.day_twice"),
    "a kind nobody knows": ("year = 2027\n[[day]]\ndate = 2027-01-01\nkind = 'x'", "holidays.bad_day"),
    "a day of another year": ("year = 2027\n[[day]]\ndate = 2026-01-01\nkind = 'holiday'", "holidays.bad_day"),
    "a day that is none": ("year = 2027\nday = [7]", "holidays.bad_day"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_table_that_cannot_be_is_refused(name: str, tmp_path: Path):
    text, key = WRONG[name]
    path = tmp_path / "2027.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(OfficeError) as refused:
        read_calendar(path)
    assert refused.value.key == key
    assert str(refused.value).endswith("。")


def test_a_file_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(OfficeError, match=r"没有\.toml"):
        read_calendar(tmp_path / "没有.toml")


def test_every_shipped_day_lies_within_the_years(tmp_path: Path):
    for year, calendar in shipped().items():
        assert calendar.is_known
        assert all(one.off for one in calendar.holidays)
        assert all(is_weekend(day) for one in calendar.holidays for day in one.work)
        assert min(one.off[0] for one in calendar.holidays) >= date(year, 1, 1) - timedelta(days=2)
