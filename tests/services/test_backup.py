# SPDX-License-Identifier: MulanPSL-2.0
"""A backup is a whole file under an honest name, or it is not there."""

from __future__ import annotations

import errno
import os
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from township_office.core.errors import Cancelled, OfficeError
from township_office.registers.receipt import RECEIPT
from township_office.services import backup, browsing, checking, records
from township_office.services.browsing import View
from township_office.services.office import Office, close_office, open_office, twin
from township_office.store import changelog, database

TODAY = date(2026, 11, 20)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘 #1?%20"
    folder.mkdir()
    return folder


def test_a_backup_is_the_office_as_it_was(office: Office, stick: Path, draft):
    row = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    seq, head = changelog.head(office.db)
    path = backup.backup_to(office, stick)
    assert re.fullmatch(rf"云水镇_\d{{8}}-\d{{6}}_{head[:8]}\.office\.db", path.name)
    assert [one.name for one in stick.iterdir()] == [path.name]
    last = backup.last_backup(office)
    assert last is not None
    assert abs(datetime.now() - last) < timedelta(minutes=5)
    records.void(office, RECEIPT, row["id"], "重复", TODAY)
    with open_office(path, "李向东") as copy:
        assert browsing.rows(copy, RECEIPT, browsing.row_ids(copy, RECEIPT, View(), TODAY)) == [row]
        report = checking.verify(copy)
        assert (report.findings, report.changes, report.head) == ((), seq, head)
        records.register_document(copy, RECEIPT, draft("receipt"), TODAY)
    assert checking.verify(office).findings == ()


def test_two_backups_are_two_files(office: Office, stick: Path, draft):
    first = backup.backup_to(office, stick)
    records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    assert backup.backup_to(office, stick) != first
    assert len(list(stick.iterdir())) == 2


def test_a_cancelled_backup_leaves_nothing(office: Office, stick: Path):
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        backup.backup_to(office, stick, stop)
    assert list(stick.iterdir()) == []
    assert backup.last_backup(office) is None


def test_where_no_backup_belongs(office: Office, stick: Path, tmp_path: Path):
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "file").write_bytes(b"")
    for folder, words in (
        (tmp_path, "自己的文件夹"), (tmp_path / "link", "自己的文件夹"), (stick / "..", "自己的文件夹"),
        (tmp_path / "none", "找不到文件夹"), (tmp_path / "file", "找不到文件夹"),
    ):  # fmt: skip
        with pytest.raises(OfficeError, match=words):
            backup.backup_to(office, folder)


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EIO, "读写磁盘出错"), (errno.EROFS, "只读"), (errno.EACCES, "没有权限")],
)
def test_a_stick_that_fails_bears_no_half_backup(number: int, words: str, office: Office, stick: Path, monkeypatch):
    def fail(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(database.os, "fsync", fail)
    with pytest.raises(OfficeError, match=words):
        backup.backup_to(office, stick)
    assert list(stick.iterdir()) == []
    assert backup.last_backup(office) is None


def test_a_copy_that_is_not_sound_is_not_kept(office: Office, stick: Path, tmp_path: Path, draft):
    for _ in range(40):
        records.register_document(office, RECEIPT, draft("receipt", remarks="长" * 900), TODAY)
    close_office(office)
    raw = bytearray(office.path.read_bytes())
    leaves = [page for page in range(len(raw) // 2 // 4096 * 4096, len(raw), 4096) if raw[page] == 0x0D]
    raw[leaves[0] + 3 : leaves[0] + 8] = b"\xff" * 5
    broken = tmp_path / "broken.office.db"
    broken.write_bytes(raw)
    with open_office(broken, "王") as damaged:
        with pytest.raises(OfficeError, match=r"核对不符|有损坏"):
            backup.backup_to(damaged, stick)
        assert list(stick.iterdir()) == []


def test_an_office_that_may_only_be_read_can_be_backed_up(office: Office, stick: Path, monkeypatch):
    close_office(office)
    monkeypatch.setattr(database, "is_writable", lambda path: False)
    with open_office(office.path, "李") as readonly:
        path = backup.backup_to(readonly, stick)
        assert backup.last_backup(readonly) is None
    monkeypatch.undo()
    with open_office(path, "李") as copy:
        assert checking.verify(copy).findings == ()


def test_a_worker_backs_up_on_its_own_connection(office: Office, stick: Path, draft):
    with twin(office) as own:
        path = backup.backup_to(own, stick)
    records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    assert path.is_file()
    assert backup.last_backup(office) is not None
