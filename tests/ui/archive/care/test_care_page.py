# SPDX-License-Identifier: MulanPSL-2.0
"""The small books: entered by keyboard in seconds, given back on one key, red where something is wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QDialog

from tests.services.archive.keeping import TODAY, lend
from tests.ui.life.hands import ALT, CTRL, KEY, Hands
from township_office.core.text import t
from township_office.registers.archive.care import ACCESS_LOG, CARE, CLIMATE_LOG, STACK_CHECK, STACK_IN_OUT
from township_office.services import browsing, records
from township_office.services.archive import care
from township_office.services.browsing import View
from township_office.ui.archive.care.care_dialog import CareDialog
from township_office.ui.archive.shelf.sidebar import NARROW
from township_office.ui.dialogs.history_dialog import HistoryDialog
from township_office.ui.dialogs.void_dialog import VoidDialog
from township_office.ui.life.step_dialog import StepDialog
from township_office.ui.printing.print_dialog import PrintDialog
from township_office.ui.widgets import EmptyState

CODE = "Z109-WS·2014-Y-BGS-0001"
DRAFTS = {
    "access_log": {"reader": "刘敏", "reference_codes": CODE, "purpose": "查考"},
    "stack_in_out": {"reference_codes": CODE, "title": "送去修裱", "direction": "出库"},
    "climate_log": {"temperature": "18", "humidity": "50"},
    "stack_check": {"title": "防火", "finding": "正常"},
}


def enter(office, book, **more):
    return care.register(office, book, {book.dated_by: "今天"} | DRAFTS[book.name] | more, TODAY)


@pytest.mark.parametrize("book", CARE, ids=lambda book: book.name)
def test_no_word_on_a_button_is_cut_at_150_percent(book, care_page, archive):
    enter_one = {"way": "借出", "approver": "孙志强", "due_on": "12-1"} if book is ACCESS_LOG else {}
    enter(archive, book, **enter_one)
    room = 1366 / 1.5 - 2 * 20 - 12 - NARROW  # less the edges, the gap and the sidebar
    assert care_page(book).minimumSizeHint().width() <= room


@pytest.mark.parametrize("book", CARE, ids=lambda book: book.name)
def test_every_book_is_shown_found_corrected_voided_and_told(qtbot, book, care_page, archive, opened):
    page = care_page(book)
    assert t(f"care.new_{book.name}") in page._commands["record_new"].text()
    row = enter(archive, book)
    page.refresh()
    assert page.list.model.rowCount() == 1
    page.search.setText("没有这几个字")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 0)
    page.search.clear()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
    page.on_record_edit()
    dialog = opened(page, CareDialog)
    written = page.list.model.line(0).row
    last = next(field for field in reversed(book.fields) if field.name in dialog.blocks and not field.choices)
    assert dialog.blocks[book.dated_by].editor.text() == "2026-11-20"
    assert last.name in dialog.texts()
    dialog.reject()
    page.on_record_history()
    opened(page, HistoryDialog).reject()
    page.on_record_void()
    void = opened(page, VoidDialog)
    void.reason.setText("重复登记")
    void.void()
    assert records.get(archive, book, row["id"])["voided_on"] == TODAY
    assert not page._commands["record_edit"].isEnabled()
    assert written["number"] == row["number"]
    assert page.status_words().startswith("2026 年")


@pytest.mark.parametrize("book", CARE, ids=lambda book: book.name)
def test_every_book_prints_and_goes_out(book, care_page, archive, opened, asker, tmp_path, qtbot):
    enter(archive, book)
    page = care_page(book)
    page.on_book_print()
    dialog = opened(page, PrintDialog)
    qtbot.waitUntil(lambda: dialog._printed is not None or dialog.right.currentWidget() is dialog.waiting, timeout=5000)
    dialog.reject()
    asker.path = tmp_path / "out.xlsx"
    page.on_sheet_export()
    qtbot.waitUntil(lambda: bool(asker.told))
    assert "已导出 1 件" in asker.told[0]


def test_an_empty_book_says_what_it_is_for(care_page):
    page = care_page(CLIMATE_LOG)
    (state,) = [one for one in page.list.findChildren(EmptyState) if one.isVisible()]
    assert "14～24" in state._hint.text()
    assert page.status_words() == "2026 年温湿度记录 0 条，今天还没有记"


def test_a_reading_takes_two_numbers(qtbot, care_page, archive, opened):
    page = care_page(CLIMATE_LOG)
    hands = Hands(qtbot, page)
    hands.press(KEY.Key_N, CTRL)
    dialog = opened(page, CareDialog)
    assert dialog.focusWidget() is dialog.blocks["temperature"].editor.inner
    assert "温2026-001" in dialog.about.full_text()
    hands.type("18.5℃")
    hands.press(KEY.Key_Return)
    hands.type("63")
    hands.press(KEY.Key_S, CTRL)
    assert hands.dialog() is None
    (row_id,) = browsing.row_ids(archive, CLIMATE_LOG, View(), TODAY)
    row = records.get(archive, CLIMATE_LOG, row_id)
    assert (row["measured_on"], row["temperature"], row["humidity"]) == (TODAY, "18.5", "63")
    assert row["handled_by"] == "王春燕"
    assert str(row["measured_at"]).startswith("2026-11-20 ")
    assert page.list.chosen_id() == row_id
    assert "超出范围 1" in page.status_words()
    assert "今天还没有记" not in page.status_words()


def test_what_is_out_of_range_is_red_and_nothing_else(care_page, archive):
    enter(archive, CLIMATE_LOG, temperature="30")
    page = care_page(CLIMATE_LOG)
    model, delegate = page.list.model, page.list.table.painter_of_rows
    names = [column.name for column in model.columns]
    inks = {name: delegate.ink(model.index(0, names.index(name)), name, "") for name in ("temperature", "humidity")}
    assert inks == {"temperature": "red", "humidity": "ink"}


def test_swings_of_the_last_week_are_told_above_the_list(care_page, archive):
    for days, warm in ((9, "15"), (8, "22"), (3, "18"), (2, "21"), (1, "20.5")):
        enter(archive, CLIMATE_LOG, measured_on=str(TODAY - timedelta(days)), temperature=warm)
    page = care_page(CLIMATE_LOG)
    assert page.air.isVisible()
    assert "近 7 天变化过大：11-18 升 3 ℃。" in page.air._words.text()
    assert not care_page(STACK_CHECK).air.isVisible()


def test_a_visit_by_a_few_letters_of_the_title(qtbot, care_page, archive, opened):
    page = care_page(ACCESS_LOG)
    page.on_record_new()
    dialog = opened(page, CareDialog)
    qtbot.waitUntil(lambda: page._finder._finder.is_ready)
    hands = Hands(qtbot, page)
    for words in ("刘敏", "县财政局", "预算核对"):
        hands.type(words)
        hands.press(KEY.Key_Return)
    assert dialog.focusWidget() is dialog.blocks["reference_codes"].editor.inner
    hands.type("会议纪要")
    hands.press(KEY.Key_Return)
    assert dialog.blocks["reference_codes"].editor.text() == CODE
    assert dialog.blocks["title"].editor.text() == "云水镇党委会议纪要"
    assert dialog.blocks["due_on"].isHidden()
    hands.press(KEY.Key_S, CTRL)
    (row_id,) = browsing.row_ids(archive, ACCESS_LOG, View(), TODAY)
    row = records.get(archive, ACCESS_LOG, row_id)
    assert (row["reference_codes"], row["way"], row["handled_by"]) == (CODE, "阅览", "王春燕")


def test_the_title_follows_the_codes_until_somebody_writes_another(care_page, opened):
    page = care_page(ACCESS_LOG)
    page.on_record_new()
    dialog = opened(page, CareDialog)
    codes, title = dialog.blocks["reference_codes"].editor, dialog.blocks["title"].editor

    def say(text: str) -> None:
        codes.set_text(text)
        codes.settle()
        codes.named.emit()

    say("z109-ws.2014-y-bgs-1")
    assert (codes.text(), title.text()) == (CODE, "云水镇党委会议纪要")
    say(f"{CODE}、Z109-WS·2025-Y-BGS-0001")
    assert title.text() == "云水镇党委会议纪要\n云水镇2025年工作总结"
    title.set_text("两份材料")
    say(CODE)
    assert title.text() == "两份材料"
    say("旧12")
    assert "没有 旧12" in dialog.blocks["reference_codes"].below()


def test_a_loan_asks_for_what_a_loan_needs_and_is_refused_beside_its_field(care_page, archive, opened):
    lend(archive, CODE)
    page = care_page(ACCESS_LOG)
    page.on_record_new()
    dialog = opened(page, CareDialog)
    for name, text in {"reader": "何文斌", "purpose": "查考", "reference_codes": CODE, "way": "借出"}.items():
        dialog.blocks[name].editor.set_text(text)
    assert not dialog.blocks["due_on"].isHidden()
    dialog.blocks["reference_codes"].editor.named.emit()
    assert "还在刘敏" in dialog.blocks["reference_codes"].below()
    dialog.save()
    assert dialog.isVisible()
    assert "请先登记归还" in dialog.blocks["reference_codes"].problem()
    assert dialog.texts()["reader"] == "何文斌", "nothing typed is lost"
    dialog.blocks["reference_codes"].editor.set_text("Z109-WS·2025-Y-BGS-0001")
    dialog.save()
    assert dialog.blocks["approver"].problem() == "借出要写明批准人。"
    dialog.blocks["way"].editor.set_text("复制")
    assert not dialog.blocks["copied_pages"].isHidden()
    dialog.blocks["way"].editor.set_text("阅览")
    dialog.save()
    assert not dialog.isVisible()


def test_several_one_after_the_other_keep_the_day(care_page, archive, opened):
    page = care_page(CLIMATE_LOG)
    page.on_record_new()
    dialog = opened(page, CareDialog)
    dialog.blocks["measured_on"].editor.set_text("2026-11-18")
    for warm in ("17", "18"):
        dialog.blocks["temperature"].editor.set_text(warm)
        dialog.blocks["humidity"].editor.set_text("50")
        dialog.save_and_next()
        assert dialog.isVisible()
    assert dialog.texts()["measured_on"] == "2026-11-18"
    assert dialog.texts()["temperature"] == ""
    assert "温2026-003" in dialog.about.full_text()
    assert dialog.focusWidget() is dialog.blocks["temperature"].editor.inner
    assert browsing.counts(archive, CLIMATE_LOG, 2026, TODAY)[""] == 2
    dialog.reject()
    assert not dialog.isVisible(), "nothing was typed since"


def test_a_check_is_put_together_of_chips(qtbot, care_page, archive, opened):
    page = care_page(STACK_CHECK)
    page.on_record_new()
    dialog = opened(page, CareDialog)
    hands = Hands(qtbot, page)
    hands.press(KEY.Key_1, ALT)
    hands.press(KEY.Key_3, ALT)
    assert dialog.texts()["title"] == "防火、防潮"
    assert dialog.blocks["handling"].isHidden()
    dialog.blocks["finding"].editor.set_text("北墙返潮")
    dialog.blocks["problem"].editor.set_text("两盒受潮")
    assert not dialog.blocks["handling"].isHidden()
    dialog.save()
    assert "待处理 1" in page.status_words()
    assert page._commands["record_finish"].text() == "处理"
    hands.press(KEY.Key_D, CTRL)
    step = opened(page, StepDialog)
    step.blocks["handling"].editor.set_text("已移到上层，墙面报修")
    step.save()
    row = records.get(archive, STACK_CHECK, page.list.chosen_id())
    assert (row["handling"], row["handled_on"]) == ("已移到上层，墙面报修", TODAY)
    assert not page._commands["record_finish"].isEnabled()


def test_back_on_one_key(qtbot, care_page, archive):
    row = lend(archive, CODE)
    lend(archive, "Z109-WS·2025-Y-BGS-0001", way="阅览", due_on="")
    page = care_page(ACCESS_LOG)
    assert not page._commands["record_finish"].isEnabled(), "what was looked at here is not given back"
    page.reveal(row["id"])
    changed = []
    page.changed.connect(lambda: changed.append(1))
    Hands(qtbot, page).press(KEY.Key_D, CTRL)
    now = records.get(archive, ACCESS_LOG, row["id"])
    assert (now["returned_on"], now["is_intact"]) == (TODAY, True)
    assert changed
    assert page.list.chosen_id() == row["id"]
    assert "已归还" in page.list._count.text()
    assert not page._commands["record_finish"].isEnabled()


def test_the_window_leads_to_what_is_due(care_page, archive):
    late = lend(archive, CODE, used_on="2026-11-01", due_on="2026-11-10")
    lend(archive, "Z109-WS·2025-Y-BGS-0001", way="阅览", due_on="")
    page = care_page(ACCESS_LOG)
    page.show_view(None, "due")
    assert [page.list.model.id_at(at) for at in range(page.list.model.rowCount())] == [late["id"]]
    page.take_in(late["id"], is_shown=True)
    assert page.list.chosen_id() == late["id"]


def test_a_narrow_page_keeps_what_matters(qtbot, care_page, archive):
    enter(archive, CLIMATE_LOG)
    page = care_page(CLIMATE_LOG, width=600)
    table = page.list.table
    shown = {page.list.model.columns[at].name for at in table.columns_in_sight()}
    assert {"measured_on", "temperature", "humidity", "status"} <= shown
    assert not page.pane.isVisible()
    enter(archive, ACCESS_LOG)
    wide = care_page(ACCESS_LOG)
    assert wide.pane.isVisible()
    wide.on_detail_toggle()
    assert not wide.pane.isVisible()


def test_of_a_read_only_file_nothing_is_written(care_page, archive):
    lend(archive, CODE)
    archive.is_readonly = True
    page = care_page(ACCESS_LOG)
    enabled = {name for name, command in page._commands.items() if command.isEnabled()}
    assert not enabled & {"record_new", "record_finish", "record_edit", "record_void"}
    page.on_record_finish()
    assert [dialog for dialog in page.findChildren(QDialog) if dialog.isVisible()] == []


def test_a_year_can_be_chosen(care_page, archive):
    enter(archive, STACK_IN_OUT, moved_on="2024-03-01", direction="入库")
    enter(archive, STACK_IN_OUT)
    page = care_page(STACK_IN_OUT)
    assert page.list.model.rowCount() == 1
    page.years.chosen.emit(2024)
    assert page.list.model.line(0).row["moved_on"] == date(2024, 3, 1)
    page.years.chosen.emit(None)
    assert page.list.model.rowCount() == 2
