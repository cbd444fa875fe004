# SPDX-License-Identifier: MulanPSL-2.0
"""Every data file a released program has made opens, upgrades beside a copy, verifies and can be worked with."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from township_office.core.errors import OfficeError
from township_office.registers import DOCUMENTS
from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, checking, numbers, records, search
from township_office.services.browsing import View
from township_office.services.office import open_office
from township_office.store import database, migrations
from township_office.store.migrations import STEPS

FIXTURES = Path(__file__).parents[1] / "fixtures"
RELEASED = sorted(FIXTURES.glob("office-*.db"))
TODAY = date(2026, 11, 20)


def test_there_is_one_for_every_release_so_far():
    assert [path.name for path in RELEASED if not re.fullmatch(r"office-\d{4}\.db", path.name)] == []
    assert f"office-{STEPS[-1][0][:4]}.db" in {path.name for path in RELEASED}, "run tests/fixtures/make_office.py"


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_it_opens_and_is_whole(released: Path, tmp_path: Path, draft):
    path = tmp_path / "a.office.db"
    shutil.copy(released, path)
    with open_office(path, "李向东") as office:
        assert checking.verify(office).findings == ()
        for register in DOCUMENTS:
            ids = browsing.row_ids(office, register, View(), TODAY)
            assert ids
            for row in browsing.rows(office, register, ids):
                assert records.whole_story(office, register, row["id"])
            for series in numbers.all_series(office, register):
                for period in numbers.periods(office, register, series, TODAY):
                    numbers.number_ledger(office, register, series, period)
        assert search.find(office, RECEIPT, "防灭火", 5)[0]["number"] == "2026-0001"
        assert records.by_number(office, RECEIPT, "2026-3")["void_reason"] == "重复登记"
        assert records.register_document(office, RECEIPT, draft("receipt"), TODAY)["number"] == "2026-0007"
        assert checking.verify(office).findings == ()
    copies = [one.name for one in tmp_path.glob("*.before-upgrade")]
    assert len(copies) == (released.stem != f"office-{STEPS[-1][0][:4]}")


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_it_can_be_made_again_the_same(released: Path, tmp_path: Path):
    """Only the newest: the program that made the others is gone."""
    if released != RELEASED[-1]:
        return
    spec = importlib.util.spec_from_file_location("make_office", FIXTURES / "make_office.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    made = maker.make(tmp_path)
    assert made.name == released.name
    shutil.copy(released, tmp_path / "kept.db")
    assert timeless(made) == timeless(tmp_path / "kept.db")


def timeless(path: Path) -> list[object]:
    with open_office(path, "王") as office:
        assert checking.verify(office).findings == ()
        found: list[object] = [
            row | {"entered_at": ""}
            for register in DOCUMENTS
            for row in browsing.rows(office, register, browsing.row_ids(office, register, View(), TODAY))
        ]
        found += office.db.conn.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '%sqlite%'").fetchall()
        found += office.db.conn.execute(
            "SELECT seq, clerk, verb, register, row_id, before, why FROM change_log"
        ).fetchall()
    return found


@pytest.fixture
def newest(tmp_path: Path) -> Path:
    path = tmp_path / "a.office.db"
    shutil.copy(RELEASED[-1], path)
    return path


def history(monkeypatch: pytest.MonkeyPatch, step: Callable[..., object]) -> None:
    for module in (database, migrations):
        monkeypatch.setattr(module, "STEPS", (*STEPS, ("9999_next", step)))


def test_an_upgrade_keeps_a_proven_copy_of_what_was(newest: Path, monkeypatch):
    history(monkeypatch, lambda db: db.execute("CREATE TABLE next (a TEXT) STRICT"))
    with open_office(newest, "李向东") as office:
        assert office.db.conn.execute("SELECT count(*) FROM next").fetchone() == (0,)
    with open_office(newest, "李向东"):
        pass
    (copy,) = newest.parent.glob("*.before-upgrade")
    monkeypatch.undo()
    with open_office(copy, "李向东") as office:
        assert checking.verify(office).findings == ()
    with pytest.raises(OfficeError, match="更新版本的程序"):
        open_office(newest, "李向东")


def test_an_upgrade_that_fails_changes_nothing(newest: Path, monkeypatch):
    def fail(db) -> None:
        db.execute("CREATE TABLE next (a TEXT) STRICT")
        db.execute("DROP TRIGGER receipt_never_delete")
        db.execute("DELETE FROM receipt")
        raise sqlite3.OperationalError("no")

    history(monkeypatch, fail)
    with pytest.raises(OfficeError):
        open_office(newest, "李向东")
    monkeypatch.undo()
    assert timeless(newest) == timeless(next(newest.parent.glob("*.before-upgrade")))


def test_without_room_for_the_copy_there_is_no_upgrade(newest: Path, monkeypatch):
    before = newest.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    history(monkeypatch, lambda db: db.execute("CREATE TABLE next (a TEXT) STRICT"))
    monkeypatch.setattr(database.os, "fsync", full)
    with pytest.raises(OfficeError, match="磁盘已满"):
        open_office(newest, "李向东")
    assert newest.read_bytes() == before
    assert list(newest.parent.glob("*upgrade*")) == []


def test_an_old_file_that_may_only_be_read_is_not_upgraded(newest: Path, monkeypatch):
    before = newest.read_bytes()
    history(monkeypatch, lambda db: db.execute("CREATE TABLE next (a TEXT) STRICT"))
    monkeypatch.setattr(database, "is_writable", lambda path: False)
    with pytest.raises(OfficeError, match="只读"):
        open_office(newest, "李向东")
    assert newest.read_bytes() == before
    assert [one.name for one in newest.parent.iterdir()] == ["a.office.db"]
