# SPDX-License-Identifier: MulanPSL-2.0
"""A filing, a packing, or the taking back of one that ends at any moment: all of it is there, or nothing."""

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

from tests.services.archive.year import TODAY, append, by_code, commit, decide, lay, number, plan, receive
from tests.services.killing import Write, end_anywhere, fail_everywhere
from township_office.services import checking
from township_office.services.archive import boxing, committing, deciding, items
from township_office.services.office import Office, close_office, create_office, open_office

ROOT = Path(__file__).parents[3]
KILLS = int(os.environ.get("KILLS", "10"))
CLASS = "Z109-WS·2025-D30-BGS"

WRITES: dict[str, Write] = {
    "file": lambda office: committing.commit_year(office, 2025, TODAY),
    "take back": lambda office: committing.revoke(office, 1, "重来", TODAY),
    "box": lambda office: boxing.commit_boxes(office, CLASS, 2025, TODAY),
    "unbox": lambda office: boxing.unbox(office, CLASS, 2025, 1, TODAY),
    "append": append,
    "give the fonds number": items.give_fonds_no,
    "join": lambda office: deciding.join(office, "receipt:5", ["receipt:4"]),
}


@pytest.fixture
def filled(office: Office) -> Office:
    """Three papers filed, one of them void since; three more that wait; boxes; all before the 全宗号."""
    keys = [receive(office, f"关于{name}的通知", page_count="") for name in "甲乙丙"]
    decide(office, *keys, retention_period="30年", page_count="200")
    number(office)
    commit(office)
    return office


@pytest.fixture
def ready(filled: Office):
    def make(kind: str) -> Office:
        keys = [receive(filled, f"关于{name}的通知") for name in "丁戊己"]
        if kind == "give the fonds number":
            number(filled, "")
            append(filled, retention_period="永久")
            number(filled)
        if kind == "unbox":
            boxing.commit_boxes(filled, CLASS, 2025, TODAY)
        decide(filled, *keys[1:], retention_period="30年", page_count="7")
        decide(filled, keys[0], retention_period="不归档")
        return filled

    return make


@pytest.mark.parametrize(("kind", "is_done"), list(zip(WRITES, cycle([True, False]), strict=False)))
def test_a_fault_at_any_statement(kind: str, is_done: bool, ready, monkeypatch):
    fail_everywhere(ready(kind), WRITES[kind], monkeypatch, is_done=is_done)


@pytest.mark.parametrize("kind", WRITES)
def test_an_end_at_any_instruction(kind: str, ready):
    end_anywhere(ready(kind), WRITES[kind])


# ---- killed ----

CLERK = """
import os, sys
from datetime import date
from pathlib import Path
from township_office.services.archive import boxing, committing, items
from township_office.services.office import open_office
today = date(2026, 3, 2)
def file(office): committing.commit_year(office, 2025, today)
def box(office):
    (one,) = items.classes(office)
    boxing.commit_boxes(office, one.series, 2025, today)
def unbox(office):
    (one,) = items.classes(office)
    boxing.unbox(office, one.series, 2025, 1, today)
def take_back(office): committing.revoke(office, committing.filings(office)[0].id, '重来', today)
verbs = [file, box, unbox, take_back]
for line in sys.stdin:
    path, begin, told = line.rstrip('\\n').split('\\t')
    child = os.fork()
    if child == 0:
        told = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        with open_office(Path(path), '李向东') as office:
            os.write(1, b'open\\n')
            at = int(begin)
            while True:
                verbs[at % 4](office)
                at += 1
                os.write(told, f'{at}\\n'.encode())
    os.write(1, f'{child}\\n'.encode())
    os.waitpid(child, 0)
    os.write(1, b'gone\\n')
"""


def stage(office: Office, count: int) -> int:
    """Return how far the year is: 0 waiting, 1 filed, 2 boxed; in between is nothing. Taking apart is 1 again."""
    rows = by_code(office).values()
    waiting = len(plan(office).items)
    assert (len(rows), waiting) in ((0, count), (count, 0)), "half filed"
    filed = "SELECT count(*) FROM {} WHERE filed_on IS NOT NULL"
    assert sum(office.db.execute(filed.format(name)).fetchone()[0] for name in ("receipt", "dispatch")) == len(rows)
    boxed = sum(row["box_no"] is not None for row in rows)
    assert boxed in (0, len(rows)), "half boxed"
    if boxed:
        (one,) = items.classes(office)
        assert sum(len(box.items) for box in boxing.boxes(office, one.series, 2025)) == count
    return 0 if not rows else 2 if boxed else 1


@pytest.mark.skipif(os.name == "nt", reason="uses POSIX signals")
def test_what_was_told_survives_being_killed(tmp_path: Path):
    path, told, count = tmp_path / "a.office.db", tmp_path / "told.txt", 40
    with create_office(path, "青山县云水镇党政综合办公室", "王春燕", TODAY) as office:
        number(office)
        lay(office, count)
        keys = [one.key for one in plan(office).all]
        decide(office, *keys, retention_period="30年", page_count="30")
    chance, at, reached, kills, patience = random.Random(5), 0, {0}, 0, 0.2
    nursery = subprocess.Popen(
        [sys.executable, "-c", CLERK], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    while kills < KILLS or len(reached) == 1:
        kills += 1
        nursery.stdin.write(f"{path}\t{at}\t{told}\n")
        lines = {nursery.stdout.readline().strip(), nursery.stdout.readline().strip()}
        time.sleep(chance.uniform(0.0, patience))
        os.kill(int(next(line for line in lines if line.isdecimal())), signal.SIGKILL)
        assert nursery.stdout.readline() == "gone\n"
        with open_office(path, "王春燕") as office:
            promised = int((told.read_text().split() or [str(at)])[-1])
            now = stage(office, count)
            found = [each for each in (promised, promised + 1) if (0, 1, 2, 1)[each % 4] == now]
            assert found, "what was told is not there"
            patience += 0.0 if found[0] > at else 0.1  # the machine has other work too
            at = found[0]
            reached.add(at % 4)
            assert checking.verify(office).findings == ()
    nursery.stdin.close()
    nursery.wait()
    nursery.stdout.close()


def test_a_year_that_was_cut_off_is_filed_the_next_day(new_office, tmp_path: Path, monkeypatch):
    office = new_office(tmp_path / "a.office.db")
    number(office)
    lay(office, 40)
    with monkeypatch.context() as patch:
        patch.setattr(committing, "_write_back", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            commit(office)
    assert by_code(office) == {}
    close_office(office)
    with open_office(tmp_path / "a.office.db", "李向东") as again:
        assert commit(again).documents > 30
