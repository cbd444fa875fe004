# SPDX-License-Identifier: MulanPSL-2.0
"""放假通知 — the text of a State Council notice (关于某年部分节假日安排的通知), read into a year's holidays.

Nothing is guessed in silence: what does not fit together, or is not understood, is said as a doubt, in words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from township_office.core.text import t
from township_office.registers.duty.calendar import (
    LONGEST_NAME,
    STATUTORY,
    Holiday,
    YearCalendar,
    in_order,
    is_weekend,
)
from township_office.registers.duty.notice_dates import Sentence, read_sentence

LONGEST = 20_000  # characters; more is no notice
_YEAR = re.compile(r"(?:关于|现将|调整|延长|安排)?(20\d\d)年(?:部分)?(?:[^。\d]{0,30})(?:节假日|假期|放假|安排)")
_ANY_YEAR = re.compile(r"(20\d\d)年")
_VERB = re.compile("放假|补休|调休|上班")
_NUMBERING = r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、])"
_DATED = r"(?=(?:从|自)?(?:20\d\d年)?\d{1,2}月\d)"
_ONWARD = re.compile(rf"\n(?!{_DATED})")
_HEAD = re.compile(rf"(?:^|(?<=[。;\n])){_NUMBERING}?(?P<name>[^:。;,\n]{{1,40}}?):{_DATED}")
_FULL_NAMES = {"清明": "清明节", "五一": "劳动节", "端午": "端午节", "中秋": "中秋节", "国庆": "国庆节"}
_KNOWN = "|".join([*STATUTORY, *_FULL_NAMES])
_BARE_HEAD = re.compile(
    rf"(?:^|(?<=[。;\n])){_NUMBERING}?(?P<name>(?:{_KNOWN})(?:[、和](?:{_KNOWN}))?)(?:假期)?{_DATED}"
)
_TITLE_NAME = re.compile(r"关于(?:调整|延长)?(?:20\d\d年)?(?P<name>[^。\n]{2,60}?)(?:调休放假|放假调休|放假|假期|调休)")
_NEW_LINE = re.compile(rf"^{_NUMBERING}|^[^:。;,]{{1,40}}:{_DATED}|^(?:{_KNOWN}){_DATED}")
_LONGER = re.compile(r"延长(?:20\d\d年)?(?P<name>[^。,;\d]{2,20}?)假期(?:放假)?(?:时间)?至(?P<until>[^。,;]+)")
_INSIDE = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice says. doubts are to be looked at before it is used; remarks need nothing done.

    longer: holidays whose end alone is moved (延长春节假期至2月2日), by name.
    """

    year: int
    holidays: tuple[Holiday, ...] = ()
    longer: tuple[tuple[str, date], ...] = ()
    doubts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    source: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether no holiday was understood."""
        return not self.holidays and not self.longer


def read_notice(text: str, likely_year: int) -> Notice:
    """Return what the text says; likely_year counts, and is doubted, where it names no year."""
    text = _plain(text[:LONGEST])
    doubts: list[str] = []
    year = _year_of(text)
    if year is None:
        year = likely_year
        doubts.append(t("holiday_notice.no_year", year=year))
    reader = _Reader(year)
    longer = _longer(reader, text)
    reader.read(text)
    holidays = reader.holidays()
    doubts += reader.doubts + _missing(text, holidays, longer)
    if not holidays and not longer:
        doubts = [*reader.doubts, t("holiday_notice.nothing")]
    return Notice(year, holidays, tuple(longer), tuple(dict.fromkeys(doubts)), tuple(reader.remarks), _title(text))


def applied(calendar: YearCalendar, notice: Notice) -> YearCalendar:
    """Return the calendar as it is after a notice: of a holiday that it had already, the notice has the last word."""
    if notice.holidays:
        calendar = calendar.with_holidays(notice.holidays, notice.source)
    for name, until in notice.longer:
        for one in calendar.holidays:
            if name in one.name and one.off and one.off[-1] < until:
                first = one.off[-1].toordinal() + 1
                more = tuple(date.fromordinal(day) for day in range(first, until.toordinal() + 1))
                work = tuple(day for day in one.work if day not in more)
                calendar = calendar.with_holidays([Holiday(one.name, one.off + more, work)], notice.source)
    return calendar


def unfit(calendar: YearCalendar, notice: Notice) -> list[str]:
    """Return what of a notice finds no place in the calendar: a holiday made longer that is not there."""
    known = [*calendar.holidays, *notice.holidays]
    return [
        t("holiday_notice.longer_unknown", name=name)
        for name, _ in notice.longer
        if not any(name in one.name for one in known)
    ]


class _Reader:
    """The holidays that were understood so far, by name, and what is to be said about them."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.doubts: list[str] = []
        self.remarks: list[str] = []
        self._off: dict[str, list[date]] = {}
        self._work: dict[str, list[date]] = {}

    def read(self, text: str) -> None:
        """Read each holiday with the sentences that follow its name."""
        heads = sorted([*_HEAD.finditer(text), *_BARE_HEAD.finditer(text)], key=lambda found: found.start())
        if heads:
            ends = [found.start() for found in heads[1:]] + [len(text)]
            for found, end in zip(heads, ends, strict=True):
                words = _ONWARD.split(text[found.end() : end], maxsplit=1)[0]  # what follows speaks of other things
                self._section(_name(found["name"]), words)
        elif name := _only_name(text):
            self._section(name, text, is_named=False)

    def _section(self, name: str, text: str, *, is_named: bool = True) -> None:
        counted: list[date] = []
        for place, words in enumerate(filter(None, re.split(r"[。;\n]", text))):
            if _LONGER.search(words):
                continue
            said = read_sentence(words, self.year, name)
            if not said.has_verb:
                if place == 0 and is_named:
                    self.doubts.append(t("holiday_notice.no_verb", name=name))
                continue
            if said.is_advice:
                self.remarks.append(t("holiday_notice.advice", name=name, words=words))
                continue
            self.doubts += [t("holiday_notice.about", name=name, doubt=doubt) for doubt in said.doubts]
            counted += said.off
            self._take(name, said)
            self._count(name, said, counted)

    def _take(self, name: str, said: Sentence) -> None:
        self._off.setdefault(name, []).extend(self._near(name, said.off))
        for day in self._near(name, said.work):
            if is_weekend(day):
                self._work.setdefault(name, []).append(day)
            elif not said.is_from_then:
                self.doubts.append(t("holiday_notice.work_on_weekday", name=name, day=day))

    def _near(self, name: str, days: Iterable[date]) -> list[date]:
        """Return those days that can belong to the year; doubt the others."""
        good = []
        for day in days:
            if date(self.year - 1, 12, 1) <= day <= date(self.year + 1, 1, 31):
                good.append(day)
            else:
                self.doubts.append(t("holiday_notice.far", name=name, day=day, year=self.year))
        return good

    def _count(self, name: str, said: Sentence, counted: list[date]) -> None:
        """共3天 must be the days just said, or all of this holiday so far, or these with the weekend beside them."""
        for stated in said.counts:
            possible = {len(set(said.off)), len(set(counted)), *said.spoken}
            if said.joins_weekend:
                possible.add(_with_weekend(said.off))
            if stated not in possible:
                found = len(set(said.off))
                self.doubts.append(t("holiday_notice.wrong_count", name=name, stated=stated, found=found))

    def holidays(self) -> tuple[Holiday, ...]:
        """Return the holidays; a day that is off and worked is neither, and doubted."""
        off_for = {day: name for name, days in self._off.items() for day in days}
        both = {day for days in self._work.values() for day in days if day in off_for}
        self.doubts += [t("holiday_notice.both", day=day, name=off_for[day]) for day in sorted(both)]
        found, seen = [], both
        for name in {**self._off, **self._work}:
            off = tuple(sorted({day for day in self._off.get(name, ()) if day not in seen}))
            seen = seen | set(off)
            work = tuple(sorted({day for day in self._work.get(name, ()) if day not in seen}))
            seen = seen | set(work)
            if off or work:
                found.append(Holiday(name, off, work))
        return in_order(found)


def _plain(text: str) -> str:
    """Full-width signs become plain, blanks go, a wrapped line is joined; commas in brackets separate nothing."""
    text = unicodedata.normalize("NFKC", text).replace("〔", "(").replace("〕", ")")
    lines: list[str] = []
    for line in text.splitlines():
        line = re.sub(r"\s+", "", line)
        if not line:
            continue
        if lines and lines[-1][-1] not in "。;:" and not _NEW_LINE.match(line):
            lines[-1] += line
        else:
            lines.append(line)
    joined = re.sub(r":\n", ":", "\n".join(lines)) if any(map(_is_bare_head, lines)) else "\n".join(lines)
    return _INSIDE.sub(lambda found: f"({re.sub('[,;。]', '、', found[1])})", joined)


def _is_bare_head(line: str) -> bool:
    """Whether the dates of a holiday stand on the line below its name."""
    return line.endswith(":") and any(name in line[:20] for name in STATUTORY)


def _year_of(text: str) -> int | None:
    """The year of its title, else the last one of its days: the day a notice is signed on is of the year before."""
    if found := _YEAR.search(text):
        return int(found[1])
    years = [int(year) for line in text.split("\n") if _VERB.search(line) for year in _ANY_YEAR.findall(line)]
    return max(years, default=None)


def _title(text: str) -> str:
    """Return the notice's own title; "" where the text begins without it."""
    found = re.search(r"(国务院(?:办公厅)?关于[^。\n:]{2,80}?的通知)", text)
    return found[1] if found else ""


def _name(name: str) -> str:
    """Return 国庆节、中秋节 for 2027年国庆、中秋假期."""
    parts = [part.removesuffix("假期") for part in re.split("[、和]", re.sub(r"^20\d\d年", "", name))]
    return "、".join(_FULL_NAMES.get(part, part) for part in parts)[:LONGEST_NAME]


def _only_name(text: str) -> str:
    """Return the holiday that a notice without headings is about; "" where it is not clear which."""
    known = [name for name in STATUTORY if name in text]
    if len(known) == 1:
        return known[0]
    found = _TITLE_NAME.search(text)
    return "" if known or not found else found["name"][:LONGEST_NAME]


def _longer(reader: _Reader, text: str) -> list[tuple[str, date]]:
    found = []
    for one in _LONGER.finditer(text):
        name = _name(one["name"])
        said = read_sentence(one["until"] + "放假", reader.year, name)
        if said.off and not said.doubts:
            found.append((name, said.off[-1]))
        else:
            reader.doubts.append(t("holiday_notice.about", name=name, doubt=t("holiday_notice.no_date", words=one[0])))
    return list(dict.fromkeys(found))


def _missing(text: str, holidays: tuple[Holiday, ...], longer: list[tuple[str, date]]) -> list[str]:
    """A holiday that is spoken of without days, or left out of a notice about several, may have been cut off."""
    found = "、".join([*(one.name for one in holidays), *(name for name, _ in longer)])
    gone = [name for name in STATUTORY if name not in found and (name in text or len(holidays) > 2)]
    without = [one.name for one in holidays if not one.off]
    return [
        *(t("holiday_notice.missing", names="、".join(gone)) for _ in gone[:1]),
        *(t("holiday_notice.only_work", name=name) for name in without),
    ]


def _with_weekend(days: tuple[date, ...]) -> int:
    """How many days it is with the weekend days that touch it."""
    whole = {day.toordinal() for day in days}
    for step in (-1, 1):
        edge = min(whole, default=0) if step < 0 else max(whole, default=0)
        while edge and is_weekend(date.fromordinal(edge + step)):
            edge += step
            whole.add(edge)
    return len(whole)
