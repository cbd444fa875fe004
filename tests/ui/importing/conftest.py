# SPDX-License-Identifier: MulanPSL-2.0
"""The ledger most of these tests take in, and the window they do it with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from tests.ui.importing.ledgers import fill, opened
from township_office.services.office import Office
from township_office.ui.importing.import_dialog import ImportDialog


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Two months on two sheets; the second one is hidden."""
    path = tmp_path / "收文登记.xlsx"
    with xlsxwriter.Workbook(path) as book:
        fill(book.add_worksheet("上半年"), 20)
        hidden = book.add_worksheet("下半年")
        fill(hidden, 5, first=21)
        hidden.hide()
    return path


@pytest.fixture
def dialog(qtbot, office: Office, asker, clock: Callable[[], date]) -> ImportDialog:
    return opened(qtbot, office, asker, clock)
