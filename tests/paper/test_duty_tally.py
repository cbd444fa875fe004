# SPDX-License-Identifier: MulanPSL-2.0
"""值班统计表 on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.paper.test_forms import GOLDEN, dump
from township_office.paper.forms import duty_tally
from township_office.paper.forms.office_sheet import Imprint, Options
from township_office.registers.duty.plan import WEIGHTS, DayKind
from township_office.registers.duty.staff import Person

IMPRINT = Imprint("云水镇人民政府", "2026年", date(2026, 12, 31), "8F3A 61C2")


@dataclass(frozen=True)
class Line:
    person: Person
    group: str
    year: Mapping[DayKind, int]
    load: Fraction
    lifetime_load: Fraction
    owes: int = 0
    is_owed: int = 0


def line(name: str, group: str, turns: tuple[int, int, int, int], *, owes: int = 0) -> Line:
    year = dict(zip(DayKind, turns, strict=True))
    load = sum((WEIGHTS[kind] * count for kind, count in year.items()), Fraction(0))
    return Line(Person(1, name, (group,), post="书记" * (name == "孙志强")), group, year, load, load * 3, owes)


LINES = [
    line("孙志强", "带班领导", (40, 12, 5, 1)), line("何文斌", "带班领导", (41, 11, 5, 2)),
    line("李明", "驾驶员", (90, 30, 9, 3), owes=1),
]  # fmt: skip


def test_everybody_has_a_row_and_each_group_its_spread() -> None:
    page = duty_tally.build(LINES, WEIGHTS, IMPRINT, Options())
    assert dump(page) == (GOLDEN / "paper_duty_tally.txt").read_text("utf-8")


def test_the_spread_is_that_of_the_group() -> None:
    rows = duty_tally.rows_of(LINES)
    assert [row[1] for row in rows] == ["孙志强", "何文斌", duty_tally.SPREAD, "李明"]
    assert rows[2][3:] == ("1", "1", "0", "1", "1", "2.5", "7.5", "", "")


def test_a_year_without_turns_is_said() -> None:
    assert "没有值班记录" in dump(duty_tally.build([], WEIGHTS, IMPRINT, Options()))
