# SPDX-License-Identifier: MulanPSL-2.0
"""Beside the events: what is known of one, how long there is for the next report, and the reports that were made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu

from township_office.core.fields import Value
from township_office.core.text import t
from township_office.registers.duty.event import DUTY_EVENT, DUTY_REPORT
from township_office.services.roster.events import Waiting
from township_office.ui.book.detail_pane import DetailPane
from township_office.ui.duty.log.countdown import countdown
from township_office.ui.life.pane_lines import PaneLine, short_moment
from township_office.ui.widgets import label, rename

Row = dict[str, Value]
_WHEN = 78


class EventPane(DetailPane):
    """Reads one event to the clerk."""

    def __init__(self, actions: Mapping[str, QAction], menu: Callable[[], QMenu]) -> None:
        super().__init__(DUTY_EVENT, actions, menu)
        self._waiting: Waiting | None = None
        self._clocks: list[QLabel] = []

    def clear(self) -> None:
        """See DetailPane."""
        super().clear()
        self._waiting = None

    def show_reports(self, waiting: Waiting, reports: Sequence[Row], now: datetime) -> None:
        """Say what is waited for, and what was reported, the latest first."""
        self._waiting = waiting
        self.sections.begin()
        self._clocks = []
        if waiting.dues:
            self.sections.head(t("duty_event.waiting"))
            for _ in waiting.dues:
                clock = label("", "note-soft", wraps=True)
                self.sections.add_line(clock)
                self._clocks.append(clock)
        if reports:
            self.sections.head(t("duty_event.reports"), t("duty_event.reports_sum", count=len(reports)))
        for one in reversed(reports):
            what = f"{one['kind']}（{one['way']}）　{one['unit']} {one['receiver'] or ''}".strip()
            when = short_moment(one["sent_at"], now.date())
            self.sections.choosable(PaneLine([(what, "", 0), (when, "soft", _WHEN)]), DUTY_REPORT, one)
            if one["title"] is not None:
                self.sections.text(str(one["title"]), "muted")
        self.sections.end()
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Say anew how long there is."""
        if self._waiting is None:
            return
        for clock, due in zip(self._clocks, self._waiting.dues, strict=True):
            words, tone = countdown([due], now)
            clock.setText(words)
            rename(clock, f"note-{tone}")
