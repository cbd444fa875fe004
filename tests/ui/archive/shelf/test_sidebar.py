# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.archive.shelf.looking import choose, codes, entry
from township_office.services import records
from township_office.services.archive import items
from township_office.services.browsing import View
from township_office.ui import theme
from township_office.ui.archive.shelf.doors import PAGES

KEY = Qt.Key


def test_it_begins_with_the_whole_archive(tab):
    assert tab.sidebar.currentItem().text(0) == "全宗 Z109"
    assert len(codes(tab)) == 6
    assert tab.status_words().startswith("全宗 Z109　6 件，64 页")


def test_a_branch_shows_its_items_and_its_sum(tab):
    choose(tab, "2024年", "永久", "党政综合办公室")
    assert codes(tab) == [f"Z109-WS·2024-Y-BGS-000{n}" for n in (1, 2, 3)]
    assert tab.status_words() == "2024年 永久 党政综合办公室　3 件，60 页"


def test_missing_numbers_are_told_at_the_foot(tab, archive):
    archive.db.conn.execute("UPDATE archive_item SET sequence = 5 WHERE number = 'Z109-WS·2024-Y-BGS-0003'")
    tab.refresh()
    choose(tab, "2024年", "永久", "党政综合办公室")
    assert tab.status_words().endswith("缺号 0003、0004")


def test_what_needs_a_hand_stands_above_and_is_hidden_when_nothing_does(qtbot, tab):
    qtbot.waitUntil(lambda: View(state="pageless") in tab.sidebar._items)
    assert not entry(tab.sidebar, "需要处理", "页数未填").isHidden()
    assert entry(tab.sidebar, "需要处理", "到期待鉴定").isHidden()
    choose(tab, "需要处理", "页数未填")
    assert codes(tab) == ["Z109-WS·2024-D30-JJB-0001", "Z109-WS·2024-D30-JJB-0002"]


def test_an_empty_archive_has_nothing_to_do(qtbot, office, shown):
    tab = shown(office)
    qtbot.waitUntil(lambda: View(state="pageless") in tab.sidebar._items)
    assert tab.sidebar._to_do.isHidden()
    assert tab.status_words() == "档案室里还没有文件"


def test_arrows_go_over_the_headings(qtbot, tab):
    qtbot.waitUntil(lambda: View(state="pageless") in tab.sidebar._items)
    tab.sidebar.setFocus()
    QTest.keyClick(tab.sidebar, KEY.Key_Up)
    assert tab.sidebar.currentItem().text(0) == "未装盒"
    QTest.keyClick(tab.sidebar, KEY.Key_Down)
    assert tab.sidebar.currentItem().text(0) == "全宗 Z109"


def test_left_and_right_close_and_open(tab):
    tab.sidebar.setFocus()
    choose(tab, "全宗 Z109", "2024年")
    QTest.keyClick(tab.sidebar, KEY.Key_Right)
    assert tab.sidebar.currentItem().isExpanded()
    QTest.keyClick(tab.sidebar, KEY.Key_Left)
    assert not tab.sidebar.currentItem().isExpanded()
    QTest.keyClick(tab.sidebar, KEY.Key_Left)
    assert tab.sidebar.currentItem().text(0) == "全宗 Z109"
    QTest.keyClick(tab.sidebar, KEY.Key_Left)  # closes it
    QTest.keyClick(tab.sidebar, KEY.Key_Left)
    assert tab.sidebar.currentItem().text(0) == "全宗 Z109", "a heading is never chosen"


def test_enter_goes_into_the_list(tab):
    tab.sidebar.setFocus()
    QTest.keyClick(tab.sidebar, KEY.Key_Return)
    assert tab.items.list.table.hasFocus()


def test_a_click_on_the_arrow_opens_and_chooses_nothing(tab):
    item = entry(tab.sidebar, "全宗 Z109", "2024年")
    box = tab.sidebar.visualItemRect(item)
    QTest.mouseClick(tab.sidebar.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.x() + 2, box.center().y()))
    assert item.isExpanded()
    assert tab.sidebar.currentItem().text(0) == "全宗 Z109"


def test_counts_follow_and_what_is_open_stays_open(tab, archive, today):
    choose(tab, "全宗 Z109", "2024年")
    entry(tab.sidebar, "2024年").setExpanded(True)
    draft = {"title": "补", "responsible_body": "镇政府", "archive_year": "2024", "retention_period": "10年"}
    items.add_item(archive, draft, today)
    tab.refresh()
    assert tab.sidebar.currentItem() is entry(tab.sidebar, "全宗 Z109", "2024年")
    assert entry(tab.sidebar, "全宗 Z109", "2024年").isExpanded()
    assert [one.text(0) for one in (entry(tab.sidebar, "2024年", word) for word in ("永久", "30年", "10年"))]


def test_a_branch_that_is_gone_leads_back_to_everything(tab, archive, today):
    choose(tab, "2025年", "永久")
    row = records.get(archive, tab.items.list._register, 6)
    archive.db.conn.execute("UPDATE archive_item SET entry = 'revoked', sequence = NULL WHERE id = ?", [row["id"]])
    tab.refresh()
    assert tab.items.list.view == View()
    assert len(codes(tab)) == 5


def test_every_page_of_use_and_care_has_its_entry_and_its_icon(tab):
    words = [entry(tab.sidebar, "利用与保管", word).text(0) for word in
             ("查阅利用", "出入库", "温湿度", "安全检查", "鉴定销毁", "移交进馆", "年度统计")]  # fmt: skip
    assert len(words) == len(PAGES)
    assert not any(theme.picture(icon, "soft", 16).isNull() for icon in PAGES.values())


def test_on_a_low_window_the_pages_of_care_are_one_button_away(qtbot, tab):
    care = entry(tab.sidebar, "利用与保管")
    assert (tab.care.isHidden(), care.isHidden()) == (True, False)
    tab.resize(911, 430)
    assert (tab.care.isHidden(), care.isHidden()) == (False, True)
    actions = tab.care.menu().actions()
    assert len(actions) == len(PAGES)
    actions[-1].trigger()
    assert tab._shown_page() is tab._pages["statistics"]
    assert tab.care.text() == "年度统计 ▾"
    assert not tab.care.hasFocus()
    tab.resize(911, 640)
    assert tab.sidebar.currentItem().text(0) == "年度统计"
    tab.resize(911, 430)
    choose(tab, "全宗 Z109")
    assert tab.care.text() == "利用与保管 ▾"
    assert len(codes(tab)) == 6


def test_the_active_page_is_in_sight(qtbot, tab):
    tab.resize(1366, 601)
    for year in ("2024年", "2025年"):
        entry(tab.sidebar, year).setExpanded(True)
        for at in range(entry(tab.sidebar, year).childCount()):
            entry(tab.sidebar, year).child(at).setExpanded(True)
    tab.show_page("statistics")
    qtbot.waitUntil(lambda: View(state="pageless") in tab.sidebar._items)
    tab.sidebar.scrollToTop()
    tab._on_written()
    item = tab.sidebar.currentItem()
    assert item.text(0) == "年度统计"
    assert tab.sidebar.viewport().rect().contains(tab.sidebar.visualItemRect(item))


def test_what_has_run_out_and_what_must_move_lead_to_where_it_is_done(tab):
    lead = tab.items.lead
    assert lead.isHidden()
    height = tab.items.list.head.height()
    for state, words, page in (("expired", "去鉴定", "appraisal"), ("to_transfer", "去移交", "transfer")):
        tab.show_view(None, state)
        assert lead.isVisible()
        assert (lead.text(), tab.items.list.head.height()) == (words, height)
        lead.click()
        assert tab._shown_page() is tab._pages[page]
    choose(tab, "全宗 Z109")
    assert lead.isHidden()
