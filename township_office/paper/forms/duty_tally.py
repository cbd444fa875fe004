# SPDX-License-Identifier: MulanPSL-2.0
"""值班统计 — who had how many turns in a year, by kind of day: arguments are about weekends and 春节, not totals.

Group by group; below each, how far the most and the least lie apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Protocol

from township_office.paper.blocks import Align, Column, Page, Row, Table
from township_office.paper.forms.office_sheet import Imprint, Options, office_sheet
from township_office.registers.duty.plan import DayKind
from township_office.registers.duty.staff import Person

TITLE = "值班统计表"
KINDS: Mapping[DayKind, str] = {
    DayKind.WORKDAY: "工作日", DayKind.RESTDAY: "休息日", DayKind.HOLIDAY: "节假日", DayKind.SPRING_FESTIVAL: "春节",
}  # fmt: skip
COLUMNS = (
    Column("组别", 12),
    Column("姓名", 14),
    Column("职务", 18),
    *(Column(word, 8, Align.CENTRE, is_whole=True) for word in KINDS.values()),
    Column("合计", 8, Align.CENTRE, is_whole=True),
    Column("折算", 8, Align.CENTRE, is_whole=True),
    Column("历年折算", 10, Align.CENTRE, is_whole=True),
    Column("欠班", 8, Align.CENTRE, is_whole=True),
    Column("被欠", 8, Align.CENTRE, is_whole=True),
)
SPREAD = "最多与最少相差"
_ROW_HEIGHT = 7.0  # mm


class TallyLine(Protocol):
    """One person in one group as services.roster.tally tells it."""

    @property
    def person(self) -> Person:
        """Who."""

    @property
    def group(self) -> str:
        """Compared with whom."""

    @property
    def year(self) -> Mapping[DayKind, int]:
        """Turns of the year by kind of day."""

    @property
    def load(self) -> Fraction:
        """What they weigh."""

    @property
    def lifetime_load(self) -> Fraction:
        """What those of all years weigh."""

    @property
    def owes(self) -> int:
        """Turns owed for 替班."""

    @property
    def is_owed(self) -> int:
        """Turns that others owe."""


def build(lines: Iterable[TallyLine], weights: Mapping[DayKind, Fraction], imprint: Imprint, options: Options) -> Page:
    """Return the tally of a year."""
    rows = [Row(cells) for cells in rows_of(lines)]
    table = Table(COLUMNS, rows, _ROW_HEIGHT, empty="（这一年没有值班记录）")
    return office_sheet(TITLE, imprint, options, table, weights_said(weights))


def rows_of(lines: Iterable[TallyLine]) -> list[tuple[str, ...]]:
    """Return the tally as lines of text, for paper and for a workbook."""
    rows: list[tuple[str, ...]] = []
    for group, members in groupby(lines, key=lambda line: line.group):
        there = list(members)
        rows += [(group, line.person.name, line.person.post, *map(_figure, _figures(line))) for line in there]
        if len(there) > 1:
            *counted, _, _ = zip(*map(_figures, there), strict=True)
            rows.append((group, SPREAD, "", *map(_apart, counted), "", ""))
    return rows


def weights_said(weights: Mapping[DayKind, Fraction]) -> str:
    """Return what a turn of each kind of day counts."""
    said = "，".join(f"{word}{_figure(weights[kind])}" for kind, word in KINDS.items())
    return f"折算：{said}。"


def _figures(line: TallyLine) -> tuple[Fraction, ...]:
    turns = [Fraction(line.year.get(kind, 0)) for kind in KINDS]
    owed = Fraction(line.owes), Fraction(line.is_owed)
    return *turns, sum(turns, Fraction(0)), line.load, line.lifetime_load, *owed


def _figure(value: Fraction) -> str:
    return f"{float(round(value, 2)):g}"


def _apart(values: Sequence[Fraction]) -> str:
    return _figure(max(values) - min(values))
