# SPDX-License-Identifier: MulanPSL-2.0
"""A register's tab in unusual places: narrow, empty, read-only, very long; and what it remembers."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QLabel

from tests.ui.book.looking import button, empty_page, numbers, search, words_of
from township_office.registers.receipt import RECEIPT
from township_office.services import records, settings
from township_office.ui import memory

KEY = Qt.Key


def test_dragged_widths_are_remembered(qtbot, tab, office_with_rows, shown):
    heads, place = tab.list.table.heads, [column.name for column in tab.list.model.columns].index("sender")
    assert settings.column_widths(office_with_rows, RECEIPT) == {}  # what the program lays out is no wish of the clerk
    edge = QPoint(heads.sectionViewportPosition(place) + heads.sectionSize(place) - 1, 12)
    before = heads.sectionSize(place)
    qtbot.mousePress(heads.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    qtbot.mouseMove(heads.viewport(), edge + QPoint(40, 0))
    qtbot.mouseMove(heads.viewport(), edge + QPoint(60, 0))
    qtbot.mouseRelease(heads.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(60, 0))
    assert list(settings.column_widths(office_with_rows, RECEIPT)) == ["sender"]
    again = shown(office_with_rows)
    assert abs(again.list.table.columnWidth(place) - before - 60) <= 8


def test_a_narrow_window_has_no_pane_until_it_is_asked_for(qtbot, office_with_rows, shown):
    tab = shown(office_with_rows, width=911)
    assert not tab.pane.isVisible()
    assert tab.list.table.horizontalScrollBar().maximum() == 0
    tab.on_detail_toggle()
    assert tab.pane.isVisible()
    qtbot.waitUntil(lambda: tab.pane.shown() is not None)
    assert memory.recall("detail_pane_narrow") is True
    tab.resize(1366, 640)
    assert tab.pane.isVisible()
    tab.on_detail_toggle()
    tab.resize(911, 640)
    assert tab.pane.isVisible()


def test_frames_of_a_long_register_are_painted_from_few_rows(qtbot, tab, monkeypatch):
    asked: list[int] = []
    real = tab.list.model._fetch

    def fetch(number):
        asked.append(number)
        return real(number)

    monkeypatch.setattr(tab.list.model, "_fetch", fetch)
    tab.list.model.show_ids([tab.list.model.id_at(0)] * 100_000)
    tab.list.table.scrollToBottom()
    tab.list.table.viewport().grab()
    assert len(set(asked)) <= 4


# ---- an office without rows, or that may only be read ----


def test_an_empty_register_shows_the_way_in(qtbot, office, shown):
    tab = shown(office)
    page = empty_page(tab)
    assert page is not None
    assert "还没有收文" in words_of(page)
    button(page, "登记第一件").click()
    dialog = tab.findChild(QDialog)
    assert dialog.isVisible()
    dialog.close()
    for key in (KEY.Key_Home, KEY.Key_End, KEY.Key_Down, KEY.Key_Return):
        qtbot.keyClick(tab.list.table, key)
    assert tab.list.chosen_id() is None
    assert not tab._commands["record_edit"].isEnabled()


def test_a_standing_nobody_has_says_so(office_with_rows, shown, today):
    records.correct(office_with_rows, RECEIPT, 30, {"completed_on": today.isoformat()}, today)
    tab = shown(office_with_rows)
    tab.list.show_state("overdue")
    assert words_of(empty_page(tab)) == ["没有逾期的收文"]
    button(empty_page(tab), "看全部").click()
    assert len(numbers(tab)) == 30


def test_read_only_says_why_and_disables_what_writes(qtbot, readonly_office, shown):
    tab = shown(readonly_office)
    for name in ("record_new", "record_edit", "record_void", "sheet_import"):
        assert not tab._commands[name].isEnabled(), name
    assert "只读" in tab._commands["record_new"].toolTip()
    assert tab._commands["book_print"].isEnabled()
    assert any("只读" in found.text() for found in tab.findChildren(QLabel))
    search(qtbot, tab, "防灭火")
    assert len(numbers(tab)) == 10
    qtbot.keyClick(tab.list.table, KEY.Key_Return)
    assert tab.findChild(QDialog) is None
