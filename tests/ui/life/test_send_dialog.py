# SPDX-License-Identifier: MulanPSL-2.0
"""送阅: the first name gets the paper, the others wait; a copy that is out is not sent again."""

from __future__ import annotations

import pytest

from tests.ui.life.conftest import NOW
from tests.ui.life.hands import ALT, CTRL, KEY
from township_office.registers.receipt import RECEIPT
from township_office.services import circulation, records
from township_office.ui.form.draft_keeper import DraftKeeper
from township_office.ui.life.send_dialog import SendDialog


@pytest.fixture
def ways(office, paper):
    return lambda: [
        (row["reader"], row["purpose"], row["sent_at"] is not None)
        for row in circulation.handovers(office, paper["id"])
    ]


def test_typed_refused_corrected_sent(office, paper, clock, opened, ways):
    dialog = SendDialog(office, paper, clock)
    hands = opened(dialog)
    assert "copy_no" not in dialog.blocks
    hands.press(KEY.Key_S, CTRL)
    assert dialog.blocks["reader"].problem() == "请写明送给谁。"
    hands.type("孙志强、何文斌")
    hands.tab_to(dialog.blocks["sent_at"].editor.inner)
    hands.fill("那天")
    hands.press(KEY.Key_S, CTRL)
    assert dialog.blocks["sent_at"].problem()
    assert ways() == []
    hands.fill("9:15")
    hands.press(KEY.Key_S, CTRL)
    assert not dialog.isVisible()
    assert ways() == [("孙志强", "批示", True), ("何文斌", "批示", False)]
    assert circulation.handovers(office, paper["id"])[0]["sent_at"] == "2026-11-20 09:15"


def test_leaders_are_one_key_each(office, paper, clock, opened):
    dialog = SendDialog(office, paper, clock)
    hands = opened(dialog)
    for key in (KEY.Key_1, KEY.Key_3, KEY.Key_1):
        hands.press(key, ALT)
    assert dialog.blocks["reader"].editor.text() == "林静"
    hands.press(KEY.Key_2, ALT)
    assert dialog.blocks["reader"].editor.text() == "林静、何文斌"


def test_a_round_is_planned_without_sending(office, paper, clock, opened, ways):
    dialog = SendDialog(office, paper, clock)
    hands = opened(dialog)
    hands.type("林静，何文斌")
    dialog.blocks["purpose"].editor.set_text("传阅")
    hands.press(KEY.Key_L, CTRL)
    assert not dialog.isVisible()
    assert ways() == [("林静", "传阅", False), ("何文斌", "传阅", False)]


def test_who_waits_first_stands_there_already(office, paper, clock, opened, ways, today):
    circulation.plan(office, paper["id"], ["何文斌", "林静"], "传阅", today)
    rows = circulation.handovers(office, paper["id"])
    dialog = SendDialog(office, paper, clock)
    opened(dialog)
    assert (dialog.blocks["reader"].editor.text(), dialog.blocks["purpose"].editor.text()) == ("何文斌", "传阅")
    dialog.done(0)
    pointed_at = SendDialog(office, paper, clock, rows[1]["id"])
    hands = opened(pointed_at)
    assert pointed_at.blocks["reader"].editor.text() == "林静"
    hands.press(KEY.Key_S, CTRL)
    assert ways() == [("何文斌", "传阅", False), ("林静", "传阅", True)]


def test_while_the_only_copy_is_out_others_can_only_wait(office, paper, clock, opened, ways):
    circulation.send(office, paper["id"], {"reader": "孙志强"}, NOW)
    dialog = SendDialog(office, paper, clock)
    hands = opened(dialog)
    hands.type("何文斌")
    hands.press(KEY.Key_S, CTRL)
    assert ways() == [("孙志强", "传阅", True), ("何文斌", "传阅", False)]


def test_of_two_copies_the_one_in_the_house_is_proposed(office, paper, clock, opened, today):
    records.correct(office, RECEIPT, paper["id"], {"copy_count": "2"}, today)
    circulation.send(office, paper["id"], {"reader": "孙志强", "copy_no": "1"}, NOW)
    dialog = SendDialog(office, records.get(office, RECEIPT, paper["id"]), clock)
    hands = opened(dialog)
    assert dialog.blocks["copy_no"].editor.text() == "2"
    hands.type("何文斌")
    dialog.blocks["copy_no"].editor.set_text("1")
    hands.press(KEY.Key_S, CTRL)
    assert dialog.isVisible()
    assert "孙志强" in dialog.trouble.words()
    assert "横传" in dialog.trouble.words()
    dialog.blocks["copy_no"].editor.set_text("2")
    hands.press(KEY.Key_S, CTRL)
    assert [row["copy_no"] for row in circulation.handovers(office, paper["id"])] == [1, 2]


def test_a_blank_parts_leaders_but_not_a_name(office, paper, clock, opened, ways):
    dialog = SendDialog(office, paper, clock)
    hands = opened(dialog)
    hands.type("林静 何文斌、王 芳")
    hands.press(KEY.Key_S, CTRL)
    assert [reader for reader, _, _ in ways()] == ["林静", "何文斌", "王 芳"]


def test_whom_to_send_it_to_is_there_again_after_a_power_cut(office, paper, clock, opened, ways):
    dialog = SendDialog(office, paper, clock)
    opened(dialog).type("孙志强、林静")
    dialog.findChild(DraftKeeper)._keep()
    dialog.hide()
    again = SendDialog(office, paper, clock)
    hands = opened(again)
    again.findChild(DraftKeeper).begun.buttons[0].click()
    hands.press(KEY.Key_S, CTRL)
    assert [reader for reader, *_ in ways()] == ["孙志强", "林静"]
    assert SendDialog(office, paper, clock).findChild(DraftKeeper).begun.isHidden()
