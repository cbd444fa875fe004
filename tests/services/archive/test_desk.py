# SPDX-License-Identifier: MulanPSL-2.0
"""The desk of a year's filing: which years wait, moving, replies, agreeing, taking back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.archive.tables import keep_small_table
from tests.services.archive.year import put_behind
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.services.archive import committing, deciding, desk
from township_office.services.archive.proposal import propose_year
from township_office.services.office import Office

TODAY = date(2026, 3, 2)


def receive(office: Office, title: str, day: str = "2025-05-06", **more: str) -> str:
    """Register a paper that came in; return its key."""
    draft = {"received_on": day, "dated_on": day, "sender": "青山县水务局", "title": title}
    return f"receipt:{records.register_document(office, RECEIPT, draft | more, TODAY)['id']}"


def issue(office: Office, title: str, day: str = "2025-06-01", **more: str) -> str:
    draft = {"signed_on": day, "title": title, "genre": "函", "signer": "何文斌"}
    return f"dispatch:{records.register_document(office, DISPATCH, draft | more, TODAY)['id']}"


def order(office: Office) -> list[str]:
    """Titles of the year's items as they would be numbered."""
    return [one.title for one in propose_year(office, 2025).items]


@pytest.fixture(autouse=True)
def small_table(office: Office) -> None:
    keep_small_table(office)


@pytest.fixture
def five(office: Office) -> list[str]:
    return [receive(office, f"关于{name}工作的函", f"2025-05-0{at}") for at, name in enumerate("甲乙丙丁戊", start=1)]


def test_the_last_year_that_is_over_comes_first(office):
    assert desk.years_waiting(office, TODAY) == []
    receive(office, "前年的通知", "2024-03-01")
    for _ in range(2):
        receive(office, "去年的通知", "2025-03-01", doc_number="")
    receive(office, "今年的通知", "2026-02-01")
    assert desk.years_waiting(office, TODAY) == [(2025, 2), (2024, 1), (2026, 1)]
    deciding.add_unregistered(office, 2024, {"title": "会议记录", "responsible_body": "镇政府"}, TODAY)
    assert dict(desk.years_waiting(office, TODAY))[2024] == 2
    committing.commit_year(office, 2025, TODAY)
    assert [year for year, _ in desk.years_waiting(office, TODAY)] == [2024, 2026]


def test_an_item_moves_up_and_down_and_stops_at_the_ends(office, five):
    start = order(office)
    deciding.move(office, 2025, five[0], 1)
    assert order(office) == [start[1], start[0], *start[2:]]
    deciding.move(office, 2025, five[0], 9)
    assert order(office) == [*start[1:], start[0]]
    deciding.move(office, 2025, five[4], -9)
    assert order(office) == [start[4], *start[1:4], start[0]]


def test_nothing_else_moves(office, five):
    """What was moved behind an item stays where it is when that item goes elsewhere."""
    start = order(office)
    put_behind(office, five[3], five[0])
    assert order(office) == [start[0], start[3], start[1], start[2], start[4]]
    put_behind(office, five[0], five[2])
    assert order(office) == [start[3], start[1], start[2], start[0], start[4]]
    put_behind(office, five[4], "")
    assert order(office) == [start[4], start[3], start[1], start[2], start[0]]


def test_moving_does_not_leave_the_class(office, five):
    deciding.decide(office, five[:2], {"retention_period": "永久"}, TODAY)
    before = order(office)
    deciding.move(office, 2025, five[0], 9)
    assert order(office) == [before[1], before[0], *before[2:]]
    deciding.move(office, 2025, five[2], -9)
    assert order(office) == [before[1], before[0], *before[2:]]
    deciding.decide(office, five[:1], {"retention_period": "不归档"}, TODAY)
    deciding.move(office, 2025, five[0], 1)
    assert len(order(office)) == 4


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 4), st.integers(-4, 4)), max_size=8))
def test_any_moves_give_the_order_the_clerk_saw(office, moves):
    keys = [one.key for one in propose_year(office, 2025).items]
    if not keys:
        keys = [
            receive(office, f"关于{name}工作的函", f"2025-05-0{at}") for at, name in enumerate("甲乙丙丁戊", start=1)
        ]
        keys = [one.key for one in propose_year(office, 2025).items]
    for which, by in moves:
        key = keys.pop(which)
        keys.insert(min(4, max(0, which + by)), key)
        deciding.move(office, 2025, key, by)
        assert [one.key for one in propose_year(office, 2025).items] == keys


def test_a_reply_and_what_it_answers_are_a_pair_and_the_reply_is_first(office):
    asked = receive(office, "关于商请支持水库除险加固的函", doc_number="青水函〔2025〕5号")
    number = propose_year(office, 2025).find(asked).number
    letter = issue(office, "关于支持水库除险加固的复函", reply_to=number)
    other = receive(office, "关于清明防火的通知")
    plan = propose_year(office, 2025)
    assert [(a.key, b.key) for a, b in desk.replies(plan)] == [(letter, asked)]
    assert desk.main_of(plan, [plan.find(asked), plan.find(letter)]).key == letter
    assert desk.main_of(plan, [plan.find(asked), plan.find(other)]).key == asked
    desk.join_pairs(office, desk.replies(plan))
    joined = propose_year(office, 2025)
    assert joined.find(letter).members == (asked,)
    assert desk.replies(joined) == []


def test_agreeing_settles_what_needed_a_look(office):
    open_one = receive(office, "关于加强水库管理的意见")
    plan = propose_year(office, 2025)
    one = plan.find(open_one)
    assert desk.needs_look(one)
    desk.agree(office, [one], TODAY)
    after = propose_year(office, 2025).find(open_one)
    assert after.retention == one.retention
    assert not desk.needs_look(after)


def test_what_is_not_filed_needs_no_look(office):
    receive(office, "关于防汛的通知", doc_number="青水〔2025〕8号")
    receive(office, "关于防汛的通知", "2025-05-07", doc_number="青水〔2025〕8号")
    (second,) = propose_year(office, 2025).left_out
    assert second.reason
    assert not desk.needs_look(second)


def test_what_was_said_last_is_taken_back(office, five):
    deciding.decide(office, five[:1], {"page_count": "7"}, TODAY)
    before, plan = desk.remembered(office, 2025), propose_year(office, 2025)
    deciding.decide(office, five, {"retention_period": "永久", "page_count": "3"}, TODAY)
    deciding.join(office, five[1], [five[2]])
    deciding.move(office, 2025, five[4], -2)
    assert propose_year(office, 2025) != plan
    desk.restore(office, 2025, before)
    again = propose_year(office, 2025)
    assert [(one.key, one.retention, one.page_count) for one in again.items] == [
        (one.key, one.retention, one.page_count) for one in plan.items
    ]


def test_a_loose_document_that_is_taken_back_is_gone_until_it_is_wanted_again(office):
    before = desk.remembered(office, 2025)
    key = deciding.add_unregistered(office, 2025, {"title": "会议记录", "responsible_body": "镇政府"}, TODAY)
    after = desk.remembered(office, 2025)
    desk.restore(office, 2025, before)
    assert propose_year(office, 2025).all == ()
    assert desk.years_waiting(office, TODAY) == []
    desk.restore(office, 2025, after)
    assert propose_year(office, 2025).find(key).title == "会议记录"
    deciding.decide(office, [key], {"retention_period": "不归档"}, TODAY)
    assert [one.key for one in propose_year(office, 2025).left_out] == [key], "judged, not taken back"
