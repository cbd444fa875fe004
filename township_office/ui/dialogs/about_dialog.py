# SPDX-License-Identifier: MulanPSL-2.0
"""关于: which version this is, where the office's file lies, and every key of the program."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from township_office import __version__
from township_office.core.text import t
from township_office.services.office import Office
from township_office.ui import actions
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.widgets import card, label, primary_button, rule


class AboutDialog(FramedDialog):
    """Words only."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(t("ui.program"), parent)
        self.setWindowTitle(t("action.about"))
        self.body.addWidget(label(t("ui.about_version", version=__version__), "muted"))
        where = label(t("ui.about_file", path=office.path), "muted", wraps=True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(where)
        self.body.addWidget(self._keys(), 1)
        close = primary_button(t("ui.understood"))
        close.clicked.connect(self.accept)
        self.foot.insertWidget(0, label(t("ui.about_licence"), "hint"))
        self.add_to_foot(close)
        self.fit(QSize(460, 520))

    def _keys(self) -> QWidget:
        inside = QWidget()
        inside.setObjectName("clear")
        grid = QGridLayout(inside)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for place, action in enumerate(actions.ACTIONS):
            grid.addWidget(label(t("action." + action.id).removesuffix("…")), 2 * place, 0)
            grid.addWidget(label(actions.shown_shortcut(action.id), "muted"), 2 * place, 1)
            if action is not actions.ACTIONS[-1]:
                grid.addWidget(rule(), 2 * place + 1, 0, 1, 2)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        frame = card()
        around = QVBoxLayout(frame)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(scroll)
        return frame
