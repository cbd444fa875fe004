# SPDX-License-Identifier: MulanPSL-2.0
"""How a test looks at a register's tab: type a search, read the numbers, the empty page and its buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton

from township_office.ui.book.register_tab import RegisterTab
from township_office.ui.widgets import EmptyState


def search(qtbot, tab: RegisterTab, text: str) -> None:
    """Type a text as a clerk does and wait until the index is there and all hits are in."""
    tab.search.setFocus()
    tab.search.clear()
    tab.search.insert(text)  # QTest can press Latin keys only; an input method inserts like this
    finder = tab.list
    qtbot.waitUntil(lambda: finder._finder is not None and finder._finder.is_ready and not finder._is_loading)
    qtbot.waitUntil(lambda: not finder._run.is_going_on)


def numbers(tab: RegisterTab) -> list[str]:
    return [tab.list.model.line(place).texts[0] for place in range(tab.list.model.rowCount())]


def empty_page(tab: RegisterTab) -> EmptyState | None:
    page = tab.list._stack.currentWidget()
    return page if isinstance(page, EmptyState) else None


def words_of(page: EmptyState) -> list[str]:
    return [found.text() for found in page.findChildren(QLabel) if found.text()]


def button(parent, words: str) -> QPushButton:
    return next(found for found in parent.findChildren(QPushButton) if words in found.text())


def chosen_number(tab: RegisterTab) -> str:
    return tab.list.model.line(tab.list.table.position()).texts[0]
