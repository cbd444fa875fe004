# SPDX-License-Identifier: MulanPSL-2.0
"""The first page counts what it says it counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.services.office import Office, change
from township_office.services.today import Tally, today_summary
from township_office.store import records as store

TODAY = date(2026, 11, 20)


def day(days: int) -> str:
    return (TODAY + timedelta(days)).isoformat()


def test_an_empty_office_has_a_page(office: Office):
    page = today_summary(office, TODAY)
    assert (page.due, page.late_count, page.latest, page.last_backup) == ([], 0, [], None)
    assert page.receipts == page.dispatches == Tally(0, 0, 0)


@pytest.fixture
def filled(office: Office, draft) -> Office:
    for received, due in ((-400, -390), (-60, -30), (-10, -1), (-5, 0), (-3, 3), (-2, 4), (0, None), (-1, -1)):
        more = {} if due is None else {"due_on": day(due)}
        records.register_document(office, RECEIPT, draft("receipt", received_on=day(received), **more), TODAY)
    records.void(office, RECEIPT, 8, "重复", TODAY)
    records.register_document(
        office, RECEIPT, draft("receipt", received_on=day(-40), due_on=day(-20), completed_on=day(-30)), TODAY
    )
    for signed in (-400, -60, -10, 0):
        records.register_document(office, DISPATCH, draft("dispatch", signed_on=day(signed)), TODAY)
    return office


def test_late_and_soon_due_come_most_urgent_first(filled: Office):
    page = today_summary(filled, TODAY)
    assert [row["due_on"] for row in page.due] == [TODAY + timedelta(days) for days in (-390, -30, -1, 0, 3)]
    assert page.late_count == 3


def test_counts_leave_void_rows_out(filled: Office):
    page = today_summary(filled, TODAY)
    assert page.receipts == Tally(this_year=7, this_month=5, void=1)
    assert page.dispatches == Tally(this_year=3, this_month=2, void=0)


def test_the_latest_come_newest_first_without_void_ones(filled: Office):
    page = today_summary(filled, TODAY)
    ids = [row["id"] for row in page.latest]
    assert ids == [9, 7, 6, 5, 4, 3, 2, 1]


def test_hundreds_of_late_ones_are_all_counted(office: Office):
    row = dict.fromkeys(field.name for field in RECEIPT.fields) | {"received_on": TODAY, "title": "题", "year": 2026}
    late = row | {"due_on": TODAY - timedelta(2), "entry": "imported"}
    with change(office) as pen:
        store.add_many(pen, RECEIPT, [late] * 450, "import")
    page = today_summary(office, TODAY)
    assert page.late_count == 450
    assert len(page.due) <= 200


def test_papers_of_a_former_years_ledger_are_not_late_any_more(office: Office):
    row = dict.fromkeys(field.name for field in RECEIPT.fields) | {"title": "题", "entry": "imported"}
    due = TODAY - timedelta(2)
    with change(office) as pen:
        store.add_many(pen, RECEIPT, [row | {"year": year, "due_on": due} for year in (None, 2025, 2026)], "import")
    page = today_summary(office, TODAY)
    assert (page.late_count, [line["year"] for line in page.due]) == (1, [2026])
