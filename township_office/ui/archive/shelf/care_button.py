# SPDX-License-Identifier: MulanPSL-2.0
"""利用与保管 ▾ — the pages of use and care on a window that is too low to list them below the tree."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from township_office.core.text import t
from township_office.ui import theme
from township_office.ui.archive.shelf.doors import PAGES
from township_office.ui.widgets import rename


class CareButton(QPushButton):
    """Says which page is shown; opens upwards, for it stands at the foot of the sidebar."""

    page_wanted = Signal(str)  # one of doors.PAGES

    def __init__(self) -> None:
        super().__init__()
        self._menu = QMenu(self)
        for name, icon in PAGES.items():
            action = self._menu.addAction(theme.icon(icon), t(f"shelf.page_{name}"))
            action.triggered.connect(lambda _=False, name=name: self.page_wanted.emit(name))
        self.setMenu(self._menu)
        self.show_page("")

    def show_page(self, name: str) -> None:
        """Say which page is shown, "" for none."""
        self.setText(t("shelf_leads.care", page=t(f"shelf.page_{name}") if name else t("shelf.care")))
        rename(self, "careShown" if name else "care")
