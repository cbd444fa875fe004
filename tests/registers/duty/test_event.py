# SPDX-License-Identifier: MulanPSL-2.0
"""Which report is waited for, and until when: from 接报时间 and what was reported, nothing else."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from township_office.registers.duty.event import FINAL, FIRST, FOLLOWING, PHONE, WRITTEN, Limits, dues, next_report

EVENT = {
    "received_at": "2026-11-20 16:20", "voided_on": None, "phoned_at": None, "written_at": None, "reported_at": None,
    "final_at": None,
}  # fmt: skip
LIMITS = Limits(20, 40, 24)


def waited(limits: Limits = LIMITS, **changes: object) -> list[tuple[str, str]]:
    return [(due.kind, f"{due.at:%d %H:%M}") for due in dues(EVENT | changes, limits)]


def test_the_first_report_by_telephone_then_in_writing():
    assert waited() == [("phone", "20 16:40"), ("written", "20 17:00")]
    phoned = {"phoned_at": "2026-11-20 16:30", "reported_at": "2026-11-20 16:30"}
    assert waited(**phoned) == [("written", "20 17:00")]


def test_then_again_and_again_until_the_last():
    both = {"phoned_at": "2026-11-20 16:30", "written_at": "2026-11-20 16:50", "reported_at": "2026-11-20 16:50"}
    assert waited(**both) == [("followup", "21 16:50")]
    assert waited(**both, final_at="2026-11-20 20:00") == []
    assert waited(voided_on=date(2026, 11, 20)) == []


def test_an_office_sets_limits_of_its_own_or_none():
    assert waited(Limits(30, 30, 2)) == [("phone", "20 16:50"), ("written", "20 16:50")]
    assert waited(Limits(0, 0, 2)) == [], "nothing was reported, and no 初报 is asked for"
    assert waited(Limits(0, 0, 2), reported_at="2026-11-20 23:30") == [("followup", "21 01:30")]
    assert waited(Limits(0, 0, 0), reported_at="2026-11-20 23:30") == []


@pytest.mark.parametrize(
    ("clock", "left"),
    [("16:20", 20), ("16:39", 1), ("16:40", 0), ("16:41", -1), ("17:40", -60)],
)
def test_minutes_are_counted_to_the_end_of_each(clock: str, left: int):
    (first, *_) = dues(EVENT, LIMITS)
    assert first.minutes_left(datetime.fromisoformat(f"2026-11-20 {clock}")) == left


def test_seconds_of_the_last_minute_are_not_yet_late():
    (first, *_) = dues(EVENT, LIMITS)
    assert first.minutes_left(datetime(2026, 11, 20, 16, 39, 30)) == 0
    assert first.minutes_left(datetime(2026, 11, 20, 16, 40, 30)) == -1


def test_what_most_likely_comes_next():
    assert next_report(EVENT, LIMITS) == (FIRST, PHONE)
    phoned = {"phoned_at": "2026-11-20 16:30", "reported_at": "2026-11-20 16:30"}
    assert next_report(EVENT | phoned, LIMITS) == (FIRST, WRITTEN)
    both = phoned | {"written_at": "2026-11-20 16:50"}
    assert next_report(EVENT | both, LIMITS) == (FOLLOWING, WRITTEN)
    assert next_report(EVENT | both, Limits(0, 0, 0))[0] != FINAL, "that it is over only people know"
