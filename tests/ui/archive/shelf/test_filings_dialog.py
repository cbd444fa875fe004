# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.archive.shelf.looking import codes, dialog
from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.services.archive import committing
from township_office.ui.archive.shelf.filings_dialog import FilingsDialog
from township_office.ui.widgets import EmptyState


@pytest.fixture
def filed(office, today):
    for place in range(3):
        draft = {
            "received_on": "2025-03-01", "dated_on": "2025-03-01", "sender": "青山县财政局",
            "title": f"关于第{place}项预算的批复", "completed_on": "2025-04-01",
        }  # fmt: skip
        records.register_document(office, RECEIPT, draft, today)
    committing.commit_year(office, 2025, today)
    return office


@pytest.fixture
def filings(filed, shown):
    tab = shown(filed)
    tab.items.way.on_archive_filings()
    return tab, dialog(tab, FilingsDialog)


def row(box, at=0):
    return [box.model.index(at, column).data() for column in range(1, 7)]


def test_each_filing_is_listed(filings):
    assert row(filings[1]) == ["归档", "2025年度归档", "王春燕", "3", "0", "在册"]
    assert filings[1].windowTitle() == "归档记录"


def test_a_filing_is_taken_back_with_its_documents(qtbot, filings, filed):
    tab, box = filings
    box.on_revoke()
    assert "3 件退出档案" in box.bar._words.text()
    assert box.bar.go.text() == "撤销归档"
    box.bar.reason.setText("期限要重定")
    with qtbot.waitSignals([box.revoked, tab.documents_touched], timeout=5000):
        box.bar.go.click()
    assert row(box)[-1] == "已撤销"
    assert records.get(filed, RECEIPT, 1)["filed_on"] is None
    assert codes(tab) == []
    assert not box.revoke.isEnabled()


def test_a_reason_begun_is_there_again(filings):
    tab, box = filings
    box.on_revoke()
    box.bar.reason.setText("期限要重定")
    QTest.keyClick(box.bar.reason, Qt.Key.Key_Escape)
    assert not box.bar.isVisible()
    box.reject()
    tab.items.way.on_archive_filings()
    again = dialog(tab, FilingsDialog)
    again.on_revoke()
    assert again.bar.reason.text() == "期限要重定"
    assert again.bar.go.isEnabled()


def test_what_is_printed_stays_and_says_why(filed, shown):
    committing.note_printed(filed, [2025], datetime.now() + timedelta(seconds=5))
    tab = shown(filed)
    tab.items.way.on_archive_filings()
    box = dialog(tab, FilingsDialog)
    assert row(box)[-1] == "已打印"
    assert not box.revoke.isEnabled()
    assert "已经打印" in box.reason.text()


def test_none_yet(office, shown):
    tab = shown(office)
    tab.items.way.on_archive_filings()
    box = dialog(tab, FilingsDialog)
    assert isinstance(box.lists.currentWidget(), EmptyState)
