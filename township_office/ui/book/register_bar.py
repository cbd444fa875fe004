# SPDX-License-Identifier: MulanPSL-2.0
"""The line above a register's list: what can be begun, what is looked for, which year is shown."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from township_office.core.text import t
from township_office.ui import actions
from township_office.ui.book.search_box import SearchBox
from township_office.ui.book.year_choice import YearBox
from township_office.ui.widgets import action_button, plain_button


def build_bar(commands: dict[str, QAction], search: SearchBox, years: YearBox) -> QHBoxLayout:
    """Return the line; only what is registered now is a primary button."""
    printing = plain_button(t("action.book_print") + " ▾")
    menu = QMenu(printing)
    actions.fill_menu(menu, actions.PRINT_MENU, commands)
    printing.setMenu(menu)
    new_keys = actions.shown_shortcut("record_new")
    buttons = [action_button(commands["record_new"], is_primary=True, shortcut=new_keys)]
    names = filter(commands.get, ("record_draft", "batch_entry", "sheet_import"))
    buttons += [action_button(commands[name]) for name in names]
    return lay_out_bar([*buttons, printing], search, years)


def lay_out_bar(buttons: Iterable[QWidget], search: SearchBox, years: YearBox) -> QHBoxLayout:
    """Return what can be begun at the left, what is looked for and the year at the right."""
    search.setMinimumWidth(96)
    search.setMaximumWidth(400)
    search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    bar = QHBoxLayout()
    bar.setSpacing(8)
    for button in buttons:
        bar.addWidget(button)
    bar.addStretch(1)
    bar.addWidget(search, 4)
    bar.addWidget(years)
    return bar
