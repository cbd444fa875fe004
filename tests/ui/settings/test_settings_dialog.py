# SPDX-License-Identifier: MulanPSL-2.0
"""设置: each page keeps what was changed on 保存 and nothing before; a refused value leads to its page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from township_office.core.text import t
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.registers.series import PER_TERM
from township_office.services import numbers, records, settings
from township_office.ui.settings.series_page import internal, readable
from township_office.ui.settings.settings_dialog import SettingsDialog
from township_office.ui.settings.settings_page import LISTS

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def dialog(qtbot, office, clock, asker):
    made = SettingsDialog(office, clock, asker)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.open()
        made.activateWindow()
    yield made
    made._save.setEnabled(False)  # so that closing does not ask


def go(dialog, page):
    dialog.list.setCurrentRow(dialog.pages.index(page))


def press_chip(page, words):
    button = next(button for button in page.findChildren(QPushButton) if button.text() == words)
    button.click()


def series_named(office, register, name):
    return next(series for series in numbers.all_series(office, register) if series.name == name)


def test_nothing_changed_leaves_nothing_to_save(dialog):
    for place in range(len(dialog.pages)):
        dialog.list.setCurrentRow(place)
        assert not dialog.pages[place].is_changed()
    press_chip(dialog.columns_page, "发文")
    press_chip(dialog.series_page, "发文")
    assert not dialog._save.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_name_and_clerks(office, dialog):
    page = dialog.office_page
    page.name.setText("云水镇党政综合办公室（新）")
    page.newcomer.setText("李文静")
    QTest.keyClick(page.newcomer, Qt.Key.Key_Return)
    page.newcomer.setText("李文静")
    page.add_clerk()
    QTest.keyClick(dialog, Qt.Key.Key_S, CTRL)
    assert not dialog.isVisible()
    assert settings.office_name(office) == "云水镇党政综合办公室（新）"
    assert settings.clerks(office) == ["王春燕", "李文静"]


def test_a_clerk_can_be_removed_but_not_the_one_who_sits_here(office, dialog):
    page = dialog.office_page
    page.newcomer.setText("李文静")
    page.add_clerk()
    page.people.setCurrentRow(0)
    assert not page.remove.isEnabled()
    page.remove_clerk()
    assert page.clerks() == ["王春燕", "李文静"]
    page.people.setCurrentRow(1)
    page.remove_clerk()
    assert page.clerks() == ["王春燕"]


def test_a_refused_value_leads_back_to_its_page(office, dialog):
    dialog.office_page.name.setText("镇")
    go(dialog, dialog.print_page)
    dialog.print_page.binding.setValue(30)
    dialog.save()
    assert dialog.isVisible()
    assert dialog.list.currentRow() == 0
    assert dialog.trouble.words() == t("setting.needs_name")
    dialog.office_page.name.setText("云水镇政府办公室")
    assert not dialog.trouble.isVisible()
    dialog.save()
    assert not dialog.isVisible()
    assert settings.get_setting(office, "print.binding_mm") == "30"


def test_print_settings(office, dialog):
    page = dialog.print_page
    page.row.setValue(12)
    page.signatures.setText("登记人、 审核人，分管领导")
    dialog.save()
    assert settings.get_setting(office, "print.row_mm") == "12"
    assert settings.get_setting(office, "print.signatures") == "登记人,审核人,分管领导"


@pytest.mark.parametrize("register", LISTS, ids=lambda register: register.name)
def test_columns_are_hidden_moved_and_widened(office, dialog, register):
    go(dialog, dialog.columns_page)
    page = dialog.columns_page
    press_chip(page, register.title.removesuffix("登记簿"))
    before = settings.column_names(office, register)
    page.list.setCurrentRow(1)
    QTest.keyClick(page.list, Qt.Key.Key_Down, ALT)
    page.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    page.list.setCurrentRow(2)
    page.width_box.setValue(21)
    dialog.save()
    assert not dialog.isVisible()
    after = settings.column_names(office, register)
    assert after == [before[0], *before[1:2], *before[3:]]
    assert settings.column_widths(office, register) == {before[1]: 21}


def test_columns_of_both_registers_are_kept_while_the_other_is_looked_at(office, dialog):
    page = dialog.columns_page
    page.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    press_chip(page, "发文")
    page.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    press_chip(page, "收文")
    assert "收文编号" not in [page.list.item(row).text() for row in range(12)]  # now behind the shown ones
    dialog.save()
    assert "number" not in settings.column_names(office, RECEIPT)
    assert "number" not in settings.column_names(office, DISPATCH)


def test_a_book_without_its_title_is_refused(dialog):
    page = dialog.columns_page
    item = next(page.list.item(row) for row in range(page.list.count()) if page.list.item(row).text() == "文件标题")
    item.setCheckState(Qt.CheckState.Unchecked)
    dialog.save()
    assert dialog.isVisible()
    assert dialog.list.currentRow() == dialog.pages.index(page)
    assert dialog.trouble.isVisible()


def test_columns_as_at_first(office, dialog):
    settings.set_setting(office, "receipt.columns", "title,number")
    made = type(dialog.columns_page)(office)
    made._reset()
    assert made.is_changed()
    made.apply()
    assert settings.column_names(office, RECEIPT) == settings.SETTINGS["receipt.columns"].default.split(",")


def test_dragging_a_column_moves_it(office, dialog):
    page = dialog.columns_page
    model = page.list.model()
    assert model.moveRow(model.index(0, 0).parent(), 1, model.index(0, 0).parent(), 4)
    assert page.is_changed()
    assert dialog._save.isEnabled()


def test_a_series_gets_another_format_and_start(office, dialog, today):
    go(dialog, dialog.series_page)
    page = dialog.series_page
    page.format.setText("收〔{年}〕{三位序号}号")
    page.format.textEdited.emit(page.format.text())
    assert page.example.text() == t("setting.example", number="收〔2026〕001号")
    page.start.setValue(120)
    assert page.example.text() == t("setting.example", number="收〔2026〕120号")
    dialog.save()
    assert not dialog.isVisible()
    draft = {"received_on": "今天", "sender": "青山县信访局", "title": "关于召开联席会议的通知"}
    assert records.register_document(office, RECEIPT, draft, today)["number"] == "收〔2026〕120号"


def test_the_example_knows_what_is_used(qtbot, office_with_rows, clock, asker):
    made = SettingsDialog(office_with_rows, clock, asker)
    qtbot.addWidget(made)
    assert made.series_page.example.text() == t("setting.example", number="2026-0031")


@pytest.mark.parametrize("bad", ["{年}号", "{序号", "{月}{序号}", "{序号}{代字}{代字"])
def test_a_format_that_cannot_be_filled_is_said_and_refused(dialog, bad):
    page = dialog.series_page
    page.format.setText(bad)
    page.format.textEdited.emit(bad)
    assert page.example.text() == t("setting.bad_format")
    dialog.save()
    assert dialog.isVisible()
    assert dialog.trouble.words() == t("error.series_format")


def test_a_new_series_per_term(office, dialog, today):
    page = dialog.series_page
    press_chip(page, "发文")
    page.add_series()
    for line, text in ((page.name, "人大文件"), (page.code, "云人发")):
        line.setText(text)
        line.textEdited.emit(text)
    page.resets[PER_TERM].click()
    assert page.term.isVisibleTo(page)
    page.term.setValue(18)
    dialog.save()
    assert not dialog.isVisible()
    series = series_named(office, DISPATCH, "人大文件")
    assert (series.code, series.reset, series.term) == ("云人发", PER_TERM, 18)
    coming = numbers.next_number(office, DISPATCH, {"series": "云人发"}, today)
    assert coming.period == 18


def test_two_series_of_one_code_are_refused(office, dialog):
    page = dialog.series_page
    press_chip(page, "发文")
    page.add_series()
    page.code.setText("云政发")
    page.code.textEdited.emit("云政发")
    dialog.save()
    assert dialog.isVisible()
    assert dialog.trouble.words() == t("error.series_exists", code="云政发")
    assert page.code.text() == "云政发"
    assert len(numbers.all_series(office, DISPATCH)) == 6


def test_a_place_is_put_in_where_the_cursor_is(dialog):
    page = dialog.series_page
    page.format.setText("收第号")
    page.format.setCursorPosition(2)
    press_chip(page, "{序号}")
    assert page.format.text() == "收第{序号}号"


def test_formats_read_in_chinese_and_come_back():
    for kept in ("{code}〔{year}〕{seq}号", "{year}-{seq:04d}", "{term}届{seq:03d}"):
        assert internal(readable(kept)) == kept
        assert "{" not in kept or all(ord(sign) > 127 for sign in readable(kept).split("{")[1].split("}")[0])


def test_days_of_backdating(office, dialog):
    dialog.series_page.days.setValue(10)
    dialog.save()
    assert settings.get_setting(office, "backdate.days") == "10"


def test_escape_asks_when_something_was_changed(qtbot, office, dialog):
    dialog.print_page.row.setValue(12)
    dialog.reject()
    assert dialog.isVisible()
    assert dialog.leaving.words() == t("setting.leaving")
    dialog.reject()
    assert not dialog.leaving.isVisible()
    dialog.reject()
    qtbot.mouseClick(dialog.leaving.buttons[0], Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert settings.get_setting(office, "print.row_mm") == "9"


def test_a_read_only_office_can_be_looked_at_only(qtbot, readonly_office, clock, asker):
    made = SettingsDialog(readonly_office, clock, asker)
    qtbot.addWidget(made)
    made.show()
    made.print_page.row.setValue(12)
    assert not made._save.isEnabled()
    assert made.trouble.words() == t("error.read_only")
    made.save()
    assert made.isVisible()


def test_it_fits_a_small_screen(dialog):
    dialog.resize(880, 440)
    assert dialog.size().toTuple() == (880, 440)


def test_the_wheel_never_turns_a_number(qtbot, dialog):
    go(dialog, dialog.print_page)
    box = dialog.print_page.binding
    box.setFocus()
    before = box.value()
    here = QPointF(box.rect().center())
    none = Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(
        here, here, QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(box, wheel)
    assert box.value() == before
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert box.value() == before + 1


def test_what_was_refused_on_one_page_is_not_said_on_another(dialog):
    go(dialog, dialog.archive_page)
    dialog.archive_page.fonds_no.setText("Z-1")
    dialog.save()
    assert dialog.trouble.words()
    go(dialog, dialog.print_page)
    assert not dialog.trouble.words()
    dialog.save()
    assert dialog.list.currentRow() == dialog.pages.index(dialog.archive_page)
    assert dialog.trouble.words()
