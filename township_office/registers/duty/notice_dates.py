# SPDX-License-Identifier: MulanPSL-2.0
"""One sentence of a 放假通知: its dates, and whether they are off (放假, 调休, 补休) or worked (上班)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from township_office.core.text import t

_TOKEN = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})[日号](?P<inside>(?:\([^()]*\))?)"
    r"|(?P<to>[至到~—–-]+)"
    r"|(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,2})天"
    r"|(?P<not>不调休|不放假|与周末连休|连休)"
    r"|(?P<work>(?P<from>起)?(?:调休|正常|照常|恢复|补)*(?:上班|补班|工作日))"
    r"|(?P<off>(?:放假|调休|补休|休息|轮休)+)"
)
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_CHANGED = re.compile(r"取消|不再|原定|改为|改在|顺延")
_ADVICE = re.compile(r"鼓励|提倡|可结合|建议")
_CHINESE = {sign: place for place, sign in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
_LONGEST_SPAN = 31  # days


@dataclass(slots=True)
class Sentence:
    """What one sentence says. counts: days it states; spoken: how many each of its verbs had before it."""

    off: tuple[date, ...] = ()
    work: tuple[date, ...] = ()
    counts: list[int] = field(default_factory=list)
    spoken: list[int] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    has_verb: bool = False
    is_advice: bool = False
    is_from_then: bool = False  # 2月3日起正常上班
    joins_weekend: bool = False


def read_sentence(words: str, year: int, name: str) -> Sentence:
    """Return what a sentence of the holiday `name` says; a date without a year is of `year`.

    12月 of 元旦 is of the year before, and so is the beginning of a span that would end before it begins.
    """
    said = Sentence(is_advice=bool(_ADVICE.search(words)))
    pending: list[date] = []
    is_open = False  # a 至 stands before the next date
    clock = _Clock(year, name)
    for token in _TOKEN.finditer(words):
        match token.lastgroup:
            case "to":
                is_open = bool(pending)
            case "count":
                said.counts.append(_number(token["count"]))
            case "not":
                said.joins_weekend |= "连休" in token["not"]
            case "work":
                _close(said, pending, is_work=True)
                said.is_from_then |= bool(token["from"])
            case "off":
                _close(said, pending, is_work=False)
            case _:
                _add(said, pending, token, clock, is_open=is_open)
                is_open = False
    if pending and said.has_verb:
        said.doubts.append(t("holiday_notice.no_use", day=pending[0]))
    if _CHANGED.search(words) and (said.off or said.work or pending):
        said.doubts.append(t("holiday_notice.changed", words=words))
    return said


class _Clock:
    """Which year and month a date without them is of."""

    def __init__(self, year: int, name: str) -> None:
        self._year, self._is_new_year = year, "元旦" in name
        self._last: date | None = None

    def read(self, token: re.Match[str], *, after: date | None) -> date:
        """Return the date of a token; raise ValueError where there is no such day."""
        said_month, said_year = token["month"], token["year"]
        known = after or self._last
        if not said_month and known is None:
            raise ValueError
        month = int(said_month) if said_month else known.month  # type: ignore[union-attr]
        day = int(token["day"])
        if said_year:
            year = int(said_year)
        elif not said_month and known is not None:
            year = known.year
        elif after is not None:
            year = after.year + ((month, day) < (after.month, after.day))
        else:
            year = self._year - (self._is_new_year and month == 12)
        self._last = date(year, month, day)
        return self._last


def _add(said: Sentence, pending: list[date], token: re.Match[str], clock: _Clock, *, is_open: bool) -> None:
    """Take a date, or the span that ends with it; a day that does not exist or has another weekday is doubted."""
    try:
        day = clock.read(token, after=pending[-1] if is_open else None)
    except ValueError:
        said.doubts.append(t("holiday_notice.no_date", words=token[0]))
        return
    weekday = _WEEKDAY.search(token["inside"])
    if weekday and _WEEKDAYS.index(weekday[1].replace("天", "日")) != day.weekday():
        real = _WEEKDAYS[day.weekday()]
        said.doubts.append(t("holiday_notice.wrong_weekday", day=day, said=weekday[0], real=real))
    if not is_open:
        pending.append(day)
        return
    between = (day - pending[-1]).days
    if not 0 < between <= _LONGEST_SPAN:
        said.doubts.append(t("holiday_notice.bad_span", first=pending[-1], last=day))
        return
    pending += list(_following(pending[-1], between))


def _following(first: date, count: int) -> Iterator[date]:
    return (first + timedelta(days=step) for step in range(1, count + 1))


def _close(said: Sentence, pending: list[date], *, is_work: bool) -> None:
    """The dates before a verb are what it speaks of."""
    said.has_verb = True
    days = tuple(dict.fromkeys(pending))
    pending.clear()
    if is_work:
        said.work += days
    elif days:
        said.off += days
        said.spoken.append(len(days))


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, sign, ones = text.rpartition("十")
    if not sign:
        return _CHINESE[text[0]] if len(text) == 1 else 0
    return 10 * _CHINESE.get(tens, 1) + _CHINESE.get(ones, 0)
