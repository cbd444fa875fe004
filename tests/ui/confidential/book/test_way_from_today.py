# SPDX-License-Identifier: MulanPSL-2.0
"""From 今日 to the paper, to 归柜核对 and to 误录处置; from the book to both checks; all closed by the lock."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog

from township_office.services.guarded import confidential, recovery
from township_office.services.guarded import vault as vaults
from township_office.services.guarded.daily_notice import acknowledge
from township_office.ui.confidential.checks.clearance_dialog import ClearanceDialog
from township_office.ui.confidential.checks.day_check_dialog import DayCheckDialog
from township_office.ui.confidential.lock.mishap_dialog import MishapDialog
from township_office.ui.window import MainWindow


@pytest.fixture
def window(office_with_rows, today, asker, put_away):
    """The window with the register open and two papers in it, on 今日."""
    made = MainWindow(office_with_rows, lambda: today, asker)
    made.show()
    vault, _ = vaults.make(office_with_rows, "赵保密", "Feng-2026xy")
    recovery.check(vault, vaults.recovery_code(vault), made._now())
    acknowledge(vault, today)
    for serials in ("000101", "000007"):
        draft = {"secrecy_level": "机密", "copy_serial": serials, "received_on": today.isoformat()}
        confidential.register_paper(vault, draft, today)
    made.tabs.setCurrentIndex(3)
    made.guard.open(vault)
    made.tabs.setCurrentIndex(0)
    yield made
    put_away(made)


def dialogs(window) -> list[type]:
    return [type(one) for one in window.findChildren(QDialog) if one.isVisible()]


def test_a_line_of_today_leads_to_its_paper(window):
    papers = {paper.number: paper.id for paper in confidential.papers(window.guard.vault)}
    for paper_id in papers.values():
        window.tab(0).confidential_wanted.emit(paper_id)
        assert window.tabs.currentIndex() == 3
        assert window.tab(3).page.book.list.table.current_copy().paper.id == paper_id
    window.tab(0).confidential_wanted.emit(0)
    assert window.tabs.currentIndex() == 3


def test_locked_a_line_leads_to_the_tab(window):
    window.guard.close()
    window.tab(0).confidential_wanted.emit(1)
    assert window.tabs.currentIndex() == 3


def test_today_opens_the_check_and_the_mishap(window):
    window.tab(0).day_check_wanted.emit()
    assert dialogs(window) == [DayCheckDialog]
    window.guard.close()
    assert dialogs(window) == []
    window.tab(0).day_check_wanted.emit()
    assert dialogs(window) == [], "locked: there is nothing to check"
    window.tab(0).mishap_wanted.emit()
    assert dialogs(window) == [MishapDialog]


@pytest.mark.parametrize(("command", "dialog"), [("day_check", DayCheckDialog), ("clearance_check", ClearanceDialog)])
def test_the_book_opens_both_checks(window, command, dialog):
    window.tabs.setCurrentIndex(3)
    window.tab(3).page.book._commands[command].trigger()
    assert dialogs(window) == [dialog]
    window.guard.close()
    assert dialogs(window) == []
