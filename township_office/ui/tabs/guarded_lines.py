# SPDX-License-Identifier: MulanPSL-2.0
"""What the card 涉密归柜 says while the register is open: who has what, what is due. Loaded with the vault."""

from __future__ import annotations

from datetime import date, datetime

from township_office.core.text import t
from township_office.registers.confidential import show_serials
from township_office.registers.custody import GONE, State
from township_office.services.guarded.custody_today import custody_today
from township_office.services.guarded.vault import Vault
from township_office.ui.tabs.guarded_card import CHECK, Line, Said
from township_office.ui.words import short_day

_SOON = 7  # days


def open_lines(vault: object, now: datetime, above: list[Line], *, is_evening: bool) -> Said:
    """Return what the card says of an open register: the day's count, who has what, what is due; above comes first."""
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


def _joined(*words: str) -> str:
    return "　".join(word for word in words if word)
