# SPDX-License-Identifier: MulanPSL-2.0
"""Opening: only a whole file of ours, by one program at a time, and nothing is touched that is refused."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from township_office.core.errors import Invalid, OfficeError
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, checking, records, settings
from township_office.services.browsing import View
from township_office.services.office import Office, change, close_office, create_office, open_office, twin
from township_office.store import database

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 20)


def state_of_folder(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def stranger(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in ("CREATE TABLE a (b)", "INSERT INTO a VALUES ('别人的')", *statements):
        connection.execute(statement)
    connection.commit()
    connection.close()


def newer(path: Path) -> None:
    close_office(create_office(path, "云水镇", "王", TODAY))
    connection = sqlite3.connect(path)
    columns = "(migration_set, name, applied_at)"
    connection.execute(f"INSERT INTO _sqlite_migrations {columns} VALUES ('township_office', '9999_future', 'x')")
    connection.commit()
    connection.close()
    path.with_name(path.name + ".lock").unlink()


NOT_OURS, NO_FILE = "这不是本程序的登记簿文件", "找不到登记簿文件"
REFUSED = {
    "random bytes": (lambda path: path.write_bytes(os.urandom(20_000)), NOT_OURS),
    "an empty file": (lambda path: path.write_bytes(b""), NOT_OURS),
    "a line of text": (lambda path: path.write_text("收文登记", "utf-8"), NOT_OURS),
    "the head alone": (lambda path: path.write_bytes(b"SQLite format 3\x00"), NOT_OURS),
    "a stranger's database": (stranger, NOT_OURS),
    "a stranger's WAL database": (lambda path: stranger(path, "PRAGMA journal_mode = WAL"), NOT_OURS),
    "another office program's": (lambda path: stranger(path, "PRAGMA application_id = 1234"), NOT_OURS),
    "a file of a newer program": (newer, "更新版本的程序"),
    "a folder": (lambda path: path.mkdir(), NO_FILE),
    "nothing": (lambda path: None, NO_FILE),
    "a dangling link": (lambda path: path.symlink_to("nowhere"), NO_FILE),
    "a link to itself": (lambda path: path.symlink_to(path.name), "打不开|找不到"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_not_ours_to_open_is_refused_and_untouched(kind: str, tmp_path: Path):
    make, sentence = REFUSED[kind]
    path = tmp_path / "年度总结.office.db"
    make(path)
    before = state_of_folder(tmp_path)
    for _ in range(2):
        with pytest.raises(OfficeError, match=sentence):
            open_office(path, "王春燕")
    assert state_of_folder(tmp_path) == before


def test_a_name_too_long_is_told(tmp_path: Path):
    for name in ("字" * 90, "a/" * 3000):
        with pytest.raises(OfficeError, match=r"打不开|找不到"):
            open_office(tmp_path / name, "王")
        with pytest.raises(OfficeError, match=r"打不开|找不到"):
            create_office(tmp_path / name, "云水镇", "王", TODAY)
    assert list(tmp_path.iterdir()) == []


def test_a_cut_off_file_is_told_as_damaged_or_foreign(tmp_path: Path):
    close_office(create_office(tmp_path / "a.office.db", "云水镇", "王", TODAY))
    whole = (tmp_path / "a.office.db").read_bytes()
    keys = set()
    for length in (50, 100, 2000, 4096, 4500, len(whole) // 2, len(whole) - 4096):
        path = tmp_path / "cut.office.db"
        path.write_bytes(whole[:length])
        try:
            office = open_office(path, "王")
        except OfficeError as error:
            keys.add(error.key)
        else:
            with office:
                assert checking.verify(office).findings, length
    assert keys <= {"error.damaged", "error.not_our_file", "error.disk_fault"}


@pytest.mark.parametrize(
    ("name", "clerk"),
    [("", "王"), ("镇", "王"), ("字" * 61, "王"), ("云水镇", ""), ("云水镇", "王,李"), ("云水镇", "字" * 21)],
)
def test_an_office_needs_a_name_and_a_clerk(name: str, clerk: str, tmp_path: Path):
    with pytest.raises(OfficeError, match="请填写"):
        create_office(tmp_path / "a.office.db", name, clerk, TODAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "clerk"), [("机密★3年", "王"), ("云水镇", "机密★3年")])
def test_an_office_bears_no_secret_mark(name: str, clerk: str, tmp_path: Path):
    with pytest.raises(OfficeError, match="国家秘密标志"):
        create_office(tmp_path / "a.office.db", name, clerk, TODAY)
    assert list(tmp_path.iterdir()) == []


def test_a_new_office_is_whole(tmp_path: Path):
    path = tmp_path / "云水镇 #1 (新).office.db"
    with create_office(path, " 云水镇\u200b党政办 ", "王春燕", TODAY) as office:
        assert settings.office_name(office) == "云水镇党政办"
        assert settings.clerks(office) == ["王春燕"]
        assert not office.is_readonly
        assert checking.verify(office).findings == ()
    assert sorted(one.name for one in tmp_path.iterdir()) == [path.name, path.name + ".lock"]
    with pytest.raises(OfficeError, match="已经有同名文件"):
        create_office(path, "云水镇", "王", TODAY)
    with open_office(path, "李") as again:
        assert settings.office_name(again) == "云水镇党政办"


@pytest.mark.parametrize("at", ["backup", "fill"])
def test_an_office_that_could_not_be_made_leaves_nothing(at: str, tmp_path: Path, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((database, "_flush") if at == "backup" else (settings.store, "write")), fail)
    with pytest.raises(OfficeError, match="磁盘已满"):
        create_office(tmp_path / "a.office.db", "云水镇", "王", TODAY)
    assert list(tmp_path.iterdir()) == []


def test_it_is_open_in_one_place_only(office: Office, tmp_path: Path):
    with pytest.raises(OfficeError, match="王春燕"):
        open_office(office.path, "李向东")
    (tmp_path / "link.office.db").symlink_to(office.path)
    with pytest.raises(OfficeError, match="王春燕"):
        open_office(tmp_path / "link.office.db", "李向东")
    close_office(office)
    close_office(office)
    with open_office(office.path, "李向东"):
        pass


def test_a_second_program_is_refused_and_a_killed_one_lets_go(tmp_path: Path, draft):
    path = tmp_path / "a.office.db"
    close_office(create_office(path, "云水镇", "王", TODAY))
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom township_office.services.office import open_office\n"
        "office = open_office(Path(sys.argv[1]), '李向东')\nprint('open', flush=True)\ntime.sleep(60)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", script, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    with pytest.raises(OfficeError, match="李向东"):
        open_office(path, "王春燕")
    child.kill()
    child.communicate()
    with open_office(path, "王春燕") as office:
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)


class TestReadonly:
    @pytest.fixture
    def readonly(self, office: Office, draft, monkeypatch):
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        close_office(office)
        before = state_of_folder(office.path.parent)
        monkeypatch.setattr(database.os, "access", lambda path, mode: mode != os.W_OK)
        with open_office(office.path, "李向东") as opened:
            yield opened
        assert state_of_folder(office.path.parent) == before

    def test_everything_can_be_read(self, readonly: Office):
        assert readonly.is_readonly
        ids = browsing.row_ids(readonly, RECEIPT, View(), TODAY)
        assert [row["number"] for row in browsing.rows(readonly, RECEIPT, ids)] == ["2026-0001"]
        assert checking.verify(readonly).findings == ()
        with twin(readonly) as own:
            assert own.is_readonly

    def test_nothing_can_be_written(self, readonly: Office, draft):
        for write in (
            lambda: records.register_document(readonly, RECEIPT, draft("receipt"), TODAY),
            lambda: records.correct(readonly, RECEIPT, 1, {"title": "改"}, TODAY),
            lambda: records.void(readonly, RECEIPT, 1, "重复", TODAY),
            lambda: settings.set_setting(readonly, "office.name", "别的镇"),
        ):
            with pytest.raises(OfficeError, match="只读"):
                write()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs another user to be")
def test_another_user_without_the_right_to_write_reads(tmp_path_factory: pytest.TempPathFactory):
    """As on a share where the folder was locked by the county: opened read-only, or refused with a sentence."""
    folder = tmp_path_factory.mktemp("locked")
    close_office(create_office(folder / "a.office.db", "云水镇", "王", TODAY))
    before = state_of_folder(folder)
    child = (
        "import os, sys\nimport sqlite_utils\nfrom datetime import date\n"
        "from pathlib import Path\n"
        "from township_office.core.errors import OfficeError\nfrom township_office.registers.receipt import RECEIPT\n"
        "from township_office.services import checking, records\n"
        "from township_office.services.office import create_office, open_office\n"
        "path = Path(sys.argv[1])\n"
        "os.setgid(65534), os.setuid(65534)\n"
        "try:\n"
        "    office = open_office(path, '李')\n"
        "    print('read-only' if office.is_readonly else 'open', len(checking.verify(office).findings))\n"
        "    draft = {'received_on': '今天', 'sender': '甲', 'title': '题'}\n"
        "    records.register_document(office, RECEIPT, draft, date.today())\n"
        "except OfficeError as error:\n"
        "    print(error.key)\n"
        "try:\n"
        "    create_office(path.with_name('b.office.db'), '云水镇', '李', date.today())\n"
        "except OfficeError as error:\n"
        "    print(error.key)\n"
    )

    def as_nobody(mode: int, file_mode: int) -> list[str]:
        folder.chmod(mode)
        (folder / "a.office.db").chmod(file_mode)
        parents = [one for one in folder.parents if one.stat().st_uid == os.geteuid() and one != Path("/")]
        modes = {one: one.stat().st_mode for one in parents}
        for one in parents:
            one.chmod(modes[one] | 0o011)
        try:
            done = subprocess.run(
                [sys.executable, "-c", child, str(folder / "a.office.db")],
                cwd=ROOT, capture_output=True, text=True, check=True,
            )  # fmt: skip
        finally:
            for one, former in modes.items():
                one.chmod(former)
            folder.chmod(0o700)
        return done.stdout.split()

    assert as_nobody(0o755, 0o644) == ["read-only", "0", "error.read_only", "error.no_permission"]
    assert as_nobody(0o755, 0o600) == ["error.no_permission", "error.no_permission"]
    assert as_nobody(0o700, 0o644) == ["error.no_permission", "error.no_permission"]
    assert state_of_folder(folder) == before


def test_nothing_is_written_without_a_name(office: Office, draft):
    close_office(office)
    with open_office(office.path, "  ") as nobody:
        assert browsing.counts(nobody, RECEIPT, None, TODAY) == {"": 0}
        with pytest.raises(OfficeError, match="经办人"):
            records.register_document(nobody, RECEIPT, draft("receipt"), TODAY)
        nobody.clerk = "李向东"
        assert records.register_document(nobody, RECEIPT, draft("receipt"), TODAY)["entered_by"] == "李向东"


def test_a_clerk_with_half_characters_harms_nothing(office: Office, draft):
    close_office(office)
    with open_office(office.path, "李\udcff\x00向东") as opened:
        assert records.register_document(opened, RECEIPT, draft("receipt"), TODAY)["entered_by"] == "李\ufffd向东"


def test_a_twin_sees_what_is_kept_and_only_that(office: Office, draft):
    with change(office), twin(office) as own:
        assert browsing.counts(own, RECEIPT, None, TODAY) == {"": 0}
    records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    with twin(office) as own:
        assert browsing.counts(own, RECEIPT, None, TODAY)[""] == 1
        records.register_document(own, RECEIPT, draft("receipt"), TODAY)
    assert browsing.counts(office, RECEIPT, None, TODAY)[""] == 2
    with pytest.raises(OfficeError, match="王春燕"):  # the twin's end did not give the lock away
        open_office(office.path, "李向东")


def test_twins_in_threads_never_take_one_number_twice(office: Office, draft):
    numbers: list[str] = []
    failures: list[BaseException] = []

    def work(register, name: str) -> None:
        try:
            with twin(office) as own:
                made = (records.register_document(own, register, draft(name), TODAY) for _ in range(15))
                numbers.extend(f"{name}{row['number']}" for row in made)
        except (OfficeError, Invalid, sqlite3.Error) as error:
            failures.append(error)

    pairs = [(RECEIPT, "receipt"), (RECEIPT, "receipt"), (DISPATCH, "dispatch"), (RECEIPT, "receipt")]
    threads = [threading.Thread(target=work, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(set(numbers)) == len(numbers) == 60
    assert sorted(n for n in numbers if n.startswith("receipt")) == [f"receipt2026-{n:04d}" for n in range(1, 46)]
    assert checking.verify(office).findings == ()
