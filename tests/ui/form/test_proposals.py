# SPDX-License-Identifier: MulanPSL-2.0
"""What the register knows, offered in the form: a 代字, a sender, a title of last year; a line pasted anywhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import receipt_draft
from tests.ui.entry.hands import CTRL, Hands, compose, focus
from township_office.core.text import t
from township_office.registers.receipt import RECEIPT
from township_office.services import records

KEY = Qt.Key
PARTY = "青山县委组织部"


@pytest.fixture
def hands():
    return Hands()


@pytest.fixture
def dialog(office, form, today):
    """A form in an office that has had one paper of last year and two of this."""
    last_year = today.replace(year=2025)
    for number, day, title in (
        ("青组通〔2025〕4号", last_year, "关于做好2025年度党员信息采集的通知"),
        ("青组通〔2026〕40号", today, "关于召开会议的通知"),
        ("青组〔2026〕2号", today, "关于同志任职的通知"),
    ):
        draft = receipt_draft(1, day, sender=PARTY, doc_number=number, title=title)
        records.register_document(office, RECEIPT, draft, day)
    return form()


def editor(dialog, name):
    return dialog.sheet.blocks[name].editor


def go_to(dialog, name):
    editor(dialog, name).inner.setFocus(Qt.FocusReason.TabFocusReason)


def test_a_number_alone_is_enough_after_the_sender(dialog, hands):
    go_to(dialog, "sender")
    hands.enter("zzb")
    assert focus() is editor(dialog, "doc_number").inner
    assert dialog.sheet.blocks["doc_number"].below() == t("form.code_hint", start="青组通〔2026〕")
    hands.type("41")
    assert dialog.sheet.blocks["doc_number"].below() == t("form.understood_as", text="青组通〔2026〕41号")
    hands.enter()
    assert dialog.draft()["doc_number"] == "青组通〔2026〕41号"


@pytest.mark.parametrize("typed", ["青委办[2026]41号", "无文号"])
def test_what_is_typed_in_full_stays(dialog, hands, typed):
    go_to(dialog, "sender")
    hands.enter("zzb")
    compose(commit=typed)
    hands.enter()
    assert dialog.draft()["doc_number"] == typed.replace("[", "〔").replace("]", "〕")


def test_the_year_of_a_number_is_that_of_the_day_of_receipt(dialog, hands):
    editor(dialog, "received_on").set_text("2025-12-30")
    editor(dialog, "sender").set_text(PARTY)
    go_to(dialog, "doc_number")
    hands.enter("41")
    assert dialog.draft()["doc_number"] == "青组通〔2025〕41号"


def test_another_sender_has_another_code_or_none(dialog, hands):
    editor(dialog, "sender").set_text(PARTY)
    go_to(dialog, "doc_number")
    editor(dialog, "sender").set_text("青山县信访局")
    hands.type("41")
    hands.enter()
    assert dialog.draft()["doc_number"] == "41"


def test_a_draft_with_a_bare_number_gets_its_code(dialog, hands):
    dialog.sheet.fill({"sender": PARTY, "doc_number": "41"})
    dialog.sheet.settle()
    assert dialog.draft()["doc_number"] == "青组通〔2026〕41号"


def test_correcting_proposes_nothing(office, form, today):
    draft = receipt_draft(1, today, sender=PARTY, doc_number="")
    records.register_document(office, RECEIPT, draft, today)
    row = records.register_document(office, RECEIPT, draft | {"doc_number": "41", "title": "另一件"}, today)
    dialog = form(row=row)
    go_to(dialog, "doc_number")
    go_to(dialog, "title")
    assert dialog.draft()["doc_number"] == "41", "what is in the book is not changed by passing through"


@pytest.mark.parametrize("name", ["title", "doc_number"])
def test_a_whole_line_pasted_into_either_field_falls_apart(dialog, hands, name):
    go_to(dialog, name)
    hands.paste("关于做好防火工作的通知（岐办发[2026]12号）")
    assert dialog.draft()["title"] == "关于做好防火工作的通知"
    assert dialog.draft()["doc_number"] == "岐办发〔2026〕12号"


def test_a_line_that_came_by_the_mouse_falls_apart_when_the_cursor_leaves(dialog):
    go_to(dialog, "doc_number")
    focus().insert("关于做好防火工作的通知（岐办发[2026]12号）")
    go_to(dialog, "sender")
    assert dialog.draft()["title"] == "关于做好防火工作的通知"
    assert dialog.draft()["doc_number"] == "岐办发〔2026〕12号"


def test_a_line_is_not_split_over_what_is_typed_already(dialog, hands):
    editor(dialog, "title").set_text("关于另一件事的通知")
    go_to(dialog, "doc_number")
    hands.paste("关于做好防火工作的通知（岐办发[2026]12号）")
    go_to(dialog, "sender")
    assert dialog.draft()["title"] == "关于另一件事的通知"


@pytest.mark.parametrize(
    "line", ["关于做好冬训的通知（青组通[2026]50号）", f"{PARTY}关于做好冬训的通知（青新[2026]5号）"]
)
def test_a_pasted_line_proposes_the_sender_that_enter_takes(dialog, hands, line):
    go_to(dialog, "title")
    hands.paste(line)
    assert focus() is editor(dialog, "sender").inner
    assert dialog.draft()["sender"] == ""
    hands.enter()
    assert dialog.draft()["sender"] == PARTY


def test_a_letter_goes_its_own_way_past_the_proposed_sender(qtbot, dialog, hands):
    go_to(dialog, "title")
    hands.paste("关于做好冬训的通知（青组通[2026]50号）")
    compose("x", commit="县信访局")
    hands.enter()
    assert dialog.draft()["sender"] == "县信访局"


def test_last_years_title_is_taken_with_tab_and_not_with_enter(qtbot, dialog, hands):
    editor(dialog, "sender").set_text(PARTY)
    for key, expected in (
        (KEY.Key_Return, "关于做好"),
        (KEY.Key_Tab, "关于做好2026年度党员信息采集的通知"),
        (KEY.Key_Right, "关于做好2026年度党员信息采集的通知"),
    ):
        editor(dialog, "title").set_text("")
        go_to(dialog, "title")
        compose("guan yu zuo hao", commit="关于做好")
        qtbot.waitUntil(lambda: dialog.sheet.blocks["title"].below() == t("form.title_hint"))
        hands.press(key)
        assert dialog.draft()["title"] == expected


def test_right_inside_a_title_moves_the_cursor_only(qtbot, dialog, hands):
    editor(dialog, "sender").set_text(PARTY)
    go_to(dialog, "title")
    compose(commit="关于做好")
    qtbot.waitUntil(lambda: editor(dialog, "title").note() != "")
    hands.press(KEY.Key_Home)
    hands.press(KEY.Key_Right)
    assert dialog.draft()["title"] == "关于做好"
    hands.press(KEY.Key_Escape)
    assert editor(dialog, "title").note() == "", "Esc puts the list away and leaves the form open"
    assert dialog.isVisible()
    hands.press(KEY.Key_Tab)
    assert dialog.draft()["title"] == "关于做好"


def test_one_usual_receipt_in_the_form(office, dialog, hands):
    """As in the table: sender by initials, its number, a pasted title, save."""
    go_to(dialog, "sender")
    hands.enter("zzb")
    hands.enter("41")
    hands.paste("关于开展党员冬训的通知")
    hands.press(KEY.Key_Return, CTRL)
    assert records.last_row(office, RECEIPT)["doc_number"] == "青组通〔2026〕41号"
    assert hands.presses <= 11
