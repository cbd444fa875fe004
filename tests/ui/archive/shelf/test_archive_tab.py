# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.archive.shelf.looking import choose, codes
from township_office.registers.archive.care import ACCESS_LOG
from township_office.services import records
from township_office.services.archive import care
from township_office.services.browsing import View
from township_office.ui.archive.filing.filing_dialog import FilingDialog
from township_office.ui.archive.shelf import archive_way, doors
from township_office.ui.life.pane_lines import PaneLine
from township_office.ui.tabs.tab import Tab

WORDS = {
    "access_log": "查阅利用", "stack_in_out": "出入库", "climate_log": "温湿度", "stack_check": "安全检查",
    "appraisal": "鉴定销毁", "transfer": "移交进馆", "statistics": "年度统计",
}  # fmt: skip


@pytest.mark.parametrize("name", doors.PAGES)
def test_each_page_of_use_and_care_takes_the_place_of_the_list(tab, name):
    choose(tab, "利用与保管", WORDS[name])
    assert isinstance(tab._stack.currentWidget(), Tab)
    assert tab.sidebar.currentItem().text(0) == WORDS[name]
    assert tab.status_words() != "全宗 Z109　6 件，64 页"
    assert not tab.items.isVisible(), "its keys are those of the page now"
    tab.refresh()
    assert tab.sidebar.currentItem().text(0) == WORDS[name]
    choose(tab, "全宗 Z109")
    assert tab.items.isVisible()
    assert tab.status_words() == "全宗 Z109　6 件，64 页"


def test_arrows_go_through_the_pages_and_enter_goes_in(tab):
    tab.sidebar.setFocus()
    choose(tab, "利用与保管", "出入库")
    QTest.keyClick(tab.sidebar, Qt.Key.Key_Up)
    assert tab.sidebar.currentItem().text(0) == "查阅利用"
    assert tab.sidebar.hasFocus()
    QTest.keyClick(tab.sidebar, Qt.Key.Key_Return)
    assert not tab.sidebar.hasFocus()


def test_a_row_of_use_and_care_is_led_to(tab, archive, today):
    draft = {
        "used_on": "2026-11-18", "reader": "郑晓梅", "unit": "青山县审计局", "title": "关于表彰先进集体的决定",
        "reference_codes": "Z109-WS·2025-Y-BGS-0001", "purpose": "工作查考", "way": "阅览", "handled_by": "王春燕",
    }  # fmt: skip
    row = records.register_document(archive, ACCESS_LOG, draft, today)
    tab.show_row("access_log", row["id"])
    page = tab._stack.currentWidget()
    assert page.list.chosen_id() == row["id"]
    tab.reveal(1)
    assert tab.items.isVisible()
    assert tab.items.list.chosen_id() == 1


def test_what_was_filed_is_shown_behind_the_wizard(monkeypatch, tab):
    opened = []
    monkeypatch.setattr(archive_way, "open_once", opened.append)
    choose(tab, "2024年", "30年")
    tab.items.way.on_archive_file()
    assert isinstance(opened[0], FilingDialog)
    opened[0].filed.emit(2025)
    assert tab.items.list.view == View(2025)
    assert tab.sidebar.currentItem().text(0) == "2025年"
    opened[0].deleteLater()


def test_every_way_out_opens_its_dialog(tab, asker):
    for name in ("book_print", "sheet_import", "sheet_export", "archive_filings", "archive_boxes", "archive_file"):
        tab.items.commands[name].trigger()
        shown = [one for one in tab.window().findChildren(doors.QDialog) if one.isVisible()]
        assert shown, name
        for one in shown:
            one.close()
            one.deleteLater()
    assert codes(tab)
    assert asker.reported == []


def test_what_was_lent_on_its_page_is_told_in_the_list(tab, archive, today, qtbot):
    code = "Z109-WS·2025-Y-BGS-0001"
    choose(tab, "利用与保管", "查阅利用")
    draft = {
        "used_on": "今天", "reader": "郑晓梅", "reference_codes": code, "purpose": "工作查考", "way": "借出",
        "approver": "孙志强", "due_on": "2026-12-01",
    }  # fmt: skip
    row = care.register(archive, ACCESS_LOG, draft, today)
    tab._pages["access_log"].changed.emit()
    choose(tab, "全宗 Z109")
    page = tab.items
    assert page.list.model.line(codes(tab).index(code)).state.label == "借出"
    qtbot.waitUntil(lambda: page.list.chips.chips["lent"].text() == "借出 1")
    page.reveal(page.list.model.id_at(codes(tab).index(code)))
    line = qtbot.waitUntil(lambda: _line_of(page, "郑晓梅") is not None) or _line_of(page, "郑晓梅")
    with qtbot.waitSignal(page.row_wanted) as wanted:
        line.click()
    assert wanted.args == ["access_log", row["id"]]


def _line_of(page, words: str) -> PaneLine | None:
    lines = page.pane.sections.findChildren(PaneLine)
    return next((one for one in lines if words in one.accessibleName()), None)
