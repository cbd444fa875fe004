# SPDX-License-Identifier: MulanPSL-2.0
"""Nobody there: it locks; half-typed words are sealed first, and no dialog of the register stays open."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from tests.ui.confidential.lock.conftest import NAME, every_word
from township_office.services.guarded import drafts
from township_office.services.guarded import vault as vaults
from township_office.ui.confidential.book import paper_dialog as forms
from township_office.ui.confidential.lock import idle_lock
from township_office.ui.confidential.lock.hand_in import close_dialogs
from township_office.ui.confidential.lock.mishap_dialog import MishapDialog
from township_office.ui.messages import Box


class Clocks:
    """Both clocks, moved by hand."""

    def __init__(self) -> None:
        self.wall, self.steady = 1_000_000.0, 500.0

    def time(self) -> float:
        return self.wall

    def monotonic(self) -> float:
        return self.steady

    def go_on(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds


@pytest.fixture
def clocks(monkeypatch):
    made = Clocks()
    monkeypatch.setattr(idle_lock, "time", made)
    return made


class PaperDialog(QDialog):
    """As the form of a paper is: half-typed, named, and in the room of the register."""

    def __init__(self, parent, **texts):
        super().__init__(parent)
        self.draft_name = "paper"
        self.line = QLineEdit(texts.get("cabinet_no", ""), self)
        self._texts = texts

    def half_typed(self):
        return self._texts

    def reject(self):
        raise AssertionError("locking asks nobody")


PaperDialog.__module__ = "township_office.ui.confidential.book.paper_dialog"


def opened(dialog, qtbot):
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def test_it_locks_after_the_offices_minutes_never_after_more_than_five(tab, guard, vault, clocks):
    guard.open(vault)
    tab.idle.set_minutes(99)
    clocks.go_on(299)
    tab.idle.look()
    assert guard.vault is vault
    clocks.go_on(1)
    tab.idle.look()
    assert guard.vault is None


def test_the_last_seconds_are_counted_down_until_somebody_comes(qtbot, tab, guard, vault, clocks):
    guard.open(vault)
    tab.idle.set_minutes(1)
    clocks.go_on(29)
    tab.idle.look()
    assert tab.page.count.text() == ""
    clocks.go_on(3)
    tab.idle.look()
    assert tab.page.count.text() == "28秒后自动锁定"
    qtbot.keyClick(tab, Qt.Key.Key_Shift)
    assert tab.page.count.text() == ""
    clocks.go_on(29)
    tab.idle.look()
    assert guard.vault is vault
    assert tab.page.count.text() == ""


def test_a_pc_that_slept_is_locked_by_the_key_that_wakes_it(qtbot, tab, guard, vault, clocks):
    guard.open(vault)
    clocks.wall += 3600  # asleep: only the wall clock went on
    qtbot.keyClick(tab, Qt.Key.Key_A)
    assert guard.vault is None


def test_a_clock_set_back_keeps_nothing_open(tab, guard, vault, clocks):
    guard.open(vault)
    clocks.wall -= 86_400
    clocks.steady += 301
    tab.idle.look()
    assert guard.vault is None


def test_a_pointer_at_rest_is_nobody(tab, guard, vault, clocks):
    guard.open(vault)

    def move(x):
        at = QPointF(x, 5)
        event = QMouseEvent(
            QEvent.Type.MouseMove, at, at, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(tab, event)

    move(5)
    clocks.go_on(200)
    move(5)
    clocks.go_on(101)
    tab.idle.look()
    assert guard.vault is None


def test_half_typed_words_are_sealed_and_every_dialog_closes(qtbot, office, tab, guard, vault, code):
    guard.open(vault)
    form = opened(PaperDialog(tab, cabinet_no="丁9-绝无仅有"), qtbot)
    box = opened(Box(form, "question", "accent", "作废 涉2026-001？", "作废"), qtbot)
    told = opened(Box(tab, "done", "green", "涉2026-001 已登记"), qtbot)
    tab.on_vault_lock()
    assert not any(dialog.isVisible() for dialog in (form, box, told))
    qtbot.waitUntil(lambda: "丁9" not in every_word(tab))
    assert "丁9".encode() not in office.path.read_bytes()
    again = vaults.unlock_with_code(office, code)
    assert drafts.take(again, "paper") == {"cabinet_no": "丁9-绝无仅有"}


def test_the_form_of_a_paper_is_taken_up_where_the_lock_cut_it_off(qtbot, tab, guard, vault, code, office):
    guard.open(vault)
    tab.page.book.on_record_new()
    form = tab.findChild(forms.PaperDialog)
    qtbot.waitExposed(form)
    form.fill({"cabinet_no": "丁9", "copy_serial": "000777"})
    guard.close()
    assert not form.isVisible()
    guard.open(vaults.unlock_with_code(office, code, NAME))
    assert "没有填完" in tab.page.half_typed.words()
    tab.page.half_typed.buttons[0].click()
    again = next(one for one in tab.findChildren(forms.PaperDialog) if one.isVisible())
    assert again.half_typed()["cabinet_no"] == "丁9"
    assert again.half_typed()["copy_serial"] == "000777"
    assert tab.page.half_typed.isHidden()
    assert not drafts.is_kept(guard.vault, again.draft_name)
    again.done(0)


def test_what_cannot_be_sealed_does_not_keep_it_open(qtbot, tab, guard, vault):
    guard.open(vault)
    opened(PaperDialog(tab, cabinet_no="甲1"), qtbot)
    vault.findings = ("第7号密封记录被改动",)
    tab.on_vault_lock()
    assert guard.vault is None


def test_a_box_over_one_of_its_dialogs_on_another_tab_closes_with_it(qtbot, tab, guard, vault, put_away):
    guard.open(vault)
    today = QWidget()
    qtbot.addWidget(today)
    opened(PaperDialog(today), qtbot)
    told = opened(Box(today, "done", "green", "涉2026-001 已归柜"), qtbot)
    close_dialogs(today, vault, is_shown=False)
    assert not told.isVisible()
    other = opened(Box(today, "done", "green", "已备份"), qtbot)
    close_dialogs(today, vault, is_shown=False)
    assert other.isVisible()
    put_away(other)


def test_other_peoples_dialogs_and_the_mishap_page_stay(qtbot, tab, guard, vault, now, asker, office, put_away):
    guard.open(vault)
    mishap = opened(MishapDialog(office, now, asker, tab), qtbot)
    other = opened(QDialog(tab), qtbot)
    tab.hide()
    guard.close()
    assert mishap.isVisible()
    assert other.isVisible()
    put_away(mishap, other)
