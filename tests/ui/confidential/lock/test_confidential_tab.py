# SPDX-License-Identifier: MulanPSL-2.0
"""The tab is closed until a custodian opens it, and leaves nothing readable when it closes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from tests.ui.confidential.lock.conftest import NAME, PASSWORD, every_word
from township_office.core.errors import OfficeError
from township_office.services.guarded import confidential, daily_notice, recovery
from township_office.services.guarded import vault as vaults
from township_office.ui.confidential.lock.code_field import CodeCheck
from township_office.ui.confidential.lock.lock_page import LockPage
from township_office.ui.confidential.lock.open_page import OpenPage
from township_office.ui.tabs.confidential_tab import CHECK, LOCKED, NEW, NOTICE, OPEN, ConfidentialTab

NOTICE_WORDS = (
    "本机为非涉密计算机。禁止录入、存储、扫描、拍摄国家秘密内容；仅登记纸质载体去向。"
    "发现误录立即断网停用并24小时内报告保密行政管理部门。"
)


def press(page, words):
    next(button for button in page.findChildren(QPushButton) if button.text().startswith(words)).click()


def refused(qtbot, page, text):
    """Give a password that does not open; the page stays and says why."""
    type_in(qtbot, page, text)
    qtbot.waitUntil(lambda: page.said.text() != "正在核对…", timeout=5000)


def type_in(qtbot, page, text):
    qtbot.keyClicks(page.password, text)
    qtbot.keyClick(page.password, Qt.Key.Key_Return)


def test_not_set_up_it_says_what_it_is_for(tab):
    assert tab._stage == NEW
    assert NOTICE_WORDS in every_word(tab)
    assert "涉密登记还没有启用" in tab.status_words()
    tab.on_vault_lock()
    tab.on_vault_settings()
    assert tab._stage == NEW


def test_a_custodian_opens_it_with_the_password(qtbot, office, code, tab, guard):
    page = tab.page
    assert isinstance(page, LockPage)
    assert page.names.checkedButton().text() == NAME
    refused(qtbot, page, "not-the-one")
    assert page.said.text() == "密码不对，请核对后再输。"
    assert page.password.text() == ""
    assert guard.vault is None
    type_in(qtbot, page, PASSWORD)
    qtbot.waitUntil(lambda: guard.vault is not None)
    assert guard.vault.office is office
    assert tab._stage == CHECK, "its recovery code was never typed back"
    assert f"保密员 {NAME} 已解锁" in tab.status_words()


def test_the_way_from_the_code_to_the_book(qtbot, code, tab, guard, today):
    refused(qtbot, tab.page, "not-the-one")
    type_in(qtbot, tab.page, PASSWORD)
    qtbot.waitUntil(lambda: tab._stage == CHECK)
    check = tab.page.findChild(CodeCheck)
    check.field.setText("000011 " * 8)
    check.check()
    assert "不是本登记簿的恢复码" in check.said.text()
    assert tab._stage == CHECK
    check.field.setText(code)
    check.check()
    assert tab._stage == NOTICE
    assert NOTICE_WORDS in every_word(tab.page)
    press(tab.page, "已阅知")
    assert tab._stage == OPEN
    assert daily_notice.is_acknowledged(guard.vault, today)
    assert NOTICE_WORDS in every_word(tab.page)
    assert tab.page.failures.words().startswith("此前有1次密码错误")
    press(tab.page.failures, "知道了")
    assert tab.page.failures.isHidden()


def test_the_recovery_code_opens_too_and_was_thereby_checked(qtbot, code, tab, guard):
    page = tab.page
    page.other.click()
    assert page.code.isVisible()
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    for character in wrong:
        qtbot.keyClicks(page.code, character)
    qtbot.keyClick(page.code, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "第8组" in page.said.text())
    assert page.code.text().replace(" ", "") == wrong.replace("-", ""), "what was typed can be put right"
    qtbot.keyClick(page.code, Qt.Key.Key_Backspace)
    qtbot.keyClicks(page.code, code[-1])
    qtbot.keyClick(page.code, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: guard.vault is not None)
    assert guard.vault.is_by_code
    assert recovery.checked_on(guard.vault) is not None
    assert tab._stage == NOTICE


def test_opened_by_code_on_a_full_disk_it_is_open_and_says_so(office, code, tab, guard, asker, monkeypatch):
    def fail(*_: object) -> None:
        raise OfficeError("error.disk_full")

    monkeypatch.setattr(recovery, "check", fail)
    guard.open(vaults.unlock_with_code(office, code, NAME))
    assert asker.reported == [str(OfficeError("error.disk_full"))]
    assert tab._stage == CHECK


def test_waiting_is_told_and_counted_down(qtbot, office, code, tab, now):
    for _ in range(3):
        with pytest.raises(OfficeError, match="密码不对"):
            vaults.unlock(office, "wrong-wrong", NAME, now())
    page = tab.page
    refused(qtbot, page, PASSWORD)
    assert page.said.text() == f"密码错了多次，请{page._left}秒后再试。"
    assert 1 <= page._left <= 5
    assert not page.do.isEnabled()
    page._left = 2
    page._count_down()
    assert page.said.text() == "密码错了多次，请1秒后再试。"
    page._count_down()
    assert page.do.isEnabled()
    assert page.said.text() == ""


def test_a_planted_paper_is_nowhere_on_the_screen_once_it_locks(qtbot, tab, guard, vault, today):
    planted = {"received_on": today.isoformat(), "secrecy_level": "机密", "secrecy_period": "10年", "cabinet_no": "丁9",
               "copy_serial": "000777", "source_class": "县"}  # fmt: skip
    confidential.register_paper(vault, planted, today)
    guard.open(vault)
    book = tab.page.book
    qtbot.waitUntil(lambda: "000777" in every_word(book.pane) or book.list.table.model().rowCount() == 1)
    assert book.list.table.model().rowCount() == 1
    table = book.list.table
    guard.close()
    assert table.model().rowCount() == 0
    said = every_word(tab.window())
    assert not any(word in said for word in ("000777", "丁9", "涉2026-001"))


def test_what_is_written_in_the_book_is_told_to_everybody(qtbot, tab, guard, vault):
    guard.open(vault)
    with qtbot.waitSignal(guard.changed):
        tab.page.book.changed.emit()


def test_locking_throws_the_page_away(qtbot, tab, guard, vault):
    guard.open(vault)
    page = tab.page
    assert isinstance(page, OpenPage)
    tab.on_vault_lock()
    assert guard.vault is None
    assert not vault.is_open
    assert tab._stage == LOCKED
    assert page.parent() is None
    assert page not in tab.findChildren(OpenPage)
    assert "涉密登记已锁定" in tab.status_words()


def test_it_opens_and_locks_again_and_again(qtbot, office, tab, guard, vault, code):
    for _ in range(3):
        guard.open(vault if vault.is_open else vaults.unlock_with_code(office, code, NAME))
        assert tab._stage == OPEN
        page = tab.page
        with qtbot.waitSignal(page.destroyed):
            press(page, "锁定")
        assert tab._stage == LOCKED


def test_findings_are_named_and_the_book_is_only_looked_at(tab, guard, vault, today):
    vault.findings = (
        "第7号密封记录被改动、挪动过或不属于这里，打不开。",
        "第9号密封记录涉2026-002被换回旧的内容或被删去。",
    )
    guard.open(vault)
    said = every_word(tab.page)
    assert all(finding in said for finding in vault.findings)
    assert "不能再登记" in said


def test_another_day_the_notice_comes_again(office, guard, vault, asker, today, put_away, dressed):
    days = [today]
    tab = ConfidentialTab(office, guard, lambda: days[0], asker)
    guard.open(vault)
    assert tab._stage == OPEN
    assert guard.shown_vault is vault
    days[0] = today + timedelta(days=1)
    tab.refresh()
    assert tab._stage == NOTICE
    assert guard.shown_vault is None
    put_away(tab)


def test_a_read_only_file_can_be_looked_at(guard, vault, office, tab):
    office.is_readonly = True
    guard.open(vault)
    assert tab._stage == OPEN


def test_no_field_of_the_tab_takes_what_is_dropped_on_it(tab, guard, vault):
    guard.open(vault)
    guard.close()
    assert all(field.echoMode() == QLineEdit.EchoMode.Password or field is tab.page.code
               for field in tab.findChildren(QLineEdit))  # fmt: skip
