# SPDX-License-Identifier: MulanPSL-2.0
"""A page of the tab with one sheet of paper in its middle: locked, not set up, the notice, the code to be checked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from township_office.ui import theme
from township_office.ui.widgets import card, label

_WIDTH, _PAD = 580, 28


class CardPage(QScrollArea):
    """box takes what stands on the sheet, below a picture and a heading; a low window scrolls it."""

    def __init__(self, picture: str, title: str, words: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet = card()
        sheet.setFixedWidth(_WIDTH)
        self.box = QVBoxLayout(sheet)
        self.box.setContentsMargins(_PAD, 22, _PAD, 20)
        self.box.setSpacing(10)
        image = QLabel()
        image.setPixmap(theme.picture(picture, "accent", 28))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(image)
        head.addWidget(label(title, "heading"), 1)
        self.box.addLayout(head)
        if words:
            self.box.addWidget(label(words, "muted", wraps=True))
        inside = QWidget()
        inside.setObjectName("clear")
        around = QVBoxLayout(inside)
        around.setContentsMargins(20, 12, 20, 12)
        around.addStretch(2)
        middle = QHBoxLayout()  # stretches, not an alignment: that would ask no wrapped line how high it is
        middle.addStretch()
        middle.addWidget(sheet)
        middle.addStretch()
        around.addLayout(middle)
        around.addStretch(3)
        self.setWidget(inside)

    def add_buttons(self, first: QPushButton, *others: QPushButton) -> None:
        """Put the button that carries the work forward at the right, ways around it at the left."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in others:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        row.addWidget(first)
        self.box.addSpacing(4)
        self.box.addLayout(row)
