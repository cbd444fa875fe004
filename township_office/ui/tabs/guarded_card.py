# SPDX-License-Identifier: MulanPSL-2.0
"""The card 涉密归柜 of 今日: who has what and what is due while the register is open; locked, nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Signal

from township_office.core.text import t
from township_office.registers.confidential import show_serials
from township_office.registers.custody import GONE, State
from township_office.services.guarded.mishap import running
from township_office.services.office import Office
from township_office.services.settings import get_setting
from township_office.ui.confidential.guard import Guard
from township_office.ui.tabs.today_card import Card
from township_office.ui.widgets import Button, LineButton
from township_office.ui.words import short_day

CHECK, MISHAP, TAB = "check", "mishap", "tab"
_SOON = 7  # days


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
        return _open(guard.shown_vault, now, above, is_evening=is_evening)
    at = ("locked", "unlock") if guard.vault is None else ("not_read", "read")
    locked = [Line(t(f"today_custody.{at[0]}"), t(f"today_custody.{at[1]}"), "accent")]
    if is_evening and not is_checked:
        locked.append(Line(t("today_custody.check_before_leaving"), t("today_custody.please_unlock"), "amber"))
    return Said((*above, *locked), is_checked=is_checked)


def _open(vault: object, now: datetime, above: list[Line], *, is_evening: bool) -> Said:
    # Only when it is open: what reads the register is loaded with it.
    from township_office.services.guarded.custody_today import custody_today
    from township_office.services.guarded.vault import Vault

    assert isinstance(vault, Vault)
    found, today = custody_today(vault, now), now.date()
    lines = above
    if found.done:
        words = t("today_custody.check", done=found.done.found, total=found.done.expected, out=found.out_count)
        tone = "amber" if found.done.missing else "green"
        lines.append(Line(words, t("today_custody.checked", clock=found.done.at[11:16]), tone, CHECK))
    elif found.check.here or found.out:
        words = t("today_custody.check", done=found.check.done, total=len(found.check.here), out=found.out_count)
        lines.append(Line(words, t("today_custody.do_check"), "amber" if is_evening else "accent", CHECK))
    for batch in found.missing:
        words = _joined(show_serials(batch.serials), batch.paper.number)
        lines.append(Line(words, t("today_custody.missing"), "red", batch.paper.id))
    for batch in found.out:
        words = _joined(batch.first.holder, show_serials(batch.serials), batch.paper.number)
        note, tone = _since(batch.first.state, batch.first.since, batch.first.due_on, today)
        lines.append(Line(words, note, "red" if batch.is_late else tone, batch.paper.id))
    for paper in found.to_clear:
        held = sum(copy.state not in GONE for copy in paper.copies.values())
        note, tone = _due(paper.record["clear_due_on"], today)
        lines.append(Line(t("today_custody.clear", number=paper.number, count=held), note, tone, paper.id))
    for paper in found.to_check_mark:
        day = paper.record["declassify_on"]
        assert isinstance(day, date)
        words = _joined(paper.number, short_day(day, today.year))
        lines.append(Line(words, t("today_custody.check_mark"), "amber", paper.id))
    return Said(tuple(lines or [Line(t("today_custody.nothing"))]), found.out_count, found.done is not None)


def _since(state: State, since: str, due_on: str, today: date) -> tuple[str, str]:
    """Return since when it is out, or when it is due back, and its tone while it is not late."""
    if state is State.LENT:
        due = date.fromisoformat(due_on)
        tone = "amber" if (due - today).days <= 1 else "soft"
        return t("today_custody.due_back", day=short_day(due, today.year)), tone
    day = date.fromisoformat(since[:10])
    shown = since[11:16] if day == today else short_day(day, today.year)
    return t("today_custody.since", since=shown), "amber"


def _due(day: object, today: date) -> tuple[str, str]:
    assert isinstance(day, date)
    days = (day - today).days
    if days < 0:
        return t("today.late", days=-days), "red"
    words = t("today_custody.before", day=short_day(day, today.year)) if days else t("today.due_today")
    return words, "amber" if days <= _SOON else "soft"


def _mishap(deadline: datetime, now: datetime) -> Line:
    if deadline < now:
        return Line(t("today_custody.mishap"), t("today_custody.report_late"), "red", MISHAP)
    note = t("today_custody.report_by", day=short_day(deadline.date(), now.year), clock=f"{deadline:%H:%M}")
    return Line(t("today_custody.mishap"), note, "red", MISHAP)


def _joined(*words: str) -> str:
    return "　".join(word for word in words if word)
