# SPDX-License-Identifier: MulanPSL-2.0
"""突发事件 / 紧急信息 — an emergency up to its 终报, and how long the office has for each report.

初报 by telephone, then in writing, 续报 while it lasts, 终报 when it is over (突发事件应对法 arts. 60, 61: upward, in
time, nothing late, false or withheld). How many minutes: each county says it for itself, so they are settings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from township_office.core.fields import Child, Field, Kind, Problem, Record, Register, Value
from township_office.core.text import t

FIRST, FOLLOWING, FINAL = "初报", "续报", "终报"
PHONE, WRITTEN = "电话", "书面"
NATURES = ("自然灾害", "事故灾难", "公共卫生", "社会安全", "其他")  # 突发事件应对法 art. 2
FOLLOW_UP: Final = "followup"
_TO_THE_MINUTE = len("2026-11-20 09:15")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the office has: minutes from 接报 to each 初报, hours from one 续报 to the next; 0 for no limit."""

    phone: int = 20
    written: int = 40
    followup: int = 24


@dataclass(frozen=True, slots=True)
class Due:
    """A report that is waited for: phone, written (of the 初报) or followup; and until when."""

    kind: str
    at: datetime

    def minutes_left(self, now: datetime) -> int:
        """Return whole minutes that are left, negative when it is late: at 0 the last one runs."""
        return (self.at - now) // timedelta(minutes=1)


def is_concluded(event: Mapping[str, Value]) -> bool:
    """Say whether the 终报 was made; event is as store.records reads it, with its reports summed up."""
    return event["final_at"] is not None


def dues(event: Mapping[str, Value], limits: Limits) -> list[Due]:
    """Return what is still to be reported of an event, the most urgent first; nothing of one that is over or void."""
    received = moment_of(event["received_at"])
    if received is None or event["voided_on"] is not None or is_concluded(event):
        return []
    found = [
        Due(kind, received + timedelta(minutes=minutes))
        for kind, minutes, done in (
            ("phone", limits.phone, event["phoned_at"]),
            ("written", limits.written, event["written_at"]),
        )
        if minutes and done is None
    ]
    last = moment_of(event["reported_at"])
    if not found and limits.followup and last is not None:
        found.append(Due(FOLLOW_UP, last + timedelta(hours=limits.followup)))
    return sorted(found, key=lambda due: due.at)


def next_report(event: Mapping[str, Value], limits: Limits) -> tuple[str, str]:
    """Return which report most likely comes next, and how: (初报, 电话)."""
    waiting = [due.kind for due in dues(event, limits)]
    if event["reported_at"] is None:
        return FIRST, WRITTEN if waiting[:1] == ["written"] else PHONE
    return (FIRST if "written" in waiting or "phone" in waiting else FOLLOWING), (
        PHONE if waiting[:1] == ["phone"] else WRITTEN
    )


def moment_of(value: Value) -> datetime | None:
    """Return a moment that is kept to the minute; None for none, and for a day alone."""
    text = str(value or "")
    return datetime.fromisoformat(text) if len(text) == _TO_THE_MINUTE else None


def check_event(record: Record) -> Iterable[Problem]:
    """The clock runs from the minute the office heard of it, on the day it is entered under; not before it happened."""
    day, received, happened = record["received_on"], str(record["received_at"] or ""), str(record["happened_at"] or "")
    if received and moment_of(received) is None:
        yield Problem("received_at", t("duty_event.to_the_minute"))
    elif received and isinstance(day, date) and received[:10] != day.isoformat():
        yield Problem("received_at", t("duty_event.other_day"))
    if received and happened and received[: len(happened)] < happened[: len(received)]:
        yield Problem("happened_at", t("duty_event.happened_later"))


def check_report(record: Record) -> Iterable[Problem]:
    """What is kept to the minute can be shown to have been in time."""
    if record["sent_at"] is not None and moment_of(record["sent_at"]) is None:
        yield Problem("sent_at", t("duty_event.to_the_minute"))


DUTY_EVENT = Register(
    name="duty_event",
    title="突发事件登记簿",
    number_label="报告编号",
    number_name="number",
    dated_by="received_on",
    fields=(
        Field("received_on", "接报日期", Kind.DATE, required=True, default="今天", width=10),
        Field("received_at", "接报时间", Kind.MOMENT, required=True, default="现在", width=16, searched=False),
        Field("title", "事件", Kind.LONG_TEXT, required=True, max_length=500, width=30),
        Field("nature", "性质", Kind.CHOICE, choices=NATURES, width=9),
        Field("source", "信息来源", Kind.NAME, width=12),
        Field("happened_at", "事发时间", Kind.MOMENT, width=16, searched=False),
        Field("place", "地点", Kind.NAME, width=14),
        Field("scope", "影响范围", Kind.LONG_TEXT, max_length=1000, width=14),
        Field("losses", "伤亡损失", Kind.LONG_TEXT, max_length=1000, width=14),
        Field("trend", "发展趋势", Kind.LONG_TEXT, max_length=1000, width=14),
        Field("leaders", "领导到位", Kind.LONG_TEXT, max_length=500, width=12),
        Field("measures", "已采取措施", Kind.LONG_TEXT, max_length=2000, width=18),
        Field("advice", "建议", Kind.LONG_TEXT, max_length=1000, width=14),
        Field("handled_by", "接报人", Kind.NAME, max_length=40, width=8),
        Field("remarks", "备注", Kind.LONG_TEXT, max_length=2000, width=12, shown=False),
    ),
    check=check_event,
)  # fmt: skip

DUTY_REPORT = Child(
    name="duty_report",
    title="信息报送",
    parent="duty_event",
    fields=(
        Field("kind", "类别", Kind.CHOICE, required=True, choices=(FIRST, FOLLOWING, FINAL), default=FIRST, width=6),
        Field("way", "方式", Kind.CHOICE, required=True, choices=(PHONE, WRITTEN), default=PHONE, width=6),
        Field("sent_at", "报送时间", Kind.MOMENT, required=True, default="现在", width=16),
        Field("unit", "报送单位", Kind.NAME, required=True, width=16),
        Field("receiver", "接收人", Kind.NAME, max_length=40, width=8),
        Field("reporter", "报送人", Kind.NAME, max_length=40, width=8),
        Field("title", "报送内容", Kind.LONG_TEXT, max_length=2000, width=30),
    ),
    check=check_report,
)  # fmt: skip
