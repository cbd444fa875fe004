# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton

from tests.ui.duty.looking import dialog
from township_office.registers.duty.plan import DayKind
from township_office.services.roster import staffing
from township_office.ui.duty.importing.old_roster_dialog import OldRosterDialog
from township_office.ui.duty.staff.staff_forms import LineForm, PairForm, PersonForm
from township_office.ui.duty.staff.staff_page import COMMANDS
from township_office.ui.life.name_chips import NameChips


@pytest.fixture
def page(staffed, shown):
    tab = shown(staffed)
    return tab.show_page("staff")


def names(page):
    return [page.people.lines.line(row).texts[0] for row in range(page.people.lines.rowCount())]


def test_every_command_has_a_key(page):
    assert all(not page.commands[name].shortcut().isEmpty() for name in COMMANDS)


def test_somebody_is_added_refused_corrected_and_saved(page, staffed):
    page.on_record_new()
    form = dialog(page, PersonForm)
    form.blocks["name"].editor.set_text("陈海")
    form.save()
    assert form.blocks["groups"].problem()
    form.blocks["groups"].editor.set_text("值班员")
    form.save()
    assert "已经有叫“陈海”的了" in form.blocks["name"].problem()
    form.blocks["name"].editor.set_text("沈洁")
    form.save()
    assert not form.isVisible()
    assert names(page)[-1] == "沈洁"
    assert page.pane.person.name == "沈洁", "whoever was added is chosen"


def test_what_is_known_of_somebody_is_changed(page, staffed):
    page.people.choose_keys([1])
    QTest.keyClick(page.people, Qt.Key.Key_Return)
    form = dialog(page, PersonForm)
    form.blocks["phone"].editor.set_text("0558-1234567")
    form.blocks["ends_on"].editor.set_text("2026-11-01")
    form.save()
    assert page.people.lines.line(0).texts[3:] == ("0558-1234567", "已离岗")


def test_days_are_typed_as_spans(page, staffed):
    page.people.choose_keys([5])
    page.commands["duty_days"].trigger()
    assert page.pane.spans.hasFocus()
    page.pane.kind.setCurrentText("培训")
    QTest.keyClicks(page.pane.spans, "11-20..11-24; 12-3")
    QTest.keyClick(page.pane.spans, Qt.Key.Key_Return)
    held = [(one.kind, one.first_on, one.last_on) for one in staffing.aways(staffed)]
    assert held == [
        ("培训", date(2026, 11, 20), date(2026, 11, 24)), ("培训", date(2026, 12, 3), date(2026, 12, 3)),
    ]  # fmt: skip
    assert page.pane.spans.text() == ""
    assert page.people.lines.line(4).texts[-1] == "培训至 11-24"


def test_days_that_cannot_be_read_stay_with_a_word_below(page, staffed):
    page.people.choose_keys([5])
    assert "分号" in page.pane._how.text()
    assert page.pane._how.isVisible(), "how days are written stands below them"
    page.pane.spans.setText("11-20..11-24; 下周三左右")
    page.pane.add_days()
    assert "下周三左右" in page.pane._trouble.text()
    assert page.pane.spans.text() == "11-20..11-24; 下周三左右"
    assert staffing.aways(staffed) == [], "all of it or nothing"


def test_days_are_dropped_again(page, staffed, today):
    staffing.save_away(staffed, 5, {"kind": "请假", "first_on": "2026-12-01"}, today)
    page.people.choose_keys([5])
    page.refresh()
    drop = next(one for one in page.pane.findChildren(QToolButton) if "12-01" in one.accessibleName())
    drop.click()
    assert staffing.aways(staffed) == []


def test_two_go_never_together(page, staffed):
    page.people.choose_keys([5])
    page.commands["duty_pair"].trigger()
    form = dialog(page, PairForm)
    form.other.setCurrentIndex(form.other.findData(7))
    form.save()
    assert [(one.first_id, one.second_id, one.rule) for one in staffing.pairs(staffed)] == [(5, 7, "never")]


def test_alt_and_arrows_change_the_order(page, staffed):
    page.people.setFocus()
    page.people.choose_keys([2])
    page.commands["duty_up"].trigger()
    assert names(page)[:2] == ["何文斌", "孙志强"]
    page.lines.setFocus()
    page.lines.choose_keys([1])
    page.commands["duty_down"].trigger()
    assert [line.name for line in staffing.lines(staffed)] == ["值班员", "带班领导"]


def test_a_line_is_added_for_some_kinds_of_day_changed_and_kept_no_longer(page, staffed, asker):
    page.commands["duty_lines"].trigger()
    form = dialog(page, LineForm)
    form.blocks["name"].editor.set_text("防汛应急")
    form.blocks["group_name"].editor.set_text("值班员")
    form.kinds[DayKind.WORKDAY].setChecked(False)
    form.save()
    assert page.lines.lines.line(2).texts[-1] == "休息日、法定节假日、春节"
    page.lines.setFocus()
    page.lines.choose_keys([3])
    page.commands["record_edit"].trigger()
    form = dialog(page, LineForm)
    assert not form.kinds[DayKind.WORKDAY].isChecked()
    form.blocks["people"].editor.set_text("0")
    form.save()
    assert form.isVisible()
    form.blocks["people"].editor.set_text("2")
    form.save()
    assert staffing.lines(staffed)[2].people == 2
    page.lines.setFocus()
    page.lines.choose_keys([3])
    page.commands["record_void"].trigger()
    assert "防汛应急" in asker.confirmed[0]
    assert len(staffing.lines(staffed)) == 2


def test_a_wrong_entry_is_taken_off_but_nobody_who_had_a_turn(page, staffed, asker, by_turns):
    page.people.setFocus()
    page.people.choose_keys([11])
    page.commands["record_void"].trigger()
    assert "罗建" not in names(page)
    by_turns(staffed)
    page.people.choose_keys([1])
    page.commands["record_void"].trigger()
    assert "已经排过班" in asker.reported[0]


def test_people_are_taken_from_a_sheet(qtbot, page, staffed, asker, tmp_path):
    asker.path = tmp_path / "名单.csv"
    asker.path.write_text("姓名,组别,电话\n唐辉,值班员,13900009999\n陈海,值班员,13900008888\n", "utf-8-sig")
    page.on_sheet_import()
    qtbot.waitUntil(lambda: bool(asker.told), timeout=10_000)
    assert asker.told == ["已导入：新增 1 人，更新 1 人。"]
    assert names(page)[-1] == "唐辉"


# ---- the first use ----


def test_an_empty_office_is_led_from_people_to_lines_to_the_first_month(qtbot, office, shown):
    tab = shown(office)
    month = tab.page("month")
    assert month.steps.isVisible()
    assert not month.bar.isVisible()
    month.steps.button("people").click()
    page = tab.page("staff")
    form = dialog(tab, PersonForm)
    form.blocks["name"].editor.set_text("孙志强")
    form.blocks["groups"].editor.set_text("带班领导")
    form.save()
    tab.show_page("month")
    month.steps.button("lines").click()
    form = dialog(tab, LineForm)
    assert form.blocks["group_name"].editor.text() == "带班领导", "the first group without a line is offered"
    form.save()
    page.go_on.click()
    assert tab.shown() is month
    assert month.bar.primary["duty_draw"].isVisible()
    month.on_duty_draw()
    qtbot.waitUntil(lambda: month.roster.month is not None, timeout=20_000)
    assert month.model.index(0, 0).data() == "孙志强"


def test_an_office_with_old_rosters_begins_with_them(office, shown):
    page = shown(office).page("month")
    page.steps.old.click()
    assert dialog(page, OldRosterDialog)


def test_the_usual_groups_are_offered_until_there_are_others(office, shown, today):
    page = shown(office).show_page("staff")
    staffing.save_person(office, {"name": "沈洁", "groups": "值班员"}, today)

    def offered():
        page.on_record_new()
        form = dialog(page, PersonForm)
        names = [one.text() for one in form.findChild(NameChips).findChildren(QPushButton)]
        form.reject()
        return names

    assert offered() == ["值班员", "带班领导"], "the first person added does not take the other group away"
    staffing.save_person(office, {"name": "高翔", "groups": "驾驶员"}, today)
    assert offered() == ["值班员", "驾驶员"]
