# SPDX-License-Identifier: MulanPSL-2.0
"""The list of the custody book: views as chips, the table of copies, what was found, kind words where there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.registers.confidential import COUNTED
from township_office.services import settings
from township_office.services.guarded import confidential
from township_office.services.guarded.custody import Held
from township_office.services.guarded.custody_lists import STANDINGS, CopyFinder, every_copy, standing_of, year_of
from township_office.services.guarded.vault import Vault
from township_office.ui.book.view_chips import ViewChips
from township_office.ui.confidential.book.copies_model import Clock, CopiesModel
from township_office.ui.confidential.book.copies_table import CopiesTable
from township_office.ui.widgets import EmptyState, card, icon_button, label, link_button, plain_button


class CopiesList(QWidget):
    """Shows one view of the copies (a year, a standing) or what is found in it, and knows the chosen ones.

    head, with the views as chips, is a widget of its own: the book lays it across the whole page.
    """

    chosen = Signal()  # other copies, or none, are chosen
    register_wanted = Signal()
    view_changed = Signal()  # the year was changed from here

    def __init__(self, vault: Vault, now: Callable[[], datetime], toggle: QAction) -> None:
        super().__init__()
        self._vault, self._now = vault, now
        self.year: int | None = None  # papers stay in custody over the years: at first all are shown
        self.state, self.text = "", ""
        self._all: list[Held] = []
        self._within: list[Held] = []  # of the year
        self._finder = CopyFinder(())
        self.clock = Clock(now(), "")
        self.model = CopiesModel(self)
        self.table = CopiesTable(self.model)
        self.chips = ViewChips()
        self.chips.show_words({"": t("ui.all_rows")} | {key: t(f"custody_book.{key}") for key in STANDINGS})
        self.chips.chosen.connect(self.show_state)
        self._said = label("", "muted")
        self._counters = label("", "muted")
        self._wider = link_button(t("ui.find_all_years"))
        self._wider.clicked.connect(self.widen)
        self.table.chosen.connect(self.chosen)
        self.head = self._build_head(toggle)
        sheet = card()
        self._stack = QStackedLayout(sheet)
        self._stack.setContentsMargins(1, 1, 1, 7)
        self._stack.addWidget(self.table)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(sheet)

    def _build_head(self, toggle: QAction) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.chips, 1)
        row.addWidget(self._said)
        row.addWidget(self._wider)
        row.addSpacing(12)
        row.addWidget(self._counters)
        row.addWidget(icon_button(toggle))
        return head

    # ---- what is shown ----

    def read_anew(self, keep: Sequence[tuple[int, str]] | None = None) -> None:
        """Something was written, or time went by: read every copy; keep are to be chosen, else those that were."""
        keep = self._chosen_keys() if keep is None else keep
        self._all = every_copy(self._vault)
        self._take_year()
        self.reload(keep)

    def forget(self) -> None:
        """Nothing of the register stays in memory or on screen."""
        self._all, self._within, self.text = [], [], ""
        self._finder = CopyFinder(())
        self.model.forget()
        self.chips.show_counts({})
        for words in (self._said, self._counters):
            words.clear()
        self._show_page(QWidget())

    def years(self) -> set[int]:
        """Return the years of which there is any paper, and this one."""
        return {year_of(held) for held in self._all} | {self._now().year}

    def show_year(self, year: int | None) -> None:
        """Show the papers received in this year, or all of them."""
        self.year = year
        self._take_year()
        self.reload()

    def show_state(self, key: str) -> None:
        """Show the copies that stand so; "" means all."""
        self.state = key
        self.reload()

    def widen(self) -> None:
        """Look through all years and standings."""
        self.state = ""
        self.show_year(None)
        self.view_changed.emit()

    def seek(self, text: str) -> None:
        """Show what is found for text; "" shows the whole view again."""
        self.text = text
        self.reload()

    def reload(self, keep: Sequence[tuple[int, str]] | None = None) -> None:
        """Show the view again; the chosen copies, or keep, are chosen where they are still there."""
        keep = self._chosen_keys() if keep is None else keep
        self.clock = self._clock_now()
        self.chips.choose(self.state)
        shown = [self._within[place] for place in self._finder.hits(self.text)] if self.text else self._within
        if self.state:
            shown = [held for held in shown if standing_of(held) == self.state]
        self.table.painter_of_rows.seek(self.text)
        self.model.show_copies(shown, self.clock, self.year, is_strict=confidential.mode(self._vault).is_strict)
        self._say(len(shown))
        if shown:
            self._lead(self.table)
            self._stack.setCurrentWidget(self.table)
            places = [self.model.position_of(*key) for key in keep]
            self.table.choose_all([place for place in places if place is not None] or [0])
        else:
            self._show_nothing()
        self.chosen.emit()

    def reveal(self, paper_id: int, serial: str = "") -> bool:
        """Choose a copy, leaving standing, search and year where they hide it; say whether the search was left."""
        left_search = False
        if self.model.position_of(paper_id, serial) is None:
            left_search, self.text, self.state = bool(self.text), "", ""
            self.show_year(None)
            self.view_changed.emit()
        place = self.model.position_of(paper_id, serial)
        if place is not None:
            self.table.choose(place)
        return left_search

    def tell_time(self) -> None:
        """Time went by: what is late is told anew, and nothing moves."""
        self.clock = self._clock_now()
        self.model.take_time(self.clock)

    def _clock_now(self) -> Clock:
        return Clock(self._now(), settings.get_setting(self._vault.office, "confidential.return_hour"))

    def say(self, words: str) -> None:
        """Say what was just done, until the list changes."""
        self._said.setText(words)

    def _chosen_keys(self) -> list[tuple[int, str]]:
        return [(held.paper.id, held.copy.serial) for held in self.table.chosen_copies()]

    def _take_year(self) -> None:
        self._within = [held for held in self._all if self.year in (None, year_of(held))]
        self._finder = CopyFinder(self._within, is_strict=confidential.mode(self._vault).is_strict)
        counts = dict.fromkeys(STANDINGS, 0)
        for held in self._within:
            counts[standing_of(held)] += 1
        self.chips.show_counts({"": len(self._within)} | counts)
        counted = confidential.counters(self._vault)
        words = t("custody_book.counters", top=counted[COUNTED[0]], telegrams=counted[COUNTED[1]])
        self._counters.setText(words if any(counted.values()) else "")

    # ---- words about it ----

    def _say(self, count: int) -> None:
        self._said.setText(t("custody_book.found", count=f"{count:,}") if self.text else "")
        is_part = self.year is not None or bool(self.state)
        self._wider.setVisible(bool(self.text) and is_part)

    def _show_nothing(self) -> None:
        """Say why there is nothing, and what can be done."""
        if self.text:
            page = EmptyState("no_match", t("ui.no_match", text=self.text), t("custody_book.no_match_hint"))
        elif self.state or (self.year is not None and self._all):
            what = t(f"custody_book.{self.state}") if self.state else t("ui.year", year=self.year)
            page = EmptyState("done", t("custody_book.none_here", what=what), "")
            page.add_button(plain_button(t("ui.show_all")), self.widen)
        else:
            page = EmptyState("empty_book", t("custody_book.none"), t("custody_book.none_hint"))
            if not self._vault.office.is_readonly:
                button = plain_button(t("custody_book.first"), "record_new")
                page.add_button(button, self.register_wanted.emit)
        self._show_page(page)

    def _show_page(self, page: QWidget) -> None:
        """Put this page in place of the table."""
        old = self._stack.widget(1)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(page)
        self._lead(page.findChild(QPushButton) or page)
        self._stack.setCurrentWidget(page)

    def _lead(self, place: QWidget) -> None:
        """Lead the keyboard to what is shown: a table that is hidden takes none."""
        before = self.focusProxy()
        had_focus = before is not None and before.hasFocus()
        self.setFocusProxy(place)
        if had_focus:
            place.setFocus()
