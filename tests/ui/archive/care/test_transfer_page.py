# SPDX-License-Identifier: MulanPSL-2.0
"""移交 on the screen: classes at the left, their items at the right, one that stays left out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel

from tests.services.archive.keeping import TODAY, file_item, ids, item, lend
from tests.ui.life.hands import CTRL, KEY, Hands
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import browsing, records, settings
from township_office.services.archive import transfer
from township_office.services.browsing import View
from township_office.ui.archive.care.fields_form import FieldsForm
from township_office.ui.archive.care.taking_back import TakeBackDialog
from township_office.ui.archive.care.transfer_page import TransferPage
from township_office.ui.archive.printing.print_dialog import ArchivePrintDialog
from township_office.ui.dialogs.history_dialog import HistoryDialog


@pytest.fixture
def page(archive, clock, asker, shown):
    return shown(TransferPage(archive, clock, asker))


def away(archive) -> int:
    return len(browsing.row_ids(archive, ARCHIVE_ITEM, View(state="transferred"), TODAY))


def test_what_is_due_by_class_and_that_due_is_not_now(page):
    lines = page.classes.lines
    assert [lines.line(at).texts for at in range(lines.rowCount())] == [
        ("2014", "30年", "1", "3", "1"), ("2014", "永久", "1", "3", "1"),
    ]  # fmt: skip
    assert "不是今天就要移交" in page._said.text()
    assert page.items.lines.rowCount() == 1
    assert "选中 1 件 3 页" in page._sum.full_text()


def test_of_several_units_it_is_said_whose(archive, clock, asker, shown):
    settings.set_setting(archive, "archive.orgs", "BGS=党政综合办公室,DZB=党建工作办公室")
    file_item(archive, 2014, "永久", "党员名册", org_or_subject="DZB")
    page = shown(TransferPage(archive, clock, asker))
    lines = page.classes.lines
    assert {lines.line(at).texts[1:3] for at in range(lines.rowCount())} == {
        ("30年", "党政综合办公室"), ("永久", "党政综合办公室"), ("永久", "党建工作办公室"),
    }  # fmt: skip


def test_handed_over_by_keyboard(qtbot, page, archive, opened):
    hands = Hands(qtbot, page)
    hands.press(KEY.Key_A, CTRL)
    assert "选中 2 件 6 页" in page._sum.full_text()
    hands.press(KEY.Key_N, CTRL)
    form = opened(page, FieldsForm)
    assert form.texts()["title"] == "2014年度 30年、永久文书档案"
    assert form.texts()["handed_by"] == "王春燕"
    assert form.focusWidget() is form.blocks["receiving_unit"].editor.inner
    hands.type("青山县档案馆")
    hands.press(KEY.Key_S, CTRL)
    qtbot.waitUntil(lambda: page.past.lines.rowCount() == 1)
    assert page.past.lines.line(0).texts[-2:] == ("2", "6")
    assert away(archive) == 2
    assert not page._do.isVisible()
    assert page.status_words() == "应移交 0 件，已移交 1 次"


def test_the_list_can_be_printed_before_it_is_registered_and_after(qtbot, page, archive, opened):
    page.classes.selectAll()
    page.on_print_chosen()
    dialog = opened(page, ArchivePrintDialog)
    assert sorted(dialog.options.request().items) == sorted(page.items.chosen_keys())
    assert dialog.options.request().sheet == "transfer_list"
    dialog.reject()
    draft = {"handed_on": "今天", "title": "2014年", "receiving_unit": "县档案馆"}
    row = transfer.hand_over(archive, draft, page.items.chosen_keys(), TODAY)
    page.refresh()
    page.on_book_print()
    dialog = opened(page, ArchivePrintDialog)
    assert dialog.options.request().row_id == row["id"]
    dialog.reject()


def test_one_that_stays_is_left_out(qtbot, page, archive, opened):
    page.classes.selectAll()
    flags = QItemSelectionModel.SelectionFlag
    page.items.selectionModel().select(page.items.lines.index(0, 0), flags.Deselect | flags.Rows)
    assert "选中 1 件" in page._sum.full_text()
    page.on_record_new()
    form = opened(page, FieldsForm)
    form.blocks["receiving_unit"].editor.set_text("县档案馆")
    form.save()
    qtbot.waitUntil(lambda: away(archive) == 1)
    qtbot.waitUntil(lambda: page.classes.lines.rowCount() == 1)


def test_a_refusal_stays_in_the_form(qtbot, page, archive, opened):
    lend(archive, "Z109-WS·2014-D30-BGS-0001")
    page.on_record_new()
    form = opened(page, FieldsForm)
    form.save()
    qtbot.waitUntil(lambda: bool(form.blocks["receiving_unit"].problem()))
    form.blocks["receiving_unit"].editor.set_text("县档案馆")
    form.save()
    qtbot.waitUntil(lambda: "还在刘敏" in form.trouble.words())
    assert away(archive) == 0


def test_corrected_told_and_taken_back(qtbot, archive, clock, asker, shown, opened):
    draft = {"handed_on": "今天", "title": "2014年", "receiving_unit": "县档案馆"}
    due = [row_id for one in transfer.due(archive, TODAY) for row_id in one.ids]
    row = transfer.hand_over(archive, draft, due, TODAY)
    page = shown(TransferPage(archive, clock, asker))
    page.reveal(int(str(row["id"])))
    page.on_record_edit()
    form = opened(page, FieldsForm)
    form.blocks["received_by"].editor.set_text("钱卫东")
    form.blocks["handed_on"].editor.set_text("2026-11-18")
    form.save()
    qtbot.waitUntil(lambda: page.past.lines.line(0).texts[4] == "钱卫东")
    assert {str(item(archive, {"id": one})["transferred_on"]) for one in due} == {"2026-11-18"}
    page.on_record_history()
    opened(page, HistoryDialog).reject()
    page.on_take_back()
    void = opened(page, TakeBackDialog)
    void.reason.setText("县馆退回")
    void.void()
    qtbot.waitUntil(lambda: page.classes.lines.rowCount() == 2)
    assert page._past.isHidden()
    assert records.get(archive, transfer.TRANSFER, row["id"])["void_reason"] == "县馆退回"
    assert ids(transfer.items(archive, due)) == due


def test_nothing_due_is_said_kindly(office, clock, asker, shown):
    page = shown(TransferPage(office, clock, asker))
    assert page._nothing.isVisible()
    page.on_record_new()
    page.on_record_edit()
    page.on_take_back()
    assert page.findChildren(FieldsForm) == []


def test_two_classes_are_told_apart_where_there_is_little_room(archive, clock, asker, shown):
    file_item(archive, 2014, "永久", org_or_subject="DJ")
    page = shown(TransferPage(archive, clock, asker), width=660)
    names = [column.name for column in page.classes.lines.columns]
    hidden = {name for at, name in enumerate(names) if page.classes.horizontalHeader().isSectionHidden(at)}
    assert hidden
    assert not hidden & {"year", "retention", "org"}
