# SPDX-License-Identifier: MulanPSL-2.0
"""The custody book: every copy and its place, found at once, moved by the step, and gone when the vault closes."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.confidential.book.reading import choose, lines, offered, pills, said, serials, top
from township_office.registers.custody import State
from township_office.services.guarded import confidential
from township_office.services.guarded import vault as vaults
from township_office.ui.confidential.book.custody_book import CustodyBook
from township_office.ui.confidential.book.paper_dialog import PaperDialog
from township_office.ui.confidential.book.reason_dialog import TakeBackStepDialog, VoidPaperDialog
from township_office.ui.confidential.book.step_dialog import StepDialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_every_copy_has_a_line_that_says_where_it_is(book):
    found = pills(book)
    assert len(found) == 16
    assert found["000101"] == ("在柜", "green")
    assert found["000302"] == ("传阅 孙志强 14:30", "amber")
    assert found["000301"] == ("传阅 何文斌 11-19", "red"), "not back on the same day"
    assert found["000303"] == ("借出 林静 至11-25", "amber")
    assert [found[one] for one in ("000201", "000202", "000203")] == [
        ("已清退", "grey"), ("已移交", "grey"), ("已销毁", "grey"),
    ]  # fmt: skip
    assert found["000402"] == ("作废", "grey")
    first = next(line for line in lines(book) if line.held.copy.serial == "000101")
    assert first.texts == ("涉2026-001", "000101", "机密 10年", "2026-10-21", "县", "甲3", "第3册第12页", "在柜")


def test_the_hour_of_the_office_turns_what_is_out_red(qtbot, vault, papers, clock, now, asker, put_away):
    hour = [now]
    book = CustodyBook(vault, clock, lambda: hour[0], asker)
    assert pills(book)["000302"][1] == "amber"
    hour[0] = now.replace(hour=17, minute=30)
    book.list.tell_time()
    assert pills(book)["000302"][1] == "red"
    put_away(book)


def test_the_views_count_copies(book):
    chips = {key: chip.text() for key, chip in book.list.chips.chips.items()}
    assert chips == {
        "": "全部 16", "in_hand": "在柜 9", "reading": "传阅在外 2", "lent": "借出 1", "cleared": "已清退 1",
        "transferred": "已移交 1", "destroyed": "已销毁 1", "void": "作废 1",
    }  # fmt: skip
    book.list.chips.chips["reading"].click()
    assert serials(book) == ["000302", "000301"]
    assert "绝密 2 份 · 密码电报 3 份" in said(book)


def test_a_year_can_be_chosen(book):
    assert [book.years.itemText(place) for place in range(book.years.count())] == ["2026 年", "2025 年", "全部年度"]
    assert book.years.currentText() == "全部年度", "papers stay in custody over the years"
    book.years.setCurrentIndex(1)
    book.years.activated.emit(1)
    assert serials(book) == ["000900"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("涉2026-001", {"000101", "000102", "000103"}), ("2026-11", {"000403", "000404"}), ("000302", {"000302"}),
        ("302", {"000302"}), ("孙志强", {"000302"}), ("szq", {"000302"}), ("LJ", {"000303", "000202"}),
        ("乙2", {"000401", "000403", "000404"}), ("清2026-07", {"000201"}), ("3-19", {"000303"}), ("第1份", {"第1份"}),
        ("甲3 103", {"000103"}), ("没有的", set()),
    ],
)  # fmt: skip
def test_a_copy_is_found_by_what_the_clerk_knows_of_it(book, typed, found):
    book.search.setText(typed)
    assert set(serials(book)) == found
    book.search.setText("")
    assert len(serials(book)) == 16


def test_several_copies_go_out_in_one_step(qtbot, book, vault, papers):
    choose(book, "000101", "000103", "000403")
    assert "已选 3 份" in said(book)
    QTest.keyClick(book.list.table, Qt.Key.Key_F7)
    dialog = top(StepDialog)
    dialog.blocks["holder"].editor.set_text("何文斌")
    with qtbot.waitSignal(book.changed):
        dialog.save()
    states = [pills(book)[serial][0] for serial in ("000101", "000103", "000403")]
    assert states == ["传阅 何文斌 16:30"] * 3
    assert pills(book)["000102"][0] == "在柜"
    assert {held.copy.serial for held in book.list.table.chosen_copies()} == {"000101", "000103", "000403"}
    choose(book, "000101", "000103", "000403")
    QTest.keyClick(book.list.table, Qt.Key.Key_R, CTRL)
    assert top(StepDialog).windowTitle() == "收回　3 份"
    top(StepDialog).save()
    assert {pills(book)[serial][0] for serial in ("000101", "000103", "000403")} == {"在柜"}


def test_what_the_rules_forbid_is_not_offered_and_its_key_says_why(book, asker):
    choose(book, "000302")
    assert offered(book) == {"reader_back"}
    assert book.pane.foot.buttons["reader_back"].text() == "收回"
    QTest.keyClick(book.list.table, Qt.Key.Key_F7)
    QTest.keyClick(book.list.table, Qt.Key.Key_Delete, CTRL | SHIFT)
    assert asker.reported == [
        "000302 还在孙志强手上。不得横传：先收回保密室，再交下一人。", "000302 正由孙志强阅读，请先收回，再办销毁。",
    ]  # fmt: skip
    assert QApplication.activeModalWidget() is None


def test_the_foot_follows_the_place_of_the_copy(book):
    choose(book, "000101")
    assert offered(book) == {
        "reader_send", "custody_lend", "custody_copy", "custody_keep", "custody_clear", "custody_transfer",
        "custody_destroy",
    }  # fmt: skip
    choose(book, "000303")
    assert offered(book) == {"reader_back"}
    assert book.pane.foot.buttons["reader_back"].text() == "归还"
    choose(book, "000203")
    assert offered(book) == {"record_history"}
    choose(book, "000101", "000302")
    assert "没有可以一起办理的步骤" in said(book)


def test_the_chain_of_a_copy_is_told(book, papers):
    choose(book, "000303")
    words = said(book)
    assert "赵保密 → 林静" in words
    assert "批准人 孙志强　应还日期 2026-11-25" in words
    assert "［标题见纸质登记簿第3册第19页］" in words


def test_a_copy_of_the_pane_is_chosen_by_a_click(book):
    choose(book, "000101")
    line = next(one for one in book.pane.findChildren(QPushButton) if one.accessibleName().startswith("000103"))
    line.click()
    assert [held.copy.serial for held in book.list.table.chosen_copies()] == ["000103"]


def test_register_and_find_it_chosen(qtbot, book, vault):
    QTest.keyClick(book.list.table, Qt.Key.Key_N, CTRL)
    dialog = top(PaperDialog)
    dialog.fill({"secrecy_level": "机密", "copy_serial": "000777"})
    with qtbot.waitSignal(book.changed):
        dialog.save()
    assert [held.copy.serial for held in book.list.table.chosen_copies()] == ["000777"]
    assert confidential.papers(vault)[0].number == "涉2026-012"


def test_a_paper_without_a_step_is_voided_and_one_with_steps_is_not(qtbot, book, asker, papers, vault):
    choose(book, "000302")
    QTest.keyClick(book.list.table, Qt.Key.Key_Delete)
    assert asker.reported == [f"{papers['read'].number} 已有去向记录，不能作废。请先更正那些步骤。"]
    choose(book, "000401")
    QTest.keyClick(book.list.table, Qt.Key.Key_Delete)
    dialog = top(VoidPaperDialog)
    dialog.save()
    assert dialog.blocks["why"].problem() == "请选一个原因。"
    dialog.blocks["why"].editor.set_text("重复登记")
    dialog.save()
    assert pills(book)["000401"][0] == "作废"
    choose(book, "000401")
    QTest.keyClick(book.list.table, Qt.Key.Key_F2)
    assert asker.reported[-1] == f"{papers['disc'].number} 已作废，不能再办理。"


def test_the_last_step_is_taken_back_but_never_a_destruction(book, asker, vault, papers):
    choose(book, "000201")
    QTest.keyClick(book.list.table, Qt.Key.Key_Z, CTRL | SHIFT)
    dialog = top(TakeBackStepDialog)
    dialog.blocks["why"].editor.set_text("步骤记错")
    dialog.save()
    assert pills(book)["000201"][0] == "在柜"
    for serial, words in (("000203", "永久锁定"), ("000401", "没有可以更正的步骤"), ("000402", "已作废")):
        choose(book, serial)
        QTest.keyClick(book.list.table, Qt.Key.Key_Z, CTRL | SHIFT)
        assert words in asker.reported[-1]
    choose(book, "000101", "000102")
    QTest.keyClick(book.list.table, Qt.Key.Key_Z, CTRL | SHIFT)
    assert "只选一份" in asker.reported[-1]


def test_the_table_gives_nothing_to_the_clipboard(book):
    QGuiApplication.clipboard().setText("别的")
    choose(book, "000101")
    QTest.keyClick(book.list.table, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "别的"
    assert not book.list.table.dragEnabled()
    assert not book.list.table.acceptDrops()
    assert not book.search.acceptDrops()


def test_keys_lead_from_the_search_to_the_table_and_back(book):
    QTest.keyClick(book.list.table, Qt.Key.Key_F, CTRL)
    assert book.search.hasFocus()
    QTest.keyClick(book.search, Qt.Key.Key_Down)
    assert book.list.table.hasFocus()
    QTest.keyClick(book.list.table, Qt.Key.Key_End)
    assert book.list.table.current_copy().copy.serial == "000900"
    QTest.keyClick(book.list.table, Qt.Key.Key_Home)
    QTest.keyClick(book.list.table, Qt.Key.Key_Up)
    assert book.search.hasFocus()


def test_reveal_leaves_what_hides_the_copy(book, papers):
    book.search.setText("甲3")
    book.list.show_state("reading")
    book.reveal(papers["last_year"].id)
    assert book.search.text() == ""
    assert [held.copy.serial for held in book.list.table.chosen_copies()] == ["000900"]


def test_an_empty_book_says_how_to_begin(qtbot, vault, clock, now, asker, put_away):
    book = CustodyBook(vault, clock, lambda: now, asker)
    book.show()
    assert "还没有登记涉密件" in said(book)
    book.setFocus()
    first = next(one for one in book.findChildren(QPushButton) if one.text() == "登记第一件")
    assert first is book.focusWidget(), "the keyboard is not led to a table that is hidden"
    QTest.keyClick(first, Qt.Key.Key_Space)
    top(PaperDialog).done(0)
    put_away(book)


def test_a_read_only_book_is_only_read(qtbot, vault, papers, clock, now, asker, put_away):
    vault.office.is_readonly = True
    book = CustodyBook(vault, clock, lambda: now, asker)
    book.resize(1326, 620)
    book.show()
    choose(book, "000101")
    assert offered(book) == {"record_history"}
    QTest.keyClick(book.list.table, Qt.Key.Key_F7)
    QTest.keyClick(book.list.table, Qt.Key.Key_N, CTRL)
    assert QApplication.activeModalWidget() is None
    put_away(book)


def test_relaxed_mode_shows_a_cleared_title(book, vault, registered, today):
    confidential.set_mode(vault, "relaxed", "县保密局", today.isoformat(), today)
    registered(0, copy_serial="000888", sender="县委办", title="关于开展检查的通知", is_title_cleared="是")
    book.refresh()
    line = next(line for line in lines(book) if line.held.copy.serial == "000888")
    assert line.texts[4] == "县委办"
    assert line.texts[6] == "关于开展检查的通知"
    confidential.set_mode(vault, "strict", "", "", today)
    book.refresh()
    line = next(line for line in lines(book) if line.held.copy.serial == "000888")
    assert "通知" not in line.texts[6], "strict mode shows no title, also of an older row"


def test_five_thousand_copies_are_shown_and_found_at_once(qtbot, vault, clock, now, asker, put_away, today):
    entry = {"kind": "entry", "year": 2026, "at": "2026-01-05T09:00:00", "by": "赵保密", "void": None}
    fields = {"received_on": "2026-01-05", "secrecy_level": "秘密", "cabinet_no": "甲1", "carrier_kind": "纸介质"}
    bodies = [
        (None, entry | {"number": f"涉2026-{at:04d}", "sequence": at, "fields": fields,
                        "serials": [f"{at:04d}{copy:02d}" for copy in range(5)]})
        for at in range(1, 1001)
    ]  # fmt: skip
    vaults.write(vault, bodies)
    book = CustodyBook(vault, clock, lambda: now, asker)
    book.show()
    assert book.list.model.rowCount() == 5000
    begun = time.perf_counter()
    book.refresh()
    opened = time.perf_counter() - begun
    begun = time.perf_counter()
    for text in ("0", "05", "050", "0500", "050003"):
        book.search.setText(text)
    typed = (time.perf_counter() - begun) / 5
    assert serials(book) == ["050003"]
    assert opened < 1
    assert typed < 0.2
    put_away(book)


def test_every_state_of_a_copy_has_a_word(book):
    assert set(book.list.chips.chips) == {"", *(state.value for state in State), "void"}
