# SPDX-License-Identifier: MulanPSL-2.0
"""打印值班表: the page is seen as it will be printed, saved in three forms, and phones stand where they are wanted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.services.roster.conftest import by_turns as by_turns
from tests.services.roster.conftest import staffed as staffed
from township_office.services.settings import get_setting
from township_office.ui.duty.printing.print_dialog import HOLIDAY, MONTH, TALLY, RosterPrintDialog


@pytest.fixture
def show(qtbot, clock, asker, put_away):
    made = []

    def open_dialog(office, month=""):
        dialog = RosterPrintDialog(office, clock, asker, None, month)
        made.append(dialog)
        dialog.open()
        qtbot.waitUntil(lambda: dialog._making is None)
        return dialog

    yield open_dialog
    put_away(*made)


@pytest.fixture
def drawn(staffed, by_turns):
    by_turns(staffed, "2026-09", publish=True)
    by_turns(staffed, "2026-10", publish=True)
    return staffed


def test_the_month_asked_for_is_shown_on_one_page(show, drawn):
    dialog = show(drawn, "2026-09")
    assert dialog._printed.pages == 1
    assert dialog.right.currentWidget() is dialog.view
    assert dialog.windowTitle() == "2026年9月值班表"
    assert [dialog.which.itemText(place) for place in range(dialog.which.count())] == ["2026年10月", "2026年9月"]
    assert show(drawn).windowTitle() == "2026年10月值班表"


def test_an_office_without_a_roster_is_told_what_to_do(show, staffed):
    dialog = show(staffed, "2026-10")
    assert dialog.right.currentWidget() is dialog.waiting
    assert not dialog.print.isEnabled()
    assert not dialog.which.isEnabled()
    for kind in (HOLIDAY, TALLY):
        dialog.kinds[kind].click()
        assert dialog.right.currentWidget() is dialog.waiting


def test_a_holiday_and_a_year_are_one_key_away(qtbot, show, drawn):
    dialog = show(drawn)
    qtbot.keyClick(dialog.kinds[HOLIDAY], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog._making is None)
    assert dialog.windowTitle() == "2026年国庆节值班安排表"
    assert dialog._printed.rows == 7
    qtbot.keyClick(dialog.kinds[TALLY], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog._making is None)
    assert dialog.windowTitle() == "2026年值班统计表"
    assert not dialog._phone_box.isVisible()
    width, height = dialog._sheet
    assert width > height
    qtbot.keyClick(dialog.kinds[MONTH], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog._making is None)
    assert dialog.windowTitle() == "2026年10月值班表"


def test_where_the_phones_stand_is_kept(qtbot, show, drawn):
    dialog = show(drawn)
    assert dialog.phones["cell"].isChecked()
    qtbot.keyClick(dialog.phones["foot"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog._making is None)
    assert get_setting(drawn, "duty.phones") == "foot"
    assert show(drawn).phones["foot"].isChecked()


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_it_is_saved_where_the_clerk_says(qtbot, show, drawn, asker, tmp_path, kind):
    dialog = show(drawn)
    asker.path = tmp_path / "十月"
    dialog.saves[kind].click()
    saved = tmp_path / f"十月.{kind}"
    qtbot.waitUntil(lambda: saved.is_file() and str(saved) in dialog.state.text())
    assert asker.suggested == [f"2026年10月值班表.{kind}"]


def test_a_file_that_cannot_be_written_is_told(qtbot, show, drawn, asker, tmp_path):
    dialog = show(drawn)
    asker.path = tmp_path / "没有" / "十月.pdf"
    dialog.saves["pdf"].click()
    qtbot.waitUntil(lambda: bool(asker.reported))
    assert dialog.print.isEnabled()
