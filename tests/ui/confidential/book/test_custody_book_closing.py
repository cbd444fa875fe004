# SPDX-License-Identifier: MulanPSL-2.0
"""What stands over the custody book, and that nothing of it can be read when the vault closes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from tests.ui.confidential.book.reading import choose, pills, said, top
from township_office.services.guarded import custody
from township_office.services.guarded.custody_printing import SHEETS
from township_office.ui.confidential.book.paper_dialog import PaperDialog
from township_office.ui.confidential.book.paper_past_dialog import PaperPastDialog
from township_office.ui.confidential.checks.clearance_dialog import ClearanceDialog
from township_office.ui.confidential.checks.custody_print_dialog import CustodyPrintDialog
from township_office.ui.confidential.checks.day_check_dialog import DayCheckDialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_history_tells_steps_and_what_was_taken_back(book, vault, papers, now):
    custody.take_back_step(vault, papers["cleared"].id, "000201", "步骤记错", now)
    book.refresh()
    choose(book, "000201")
    QTest.keyClick(book.list.table, Qt.Key.Key_H, CTRL)
    dialog = top(PaperPastDialog)
    words = "\n".join(one.text() for one in dialog.findChildren(QLabel))
    for part in ("登记", "清退", "更正清退", "步骤记错", "清2026-07", "张敏", "000201", "赵保密"):
        assert part in words


def test_nothing_can_be_read_after_forgetting(book, papers, qtbot):
    book.search.setText("00")
    choose(book, "000303")
    QTest.keyClick(book.list.table, Qt.Key.Key_N, CTRL)
    top(PaperDialog).fill({"cabinet_no": "丙99"})
    dialog = top(PaperDialog)
    planted = ("林静", "000303", "涉2026", "甲1", "2026 年", "第3册")
    assert all(word in said(book) for word in planted)
    with qtbot.waitSignal(dialog.finished):
        book.forget()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert QApplication.activeModalWidget() is None
    assert book.list.model.rowCount() == 0
    words = said(book)
    assert [word for word in (*planted, "孙志强", "00") if word in words] == []
    book.search.undo()
    assert book.search.text() == ""


def test_half_typed_words_can_be_sealed_before_the_form_goes(book):
    QTest.keyClick(book.list.table, Qt.Key.Key_N, CTRL)
    dialog = top(PaperDialog)
    assert (dialog.draft_name, dialog.half_typed()) == ("paper", {})
    dialog.fill({"cabinet_no": "丙99"})
    assert dialog.half_typed()["cabinet_no"] == "丙99"


@pytest.mark.parametrize(
    ("key", "modifier", "kind"),
    [(Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier, DayCheckDialog), (Qt.Key.Key_U, CTRL | SHIFT, ClearanceDialog)],
)
def test_the_checks_open_over_the_book_and_close_with_it(book, key, modifier, kind):
    choose(book, "000101")
    QTest.keyClick(book.list.table, key, modifier)
    assert isinstance(top(kind), kind)
    book.forget()
    assert QApplication.activeModalWidget() is None


def test_the_sheets_are_a_menu_and_a_key(qtbot, book):
    button = next(one for one in book.findChildren(QPushButton) if one.text() == "打印 ▾")
    button.menu().aboutToShow.emit()
    assert [one.text() for one in button.menu().actions()] == [sheet.title for sheet in SHEETS.values()]
    choose(book, "000101", "000103")
    button.menu().actions()[1].trigger()
    dialog = top(CustodyPrintDialog)
    qtbot.waitUntil(lambda: dialog._making is None, timeout=20_000)
    assert dialog.options.key() == list(SHEETS)[1]
    dialog.done(0)
    choose(book, "000101")
    QTest.keyClick(book.list.table, Qt.Key.Key_P, CTRL)
    dialog = top(CustodyPrintDialog)
    qtbot.waitUntil(lambda: dialog._making is None, timeout=20_000)
    book.forget()
    assert QApplication.activeModalWidget() is None


def test_what_a_list_has_cleared_is_seen_at_once(qtbot, book, vault, papers, now):
    choose(book, "000101")
    QTest.keyClick(book.list.table, Qt.Key.Key_U, CTRL | SHIFT)
    custody.take_step(vault, papers["three"].id, ["000101"], "clear", {"list_no": "清9", "holder": "张敏"}, now)
    with qtbot.waitSignal(book.changed):
        top(ClearanceDialog).changed.emit()
    assert pills(book)["000101"][0] == "已清退"
    top(ClearanceDialog).done(0)


def test_dialogs_of_the_book_close_with_it(book):
    for key in (Qt.Key.Key_N, Qt.Key.Key_H):
        choose(book, "000101")
        QTest.keyClick(book.list.table, key, CTRL)
        assert isinstance(QApplication.activeModalWidget(), QDialog)
        book.forget()
        assert QApplication.activeModalWidget() is None
        book.refresh()
