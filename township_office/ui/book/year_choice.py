# SPDX-License-Identifier: MulanPSL-2.0
"""Which year of a register is on screen: the years that have rows, this one, and all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from township_office.core.fields import Register
from township_office.core.text import t
from township_office.services import browsing
from township_office.services.office import Office


class YearBox(QComboBox):
    """Latest year first; None stands for all years."""

    chosen = Signal(object)  # by the clerk, not by the program

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(t("ui.year_choice"))
        self.setMinimumWidth(108)
        self.activated.connect(lambda place: self.chosen.emit(self.itemData(place)))

    def offer(self, years: Iterable[int], shown: int | None) -> None:
        """Offer these years; shown is the one on screen."""
        self.clear()
        for year in sorted(set(years), reverse=True):
            self.addItem(t("ui.year", year=year), year)
        self.addItem(t("ui.all_years"), None)
        self.show_year(shown)

    def show_year(self, year: int | None) -> None:
        """Say which year is on screen."""
        self.setCurrentIndex(self.findData(year))


class YearChoice(YearBox):
    """The years of a register."""

    def __init__(self, office: Office, register: Register, today: Callable[[], date]) -> None:
        super().__init__()
        self._office, self._register, self._today = office, register, today

    def fill(self, shown: int | None) -> None:
        """Offer the years anew; shown is the one on screen."""
        self.offer([self._today().year, *browsing.years(self._office, self._register)], shown)

    def first(self) -> int | None:
        """Return the year to begin with: this one, else the latest with any row, else all when no row has a year."""
        today = self._today()
        years = browsing.years(self._office, self._register)
        if today.year in years:
            return today.year
        if years:
            return years[0]
        has_rows = browsing.counts(self._office, self._register, None, today)[""] > 0
        return None if has_rows else today.year
