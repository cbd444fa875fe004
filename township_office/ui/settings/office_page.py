# SPDX-License-Identifier: MulanPSL-2.0
"""单位: the office's name as printed, and the clerks who may sit at the program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem

from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.services import settings
from township_office.services.office import MAX_NAME, Office
from township_office.ui.settings.settings_page import SettingsPage
from township_office.ui.widgets import plain_button


class OfficePage(SettingsPage):
    """A clerk taken off the list keeps every entry made so far; only the tile goes."""

    def __init__(self, office: Office) -> None:
        super().__init__(t("setting.office"), "")
        self._office = office
        self._old_name = settings.office_name(office)
        self._old_clerks = settings.clerks(office)
        self.name = QLineEdit(self._old_name)
        self.name.setMaxLength(MAX_NAME)
        self.name.textChanged.connect(self.edited)
        self.add_named(t("setting.office_name"), self.name, t("setting.office_name_hint"))
        self.box.addSpacing(8)
        self.people = QListWidget()
        self.people.setMaximumHeight(220)
        for clerk in self._old_clerks:
            self._add_item(clerk)
        self.people.itemChanged.connect(lambda _item: self.edited.emit())
        self.people.currentRowChanged.connect(self._on_chosen)
        self.add_named(t("setting.clerks"), self.people, t("setting.clerks_hint"))
        self.newcomer = QLineEdit()
        self.newcomer.setPlaceholderText(t("setting.newcomer"))
        self.newcomer.returnPressed.connect(self.add_clerk)
        add = plain_button(t("setting.add"))
        add.clicked.connect(self.add_clerk)
        self.remove = plain_button(t("setting.remove"))
        self.remove.clicked.connect(self.remove_clerk)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.newcomer, 1)
        row.addWidget(add)
        row.addWidget(self.remove)
        self.box.addLayout(row)
        self.box.addStretch()
        self._on_chosen(-1)

    def clerks(self) -> list[str]:
        """Return the names as they stand on the page."""
        return [clean_text(self.people.item(row).text()) for row in range(self.people.count())]

    def add_clerk(self) -> None:
        """Put the name in the line on the list."""
        name = clean_text(self.newcomer.text())
        if name and name not in self.clerks():
            self._add_item(name)
            self.edited.emit()
        self.newcomer.clear()

    def remove_clerk(self) -> None:
        """Take the chosen name off the list; not the one who sits here now."""
        row = self.people.currentRow()
        if row >= 0 and self.people.item(row).text() != self._office.clerk:
            self.people.takeItem(row)
            self.edited.emit()

    def is_changed(self) -> bool:
        """See SettingsPage."""
        return clean_text(self.name.text()) != self._old_name or self.clerks() != self._old_clerks

    def apply(self) -> None:
        """See SettingsPage."""
        if clean_text(self.name.text()) != self._old_name:
            settings.set_setting(self._office, "office.name", self.name.text())
            self._old_name = settings.office_name(self._office)
        if self.clerks() != self._old_clerks:
            settings.set_setting(self._office, "office.clerks", ",".join(self.clerks()))
            self._old_clerks = settings.clerks(self._office)

    def _add_item(self, name: str) -> None:
        item = QListWidgetItem(name)
        if name != self._office.clerk:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.people.addItem(item)

    def _on_chosen(self, row: int) -> None:
        self.remove.setEnabled(row >= 0 and self.people.item(row).text() != self._office.clerk)
