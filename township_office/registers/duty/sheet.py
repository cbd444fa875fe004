# SPDX-License-Identifier: MulanPSL-2.0
"""What a 值班表 on paper says, as plain data: the same for PDF, Word and Excel.

Columns and foot are those of custom: 日期 星期 带班领导 值班人员(电话) …, below them 值班电话 传真 交接时间 制表 审核.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from township_office.registers.duty.calendar import HOLIDAY_KINDS, Day
from township_office.registers.duty.month import SUBSTITUTE, SWAP
from township_office.registers.duty.plan import DayKind, Half

IN_CELL, AT_FOOT, NOWHERE = "cell", "foot", "none"  # where the phones stand
WEEKDAYS = "一二三四五六日"
MARK = "（调）"
NOT_WANTED = "—"  # nobody is needed on this line on such a day
_HALVES = {Half.WHOLE: "", Half.DAY: "白班", Half.NIGHT: "夜班"}
_CHANGES = {SWAP: "换班", SUBSTITUTE: "替班"}
_LONGEST_REASON = 24


@dataclass(frozen=True, slots=True)
class Turn:
    """One person in a cell; is_changed: put there after the roster was given out."""

    name: str
    post: str = ""
    phone: str = ""
    is_changed: bool = False

    @property
    def marked(self) -> str:
        """Return the name as it stands in the cell."""
        return self.name + MARK if self.is_changed else self.name


Turns = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The days off of one holiday, one after the other; year is the one it is called by."""

    name: str
    year: int
    first: date
    last: date

    @property
    def title(self) -> str:
        """Return 2026年春节值班安排表."""
        return f"{self.year}年{self.name or '假期'}值班安排表"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A line, or its day or its night."""

    line: str
    half: Half = Half.WHOLE

    @property
    def half_word(self) -> str:
        """Return 白班 or 夜班, nothing for a whole day."""
        return _HALVES[self.half]


@dataclass(frozen=True, slots=True)
class SheetDay:
    """A day with who has it, by column; None where the line is not needed on such a day."""

    day: Day
    cells: tuple[Turns | None, ...]

    @property
    def is_off(self) -> bool:
        """Whether it is a day of rest or a holiday: shaded."""
        return self.day.kind is not DayKind.WORKDAY

    @property
    def date_words(self) -> str:
        """Return 10月1日."""
        return f"{self.day.date.month}月{self.day.date.day}日"

    @property
    def weekday(self) -> str:
        """Return 一 to 日."""
        return WEEKDAYS[self.day.date.weekday()]

    @property
    def rest_words(self) -> str:
        """Return the holiday by name, 休 for other days off, 班 for a weekend that is worked."""
        if self.day.kind in HOLIDAY_KINDS:
            return self.day.name or "放假"
        return "休" if self.is_off else "班" if self.day.is_makeup else ""


@dataclass(frozen=True, slots=True)
class SheetChange:
    """What became of a turn after the roster was given out."""

    day: date
    line: str
    kind: str
    before: str
    after: str
    reason: str

    @property
    def words(self) -> str:
        """Return it as one line: 10月3日 值班员：张伟→李明（替班，因病）."""
        reason = self.reason if len(self.reason) <= _LONGEST_REASON else self.reason[:_LONGEST_REASON] + "…"
        kind = _CHANGES.get(self.kind, "改派")
        return f"{self.day.month}月{self.day.day}日 {self.line}：{self.before}→{self.after}（{kind}，{reason}）"


@dataclass(frozen=True, slots=True)
class DutyHours:
    """When turns begin, as the clock says it: 08:30."""

    day: str = "08:30"
    night: str = "17:30"


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """A 值班表: a month, or the days of one holiday. phones: one of IN_CELL, AT_FOOT, NOWHERE."""

    office: str
    title: str  # 2026年10月值班表
    columns: tuple[SheetColumn, ...]
    days: tuple[SheetDay, ...]
    hours: DutyHours = DutyHours()
    phones: str = IN_CELL
    phone: str = ""
    fax: str = ""
    made_by: str = ""
    signed_by: str = ""
    remarks: str = ""
    changes: tuple[SheetChange, ...] = ()
    is_draft: bool = False

    @property
    def heading(self) -> str:
        """Return the whole title; a draft says that it is one."""
        return f"{self.office}{self.title}{'（草稿）' if self.is_draft else ''}"

    @property
    def is_split(self) -> bool:
        """Whether there are turns of half a day."""
        return any(column.half is not Half.WHOLE for column in self.columns)

    @property
    def handover(self) -> str:
        """Return when one hands over to the next."""
        day, night = self.hours.day, self.hours.night
        if self.is_split:
            return f"白班{day}—{night}，夜班{night}—次日{day}"
        return f"每日{day}"

    @property
    def people(self) -> list[Turn]:
        """Return everybody on it once, in the order they come, column by column."""
        found: dict[str, Turn] = {}
        for column in range(len(self.columns)):
            for day in self.days:
                for turn in day.cells[column] or ():
                    found.setdefault(turn.name, turn)
        return list(found.values())

    @property
    def contacts(self) -> list[Turn]:
        """Return everybody of whom there is more to say than the name; nobody where phones are to be nowhere."""
        return [turn for turn in self.people if turn.phone or turn.post] if self.phones != NOWHERE else []

    def numbered(self) -> RosterSheet:
        """Return it with everybody's place among people instead of the name."""
        places = {turn.name: str(place) for place, turn in enumerate(self.people, start=1)}
        days = (
            replace(day, cells=tuple(
                None if turns is None else tuple(Turn(places[turn.name], is_changed=turn.is_changed) for turn in turns)
                for turns in day.cells
            ))
            for day in self.days
        )  # fmt: skip
        return replace(self, days=tuple(days))

    def runs(self, column: int) -> list[tuple[int, int]]:
        """Return the cells of a column as (first day, number of days): days in a row with the same people are one."""
        return runs_of([day.cells[column] or place for place, day in enumerate(self.days)])

    def rest_runs(self) -> list[tuple[int, int]]:
        """Return the same of the names of the days off."""
        return runs_of([day.rest_words or place for place, day in enumerate(self.days)])


def month_title(day: date) -> str:
    """Return 2026年10月值班表 for any day of the month."""
    return f"{day.year}年{day.month}月值班表"


def runs_of(values: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return neighbours that are equal as (first, number)."""
    found, first = [], 0
    for _, same in groupby(values):
        count = sum(1 for _ in same)
        found.append((first, count))
        first += count
    return found
