# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from tests.ui.book.looking import button, chosen_number, empty_page, numbers, search, words_of
from township_office.core import searchkeys
from township_office.core.text import t
from township_office.registers import DOCUMENTS
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.services.office import change
from township_office.store import records as store
from township_office.ui import theme

KEY = Qt.Key
Today = Callable[[], date]


# ---- looking through ----


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_every_registers_tab_opens(office_with_rows, shown, register):
    tab = shown(office_with_rows, register)
    assert tab.list.model.rowCount() > 0
    assert tab.status_words()


def test_begins_with_this_year_newest_first_and_the_newest_chosen(tab):
    assert tab.years.currentText() == "2026 年"
    assert numbers(tab)[0] == "2026-0030"
    assert len(numbers(tab)) == 30
    assert chosen_number(tab) == "2026-0030"


def test_chips_count_and_filter(qtbot, tab):
    chips = tab.list.chips.chips
    qtbot.waitUntil(lambda: chips[""].text() == "全部 30")
    assert chips["overdue"].text() == "逾期 1"
    assert chips["voided"].text() == "作废 1"
    chips["overdue"].click()
    assert numbers(tab) == ["2026-0028"]
    chips[""].click()
    assert len(numbers(tab)) == 30


def test_rare_standings_are_offered_where_there_are_such_rows(qtbot, office_with_rows, shown):
    tab = shown(office_with_rows)
    chips = tab.list.chips.chips
    qtbot.waitUntil(lambda: chips[""].text() == "全部 30")
    assert not chips["recorded"].isVisible()
    assert chips["voided"].isVisible()
    chips["voided"].click()
    tab.years.chosen.emit(2025)
    qtbot.waitUntil(lambda: chips[""].text() == "全部 2")
    assert chips["voided"].isVisible(), "the one that is chosen stays in sight"
    chips[""].click()
    tab.list.read_anew()
    qtbot.waitUntil(lambda: not chips["voided"].isVisible())


def test_rows_without_a_date_are_shown_at_once(office, shown, today):
    with change(office) as pen:
        empty = dict.fromkeys(field.name for field in RECEIPT.fields)
        store.add_many(pen, RECEIPT, [empty | {"title": "没有日期的通知", "entry": "imported", "year": None}], "import")
    tab = shown(office)
    assert tab.years.currentText() == "全部年度"
    assert tab.list.model.rowCount() == 1


def test_all_years_are_one_choice_away(qtbot, tab):
    tab.years.setCurrentIndex(tab.years.findText("全部年度"))
    tab.years.activated.emit(tab.years.currentIndex())
    assert len(numbers(tab)) == 32
    assert [tab.years.itemText(place) for place in range(tab.years.count())] == ["2026 年", "2025 年", "全部年度"]


def test_before_the_first_document_of_a_year_the_last_year_is_shown(office_with_rows, shown, today):
    new_year = today.replace(year=2027, month=1, day=4)
    tab = shown(office_with_rows, today=lambda: new_year)
    assert tab.years.currentText() == "2026 年"
    assert tab.list.model.rowCount() == 30


def test_keys_lead_through_the_table(qtbot, tab):
    table = tab.list.table
    qtbot.keyClick(table, KEY.Key_Down)
    assert chosen_number(tab) == "2026-0029"
    qtbot.keyClick(table, KEY.Key_End)
    assert chosen_number(tab) == "2026-0001"
    qtbot.keyClick(table, KEY.Key_PageUp)
    assert table.position() < 29
    qtbot.keyClick(table, KEY.Key_Home)
    assert table.position() == 0
    qtbot.keyClick(table, KEY.Key_Up)
    assert tab.search.hasFocus()
    qtbot.keyClick(tab.search, KEY.Key_Down)
    assert table.hasFocus()


def test_the_pane_reads_the_chosen_row(qtbot, tab, office_with_rows, today):
    row_id = tab.list.chosen_id()
    records.correct(office_with_rows, RECEIPT, row_id, {"remarks": "附件另发"}, today)
    tab.list.reload()
    qtbot.waitUntil(lambda: tab.pane.shown() is not None and tab.pane.shown()["id"] == row_id)
    texts = [found.text() for found in tab.pane.findChildren(QLabel) if not found.isHidden()]
    assert "2026-0030" in texts
    assert "附件另发" in texts
    assert any(text.startswith("王春燕") for text in texts)
    assert "领导批示" not in texts  # nothing was filled in there


def test_the_choice_survives_a_reload(qtbot, tab):
    tab.list.table.choose(7)
    number = chosen_number(tab)
    tab.on_reload()
    assert chosen_number(tab) == number


def test_number_is_copied(qtbot, tab):
    qtbot.waitUntil(lambda: tab.pane.shown() is not None)
    tab.on_number_copy()
    assert QApplication.clipboard().text() == "2026-0030"


def test_a_void_row_cannot_be_changed_again(qtbot, tab):
    tab.list.table.choose(numbers(tab).index("2026-0005"))
    assert not tab._commands["record_edit"].isEnabled()
    assert not tab._commands["record_void"].isEnabled()
    assert tab._commands["record_history"].isEnabled()
    tab.list.table.choose(0)
    assert tab._commands["record_void"].isEnabled()


# ---- finding ----


def test_finds_as_one_types_and_marks_it(qtbot, tab):
    search(qtbot, tab, "防灭火")
    assert len(numbers(tab)) == 10
    assert tab.list._count.text() == "找到 10 件"
    assert tab.list.table.painter_of_rows._sought == "防灭火"
    qtbot.keyClick(tab.search, KEY.Key_Escape)
    assert len(numbers(tab)) == 30
    assert tab.list._count.text() == ""


def test_finds_initials_and_numbers_in_any_brackets(qtbot, tab):
    search(qtbot, tab, "fmh")
    assert len(numbers(tab)) == 10
    search(qtbot, tab, "青字[2026]25号")
    assert numbers(tab) == ["2026-0006"]


def test_the_letters_are_learnt_when_they_are_first_looked_for(qtbot, tab):
    searchkeys._readings.cache_clear()
    search(qtbot, tab, "防灭火 2026")
    assert not tab.list._is_learning
    search(qtbot, tab, "fmh")
    qtbot.waitUntil(searchkeys.is_warm)
    picture = tab.list.table.viewport().grab().toImage()
    mark = theme.colour("mark").name()
    shades = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(min(picture.height(), 90))}
    assert mark in shades


def test_what_other_years_hold_is_offered(qtbot, tab):
    search(qtbot, tab, "去年的第")
    page = empty_page(tab)
    assert page is not None
    button(page, "全部年度里有 2 件").click()
    assert len(numbers(tab)) == 2
    assert tab.years.currentText() == "全部年度"
    assert empty_page(tab) is None


def test_no_match_gives_a_hint(qtbot, tab):
    search(qtbot, tab, "没有这样的词")
    page = empty_page(tab)
    assert page is not None
    assert "没有找到“没有这样的词”" in words_of(page)


def test_many_hits_come_in_idle_moments_and_a_new_key_drops_the_old(qtbot, tab, monkeypatch):
    search(qtbot, tab, "防灭火")
    ids = [tab.list.model.id_at(0)]

    def endless(text, view, today):
        yield from (ids * 700 if text == "多" else ids)

    monkeypatch.setattr(tab.list._finder, "hits", endless)
    tab.search.setText("多")
    assert tab.list.model.rowCount() == 200
    assert tab.list._count.text().startswith("已找到 200")
    qtbot.waitUntil(lambda: tab.list._count.text() == "找到 700 件")
    tab.search.setText("多")
    tab.list.seek("多")
    tab.search.setText("少")
    qtbot.wait(30)
    assert tab.list.model.rowCount() == 1


def test_what_is_typed_before_the_index_is_read_is_not_lost(qtbot, tab):
    tab.search.setText("防灭火")  # the index is being read now
    qtbot.waitUntil(lambda: len(numbers(tab)) == 10)


# ---- commands ----


def test_register_opens_an_empty_form_and_shows_the_new_row(qtbot, tab, office_with_rows, today):
    with qtbot.waitSignal(tab.changed):
        tab.on_record_new()
        dialog = tab.findChild(QDialog)
        assert dialog.isVisible()
        row = records.register_document(
            office_with_rows,
            RECEIPT,
            {"received_on": today.isoformat(), "sender": "县政府", "title": "刚登记的通知"},
            today,
        )
        dialog.saved.emit(int(str(row["id"])))
    assert chosen_number(tab) == "2026-0031"
    dialog.close()


def test_a_new_row_is_found_at_once_and_shown_though_the_view_hid_it(qtbot, tab, office_with_rows, today):
    search(qtbot, tab, "防灭火")
    row = records.register_document(
        office_with_rows,
        RECEIPT,
        {"received_on": today.isoformat(), "sender": "县政府", "title": "刚登记的通知"},
        today,
    )
    tab._on_written(int(str(row["id"])))
    assert chosen_number(tab) == "2026-0031"
    assert tab.search.text() == ""
    search(qtbot, tab, "刚登记")
    assert numbers(tab) == ["2026-0031"]


def test_enter_opens_the_form_of_the_chosen_row(qtbot, tab):
    qtbot.keyClick(tab.list.table, KEY.Key_Return)
    dialog = tab.findChild(QDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


def test_del_on_the_table_asks_why(qtbot, tab, office_with_rows):
    row_id = tab.list.chosen_id()
    chip = tab.list.chips.chips[""]
    chip.setFocus()
    QTest.keyClick(chip, KEY.Key_Delete)
    assert tab.findChild(QDialog) is None
    tab.list.table.setFocus()
    QTest.keyClick(tab.list.table, KEY.Key_Delete)
    dialog = tab.findChild(QDialog)
    assert dialog.isVisible()
    records.void(office_with_rows, RECEIPT, row_id, "重复登记", tab._today())
    dialog.voided.emit(row_id)
    assert tab.list.model.line(tab.list.model.position_of(row_id)).state.key == "voided"
    dialog.close()


@pytest.mark.parametrize("command", ["record_history", "number_ledger", "sheet_import", "book_print"])
def test_every_command_opens_its_dialog(qtbot, tab, command):
    tab._commands[command].trigger()
    dialog = tab.findChild(QDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


def test_export_asks_where_and_says_how_many(qtbot, tab, asker, tmp_path: Path):
    asker.path = tmp_path / "收文.xlsx"
    tab.on_sheet_export()
    qtbot.waitUntil(lambda: bool(asker.told))
    assert asker.suggested == ["收文登记簿（2026年）.xlsx"]
    assert "30 件" in asker.told[0]
    assert asker.path.stat().st_size > 1000


def test_the_menu_of_a_row_holds_what_can_be_done_with_it(tab):
    words = [action.text() for action in tab.row_menu().actions() if action.text()]
    assert words == [
        "初审退回…", "拟办…", "送阅…", "记批示…", "交承办…", "纳入督办…", "催办…", "起草复函…", "记复文号…", "办结",
        "处理单…", "传阅单…", "修改", "历史", "复制编号", "作废",
    ]  # fmt: skip


@pytest.mark.parametrize(("register", "word", "field", "state"), [
    (RECEIPT, "办结", "completed_on", "已办结"), (DISPATCH, "发出", "dispatched_on", "已发出"),
])  # fmt: skip
def test_one_key_says_that_it_is_done_today(qtbot, office_with_rows, shown, today, register, word, field, state):
    tab = shown(office_with_rows, register)
    finish, first = tab._commands["record_finish"], tab.list.chosen_id()
    assert finish.text() == word
    assert button(tab.pane, word).isEnabled()
    with qtbot.waitActive(tab):
        tab.activateWindow()
    qtbot.keyClick(tab.list.table, KEY.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert records.get(office_with_rows, register, first)[field] == today
    assert tab.list.chosen_id() == first
    assert tab.list.model.line(0).state.label == state
    assert not finish.isEnabled(), "it is done"
    qtbot.waitUntil(lambda: tab.pane.shown() is not None and tab.pane.shown()[field] == today)


def test_a_row_that_cannot_be_done_says_why(tab, asker, office_with_rows, today):
    later = {"received_on": (today + timedelta(3)).isoformat()}
    records.correct(office_with_rows, RECEIPT, tab.list.chosen_id(), later, today)
    tab.way.on_record_finish()
    assert asker.reported == [t("problem.completed_on_before_receipt")]


def test_a_number_there_is_not_cannot_be_copied(tab, office_with_rows):
    with change(office_with_rows) as pen:
        nameless = {"number": None, "sequence": None, "original_number": "9"}
        store.change(pen, RECEIPT, tab.list.chosen_id(), nameless, verb="change", why="")
    tab.refresh()
    assert numbers(tab)[0] == "原 9"
    assert not tab._commands["number_copy"].isEnabled()
    assert tab._commands["record_edit"].isEnabled()


def test_a_line_of_the_number_ledger_leads_to_its_row(tab, office_with_rows):
    row = records.by_number(office_with_rows, RECEIPT, "2026-0007")
    tab._commands["number_ledger"].trigger()
    dialog = tab.findChild(QDialog)
    dialog.open_requested.emit(row["id"])
    assert not dialog.isVisible()
    assert tab.list.chosen_id() == row["id"]


def test_after_an_import_the_year_of_its_rows_is_shown(tab):
    tab._commands["sheet_import"].trigger()
    dialog = tab.findChild(QDialog)
    dialog.year_wanted.emit(2025)
    assert (tab.years.currentText(), tab.list.view.year) == ("2025 年", 2025)
    dialog.year_wanted.emit(None)
    assert (tab.years.currentText(), tab.list.view.year) == ("全部年度", None)
    dialog.close()


def test_the_paper_a_document_answers_is_told_of_whatever_was_written(qtbot, office_with_rows, shown, today):
    paper = records.by_number(office_with_rows, RECEIPT, "2026-0001")
    draft = {"title": "关于名单的复函", "main_recipient": "青山县财政局", "reply_to": paper["number"]}
    row = records.register_document(
        office_with_rows, DISPATCH, draft | {"signed_on": "今天", "signer": "何文斌"}, today
    )
    tab = shown(office_with_rows, DISPATCH)
    tab.reveal(row["id"])
    tab.on_record_void()
    dialog = next(one for one in tab.window().findChildren(QDialog) if one.isVisible())
    with qtbot.waitSignal(tab.row_touched) as told:
        records.void(office_with_rows, DISPATCH, row["id"], "编错号", today)
        dialog.voided.emit(row["id"])
    dialog.reject()
    assert told.args == ["receipt", paper["id"]]
    assert records.get(office_with_rows, RECEIPT, paper["id"])["reply_number"] is None


def test_a_row_that_was_clicked_can_be_worked_on(shown, office_with_rows):
    tab = shown(office_with_rows)
    table = tab.list.table
    place = table.visualRect(tab.list.model.index(1, 2)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert tab._commands["record_history"].isEnabled()
    assert tab._commands["form_handling_sheet"].isEnabled()
    assert table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert tab._commands["record_history"].isEnabled()
