# SPDX-License-Identifier: MulanPSL-2.0
"""400 incoming and 150 outgoing papers go through their whole life at random: nothing is doubled, lost or miscounted.

Run with -s to read what was reached.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date

from tests.services.life import ENDS, Clerk
from tests.services.recount import check_today
from township_office.core.fields import Register
from township_office.core.values import show
from township_office.registers import DOCUMENTS
from township_office.registers.receipt import RECEIPT
from township_office.registers.status import STATES, state_of
from township_office.services import browsing, checking, circulation, numbers, records
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.store import records as store

RECEIPTS, DISPATCHES = 400, 150
LOOK_EVERY = 500  # deeds


def test_every_paper_goes_its_way_to_the_end(office: Office, tmp_path):
    office.db.conn.execute("PRAGMA journal_mode = MEMORY")  # thousands of saves: no file of its own for each
    clerk = Clerk(office, 2026, tmp_path)
    deeds = looks = 0
    ended = ended_by(clerk)
    while ended["receipt"] < RECEIPTS or ended["dispatch"] < DISPATCHES:
        clerk.act()
        deeds += 1
        if deeds % LOOK_EVERY == 0:
            looks += 1
            ended = ended_by(clerk)
            look(clerk)
        if deeds % 700 == 0:
            clerk.take_in()
        assert deeds < 20_000, "they never come to an end"
    look(clerk)
    for register in DOCUMENTS:
        check_histories(office, register)
    report = checking.verify(office)
    assert report.findings == ()
    assert ended["receipt"] >= RECEIPTS
    assert ended["dispatch"] >= DISPATCHES
    done = clerk.done
    assert min(done[name] for name in ("undo", "redo", "deeds undone", "reserve", "release", "pass on", "void")) >= 5
    assert sum(clerk.refused.values()) > 300
    assert clerk.refused["undo.number_passed"] >= 3, "a number others follow stays"
    assert done["wrong"] == 0, "what must not be was accepted"
    sys.stdout.write(
        f"\n收文走完 {ended['receipt']} 件，发文走完 {ended['dispatch']} 件；办理 {sum(done.values())} 次，"
        f"拒绝 {sum(clerk.refused.values())} 次（{len(clerk.refused)} 种），撤销 {done['deeds undone']} 次，"
        f"重做 {done['deeds redone']} 次，导入 {len(clerk.batches)} 批，核对 {looks + 1} 遍，"
        f"变更记录 {report.changes} 条，到 {clerk.today}\n"
    )


def ended_by(clerk: Clerk) -> Counter[str]:
    """How many papers of each register reached their end; void ones did not."""
    return Counter(
        register.name
        for register in DOCUMENTS
        for row in everything(clerk.office, register)
        if row["entry"] != "imported" and state_of(register, row, clerk.today).key in ENDS[register.name]
    )


def look(clerk: Clerk) -> None:
    """Hold everything against everything."""
    check_numbers(clerk)
    check_given(clerk)
    check_holders(clerk.office)
    for register in DOCUMENTS:
        check_standings(clerk.office, register, clerk.today)
    check_today(clerk.office, clerk.today)


def everything(office: Office, register: Register) -> list[store.Row]:
    ids = [row_id for (row_id,) in office.db.execute(f"SELECT id FROM {register.name} WHERE entry <> 'revoked'")]
    return store.get_many(office.db, register, ids)


def check_numbers(clerk: Clerk) -> None:
    """The ledger of each series names each number from the first to the last once, and says what became of it."""
    office = clerk.office
    for register in DOCUMENTS:
        rows = everything(office, register)
        for series in numbers.all_series(office, register):
            for period in numbers.periods(office, register, series, clerk.today):
                lines = numbers.number_ledger(office, register, series, period)
                counted = [line for line in lines if line.state != "duplicate"]
                assert [line.sequence for line in counted] == list(range(1, len(counted) + 1))
                held = {
                    row["sequence"]: row["id"]
                    for row in rows
                    if (row["series"], row["period"]) == (series.code, period) and row["sequence"] is not None
                }
                kept = {one.sequence for one in numbers.reservations(office, register, series, period)}
                assert held == {line.sequence: line.row_id for line in counted if line.row_id is not None}
                assert kept == {line.sequence for line in counted if line.state == "reserved"}
                missing = {line.sequence for line in counted if line.state == "missing"}
                if period == 2026 or register.name == "dispatch":
                    gone = {(register.name, series.code, sequence) for sequence in missing} - clerk.let_go
                    assert gone == set(), "a number vanished"


def check_given(clerk: Clerk) -> None:
    """Whatever number was given is still where it was given, unless that was undone."""
    held: Counter[tuple[str, str]] = Counter()
    for register in DOCUMENTS:
        for row in everything(clerk.office, register):
            if row["sequence"] is not None:
                held[register.name, str(row["number"])] += 1
                if row["entry"] != "imported":
                    assert clerk.given[register.name, str(row["number"])] == row["id"]
    assert max(held.values()) == 1, "a number twice"
    assert clerk.given.keys() <= held.keys(), "a number lost"


def check_holders(office: Office) -> None:
    """A copy is in one hand; who has it is read with the paper."""
    holders: dict[tuple[int, int], str] = {}
    for paper in everything(office, RECEIPT):
        out = [way for way in circulation.handovers(office, int(str(paper["id"]))) if circulation.is_out(way)]
        for one in out:
            key = int(str(paper["id"])), int(str(one["copy_no"]))
            assert key not in holders, f"two hold {key}"
            holders[key] = str(one["reader"])
        assert Counter(str(paper["holder"] or "").split("、")) == Counter([str(one["reader"]) for one in out] or [""])
        if paper["completed_on"] is not None or paper["returned_on"] is not None:
            assert not out or paper["entry"] == "imported"


def check_standings(office: Office, register: Register, today: date) -> None:
    """Every row stands in SQL as it stands in Python, listed and counted."""
    wanted: dict[str, set[int]] = {}
    for row in everything(office, register):
        wanted.setdefault(state_of(register, row, today).key, set()).add(int(str(row["id"])))
    for state in STATES[register.name]:
        found = set(browsing.row_ids(office, register, View(state=state.key), today))
        assert found == wanted.get(state.key, set()), state.key
    counts = browsing.counts(office, register, None, today)
    assert {key: count for key, count in counts.items() if key} == {key: len(ids) for key, ids in wanted.items()}


def check_histories(office: Office, register: Register) -> None:
    """What the history of a row tells, one change after the other, ends in what the row holds."""
    labels = {field.label: field for field in register.fields}
    for row in everything(office, register):
        told: dict[str, str] = {}
        for entry in records.history(office, register, int(str(row["id"]))):
            for one in entry.fields:
                assert told.get(one.label, "") == one.old, f"{row['id']} {one.label}"
                told[one.label] = one.new
        for label, field in labels.items():
            assert told.get(label, "") == show(field, row[field.name])
