# SPDX-License-Identifier: MulanPSL-2.0
"""The way in: python -m, the console script, a verb or the window, in any locale."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from township_office import __main__ as entry
from township_office import cli
from township_office.paper.fonts import Face, files_for, find_fonts
from township_office.services import checking, tour
from township_office.services.office import create_office, open_office

ROOT = Path(__file__).parents[1]
LOCALES = {
    "C": {"LANG": "C"},
    "C, and no help from Python": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "POSIX": {"LC_ALL": "POSIX"},
    "a strange one": {"LC_ALL": "xx_YY.nothing"},
}
OWN = ("LC_", "LANG", "PYTHON", "QT_", "DISPLAY", "WAYLAND_DISPLAY")  # not those of whoever runs the tests
needs_fonts = pytest.mark.skipif(not files_for(Face.SONG, find_fonts()), reason="no Chinese TrueType font here")


def shell(*words: object, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as the shell would, in a folder and an environment of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    kept |= {"PYTHONPATH": str(ROOT), "HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")} | environment
    command = [sys.executable, "-m", "township_office", *map(str, words)]
    return subprocess.run(command, cwd=folder, env=kept, capture_output=True, check=False)


@pytest.fixture
def file(tmp_path: Path, today) -> Path:
    create_office(tmp_path / "云水镇.office.db", "云水镇党政办", "王春燕", today).__exit__(None, None, None)
    return tmp_path / "云水镇.office.db"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_verb_in_any_locale(locale: str, file: Path, tmp_path: Path):
    environment = LOCALES[locale]
    done = shell("add", file, "receipt", "title=㙍县防汛", "sender=县府办", "--json", folder=tmp_path, **environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["title"] == "㙍县防汛"
    done = shell("find", file, "receipt", "防汛", folder=tmp_path, **environment)
    assert "㙍县防汛" in done.stdout.decode("utf-8")
    done = shell("add", file, "receipt", "标题=x", folder=tmp_path, **environment)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode("utf-8").startswith("没有“标题”这一栏")
    done = shell("verify", tmp_path / "没有.db", folder=tmp_path, **environment)
    assert (done.returncode, done.stderr.decode("utf-8").count("没有.db")) == (1, 1)


def test_exit_codes_and_streams(file: Path, tmp_path: Path):
    done = shell("list", file, "receipt", "--json", folder=tmp_path)
    assert (done.returncode, json.loads(done.stdout), done.stderr) == (0, [], b"")
    done = shell("list", tmp_path / "none.db", "receipt", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (1, b"", 1)
    done = shell("bogus", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)


@pytest.mark.skipif(os.name == "nt", reason="pipes of a POSIX shell")
@pytest.mark.parametrize("behind", ["| true", "| head -c 1 >/dev/null", ">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_a_shell_that_does_not_listen(behind: str, file: Path, tmp_path: Path):
    python, office = shlex.quote(sys.executable), shlex.quote(str(file))
    command = f"set -o pipefail; {python} -m township_office list {office} receipt --json {behind}"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    done = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, check=False, timeout=60)
    assert done.stderr == b""
    assert done.returncode == 0


def test_the_unexpected_is_written_to_the_log(file: Path, tmp_path: Path):
    code = (
        "import sys\nfrom township_office.services import browsing\nfrom township_office.__main__ import main\n"
        "browsing.row_ids = lambda *_: 1 / 0\nsys.exit(main(sys.argv[1:]))"
    )
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    command = [sys.executable, "-c", code, "list", str(file), "receipt"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "程序出错，没有完成，已记入日志。请把日志交给技术人员。\n"
    (log,) = (tmp_path / "state").rglob("program.log")
    assert "ZeroDivisionError" in log.read_text("utf-8")


def test_the_console_script_is_this_way_in():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    module, name = scripts["township-office"].split(":")
    assert getattr(import_module(module), name) is not None
    assert import_module(module).main.__code__ is entry.main.__code__


class TestTheWindow:
    @pytest.fixture
    def opened(self, monkeypatch) -> list[object]:
        """What the window was opened on, and of which office pictures were saved."""
        application = import_module("township_office.ui.application")
        seen: list[object] = []
        monkeypatch.setattr(application, "run", lambda path=None: seen.append(path) or 0)
        monkeypatch.setattr(application, "save_pictures", lambda path: seen.append(("pictures", path)) or 0)
        monkeypatch.setattr(application, "has_screen", lambda: True)
        return seen

    def test_opens_without_a_verb(self, opened: list[object], monkeypatch):
        monkeypatch.setattr(sys, "argv", ["township-office"])
        assert entry.main() == entry.main([]) == entry.main(["a b/云水镇.office.db"]) == 0
        assert opened == [None, None, Path("a b/云水镇.office.db")]

    def test_stays_shut_for_a_verb(self, opened: list[object], file: Path, capsys):
        assert entry.main(["list", str(file), "receipt"]) == 0
        assert entry.main(["bogus"]) == 2
        assert entry.main(["tour", "--help"]) == 0
        assert opened == []
        capsys.readouterr()

    @pytest.mark.parametrize("words", [("--to", "X"), ("--to=X",), ("--to", "X", "--clerk", "王")])
    def test_shows_the_office_of_a_tour(self, words, opened: list[object], tmp_path: Path, monkeypatch, capsys):
        monkeypatch.setattr(tour, "take", lambda folder, today: iter([str(folder)]))
        monkeypatch.chdir(tmp_path)
        assert entry.main(["tour", *words]) == 0
        assert capsys.readouterr().out.splitlines()[0] == "X"
        assert opened == [tmp_path / "X" / "云水镇示例.office.db"]

    def test_is_a_set_of_pictures_without_a_screen(self, opened: list[object], tmp_path: Path, monkeypatch):
        monkeypatch.setattr(tour, "take", lambda folder, today: iter([]))
        monkeypatch.setattr(import_module("township_office.ui.application"), "has_screen", lambda: False)
        monkeypatch.chdir(tmp_path)
        assert entry.main(["tour"]) == 0
        assert opened == [("pictures", tmp_path / cli.TOUR_FOLDER / "云水镇示例.office.db")]

    def test_stays_shut_when_a_tour_is_refused_or_asked_for_as_json(self, opened: list[object], tmp_path, monkeypatch):
        (tmp_path / "资料").write_text("x")
        assert entry.main(["tour", "--to", str(tmp_path / "资料")]) == 1
        monkeypatch.setattr(tour, "take", lambda folder, today: iter([]))
        assert entry.main(["tour", "--to", str(tmp_path / "x"), "--json"]) == 0
        assert opened == []


@needs_fonts
@pytest.mark.skipif(sys.platform != "linux", reason="a Linux machine without a screen")
def test_a_whole_tour_twice_in_a_row_without_a_screen(tmp_path: Path):
    """As make run does it on a server, under LANG=C, into a folder with blanks in its name."""
    environment = {"LANG": "C", "XDG_DATA_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
    folder = tmp_path / "我的 示例 1"
    for words in (("--json",), ()):
        done = shell("tour", "--to", folder, *words, folder=tmp_path, **environment)
        assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode("utf-8")
    for name in (
        "云水镇示例.office.db",
        "旧收文登记簿（示例）.xlsx",
        "收文登记簿2025.pdf",
        "收文登记簿2025.docx",
        "界面图片",
    ):
        assert str(folder / name) in said
        assert (folder / name).exists()
    assert len(list((folder / "界面图片").glob("*.png"))) >= 3
    assert tour.data_file(tmp_path / "我的 示例 1-1").is_file()
    for path in (tour.data_file(folder), *(folder / "备份").glob("*.db")):
        with open_office(path, "王春燕") as office:
            assert checking.verify(office).findings == ()
