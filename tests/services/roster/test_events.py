# SPDX-License-Identifier: MulanPSL-2.0
"""An emergency is entered to the minute, waits for its reports, and is told of on the first page until the last one."""

from __future__ import annotations

from datetime import date

import pytest

from township_office.core.errors import Invalid, OfficeError
from township_office.registers.duty.event import DUTY_EVENT, DUTY_REPORT
from township_office.services import children, records, settings
from township_office.services.roster import events
from township_office.services.standing import standing_of
from township_office.services.today import today_summary

TODAY = date(2026, 11, 20)


def enter(office, **said):
    return events.enter(office, {"received_at": "2026-11-20 16:20", "title": "石桥村后山滑坡"} | said, TODAY)


def report(office, event, kind, way, at):
    said = {"kind": kind, "way": way, "sent_at": f"2026-11-20 {at}", "unit": "县委值班室", "receiver": "周立新"}
    return children.add_child(office, DUTY_REPORT, event["id"], said, TODAY)


def waited(office, event):
    row = records.get(office, DUTY_EVENT, event["id"])
    label = standing_of(office, DUTY_EVENT, row, TODAY).label
    return label, [(due.kind, f"{due.at:%d %H:%M}") for due in events.waiting(office, row).dues]


def test_from_the_first_word_to_the_last_report(office):
    event = enter(office)
    assert event["number"] == "报2026-001"
    assert waited(office, event) == ("待初报", [("phone", "20 16:40"), ("written", "20 17:00")])
    report(office, event, "初报", "电话", "16:30")
    assert waited(office, event) == ("续报中", [("written", "20 17:00")])
    wrong = report(office, event, "初报", "书面", "16:50")
    assert waited(office, event) == ("续报中", [("followup", "21 16:50")])
    children.void_child(office, DUTY_REPORT, wrong["id"], "没有发出", TODAY)
    assert waited(office, event) == ("续报中", [("written", "20 17:00")])
    report(office, event, "终报", "书面", "20:00")
    assert waited(office, event) == ("已终报", [])
    assert [one["kind"] for one in events.reports(office, event["id"])] == ["初报", "终报"]


def test_the_limits_are_the_office_s_own(office):
    for name, value in (("phone_minutes", "30"), ("written_minutes", "0"), ("followup_hours", "2")):
        settings.set_setting(office, f"duty.{name}", value)
    event = enter(office)
    assert waited(office, event)[1] == [("phone", "20 16:50")]
    report(office, event, "初报", "电话", "16:30")
    assert waited(office, event)[1] == [("followup", "20 18:30")]
    for name in ("phone_minutes", "written_minutes", "followup_hours"):
        with pytest.raises(OfficeError, match="请填0至"):
            settings.set_setting(office, f"duty.{name}", "很快")


def test_it_stands_under_the_day_it_was_heard_of(office):
    assert enter(office, received_at="2026-11-19 23:50")["received_on"] == date(2026, 11, 19)
    event = enter(office)
    moved = events.correct(office, event["id"], {"received_at": "2026-11-18 8:00"}, TODAY)
    assert moved["received_on"] == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"received_at": "2026-11-20"}, "received_at"), ({"received_at": ""}, "received_at"),
        ({"received_at": "早上"}, "received_at"), ({"title": ""}, "title"), ({"nature": "怪事"}, "nature"),
        ({"happened_at": "2026-11-20 17:00"}, "happened_at"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_its_field(office, said, field):
    with pytest.raises(Invalid) as refused:
        enter(office, **said)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_report_without_its_minute_is_refused(office):
    with pytest.raises(Invalid, match="几点几分"):
        report(office, enter(office), "初报", "电话", "")


def test_one_that_is_over_is_corrected_with_a_reason(office):
    event = enter(office)
    report(office, event, "终报", "书面", "20:00")
    with pytest.raises(Invalid, match="请写明原因"):
        events.correct(office, event["id"], {"title": "山洪"}, TODAY)
    assert events.correct(office, event["id"], {"title": "山洪"}, TODAY, "核实")["title"] == "山洪"
    assert events.correct(office, event["id"], {"place": "石桥村"}, TODAY)["place"] == "石桥村", (
        "filled in, not changed"
    )


def test_what_the_form_of_a_report_says_at_first(office):
    event = enter(office, losses="无人员伤亡")
    first = events.proposed_report(office, event)
    assert (first["kind"], first["way"], first["reporter"], first["unit"]) == ("初报", "电话", "王春燕", "")
    assert first["title"] == "石桥村后山滑坡。无人员伤亡"
    report(office, event, "初报", "电话", "16:30")
    following = events.proposed_report(office, records.get(office, DUTY_EVENT, event["id"]))
    assert (following["way"], following["unit"], following["receiver"]) == ("书面", "县委值班室", "周立新")
    assert events.proposed_report(office, enter(office))["unit"] == "县委值班室", "it goes where the last one went"


def test_the_first_page_tells_of_it_until_the_last_report(office):
    assert today_summary(office, TODAY).events.count == 0
    event, void = enter(office), enter(office)
    records.void(office, DUTY_EVENT, void["id"], "误报", TODAY)
    found = today_summary(office, TODAY).events
    assert (found.count, [due.kind for due in found.lines[0].dues]) == (1, ["phone", "written"])
    report(office, event, "终报", "书面", "20:00")
    assert today_summary(office, TODAY).events.count == 0
