# SPDX-License-Identifier: MulanPSL-2.0
"""The verb of 放假安排: the days of a year."""

from __future__ import annotations

import argparse
from pathlib import Path

from township_office.cli.saying import tell
from township_office.cli.verbs import Answer, open_file
from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.registers.duty.calendar import FIRST_YEAR, LAST_YEAR, Day, YearCalendar, as_plain
from township_office.registers.duty.notice import applied, unfit
from township_office.services.office import Office
from township_office.services.roster import calendar as calendars


def carry_out(options: argparse.Namespace) -> Answer:
    """Say what each day of a year is; or take a year's calendar into an office."""
    year, options.file = _year_and_file(options.words)
    if options.source:
        if options.file is None:
            raise OfficeError("calendar_cli.needs_file")
        with open_file(options) as office:
            return _import(office, options.source, year)
    if year is None:
        raise OfficeError("calendar_cli.needs_year", first=FIRST_YEAR, last=LAST_YEAR)
    if options.file is None:
        return _said(calendars.days_of_year(None, year))
    with open_file(options) as office:
        return _said(calendars.days_of_year(office, year))


def _year_and_file(words: list[Path]) -> tuple[int | None, Path | None]:
    """Tell them apart: a year is four digits."""
    year, file = None, None
    for word in words:
        typed = str(word)
        if year is None and typed.isascii() and typed.isdecimal() and FIRST_YEAR <= int(typed[:5]) <= LAST_YEAR:
            year = int(typed)
        elif file is None and not typed.isdecimal():
            file = word
        elif year is None:
            raise OfficeError("calendar_cli.needs_year", first=FIRST_YEAR, last=LAST_YEAR)
        else:
            raise OfficeError("calendar_cli.too_many", word=typed)
    return year, file


def _import(office: Office, source: Path, year: int | None) -> Answer:
    """Keep the calendar of a file; a notice only when nothing in it is doubtful."""
    if source.suffix.lower() == ".txt":
        found = _from_notice(office, source, year)
    else:
        found = calendars.load_calendar(office, source)
    if year not in (None, found.year):
        raise OfficeError("calendar_cli.other_year", found=found.year, year=year)
    calendars.save_calendars(office, [found])
    return as_plain(found), ""


def _from_notice(office: Office, source: Path, year: int | None) -> YearCalendar:
    notice = calendars.read_notice(office, calendars.load_notice(office, source), year or LAST_YEAR)
    before = calendars.calendar_of(office, notice.year)
    if doubts := [*notice.doubts, *unfit(before, notice)]:
        raise OfficeError("calendar_cli.doubtful", doubts="".join(doubts))
    return applied(before, notice)


def _said(days: list[Day]) -> Answer:
    """The words of the answer are its JSON: it is for other programs. That a year is unknown is said beside it."""
    if not days[0].is_known:
        tell(t("calendar_cli.unknown", year=days[0].date.year))
    return [{"date": str(day.date), "kind": day.kind.value, "name": day.name} for day in days], ""
