# SPDX-License-Identifier: MulanPSL-2.0
"""A bundle typed in the row above the first: by keys, refused, held, left and taken up again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.book.looking import numbers
from tests.ui.conftest import receipt_draft
from tests.ui.entry.hands import CTRL, SHIFT, compose, focus, newest, now, put, row_of
from township_office.core.text import t
from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.ui.form.drafts import Drafts

KEY = Qt.Key
PARTY = "青山县委组织部"


# ---- one paper ----


def test_enter_leads_through_the_paper_and_registers_it(qtbot, office_with_rows, begin, hands):
    tab, row = begin(office_with_rows)
    assert now(row) == "sender", "the date is there already"
    assert row.series.text() == "2026-0031"
    hands.enter("zzb")
    assert row.texts()["sender"] == PARTY
    assert now(row) == "doc_number"
    hands.enter("41")
    assert now(row) == "title"
    focus().insertPlainText("关于开展党员冬训的通知")
    while row_of(tab).texts()["title"]:
        hands.enter()
    assert numbers(tab)[0] == "2026-0031"
    assert tab.list.chosen_id() == newest(office_with_rows)["id"]
    saved = newest(office_with_rows)
    assert (saved["sender"], saved["title"]) == (PARTY, "关于开展党员冬训的通知")
    assert saved["copy_count"] == 1, "what has no column says what it says by itself"
    assert row.series.text() == "2026-0032"
    assert row.foot.words() == t("form.saved", number="2026-0031")
    assert now(row) == "sender", "ready for the next"


def test_one_usual_receipt_takes_eleven_keys(qtbot, office_with_rows, begin, hands):
    """Sender by initials, its number, a pasted title; the date is today's. In a ledger each of them is typed out."""
    _tab, _row = begin(office_with_rows)
    hands.enter("zzb")
    hands.enter("41")
    hands.paste("关于开展党员冬训的通知")
    hands.press(KEY.Key_Return, CTRL)
    saved = newest(office_with_rows)
    assert (saved["sender"], saved["doc_number"], saved["title"]) == (
        PARTY, "青字〔2026〕41号", "关于开展党员冬训的通知",
    )  # fmt: skip
    assert hands.presses <= 11


def test_a_pasted_line_and_a_held_sender_take_four_keys(qtbot, office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    hands.enter("zzb")
    row.stops["sender"].pin.click()
    for place in range(3):
        row.go_to("doc_number")
        hands.presses = 0
        hands.paste(f"关于开展第{place}轮冬训的通知（青组通[2026]{90 + place}号）")
        hands.press(KEY.Key_Return, CTRL)
        assert hands.presses <= 4
        saved = newest(office_with_rows)
        assert saved["doc_number"] == f"青组通〔2026〕{90 + place}号"
        assert (saved["title"], saved["sender"]) == (f"关于开展第{place}轮冬训的通知", PARTY)
    assert now(row) == "doc_number", "what is held is passed over"


def test_tab_goes_to_each_column_and_back(office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    order = [stop.field.name for stop in row.in_sight()]
    assert order[:4] == ["received_on", "sender", "doc_number", "title"]
    assert "status" not in order
    assert "number" not in order
    row.go_to("received_on")
    for name in order[1:]:
        hands.press(KEY.Key_Tab)
        assert now(row) == name
    for name in reversed(order[:-1]):
        hands.press(KEY.Key_Backtab, SHIFT)
        assert now(row) == name
    row.go_to(order[-1])
    hands.press(KEY.Key_Tab)
    assert focus() is row.foot.same, "behind the last column come the buttons"


def test_keys_of_the_row_never_reach_the_table(office_with_rows, begin, hands):
    tab, row = begin(office_with_rows)
    chosen = tab.list.chosen_id()
    for key in (KEY.Key_Down, KEY.Key_Up, KEY.Key_PageDown, KEY.Key_End, KEY.Key_Delete, KEY.Key_Right):
        hands.press(key)
    row.go_to("title")
    for key in (KEY.Key_Down, KEY.Key_PageDown, KEY.Key_Delete):
        hands.press(key)
    assert tab.list.chosen_id() == chosen
    assert row.isVisible()


# ---- refused ----


def test_what_is_wrong_is_said_below_and_nothing_is_lost(office_with_rows, begin, hands):
    tab, row = begin(office_with_rows)
    before = numbers(tab)
    put(row, sender=PARTY, due_on="1399")
    row.go_to("due_on")
    hands.press(KEY.Key_Return, CTRL)
    assert now(row) == "title", "the first field in order that is wrong"
    assert "文件标题" in row.foot.words()
    assert row.stops["title"].editor.inner.property("tone") == "red"
    assert row.texts()["due_on"] == "1399"
    row.go_to("due_on")
    assert "办理时限" in row.foot.words()
    assert numbers(tab) == before
    hands.press(KEY.Key_A, CTRL)
    hands.type("1130")
    assert row.stops["due_on"].problem == ""
    row.go_to("title")
    assert row.texts()["due_on"] == "2026-11-30"


def test_a_wrong_date_is_said_when_the_cursor_leaves(office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    row.go_to("due_on")
    hands.enter("1399")
    assert row.stops["due_on"].problem


def test_a_double_is_told_below_and_opened_beside(qtbot, office_with_rows, begin, hands):
    tab, row = begin(office_with_rows)
    put(row, sender=PARTY, doc_number="青字〔2026〕25号")
    row.go_to("title")
    qtbot.waitUntil(lambda: bool(row.stops["doc_number"].warning))
    assert row.foot.words() == t("form.same_number", number="2026-0006"), "though the cursor is in the title"
    assert row.foot.link.isVisible()
    qtbot.mouseClick(row.foot.link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.pane.shown() is not None and tab.pane.shown()["number"] == "2026-0006")
    assert tab.pane.isVisible()
    assert row.texts()["doc_number"] == "青字〔2026〕25号", "and the row stays as it was"
    put(row, doc_number="青字〔2026〕725号")
    row.go_to("title")
    qtbot.waitUntil(lambda: not row.stops["doc_number"].warning)


def test_a_secret_mark_is_said_at_once_and_never_kept(qtbot, office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    row.go_to("title")
    focus().insertPlainText("机密★关于某事的通知")
    assert row.stops["title"].problem
    hands.press(KEY.Key_Escape)
    assert Drafts(office_with_rows.path, RECEIPT).last(None) is None


# ---- held, and from the paper before ----


def test_a_held_column_keeps_its_value_and_is_passed_over(office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    row.go_to("received_on")
    hands.press(KEY.Key_A, CTRL)
    hands.type("1118")
    hands.press(KEY.Key_J, CTRL)
    assert row.stops["received_on"].is_held()
    row.go_to("sender")
    hands.type("zzb")
    hands.press(KEY.Key_Return)
    row.stops["sender"].pin.click()
    hands.enter("7")
    put(row, title="关于第一件事的通知")
    hands.press(KEY.Key_Return, CTRL)
    assert newest(office_with_rows)["received_on"].isoformat() == "2026-11-18"
    assert now(row) == "doc_number"
    assert row.texts()["sender"] == PARTY
    assert row.texts()["received_on"] == "2026-11-18"
    assert not row.texts()["title"]
    row.go_to("received_on")
    hands.press(KEY.Key_J, CTRL)
    assert not row.stops["received_on"].is_held()


def test_same_as_last_fills_what_is_empty(office_with_rows, begin, hands, today):
    records.register_document(office_with_rows, RECEIPT, receipt_draft(2, today, lead_dept="党建办"), today)
    _tab, row = begin(office_with_rows)
    put(row, sender=PARTY)
    hands.press(KEY.Key_F4)
    assert row.texts()["sender"] == PARTY, "what is typed stays"
    assert row.texts()["lead_dept"] == "党建办"
    assert not row.texts()["title"]


@pytest.mark.parametrize("key", [KEY.Key_D, KEY.Key_Apostrophe])
def test_one_field_from_the_row_above(office_with_rows, begin, hands, key):
    _tab, row = begin(office_with_rows)
    last = newest(office_with_rows)
    row.go_to("title")
    hands.press(key, CTRL)
    assert row.texts()["title"] == last["title"]
    assert not row.texts()["sender"]
    assert newest(office_with_rows)["completed_on"] == last["completed_on"], "Ctrl+D finished no row"


def test_before_the_first_paper_there_is_none_to_take_from(office, begin, hands):
    _tab, row = begin(office)
    for key, modifier in ((KEY.Key_F4, Qt.KeyboardModifier.NoModifier), (KEY.Key_D, CTRL)):
        hands.press(key, modifier)
        assert row.foot.words() == t("form.no_last")


# ---- what the register knows ----


def test_the_code_of_the_sender_is_offered_and_never_overrides(office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    hands.enter("zzb")
    line = focus()
    assert line.placeholderText() == "青字〔2026〕"
    hands.type("41")
    assert row.foot.words() == t("form.understood_as", text="青字〔2026〕41号")
    hands.press(KEY.Key_A, CTRL)
    line.insert("青组[2026]41号")
    hands.enter()
    assert row.texts()["doc_number"] == "青组〔2026〕41号"


def test_a_pasted_line_proposes_its_sender(qtbot, office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    row.go_to("title")
    hands.paste(f"{PARTY}关于开展冬训的通知（青组通[2026]9号）")
    assert row.texts()["doc_number"] == "青组通〔2026〕9号"
    assert now(row) == "sender"
    assert row.texts()["sender"] == "", "a proposal, no more"
    hands.enter()
    assert row.texts()["sender"] == PARTY
    assert now(row) == "doc_number"


def test_a_title_of_last_year_is_taken_with_tab_only(qtbot, office_with_rows, begin, hands, today):
    day = today.replace(year=2025)
    draft = receipt_draft(1, day, title="关于做好2025年度党员信息采集的通知")
    records.register_document(office_with_rows, RECEIPT, draft, day)
    _tab, row = begin(office_with_rows)
    put(row, sender=PARTY)
    for key, taken in ((KEY.Key_Return, False), (KEY.Key_Tab, True), (KEY.Key_Right, True)):
        put(row, title="")
        row.go_to("title")
        compose("guan yu zuo hao", commit="关于做好")
        compose("nian du", commit="2026年度")
        qtbot.waitUntil(lambda: row.stops["title"].editor.note() != "")
        hands.press(key)
        expected = "关于做好2026年度党员信息采集的通知" if taken else "关于做好2026年度"
        assert row.texts()["title"] == expected
        assert (now(row) == "title") == taken


# ---- left and taken up ----


def test_esc_leaves_and_what_was_typed_is_a_draft(office_with_rows, begin, hands):
    tab, row = begin(office_with_rows)
    hands.enter("zzb")
    hands.type("41")
    hands.press(KEY.Key_Escape)
    assert not row.isVisible()
    assert tab.list.table.hasFocus()
    assert tab.list.table.viewport().y() <= 42, "the room is given back"
    assert Drafts(office_with_rows.path, RECEIPT).last(None).texts["sender"] == PARTY
    hands.press(KEY.Key_F3)
    assert row.isVisible()
    assert (row.texts()["sender"], row.texts()["doc_number"]) == (PARTY, "青字〔2026〕41号")
    assert row.foot.words() == t("entry.taken_up")


def test_a_draft_of_yesterday_is_offered_and_dropped_with_its_registration(office_with_rows, begin, hands):
    drafts = Drafts(office_with_rows.path, RECEIPT)
    drafts.keep("one", None, {"sender": PARTY, "title": "关于昨天的通知", "volume_number": "3"})
    _tab, row = begin(office_with_rows)
    assert row.texts()["title"] == "", "offered, no more"
    assert "关于昨天的通知" in row.foot.words()
    row.foot.link.click()
    assert row.texts()["title"] == "关于昨天的通知"
    hands.press(KEY.Key_Return, CTRL)
    assert newest(office_with_rows)["title"] == "关于昨天的通知"
    assert newest(office_with_rows)["volume_number"] == "3", "also what was typed in the form and has no column"
    assert drafts.last(None) is None


def test_every_change_is_written_through(qtbot, office_with_rows, begin, hands):
    _tab, _row = begin(office_with_rows)
    hands.enter("zzb")
    drafts = Drafts(office_with_rows.path, RECEIPT)
    qtbot.waitUntil(lambda: drafts.last(None) is not None)
    assert drafts.last(None).texts == {"sender": PARTY}


def test_the_next_morning_the_date_is_that_days(qtbot, office_with_rows, shown, hands, today):
    days = [today]
    tab = shown(office_with_rows, today=lambda: days[0])
    with qtbot.waitActive(tab):
        tab.activateWindow()
    tab.on_batch_entry()
    hands.press(KEY.Key_Escape)
    days[0] = today.replace(day=21)
    tab.on_batch_entry()
    assert row_of(tab).texts()["received_on"] == "2026-11-21"


def test_the_tab_is_come_back_to_where_it_was_left(office_with_rows, begin, hands):
    tab, row = begin(office_with_rows)
    row.go_to("title")
    tab.list.table.setFocus()
    tab.enter()
    assert row.isAncestorOf(focus())


def test_a_day_of_a_later_year_is_doubted_and_not_refused(office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    row.go_to("received_on")
    hands.press(KEY.Key_A, CTRL)
    hands.type("2027-11-20")
    assert row.foot.words() == t("form.later_year", year=2027)
    assert row.stops["received_on"].editor.inner.property("tone") == "amber"
