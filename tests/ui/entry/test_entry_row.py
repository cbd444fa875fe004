# SPDX-License-Identifier: MulanPSL-2.0
"""Where the row for the next paper stands: over its columns, in narrow windows, in an empty book; and by mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.book.looking import empty_page, numbers
from tests.ui.entry.hands import CTRL, compose, focus, newest, put
from township_office.core.text import t
from township_office.registers import DOCUMENTS
from township_office.registers.dispatch import DISPATCH
from township_office.services import settings

KEY = Qt.Key
PARTY = "青山县委组织部"


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_the_row_stands_over_the_columns_of_each_register(office_with_rows, begin, register):
    tab, row = begin(office_with_rows, register)
    heads = tab.list.table.heads
    assert row.isVisible()
    for place, field in enumerate(tab.list.model.columns):
        stop = row.stops.get(field.name)
        if stop is None or heads.isSectionHidden(place):
            assert stop is None or not stop.editor.isVisible()
            continue
        left = stop.editor.mapTo(heads, QPoint()).x()
        assert left == heads.sectionViewportPosition(place) + 1
        assert stop.editor.width() == heads.sectionSize(place) - 2
    assert row.geometry().bottom() < heads.height()
    assert tab.list.table.viewport().y() >= heads.geometry().bottom()


def test_the_mouse_does_it_too(qtbot, office_with_rows, begin):
    _tab, row = begin(office_with_rows)
    put(row, sender=PARTY, title="关于用鼠标登记的通知")
    qtbot.mouseClick(row.foot.save, Qt.MouseButton.LeftButton)
    assert newest(office_with_rows)["title"] == "关于用鼠标登记的通知"
    qtbot.mouseClick(row.foot.close_button, Qt.MouseButton.LeftButton)
    assert not row.isVisible()


def test_an_empty_book_has_room_for_its_first_paper(office, begin, hands):
    tab, row = begin(office)
    assert empty_page(tab) is None
    assert row.isVisible()
    put(row, sender=PARTY, title="关于第一件事的通知")
    hands.press(KEY.Key_Return, CTRL)
    assert numbers(tab) == ["2026-0001"]
    hands.press(KEY.Key_Escape)
    assert numbers(tab) == ["2026-0001"]


def test_an_empty_book_says_so_again_afterwards(office, begin, hands):
    tab, _row = begin(office)
    hands.press(KEY.Key_Escape)
    assert empty_page(tab) is not None


def test_a_narrow_window_scrolls_to_the_cursor(qtbot, office_with_rows, begin, hands):
    tab, row = begin(office_with_rows, width=560)
    seen = [stop.field.name for stop in row.in_sight()]
    assert {"received_on", "sender", "doc_number", "title"} <= set(seen)
    heads, bar = tab.list.table.heads, tab.list.table.horizontalScrollBar()
    assert bar.maximum() > 0
    for name in (*seen, *reversed(seen)):
        row.go_to(name)
        editor = row.stops[name].editor
        place = [field.name for field in tab.list.model.columns].index(name)
        assert editor.x() == heads.sectionViewportPosition(place) + 1
        assert editor.x() >= 0
        assert editor.geometry().right() <= heads.width()
    hands.press(KEY.Key_Escape)
    qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_a_window_made_narrower_while_typing_loses_nothing(qtbot, office_with_rows, begin, hands):
    tab, row = begin(office_with_rows)
    put(row, sender=PARTY, title="关于一件事的通知")
    row.go_to("handler")
    hands.type("x")
    tab.resize(700, 640)
    qtbot.waitUntil(lambda: row.stops["handler"] not in row.in_sight())
    row._on_entered(row.stops["handler"])
    assert newest(office_with_rows)["handler"] == "x"


def test_a_dragged_column_takes_its_editor_along(office_with_rows, begin):
    tab, row = begin(office_with_rows)
    heads = tab.list.table.heads
    place = [field.name for field in tab.list.model.columns].index("sender")
    heads.resizeSection(place, 260)
    assert row.stops["sender"].editor.width() == 258
    assert row.stops["doc_number"].editor.x() == heads.sectionViewportPosition(place + 1) + 1


def test_what_the_office_hides_is_typed_all_the_same_when_it_must_be(office_with_rows, begin, hands):
    settings.set_setting(office_with_rows, "receipt.columns", "number,title,received_on,urgency")
    tab, row = begin(office_with_rows)
    assert [stop.field.name for stop in row.in_sight()] == ["sender", "title", "received_on", "urgency"]
    hands.press(KEY.Key_Escape)
    assert "sender" not in [field.name for field in tab.list.model.columns]


def test_a_column_that_is_taken_away_takes_nothing_along(office_with_rows, begin, hands, today):
    tab, row = begin(office_with_rows)
    put(row, sender=PARTY, title="关于一件事的通知", due_on="2026-12-01")
    settings.set_setting(office_with_rows, "receipt.columns", "number,title,received_on,sender")
    tab.refresh()
    assert "due_on" not in row.stops
    row.go_to("title")
    hands.press(KEY.Key_Return, CTRL)
    assert newest(office_with_rows)["due_on"] == today.replace(month=12, day=1)


def test_a_choice_is_a_list_in_the_row(qtbot, office_with_rows, begin, hands):
    settings.set_setting(office_with_rows, "receipt.columns", "number,title,received_on,sender,urgency")
    _tab, row = begin(office_with_rows)
    row.go_to("urgency")
    hands.press(KEY.Key_A, CTRL)
    hands.enter("jj")
    assert row.texts()["urgency"] == "加急"
    line = row.stops["urgency"].editor
    qtbot.mouseClick(line.inner, Qt.MouseButton.LeftButton)
    assert line.list.isVisible()


def test_a_long_title_makes_room_for_itself(qtbot, office_with_rows, begin):
    tab, row = begin(office_with_rows)
    before = row.height()
    row.go_to("title")
    focus().insertPlainText("关于进一步做好有关工作的补充通知" * 6)
    qtbot.waitUntil(lambda: row.height() > before)
    assert tab.list.table.heads.height() >= row.geometry().bottom()
    row.begin_next()
    qtbot.waitUntil(lambda: row.height() == before)


def test_a_series_is_chosen_in_the_number_column(office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows, DISPATCH)
    first = row.series.text()
    row.series.series.actions()[2].trigger()
    assert row.series.text() != first
    coming = row.series.text().removesuffix(" ▾")
    put(row, title="关于一件事的通知")
    hands.press(KEY.Key_Return, CTRL)
    assert newest(office_with_rows, DISPATCH)["number"] == coming
    put(row, signed_on="")
    assert row.series.text() == t("form.number_open") + " ▾", "unsigned it is a draft without a number"


def test_the_pane_gives_its_room_and_comes_back(office_with_rows, begin, hands):
    tab, _row = begin(office_with_rows)
    assert not tab.pane.isVisible()
    hands.press(KEY.Key_Escape)
    assert tab.pane.isVisible()


def test_a_read_only_office_has_no_row(readonly_office, shown):
    tab = shown(readonly_office)
    assert not tab._commands["batch_entry"].isEnabled()


def test_words_of_an_input_method_reach_the_row(qtbot, office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    compose("x", "xw", commit="县委办")
    assert row.texts()["sender"] == "县委办"
    hands.press(KEY.Key_A, CTRL)
    compose(commit="县政府办")
    assert row.texts()["sender"] == "县政府办"


def test_clicking_a_row_below_leaves_the_row_as_it_is(qtbot, office_with_rows, begin, hands):
    tab, row = begin(office_with_rows)
    hands.type("zzb")
    table = tab.list.table
    box = table.visualRect(tab.list.model.index(3, 3))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert table.position() == 3
    assert row.texts()["sender"] == "zzb"
    tab._commands["batch_entry"].trigger()
    assert QApplication.focusWidget() in [stop.editor.inner for stop in row.stops.values()]
