# SPDX-License-Identifier: MulanPSL-2.0
"""值班: one page at a time, chosen above: the month, the log, emergencies, people and lines, the year's figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from township_office.core.text import t
from township_office.registers.duty.event import DUTY_EVENT
from township_office.services.office import Office
from township_office.ui.duty.month.month_page import MonthPage
from township_office.ui.messages import Asker
from township_office.ui.tabs.tab import Tab
from township_office.ui.widgets import chip

MONTH, LOG, EVENTS, STAFF, YEAR = "month", "log", "events", "staff", "year"
PAGES = (MONTH, LOG, EVENTS, STAFF, YEAR)
_PASSED_ON = ("row_wanted", "settings_wanted", "confidential_wanted", "mishap_wanted", "row_touched", "moved")
_ROOM = 1250  # logical pixels for the chips and the bar of the month beside each other


class DutyTab(Tab):
    """Pages are built when they are first shown; Alt+1 … Alt+5 lead to them."""

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker) -> None:
        super().__init__()
        self._office, self._today, self._asker = office, today, asker
        self.pages: dict[str, Tab] = {}
        self.chips: dict[str, QPushButton] = {}
        self._stack = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 8, 20, 8)
        box.setSpacing(6)
        self._head = self._build_chips()
        box.addLayout(self._head)
        box.addWidget(self._stack, 1)
        self.show_page(MONTH)

    def _build_chips(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        group = QButtonGroup(self)
        for place, name in enumerate(PAGES, start=1):
            button = chip(t(f"duty_tab.page_{name}"))
            keys = QKeySequence(f"Alt+{place}")
            button.setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))
            button.clicked.connect(partial(self.show_page, name))
            QShortcut(keys, self, partial(self.show_page, name))
            group.addButton(button)
            self.chips[name] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    # ---- what the window asks ----

    def enter(self) -> None:
        """See Tab."""
        self.shown().enter()

    def refresh(self) -> None:
        """See Tab."""
        for page in self.pages.values():
            page.refresh()

    def status_words(self) -> str:
        """See Tab."""
        return self.shown().status_words()

    def on_record_new(self) -> None:
        """登记: a new line of the page that is shown."""
        self.shown().on_record_new()

    def show_row(self, register_name: str, row_id: int) -> None:
        """See Tab: a day of the log, an emergency."""
        self.show_page(EVENTS if register_name == DUTY_EVENT.name else LOG)
        self.shown().reveal(row_id)

    def show_page(self, name: str, _checked: bool = False) -> Tab:  # noqa: FBT001, FBT002 - Qt's signature
        """Bring a page to the front."""
        page = self.page(name)
        self.chips[name].setChecked(True)
        is_other = self._stack.currentWidget() is not page
        self._stack.setCurrentWidget(page)
        self._place_bar()
        if is_other and self.isVisible():
            page.enter()
        self.moved.emit()
        return page

    def shown(self) -> Tab:
        """Return the page at the front."""
        page = self._stack.currentWidget()
        assert isinstance(page, Tab)
        return page

    def page(self, name: str) -> Tab:
        """Return a page, building it when it is not there yet."""
        if name not in self.pages:
            built = getattr(self, f"_build_{name}")()
            built.changed.connect(partial(self._on_changed, name))
            for signal in _PASSED_ON:
                getattr(built, signal).connect(getattr(self, signal))
            self.pages[name] = built
            self._stack.addWidget(built)
        return self.pages[name]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_bar()

    def _place_bar(self) -> None:
        """Where there is room, the month's own bar stands beside the chips: the whole month is in sight then."""
        page = self.pages.get(MONTH)
        if not isinstance(page, MonthPage):
            return
        bar, is_beside = page.bar, self.width() >= _ROOM
        if is_beside and self._head.indexOf(bar) < 0:
            self._head.addWidget(bar)
        elif not is_beside and self._head.indexOf(bar) >= 0:
            self._head.removeWidget(bar)
            page.take_bar()
        if is_beside:
            bar.setVisible(page is self._stack.currentWidget() and page.has_month())

    # ---- pages ----

    def _build_month(self) -> Tab:
        built = MonthPage(self._office, self._today, self._asker)
        built.staff_wanted.connect(self._show_person)
        built.lines_wanted.connect(self._show_lines)
        built.import_wanted.connect(lambda: self.show_page(STAFF).on_sheet_import())
        return built

    def _build_log(self) -> Tab:
        from township_office.ui.duty.log.log_page import DutyLogPage

        return DutyLogPage(self._office, self._today, self._asker)

    def _build_events(self) -> Tab:
        from township_office.ui.duty.log.event_page import EventPage

        return EventPage(self._office, self._today, self._asker)

    def _build_staff(self) -> Tab:
        from township_office.ui.duty.staff.staff_page import StaffPage

        built = StaffPage(self._office, self._today, self._asker)
        built.drawing_wanted.connect(lambda: self.show_page(MONTH))
        return built

    def _build_year(self) -> Tab:
        from township_office.ui.duty.year_page import YearPage

        return YearPage(self._office, self._today, self._asker)

    def _show_person(self, person_id: int) -> None:
        self.show_page(STAFF).reveal(person_id)

    def _show_lines(self) -> None:
        self.show_page(STAFF).show_view(None, "lines")

    def _on_changed(self, name: str) -> None:
        """People, lines and days of one page are those of the others."""
        for other, page in self.pages.items():
            if other != name:
                page.refresh()
        self.changed.emit()
