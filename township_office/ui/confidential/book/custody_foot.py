# SPDX-License-Identifier: MulanPSL-2.0
"""The foot of the pane: what can happen to the chosen copies next. What the rules forbid is no button."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.ui.widgets import plain_button, primary_button

_FIRST = ("reader_send", "reader_back")  # what most likely comes next: the paper goes out, the paper comes back
_PLAIN = (
    "custody_lend", "custody_copy", "custody_clear", "custody_transfer", "custody_destroy", "custody_keep",
)  # fmt: skip
_ALWAYS = "record_history"
_ABOVE = 3  # buttons in the upper row


class CustodyFoot(QWidget):
    """One primary button, the other steps behind and below it, and a menu with everything."""

    def __init__(self, commands: Mapping[str, QAction], menu: Callable[[], QMenu]) -> None:
        super().__init__()
        self.setObjectName("paneFoot")
        self._commands = commands
        self._rows = (QHBoxLayout(), QHBoxLayout())
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 12, 18, 14)
        box.setSpacing(6)
        for row in self._rows:
            row.setSpacing(6)
            box.addLayout(row)
        self.buttons: dict[str, QPushButton] = {}
        for name in (*_FIRST, *_PLAIN, _ALWAYS):
            button = primary_button("") if name in _FIRST else plain_button("")
            button.clicked.connect(commands[name].trigger)
            button.setParent(self)
            self.buttons[name] = button
        self.more = plain_button("⋯")
        self.more.setParent(self)
        self.more.setToolTip(t("way.more"))
        self.more.setAccessibleName(t("way.more"))
        self.more.clicked.connect(lambda: menu().popup(self.more.mapToGlobal(self.more.rect().topLeft())))

    def offer(self, possible: Collection[str]) -> None:
        """Show a button for each step that can be taken now; where there is none, only the history."""
        names = [name for name in (*_FIRST, *_PLAIN) if name in possible] or [_ALWAYS]
        places: dict[QPushButton, int] = {}
        for at, name in enumerate(names):
            self.buttons[name].setText(self._commands[name].text().removesuffix("…"))
            self.buttons[name].setToolTip(self._commands[name].toolTip())
            places[self.buttons[name]] = 0 if at < _ABOVE else 1
        places[self.more] = max(places.values())
        for button in (*self.buttons.values(), self.more):
            for row in self._rows:
                row.removeWidget(button)
            button.setVisible(button in places)
        for button, place in places.items():
            stretch = 0 if button is self.more else 2 if button.objectName() == "primary" else 1
            self._rows[place].addWidget(button, stretch)
