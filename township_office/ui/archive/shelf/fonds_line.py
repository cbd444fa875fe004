# SPDX-License-Identifier: MulanPSL-2.0
"""A line above the list while 档号 lack the 全宗号: where it is set, and once it is, to put it into them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.services.archive import items, shelf
from township_office.services.archive.scheme import scheme_of
from township_office.services.office import Office, twin
from township_office.ui.jobs import run_job
from township_office.ui.messages import Asker
from township_office.ui.widgets import Banner


class FondsLine(QWidget):
    """Hidden while every item has its 全宗号, or there is none to speak of."""

    settings_wanted = Signal()
    written = Signal()

    def __init__(self, office: Office, asker: Asker) -> None:
        super().__init__()
        self._office, self._asker = office, asker
        self._banner: Banner | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def look(self) -> None:
        """Read anew how many items there are without it."""
        count = 0 if self._office.is_readonly else shelf.lacking_fonds_no(self._office)
        number = scheme_of(self._office).fonds_no
        if self._banner is not None:
            self._row.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if count:
            key = "shelf.fonds_known" if number else "shelf.fonds_unknown"
            words = t(key, count=f"{count:,}", number=number)
            self._banner = Banner(words, "accent", t("shelf.fonds_give" if number else "shelf.set_fonds"))
            self._banner.pressed.connect(self._ask if number else self.settings_wanted)
            self._row.addWidget(self._banner)
        self.setVisible(bool(count))

    def _ask(self) -> None:
        number = scheme_of(self._office).fonds_no
        self._asker.confirm(t("shelf.fonds_ask", number=number), t("shelf.fonds_give"), self._give)

    def _give(self) -> None:
        def work(_: Progress) -> int:
            with twin(self._office) as own:
                return items.give_fonds_no(own)

        run_job(self, t("shelf.fonds_give"), work, lambda _: self.written.emit(), self._asker.report)
