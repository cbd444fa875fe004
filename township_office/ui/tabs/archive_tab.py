# SPDX-License-Identifier: MulanPSL-2.0
"""档案: the tree of the archive at the left; at the right the items of a branch, or a page of its use and care."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from township_office.core.errors import OfficeError
from township_office.core.progress import Progress
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services.archive import shelf
from township_office.services.archive.shelf import Branch
from township_office.services.browsing import View
from township_office.services.office import Office, twin
from township_office.ui.archive.shelf import doors
from township_office.ui.archive.shelf.care_button import CareButton
from township_office.ui.archive.shelf.items_page import ItemsPage
from township_office.ui.archive.shelf.sidebar import NARROW, WIDTH, Sidebar
from township_office.ui.jobs import run_quietly
from township_office.ui.messages import Asker
from township_office.ui.tabs.tab import Tab
from township_office.ui.widgets import card

_ROOM = 1000  # logical pixels; below, the sidebar is narrow
_HIGH = 600  # below, the pages of use and care are behind a button
_COUNT_AFTER_MS = 400  # while pages are typed, the counts wait for a pause


class ArchiveTab(Tab):
    """The sidebar chooses what is shown; what is shown marks its branch in the sidebar."""

    documents_touched = Signal()  # 归档, or taking one back, wrote into their books too

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker) -> None:
        super().__init__()
        self._office, self._today, self._asker = office, today, asker
        self._pages: dict[str, Tab] = {}
        self._is_stale = False  # a page of use and care wrote: what is lent, handed over or destroyed stands otherwise
        self._counting = QTimer(self, interval=_COUNT_AFTER_MS, singleShot=True)
        self._counting.timeout.connect(self._count)
        self.sidebar, self.care = Sidebar(), CareButton()
        self.items = ItemsPage(office, today, asker, self.sidebar.chosen_branch)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.items)
        self._side = self._build_side()
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(12)
        row.addWidget(self._side)
        row.addWidget(self._stack, 1)
        self._connect()
        self._read_tree()
        self._look_after()
        self.items.show_view(View())
        self.sidebar.choose(View())
        self.items.fonds.look()

    def _build_side(self) -> QFrame:
        sheet = card()
        box = QVBoxLayout(sheet)
        box.setContentsMargins(1, 4, 1, 4)
        box.addWidget(self.sidebar)
        foot = QVBoxLayout()
        foot.setContentsMargins(8, 0, 8, 6)
        foot.addWidget(self.care)
        box.addLayout(foot)
        self.care.hide()
        return sheet

    def _connect(self) -> None:
        self.sidebar.view_wanted.connect(self._on_view_wanted)
        for leads in (self.sidebar, self.care, self.items):
            leads.page_wanted.connect(self.show_page)
        for leaves in (self.care, self.items):  # the button is done with, or gone: the keys are the page's
            leaves.page_wanted.connect(lambda _: self._enter_page())
        self._stack.currentChanged.connect(lambda _: self._name_page())
        self.sidebar.entered.connect(self._enter_page)
        self.items.list.view_changed.connect(self._on_view_changed)
        self.items.typed.connect(self._counting.start)
        self.items.typed.connect(self.changed)
        self.items.changed.connect(self._on_written)
        self.items.way.written.connect(self.documents_touched)
        self.items.row_wanted.connect(self.row_wanted)
        self.items.settings_wanted.connect(self.settings_wanted)

    # ---- what the window asks ----

    def enter(self) -> None:
        """See Tab."""
        self._enter_page()

    def refresh(self) -> None:
        """See Tab."""
        self._is_stale = False
        self._read_tree()
        self._look_after()
        if not self.sidebar.has(View(self.items.list.view.year, part=self.items.list.view.part)):
            self.items.show_view(View())  # the branch is gone
        self.items.refresh()
        for page in self._pages.values():
            page.refresh()
        if self._shown_page() is None:
            self.sidebar.choose(self.items.list.view)

    def status_words(self) -> str:
        """See Tab."""
        page = self._shown_page()
        return self.items.status_words() if page is None else page.status_words()

    def on_record_new(self) -> None:
        """补归档, or a new line of the page that is shown."""
        page = self._shown_page()
        (self.items if page is None else page).on_record_new()

    def reveal(self, row_id: int) -> None:
        """See Tab: an item of the archive."""
        self.show_row(ARCHIVE_ITEM.name, row_id)

    def show_row(self, register_name: str, row_id: int) -> None:
        """Lead to a row of any register of the archive."""
        if register_name == ARCHIVE_ITEM.name:
            self._show_items()
            self.items.reveal(row_id)
        elif register_name in doors.PAGES:
            self.show_page(register_name)
            self._pages[register_name].reveal(row_id)

    def show_view(self, year: int | None, state: str) -> None:
        """See Tab."""
        self._show_items()
        self.items.show_view(View(year, state))
        self.items.list.table.setFocus()

    def show_page(self, name: str) -> None:
        """Show a page of use and care, one of doors.PAGES."""
        if name not in self._pages:
            page = doors.page(name, self._office, self._today, self._asker)
            page.changed.connect(self._on_care_written)
            page.row_wanted.connect(self.row_wanted)
            page.row_touched.connect(self.row_touched)
            page.confidential_wanted.connect(self.confidential_wanted)
            page.mishap_wanted.connect(self.mishap_wanted)
            self._pages[name] = page
            self._stack.addWidget(page)
        else:
            self._pages[name].refresh()
        self._stack.setCurrentWidget(self._pages[name])
        self.sidebar.choose(name)
        self.moved.emit()

    def show_filing(self, year: int | None) -> None:
        """归档 of a year (None: the one that is due): over the list, which tells of it afterwards."""
        self._show_items()
        self.items.way.open_filing(year)

    # ---- what follows ----

    def _on_view_wanted(self, view: View) -> None:
        self._bring_items()
        self.items.show_view(view)

    def _on_view_changed(self) -> None:
        """Another branch or standing was chosen in the list itself, or something is looked for."""
        self.sidebar.choose(self.items.list.view)
        self.moved.emit()

    def _show_items(self) -> None:
        self._bring_items()
        self.sidebar.choose(self.items.list.view)

    def _name_page(self) -> None:
        self.care.show_page(self._page_name())

    def _page_name(self) -> str:
        shown = self._shown_page()
        return next((name for name, page in self._pages.items() if page is shown), "")

    def _bring_items(self) -> None:
        self._stack.setCurrentWidget(self.items)
        if self._is_stale:
            self._is_stale = False
            self.items.list.read_anew()

    def _on_care_written(self) -> None:
        self._is_stale = True
        self._on_written()

    def _enter_page(self) -> None:
        page = self._shown_page()
        if page is None:
            self.items.list.table.setFocus()
        else:
            page.enter()
        if self.sidebar.hasFocus():  # the list is empty: its first button then
            self.focusNextChild()

    def _shown_page(self) -> Tab | None:
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Tab) else None

    def _on_written(self) -> None:
        """Items came, went or moved: the tree tells of it at once."""
        self._read_tree()
        self._look_after()
        self.items.fonds.look()
        self.changed.emit()

    def _read_tree(self) -> None:
        try:
            self.sidebar.show_tree(shelf.tree(self._office))
        except OfficeError as error:
            self._asker.report(error)

    def _look_after(self) -> None:
        """Count in the background what needs a hand: with 100,000 items it takes as long as several key strokes."""
        run_quietly(self, lambda _: self._read_attention(), self.sidebar.show_attention, self._asker.report)

    def _count(self) -> None:
        """Pages were typed: count them anew without holding up the next ones."""

        def work(_: Progress) -> tuple[Branch, dict[str, int]]:
            with twin(self._office) as own:
                return shelf.tree(own), shelf.attention(own, self._today())

        def done(found: tuple[Branch, dict[str, int]]) -> None:
            self.sidebar.show_tree(found[0])
            self.sidebar.show_attention(found[1])
            self.moved.emit()  # the line below the window tells of pages too

        run_quietly(self, work, done, self._asker.report)

    def _read_attention(self) -> dict[str, int]:
        with twin(self._office) as own:
            return shelf.attention(own, self._today())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(WIDTH if self.width() >= _ROOM else NARROW)
        self.care.setVisible(self.height() < _HIGH)
        self.sidebar.set_care_apart(is_apart=self.height() < _HIGH)
        if name := self._page_name():
            self.sidebar.choose(name)
