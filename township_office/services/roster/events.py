# SPDX-License-Identifier: MulanPSL-2.0
"""突发事件 — entered the minute the office hears of it, reported upward within the office's own limits to its 终报."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from township_office.core.dates import show_date
from township_office.core.fields import Draft, Value
from township_office.core.values import parse
from township_office.registers.duty.event import DUTY_EVENT, DUTY_REPORT, Due, Limits, dues, next_report
from township_office.services import children, records, tripwire
from township_office.services.office import Office
from township_office.services.settings import get_setting
from township_office.store.records import Row

_LINE = 200  # characters of what is proposed as the words of a report


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that has no 终报 yet, and which reports of it are waited for, the most urgent first."""

    row: Row
    dues: tuple[Due, ...]


def limits(office: Office) -> Limits:
    """Return how long the office has for each report."""
    return Limits(*(int(get_setting(office, f"duty.{name}")) for name in ("phone_minutes", "written_minutes",
                                                                            "followup_hours")))  # fmt: skip


def enter(office: Office, draft: Draft, today: date) -> Row:
    """接报: write an event into the book, on the day it was heard of. Raise Invalid with every problem."""
    whole = {"received_on": show_date(today)} | _dated(office, draft, today)
    return records.register_document(office, DUTY_EVENT, whole, today)


def correct(office: Office, event_id: int, draft: Draft, today: date, why: str = "") -> Row:
    """Change what is known of an event; one with a 终报 is changed with a reason only."""
    return records.correct(office, DUTY_EVENT, event_id, _dated(office, draft, today), today, why)


def waiting(office: Office, row: Row) -> Waiting:
    """Return which reports of an event are waited for."""
    return Waiting(row, tuple(dues(row, limits(office))))


def reports(office: Office, event_id: int) -> list[Row]:
    """Return the reports of an event, the earliest first."""
    found = children.children(office, DUTY_REPORT, event_id)
    return sorted(found, key=lambda one: (str(one["sent_at"]), int(str(one["id"]))))


def proposed_report(office: Office, event: Mapping[str, Value]) -> dict[str, str]:
    """Return what the form of a report says at first: which one is due, to whom the last went, what is known so far."""
    kind, way = next_report(event, limits(office))
    before = reports(office, int(str(event["id"])))
    said = {"kind": kind, "way": way, "reporter": office.clerk}
    if before:
        return said | {"unit": str(before[-1]["unit"] or ""), "receiver": str(before[-1]["receiver"] or "")}
    units = records.completions(office, DUTY_REPORT, "unit", "")
    words = "。".join(str(event[name]) for name in ("title", "losses", "measures") if event[name])
    return said | {"unit": units[0] if units else "", "title": words[:_LINE]}


def _dated(office: Office, draft: Draft, today: date) -> dict[str, str]:
    """An event stands under the day of its 接报时间: nobody types it twice."""
    tripwire.refuse_fields(DUTY_EVENT, draft, office.clerk)
    whole = dict(draft)
    with suppress(ValueError):
        received = parse(DUTY_EVENT.field("received_at"), draft.get("received_at", ""), today)
        if received is not None:
            whole["received_on"] = str(received)[:10]
    return whole
