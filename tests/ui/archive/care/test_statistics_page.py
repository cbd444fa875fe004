# SPDX-License-Identifier: MulanPSL-2.0
"""年度统计 on the screen: what the service counts, whole, copied, exported and printed."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from tests.services.archive.keeping import TODAY, lend
from township_office.services.archive import statistics
from township_office.ui.archive.care.figures_dialog import FiguresDialog
from township_office.ui.archive.care.statistics_page import StatisticsPage


@pytest.fixture
def page(qtbot, archive, clock, asker, shown):
    lend(archive, "Z109-WS·2014-Y-BGS-0001、Z109-WS·2025-Y-BGS-0001", way="复制", copied_pages="8", due_on="")
    made = shown(StatisticsPage(archive, clock, asker))
    qtbot.waitUntil(lambda: made.found is not None)
    return made


def table(one) -> list[tuple[str, ...]]:
    return [one.lines.line(at).texts for at in range(one.lines.rowCount())]


def test_the_figures_of_the_page(page):
    said = {name: (figure.text(), more.text()) for name, (figure, more) in page._figures.items()}
    assert said == {
        "held": ("6", "18 页　3 盒"), "filed": ("1", "3 页　0 盒"), "used": ("1", "2 件次　复制 8 页"),
        "transferred": ("0", "0 页　0 盒"), "destroyed": ("0", "0 页　0 盒"), "due": ("3", "应移交 2 件"),
    }  # fmt: skip
    assert table(page.held)[:3] == [
        ("合计", "2", "1", "3", "6", "18", "3"), ("2025年", "1", "", "", "1", "3", "0"),
        ("2014年", "1", "1", "", "2", "6", "2"),
    ]  # fmt: skip
    assert table(page.used) == [("复制", "1", "2", "8")]
    assert table(page.filed) == [("永久", "1", "3", "0")]
    assert table(page.categories) == [("文书", "6", "18", "3")]


def test_another_year(qtbot, page):
    assert [page.years.itemData(at) for at in range(page.years.count())] == [2026, 2015, 2013, 2006]
    page.years.show_year(2015)
    page.years.chosen.emit(2015)
    qtbot.waitUntil(lambda: page.found.year == 2015)
    assert page._figures["filed"][0].text() == "2"
    assert page._figures["held"][0].text() == "6", "what is kept is kept today"


def test_the_whole_report_goes_to_the_clipboard_and_to_a_sheet(qtbot, page, archive, asker, tmp_path):
    page.on_copy()
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert rows[0] == ["统计项", "分类", "件数", "页数", "盒数"]
    assert len(rows) == 1 + len(statistics.lines(page.found))
    assert ["利用人次", "复制", "1", "", ""] in rows
    asker.path = tmp_path / "年报.xlsx"
    page.on_sheet_export()
    qtbot.waitUntil(lambda: bool(asker.told))
    assert asker.path.is_file()
    assert asker.suggested == ["档案统计年报（2026年）.xlsx"]


def test_printed_it_is_the_same_report(qtbot, page, archive, opened, asker, tmp_path):
    page.on_book_print()
    dialog = opened(page, FiguresDialog)
    qtbot.waitUntil(
        lambda: dialog.right.currentWidget() is dialog.view or bool(dialog.waiting._hint.text()), timeout=9000
    )
    if dialog._printed is None:
        pytest.skip("no Chinese TrueType font on this machine")
    asker.path = tmp_path / "年报"
    dialog.on_save("docx")
    qtbot.waitUntil(lambda: (tmp_path / "年报.docx").is_file(), timeout=9000)
    qtbot.waitUntil(lambda: "年报.docx" in dialog.state.text())
    dialog.reject()


def test_a_narrow_page_stands_below_each_other(page):
    page.resize(640, 400)
    assert page._body.direction() is page._body.Direction.TopToBottom
    page.resize(1060, 600)
    assert page._body.direction() is page._body.Direction.LeftToRight


def test_an_empty_archive(qtbot, office, clock, asker, shown):
    page = shown(StatisticsPage(office, clock, asker))
    qtbot.waitUntil(lambda: page.found is not None)
    assert table(page.held) == [("合计", "0", "0", "0")]
    assert page.years.count() == 1
    assert statistics.years(office, TODAY) == [2026]
