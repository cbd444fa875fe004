# SPDX-License-Identifier: MulanPSL-2.0
"""Nothing of the guarded register can be read anywhere without the key: not in the file, not beside it, not ever."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from tests.services.guarded.guarded_life import ENTRY, NOON, STEPS, WORDS, begin, in_data, leaks, live, spellings
from township_office.core.errors import OfficeError
from township_office.core.recovery import code_of
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import backup, browsing, checking, exporting, printing, records, search, undoing
from township_office.services.browsing import View
from township_office.services.guarded import confidential, custody, vault
from township_office.services.guarded.vault import Vault
from township_office.services.office import Office, change, close_office, open_office
from township_office.store import changelog, database, rows, sealed

ROOT_FOLDER = Path(__file__).parents[3]
TODAY = date(2026, 11, 20)
ROOT = bytes(range(16))
CODE = code_of(ROOT)
ORDINARY = "关于报送松树包村道路清单的通知"


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every folder the program may write into, each empty, below one."""
    for variable, name in (
        ("TMPDIR", "temp"), ("SQLITE_TMPDIR", "temp"), ("HOME", "home"), ("XDG_STATE_HOME", "state"),
        ("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache"), ("XDG_DATA_HOME", "data"),
    ):  # fmt: skip
        (tmp_path / name).mkdir(exist_ok=True)
        monkeypatch.setenv(variable, str(tmp_path / name))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


@pytest.fixture
def guarded_office(places: Path, new_office) -> Iterator[tuple[Office, Vault]]:
    (places / "office").mkdir()
    office = new_office(places / "office" / "a.office.db")
    with change(office) as pen:
        sealed.begin(pen, "0123456789abcdef", ROOT)
    opened = vault.unlock_with_code(office, CODE, "赵文静")
    yield office, opened
    vault.lock(opened)
    close_office(office)


# ---- the search for words finds what is there ----


def test_the_scan_finds_a_word_however_it_is_written(tmp_path: Path):
    for word in WORDS:
        for how, data in spellings(word).items():
            assert (word, how) in in_data(b"\xff\x00{" + data + b"}\x01")
    for offset in range(3):
        text = base64.b64encode(b"x" * offset + '{"title":"绀珠计划收官方案"}'.encode())
        assert [word for word, _ in in_data(text)] == ["绀珠计划收官方案"]


def test_the_words_of_an_ordinary_receipt_are_found_everywhere(guarded_office, places: Path):
    """The same search over the same places: file, journal, backup, sheet and print hold what is not guarded."""
    office, _ = guarded_office
    planted = {"sender": "青峦县机要联络站", "title": "绀珠计划收官方案", "remarks": "丁柜XK-9078"}
    with change(office):
        records.register_document(office, RECEIPT, planted | {"received_on": "2026-11-20"}, TODAY)
        office.db.execute("PRAGMA cache_size = 1")
        for _ in range(30):
            records.register_document(office, RECEIPT, planted | {"received_on": "2026-11-20"}, TODAY)
        assert {word for _, word, _ in leaks(places)} == set(planted.values()), "caught while it is written"
    with change(office):
        records.correct(office, RECEIPT, 1, {"title": "别的题"}, TODAY, "错字")
        assert "绀珠计划收官方案" in {word for name, word, _ in leaks(places) if name.endswith("-journal")}
    carry_out(office, places)
    found = {(name.split(".", 1)[-1], word) for name, word, _ in leaks(places)}
    for kind in ("office.db", "xlsx", "pdf"):
        assert {word for suffix, word in found if suffix == kind} >= {"青峦县机要联络站", "绀珠计划收官方案"}


def files(office: Office) -> list[Path]:
    return [path for path in office.path.parent.iterdir() if path.is_file()]


def carry_out(office: Office, places: Path) -> None:
    """Back up, export, print: everything that carries the office's words out of the file."""
    (places / "stick").mkdir(exist_ok=True)
    backup.backup_to(office, places / "stick")
    for register in (RECEIPT, DISPATCH):
        target = places / f"{register.name}.xlsx"
        target.unlink(missing_ok=True)
        with_rows = bool(browsing.row_ids(office, register, View(), TODAY))
        exporting.export_register(office, register, View(), target, TODAY)
        if with_rows:
            page = places / f"{register.name}.pdf"
            page.unlink(missing_ok=True)
            printing.print_register(office, register, printing.PrintRequest(2026), page, TODAY)


# ---- and nothing of the guarded ones ----


def test_nothing_is_readable_at_any_moment_of_a_papers_life(guarded_office, places: Path):
    office, opened = guarded_office
    records.register_document(office, RECEIPT, {"received_on": "2026-11-20", "title": ORDINARY, "sender": "甲"}, TODAY)
    paper_id = begin(opened)
    assert leaks(places) == []
    live(opened, paper_id)
    assert confidential.get_paper(opened, paper_id).copies["LF88231"].state == "destroyed"
    assert leaks(places) == []
    carry_out(office, places)
    assert leaks(places) == []
    vault.lock(opened)
    carry_out(office, places)
    office.db.execute("VACUUM")
    assert leaks(places) == []
    assert list((places / "temp").iterdir()) == []
    assert {path.name for path in files(office)} <= {"a.office.db", "a.office.db.lock", "a.office.db-journal"}
    for word in WORDS:
        for register in (RECEIPT, DISPATCH):
            assert search.find(office, register, word, 5) == []
    assert checking.verify(office).findings == ()
    again = vault.unlock_with_code(office, CODE)
    assert again.findings == ()
    assert confidential.get_paper(again, paper_id).record["title"] == "赭石行动部署纪要", "while it is all in there"


def test_nothing_is_readable_in_the_middle_of_a_write(guarded_office, places: Path):
    """A cache of one page: SQLite writes to file and journal at once. Then the write fails, and is taken back."""
    office, opened = guarded_office
    paper_id = begin(opened)
    live(opened, paper_id)
    office.db.execute("PRAGMA cache_size = 1")
    count = confidential.count(opened)

    def fail_inside() -> None:
        with change(office):
            other = begin(opened)
            live(opened, other)
            for _ in range(20):
                confidential.correct_paper(opened, paper_id, ENTRY, TODAY, "份号记错")
            journal = office.path.with_name(f"{office.path.name}-journal")
            assert journal.stat().st_size > 8192, "the journal is hot"
            assert leaks(places) == []
            raise ZeroDivisionError

    with pytest.raises((ZeroDivisionError, OfficeError)) as caught:
        fail_inside()
    del caught
    assert leaks(places) == []
    opened = vault.unlock_with_code(office, CODE)
    assert opened.findings == ()
    assert confidential.count(opened) == count
    assert checking.verify(office).findings == ()


@pytest.mark.parametrize(
    ("module", "name", "call"),
    [
        (rows, "insert", 1),
        (rows, "insert", 2),
        (changelog, "append", 1),
        (changelog, "append", 2),
        (sealed, "_head_body", 1),
    ],
)
def test_a_write_that_fails_leaves_nothing_and_the_next_is_whole(
    module: ModuleType, name: str, call: int, guarded_office, places: Path, monkeypatch
):
    """The disk says no at a row, at its entry in the log, or at the head."""
    office, opened = guarded_office
    paper_id = begin(opened)
    live(opened, paper_id)
    before, seen = office.db.conn.serialize(), confidential.papers(opened)
    work, left = getattr(module, name), call

    def fail(*arguments: object, **more: object) -> object:
        nonlocal left
        left -= 1
        if left == 0:
            raise OfficeError("error.disk_full", path=office.path)
        return work(*arguments, **more)

    monkeypatch.setattr(module, name, fail)
    with pytest.raises(OfficeError, match="磁盘已满"):
        custody.take_step(opened, paper_id, ["773103", "773101"], "out", STEPS["out"], NOON)
    assert left == 0
    monkeypatch.undo()
    assert office.db.conn.serialize() == before
    assert confidential.papers(opened) == seen
    custody.take_step(opened, paper_id, ["773103", "773101"], "out", STEPS["out"], NOON)
    assert vault.unlock_with_code(office, CODE).findings == ()
    assert leaks(places) == []


def test_undoing_neighbours_neither_holds_nor_writes_a_word(guarded_office, places: Path):
    office, opened = guarded_office
    row = records.register_document(
        office, RECEIPT, {"received_on": "2026-11-20", "title": ORDINARY, "sender": "甲"}, TODAY
    )
    paper_id = begin(opened)
    live(opened, paper_id)
    deed = undoing.to_undo(office)
    assert deed is not None
    assert (deed.register, deed.row_id) == ("receipt", row["id"]), "no deed of the guarded register is on the list"
    assert len(office.deeds.done) == 1
    before = office.db.execute("SELECT id, version, body FROM sealed").fetchall()
    undoing.undo(office, TODAY)
    assert in_data(repr(office.deeds).encode()) == []
    live(opened, begin(opened))
    assert undoing.to_redo(office) is None
    with pytest.raises(OfficeError):
        undoing.undo(office, TODAY)
    assert office.db.execute("SELECT id, version, body FROM sealed").fetchall()[: len(before)] == before
    assert in_data(repr(office.deeds).encode()) == []
    assert leaks(places) == []
    assert vault.unlock_with_code(office, CODE).findings == ()
    assert checking.verify(office).findings == ()


def test_what_is_found_wrong_is_told_without_a_word(guarded_office, places: Path):
    office, opened = guarded_office
    live(opened, begin(opened))
    vault.lock(opened)
    with database.writing(office.db):
        office.db.execute("UPDATE sealed SET body = 'AAAA' WHERE id = 3")
        office.db.execute("UPDATE sealed SET version = version + 1 WHERE id = 5")
        for (name,) in office.db.execute(
            "SELECT name FROM sqlite_master WHERE tbl_name = 'change_log' AND sql LIKE '%append-only%'"
        ).fetchall():
            office.db.execute(f"DROP TRIGGER {name}")
        office.db.execute("UPDATE change_log SET why = 'x' WHERE register = 'sealed' AND row_id = 4")
    findings = checking.verify(office).findings
    assert len(findings) >= 3
    assert in_data("\n".join(findings).encode()) == []
    assert "sealed" not in "".join(findings), "told in the clerk's words"
    assert leaks(places) == []


# ---- the program dies ----

DYING = """
import os, signal, sys
from pathlib import Path
from tests.services.guarded.guarded_life import begin, live
from township_office.services.guarded import vault
from township_office.services.office import change, open_office
office = open_office(Path(sys.argv[1]), '王春燕')
opened = vault.unlock_with_code(office, sys.argv[2], '赵文静')
live(opened, begin(opened))
office.db.execute('PRAGMA cache_size = 1')
with change(office):
    for _ in range(4):
        live(opened, begin(opened))
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="uses POSIX signals")
def test_a_program_killed_in_the_middle_of_a_write_leaves_nothing_readable(guarded_office, places: Path):
    office, opened = guarded_office
    close_office(office)
    child = subprocess.run([sys.executable, "-c", DYING, str(office.path), CODE], cwd=ROOT_FOLDER, check=False)
    assert child.returncode == -signal.SIGKILL
    journal = office.path.with_name(f"{office.path.name}-journal")
    assert journal.stat().st_size > 8192, "the journal was left hot"
    assert leaks(places) == []
    with open_office(office.path, "王春燕") as again:
        assert not journal.exists()
        assert checking.verify(again).findings == ()
        opened = vault.unlock_with_code(again, CODE)
        assert opened.findings == ()
        assert [paper.number for paper in confidential.papers(opened)] == ["涉2026-002", "涉2026-001"], "all or nothing"
        again.db.execute("VACUUM")
    assert leaks(places) == []


LOGGING = """
import logging, sys, warnings
from pathlib import Path
from tests.services.guarded.guarded_life import TODAY, begin, live
from township_office.services.guarded import confidential, vault
from township_office.services.logbook import keep_log
from township_office.services.office import open_office
keep_log()
office = open_office(Path(sys.argv[1]), '王春燕')
opened = vault.unlock_with_code(office, sys.argv[2], '赵文静')
paper = begin(opened)
live(opened, paper)
copies = confidential.get_paper(opened, paper).copies
try:
    try:
        confidential.correct_paper(opened, paper, {}, TODAY, copies['773101'].serial)
    except Exception:
        copies[copies['773102'].holder]
except KeyError:
    logging.getLogger('x').exception('unexpected')
try:
    int(copies['773102'].holder)
except ValueError as error:
    logging.getLogger('x').error('unexpected', exc_info=error)
warnings.warn(repr(opened))
"""


def test_the_programs_log_tells_the_way_to_a_fault_and_not_its_words(guarded_office, places: Path):
    """A bug's own message may be a 份号 or a name: KeyError('773101')."""
    office, _ = guarded_office
    close_office(office)
    child = [sys.executable, "-c", LOGGING, str(office.path), CODE]
    done = subprocess.run(child, cwd=ROOT_FOLDER, check=True, capture_output=True)
    assert in_data(done.stdout + done.stderr) == []
    (log,) = places.rglob("program.log")
    told = log.read_text("utf-8")
    assert told.count("unexpected") == 2
    for kind in ("KeyError", "ValueError", "OfficeError", "correct_paper"):
        assert kind in told
    assert leaks(places) == []
