# SPDX-License-Identifier: MulanPSL-2.0
"""年度统计 — the figures an office reports to the archive authority each year; each can be recounted from the rows.

档案法 art. 45 demands regular statistics. What an office keeps, how it is used, what left it: holdings by year, period
and 门类, use by 人次 (entries) and 件次 (档号 named in them). Floor space and staff are no rows of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.paper.forms.office_sheet import Imprint
from township_office.registers.archive.care import ACCESS_LOG
from township_office.registers.archive.codes import category_name
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.retention import ALL_RETENTIONS
from township_office.registers.watch import EXPIRED, TO_TRANSFER
from township_office.services import printing, tripwire
from township_office.services.checking import chain_head
from township_office.services.office import Office
from township_office.services.printing import Printed
from township_office.services.settings import office_name
from township_office.store import archive_figures, watches
from township_office.store.archive_figures import Holding

Key = TypeVar("Key")
FILES = (".pdf", ".docx")
HEADINGS = (("part", 18), ("name", 18), ("items", 10), ("pages", 10), ("boxes", 10))  # characters


@dataclass(frozen=True, slots=True)
class Amount:
    """So many items, their pages as far as they are counted, the boxes they lie in."""

    items: int = 0
    pages: int = 0
    boxes: int = 0


@dataclass(frozen=True, slots=True)
class Used:
    """How archives were used: 人次, 件次, 复制页数."""

    visits: int = 0
    items: int = 0
    pages: int = 0

    def __add__(self, other: Used) -> Used:
        return Used(self.visits + other.visits, self.items + other.items, self.pages + other.pages)


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of one year; what is in the store, and what is due, as of today."""

    year: int
    held: Amount
    by_year: dict[tuple[int, str], Amount]  # (年度, 保管期限), the latest year first; 0 and "" where not known
    by_category: dict[str, Amount]  # 门类 code
    filed_in_all: Amount
    filed: dict[str, Amount]  # 保管期限
    used: dict[str, Used]  # 方式, those of the register first
    transferred: Amount
    destroyed: Amount
    expired: int
    to_transfer: int

    @property
    def used_in_all(self) -> Used:
        """Every use of the year."""
        return sum(self.used.values(), Used())


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the report: what it is of, within which part, and the amounts ("" where there is none)."""

    part: str
    name: str
    cells: tuple[int | None, int | None, int | None]


def statistics(office: Office, year: int, today: date) -> Statistics:
    """Count the figures of a year."""
    held = archive_figures.in_store(office.db)
    by_year = _by(held, lambda one: (one.year, one.retention))
    used = {use.way: Used(use.visits, use.items, use.pages) for use in archive_figures.uses(office.db, year)}
    ways = [way for way in ACCESS_LOG.field("way").choices if way in used]
    came = archive_figures.in_year(office.db, "filed_on", year)
    filed = _by(came, lambda one: one.retention)
    return Statistics(
        year=year,
        held=_amount(held),
        filed_in_all=_amount(came),
        by_year=dict(sorted(by_year.items(), key=lambda one: (-one[0][0], period_order(one[0][1])))),
        by_category=_by(held, lambda one: one.category),
        filed={word: filed[word] for word in sorted(filed, key=period_order)},
        used={way: used[way] for way in (*ways, *(way for way in used if way not in ways))},
        transferred=_amount(archive_figures.in_year(office.db, "transferred_on", year)),
        destroyed=_amount(archive_figures.in_year(office.db, "destroyed_on", year)),
        expired=watches.count(office.db, ARCHIVE_ITEM, EXPIRED, today),
        to_transfer=watches.count(office.db, ARCHIVE_ITEM, TO_TRANSFER, today),
    )


def years(office: Office, today: date) -> list[int]:
    """Return the years that can be reported, this one always among them, the latest first."""
    return sorted({today.year, *archive_figures.years(office.db)}, reverse=True)


def period_order(word: str) -> int:
    """Return the place of a 保管期限 in a report: 永久 first, what is not known last."""
    words = [one.word for one in ALL_RETENTIONS]
    return words.index(word) if word in words else len(words)


def lines(found: Statistics) -> list[Line]:
    """Return the whole report line by line, as it is exported, copied and printed."""
    return [*_held_lines(found), *_moved_lines(found), *_use_lines(found)]


def export(office: Office, year: int, path: Path, today: date, progress: Progress = silent) -> None:
    """Write the report to an .xlsx; raise OfficeError when path cannot be written."""
    from township_office.exchange import writing

    tripwire.refuse_name("export.file", path, office.clerk)
    headings = [(t(f"figures.head_{name}"), width) for name, width in HEADINGS]
    rows = [(one.part, one.name, *one.cells) for one in lines(statistics(office, year, today))]
    writing.write_book(path, t("figures.sheet", office=office_name(office), year=year), headings, rows, progress)


def print_figures(office: Office, year: int, path: Path, today: date, progress: Progress = silent) -> Printed:
    """Write the report to path as .pdf or .docx; raise OfficeError saying what to do."""
    from township_office.paper.forms import archive_figures as form

    printing.suffix_of(path, FILES)
    every = lines(statistics(office, year, today))
    imprint = Imprint(office_name(office), t("print.year", year=year), today, chain_head(office))
    page = form.build(every, imprint, printing.sheet_options(office))
    return printing.write_page(page, path, len(every), (None, None), progress)


def _held_lines(found: Statistics) -> Iterable[Line]:
    part = t("figures.held")
    yield _line(part, t("figures.all"), found.held)
    for (year, word), amount in found.by_year.items():
        yield _line(part, " ".join(filter(None, (year_words(year), word))), amount)
    for code, amount in found.by_category.items():
        yield _line(t("figures.by_category"), category_words(code), amount)


def _moved_lines(found: Statistics) -> Iterable[Line]:
    yield _line(t("figures.filed"), t("figures.all"), found.filed_in_all)
    for word, amount in found.filed.items():
        yield _line(t("figures.filed"), word or t("figures.unknown"), amount)
    yield _line(t("figures.transferred"), t("figures.all"), found.transferred)
    yield _line(t("figures.destroyed"), t("figures.all"), found.destroyed)
    yield Line(t("figures.due"), t("figures.expired"), (found.expired, None, None))
    yield Line(t("figures.due"), t("figures.to_transfer"), (found.to_transfer, None, None))


def _use_lines(found: Statistics) -> Iterable[Line]:
    every = ((t("figures.all"), found.used_in_all), *found.used.items())
    for name, used in every:
        yield Line(t("figures.visits"), name or t("figures.unknown"), (used.visits, None, None))
    for name, used in every:
        yield Line(t("figures.used"), name or t("figures.unknown"), (used.items, used.pages, None))


def year_words(year: int) -> str:
    """Return a 年度 as a report says it."""
    return t("archive.year", year=year) if year else t("figures.unknown")


def category_words(code: str) -> str:
    """Return the name of a 门类, of an item of an old catalogue that has none too."""
    return category_name(code) if code else t("figures.unknown")


def _line(part: str, name: str, amount: Amount) -> Line:
    return Line(part, name, (amount.items, amount.pages, amount.boxes))


def _by(holdings: Sequence[Holding], key: Callable[[Holding], Key]) -> dict[Key, Amount]:
    found: dict[Key, list[Holding]] = {}
    for one in holdings:
        found.setdefault(key(one), []).append(one)
    return {of: _amount(some) for of, some in found.items()}


def _amount(holdings: Sequence[Holding]) -> Amount:
    """A box counts once, whatever lies in it."""
    boxes = {one.box for one in holdings if one.box is not None}
    return Amount(sum(one.items for one in holdings), sum(one.pages for one in holdings), len(boxes))
