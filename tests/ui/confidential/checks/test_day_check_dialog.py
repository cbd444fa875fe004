# SPDX-License-Identifier: MulanPSL-2.0
"""今日归柜核对 by keys: ticked, scanned, lost, signed by two; kept half-way however it closes."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from township_office.registers.custody import OUT
from township_office.services.guarded import confidential, custody, day_check
from township_office.services.guarded import vault as vaults
from township_office.ui.confidential import one_sheet
from township_office.ui.confidential.checks.day_check_dialog import DayCheckDialog

KEY = Qt.Key


@pytest.fixture
def now(today):
    return datetime(today.year, today.month, today.day, 17, 5)


@pytest.fixture
def vault(office, today, now):
    """000101-000103 in 甲3, the last of them out; 000101 of another paper in 甲1."""
    made, _ = vaults.make(office, "赵保密", "Feng-2026xy")
    for serials, cabinet in (("000101-000103", "甲3"), ("000101", "甲1")):
        draft = {"secrecy_level": "机密", "copy_serial": serials, "cabinet_no": cabinet}
        confidential.register_paper(made, draft | {"received_on": today.isoformat()}, today)
    custody.take_step(made, 1, ["000103"], "out", {"holder": "孙志强"}, now)
    return made


@pytest.fixture
def dialog(qtbot, vault, now, asker):
    made = DayCheckDialog(vault, lambda: now, asker)
    qtbot.addWidget(made)
    made.open()
    qtbot.waitExposed(made)
    return made


def marks(dialog) -> list[str]:
    return [dialog.model.index(row, 0).data() for row in range(dialog.model.rowCount())]


def scan(qtbot, dialog, text):
    dialog.serial.clear()
    qtbot.keyClicks(dialog.serial, text)
    qtbot.keyClick(dialog.serial, KEY.Key_Return)


def test_space_ticks_and_goes_on_and_del_says_lost(qtbot, dialog):
    assert marks(dialog) == ["□", "□", "□", "在外"]
    qtbot.keyClick(dialog.table, KEY.Key_Space)
    qtbot.keyClick(dialog.table, KEY.Key_Delete)
    assert marks(dialog) == ["√", "未见", "□", "在外"]
    assert dialog.progress.text() == "2/3"
    assert dialog.table.currentIndex().row() == 2
    assert "24 小时" in dialog.advice.words()
    dialog.table.selectRow(1)
    qtbot.keyClick(dialog.table, KEY.Key_Space)
    assert marks(dialog)[1] == "√"
    assert not dialog.advice.words()
    dialog.table.selectRow(1)
    qtbot.keyClick(dialog.table, KEY.Key_Space)
    assert marks(dialog)[1] == "□"
    dialog.table.selectRow(3)
    qtbot.keyClick(dialog.table, KEY.Key_Space)
    assert marks(dialog)[3] == "在外"


def test_a_figure_typed_in_the_list_is_a_serial(qtbot, dialog):
    qtbot.keyClick(dialog.table, KEY.Key_1)
    qtbot.keyClicks(dialog.serial, "02")
    qtbot.keyClick(dialog.serial, KEY.Key_Return)
    assert marks(dialog) == ["□", "□", "√", "在外"]
    assert dialog.isVisible()
    assert dialog.serial.selectedText() == "102", "the next scan takes its place"


def test_what_a_scan_may_mean(qtbot, dialog):
    scan(qtbot, dialog, "000101")
    assert "同一份号有几件" in dialog.said.text()
    assert "2 000101" in dialog.said.text()
    scan(qtbot, dialog, "2 000101")
    assert marks(dialog)[0] == "√"
    scan(qtbot, dialog, "103")
    assert "孙志强" in dialog.said.text()
    scan(qtbot, dialog, "999")
    assert "没有份号" in dialog.said.text()
    assert dialog.progress.text() == "1/3"


def test_a_cabinet_is_ticked_at_once(qtbot, dialog):
    assert [button.text() for button in dialog.chips.values()] == ["全部　0/3", "甲1　0/1", "甲3　0/2"]
    dialog.chips["甲3"].click()
    assert dialog.model.rowCount() == 3
    dialog.all_here.click()
    assert dialog.chips["甲3"].text() == "甲3　2/2"
    assert dialog.chips["甲1"].text() == "甲1　0/1"
    scan(qtbot, dialog, "2 101")
    assert dialog.progress.text() == "3/3", "a scan finds what is in another cabinet"
    assert dialog.model.rowCount() == 4


def test_two_names_sign_it(qtbot, dialog, vault):
    dialog.all_here.click()
    qtbot.keyClick(dialog.table, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "请填写复核人" in dialog.said.text()
    dialog.second.set_text("赵保密")
    dialog.finish_button.click()
    assert "不能与保密员是同一人" in dialog.said.text()
    dialog.second.set_text("王春燕")
    with qtbot.waitSignal(dialog.changed):
        dialog.finish_button.click()
    done = day_check.last(vault)
    assert (done.by, done.second, done.found) == ("赵保密", "王春燕", 3)
    assert not dialog.finish_button.isEnabled()
    qtbot.keyClick(dialog.table, KEY.Key_Space)
    assert marks(dialog) == ["√", "√", "√", "在外"], "what was signed stays"


def test_what_was_not_found_is_asked_for_once_more(qtbot, dialog, vault):
    qtbot.keyClick(dialog.table, KEY.Key_Space)
    dialog.second.set_text("王春燕")
    for _ in range(2):
        qtbot.keyClick(dialog.table, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "有 2 份没有核到" in dialog.sure.words()
    assert day_check.last(vault) is None
    dialog.sure.buttons[0].click()
    assert not dialog.sure.words()
    dialog.finish_button.click()
    dialog.sure.buttons[1].click()
    assert set(day_check.last(vault).missing) == {(1, "000101"), (1, "000102")}
    assert marks(dialog) == ["√", "未见", "未见", "在外"]


@pytest.mark.parametrize("how", [QDialog.DialogCode.Rejected, QDialog.DialogCode.Accepted])
def test_half_way_is_kept_however_it_closes(qtbot, dialog, vault, now, asker, how):
    qtbot.keyClick(dialog.table, KEY.Key_Space)
    dialog.done(how)
    assert dialog.model.rowCount() == 0
    again = DayCheckDialog(vault, lambda: now, asker)
    qtbot.addWidget(again)
    assert marks(again) == ["√", "□", "□", "在外"]


def test_when_the_hand_rests_it_is_kept_without_closing(qtbot, dialog, vault, now):
    dialog._rest.setInterval(20)
    qtbot.keyClick(dialog.table, KEY.Key_Space)
    qtbot.waitUntil(lambda: day_check.begin(vault, now).done == 1)


def test_closing_after_the_lock_is_quiet(qtbot, dialog, vault, asker):
    qtbot.keyClick(dialog.table, KEY.Key_Space)
    vaults.lock(vault)
    dialog.done(QDialog.DialogCode.Rejected)
    assert not asker.reported


def test_nothing_goes_to_the_clipboard(qtbot, dialog):
    QApplication.clipboard().setText("别的")
    qtbot.keyClick(dialog.table, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "别的"


def test_the_list_is_printed_from_memory(qtbot, dialog, monkeypatch, tmp_path):
    asked: list[tuple] = []
    monkeypatch.setattr(one_sheet, "choose_printer", lambda *args, **_: asked.append(args))
    dialog.print_button.click()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0][3] == 1
    assert not list(tmp_path.glob("*.pdf"))


def test_a_copy_that_moved_meanwhile_is_told(qtbot, dialog, vault, now):
    dialog.all_here.click()
    custody.take_step(vault, 1, ["000103"], "back", {}, now)
    dialog.second.set_text("王春燕")
    dialog.finish_button.click()
    assert "进出" in dialog.said.text()
    assert dialog.check.out[0].copy.state in OUT
