# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from township_office.core.fields import Register
from township_office.registers import ALL
from township_office.registers.receipt import RECEIPT
from township_office.services import records, settings
from township_office.services.office import Office
from township_office.ui import memory
from township_office.ui.register_tab import RegisterTab
from township_office.ui.widgets import EmptyState

KEY = Qt.Key
Today = Callable[[], date]


@pytest.fixture
def shown(qtbot, office, asker, clock, put_away) -> Iterator[Callable[..., RegisterTab]]:
    """Open tabs, and close them before their office is closed."""
    opened: list[RegisterTab] = []

    def show(of: Office, register: Register = RECEIPT, today: Today = clock, width: int = 1366) -> RegisterTab:
        tab = RegisterTab(of, register, today, asker)
        opened.append(tab)
        tab.resize(width, 640)
        tab.show()
        tab.activateWindow()
        tab.list.table.setFocus()
        qtbot.waitExposed(tab)
        return tab

    yield show
    put_away(*opened)


@pytest.fixture
def tab(office_with_rows, shown):
    return shown(office_with_rows)


def search(qtbot, tab: RegisterTab, text: str) -> None:
    """Type a text as a clerk does and wait until the index is there and all hits are in."""
    tab.search.setFocus()
    tab.search.clear()
    tab.search.insert(text)  # QTest can press Latin keys only; an input method inserts like this
    finder = tab.list
    qtbot.waitUntil(lambda: finder._finder is not None and finder._finder.is_ready and not finder._is_loading)
    qtbot.waitUntil(lambda: not finder._run.is_going_on)


def numbers(tab: RegisterTab) -> list[str]:
    return [tab.list.model.line(place).texts[0] for place in range(tab.list.model.rowCount())]


def empty_page(tab: RegisterTab) -> EmptyState | None:
    page = tab.list._stack.currentWidget()
    return page if isinstance(page, EmptyState) else None


def words_of(page: EmptyState) -> list[str]:
    return [found.text() for found in page.findChildren(QLabel) if found.text()]


def button(parent, words: str) -> QPushButton:
    return next(found for found in parent.findChildren(QPushButton) if words in found.text())


def chosen_number(tab: RegisterTab) -> str:
    return tab.list.model.line(tab.list.table.position()).texts[0]


# ---- looking through ----


@pytest.mark.parametrize("register", ALL, ids=lambda register: register.name)
def test_every_registers_tab_opens(office_with_rows, shown, register):
    tab = shown(office_with_rows, register)
    assert tab.list.model.rowCount() > 0
    assert tab.status_words()


def test_begins_with_this_year_newest_first_and_the_newest_chosen(tab):
    assert tab.years.currentText() == "2026 年"
    assert numbers(tab)[0] == "2026-0030"
    assert len(numbers(tab)) == 30
    assert chosen_number(tab) == "2026-0030"


def test_chips_count_and_filter(qtbot, tab):
    chips = tab.list._chips
    qtbot.waitUntil(lambda: chips[""].text() == "全部 30")
    assert chips["overdue"].text() == "逾期 1"
    assert chips["voided"].text() == "作废 1"
    chips["overdue"].click()
    assert numbers(tab) == ["2026-0028"]
    chips[""].click()
    assert len(numbers(tab)) == 30


def test_all_years_are_one_choice_away(qtbot, tab):
    tab.years.setCurrentIndex(tab.years.findText("全部年度"))
    tab.years.activated.emit(tab.years.currentIndex())
    assert len(numbers(tab)) == 32
    assert [tab.years.itemText(place) for place in range(tab.years.count())] == ["2026 年", "2025 年", "全部年度"]


def test_before_the_first_document_of_a_year_the_last_year_is_shown(office_with_rows, shown, today):
    new_year = today.replace(year=2027, month=1, day=4)
    tab = shown(office_with_rows, today=lambda: new_year)
    assert tab.years.currentText() == "2026 年"
    assert tab.list.model.rowCount() == 30


def test_keys_lead_through_the_table(qtbot, tab):
    table = tab.list.table
    qtbot.keyClick(table, KEY.Key_Down)
    assert chosen_number(tab) == "2026-0029"
    qtbot.keyClick(table, KEY.Key_End)
    assert chosen_number(tab) == "2026-0001"
    qtbot.keyClick(table, KEY.Key_PageUp)
    assert table.position() < 29
    qtbot.keyClick(table, KEY.Key_Home)
    assert table.position() == 0
    qtbot.keyClick(table, KEY.Key_Up)
    assert tab.search.hasFocus()
    qtbot.keyClick(tab.search, KEY.Key_Down)
    assert table.hasFocus()


def test_the_pane_reads_the_chosen_row(qtbot, tab, office_with_rows, today):
    row_id = tab.list.chosen_id()
    records.correct(office_with_rows, RECEIPT, row_id, {"remarks": "附件另发"}, today)
    tab.list.reload()
    qtbot.waitUntil(lambda: tab.pane.shown() is not None and tab.pane.shown()["id"] == row_id)
    texts = [found.text() for found in tab.pane.findChildren(QLabel) if not found.isHidden()]
    assert "2026-0030" in texts
    assert "附件另发" in texts
    assert any(text.startswith("王春燕") for text in texts)
    assert "领导批示" not in texts  # nothing was filled in there


def test_the_choice_survives_a_reload(qtbot, tab):
    tab.list.table.choose(7)
    number = chosen_number(tab)
    tab.on_reload()
    assert chosen_number(tab) == number


def test_number_is_copied(qtbot, tab):
    qtbot.waitUntil(lambda: tab.pane.shown() is not None)
    tab.on_number_copy()
    assert QApplication.clipboard().text() == "2026-0030"


def test_a_void_row_cannot_be_changed_again(qtbot, tab):
    tab.list.table.choose(numbers(tab).index("2026-0005"))
    assert not tab._commands["record_edit"].isEnabled()
    assert not tab._commands["record_void"].isEnabled()
    assert tab._commands["record_history"].isEnabled()
    tab.list.table.choose(0)
    assert tab._commands["record_void"].isEnabled()


# ---- finding ----


def test_finds_as_one_types_and_marks_it(qtbot, tab):
    search(qtbot, tab, "防灭火")
    assert len(numbers(tab)) == 10
    assert tab.list._count.text() == "找到 10 件"
    assert tab.list.table.painter_of_rows._sought == "防灭火"
    qtbot.keyClick(tab.search, KEY.Key_Escape)
    assert len(numbers(tab)) == 30
    assert tab.list._count.text() == ""


def test_finds_initials_and_numbers_in_any_brackets(qtbot, tab):
    search(qtbot, tab, "fmh")
    assert len(numbers(tab)) == 10
    search(qtbot, tab, "青字[2026]25号")
    assert numbers(tab) == ["2026-0006"]


def test_what_other_years_hold_is_offered(qtbot, tab):
    search(qtbot, tab, "去年的第")
    page = empty_page(tab)
    assert page is not None
    button(page, "全部年度里有 2 件").click()
    assert len(numbers(tab)) == 2
    assert tab.years.currentText() == "全部年度"
    assert empty_page(tab) is None


def test_no_match_gives_a_hint(qtbot, tab):
    search(qtbot, tab, "没有这样的词")
    page = empty_page(tab)
    assert page is not None
    assert "没有找到“没有这样的词”" in words_of(page)


def test_many_hits_come_in_idle_moments_and_a_new_key_drops_the_old(qtbot, tab, monkeypatch):
    search(qtbot, tab, "防灭火")
    ids = [tab.list.model.id_at(0)]

    def endless(text, view, today):
        yield from (ids * 700 if text == "多" else ids)

    monkeypatch.setattr(tab.list._finder, "hits", endless)
    tab.search.setText("多")
    assert tab.list.model.rowCount() == 200
    assert tab.list._count.text().startswith("已找到 200")
    qtbot.waitUntil(lambda: tab.list._count.text() == "找到 700 件")
    tab.search.setText("多")
    tab.list.seek("多")
    tab.search.setText("少")
    qtbot.wait(30)
    assert tab.list.model.rowCount() == 1


def test_what_is_typed_before_the_index_is_read_is_not_lost(qtbot, tab):
    tab.search.setText("防灭火")  # the index is being read now
    qtbot.waitUntil(lambda: len(numbers(tab)) == 10)


# ---- commands ----


def test_register_opens_an_empty_form_and_shows_the_new_row(qtbot, tab, office_with_rows, today):
    with qtbot.waitSignal(tab.changed):
        tab.on_record_new()
        dialog = tab.findChild(QDialog)
        assert dialog.isVisible()
        row = records.register_document(
            office_with_rows,
            RECEIPT,
            {"received_on": today.isoformat(), "sender": "县政府", "title": "刚登记的通知"},
            today,
        )
        dialog.saved.emit(int(str(row["id"])))
    assert chosen_number(tab) == "2026-0031"
    dialog.close()


def test_a_new_row_is_found_at_once_and_shown_though_the_view_hid_it(qtbot, tab, office_with_rows, today):
    search(qtbot, tab, "防灭火")
    row = records.register_document(
        office_with_rows,
        RECEIPT,
        {"received_on": today.isoformat(), "sender": "县政府", "title": "刚登记的通知"},
        today,
    )
    tab._on_written(int(str(row["id"])))
    assert chosen_number(tab) == "2026-0031"
    assert tab.search.text() == ""
    search(qtbot, tab, "刚登记")
    assert numbers(tab) == ["2026-0031"]


def test_enter_opens_the_form_of_the_chosen_row(qtbot, tab):
    qtbot.keyClick(tab.list.table, KEY.Key_Return)
    dialog = tab.findChild(QDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


def test_del_on_the_table_asks_why(qtbot, tab, office_with_rows):
    row_id = tab.list.chosen_id()
    void = next(action for action in tab.list.table.actions() if isinstance(action, QAction))
    assert void.shortcut().toString() == "Del"
    void.trigger()
    dialog = tab.findChild(QDialog)
    assert dialog.isVisible()
    records.void(office_with_rows, RECEIPT, row_id, "重复登记", tab._today())
    dialog.voided.emit(row_id)
    assert tab.list.model.line(tab.list.model.position_of(row_id)).state.key == "voided"
    dialog.close()


@pytest.mark.parametrize("command", ["record_history", "number_ledger", "sheet_import", "book_print"])
def test_every_command_opens_its_dialog(qtbot, tab, command):
    tab._commands[command].trigger()
    dialog = tab.findChild(QDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


def test_export_asks_where_and_says_how_many(qtbot, tab, asker, tmp_path: Path):
    asker.path = tmp_path / "收文.xlsx"
    tab.on_sheet_export()
    qtbot.waitUntil(lambda: bool(asker.told))
    assert asker.suggested == ["收文登记簿（2026年）.xlsx"]
    assert "30 件" in asker.told[0]
    assert asker.path.stat().st_size > 1000


def test_the_menu_of_a_row_holds_what_can_be_done_with_it(tab):
    words = [action.text() for action in tab.row_menu().actions() if action.text()]
    assert words == ["修改", "历史", "复制编号", "作废"]


# ---- the screen's room ----


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
