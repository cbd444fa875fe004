# SPDX-License-Identifier: MulanPSL-2.0
"""年度发文总量 counts what bears a number, warns by the limit, and never stands in the way."""

from __future__ import annotations

from datetime import date

import pytest

from township_office.core.errors import OfficeError
from township_office.registers.dispatch import DISPATCH
from township_office.services import records, settings
from township_office.services.office import Office, change
from township_office.services.yearly_total import YearlyTotal, yearly_total
from township_office.store import records as store

TODAY = date(2026, 11, 20)


def send(office: Office, draft, day: str, count: int = 1) -> list[int]:
    return [
        records.register_document(office, DISPATCH, draft("dispatch", signed_on=day), TODAY)["id"] for _ in range(count)
    ]


def test_what_is_void_unsigned_or_of_another_year_does_not_count(office: Office, draft):
    first, *_ = send(office, draft, "2026-03-01", 4)
    records.void(office, DISPATCH, first, "不发了", TODAY)
    records.register_document(office, DISPATCH, {"title": "关于植树的通知", "drafted_on": "2026-03-02"}, TODAY)
    send(office, draft, "2025-03-01")
    assert yearly_total(office, 2026).count == 3
    assert yearly_total(office, 2025).count == 1
    assert yearly_total(office, 2024) == YearlyTotal(2024, 0, None, is_set=False)


def test_without_a_limit_nine_tenths_of_last_year_are_proposed(office: Office):
    row = dict.fromkeys(field.name for field in DISPATCH.fields) | {"title": "题", "entry": "imported", "year": 2025}
    with change(office) as pen:
        store.add_many(pen, DISPATCH, [row | {"number": f"云政发〔2025〕{n}号"} for n in range(1, 20)], "import")
    total = yearly_total(office, 2026)
    assert (total.limit, total.is_set) == (17, False), "17.1, rounded down"
    assert total.tone(1000) == "soft", "a proposal warns nobody"
    settings.set_setting(office, "dispatch.limit", "180")
    assert yearly_total(office, 2026) == YearlyTotal(2026, 0, 180, is_set=True)


@pytest.mark.parametrize(
    ("count", "tone"), [(0, "soft"), (161, "soft"), (162, "amber"), (180, "amber"), (181, "red"), (999, "red")]
)
def test_it_warns_from_nine_tenths(count: int, tone: str):
    assert YearlyTotal(2026, 0, 180, is_set=True).tone(count) == tone


def test_a_full_year_is_no_wall(office: Office, draft):
    settings.set_setting(office, "dispatch.limit", "1")
    send(office, draft, "2026-03-01", 3)
    assert yearly_total(office, 2026).count == 3


@pytest.mark.parametrize("value", ["0", "-1", "很多", "1.5", "100000"])
def test_a_limit_is_a_number(value: str, office: Office):
    with pytest.raises(OfficeError, match="发文控制数"):
        settings.set_setting(office, "dispatch.limit", value)
