# SPDX-License-Identifier: MulanPSL-2.0
"""How a row stands, in one word: worked out from its dates and from where the paper is, never typed.

So it cannot contradict them. The 条例 names the steps but no standings: an office may use other words for these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from township_office.core.fields import Register, Value
from township_office.registers.archive.care import LENDING, OUTWARDS, SWINGS, is_fit
from township_office.registers.circulation import INSTRUCTION, READING
from township_office.registers.duty.event import is_concluded
from township_office.registers.duty.log import is_handed_over


@dataclass(frozen=True, slots=True)
class State:
    """One standing: key for code and JSON filters, label for people, tone for the pill."""

    key: str
    label: str
    tone: str  # accent can be worked on · amber soon or outside · red late · green done · grey closed or void


OPEN = State("open", "在办", "accent")
OVERDUE = State("overdue", "逾期", "red")
INSTRUCTING = State("instructing", "待批示", "amber")  # with a leader, for 批示
CIRCULATING = State("circulating", "传阅中", "amber")  # with a reader
COMPLETED = State("completed", "已办结", "green")
REPLIED = State("replied", "已答复", "green")
RETURNED = State("returned", "已退回", "grey")  # did not pass 初审
# Papers of a ledger that was taken in: what became of them stands in the old book, not here.
RECORDED = State("recorded", "历史", "grey")
DRAFTING = State("drafting", "拟稿", "amber")
REVIEWED = State("reviewed", "待签发", "amber")
SIGNED = State("signed", "已签发", "accent")
PRINTED = State("printed", "已印制", "accent")
DISPATCHED = State("dispatched", "已发出", "green")
FILED = State("filed", "已归档", "grey")
VOIDED = State("voided", "作废", "grey")
# The archive and what is kept of its use and care.
UNNUMBERED = State("unnumbered", "待编号", "red")  # of an old catalogue that gives its 档号 to two
KEPT = State("kept", "在库", "green")
LENT = State("lent", "借出", "amber")  # 查阅利用 says so
TAKEN_OUT = State("taken_out", "出库", "amber")  # for 修裱, 数字化 …: 出入库 says so
TRANSFERRED = State("transferred", "已移交", "grey")
DESTROYED = State("destroyed", "已销毁", "grey")
NOTED = State("noted", "已登记", "green")
OUT = State("out", "在外", "amber")  # lent or taken out, and not back
BACK = State("back", "已归还", "grey")
UNFIT = State("unfit", "超出范围", "red")  # air of the store
FAULTY = State("faulty", "待处理", "red")
HANDLED = State("handled", "已处理", "green")
APPRAISING = State("appraising", "鉴定中", "accent")
APPROVED = State("approved", "待销毁", "amber")
CONCLUDED = State("concluded", "全部续存", "green")  # nothing was destroyed
# The book kept while on duty.
ON_DUTY = State("on_duty", "在值", "accent")
TO_HAND_OVER = State("to_hand_over", "待交接", "amber")
HANDED_OVER = State("handed_over", "已交接", "green")
UNREPORTED = State("unreported", "待初报", "red")
FOLLOWED = State("followed", "续报中", "amber")
REPORTED = State("reported", "已终报", "green")

# In the order of the chips above the table.
STATES: Mapping[str, tuple[State, ...]] = {
    "receipt": (OPEN, INSTRUCTING, CIRCULATING, OVERDUE, COMPLETED, REPLIED, FILED, RETURNED, RECORDED, VOIDED),
    "dispatch": (DRAFTING, REVIEWED, SIGNED, PRINTED, DISPATCHED, FILED, RECORDED, VOIDED),
    "archive_item": (KEPT, LENT, TAKEN_OUT, UNNUMBERED, TRANSFERRED, DESTROYED, VOIDED),
    "archive_box": (KEPT, VOIDED),
    "access_log": (NOTED, OUT, OVERDUE, BACK, VOIDED),
    "stack_in_out": (NOTED, OUT, BACK, VOIDED),
    "climate_log": (NOTED, UNFIT, VOIDED),
    "stack_check": (NOTED, FAULTY, HANDLED, VOIDED),
    "appraisal": (APPRAISING, APPROVED, CONCLUDED, DESTROYED, VOIDED),
    "transfer": (NOTED, VOIDED),
    "duty_log": (ON_DUTY, TO_HAND_OVER, HANDED_OVER, VOIDED),
    "duty_event": (UNREPORTED, FOLLOWED, REPORTED, VOIDED),
}

_AWAY = {one.key: one for one in (LENT, TAKEN_OUT)}


def state_of(register: Register, row: Mapping[str, Value], today: date) -> State:
    """Return how row stands on today; a voided row is void whatever else it holds.

    row is as store.records reads it: for a receipt with "held_for", what a copy of it is out for (None: all are here);
    for an archive item with "away", whether it is lent; for an event with its reports summed up.
    """
    if row["voided_on"] is not None:
        return VOIDED
    match register.name:
        case "receipt":
            return _receipt(row, today) if row["filed_on"] is None else FILED
        case "dispatch":
            return _dispatch(row) if row["filed_on"] is None else FILED
        case "archive_item":
            return _item(row)
        case "access_log" | "stack_in_out":
            return _loan(row, today)
        case "climate_log":
            return NOTED if all(is_fit(name, row[name]) for name in SWINGS) else UNFIT
        case "stack_check":
            return NOTED if row["problem"] is None else FAULTY if row["handled_on"] is None else HANDLED
        case "appraisal":
            return _appraisal(row)
        case "duty_log":
            return _log(row, today)
        case "duty_event":
            return _event(row)
        case _:
            return STATES[register.name][0]


def _receipt(row: Mapping[str, Value], today: date) -> State:
    if row["returned_on"] is not None:
        return RETURNED
    if row["completed_on"] is not None:
        return COMPLETED if row["reply_number"] is None else REPLIED
    due, year = row["due_on"], row["year"]
    if row["entry"] == "imported" and (due is None or not isinstance(year, int) or year < today.year):
        return RECORDED
    if isinstance(due, date) and due < today:
        return OVERDUE
    return {INSTRUCTION: INSTRUCTING, READING: CIRCULATING}.get(str(row["held_for"]), OPEN)


def _dispatch(row: Mapping[str, Value]) -> State:
    if row["dispatched_on"] is not None:
        return DISPATCHED
    if row["entry"] == "imported":
        return RECORDED
    if row["signed_on"] is None:
        return DRAFTING if row["reviewed_on"] is None else REVIEWED
    return SIGNED if row["printed_on"] is None else PRINTED


def _item(row: Mapping[str, Value]) -> State:
    if row["destroyed_on"] is not None:
        return DESTROYED
    if row["transferred_on"] is not None:
        return TRANSFERRED
    if row["sequence"] is None:
        return UNNUMBERED
    return _AWAY.get(str(row["away"]), KEPT)


def _loan(row: Mapping[str, Value], today: date) -> State:
    if row["returned_on"] is not None:
        return BACK
    if row.get("way") != LENDING and row.get("direction") != OUTWARDS:
        return NOTED
    due = row.get("due_on")
    return OVERDUE if isinstance(due, date) and due < today else OUT


def _appraisal(row: Mapping[str, Value]) -> State:
    if row["destroyed_on"] is not None:
        return DESTROYED
    if row["closed_on"] is not None:
        return CONCLUDED
    return APPROVED if row["approved_on"] else APPRAISING


def _log(row: Mapping[str, Value], today: date) -> State:
    day = row["duty_on"]
    if is_handed_over(row):
        return HANDED_OVER
    return TO_HAND_OVER if isinstance(day, date) and day < today else ON_DUTY


def _event(row: Mapping[str, Value]) -> State:
    if is_concluded(row):
        return REPORTED
    return UNREPORTED if row["reported_at"] is None else FOLLOWED
