# SPDX-License-Identifier: MulanPSL-2.0
"""What the register itself knows of a paper that is being typed."""

from __future__ import annotations

from datetime import date

import pytest

from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import habits, records

PARTY, FINANCE = "青山县委组织部", "青山县财政局"


@pytest.fixture
def receive(office):
    """Register a receipt of a sender on a day."""

    def put(sender, number, day=date(2026, 11, 2), title="关于召开会议的通知"):
        draft = {"received_on": day.isoformat(), "sender": sender, "title": title, "doc_number": number}
        return records.register_document(office, RECEIPT, draft, day)

    return put


def test_the_code_a_sender_uses_most(office, receive):
    for number in ("青组通〔2026〕1号", "青组〔2026〕2号", "青组通〔2026〕3号"):
        receive(PARTY, number)
    receive(FINANCE, "青财〔2026〕1号")
    assert habits.usual_code(office, RECEIPT, PARTY, 2026) == "青组通"
    assert habits.usual_code(office, RECEIPT, f" {PARTY} ", 2027) == "青组通", "last year counts"
    assert habits.usual_code(office, RECEIPT, PARTY, 2029) == "", "years ago does not"
    assert habits.usual_code(office, RECEIPT, "青山县信访局", 2026) == ""
    assert habits.usual_code(office, RECEIPT, "", 2026) == ""


def test_void_papers_teach_nothing(office, receive, today):
    row = receive(PARTY, "青错〔2026〕1号")
    records.void(office, RECEIPT, int(str(row["id"])), "登记有误", today)
    assert habits.usual_code(office, RECEIPT, PARTY, 2026) == ""
    assert habits.likely_sender(office, RECEIPT, "", "青错〔2026〕9号") == ""


def test_the_sender_a_title_begins_with(office, receive):
    receive(FINANCE, "青财〔2026〕1号")
    assert habits.likely_sender(office, RECEIPT, f"{FINANCE}关于报送预算的通知", "") == FINANCE
    assert habits.likely_sender(office, RECEIPT, "关于报送预算的通知", "") == ""


def test_the_only_sender_that_used_a_code(office, receive):
    receive(FINANCE, "青财〔2026〕1号")
    assert habits.likely_sender(office, RECEIPT, "关于报送预算的通知", "青财〔2026〕77号") == FINANCE
    assert habits.likely_sender(office, RECEIPT, "", "青财预〔2026〕77号") == "", "another code that begins alike"
    receive("青山县税务局", "青财〔2026〕2号")
    assert habits.likely_sender(office, RECEIPT, "", "青财〔2026〕77号") == "", "two use it: nobody is meant"


def test_titles_that_come_each_year_are_told_with_this_years_number(office, receive):
    receive(PARTY, "青组通〔2025〕4号", date(2025, 11, 3), "关于做好2025年度党员信息采集的通知")
    receive(PARTY, "青组通〔2024〕4号", date(2024, 11, 3), "关于做好2024年度党员信息采集的通知")
    receive(PARTY, "青组通〔2025〕5号", date(2025, 11, 3), "关于报送党员信息的通知")
    receive(FINANCE, "青财〔2025〕5号", date(2025, 11, 3), "关于做好2025年度决算的通知")
    told = habits.recurring_titles(office, RECEIPT, PARTY, "关于做好", 2026)
    assert told == ["关于做好2026年度党员信息采集的通知"], "once, though it came twice, and of this sender only"
    assert habits.recurring_titles(office, RECEIPT, PARTY, "党员", 2026) == [
        "关于报送党员信息的通知",
        "关于做好2026年度党员信息采集的通知",
    ], "the latest first"
    assert habits.recurring_titles(office, RECEIPT, PARTY, "gybs", 2026) == ["关于报送党员信息的通知"]
    assert habits.recurring_titles(office, RECEIPT, PARTY, "关", 2026) == [], "too little to mean anything"
    assert habits.recurring_titles(office, RECEIPT, "", "关于", 2026) == []
    assert habits.recurring_titles(office, RECEIPT, PARTY, told[0], 2026) == [], "what is there is not proposed"


def test_a_register_of_our_own_papers_proposes_nothing(office):
    assert habits.usual_code(office, DISPATCH, PARTY, 2026) == ""
    assert habits.likely_sender(office, DISPATCH, f"{PARTY}关于", "青组通〔2026〕1号") == ""
    assert habits.recurring_titles(office, DISPATCH, PARTY, "关于", 2026) == []
