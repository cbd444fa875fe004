# SPDX-License-Identifier: MulanPSL-2.0
"""起草: a document without a number; 签收时间; fields under the stage of the work; the year's total in the head."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import records, settings
from township_office.ui.form.drafts import Drafts
from township_office.ui.form.record_dialog import RecordDialog

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def drafting(form):
    dialog = form(DISPATCH)
    dialog.begin_draft()
    return dialog


def text(dialog, name: str) -> str:
    return dialog.sheet.blocks[name].editor.text()


def put(dialog, **texts: str) -> None:
    for name, words in texts.items():
        dialog.sheet.blocks[name].editor.set_text(words)


def test_a_draft_begins_without_a_day_and_with_its_drafter(drafting, today):
    assert (text(drafting, "signed_on"), text(drafting, "drafted_on"), text(drafting, "drafter")) == (
        "", today.isoformat(), "王春燕"
    )  # fmt: skip
    assert drafting._head.coming() == "拟稿：签发时取号"
    assert drafting._head.total() == ""
    assert drafting._save_button.text().startswith("存为拟稿")
    assert QApplication.focusWidget() is not drafting.sheet.blocks["signed_on"].editor.inner
    assert drafting._changed() == {}, "nothing was typed yet"


def test_it_is_kept_as_a_draft_and_signed_by_its_day(qtbot, drafting, form, office, today):
    put(drafting, title="关于植树的通知")
    drafting.save()
    (row,) = [records.get(office, DISPATCH, 1)]
    assert (row["number"], row["signed_on"], row["drafter"]) == (None, None, "王春燕")
    again = form(DISPATCH, row)
    assert again._head.coming() == "拟稿：签发时取号"
    put(again, signed_on="今天")
    assert again._head.coming() == "将编为　云政发〔2026〕1号"
    assert again._head.total() == "今年第 1 件"
    again.save()
    assert records.get(office, DISPATCH, 1)["number"] == "云政发〔2026〕1号"


def test_the_series_of_a_draft_can_still_be_changed(drafting, form, office):
    put(drafting, title="关于植树的通知", series="党委文件")
    drafting.save()
    row = records.get(office, DISPATCH, 1)
    assert row["series"] == "云委发"
    again = form(DISPATCH, row)
    assert text(again, "series") == "党委文件"
    put(again, series="政府函件")
    again.save()
    assert records.get(office, DISPATCH, 1)["series"] == "云政函"
    assert records.get(office, DISPATCH, 1)["number"] is None


def test_saving_one_of_several_says_what_became_of_it(drafting):
    put(drafting, title="关于植树的通知")
    drafting._save_and_next()
    assert drafting._state.text() == "已存为拟稿"
    assert text(drafting, "signed_on") == ""
    assert drafting._head.coming() == "拟稿：签发时取号"


def test_a_form_left_unsaved_is_a_draft_still_when_it_is_taken_up(drafting, form, office):
    put(drafting, title="关于植树的通知")
    drafting._keep_draft()
    assert Drafts(office.path, DISPATCH).last(None).texts["signed_on"] == ""
    drafting._on_leave()
    taken_up = form(DISPATCH)
    assert text(taken_up, "signed_on") != ""
    taken_up._on_go_on()
    assert (text(taken_up, "title"), text(taken_up, "signed_on")) == ("关于植树的通知", "")


def test_the_tab_begins_drafts_by_key_where_there_are_any(qtbot, office_with_rows, shown, today):
    tab = shown(office_with_rows, DISPATCH)
    with qtbot.waitActive(tab):
        pass
    qtbot.keyClick(tab.list.table, Qt.Key.Key_N, CONTROL | SHIFT)
    (dialog,) = [one for one in tab.findChildren(RecordDialog) if one.isVisible()]
    put(dialog, title="关于植树的通知")
    dialog.save()
    assert tab.list._count.text() == "已存为拟稿"
    assert tab.list.model.line(0).state.label == "拟稿"


def test_there_are_no_drafts_of_what_comes_in(office_with_rows, shown):
    assert "record_draft" not in shown(office_with_rows)._commands


@pytest.mark.parametrize(("limit", "tone"), [("180", "soft"), ("5", "amber"), ("4", "red")])
def test_the_head_tells_the_years_total(office_with_rows, form, limit, tone):
    settings.set_setting(office_with_rows, "dispatch.limit", limit)
    head = form(DISPATCH)._head
    assert head.total() == f"今年第 5 件，控制数 {limit}"
    assert head._total.objectName() == f"note-{tone}"


def test_a_receipt_has_no_yearly_limit(form):
    assert form(RECEIPT)._head.total() == ""


# ---- 签收时间 ----


def test_a_paper_of_today_came_in_now_one_of_another_day_is_not_timed(form, today):
    dialog = form(RECEIPT)
    assert text(dialog, "received_at").startswith(f"{today} ")
    assert dialog._changed() == {}
    put(dialog, received_on=(today - timedelta(1)).isoformat())
    assert text(dialog, "received_at") == ""
    put(dialog, received_on="今天")
    assert text(dialog, "received_at").startswith(f"{today} ")


def test_a_time_that_was_typed_stays(form, today):
    dialog = form(RECEIPT)
    put(dialog, received_at="昨天 16:40", received_on="昨天")
    assert text(dialog, "received_at") == "昨天 16:40"


def test_the_time_is_kept_with_the_paper(form, office, today):
    dialog = form(RECEIPT)
    put(dialog, sender="县委办", title="关于植树的通知")
    dialog._save_and_next()
    assert str(records.get(office, RECEIPT, 1)["received_at"]).startswith(f"{today} ")
    assert text(dialog, "received_at").startswith(f"{today} ")
    assert dialog._changed() == {}
    assert not dialog.sheet._fold.is_open(), "what is proposed does not open the fold"


def test_correcting_proposes_no_time(form, office, today):
    row = records.register_document(
        office, RECEIPT, {"received_on": "今天", "sender": "县委办", "title": "通知"}, today
    )
    assert text(form(RECEIPT, row), "received_at") == ""


# ---- stages ----


def test_the_folded_fields_stand_under_their_stage(form):
    dialog = form(RECEIPT)
    dialog.sheet.toggle_fold()
    headings = [
        one.text() for one in dialog.sheet.findChildren(QLabel) if one.objectName() == "section" and one.isVisible()
    ]
    assert headings == ["来文", "拟办与批示", "承办与办结", "归档"]
    order = [block.field.name for block in dialog.sheet._in_sight()]
    assert order.index("received_at") < order.index("proposed_action") < order.index("result") < order.index("filed_on")


def test_the_fields_of_a_meeting_are_in_sight_for_a_meeting(form):
    dialog = form(RECEIPT)
    names = lambda: {block.field.name for block in dialog.sheet._in_sight()}  # noqa: E731
    assert "meeting_at" not in names()
    put(dialog, handling="会议")
    assert {"meeting_at", "meeting_place", "attendees"} <= names()
    put(dialog, meeting_place="三楼", handling="阅件")
    assert "meeting_place" in names(), "what was typed is never out of sight"
    put(dialog, meeting_place="", category="会议通知")
    assert "meeting_place" in names()
    put(dialog, category="")
    assert "meeting_place" not in names()
