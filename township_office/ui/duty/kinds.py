# SPDX-License-Identifier: MulanPSL-2.0
"""How the kinds of day look: the ground of a day in the month, the piece of a bar."""

from __future__ import annotations

from collections.abc import Mapping

from township_office.registers.duty.plan import DayKind

GROUNDS: Mapping[DayKind, str] = {
    DayKind.WORKDAY: "paper",
    DayKind.RESTDAY: "day-rest",
    DayKind.HOLIDAY: "day-holiday",
    DayKind.SPRING_FESTIVAL: "day-spring",
}
BARS: Mapping[DayKind, str] = {
    DayKind.WORKDAY: "turn-work",
    DayKind.RESTDAY: "turn-rest",
    DayKind.HOLIDAY: "turn-holiday",
    DayKind.SPRING_FESTIVAL: "turn-spring",
}
