# SPDX-License-Identifier: MulanPSL-2.0
"""Print the archive: one sheet, or the whole set of a year, as PDF and Word (DA/T 22-2015 5.5, 6.4; 乡镇档案工作办法).

Once a sheet with 档号 is on paper its numbers stay: the filing can no longer be taken back.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

from township_office.core.errors import OfficeError
from township_office.core.progress import Progress, portion, silent
from township_office.core.text import t
from township_office.paper.files import whole_file
from township_office.services import browsing, tripwire
from township_office.services.archive import committing
from township_office.services.archive.print_pages import SHEETS as SHEETS
from township_office.services.archive.print_pages import Desk, Gathered, gather, gather_from, label_sheet
from township_office.services.archive.print_pages import SheetRequest as SheetRequest
from township_office.services.archive.scheme import scheme_of
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.services.printing import Printed, suffix_of, write_pages

FILES = (".pdf", ".docx")


def print_sheet(office: Office, request: SheetRequest, path: Path, today: date, progress: Progress = silent) -> Printed:
    """Write one of SHEETS to path, .pdf or .docx by its suffix; raise OfficeError saying what to do.

    It counts as printed: who wants to look at it first takes preview_sheet.
    """
    suffix_of(path, FILES)
    gathered = gather(office, request, today)
    printed = write_pages(gathered.pages, path, gathered.rows, progress)
    _note(office, gathered.years)
    return printed


def preview_sheet(
    office: Office, request: SheetRequest, path: Path, today: date, progress: Progress = silent
) -> Printed:
    """Write a sheet as print_sheet does, for looking at: nothing counts as printed."""
    suffix_of(path, FILES)
    gathered = gather(office, request, today)
    return write_pages(gathered.pages, path, gathered.rows, progress)


def note_on_paper(office: Office, request: SheetRequest, today: date) -> None:
    """Note that what preview_sheet showed is on paper now."""
    _note(office, gather(office, request, today).years)


def print_set(office: Office, year: int, folder: Path, today: date, progress: Progress = silent) -> list[Path]:
    """Write every sheet of a year into folder, as PDF and as Word; return the files, in the order they are used.

    Sheets of boxes are left out where nothing is boxed yet. Cancelled or failed, nothing of the set is in the folder.
    """
    tripwire.refuse_name("print.file", folder)
    if not folder.is_dir() and not folder.parent.is_dir():
        raise OfficeError("error.no_folder", path=folder.parent)
    parts = _parts(office, year, today)
    sizes = [sum(page.steps for page in gathered.pages) for _, gathered in parts]
    done, total = 0, len(FILES) * sum(sizes)
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".township-", dir=folder, ignore_cleanup_errors=True) as kept:
            made: list[Path] = []
            for (name, gathered), steps in zip(parts, sizes, strict=True):
                for suffix in FILES:
                    made.append(Path(kept) / f"{name}{suffix}")
                    write_pages(gathered.pages, made[-1], gathered.rows, portion(progress, done, steps, total))
                    done += steps
            written = [_moved(one, folder) for one in made]
    except OSError as error:
        raise OfficeError("paper.cannot_write", path=folder) from error
    _note(office, {one for _, gathered in parts for one in gathered.years})
    return written


def lacking(office: Office, request: SheetRequest, today: date) -> list[str]:
    """Return what is not there yet of what request prints, in sentences; printing goes on without it."""
    desk = Desk(office, request, today)
    kind = SHEETS[request.sheet]
    said = []
    if not scheme_of(office).fonds_no:
        said.append(t("archive_print.no_fonds"))
    if kind.has_codes or kind.of_boxes:
        unnumbered = sum(1 for item in desk.items if item["sequence"] is None)
        pageless = sum(1 for item in desk.items if item["page_count"] is None)
        unboxed = sum(1 for item in desk.items if item["box_no"] is None)
        counts = {"unnumbered_some": unnumbered, "pageless": pageless}
        if kind.of_boxes:
            counts = {"unboxed": unboxed}
        said += [t(f"archive_print.{key}", count=count) for key, count in counts.items() if count]
    return said


def registered(office: Office, sheet: str, today: date) -> list[tuple[int, str]]:
    """Return the rows, latest first, that a sheet can go by, each by id with words to tell it; none for most sheets."""
    register = SHEETS[sheet].register
    if register is None:
        return []
    rows = browsing.rows(office, register, browsing.row_ids(office, register, View(), today))
    return [(int(str(row["id"])), f"{row['number']} {row['title']}") for row in rows if row["voided_on"] is None]


def label_grid(office: Office) -> tuple[int, int]:
    """Return how many labels a sheet has side by side, and below each other."""
    lies = label_sheet(Desk(office, SheetRequest("labels"), date.min))
    return lies.columns, lies.rows


def suggested_name(office: Office, request: SheetRequest, today: date) -> str:
    """Return what the file of a sheet may be called, without a suffix."""
    desk, title = Desk(office, request, today), SHEETS[request.sheet].title
    if request.row_id:
        return t("archive_print.file_of", title=title, of=str(desk.row["number"]))
    if not request.series:
        return t("archive_print.file_of_year", title=title, year=request.year)
    part = desk.part_of(desk.items[0]) if desk.items else None
    of = " ".join(filter(None, (part.year, part.retention, part.org))) if part else str(request.year)
    return t("archive_print.file_of", title=title, of=of)


def _parts(office: Office, year: int, today: date) -> list[tuple[str, Gathered]]:
    """Return the sheets of a year with the names of their files, numbered so that they lie in order."""
    desk = Desk(office, SheetRequest("", year), today)
    if not desk.items:
        raise OfficeError("archive_print.nothing")
    wanted = [key for key, kind in SHEETS.items() if kind.is_of_year]
    return [
        (f"{place:02d} {t('archive_print.file_of_year', title=SHEETS[key].title, year=year)}", gather_from(desk, key))
        for place, key in enumerate(wanted, start=1)
        if (desk.boxes or not SHEETS[key].of_boxes) and (desk.stamped() or key != "labels")
    ]


def _moved(made: Path, folder: Path) -> Path:
    """Put a file that is whole into the folder, in place of one of an earlier set."""
    target = folder / made.name
    with whole_file(target) as partial:
        made.replace(partial)
    return target


def _note(office: Office, years: Collection[int]) -> None:
    """A file that cannot be written is not taken back either, so it needs no note."""
    if years and not office.is_readonly:
        committing.note_printed(office, years, datetime.now())
