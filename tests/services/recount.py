# SPDX-License-Identifier: MulanPSL-2.0
"""今日, recounted row by row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from township_office.core.fields import Register, Value
from township_office.registers.circulation import INSTRUCTION, READING
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION, is_signed
from township_office.registers.receipt import RECEIPT
from township_office.registers.status import state_of
from township_office.registers.watch import DUE, IN_HAND, INSTRUCT, MEETING, READ, UNFILED
from township_office.services import browsing, children, circulation
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.services.today import Tally, today_summary

AT_WORK = {"open", "overdue", "instructing", "circulating"}
Row = Mapping[str, Value]


def everything(office: Office, register: Register) -> list[dict[str, Value]]:
    return browsing.rows(office, register, browsing.row_ids(office, register, View(), date.max))


def recount(office: Office, today: date) -> dict[tuple[str, str], set[object]]:
    """Return the ids of the rows of every card, found one by one."""
    found: dict[tuple[str, str], set[object]] = {
        ("receipt", watch): set() for watch in (DUE, READ, INSTRUCT, MEETING, UNFILED)
    } | {("dispatch", watch): set() for watch in (IN_HAND, UNFILED)}
    for row in everything(office, RECEIPT):
        state = state_of(RECEIPT, row, today).key
        if row["due_on"] is not None and row["due_on"] <= today + timedelta(3) and state in AT_WORK:
            found["receipt", DUE].add(row["id"])
        for copy in circulation.handovers(office, row["id"]):
            if row["voided_on"] is None and circulation.is_out(copy) and copy["purpose"] in (READING, INSTRUCTION):
                found["receipt", READ if copy["purpose"] == READING else INSTRUCT].add(row["id"])
        if row["meeting_at"] is not None and row["voided_on"] is None and row["returned_on"] is None:
            ahead = date.fromisoformat(row["meeting_at"][:10]) - today
            found["receipt", MEETING] |= {row["id"]} if 0 <= ahead.days <= 7 else set()
        if state in ("completed", "replied") and is_to_be_filed(row, today):
            found["receipt", UNFILED].add(row["id"])
    for row in everything(office, DISPATCH):
        state = state_of(DISPATCH, row, today).key
        units = children.children(office, DISTRIBUTION, row["id"])
        is_awaited = state == "dispatched" and not all(map(is_signed, units))
        if state in ("drafting", "reviewed", "signed", "printed") or is_awaited:
            found["dispatch", IN_HAND].add(row["id"])
        if state == "dispatched" and is_to_be_filed(row, today):
            found["dispatch", UNFILED].add(row["id"])
    return found


def is_to_be_filed(row: Row, today: date) -> bool:
    is_old_ledger = row["entry"] == "imported" and (row["year"] or 0) < today.year - 1
    return row["is_for_archive"] is not False and not is_old_ledger


def tallied(office: Office, register: Register, today: date) -> Tally:
    rows = [row for row in everything(office, register) if row["year"] == today.year]
    rows = [row for row in rows if row[register.dated_by] or row["entry"] == "imported"]
    valid = [row for row in rows if row["voided_on"] is None]
    days = [row[register.dated_by] for row in valid]
    return Tally(len(valid), sum(d is not None and d.month == today.month for d in days), len(rows) - len(valid))


def check_today(office: Office, today: date) -> None:
    """Hold every figure and every line of the first page against the recount."""
    page, naive = today_summary(office, today), recount(office, today)
    for (name, watch), ids in naive.items():
        register = RECEIPT if name == "receipt" else DISPATCH
        assert set(browsing.row_ids(office, register, View(None, watch), today)) == ids, (name, watch)
    due = sorted((row for row in everything(office, RECEIPT) if row["id"] in naive["receipt", DUE]), key=urgency)
    assert [row["id"] for row in page.due.lines] == [row["id"] for row in due][:12]
    assert page.due.count == len(due)
    assert page.late_count == sum(row["due_on"] < today for row in due)
    for card, purpose in ((page.reading, READING), (page.instruction, INSTRUCTION)):
        of_it, count = circulation.out_now(office, today, purpose, 10_000)
        assert (list(card.lines), card.count) == (of_it[:12], count)
        assert {out.paper["id"] for out in of_it} == naive["receipt", READ if purpose == READING else INSTRUCT]
    assert page.meetings.count == len(naive["receipt", MEETING])
    assert page.in_hand.count == len(naive["dispatch", IN_HAND])
    assert page.unfiled.count == len(naive["receipt", UNFILED]) + len(naive["dispatch", UNFILED])
    assert (page.receipts, page.dispatches) == (tallied(office, RECEIPT, today), tallied(office, DISPATCH, today))


def urgency(row: Row) -> tuple[object, object]:
    return row["due_on"], row["id"]
