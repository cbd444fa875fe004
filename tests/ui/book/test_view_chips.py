# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

import pytest

from township_office.registers.dispatch import DISPATCH
from township_office.services import records, settings
from township_office.ui.book.view_chips import ViewChips

WORDS = {
    "": "全部",
    "open": "在办",
    "circulating": "传阅中",
    "overdue": "逾期",
    "completed": "已办结",
    "voided": "作废",
}
COUNTS = {"": 1200, "open": 900, "circulating": 3, "overdue": 5, "completed": 292}


@pytest.fixture
def chips(qtbot) -> ViewChips:
    made = ViewChips()
    qtbot.addWidget(made)
    made.resize(1000, 34)
    made.show_words(WORDS)
    made.show_counts(COUNTS)
    made.show()
    return made


def shown(chips: ViewChips) -> list[str]:
    return [button.text() for button in chips.chips.values() if button.isVisible()]


def test_only_views_with_rows_are_offered_and_the_one_that_is_shown(chips):
    assert shown(chips) == ["全部 1,200", "在办 900", "传阅中 3", "逾期 5", "已办结 292"]
    chips.choose("voided")
    assert shown(chips)[-1] == "作废 0"
    assert chips.chips["voided"].isChecked()
    assert not chips.chips[""].isChecked()


def test_what_has_no_room_is_behind_more_and_the_chosen_one_never(qtbot, chips):
    chips.choose("completed")
    chips.resize(320, 34)
    assert "已办结 292" in shown(chips)
    assert chips.behind_more()
    assert all(one.geometry().right() < 320 for one in (*chips.chips.values(), chips._more) if one.isVisible())
    assert [action.text() for action in chips._menu.actions()] == [
        chips.chips[key].text() for key in chips.behind_more()
    ]
    with qtbot.waitSignal(chips.chosen) as chosen:
        chips._menu.actions()[-1].trigger()
    assert chosen.args == [chips.behind_more()[-1]]
    chips.resize(1000, 34)
    assert chips.behind_more() == []
    assert not chips._more.isVisible()


def test_the_offices_words_are_on_chips_pills_and_in_the_pane(qtbot, office_with_rows, shown):
    tab = shown(office_with_rows)
    settings.set_setting(office_with_rows, "receipt.status_words", "overdue=超时,completed=办毕")
    tab.refresh()
    chips = tab.list.chips.chips
    qtbot.waitUntil(lambda: chips["overdue"].text() == "超时 1")
    chips["overdue"].click()
    assert tab.list.model.line(0).state.label == "超时"
    assert tab.list.model.line(0).state.key == "overdue"
    qtbot.waitUntil(lambda: tab.pane._pill.accessibleName() == "超时")


def test_a_watch_of_the_first_page_is_a_view_while_it_is_looked_at(qtbot, office_with_rows, shown):
    tab = shown(office_with_rows)
    tab.show_view(None, "due")
    chips = tab.list.chips.chips
    qtbot.waitUntil(lambda: chips["due"].text() == "到期与逾期 1")
    assert tab.list.model.rowCount() == 1
    chips[""].click()
    assert not chips["due"].isVisible()


def test_a_view_with_nothing_in_it_says_so(office_with_rows, shown, today):
    tab = shown(office_with_rows, DISPATCH)
    for row in range(1, 5):
        records.void(office_with_rows, DISPATCH, row, "不发了", today)
    tab.show_view(None, "in_hand")
    assert tab.list.model.rowCount() == 0
