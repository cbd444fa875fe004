# SPDX-License-Identifier: MulanPSL-2.0
"""The list of imports and the way back from each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, sheets
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.ui.importing.batches_dialog import BatchesDialog

PATIENCE_MS = 20_000


@pytest.fixture
def imported(office: Office, today: date, tmp_path: Path) -> Office:
    """An office that took in a ledger of receipts and, after it, one of dispatches."""
    for register, name, heads, cells in (
        (RECEIPT, "收文.xlsx", ("收文日期", "来文单位", "标题"), ("2024-3-1", "青山县民政局", "关于慰问的通知")),
        (DISPATCH, "发文.xlsx", ("发文日期", "发文字号", "标题"), ("2024-3-2", "云政发〔2024〕1号", "关于防汛的通知")),
    ):
        with xlsxwriter.Workbook(tmp_path / name) as book:
            sheet = book.add_worksheet("表")
            for column, (head, cell) in enumerate(zip(heads, cells, strict=True)):
                sheet.write(0, column, head)
                sheet.write(1, column, cell)
        source = sheets.look_at(tmp_path / name)
        plan = sheets.plan_import(office, register, source, sheets.choose(office, register, source), today)
        sheets.run_import(office, plan, today)
    return office


@pytest.fixture
def dialog(qtbot, imported: Office, asker, clock: Callable[[], date]) -> BatchesDialog:
    made = BatchesDialog(imported, clock, asker)
    qtbot.addWidget(made)
    made.open()
    qtbot.waitExposed(made)
    return made


def column(dialog: BatchesDialog, place: int) -> list[str]:
    return [str(dialog.model.index(row, place).data()) for row in range(dialog.model.rowCount())]


def test_every_import_of_every_register_is_listed(dialog):
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert sorted(zip(column(dialog, 1), column(dialog, 2), column(dialog, 4), strict=True)) == [
        ("发文", "发文.xlsx", "1"),
        ("收文", "收文.xlsx", "1"),
    ]
    assert column(dialog, 3) == ["王春燕"] * 2
    assert column(dialog, 6) == ["在册"] * 2


def test_del_asks_why_and_takes_the_rows_out(qtbot, dialog, imported, today):
    row = column(dialog, 2).index("收文.xlsx")
    dialog.table.selectRow(row)
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert dialog.bar.isVisible()
    QTest.keyClick(dialog.bar.reason, Qt.Key.Key_Return)  # without a reason nothing happens
    assert column(dialog, 6) == ["在册"] * 2
    dialog.bar.reason.setText("选错了文件")
    with qtbot.waitSignal(dialog.revoked, timeout=PATIENCE_MS):
        QTest.keyClick(dialog.bar.reason, Qt.Key.Key_Return)
    assert len(browsing.row_ids(imported, RECEIPT, View(), today)) == 0
    assert len(browsing.row_ids(imported, DISPATCH, View(), today)) == 1
    assert column(dialog, 6)[row] == "已撤销"
    assert not dialog.revoke.isEnabled()
    assert "选错了文件" in dialog.reason.text()


def test_esc_in_the_question_keeps_the_import_and_the_dialog(dialog):
    dialog.on_revoke()
    QTest.keyClick(dialog.bar.reason, Qt.Key.Key_Escape)
    assert not dialog.bar.isVisible()
    assert dialog.isVisible()
    assert dialog.revoke.isEnabled()


def test_another_row_takes_the_question_away(dialog):
    dialog.on_revoke()
    dialog.bar.reason.setText("选错")
    dialog.table.selectRow(1)
    assert not dialog.bar.isVisible()


def test_a_read_only_office_revokes_nothing(qtbot, imported, asker, clock):
    imported.is_readonly = True
    dialog = BatchesDialog(imported, clock, asker)
    qtbot.addWidget(dialog)
    dialog.on_revoke()
    assert not dialog.bar.isVisible()
    assert not dialog.revoke.isEnabled()


def test_an_office_without_imports_says_so(qtbot, office, asker, clock):
    dialog = BatchesDialog(office, clock, asker)
    qtbot.addWidget(dialog)
    assert dialog.lists.currentWidget() is dialog.empty
    assert not dialog.revoke.isEnabled()
