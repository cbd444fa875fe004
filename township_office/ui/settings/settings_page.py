# SPDX-License-Identifier: MulanPSL-2.0
"""What every page of the settings has: it knows whether it was changed, and it can keep its changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from township_office.core.fields import Register
from township_office.registers import DOCUMENTS
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import settings
from township_office.services.office import Office
from township_office.ui.widgets import chip, label
from township_office.ui.words import short_title

LISTS = (*DOCUMENTS, ARCHIVE_ITEM)  # what the office lists in its own columns and calls by its own words


class SettingsPage(QWidget):
    """One page; apply() raises OfficeError with the sentence when a value is refused."""

    edited = Signal()

    def __init__(self, title: str, hint: str) -> None:
        super().__init__()
        self.title = title
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(20, 16, 20, 12)
        self.box.setSpacing(8)
        self.box.addWidget(label(title, "title"))
        if hint:
            self.box.addWidget(label(hint, "muted", wraps=True))
        self.box.addSpacing(4)

    def is_changed(self) -> bool:
        """Say whether apply() would write anything."""
        raise NotImplementedError

    def apply(self) -> None:
        """Keep what was changed."""
        raise NotImplementedError

    def add_named(self, name: str, widget: QWidget, hint: str = "") -> None:
        """Put a labelled control on the page."""
        words = label(name, "label")
        words.setBuddy(widget)
        widget.setAccessibleName(name)
        self.box.addWidget(words)
        self.box.addWidget(widget)
        if hint:
            self.box.addWidget(label(hint, "hint", wraps=True))

    def add_registers(self, then: Callable[[Register], None], registers: Sequence[Register] = DOCUMENTS) -> None:
        """Put a chip for each of these registers on the page; the first is chosen."""
        row = QHBoxLayout()
        row.setSpacing(4)
        group = QButtonGroup(self)
        for register in registers:
            button = chip(short_title(register))
            button.clicked.connect(lambda _checked=False, register=register: then(register))
            group.addButton(button)
            row.addWidget(button)
        group.buttons()[0].setChecked(True)
        row.addStretch()
        self.box.addLayout(row)


class ValuesPage(SettingsPage):
    """A page that says what each of its settings would be; those that differ are kept."""

    def __init__(self, title: str, hint: str, office: Office, keys: Sequence[str]) -> None:
        super().__init__(title, hint)
        self._office = office
        self._old = {key: settings.get_setting(office, key) for key in keys}

    def values(self) -> dict[str, str]:
        """Return the settings as they stand on the page."""
        raise NotImplementedError

    def is_changed(self) -> bool:
        """See SettingsPage."""
        return self.values() != self._old

    def apply(self) -> None:
        """See SettingsPage."""
        for key, value in self.values().items():
            if value != self._old[key]:
                settings.set_setting(self._office, key, value)
                self._old[key] = value
