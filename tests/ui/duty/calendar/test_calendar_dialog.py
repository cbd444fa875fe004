# SPDX-License-Identifier: MulanPSL-2.0
"""放假安排: days changed with keys, mouse and chips; a notice pasted; a file; kept or not."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from township_office.registers.duty.calendar import YearCalendar
from township_office.registers.duty.plan import DayKind
from township_office.services.roster import calendar as calendars
from township_office.ui.duty.calendar.calendar_dialog import CalendarDialog
from township_office.ui.duty.calendar.notice_dialog import LONGEST, NoticeDialog

NOTICE = "2027年放假安排\n元旦：1月1日放假。\n春节：2月5日至12日放假调休，共8天。1月31日（周日）上班。"
SHIFT = Qt.KeyboardModifier.ShiftModifier
OCTOBER = [date(2027, 10, day) for day in range(1, 8)]


@pytest.fixture
def open_dialog(qtbot, office, asker, today):
    def show(year: int, of=office) -> CalendarDialog:
        made = CalendarDialog(of, year, today, asker)
        qtbot.addWidget(made, before_close_func=lambda widget: widget.done(0))
        made.open()
        made.activateWindow()
        return made

    return show


@pytest.fixture
def dialog(open_dialog):
    return open_dialog(2027)


def pasted(dialog, text=NOTICE) -> NoticeDialog:
    dialog.on_paste()
    notice = dialog.findChildren(NoticeDialog)[-1]
    notice.set_text(text)
    return notice


def kinds(dialog, days):
    shown = {day.date: day for day in calendars.days_of_year(dialog._office, dialog.year(), dialog._changed)}
    return [shown[day].kind for day in days]


def test_a_year_without_data_says_so_and_what_to_do(dialog):
    assert dialog.unknown.isVisible()
    assert not dialog.keep.isEnabled()
    assert dialog.state.text() == ""
    dialog.show_year(2026)
    assert not dialog.unknown.isVisible()
    assert dialog.state.text() == "程序自带"
    assert not dialog.restore.isEnabled()


def test_keys_choose_days_and_change_them(qtbot, dialog, office):
    dialog.view.go_to(OCTOBER[0])
    for _ in range(6):
        QTest.keyClick(dialog.view, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(dialog.view, Qt.Key.Key_3)
    assert kinds(dialog, OCTOBER) == [DayKind.HOLIDAY] * 7
    assert dialog.pane.title.text() == "10月1日—7日　7天"

    dialog.name("国庆节")
    QTest.keyClick(dialog.view, Qt.Key.Key_Right)
    QTest.keyClick(dialog.view, Qt.Key.Key_3)
    assert dialog.pane.words.full_text() == "国庆节", "the name of the day beside it"
    QTest.keyClick(dialog.view, Qt.Key.Key_Backspace)
    assert kinds(dialog, [date(2027, 10, 8)]) == [DayKind.WORKDAY]
    with qtbot.waitSignal(dialog.changed):
        QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert {day.name for day in calendars.calendar_of(office, 2027).own_days} == {"国庆节"}
    assert not dialog.isVisible()


def test_a_click_and_a_drag_choose_days(dialog):
    view = dialog.view
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.rect_of(OCTOBER[0]).center())
    assert view.cursor_day() == OCTOBER[0]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, SHIFT, view.rect_of(OCTOBER[6]).center())
    assert [day.date for day in view.chosen()] == OCTOBER
    dialog.pane.kinds.choose("春节")
    assert kinds(dialog, OCTOBER) == [DayKind.SPRING_FESTIVAL] * 7
    assert not dialog.unknown.isVisible(), "a year with a 春节 is known"
    dialog.pane.back.click()
    assert dialog.calendar_of(2027) == YearCalendar(2027)
    assert not dialog.keep.isEnabled()


def test_every_day_has_its_own_place(dialog):
    view = dialog.view
    for size in ((1200, 600), (560, 400), (220, 300)):
        view.resize(*size)
        days = [day for day in view._days if day.day in (1, 15, 28, 31)]
        assert [view.day_at(view.rect_of(day).center()) for day in days] == days


def test_the_cursor_goes_on_into_the_next_year(dialog):
    dialog.view.go_to(date(2027, 12, 31))
    QTest.keyClick(dialog.view, Qt.Key.Key_Right)
    assert (dialog.year(), dialog.view.cursor_day()) == (2028, date(2028, 1, 1))
    dialog.view.go_to(date(2028, 2, 29))
    QTest.keyClick(dialog, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert dialog.view.cursor_day() == date(2027, 2, 28)
    dialog.show_year(1900)
    assert dialog.year() == 2000
    QTest.keyClick(dialog.view, Qt.Key.Key_Home)
    dialog.view.go_to(date(2000, 1, 1))
    QTest.keyClick(dialog.view, Qt.Key.Key_Left)
    assert (dialog.year(), dialog.view.cursor_day()) == (2000, date(2000, 1, 1))


def test_a_day_set_as_it_is_needs_no_entry(open_dialog):
    dialog = open_dialog(2026)
    dialog.view.go_to(date(2026, 10, 1))
    QTest.keyClick(dialog.view, Qt.Key.Key_1)
    assert dialog.calendar_of(2026).own_days
    QTest.keyClick(dialog.view, Qt.Key.Key_3)
    dialog.name("国庆节")
    assert not dialog.calendar_of(2026).own_days
    assert dialog.state.text() == "程序自带"


def test_a_pasted_notice_is_looked_over_and_taken(qtbot, dialog, office):
    notice = pasted(dialog)
    lines = notice.lines()
    assert "2027 年　2 个节日　放假 9 天　调休上班 1 天" in lines
    assert "春节　2月5日—12日　8天　班　1月31日" in lines
    assert any("有 10 天和现在的安排不同" in line for line in lines)
    notice.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is notice)
    QTest.keyClick(notice.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not notice.isVisible()
    assert kinds(dialog, [date(2027, 2, 5), date(2027, 1, 31)]) == [DayKind.SPRING_FESTIVAL, DayKind.WORKDAY]
    assert "换上了 2027 年" in dialog.done_words.words()
    assert not calendars.has_own(office, 2027), "nothing is kept before 保存"
    dialog.save()
    assert calendars.has_own(office, 2027)


def test_doubts_stand_first_and_the_button_says_so(dialog):
    notice = pasted(dialog, NOTICE.replace("共8天", "共9天"))
    assert notice.lines()[0] == "请核对（1 处）"
    assert notice.keep.text().startswith("已核对")
    notice.set_text("今天天气很好")
    assert not notice.keep.isEnabled()
    notice.set_text("")
    assert notice.lines() == ["认出来的节日和调休，会列在这里，核对以后再采用。"]


def test_what_was_typed_last_is_looked_over_first(qtbot, dialog):
    notice = pasted(dialog)
    notice.text.insertPlainText("x")
    assert not notice.keep.isEnabled()
    notice.take()
    assert notice.isVisible()
    assert notice.keep.isEnabled()


def test_a_notice_left_half_typed_is_there_again(dialog):
    pasted(dialog).reject()
    dialog.on_paste()
    assert dialog.findChildren(NoticeDialog)[-1].text.toPlainText() == NOTICE


def test_a_whole_file_in_the_clipboard_is_refused(dialog):
    notice = pasted(dialog, "")
    much = QMimeData()
    much.setText("x" * (LONGEST + 1))
    notice.text.insertFromMimeData(much)
    assert notice.text.toPlainText() == ""
    assert "太长" in notice.trouble.words()


def test_a_secret_mark_is_refused_where_it_is_typed(dialog):
    notice = pasted(dialog, NOTICE + "机密★10年")
    assert "国家秘密" in notice.trouble.words()
    assert not notice.keep.isEnabled()


def test_a_notice_of_another_year_leads_there(open_dialog):
    dialog = open_dialog(2026)
    pasted(dialog).take()
    assert dialog.year() == 2027
    assert dialog.is_changed()


def test_files_go_out_and_come_in(dialog, open_dialog, asker, tmp_path, office):
    pasted(dialog).take()
    asker.path = tmp_path / "2027.toml"
    dialog.on_write()
    assert asker.suggested == ["2027年放假安排.toml"]
    other = open_dialog(2026)
    other.on_load()
    assert other.year() == 2027
    assert other.calendar_of(2027).holidays == dialog.calendar_of(2027).holidays
    asker.path = tmp_path / "通知.txt"
    asker.path.write_text(NOTICE, "gb18030")
    other.on_load()
    assert other.findChildren(NoticeDialog)[-1].keep.isEnabled()
    asker.path = tmp_path / "坏.toml"
    asker.path.write_text("x", "utf-8")
    other.on_load()
    assert "坏.toml" in other.trouble.words()


def test_back_to_what_came_with_the_program(open_dialog, asker):
    dialog = open_dialog(2026)
    dialog.view.go_to(date(2026, 4, 15))
    dialog.set_kind(DayKind.HOLIDAY)
    dialog.on_restore()
    assert "2026 年" in asker.confirmed[0]
    assert not dialog.is_changed()


def test_leaving_with_changes_asks(dialog, office):
    dialog.set_kind(DayKind.HOLIDAY)
    dialog.reject()
    assert dialog.isVisible()
    assert dialog.leaving.isVisible()
    dialog.leaving.buttons[0].click()
    assert not dialog.isVisible()
    assert not calendars.has_own(office, 2027)


def test_the_list_leads_to_its_holiday(open_dialog):
    dialog = open_dialog(2026)
    dialog.pane.wanted.emit(date(2026, 10, 1))
    assert dialog.pane.title.text() == "10月1日　周四"
    assert dialog.pane.words.full_text() == "国庆节"
    assert "工作日 248 天" in dialog.pane.sum.text()


def test_a_read_only_file_is_only_looked_at(open_dialog, readonly_office):
    dialog = open_dialog(2027, readonly_office)
    dialog.view.go_to(OCTOBER[0])
    QTest.keyClick(dialog.view, Qt.Key.Key_3)
    dialog.on_paste()
    assert not dialog.is_changed()
    assert not dialog.findChildren(NoticeDialog)
    assert dialog.trouble.isVisible()


def test_today_is_in_sight_where_the_year_has_no_room(qtbot, office, asker, today):
    made = CalendarDialog(office, today.year, today, asker)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.done(0))
    made.setMaximumHeight(460)
    made.open()
    place = made.view.rect_of(today).center()
    qtbot.waitUntil(lambda: made.view.visibleRegion().contains(place), timeout=2000)
    assert made._scroll.verticalScrollBar().value() > 0
