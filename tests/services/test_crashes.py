# SPDX-License-Identifier: MulanPSL-2.0
"""The program killed, the disk full, the file grown to its limit: what was said to be saved is there, and whole.

(A power cut is more than this: it also loses what the system had not yet written. That was tried with a simulated disk
when journal_mode and synchronous were chosen; test_schema holds the two settings.)
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from township_office.core.errors import OfficeError
from township_office.registers.receipt import RECEIPT
from township_office.services import backup, browsing, checking, numbers, records
from township_office.services.browsing import View
from township_office.services.office import Office, close_office, create_office, open_office

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 20)
KILLS = int(os.environ.get("KILLS", "60"))
pytestmark = pytest.mark.skipif(os.name == "nt", reason="uses POSIX signals and limits")

# One process that has everything imported; for each line it forks a clerk who registers, corrects and voids without end
# and writes down what was told to be done.
NURSERY = """
import os, sys
from datetime import date
from itertools import count
from pathlib import Path
import sqlite_utils
from township_office.core import searchkeys
from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.services.office import open_office
today = date(2026, 11, 20)
searchkeys.warm_up()
def work(path, told):
    told = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with open_office(Path(path), '李向东') as office:
        os.write(1, b'open\\n')
        draft = {'received_on': '2026-11-20', 'sender': '青山县民政局'}
        for each in count():
            row = records.register_document(office, RECEIPT, draft | {'title': f'第{each}件' + '通知' * 40}, today)
            os.write(told, f"add {row['id']} {row['number']}\\n".encode())
            if each % 3 == 1:
                records.correct(office, RECEIPT, row['id'], {'title': '改过'}, today, '错字')
                os.write(told, f"change {row['id']}\\n".encode())
            if each % 3 == 2:
                records.void(office, RECEIPT, row['id'], '重复登记', today)
                os.write(told, f"void {row['id']}\\n".encode())
for line in sys.stdin:
    path, told = line.rstrip('\\n').split('\\t')
    child = os.fork()
    if child == 0:
        work(path, told)
    os.write(1, f'{child}\\n'.encode())
    os.waitpid(child, 0)
    os.write(1, b'gone\\n')
"""


def test_what_was_told_survives_being_killed(tmp_path: Path):
    path, told = tmp_path / "a.office.db", tmp_path / "told.txt"
    close_office(create_office(path, "云水镇党政办", "王春燕", TODAY))
    chance = random.Random(3)
    nursery = subprocess.Popen(
        [sys.executable, "-c", NURSERY], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    began = time.monotonic()
    kills = 0
    while kills < KILLS and (kills < 20 or time.monotonic() - began < 25 or KILLS > 60):
        nursery.stdin.write(f"{path}\t{told}\n")
        lines = {nursery.stdout.readline().strip(), nursery.stdout.readline().strip()}
        pid = int(next(line for line in lines if line.isdecimal()))
        assert "open" in lines, "a killed program leaves no lock"
        time.sleep(chance.uniform(0.0, 0.05))
        os.kill(pid, signal.SIGKILL)
        assert nursery.stdout.readline() == "gone\n"
        kills += 1
        if kills % 10 == 0:
            compare(path, told)
    nursery.stdin.close()
    nursery.wait()
    nursery.stdout.close()
    assert compare(path, told) > kills // 4, "or too little was written to be lost"


def compare(path: Path, told: Path) -> int:
    """Everything told is in the file, the file is sound, and its numbers have no gap; returns the rows."""
    promises = [line.split() for line in told.read_text().splitlines()]
    with open_office(path, "王春燕") as office:
        ids = browsing.row_ids(office, RECEIPT, View(), TODAY)
        rows = {row["id"]: row for row in browsing.rows(office, RECEIPT, ids)}
        for verb, row_id, *number in promises:
            row = rows[int(row_id)]
            if verb == "add":
                assert row["number"] == number[0]
            elif verb == "change":
                assert row["title"] == "改过"
            else:
                assert row["void_reason"] == "重复登记"
        assert sorted(row["sequence"] for row in rows.values()) == list(range(1, len(rows) + 1))
        assert checking.verify(office).findings == ()
    return len(rows)


# ---- a full disk ----


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte; never the machine's own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("no disk can be mounted here")
    try:
        room = os.statvfs(disk)
        assert os.path.ismount(disk)
        assert room.f_blocks * room.f_frsize < 300 << 20, "never fill the machine's own disk"
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def free_bytes(disk: Path) -> int:
    room = os.statvfs(disk)
    return room.f_bavail * room.f_frsize


def leave(disk: Path, free: int) -> None:
    ballast = disk / "ballast"
    ballast.unlink(missing_ok=True)
    ballast.write_bytes(b"x" * max(0, free_bytes(disk) - free))


def test_a_full_disk_loses_nothing_and_says_so(small_disk: Path, draft):
    path = small_disk / "a.office.db"
    refused: set[str] = set()
    with create_office(path, "云水镇党政办", "王春燕", TODAY) as office:
        saved = 0
        for pages in (*range(45), 60, 80):
            leave(small_disk, pages * 4096)
            try:
                records.register_document(office, RECEIPT, draft("receipt", title="长" * 490), TODAY)
                saved += 1
            except OfficeError as error:
                refused.add(error.key)
            assert browsing.counts(office, RECEIPT, None, TODAY)[""] == saved
            assert numbers.next_number(office, RECEIPT, draft("receipt"), TODAY).sequence == saved + 1
        assert refused == {"error.disk_full"}
        assert 0 < saved < 47
        assert checking.verify(office).findings == ()
    leave(small_disk, 0)
    with open_office(path, "李向东") as office:  # it opens on a full disk, and can be carried away
        assert not office.is_readonly
        target = backup.backup_to(office, small_disk.parent)
        with pytest.raises(OfficeError, match="磁盘已满"):
            records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        with pytest.raises(OfficeError, match="磁盘已满"):
            backup.backup_to(office, folder_in(small_disk))
        assert list((small_disk / "folder").iterdir()) == []
        (small_disk / "ballast").unlink()
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        assert checking.verify(office).findings == ()
    with open_office(target, "李向东") as copy:
        assert browsing.counts(copy, RECEIPT, None, TODAY)[""] == saved


def folder_in(disk: Path) -> Path:
    (disk / "folder").mkdir()
    return disk / "folder"


def test_no_office_is_half_made_on_a_full_disk(small_disk: Path):
    for pages in range(0, 30, 3):
        leave(small_disk, pages * 4096)
        with (
            contextlib.suppress(OfficeError),
            create_office(small_disk / "a.office.db", "云水镇", "王", TODAY) as office,
        ):
            assert checking.verify(office).findings == ()
        names = {one.name for one in small_disk.iterdir()} - {"ballast"}
        assert names in (set(), {"a.office.db", "a.office.db.lock"})
        for name in names:
            (small_disk / name).unlink()


def test_a_disk_that_may_only_be_read(small_disk: Path, draft):
    path = small_disk / "a.office.db"
    with create_office(path, "云水镇", "王", TODAY) as office:
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with open_office(path, "李向东") as office:
        assert office.is_readonly
        assert records.by_number(office, RECEIPT, "2026-1")["title"] == draft("receipt")["title"]
        with pytest.raises(OfficeError, match="只读"):
            records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    with pytest.raises(OfficeError, match="只读"):
        create_office(small_disk / "b.office.db", "云水镇", "王", TODAY)


LIMITED = """
import resource, signal, sys
from datetime import date
from pathlib import Path
from township_office.core.errors import OfficeError
from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, records
from township_office.services.office import open_office
today, path, more = date(2026, 11, 20), Path(sys.argv[1]), int(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open_office(path, '李向东') as office:
    limit = path.stat().st_size + more
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    draft = {'received_on': '2026-11-20', 'sender': '甲', 'title': '长' * 490}
    for _ in range(200):
        try:
            print(records.register_document(office, RECEIPT, draft, today)['number'])
        except OfficeError as error:
            print(error.key)
            break
    assert browsing.rows(office, RECEIPT, browsing.row_ids(office, RECEIPT, browsing.View(), today)) is not None
"""


@pytest.mark.parametrize("more", [0, 1000, 4096, 10_000, 40_960, 100_001])
def test_a_file_that_may_not_grow(more: int, tmp_path: Path):
    path = tmp_path / "a.office.db"
    close_office(create_office(path, "云水镇", "王", TODAY))
    child = [sys.executable, "-c", LIMITED, str(path), str(more)]
    done = subprocess.run(child, cwd=ROOT, capture_output=True, text=True, check=True)
    *told, refusal = done.stdout.split()
    assert refusal in {"error.disk_full", "error.disk_fault"}
    with open_office(path, "王") as office:
        assert checking.verify(office).findings == ()
        assert [row["number"] for row in rows_of(office)] == told[::-1]


def rows_of(office: Office) -> list[records.Row]:
    return browsing.rows(office, RECEIPT, browsing.row_ids(office, RECEIPT, View(), TODAY))
