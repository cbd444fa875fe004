# SPDX-License-Identifier: MulanPSL-2.0
"""Days as the clerk reads them: 10月1日, 10月1日—7日, and what a day is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from township_office.core.text import t
from township_office.registers.duty.calendar import Day, spans


def day_words(day: date) -> str:
    """Return 10月1日."""
    return t("duty_calendar.day", month=day.month, day=day.day)


def span_words(first: date, last: date) -> str:
    """Return 10月1日—7日; one day alone is itself."""
    if first == last:
        return day_words(first)
    end = t("duty_calendar.day_only", day=last.day) if first.month == last.month else day_words(last)
    return t("duty_calendar.span", first=day_words(first), last=end)


def spans_words(days: Iterable[date]) -> str:
    """Return 6月20日、6月22日."""
    return t("duty_calendar.between").join(span_words(first, last) for first, last in spans(days))


def day_title(day: date) -> str:
    """Return 10月1日 周四."""
    return t("duty_calendar.day_title", day=day_words(day), weekday=t("duty_calendar.weekdays")[day.weekday()])


def kind_words(day: Day) -> str:
    """Return what a day is: 国庆节调休上班, 国庆节, 休息日."""
    if day.is_makeup:
        return t("duty_calendar.makeup", name=day.name) if day.name else t("duty_calendar.plain_makeup")
    return day.name or t(f"duty_calendar.kind_{day.kind.value}")
