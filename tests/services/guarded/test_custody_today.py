# SPDX-License-Identifier: MulanPSL-2.0
"""What 今日 tells of the open register."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from township_office.core.errors import OfficeError
from township_office.services.guarded import confidential, custody, custody_today, day_check
from township_office.services.guarded import vault as vaults
from township_office.services.settings import set_setting
from township_office.services.today import today_summary


@pytest.fixture
def noon(today):
    return datetime(today.year, today.month, today.day, 12)


@pytest.fixture
def vault(office):
    made, _ = vaults.make(office, "赵保密", "Feng-2026xy")
    return made


def add(vault, today, serials, **more):
    draft = {"secrecy_level": "机密", "copy_serial": serials, "received_on": (today - timedelta(days=60)).isoformat()}
    return confidential.register_paper(vault, draft | more, today)


def test_the_summary_says_whether_there_is_a_register_and_nothing_of_it(office, today):
    assert not today_summary(office, today).has_confidential
    vaults.make(office, "赵保密", "Feng-2026xy")
    assert today_summary(office, today).has_confidential


def test_copies_out_together_are_one_line_and_late_ones_come_first(vault, today, noon):
    add(vault, today, "1-3")
    add(vault, today, "7")
    morning, before = noon - timedelta(hours=3), noon - timedelta(days=2)
    due = (today + timedelta(days=3)).isoformat()
    custody.take_step(vault, 2, ["7"], "lend", {"holder": "许晴", "approver": "孙志强", "due_on": due,
                      "at": f"{before:%Y-%m-%d %H:%M}"}, noon)  # fmt: skip
    custody.take_step(vault, 1, ["1", "2"], "out", {"holder": "孙志强", "at": f"{morning:%Y-%m-%d %H:%M}"}, noon)
    found = custody_today.custody_today(vault, noon)
    assert [(batch.serials, batch.first.holder, batch.is_late) for batch in found.out] == [
        (("7",), "许晴", False),
        (("1", "2"), "孙志强", False),
    ]
    assert found.out_count == 3
    evening = custody_today.custody_today(vault, noon + timedelta(hours=6))
    assert [(batch.first.holder, batch.is_late) for batch in evening.out] == [("孙志强", True), ("许晴", False)]
    set_setting(vault.office, "confidential.return_hour", "11:30")
    assert custody_today.custody_today(vault, noon).out[0].is_late
    later = custody_today.custody_today(vault, noon + timedelta(days=4))
    assert all(batch.is_late for batch in later.out)


def test_what_is_to_be_cleared_and_whose_mark_is_to_be_looked_at(vault, today, noon):
    near, far = ((today + timedelta(days=days)).isoformat() for days in (30, 31))
    add(vault, today, "1", clear_due_on=near)
    add(vault, today, "2", clear_due_on=far)
    add(vault, today, "3", declassify_on=(today + timedelta(days=90)).isoformat())
    add(vault, today, "4", declassify_on=(today + timedelta(days=91)).isoformat())
    found = custody_today.custody_today(vault, noon)
    assert [paper.id for paper in found.to_clear] == [1]
    assert [paper.id for paper in found.to_check_mark] == [3]


def test_the_check_of_the_day_and_what_it_did_not_find(vault, today, noon):
    add(vault, today, "1-3")
    found = custody_today.custody_today(vault, noon)
    assert (found.done, len(found.check.here), found.missing) == (None, 3, ())
    check = day_check.mark(found.check, found.check.here[:1], is_here=True)
    day_check.finish(vault, check, noon, "王春燕")
    found = custody_today.custody_today(vault, noon)
    assert found.done is not None
    assert [batch.serials for batch in found.missing] == [("2", "3")]
    custody.take_step(vault, 1, ["1"], "out", {"holder": "孙志强"}, noon)
    assert custody_today.custody_today(vault, noon).done is None


def test_locked_it_tells_nothing(vault, noon):
    vaults.lock(vault)
    with pytest.raises(OfficeError, match="解锁"):
        custody_today.custody_today(vault, noon)
