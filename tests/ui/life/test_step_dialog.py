# SPDX-License-Identifier: MulanPSL-2.0
"""A step is typed, refused, corrected, saved; 签发 shows the number it takes."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from tests.ui.life.hands import ALT, CTRL, KEY
from township_office.core.text import t
from township_office.registers import DOCUMENTS
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.registers.steps import STEPS, step
from township_office.services import numbers, records, steps
from township_office.ui.life.step_dialog import StepDialog


@pytest.fixture
def on(office, clock):
    return lambda register, row, key: StepDialog(office, register, row, step(register.name, key), clock)


def test_typed_refused_corrected_saved(office, paper, on, opened, anew):
    dialog = on(RECEIPT, paper, "propose")
    hands = opened(dialog)
    hands.press(KEY.Key_S, CTRL)
    assert dialog.isVisible()
    assert dialog.blocks["proposed_action"].problem() == "请填写拟办意见。"
    hands.type("拟请孙志强同志阅示")
    hands.tab_to(dialog.blocks["proposed_on"].editor.inner)
    hands.fill("那天")
    hands.press(KEY.Key_S, CTRL)
    assert dialog.blocks["proposed_on"].problem()
    assert dialog.blocks["proposed_action"].editor.text() == "拟请孙志强同志阅示"
    hands.fill("今天")
    hands.press(KEY.Key_S, CTRL)
    assert dialog.result() == QDialog.DialogCode.Accepted
    row = anew(RECEIPT, paper)
    assert (row["proposed_action"], row["proposer"]) == ("拟请孙志强同志阅示", "王春燕")


def test_enter_leads_through_the_fields_to_the_button(paper, on, opened):
    dialog = on(RECEIPT, paper, "propose")
    hands = opened(dialog)
    for name in ("proposed_action", "proposer", "proposed_on"):
        assert dialog.focusWidget() is dialog.blocks[name].editor.inner
        hands.press(KEY.Key_Return)
    assert dialog.do.hasFocus()
    assert dialog.isVisible()


def test_what_was_typed_is_not_lost_by_escape(paper, on, opened):
    dialog = on(RECEIPT, paper, "propose")
    hands = opened(dialog)
    hands.type("拟请阅示")
    hands.press(KEY.Key_Escape)
    assert dialog.isVisible()
    assert dialog.leaving.words() == t("way.leaving")
    hands.press(KEY.Key_Escape)
    assert not dialog.leaving.isVisible()
    hands.press(KEY.Key_Escape)
    dialog.leaving.buttons[1].click()
    assert not dialog.isVisible()


def test_an_untouched_form_closes_at_once(paper, on, opened):
    dialog = on(RECEIPT, paper, "finish")
    opened(dialog).press(KEY.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize(("register", "key"), [(book.name, one.key) for book in DOCUMENTS for one in STEPS[book.name]])
def test_every_step_has_its_form(office, paper, unsigned, on, opened, register, key):
    of, row = (RECEIPT, paper) if register == "receipt" else (DISPATCH, unsigned)
    dialog = on(of, row, key)
    opened(dialog)
    fields = step(register, key).fields
    assert [name for name in dialog.blocks if name != "series"] == list(fields)
    assert dialog.windowTitle() == t(f"step.{key}")


def test_signing_shows_the_number_for_the_series_and_takes_it(office, unsigned, on, opened, anew, today):
    dialog = on(DISPATCH, unsigned, "sign")
    hands = opened(dialog)
    assert "云政发〔2026〕1号" in dialog.coming()
    dialog.blocks["series"].editor.set_text("党委文件")
    assert "云委发〔2026〕1号" in dialog.coming()
    hands.press(KEY.Key_S, CTRL)
    assert dialog.blocks["signer"].problem() == "请填写签发人。"
    hands.press(KEY.Key_1, ALT)
    assert dialog.blocks["signer"].editor.text() == "孙志强"
    hands.press(KEY.Key_2, ALT)
    assert dialog.blocks["signer"].editor.text() == "何文斌"
    hands.press(KEY.Key_S, CTRL)
    row = anew(DISPATCH, unsigned)
    assert (row["number"], row["signer"], row["signed_on"]) == ("云委发〔2026〕1号", "何文斌", today)


def test_a_reserved_number_can_be_named(office, unsigned, on, opened, anew, today):
    numbers.reserve(office, DISPATCH, "云政发", 3, {"name": "防汛预案"}, today)
    dialog = on(DISPATCH, unsigned, "sign")
    hands = opened(dialog)
    dialog._head.name("3")
    assert "云政发〔2026〕3号" in dialog.coming()
    dialog.blocks["signer"].editor.set_text("何文斌")
    hands.press(KEY.Key_S, CTRL)
    assert anew(DISPATCH, unsigned)["number"] == "云政发〔2026〕3号"
    assert 3 not in {kept.sequence for kept in numbers.reservations(
        office, DISPATCH, numbers.pick_series(office, DISPATCH, "云政发"), 2026)}  # fmt: skip


def test_what_the_books_refuse_is_said_and_the_form_stays(office, paper, on, opened, today):
    dialog = on(RECEIPT, paper, "finish")
    hands = opened(dialog)
    dialog.blocks["result"].editor.set_text("已报送")
    steps.take_step(office, RECEIPT, paper["id"], "finish", {"completed_on": "今天"}, today)
    hands.press(KEY.Key_S, CTRL)
    assert dialog.isVisible()
    assert "已办结" in dialog.trouble.words()
    assert dialog.blocks["result"].editor.text() == "已报送"
    assert records.get(office, RECEIPT, paper["id"])["result"] is None


def test_the_form_grows_with_a_long_paste(qtbot, paper, on, opened):
    dialog = on(RECEIPT, paper, "propose")
    hands = opened(dialog)
    QGuiApplication.clipboard().setText("请领导阅示。" * 60 + "\n\n" + "请领导阅示。" * 60)
    hands.press(KEY.Key_V, CTRL)
    qtbot.waitUntil(lambda: dialog.blocks["proposed_action"].editor.inner.height() > 60)
    qtbot.wait(50)
    assert dialog._sheet.verticalScrollBar().maximum() == 0
