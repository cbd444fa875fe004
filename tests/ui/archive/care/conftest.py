# SPDX-License-Identifier: MulanPSL-2.0
"""An office with an archive, and its pages of care on the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.services.archive import keeping
from township_office.services.office import Office
from township_office.ui.archive.care.care_page import CarePage


@pytest.fixture
def archive(office: Office) -> Office:
    """Six items: three whose period has run out, two for the county, one of last year."""
    keeping.fill(office)
    return office


@pytest.fixture
def shown(qtbot, put_away) -> Iterator:
    """Put a page on the screen, active; it is closed before its office is."""
    opened = []

    def show(page, width: int = 1060, height: int = 640):
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
def care_page(archive, clock, asker, shown):
    """Open the page of one book."""
    return lambda book, **size: shown(CarePage(archive, book, clock, asker), **size)


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
