# SPDX-License-Identifier: MulanPSL-2.0
"""Who can be on duty and on which lines: the forms they are typed into, and what the file knows of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from township_office.core.dates import parse_date
from township_office.core.fields import Child, Field, Kind, Problem, Record
from township_office.core.text import t
from township_office.registers.duty.plan import DayKind, Half, Tally

SHIFTS: Mapping[str, tuple[Half, ...]] = {
    "24h": (Half.WHOLE,), "day": (Half.DAY,), "night": (Half.NIGHT,), "day+night": (Half.DAY, Half.NIGHT),
}  # fmt: skip
SHIFT_WORDS: Mapping[str, str] = {"24小时": "24h", "白班": "day", "夜班": "night", "白班+夜班": "day+night"}
# What is said of a person on certain days. 离岗 (借调, 产假): the turns missed are not made up for; of all others
# they are, in time.
LEAVE, TRAINING, AWAY, CANNOT, OFF_POST, FIXED, WISH, UNWISH = (
    "请假", "培训", "出差", "不能值班", "离岗", "指定值班", "希望值班", "希望不值",
)  # fmt: skip
ABSENT = (LEAVE, TRAINING, AWAY, CANNOT, OFF_POST)
NEVER, ALWAYS = "never", "always"
BETWEEN = "、"  # the groups of one person
MOST_GROUPS, MOST_PEOPLE, LONGEST_SPAN = 8, 9, 366
_APART = re.compile(r"\s*[;；\n]\s*|\s*[、,，]\s*(?=\d)")
_SPAN = re.compile(r"\s*(?:\.\.|~|～|至|到|—+|–)\s*|\s+-\s+")
_DAY = r"(?:\d{4}[./年])?\d{1,2}[./月]\d{1,2}[日号]?"
_HYPHEN = re.compile(rf"({_DAY}) *- *({_DAY}|\d{{1,2}}[日号]?)")  # 10.1-10.7; in 10-1 it is no span
_SAME_MONTH = re.compile(r"(\d{1,2})[日号]?")  # the end of 10月1日至7日
_HALF_A_YEAR = timedelta(183)
_GROUPS = re.compile(r"\s*[,，、;；/]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Person:
    """One person who can be on duty.

    opening: turns by group and kind from before the program. since: the first month that was not given out yet when
    the person was entered (2026-10), "" when none was.
    """

    id: int
    name: str
    groups: tuple[str, ...]
    post: str = ""
    phone: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    remarks: str = ""
    opening: Mapping[str, Tally] = field(default_factory=dict)
    since: str = ""

    def is_here(self, day: date) -> bool:
        """Whether the person works here on a day."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Away:
    """Days of a person about which something is said: one of ABSENT, or FIXED, WISH, UNWISH."""

    id: int
    person_id: int
    kind: str
    first_on: date
    last_on: date
    remarks: str = ""

    def days(self) -> frozenset[date]:
        """Return each of the days."""
        return frozenset(self.first_on + timedelta(n) for n in range((self.last_on - self.first_on).days + 1))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who are never, or only together, on duty on the same day."""

    id: int
    first_id: int
    second_id: int
    rule: str  # NEVER or ALWAYS


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the roster: 带班领导, 值班员, 驾驶员 …

    kinds: the kinds of day it is needed on (an emergency team on holidays only).
    """

    id: int
    name: str
    group: str
    people: int = 1
    shift: str = "24h"  # a key of SHIFTS
    kinds: frozenset[DayKind] = frozenset(DayKind)

    @property
    def halves(self) -> tuple[Half, ...]:
        """Return the turns of one day."""
        return SHIFTS[self.shift]


def check_person(record: Record) -> Iterable[Problem]:
    """At least one group; nobody leaves before coming."""
    groups = groups_in(str(record["groups"] or ""))
    if not 1 <= len(groups) <= MOST_GROUPS or any(len(group) > 20 for group in groups):
        yield Problem("groups", t("duty.needs_groups"))
    first, last = record["starts_on"], record["ends_on"]
    if isinstance(first, date) and isinstance(last, date) and last < first:
        yield Problem("ends_on", t("duty.leaves_before_start"))


def check_days(record: Record) -> Iterable[Problem]:
    """A span ends where it begins or later, within a year."""
    first, last = record["first_on"], record["last_on"]
    if isinstance(first, date) and isinstance(last, date) and not 0 <= (last - first).days < LONGEST_SPAN:
        yield Problem("last_on", t("duty.bad_span"))


def check_line(record: Record) -> Iterable[Problem]:
    """As many people as fit on one line of a printed page."""
    people = record["people"]
    if isinstance(people, int) and not 1 <= people <= MOST_PEOPLE:
        yield Problem("people", t("duty.bad_people", most=MOST_PEOPLE))


def groups_in(text: str) -> tuple[str, ...]:
    """Return the groups that a text names, each once."""
    return tuple(dict.fromkeys(group for group in _GROUPS.split(text.strip()) if group))


def spans_in(text: str, today: date) -> list[tuple[date, date]]:
    """Return the days of "2026-10-01..2026-10-07; 2026-10-12" as spans, both ends included.

    Raise ValueError naming the part that is no day.
    """
    spans = []
    for part in filter(None, _APART.split(unicodedata.normalize("NFKC", text).strip())):
        hyphened = _HYPHEN.fullmatch(part)
        ends = list(hyphened.groups()) if hyphened else _SPAN.split(part, maxsplit=1)
        try:
            first = _day_near(ends[0], today, today)
            alone = _SAME_MONTH.fullmatch(ends[-1])
            last = first.replace(day=int(alone[1])) if alone else _day_near(ends[-1], today, first)
        except ValueError:
            raise ValueError(t("duty.bad_day", text=part)) from None
        span = first, last
        if not 0 <= (span[1] - span[0]).days < LONGEST_SPAN:
            raise ValueError(t("duty.bad_day", text=part))
        spans.append(span)
    return spans


def _day_near(text: str, today: date, near: date) -> date:
    """Return a day; without a year the one from three months before near to nine ahead: leave is of days to come."""
    said, later = parse_date(text, today), parse_date(text, near + _HALF_A_YEAR)
    return later if (said.month, said.day) == (later.month, later.day) else said


PERSON = Child("duty_person", "值班人员", "", (
    Field("name", "姓名", Kind.NAME, required=True, max_length=20, width=10),
    Field("groups", "组别", required=True, max_length=170, width=16),
    Field("post", "职务", Kind.NAME, max_length=40, width=14),
    Field("phone", "电话", max_length=40, width=14),
    Field("starts_on", "到岗日期", Kind.DATE, width=10),
    Field("ends_on", "离岗日期", Kind.DATE, width=10),
    Field("remarks", "备注", Kind.LONG_TEXT, max_length=500, width=20),
), check_person)  # fmt: skip

AWAY_DAYS = Child("duty_away", "请假与意愿", "duty_person", (
    Field("kind", "事由", Kind.CHOICE, required=True, choices=(*ABSENT, FIXED, WISH, UNWISH), default=LEAVE),
    Field("first_on", "自", Kind.DATE, required=True, width=10),
    Field("last_on", "至", Kind.DATE, required=True, width=10),
    Field("remarks", "说明", max_length=200, width=20),
), check_days)  # fmt: skip

LINE = Child("duty_line", "值班岗位", "", (
    Field("name", "名称", Kind.NAME, required=True, max_length=20, width=12),
    Field("group_name", "组别", Kind.NAME, required=True, max_length=20, width=12),
    Field("people", "每班人数", Kind.INTEGER, required=True, default="1", width=8),
    Field("shift", "班次", Kind.CHOICE, required=True, choices=tuple(SHIFT_WORDS), default="24小时", width=10),
), check_line)  # fmt: skip

CHANGED = Child("duty_change", "调班", "duty_shift", (
    Field("reason", "原因", required=True, max_length=500, width=24),
    Field("approved_by", "批准人", Kind.NAME, max_length=20, width=10),
    Field("changed_on", "调班日期", Kind.DATE, required=True, default="今天", width=10),
))  # fmt: skip
