# SPDX-License-Identifier: MulanPSL-2.0
"""An office with leaders and groups, a paper on its way, hands to type with."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.ui.conftest import receipt_draft
from tests.ui.life.hands import Hands
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import records, settings

NOW = datetime(2026, 11, 20, 0, 1)  # before any time of day a dialog may propose


@pytest.fixture(autouse=True)
def leaders(office):
    settings.set_setting(office, "office.leaders", "孙志强=书记,何文斌=镇长,林静=组织委员")
    settings.set_setting(office, "office.units", "各村=张家村、李家村、石桥村,镇直=派出所")


@pytest.fixture
def paper(office, today):
    """A receipt of which there is one copy."""
    return records.register_document(office, RECEIPT, receipt_draft(1, today, handler=""), today)


@pytest.fixture
def unsigned(office, today):
    """A draft that nobody has signed."""
    draft = {"title": "关于做好防汛工作的通知", "genre": "通知", "drafter": "刘敏", "signed_on": ""}
    return records.register_document(office, DISPATCH, draft, today)


@pytest.fixture
def anew(office):
    """Read a row again."""
    return lambda register, row: records.get(office, register, row["id"])


@pytest.fixture
def opened(qtbot):
    """Open a dialog on screen, with hands on it; what is left open is put away."""

    def show(dialog):
        qtbot.addWidget(dialog, before_close_func=lambda widget: widget.done(0))
        with qtbot.waitActive(dialog):
            dialog.open()
            dialog.activateWindow()
        return Hands(qtbot, dialog)

    return show
