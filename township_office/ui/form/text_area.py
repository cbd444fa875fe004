# SPDX-License-Identifier: MulanPSL-2.0
"""A text that begins as one line, grows with what is typed to four, and then scrolls."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

PASTE_LIMIT = 20_000  # characters; more is a file in the clipboard, and a text field would stand still over it
_MOST_LINES = 4
_LINE_HEIGHT = 34  # of a line edit, so that both stand in line


class TextArea(QPlainTextEdit):
    """Plain text only; too_much when a paste was refused, pasted_whole when one filled the empty area."""

    too_much = Signal()
    pasted_whole = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("fieldArea")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take pasted text only, and no whole file of it."""
        if len(source.text()) > PASTE_LIMIT:
            self.too_much.emit()
            return
        whole = self.document().isEmpty()
        super().insertFromMimeData(source)
        if whole:
            self.pasted_whole.emit(source.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower line breaks earlier."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = max(int(self.document().size().height()), 1)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if lines > _MOST_LINES else policy.ScrollBarAlwaysOff)
        around = _LINE_HEIGHT - self.fontMetrics().lineSpacing()
        height = min(lines, _MOST_LINES) * self.fontMetrics().lineSpacing() + around
        if height != self.height():
            self.setFixedHeight(height)
        if lines <= _MOST_LINES:  # Qt scrolls to the cursor before there is room for it, and stays there
            self.verticalScrollBar().setValue(0)
