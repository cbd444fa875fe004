# SPDX-License-Identifier: MulanPSL-2.0
"""How a test looks at the tab 档案: its sidebar line by line, its list, and how it finds a dialog."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QTreeWidgetItem, QTreeWidgetItemIterator

from township_office.ui.archive.shelf.sidebar import Sidebar
from township_office.ui.tabs.archive_tab import ArchiveTab


def entry(sidebar: Sidebar, *path: str) -> QTreeWidgetItem:
    """Return the entry that stands under these words, the last of them its own."""
    walk = QTreeWidgetItemIterator(sidebar)
    while item := walk.value():
        above, words = item, []
        while above is not None:
            words.insert(0, above.text(0))
            above = above.parent()
        if tuple(words[-len(path) :]) == path:
            return item
        walk += 1
    raise AssertionError(path)


def choose(tab: ArchiveTab, *path: str) -> None:
    """Choose an entry as a click does."""
    tab.sidebar.setCurrentItem(entry(tab.sidebar, *path))


def codes(tab: ArchiveTab) -> list[str]:
    """Return the 档号 in the list."""
    model = tab.items.list.model
    return [str(model.line(place).row["number"]) for place in range(model.rowCount())]


def dialog(tab: ArchiveTab, kind: type[QDialog]) -> Any:
    """Return the open dialog of a kind."""
    return next(one for one in tab.window().findChildren(kind) if one.isVisible())
