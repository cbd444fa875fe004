# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.archive.shelf.looking import choose, codes, dialog, entry
from tests.ui.book.looking import button, empty_page, words_of
from tests.ui.entry.hands import Hands
from township_office.registers.archive.care import ACCESS_LOG
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.services.archive import care, committing, items
from township_office.services.browsing import View
from township_office.services.office import change
from township_office.services.settings import set_setting
from township_office.store.records import add_many
from township_office.ui.archive.shelf.archive_bar import ArchiveBar
from township_office.ui.archive.shelf.item_dialog import ItemDialog
from township_office.ui.dialogs.history_dialog import HistoryDialog
from township_office.ui.dialogs.void_dialog import VoidDialog
from township_office.ui.life.pane_lines import PaneLine

KEY = Qt.Key


def seek(qtbot, tab, text):
    page = tab.items
    page.search.setFocus()
    page.search.clear()
    page.search.insert(text)
    qtbot.waitUntil(lambda: page.list._finder is not None and page.list._finder.is_ready and not page.list._is_loading)
    qtbot.waitUntil(lambda: not page.list._run.is_going_on)


@pytest.mark.parametrize("text", ["水渠", "xjsq", "云政发[2024]7", "Z109-WS·2024", "jjb-0002"])
def test_it_looks_through_the_whole_archive_and_goes_back_to_the_branch(qtbot, tab, text):
    choose(tab, "2025年", "永久", "党政综合办公室")
    seek(qtbot, tab, text)
    assert codes(tab)
    assert all("2024" in code for code in codes(tab))
    assert tab.sidebar.currentItem().text(0) == "全宗 Z109"
    tab.items.search.clear()
    assert codes(tab) == ["Z109-WS·2025-Y-BGS-0001"]
    assert tab.sidebar.currentItem().text(0) == "党政综合办公室"


def test_a_branch_chosen_while_looking_narrows_what_is_found(qtbot, tab):
    seek(qtbot, tab, "水渠")
    assert len(codes(tab)) == 5
    choose(tab, "2024年", "30年")
    assert sorted(codes(tab)) == ["Z109-WS·2024-D30-JJB-0001", "Z109-WS·2024-D30-JJB-0002"]


def test_chips_count_the_branch_and_keep_to_it(qtbot, tab, archive, today):
    records.void(archive, ARCHIVE_ITEM, 1, "重复", today)
    tab.refresh()
    choose(tab, "2024年", "永久")
    chips = tab.items.list.chips.chips
    qtbot.waitUntil(lambda: chips[""].text() == "全部 3")
    chips["voided"].click()
    assert codes(tab) == ["Z109-WS·2024-Y-BGS-0001"]
    assert tab.sidebar.currentItem().text(0) == "永久"
    assert tab.items.list.view.part == (("retention_period", "永久"),)


def test_pages_are_typed_as_in_excel(qtbot, tab, archive):
    qtbot.waitUntil(lambda: View(state="pageless") in tab.sidebar._items)
    hands = Hands()
    tab.sidebar.setFocus()
    choose(tab, "需要处理", "页数未填")
    hands.press(KEY.Key_Return)  # into the list: the cursor stands on 页数 of the first row
    hands.enter("12")
    hands.enter("7")
    assert [row["page_count"] for row in records_of(archive, 4, 5)] == [12, 7]
    assert hands.presses == 6
    assert codes(tab) == ["Z109-WS·2024-D30-JJB-0001", "Z109-WS·2024-D30-JJB-0002"], "nothing moves under the hand"
    qtbot.waitUntil(lambda: entry(tab.sidebar, "需要处理", "页数未填").isHidden())
    assert tab.status_words() == "全宗 Z109　6 件，83 页"


def records_of(office, *ids):
    return [records.get(office, ARCHIVE_ITEM, row_id) for row_id in ids]


def test_a_wrong_count_is_said_in_the_cell(tab):
    choose(tab, "2024年", "30年")
    tab.items.list.table.setFocus()
    tab.items.list.table.aim("page_count")
    hands = Hands()
    hands.enter("0")
    assert "页数至少是1页" in tab.items.desk._cell.frame.problem.text()
    hands.press(KEY.Key_Escape)


def test_a_day_typed_in_its_cell_is_of_the_year_of_the_item(tab, archive):
    choose(tab, "全宗 Z109")
    tab.resize(1800, 640)
    tab.items.list.table.setFocus()
    tab.items.list.table.aim("dated_on")
    Hands().enter("0708")
    assert str(records_of(archive, 6)[0]["dated_on"]) == "2025-07-08"


def test_the_line_below_counts_pages_that_are_typed(qtbot, tab):
    choose(tab, "2025年", "永久", "党政综合办公室")
    tab.items.list.table.setFocus()
    tab.items.list.table.aim("page_count")
    with qtbot.waitSignal(tab.moved):
        Hands().enter("40")
    assert "1 件，40 页" in tab.status_words()


def test_a_date_corrected_in_its_cell_leaves_the_year_of_the_item(tab, archive):
    choose(tab, "2025年", "永久", "党政综合办公室")
    tab.resize(1800, 640)
    tab.items.list.table.setFocus()
    tab.items.list.table.aim("dated_on")
    Hands().enter("2026-01-03")
    row = records.get(archive, ARCHIVE_ITEM, 6)
    assert (str(row["dated_on"]), row["year"], row["number"]) == ("2026-01-03", 2025, "Z109-WS·2025-Y-BGS-0001")


def test_what_the_code_is_made_of_and_the_box_cannot_be_typed_over(tab, archive):
    set_setting(archive, "archive_item.columns", "number,title,archive_year,box_no,page_count")
    tab.refresh()
    model = tab.items.list.model
    places = {column.name: at for at, column in enumerate(model.columns)}
    editable = {name for name, at in places.items() if tab.items.desk.can_edit(model.index(0, at))}
    assert editable == {"title", "page_count"}


def test_the_pane_reads_the_item_in_words(qtbot, tab):
    choose(tab, "2024年", "30年", "经济发展办公室")
    qtbot.waitUntil(lambda: tab.items.pane.shown() is not None and tab.items.pane.shown()["id"] == 4)
    words = words_of(tab.items.pane)
    assert {"Z109-WS·2024-D30-JJB-0001", "经济发展办公室", "文书", "30年", "还没有装盒"} <= set(words)
    assert "JJB" not in words


def test_the_pane_leads_to_the_paper_an_item_was_made_of(qtbot, office, shown, today):
    draft = {
        "received_on": "2025-03-01", "dated_on": "2025-03-01", "sender": "青山县财政局", "title": "关于报送决算的通知",
        "completed_on": "2025-04-01",
    }  # fmt: skip
    paper = records.register_document(office, RECEIPT, draft, today)
    committing.commit_year(office, 2025, today)
    tab = shown(office)
    qtbot.waitUntil(lambda: tab.items.pane.shown() is not None)
    with qtbot.waitSignal(tab.row_wanted) as led:
        lines = tab.items.pane.sections.findChildren(PaneLine)
        next(line for line in lines if str(paper["number"]) in line.accessibleName()).click()
    assert led.args == ["receipt", paper["id"]]


def test_undo_of_another_tab_is_told_by_reveal(tab):
    choose(tab, "2025年")
    tab.show_row("archive_item", 2)
    assert tab.items.list.chosen_id() == 2
    assert tab.sidebar.currentItem().text(0) == "2024年"


def test_a_void_item_is_the_pattern_of_a_right_one(qtbot, tab, archive):
    choose(tab, "2024年", "30年", "经济发展办公室")
    tab.items.on_record_void()
    asking = dialog(tab, VoidDialog)
    asking.reason.setText("期限定错了")
    asking.void()
    assert records.get(archive, ARCHIVE_ITEM, 4)["voided_on"] is not None
    assert tab.items.commands["archive_again"].isEnabled()
    assert not tab.items.commands["record_edit"].isEnabled()
    tab.items.on_archive_again()
    form = dialog(tab, ItemDialog)
    assert form.texts()["title"] == "关于2024年修建水渠的请示"
    form.blocks["retention_period"].editor.set_text("永久")
    form.save()
    assert records.get(archive, ARCHIVE_ITEM, 7)["number"] == "Z109-WS·2024-Y-JJB-0001"
    assert tab.items.list.chosen_id() == 7


def test_what_is_lent_is_refused_before_a_reason_is_typed(tab, archive, today, asker):
    code = "Z109-WS·2024-D30-JJB-0001"
    draft = {
        "used_on": "今天", "reader": "郑晓梅", "reference_codes": code, "purpose": "工作查考", "way": "借出",
        "approver": "孙志强", "due_on": "2026-12-01",
    }  # fmt: skip
    care.register(archive, ACCESS_LOG, draft, today)
    choose(tab, "2024年", "30年", "经济发展办公室")
    tab.items.on_record_void()
    assert not [one for one in tab.window().findChildren(VoidDialog) if one.isVisible()]
    assert "郑晓梅" in asker.reported[0]


def test_a_reason_begun_is_there_again(tab, archive):
    choose(tab, "2024年", "30年", "经济发展办公室")
    tab.items.on_record_void()
    asking = dialog(tab, VoidDialog)
    assert "回到未归档" in asking.effect()
    asking.reason.setText("与第2件重复，日期也抄错")
    asking.reject()
    tab.items.on_record_void()
    again = dialog(tab, VoidDialog)
    assert again.reason.text() == "与第2件重复，日期也抄错"
    again.void()
    assert records.get(archive, ARCHIVE_ITEM, 4)["void_reason"] == "与第2件重复，日期也抄错"
    tab.show_row("archive_item", 5)
    tab.items.on_record_void()
    assert dialog(tab, VoidDialog).reason.text() == "", "of another item"


def test_history_and_the_clipboard(qtbot, tab):
    qtbot.waitUntil(lambda: tab.items.pane.shown() is not None)
    tab.items.on_number_copy()
    assert QApplication.clipboard().text() == codes(tab)[0]
    tab.items.on_record_history()
    dialog(tab, HistoryDialog).close()


def test_an_empty_archive_says_what_to_do_first(qtbot, office, shown):
    tab = shown(office)
    page = empty_page(tab.items)
    assert words_of(page)[0] == "档案室里还没有文件"
    assert "2025 年的收文、发文归档" in words_of(page)[1]
    assert "全宗号由县档案馆给定" in words_of(page)[1]
    with qtbot.waitSignal(tab.settings_wanted):
        button(page, "填写全宗号").click()


def test_a_missing_fonds_number_is_said_and_put_into_the_codes(qtbot, office, shown, asker, today):
    draft = {"title": "记录", "responsible_body": "镇政府", "archive_year": "2024", "retention_period": "永久"}
    items.add_item(office, draft, today)
    tab = shown(office)
    assert tab.items.fonds.isVisible()
    with qtbot.waitSignal(tab.settings_wanted):
        button(tab.items.fonds, "填写全宗号").click()
    set_setting(office, "archive.fonds_no", "Z109")
    tab.refresh()
    with qtbot.waitSignal(tab.items.fonds.written):
        button(tab.items.fonds, "补进档号").click()
    assert "Z109" in asker.confirmed[0]
    assert codes(tab) == ["Z109-WS·2024-Y-0001"]
    assert not tab.items.fonds.isVisible()


def test_the_pane_is_put_away_where_there_is_no_room_and_that_is_remembered(archive, shown):
    narrow = shown(archive, 911)
    assert not narrow.items.pane.isVisible()
    narrow.items.on_detail_toggle()
    assert narrow.items.pane.isVisible()
    assert shown(archive, 911).items.pane.isVisible()
    assert shown(archive, 1366).items.pane.isVisible()


@pytest.mark.parametrize("width", [760, 911, 1366, 1920])
def test_nothing_is_wider_than_the_window(archive, shown, width):
    tab = shown(archive, width)
    assert tab.width() == width
    assert tab.minimumSizeHint().width() <= 760


def test_what_has_no_room_on_the_bar_is_behind_more(archive, shown):
    bar = shown(archive, 760).items.findChild(ArchiveBar)
    assert bar.plain["record_new"].isVisible()
    assert not bar.plain["book_print"].isVisible()
    bar._menu.aboutToShow.emit()
    assert "打印…" in [action.text() for action in bar._menu.actions()]


def test_pages_and_file_number_are_in_sight_beside_the_pane(tab):
    table = tab.items.list.table
    seen = [table.rows.columns[place].name for place in table.columns_in_sight()]
    assert seen == ["number", "doc_number", "title", "page_count"]


def test_a_read_only_file_is_only_read(readonly_archive, shown):
    tab = shown(readonly_archive)
    enabled = {name for name, command in tab.items.commands.items() if command.isEnabled()}
    assert enabled == {"book_print", "sheet_export", "archive_filings", "record_history", "number_copy", "find",
                       "detail_toggle", "reload"}  # fmt: skip
    QTest.keyClick(tab.items.list.table, KEY.Key_Delete)


def test_only_an_item_without_a_number_is_given_one(qtbot, tab, archive):
    page = tab.items
    assert not page.commands["archive_number"].isEnabled()
    store = {"entry": "imported", "title": "旧目录里重号的一件", "responsible_body": "云水镇政府", "year": 2024,
             "archive_year": 2024, "retention_period": "永久", "category": "WS", "fonds_no": "Z109"}  # fmt: skip
    with change(archive) as pen:
        (row_id,) = add_many(pen, ARCHIVE_ITEM, [store], "import")
    tab.refresh()
    page.reveal(row_id)
    page.commands["archive_number"].trigger()
    assert records.get(archive, ARCHIVE_ITEM, row_id)["number"] == "Z109-WS·2024-Y-0001"
    assert not page.commands["archive_number"].isEnabled()
