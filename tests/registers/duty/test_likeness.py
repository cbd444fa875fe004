# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

import pytest

from township_office.registers.duty.likeness import likely_group, likely_line
from township_office.registers.duty.plan import Half
from township_office.registers.duty.staff import Line

LEAD, STAFF, DRIVER = Line(1, "带班领导", "领导"), Line(2, "值班员", "干部"), Line(3, "驾驶员", "司机")
DAY, NIGHT = Line(4, "值班白班", "干部", shift="day"), Line(5, "值班夜班", "干部", shift="night")


@pytest.mark.parametrize(
    ("label", "line"),
    [("带班", LEAD), ("值班领导", LEAD), ("值班员", STAFF), ("值班人员", STAFF), ("上午", STAFF), ("司机", DRIVER)],
)
def test_a_heading_means_the_line_of_its_sort(label: str, line: Line) -> None:
    assert likely_line(label, Half.WHOLE, [LEAD, STAFF, DRIVER]) == line
    assert likely_group(label, [LEAD, STAFF, DRIVER]) == line.group


def test_by_day_and_by_night_are_told_apart() -> None:
    assert likely_line("上午", Half.DAY, [LEAD, DAY, NIGHT]) == DAY
    assert likely_line("值班人员夜班", Half.NIGHT, [LEAD, DAY, NIGHT]) == NIGHT
    assert likely_line("夜班", Half.NIGHT, [LEAD, DAY, NIGHT]) == NIGHT


def test_of_several_that_could_be_meant_none_is() -> None:
    assert likely_line("值守", Half.WHOLE, [STAFF, Line(6, "应急组", "应急")]) is None
    assert likely_line("带班领导", Half.WHOLE, [STAFF]) is None
    assert likely_group("带班领导", [STAFF]) == "带班领导"
