# SPDX-License-Identifier: MulanPSL-2.0
"""Whoever changes the file with another tool is found out, and so is a bit that fell over."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from township_office.core.errors import OfficeError
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import checking, numbers, records, settings
from township_office.services.office import change, close_office, create_office, open_office
from township_office.store import changelog
from township_office.store import records as store

TODAY = date(2026, 11, 20)
FLIPS = int(os.environ.get("FLIPS", "150"))

Attack = Callable[[sqlite3.Connection], object]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of an office in which everything happened once."""
    path = tmp_path_factory.mktemp("whole") / "a.office.db"
    with create_office(path, "云水镇党政办", "王春燕", TODAY) as office:
        for title in ("防汛", "低保", "征兵", "防火"):
            draft = {"received_on": "2026-11-20", "sender": "青山县民政局", "title": title, "due_on": "2026-12-01"}
            records.register_document(office, RECEIPT, draft, TODAY)
        dispatch = {
            "signed_on": "2026-11-20",
            "title": "关于防汛的通知",
            "is_normative": "是",
            "dispatched_on": "2026-11-20",
        }
        records.register_document(office, DISPATCH, dispatch, TODAY)
        records.correct(office, RECEIPT, 1, {"title": "防汛抗旱", "due_on": "", "copy_count": "3"}, TODAY, "错字")
        records.correct(office, RECEIPT, 1, {"due_on": "2026-12-05", "copy_count": ""}, TODAY)
        records.correct(office, DISPATCH, 1, {"is_normative": "否"}, TODAY, "核对后更正")
        records.void(office, RECEIPT, 2, "重复登记", TODAY)
        numbers.reserve(office, RECEIPT, "收文", 6, {"name": "会议", "reason": "待印"}, TODAY)
        settings.set_setting(office, "print.row_mm", "10")
        with change(office) as pen:
            old = store.get(office.db, RECEIPT, 1) | {"entry": "imported", "sequence": None}
            store.add_many(pen, RECEIPT, [old | {"number": f"旧{n}"} for n in range(5)], "import")
    return path.read_bytes()


@pytest.fixture
def path(image: bytes, tmp_path: Path) -> Path:
    (tmp_path / "a.office.db").write_bytes(image)
    return tmp_path / "a.office.db"


def report_on(path: Path) -> checking.Report:
    with open_office(path, "李向东") as office:
        return checking.verify(office)


def unguarded(db: sqlite3.Connection) -> None:
    """Drop what guards the file, as an attacker would."""
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")


def guarded_again(db: sqlite3.Connection, triggers: list[str]) -> None:
    for sql in triggers:
        db.execute(sql)


def attack(path: Path, work: Attack) -> None:
    with closing(sqlite3.connect(path)) as db:
        triggers = [sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
        unguarded(db)
        work(db)
        guarded_again(db, triggers)
        db.commit()


def rehash(db: sqlite3.Connection) -> None:
    """Make the chain whole again, as an attacker who has this program would."""
    previous = bytes(32)
    columns = "seq, at, clerk, verb, register, row_id, before, after, why"
    for row in db.execute(f"SELECT {columns} FROM change_log ORDER BY seq").fetchall():
        previous = changelog.entry_hash(previous, row)
        db.execute("UPDATE change_log SET hash = ? WHERE seq = ?", [previous, row[0]])


def cut_off(db: sqlite3.Connection) -> None:
    """Take the last entry and its row away: the file as it was before."""
    db.execute("DELETE FROM receipt WHERE id > 4")
    db.execute(f"DELETE FROM change_log WHERE seq = {LAST}")


def edit_and_rehash(db: sqlite3.Connection) -> None:
    new = '{"title":"无事"}'
    db.execute("UPDATE change_log SET after = json_patch(after, ?) WHERE register = 'receipt' AND row_id = 3", [new])
    fix = store.keys_of(RECEIPT, {"number": "2026-0003", "title": "无事", "sender": "青山县民政局"})
    db.execute(
        "UPDATE receipt SET title = '无事', search_text = ?, initials = ? WHERE id = 3",
        [fix["search_text"], fix["initials"]],
    )
    rehash(db)


def swap_rows(db: sqlite3.Connection) -> None:
    one, other = (db.execute("SELECT title, search_text FROM receipt WHERE id = ?", [n]).fetchone() for n in (3, 4))
    db.execute("UPDATE receipt SET title = ?, search_text = ? WHERE id = 3", other)
    db.execute("UPDATE receipt SET title = ?, search_text = ? WHERE id = 4", one)


def swap_entries(db: sqlite3.Connection) -> None:
    db.execute("UPDATE change_log SET seq = -1 WHERE seq = 10")
    db.execute("UPDATE change_log SET seq = 10 WHERE seq = 11")
    db.execute("UPDATE change_log SET seq = 11 WHERE seq = -1")


def smuggle_in(db: sqlite3.Connection) -> None:
    names = [row[1] for row in db.execute("PRAGMA table_info(receipt)") if row[1] not in ("id", "sequence", "number")]
    listed = ", ".join(names)
    db.execute(
        f"INSERT INTO receipt (sequence, number, {listed}) SELECT 77, '2026-0077', {listed} FROM receipt WHERE id = 3"
    )


LAST = "(SELECT max(seq) FROM change_log)"
FOUND: dict[str, Attack] = {
    "a title": lambda db: db.execute("UPDATE receipt SET title = '无事' WHERE id = 3"),
    "a date": lambda db: db.execute("UPDATE receipt SET received_on = '2026-11-19' WHERE id = 3"),
    "a yes": lambda db: db.execute("UPDATE dispatch SET is_normative = 1 WHERE id = 1"),
    "a cleared field": lambda db: db.execute("UPDATE receipt SET copy_count = 3 WHERE id = 1"),
    "a field made empty": lambda db: db.execute("UPDATE receipt SET due_on = NULL WHERE id = 1"),
    "a number": lambda db: db.execute("UPDATE receipt SET sequence = 50, number = '2026-0050' WHERE id = 3"),
    "a void taken back": lambda db: db.execute(
        "UPDATE receipt SET voided_on = NULL, voided_by = NULL, void_reason = NULL WHERE id = 2"
    ),
    "who entered it": lambda db: db.execute("UPDATE receipt SET entered_by = '李向东' WHERE id = 3"),
    "an imported row": lambda db: db.execute("UPDATE receipt SET title = '无事' WHERE id = 7"),
    "a row deleted": lambda db: db.execute("DELETE FROM receipt WHERE id = 3"),
    "a row smuggled in": smuggle_in,
    "two rows swapped": swap_rows,
    "a hidden key": lambda db: db.execute("UPDATE receipt SET search_text = '' WHERE id = 3"),
    "an initial": lambda db: db.execute("UPDATE receipt SET initials = '' WHERE id = 3"),
    "a setting": lambda db: db.execute("UPDATE setting SET value = '11' WHERE name = 'print.row_mm'"),
    "a start number": lambda db: db.execute("UPDATE series SET start = 5 WHERE id = 1"),
    "a reservation": lambda db: db.execute("DELETE FROM reservation WHERE sequence = 5"),
    "a batch made up": lambda db: db.execute(
        "INSERT INTO batch VALUES (9, 'receipt', 'x', '2026', '王', 1, 0, NULL, NULL)"
    ),
    "an entry's text": lambda db: db.execute("UPDATE change_log SET after = '{}' WHERE seq = 12"),
    "an entry's clerk": lambda db: db.execute("UPDATE change_log SET clerk = '李向东' WHERE seq = 12"),
    "an entry's time": lambda db: db.execute("UPDATE change_log SET at = '2020-01-01T00:00:00' WHERE seq = 12"),
    "an entry's reason": lambda db: db.execute("UPDATE change_log SET why = '别的' WHERE seq = 14"),
    "an entry's format": lambda db: db.execute("UPDATE change_log SET format = 2 WHERE seq = 12"),
    "an entry's hash": lambda db: db.execute("UPDATE change_log SET hash = zeroblob(32) WHERE seq = 12"),
    "the last hash": lambda db: db.execute(f"UPDATE change_log SET hash = zeroblob(32) WHERE seq = {LAST}"),
    "an entry in the middle": lambda db: db.execute("DELETE FROM change_log WHERE seq = 12"),
    "the first entry": lambda db: db.execute("DELETE FROM change_log WHERE seq = 1"),
    "the last entry alone": lambda db: db.execute(f"DELETE FROM change_log WHERE seq = {LAST}"),
    "all entries": lambda db: db.execute("DELETE FROM change_log"),
    "two entries swapped": swap_entries,
    "no JSON": lambda db: db.execute("UPDATE change_log SET after = '[[' WHERE seq = 12"),
    "odd JSON": lambda db: db.execute("UPDATE change_log SET after = '{\"rows\":7,\"columns\":[[]]}' WHERE seq = 12"),
    "a column added": lambda db: db.execute("ALTER TABLE receipt ADD COLUMN more TEXT"),
    "a trigger added": lambda db: db.execute(
        "CREATE TRIGGER bad AFTER INSERT ON receipt BEGIN UPDATE receipt SET copy_count = 0 WHERE id = new.id; END"
    ),
    "an index dropped": lambda db: db.execute("DROP INDEX receipt_order"),
    "rows and chain by hand": lambda db: (db.execute("UPDATE receipt SET title = '无事' WHERE id = 3"), rehash(db)),
}  # fmt: skip


@pytest.mark.parametrize("kind", FOUND)
def test_another_tools_hand_is_found(kind: str, path: Path):
    assert report_on(path).findings == ()
    attack(path, FOUND[kind])
    findings = report_on(path).findings
    assert findings
    assert all(words.endswith(("。", "#1", "#3")) or words.startswith("文件结构") for words in findings)


def test_dropped_guards_are_found(path: Path):
    with closing(sqlite3.connect(path)) as db:
        unguarded(db)
        db.commit()
    assert len(report_on(path).findings) >= 4


# Who has this program and rewrites everything leaves no trace inside the file: that is what the chain head at the foot
# of each printed page and in the name of each backup is for.
ONLY_BY_AN_ANCHOR: dict[str, Attack] = {
    "the last entry and its rows cut off": cut_off,
    "an entry and its row edited, all hashes made anew": edit_and_rehash,
}


@pytest.mark.parametrize("kind", ONLY_BY_AN_ANCHOR)
def test_a_forged_whole_shows_another_head(kind: str, path: Path):
    before = report_on(path)
    with open_office(path, "王") as office:
        printed = checking.chain_head(office)
    attack(path, ONLY_BY_AN_ANCHOR[kind])
    after = report_on(path)
    assert after.findings == ()
    assert after.head != before.head
    with open_office(path, "王") as office:
        assert checking.chain_head(office) != printed
        heads = {row[0][:8] for row in office.db.conn.execute("SELECT upper(hex(hash)) FROM change_log")}
    assert printed.replace(" ", "") not in heads, "the head that was printed is nowhere in the chain any more"


def test_a_file_rolled_back_shows_a_former_head(path: Path, image: bytes):
    with open_office(path, "王") as office:
        settings.set_setting(office, "print.row_mm", "12")
        printed = checking.chain_head(office)
    path.write_bytes(image)
    assert report_on(path).findings == ()
    with open_office(path, "王") as office:
        assert checking.chain_head(office) != printed


def test_the_head_is_eight_signs_in_two_groups(path: Path):
    report = report_on(path)
    with open_office(path, "王") as office:
        assert checking.chain_head(office) == f"{report.head[:4]} {report.head[4:8]}".upper()
    assert report.changes > 20
    assert report.rows > 15


def test_verify_tells_how_far_it_is_and_can_be_stopped(office, draft, monkeypatch):
    told: list[tuple[int, int]] = []
    with change(office) as pen:
        entries = [changelog.Entry("add", "receipt", 1, None, {"title": "题"})] * 11_000
        changelog.append(pen, entries)
    checking.verify(office, lambda done, total: told.append((done, total)))
    assert told
    assert all(done <= total for done, total in told)


def test_a_fallen_bit_is_noticed(image: bytes, tmp_path: Path):
    """Every flip of one bit is found by opening or verifying, or it changed nothing that was entered."""

    def contents(path: Path) -> list[object]:
        with closing(sqlite3.connect(path)) as db:
            db.text_factory = bytes
            tables = ("setting", "series", "reservation", "batch", "receipt", "dispatch", "change_log")
            return [db.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in tables[:-1]] + [
                db.execute("SELECT * FROM change_log ORDER BY seq").fetchall()
            ]

    chance = random.Random(20)
    path = tmp_path / "whole.office.db"
    path.write_bytes(image)
    whole = contents(path)
    noticed = silent = harmless = 0
    for each in range(FLIPS):
        path = tmp_path / f"{each}.office.db"
        damaged = bytearray(image)
        damaged[chance.randrange(len(image))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        try:
            findings = report_on(path).findings
        except OfficeError:
            findings = ("refused",)
        if findings:
            noticed += 1
        elif contents(path) == whole:
            harmless += 1
        else:
            silent += 1
        for one in tmp_path.glob(f"{each}.*"):
            one.unlink()
    assert silent == 0
    assert noticed > FLIPS // 15  # most pages of an office without rows are empty
    assert noticed + harmless == FLIPS


def test_what_cannot_be_read_is_a_finding_not_an_accident(path: Path):
    raw = bytearray(path.read_bytes())
    with open_office(path, "王") as office:
        pages = [
            row[0] for row in office.db.conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'change_log'")
        ]
    for page in pages:
        raw[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(raw)
    office = open_office(path, "王")
    report = checking.verify(office)
    close_office(office)
    assert any("有损坏" in words or "文件结构" in words for words in report.findings)


def test_a_clock_set_back_or_forward_reorders_nothing(office, draft, monkeypatch):
    class Clock(datetime):
        year_now = 2026

        @classmethod
        def now(cls, tz=None) -> datetime:
            return datetime(cls.year_now, 11, 20, 9, 30)

    monkeypatch.setattr(changelog, "datetime", Clock)
    monkeypatch.setattr(store, "datetime", Clock)
    row = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    for year, title in ((2016, "慢十年"), (2036, "快十年"), (1970, "电池没电")):
        Clock.year_now = year
        records.correct(office, RECEIPT, row["id"], {"title": title}, TODAY)
    assert records.register_document(office, RECEIPT, draft("receipt"), TODAY)["number"] == "2026-0002"
    titles = [one.fields[-1].new for one in records.history(office, RECEIPT, row["id"])[1:]]
    assert titles == ["慢十年", "快十年", "电池没电"]
    assert [row["id"] for row in (records.last_row(office, RECEIPT),)] == [2]
    assert checking.verify(office).findings == ()
