# SPDX-License-Identifier: MulanPSL-2.0
"""The common frame of the smaller dialogs: a heading, what the dialog is about, a foot with its buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from township_office.ui.widgets import label

MARGIN = 24
_SCREEN_EDGE = 64  # the system's title bar and task bar


class FramedDialog(QDialog):
    """A dialog with a heading, a body and a foot; never larger than the screen it stands on."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        self.head.addWidget(label(title, "heading"))
        self.head.addStretch()
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, 18, MARGIN, 16)
        whole.setSpacing(14)
        whole.addLayout(self.head)
        whole.addLayout(self.body, 1)
        whole.addLayout(self.foot)

    def add_to_foot(self, *buttons: QPushButton) -> None:
        """Put buttons at the right end of the foot, the one that carries the work forward last."""
        for button in buttons:
            self.foot.addWidget(button)

    def fit(self, wanted: QSize) -> None:
        """Take the wanted size as far as the screen allows."""
        screen = self.screen().availableGeometry()
        self.resize(min(wanted.width(), screen.width() - 16), min(wanted.height(), screen.height() - _SCREEN_EDGE))
