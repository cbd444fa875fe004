# SPDX-License-Identifier: MulanPSL-2.0
"""The lines of 今日 in words: what first (who has it, when it is due), the matter, and a note in its tone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from township_office.core.fields import Value
from township_office.core.text import t
from township_office.registers.common import matter_of, near_name
from township_office.registers.dispatch import DISPATCH
from township_office.registers.status import State, state_of
from township_office.services.circulation import Out
from township_office.services.today import Card, InHand, Summary, Unfiled
from township_office.ui.tabs.today_card import TallLine
from township_office.ui.widgets import Button, LineButton
from township_office.ui.words import number_words, short_title, weekday

Row = Mapping[str, Value]


def due_line(row: Row, today: date, office_name: str) -> Button:
    """Return the matter and who sent it, and how late or how soon."""
    due = row["due_on"]
    days = (due - today).days if isinstance(due, date) else 0
    tone = "red" if days < 0 else "amber"
    if days < 0:
        note = t("today.late", days=-days)
    elif days == 0:
        note = t("today.due_today")
    else:
        note = t("today.due_tomorrow") if days == 1 else t("today.days_left", days=days)
    return LineButton(_joined(_matter(row), near_name(str(row["sender"] or ""), office_name)), note, tone)


def out_line(out: Out, limit: int, posts: Mapping[str, str]) -> Button:
    """Return who (with the post) has which paper, and for how long; red where that is longer than the office allows."""
    note = t("today.out_for", days=out.days) if out.days > 0 else t("today.out_since_today")
    reader = str(out.handover["reader"])
    who = f"{posts.get(reader, '')} {reader}".strip()
    return LineButton(_joined(who, _matter(out.paper)), note, _out_tone(out, limit))


def out_tone(found: Card[Out], limit: int) -> str:
    """Return the tone of the figure: that of the paper that is out longest."""
    return _out_tone(found.lines[0], limit) if found.lines else "soft"


def meeting_line(row: Row, today: date) -> Button:
    """Return when and where, who goes, and what about."""
    moment = str(row["meeting_at"])
    day, clock = date.fromisoformat(moment[:10]), moment[11:]
    days = (day - today).days
    if days < 2:
        when = t(("today.meeting_today", "today.meeting_tomorrow")[days])
    else:
        when = t("today.meeting_day", month=day.month, day=day.day, weekday=weekday(day))
    above = _joined(" ".join(filter(None, (when, clock))), row["meeting_place"])
    return TallLine(above, str(row["attendees"] or ""), _matter(row))


def in_hand_line(one: InHand, states: Mapping[str, State], today: date) -> Button:
    """Return number and matter of an outgoing document, and how it stands."""
    state = states[state_of(DISPATCH, one.row, today).key]
    words = _joined(number_words(one.row), _matter(one.row))
    if one.waiting_units:
        return LineButton(words, t("today.waiting_units", count=one.waiting_units), "amber")
    return LineButton(words, state.label, state.tone)


def unfiled_line(one: Unfiled, today: date) -> LineButton:
    """Return how many of which year; those of former years are due."""
    words = t("today.unfiled_line", year=one.year, book=short_title(one.register))
    return LineButton(
        words, t("today.unfiled_note", count=f"{one.count:,}"), "amber" if one.year < today.year else "soft"
    )


def unfiled_tone(summary: Summary, today: date) -> str:
    """Return the tone of the figure."""
    return "amber" if any(one.year < today.year for one in summary.unfiled.lines) else "soft"


def lent_line(row: Row, today: date) -> LineButton:
    """Return who has which archives, and how late they are."""
    due = row["due_on"]
    days = (today - due).days if isinstance(due, date) else 0
    note = t("today.late", days=days) if days > 0 else t("today.back_today")
    return LineButton(_joined(row["reader"], _matter(row)), note, lent_tone(row, today))


def lent_tone(row: Row, today: date) -> str:
    """Return the tone of an entry whose archives should be back."""
    due = row["due_on"]
    return "red" if isinstance(due, date) and due < today else "amber"


def first_line(summary: Summary) -> str:
    """Return the one sentence beside the date."""
    soon = summary.due.count - summary.late_count
    if summary.late_count:
        return t("today.line_late", late=summary.late_count, soon=soon)
    return t("today.line_soon", soon=soon) if soon else t("today.line_clear")


def status_line(summary: Summary, today: date) -> str:
    """Return the counts for the window's foot."""
    total = summary.dispatch_total
    key = "today.limit_set" if total.is_set else "today.limit_proposed"
    return t(
        "today.status",
        year=today.year,
        receipts=f"{summary.receipts.this_year:,}",
        dispatches=f"{summary.dispatches.this_year:,}",
        limit="" if total.limit is None else t(key, limit=f"{total.limit:,}"),
        unfiled=f"{summary.unfiled.count:,}",
        month_receipts=f"{summary.receipts.this_month:,}",
        month_dispatches=f"{summary.dispatches.this_month:,}",
    )


def _out_tone(out: Out, limit: int) -> str:
    return "red" if out.days > limit else "amber"


def _matter(row: Row) -> str:
    return matter_of(" ".join(str(row["title"] or t("ui.no_title")).split("\n")))


def _joined(*words: object) -> str:
    return "　".join(str(word) for word in words if word)
