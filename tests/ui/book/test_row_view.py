# SPDX-License-Identifier: MulanPSL-2.0
"""What every table of lines does alike: which columns have room, several rows chosen, the keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from township_office.core.fields import Field
from township_office.ui.archive.care.plain_table import PlainLine, PlainTable

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
COLUMNS = [Field("code", "档号", width=20), Field("title", "题名", width=30), Field("pages", "页数", width=5)]


@pytest.fixture
def table(qtbot) -> PlainTable:
    made = PlainTable(COLUMNS, "title", several=True, least=("pages", "title"))
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.fill([PlainLine((f"Z-{at}", "会议记录", "3"), key=at) for at in range(1, 5)])
    return made


def seen(table: PlainTable) -> list[str]:
    return [field.name for place, field in enumerate(COLUMNS) if not table.isColumnHidden(place)]


def test_columns_go_one_after_the_other_and_one_takes_what_is_left(table):
    assert seen(table) == ["code", "title", "pages"]
    assert sum(map(table.columnWidth, range(3))) == table.viewport().width()
    table.resize(380, 300)
    assert seen(table) == ["code", "title"]
    table.resize(250, 300)
    assert seen(table) == ["code"]
    table.resize(600, 300)
    assert seen(table) == ["code", "title", "pages"]


def test_what_takes_the_rest_is_another_where_it_is_hidden_itself(table):
    table.share_width(COLUMNS, "title", 200, (), left_out={"title"})
    assert seen(table) == ["code", "pages"]
    assert table.columnWidth(0) + table.columnWidth(2) == table.viewport().width()


def test_several_are_chosen_with_the_cursor_on_the_first(table):
    table.choose_all([2, 0])
    assert table.chosen_rows() == [0, 2]
    assert table.position() == 2
    table.choose_all([])
    assert table.chosen_rows() == [0, 2]


def test_home_and_end_choose_and_with_ctrl_leave_what_is_chosen(table):
    QTest.keyClick(table, KEY.Key_End)
    assert table.chosen_rows() == [3]
    QTest.keyClick(table, KEY.Key_Home)
    assert table.chosen_rows() == [0]
    QTest.keyClick(table, KEY.Key_End, CTRL)
    assert table.chosen_rows() == [0]


def test_up_on_the_first_row_leads_out_and_enter_opens(qtbot, table):
    QTest.keyClick(table, KEY.Key_End)
    with qtbot.assertNotEmitted(table.left_upwards):
        QTest.keyClick(table, KEY.Key_Up)
    QTest.keyClick(table, KEY.Key_Home)
    with qtbot.waitSignal(table.left_upwards):
        QTest.keyClick(table, KEY.Key_Up)
    with qtbot.waitSignal(table.opened):
        QTest.keyClick(table, KEY.Key_Return)
    table.clearSelection()
    QTest.keyClick(table, KEY.Key_Down)
    assert table.chosen_rows() == [0]
