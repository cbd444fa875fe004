# SPDX-License-Identifier: MulanPSL-2.0
"""The archive as it stands: the tree 全宗 › 门类 › 年度 › 保管期限 › 机构（问题）, and what lies in an item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from township_office.core.fields import Register
from township_office.core.text import t
from township_office.registers import BY_NAME
from township_office.registers.archive.box import ARCHIVE_BOX
from township_office.registers.archive.codes import CATEGORIES, category_name
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.retention import ALL_RETENTIONS
from township_office.registers.watch import WATCHES
from township_office.services.archive.scheme import Scheme, scheme_of
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.store import archive, filing, loans, records, watches
from township_office.store.archive import ArchiveClass as ArchiveClass
from township_office.store.records import Row

WS = "WS"


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch of the tree: view shows its items, classes are the lowest ones in it."""

    label: str
    view: View
    classes: tuple[ArchiveClass, ...]
    branches: tuple[Branch, ...] = ()

    @property
    def items(self) -> int:
        """How many items there are, void ones left out."""
        return sum(one.items for one in self.classes)

    @property
    def leaves(self) -> tuple[Branch, ...]:
        """The lowest branches."""
        return tuple(leaf for one in self.branches for leaf in one.leaves) if self.branches else (self,)

    @property
    def gaps(self) -> int:
        """How many 件号 nobody bears (缺号)."""
        return sum(max(one.gaps, 0) for one in self.classes)


@dataclass(frozen=True, slots=True)
class Inside:
    """What lies in an item and where it lies: its documents in the books, its box with 起止件号, who has it."""

    sources: tuple[tuple[Register, Row], ...] = ()
    box: Row | None = None
    first: int = 0
    last: int = 0
    out: tuple[Register, Row] | None = None  # the entry by which it was lent or taken out, and not back


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of the tree: which value of a class it is about, in which column, in which order, in which words."""

    column: str
    value: Callable[[ArchiveClass], str | int]
    order: Callable[[str | int], Any]
    label: Callable[[str | int], str]


def tree(office: Office) -> Branch:
    """Return the whole archive as one branch; levels that tell nothing apart are left out.

    全宗 where there are several, 门类 where there is more than 文书, 机构（问题） and 案卷 where classes have them.
    """
    scheme, classes = scheme_of(office), archive.classes(office.db)
    fonds = sorted({one.fonds_no for one in classes})
    levels = _levels(scheme)
    if len(fonds) < 2:
        levels = levels[1:]
    if {one.category for one in classes} <= {WS}:
        levels = [level for level in levels if level.column != "category"]
    label = t("shelf.fonds", number=fonds[0]) if len(fonds) == 1 and fonds[0] else t("shelf.everything")
    return Branch(label, View(), tuple(classes), _grown(classes, levels, View()))


def attention(office: Office, today: date) -> dict[str, int]:
    """Return how many items each watch of the archive is about: 页数未填, 未装盒, 到期待鉴定, 应移交."""
    return {watch: watches.count(office.db, ARCHIVE_ITEM, watch, today) for watch in WATCHES[ARCHIVE_ITEM.name]}


def lacking_fonds_no(office: Office) -> int:
    """Return how many items of ours have no 全宗号 in their 档号."""
    return len(records.ids_where(office.db, ARCHIVE_ITEM, "fonds_no IS NULL AND entry = 'live'", []))


def missing(office: Office, one: ArchiveClass) -> list[int]:
    """Return the 件号 of a class that nobody bears, void items counted as bearing theirs."""
    borne = set(archive.numbers_of(office.db, one.series, one.year))
    return [number for number in range(one.first, one.last) if number not in borne] if one.first else []


def inside(office: Office, row: Row) -> Inside:
    """Return what lies in an item, and its box."""
    sources = tuple(
        (BY_NAME[line.register], records.get(office.db, BY_NAME[line.register], line.source_id))
        for line in filing.of_item(office.db, int(str(row["id"])))
        if line.register and line.source_id
    )
    out = _out(office, row)
    if row["box_no"] is None:
        return Inside(sources, out=out)
    place = [row["series"], row["year"], row["box_no"]]
    found = records.ids_where(office.db, ARCHIVE_BOX, "series = ? AND period = ? AND sequence = ?", place, 1)
    together = records.ids_where(office.db, ARCHIVE_ITEM, "series = ? AND period = ? AND box_no = ?", place)
    numbers = [int(str(item["sequence"] or 0)) for item in records.get_many(office.db, ARCHIVE_ITEM, together)]
    box = records.get(office.db, ARCHIVE_BOX, found[0]) if found else None
    return Inside(sources, box, min(numbers, default=0), max(numbers, default=0), out)


def _out(office: Office, row: Row) -> tuple[Register, Row] | None:
    found = loans.open_entry(office.db, str(row["number"])) if row["away"] is not None else None
    return (BY_NAME[found[0]], records.get(office.db, BY_NAME[found[0]], found[1])) if found else None


def words_of(scheme: Scheme, one: ArchiveClass) -> str:
    """Return a class as people call it: 2025年 永久 党政综合办公室."""
    year = t("archive.year", year=one.year) if one.year else ""
    volume = t("shelf.volume", number=one.volume) if one.volume else ""
    category = "" if one.category == WS else category_name(one.category)
    return " ".join(filter(None, (category, year, one.retention, scheme.org_name(one.org), volume)))


def _grown(classes: Sequence[ArchiveClass], levels: Sequence[_Level], view: View) -> tuple[Branch, ...]:
    """Divide classes by the first level that tells anything of them, and each part by the rest."""
    for depth, level in enumerate(levels):
        values = {level.value(one) for one in classes}
        if level.column not in ("org_or_subject", "volume_no") or any(values):
            rest = levels[depth + 1 :]
            return tuple(_branch(classes, level, value, rest, view) for value in sorted(values, key=level.order))
    return ()


def _branch(
    classes: Iterable[ArchiveClass], level: _Level, value: str | int, rest: Sequence[_Level], view: View
) -> Branch:
    own = tuple(one for one in classes if level.value(one) == value)
    if level.column == "archive_year" and value:
        seen = replace(view, year=int(value))
    else:
        seen = replace(view, part=(*view.part, (level.column, value or None)))
    return Branch(level.label(value), seen, own, _grown(own, rest, seen))


def _levels(scheme: Scheme) -> list[_Level]:
    categories, periods, orgs = (
        [one.code for one in CATEGORIES], [one.word for one in ALL_RETENTIONS], list(scheme.orgs),
    )  # fmt: skip
    return [
        _Level("fonds_no", lambda one: one.fonds_no, lambda value: value,
               lambda value: t("shelf.fonds", number=value) if value else t("shelf.no_fonds")),
        _Level("category", lambda one: one.category,
               lambda value: (_place(str(value).partition("·")[0], categories), value),
               lambda value: category_name(str(value))),
        _Level("archive_year", lambda one: one.year, lambda value: -int(value),
               lambda value: t("archive.year", year=value) if value else t("shelf.no_year")),
        _Level("retention_period", lambda one: one.retention, lambda value: _place(value, periods),
               lambda value: str(value) or t("shelf.no_retention")),
        _Level("org_or_subject", lambda one: one.org, lambda value: (_place(value, orgs), value),
               lambda value: scheme.org_name(str(value)) or t("shelf.no_org")),
        _Level("volume_no", lambda one: one.volume, lambda value: value,
               lambda value: t("shelf.volume", number=value) if value else t("shelf.no_volume")),
    ]  # fmt: skip


def _place(value: object, known: Sequence[object]) -> int:
    return known.index(value) if value in known else len(known)
