# SPDX-License-Identifier: MulanPSL-2.0
"""Hands at a keyboard: every key pressed goes to whatever has the cursor, and is counted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.ui.book.register_tab import RegisterTab
from township_office.ui.entry.entry_row import EntryRow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """presses counts keys as fingers do: Ctrl+V is two."""

    def __init__(self) -> None:
        self.presses = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        """Press one key, with Ctrl or Shift held or alone."""
        QTest.keyClick(focus(), key, modifier)
        self.presses += 1 if modifier == _NONE else 2

    def type(self, text: str) -> None:
        """Type Latin letters and digits."""
        for letter in text:
            QTest.keyClicks(focus(), letter)
            self.presses += 1

    def enter(self, text: str = "") -> None:
        """Type something and Enter."""
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def paste(self, text: str) -> None:
        """Paste a text copied elsewhere."""
        QApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, CTRL)


def focus() -> QWidget:
    """Return what has the cursor."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the cursor"
    return widget


def compose(*preedits: str, commit: str = "") -> None:
    """Send what an input method sends: each state of the letters being composed, then the words chosen."""
    events = [QInputMethodEvent(preedit, []) for preedit in preedits]
    if commit:
        last = QInputMethodEvent("", [])
        last.setCommitString(commit)
        events.append(last)
    for event in events:
        target = QGuiApplication.focusObject()
        assert target is not None
        QCoreApplication.sendEvent(target, event)


def row_of(tab: RegisterTab) -> EntryRow:
    return tab.desk.bundle.row


def now(row: EntryRow) -> str:
    """The field the cursor is in."""
    return next((name for name, stop in row.stops.items() if stop.editor.inner is focus()), "")


def newest(office, register=RECEIPT):
    return records.last_row(office, register)


def put(row: EntryRow, **texts: str) -> None:
    row.fill(texts)
