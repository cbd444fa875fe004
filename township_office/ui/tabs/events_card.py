# SPDX-License-Identifier: MulanPSL-2.0
"""The card 突发事件 of 今日: there while an event waits for a report, its clock running while somebody looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal

from township_office.core.text import t
from township_office.services.roster.events import Waiting
from township_office.services.today import Card as Found
from township_office.ui.duty.log.countdown import Ticking, countdown
from township_office.ui.tabs.today_card import Card, TallLine

_NEVER = datetime.max


class EventsCard(Card):
    """Each line leads to its event, the heading to the most urgent."""

    row_wanted = Signal(int)

    def __init__(self, found: Found[Waiting], now: Callable[[], datetime]) -> None:
        order = sorted(found.lines, key=lambda one: one.dues[0].at if one.dues else _NEVER)
        tones = [countdown(one.dues, now())[1] for one in order]
        super().__init__(t("duty_event.book"), found.count, "red" if "red" in tones else "amber", "")
        self._now = now
        self._clocks = [(TallLine(" ".join(str(one.row["title"]).split("\n")), "", ""), one) for one in order]
        for line, one in self._clocks:
            line.clicked.connect(lambda _=False, row_id=one.row["id"]: self.row_wanted.emit(int(str(row_id))))
        self.opened.connect(lambda: self.row_wanted.emit(int(str(order[0].row["id"]))))
        self.show_lines([line for line, _ in self._clocks], found.more)
        self.tick()
        self.ticking = Ticking(self, self.tick)

    def tick(self) -> None:
        """Say anew how long there is."""
        for line, one in self._clocks:
            line.note(*countdown(one.dues, self._now()))
