# SPDX-License-Identifier: MulanPSL-2.0
"""保密设置: custodians come and go, the mode is signed off, the hours are the office's."""

from __future__ import annotations

import pytest

from tests.ui.confidential.lock.conftest import NAME, PASSWORD, every_word
from township_office.services import settings
from township_office.services.guarded import confidential
from township_office.services.guarded import vault as vaults
from township_office.ui.confidential.lock.code_dialogs import CheckDialog
from township_office.ui.confidential.lock.password_dialog import PasswordDialog
from township_office.ui.confidential.lock.secrecy_dialog import SecrecyDialog

OTHER = "Shan-2026xy"


@pytest.fixture
def dialog(qtbot, vault, clock, now, asker):
    made = SecrecyDialog(vault, clock, now, asker)
    qtbot.addWidget(made)
    made.open()
    return made


def new_password(qtbot, dialog, name, password, old=""):
    form = PasswordDialog(dialog.custodians._vault, name, dialog.custodians._now, dialog)
    form.open()
    form.name.line.setText("钱机要")
    form.old.setText(old)
    form.password.first.setText(password)
    form.password.second.setText(password)
    form.save()
    qtbot.waitUntil(lambda: form.do.isEnabled() or form.result() == 1, timeout=5000)
    return form


def test_a_second_custodian_gets_a_password(qtbot, office, dialog):
    assert new_password(qtbot, dialog, "", OTHER).result() == 1
    assert vaults.custodians(office) == [NAME, "钱机要"]
    assert vaults.unlock(office, OTHER, "钱机要").custodian == "钱机要"
    again = new_password(qtbot, dialog, "", OTHER)
    assert "已经是保密员" in again.said.text()
    again.close()
    assert (again.password.first.text(), again.old.text()) == ("", "")


def test_ones_own_password_is_changed_with_the_present_one(qtbot, office, dialog):
    assert "请先输入现在的密码" in new_password(qtbot, dialog, NAME, OTHER).said.text()
    assert "密码不对" in new_password(qtbot, dialog, NAME, OTHER, old="not-the-one").said.text()
    assert new_password(qtbot, dialog, NAME, OTHER, old=PASSWORD).result() == 1
    assert vaults.unlock(office, OTHER, NAME).custodian == NAME


def test_the_code_gives_who_forgot_it_another_password(qtbot, office, vault, dialog):
    vault.is_by_code = True
    assert new_password(qtbot, dialog, NAME, OTHER).result() == 1
    assert vaults.unlock(office, OTHER, NAME).custodian == NAME


def test_the_last_custodian_cannot_go(office, dialog, asker):
    dialog.custodians._on_remove(NAME)
    assert "不能再打开涉密登记" in asker.confirmed[0]
    assert "最后一名保密员" in dialog.custodians.said.text()
    assert vaults.custodians(office) == [NAME]


def test_who_leaves_the_post_is_removed(qtbot, office, vault, dialog):
    vaults.set_password(vault, "钱机要", OTHER)
    with qtbot.waitSignal(dialog.changed):
        dialog.custodians.remove(NAME)
    assert vaults.custodians(office) == ["钱机要"]
    assert "已移除" in dialog.custodians.said.text()


def test_relaxed_wants_who_signed_it_off_and_when(qtbot, vault, dialog):
    page = dialog.mode
    assert "现在是严格模式" in page.state.text()
    page.by.setText("县保密局 张某某")
    page.turn()
    assert "确认日期" in page.said.text()
    assert page.by.text() == "县保密局 张某某", "nothing typed is lost"
    page.on.setText("2026-3-12")
    with qtbot.waitSignal(dialog.changed):
        page.turn()
    assert confidential.mode(vault) == confidential.Mode(
        is_strict=False, signed_off_by="县保密局 张某某", signed_off_on="2026-03-12"
    )
    assert "由县保密局 张某某于2026-03-12确认" in page.state.text()
    assert page._form.isHidden()
    page.turn()
    assert confidential.mode(vault).is_strict


def test_hours_are_kept_or_refused_in_words(office, dialog):
    page = dialog.hours
    page.hour.setText("25:00")
    page.save()
    assert page.said.text()
    assert settings.get_setting(office, "confidential.return_hour") == "17:30"
    page.hour.setText("9：00")
    page.idle.setValue(3)
    page.save()
    assert settings.get_setting(office, "confidential.return_hour") == "09:00"
    assert settings.get_setting(office, "confidential.idle_minutes") == "3"
    assert page.idle.maximum() == 5


def test_the_code_in_the_safe_is_checked_again(qtbot, code, dialog):
    assert dialog.code.last.text() == "上次核对：2026-11-20"
    dialog.code._on_check()
    check = dialog.findChild(CheckDialog)
    check.check.field.setText(code)
    check.check.check()
    assert not check.isVisible()
    assert "恢复码正确" in dialog.code.said.text()


def test_the_tab_opens_it_and_takes_the_minutes_over(tab, guard, vault):
    guard.open(vault)
    tab.on_vault_settings()
    dialog = tab.findChild(SecrecyDialog)
    dialog.hours.idle.setValue(2)
    dialog.hours.save()
    assert tab.idle._limit == 120
    assert "涉2026" not in every_word(dialog)
    guard.close()
    assert not dialog.isVisible()
