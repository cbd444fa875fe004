# SPDX-License-Identifier: MulanPSL-2.0
"""A table and the pane beside it: whether there is room for the pane, and when it reads the chosen row."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from township_office.ui import memory

_ROOM = 960  # logical pixels of both; below, the table needs the width itself
_READ_AFTER_MS = 40  # the pane waits until ↓ is let go, so that the table can run


class SidePane(QWidget):
    """Shows the pane where there is room, until the clerk wishes it otherwise.

    This PC remembers the wish under name, for wide and for narrow windows.
    """

    due = Signal()  # the chosen row is to be read now

    def __init__(self, table: QWidget, pane: QWidget, name: str, *, is_useful: bool = True) -> None:
        """is_useful: the pane says more than the table, so it is there before anybody wishes."""
        super().__init__()
        self._pane, self._is_useful = pane, is_useful
        self._names = (f"{name}_wide", f"{name}_narrow")
        self._wishes = {key: memory.recall(key) for key in self._names}
        self._is_away = False
        self.reading = QTimer(self, interval=_READ_AFTER_MS, singleShot=True)
        self.reading.timeout.connect(self.due)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(table, 1)
        box.addWidget(pane)

    def is_shown(self) -> bool:
        """Say whether the pane stands beside the table."""
        return self._pane.isVisibleTo(self)

    def read(self) -> None:
        """The chosen row is another, or says something else: read it as soon as the keys rest."""
        self.reading.start()

    def toggle(self) -> None:
        """Show or hide the pane, and remember it."""
        key = self._key()
        self._wishes[key] = wish = not self.is_shown()
        memory.remember(key, wish)
        self.fit()

    def put_away(self, *, is_away: bool) -> None:
        """Leave the whole width to the table for a while, whatever was wished."""
        self._is_away = is_away
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _key(self) -> str:
        return self._names[not self.is_roomy()]

    def is_roomy(self) -> bool:
        """Say whether there is room for both."""
        return self.width() >= _ROOM

    def is_wished(self) -> bool:
        """Say whether the pane is to be there, as the clerk or else as the room says."""
        wish = self._wishes[self._key()]
        return (wish if isinstance(wish, bool) else self._is_useful and self.is_roomy()) and not self._is_away

    def fit(self) -> None:
        """Show the pane or put it away."""
        is_shown = self.is_wished()
        if is_shown != self.is_shown():
            self._pane.setVisible(is_shown)
            self.read()
