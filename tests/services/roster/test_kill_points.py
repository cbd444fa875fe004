# SPDX-License-Identifier: MulanPSL-2.0
"""A roster that is drawn, given out or changed while the PC dies at any moment: all of it is there, or nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from itertools import cycle
from pathlib import Path

import pytest

from tests.services.killing import Write, end_anywhere, fail_everywhere
from tests.services.roster.conftest import TODAY
from township_office.registers.duty.plan import Drawn, Outcome
from township_office.services import checking
from township_office.services.office import Office, create_office, open_office
from township_office.services.roster import changing, months, staffing
from township_office.services.roster.tasks import frame_of

ROOT = Path(__file__).parents[3]
KILLS = int(os.environ.get("KILLS", "10"))
WHY = {"reason": "到县里开会", "approved_by": "孙志强", "changed_on": "2026-10-01"}


def draw(office: Office) -> None:
    """Two months, as they are written once they are drawn."""
    frame = frame_of(office, ["2026-10", "2026-11"])
    first = {
        group: next(one.id for one in frame.task.members if group in one.groups) for group in ("带班领导", "值班员")
    }
    cells = {slot: tuple(range(first[slot.group], first[slot.group] + slot.people)) for slot in frame.task.slots}
    months.keep(office, frame, Drawn(Outcome.OPTIMAL, cells))


def _swap(office: Office) -> None:
    first, second = months.roster_of(office, "2026-10").shifts[0:6:3]
    changing.swap(office, first.id, second.id, WHY, TODAY)


def _substitute(office: Office) -> None:
    shift = months.roster_of(office, "2026-10").shifts[0]
    there = {one.person_id for one in months.roster_of(office, "2026-10").shifts if one.day == shift.day}
    free = next(one.id for one in staffing.people(office) if one.id not in there)
    changing.substitute(office, shift.id, free, WHY, TODAY)


WRITES: dict[str, Write] = {
    "draw": draw,
    "publish": lambda office: months.publish(office, "2026-10", "孙志强", TODAY),
    "swap": _swap,
    "substitute": _substitute,
}


@pytest.fixture
def ready(staffed: Office, by_turns):
    def make(kind: str) -> Office:
        if kind != "draw":
            by_turns(staffed, "2026-10", publish=kind != "publish")
        return staffed

    return make


@pytest.mark.parametrize(("kind", "is_done"), list(zip(WRITES, cycle([True, False]), strict=False)))
def test_a_fault_at_any_statement(kind: str, is_done: bool, ready, monkeypatch) -> None:
    fail_everywhere(ready(kind), WRITES[kind], monkeypatch, is_done=is_done)


@pytest.mark.parametrize("kind", WRITES)
def test_an_end_at_any_instruction(kind: str, ready) -> None:
    end_anywhere(ready(kind), WRITES[kind])


# ---- killed ----

CLERK = """
import os, sys
from datetime import date
from pathlib import Path
from tests.services.roster.test_kill_points import TODAY, draw
from township_office.services.office import open_office
from township_office.services.roster import months
path, told = Path(sys.argv[1]), os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
with open_office(path, '王春燕') as office:
    os.write(1, b'open\\n')
    while True:
        draw(office)
        for name in ('2026-10', '2026-11'):
            months.publish(office, name, '孙志强', TODAY)
        os.write(told, b'published\\n')
        for name in ('2026-10', '2026-11'):
            months.reopen(office, name, '重排')
"""


@pytest.mark.skipif(os.name == "nt", reason="uses POSIX signals")
def test_a_killed_program_leaves_whole_months(tmp_path: Path) -> None:
    path, told, chance, kills = tmp_path / "a.office.db", tmp_path / "told.txt", random.Random(5), 0
    with create_office(path, "青山县云水镇党政综合办公室", "王春燕", TODAY) as office:
        for name in ("孙志强", "何文斌"):
            staffing.save_person(office, {"name": name, "groups": "带班领导"}, TODAY)
        for name in ("李明", "王芳", "许晴"):
            staffing.save_person(office, {"name": name, "groups": "值班员"}, TODAY)
        staffing.save_line(office, {"name": "带班领导", "group_name": "带班领导"}, TODAY)
        staffing.save_line(office, {"name": "值班员", "group_name": "值班员", "people": "2"}, TODAY)
    while kills < KILLS or not told.read_text():
        kills += 1
        clerk = subprocess.Popen([sys.executable, "-c", CLERK, path, told], cwd=ROOT, stdout=subprocess.PIPE)
        assert clerk.stdout is not None
        assert clerk.stdout.readline() == b"open\n"
        time.sleep(chance.uniform(0.0, 0.6))
        os.kill(clerk.pid, signal.SIGKILL)
        clerk.wait()
        clerk.stdout.close()
        with open_office(path, "王春燕") as office:
            assert len(months.months(office)) in (0, 2)
            for month in months.months(office):
                roster = months.roster_of(office, month.month)
                wanted = sum(slot.people for slot in roster.frame.task.slots)
                assert [one.person_id is not None for one in roster.shifts] == [True] * wanted
                if month.is_published:
                    months.reopen(office, month.month, "重排")
            assert checking.verify(office).findings == ()
