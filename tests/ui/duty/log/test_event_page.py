# SPDX-License-Identifier: MulanPSL-2.0
"""An emergency against the clock: red when it is late, still while nobody looks, gone with the 终报."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.ui.life.hands import CTRL, KEY, Hands
from township_office.registers.duty.event import DUTY_EVENT, DUTY_REPORT, Due
from township_office.services import children, records
from township_office.services.roster import events
from township_office.ui.duty.log import countdown as clock_words
from township_office.ui.duty.log.countdown import countdown
from township_office.ui.duty.log.forms import EventForm, ReportForm
from township_office.ui.life.line_dialog import LineDialog
from township_office.ui.printing.form_dialog import FormDialog
from township_office.ui.tabs.today_tab import TodayTab

AT = datetime(2026, 11, 20, 16, 20)


@pytest.fixture
def event(office, today):
    return events.enter(office, {"received_at": "2026-11-20 16:20", "title": "石桥村后山滑坡"}, today)


def report(office, event, **said):
    draft = {"kind": "初报", "way": "电话", "sent_at": "2026-11-20 16:30", "unit": "县委值班室"} | said
    return children.add_child(office, DUTY_REPORT, event["id"], draft, AT.date())


@pytest.fixture
def page(event, event_page, monkeypatch):
    made = event_page()
    monkeypatch.setattr(made, "_now", lambda: AT.replace(minute=32))
    made.refresh()
    made._read_chosen()
    return made


@pytest.mark.parametrize(
    ("kind", "clock", "words", "tone"),
    [
        ("phone", "20 16:32", "电话初报还剩 8 分钟", "amber"),
        ("phone", "20 16:40", "电话初报还剩 不到 1 分钟", "amber"),
        ("phone", "20 16:41", "电话初报已超时 1 分钟", "red"),
        ("written", "20 18:45", "书面初报已超时 2 小时 5 分钟", "red"),
        ("followup", "20 10:40", "续报还剩 6 小时 0 分钟", "soft"),
        ("followup", "20 15:00", "续报还剩 1 小时 40 分钟", "amber"),
        ("followup", "22 17:40", "续报已超时 2 天 1 小时", "red"),
    ],
)  # fmt: skip
def test_how_long_there_is_in_words(kind, clock, words, tone):
    due = Due(kind, datetime(2026, 11, 20, 16, 40))
    assert countdown([due], datetime.fromisoformat(f"2026-11-{clock}")) == (words, tone)
    assert countdown([], AT) == ("", "soft")


def test_an_emergency_is_entered_and_its_clock_runs(qtbot, office, event_page, opened):
    page = event_page()
    assert not any(clock.isVisible() for clock in page.clocks.values())
    hands = Hands(qtbot, page)
    hands.press(KEY.Key_N, CTRL)
    form = opened(page, EventForm)
    assert form.focusWidget() is form.blocks["title"].editor.inner
    assert form.blocks["received_at"].editor.text().startswith("2026-11-20 ")
    hands.type("石桥村后山滑坡")
    hands.press(KEY.Key_S, CTRL)
    row = records.get(office, DUTY_EVENT, 1)
    assert (row["title"], row["handled_by"]) == ("石桥村后山滑坡", "王春燕")
    assert page.clocks["amber"].isVisible()
    assert "报2026-001 石桥村后山滑坡：电话初报还剩" in page.clocks["amber"]._words.text()


def test_the_clock_says_it_above_and_beside(page, monkeypatch):
    assert "电话初报还剩 8 分钟" in page.clocks["amber"]._words.text()
    assert [clock.text() for clock in page.events._clocks] == ["电话初报还剩 8 分钟", "书面初报还剩 28 分钟"]
    monkeypatch.setattr(page, "_now", lambda: AT.replace(minute=45))
    page._tick()
    assert not page.clocks["amber"].isVisible()
    assert "已超时 5 分钟" in page.clocks["red"]._words.text()
    assert [clock.objectName() for clock in page.events._clocks] == ["note-red", "note-amber"]


def test_it_stands_still_while_nobody_looks(qtbot, page, monkeypatch):
    assert page._ticking.is_running()
    page.hide()
    assert not page._ticking.is_running()
    monkeypatch.setattr(page, "_now", lambda: AT.replace(minute=59))
    page.show()
    assert "已超时 19 分钟" in page.clocks["red"]._words.text(), "what passed meanwhile is said at once"
    assert clock_words._TICK_MS == 30_000


def test_reports_one_after_the_other_up_to_the_last(qtbot, office, page, opened):
    for kind, way in (("初报", "电话"), ("初报", "书面"), ("续报", "书面")):
        assert page._commands["record_finish"].text() == f"报送（{kind}）"
        page.on_record_finish()
        form = opened(page, ReportForm)
        assert (form.blocks["kind"].editor.text(), form.blocks["way"].editor.text()) == (kind, way)
        if not form.blocks["unit"].editor.text():
            form.blocks["unit"].editor.set_text("县委值班室")
        form.save()
        page._read_chosen()
    page.on_record_finish()
    form = opened(page, ReportForm)
    form.blocks["kind"].editor.set_text("终报")
    form.save()
    page._read_chosen()
    assert not any(clock.isVisible() for clock in page.clocks.values())
    assert not page._commands["record_finish"].isEnabled()
    assert [one["kind"] for one in events.reports(office, 1)] == ["初报", "初报", "续报", "终报"]


def test_a_report_is_corrected(office, event, page, opened):
    line = report(office, event)
    page._correct(line["id"])
    form = opened(page, LineDialog)
    form.blocks["receiver"].editor.set_text("周立新")
    form.save()
    assert events.reports(office, event["id"])[0]["receiver"] == "周立新"


def test_its_sheet_is_a_key_away(office, event, page, opened):
    page.on_duty_sheet()
    dialog = opened(page, FormDialog)
    assert dialog._form == "duty_event_first"
    assert list(dialog.choices) == ["duty_event_first", "duty_event_following", "duty_event_final"]
    dialog.reject()
    report(office, event, kind="续报")
    page.on_duty_sheet()
    again = next(one for one in page.window().findChildren(FormDialog) if one.isVisible())
    assert again._form == "duty_event_following"
    again.reject()


def test_the_first_page_tells_of_it(qtbot, office, event, clock, put_away):
    now = [AT.replace(minute=32)]
    tab = TodayTab(office, clock, now=lambda: now[0])
    tab.resize(1100, 640)
    tab.show()
    card = tab._cards[0]
    assert card.head.accessibleName() == "突发事件 1"
    ((line, _),) = card._clocks
    assert line._below.full_text() == "电话初报还剩 8 分钟"
    now[0] = AT.replace(minute=59)
    card.tick()
    assert (line._below.full_text(), line._below.objectName()) == ("电话初报已超时 19 分钟", "note-red")
    with qtbot.waitSignal(tab.row_wanted) as led:
        line.click()
    assert led.args == ["duty_event", event["id"]]
    assert card.ticking.is_running()
    tab.hide()
    assert not card.ticking.is_running()
    report(office, event, kind="终报")
    tab.refresh()
    assert tab._cards[0] is not card
    assert not hasattr(tab._cards[0], "tick")
    put_away(tab)
