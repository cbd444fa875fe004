# SPDX-License-Identifier: MulanPSL-2.0
"""The views of a list as chips on one line: everything, and each standing that any row has.

What is too much for the line is behind 更多, never on a second one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QPushButton, QSizePolicy, QWidget

from township_office.core.text import t
from township_office.ui.widgets import chip

_GAP = 4


class ViewChips(QWidget):
    """Chips of which one is chosen; views without a row, and passing ones, are offered only while they are shown."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._words: dict[str, str] = {}
        self._passing: frozenset[str] = frozenset()
        self._counts: Mapping[str, int] = {}
        self._key = ""
        self.chips: dict[str, QPushButton] = {}
        self._more = chip("")
        self._more.setCheckable(False)
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.addWidget(self._more)
        self._row.addStretch()

    def show_words(self, words: Mapping[str, str], passing: Collection[str] = ()) -> None:
        """Offer these views, key → word, in their order."""
        if words == self._words:
            return
        self._words, self._passing = dict(words), frozenset(passing)
        for place, key in enumerate(self._words):
            if key not in self.chips:
                self.chips[key] = button = chip("")
                button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
                self._row.insertWidget(place, button)
        self._arrange()

    def word(self, key: str) -> str:
        """Return what a view is called."""
        return self._words[key]

    def choose(self, key: str) -> None:
        """Show which view is shown."""
        self._key = key
        self._arrange()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Tell how many rows each view has."""
        self._counts = counts
        self._arrange()

    def behind_more(self) -> list[str]:
        """Return the keys that have rows and no room on the line."""
        return [key for key in self._offered() if self.chips[key].isHidden()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _choose_from_menu(self, key: str) -> None:
        self.chosen.emit(key)

    def _offered(self) -> list[str]:
        lasting = {key for key, count in self._counts.items() if count} - self._passing
        return [key for key in self._words if key in lasting | {"", self._key}]

    def _arrange(self) -> None:
        offered = self._offered()
        for key in offered:
            count = f" {self._counts.get(key, 0):,}" if self._counts else ""
            self.chips[key].setText(self._words[key] + count)
            self.chips[key].setChecked(key == self._key)
        shown = self._fitting(offered)
        for key, button in self.chips.items():
            button.setVisible(key in shown)
        rest = [key for key in offered if key not in shown]
        self._more.setVisible(bool(rest))
        self._menu.clear()
        for key in rest:
            self._menu.addAction(self.chips[key].text()).triggered.connect(partial(self._choose_from_menu, key))

    def _fitting(self, offered: list[str]) -> set[str]:
        """Return the views the line has room for; the one that is shown is always among them."""
        widths = {key: self.chips[key].sizeHint().width() + _GAP for key in offered}
        if sum(widths.values()) - _GAP <= self.width():
            return set(offered)
        self._more.setText(t("status.more"))
        room = self.width() - self._more.sizeHint().width() - widths[self._key]
        shown = {self._key}
        for key in offered:
            if key != self._key:
                room -= widths[key]
                if room < 0:
                    break
                shown.add(key)
        return shown
