# SPDX-License-Identifier: MulanPSL-2.0
"""A picture of every tab and of every dialog a command opens, for people's eyes; nothing is compared. make pictures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from township_office.services import demo
from township_office.services.office import close_office, open_office
from township_office.ui.actions import ACTIONS
from township_office.ui.window import MainWindow

SIZES = ((1366, 728), (911, 485))  # a small office screen; the same at 150 %
SETTLED = 900  # milliseconds: counts, previews and chosen rows come from the background
LEAVES_THE_SCREEN_AS_IT_IS = {"quit", "reload", "find", "number_copy", "tab_next", "tab_previous", "detail_toggle"}


@pytest.fixture
def sample(tmp_path, today):
    path = tmp_path / "示例.office.db"
    demo.create(path, today)
    office = open_office(path, demo.CLERKS[0])
    yield office
    close_office(office)


@pytest.fixture
def sample_window(sample, today, asker, put_away):
    window = MainWindow(sample, lambda: today, asker)
    window.show()
    yield window
    put_away(window)


def owners(window, place):
    """Who may have the slot of an action: the tab, the page of items in it, the way of its papers, the window."""
    tab = window.tab(place)
    page = getattr(tab, "items", tab)
    return [page, *([page.way] if hasattr(page, "way") else []), window]


def can(owner, action_id):
    """The way of a register has the slots of both, and the commands of its own."""
    return hasattr(owner, f"on_{action_id}") and action_id in getattr(owner, "commands", [action_id])


@pytest.mark.pictures
@pytest.mark.timeout(300)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_tabs_and_dialogs(qtbot, sample_window, tmp_path, put_away, size):
    folder = Path(os.environ.get("PICTURES", tmp_path)).absolute() / f"{size[0]}x{size[1]}"
    folder.mkdir(parents=True, exist_ok=True)
    window = sample_window
    window.resize(*size)
    for place in range(window.tabs.count()):
        window.tabs.setCurrentIndex(place)
        qtbot.wait(SETTLED)
        name = f"{place + 1}-{window.tabs.tabText(place)}"
        assert window.grab().save(str(folder / f"{name}.png"))
        for action in ACTIONS:
            owner = next((w for w in owners(window, place) if can(w, action.id)), None)
            if owner is None or action.id in LEAVES_THE_SCREEN_AS_IT_IS or (owner is window and place > 0):
                continue
            getattr(owner, f"on_{action.id}")()
            qtbot.wait(SETTLED)
            for dialog in [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]:
                assert dialog.grab().save(str(folder / f"{name}-{action.id}.png"))
                put_away(dialog)
            if action.id == "batch_entry":
                assert window.grab().save(str(folder / f"{name}-{action.id}.png"))
                owner.desk.bundle.close()
    assert len(list(folder.glob("*.png"))) > window.tabs.count() + 8
