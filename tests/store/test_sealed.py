# SPDX-License-Identifier: MulanPSL-2.0
"""Sealed rows under attack: whatever somebody does to the file with another tool is found at the next unlocking."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest

from township_office.core.errors import OfficeError
from township_office.core.recovery import code_of
from township_office.services import checking
from township_office.services.guarded import confidential, custody, vault
from township_office.services.guarded.vault import Vault
from township_office.services.office import change, close_office, create_office, open_office
from township_office.store import changelog, sealed

TODAY, NOON = date(2026, 11, 20), datetime(2026, 11, 20, 12)
ROOT = bytes(range(16))
PAPER = {"received_on": "2026-11-20", "secrecy_level": "秘密", "copy_serial": "000101-000102"}
FIRST, SECOND, STEP, LAST = 1, 2, 3, 4  # the rows: two papers, a step, a third paper
Raw = sqlite3.Connection


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with four sealed rows, the first of them written three times."""
    path = tmp_path_factory.mktemp("sealed") / "a.office.db"
    with create_office(path, "云水镇党政综合办公室", "王春燕", TODAY) as office:
        with change(office) as pen:
            sealed.begin(pen, "0123456789abcdef", ROOT)
        opened = unlocked(office)
        for _ in range(2):
            confidential.register_paper(opened, PAPER, TODAY)
        custody.take_step(opened, SECOND, ["101"], "out", {"holder": "孙志强", "at": "2026-11-20 09:15"}, NOON)
        for cabinet in ("甲1", "甲2"):
            confidential.correct_paper(opened, FIRST, {"cabinet_no": cabinet}, TODAY, "登记错误")
        confidential.register_paper(opened, PAPER, TODAY)
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "a.office.db"))


def unlocked(office) -> Vault:
    return vault.unlock_with_code(office, code_of(ROOT), "赵文静")


def outside(path: Path, work: Callable[[Raw], object]) -> None:
    """Do what any SQLite tool can: rules off, triggers dropped, and put back as they were."""
    raw = sqlite3.connect(path)
    triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute("PRAGMA ignore_check_constraints = ON")
    work(raw)
    for _, sql in triggers:
        raw.execute(sql)
    raw.commit()
    raw.close()


def hash_anew(raw: Raw) -> None:
    """Make the log agree with itself: entries numbered without a gap, every hash worked out again."""
    previous = bytes(32)
    columns = "seq, at, clerk, verb, register, row_id, before, after, why"
    for position, row in enumerate(raw.execute(f"SELECT {columns} FROM change_log ORDER BY seq").fetchall(), start=1):
        previous = changelog.entry_hash(previous, (position, *row[1:]))
        raw.execute("UPDATE change_log SET seq = ?, hash = ? WHERE seq = ?", [position, previous, row[0]])


def as_before(raw: Raw, row_id: int) -> None:
    """Put the body and version of a row back to what the log says they were once."""
    old = (
        "(SELECT json_extract(before, ?) FROM change_log WHERE register = 'sealed' AND row_id = :id AND before NOT NULL"
    )
    old = old.replace("?", "'$.{}'") + " ORDER BY seq LIMIT 1)"
    body, version = old.format("body"), old.format("version")
    raw.execute(f"UPDATE sealed SET version = {version}, body = {body} WHERE id = :id", {"id": row_id})


def cut_log(raw: Raw, row_id: int, keep: int) -> None:
    sql = "SELECT seq FROM change_log WHERE register = 'sealed' AND row_id = ? ORDER BY seq"
    for (seq,) in raw.execute(sql, [row_id]).fetchall()[keep:]:
        raw.execute("DELETE FROM change_log WHERE seq = ?", [seq])
    hash_anew(raw)


def run(*statements: str) -> Callable[[Raw], None]:
    def work(raw: Raw) -> None:
        for statement in statements:
            raw.execute(statement)

    return work


def replay_all(raw: Raw) -> None:
    as_before(raw, FIRST)
    cut_log(raw, FIRST, keep=1)


def delete_all(raw: Raw) -> None:
    raw.execute("DELETE FROM sealed WHERE id = 4")
    cut_log(raw, LAST, keep=0)


def forge_copy(raw: Raw) -> None:
    raw.execute("INSERT INTO sealed SELECT 5, version, body FROM sealed WHERE id = 3")
    forged = "SELECT seq + 100, at, clerk, verb, register, 5, before, after, why, format, hash FROM change_log"
    raw.execute(f"INSERT INTO change_log {forged} WHERE register = 'sealed' AND row_id = 3")
    hash_anew(raw)


def exchange(raw: Raw) -> None:
    (one,), (other,) = (raw.execute("SELECT body FROM sealed WHERE id = ?", [n]).fetchone() for n in (SECOND, LAST))
    raw.executemany("UPDATE sealed SET body = ? WHERE id = ?", [(other, SECOND), (one, LAST)])


def exchange_all(raw: Raw) -> None:
    exchange(raw)
    values = "json_object('body', body, 'version', version)"
    for row_id in (SECOND, LAST):
        raw.execute(
            f"UPDATE change_log SET after = (SELECT {values} FROM sealed WHERE id = ?) "
            "WHERE register = 'sealed' AND row_id = ?", [row_id, row_id],
        )  # fmt: skip
    hash_anew(raw)


BROKEN, OLD, TOTAL = "第{}号密封记录被改动、挪动过", "第{}号密封记录", "密封记录的总数核对不符"
# What is done, what the unlocking says (every sentence), and whether verify finds it without a key.
ATTACKS: dict[str, tuple[Callable[[Raw], object], list[str], bool]] = {
    "moved": (run("UPDATE sealed SET id = 9 WHERE id = 2"), [BROKEN.format(9), OLD.format(2)], True),
    "ids exchanged": (
        run("UPDATE sealed SET id = 9 WHERE id = 2", "UPDATE sealed SET id = 2 WHERE id = 4",
            "UPDATE sealed SET id = 4 WHERE id = 9"), [BROKEN.format(2), BROKEN.format(4)], True,
    ),
    "bodies exchanged": (exchange, [BROKEN.format(2), BROKEN.format(4)], True),
    "bodies exchanged, log made to agree": (exchange_all, [BROKEN.format(2), BROKEN.format(4)], False),
    "replayed": (lambda raw: as_before(raw, FIRST), ["第1号密封记录涉2026-001被换回旧的内容"], True),
    "replayed, log made to agree": (replay_all, [TOTAL], False),
    "version raised": (run("UPDATE sealed SET version = 9 WHERE id = 1"), [BROKEN.format(1), OLD.format(1)], True),
    "deleted": (run("DELETE FROM sealed WHERE id = 2"), ["第2号密封记录被换回旧的内容或被删去"], True),
    "last deleted": (run("DELETE FROM sealed WHERE id = 4"), ["第4号密封记录被换回旧的内容或被删去"], True),
    "deleted, log made to agree": (delete_all, [TOTAL], False),
    "copied": (run("INSERT INTO sealed SELECT 5, version, body FROM sealed WHERE id = 3"), [BROKEN.format(5)], True),
    "copied, log made to agree": (forge_copy, [BROKEN.format(5)], False),
    "head garbled": (run("UPDATE seal_head SET body = 'AAAA'"), [TOTAL], False),
    "head no text": (run("UPDATE seal_head SET body = CAST(x'ff41' AS TEXT)"), [TOTAL], False),
    "head is a row": (run("UPDATE seal_head SET body = (SELECT body FROM sealed WHERE id = 1)"), [TOTAL], False),
    "file's mark altered": (
        run("UPDATE seal_head SET vault = 'fedcba9876543210'"), [BROKEN.format(n) for n in range(1, 5)], False,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("attack", "sentences", "is_verified"), ATTACKS.values(), ids=ATTACKS)
def test_what_was_done_to_the_rows_is_told(attack, sentences: list[str], is_verified: bool, path: Path):
    outside(path, attack)
    with open_office(path, "王春燕") as office:
        assert bool(checking.verify(office).findings) is is_verified
        opened = unlocked(office)
        assert len(opened.findings) == len(sentences)
        for finding, words in zip(opened.findings, sentences, strict=True):
            assert words in finding
        before = office.db.conn.serialize()
        with pytest.raises(OfficeError, match="涉密登记有记录被改动过，不能再写入"):
            confidential.register_paper(opened, PAPER, TODAY)
        assert office.db.conn.serialize() == before
        assert all(paper.number for paper in confidential.papers(opened)), "what does open can still be read"


def edited(place: int, sign: str) -> str:
    """A statement that puts sign in the place of one character of a body; places from the end are negative."""
    at = f"{place} + 1" if place >= 0 else f"length(body) + {place} + 1"
    old = f"substr(body, {at}, 1)"
    new = f"CASE {old} WHEN '{sign}' THEN 'A' ELSE '{sign}' END" if sign else "CAST(x'c3' AS TEXT)"
    return f"UPDATE sealed SET body = substr(body, 1, {at} - 1) || {new} || substr(body, {at} + 1) WHERE id = 1"


EDITS = {
    **{f"character {place}": edited(place, "Q") for place in (0, 7, 15, 16, 17, 300, -30, -5, -3)},
    **{f"{name} at {place}": edited(place, sign) for place in (0, 300, -1)
       for name, sign in {"no letter": "", "a hanzi": "密", "a blank": " ", "a line": "\n", "a filler": "="}.items()},
    "one off": "UPDATE sealed SET body = substr(body, 1, length(body) - 4) WHERE id = 1",
    "one more": "UPDATE sealed SET body = body || 'AAAA' WHERE id = 1",
    "nothing": "UPDATE sealed SET body = '' WHERE id = 1",
    "no more than a nonce": "UPDATE sealed SET body = substr(body, 1, 16) WHERE id = 1",
    "in plain": """UPDATE sealed SET body = '{"kind":"entry"}' WHERE id = 1""",
    "a NUL": "UPDATE sealed SET body = body || char(0) WHERE id = 1",
}  # fmt: skip


@pytest.mark.parametrize("statement", EDITS.values(), ids=EDITS)
def test_a_row_that_was_edited_is_named_and_the_others_open(statement: str, path: Path):
    outside(path, run(statement))
    with open_office(path, "王春燕") as office:
        opened = unlocked(office)
        assert [BROKEN.format(1) in finding for finding in opened.findings] == [True]
        assert [paper.number for paper in confidential.papers(opened)] == ["涉2026-003", "涉2026-002"]
        assert checking.verify(office).findings != ()


def test_every_bit_that_turned_is_noticed(template: Path, tmp_path: Path):
    """One body, every sixth bit of it: none opens, and none keeps the other rows from opening."""
    raw = sqlite3.connect(template)
    body = raw.execute("SELECT body FROM sealed WHERE id = 1").fetchone()[0].encode()
    raw.close()
    with open_office(Path(shutil.copy(template, tmp_path / "b.office.db")), "王春燕") as office:
        ring = sealed.ring_of(office.db, ROOT)
        assert ring is not None
        office.db.execute("BEGIN")
        for bit in range(0, 8 * len(body), 6):
            turned = bytearray(body)
            turned[bit // 8] ^= 1 << bit % 8
            office.db.execute("UPDATE sealed SET body = CAST(? AS TEXT) WHERE id = 1", [bytes(turned)])
            content = sealed.read(office.db, ring)
            assert (content.broken, sorted(content.items), content.is_whole) == ([1], [2, 3, 4], False), bit


def test_an_older_head_is_noticed(path: Path, tmp_path: Path):
    older = Path(shutil.copy(path, tmp_path / "older.db"))
    with open_office(path, "王春燕") as office:
        confidential.correct_paper(unlocked(office), LAST, {"cabinet_no": "乙"}, TODAY, "登记错误")
    raw = sqlite3.connect(older)
    (head,) = raw.execute("SELECT body FROM seal_head").fetchone()
    raw.close()
    outside(path, lambda raw: raw.execute("UPDATE seal_head SET body = ?", [head]))
    with open_office(path, "王春燕") as office:
        assert [TOTAL in one for one in unlocked(office).findings] == [True]


def test_only_the_printed_head_tells_of_a_whole_file_put_back(path: Path, tmp_path: Path):
    """No mark inside a file can say that all of it is older; the head at the foot of a printed page does."""
    older = Path(shutil.copy(path, tmp_path / "older.db"))
    with open_office(path, "王春燕") as office:
        confidential.register_paper(unlocked(office), PAPER, TODAY)
        printed = checking.chain_head(office)
    shutil.copy(older, path)
    with open_office(path, "王春燕") as office:
        assert unlocked(office).findings == ()
        assert checking.chain_head(office) != printed


def test_a_rewritten_past_of_a_row_is_not_told_as_true(path: Path):
    with open_office(path, "王春燕") as office:
        assert [one["body"]["fields"]["cabinet_no"] for one in vault.past(unlocked(office), FIRST)] == [
            None, "甲1", "甲2",
        ]  # fmt: skip

    def rewrite(raw: Raw) -> None:
        other = "(SELECT json_extract(after, '$.body') FROM change_log WHERE register = 'sealed' AND row_id = 2)"
        raw.execute(
            f"UPDATE change_log SET after = json_set(after, '$.body', {other}) "
            "WHERE register = 'sealed' AND row_id = 1 AND before IS NULL"
        )
        hash_anew(raw)

    outside(path, rewrite)
    with open_office(path, "王春燕") as office:
        assert [one["body"] is None for one in vault.past(unlocked(office), FIRST)] == [True, False, False]
    outside(path, run("UPDATE change_log SET after = 'x' WHERE register = 'sealed' AND row_id = 1"))
    with open_office(path, "王春燕") as office, pytest.raises(OfficeError, match="有损坏"):
        vault.past(unlocked(office), FIRST)


def test_a_head_that_is_gone_is_not_taken_for_a_new_office(path: Path):
    with open_office(path, "王春燕") as office:
        vault.set_password(unlocked(office), "赵文静", "yun-shui-2026")
    outside(path, run("DELETE FROM seal_head"))
    with open_office(path, "王春燕") as office:
        assert vault.is_made(office)
        assert any("seal_head" in one for one in checking.verify(office).findings)
        for work in (
            lambda: vault.unlock(office, "yun-shui-2026"),
            lambda: unlocked(office),
        ):
            with pytest.raises(OfficeError, match="封签缺失"):
                work()
        with pytest.raises(OfficeError, match="已经启用"):
            vault.make(office, "赵文静", "yun-shui-2026")


def test_two_who_have_it_open_never_write_over_each_other(path: Path):
    with open_office(path, "王春燕") as office:
        one, other = unlocked(office), unlocked(office)
        confidential.correct_paper(one, FIRST, {"cabinet_no": "乙"}, TODAY, "登记错误")
        before = office.db.conn.serialize()
        with pytest.raises(OfficeError, match="刚在别处写过"):
            confidential.register_paper(other, PAPER, TODAY)
        with pytest.raises(OfficeError, match="刚在别处写过"):
            confidential.correct_paper(other, FIRST, {"cabinet_no": "丙"}, TODAY, "登记错误")
        assert office.db.conn.serialize() == before
        assert confidential.papers(other)[0].number == "涉2026-003"
        confidential.register_paper(one, PAPER, TODAY)
        assert unlocked(office).findings == ()


def test_a_write_inside_a_change_that_fails_is_not_built_upon(path: Path):
    """Its row is not in the file; the next write says so instead of leaving a gap."""
    with open_office(path, "王春燕") as office:
        opened = unlocked(office)
        with suppress(ZeroDivisionError), change(office):
            assert confidential.register_paper(opened, PAPER, TODAY) is not None
            raise ZeroDivisionError
        with pytest.raises(OfficeError, match="重新解锁"):
            confidential.register_paper(opened, PAPER, TODAY)
        again = unlocked(office)
        assert again.findings == ()
        paper = confidential.register_paper(again, PAPER, TODAY)
        assert paper is not None
        assert paper.number == "涉2026-004"
        close_office(office)


def test_a_row_that_is_written_while_it_opens_is_no_tampering(path: Path, monkeypatch: pytest.MonkeyPatch):
    """A second program looks on while the first one writes: between two looks at the file nothing changes."""
    versions = sealed._logged_versions

    def meanwhile(db):
        found = versions(db)
        other = sqlite3.connect(path, timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute(f"UPDATE sealed SET version = version + 1 WHERE id = {LAST}")
        other.close()
        return found

    monkeypatch.setattr(sealed, "_logged_versions", meanwhile)
    with open_office(path, "王春燕") as office:
        assert unlocked(office).findings == ()
