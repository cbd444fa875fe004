# SPDX-License-Identifier: MulanPSL-2.0
"""放假安排 of an office: the years that come with the program, its own in their place, and both as files.

Without an office (None) the years that come with the program are all there is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from township_office.core.errors import OfficeError
from township_office.core.text import RESOURCES, t
from township_office.paper.files import whole_file
from township_office.registers.duty import calendar as rules
from township_office.registers.duty import notice as notices
from township_office.registers.duty.calendar import Day, YearCalendar
from township_office.registers.duty.notice import Notice
from township_office.services import tripwire
from township_office.services.office import Office
from township_office.services.settings import get_setting, set_setting

SETTING = "duty.calendar"
FOLDER = RESOURCES / "holidays"
_LARGEST = 200_000  # bytes
_ENCODINGS = ("utf-8-sig", "gb18030")  # what Windows' own editor writes


def calendar_of(office: Office | None, year: int) -> YearCalendar:
    """Return the year as the office has it, else as it came with the program, else without a single holiday."""
    kept = _kept(office).get(str(year)) if office else None
    return rules.calendar_from(kept) if kept else shipped(year)


def has_own(office: Office, year: int) -> bool:
    """Whether the office has a calendar of its own for this year."""
    return str(year) in _kept(office)


def days_of(
    office: Office | None, first: date, last: date, changed: Mapping[int, YearCalendar] | None = None
) -> list[Day]:
    """Return every day from first to last with what it is; changed holds calendars that are not saved yet."""
    years = range(first.year - 1, last.year + 2)
    calendars = {year: calendar_of(office, year) for year in years} | dict(changed or {})
    return rules.days_of(first, last, calendars)


def days_of_year(office: Office | None, year: int, changed: Mapping[int, YearCalendar] | None = None) -> list[Day]:
    """Return the days of a year."""
    return days_of(office, date(year, 1, 1), date(year, 12, 31), changed)


def save_calendars(office: Office, calendars: Iterable[YearCalendar]) -> None:
    """Keep these years as the office's own; one that says what came with the program is not kept beside it."""
    kept = _kept(office)
    for one in calendars:
        plain = rules.as_plain(one)
        rules.calendar_from(plain)
        kept.pop(str(one.year), None)
        if one != shipped(one.year):
            kept[str(one.year)] = plain
    _keep(office, kept)


def clear_calendar(office: Office, year: int) -> None:
    """Go back to the year as it came with the program."""
    save_calendars(office, [shipped(year)])


@cache
def shipped(year: int) -> YearCalendar:
    """Return the year as it comes with the program; without a single holiday where it was not announced then."""
    path = FOLDER / f"{year}.toml"
    return rules.read_calendar(path) if path.is_file() else YearCalendar(year)


# ---- a new year comes in, or goes to a neighbour ----


def read_notice(office: Office, text: str, likely_year: int) -> Notice:
    """Return what the pasted text of a notice says; keeps nothing."""
    tripwire.refuse(f"{SETTING}.notice", text, clerk=office.clerk)
    return notices.read_notice(text, likely_year)


def load_notice(office: Office, path: Path) -> str:
    """Return the text of a notice kept as a text file; raise OfficeError where it is none."""
    raw = _read(office, path)
    for encoding in _ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        tripwire.refuse(f"{SETTING}.file", text, clerk=office.clerk)
        return text
    raise OfficeError("holidays.bad_encoding", name=path.name)


def load_calendar(office: Office, path: Path) -> YearCalendar:
    """Return the calendar of a file; keeps nothing. Raise OfficeError naming what in it cannot be used."""
    _read(office, path)
    calendar = rules.read_calendar(path)
    tripwire.refuse(f"{SETTING}.file", json.dumps(rules.as_plain(calendar), ensure_ascii=False), clerk=office.clerk)
    return calendar


def write_calendar(office: Office, calendar: YearCalendar, path: Path) -> None:
    """Write a year to a file that load_calendar reads; raise OfficeError where it cannot be written."""
    tripwire.refuse_name(f"{SETTING}.file", path, office.clerk)
    plain = rules.as_plain(calendar)
    lines = [f"# {t('holidays.file_head', office=get_setting(office, 'office.name'))}"]
    lines += [f"year = {calendar.year}", f"source = {_quoted(calendar.source or t('holidays.by_hand'))}"]
    for table in ("holiday", "day"):
        for one in plain[table]:
            lines += ["", f"[[{table}]]", *(f"{name} = {_quoted(value)}" for name, value in one.items())]
    with whole_file(path) as partial:
        partial.write_text("\n".join(lines) + "\n", "utf-8")


def _read(office: Office, path: Path) -> bytes:
    tripwire.refuse_name(f"{SETTING}.file", path, office.clerk)
    try:
        if path.stat().st_size > _LARGEST:
            raise OfficeError("holidays.too_large", name=path.name)
        return path.read_bytes()
    except OSError as fault:
        raise OfficeError("holidays.unreadable", name=path.name) from fault


def _quoted(value: object) -> str:
    """What JSON writes of texts and lists, TOML reads."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _kept(office: Office) -> dict[str, Any]:
    """The office's own years, by year."""
    kept: dict[str, Any] = json.loads(get_setting(office, SETTING))
    return kept


def _keep(office: Office, years: Mapping[str, Any]) -> None:
    set_setting(office, SETTING, json.dumps(dict(sorted(years.items())), ensure_ascii=False))
