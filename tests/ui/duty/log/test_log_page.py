# SPDX-License-Identifier: MulanPSL-2.0
"""The day on duty by keyboard: begun, calls noted one after the other, handed over, and no half-typed word lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ui.life.hands import CTRL, KEY, Hands
from township_office.registers.duty.event import DUTY_EVENT
from township_office.registers.duty.log import DUTY_CALL, DUTY_LOG
from township_office.services import children, records
from township_office.services.roster import events, log
from township_office.ui.dialogs.history_dialog import HistoryDialog
from township_office.ui.dialogs.void_dialog import VoidDialog
from township_office.ui.duty.log.forms import HandOverForm, LogForm
from township_office.ui.life.line_dialog import LineDialog, VoidLineDialog
from township_office.ui.printing.form_dialog import FormDialog


@pytest.fixture
def page(office, today, log_page):
    log.begin(office, {"duty_on": str(today), "leader": "孙志强"}, today)
    return log_page()


@pytest.fixture
def hands(qtbot, page):
    return Hands(qtbot, page)


def calls(office, row_id=1):
    return children.children(office, DUTY_CALL, row_id)


def test_a_day_is_begun_with_one_key_and_saved_with_another(qtbot, office, today, log_page, opened):
    page = log_page()
    assert not page.entry.isVisible()
    hands = Hands(qtbot, page)
    hands.press(KEY.Key_N, CTRL)
    form = opened(page, LogForm)
    assert "值2026-001" in form.about.full_text()
    assert form.blocks["people"].editor.text() == "王春燕"
    assert "patrol" not in form.blocks, "nobody knows yet what the day brings"
    hands.type("小雨")
    hands.press(KEY.Key_S, CTRL)
    assert log.log_of(office, today)["weather"] == "小雨"
    assert "补记一天" in page.begin.text()
    assert page.status_words() == "2026 年值班日志 1 条"
    assert page.focusWidget() is page.entry.editors["unit"].inner, "the next word is that of a call"


def test_calls_are_noted_one_after_the_other_without_the_mouse(office, page, hands):
    assert page.focusWidget() is page.entry.editors["unit"].inner
    for unit, said in (("县应急局", "询问值守"), ("石桥村", "道路积水")):
        for text in (unit, "", "", said, "", "已答复"):
            if text:
                hands.type(text)
            hands.press(KEY.Key_Return)
    assert [(one["unit"], one["title"], one["result"], one["handler"], one["way"]) for one in calls(office)] == [
        ("县应急局", "询问值守", "已答复", "王春燕", "来电"), ("石桥村", "道路积水", "已答复", "王春燕", "来电"),
    ]  # fmt: skip
    assert all(str(one["called_at"]).startswith("2026-11-20 ") for one in calls(office))
    assert page.focusWidget() is page.entry.editors["unit"].inner
    assert page.entry.typed() == {}
    assert page.sheet._calls.count() == 2


def test_ctrl_enter_notes_it_from_anywhere_and_what_is_missing_is_said(office, page, hands):
    hands.type("县应急局")
    hands.press(KEY.Key_Return, CTRL)
    assert "请填写内容" in page.entry._said.text()
    assert page.focusWidget() is page.entry.editors["title"].inner
    assert calls(office) == []
    hands.type("询问值守")
    hands.press(KEY.Key_Return, CTRL)
    assert [one["unit"] for one in calls(office)] == ["县应急局"]


def test_what_was_being_typed_is_there_again(qtbot, office, today, page, hands, log_page, put_away):
    hands.type("县应急局")
    qtbot.waitUntil(lambda: page.entry._drafts.last(1) is not None)
    again = log_page()
    assert again.entry.editors["unit"].text() == "县应急局"
    assert "上次没有记下" in again.entry._said.text()
    Hands(qtbot, again).press(KEY.Key_Escape)
    assert again.entry.editors["unit"].text() == ""
    assert again.entry._drafts.last(1) is None


def test_the_line_of_another_day_is_another_one(office, today, page, hands):
    other = log.begin(office, {"duty_on": str(today - timedelta(1))}, today)
    page.refresh()
    hands.type("县应急局")
    page._go_by(1)
    page._read_chosen()
    assert page.list.chosen_id() != 1
    assert page.entry.typed() == {}
    page.list.reveal(int(str(other["id"])), None)
    page._go_by(-1)
    page._read_chosen()
    assert page.entry.editors["unit"].text() == "县应急局"


def test_a_state_secret_is_neither_noted_nor_kept(office, page, hands):
    hands.type("县应急局")
    page.entry.editors["title"].set_text("机密★10年工程")
    page.entry.keep()
    assert page.entry._drafts.last(1) is None
    page.entry.save()
    assert calls(office) == []
    assert "密" in page.entry._said.text()


def test_handed_over_the_page_is_locked_and_the_next_one_begun(office, today, page, hands, opened, monkeypatch):
    tomorrow = today + timedelta(1)
    monkeypatch.setattr(page, "_today", lambda: tomorrow)
    hands.press(KEY.Key_D, CTRL)
    form = opened(page, HandOverForm)
    assert form.blocks["handed_by"].editor.text() == "王春燕"
    assert form.focusWidget() is form.blocks["taken_by"].editor.inner
    form.save()
    assert form.blocks["taken_by"].problem() == "请填写接班人。"
    form.blocks["open_items"].editor.set_text("路灯待修")
    form.blocks["taken_by"].editor.set_text("刘敏")
    form.blocks["handed_at"].editor.set_text("2026-11-21 8:30")
    form.save()
    assert log.log_of(office, today)["taken_by"] == "刘敏"
    assert log.log_of(office, tomorrow)["open_items"] == "路灯待修"
    assert "值2026-002" in page.list._count.text()
    page._read_chosen()
    assert not page.entry.isVisible()
    assert not page._commands["record_finish"].isEnabled()


def test_a_half_filled_form_is_offered_again(qtbot, page, opened):
    page.on_record_edit()
    form = opened(page, LogForm)
    form.blocks["patrol"].editor.set_text("查水库")
    qtbot.waitUntil(lambda: form._drafts.last(1) is not None)
    form.done(0)
    page.on_record_edit()
    again = next(one for one in page.window().findChildren(LogForm) if one.isVisible())
    assert "查水库" in again._begun.words()
    again._go_on_with_it()
    assert again.blocks["patrol"].editor.text() == "查水库"
    again.save()
    assert again._drafts.last(1) is None


def test_a_locked_page_is_corrected_with_a_reason(office, today, page, opened):
    signed = {"title": "平安无事", "handed_by": "王春燕", "taken_by": "李向东", "handed_at": "2026-11-20 23:00"}
    log.hand_over(office, 1, signed, today)
    page.refresh()
    page.on_record_edit()
    form = opened(page, LogForm)
    form.blocks["title"].editor.set_text("接访一批")
    form.save()
    assert "请写明原因" in form.blocks["why"].problem()
    form.blocks["why"].editor.set_text("漏记")
    form.save()
    assert records.history(office, DUTY_LOG, 1)[-1].why == "漏记"


def test_a_call_is_corrected_or_taken_out(office, page, hands, opened):
    for _ in range(2):
        log.add_call(office, 1, {"title": "询问值守", "called_at": "2026-11-20 9:15"}, page._today())
    page._read_chosen()
    page._correct_call(1)
    form = opened(page, LineDialog)
    form.blocks["unit"].editor.set_text("县应急局")
    form.save()
    page._void_call(2)
    form = opened(page, VoidLineDialog)
    form.blocks["why"].editor.set_text("记重了")
    form.save()
    assert [one["unit"] for one in calls(office)] == ["县应急局"]
    assert page.sheet._calls.count() == 1


def test_emergencies_of_the_day_lead_to_themselves(qtbot, office, today, page):
    event = events.enter(office, {"received_at": f"{today} 16:20", "title": "后山滑坡"}, today)
    page.refresh()
    page._read_chosen()
    ((line, _),) = page.sheet._event_lines
    with qtbot.waitSignal(page.row_wanted) as led:
        line.click()
    assert led.args == [DUTY_EVENT.name, event["id"]]


def test_the_commands_every_book_has(page, opened):
    page.on_record_history()
    opened(page, HistoryDialog).reject()
    page.on_duty_sheet()
    opened(page, FormDialog).reject()
    page.on_record_void()
    opened(page, VoidDialog).reject()


def test_on_a_narrow_screen_the_day_has_the_page_and_a_key_shows_the_list(qtbot, page, hands):
    page.resize(700, 480)
    assert page.sheet.isVisible()
    assert not page.list.isVisible()
    hands.press(KEY.Key_F9)
    assert page.list.isVisible()
    assert not page.sheet.isVisible()
    page.resize(1100, 640)
    assert page.list.isVisible()
    assert page.sheet.isVisible()


def test_a_file_that_may_only_be_read_takes_no_call(office, today, log_page):
    log.begin(office, {"duty_on": str(today)}, today)
    office.is_readonly = True
    page = log_page()
    page._read_chosen()
    assert not page.entry.isVisible()
    assert not page._commands["record_new"].isEnabled()
