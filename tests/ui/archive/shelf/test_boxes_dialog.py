# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.archive.shelf.conftest import describe
from tests.ui.archive.shelf.looking import choose, codes, dialog
from township_office.services.archive import boxing
from township_office.ui.archive.shelf.boxes_dialog import BoxesDialog

SERIES = "Z109-WS·2024-Y-BGS"


@pytest.fixture
def boxes(tab, archive, today):
    for _ in range(4):
        describe(archive, today, 2024, "永久", "BGS", page_count="150")
    tab.refresh()
    choose(tab, "2024年", "永久")
    tab.items.way.on_archive_boxes()
    return dialog(tab, BoxesDialog)


def lines(boxes):
    model = boxes.model
    return [" ".join(str(model.index(row, at).data()) for at in (0, 1, 2, 3, 4, 7)) for row in range(model.rowCount())]


def packed(qtbot, boxes):
    with qtbot.waitSignal(boxes.changed, timeout=5000):
        boxes.do.click()


def test_what_would_be_packed_is_shown_before_it_is(boxes, archive):
    assert lines(boxes) == [
        "1 0001–0004 4 210 30 拟装", "2 0005–0005 1 150 30 拟装", "3 0006–0006 1 150 30 拟装",
        "4 0007–0007 1 150 20 拟装",
    ]  # fmt: skip
    assert "还有 7 件、660 页没有装盒，可以装 4 盒" in boxes.words.text()
    assert boxing.boxes(archive, SERIES, 2024) == []


def test_the_thickness_changes_the_preview(boxes):
    boxes.thickness.choose("50 毫米")
    assert lines(boxes) == ["1 0001–0005 5 360 50 拟装", "2 0006–0007 2 300 40 拟装"]


def test_packing_and_taking_apart(qtbot, tab, boxes, archive, asker):
    packed(qtbot, boxes)
    assert [line.split()[-1] for line in lines(boxes)] == ["已装盒"] * 4
    assert not boxes.do.isEnabled()
    assert "没有待装盒" in boxes.words.text()
    boxes.table.selectRow(2)
    with qtbot.waitSignal(boxes.changed, timeout=5000):
        boxes.apart.click()
    assert "从第 3 盒起拆开 2 盒" in asker.confirmed[0]
    assert [line.split()[-1] for line in lines(boxes)] == ["已装盒", "已装盒", "拟装", "拟装"]
    boxes.accept()
    assert sum(one.unboxed for one in tab.sidebar.chosen_branch().classes) == 2


def test_class_after_class_is_packed(qtbot, tab, boxes, archive, today):
    boxes.reject()
    describe(archive, today, 2024, "30年", "BGS", page_count="9")
    tab.refresh()
    choose(tab, "全宗 Z109")
    tab.items.way.on_archive_boxes()
    boxes = dialog(tab, BoxesDialog)
    assert not boxes.following.isVisible(), "what is proposed comes first"
    shown = []
    for _ in range(4):  # one of them needs its pages counted
        shown.append(boxes.classes.currentText())
        if boxes.do.isEnabled():
            packed(qtbot, boxes)
        if boxes.following.isVisible():
            boxes.following.click()
    assert len(set(shown)) == 4
    assert sum(one.unboxed for one in tab.sidebar.chosen_branch().classes) == 2, "the pages of these come first"


def test_refused_taking_apart_leaves_the_boxes(qtbot, boxes, archive, asker):
    packed(qtbot, boxes)
    asker.says_yes = False
    boxes.on_take_apart()
    assert len(boxing.boxes(archive, SERIES, 2024)) == 4


def test_the_note_is_kept_field_by_field(qtbot, boxes, archive):
    packed(qtbot, boxes)
    boxes.note.blocks["title"].editor.set_text("第3件缺附件")
    boxes.note.blocks["checked_by"].editor.set_text("李向东")
    boxes.table.selectRow(1)  # the note of another box: what was typed is kept first
    first = boxing.boxes(archive, SERIES, 2024)[0].row
    assert (first["title"], first["checked_by"], first["arranged_by"]) == ("第3件缺附件", "李向东", "王春燕")
    assert boxes.note.blocks["title"].editor.text() == ""
    assert boxes.model.index(0, 6).data() == "李向东"


def test_enter_keeps_the_field_and_leads_on(qtbot, boxes, archive):
    packed(qtbot, boxes)
    block = boxes.note.blocks["arranged_by"]
    block.editor.inner.setFocus()
    block.editor.set_text("刘敏")
    QTest.keyClick(block.editor.inner, Qt.Key.Key_Return)
    assert boxing.boxes(archive, SERIES, 2024)[0].row["arranged_by"] == "刘敏"
    assert boxes.note.blocks["arranged_on"].editor.inner.hasFocus()


def test_a_refused_note_stays_and_is_said(qtbot, boxes, archive):
    packed(qtbot, boxes)
    boxes.note.blocks["checked_on"].editor.set_text("2020-01-01")
    boxes.table.selectRow(1)
    assert boxes.table.currentIndex().row() == 0
    assert "检查日期早于整理日期" in boxes.note.blocks["checked_on"].problem()
    boxes.reject()
    assert boxes.isVisible(), "what was typed is not lost"


def test_items_without_pages_lead_to_where_they_are_typed(qtbot, tab, boxes):
    boxes.accept()
    choose(tab, "2024年", "30年", "经济发展办公室")
    tab.items.way.on_archive_boxes()
    asking = dialog(tab, BoxesDialog)
    assert "还有 2 件没有填页数" in asking.words.text()
    asking.count_pages.click()
    assert not asking.isVisible()
    assert codes(tab) == ["Z109-WS·2024-D30-JJB-0001", "Z109-WS·2024-D30-JJB-0002"]
    table = tab.items.list.table
    assert table.rows.columns[table.currentIndex().column()].name == "page_count"


def test_the_chosen_item_says_which_class_comes_first(tab, boxes):
    boxes.accept()
    choose(tab, "全宗 Z109")
    tab.show_row("archive_item", 6)
    tab.items.way.on_archive_boxes()
    asking = dialog(tab, BoxesDialog)
    assert asking.shown_class().series == "Z109-WS·2025-Y-BGS"
    assert asking.classes.count() == 3
    assert asking.classes.currentText() == "2025年 永久 党政综合办公室　Z109-WS·2025-Y-BGS"


def test_an_empty_archive_has_nothing_to_pack(office, shown):
    tab = shown(office)
    tab.items.way.on_archive_boxes()
    asking = dialog(tab, BoxesDialog)
    assert not asking.do.isEnabled()
    assert asking._lists.currentIndex() == 1
