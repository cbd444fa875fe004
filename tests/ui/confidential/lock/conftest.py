# SPDX-License-Identifier: MulanPSL-2.0
"""An office whose guarded register was made, and its tab on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from township_office.services.guarded import daily_notice, recovery
from township_office.services.guarded import vault as vaults
from township_office.ui.confidential.guard import Guard
from township_office.ui.tabs.confidential_tab import ConfidentialTab

PASSWORD, NAME = "Feng-2026xy", "赵保密"


def every_word(widget: QWidget) -> str:
    """Everything that can be read on a widget and what lies on it: words, fields, tooltips, accessible names."""
    found = []
    for one in (widget, *widget.findChildren(QWidget)):
        found += [one.toolTip(), one.accessibleName(), one.windowTitle()]
        if isinstance(one, QLabel | QLineEdit):
            found.append(one.text())
        if isinstance(one, QPlainTextEdit):
            found.append(one.toPlainText())
    return "\n".join(filter(None, found))


@pytest.fixture
def now(today) -> Callable[[], datetime]:
    return lambda: datetime.combine(today, datetime.now().time())


@pytest.fixture
def code(office) -> str:
    """The register is made and locked again; this is its recovery code, not yet checked."""
    vault, code = vaults.make(office, NAME, PASSWORD)
    vaults.lock(vault)
    return code


@pytest.fixture
def vault(office, code, now, today) -> vaults.Vault:
    """Open, the code checked, today's notice read."""
    opened = vaults.unlock_with_code(office, code, NAME)
    opened.is_by_code = False  # as with a password, and faster
    recovery.check(opened, code, now())
    daily_notice.acknowledge(opened, today)
    return opened


@pytest.fixture
def guard(qapp) -> Guard:
    return Guard()


@pytest.fixture
def tab(qtbot, office, guard, clock, asker, put_away) -> Iterator[Any]:
    made = ConfidentialTab(office, guard, clock, asker)
    made.resize(1366, 640)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    yield made
    put_away(made)
