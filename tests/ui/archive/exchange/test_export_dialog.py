# SPDX-License-Identifier: MulanPSL-2.0
"""The county's columns: ticked, moved, renamed, saved, loaded; and the file that comes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.services.archive.catalogues import TODAY, with_scheme
from township_office.exchange.workbooks import read_workbook
from township_office.services.archive import exporting, items
from township_office.services.archive.exporting import Layout
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.ui.archive.exchange.export_dialog import CatalogueExportDialog

PATIENCE_MS = 20_000


@pytest.fixture
def filled(office: Office) -> Office:
    for period in ("永久", "30年"):
        draft = {"title": f"关于{period}的通知", "responsible_body": "镇政府", "archive_year": "2025",
                 "retention_period": period, "org_or_subject": "BGS", "dated_on": "2025-03-04"}  # fmt: skip
        items.add_item(with_scheme(office), draft, TODAY)
    return office


@pytest.fixture
def dialog(qtbot, filled: Office, asker, clock: Callable[[], date]) -> CatalogueExportDialog:
    view = View(2025, "", (("retention_period", "永久"), ("org_or_subject", "BGS")))
    made = CatalogueExportDialog(filled, view, clock, asker)
    qtbot.addWidget(made)
    made.open()
    qtbot.waitExposed(made)
    return made


def written(qtbot, dialog: CatalogueExportDialog, asker) -> list[list[object]]:
    dialog.on_export()
    qtbot.waitUntil(lambda: bool(asker.told), timeout=PATIENCE_MS)
    (sheet,) = read_workbook(asker.path)
    return [list(row) for row in sheet.rows[1:]]


def heading(dialog: CatalogueExportDialog, row: int) -> str:
    return dialog.table.item(row, 1).text()


def test_everything_at_first_and_it_can_come_back(dialog: CatalogueExportDialog):
    assert dialog.layout_now() == exporting.whole_layout()
    assert "完整导回" in dialog._note.text()
    dialog.standard.click()
    assert dialog.layout_now() == exporting.standard_layout()
    assert "可以少几栏" in dialog._note.text()
    dialog.whole.click()
    assert dialog.layout_now() == exporting.whole_layout()


def test_the_keys_of_the_table(dialog: CatalogueExportDialog):
    dialog.standard.click()
    table = dialog.table
    table.setCurrentCell(1, 0)
    QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [heading(dialog, row) for row in (0, 1)] == ["档号", "序号"]
    assert table.currentRow() == 0
    QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    dialog.down.click()
    assert [heading(dialog, row) for row in (0, 1)] == ["序号", "档号"]
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert "reference_code" not in dict(dialog.layout_now().columns)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert dialog.layout_now() == exporting.standard_layout()


def test_the_file_in_the_countys_columns(qtbot, dialog: CatalogueExportDialog, filled: Office, asker, tmp_path: Path):
    dialog.table.show_columns([("title", "文件题名"), ("retention_period", "期限"), ("dated_on", "日期")])
    dialog.forms["retention"].setCurrentIndex(1)
    dialog.forms["dates"].setCurrentIndex(2)
    asker.path = tmp_path / "目录.xlsx"
    assert written(qtbot, dialog, asker) == [["文件题名", "期限", "日期"], ["关于永久的通知", "Y", "2025.3.4"]]
    assert asker.suggested == ["2025年归档文件目录.xlsx"]
    assert dialog.isHidden()
    assert exporting.layout_of(filled) == Layout(
        (("title", "文件题名"), ("retention_period", "期限"), ("dated_on", "日期")), "dots", "code"
    )


def test_saved_and_loaded(dialog: CatalogueExportDialog, asker, tmp_path: Path):
    asker.path = tmp_path / "栏目.json"
    dialog.standard.click()
    dialog.forms["org"].setCurrentIndex(1)
    dialog.on_save()
    assert "已存到" in dialog.said.text()
    dialog.show_layout(exporting.whole_layout())
    dialog.on_load()
    assert dialog.layout_now() == Layout(exporting.standard_layout().columns, org="name")
    (tmp_path / "栏目.json").write_text("{}")
    dialog.on_load()
    assert "不是目录栏目文件" in dialog.said.text()
    assert dialog.layout_now().org == "name"


def test_what_cannot_be_is_said_and_nothing_is_asked(dialog: CatalogueExportDialog, asker, tmp_path: Path):
    asker.path = tmp_path / "目录.xlsx"
    dialog.table.show_columns([("title", "题名"), ("remarks", "题名")])
    for press in (dialog.on_export, dialog.on_save):
        press()
        assert "不能重复" in dialog.said.text()
    dialog.table.item(1, 1).setText("备注")
    assert dialog.said.text() == ""
    assert asker.asked == []


def test_a_mark_of_a_state_secret_in_a_heading(dialog: CatalogueExportDialog, filled: Office, asker, tmp_path: Path):
    asker.path = tmp_path / "目录.xlsx"
    dialog.table.show_columns([("title", "机密★10年")])
    dialog.on_export()
    assert "国家秘密" in dialog.said.text()
    assert asker.asked == []
    assert exporting.layout_of(filled) == exporting.whole_layout()


def test_a_place_that_cannot_be_written(qtbot, dialog: CatalogueExportDialog, asker, tmp_path: Path):
    asker.path = tmp_path / "没有" / "目录.xlsx"
    dialog.on_export()
    qtbot.waitUntil(lambda: "写不了" in dialog.said.text(), timeout=PATIENCE_MS)
    assert dialog.isVisible()


def test_which_items(dialog: CatalogueExportDialog, filled: Office, asker, clock, qtbot):
    assert dialog._words() == "2025年 永久 党政办公室"
    whole = CatalogueExportDialog(filled, View(), clock, asker)
    qtbot.addWidget(whole)
    assert whole._words() == "全部档案"
