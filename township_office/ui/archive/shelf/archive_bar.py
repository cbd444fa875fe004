# SPDX-License-Identifier: MulanPSL-2.0
"""The line above the items: what can be begun, and what is looked for; what has no room is behind 更多."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QPushButton, QSizePolicy, QWidget

from township_office.core.text import t
from township_office.ui import actions
from township_office.ui.book.search_box import SearchBox
from township_office.ui.widgets import action_button, plain_button

_FIRST = "archive_file"
_PLAIN = ("record_new", "archive_boxes", "book_print")  # the last goes first where there is no room
_MORE = ("sheet_import", "sheet_export", actions.SEPARATOR, "archive_filings")
_GAP, _SEARCH, _WIDEST_SEARCH = 8, 150, 400


class ArchiveBar(QWidget):
    """Never wider than the page; the search box takes what the buttons leave."""

    def __init__(self, commands: Mapping[str, QAction], search: SearchBox) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._commands = dict(commands)
        self._first = action_button(commands[_FIRST], is_primary=True, shortcut=actions.shown_shortcut(_FIRST))
        self.plain = {name: self._button(name) for name in _PLAIN}
        self.more = plain_button(t("status.more"))
        self._menu = QMenu(self.more)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.more.setMenu(self._menu)
        search.setMinimumWidth(_SEARCH)
        search.setMaximumWidth(_WIDEST_SEARCH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for button in (self._first, *self.plain.values(), self.more):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(search, 4)

    def _button(self, name: str) -> QPushButton:
        button = action_button(self._commands[name])
        button.setIcon(self._commands[name].icon())
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - _SEARCH - sum(one.sizeHint().width() + _GAP for one in (self._first, self.more))
        for button in self.plain.values():
            room -= button.sizeHint().width() + _GAP
            button.setVisible(room >= 0)

    def _fill_menu(self) -> None:
        self._menu.clear()
        hidden = tuple(name for name, button in self.plain.items() if button.isHidden())
        actions.fill_menu(self._menu, (*hidden, *_MORE), self._commands)
