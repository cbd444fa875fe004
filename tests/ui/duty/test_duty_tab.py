# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

import pytest

from township_office.registers.duty.event import DUTY_EVENT
from township_office.services import records
from township_office.ui.tabs.duty_card import DutyCard
from township_office.ui.tabs.duty_tab import PAGES
from township_office.ui.window import MainWindow

DUTY = 5


@pytest.fixture
def window(staffed, by_turns, clock, asker, put_away, qtbot):
    by_turns(staffed, publish=True)
    made = MainWindow(staffed, clock, asker)
    made.resize(1366, 728)
    made.show()
    qtbot.waitExposed(made)
    yield made
    put_away(made)


def test_it_is_the_last_tab(window):
    assert window.tabs.tabText(DUTY) == "值班"
    window.tabs.setCurrentIndex(DUTY)
    assert "岗位 2 个" in window._left.full_text()


def test_the_pages_it_has_take_turns_and_their_keys_are_said(window):
    window.tabs.setCurrentIndex(DUTY)
    tab = window.tab(DUTY)
    for name in PAGES:
        tab.chips[name].click()
        assert tab.shown() is tab.page(name)
        assert tab.chips[name].isChecked()
    assert [button.toolTip() for button in tab.chips.values()] == [f"Alt+{n}" for n in range(1, 6)]


def test_an_emergency_is_led_to_on_its_page_and_its_entry_undone_there(window, staffed, today):
    draft = {"received_at": f"{today} 09:15", "title": "石桥村山体滑坡", "received_on": today.isoformat()}
    row = records.register_document(staffed, DUTY_EVENT, draft, today)
    window.show_row("duty_event", row["id"])
    tab = window.tab(DUTY)
    assert window.tabs.currentIndex() == DUTY
    assert tab.shown() is tab.page("events")
    assert tab.shown().list.chosen_id() == row["id"]
    window.on_undo()
    assert tab.shown().list.model.rowCount() == 0


def test_a_draft_is_undone_from_the_window(window, staffed, by_turns):
    by_turns(staffed, "2026-12")
    window.tabs.setCurrentIndex(DUTY)
    page = window.tab(DUTY).page("month")
    page.show_month("2026-12")
    page.view.choose(page.model.index(0, 0))
    before = page.model.index(0, 0).data()
    page.on_duty_clear()
    assert page.model.index(0, 0).data() == ""
    window.on_undo()
    assert page.model.index(0, 0).data() == before
    assert page.roster.name == "2026-12"


def test_today_says_who_is_on_duty_and_leads_to_the_roster(window):
    card = window.tab(0).findChild(DutyCard)
    said = [button.accessibleName() for button in card.buttons()]
    assert sum("今天" in one for one in said) == 3
    assert any("明天" in one for one in said)
    assert all("139" in one for one in said if "今天" in one)
    card.buttons()[1].click()
    assert window.tabs.currentIndex() == DUTY


def test_an_office_without_a_roster_has_no_card(office, clock, asker, put_away):
    made = MainWindow(office, clock, asker)
    assert made.tab(0).findChild(DutyCard) is None
    put_away(made)
