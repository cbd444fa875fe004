# SPDX-License-Identifier: MulanPSL-2.0
"""Hands, and the row for a bundle in the tab of a register."""

from __future__ import annotations

import pytest

from tests.ui.entry.hands import Hands, row_of
from township_office.registers.receipt import RECEIPT


@pytest.fixture
def hands():
    return Hands()


@pytest.fixture
def begin(qtbot, shown):
    """Open a tab and the row for a bundle in it."""

    def open_row(office, register=RECEIPT, width=1366):
        tab = shown(office, register, width=width)
        with qtbot.waitActive(tab):
            tab.activateWindow()
        tab._commands["batch_entry"].trigger()
        qtbot.waitUntil(lambda: tab.list.width() > tab.width() - 60)  # the pane has given its room
        return tab, row_of(tab)

    return open_row
