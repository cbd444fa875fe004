# SPDX-License-Identifier: MulanPSL-2.0
"""Open a workbook with calamine and hand its sheets over as plain rows. Nothing else in the program calls calamine."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import chain

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from township_office.core.errors import OfficeError
from township_office.exchange.archives import Archive, error_cells, unpack
from township_office.exchange.opendocument import read_spans

Cell = str | int | float | bool | date | datetime | time | timedelta  # an empty cell is ""

MOST_CELLS = 3_000_000  # of all sheets, from the first to the last filled one
_MOST_MERGED = 200_000
_ERROR_TEXTS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA"})


@dataclass(slots=True)
class Sheet:
    """One sheet as it lies in their file; rows[0] is their line 1, whatever is empty above the first filled one."""

    name: str
    hidden: bool
    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right, from 0, inclusive
    errors: set[tuple[int, int]] = field(default_factory=set)  # (row, column) from 0 whose formula shows an error
    book_words: tuple[str, ...] = ()  # names of all sheets of the book, and what stands in their first lines

    def __post_init__(self) -> None:
        """Make all rows equally long."""
        widths = set(map(len, self.rows))
        if len(widths) > 1:
            width = max(widths)
            for row in self.rows:
                row.extend([""] * (width - len(row)))


def read_natively(data: bytes, archive: Archive) -> list[Sheet]:
    """Return the sheets of the workbook in data, which archive describes.

    May end the process on a hostile file: call it only for an archive that is_plain, or in the confined process.
    Raises OfficeError when calamine refuses the file or the sheets hold too many cells.
    """
    sheets: list[Sheet] = []
    cells = 0
    spans = read_spans(unpack(data, "content.xml"), MOST_CELLS) if archive.kind == "ods" else []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for place, about in enumerate(book.sheets_metadata):
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            native = book.get_sheet_by_index(place)
            cells += native.total_height * native.total_width
            if cells > MOST_CELLS:
                raise OfficeError("exchange.too_big")
            hidden = about.visible is not SheetVisibleEnum.Visible
            sheets.append(Sheet(about.name, hidden, native.to_python(skip_empty_area=False), _merged(native)))
    except MemoryError as error:
        raise OfficeError("exchange.too_big") from error
    except PasswordError as error:
        raise OfficeError("exchange.has_password") from error
    except (OfficeError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # calamine tells damage in a dozen ways; a panic of its Rust code is not even an Exception.
        raise OfficeError("exchange.too_big" if "limit exceeded" in str(error) else "exchange.damaged") from error
    for sheet, merged in zip(sheets, spans, strict=False):
        sheet.merged = merged
    for sheet in sheets:
        _take_out_error_texts(sheet)
    if archive.has_errors:
        errors = error_cells(data)
        for sheet in sheets:
            sheet.errors |= errors.get(sheet.name, set())
    return sheets


def _merged(native: CalamineSheet) -> list[tuple[int, int, int, int]]:
    ranges = (native.merged_cell_ranges or [])[:_MOST_MERGED]
    return [(top, left, bottom, right) for (top, left), (bottom, right) in ranges]


def _take_out_error_texts(sheet: Sheet) -> None:
    """Empty the cells that say #REF! and remember where they were."""
    if _ERROR_TEXTS.isdisjoint(chain.from_iterable(sheet.rows)):
        return
    for place, row in enumerate(sheet.rows):
        if not _ERROR_TEXTS.isdisjoint(row):
            for column, cell in enumerate(row):
                if cell in _ERROR_TEXTS:
                    row[column] = ""
                    sheet.errors.add((place, column))
