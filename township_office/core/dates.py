# SPDX-License-Identifier: MulanPSL-2.0
"""Dates as clerks write them, read into one date, and the one way a date is shown."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache

EARLIEST = date(1949, 1, 1)
LATEST = date(2100, 12, 31)

_LONGEST = 60  # a longer text is no date; keeps a pasted page out of the cache

_SPOKEN = {
    "今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "大前天": -3,
    "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_YEAR_WORDS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "明年": 1}

# The common forms first and fast; midnight is what a workbook adds to a day.
_COMMON = re.compile(r"(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?(?:[ T]00:00:00)?")

_MARK = r" *[./\\\-\u2010-\u2015\u2212_~,、。·・] *"
_FULL = re.compile(rf"(\d{{4}}|\d{{2}})(?:{_MARK}| +|年)(\d{{1,2}})(?:{_MARK}| +|月)(\d{{1,2}})[日号]?")
_SHORT = re.compile(rf"(\d{{1,2}})(?:{_MARK}| +|月)(\d{{1,2}})[日号]?")
_YEAR_THEN_FOUR = re.compile(rf"(\d{{4}}){_MARK}(\d{{2}})(\d{{2}})")
_WORKBOOK_FLOAT = re.compile(r"(\d{5}|\d{8})\.\d+")
_LABEL = re.compile(r"[\u4e00-\u9fff]{0,8}(?:日期|时间) *: *")
# What may follow a day, its weekday and its time: they add nothing to a date.
_TAIL = re.compile(
    r"(?: *[(\[【]?(?:星期|周|礼拜)[一二三四五六日天][)\]】]?"
    r"| *(?:凌晨|清晨|早上|上午|中午|下午|晚上|[AaPp][Mm])"
    r"|(?: +|T|(?<=[日号)】午晨上])) *\d{1,2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?|[时点](?:\d{1,2}分?|半|整)?)Z?"
    r")+$"
)
_NOW = frozenset({"现在", "此刻", "刚才", "刚刚"})
# The time of day at the end of a moment: 9:15, 9点, 9时15分, 下午3点半, or four digits after a blank.
_CLOCK = re.compile(
    r"(?P<half>凌晨|早上|上午|中午|下午|晚上|晚)? ?"
    r"(?:(?P<hour>\d{1,2})(?::|[时点])(?:(?P<minute>\d{1,2}|半|整)分?(?::\d{2})?)?|(?<= )(?P<bare>\d{3,4}))$"
)
_CHINESE_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")
_CHINESE_TENS = re.compile("[一二三四五六七八九]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅一?|元(?=月)")


def parse_date(text: str, today: date, year: int | None = None) -> date:
    """Return the day that text means to a clerk who writes it on today.

    Without a year in text, year counts when given; otherwise the year that puts the day between nine months
    back and three ahead. Raises ValueError (without words; the caller words it) when text cannot be read or
    the day does not exist or lies outside EARLIEST..LATEST.
    """
    if len(text) > _LONGEST:
        raise ValueError
    return _parse(text, today, year)


def parse_moment(text: str, now: datetime) -> str:
    """Return the day and time that text means to a clerk who writes it now, as "2026-11-20 09:15".

    现在, 9:15, 昨天 16:40, 1120 0915, 11-20 9点半, 2026-11-20: without a day it is today, without a time the day alone.
    Raises ValueError as parse_date does.
    """
    if len(text) > _LONGEST:
        raise ValueError
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    if not text:
        raise ValueError
    if text in _NOW:
        return f"{now:%Y-%m-%d %H:%M}"
    match = _CLOCK.search(text)
    day = text[: match.start()].strip(" ,T") if match else text
    clock = _clock(match) if match else ""
    return " ".join(filter(None, (show_date(parse_date(day, now.date())) if day else f"{now:%Y-%m-%d}", clock)))


def show_date(day: date) -> str:
    """Return day as it is shown everywhere: 2026-03-12."""
    return day.isoformat()


@lru_cache(maxsize=8192)
def _parse(text: str, today: date, year: int | None) -> date:
    try:
        day = _read(text.strip(), today, year)
    except OverflowError as error:
        raise ValueError from error
    if not EARLIEST <= day <= LATEST:
        raise ValueError
    return day


def _read(text: str, today: date, year: int | None) -> date:
    if match := _COMMON.fullmatch(text):
        first, month, day = match.groups()
        if first:
            return date(int(first), int(month), int(day))
        return _without_year(int(month), int(day), today, year)
    if len(text) == 8 and text.isdecimal():
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    return _read_other(text, today, year)


def _read_other(text: str, today: date, year: int | None) -> date:
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    if match := _LABEL.match(text):
        text = text[match.end() :]
    text = _TAIL.sub("", text).strip(" .,;。、")
    if text in _SPOKEN:
        return today + timedelta(days=_SPOKEN[text])
    if text[:2] in _YEAR_WORDS:
        text = f"{today.year + _YEAR_WORDS[text[:2]]:04}年{text[2:]}"
    if not text.isascii():
        text = _plain_numbers(text)
    if match := _WORKBOOK_FLOAT.fullmatch(text):
        text = match[1]
    if text.isdecimal():
        return _from_digits(text, today, year)
    if match := _FULL.fullmatch(text) or _YEAR_THEN_FOUR.fullmatch(text):
        return date(_whole_year(match[1], today), int(match[2]), int(match[3]))
    if match := _SHORT.fullmatch(text):
        return _without_year(int(match[1]), int(match[2]), today, year)
    raise ValueError


def _plain_numbers(text: str) -> str:
    """Return text with Chinese numbers as digits, and without the blanks inside 2 0 2 6 年 3 月."""
    if "年" in text or "月" in text:
        text = text.replace(" ", "")
    return _CHINESE_TENS.sub(_tens, text).translate(_CHINESE_DIGITS)


def _tens(match: re.Match[str]) -> str:
    word = match[0]
    if word == "元":
        return "1"
    tens = next(sign for sign in "十廿卅" if sign in word)
    before, after = word.split(tens)
    return f"{before or '十廿卅'.index(tens) + 1}{after or 0}"


def _from_digits(text: str, today: date, year: int | None) -> date:
    """Read 312, 0312, 260312, 2026312, 20260312, and the day number a workbook keeps (45037)."""
    match len(text):
        case 3 | 4:
            return _without_year(int(text[:-2]), int(text[-2:]), today, year)
        case 5 if 32874 <= int(text) < 54789:  # 1990 to 2049; other five digits are slips of the finger
            return date(1899, 12, 30) + timedelta(days=int(text))
        case 6:
            return date(_whole_year(text[:2], today), int(text[2:4]), int(text[4:]))
        case 7 if int(text[4:6]) > 12 or text[6] == "0":  # 2026112 may be 1-12 or 11-2 and is refused
            return date(int(text[:4]), int(text[4]), int(text[5:]))
        case 8:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        case _:
            raise ValueError


def _whole_year(text: str, today: date) -> int:
    """Return the year of "26" or "2026"; two digits reach at most twenty years ahead."""
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if 2000 + year <= today.year + 20 else 1900 + year


def _clock(match: re.Match[str]) -> str:
    """Return the time of day that was matched as "09:15"."""
    said = match.groupdict()
    hour, minute = int(said["hour"] or said["bare"][:-2]), said["minute"] or (said["bare"] or "00")[-2:]
    minutes = {"半": 30, "整": 0}.get(minute) if minute in ("半", "整") else int(minute)
    if said["half"] in ("下午", "晚上", "晚") and hour < 12:
        hour += 12
    return f"{time(hour, minutes or 0):%H:%M}"


def _without_year(month: int, day: int, today: date, year: int | None) -> date:
    if year is not None:
        return date(year, month, day)
    low, high = _window(today)
    return date(high.year if (month, day) <= (high.month, high.day) else low.year, month, day)


@lru_cache(maxsize=8)
def _window(today: date) -> tuple[date, date]:
    """Return the first and the last day a date without a year may mean."""
    return months_away(today, -9), months_away(today, 3)


def months_away(day: date, months: int) -> date:
    """Return the same day of another month, or its last day where the month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    following = first.replace(day=28) + timedelta(days=4)
    return first.replace(day=min(day.day, (following - timedelta(days=following.day)).day))
