# SPDX-License-Identifier: MulanPSL-2.0
"""An office in spring with last year's documents unfiled, and the dialog that files them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.services.archive.tables import keep_small_table
from tests.ui.archive.filing.looking import SPRING, TITLES, settle
from tests.ui.entry.hands import Hands
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import records, settings
from township_office.services.office import Office
from township_office.ui.archive.filing.filing_dialog import FilingDialog


@pytest.fixture
def year_office(office: Office) -> Office:
    """Six receipts and two dispatches of 2025, one a reply; three 机构."""
    keep_small_table(office)
    settings.set_setting(office, "archive.fonds_no", "Z109")
    settings.set_setting(office, "archive.orgs", "BGS=党政综合办公室,NYB=农业农村办公室,DJB=党建工作办公室")
    for at, title in enumerate(TITLES, start=1):
        day = f"2025-05-0{at}"
        draft = {"received_on": day, "dated_on": day, "sender": "青山县水务局", "title": title,
                 "doc_number": f"青水〔2025〕{at}号"}  # fmt: skip
        records.register_document(office, RECEIPT, draft, SPRING)
    asked = records.last_row(office, RECEIPT)
    assert asked is not None
    letters = {"关于支持水库除险加固的复函": str(asked["number"]), "关于调整内设机构设置的通知": ""}
    for title, answered in letters.items():
        draft = {"signed_on": "2025-06-01", "title": title, "genre": "函", "signer": "何文斌", "reply_to": answered}
        records.register_document(office, DISPATCH, draft, SPRING)
    return office


@pytest.fixture
def opened(qtbot, asker, put_away) -> Iterator[Callable[..., FilingDialog]]:
    """Open the dialog as large as a small screen, and wait for the year."""
    dialogs: list[FilingDialog] = []

    def open_dialog(office: Office, year: int | None = None) -> FilingDialog:
        dialog = FilingDialog(office, lambda: SPRING, asker, None, year)
        dialogs.append(dialog)
        dialog.resize(1350, 712)
        dialog.open()
        dialog.activateWindow()
        with qtbot.waitActive(dialog):
            pass
        settle(qtbot, dialog)
        return dialog

    yield open_dialog
    put_away(*dialogs)


@pytest.fixture
def filing(opened, year_office) -> FilingDialog:
    return opened(year_office)


@pytest.fixture
def hands() -> Hands:
    return Hands()
