# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from township_office.core.text import t
from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.services.office import change
from township_office.store import records as store
from township_office.ui.tabs.today_tab import TodayTab
from township_office.ui.widgets import ElidedLabel, LineButton


@pytest.fixture
def page(qtbot, office_with_rows, clock):
    made = TodayTab(office_with_rows, clock)
    qtbot.addWidget(made)
    made.resize(1366, 640)
    made.show()
    return made


def words_of(page: TodayTab) -> list[str]:
    found = [one.full_text() if isinstance(one, ElidedLabel) else one.text() for one in page.findChildren(QLabel)]
    return [words for words in found if words]


def lines(page: TodayTab) -> list[LineButton]:
    return [line for line in page.findChildren(LineButton) if line.isVisible()]


def test_says_the_day_and_what_is_late(page):
    words = words_of(page)
    assert "11月20日　星期五" in words
    assert "逾期 1 天" in words
    assert any("有 1 件逾期" in text for text in words)
    assert "还没有备份过" in words
    assert "收文 29" in page.status_words()  # of 30, one is void
    assert "2026-0030" in " ".join(words)


def test_every_line_leads_to_its_row_by_mouse_and_by_key(qtbot, page, office_with_rows):
    wanted: list[tuple[str, int]] = []
    page.row_wanted.connect(lambda name, row_id: wanted.append((name, row_id)))
    late = lines(page)[0]
    assert late.focusPolicy() & Qt.FocusPolicy.TabFocus
    late.click()
    qtbot.keyClick(late, Qt.Key.Key_Return)
    row = records.get(office_with_rows, RECEIPT, wanted[0][1])
    assert row["number"] == "2026-0028"
    assert wanted == [("receipt", row["id"])] * 2


def test_reads_anew_what_was_done(page, office_with_rows, today):
    row = records.by_number(office_with_rows, RECEIPT, "2026-0028")
    records.correct(office_with_rows, RECEIPT, int(str(row["id"])), {"completed_on": today.isoformat()}, today)
    page.refresh()
    assert "逾期 1 天" not in [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def test_an_empty_office_is_greeted_kindly(qtbot, office, clock):
    page = TodayTab(office, clock)
    qtbot.addWidget(page)
    words = words_of(page)
    assert "没有要催的。" in words
    assert "还没有登记过收文。" in words
    page.show()
    first, excel = lines(page)
    with qtbot.waitSignal(page.new_wanted):
        first.click()
    with qtbot.waitSignal(page.import_wanted):
        excel.click()


def test_a_document_is_registered_from_here_too(qtbot, page):
    page.activateWindow()
    page.setFocus()
    with qtbot.waitSignal(page.new_wanted):
        qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def test_hundreds_of_late_ones_are_counted_and_a_few_shown(qtbot, office, clock, today):
    with change(office) as pen:
        row = dict.fromkeys(field.name for field in RECEIPT.fields) | {
            "received_on": today,
            "title": "题",
            "year": 2026,
        }
        late = row | {"due_on": today - timedelta(2), "entry": "imported"}
        store.add_many(pen, RECEIPT, [late] * 450, "import")
    page = TodayTab(office, clock)
    qtbot.addWidget(page)
    page.show()
    assert "450" in words_of(page)
    assert t("today.due_more") in [found.text() for found in page.findChildren(QPushButton)]
    assert len(lines(page)) < 30


def test_backup_is_one_press_away(qtbot, page):
    with qtbot.waitSignal(page.backup_wanted):
        next(one for one in page.findChildren(type(lines(page)[0]).__mro__[1]) if one.text() == "现在备份").click()


@pytest.mark.parametrize("width", [911, 1366, 1920])
def test_nothing_is_wider_than_the_page(page, width):
    page.resize(width, 500)
    assert all(one.x() + one.width() <= width for one in page._cards)
