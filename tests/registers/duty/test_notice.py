# SPDX-License-Identifier: MulanPSL-2.0
"""A notice in words gives the days it speaks of; what does not fit together is said, never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registers.duty.notices import CHANGES, NOTICES
from township_office.registers.duty.calendar import Holiday, YearCalendar, in_order, is_weekend, read_calendar, spans
from township_office.registers.duty.notice import applied, read_notice, unfit
from township_office.services.roster.calendar import FOLDER

WEEKDAYS = "一二三四五六日"


def bare(calendar: YearCalendar) -> tuple[Holiday, ...]:
    return tuple(replace(one, source="") for one in calendar.holidays)


@pytest.mark.parametrize("year", NOTICES)
def test_each_year_gives_the_days_of_its_file(year: int):
    notice = read_notice(NOTICES[year], 2099)
    assert (notice.year, notice.doubts) == (year, ())
    calendar = applied(YearCalendar(year), notice)
    if year in CHANGES:
        change = read_notice(CHANGES[year], 2099)
        assert (change.year, change.doubts, unfit(calendar, change)) == (year, (), [])
        calendar = applied(calendar, change)
    assert bare(calendar) == bare(read_calendar(FOLDER / f"{year}.toml"))


def test_a_day_that_is_only_recommended_is_a_working_day():
    notice = read_notice(NOTICES[2024], 2024)
    assert len(notice.remarks) == 1
    assert "提倡" in notice.remarks[0]
    assert all(date(2024, 2, 9) not in one.off for one in notice.holidays)


def test_a_holiday_made_longer_that_is_not_there_is_said():
    notice = read_notice(CHANGES[2020], 2099)
    assert notice.holidays == ()
    assert "延长“春节”" in unfit(YearCalendar(2020), notice)[0]
    assert applied(YearCalendar(2020), notice) == YearCalendar(2020)


def test_the_title_is_where_it_is_from():
    text = "国务院办公厅关于2026年部分节假日安排的通知\n" + NOTICES[2026]
    notice = read_notice(text, 2099)
    assert applied(YearCalendar(2026), notice).source == "国务院办公厅关于2026年部分节假日安排的通知"


def off_days(notice, name="元旦"):
    return next(one for one in notice.holidays if one.name == name).off


@pytest.mark.parametrize("text", [
    "2027年元旦：从12月31日至1月2日放假，共3天。",
    "2027年放假安排。元旦：2026年12月31日至1月2日放假，共3天。",
    "2027年放假安排。元旦：12月31日至2027年1月2日放假，共3天。",
    "2027年放假安排。元旦：2026年12月31日~2027年1月2日放假三天。",
    "2027年放假安排。元旦：2026年12月31日-2027年1月2日，放假3天",
])  # fmt: skip
def test_across_the_end_of_the_year(text: str):
    assert off_days(read_notice(text, 2027)) == (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2))


# What is wrong, and a word of what is said of it.
DOUBTS = {
    "no year": ("元旦：1月1日至3日放假，共3天。", "没有写是哪一年，先按 2027 年算"),
    "the count": ("2027年放假安排：元旦：1月1日至3日放假，共4天。", "共 4 天，认出来的是 3 天"),
    "the count in words": ("2027年放假安排\n元旦：1月1日至3日放假，共十二天。", "共 12 天"),
    "the weekday": ("2027年放假安排\n元旦：1月1日（周四）至3日放假。", "2027-01-01 是周五，通知写的是周四"),
    "no such day": ("2027年放假安排\n春节：2月30日放假。2月6日放假。", "“2月30日”认不出"),
    "off and worked": ("2027年放假安排\n元旦：1月1日至3日放假。1月2日上班。", "既写了放假"),
    "off for one, worked for another": (
        "2027年放假安排\n元旦：1月1日至3日放假。\n春节：2月6日放假。1月3日上班。",
        "2027-01-03 既写了放假"),
    "worked on a weekday": ("2027年放假安排\n元旦：1月1日放假。1月4日上班。", "2027-01-04 不是周六、周日"),
    "no verb": ("2027年放假安排\n元旦：1月1日至3日，共3天。\n春节：2月6日放假。", "没有写放假还是上班"),
    "a date left over": ("2027年放假安排\n元旦：1月1日放假，1月2日。", "2027-01-02 后面没有写"),
    "spoken of, no days": ("2027年元旦、春节放假安排如下。\n元旦：1月1日放假。", "没有认出春节"),
    "cut off": (
        "2027年放假安排\n元旦：1月1日放假。\n春节：2月6日放假。\n清明节：4月5日放假。",
        "没有认出劳动节、端午节、中秋节、国庆节"),
    "only worked": ("2027年放假安排\n元旦：1月3日上班。", "只认出上班"),
    "a change": ("2027年放假安排\n元旦：原定1月2日放假，改为1月1日放假。", "说的是变动"),
    "another year": ("2027年放假安排\n元旦：2029年1月1日放假。1月1日放假。", "不在 2027 年"),
    "back to front": ("2027年放假安排\n国庆节：2027年10月7日至2027年10月1日放假。", "连不起来"),
    "longer, no day": ("延长2027年春节假期至月底。", "认不出是哪一天"),
    "nothing": ("今天天气很好", "没有认出放假日期"),
    "empty": ("", "没有认出放假日期"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOUBTS)
def test_what_does_not_fit_is_said(name: str):
    text, words = DOUBTS[name]
    doubts = read_notice(text, 2027).doubts
    assert any(words in doubt for doubt in doubts), doubts


def test_a_doubtful_day_is_on_neither_side():
    notice = read_notice(DOUBTS["off and worked"][0], 2027)
    assert notice.holidays == (Holiday("元旦", (date(2027, 1, 1), date(2027, 1, 3))),)


def test_a_wrong_weekday_takes_no_day_away():
    assert len(off_days(read_notice(DOUBTS["the weekday"][0], 2027))) == 3


def test_what_follows_the_last_holiday_adds_nothing():
    text = NOTICES[2026] + "\n请于1月8日前报送放假期间值班表，1月9日上班前查岗。\n办公室\n2025年11月4日"
    assert read_notice(text, 2026) == read_notice(NOTICES[2026], 2026)


@given(st.text(alphabet="0123456789年月日至、，。：（）放假调休上班共天元旦春节\n 一", max_size=300))
def test_no_text_is_too_strange(text: str):
    notice = read_notice(text, 2027)
    assert notice.doubts or notice.holidays or notice.longer
    applied(YearCalendar(notice.year), notice)


# ---- any calendar, written in words, comes back ----

NAMES = ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节", "开渔节", "壮族三月三"]


@st.composite
def calendars(draw) -> tuple[int, tuple[Holiday, ...]]:
    year = draw(st.integers(2015, 2050))
    names = draw(st.permutations(NAMES[1:]))[: draw(st.integers(1, 8))]
    taken: set[date] = set()
    holidays = []
    begin = date(year, 1, 20)
    for name in sorted(names, key=NAMES.index):
        first = begin + timedelta(days=draw(st.integers(12, 24)))
        off = [first + timedelta(days=step) for step in range(draw(st.integers(1, 9)))]
        if draw(st.booleans()):
            off.append(off[-1] + timedelta(days=2))  # 补休
        begin = off[-1]
        around = [first + timedelta(days=step) for step in range(-8, 16)]
        weekend = [
            day for day in around if is_weekend(day) and day not in off and day not in taken and day.year == year
        ]
        work = sorted(draw(st.lists(st.sampled_from(weekend), max_size=3, unique=True))) if weekend else []
        taken |= {*off, *work}
        holidays.append((name, off, work))
    days_off = {day for _, off, _ in holidays for day in off}
    return year, in_order(
        Holiday(name, tuple(off), tuple(day for day in work if day not in days_off)) for name, off, work in holidays
    )


@st.composite
def in_words(draw) -> tuple[int, tuple[Holiday, ...], str]:
    year, holidays = draw(calendars())
    weekday = draw(st.sampled_from(["", "（周{}）", "（星期{}）", "(农历初九，星期{})"]))
    to, year_word = draw(st.sampled_from(["至", "—", "~", "到"])), draw(st.sampled_from(["", f"{year}年"]))

    def said(day: date, month: bool = True) -> str:
        whole = f"{year_word}{day.month}月" if month else ""
        return f"{whole}{day.day}日{weekday.format(WEEKDAYS[day.weekday()])}"

    def span(first: date, last: date) -> str:
        if first == last:
            return said(first)
        return said(first) + to + said(last, month=first.month != last.month or draw(st.booleans()))

    lines = [draw(st.sampled_from([f"关于{year}年部分节假日安排的通知", f"现将{year}年放假安排通知如下。"]))]
    for place, one in enumerate(holidays):
        off = "，".join(f"{span(*pair)}{'放假调休' if at == 0 else '补休'}" for at, pair in enumerate(spans(one.off)))
        count = draw(st.sampled_from(["", f"，共{len(one.off)}天"]))
        work = f"{'、'.join(map(said, one.work))}上班。" if one.work else ""
        lines.append(f"{'一二三四五六七八九'[place]}、{one.name}：{off}{count}。{work}")
    text = draw(st.sampled_from(["\n", "", "\n　　"])).join(lines) if lines[0].endswith("。") else "\n".join(lines)
    if draw(st.booleans()):
        text = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return year, holidays, text


@given(in_words())
def test_any_calendar_in_words_comes_back(case):
    year, holidays, text = case
    notice = read_notice(text, 2099)
    assert (notice.year, notice.holidays) == (year, holidays)
    assert [doubt for doubt in notice.doubts if "没有认出" not in doubt] == []
