# SPDX-License-Identifier: MulanPSL-2.0
"""One sentence beside a field, in its tone; its line is kept free, so that nothing moves when it speaks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from township_office.ui.widgets import rename

_LINE = 20


class Said(QLabel):
    """Says what is wrong (red), what is right (green), or what is going on (soft)."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMinimumHeight(_LINE)
        self.say("")

    def say(self, words: str, tone: str = "red") -> None:
        """Say this from now on; "" says nothing."""
        rename(self, f"note-{tone}")
        self.setText(words)
