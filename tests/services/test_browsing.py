# SPDX-License-Identifier: MulanPSL-2.0
"""Looking through a register: order, years, counts. (Standing by standing: tests/store/test_views.py.)"""

from __future__ import annotations

from datetime import date

import pytest

from township_office.core.fields import Register
from township_office.registers import ALL
from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, records
from township_office.services.browsing import View
from township_office.services.office import Office, change
from township_office.store import records as store

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("register", ALL, ids=lambda register: register.name)
def test_an_empty_register(register: Register, office: Office):
    assert list(browsing.row_ids(office, register, View(), TODAY)) == []
    assert browsing.rows(office, register, []) == []
    assert browsing.years(office, register) == []
    assert browsing.counts(office, register, None, TODAY) == {"": 0}
    assert browsing.counts(office, register, 2026, TODAY) == {"": 0}


def test_newest_year_first_newest_entry_first(office: Office, draft):
    ids = [
        records.register_document(office, RECEIPT, draft("receipt", received_on=day), TODAY)["id"]
        for day in ("2026-11-20", "2025-03-04", "2026-01-02", "2024-12-31", "2025-01-01")
    ]
    assert list(browsing.row_ids(office, RECEIPT, View(), TODAY)) == [ids[n] for n in (2, 0, 4, 1, 3)]
    assert list(browsing.row_ids(office, RECEIPT, View(2025), TODAY)) == [ids[4], ids[1]]
    assert browsing.years(office, RECEIPT) == [2026, 2025, 2024]


def test_counts_add_up(office: Office, draft):
    for more in ({}, {"due_on": "2026-11-21"}, {"completed_on": "2026-11-20"}, {"filed_on": "2026-11-20"}):
        records.register_document(office, RECEIPT, draft("receipt", **more), TODAY)
    records.void(office, RECEIPT, 1, "重复", TODAY)
    assert browsing.counts(office, RECEIPT, None, TODAY) == {"": 4, "open": 1, "completed": 1, "filed": 1, "voided": 1}
    assert browsing.counts(office, RECEIPT, 2026, date(2026, 12, 1))["overdue"] == 1
    assert browsing.counts(office, RECEIPT, 2025, TODAY) == {"": 0}


def test_any_page_of_many_rows_is_there(office: Office):
    row = dict.fromkeys(field.name for field in RECEIPT.fields) | {"year": 2026, "entry": "imported"}
    with change(office) as pen:
        store.add_many(pen, RECEIPT, (row | {"title": str(n)} for n in range(2500)), "import")
    ids = browsing.row_ids(office, RECEIPT, View(), TODAY)
    assert [r["title"] for r in browsing.rows(office, RECEIPT, ids)] == [str(n) for n in reversed(range(2500))]
    assert [r["title"] for r in browsing.rows(office, RECEIPT, ids[1000:1003])] == ["1499", "1498", "1497"]
