# SPDX-License-Identifier: MulanPSL-2.0
"""排不出来: the smallest set of people and days that cannot hold together, and the ways to loosen it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.registers.duty.plan import Conflict
from township_office.services.roster.answers import conflict_words
from township_office.services.roster.months import Roster
from township_office.ui import theme
from township_office.ui.widgets import label, link_button

_NAMED = 4


class ConflictPanel(QFrame):
    """A calm sheet above the month; it goes when something was changed."""

    person_wanted = Signal(int)
    line_wanted = Signal()
    day_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner-amber")
        image = QLabel()
        image.setPixmap(theme.picture("warning", "amber", 18))
        self._words = label("", "", wraps=True)
        self._links = QHBoxLayout()
        self._links.setSpacing(8)
        inside = QVBoxLayout()
        inside.setSpacing(2)
        inside.addWidget(self._words)
        inside.addLayout(self._links)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(image, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(inside, 1)
        self.links: list[QWidget] = []
        self.hide()

    def show_conflict(self, roster: Roster, conflict: Conflict) -> None:
        """Say what cannot hold together, with links to where it can be loosened."""
        for old in self.links:
            old.hide()
            old.deleteLater()
        while self._links.count():
            self._links.takeAt(0)
        self.links = []
        people = roster.frame.people
        self._words.setText(conflict_words(people, conflict))
        for slot in conflict.slots[:1]:
            self._add(
                t("duty_tab.to_day", month=slot.day.month, day=slot.day.day), partial(self.day_wanted.emit, slot.day)
            )
        for member in conflict.members[:_NAMED]:
            self._add(t("duty_tab.to_days_of", name=people[member].name), partial(self.person_wanted.emit, member))
        self._add(t("duty_tab.to_lines"), self.line_wanted.emit)
        self._links.addStretch()
        self.show()

    def words(self) -> str:
        """Return what is said."""
        return self._words.text()

    def _add(self, words: str, then: partial[None] | object) -> None:
        link = link_button(words)
        link.clicked.connect(lambda: then())  # type: ignore[operator]
        self._links.addWidget(link)
        self.links.append(link)
