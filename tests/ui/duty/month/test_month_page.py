# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.duty.looking import choose, dialog, drag, middle, name_at
from township_office.registers.duty.month import month_of
from township_office.registers.duty.plan import DayKind
from township_office.services import undoing
from township_office.services.roster import changing, months, staffing
from township_office.ui.duty.calendar.calendar_dialog import CalendarDialog
from township_office.ui.duty.importing.old_roster_dialog import OldRosterDialog
from township_office.ui.duty.month.month_page import COMMANDS
from township_office.ui.duty.printing.print_dialog import RosterPrintDialog


@pytest.fixture
def page(draft):
    return draft.page("month")


def key(page, *keys):
    for one in keys:
        QTest.keyClick(page.view, one)


# ---- what is shown ----


def test_a_month_is_days_by_places_of_lines(page, today):
    assert (page.model.rowCount(), page.model.columnCount()) == (30, 3)
    assert [name_at(page, 1, column) for column in range(3)] == ["孙志强", "陈海", "周立新"]
    assert [place.title for place in page.model.places] == ["带班领导", "值班员", "值班员"]
    assert page.model.days[0].kind is DayKind.RESTDAY
    assert page.view.currentIndex().row() == today.day - 1, "today is chosen"
    assert page.view.days.today == today


def test_a_line_for_day_and_night_has_two_columns(staffed, today, by_turns, shown):
    staffing.save_line(staffed, {"name": "应急", "group_name": "值班员", "shift": "白班+夜班"}, today)
    page = shown(staffed).page("month")
    assert [place.title for place in page.model.places][3:] == ["应急·白班", "应急·夜班"]


def test_a_month_given_out_shows_the_lines_it_had(given_out, staffed, today):
    page = given_out.page("month")
    staffing.retire_line(staffed, staffing.lines(staffed)[0].id, today)
    page.refresh()
    assert [place.title for place in page.model.places] == ["值班员", "值班员", "带班领导"]
    assert name_at(page, 1, 2) == "孙志强"
    choose(page, 1, 2)
    assert page.side.groups.currentText() == "带班领导"


def test_long_names_stay_told_apart(staffed, today, by_turns, shown):
    staffing.save_line(staffed, {"name": "应急处置组全体成员", "group_name": "值班员", "shift": "白班+夜班"}, today)
    person = {"name": "阿依古丽·买买提江", "groups": "带班领导"}
    staffing.save_person(staffed, person, today, staffing.people(staffed)[0].id)
    by_turns(staffed)
    page = shown(staffed).page("month")
    day, night = (page.view.lines.title_in(column, 110) for column in (3, 4))
    assert day.endswith("…·白班")
    assert night.endswith("…·夜班")
    assert page.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "阿依古丽·买买提江"


def test_a_line_that_is_not_wanted_on_a_day_is_blank(staffed, today, shown):
    kinds = [DayKind.RESTDAY]
    staffing.save_line(staffed, {"name": "防汛", "group_name": "值班员"}, today, kinds=kinds)
    page = shown(staffed).page("month")
    assert page.model.is_wanted(page.model.index(0, 3)), "Sunday"
    assert not page.model.is_wanted(page.model.index(1, 3))


def test_the_pill_and_the_one_primary_button_follow_the_state(page, draft, staffed, today):
    shown = lambda: [name for name, button in page.bar.primary.items() if button.isVisible()]  # noqa: E731
    assert (page.bar.pill.accessibleName(), shown()) == ("草稿", ["duty_publish"])
    page.on_duty_next()
    assert (page.bar.pill.accessibleName(), shown()) == ("未排", ["duty_draw"])
    months.publish(staffed, "2026-11", "孙志强", today)
    page.on_duty_this_month()
    assert (page.bar.pill.accessibleName(), shown()) == ("已发布", ["book_print"])
    assert not page.commands["duty_draw"].isEnabled()


def test_a_month_far_away_is_chosen_at_once(page, staffed):
    choice = page.bar.month
    choice.years.aboutToShow.emit()
    years = {one.text(): one for one in choice.years.actions()}  # PySide 6.8 lets a menu go with its action
    assert list(years) == ["2027 年", "2026 年"]
    this, following = years["2026 年"].menu(), years["2027 年"].menu()
    assert [one.text() for one in this.actions() if one.isChecked()] == ["11月　草稿"]
    following.actions()[2].trigger()
    assert page.roster.name == "2027-03"
    assert choice.text() == "2027年3月 ▾"


def test_keys_turn_the_month(page):
    key(page, Qt.Key.Key_PageDown)
    assert page.roster.name == "2026-12"
    key(page, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp)
    assert page.roster.name == "2026-10"
    QTest.keyClick(page.view, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    page.commands["duty_this_month"].trigger()
    assert page.roster.name == month_of(page._today())


def test_a_year_nobody_announced_is_said_with_the_way_to_the_calendar(page):
    assert not page.unknown.isVisible()
    page.show_month("2031-03")
    assert page.unknown.isVisible()
    page.show_month("2026-11")
    assert not page.unknown.isVisible()


def test_every_command_has_a_key_and_a_slot(page):
    for name in COMMANDS:
        assert not page.commands[name].shortcut().isEmpty(), name


def test_the_whole_month_is_in_sight_on_a_small_screen(page):
    assert page.view.verticalScrollBar().maximum() == 0
    assert page.bar.parent() is not page, "the bar stands beside the chips"


def test_where_it_is_narrow_the_bar_stands_above_and_the_panel_can_be_called(staffed, by_turns, shown):
    by_turns(staffed)
    tab = shown(staffed, width=820)
    page = tab.page("month")
    assert page.bar.isVisible()
    assert not page.side.isVisible()
    page.commands["duty_why"].trigger()
    assert page.side.isVisible()


# ---- by hand ----


def test_a_name_is_dragged_onto_another_and_they_change(page, staffed):
    drag(page, (1, 1), (3, 2))
    assert (name_at(page, 1, 1), name_at(page, 3, 2)) == ("田雨", "陈海")
    assert undoing.to_undo(staffed) is not None
    undoing.undo(staffed, page._today())
    page.refresh()
    assert (name_at(page, 1, 1), name_at(page, 3, 2)) == ("陈海", "田雨")


def test_what_it_would_cost_is_said_before_the_name_is_let_go(page):
    drag(page, (1, 1), (3, 1), drop=False)
    assert "11月3日" in page.side._title.text()
    assert "隔得太近" in page.side.said()
    assert page.view.painter_of_cells.held is not None
    key(page, Qt.Key.Key_Escape)
    assert page.view.painter_of_cells.held is None
    assert name_at(page, 1, 1) == "陈海"


def test_a_leave_that_would_be_broken_is_named(page, staffed, today):
    person = staffing.person_named(staffed, "田雨")
    staffing.save_away(staffed, person.id, {"kind": "培训", "first_on": "2026-11-01"}, today)
    page.refresh()
    drag(page, (3, 2), (1, 1), drop=False)
    assert "田雨11月1日培训" in page.side.said()
    QTest.mouseRelease(page.view.viewport(), Qt.MouseButton.LeftButton, pos=middle(page, 1, 1))
    assert "田雨11月1日培训" in page.model.doubts[page.model.shift(page.model.index(0, 1)).id]


def test_two_turns_on_one_day_are_refused_beside_the_month(page):
    busy = next(day for day in range(2, 30) if "陈海" in (name_at(page, day, 1), name_at(page, day, 2)))
    other = 1 if name_at(page, busy, 2) == "陈海" else 2
    drag(page, (1, 1), (busy, other))
    assert "同一天不能排两次" in page.side.said()
    assert name_at(page, 1, 1) == "陈海"


def test_space_picks_up_and_puts_down(page):
    choose(page, 1, 0)
    key(page, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert "许晴" in page.side._title.text()
    key(page, Qt.Key.Key_Space)
    assert [name_at(page, day, 0) for day in (1, 2, 3)] == ["许晴", "何文斌", "孙志强"]


def test_cut_and_paste_do_the_same(page):
    choose(page, 1, 0)
    QTest.keyClick(page.view, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    key(page, Qt.Key.Key_Down)
    QTest.keyClick(page.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [name_at(page, day, 0) for day in (1, 2)] == ["何文斌", "孙志强"]


def test_a_place_is_emptied_seen_and_filled_from_the_list(page, staffed):
    choose(page, 5, 1)
    gone = name_at(page, 5, 1)
    key(page, Qt.Key.Key_Delete)
    assert name_at(page, 5, 1) == ""
    assert "还空着" in page.side._title.text()
    shift = page.view.shift()
    person = next(one for one in staffing.people(staffed) if one.name == gone)
    changing.put(staffed, shift.id, person.id)
    page.refresh()
    assert name_at(page, 5, 1) == gone


def test_a_lock_is_set_and_taken_off(page):
    choose(page, 5, 1)
    page.commands["duty_lock"].trigger()
    assert page.view.shift().is_locked
    assert page.commands["duty_lock"].text() == "解除锁定"
    page.commands["duty_lock"].trigger()
    assert not page.view.shift().is_locked


# ---- fairness ----


def test_the_bars_follow_the_group_and_every_change(page):
    choose(page, 1, 0)
    assert [bar.name for bar in page.side.bars.bars] == ["孙志强", "何文斌", "许晴", "高翔"]
    choose(page, 1, 1)
    assert page.side.groups.currentText() == "值班员"
    before = {bar.name: bar.turns[DayKind.RESTDAY] for bar in page.side.bars.bars}
    key(page, Qt.Key.Key_Delete)
    after = {bar.name: bar.turns[DayKind.RESTDAY] for bar in page.side.bars.bars}
    assert before["陈海"] - after["陈海"] == 1


def test_a_bar_leads_to_the_turns_of_its_person(page):
    bars = page.side.bars
    choose(page, 1, 1)
    person = bars.bars[3]
    bars.chosen.emit(person.person_id)
    assert page.view.currentIndex().data() == person.name
    assert bars.person_id == person.person_id


def test_why_it_is_he_is_always_said(page):
    choose(page, 4, 1)
    assert page.side._title.text() == f"为什么11月4日值班员是{name_at(page, 4, 1)}？"
    assert page.side.said().startswith("此前值过")


def test_a_read_only_office_is_looked_at_only(draft, staffed):
    staffed.is_readonly = True
    page = draft.page("month")
    page.refresh()
    assert not page.commands["duty_publish"].isEnabled()
    drag(page, (1, 1), (3, 2))
    assert name_at(page, 1, 1) == "陈海"
    staffed.is_readonly = False


@pytest.mark.parametrize(
    ("command", "kind"),
    [("book_print", RosterPrintDialog), ("sheet_import", OldRosterDialog), ("duty_calendar", CalendarDialog)],
)
def test_every_way_out_opens_its_window(draft, page, command, kind):
    page.commands[command].trigger()
    opened = dialog(draft, kind)
    opened.close()
    assert not opened.isVisible()
