# SPDX-License-Identifier: MulanPSL-2.0
"""启用: a password that will do, the code on paper, the code typed back; whoever leaves early is asked again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog

from tests.ui.confidential.lock.conftest import NAME, PASSWORD, every_word
from township_office.services.guarded import recovery
from township_office.services.guarded import vault as vaults
from township_office.ui.confidential import one_sheet
from township_office.ui.confidential.lock.code_dialogs import CodeDialog
from township_office.ui.confidential.lock.code_field import CodeField, CodeSheet
from township_office.ui.confidential.lock.setup_dialog import SetupDialog
from township_office.ui.printing.pages_dialog import UPRIGHT
from township_office.ui.printing.print_run import choose_printer, paper_of
from township_office.ui.tabs.confidential_tab import CHECK, NEW, NOTICE


@pytest.fixture
def dialog(qtbot, tab):
    tab.set_up()
    made = tab.findChild(SetupDialog)
    qtbot.waitExposed(made)
    return made


def fill(dialog, first, second):
    dialog.password.clear()
    dialog.password.first.setText(first)
    dialog.password.second.setText(second)
    dialog.do.click()


def make(qtbot, dialog, guard):
    dialog.name.line.setText(NAME)
    fill(dialog, PASSWORD, PASSWORD)
    qtbot.waitUntil(lambda: guard.vault is not None, timeout=5000)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [("kurz", "kurz", "请用8至200个字"), ("12345678", "12345678", "太容易猜到"), (PASSWORD, "Feng-2026xz", "不一样")],
)
def test_a_password_that_will_not_do_is_told_beside_its_field(dialog, office, first, second, why):
    fill(dialog, first, second)
    assert why in every_word(dialog)
    assert dialog.password.first.text() == first, "nothing typed is lost"
    assert not vaults.is_made(office)


def test_the_name_as_password_is_refused(dialog, office):
    dialog.name.line.setText("zhaobaomi-ab")
    fill(dialog, "zhaobaomi-ab", "zhaobaomi-ab")
    assert "太容易猜到" in every_word(dialog)


def test_a_name_nobody_can_have_is_refused(qtbot, dialog, office):
    dialog.name.line.setText("")
    fill(dialog, PASSWORD, PASSWORD)
    qtbot.waitUntil(lambda: dialog.do.isEnabled())
    assert dialog.said.text()
    assert not vaults.is_made(office)


def test_the_whole_way(qtbot, dialog, guard, tab):
    make(qtbot, dialog, guard)
    code = vaults.recovery_code(guard.vault)
    assert all(group in every_word(dialog) for group in code.split("-"))
    assert dialog.password.first.text() == dialog.password.second.text() == ""
    dialog.do.click()
    dialog.check.field.setText(code[:20])
    dialog.do.click()
    assert "现在有18位" in dialog.check.said.text()
    dialog.check.field.setText(code)
    dialog.do.click()
    assert not dialog.isVisible()
    assert recovery.checked_on(guard.vault) is not None
    assert tab._stage == NOTICE


def test_who_leaves_early_is_told_and_asked_at_the_next_opening(qtbot, dialog, guard, tab):
    make(qtbot, dialog, guard)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "还没有核对" in dialog.leaving.words()
    dialog.leaving.buttons[0].click()
    assert not dialog.isVisible()
    assert tab._stage == CHECK


def test_esc_before_it_is_made_leaves_everything_as_it_was(qtbot, dialog, office, tab):
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not vaults.is_made(office)
    assert tab._stage == NEW


def test_the_lock_takes_the_code_off_the_screen(qtbot, dialog, guard, tab):
    make(qtbot, dialog, guard)
    group = vaults.recovery_code(guard.vault).split("-")[0]
    guard.close()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: not tab.findChildren(QDialog))
    assert group not in every_word(tab)


def test_the_code_goes_to_a_printer_and_to_no_file(qtbot, dialog, guard, monkeypatch, tmp_path):
    make(qtbot, dialog, guard)
    asked = {}

    def choose(owner, title, orientation, pages, then, *, paper_only):
        asked.update(paper_only=paper_only, title=title)
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        then(printer)

    monkeypatch.setattr(one_sheet, "has_printer", lambda: True)
    monkeypatch.setattr(one_sheet, "choose_printer", choose)
    sheet = dialog.findChild(CodeSheet)
    sheet.button.click()
    qtbot.waitUntil(lambda: sheet.said.text() == "已全部送往打印机。", timeout=10_000)
    assert asked == {"paper_only": True, "title": "恢复码"}
    assert (tmp_path / "printed.pdf").stat().st_size > 1000


@pytest.mark.parametrize("paper_only", [True, False])
def test_what_must_stay_on_paper_is_not_offered_as_a_file(tab, paper_only):
    choose_printer(tab, "恢复码", paper_of(UPRIGHT), 1, lambda _: None, paper_only=paper_only)
    dialog = tab.findChild(QPrintDialog)
    assert dialog.testOption(QPrintDialog.PrintDialogOption.PrintToFile) is not paper_only
    dialog.close()


def test_without_a_printer_the_clerk_is_told_to_write(qtbot, dialog, guard, monkeypatch):
    make(qtbot, dialog, guard)
    monkeypatch.setattr(one_sheet, "has_printer", lambda: False)
    sheet = dialog.findChild(CodeSheet)
    sheet.button.click()
    qtbot.waitUntil(lambda: "工整抄写" in sheet.said.text(), timeout=10_000)


def test_the_code_is_shown_again_for_the_password_only(qtbot, vault, clock, now):
    dialog = CodeDialog(vault, clock, now)
    qtbot.addWidget(dialog)
    dialog.open()
    group = vaults.recovery_code(vault).split("-")[3]
    dialog.password.setText("not-the-one")
    dialog.prove()
    qtbot.waitUntil(lambda: "密码不对" in dialog.said.text(), timeout=5000)
    assert group not in every_word(dialog)
    dialog.password.setText(PASSWORD)
    dialog.prove()
    assert dialog.password.text() == ""
    qtbot.waitUntil(lambda: dialog.sheet is not None, timeout=5000)
    assert group in every_word(dialog)


def test_who_came_in_with_the_code_sees_it_at_once(qtbot, vault, clock, now):
    vault.is_by_code = True
    dialog = CodeDialog(vault, clock, now)
    qtbot.addWidget(dialog)
    assert dialog.sheet is not None


def test_digits_fall_into_groups_as_they_are_typed(qtbot):
    field = CodeField()
    qtbot.addWidget(field)
    QApplication.clipboard().setText("1234567-８9 01x")
    field.paste()
    qtbot.keyClicks(field, "x2345")
    assert field.text() == "123456 789012 345"
    field.setCursorPosition(3)
    qtbot.keyClicks(field, "0")
    assert field.text() == "123045 678901 2345"
    assert field.cursorPosition() == 4
    qtbot.keyClicks(field, "9" * 60)
    assert len(field.text().replace(" ", "")) == 48
