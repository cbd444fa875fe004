# SPDX-License-Identifier: MulanPSL-2.0
"""分发: units by the dozen, by name or by group; who signed; a wrong line out again."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from tests.ui.conftest import dispatch_draft
from tests.ui.life.hands import CTRL, KEY
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION
from township_office.services import children, records
from township_office.ui.life.distribute_dialog import DistributeDialog


@pytest.fixture
def dispatch(office, today):
    return records.register_document(office, DISPATCH, dict(dispatch_draft(0, today)) | {"copy_count": "4"}, today)


@pytest.fixture
def dialog(office, dispatch, clock):
    return DistributeDialog(office, dispatch, clock)


@pytest.fixture
def lines(office, dispatch):
    return lambda: [
        (row["unit"], row["copy_count"], row["receiver"])
        for row in children.children(office, DISTRIBUTION, dispatch["id"])
    ]


def test_typed_refused_corrected_added(dialog, opened, lines):
    hands = opened(dialog)
    hands.press(KEY.Key_Return)
    assert dialog.units.problem() == "请填写单位。"
    hands.type("张家村、李家村")
    hands.tab_to(dialog.copies.editor.inner)
    hands.fill("几份")
    hands.press(KEY.Key_Return)
    assert dialog.copies.problem()
    assert dialog.units.editor.text() == "张家村、李家村"
    assert lines() == []
    hands.fill("2")
    hands.press(KEY.Key_Return)
    assert lines() == [("张家村", 2, None), ("李家村", 2, None)]
    assert dialog.units.editor.text() == ""
    assert dialog.units.editor.inner.hasFocus()
    assert dialog.sum.text() == "2 个单位，共 4 份，已签收 0"


def test_a_group_brings_all_its_units(dialog, opened, lines):
    hands = opened(dialog)
    group = next(found for found in dialog.findChildren(QPushButton) if found.text() == "各村（3）")
    hands.tab_to(group)
    hands.press(KEY.Key_Return)
    assert dialog.units.editor.text() == "张家村、李家村、石桥村"
    hands.press(KEY.Key_Return)
    assert [unit for unit, _, _ in lines()] == ["张家村", "李家村", "石桥村"]


def test_more_copies_than_were_printed_are_said(dialog, opened):
    hands = opened(dialog)
    hands.type("一、二、三、四、五")
    hands.press(KEY.Key_Return)
    assert "多出 1 份" in dialog.sum.text()


def test_chosen_units_sign_at_once(dialog, opened, lines):
    hands = opened(dialog)
    hands.type("张家村、李家村")
    hands.press(KEY.Key_Return)
    dialog.sign()
    assert "先在上面选中" in dialog.trouble.words()
    hands.tab_to(dialog.table)
    hands.press(KEY.Key_A, CTRL)
    hands.tab_to(dialog.receiver.editor.inner)
    hands.type("张大山")
    hands.press(KEY.Key_Return)
    assert lines() == [("张家村", 1, "张大山"), ("李家村", 1, "张大山")]
    assert dialog.sum.text() == "2 个单位，共 2 份，已签收 2"


def test_a_wrong_line_goes_with_its_reason_and_closing_says_that_something_was_written(qtbot, dialog, opened, lines):
    hands = opened(dialog)
    hands.type("张家村、李家村")
    hands.press(KEY.Key_Return)
    hands.tab_to(dialog.table)
    dialog.table.selectRow(0)
    hands.press(KEY.Key_Delete)
    hands.type("不发这家")
    hands.press(KEY.Key_S, CTRL)
    assert [unit for unit, _, _ in lines()] == ["李家村"]
    with qtbot.waitSignal(dialog.written):
        hands.press(KEY.Key_Escape)
    assert not dialog.isVisible()


def test_the_keys_of_the_table_work_nowhere_else(dialog, opened):
    hands = opened(dialog)
    hands.type("张家村")
    hands.press(KEY.Key_Return)
    hands.tab_to(dialog.table)
    dialog.table.selectRow(0)
    hands.press(KEY.Key_Tab)
    hands.press(KEY.Key_F2)
    assert hands.dialog() is dialog


def test_a_line_is_corrected_from_the_table(dialog, opened, lines):
    hands = opened(dialog)
    hands.type("张家村")
    hands.press(KEY.Key_Return)
    hands.tab_to(dialog.table)
    dialog.table.selectRow(0)
    hands.press(KEY.Key_F2)
    form = hands.dialog()
    hands.tab_to(form.blocks["copy_count"].editor.inner)
    hands.fill("3")
    hands.tab_to(form.blocks["why"].editor.inner)
    hands.type("多要两份")
    hands.press(KEY.Key_S, CTRL)
    assert lines() == [("张家村", 3, None)]
    assert dialog.table.item(0, 1).text() == "3"


def test_units_not_yet_on_the_list_are_not_lost_by_closing(dialog, opened, lines):
    hands = opened(dialog)
    hands.type("张家村、李家村")
    dialog.reject()
    assert dialog.isVisible()
    assert "还没有保存" in dialog.leaving.words()
    hands.press(KEY.Key_Return)
    assert not dialog.isVisible()
    assert [unit for unit, _, _ in lines()] == ["张家村", "李家村"]


def test_a_receiver_without_a_line_is_asked_for_and_can_be_dropped(dialog, opened, lines):
    hands = opened(dialog)
    hands.type("张家村")
    hands.press(KEY.Key_Return)
    hands.tab_to(dialog.receiver.editor.inner)
    hands.type("张大山")
    dialog.reject()
    dialog.leaving.buttons[0].click()
    assert dialog.isVisible()
    assert "先在上面选中" in dialog.trouble.words()
    dialog.reject()
    dialog.leaving.buttons[1].click()
    assert not dialog.isVisible()
    assert lines() == [("张家村", 1, None)]
