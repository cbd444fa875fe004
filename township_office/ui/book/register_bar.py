# SPDX-License-Identifier: MulanPSL-2.0
"""The line above a register's list: what can be begun, what is looked for, which year is shown."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy

from township_office.core.text import t
from township_office.ui import actions
from township_office.ui.book.search_box import SearchBox
from township_office.ui.book.year_choice import YearChoice
from township_office.ui.widgets import action_button, plain_button


def build_bar(commands: dict[str, QAction], search: SearchBox, years: YearChoice) -> QHBoxLayout:
    """Return the line; only what is registered now is a primary button."""
    printing = plain_button(t("action.book_print") + " ▾")
    menu = QMenu(printing)
    actions.fill_menu(menu, actions.PRINT_MENU, commands)
    printing.setMenu(menu)
    search.setMinimumWidth(120)
    search.setMaximumWidth(400)
    search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    bar = QHBoxLayout()
    bar.setSpacing(8)
    new_keys = actions.shown_shortcut("record_new")
    bar.addWidget(action_button(commands["record_new"], is_primary=True, shortcut=new_keys))
    for name in filter(commands.get, ("record_draft", "batch_entry", "sheet_import")):
        bar.addWidget(action_button(commands[name]))
    bar.addWidget(printing)
    bar.addStretch(1)
    bar.addWidget(search, 4)
    bar.addWidget(years)
    return bar
