# SPDX-License-Identifier: MulanPSL-2.0
"""The office's own years beside those of the program; both as files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from township_office.core.errors import OfficeError
from township_office.registers.duty.calendar import Holiday, YearCalendar
from township_office.registers.duty.notice import applied
from township_office.registers.duty.plan import DayKind
from township_office.services import settings
from township_office.services.office import Office, close_office, open_office
from township_office.services.roster import calendar as calendars

SPRING = tuple(date(2027, 2, day) for day in range(5, 13))
OWN = YearCalendar(2027, (Holiday("春节", SPRING, (date(2027, 1, 31),)),), source="通知")


def kind_of(office: Office | None, day: date) -> DayKind:
    return calendars.days_of(office, day, day)[0].kind


def test_without_an_office_the_program_knows_its_years():
    assert kind_of(None, date(2026, 10, 1)) is DayKind.HOLIDAY
    assert kind_of(None, date(2022, 12, 31)) is DayKind.HOLIDAY, "元旦 of the year after"
    assert not calendars.calendar_of(None, 2027).is_known
    assert len(calendars.days_of_year(None, 2024)) == 366


def test_a_year_of_its_own_is_kept_and_cleared(office: Office):
    assert not calendars.has_own(office, 2027)
    calendars.save_calendars(office, [OWN])
    assert calendars.calendar_of(office, 2027) == OWN
    assert kind_of(office, SPRING[0]) is DayKind.SPRING_FESTIVAL
    assert calendars.days_of(office, date(2027, 1, 31), date(2027, 1, 31))[0].is_makeup
    assert kind_of(None, SPRING[0]) is DayKind.WORKDAY, "nobody else's"
    close_office(office)
    with open_office(office.path, "王春燕") as again:
        assert calendars.calendar_of(again, 2027) == OWN
        calendars.clear_calendar(again, 2027)
        assert not calendars.has_own(again, 2027)
        assert calendars.calendar_of(again, 2027) == YearCalendar(2027)


def test_what_came_with_the_program_is_not_kept_beside_it(office: Office):
    calendars.save_calendars(office, [calendars.shipped(2026).with_day(date(2026, 4, 15), DayKind.HOLIDAY, "泼水节")])
    assert calendars.has_own(office, 2026)
    calendars.save_calendars(office, [calendars.shipped(2026), OWN])
    assert not calendars.has_own(office, 2026)
    assert calendars.has_own(office, 2027)


def test_a_setting_that_is_no_calendar_is_refused(office: Office):
    for value in (
        '{"2027": {}}',
        '{"2026": {"year": 2027}}',
        "[]",
        '{"2027": 3}',
        '{"2027": {"year": 2027, "day": [1]}}',
    ):
        with pytest.raises(OfficeError, match="放假安排"):
            settings.set_setting(office, "duty.calendar", value)
    assert settings.get_setting(office, "duty.calendar") == "{}"


@pytest.mark.parametrize(
    "calendar", [OWN.with_day(date(2027, 4, 15), DayKind.HOLIDAY, '泼"水"节'), calendars.shipped(2026)]
)
def test_a_file_comes_back_at_a_neighbour(office: Office, tmp_path: Path, calendar: YearCalendar):
    path = tmp_path / "放假安排.toml"
    calendars.write_calendar(office, calendar, path)
    assert calendars.load_calendar(office, path) == calendar
    assert "云水镇" in path.read_text("utf-8").splitlines()[0]


def test_a_calendar_typed_by_hand_says_so_in_its_file(office: Office, tmp_path: Path):
    path = tmp_path / "放假安排.toml"
    calendars.write_calendar(office, YearCalendar(2027), path)
    assert calendars.load_calendar(office, path).source == "本单位填写"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_notice_from_a_stick(office: Office, tmp_path: Path, encoding: str):
    path = tmp_path / "通知.txt"
    path.write_text("2027年放假安排\n春节：2月5日至12日放假调休，共8天。1月31日上班。", encoding)
    notice = calendars.read_notice(office, calendars.load_notice(office, path), 2030)
    assert applied(YearCalendar(2027), notice).holidays == OWN.holidays


def test_what_is_no_notice_is_said_in_words(office: Office, tmp_path: Path):
    path = tmp_path / "通知.txt"
    path.write_bytes(b"\xff\xfe\x00\xff" * 3)
    with pytest.raises(OfficeError, match="文字读不出来"):
        calendars.load_notice(office, path)
    path.write_bytes(b"a" * 300_000)
    with pytest.raises(OfficeError, match="太大"):
        calendars.load_calendar(office, path)
    with pytest.raises(OfficeError, match=r"没有\.txt"):
        calendars.load_notice(office, tmp_path / "没有.txt")


def test_days_that_are_not_saved_yet(office: Office):
    days = calendars.days_of_year(office, 2027, {2027: OWN})
    assert sum(day.kind is DayKind.SPRING_FESTIVAL for day in days) == 8
    assert not calendars.has_own(office, 2027)
