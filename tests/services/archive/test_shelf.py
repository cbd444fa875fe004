# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

import pytest

from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, records
from township_office.services.archive import boxing, committing, deciding, items, proposal, shelf
from township_office.services.archive.scheme import scheme_of
from township_office.services.settings import set_setting


@pytest.fixture
def add(office, today):
    set_setting(office, "archive.fonds_no", "Z109")
    set_setting(office, "archive.orgs", "BGS=党政综合办公室,JJB=经济发展办公室")

    def add_one(year=2024, retention="永久", org="BGS", **more):
        draft = {
            "title": "关于修建水渠的请示", "responsible_body": "云水镇人民政府", "archive_year": str(year),
            "retention_period": retention, "org_or_subject": org,
        }  # fmt: skip
        return items.add_item(office, draft | more, today)

    return add_one


def drawn(branch, depth=0):
    """The tree as lines: two blanks a level, the label, the items."""
    lines = [f"{'  ' * depth}{branch.label} {branch.items}"]
    return lines + [line for one in branch.branches for line in drawn(one, depth + 1)]


def test_the_tree_leaves_out_levels_that_tell_nothing_apart(office, add):
    add()
    add(org="JJB")
    add(retention="10年")
    add(2025)
    assert drawn(shelf.tree(office)) == [
        "全宗 Z109 4", "  2025年 1", "    永久 1", "      党政综合办公室 1",
        "  2024年 3", "    永久 2", "      党政综合办公室 1", "      经济发展办公室 1",
        "    10年 1", "      党政综合办公室 1",
    ]  # fmt: skip


def test_an_empty_archive_is_a_tree_without_branches(office):
    assert drawn(shelf.tree(office)) == ["全部档案 0"]


def test_an_office_without_divisions_has_no_level_for_them(office, add):
    set_setting(office, "archive.division", "none")
    add(org="")
    assert drawn(shelf.tree(office)) == ["全宗 Z109 1", "  2024年 1", "    永久 1"]


def test_other_categories_and_other_fonds_get_levels_of_their_own(office, add):
    add()
    add(category="KU·01", volume_no="3", org="")
    add(fonds_no="Z110")
    assert drawn(shelf.tree(office)) == [
        "全部档案 3",
        "  全宗 Z109 2", "    文书 1", "      2024年 1", "        永久 1", "          党政综合办公室 1",
        "    会计 KU·01 1", "      2024年 1", "        永久 1", "          案卷 003 1",
        "  全宗 Z110 1", "    文书 1", "      2024年 1", "        永久 1", "          党政综合办公室 1",
    ]  # fmt: skip


def test_each_branch_shows_exactly_its_items(office, add, today):
    for year, retention, org in [
        (2024, "永久", "BGS"),
        (2024, "30年", "JJB"),
        (2025, "永久", "JJB"),
        (2025, "永久", "BGS"),
    ]:
        add(year, retention, org)
        add(year, retention, org)

    def check(branch):
        assert len(browsing.row_ids(office, ARCHIVE_ITEM, branch.view, today)) == branch.items
        for one in branch.branches:
            check(one)

    check(shelf.tree(office))


def test_missing_numbers_are_told_and_void_ones_are_not_missing(office, add, today):
    rows = [add() for _ in range(5)]
    records.void(office, ARCHIVE_ITEM, rows[1]["id"], "重复", today)
    office.db.conn.execute("UPDATE archive_item SET sequence = NULL WHERE id IN (?, ?)", [rows[2]["id"], rows[3]["id"]])
    one = shelf.tree(office).classes[0]
    assert shelf.missing(office, one) == [3, 4]


def test_what_needs_a_hand_is_counted(office, add, today):
    add(page_count="3")
    add(2010, "永久")
    add(2010, "10年")
    assert shelf.attention(office, today) == {"pageless": 2, "unboxed": 3, "expired": 1, "to_transfer": 1}


def test_an_item_tells_its_papers_and_its_box(office, today):
    for place in range(2):
        draft = {
            "received_on": "2025-03-01", "dated_on": "2025-03-01", "sender": "青山县财政局",
            "title": f"关于第{place}次决算的通知", "completed_on": "2025-04-01",
        }  # fmt: skip
        records.register_document(office, RECEIPT, draft, today)
    plan = proposal.propose_year(office, 2025)
    keys = [one.key for one in plan.items]
    deciding.join(office, keys[0], keys[1:])
    deciding.decide(office, keys[:1], {"page_count": "12"}, today)
    committing.commit_year(office, 2025, today)
    one = shelf.tree(office).classes[0]
    boxing.commit_boxes(office, one.series, one.year, today)
    row = records.get(office, ARCHIVE_ITEM, 1)
    found = shelf.inside(office, row)
    assert [(register.name, paper["title"]) for register, paper in found.sources] == [
        ("receipt", "关于第0次决算的通知"), ("receipt", "关于第1次决算的通知"),
    ]  # fmt: skip
    assert found.box["sequence"] == 1
    assert (found.first, found.last) == (1, 1)
    assert shelf.words_of(scheme_of(office), one) == f"2025年 {one.retention} 党政综合办公室"
    assert shelf.inside(office, row | {"box_no": None}).box is None
