# SPDX-License-Identifier: MulanPSL-2.0
"""The card 涉密归柜 of 今日; what it says while the register is open is guarded_lines, locked it says nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal

from township_office.core.text import t
from township_office.services.guarded.mishap import running
from township_office.services.office import Office
from township_office.services.settings import get_setting
from township_office.ui.confidential.guard import Guard
from township_office.ui.tabs.today_card import Card
from township_office.ui.widgets import Button, LineButton
from township_office.ui.words import short_day

CHECK, MISHAP, TAB = "check", "mishap", "tab"


@dataclass(frozen=True, slots=True)
class Line:
    """A line in words; leads: to a paper (its id), or CHECK, MISHAP, TAB."""

    words: str
    note: str = ""
    tone: str = "soft"
    leads: int | str = TAB


@dataclass(frozen=True, slots=True)
class Said:
    """What the card says, as plain words: kept only as long as the card is."""

    lines: tuple[Line, ...]
    out_count: int = 0
    is_checked: bool = False

    @property
    def tone(self) -> str:
        """Of the figure."""
        return "red" if any(line.tone == "red" for line in self.lines) else "amber"


class GuardedCard(Card):
    """Its lines lead to their paper, to 归柜核对, to 误录处置, or to the tab."""

    row_wanted = Signal(int)  # 0: the tab itself
    check_wanted = Signal()
    mishap_wanted = Signal()

    def __init__(self, said: Said) -> None:
        super().__init__(t("today_custody.title"), said.out_count, said.tone, "")
        self.opened.connect(lambda: self.row_wanted.emit(0))
        self.show_lines([self._button(line) for line in said.lines], 0)

    def _button(self, line: Line) -> Button:
        button = LineButton(line.words, line.note, line.tone)
        match line.leads:
            case "check":
                button.clicked.connect(self.check_wanted)
            case "mishap":
                button.clicked.connect(self.mishap_wanted)
            case leads:
                button.clicked.connect(lambda: self.row_wanted.emit(leads if isinstance(leads, int) else 0))
        return button


def say(office: Office, guard: Guard | None, now: datetime, *, has_register: bool, is_checked: bool) -> Said | None:
    """Return what the card says now; None where there is nothing to say, and no card.

    has_register: the guarded register was set up; is_checked: the cabinets were checked today, as far as is known.
    """
    deadline = running(office)
    above = [_mishap(deadline, now)] if deadline else []
    if not has_register or guard is None:
        return Said(tuple(above)) if above else None
    is_evening = f"{now:%H:%M}" >= get_setting(office, "confidential.return_hour")
    if guard.shown_vault is not None:
        # Only while it is open: what reads the register is loaded with it.
        from township_office.ui.tabs.guarded_lines import open_lines

        return open_lines(guard.shown_vault, now, above, is_evening=is_evening)
    at = ("locked", "unlock") if guard.vault is None else ("not_read", "read")
    locked = [Line(t(f"today_custody.{at[0]}"), t(f"today_custody.{at[1]}"), "accent")]
    if is_evening and not is_checked:
        locked.append(Line(t("today_custody.check_before_leaving"), t("today_custody.please_unlock"), "amber"))
    return Said((*above, *locked), is_checked=is_checked)


def _mishap(deadline: datetime, now: datetime) -> Line:
    if deadline < now:
        return Line(t("today_custody.mishap"), t("today_custody.report_late"), "red", MISHAP)
    note = t("today_custody.report_by", day=short_day(deadline.date(), now.year), clock=f"{deadline:%H:%M}")
    return Line(t("today_custody.mishap"), note, "red", MISHAP)
