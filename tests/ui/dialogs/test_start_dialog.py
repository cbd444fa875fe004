# SPDX-License-Identifier: MulanPSL-2.0
"""The first screen leads to an open office, and says in words why it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from township_office.core.text import t
from township_office.services import settings
from township_office.services.office import close_office, create_office
from township_office.ui.dialogs.start_dialog import StartDialog

ENTER = Qt.Key.Key_Return


@pytest.fixture
def start(qtbot, clock, asker):
    """Open the first screen; offices it opened are closed when the test is over."""
    opened = []

    def show():
        dialog = StartDialog(clock, asker)
        dialog.opened.connect(opened.append)
        dialog.opened_in_test = opened
        qtbot.addWidget(dialog, before_close_func=lambda widget: widget.show_home())
        with qtbot.waitActive(dialog):
            dialog.open()
            dialog.activateWindow()
        return dialog

    yield show
    for office in opened:
        close_office(office)


@pytest.fixture
def file(tmp_path, today) -> Path:
    path = tmp_path / "云水镇.office.db"
    with create_office(path, "云水镇党政综合办公室", "王春燕", today) as office:
        settings.add_clerk(office, "李文静")
    return path


def test_a_new_office_by_keyboard_alone(tmp_path, start):
    dialog = start()
    assert QApplication.focusWidget() is dialog.new_button
    QTest.keyClick(dialog.new_button, Qt.Key.Key_Space)
    dialog.name.insert("云水镇党政综合办公室")
    assert dialog.place.text().endswith("云水镇党政综合办公室.office.db")
    dialog.place.setText(str(tmp_path / "新" / "a.office.db"))
    QTest.keyClick(dialog.name, ENTER)
    assert QApplication.focusWidget() is dialog.clerk
    dialog.clerk.insert("王春燕")
    QTest.keyClick(dialog.clerk, ENTER)
    assert not dialog.isVisible()
    office = dialog.opened_in_test[0]
    assert (office.clerk, settings.office_name(office)) == ("王春燕", "云水镇党政综合办公室")
    assert office.path == tmp_path / "新" / "a.office.db"


@pytest.mark.parametrize(
    ("name", "clerk", "line"), [("镇", "王春燕", "name"), ("云水镇政府", "", "clerk"), ("云水镇政府", "王,李", "clerk")]
)
def test_a_new_office_without_a_name_is_refused_at_the_line(tmp_path, start, name, clerk, line):
    dialog = start()
    dialog.show_new()
    dialog.name.setText(name)
    dialog.clerk.setText(clerk)
    dialog.place.setText(str(tmp_path / "a.office.db"))
    dialog.create_office()
    assert dialog.isVisible()
    assert dialog.trouble.words()
    assert QApplication.focusWidget() is getattr(dialog, line)
    assert not (tmp_path / "a.office.db").exists()


def test_a_place_that_is_taken_or_no_place_is_refused(tmp_path, start, file):
    dialog = start()
    dialog.show_new()
    dialog.name.setText("云水镇党政综合办公室")
    dialog.clerk.setText("王春燕")
    for place, words in ((str(file), t("error.file_exists", path=file)), ("", t("setting.needs_place"))):
        dialog.place.setText(place)
        dialog.create_office()
        assert dialog.trouble.words() == words
    (tmp_path / "afile").write_text("x", "utf-8")
    dialog.place.setText(str(tmp_path / "afile" / "a.office.db"))
    dialog.create_office()
    assert dialog.trouble.words() == t("error.no_permission", path=tmp_path / "afile")


def test_another_place_is_asked_for(tmp_path, start, asker):
    dialog = start()
    dialog.show_new()
    asker.path = tmp_path / "登记"
    dialog._ask_place()
    assert dialog.place.text() == str(tmp_path / "登记.office.db")
    dialog.name.setText("云水镇党政综合办公室")
    assert dialog.place.text() == str(tmp_path / "登记.office.db")  # what was chosen by hand stays


def test_a_name_that_is_no_file_name_gives_a_sound_place(start):
    dialog = start()
    dialog.show_new()
    dialog.name.setText('云水镇/党政:办"公"室')
    assert Path(dialog.place.text()).name == "云水镇党政办公室.office.db"


def test_an_old_file_asks_who_sits_here(qtbot, start, file, asker):
    asker.path = file
    dialog = start()
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert [tile.text().strip() for tile in dialog.tiles] == ["王春燕", "李文静"]
    QTest.keyClick(dialog, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert dialog.opened_in_test[0].clerk == "李文静"


def test_next_time_the_file_and_the_clerk_are_at_hand(start, file):
    first = start()
    first.open_file(file)
    first.tiles[1].click()
    close_office(first.opened_in_test.pop())
    second = start()
    assert [button.accessibleName() for button in second.recent] == [file.name]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert QApplication.focusWidget() is second.tiles[1]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert second.opened_in_test[0].clerk == "李文静"


def test_a_new_name_joins_the_tiles(start, file):
    dialog = start()
    dialog.open_file(file)
    assert not dialog._go.isEnabled()
    dialog.newcomer.setText("赵国平")
    QTest.keyClick(dialog.newcomer, ENTER)
    office = dialog.opened_in_test[0]
    assert office.clerk == "赵国平"
    assert settings.clerks(office) == ["王春燕", "李文静", "赵国平"]


def test_a_name_that_is_none_is_refused(start, file):
    dialog = start()
    dialog.open_file(file)
    dialog.newcomer.setText("赵、国平")
    dialog.join()
    assert dialog.isVisible()
    assert dialog.trouble.words() == t("error.clerk_name")


def test_a_stranger_file_is_refused_in_words_and_stays_as_it_is(tmp_path, start):
    stranger = tmp_path / "照片.office.db"
    stranger.write_bytes(b"GIF89a" * 100)
    dialog = start()
    dialog.open_file(stranger)
    assert dialog.isVisible()
    assert dialog.trouble.words() == t("error.not_our_file", path=stranger)
    assert stranger.read_bytes() == b"GIF89a" * 100
    dialog.open_file(tmp_path / "没有.office.db")
    assert dialog.trouble.words() == t("error.no_file", path=tmp_path / "没有.office.db")


def test_escape_goes_a_page_back_and_gives_the_file_free(start, file):
    dialog = start()
    dialog.open_file(file)
    dialog.reject()
    assert dialog.isVisible()
    dialog.open_file(file)  # the lock was given back
    assert dialog.tiles
    dialog.reject()
    dialog.reject()
    assert not dialog.isVisible()
    assert dialog.opened_in_test == []


def test_it_fits_a_small_screen(start, file):
    dialog = start()
    dialog.open_file(file)
    assert dialog.minimumSizeHint().height() <= 440
