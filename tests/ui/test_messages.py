# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.ui import messages
from township_office.ui.messages import Box, BoxAsker


@pytest.fixture
def page(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def box_of(page: QWidget) -> Box:
    return page.findChild(Box)


def button(box: Box, words: str) -> QPushButton:
    return next(found for found in box.findChildren(QPushButton) if found.text() == words)


def test_an_office_error_is_told_in_its_own_words(page):
    BoxAsker(page).report(OfficeError("error.read_only"))
    assert box_of(page).words.text() == t("error.read_only")


def test_a_bug_is_logged_and_admitted_without_its_words(page, caplog):
    with caplog.at_level(logging.ERROR):
        BoxAsker(page).report(ZeroDivisionError("division by zero"))
    assert box_of(page).words.text() == t("ui.unexpected")
    assert "ZeroDivisionError" in caplog.text


def test_markup_in_what_is_told_is_shown_as_it_is(page):
    BoxAsker(page).tell("<b>标题</b>")
    assert box_of(page).words.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize(("pressed", "expected"), [("作废", ["done"]), ("取消", [])])
def test_confirm_does_it_only_on_the_button_that_says_so(qtbot, page, pressed, expected):
    done: list[str] = []
    BoxAsker(page).confirm("要作废吗？", "作废", lambda: done.append("done"))
    button(box_of(page), pressed).click()
    assert done == expected


def test_escape_means_no(qtbot, page):
    done: list[str] = []
    BoxAsker(page).confirm("要作废吗？", "作废", lambda: done.append("done"))
    qtbot.keyClick(box_of(page), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: box_of(page) is None)
    assert done == []


def test_file_dialog_hands_on_the_path_and_begins_there_next_time(qtbot, page, tmp_path):
    chosen: list[Path] = []
    asker = BoxAsker(page)
    asker.save_file("导出", "收文.xlsx", "Excel (*.xlsx)", chosen.append)
    dialog = page.findChild(QFileDialog)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert dialog.defaultSuffix() == "xlsx"
    dialog.fileSelected.emit(str(tmp_path / "收文.xlsx"))
    dialog.close()
    assert chosen == [tmp_path / "收文.xlsx"]
    qtbot.waitUntil(lambda: page.findChild(QFileDialog) is None)
    BoxAsker(page).save_file("导出", "收文.xlsx", "Excel (*.xlsx)", chosen.append)
    again = page.findChild(QFileDialog)
    assert Path(again.directory().absolutePath()) == tmp_path
    again.close()


def test_each_purpose_has_its_folder_and_one_that_is_gone_is_forgotten(qtbot, page, tmp_path):
    stick = tmp_path / "U盘"
    stick.mkdir()
    chosen: list[Path] = []
    for _ in range(2):
        BoxAsker(page).folder("备份", chosen.append)
        dialog = page.findChild(QFileDialog)
        assert dialog.fileMode() is QFileDialog.FileMode.Directory
        begun = Path(dialog.directory().absolutePath())
        dialog.fileSelected.emit(str(stick))
        dialog.close()
        qtbot.waitUntil(lambda: page.findChild(QFileDialog) is None)
    assert begun == stick
    stick.rmdir()
    BoxAsker(page).folder("备份", chosen.append)
    dialog = page.findChild(QFileDialog)
    assert Path(dialog.directory().absolutePath()) != stick
    dialog.close()


def test_a_computer_without_a_folder_for_documents_begins_at_home(page, tmp_path, monkeypatch):
    monkeypatch.setattr(messages.QStandardPaths, "writableLocation", lambda _: str(tmp_path / "Documents"))
    BoxAsker(page).folder("备份", lambda _: None)
    dialog = page.findChild(QFileDialog)
    assert Path(dialog.directory().absolutePath()) == Path.home()
    assert dialog.findChild(QLineEdit).text() != "Documents"
    dialog.close()
