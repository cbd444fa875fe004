# SPDX-License-Identifier: MulanPSL-2.0
"""One step of custody: likely names at hand, refusals beside their field, a destruction asked for twice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from township_office.registers.custody import STEPS, State
from township_office.services.guarded import confidential
from township_office.services.guarded import vault as vaults
from township_office.ui.confidential.book.step_dialog import StepDialog

KEY, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def show(vault, now, opened):
    def make(paper, *serials, key):
        dialog = StepDialog(vault, [(paper.id, serial) for serial in serials], key, lambda: now)
        dialog.hands = opened(dialog)
        return dialog

    return make


def fill(dialog, **texts):
    for name, text in texts.items():
        dialog.blocks[name].editor.set_text(text)


def state(vault, paper, serial):
    return confidential.get_paper(vault, paper.id).copies[serial].state


@pytest.mark.parametrize("key", STEPS)
def test_every_step_has_a_form_with_its_own_fields(show, registered, step, key):
    paper = registered(0, copy_serial="000101-000102")
    source = STEPS[key].sources[0]
    if source is State.READING:
        step(paper, "000101", "out", 1, holder="何文斌")
    if source is State.LENT:
        step(paper, "000101", "lend", 1, holder="何文斌", approver="孙志强", due_on="明天")
    dialog = show(paper, "000101", key=key)
    assert set(dialog.texts()) == {field.name for field in STEPS[key].form.fields}
    assert dialog.texts()["by"] == "赵保密"
    if STEPS[key].sources != (State.IN_HAND,):
        assert dialog.texts()["holder"] == "何文斌", "who holds it brings it back"


def test_a_leader_is_one_key_away(show, vault, registered):
    paper = registered(0, copy_serial="000101")
    dialog = show(paper, "000101", key="out")
    dialog.hands.press(KEY.Key_2, ALT)
    assert dialog.texts()["holder"] == "何文斌"
    dialog.hands.press(KEY.Key_S, CTRL)
    assert confidential.get_paper(vault, paper.id).copies["000101"].holder == "何文斌"
    assert not dialog.isVisible()


def test_a_mark_in_a_destruction_is_refused_and_the_fact_noted(show, registered, caplog):
    dialog = show(registered(0, copy_serial="000101"), "000101", key="destroy")
    fill(dialog, approver="孙志强", supervisor_1="何文斌", supervisor_2="王春燕", place="机密★10年青龙工程")
    dialog.save()
    assert dialog.blocks["place"].problem()
    assert "refused a text: custody_destroy.place, clerk: 赵保密" in caplog.text
    assert "青龙工程" not in caplog.text


def test_custodians_are_chips_where_there_are_two(show, vault, registered):
    vaults.set_password(vault, "钱机要", "Shan-2026xy")
    dialog = show(registered(0, copy_serial="000101"), "000101", key="out")
    next(one for one in dialog.findChildren(QPushButton) if one.text() == "钱机要").click()
    assert dialog.texts()["by"] == "钱机要"


def test_names_of_the_office_and_of_former_steps_are_proposed(qtbot, show, registered, step):
    paper = registered(0, copy_serial="000101-000102")
    step(paper, "000101", "out", 1, holder="周立新")
    dialog = show(paper, "000102", key="out")
    editor = dialog.blocks["holder"].editor
    dialog.hands.press(KEY.Key_Z)
    dialog.hands.press(KEY.Key_L)
    qtbot.waitUntil(lambda: editor.list is not None and editor.list.isVisible())
    assert [editor.list.item(at).text() for at in range(editor.list.count())] == ["周立新"]


def test_a_refusal_stands_beside_its_field_and_nothing_is_lost(show, vault, registered):
    paper = registered(0, copy_serial="000101")
    dialog = show(paper, "000101", key="lend")
    fill(dialog, holder="赵保密", approver="孙志强", due_on="2026-11-25")
    dialog.save()
    assert dialog.blocks["by"].problem() == "两处姓名不能是同一人：交接须有两个人。"
    fill(dialog, holder="林静", due_on="2026-11-01")
    dialog.save()
    assert dialog.blocks["due_on"].problem() == "应还日期早于借出日期，请核对。"
    assert dialog.texts()["holder"] == "林静"
    assert state(vault, paper, "000101") is State.IN_HAND


def test_all_copies_or_none(show, vault, registered, step):
    paper = registered(0, copy_serial="000101-000102")
    dialog = show(paper, "000101", "000102", key="out")
    step(paper, "000102", "out", 0.1, holder="何文斌")  # meanwhile
    fill(dialog, holder="孙志强")
    dialog.save()
    assert "不得横传" in dialog.trouble.words()
    assert state(vault, paper, "000101") is State.IN_HAND


def test_who_held_what_comes_back_together_is_left_to_each(show, vault, registered, step):
    paper = registered(0, copy_serial="000101-000102")
    step(paper, "000101", "out", 1, holder="何文斌")
    step(paper, "000102", "out", 1, holder="林静")
    dialog = show(paper, "000101", "000102", key="back")
    assert dialog.texts()["holder"] == ""
    dialog.save()
    holders = [one.values["holder"] for one in confidential.get_paper(vault, paper.id).steps if one.key == "back"]
    assert holders == ["何文斌", "林静"]


def test_copies_get_numbers_of_their_own(show, vault, registered):
    paper = registered(0, copy_serial="000101-000102")
    dialog = show(paper, "000101", key="copy")
    fill(dialog, approver="孙志强", copy_count="2", copy_serial="000101甲")
    dialog.save()
    assert dialog.blocks["copy_serial"].problem()
    fill(dialog, copy_serial="")
    dialog.save()
    assert list(confidential.get_paper(vault, paper.id).copies) == ["000101", "000102", "000101复1", "000101复2"]
    assert "copy_serial" not in show(paper, "000101", "000102", key="copy").texts()


def test_a_destruction_is_asked_for_twice_and_a_hasty_enter_goes_back(show, vault, registered):
    paper = registered(0, copy_serial="000101-000102")
    dialog = show(paper, "000101", "000102", key="destroy")
    assert "永久锁定" in "".join(one.words() for one in dialog.findChildren(type(dialog.sure)))
    dialog.hands.press(KEY.Key_S, CTRL)
    assert dialog.blocks["approver"].problem()
    assert not dialog.sure.isVisible()
    fill(dialog, approver="孙志强", supervisor_1="王春燕", supervisor_2="王春燕", place="县销毁中心")
    dialog.hands.press(KEY.Key_S, CTRL)
    assert dialog.blocks["supervisor_2"].problem() == "监销人须为两人，不能是同一人。"
    fill(dialog, supervisor_2="刘敏")
    dialog.hands.press(KEY.Key_S, CTRL)
    assert "确认销毁 2 份" in dialog.sure.words()
    dialog.hands.press(KEY.Key_Return)
    assert dialog.isVisible()
    assert not dialog.sure.isVisible()
    assert state(vault, paper, "000101") is State.IN_HAND
    dialog.hands.press(KEY.Key_S, CTRL)
    dialog.sure.buttons[1].click()
    assert [state(vault, paper, one) for one in ("000101", "000102")] == [State.DESTROYED] * 2
    assert not dialog.isVisible()


def test_a_changed_text_after_the_question_is_asked_anew(show, vault, registered):
    paper = registered(0, copy_serial="000101")
    dialog = show(paper, "000101", key="destroy")
    fill(dialog, approver="孙志强", supervisor_1="王春燕", supervisor_2="刘敏", place="县销毁中心")
    dialog.save()
    fill(dialog, supervisor_2="王春燕")
    assert not dialog.sure.isVisible()
    assert state(vault, paper, "000101") is State.IN_HAND


def test_what_was_put_right_is_not_said_to_be_wrong_any_more(show, registered):
    dialog = show(registered(0, copy_serial="000101"), "000101", key="out")
    fill(dialog, holder="赵保密")
    dialog.hands.press(KEY.Key_S, CTRL)
    assert dialog.blocks["by"].problem()
    fill(dialog, holder="何文斌", at="2099-01-01 9:00")
    dialog.hands.press(KEY.Key_S, CTRL)
    assert dialog.blocks["at"].problem()
    assert dialog.blocks["by"].problem() == ""
