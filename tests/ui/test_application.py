# SPDX-License-Identifier: MulanPSL-2.0
"""The program as a whole: straight to work where it can, else the first screen with the reason; no bug ends it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from township_office.core.text import t
from township_office.services import settings
from township_office.services.office import close_office, create_office, open_office
from township_office.ui import application, memory
from township_office.ui.application import Program, seat
from township_office.ui.dialogs.start_dialog import StartDialog
from township_office.ui.messages import Box
from township_office.ui.window import MainWindow

ROOT = Path(__file__).parents[2]
# A second program on the same computer, holding the file until it is told to end.
HOLD = """
import sys
from pathlib import Path
from township_office.services.office import open_office
office = open_office(Path(sys.argv[1]), "李文静")
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path: Path, today) -> Path:
    path = tmp_path / "云水镇.office.db"
    with create_office(path, "云水镇党政综合办公室", "王春燕", today) as office:
        settings.add_clerk(office, "李文静")
    return path


@pytest.fixture
def program(put_away):
    made = Program()
    yield made
    if start := first_screen():
        start.show_home()  # gives back a file that waits for its clerk
    put_away(
        *(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, (Box, StartDialog, MainWindow)))
    )
    made.close()


def first_screen() -> StartDialog | None:
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, StartDialog) and w.isVisible()), None)


def boxes() -> list[Box]:
    found = [box for top in QApplication.topLevelWidgets() for box in (top, *top.findChildren(Box))]
    return [box for box in dict.fromkeys(found) if isinstance(box, Box) and box.isVisible()]


def seated(path: Path) -> str:
    office = seat(path)
    if office is None:
        return ""
    close_office(office)
    return office.clerk


# ---- who sits down ----


def test_the_clerk_last_seen_sits_down_and_a_stranger_is_asked(file):
    assert seated(file) == "", "two names, none of them known here"
    memory.remember_clerk(file, "李文静")
    assert seated(file) == "李文静"
    memory.remember_clerk(file, "已调走")
    assert seated(file) == ""


def test_a_single_clerk_is_not_asked(tmp_path, today):
    path = tmp_path / "一人.office.db"
    create_office(path, "青松镇党政办", "陈海", today).lock.release()
    assert seated(path) == "陈海"


def test_what_will_not_open_seats_nobody_and_stays_free(file, tmp_path, monkeypatch):
    strange = tmp_path / "照片.office.db"
    strange.write_bytes(b"no office of ours" * 100)
    assert seat(strange) is None
    assert seat(tmp_path / "没有.office.db") is None
    memory.remember_clerk(file, "王春燕")
    with monkeypatch.context() as patch:
        patch.setattr(application.settings, "clerks", lambda office: open_office(strange, ""))  # fails as damage does
        assert seat(file) is None
    assert seated(file) == "王春燕", "its lock was given back"


def test_a_read_only_file_is_told_of_first(file, program, monkeypatch):
    memory.remember_clerk(file, "王春燕")
    real = open_office

    def opened(path, clerk):
        office = real(path, clerk)
        office.is_readonly = True  # root may write everything: what the file would have told any other user
        return office

    monkeypatch.setattr(application, "open_office", opened)
    monkeypatch.setattr("township_office.ui.dialogs.start_dialog.open_office", opened)
    program.begin(file)
    start = first_screen()
    assert start.trouble.words() == t("error.read_only")
    start.tiles[0].click()
    assert program.window.isVisible()
    assert program.office.is_readonly


# ---- beginning ----


def test_it_begins_with_the_office_last_used(file, program):
    memory.remember_office(file)
    memory.remember_clerk(file, "王春燕")
    program.begin(None)
    assert program.window.isVisible()
    assert program.office.clerk == "王春燕"
    assert first_screen() is None
    program.window.close()
    program.close()
    assert seated(file) == "王春燕", "the file is free again"


def test_without_any_office_the_first_screen_offers_one(program):
    program.begin(None)
    assert first_screen().new_button.hasFocus() or first_screen().new_button.isVisible()
    assert first_screen().trouble.words() == ""


@pytest.mark.parametrize("is_last", [True, False])
def test_a_file_that_is_gone_leads_to_the_first_screen_with_the_sentence(tmp_path, program, is_last):
    gone = tmp_path / "U盘上的.office.db"
    memory.remember_office(gone)
    program.begin(None if is_last else gone)
    assert first_screen().trouble.words() == t("error.no_file", path=gone)
    assert program.window is None


def test_a_damaged_file_leads_to_the_first_screen_with_the_sentence(file, program):
    memory.remember_clerk(file, "王春燕")
    raw = bytearray(file.read_bytes())
    raw[4096:] = os.urandom(len(raw) - 4096)
    file.write_bytes(raw)
    program.begin(file)
    assert first_screen().trouble.words() == t("error.damaged")
    assert program.window is None


def test_a_second_start_names_who_has_the_file_open(file, program):
    memory.remember_clerk(file, "王春燕")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment,
    )  # fmt: skip
    with holder:
        assert holder.stdout.readline() == "open\n"
        program.begin(file)
        assert "李文静" in first_screen().trouble.words()
        assert program.window is None
        holder.stdin.close()


# ---- bugs ----


def bug() -> tuple[type[BaseException], BaseException, None]:
    error = ZeroDivisionError("division by zero")
    return ZeroDivisionError, error, None


def test_a_bug_is_told_in_one_calm_sentence_and_the_window_stays(file, program, caplog):
    memory.remember_clerk(file, "王春燕")
    program.begin(file)
    with caplog.at_level(logging.ERROR):
        program.on_bug(*bug())
        program.on_bug(*bug())
    (box,) = boxes()
    assert box.words.text() == t("ui.unexpected")
    assert "division" not in box.words.text()
    assert len(caplog.records) == 2
    box.accept()
    assert program.window.isVisible()
    program.on_bug(*bug())
    assert len(boxes()) == 1, "the next one is told again"


def test_a_bug_before_there_is_a_window_is_told_too(program, caplog):
    with caplog.at_level(logging.ERROR):
        program.on_bug(*bug())
    (box,) = boxes()
    assert box.words.text() == t("ui.unexpected")


def test_the_window_keeps_the_log_of_the_verbs():
    code = "import sys; from township_office.ui import application as a; a.QApplication.exec = lambda *_: 0; a.run()"
    ask = "import logging; print(*map(type, logging.getLogger().handlers), 'pickle' in sys.modules)"
    command = [sys.executable, "-c", f"{code}; {ask}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "<class 'township_office.services.logbook._LogFile'> False\n"


# ---- pictures ----


def test_pictures_of_every_tab_are_saved_where_there_is_no_screen(file):
    """In a process of its own: it takes Qt's messages and the platform for itself."""
    code = "import sys; from pathlib import Path; from township_office.ui.application import save_pictures; "
    code += "sys.exit(save_pictures(Path(sys.argv[1])))"
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "XDG_DATA_HOME": str(file.parent / "data")}
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    folder = file.parent / t("tour.pictures_folder")
    assert sorted(path.name for path in folder.iterdir()) == [
            "1 今日.png", "2 收文.png", "3 发文.png", "4 涉密.png", "5 档案.png", "6 值班.png",
        ]  # fmt: skip
    assert all(path.stat().st_size > 10_000 for path in folder.iterdir())
