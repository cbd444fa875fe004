# SPDX-License-Identifier: MulanPSL-2.0
"""The small pieces: which key presses a button, and how a widget changes its dress."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout

from township_office.ui import theme
from township_office.ui.widgets import (
    LineButton,
    NumberBox,
    chip,
    label,
    link_button,
    open_once,
    plain_button,
    primary_button,
    rename,
    tint,
)


@pytest.fixture
def dialog(qtbot) -> QDialog:
    made = QDialog()
    made.line = QLineEdit()
    box = QVBoxLayout(made)
    box.addWidget(made.line)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("make", [plain_button, primary_button, link_button, chip, LineButton])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_the_button_that_has_the_focus(qtbot, dialog, make, key):
    button, pressed = make("导入"), []
    button.clicked.connect(lambda: pressed.append(button))
    dialog.layout().addWidget(button)
    with qtbot.waitActive(dialog):
        dialog.open()
        dialog.activateWindow()
    dialog.line.setFocus()
    QTest.keyClick(dialog.line, key)
    assert pressed == [], "a line beside it presses nothing"
    button.setFocus()
    QTest.keyClick(button, key)
    assert pressed == [button]
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [button], "Ctrl+Enter is the dialog's"
    assert dialog.isVisible()


def ink(widget) -> str:
    return widget.palette().color(QPalette.ColorRole.WindowText).name()


def test_another_name_is_another_dress_before_and_after_it_is_shown(qtbot, dialog):
    early, late = label("早", "muted"), label("晚", "muted")
    for widget in (early, late):
        widget.sizeHint()  # asks the stylesheet already
        dialog.layout().addWidget(widget)
    rename(early, "problem")
    dialog.show()
    assert ink(late) == theme.COLOURS["soft"]
    rename(late, "problem")
    assert ink(early) == ink(late) == theme.COLOURS["red"]


def test_a_tone_comes_and_goes(dialog):
    note = label("注", "fieldNote")
    dialog.layout().addWidget(note)
    tint(note, "red")
    dialog.show()
    assert ink(note) == theme.COLOURS["red"]
    tint(note, "")
    assert ink(note) == theme.COLOURS["faint"]


def test_a_dialog_that_is_open_once_is_gone_afterwards(qtbot):
    once = QDialog()
    open_once(once)
    assert once.isVisible()
    with qtbot.waitSignal(once.destroyed):
        once.reject()


def test_a_number_is_turned_by_keys(qtbot, dialog):
    box = NumberBox(1, 9)
    dialog.layout().addWidget(box)
    dialog.show()
    box.setValue(4)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert box.value() == 5
