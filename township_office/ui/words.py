# SPDX-License-Identifier: MulanPSL-2.0
"""How the screen names registers, rows and days; nothing here looks at the office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from township_office.core.fields import Register, Value
from township_office.core.text import t

BACKUP_FRESH_DAYS, BACKUP_LATE_DAYS = 1, 8


def short_title(register: Register) -> str:
    """收文登记簿 → 收文: what the tab, the buttons and the sentences call the register."""
    return register.title.removesuffix(t("ui.book"))


def weekday(day: date) -> str:
    """Return 星期六."""
    return t(f"ui.weekday_{day.weekday()}")


def days_ago(days: int) -> str:
    """Return 今天, 昨天 or so many days ago."""
    if days <= 0:
        return t("ui.today")
    return t("ui.yesterday") if days == 1 else t("ui.days_ago", days=days)


def moment(stamp: str, today: date) -> str:
    """Shorten a stored moment (ISO seconds) for reading: 今天 09:15, 11-20 09:15, 2025-11-20."""
    day, clock = stamp[:10], stamp[11:16]
    if day == today.isoformat():
        return t("ui.at_today", clock=clock)
    return f"{day[5:]} {clock}" if day[:4] == str(today.year) else day


def backup_words(last: datetime | None, today: date) -> tuple[str, str]:
    """Return how long ago the last backup was, and its tone: a day is fine, a week is late."""
    if last is None:
        return t("ui.backup_never"), "amber"
    days = (today - last.date()).days
    if days <= 0:
        return t("ui.backup_today", clock=f"{last:%H:%M}"), "green"
    tone = "green" if days <= BACKUP_FRESH_DAYS else "amber" if days < BACKUP_LATE_DAYS else "red"
    return t("ui.backup_days", days=days), tone


def number_words(row: Mapping[str, Value]) -> str:
    """Return a row's number; where it has none, the one it bore in the office's old ledger."""
    original = row["original_number"]
    return str(row["number"] or (t("ui.original_number", number=original) if original else ""))


def short_day(day: date, year: int) -> str:
    """Return a day beside others of the same year: 11-20; one of another year as 25-11-20."""
    return f"{day:%m-%d}" if day.year == year else f"{day:%y-%m-%d}"
