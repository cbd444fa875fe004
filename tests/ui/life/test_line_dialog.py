# SPDX-License-Identifier: MulanPSL-2.0
"""One line of 传阅, 催办, 分发: added, corrected with a reason, taken out with a reason."""

from __future__ import annotations

import pytest

from tests.ui.conftest import dispatch_draft
from tests.ui.life.conftest import NOW
from tests.ui.life.hands import CTRL, KEY
from township_office.registers import CHILDREN
from township_office.registers.chase import CHASE
from township_office.registers.circulation import CIRCULATION
from township_office.registers.dispatch import DISPATCH
from township_office.services import children, circulation, records
from township_office.ui.form.draft_keeper import DraftKeeper
from township_office.ui.life.line_dialog import WHY, LineDialog, VoidLineDialog


def test_a_reminder_is_typed_refused_corrected_saved(office, paper, clock, opened):
    dialog = LineDialog(office, CHASE, paper, clock, {"chased": ""})
    hands = opened(dialog)
    assert WHY not in dialog.blocks
    hands.press(KEY.Key_S, CTRL)
    assert dialog.blocks["chased"].problem() == "请填写催办对象。"
    hands.type("李向东")
    hands.press(KEY.Key_Return)
    hands.type("明天上午报")
    hands.press(KEY.Key_S, CTRL)
    (row,) = children.children(office, CHASE, paper["id"])
    assert (row["chased"], row["answer"]) == ("李向东", "明天上午报")
    assert row["chased_at"].startswith("2026-11-20 ")


def test_whom_to_remind_stands_there_and_is_no_unsaved_work(office, paper, clock, opened):
    dialog = LineDialog(office, CHASE, paper, clock, {"chased": "孙志强"})
    hands = opened(dialog)
    assert dialog.blocks["chased"].editor.text() == "孙志强"
    hands.press(KEY.Key_Escape)
    assert not dialog.isVisible()


def test_a_wrong_line_is_corrected_with_a_reason(office, paper, clock, opened):
    sent = circulation.send(office, paper["id"], {"reader": "孙志强"}, NOW)
    dialog = LineDialog(office, CIRCULATION, paper, clock, sent)
    hands = opened(dialog)
    assert "copy_no" not in dialog.blocks
    hands.tab_to(dialog.blocks["reader"].editor.inner)
    hands.fill("何文斌")
    hands.press(KEY.Key_S, CTRL)
    assert dialog.blocks[WHY].problem() == "改动了已填的内容，请写明原因。"
    hands.type("记错了人")
    hands.press(KEY.Key_S, CTRL)
    assert not dialog.isVisible()
    assert circulation.handovers(office, paper["id"])[0]["reader"] == "何文斌"


def test_what_was_empty_is_filled_in_without_a_reason(office, paper, clock, opened):
    sent = circulation.send(office, paper["id"], {"reader": "孙志强"}, NOW)
    dialog = LineDialog(office, CIRCULATION, paper, clock, sent)
    hands = opened(dialog)
    hands.tab_to(dialog.blocks["opinion"].editor.inner)
    hands.type("已阅")
    hands.press(KEY.Key_S, CTRL)
    assert circulation.handovers(office, paper["id"])[0]["opinion"] == "已阅"


def test_a_wrong_line_is_taken_out_with_a_reason_and_the_copy_is_free_again(office, paper, clock, opened, anew):
    sent = circulation.send(office, paper["id"], {"reader": "孙志强"}, NOW)
    dialog = VoidLineDialog(office, CIRCULATION, paper, sent, clock)
    hands = opened(dialog)
    hands.press(KEY.Key_S, CTRL)
    assert dialog.isVisible()
    assert dialog.blocks[WHY].problem() == "请写明作废原因。"
    hands.type("点错了人")
    hands.press(KEY.Key_S, CTRL)
    assert not dialog.isVisible()
    assert circulation.handovers(office, paper["id"]) == []
    assert circulation.send(office, paper["id"], {"reader": "何文斌"}, NOW)


@pytest.mark.parametrize("child", CHILDREN, ids=lambda child: child.name)
def test_every_child_has_its_form(office, paper, clock, opened, child, today):
    parent = paper if child.parent == "receipt" else records.register_document(
        office, DISPATCH, dispatch_draft(0, today), today)  # fmt: skip
    dialog = LineDialog(office, child, parent, clock, {})
    opened(dialog)
    assert set(dialog.blocks) == {field.name for field in child.fields} - {"copy_no"}


def test_what_was_typed_when_the_pc_died_is_offered_for_this_paper_and_line_alone(qtbot, office, paper, clock, opened):
    sent = circulation.send(office, paper["id"], {"reader": "孙志强"}, NOW)

    def dialogs():
        yield LineDialog(office, CHASE, paper, clock, {})
        yield LineDialog(office, CIRCULATION, paper, clock, sent)
        yield VoidLineDialog(office, CIRCULATION, paper, sent, clock)

    for dialog, name in zip(dialogs(), ("answer", "opinion", WHY), strict=True):
        opened(dialog)
        dialog.blocks[name].editor.set_text("请按程序办理")
        keeper = dialog.findChild(DraftKeeper)
        keeper._keep()
        dialog.hide()
    for again in dialogs():
        opened(again)
        assert "请按程序办理" in again.findChild(DraftKeeper).begun.words()
    other = LineDialog(office, CHASE, dict(paper, id=paper["id"] + 1), clock, {})
    opened(other)
    assert other.findChild(DraftKeeper).begun.isHidden()
