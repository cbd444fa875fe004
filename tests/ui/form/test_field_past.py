# SPDX-License-Identifier: MulanPSL-2.0
"""What a field said before stands below it; a paper that is done with asks for the reason first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from township_office.registers.receipt import RECEIPT
from township_office.services import records, steps
from township_office.ui.form.field_past import PastLine, PastSheet
from township_office.ui.widgets import Banner

DRAFT = {"received_on": "今天", "sender": "青山县水务局", "title": "关于水库巡查的通知", "handler": "刘敏"}


@pytest.fixture
def changed(office, today):
    row = records.register_document(office, RECEIPT, DRAFT, today)
    records.correct(office, RECEIPT, row["id"], {"handler": "李向东", "lead_dept": "应急办"}, today, "换人")
    office.clerk = "李文静"
    return records.correct(office, RECEIPT, row["id"], {"handler": "陈海"}, today)


def line(dialog, name: str) -> PastLine | None:
    return dialog.sheet.blocks[name].findChild(PastLine)


def test_each_field_says_what_it_said_before(form, changed):
    dialog = form(RECEIPT, changed)
    words = line(dialog, "handler").words.full_text()
    assert words.startswith("原为 李向东，李文静 ")
    assert line(dialog, "handler").words.isVisible()
    dialog.sheet.blocks["handler"].editor.inner.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "x")
    assert line(dialog, "handler").link.isVisible(), "also while it is typed in"
    assert words.endswith(" 改（修改）")
    assert line(dialog, "lead_dept").words.full_text().startswith("王春燕 ")
    assert line(dialog, "lead_dept").words.full_text().endswith(" 填（换人）")
    assert line(dialog, "title") is None
    assert not hasattr(line(dialog, "lead_dept"), "link"), "one change is told in full already"


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_all_changes_of_a_field_by_key(qtbot, form, changed):
    dialog = form(RECEIPT, changed)
    link = line(dialog, "handler").link
    assert link.text() == "共 2 次"
    assert link.focusPolicy() & Qt.FocusPolicy.TabFocus
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Return)
    sheet = QApplication.activePopupWidget()
    assert isinstance(sheet, PastSheet)
    words = [label.text() for label in sheet.findChildren(QLabel)]
    assert words[0] == "承办人的变更"
    assert [word for word in words if "→" in word] == ["李向东 → 陈海", "刘敏 → 李向东"]
    assert "换人" in words
    assert QApplication.primaryScreen().availableGeometry().contains(sheet.geometry())
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert dialog.isVisible(), "Esc put the sheet away, not the form"


def test_a_new_form_has_no_past(form):
    assert form(RECEIPT).findChildren(PastLine) == []


class TestDone:
    @pytest.fixture
    def done(self, office, changed, today):
        return steps.take_step(office, RECEIPT, changed["id"], "finish", {"completed_on": "今天"}, today)

    def test_the_reason_comes_first(self, form, done):
        sheet = form(RECEIPT, done).sheet
        assert sheet._in_sight()[0] is sheet.why
        tops = {name: block.mapTo(sheet, block.rect().topLeft()).y() for name, block in sheet.blocks.items()}
        assert sheet.why.mapTo(sheet, sheet.why.rect().topLeft()).y() < min(tops["received_on"], tops["title"])
        assert "已办结" in sheet.why.below()
        assert not sheet.why.editor.inner.hasFocus(), "what is corrected is typed first"

    def test_without_it_the_refusal_stands_there(self, qtbot, office, form, done):
        dialog = form(RECEIPT, done)
        dialog.sheet.blocks["handler"].editor.set_text("刘敏")
        dialog.save()
        assert dialog.isVisible()
        assert "请写明原因" in dialog.sheet.why.problem()
        assert dialog.sheet.why.editor.inner.hasFocus()
        assert [strip for strip in dialog.findChildren(Banner) if strip.isVisible()] == []
        assert records.get(office, RECEIPT, done["id"])["handler"] == "陈海"
        dialog.sheet.why.editor.set_text("登记时看错")
        assert dialog.sheet.why.problem() == ""
        with qtbot.waitSignal(dialog.saved):
            dialog.save()
        assert records.history(office, RECEIPT, done["id"])[-1].why == "登记时看错"

    def test_what_was_empty_is_filled_in_without(self, qtbot, office, form, done):
        dialog = form(RECEIPT, done)
        dialog.sheet.blocks["remarks"].editor.set_text("补记")
        with qtbot.waitSignal(dialog.saved):
            dialog.save()
        assert records.get(office, RECEIPT, done["id"])["remarks"] == "补记"

    def test_what_is_at_work_asks_last(self, form, changed):
        sheet = form(RECEIPT, changed).sheet
        assert sheet._in_sight()[-1] is sheet.why
        assert sheet.why.below() == ""
