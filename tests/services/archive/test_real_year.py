# SPDX-License-Identifier: MulanPSL-2.0
"""Two thousand real titles as one year of a township: proposed, filed, boxed, appended to, and every row proved."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.services.archive.year import TODAY, append, by_code, commit, count_pages, document, number, plan
from township_office.core.gate import has_secret_mark
from township_office.registers import DOCUMENTS
from township_office.registers.archive.codes import BY_ITEM, read_code
from township_office.registers.archive.filing import matter_key
from township_office.registers.archive.packing import room
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import checking
from township_office.services.archive import boxing, committing, items
from township_office.services.office import Office, change
from township_office.store import records as store

COUNT = 2000


@pytest.fixture
def real(office: Office, shared_data: Path) -> Office:
    """Every fourth is one of ours, the others came in; some came twice, some in the year after."""
    path = shared_data / "documents_real.csv"
    if not path.is_file():
        pytest.skip("documents_real.csv is not on this machine")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["title"] and not has_secret_mark(row["title"])][:COUNT]
    received, issued = [], []
    for at, row in enumerate(rows):
        day, title = date(2025, 1, 1) + timedelta(at * 7 % 365), row["title"][:500]
        if at % 4:
            came = day + timedelta(at % 40)
            own = {
                "number": f"{came.year}-{at:04d}",
                "series": "收文",
                "period": came.year,
                "sequence": at + 1,
                "year": came.year,
            }
            received.append(own | {
                "entry": "live", "received_on": came, "dated_on": day, "sender": row["issuer"] or "青山县人民政府",
                "doc_number": row["doc_number"] or None, "title": title,
            })  # fmt: skip
        else:
            own = {
                "number": f"云政发〔2025〕{at}号",
                "series": "云政发",
                "period": 2025,
                "sequence": at + 1,
                "year": 2025,
            }
            issued.append(own | {"entry": "live", "signed_on": day, "title": title})
    with change(office) as pen:
        store.add_many(pen, RECEIPT, received, "import")
        store.add_many(pen, DISPATCH, issued, "import")
    number(office)
    return office


def test_a_year_of_real_titles(real: Office):
    found = plan(real)
    keys = [key for one in (*found.items, *found.left_out) for key in (one.key, *one.members)]
    assert len(keys) == len(set(keys)) == COUNT, "every paper of 2025, also those that came in 2026"
    assert len(found.items) > COUNT * 0.8
    counted = Counter(one.retention for one in found.items)
    assert counted.keys() == {"永久", "30年", "10年"}
    assert all(one.matter for one in found.items), "the table has a line for each"
    in_order(found.items)
    assert commit(real).documents + len(found.left_out) == COUNT
    rows = by_code(real)
    assert set(rows) ^ {one.reference_code for one in found.items} == set()
    for code, row in rows.items():
        whole = read_code(BY_ITEM, code)
        assert whole is not None
        assert (whole.fonds, whole.year, whole.org, whole.item) == ("Z109", 2025, "BGS", row["sequence"])
    assert {document(real, one.key)["volume_number"] for one in found.items[::100]} <= rows.keys()
    in_boxes(real)
    late = append(real, retention_period="永久")
    assert late["sequence"] == counted["永久"] + 1
    assert plan(real).items == ()
    assert checking.verify(real).findings == ()


def in_order(given) -> None:
    """In each class a matter stands together, and matters by their first day (DA/T 22 5.3.1)."""
    for period in {one.retention for one in given}:
        inside = [one for one in given if one.retention == period]
        assert [one.item_no for one in inside] == list(range(1, len(inside) + 1))
        first: dict[str, date] = {}
        for one in inside:
            key = matter_key(one.title)
            assert one.dated_on >= first.setdefault(key, one.dated_on)
        assert all(
            first[matter_key(one.title)] <= first[matter_key(following.title)] for one, following in pairwise(inside)
        )


def in_boxes(office: Office) -> None:
    count_pages(office, 9)
    for one in items.classes(office):
        boxes = boxing.commit_boxes(office, one.series, one.year, TODAY)
        assert (boxes[0].first, boxes[-1].last) == (1, one.items)
        assert all(box.last + 1 == following.first for box, following in pairwise(boxes))
        for box in boxes:
            assert box.pages <= room(int(str(box.row["thickness"])))
            assert {item["retention_period"] for item in box.items} == {one.retention}
    assert sum(one.unboxed for one in items.classes(office)) == 0


def test_and_all_of_it_is_taken_back(real: Office):
    before = {one.name: set(real.db.execute(f"SELECT * FROM {one.name}")) for one in DOCUMENTS}
    committing.revoke(real, commit(real).batch, "试归", TODAY)
    for one in DOCUMENTS:
        assert set(real.db.execute(f"SELECT * FROM {one.name}")) ^ before[one.name] == set()
    assert by_code(real) == {}
