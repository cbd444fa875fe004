# SPDX-License-Identifier: MulanPSL-2.0
"""The data file: made whole or not at all, opened only when it is ours, copied with proof, faults told in words."""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from township_office.core.errors import Cancelled, OfficeError
from township_office.store import database, settings
from township_office.store.changelog import Pen
from township_office.store.database import Database


def nothing(db: Database) -> None: ...


def no_lock() -> None: ...


def make(path: Path) -> Path:
    database.create(path, nothing, no_lock)
    return path


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    "name",
    [
        "a.db",
        "登记簿 二.db",
        "a?b.db",
        "a#b.db",
        "a%20b.db",
        "a&mode=memory.db",
        "𠮷.db",
        "file:a.db",
        "a'b\".db",
        "a;b.db",
        " .db",
    ],
)
def test_odd_names_of_folders_and_files_are_taken_as_they_are(name: str, tmp_path: Path):
    folder = tmp_path / name
    folder.mkdir()
    path = make(folder / name)
    assert [one.name for one in folder.iterdir()] == [name]
    db = database.connect(path)
    with database.writing(db):
        settings.write(Pen(db, "王"), "a", "甲")
    db.close()
    assert [one.name for one in folder.iterdir()] == [name]
    again = database.connect(path, readonly=True)
    assert settings.read(again, "a") == "甲"
    again.close()


def test_a_file_that_is_there_is_never_made_again(tmp_path: Path):
    path = tmp_path / "a.db"
    path.write_bytes(b"")
    with pytest.raises(OfficeError, match="已经有同名文件"):
        make(path)
    with pytest.raises(OfficeError, match="找不到文件夹"):
        make(tmp_path / "none" / "a.db")
    assert path.read_bytes() == b""


def test_a_file_whose_making_failed_is_not_there(tmp_path: Path):
    def fail(db: Database) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        database.create(tmp_path / "a.db", fail, no_lock)
    assert list(tmp_path.iterdir()) == []


def test_rows_are_kept_or_not_at_all(db: Database, pen: Pen):
    def stop_half_way() -> None:
        with database.writing(db):
            settings.write(pen, "a", "甲")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stop_half_way()
    assert settings.read(db, "a") is None
    assert not db.conn.in_transaction
    with database.writing(db):
        settings.write(pen, "a", "甲")
    assert settings.read(db, "a") == "甲"


FAULTS = {
    "SQLITE_FULL": "磁盘已满", "SQLITE_IOERR_FSYNC": "读写磁盘出错", "SQLITE_IOERR_WRITE": "读写磁盘出错",
    "SQLITE_READONLY_DBMOVED": "只读", "SQLITE_BUSY": "正忙", "SQLITE_CORRUPT_INDEX": "有损坏",
    "SQLITE_CANTOPEN": "打不开", "SQLITE_NOTADB": "不是本程序的登记簿文件",
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_faults_of_sqlite_are_told_in_words(name: str):
    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorname = name
    with pytest.raises(OfficeError, match=FAULTS[name]), database.told(Path("a.db")):
        raise fault


SYSTEM = {
    errno.ENOSPC: "磁盘已满", errno.EROFS: "只读", errno.EACCES: "没有权限", errno.EIO: "读写磁盘出错",
    errno.ENAMETOOLONG: "打不开", errno.EFBIG: "磁盘已满",
}  # fmt: skip


@pytest.mark.parametrize("number", SYSTEM)
def test_faults_of_the_system_are_told_in_words(number: int):
    with pytest.raises(OfficeError, match=SYSTEM[number]), database.told(Path("a.db")):
        raise OSError(number, os.strerror(number))


def test_our_own_mistakes_are_not_dressed_up(db: Database):
    with pytest.raises(sqlite3.OperationalError, match="syntax error"), database.writing(db):
        db.conn.execute("SELEC 1")
    with pytest.raises(sqlite3.IntegrityError), database.writing(db):
        db.conn.execute("INSERT INTO setting (name, value) VALUES ('office.name', 'x')")
    assert not db.conn.in_transaction


def test_a_fault_while_rows_are_read_is_told_too(office, tmp_path: Path):
    with database.writing(office.db):
        for each in range(300):
            settings.write(Pen(office.db, "王"), f"a{each}", "甲" * 300)
    office.db.close()
    raw = bytearray(office.path.read_bytes())
    for page in range(len(raw) // 8192 * 4096, len(raw), 4096):  # leaves of tables in the second half
        if raw[page] == 0x0D:
            raw[page : page + 8] = b"\x0d" + b"\xff" * 7
    broken = tmp_path / "broken.db"
    broken.write_bytes(raw)
    db = database.connect(broken)
    for read in (list, lambda rows: rows.fetchall(), lambda rows: rows.fetchmany(1000)):
        with pytest.raises(OfficeError, match="有损坏"):
            read(db.conn.execute("SELECT * FROM change_log"))
    db.close()


def test_text_that_is_no_text_is_damage(office, tmp_path: Path):
    office.db.close()
    raw = office.path.read_bytes()
    broken = tmp_path / "broken.db"
    broken.write_bytes(raw.replace("云水镇党政综合办公室".encode(), b"\xff" * len("云水镇党政综合办公室".encode())))
    db = database.connect(broken)
    with pytest.raises(OfficeError, match="有损坏"):
        settings.read(db, "office.name")
    db.close()


class TestCopy:
    def test_a_copy_opens_and_is_equal(self, office, db: Database, tmp_path: Path):
        reports: list[tuple[int, int]] = []
        database.copy_to(db, tmp_path / "copy.db", lambda done, total: reports.append((done, total)))
        copy = database.connect(tmp_path / "copy.db", readonly=True)
        assert list(copy.conn.iterdump()) == list(db.conn.iterdump())
        copy.close()
        assert reports[-1][0] == reports[-1][1] > 0

    def test_a_cancelled_copy_leaves_nothing(self, db: Database, tmp_path: Path):
        def stop(done: int, total: int) -> None:
            raise Cancelled

        folder = tmp_path / "stick"
        folder.mkdir()
        with pytest.raises(Cancelled):
            database.copy_to(db, folder / "copy.db", stop)
        assert list(folder.iterdir()) == []

    def test_a_former_copy_survives_a_failed_one(self, db: Database, tmp_path: Path, monkeypatch):
        target = tmp_path / "copy.db"
        database.copy_to(db, target)
        before = fingerprint(target)
        for name, number in (("fsync", errno.EIO), ("open", errno.EACCES)):
            with monkeypatch.context() as patch:

                def fail(*_: object, number: int = number) -> int:
                    raise OSError(number, os.strerror(number))

                patch.setattr(database.os, name, fail)
                with pytest.raises(OfficeError):
                    database.copy_to(db, target)
            assert fingerprint(target) == before
            assert not target.with_name("copy.db.partial").exists()

    def test_a_leftover_of_a_pulled_stick_is_in_nobodys_way(self, db: Database, tmp_path: Path):
        (tmp_path / "copy.db.partial").write_bytes(b"half a copy" * 9999)
        (tmp_path / "copy.db.partial-journal").write_bytes(b"\xd9\xd5\x05\xf9 \xa1c\xd7" + b"\x00" * 5000)
        database.copy_to(db, tmp_path / "copy.db")
        copy = database.connect(tmp_path / "copy.db")
        assert copy.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        copy.close()

    def test_a_copy_into_a_folder_that_is_not_there_is_told(self, db: Database, tmp_path: Path):
        with pytest.raises(OfficeError):
            database.copy_to(db, tmp_path / "none" / "copy.db")


def test_a_first_write_loads_no_mathematics():
    """numpy comes with the roster's solver; sqlite-utils would load it with the first row that is written."""
    look = "import sys; from township_office.store.database import tables_type as t; t(); print('numpy' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert found.stdout == "False\n"
