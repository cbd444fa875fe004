# SPDX-License-Identifier: MulanPSL-2.0
"""Print the sheets of the guarded register: 传阅登记, 借阅登记 … 移交清单 (domain: custom and 实施条例 arts. 27, 28).

What is printed lies in the open vault and on paper, nowhere else: pages are drawn in memory, and a file is written
only where the custodian says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from township_office.core.errors import OfficeError
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.paper.blocks import Page
from township_office.paper.forms import custody_list
from township_office.paper.forms.office_sheet import Imprint
from township_office.services.checking import chain_head
from township_office.services.guarded.confidential import papers
from township_office.services.guarded.custody_rows import ROWS, Asked, said
from township_office.services.guarded.vault import Vault
from township_office.services.printing import (
    Printed,
    PrintRequest,
    draw_in_memory,
    period_words,
    sheet_options,
    suffix_of,
    write_page,
)
from township_office.services.settings import office_name

YEAR, DAYS, LIST, CHOSEN, ALL = "year", "days", "list", "chosen", "all"
_FILES = (".pdf", ".docx")
_BY_STEP = {"clearance": "clear", "destruction": "destroy"}  # sheets that go by the number of a list


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it is offered: its title, and by what its rows may be chosen, the usual way first."""

    title: str
    scopes: tuple[str, ...]


_SCOPES = {
    "clearance": (LIST, YEAR, DAYS, CHOSEN),
    "destruction": (LIST, YEAR, DAYS, CHOSEN),
    "inventory": (YEAR,),
    "handover": (ALL, CHOSEN),  # whatever this office answers for today
}
SHEETS: Mapping[str, Sheet] = {
    key: Sheet(form.title, _SCOPES.get(key, (YEAR, DAYS, CHOSEN))) for key, form in custody_list.SHEETS.items()
}


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """What goes on a sheet: a year (None: all), the days first to last, one list, or chosen copies (paper id, 份号)."""

    year: int | None = None
    first: date | None = None
    last: date | None = None
    list_no: str = ""
    chosen: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sheet as plain data, for a worker thread: it holds neither the vault nor a key."""

    page: Page = field(repr=False)
    title: str
    rows: int


def print_sheet(
    vault: Vault, key: str, request: SheetRequest, target: Path | None, today: date, progress: Progress = silent
) -> Printed:
    """Write one of SHEETS to target, .pdf or .docx by its suffix; None: as a PDF in memory (Printed.content).

    Raise OfficeError saying what to do, also when the sheet would be empty.
    """
    return draw_sheet(prepare_sheet(vault, key, request, today), target, progress)


def prepare_sheet(vault: Vault, key: str, request: SheetRequest, today: date) -> Prepared:
    """Gather what goes on a sheet while the vault is open; raise OfficeError when there is nothing."""
    if key == "inventory" and (request.first or request.last):
        raise OfficeError("custody_print.by_year")
    lines = ROWS[key](vault, _asked(request, today))
    if not lines:
        raise OfficeError(f"custody_print.empty_{key}")
    office = vault.office
    imprint = Imprint(office_name(office), _period(key, request, today), today, chain_head(office))
    page = custody_list.build(key, lines, imprint, sheet_options(office))
    return Prepared(page, SHEETS[key].title, len(lines))


def draw_sheet(prepared: Prepared, target: Path | None, progress: Progress = silent) -> Printed:
    """Draw what was prepared, to a file of the custodian's choice or in memory; may be called in any thread."""
    if target is None:
        return draw_in_memory(prepared.page, f"{prepared.title}.pdf", prepared.rows, progress)
    suffix_of(target, _FILES)
    return write_page(prepared.page, target, prepared.rows, (None, None), progress)


def list_numbers(vault: Vault, key: str) -> list[str]:
    """Return the numbers of the lists of 清退 or 销毁 that were entered, the latest first."""
    wanted = _BY_STEP.get(key)
    steps = sorted((s for paper in papers(vault) for s in paper.steps if s.key == wanted), key=lambda step: step.at)
    return list(dict.fromkeys(number for step in reversed(steps) if (number := said(step, "list_no"))))


def years(vault: Vault) -> list[int]:
    """Return the years in which something was received or happened, the latest first."""
    found = {int(str(paper.record["received_on"])[:4]) for paper in papers(vault)}
    found |= {int(step.at[:4]) for paper in papers(vault) for step in paper.steps}
    return sorted(found, reverse=True)


def _asked(request: SheetRequest, today: date) -> Asked:
    first, last = request.first or date.min, request.last or date.max
    if request.year and not (request.first or request.last):
        first, last = date(request.year, 1, 1), date(request.year, 12, 31)
    chosen = frozenset(request.chosen)
    return Asked(today, first.isoformat(), last.isoformat(), request.list_no, chosen, request.year)


def _period(key: str, request: SheetRequest, today: date) -> str:
    if request.list_no:
        return custody_list.list_words(key, request.list_no)
    if request.chosen and key in custody_list.LISTS:
        return custody_list.list_words(key)
    day = {"year": today.year, "month": today.month, "day": today.day}
    if request.chosen:
        return t("custody_print.chosen", **day)
    if key == "handover":
        return t("custody_print.as_of", **day)
    return period_words(PrintRequest(request.year, request.first, request.last))
