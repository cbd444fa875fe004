# SPDX-License-Identifier: MulanPSL-2.0
"""The clerk's hands in a test: keys go where the focus is, Chinese comes from an input method, nothing is clicked."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

CTRL, ALT, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
KEY = Qt.Key


class Hands:
    """Keys for a window and the dialogs over it."""

    def __init__(self, qtbot, window: QWidget) -> None:
        self._qtbot, self._window = qtbot, window

    def dialog(self) -> QDialog | None:
        """The dialog on top, None when there is none."""
        top = QApplication.activeModalWidget()
        return top if isinstance(top, QDialog) else None

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is."""
        QCoreApplication.processEvents()  # what was opened last takes the keyboard
        top = self.dialog() or self._window
        if not top.isActiveWindow():
            with self._qtbot.waitActive(top):
                top.activateWindow()
        QTest.keyClick(top.focusWidget() or top, key, modifier)
        QCoreApplication.processEvents()

    def type(self, text: str) -> None:
        """Write text as an input method hands it over."""
        QCoreApplication.processEvents()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent((self.dialog() or self._window).focusWidget(), event)

    def fill(self, text: str) -> None:
        """Write text in place of what stands there."""
        self.press(KEY.Key_A, CTRL)
        self.press(KEY.Key_Delete)
        self.type(text)

    def tab_to(self, target: QWidget) -> None:
        """Go to a field with the Tab key."""
        for _ in range(60):
            if (self.dialog() or self._window).focusWidget() is target:
                return
            self.press(KEY.Key_Tab)
        raise AssertionError("no Tab leads there")
