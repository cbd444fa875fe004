# SPDX-License-Identifier: MulanPSL-2.0
"""A line for a person's name with the office's clerks as chips below it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from township_office.ui.widgets import chip, label

_LONGEST = 20
_ROOM = 36  # characters that fit beside each other


class NameLine(QWidget):
    """text() is the name."""

    def __init__(self, title: str, names: Iterable[str]) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setMaxLength(_LONGEST)
        self.line.setAccessibleName(title)
        row = QHBoxLayout()
        row.setSpacing(2)
        room = _ROOM
        for name in names:
            room -= len(name) + 2
            if room < 0:
                break
            button = chip(name)
            button.setCheckable(False)
            button.clicked.connect(lambda _=False, name=name: self._take(name))
            row.addWidget(button)
        row.addStretch()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for widget in (label(title, "label"), self.line):
            box.addWidget(widget)
        box.addLayout(row)

    def text(self) -> str:
        """Return the name as it was typed."""
        return self.line.text().strip()

    def _take(self, name: str) -> None:
        self.line.setText(name)
        self.line.returnPressed.emit()
