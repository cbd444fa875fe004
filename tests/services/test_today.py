# SPDX-License-Identifier: MulanPSL-2.0
"""The first page counts what it says it counts: whatever happened to the papers, a recount finds the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from tests.services.recount import check_today, everything
from township_office.core.errors import OfficeError
from township_office.core.fields import Register, Value
from township_office.registers import DOCUMENTS
from township_office.registers.circulation import CIRCULATION, INSTRUCTION, PURPOSES, READING
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION
from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, children, circulation, records, settings, steps
from township_office.services.browsing import View
from township_office.services.office import Office, change, close_office
from township_office.services.today import Tally, today_summary
from township_office.store import records as store

TODAY = date(2026, 11, 20)
MANY = effort(max_examples=int(os.environ.get("EXAMPLES", "25")), deadline=None, database=None)
AT_WORK = {"open", "overdue", "instructing", "circulating"}
READERS = ("孙志强", "何文斌", "许晴")
Row = Mapping[str, Value]


def day(days: int) -> str:
    return (TODAY + timedelta(days)).isoformat()


def at(days: int) -> datetime:
    return datetime.combine(TODAY + timedelta(days), time(9, 15))


# ---- what may happen: each takes which paper (any number) and how many days from today ----


def receive(office: Office, which: int, days: int) -> None:
    draft = {"received_on": day(-20), "sender": "青山县财政局", "title": f"关于第{which}件事的通知"}
    if which % 2:
        draft["due_on"] = day(days)
    if which % 3 == 0:
        draft |= {"meeting_at": f"{day(days)} 09:00", "meeting_place": "三楼会议室"}
    records.register_document(office, RECEIPT, draft, TODAY)


def take_in(office: Office, which: int, days: int) -> None:
    """A row of a ledger of this year, the last, or long ago."""
    row = dict.fromkeys(field.name for field in RECEIPT.fields) | {"title": "题", "entry": "imported"}
    year = (2026, 2025, 2019, None)[which % 4]
    ends = ({}, {"completed_on": TODAY}, {"filed_on": TODAY}, {"due_on": TODAY + timedelta(days)})[which % 7 % 4]
    with change(office) as pen:
        store.add_many(pen, RECEIPT, [row | {"year": year} | ends], "import")


def void(office: Office, which: int, days: int) -> None:
    register = DOCUMENTS[which % 2]
    records.void(office, register, some(office, register, which), "重复", TODAY)


def step(register: Register, key: str, **draft: str) -> Callable[[Office, int, int], None]:
    def take(office: Office, which: int, days: int) -> None:
        at_it = [
            int(str(row["id"]))
            for row in everything(office, register)
            if steps.step(register.name, key) in steps.possible_steps(register, row, TODAY)
        ]
        for row_id in at_it[which % 3 : which % 3 + 1]:
            steps.take_step(office, register, row_id, key, draft, TODAY)

    take.__name__ = key
    return take


def hand_over(office: Office, which: int, days: int) -> None:
    draft = {"reader": READERS[which % 3], "purpose": PURPOSES[days % 3]}
    circulation.send(office, some(office, RECEIPT, which), draft, at(-abs(days)))


def take_back(office: Office, which: int, days: int) -> None:
    rows = circulation.handovers(office, some(office, RECEIPT, which))
    circulation.take_back(office, int(str(rows[-1]["id"])) if rows else 0, "已阅", at(0))


def draft(office: Office, which: int, days: int) -> None:
    records.register_document(office, DISPATCH, {"title": f"关于第{which}项的通知", "drafted_on": day(-5)}, TODAY)


def distribute(office: Office, which: int, days: int) -> None:
    words = {"unit": f"{which}村", "sent_at": day(-1)}
    sent = browsing.row_ids(office, DISPATCH, View(None, "dispatched"), TODAY)
    row_id = sent[which % len(sent)] if sent and days % 2 else some(office, DISPATCH, which)
    children.add_child(office, DISTRIBUTION, row_id, words, TODAY)


def sign_for(office: Office, which: int, days: int) -> None:
    waiting = [
        unit
        for row in everything(office, DISPATCH)
        for unit in children.children(office, DISTRIBUTION, row["id"])
        if unit["received_at"] is None
    ]
    for row in waiting[which % 2 : which % 2 + 1]:
        children.correct_child(office, DISTRIBUTION, int(str(row["id"])), {"received_at": day(0)}, TODAY)


HAPPENINGS = (
    receive, receive, receive, take_in, void, hand_over, hand_over, take_back, draft, draft, distribute, sign_for,
    step(RECEIPT, "finish", completed_on=day(0)), step(RECEIPT, "reply", reply_number="云政函〔2026〕1号"),
    step(RECEIPT, "return_to_sender", returned_on=day(0), return_reason="缺附件"),
    step(RECEIPT, "file", is_for_archive="是", filed_on=day(0)), step(RECEIPT, "file", is_for_archive="否"),
    step(DISPATCH, "review", reviewed_on=day(-2)), step(DISPATCH, "sign", signer="何文斌", signed_on=day(-2)),
    step(DISPATCH, "print", printed_on=day(-1)), step(DISPATCH, "release", dispatched_on=day(-1)),
    step(DISPATCH, "file", is_for_archive="是", filed_on=day(0)),
)  # fmt: skip
LIVES = st.lists(
    st.tuples(st.sampled_from(HAPPENINGS), st.integers(0, 99), st.integers(-12, 12)), min_size=30, max_size=90
)


def some(office: Office, register: Register, which: int) -> int:
    ids = browsing.row_ids(office, register, View(), TODAY)
    return ids[which % len(ids)] if ids else 0


@given(lives=LIVES)
@MANY
def test_the_first_page_is_what_a_recount_finds(lives, new_office, tmp_path_factory):
    office = new_office(tmp_path_factory.mktemp("lives") / "a.office.db")
    for place in range(8):
        receive(office, place, place - 4)
        draft(office, place, 0)
    for happening, which, days in lives:
        try:
            happening(office, which, days)
        except OfficeError:
            continue  # not at this step: the rules are tested elsewhere
    for today in (TODAY - timedelta(4), TODAY, TODAY + timedelta(3), date(2027, 1, 4)):
        check_today(office, today)
    close_office(office)


# ---- single cases ----


def test_an_empty_office_has_a_page(office: Office):
    page = today_summary(office, TODAY)
    assert page.is_empty
    for card in (page.due, page.reading, page.instruction, page.meetings, page.in_hand, page.unfiled):
        assert (card.lines, card.count, card.more) == ((), 0, 0)
    assert page.receipts == page.dispatches == Tally(0, 0, 0)
    assert page.last_backup is None


def test_hundreds_of_late_ones_are_all_counted(office: Office):
    row = dict.fromkeys(field.name for field in RECEIPT.fields) | {"received_on": TODAY, "title": "题", "year": 2026}
    late = row | {"due_on": TODAY - timedelta(2), "entry": "imported"}
    with change(office) as pen:
        store.add_many(pen, RECEIPT, [late] * 450, "import")
    page = today_summary(office, TODAY)
    assert page.late_count == page.due.count == 450
    assert page.due.more == 450 - len(page.due.lines)


def test_meetings_come_in_their_order_until_a_week_from_today(office: Office, draft):
    for days, clock in ((7, "15:00"), (0, "09:00"), (8, "09:00"), (1, "14:30"), (1, "09:00"), (-1, "09:00")):
        moment = f"{day(days)} {clock}"
        records.register_document(office, RECEIPT, draft("receipt", meeting_at=moment, title=moment), TODAY)
    assert [row["meeting_at"][8:] for row in today_summary(office, TODAY).meetings.lines] == [
        "20 09:00", "21 09:00", "21 14:30", "27 15:00"
    ]  # fmt: skip


def test_units_that_have_not_signed_are_counted_once_the_document_is_out(office: Office, draft):
    row = records.register_document(office, DISPATCH, draft("dispatch"), TODAY)
    for unit in ("石桥村", "柳湾村"):
        children.add_child(office, DISTRIBUTION, row["id"], {"unit": unit}, TODAY)
    (one,) = today_summary(office, TODAY).in_hand.lines
    assert one.waiting_units == 0, "it is not sent yet"
    records.correct(office, DISPATCH, row["id"], {"dispatched_on": day(0)}, TODAY)
    (one,) = today_summary(office, TODAY).in_hand.lines
    assert one.waiting_units == 2
    for unit in children.children(office, DISTRIBUTION, row["id"]):
        children.correct_child(office, DISTRIBUTION, unit["id"], {"receiver": "杨", "received_at": day(0)}, TODAY)
    assert today_summary(office, TODAY).in_hand.count == 0


def test_what_is_to_be_filed_is_told_by_year(office: Office, draft):
    for received in (day(-400), day(-390), day(-10)):
        row = records.register_document(office, RECEIPT, draft("receipt", received_on=received), TODAY)
        records.correct(office, RECEIPT, row["id"], {"completed_on": day(0)}, TODAY)
    found = [(one.register.name, one.year, one.count) for one in today_summary(office, TODAY).unfiled.lines]
    assert found == [("receipt", 2025, 2), ("receipt", 2026, 1)]


def test_how_long_a_paper_may_be_out_is_the_offices_own(office: Office):
    settings.set_setting(office, "circulation.days", "5")
    assert today_summary(office, TODAY).circulation_days == 5


@pytest.mark.parametrize("purpose", [READING, INSTRUCTION])
def test_a_copy_of_a_void_paper_is_out_no_more(office: Office, draft, purpose: str):
    row = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    circulation.send(office, row["id"], {"reader": "许晴", "purpose": purpose}, at(-1))
    assert children.children(office, CIRCULATION, row["id"])
    page = today_summary(office, TODAY)
    assert page.reading.count + page.instruction.count == 1
    records.void(office, RECEIPT, row["id"], "重复", TODAY)
    page = today_summary(office, TODAY)
    assert page.reading.count + page.instruction.count == 0
