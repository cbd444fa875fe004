# SPDX-License-Identifier: MulanPSL-2.0
"""A page a day: begun with what is known, its calls to the minute, handed over by two, then locked."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from township_office.core.errors import Invalid, OfficeError
from township_office.registers.duty.log import DUTY_CALL, DUTY_LOG
from township_office.registers.duty.plan import Half
from township_office.services import checking, children, records, settings, undoing
from township_office.services.roster import events, log
from township_office.services.roster.today import OnDuty

TODAY = date(2026, 11, 20)
TOMORROW = TODAY + timedelta(1)
SIGNED = {"title": "平安无事", "handed_by": "王春燕", "taken_by": "刘敏", "handed_at": "2026-11-21 8:30"}


def begin(office, day=TODAY, **said):
    return log.begin(office, {"duty_on": str(day)} | said, day)


def hand_over(office, row, today=TOMORROW, **said):
    return log.hand_over(office, row["id"], SIGNED | said, today)


def test_a_page_begins_with_what_the_roster_knows(office, monkeypatch):
    turns = [
        OnDuty("带班领导", Half.WHOLE, "孙志强", "党委书记", "1"), OnDuty("值班员", Half.DAY, "李向东", "", "2"),
        OnDuty("驾驶员", Half.WHOLE, "陈海", "", "3"), OnDuty("值班员", Half.NIGHT, "李向东", "", "2"),
    ]  # fmt: skip
    monkeypatch.setattr(log, "on_duty", lambda _, day: turns if day == TODAY else [])
    row = begin(office)
    assert (row["number"], row["leader"], row["people"]) == ("值2026-001", "孙志强", "李向东、陈海")
    assert (row["begun_at"], row["ended_at"]) == ("2026-11-20 08:30", "2026-11-21 08:30")
    assert row["title"] == "平安无事"


def test_without_a_roster_the_clerk_or_who_took_over_is_on_duty(office):
    settings.set_setting(office, "duty.day_starts", "09:00")
    row = begin(office)
    assert row["people"] == "王春燕"
    assert row["begun_at"] == "2026-11-20 09:00"
    hand_over(office, row)
    assert log.log_of(office, TOMORROW)["people"] == "刘敏"


def test_one_page_a_day_by_whichever_way(office):
    row = begin(office)
    with pytest.raises(Invalid, match="值2026-001"):
        begin(office)
    with pytest.raises(Invalid, match="值2026-001"):
        records.register_document(office, DUTY_LOG, {"duty_on": "今天", "title": "重复"}, TODAY)
    other = begin(office, TOMORROW)
    with pytest.raises(Invalid, match="值2026-001"):
        records.correct(office, DUTY_LOG, other["id"], {"duty_on": "2026-11-20"}, TODAY)
    assert records.correct(office, DUTY_LOG, row["id"], {"duty_on": "2026-11-20", "weather": "晴"}, TODAY)["weather"]
    records.void(office, DUTY_LOG, row["id"], "记错了", TODAY)
    assert begin(office)["number"] == "值2026-003"


def test_the_page_that_is_kept(office):
    assert log.running(office, TODAY) is None
    row = begin(office)
    assert log.running(office, TODAY)["id"] == row["id"]
    assert log.running(office, TOMORROW)["id"] == row["id"], "at night the day before goes on"
    assert log.day_to_begin(office, TOMORROW) == TOMORROW
    hand_over(office, row)
    assert log.running(office, TOMORROW)["duty_on"] == TOMORROW
    assert log.day_to_begin(office, TOMORROW) == TODAY - timedelta(1), "a day that was missed"


def test_a_time_before_the_duty_began_is_of_the_night_after(office):
    row = begin(office)
    at = {
        typed: log.add_call(office, row["id"], {"title": "问事", "called_at": typed}, TOMORROW)["called_at"]
        for typed in ("2026-11-20 9:15", "2026-11-20 2:10", "2026-11-21 3:00", "2026-11-20 8:30")
    }
    assert list(at.values()) == ["2026-11-20 09:15", "2026-11-21 02:10", "2026-11-21 03:00", "2026-11-20 08:30"]
    early = log.add_call(office, row["id"], {"title": "问事", "called_at": "2026-11-20 8:20"}, TODAY)
    assert early["called_at"] == "2026-11-20 08:20", "who came early is not of tomorrow"
    with pytest.raises(Invalid) as refused:
        log.add_call(office, row["id"], {"title": "问事", "called_at": "早饭时"}, TODAY)
    assert [problem.field for problem in refused.value.problems] == ["called_at"]


def test_what_is_open_goes_on_to_the_next_page(office):
    row = begin(office)
    handed = hand_over(office, row, open_items="1.路灯待修。\n2.清单待报。")
    assert (handed["handed_by"], handed["taken_by"], handed["handed_at"]) == ("王春燕", "刘敏", "2026-11-21 08:30")
    following = log.log_of(office, TOMORROW)
    assert following["open_items"] == "1.路灯待修。\n2.清单待报。"
    assert (following["number"], checking.verify(office).findings) == ("值2026-002", ())


def test_what_is_open_joins_what_the_next_page_says_already(office):
    row = begin(office)
    begin(office, TOMORROW, open_items="1.路灯待修。\n3.查水库。")
    hand_over(office, row, open_items="1.路灯待修。\n2.清单待报。")
    assert log.log_of(office, TOMORROW)["open_items"] == "1.路灯待修。\n3.查水库。\n2.清单待报。"


@pytest.mark.parametrize("nothing", ["", "无", "无。"])
def test_nothing_open_leaves_nothing(office, nothing):
    hand_over(office, begin(office), open_items=nothing)
    assert log.log_of(office, TOMORROW)["open_items"] is None


def test_handed_over_in_the_evening_the_next_page_waits_for_its_day(office):
    hand_over(office, begin(office), TODAY, handed_at="2026-11-20 20:30", open_items="路灯待修")
    assert log.log_of(office, TOMORROW) is None
    assert begin(office, TOMORROW)["open_items"] == "路灯待修"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"taken_by": ""}, "taken_by"), ({"handed_by": ""}, "handed_by"), ({"handed_at": ""}, "handed_at"),
        ({"taken_by": "王春燕"}, "taken_by"), ({"handed_at": "2026-11-20 8:00"}, "handed_at"),
        ({"handed_at": "2026-11-21"}, "handed_at"),
    ],
)  # fmt: skip
def test_both_sign_to_the_minute_or_nothing_is_handed_over(office, said, field):
    row = begin(office)
    with pytest.raises(Invalid) as refused:
        hand_over(office, row, **said)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert log.log_of(office, TOMORROW) is None
    assert log.log_of(office, TODAY)["handed_at"] is None


def test_a_page_that_both_signed_is_locked(office):
    row = begin(office)
    call = log.add_call(office, row["id"], {"title": "问事", "called_at": "2026-11-20 9:15"}, TODAY)
    hand_over(office, row)
    with pytest.raises(OfficeError, match="已经交接"):
        log.add_call(office, row["id"], {"title": "晚了"}, TOMORROW)
    with pytest.raises(Invalid, match="请写明原因"):
        children.correct_child(office, DUTY_CALL, call["id"], {"title": "改了"}, TOMORROW)
    with pytest.raises(Invalid, match="请写明原因"):
        records.correct(office, DUTY_LOG, row["id"], {"title": "改了"}, TOMORROW)
    with pytest.raises(OfficeError):
        hand_over(office, row)
    assert children.correct_child(office, DUTY_CALL, call["id"], {"title": "改了"}, TOMORROW, "记错")["title"] == "改了"
    assert records.correct(office, DUTY_LOG, row["id"], {"title": "改了"}, TOMORROW, "记错")["title"] == "改了"
    assert records.history(office, DUTY_LOG, row["id"])[-1].why == "记错"


def test_a_handover_is_taken_back_whole(office):
    row = begin(office)
    hand_over(office, row, open_items="路灯待修")
    undoing.undo(office, TOMORROW)
    assert log.log_of(office, TODAY)["taken_by"] is None
    assert log.log_of(office, TOMORROW) is None
    undoing.redo(office, TOMORROW)
    assert log.log_of(office, TOMORROW)["open_items"] == "路灯待修"
    assert checking.verify(office).findings == ()


def test_what_the_form_of_the_handover_says_at_first(office, monkeypatch):
    row = begin(office, people="王春燕、李向东")
    turns = [OnDuty("带班领导", Half.WHOLE, "孙志强", "", ""), OnDuty("值班员", Half.WHOLE, "刘敏", "", "")]
    monkeypatch.setattr(log, "on_duty", lambda _, day: turns if day == TOMORROW else [])
    said = log.proposed_handover(office, row, datetime(2026, 11, 21, 8, 25))
    assert said == {
        "title": "平安无事", "open_items": "无", "handed_by": "王春燕、李向东", "taken_by": "刘敏",
        "handed_at": "2026-11-21 08:25",
    }  # fmt: skip


def test_emergencies_of_the_hours_of_a_page(office):
    row = begin(office)
    heard = {
        "2026-11-20 8:29": "前一班",
        "2026-11-20 8:30": "第一件",
        "2026-11-21 8:29": "第二件",
        "2026-11-21 8:30": "后一班",
    }
    for at, title in heard.items():
        events.enter(office, {"received_at": at, "title": title}, TOMORROW)
    assert [one["title"] for one in log.events_of(office, row)] == ["第一件", "第二件"]


def test_nobody_signs_a_handover_of_tomorrow(office):
    row = begin(office)
    with pytest.raises(Invalid, match="还没有到"):
        hand_over(office, row, TODAY)
    assert records.get(office, DUTY_LOG, row["id"])["handed_at"] is None, "nothing of it is kept"
    assert hand_over(office, row, TODAY, handed_at="2026-11-20 23:50")["handed_at"] == "2026-11-20 23:50"
