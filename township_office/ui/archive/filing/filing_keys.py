# SPDX-License-Identifier: MulanPSL-2.0
"""The commands of the desk with their keys; the buttons below the table and the menu of a row are made from them.

They are no commands of the program: a letter alone decides only while the table has the cursor.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from township_office.core.text import t
from township_office.registers.archive.retention import NOT_FILED, PERMANENT, TEN, THIRTY
from township_office.ui.widgets import plain_button

PERIOD_KEYS = {"permanent": PERMANENT.word, "thirty": THIRTY.word, "ten": TEN.word, "leave": NOT_FILED}
_AGREE = "agree"
# Where the table has the cursor.
_ON_ROWS = {
    "permanent": "Y", "thirty": "3", "ten": "1", "leave": "N", _AGREE: "Space", "fill": "Ctrl+D", "join": "Ctrl+J",
    "split": "Ctrl+Shift+J", "up": "Alt+Up", "down": "Alt+Down", "reset": "Del",
    "group": "Ctrl+G",
}  # fmt: skip
# Wherever the cursor is on the desk.
_ANYWHERE = {
    "edit": "F4", "add": "Ctrl+N", "undo": "Ctrl+Z", "redo": "Ctrl+Y", "next": "F8", "find": "Ctrl+F",
    "view_next": "Ctrl+PgDown", "view_previous": "Ctrl+PgUp",
}  # fmt: skip
_WRITES = {*_ON_ROWS, "edit", "add", "undo", "redo"} - {"group"}
_MENU = (
    "group",
    "",
    "fill",
    "reset",
    "",
    "join",
    "split",
    "",
    "up",
    "down",
    "",
    "edit",
    "add",
    "",
    "undo",
    "redo",
    "",
    "next",
)


class FilingKeys(QObject):
    """Emits which command was given."""

    given = Signal(str)
    org_given = Signal(str)  # code of a 机构

    def __init__(self, desk: QWidget, table: QWidget) -> None:
        super().__init__(desk)
        self.actions: dict[str, QAction] = {}
        for keys, owner, context in (
            (_ON_ROWS, table, Qt.ShortcutContext.WidgetShortcut),
            (_ANYWHERE, desk, Qt.ShortcutContext.WidgetWithChildrenShortcut),
        ):
            for name, key in keys.items():
                self.actions[name] = self._make(name, key, owner, context)
        self._buttons: list[QPushButton] = []
        self._orgs = QMenu(t("filing_desk.do_org"), desk)
        self.menu = QMenu(desk)
        self._fill_menu()

    def _make(self, name: str, key: str, owner: QWidget, context: Qt.ShortcutContext) -> QAction:
        words = PERIOD_KEYS.get(name) or t(f"filing_desk.do_{name}")
        action = QAction(words, owner)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(context)
        action.triggered.connect(partial(self.given.emit, name))
        owner.addAction(action)
        return action

    def _fill_menu(self) -> None:
        for name in _MENU:
            if name:
                self.menu.addAction(self.actions[name])
            else:
                self.menu.addSeparator()
            if name == "reset":
                self.menu.addMenu(self._orgs)

    def buttons(self) -> list[QPushButton]:
        """Return the buttons of what is decided most, and the menu of the rest."""
        for name in (*PERIOD_KEYS, _AGREE):
            action = self.actions[name]
            key = t("filing_desk.key_space") if name == _AGREE else action.shortcut().toString()
            button = plain_button(f"{action.text()}  {key}")
            button.clicked.connect(action.trigger)
            self._buttons.append(button)
        more = plain_button(t("filing_desk.more"))
        more.setMenu(self.menu)
        for button in (*self._buttons, more):
            button.setObjectName("decide")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cursor stays on the row that is meant
        return [*self._buttons, more]

    def show_orgs(self, orgs: Mapping[str, str]) -> None:
        """Offer the office's 机构 to give items to; one alone needs no choice."""
        self._orgs.clear()
        self._orgs.menuAction().setVisible(len(orgs) > 1)
        for code, name in orgs.items():
            self._orgs.addAction(name).triggered.connect(partial(self._give_org, code))

    def _give_org(self, code: str) -> None:
        self.org_given.emit(code)

    def allow_writing(self, *, is_allowed: bool) -> None:
        """Leave only what reads where nothing can be decided."""
        for name in _WRITES:
            self.actions[name].setEnabled(is_allowed)
        for widget in (*self._buttons, self._orgs):
            widget.setEnabled(is_allowed)
