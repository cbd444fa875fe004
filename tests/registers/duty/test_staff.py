# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from datetime import date

import pytest

from township_office.registers.duty.staff import spans_in

TODAY = date(2026, 11, 23)
FIFTH = (date(2026, 12, 1), date(2026, 12, 5))


@pytest.mark.parametrize("text", [
    "12.1-12.5", "12.1—12.5", "12月1日-5日", "12月1日至12月5日", "12/1-12/5", "12.1-5", "2026.12.1-12.5",
    "2026-12-01..2026-12-05", "2026-12-01 - 2026-12-05", "12-01..12-05", "12.1～12.5", "12．1－12．5", "12月1号到5号",
])  # fmt: skip
def test_a_span_is_read_as_clerks_write_it(text: str) -> None:
    assert spans_in(text, TODAY) == [FIFTH]


@pytest.mark.parametrize(("text", "day"), [("12-5", date(2026, 12, 5)), ("2026-12-05", date(2026, 12, 5)),
                                           ("12.5", date(2026, 12, 5)), ("明天", date(2026, 11, 24))])  # fmt: skip
def test_one_day_stays_one_day(text: str, day: date) -> None:
    assert spans_in(text, TODAY) == [(day, day)]


@pytest.mark.parametrize(("text", "first", "last"), [
    ("5.1-5.3", date(2027, 5, 1), date(2027, 5, 3)),  # nobody asks for leave half a year ago
    ("12.30-1.3", date(2026, 12, 30), date(2027, 1, 3)),
    ("11.1-11.3", date(2026, 11, 1), date(2026, 11, 3)),
    ("明天..后天", date(2026, 11, 24), date(2026, 11, 25)),
])  # fmt: skip
def test_days_without_a_year_are_days_to_come(text: str, first: date, last: date) -> None:
    assert spans_in(text, TODAY) == [(first, last)]


@pytest.mark.parametrize("text", ["12.5-12.1", "12.1-40", "周末", "12.1-12.5-12.9", "2.30"])
def test_what_is_no_span_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match="日期"):
        spans_in(text, TODAY)
