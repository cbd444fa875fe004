# SPDX-License-Identifier: MulanPSL-2.0
"""归柜核对: what is counted at the end of the day, what is missing, and what 清查 makes of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from township_office.core.errors import OfficeError
from township_office.services.guarded import confidential, custody, day_check, inventory
from township_office.services.guarded import vault as vaults


@pytest.fixture
def now(today):
    return datetime(today.year, today.month, today.day, 17, 5)


@pytest.fixture
def vault(office, today, now):
    """Two papers: 000101-000103 in 甲3, of which 000103 is out; 000101 in 甲1."""
    made, _ = vaults.make(office, "赵保密", "Feng-2026xy")
    add(made, today, "000101-000103", "甲3")
    add(made, today, "000101", "甲1", "秘密")
    custody.take_step(made, 1, ["000103"], "out", {"holder": "孙志强"}, now)
    return made


def add(vault, today, serials, cabinet, level="机密"):
    draft = {"secrecy_level": level, "copy_serial": serials, "cabinet_no": cabinet, "received_on": today.isoformat()}
    return confidential.register_paper(vault, draft, today)


def keys(held):
    return [day_check.key_of(one) for one in held]


def test_what_should_be_here_stands_by_cabinet_and_what_is_out_beside(vault, now):
    check = day_check.begin(vault, now)
    assert {cabinet: keys(held) for cabinet, held in check.cabinets.items()} == {
        "甲1": [(2, "000101")],
        "甲3": [(1, "000101"), (1, "000102")],
    }
    assert keys(check.out) == [(1, "000103")]
    assert (check.done, len(check.open)) == (0, 3)


def test_a_scanned_serial_finds_its_copy_and_the_paper_number_tells_two_apart(vault, now):
    check = day_check.begin(vault, now)
    assert keys(day_check.matching(check, "102")) == [(1, "000102")]
    assert keys(day_check.matching(check, "000101")) == [(2, "000101"), (1, "000101")]
    assert keys(day_check.matching(check, "2 101")) == [(2, "000101")]
    assert keys(day_check.matching(check, f"涉{now.year}-001 000101")) == [(1, "000101")]
    assert keys(day_check.matching(check, "103")) == [(1, "000103")], "it is out, and the clerk is told so"
    assert day_check.matching(check, "000999") == day_check.matching(check, "") == []


def test_half_way_goes_on_the_same_day_and_not_the_next(vault, now):
    check = day_check.begin(vault, now)
    check = day_check.mark(check, check.cabinets["甲1"], is_here=True)
    check = day_check.mark(check, check.cabinets["甲3"][:1], is_here=False)
    check = day_check.keep(vault, check, now)
    check = day_check.keep(vault, check, now)
    assert len(vaults.of_kind(vault, day_check.DAY_CHECK)) == 1
    again = day_check.begin(vault, now)
    assert (again.seen, again.unseen, again.done) == ({(2, "000101")}, {(1, "000101")}, 2)
    assert day_check.begin(vault, now + timedelta(days=1)).done == 0
    assert day_check.last(vault) is None
    assert not day_check.is_done(vault, now.date())


def test_a_mark_can_be_taken_back(vault, now):
    check = day_check.begin(vault, now)
    for is_here, open_ones in ((True, 0), (False, 0), (None, 3)):
        check = day_check.mark(check, check.here, is_here=is_here)
        assert len(check.open) == open_ones
    assert not check.seen
    assert not check.unseen


def test_two_names_sign_it_and_what_was_not_seen_is_missing(vault, now):
    check = day_check.begin(vault, now)
    check = day_check.mark(check, [check.here[0], check.here[2]], is_here=True)
    for second in ("", "赵保密", "赵 保密"):
        with pytest.raises(OfficeError, match="复核人"):
            day_check.finish(vault, check, now, second)
    done = day_check.finish(vault, check, now, "王春燕")
    assert (done.by, done.second, done.expected, done.found, done.out) == ("赵保密", "王春燕", 3, 2, 1)
    assert list(done.missing) == [(1, "000101")]
    assert day_check.last(vault) == done
    assert day_check.is_done(vault, now.date())
    assert not day_check.is_done(vault, now.date() + timedelta(days=1))


def test_a_check_that_was_kept_half_way_is_finished_in_its_own_row(vault, now):
    check = day_check.keep(vault, day_check.begin(vault, now), now)
    day_check.finish(vault, day_check.mark(check, check.here, is_here=True), now, "王春燕")
    assert len(vaults.of_kind(vault, day_check.DAY_CHECK)) == 1
    assert day_check.begin(vault, now).done == 0, "a second check of the day counts anew"


def test_what_moved_since_is_to_be_checked_again(vault, now):
    check = day_check.begin(vault, now)
    day_check.finish(vault, day_check.mark(check, check.here, is_here=True), now, "王春燕")
    custody.take_step(vault, 1, ["000103"], "back", {}, now)
    assert not day_check.is_done(vault, now.date())
    custody.take_back_step(vault, 1, "000103", "步骤记错", now)
    assert day_check.is_done(vault, now.date())


def test_a_copy_that_moved_while_it_was_checked_is_no_part_of_what_is_signed(vault, now):
    check = day_check.begin(vault, now)
    custody.take_step(vault, 1, ["000103"], "back", {}, now)
    with pytest.raises(OfficeError, match="进出"):
        day_check.finish(vault, check, now, "王春燕")


def test_missing_until_it_is_found_or_something_happens_to_it(vault, now):
    check = day_check.begin(vault, now)
    day_check.finish(vault, day_check.mark(check, check.here[:1], is_here=True), now, "王春燕")
    assert day_check.missing_now(vault) == {(1, "000101"), (1, "000102")}
    custody.take_step(vault, 1, ["000102"], "keep", {"cabinet_no": "甲4"}, now)
    assert day_check.missing_now(vault) == {(1, "000101")}
    later = now + timedelta(minutes=9)
    check = day_check.begin(vault, later)
    day_check.finish(vault, day_check.mark(check, check.here, is_here=True), later, "王春燕")
    assert day_check.missing_now(vault) == set()


def test_locked_nothing_is_told(vault, now):
    check = day_check.begin(vault, now)
    vaults.lock(vault)
    for call in (day_check.begin, day_check.is_done):
        with pytest.raises(OfficeError, match="解锁"):
            call(vault, now)
    with pytest.raises(OfficeError, match="解锁"):
        day_check.keep(vault, check, now)


def test_the_inventory_adds_up_and_names_the_difference(vault, today, now):
    custody.take_step(vault, 2, ["000101"], "clear", {"list_no": "清1", "holder": "县委办李"}, now)
    check = day_check.begin(vault, now)
    day_check.finish(vault, day_check.mark(check, check.here[:1], is_here=True), now, "王春燕")
    first, second = inventory.inventory(vault, None, today)
    assert first == inventory.InventoryLine("机密", 3, 3, 1, 1, 0, 0, 0, 1)
    assert second == inventory.InventoryLine("秘密", 1, 0, 0, 0, 1, 0, 0, 0)
    assert inventory.inventory(vault, today.year, today) == [first, second]
    assert not any(line.received for line in inventory.inventory(vault, today.year - 1, today))


def test_a_void_paper_is_in_no_cabinet(vault, today, now):
    confidential.void_paper(vault, 2, "重复登记", today)
    assert keys(day_check.begin(vault, now).here) == [(1, "000101"), (1, "000102")]
    assert inventory.inventory(vault, None, today)[1].received == 0
