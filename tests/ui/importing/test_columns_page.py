# SPDX-License-Identifier: MulanPSL-2.0
"""Which sheet, which line, which column: what the clerk corrects before anything is written."""

from __future__ import annotations

import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.importing.ledgers import HEADS, arrive, fill, show, tried
from township_office.services import sheets
from township_office.ui.importing.choices import column_letters
from township_office.ui.importing.step_dialog import COLUMNS


def test_a_sheet_that_is_unticked_stays_out(qtbot, dialog, tmp_path):
    path = tmp_path / "两年.xlsx"
    with xlsxwriter.Workbook(path) as book:
        fill(book.add_worksheet("2023"), 4, year=2023)
        fill(book.add_worksheet("2024"), 6)
    show(qtbot, dialog, path)
    dialog.columns.tabs.setCurrentIndex(0)
    dialog.columns.take.click()
    tried(qtbot, dialog)
    assert len(dialog._plan.taken) == 6
    dialog.columns.tabs.setCurrentIndex(1)
    dialog.columns.take.click()
    assert not dialog.go.isEnabled()


def test_a_field_has_one_column_and_the_other_goes_to_the_remarks(qtbot, dialog, ledger):
    show(qtbot, dialog, ledger)
    dialog.columns.view.sent.emit(5, "sender")
    assert dialog.columns.view.box(5).currentData() == "sender"
    assert dialog.columns.view.box(2).currentData() == "remarks"


def test_a_correction_follows_to_the_sheets_with_the_same_heading(qtbot, dialog, tmp_path):
    path = tmp_path / "三个月.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for month in range(3):
            fill(book.add_worksheet(f"{month + 1}月"), 2, first=1 + 2 * month)
    show(qtbot, dialog, path)
    dialog.columns.view.sent.emit(5, "leader_instruction")
    dialog.columns.tabs.setCurrentIndex(2)
    assert dialog.columns.view.box(5).currentData() == "leader_instruction"


def test_the_clerk_says_which_line_holds_the_headings(qtbot, dialog, tmp_path):
    path = tmp_path / "怪.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        sheet.write(0, 0, "本册由办公室保管")
        for column, head in enumerate(("甲", "乙", "丙")):
            sheet.write(3, column, head)
        for row in range(4):
            for column, cell in enumerate((f"张三{row}", f"李四{row}", f"王五{row}")):
                sheet.write(4 + row, column, cell)
    dialog.open_path(path)
    arrive(qtbot, dialog, COLUMNS)
    assert dialog.columns.nothing.isVisible()
    assert not dialog.go.isEnabled()
    view = dialog.columns.view
    view.setCurrentIndex(view.model().index(3, 0))
    QTest.keyClick(view, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.columns.nothing.isVisible()
    for column, goes_to in enumerate(("sender", "title", "handler")):
        view.sent.emit(column, goes_to)
    dialog.columns.year.setText("2024")
    dialog.columns.year.editingFinished.emit()
    tried(qtbot, dialog)
    # No column is a date: whatever cannot be taken is said row by row, nothing is lost on the way.
    lines = [planned.row.row for planned in dialog._plan.taken] + [one.row for one in dialog._plan.not_taken]
    assert sorted(lines) == [5, 6, 7, 8]


def test_two_ledgers_side_by_side_are_two_tables(qtbot, dialog, tmp_path):
    path = tmp_path / "左右.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("合")
        fill(sheet, 4, heads=HEADS[:5])
        sheet.write(0, 7, "2024年发文登记簿")
        for column, head in enumerate(("序号", "发文日期", "发文字号", "标题", "主送")):
            sheet.write(1, 7 + column, head)
        for row in range(3):
            for column, cell in enumerate((row + 1, "3月1日", f"云政发〔2024〕{row + 1}号", "关于防汛的通知", "各村")):
                sheet.write(2 + row, 7 + column, cell)
    show(qtbot, dialog, path)
    assert len(dialog._decisions.sheets[0].ledgers) == 2
    assert dialog.columns._chip_row.isVisible()
    assert [ledger.is_in for ledger in dialog._decisions.sheets[0].ledgers] == [True, False]
    dialog.columns._group.buttons()[1].click()
    assert dialog.columns.view.box(9).currentData() is not None
    assert len(dialog._plan.taken) == 4


def test_what_the_numbers_mean_is_shown_and_can_be_said(qtbot, dialog, office, ledger):
    show(qtbot, dialog, ledger)
    assert dialog.columns.numbering.currentData() == sheets.KEEP
    assert "2024-0001" in dialog.columns.example.full_text()
    dialog.columns.numbering.setCurrentIndex(dialog.columns.numbering.findData(sheets.LINE))
    dialog.columns.numbering.activated.emit(1)
    tried(qtbot, dialog)
    assert all(planned.values["number"] is None for planned in dialog._plan.taken)


def test_a_box_that_gets_the_keyboard_is_scrolled_into_sight(qtbot, dialog, ledger):
    dialog.resize(640, 460)
    show(qtbot, dialog, ledger)
    view = dialog.columns.view
    view.box(5).setFocus()
    left = view.box(5).geometry().left()
    assert 0 <= left < view.viewport().width()


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # a list that pops up, offscreen
def test_tab_goes_from_the_sheet_to_its_boxes_and_enter_opens_one(qtbot, dialog, ledger):
    show(qtbot, dialog, ledger)
    view = dialog.columns.view
    view.setFocus()
    for column in range(len(HEADS)):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        assert dialog.focusWidget() is view.box(column)
    view.setFocus()
    view.setCurrentIndex(view.model().index(2, 3))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.box(3).view().isVisible()
    view.box(3).hidePopup()


def test_columns_are_lettered_as_in_excel():
    assert [column_letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
