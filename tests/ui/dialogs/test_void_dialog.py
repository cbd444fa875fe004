# SPDX-License-Identifier: MulanPSL-2.0
"""作废 asks why, says what follows, and does it once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.registers import DOCUMENTS
from township_office.registers.archive.care import CLIMATE_LOG
from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, records
from township_office.ui.dialogs.void_dialog import VoidDialog


@pytest.fixture
def dialog_on(qtbot, office_with_rows, clock):
    def show(register, row):
        dialog = VoidDialog(office_with_rows, register, row, clock)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.open()
            dialog.activateWindow()
        return dialog

    return show


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_a_row_is_voided_by_keyboard_with_its_reason(qtbot, office_with_rows, today, dialog_on, register):
    row_id = browsing.row_ids(office_with_rows, register, browsing.View(), today)[0]
    dialog = dialog_on(register, records.get(office_with_rows, register, row_id))
    dialog.reason.insert("来文撤回")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert dialog.isVisible()  # Enter only leads to the button
    with qtbot.waitSignal(dialog.voided) as caught:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert caught.args == [row_id]
    row = records.get(office_with_rows, register, row_id)
    assert (row["voided_on"], row["void_reason"], row["voided_by"]) == (today, "来文撤回", "王春燕")
    assert not dialog.isVisible()


def test_without_a_reason_nothing_can_be_pressed(qtbot, office_with_rows, dialog_on):
    row = records.by_number(office_with_rows, RECEIPT, "2026-0008")
    dialog = dialog_on(RECEIPT, row)
    assert not dialog._do.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog.void()
    assert dialog.isVisible()
    assert records.get(office_with_rows, RECEIPT, row["id"])["voided_on"] is None
    dialog.reason.setText("　 ")
    assert not dialog._do.isEnabled()


def test_it_says_that_the_number_stays(office_with_rows, dialog_on):
    dialog = dialog_on(RECEIPT, records.by_number(office_with_rows, RECEIPT, "2026-0008"))
    words = [label.text() for label in dialog.findChildren(object) if hasattr(label, "text") and callable(label.text)]
    assert t("form.void_effect", keeps=t("form.void_number", number="2026-0008")) in words
    assert any("森林草原" in text or "党员信息" in text or "部门预算" in text for text in words)


def test_a_reason_given_once_is_offered_next_time(qtbot, office_with_rows, dialog_on):
    first = dialog_on(RECEIPT, records.by_number(office_with_rows, RECEIPT, "2026-0008"))
    first.reason.setText("县里通知收回重发")
    first.void()
    second = dialog_on(RECEIPT, records.by_number(office_with_rows, RECEIPT, "2026-0009"))
    chips = [button for button in second.findChildren(QPushButton) if button.objectName() == "chip"]
    assert chips[0].text() == "县里通知收回重发"
    qtbot.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    assert second.reason.text() == "县里通知收回重发"
    assert second._do.hasFocus()


def test_a_void_row_is_refused_in_words(office_with_rows, dialog_on):
    dialog = dialog_on(RECEIPT, records.by_number(office_with_rows, RECEIPT, "2026-0005"))
    dialog.reason.setText("重复登记")
    dialog.void()
    assert dialog.isVisible()
    assert dialog.problem() == t("error.is_void", number="2026-0005")


def test_a_full_disk_keeps_the_reason(office_with_rows, dialog_on, monkeypatch):
    dialog = dialog_on(RECEIPT, records.by_number(office_with_rows, RECEIPT, "2026-0008"))
    dialog.reason.setText("重复登记")

    def refuse(*_args):
        raise OfficeError("error.disk_full")

    monkeypatch.setattr(records, "void", refuse)
    dialog.void()
    assert dialog.problem() == t("error.disk_full")
    assert dialog.reason.text() == "重复登记"


def test_a_row_without_a_title_says_what_else_it_is_known_by(office_with_rows, today, dialog_on):
    noted = {"measured_on": "今天", "temperature": "18.5", "humidity": "70"}
    dialog = dialog_on(CLIMATE_LOG, records.register_document(office_with_rows, CLIMATE_LOG, noted, today))
    assert "温度（℃） 18.5　湿度（%） 70" in [one.text() for one in dialog.findChildren(QLabel)]
    assert "来文撤回" not in [one.text() for one in dialog.findChildren(QPushButton)], "nobody sent it"
