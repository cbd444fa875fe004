# SPDX-License-Identifier: MulanPSL-2.0
"""Print 值班表: a month or one holiday on one A4 sheet, the tally of a year; PDF, Word or Excel by the suffix."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.exchange.writing import write_book, write_form
from township_office.paper.forms import duty_roster, duty_tally
from township_office.paper.forms.office_sheet import Imprint
from township_office.registers.duty.sheet import RosterSheet, Span
from township_office.services.checking import chain_head
from township_office.services.office import Office
from township_office.services.printing import Printed, sheet_options, suffix_of, write_pages
from township_office.services.roster import months
from township_office.services.roster.print_sheet import holiday_sheet, is_drawn, month_sheet
from township_office.services.roster.print_sheet import holidays_of as holidays_of
from township_office.services.roster.tally import tally_of
from township_office.services.roster.tasks import weights_of
from township_office.services.roster.workbook import form_of
from township_office.services.settings import office_name

FILES = (".pdf", ".docx", ".xlsx")


def print_roster(office: Office, month: str, path: Path, today: date, progress: Progress = silent) -> Printed:
    """Write a month's 值班表 (2026-10) on one sheet; raise OfficeError where nothing is drawn, or saying what to do."""
    suffix_of(path, FILES)
    return _written(office, month_sheet(office, month), path, today, progress)


def print_holiday(office: Office, span: Span, path: Path, today: date, progress: Progress = silent) -> Printed:
    """Write the 值班安排表 of one holiday, only its days off; raise OfficeError where nothing is drawn."""
    suffix_of(path, FILES)
    return _written(office, holiday_sheet(office, span), path, today, progress)


def print_tally(office: Office, year: int, path: Path, today: date, progress: Progress = silent) -> Printed:
    """Write who had how many turns in a year, of the rosters that were given out."""
    kind = suffix_of(path, FILES)
    lines, weights = tally_of(office, year), weights_of(office)
    period = t("print.year", year=year)
    if kind == ".xlsx":
        rows = duty_tally.rows_of(lines)
        headings = [(column.label, column.width) for column in duty_tally.COLUMNS]
        title = f"{office_name(office)}{period}{duty_tally.TITLE}"
        write_book(path, title, headings, [[_number(cell) for cell in row] for row in rows], progress)
        return Printed(path, 0, len(rows))
    imprint = Imprint(office_name(office), period, today, chain_head(office))
    page = duty_tally.build(lines, weights, imprint, sheet_options(office))
    return write_pages([page], path, len(lines), progress)


def drawn_months(office: Office) -> list[str]:
    """Return the months of which there is a 值班表, latest first."""
    return [one.month for one in reversed(months.months(office))]


def drawn_holidays(office: Office, year: int) -> list[Span]:
    """Return the holidays of a year of which there is a roster."""
    return [span for span in holidays_of(office, year) if is_drawn(office, span.first, span.last)]


def _written(office: Office, sheet: RosterSheet, path: Path, today: date, progress: Progress) -> Printed:
    imprint = Imprint(sheet.office, sheet.title, today, chain_head(office))
    if path.suffix.lower() == ".xlsx":
        write_form(path, form_of(sheet, duty_roster.laid_out(sheet, imprint)[0]))
        return Printed(path, 0, len(sheet.days))
    return write_pages([duty_roster.build(sheet, imprint)], path, len(sheet.days), progress)


def _number(cell: str) -> str | int:
    return int(cell) if cell.isascii() and cell.isdecimal() else cell
