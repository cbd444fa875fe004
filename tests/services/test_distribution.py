# SPDX-License-Identifier: MulanPSL-2.0
"""分发: many units at once, each once, all or none; who signed."""

from __future__ import annotations

import pytest

from township_office.core.errors import Invalid
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION
from township_office.services import children, distribution, records
from township_office.services.today import today_summary


@pytest.fixture
def paper(office, draft, today):
    return records.register_document(office, DISPATCH, draft("dispatch"), today)["id"]


def test_units_are_added_once_each_with_their_copies(office, paper, today):
    rows = distribution.distribute(office, paper, ["张家村", " 李家村 ", "张家村", ""], "2", today)
    assert [(row["unit"], row["copy_count"]) for row in rows] == [("张家村", 2), ("李家村", 2)]
    rows = distribution.distribute(office, paper, ["李家村", "派出所"], "3", today)
    assert [(row["unit"], row["copy_count"]) for row in rows][1:] == [("李家村", 2), ("派出所", 3)]
    assert distribution.totals(rows) == (3, 7, 0)


@pytest.mark.parametrize(("units", "copies", "field"), [([], "1", "unit"), (["张家村"], "很多", "copy_count")])
def test_what_cannot_be_read_adds_nobody(office, paper, today, units, copies, field):
    with pytest.raises(Invalid) as caught:
        distribution.distribute(office, paper, units, copies, today)
    assert [problem.field for problem in caught.value.problems] == [field]
    assert children.children(office, DISTRIBUTION, paper) == []


def test_several_units_sign_at_once_or_none(office, paper, today):
    rows = distribution.distribute(office, paper, ["张家村", "李家村"], "1", today)
    ids = [row["id"] for row in rows]
    with pytest.raises(Invalid):
        distribution.sign_for(office, ids, {"receiver": "王五", "received_at": "那天"}, today)
    with pytest.raises(Invalid, match="请填写签收人"):
        distribution.sign_for(office, ids, {"receiver": "", "received_at": " "}, today)
    distribution.sign_for(office, ids, {"receiver": "王五", "received_at": "9:15"}, today)
    rows = children.children(office, DISTRIBUTION, paper)
    assert {(row["receiver"], row["received_at"]) for row in rows} == {("王五", "2026-11-20 09:15")}
    assert distribution.totals(rows) == (2, 2, 2)


def test_a_name_without_a_time_is_a_signature_everywhere(office, draft, today):
    paper = records.register_document(office, DISPATCH, draft("dispatch", dispatched_on="今天"), today)["id"]
    one, other = distribution.distribute(office, paper, ["张家村", "李家村"], "1", today)
    distribution.sign_for(office, [one["id"]], {"receiver": "王五"}, today)
    assert [line.waiting_units for line in today_summary(office, today).in_hand.lines] == [1]
    distribution.sign_for(office, [other["id"]], {"received_at": "9:15"}, today)
    assert today_summary(office, today).in_hand.count == 0
    assert distribution.totals(children.children(office, DISTRIBUTION, paper)) == (2, 2, 2)
