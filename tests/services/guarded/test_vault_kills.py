# SPDX-License-Identifier: MulanPSL-2.0
"""The program dies before any statement of a guarded write, or at any moment: the data opens, with one password or the
other, and nothing is half done.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from township_office.core.errors import OfficeError
from township_office.services import checking
from township_office.services.guarded import confidential, vault
from township_office.services.guarded.vault import Vault
from township_office.services.office import Office, close_office, create_office, open_office
from township_office.store import keyslots, sealing

ROOT_FOLDER = Path(__file__).parents[3]
TODAY, NOON = date(2026, 11, 20), datetime(2026, 11, 20, 12)
ZHAO, OLD, NEW = "赵文静", "yun-shui-2026", "Qing-Shan-88"
PAPER = {"received_on": "2026-11-20", "secrecy_level": "秘密", "copy_serial": "000101-000103", "cabinet_no": "甲1"}
KILLS = int(os.environ.get("KILLS", "30"))
DONE = 7  # what a clerk who was not killed ends with
pytestmark = pytest.mark.skipif(os.name == "nt", reason="uses POSIX signals and processes")

# One process that has everything imported; for each line it forks a clerk who does one thing and ends before the n-th
# statement, or (forever) writes without end until killed, and writes down what was told to be done.
NURSERY = """
import os, sys
from datetime import date, datetime
from itertools import count
from pathlib import Path
from township_office.services.guarded import confidential, custody, vault
from township_office.services.office import open_office
from township_office.store import database, sealing
database.tables_type()
sealing._MEMORY_KIB, sealing._ROUNDS = 8192, 1
today, noon = date(2026, 11, 20), datetime(2026, 11, 20, 12)
old, new, zhao = 'yun-shui-2026', 'Qing-Shan-88', '赵文静'
paper = {'received_on': '2026-11-20', 'secrecy_level': '秘密', 'copy_serial': '000101-000103', 'cabinet_no': '甲1'}
works = {
    'make': lambda office, opened: vault.make(office, zhao, new),
    'set_password': lambda office, opened: vault.set_password(opened, zhao, new),
    'first_password': lambda office, opened: vault.set_password(opened, '钱卫东', new),
    'remove': lambda office, opened: vault.remove_custodian(opened, '孙志强', today),
    'register': lambda office, opened: confidential.register_paper(opened, paper, today),
    'correct': lambda office, opened: confidential.correct_paper(
        opened, 1, {'cabinet_no': '乙2', 'copy_serial': '000101-000104', 'copy_count': '4'}, today, '登记错误'),
    'steps': lambda office, opened: custody.take_step(opened, 1, ['101', '103'], 'out', {'holder': '孙志强'}, noon),
    'void': lambda office, opened: confidential.void_paper(opened, 1, '登记错误', today),
}
def once(path, name, code, ends):
    left = int(ends)
    office = open_office(Path(path), '王春燕')
    office.db.table('setting')
    office.db.execute('PRAGMA cache_size = 1')
    opened = vault.unlock_with_code(office, code) if code else None
    def dying(work):
        def run(*arguments):
            nonlocal left
            left -= 1
            if left == 0:
                os._exit(0)
            return work(*arguments)
        return run
    database._Cursor.execute = dying(database._Cursor.execute)
    database._Cursor.executemany = dying(database._Cursor.executemany)
    works[name](office, opened)
    os._exit(7)
def forever(path, told, code, first):
    told = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    office = open_office(Path(path), '王春燕')
    opened = vault.unlock_with_code(office, code)
    os.write(1, b'open\\n')
    for turn in count(int(first)):
        os.write(told, f'try password-{turn}\\n'.encode())
        vault.set_password(opened, zhao, f'password-{turn}')
        os.write(told, f'password password-{turn}\\n'.encode())
        made = confidential.register_paper(opened, paper, today)
        os.write(told, f'paper {made.number}\\n'.encode())
        custody.take_step(opened, made.id, ['101', '102', '103'], 'out', {'holder': '孙志强'}, noon)
        os.write(told, f'step {made.number}\\n'.encode())
        confidential.correct_paper(opened, made.id, {'cabinet_no': '乙2'}, today, '登记错误')
        os.write(told, f'correct {made.number}\\n'.encode())
for line in sys.stdin:
    kind, *rest = line.rstrip('\\n').split('\\t')
    child = os.fork()
    if child == 0:
        {'once': once, 'forever': forever}[kind](*rest)
    os.write(1, f'{child}\\n'.encode())
    os.write(1, f'ended {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\\n'.encode())
"""


@pytest.fixture(scope="module")
def nursery() -> Iterator[subprocess.Popen[str]]:
    child = subprocess.Popen(
        [sys.executable, "-c", NURSERY], cwd=ROOT_FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        bufsize=1,
    )  # fmt: skip
    yield child
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.close()
    child.wait()
    child.stdout.close()


def ask(nursery: subprocess.Popen[str], *line: object) -> None:
    assert nursery.stdin is not None
    nursery.stdin.write("\t".join(map(str, line)) + "\n")


def hear(nursery: subprocess.Popen[str]) -> str:
    assert nursery.stdout is not None
    return nursery.stdout.readline().strip()


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """An office that made no vault yet, one with a paper and two custodians, and the latter's code."""
    folder = tmp_path_factory.mktemp("kills")
    with create_office(folder / "bare.office.db", "云水镇党政综合办公室", "王春燕", TODAY):
        pass
    shutil.copy(folder / "bare.office.db", folder / "made.office.db")
    kept = sealing._MEMORY_KIB, sealing._ROUNDS
    sealing._MEMORY_KIB, sealing._ROUNDS = 8192, 1
    with open_office(folder / "made.office.db", "王春燕") as office:
        opened, code = vault.make(office, ZHAO, OLD)
        vault.set_password(opened, "孙志强", "another-1234")
        confidential.register_paper(opened, PAPER, TODAY)
    sealing._MEMORY_KIB, sealing._ROUNDS = kept
    return folder / "bare.office.db", folder / "made.office.db", code


def facts(office: Office, code: str) -> list[object]:
    """What somebody would see after the death: everything that one call may change, and that all of it fits."""
    assert checking.verify(office).findings == ()
    if not vault.is_made(office):
        assert office.db.execute("SELECT count(*) FROM key_slot").fetchone() == (0,)
        return []
    opens = [password for password in (OLD, NEW) if opened_with(office, password)]
    assert opens, "there is always a way in"
    seen: list[object] = [*opens, *vault.custodians(office)]
    opened = vault.unlock_with_code(office, code) if code else opened_with(office, opens[0])
    assert opened is not None
    assert opened.findings == ()
    for paper in confidential.papers(opened):
        seen += [paper.number, paper.record["cabinet_no"], paper.void is None]
        seen += [(copy.serial, str(copy.state)) for copy in paper.copies.values()]
    return seen


def opened_with(office: Office, password: str) -> Vault | None:
    try:
        opened = vault.unlock(office, password)
    except OfficeError:
        for slot in keyslots.open_slots(office.db):
            keyslots.forgive(office.db, slot.id)
        return None
    assert opened.findings == ()
    return opened


@pytest.mark.parametrize(
    "name", ["make", "set_password", "first_password", "remove", "register", "correct", "steps", "void"]
)
def test_a_death_before_any_statement(name: str, nursery, offices: tuple[Path, Path, str], tmp_path: Path):
    bare, made, code = offices
    template, code = (bare, "") if name == "make" else (made, code)
    seen: list[list[object]] = []
    path = tmp_path / "a.office.db"
    for ends in range(100):  # 0: not at all
        shutil.copy(template, path)
        ask(nursery, "once", path, name, code, ends)
        told = [hear(nursery), hear(nursery)][1]
        with open_office(path, "王春燕") as office:
            seen.append(facts(office, code))
        assert told in ("ended 0", f"ended {DONE}")
        if ends and told == f"ended {DONE}":
            break
    after, *halves, last = seen
    with open_office(template, "王春燕") as office:
        before = facts(office, code)
    assert before != after == last
    assert len(halves) >= 8, "a write has a beginning, rows, entries in the log and an end"
    assert set(map(str, halves)) <= {str(before), str(after)}, "all of it or nothing"
    assert str(before) in map(str, halves[:5])


def test_a_death_at_any_moment(nursery, offices: tuple[Path, Path, str], tmp_path: Path):
    _, made, code = offices
    path, notes = Path(shutil.copy(made, tmp_path / "a.office.db")), tmp_path / "told.txt"
    notes.write_text(f"password {OLD}\n")
    chance = random.Random(4)
    for kill in range(KILLS):
        ask(nursery, "forever", path, notes, code, kill * 1000)
        lines = {hear(nursery), hear(nursery)}
        time.sleep(chance.uniform(0.0, 0.15))
        os.kill(int(next(line for line in lines if line.isdecimal())), signal.SIGKILL)
        assert hear(nursery) == f"ended -{int(signal.SIGKILL)}"
        if kill % 5 == 4:
            compare(path, notes, code)
    assert compare(path, notes, code) > KILLS // 2, "or too little was written to be lost"


def compare(path: Path, notes: Path, code: str) -> int:
    """Everything that was told is there; the last password that was told opens, or one that was being given."""
    told = [line.split(" ", 1) for line in notes.read_text("utf-8").splitlines()]
    last = max(at for at, (verb, _) in enumerate(told) if verb == "password")
    may_open = dict.fromkeys(word for verb, word in told[last:] if verb in ("try", "password"))
    with open_office(path, "王春燕") as office:
        assert checking.verify(office).findings == ()
        assert len([word for word in may_open if opened_with(office, word)]) == 1
        if last:
            assert opened_with(office, told[0][1]) is None, "the first password opens no more"
        opened = vault.unlock_with_code(office, code)
        assert opened.findings == ()
        papers = {paper.number: paper for paper in confidential.papers(opened)}
        for verb, word in told:
            if verb == "paper":
                assert word in papers
            if verb == "step":
                assert {str(copy.state) for copy in papers[word].copies.values()} == {"reading"}
            if verb == "correct":
                assert papers[word].record["cabinet_no"] == "乙2"
        for paper in papers.values():
            assert len({copy.state for copy in paper.copies.values()}) == 1, "three copies or none"
    return len(papers)


def test_a_death_is_not_survived_by_a_lock(nursery, offices: tuple[Path, Path, str], tmp_path: Path):
    path = Path(shutil.copy(offices[1], tmp_path / "a.office.db"))
    ask(nursery, "once", path, "steps", offices[2], 12)
    assert [hear(nursery), hear(nursery)][1] == "ended 0"
    office = open_office(path, "李向东")
    assert not office.is_readonly
    close_office(office)
