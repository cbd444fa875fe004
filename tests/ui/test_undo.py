# SPDX-License-Identifier: MulanPSL-2.0
"""撤销 and 重做 from the window: by key and by menu, named, and every screen right at once."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import records, settings, steps
from township_office.ui.widgets import LineButton
from township_office.ui.window import MainWindow

CTRL, SHIFT, Z, Y = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Z, Qt.Key.Key_Y
DRAFT = {"received_on": "今天", "sender": "青山县水务局", "title": "关于水库巡查的通知", "due_on": "2026-11-21"}


@pytest.fixture
def receipts(qtbot, window):
    """The tab of receipts with a paper just registered in it."""
    window.tabs.setCurrentIndex(1)
    tab = window.tab(1)
    with qtbot.waitActive(window):
        window.activateWindow()
    row = records.register_document(window._office, RECEIPT, DRAFT, window._today())
    tab._on_written(int(str(row["id"])))
    return tab


def press(key, modifier=CTRL):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def foot(window: MainWindow) -> str:
    return window._left.full_text()


def told_today(window) -> list[str]:
    return [line.accessibleName() for line in window.tab(0).findChildren(LineButton) if line.isVisibleTo(window.tab(0))]


def test_by_key_back_and_forth(qtbot, window, receipts):
    rows = receipts.list.model.rowCount()
    assert window._commands["undo"].text() == "撤销：登记 2026-0031"
    press(Z)
    assert foot(window) == "已撤销：登记 2026-0031"
    assert receipts.list.model.rowCount() == rows - 1
    assert receipts.list.chosen_id() is not None
    assert not window._commands["undo"].isEnabled() or window._commands["undo"].text() != "撤销：登记 2026-0031"
    assert window._commands["redo"].text() == "重做：登记 2026-0031"
    press(Y)
    assert foot(window) == "已重做：登记 2026-0031"
    assert receipts.list.model.rowCount() == rows
    assert records.get(window._office, RECEIPT, receipts.list.chosen_id())["number"] == "2026-0031"
    press(Z)
    press(Z, CTRL | SHIFT)
    assert foot(window) == "已重做：登记 2026-0031"


def test_the_pane_and_the_search_follow(qtbot, window, receipts):
    row_id = receipts.list.chosen_id()
    receipts.pane.show()  # on a narrow screen it is put away at first
    receipts.list.prepare()
    qtbot.waitUntil(lambda: receipts.list._finder.is_ready)
    records.correct(window._office, RECEIPT, row_id, {"title": "关于堤防加固的通知"}, window._today())
    receipts._on_written(row_id)
    receipts.search.setText("堤防")
    qtbot.waitUntil(lambda: receipts.list.model.rowCount() == 1)
    receipts.list.table.setFocus()
    press(Z)
    qtbot.waitUntil(lambda: (receipts.pane.shown() or {}).get("title") == DRAFT["title"])
    assert receipts.list.chosen_id() == row_id
    assert foot(window) == "已撤销：修改 2026-0031"


def test_where_a_text_is_typed_the_keys_are_its_own(qtbot, window, receipts):
    receipts.search.setFocus()
    QTest.keyClicks(receipts.search, "abc")
    press(Z)
    assert receipts.search.text() != "abc", "the text's own undo"
    press(Y)
    press(Z, CTRL | SHIFT)
    press(Z)
    assert window._office.deeds.done[-1].words == "登记 2026-0031"
    assert window._office.deeds.undone == []


def test_a_refusal_is_told_and_nothing_changes(window, receipts, asker):
    settings.set_setting(window._office, "receipt.printed", json.dumps({"2026": "x"}))
    press(Z)
    assert asker.reported == ["2026-0031 已经打印在登记簿或办文单上，不能收回。这一件请用作废。"]
    assert window._commands["undo"].text() == "撤销：登记 2026-0031"
    assert records.get(window._office, RECEIPT, receipts.list.chosen_id())["number"] == "2026-0031"


def test_today_is_right_at_once_and_stays_in_front(qtbot, window, receipts):
    def is_told() -> bool:
        return any("水库巡查" in words for words in told_today(window))

    window.tabs.setCurrentIndex(0)
    qtbot.waitUntil(is_told)
    window.on_undo()
    assert window.tabs.currentIndex() == 0
    qtbot.waitUntil(lambda: told_today(window) != [] and not is_told())
    assert window.tab(1).list.model.rowCount() == 30
    window.on_redo()
    qtbot.waitUntil(is_told)


def test_what_was_done_in_another_book_does_not_turn_the_page(window, receipts):
    row = records.register_document(window._office, DISPATCH, {"title": "关于值班的通知"}, window._today())
    steps.take_step(
        window._office, DISPATCH, row["id"], "sign", {"signer": "孙志强", "signed_on": "今天"}, window._today()
    )
    window.on_undo()
    assert foot(window).startswith("已撤销：签发 云政发〔2026〕")
    assert window.tabs.currentIndex() == 1
    window.on_redo()
    window.tabs.setCurrentIndex(2)
    window.on_undo()
    assert window.tab(2).list.chosen_id() == row["id"]
    assert records.get(window._office, DISPATCH, row["id"])["number"] is None


def test_the_menu_names_what_goes_back_and_another_clerk_finds_nothing(window, receipts):
    settings.add_clerk(window._office, "李向东")
    menu = window.header.clerk.menu()
    menu.aboutToShow.emit()
    shown = {action.text(): action for action in menu.actions()}
    assert shown["撤销：登记 2026-0031"].isEnabled()
    assert not shown["重做"].isEnabled()
    shown["李向东"].trigger()
    menu.aboutToShow.emit()
    shown = {action.text(): action for action in menu.actions()}
    assert not shown["撤销"].isEnabled()


def test_nothing_to_undo_is_said(window, asker):
    window._office.deeds.forget()
    window.refresh_frame()
    assert not window._commands["undo"].isEnabled()
    window.on_undo()
    window.on_redo()
    assert asker.reported == ["没有可以撤销的操作。", "没有可以重做的操作。"]
