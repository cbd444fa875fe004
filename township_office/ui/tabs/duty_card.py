# SPDX-License-Identifier: MulanPSL-2.0
"""The card 值班 of 今日: who is on duty today and tomorrow, with their phones."""

from __future__ import annotations

from collections.abc import Sequence

from township_office.core.text import t
from township_office.registers.duty.plan import Half
from township_office.services.roster.today import OnDuty
from township_office.ui.tabs.today_card import Card
from township_office.ui.widgets import Button, LineButton


class DutyCard(Card):
    """Today's people, then tomorrow's. Every line leads to the roster."""

    def __init__(self, days: Sequence[Sequence[OnDuty]]) -> None:
        super().__init__(t("duty_tab.title"), len(days[0]) or len(days[1]), "soft", "")
        lines: list[Button] = []
        for place, people in enumerate(days):
            for one in people:
                word = t("duty_today.tomorrow" if place else "duty_today.today")
                said = t("duty_today.line", day=word, line=_line(one), name=one.name)
                line = LineButton(said, one.phone, "soft" if place == 0 else "faint")
                line.clicked.connect(self.opened)
                lines.append(line)
        self.show_lines(lines, 0)

    def more_words(self, count: int) -> str:
        """See Card."""
        return t("duty_today.more", count=count)


def _line(one: OnDuty) -> str:
    return one.line if one.half is Half.WHOLE else t(f"duty_tab.title_{one.half}", name=one.line)
