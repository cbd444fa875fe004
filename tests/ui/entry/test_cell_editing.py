# SPDX-License-Identifier: MulanPSL-2.0
"""Cells of the table: the cursor, the first key, the first letter of an input method, and what the books refuse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from tests.ui.book.looking import chosen_number, numbers
from tests.ui.conftest import receipt_draft
from tests.ui.entry.hands import CTRL, SHIFT, compose, focus
from township_office.core.text import t
from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.ui.book.register_tab import RegisterTab

KEY = Qt.Key


@pytest.fixture
def tab(qtbot, office_with_rows, shown, today):
    """A tab with three open papers on top."""
    for place in range(3):
        draft = receipt_draft(place, today, title=f"关于第{place}件事的通知", doc_number="")
        records.register_document(office_with_rows, RECEIPT, draft, today)
    made = shown(office_with_rows)
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def stand_on(tab: RegisterTab, row: int, name: str) -> None:
    """Put the cell cursor somewhere, as a click does."""
    place = [field.name for field in tab.list.model.columns].index(name)
    table = tab.list.table
    index = tab.list.model.index(row, place)
    table.scrollTo(index)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
    assert cursor(tab) == (row, name)


def cursor(tab: RegisterTab) -> tuple[int, str]:
    index = tab.list.table.currentIndex()
    return index.row(), tab.list.model.columns[index.column()].name


def frame(tab: RegisterTab):
    return tab.desk._cell.frame if tab.desk._cell is not None else None


def value(tab: RegisterTab, row: int, name: str):
    return records.get(tab._office, RECEIPT, tab.list.model.id_at(row))[name]


# ---- the cursor ----


def test_arrows_move_the_cell_and_rows_are_chosen_whole(tab, hands):
    stand_on(tab, 1, "sender")
    hands.press(KEY.Key_Right)
    assert cursor(tab) == (1, "doc_number")
    hands.press(KEY.Key_Down)
    assert cursor(tab) == (2, "doc_number")
    assert len(tab.list.table.selectionModel().selectedRows()) == 1
    hands.press(KEY.Key_Left)
    hands.press(KEY.Key_Left)
    assert cursor(tab) == (2, "received_on")
    for _ in range(9):
        hands.press(KEY.Key_Left)
    assert cursor(tab) == (2, "number")
    hands.press(KEY.Key_Home)
    assert cursor(tab) == (0, "number")


def test_the_cursor_stays_in_its_column(tab, hands):
    stand_on(tab, 2, "title")
    tab.list.table.choose(5)
    assert cursor(tab) == (5, "title")
    tab.on_reload()
    assert cursor(tab) == (5, "title")


def test_double_click_is_the_form(qtbot, tab):
    stand_on(tab, 0, "title")
    table = tab.list.table
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.currentIndex()).center())
    dialog = next(found for found in tab.findChildren(QDialog) if found.objectName() == "recordDialog")
    assert frame(tab) is None
    dialog.reject()


def test_f2_on_the_number_is_the_form_too(qtbot, tab, hands):
    stand_on(tab, 0, "number")
    hands.press(KEY.Key_F2)
    dialog = next(found for found in tab.findChildren(QDialog) if found.objectName() == "recordDialog")
    dialog.reject()


# ---- typing ----


def test_typing_replaces_and_enter_goes_down(tab, hands):
    stand_on(tab, 0, "doc_number")
    hands.type("x")
    assert focus().text() == "x"
    focus().setText("青字[2026]77号")
    hands.enter()
    assert value(tab, 0, "doc_number") == "青字〔2026〕77号"
    assert tab.list.model.line(0).row["doc_number"] == "青字〔2026〕77号", "the table shows it"
    assert cursor(tab) == (1, "doc_number")
    assert frame(tab) is None
    assert tab.list.table.hasFocus()


def test_f2_keeps_what_stands_there_and_tab_goes_right(tab, hands):
    stand_on(tab, 1, "handler") if not tab.list.table.isColumnHidden(
        [field.name for field in tab.list.model.columns].index("handler")
    ) else stand_on(tab, 1, "sender")
    row, name = cursor(tab)
    before = value(tab, row, name)
    hands.press(KEY.Key_F2)
    assert focus().text() == before
    hands.type("x")
    hands.press(KEY.Key_Tab)
    assert value(tab, row, name) == before + "x"
    assert cursor(tab)[0] == row
    assert cursor(tab)[1] != name
    hands.press(KEY.Key_Left)
    hands.press(KEY.Key_F2)
    hands.press(KEY.Key_Backtab, SHIFT)
    assert frame(tab) is None


def test_esc_leaves_the_cell_as_it_was(tab, hands):
    stand_on(tab, 0, "sender")
    before = value(tab, 0, "sender")
    hands.type("zzz")
    hands.press(KEY.Key_Escape)
    assert value(tab, 0, "sender") == before
    assert cursor(tab) == (0, "sender")
    assert tab.list.table.hasFocus()


def test_names_are_proposed_in_the_cell(qtbot, tab, hands):
    stand_on(tab, 0, "sender")
    hands.type("czj")
    hands.enter()
    assert value(tab, 0, "sender") == "青山县财政局"


def test_a_paste_goes_into_the_cell(tab, hands):
    stand_on(tab, 0, "doc_number")
    hands.paste("青财[2026]5号")
    hands.enter()
    assert value(tab, 0, "doc_number") == "青财〔2026〕5号"


def test_ctrl_d_takes_the_cell_above(tab, hands):
    stand_on(tab, 1, "title")
    hands.press(KEY.Key_F2)
    hands.press(KEY.Key_D, CTRL)
    hands.enter()
    assert value(tab, 1, "title") == value(tab, 0, "title")
    assert value(tab, 1, "completed_on") is None, "and finished nothing"


def test_del_still_asks_to_void_the_row_and_clears_nothing(tab, hands):
    stand_on(tab, 0, "sender")
    before = value(tab, 0, "sender")
    hands.press(KEY.Key_Delete)
    dialog = next(found for found in tab.findChildren(QDialog) if found.isVisible())
    dialog.reject()
    assert value(tab, 0, "sender") == before
    assert value(tab, 0, "voided_on") is None


def test_a_click_elsewhere_takes_the_cell_in(qtbot, tab, hands):
    stand_on(tab, 0, "doc_number")
    hands.type("x")
    focus().setText("青字〔2026〕78号")
    stand_on(tab, 4, "sender")
    qtbot.waitUntil(lambda: frame(tab) is None)
    assert value(tab, 0, "doc_number") == "青字〔2026〕78号"
    assert cursor(tab) == (4, "sender")


# ---- what cannot be ----


@pytest.mark.parametrize("name", ["number", "status"])
def test_number_and_standing_are_not_typed(tab, hands, name):
    stand_on(tab, 0, name)
    hands.type("5")
    compose("x", commit="县")
    assert frame(tab) is None


def test_a_void_row_is_not_typed_into(tab, hands):
    stand_on(tab, numbers(tab).index("2026-0005"), "sender")
    hands.type("5")
    compose("x", commit="县")
    assert frame(tab) is None


def test_a_read_only_office_is_not_typed_into(qtbot, readonly_office, shown, hands):
    tab = shown(readonly_office)
    with qtbot.waitActive(tab):
        tab.activateWindow()
    stand_on(tab, 0, "sender")
    hands.type("5")
    assert frame(tab) is None


def test_what_is_refused_stays_with_its_words(tab, hands):
    stand_on(tab, 0, "received_on")
    before = value(tab, 0, "received_on")
    hands.enter("1399")
    assert "收文日期" in frame(tab).problem.text()
    assert focus().text() == "1399"
    assert value(tab, 0, "received_on") == before
    place = tab.list.model.index(3, 2)
    QTest.mouseClick(
        tab.list.table.viewport(), Qt.MouseButton.LeftButton, pos=tab.list.table.visualRect(place).center()
    )
    tab.list.table.setFocus()
    hands.type("x")
    assert focus().text() == "1399", "another cell waits until this one is put right"
    hands.press(KEY.Key_A, CTRL)
    hands.enter("1119")
    assert value(tab, 0, "received_on").isoformat() == "2026-11-19"


def test_a_required_cell_cannot_be_emptied(tab, hands):
    stand_on(tab, 0, "sender")
    hands.press(KEY.Key_F2)
    hands.press(KEY.Key_A, CTRL)
    hands.press(KEY.Key_Backspace)
    hands.enter()
    assert frame(tab).problem.text() == t("problem.required", label="来文单位")


def test_a_paper_done_with_asks_for_the_reason(tab, hands):
    row = numbers(tab).index("2026-0015")
    stand_on(tab, row, "sender")
    hands.press(KEY.Key_F2)
    hands.type("x")
    hands.enter()
    cell = frame(tab)
    assert cell.reason.isVisible()
    assert focus() is cell.reason
    assert cell.problem.text() == t("problem.done_needs_reason")
    compose("x", commit="单位名称写错")
    hands.enter()
    assert frame(tab) is None
    assert str(value(tab, row, "sender")).endswith("x")
    story = records.history(tab._office, RECEIPT, tab.list.model.id_at(row))
    assert story[-1].why == "单位名称写错"


# ---- the first letter ----


def test_the_first_letters_of_an_input_method_open_the_cell(tab, hands):
    stand_on(tab, 0, "sender")
    table = tab.list.table
    assert table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    compose("x")
    assert frame(tab) is not None
    assert focus() is table, "moved now, the composition would break off"
    compose("xw")
    assert isinstance(table.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle), QRect)
    compose(commit="县委办")
    assert focus() is frame(tab).editor.inner
    assert frame(tab).editor.text() == "县委办"
    compose("zhu", commit="主任")
    assert frame(tab).editor.text() == "县委办主任"
    hands.enter()
    assert value(tab, 0, "sender") == "县委办主任"


def test_a_title_is_composed_as_well(tab, hands):
    stand_on(tab, 0, "title")
    compose("g", "gy", commit="关于")
    assert frame(tab).editor.text() == "关于"
    hands.press(KEY.Key_Escape)


def test_a_word_without_composition_opens_the_cell(tab):
    stand_on(tab, 0, "sender")
    compose(commit="县委办")
    assert frame(tab).editor.text() == "县委办"
    assert focus() is frame(tab).editor.inner


def test_a_word_and_the_next_composition_at_once(tab):
    stand_on(tab, 0, "sender")
    compose("xwbzr")
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QInputMethodEvent

    both = QInputMethodEvent("zr", [])
    both.setCommitString("县委办")
    QCoreApplication.sendEvent(focus(), both)
    assert focus() is tab.list.table, "the second word is still being composed"
    compose(commit="主任")
    assert frame(tab).editor.text() == "县委办主任"


def test_a_composition_given_up_leaves_the_cell_closed(tab):
    stand_on(tab, 0, "sender")
    before = value(tab, 0, "sender")
    compose("x", "")
    assert frame(tab) is None
    assert value(tab, 0, "sender") == before
    assert tab.list.table.hasFocus()


def test_a_plain_first_key_is_neither_lost_nor_doubled(tab, hands):
    stand_on(tab, 0, "sender")
    hands.type("xwb")
    assert focus().text() == "xwb"
    hands.press(KEY.Key_Escape)
    stand_on(tab, 1, "title")
    hands.type("abc")
    assert focus().toPlainText() == "abc"
    hands.press(KEY.Key_Escape)


def test_no_words_are_expected_where_none_can_be_typed(tab):
    stand_on(tab, 0, "number")
    assert not tab.list.table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


# ---- the table moves below it ----


def test_the_editor_goes_with_its_row(tab, hands):
    stand_on(tab, 2, "sender")
    hands.type("x")
    table = tab.list.table
    tab.resize(tab.width(), 300)
    table.verticalScrollBar().setValue(1)
    place = table.visualRect(tab.list.model.index(2, table.currentIndex().column()))
    assert frame(tab).y() == place.y()
    tab.list.read_anew()
    assert frame(tab).editor.text() == "x", "a list read anew loses nothing that is typed"
    hands.press(KEY.Key_Escape)


def test_the_last_row_has_its_words_in_sight(qtbot, tab, hands):
    last = tab.list.model.rowCount() - 1
    row = next(i for i in range(last, 0, -1) if tab.list.model.line(i).row["voided_on"] is None)
    stand_on(tab, row, "received_on")
    hands.enter("1399")
    qtbot.waitUntil(lambda: frame(tab).geometry().bottom() <= tab.list.table.viewport().height())
    assert chosen_number(tab)
    hands.press(KEY.Key_Escape)
    assert QApplication.focusWidget() is tab.list.table


@pytest.mark.parametrize("name", ["sender", "title"])
def test_no_edge_of_the_editor_is_cut_off(tab, hands, name):
    stand_on(tab, 0, name)
    hands.press(KEY.Key_A)
    box = frame(tab)
    inner = box.editor.inner
    assert box.contentsRect().contains(QRect(inner.mapTo(box, inner.rect().topLeft()), inner.size()))
    assert box.height() <= tab.list.table.rowHeight(0) + 1
