# SPDX-License-Identifier: MulanPSL-2.0
"""One program at a time: the system's lock, which dies with its process."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from township_office.core.errors import OfficeError
from township_office.store.lock import FileLock

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from township_office.store.lock import FileLock
lock = FileLock(Path(sys.argv[1]))
lock.take("李向东")
print("held", flush=True)
time.sleep(60)
"""


def hold(path: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_the_second_is_told_who_has_it(tmp_path: Path):
    child = hold(tmp_path / "a.db")
    try:
        with pytest.raises(OfficeError, match=rf"李向东 \(PID {child.pid}\)"):
            FileLock(tmp_path / "a.db").take("王春燕")
        other = FileLock(tmp_path / "b.db")
        other.take("王春燕")
        other.release()
    finally:
        child.kill()
        child.communicate()


def test_a_killed_holder_leaves_nothing_to_clean(tmp_path: Path):
    """The name and the process number stay behind in the lock file; neither counts."""
    for _ in range(3):
        child = hold(tmp_path / "a.db")
        child.send_signal(signal.SIGKILL)
        child.communicate()
        lock = FileLock(tmp_path / "a.db")
        lock.take("王春燕")
        assert (tmp_path / "a.db.lock").read_bytes() == f" 王春燕 (PID {os.getpid()})".encode()
        lock.release()


def test_a_process_number_used_again_holds_nothing(tmp_path: Path):
    (tmp_path / "a.db.lock").write_bytes(f" 李向东 (PID {os.getpid()})".encode())
    lock = FileLock(tmp_path / "a.db")
    lock.take("王春燕")
    lock.release()


def test_it_can_be_given_back_and_taken_again(tmp_path: Path):
    first, second = FileLock(tmp_path / "a.db"), FileLock(tmp_path / "a.db")
    for _ in range(3):
        first.take("王")
        with pytest.raises(OfficeError, match="王"):
            second.take("李")
        first.release()
        first.release()
        second.take("李")
        second.release()


def test_two_names_of_one_file_are_one_lock(tmp_path: Path):
    (tmp_path / "a.db").write_bytes(b"")
    (tmp_path / "link.db").symlink_to(tmp_path / "a.db")
    (tmp_path / "folder").symlink_to(tmp_path)
    lock = FileLock(tmp_path / "a.db")
    lock.take("王")
    for other in ("link.db", "folder/a.db", "folder/link.db", "../" + tmp_path.name + "/a.db"):
        with pytest.raises(OfficeError, match="王"):
            FileLock(tmp_path / other).take("李")
    lock.release()


def test_a_withdrawn_lock_leaves_no_file_that_was_not_there(tmp_path: Path):
    lock = FileLock(tmp_path / "a.db")
    lock.withdraw()
    lock.take("王")
    lock.withdraw()
    assert list(tmp_path.iterdir()) == []
    lock.take("王")
    lock.release()
    lock.take("王")
    lock.withdraw()
    assert [path.name for path in tmp_path.iterdir()] == ["a.db.lock"]


def test_on_a_full_disk_the_lock_holds_without_a_name(tmp_path: Path, monkeypatch):
    class Full:
        def __init__(self, handle) -> None:
            self.handle = handle

        def __getattr__(self, name: str):
            return getattr(self.handle, name)

        def write(self, text: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    real_open = Path.open
    monkeypatch.setattr(Path, "open", lambda self, *rest, **more: Full(real_open(self, *rest, **more)))
    lock = FileLock(tmp_path / "a.db")
    lock.take("王")
    with pytest.raises(OfficeError, match=r"“\?”"):
        FileLock(tmp_path / "a.db").take("李")
    lock.release()


def test_a_lock_file_of_another_login_locks_all_the_same(tmp_path: Path, monkeypatch):
    (tmp_path / "a.db.lock").write_bytes(" 李向东 (PID 1)".encode())
    real_open = Path.open

    def no_writing(self, mode: str = "r", *rest, **more):
        if mode == "a+b":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real_open(self, mode, *rest, **more)

    monkeypatch.setattr(Path, "open", no_writing)
    lock = FileLock(tmp_path / "a.db")
    lock.take("王春燕")
    with pytest.raises(OfficeError, match="李向东"):
        FileLock(tmp_path / "a.db").take("陈海")
    lock.release()
    with pytest.raises(PermissionError):
        FileLock(tmp_path / "b.db").take("王春燕")


def test_many_at_once_and_only_one_has_it(tmp_path: Path):
    racers = """
import sys, time
from pathlib import Path
from township_office.core.errors import OfficeError
from township_office.store.lock import FileLock
time.sleep(max(0, float(sys.argv[2]) - time.time()))
lock = FileLock(Path(sys.argv[1]))
try:
    lock.take(sys.argv[3])
    print("held", flush=True)
    time.sleep(2)
except OfficeError:
    print("refused", flush=True)
"""
    start = str(time.time() + 1)
    command = [sys.executable, "-c", racers, str(tmp_path / "a.db"), start]
    children = [subprocess.Popen([*command, name], cwd=ROOT, stdout=subprocess.PIPE, text=True) for name in "甲乙丙丁"]
    answers = [child.communicate()[0].strip() for child in children]
    assert sorted(answers) == ["held", "refused", "refused", "refused"]
