# SPDX-License-Identifier: MulanPSL-2.0
"""值班日志 — the book kept while on duty: one day on one page, its calls below one another, handed over by two names.

The columns are those of custom; kept to the minute, the book numbered and filed. 有事报事，无事报平安: a day without
anything says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from township_office.core.fields import Child, Field, Kind, Problem, Record, Register, Value
from township_office.core.text import t

QUIET: Final = "平安无事"
NOTHING: Final = "无"  # the zero report that counties ask for
LEADING: Final = "带班"  # in the name of a duty line of leaders
WEATHER = ("晴", "多云", "阴", "小雨", "大雨", "雪", "雾")
SIGNED = ("handed_by", "taken_by", "handed_at")  # what makes a day handed over


def is_handed_over(row: Mapping[str, Value]) -> bool:
    """Say whether both signed a day's log, and when."""
    return all(row[name] is not None for name in SIGNED)


def check_log(record: Record) -> Iterable[Problem]:
    """Nobody hands over to himself; nothing ends before it began; both sign to the minute."""
    begun = str(record["begun_at"] or "")
    for name in ("ended_at", "handed_at"):
        then = str(record[name] or "")
        if begun and then and then[: len(begun)] < begun[: len(then)]:
            yield Problem(name, t(f"duty_log.{name}_before_begun"))
    if record["handed_by"] is not None and record["handed_by"] == record["taken_by"]:
        yield Problem("taken_by", t("duty_log.handed_to_himself"))
    if record["handed_at"] is not None and len(str(record["handed_at"])) <= len("2026-11-20"):
        yield Problem("handed_at", t("duty_log.to_the_minute"))


DUTY_LOG = Register(
    name="duty_log",
    title="值班日志",
    number_label="值班编号",
    number_name="number",
    dated_by="duty_on",
    fields=(
        Field("duty_on", "日期", Kind.DATE, required=True, default="今天", width=10),
        Field("weather", "天气", max_length=40, width=6, searched=False),
        Field("leader", "带班领导", Kind.NAME, max_length=100, width=9),
        Field("people", "值班人员", Kind.NAME, max_length=300, width=12),
        Field("begun_at", "值班开始", Kind.MOMENT, width=16, shown=False, searched=False),
        Field("ended_at", "值班结束", Kind.MOMENT, width=16, shown=False, searched=False),
        Field("title", "值班情况", Kind.LONG_TEXT, required=True, max_length=2000, default=QUIET, width=13),
        Field("patrol", "巡查情况", Kind.LONG_TEXT, max_length=2000, width=16),
        Field("tasks", "领导交办", Kind.LONG_TEXT, max_length=2000, width=16),
        Field("open_items", "未尽事项", Kind.LONG_TEXT, max_length=2000, width=16),
        Field("handed_by", "交班人", Kind.NAME, max_length=100, width=8),
        Field("taken_by", "接班人", Kind.NAME, max_length=100, width=8),
        Field("handed_at", "交接时间", Kind.MOMENT, width=16, searched=False),
        Field("remarks", "备注", Kind.LONG_TEXT, max_length=2000, width=12, shown=False),
    ),
    check=check_log,
)  # fmt: skip

DUTY_CALL = Child(
    name="duty_call",
    title="来电来文来访",
    parent="duty_log",
    fields=(
        Field("called_at", "时间", Kind.MOMENT, required=True, default="现在", width=16),
        Field("way", "方式", Kind.CHOICE, required=True, choices=("来电", "来文", "来访", "去电"), default="来电",
              width=6),
        Field("unit", "单位", Kind.NAME, width=16),
        Field("caller", "姓名", Kind.NAME, max_length=40, width=8),
        Field("phone", "电话", max_length=40, width=13),
        Field("title", "内容", Kind.LONG_TEXT, required=True, max_length=1000, width=30),
        Field("proposed", "拟办", Kind.LONG_TEXT, max_length=1000, width=16),
        Field("result", "处理结果", Kind.LONG_TEXT, max_length=1000, width=16),
        Field("handler", "办理人", Kind.NAME, max_length=40, width=8),
    ),
)  # fmt: skip
