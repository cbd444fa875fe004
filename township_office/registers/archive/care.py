# SPDX-License-Identifier: MulanPSL-2.0
"""利用与保管 — who used which archives, what went in and out of the store, its air, and how it was looked after.

机关档案管理规定 demands 查阅登记 and 利用效果; the columns are the customary ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from township_office.core.fields import Field, Kind, Problem, Record, Register, Value
from township_office.core.text import t

OUTWARDS = "出库"
LENDING = "借出"  # the one way of use that leaves the room, and must come back
COPYING = "复制"
TEMPERATURES, HUMIDITIES = (14, 24), (45, 60)  # °C and % RH of a store
SWINGS: Mapping[str, float] = {"temperature": 2, "humidity": 5}  # so far it may move within a day
CHECKED_FOR, SOUND = ("防火", "防盗", "防潮", "防虫", "年度清点"), "正常"  # 检查项目, 检查情况
_FITTING = {"temperature": TEMPERATURES, "humidity": HUMIDITIES}
_POSSIBLE = {"temperature": (-40, 60), "humidity": (0, 100)}
_READING = re.compile(r"-?\d{1,3}(?:\.\d{1,2})?", re.ASCII)
_UNITS = str.maketrans("−", "-", " ℃°C%度")
_BETWEEN = re.compile(r"[、，,；;\s]+")
_BY = Field("handled_by", "经手人", Kind.NAME, max_length=20, width=9)


def codes_in(text: str) -> list[str]:
    """Return the 档号 that one entry names, each once."""
    return [code for code in dict.fromkeys(_BETWEEN.split(text)) if code]


def plain_reading(text: str) -> str:
    """Return a reading as it is kept (18.5, -3), from what people note: 18.5℃, １８．５, −3 度."""
    plain = unicodedata.normalize("NFKC", text.translate(_UNITS)).translate(_UNITS)
    return plain if _READING.fullmatch(plain) else text


def reading(text: Value) -> float | None:
    """Return what an instrument showed, None for what is no number."""
    return float(text) if isinstance(text, str) and _READING.fullmatch(text) else None


def is_fit(name: str, value: Value) -> bool:
    """Say whether a reading lies in the range a store is kept in; one that is missing cannot be out of it."""
    read = reading(value)
    low, high = _FITTING[name]
    return read is None or low <= read <= high


def check_use(record: Record) -> Iterable[Problem]:
    """What is lent has an approver and a day it is due; nothing comes back before it went."""
    used = record["used_on"]
    if record["way"] == LENDING:
        for name in ("approver", "due_on"):
            if record[name] is None:
                yield Problem(name, t(f"archive.lending_needs_{name}"))
    for name in ("due_on", "returned_on"):
        then = record[name]
        if isinstance(used, date) and isinstance(then, date) and then < used:
            yield Problem(name, t("archive.back_before_out"))


def check_move(record: Record) -> Iterable[Problem]:
    """Nothing comes back before it went."""
    moved, back = record["moved_on"], record["returned_on"]
    if isinstance(moved, date) and isinstance(back, date) and back < moved:
        yield Problem("returned_on", t("archive.back_before_out"))


def check_air(record: Record) -> Iterable[Problem]:
    """A reading is a number that an instrument in a store can show."""
    for name, (low, high) in _POSSIBLE.items():
        read = reading(record[name])
        if record[name] is not None and (read is None or not low <= read <= high):
            yield Problem(name, t(f"archive.bad_{name}"))


def check_look(record: Record) -> Iterable[Problem]:
    """A problem that was dealt with was found first."""
    if record["handled_on"] is not None and record["problem"] is None:
        yield Problem("problem", t("archive.nothing_to_handle"))


ACCESS_LOG = Register(
    name="access_log",
    title="档案查阅利用登记簿",
    number_label="查阅编号",
    number_name="number",
    dated_by="used_on",
    fields=(
        Field("used_on", "日期", Kind.DATE, required=True, default="今天", width=10),
        Field("reader", "利用人", Kind.NAME, required=True, max_length=20, width=9),
        Field("unit", "单位", Kind.NAME, width=14),
        Field("reference_codes", "档号", Kind.LONG_TEXT, required=True, max_length=1000, width=28),
        Field("title", "题名", Kind.LONG_TEXT, max_length=1000, width=30),
        Field("purpose", "用途", Kind.NAME, required=True, width=14),
        Field("way", "方式", Kind.CHOICE, choices=("阅览", "摘抄", COPYING, LENDING), default="阅览", width=7,
              searched=False),
        Field("copied_pages", "复制页数", Kind.INTEGER, width=7, searched=False),
        Field("approver", "批准人", Kind.NAME, max_length=20, width=9),
        Field("due_on", "应还日期", Kind.DATE, width=10),
        Field("returned_on", "归还日期", Kind.DATE, width=10),
        Field("is_intact", "完好", Kind.YES_NO, width=5, searched=False),
        Field("effect", "利用效果", Kind.LONG_TEXT, max_length=1000, width=16),
        _BY,
        Field("credential", "证件", width=12, shown=False),
    ),
    check=check_use,
)  # fmt: skip

STACK_IN_OUT = Register(
    name="stack_in_out",
    title="档案出入库登记簿",
    number_label="出入库编号",
    number_name="number",
    dated_by="moved_on",
    fields=(
        Field("moved_on", "日期", Kind.DATE, required=True, default="今天", width=10),
        Field("direction", "出入", Kind.CHOICE, required=True, choices=(OUTWARDS, "入库"), default=OUTWARDS, width=6,
              searched=False),
        Field("reference_codes", "档号", Kind.LONG_TEXT, required=True, max_length=1000, width=28),
        Field("item_count", "件数", Kind.INTEGER, width=5, searched=False),
        Field("title", "事由", Kind.LONG_TEXT, required=True, max_length=500, width=24),
        _BY,
        Field("returned_on", "归还日期", Kind.DATE, width=10),
        Field("remarks", "备注", Kind.LONG_TEXT, max_length=2000, width=14),
    ),
    check=check_move,
)  # fmt: skip

CLIMATE_LOG = Register(
    name="climate_log",
    title="档案库房温湿度记录",
    number_label="记录编号",
    number_name="number",
    dated_by="measured_on",
    fields=(
        Field("measured_on", "日期", Kind.DATE, required=True, default="今天", width=10),
        Field("measured_at", "时间", Kind.MOMENT, default="现在", width=16, searched=False),
        Field("temperature", "温度（℃）", required=True, max_length=10, width=8, searched=False),
        Field("humidity", "湿度（%）", required=True, max_length=10, width=8, searched=False),
        Field("title", "调控措施", Kind.LONG_TEXT, max_length=500, width=14),
        Field("handled_by", "记录人", Kind.NAME, max_length=20, width=8),
    ),
    check=check_air,
)  # fmt: skip

STACK_CHECK = Register(
    name="stack_check",
    title="档案安全检查登记簿",
    number_label="检查编号",
    number_name="number",
    dated_by="checked_on",
    fields=(
        Field("checked_on", "日期", Kind.DATE, required=True, default="今天", width=10),
        Field("title", "检查项目", Kind.LONG_TEXT, required=True, max_length=500, width=24),
        Field("finding", "检查情况", Kind.LONG_TEXT, required=True, max_length=1000, width=24),
        Field("problem", "存在问题", Kind.LONG_TEXT, max_length=1000, width=20),
        Field("handling", "处理情况", Kind.LONG_TEXT, max_length=1000, width=20),
        Field("handled_on", "处理日期", Kind.DATE, width=10),
        Field("checked_by", "检查人", Kind.NAME, max_length=40, width=8),
    ),
    check=check_look,
)  # fmt: skip

CARE = (ACCESS_LOG, STACK_IN_OUT, CLIMATE_LOG, STACK_CHECK)
