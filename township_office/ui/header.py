# SPDX-License-Identifier: MulanPSL-2.0
"""The head of the main window: the office, its tabs, what can be undone, when it was backed up, and who sits here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QTabBar

from township_office.core.text import t
from township_office.registers import DOCUMENTS
from township_office.services import settings, undoing
from township_office.services.office import Office
from township_office.ui import actions, theme
from township_office.ui.widgets import ElidedLabel, icon_button, plain_button, rename
from township_office.ui.words import short_title

_HEIGHT = 52


class Header(QFrame):
    """Shows; what is chosen here, the window does."""

    clerk_chosen = Signal(str)

    def __init__(self, office: Office, commands: Mapping[str, QAction]) -> None:
        super().__init__()
        self._office, self._commands = office, commands
        self.setObjectName("header")
        self.setFixedHeight(_HEIGHT)
        self.name = ElidedLabel("", "officeName")
        self.tabs = QTabBar()
        self.tabs.setObjectName("mainTabs")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        for title in (
            t("today.title"),
            *map(short_title, DOCUMENTS),
            t("lock.tab"),
            t("shelf.title"),
            t("duty_tab.title"),
        ):
            self.tabs.addTab(title)
        self.backup, self.clerk = plain_button(""), plain_button("")
        self.clerk.setObjectName("clerk")
        menu = QMenu(self.clerk)
        menu.aboutToShow.connect(partial(self._fill_menu, menu))
        self.clerk.setMenu(menu)
        undo = QHBoxLayout()
        undo.setSpacing(2)
        for name in ("undo", "redo"):
            undo.addWidget(icon_button(commands[name]))
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 1)  # the hairline below stays whole under the tabs
        row.setSpacing(12)
        row.addWidget(self.name)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        row.addLayout(undo)
        row.addWidget(self.backup)
        row.addWidget(self.clerk)

    def show_office(self, name: str) -> None:
        """Say which office this is, and who sits here."""
        self.name.show_text(name)
        self.clerk.setText(f"{self._office.clerk} ▾")
        self.clerk.setAccessibleName(t("ui.clerk_menu", clerk=self._office.clerk))

    def show_backup(self, words: str, tone: str) -> None:
        """Say how long ago the last backup was made."""
        self.backup.setText(words)
        self.backup.setIcon(theme.icon("check" if tone == "green" else "warning", tone))
        self.backup.setToolTip(actions.tooltip("office_backup"))
        rename(self.backup, f"backup-{tone}")

    def name_undo(self) -> None:
        """Say what would be undone, and what would be done again."""
        for name, deed in (("undo", undoing.to_undo(self._office)), ("redo", undoing.to_redo(self._office))):
            command, word = self._commands[name], t(f"action.{name}")
            command.setEnabled(deed is not None and not self._office.is_readonly)
            command.setText(t("undo.named", verb=word, deed=deed.words) if deed else word)
            command.setToolTip(f"{command.text()}　{actions.shown_shortcut(name)}")

    def _fill_menu(self, menu: QMenu) -> None:
        menu.clear()
        self.name_undo()
        for name in settings.clerks(self._office):
            is_current = name == self._office.clerk
            choice = QAction(theme.icon("check", "accent") if is_current else theme.icon("clerk"), name, menu)
            choice.setCheckable(True)
            choice.setChecked(is_current)
            choice.triggered.connect(partial(self.clerk_chosen.emit, name))
            menu.addAction(choice)
        menu.addSeparator()
        actions.fill_menu(menu, actions.OFFICE_MENU, self._commands)
