# SPDX-License-Identifier: MulanPSL-2.0
"""鉴定 on the screen: from the list of what has run out to the fire, by keyboard, and asked once more before it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog

from tests.services.archive import keeping
from tests.services.archive.keeping import TODAY, ids, item, lend
from tests.ui.life.hands import CTRL, KEY, Hands
from township_office.registers.archive.disposal import APPRAISAL
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import browsing, records, undoing
from township_office.services.archive import appraisal
from township_office.services.browsing import View
from township_office.ui.archive.care.appraisal_page import AppraisalPage
from township_office.ui.archive.care.fields_form import FieldsForm
from township_office.ui.archive.care.note_form import NoteForm
from township_office.ui.archive.care.taking_back import DropDialog
from township_office.ui.archive.printing.print_dialog import ArchivePrintDialog
from township_office.ui.dialogs.history_dialog import HistoryDialog
from township_office.ui.life.name_chips import NameChips


@pytest.fixture
def page(archive, clock, asker, shown):
    return shown(AppraisalPage(archive, clock, asker))


@pytest.fixture
def begun(qtbot, page, opened):
    """The page with an appraisal of everything that has run out."""
    page.items.selectAll()
    page.on_record_new()
    form = opened(page, FieldsForm)
    form.blocks["head"].editor.set_text("何文斌")
    form.save()
    qtbot.waitUntil(lambda: page._pages.currentWidget() is page.sheet)
    return page


def finish(qtbot, page, opened, **texts: str) -> FieldsForm:
    page.sheet.on_record_finish()
    form = opened(page, FieldsForm)
    for name, text in texts.items():
        form.blocks[name].editor.set_text(text)
    form.save()
    return form


def pill(page) -> str:
    return page.sheet._pill._text


def test_what_has_run_out_stands_there_oldest_first(page):
    lines = page.items.lines
    assert [lines.line(at).texts[2:] for at in range(lines.rowCount())] == [
        ("2005", "10年", "3", "2015年"), ("2005", "10年", "3", "2015年"), ("2012", "10年", "3", "2022年"),
    ]  # fmt: skip
    assert page.status_words() == "到期待鉴定 3 件，已办鉴定 0 次"
    assert page._past.isHidden()
    assert "不等于销毁" in page._said.text()


def test_all_the_way_by_keyboard(qtbot, page, archive, opened):
    hands = Hands(qtbot, page)
    hands.press(KEY.Key_A, CTRL)
    assert "鉴定选中的 3 件" in page._begin.text()
    hands.press(KEY.Key_N, CTRL)
    form = opened(page, FieldsForm)
    assert form.texts()["title"] == "2005～2012年度到期档案 3 件"
    assert form.focusWidget() is form.blocks["head"].editor.inner
    hands.type("何文斌")
    hands.press(KEY.Key_S, CTRL)
    qtbot.waitUntil(lambda: page._pages.currentWidget() is page.sheet)
    assert pill(page) == "鉴定中"
    hands.press(KEY.Key_End)
    hands.press(KEY.Key_3)
    assert "续存永久" in page.sheet.table.lines.line(2).texts
    assert "销毁 2 件 6 页，续存 1 件" in page.sheet._sum.text()
    hands.press(KEY.Key_D, CTRL)
    opened(page, FieldsForm)
    hands.type("孙志强")
    hands.press(KEY.Key_S, CTRL)
    qtbot.waitUntil(lambda: pill(page) == "待销毁")
    assert page.sheet.deciding.isHidden()
    hands.press(KEY.Key_D, CTRL)
    form = opened(page, FieldsForm)
    hands.type("周立新")
    hands.press(KEY.Key_Return)
    hands.type("许晴")
    hands.press(KEY.Key_S, CTRL)
    assert "永远不能撤销" in form.sure.words()
    assert form.focusWidget() is form.sure.buttons[0], "the safe answer has the keyboard"
    hands.press(KEY.Key_Escape)
    assert form.sure.isHidden()
    hands.press(KEY.Key_S, CTRL)
    form.sure.buttons[1].click()
    qtbot.waitUntil(lambda: pill(page) == "已销毁")
    gone = browsing.row_ids(archive, ARCHIVE_ITEM, View(state="destroyed"), TODAY)
    assert len(gone) == 2
    assert page.sheet.next.isHidden()
    page.sheet.left.emit()
    assert page.past.lines.line(0).texts[-3:] == ("2", "1", "已销毁")
    assert page._list.isHidden()


def test_a_figure_decides_only_where_the_lines_are(qtbot, begun):
    hands = Hands(qtbot, begun)
    before = begun.sheet._sum.text()
    begun.sheet.next.setFocus()
    hands.press(KEY.Key_3)
    assert begun.sheet._sum.text() == before
    begun.sheet.table.setFocus()
    hands.press(KEY.Key_3)
    assert begun.sheet._sum.text() != before


def test_two_different_supervisors_and_nothing_typed_is_lost(qtbot, begun, opened):
    finish(qtbot, begun, opened, approver="孙志强")
    qtbot.waitUntil(lambda: pill(begun) == "待销毁")
    form = finish(qtbot, begun, opened, witness_one="周立新", witness_two="周立新")
    form.sure.buttons[1].click()
    qtbot.waitUntil(lambda: bool(form.blocks["witness_two"].problem()))
    assert form.blocks["witness_two"].problem() == "两名监销人不能是同一个人。"
    assert form.texts()["witness_one"] == "周立新"
    form.blocks["witness_two"].editor.set_text("许晴")
    form.save()
    assert not form.sure.isHidden(), "asked anew"
    form.sure.buttons[1].click()
    qtbot.waitUntil(lambda: pill(begun) == "已销毁")


def test_what_is_lent_meanwhile_is_said_in_the_form(qtbot, begun, archive, opened):
    finish(qtbot, begun, opened, approver="孙志强")
    qtbot.waitUntil(lambda: pill(begun) == "待销毁")
    lend(archive, str(begun.sheet._every[0].item["number"]))
    form = finish(qtbot, begun, opened, witness_one="周立新", witness_two="许晴")
    form.sure.buttons[1].click()
    qtbot.waitUntil(lambda: bool(form.trouble.words()))
    assert "请先登记归还" in form.trouble.words()


def test_a_shorter_period_is_refused_and_said(begun, archive, asker):
    row = keeping.file_item(archive, 1990, "10年")
    appraisal.begin(archive, {"begun_on": "今天", "title": "旧", "head": "甲"}, ids([row]), TODAY)
    begun.sheet.left.emit()
    begun.past.choose(0)
    begun.past.opened.emit()
    begun.sheet.decide("30年")
    assert "请选更长的期限" in asker.reported[-1]
    assert begun.sheet.table.lines.line(0).texts[0] == "销毁"


def test_everything_kept_ends_without_a_fire(qtbot, begun, archive, opened):
    begun.sheet.table.selectAll()
    begun.sheet.decide("永久")
    finish(qtbot, begun, opened, approver="孙志强")
    qtbot.waitUntil(lambda: pill(begun) == "待销毁")
    assert "办结" in begun.sheet.next.text()
    finish(qtbot, begun, opened)
    qtbot.waitUntil(lambda: pill(begun) == "全部续存")
    assert len(browsing.row_ids(archive, ARCHIVE_ITEM, View(state="destroyed"), TODAY)) == 0


def test_reasons_leaving_out_reopening_and_dropping(qtbot, begun, archive, opened):
    sheet = begun.sheet
    sheet.table.choose(0)
    sheet.on_note()
    note = opened(begun, NoteForm)
    note.blocks["remarks"].editor.set_text("无保存价值")
    note.save()
    assert sheet.table.lines.line(0).texts[-1] == "无保存价值"
    sheet.on_take_out()
    assert sheet.table.lines.rowCount() == 2
    sheet.on_record_edit()
    form = opened(begun, FieldsForm)
    form.blocks["opinion"].editor.set_text("同意")
    form.save()
    qtbot.waitUntil(lambda: records.get(archive, APPRAISAL, 1)["opinion"] == "同意")
    qtbot.waitUntil(lambda: not [one for one in begun.window().findChildren(FieldsForm) if one.isVisible()])
    finish(qtbot, begun, opened, approver="孙志强")
    qtbot.waitUntil(lambda: pill(begun) == "待销毁")
    sheet.on_reopen()
    assert pill(begun) == "鉴定中"
    sheet.on_record_history()
    opened(begun, HistoryDialog).reject()
    sheet.on_drop()
    void = opened(begun, DropDialog)
    void.reason.setText("范围有误")
    void.void()
    assert begun._pages.currentIndex() == 0
    assert begun.items.lines.rowCount() == 3


def test_the_list_is_printed_by_the_number_of_the_appraisal(begun, opened):
    begun.sheet.on_book_print()
    dialog = opened(begun, ArchivePrintDialog)
    assert (dialog.options.request().sheet, dialog.options.request().row_id) == ("destruction", 1)
    dialog.reject()


def test_undone_it_is_left(begun, archive):
    undoing.undo(archive, TODAY)
    begun.refresh()
    assert begun._pages.currentIndex() == 0
    assert begun.items.lines.rowCount() == 3
    begun.reveal(1)
    assert begun._pages.currentIndex() == 0


def test_nothing_to_do_is_said_kindly(office, clock, asker, shown):
    page = shown(AppraisalPage(office, clock, asker))
    assert page._nothing.isVisible()
    assert page._begin.isHidden()
    page.on_record_new()
    assert [one for one in page.findChildren(QDialog) if one.isVisible()] == []


def test_of_a_read_only_file_it_is_only_read(archive, clock, asker, shown):
    begun = appraisal.begin(archive, {"begun_on": "今天", "title": "甲", "head": "乙"}, [1], TODAY)
    archive.is_readonly = True
    page = shown(AppraisalPage(archive, clock, asker))
    assert not page._commands["record_new"].isEnabled()
    page.reveal(int(str(begun["id"])))
    assert page.sheet.deciding.isHidden()
    assert page.sheet.next.isHidden()
    page.sheet.decide("永久")
    assert appraisal.judged(archive, begun["id"])[0].is_kept is False
    assert item(archive, begun | {"id": 1})["destroyed_on"] is None


def test_the_leaders_are_at_hand_where_one_of_them_approves(begun, opened):
    begun.sheet.on_record_finish()
    form = opened(begun, FieldsForm)
    (chips,) = form.findChildren(NameChips)
    chips.toggle("孙志强")
    assert form.texts()["approver"] == "孙志强"
    form.blocks["approver"].editor.set_text("")
    form.reject()
