# SPDX-License-Identifier: MulanPSL-2.0
"""Write workbooks: the office's register, and what could not be taken in, marked in a copy of their own sheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from township_office.core.errors import OfficeError
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.exchange.ledgerrows import NotTaken
from township_office.exchange.natives import Cell, Sheet
from township_office.exchange.reading import text_of

LONGEST_CELL = 32_767  # characters; Excel cuts the rest off without a word
_MOST_ROWS = 1_048_576
_REPORT_EVERY = 500
_A4 = 9
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_SHEET_NAME_SIGNS = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # OWASP: CSV injection
_TITLE = {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}
_HEAD = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#E8EEF4"}
_BODY = {"border": 1, "valign": "vcenter", "text_wrap": True}
_RED = {"bg_color": "#F8C9C4", "valign": "top"}
_AMBER = {"bg_color": "#FBE7B5", "valign": "top"}
_DAY = {"num_format": "yyyy-mm-dd"}
_REASON_WIDTH = 60
_WIDEST = 40


Remark = tuple[str, int, str]  # sheet, row from 1, what to look at


class Look(Enum):
    """How a piece of a form looks in a workbook."""

    TITLE = auto()
    HEAD = auto()
    CELL = auto()
    SHADED = auto()
    PLAIN = auto()  # below the table, without rules


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a form: where it begins, rows and columns counted from 0, and how far it reaches."""

    row: int
    column: int
    text: str
    look: Look = Look.CELL
    down: int = 1
    across: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """A form on one page: its pieces, the widths of its columns in characters, the heights of its rows in points."""

    name: str
    pieces: Sequence[Piece]
    widths: Sequence[float]
    heights: Sequence[float]
    is_upright: bool = True


_MIDDLE = {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
_FORM_LOOKS = {
    Look.TITLE: _TITLE,
    Look.HEAD: _MIDDLE | {"bold": True},
    Look.CELL: _MIDDLE,
    Look.SHADED: _MIDDLE | {"bg_color": "#EBEBEB"},
    Look.PLAIN: {"valign": "vcenter", "text_wrap": True},
}


def write_book(
    path: Path,
    title: str,
    headings: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[str | int | date | None]],
    progress: Progress = silent,
) -> None:
    """Write a register as .xlsx: title, headings with their widths in characters, one line for each row.

    Text stays text, dates are ISO text, so that taking the file in again gives the same values. Progress is told
    when rows has a length. Raises OfficeError for a text longer than a cell holds, too many rows, a place that
    cannot be written; then no file is left behind.
    """
    total = len(rows) if isinstance(rows, Sequence) else 0
    with _workbook(path) as book:
        sheet = book.add_worksheet()
        body, head = book.add_format(_BODY), book.add_format(_HEAD)
        # From top to bottom: a line that is written late is lost.
        if len(headings) > 1:
            sheet.merge_range(0, 0, 0, len(headings) - 1, title, book.add_format(_TITLE))
        else:
            sheet.write_string(0, 0, title, book.add_format(_TITLE))
        for column, (label, width) in enumerate(headings):
            # A Chinese character is two units wide.
            sheet.set_column(column, column, min(max(width * 2 + 1, 6), 100))
            sheet.write_string(1, column, label, head)
        _set_page(sheet)
        for done, row in enumerate(rows):
            if total and done % _REPORT_EVERY == 0:
                progress(done, total)
            if done + 2 >= _MOST_ROWS:
                raise OfficeError("exchange.too_many_rows", limit=_MOST_ROWS)
            for column, value in enumerate(row):
                _write_value(sheet, (done + 2, column), value, body)


def write_form(path: Path, form: Form) -> None:
    """Write a form as .xlsx, merged as it is on paper, set to print on one page; raises OfficeError as write_book."""
    with _workbook(path, _OPTIONS | {"constant_memory": False}) as book:
        sheet = book.add_worksheet(_sheet_name(form.name, set()))
        looks = {look: book.add_format(shape) for look, shape in _FORM_LOOKS.items()}
        for column, width in enumerate(form.widths):
            sheet.set_column(column, column, width)
        for row, height in enumerate(form.heights):
            sheet.set_row(row, height)
        for one in form.pieces:
            if one.down * one.across > 1:
                end = one.row + one.down - 1, one.column + one.across - 1
                sheet.merge_range(one.row, one.column, *end, "", looks[one.look])
            _write_value(sheet, (one.row, one.column), one.text, looks[one.look])
        if form.is_upright:
            sheet.set_portrait()
        else:
            sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.45, bottom=0.45)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 1)


def write_copy_with_reasons(
    sheets: Sequence[Sheet],
    not_taken: Iterable[NotTaken],
    notes: Iterable[Remark],
    path: Path,
    left_out: Sequence[NotTaken] = (),
) -> None:
    """Write a copy of their own sheets with one more column: why a line was not taken (red), what to look at (amber).

    A last sheet names the sheets that were left out, each with its reason. A line with a state-secret mark comes
    without its words: they are written nowhere.
    """
    refused = {(one.sheet, one.row): one for one in not_taken}
    remarks: dict[tuple[str, int], list[str]] = {}
    for name, line, words in notes:
        remarks.setdefault((name, line), []).append(words)
    names: set[str] = set()
    with _workbook(path) as book:
        formats = {name: book.add_format(look) for name, look in (("red", _RED), ("amber", _AMBER), ("day", _DAY))}
        looks = formats | {
            f"{name} day": book.add_format(look | _DAY) for name, look in (("red", _RED), ("amber", _AMBER))
        }
        for sheet in sheets:
            written = book.add_worksheet(_sheet_name(sheet.name, names))
            width = max(map(len, sheet.rows), default=0)
            _set_widths(written, sheet, width)
            for place, row in enumerate(sheet.rows):
                key = (sheet.name, place + 1)
                found = refused.get(key)
                words = found.reason if found else "；".join(remarks.get(key, ()))
                colour = "red" if found else "amber" if words else ""
                cells = ["" for _ in row] if found and not found.cells else row
                for column, cell in enumerate(cells):
                    look = looks.get(f"{colour} day".strip() if isinstance(cell, date) else colour)
                    _write_cell(written, (place, column), cell, look)
                if place == 0 and not words:
                    written.write_string(0, width, t("exchange.reason"))
                elif words:
                    written.write_string(place, width, words, looks[colour])
        if left_out:
            _write_left_out(book.add_worksheet(_sheet_name(t("exchange.left_out"), names)), left_out, looks["amber"])


def write_problem_list(not_taken: Iterable[NotTaken], notes: Iterable[Remark], path: Path) -> None:
    """Write what was not taken, then what to look at, as .csv (UTF-8 with mark): sheet, row, reason, their words."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            lines = csv.writer(file)
            lines.writerow([t("exchange.sheet"), t("exchange.row"), t("exchange.reason"), t("exchange.words")])
            for one in not_taken:
                words = " | ".join(filter(None, one.cells))
                lines.writerow([_harmless(one.sheet), one.row, _harmless(one.reason), _harmless(words)])
            lines.writerows([_harmless(name), row, _harmless(words), ""] for name, row, words in notes)
    except OSError as error:
        raise OfficeError("exchange.cannot_write", path=path) from error


@contextmanager
def _workbook(path: Path, options: Mapping[str, bool] = _OPTIONS) -> Iterator[Any]:
    """Open a new workbook beside path and put it in its place when all went well."""
    partial = path.with_name(f"{path.name}.partial")
    try:
        partial.touch()  # a place that cannot be written is found before the work, not after it
        book = xlsxwriter.Workbook(str(partial), dict(options))
        try:
            yield book
        finally:
            book.close()
        partial.replace(path)
    except (OSError, XlsxWriterException) as error:
        raise OfficeError("exchange.cannot_write", path=path) from error
    finally:
        with suppress(OSError):
            partial.unlink()


def _set_page(sheet: Any) -> None:
    sheet.set_row(0, 30)
    sheet.freeze_panes(2, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=1.0, right=0.5, top=0.7, bottom=0.7)  # inches; the left edge is bound
    sheet.repeat_rows(0, 1)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&C{t('exchange.page')}")


def _write_value(sheet: Any, place: tuple[int, int], value: str | int | date | None, look: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(*place, None, look)
    elif isinstance(value, date):
        sheet.write_string(*place, value.isoformat(), look)
    elif isinstance(value, int):
        sheet.write_number(*place, value, look)
    elif len(value) > LONGEST_CELL:
        raise OfficeError("exchange.cell_too_long", row=place[0] + 1, limit=LONGEST_CELL)
    else:
        sheet.write_string(*place, value, look)


def _write_cell(sheet: Any, place: tuple[int, int], cell: Cell, look: Any) -> None:
    """Write a cell of theirs as it was; a text too long for one cell goes on in a visible way."""
    if cell == "":
        if look is not None:
            sheet.write_blank(*place, None, look)
    elif isinstance(cell, bool):
        sheet.write_boolean(*place, cell, look)
    elif isinstance(cell, (int, float)) and abs(cell) < 1e15:
        sheet.write_number(*place, cell, look)
    elif isinstance(cell, date) and cell.year >= 1900:
        day = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)
        sheet.write_datetime(*place, day.replace(tzinfo=None), look)
    else:
        text = text_of(cell)
        sheet.write_string(*place, text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…", look)


def _write_left_out(written: Any, left_out: Iterable[NotTaken], look: Any) -> None:
    written.set_column(0, 0, _WIDEST)
    written.set_column(1, 1, _REASON_WIDTH)
    written.write_row(0, 0, (t("exchange.sheet"), t("exchange.reason")))
    for place, one in enumerate(left_out, start=1):
        _write_cell(written, (place, 0), one.sheet, None)
        written.write_string(place, 1, one.reason, look)


def _set_widths(written: Any, sheet: Sheet, width: int) -> None:
    for column in range(min(width, 200)):
        longest = max((len(text_of(row[column])) for row in sheet.rows[:200]), default=0)
        written.set_column(column, column, min(max(longest * 1.8, 6), _WIDEST))
    written.set_column(width, width, _REASON_WIDTH)


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel allows and that no other sheet has."""
    plain = _SHEET_NAME_SIGNS.sub("_", name).strip("'")[:31] or "Sheet"
    found, count = plain, 1
    while found.casefold() in taken:
        count += 1
        found = f"{plain[: 31 - len(str(count)) - 1]}_{count}"
    taken.add(found.casefold())
    return found


def _harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
