# SPDX-License-Identifier: MulanPSL-2.0
"""Print a register as the office keeps it on paper: to PDF, Word or Excel, whole or from the last printed line on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from township_office.core.dates import show_date
from township_office.core.errors import OfficeError
from township_office.core.fields import Field, Register
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.paper.blocks import Page
from township_office.paper.forms import number_ledger, register_book
from township_office.paper.forms.office_sheet import Imprint, Options
from township_office.registers import BY_NAME
from township_office.registers.series import Series
from township_office.services import exporting, numbers, tripwire
from township_office.services.checking import chain_head
from township_office.services.office import Office, change
from township_office.services.settings import (
    NUMBER,
    STATUS,
    column_names,
    column_widths,
    columns,
    declared_width,
    get_setting,
    office_name,
)  # fmt: skip
from township_office.services.standing import status_words
from township_office.store import records, settings, views

_BOOK_FILES, _LEDGER_FILES = (".pdf", ".docx", ".xlsx"), (".pdf", ".docx")


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """What to print: a year (None: all years), or the days first to last, either of them open.

    since_last goes on below the last printed line; from_page prints whole pages from this one on, leaving the sheets
    before it as they are. Both need a PDF, and the whole of a year.
    """

    year: int | None = None
    first: date | None = None
    last: date | None = None
    since_last: bool = False
    from_page: int | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """What was written: rows of the whole book, pages of the file, and what the next print must know."""

    path: Path
    pages: int
    rows: int
    fonts_replaced: tuple[tuple[str, str], ...] = ()
    missing: str = ""  # characters no font here can draw
    stale_pages: tuple[int, ...] = ()  # sheets on paper whose words have changed since
    continuation: str = ""
    sheet: tuple[float, float] = (0.0, 0.0)  # width and height in millimetres, where it need not be A4
    content: bytes = field(default=b"", repr=False)  # the PDF where it must be no file: path is only its name then

    @property
    def source(self) -> Path | bytes:
        """Where the pages are, for whoever shows or prints them."""
        return self.content or self.path


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What of a book is on paper already: so many rows; continuation is for the writer of PDF alone."""

    rows: int
    continuation: str


class Picture(Protocol):
    """A page as pixels: three bytes (red, green, blue) each, stride bytes a line."""

    @property
    def pixels(self) -> bytes:
        """All lines, one after the other."""

    @property
    def width(self) -> int:
        """In pixels."""

    @property
    def height(self) -> int:
        """In pixels."""

    @property
    def stride(self) -> int:
        """Bytes from one line to the next."""


def print_register(
    office: Office, register: Register, request: PrintRequest, path: Path, today: date, progress: Progress = silent
) -> Printed:
    """Write the register to path as .pdf, .docx or .xlsx by its suffix; raise OfficeError saying what to do."""
    kind = suffix_of(path, _BOOK_FILES)
    goes_on = request.since_last or request.from_page is not None
    if goes_on and kind != ".pdf":
        raise OfficeError("print.goes_on_as_pdf")
    if goes_on and (request.first or request.last):
        raise OfficeError("print.goes_on_by_year")
    ids = views.in_book_order(office.db, register, request.year, request.first, request.last)
    if kind == ".xlsx":
        return Printed(path, 0, exporting.export_rows(office, register, ids, path, today, progress).rows)
    rows = records.get_many(office.db, register, ids)
    imprint = _imprint(office, request, today)
    words = status_words(office, register)
    page = register_book.build(register, _columns(office, register), rows, imprint, sheet_options(office), words)
    before = last_print(office, register, request) if goes_on else None
    if request.since_last and request.from_page is None and before is None:
        raise OfficeError("print.never_printed")
    from_page = None if request.from_page is None else max(request.from_page, 1)
    return write_page(page, path, len(rows), (before, from_page), progress)


def last_print(office: Office, register: Register, request: PrintRequest) -> OnPaper | None:
    """Return what of this year's book is on paper already, or None; raise OfficeError when the note of it is broken."""
    kept = json.loads(get_setting(office, f"{register.name}.printed")).get(str(request.year))
    if not kept:
        return None
    from township_office.paper.layout import Continuation

    return OnPaper(Continuation.from_text(str(kept)).rows, str(kept))


def remember_printed(office: Office, register: Register, request: PrintRequest, printed: Printed) -> None:
    """Note that printed is on paper now, so that the next print can go on from it. Only whole years go on."""
    if request.first or request.last or not printed.continuation:
        return
    key = f"{register.name}.printed"
    known = json.loads(get_setting(office, key)) | {str(request.year): printed.continuation}
    with change(office) as pen:
        settings.write(pen, key, json.dumps(known))


def print_number_ledger(
    office: Office, series: Series, period: int, path: Path, today: date, progress: Progress = silent
) -> Printed:
    """Write the 号序台账 of a series and period to path as .pdf or .docx."""
    suffix_of(path, _LEDGER_FILES)
    register = BY_NAME[series.register]
    lines = numbers.number_ledger(office, register, series, period)
    title = t("print.ledger_title", register=register.title, series=series.name)
    imprint = replace(_imprint(office, PrintRequest(), today), period=numbers.period_words(series, period))
    page = number_ledger.build(title, lines, imprint, sheet_options(office))
    return write_page(page, path, len(lines), (None, None), progress)


def fonts_replaced() -> list[tuple[str, str]]:
    """Return (face wanted, font used instead) for each face this machine lacks."""
    from township_office.paper import fonts

    return fonts.replaced()


def page_count(source: Path | bytes) -> int:
    """Return how many pages a PDF of ours has, a file or in memory."""
    from township_office.paper import preview

    return preview.page_count(source)


def render_page(source: Path | bytes, page_no: int, dpi: float) -> Picture:
    """Return a page (counted from 1) of a PDF of ours as pixels; one thread at a time."""
    from township_office.paper import preview

    return preview.render_page(source, page_no, dpi)


def drawn(page: Page) -> bytes:
    """Return a form as a PDF in memory; nothing of it ever lies on a disk."""
    from township_office.paper import pdf

    return pdf.drawn(page)


def suffix_of(path: Path, allowed: Sequence[str]) -> str:
    """Return the suffix of path in small letters; raise OfficeError when nothing can be written there."""
    tripwire.refuse_name("print.file", path)
    kind = path.suffix.lower()
    if kind not in allowed:
        raise OfficeError("print.unknown_kind", path=path.name, known="、".join(allowed))
    if not path.absolute().parent.is_dir():
        raise OfficeError("error.no_folder", path=path.absolute().parent)
    return kind


def write_page(
    page: Page, path: Path, rows: int, goes_on: tuple[OnPaper | None, int | None], progress: Progress
) -> Printed:
    """Write page to path; goes_on: what is on paper already, and the page to begin with."""
    if path.suffix.lower() == ".docx":
        from township_office.paper import word

        word.write(page, path, progress)
        return Printed(path, 0, rows)
    from township_office.paper import pdf
    from township_office.paper.layout import Continuation

    before, from_page = goes_on
    since = Continuation.from_text(before.continuation) if before else None
    layout = pdf.write(page, path, progress, since=since, first_page=from_page)
    return Printed(
        path,
        len(layout.printed),
        rows,
        layout.fonts_replaced,
        layout.missing,
        layout.stale_pages,
        layout.continuation.text(),
    )


def write_pages(pages: Sequence[Page], path: Path, rows: int, progress: Progress) -> Printed:
    """Write several forms into one file."""
    size = pages[0].sheet.width, pages[0].sheet.height
    if path.suffix.lower() == ".docx":
        from township_office.paper import word

        word.write_all(pages, path, progress)
        return Printed(path, 0, rows, sheet=size)
    from township_office.paper import pdf

    layout = pdf.write_all(pages, path, progress)
    return Printed(path, layout.pages, rows, layout.fonts_replaced, layout.missing, sheet=size)


def draw_in_memory(page: Page, name: str, rows: int, progress: Progress) -> Printed:
    """Return page as a PDF that never was a file."""
    from township_office.paper import pdf

    layout, content = pdf.draw(page, progress)
    made = (len(layout.printed), rows, layout.fonts_replaced, layout.missing)
    return Printed(Path(name), *made, content=content)


def _columns(office: Office, register: Register) -> Sequence[Field]:
    """Return the shown columns in the office's order, the number and the standing as fields of their own."""
    widths = column_widths(office, register)
    number, status = (widths.get(name, declared_width(register, name)) for name in (NUMBER, STATUS))
    ours = {
        NUMBER: Field(NUMBER, register.number_label, width=number),
        STATUS: Field(STATUS, t("print.status"), width=status),
    }
    fields = {field.name: field for field in columns(office, register)} | ours
    return [fields[name] for name in column_names(office, register)]


def _imprint(office: Office, request: PrintRequest, today: date) -> Imprint:
    return Imprint(office_name(office), period_words(request), today, chain_head(office))


def period_words(request: PrintRequest) -> str:
    """Return what a print covers as its head says it: 2026年, 2026-01-01 至 2026-03-31."""
    if request.first and request.last:
        return t("print.days", first=show_date(request.first), last=show_date(request.last))
    if request.first:
        return t("print.days_from", first=show_date(request.first))
    if request.last:
        return t("print.days_until", last=show_date(request.last))
    return t("print.year", year=request.year) if request.year else t("print.all_years")


def sheet_options(office: Office) -> Options:
    """Return how the office likes its sheets."""
    signatures = get_setting(office, "print.signatures")
    return Options(
        left_margin=float(get_setting(office, "print.binding_mm")),
        row_height=float(get_setting(office, "print.row_mm")),
        signatures=tuple(name for name in signatures.split(",") if name),
    )
