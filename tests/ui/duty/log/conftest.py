# SPDX-License-Identifier: MulanPSL-2.0
"""The pages of the book kept while on duty, on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from township_office.ui.duty.log.event_page import EventPage
from township_office.ui.duty.log.log_page import DutyLogPage


@pytest.fixture
def shown(qtbot, put_away) -> Iterator[Callable]:
    """Put a page on the screen, active; it is closed before its office is."""
    opened = []

    def show(page, width: int = 1100, height: int = 640):
        opened.append(page)
        page.resize(width, height)
        page.show()
        page.activateWindow()
        with qtbot.waitActive(page):
            pass
        page.enter()
        return page

    yield show
    put_away(*opened)


@pytest.fixture
def log_page(office, clock, asker, shown):
    return lambda **size: shown(DutyLogPage(office, clock, asker), **size)


@pytest.fixture
def event_page(office, clock, asker, shown):
    return lambda **size: shown(EventPage(office, clock, asker), **size)


@pytest.fixture
def opened(qtbot):
    """Return the dialog a page has opened, active."""

    def find(page, kind):
        (dialog,) = [one for one in page.window().findChildren(kind) if one.isVisible()]
        dialog.activateWindow()
        with qtbot.waitActive(dialog):
            pass
        return dialog

    return find
