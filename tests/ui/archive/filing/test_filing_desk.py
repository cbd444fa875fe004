# SPDX-License-Identifier: MulanPSL-2.0
"""The desk by keyboard: judging, counting pages, joining, arranging, taking back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.services.archive.year import lend
from tests.ui.archive.filing.looking import SPRING, TITLES, cursor, form_of, now, settle, stand_on, titles
from tests.ui.entry.hands import CTRL, SHIFT, focus
from township_office.core.text import t
from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.services.archive import deciding
from township_office.services.archive.proposal import propose_year
from township_office.ui.archive.filing import filing_dialog, filing_way
from township_office.ui.archive.filing.plan_views import LOOK, PAGELESS, REPLIES, WAITING

KEY, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


# ---- judging ----


@pytest.mark.parametrize(("key", "word"), [("Y", "永久"), ("3", "30年"), ("1", "10年"), ("N", "不归档")])
def test_one_key_decides_and_the_cursor_goes_on(qtbot, filing, year_office, hands, key, word):
    stand_on(filing, TITLES[0])
    following = filing.desk.model.item(filing.desk.table.near(filing.desk.table.currentIndex().row(), 1))
    hands.type(key.lower())
    settle(qtbot, filing)
    assert now(year_office, TITLES[0]).retention == word
    assert cursor(filing) == following.title
    assert filing.desk.table.hasFocus()


def test_the_buttons_leave_the_cursor_on_the_row(filing):
    """Also that of the menu: after it letters would decide nothing."""
    assert {button.focusPolicy() for button in filing.commands[:-1]} == {Qt.FocusPolicy.NoFocus}


def test_several_are_decided_at_once(qtbot, filing, year_office, hands):
    filing.desk.table.setFocus()
    hands.press(KEY.Key_A, CTRL)
    hands.type("y")
    settle(qtbot, filing)
    assert {one.retention for one in propose_year(year_office, 2025).items} == {"永久"}
    assert len(propose_year(year_office, 2025).items) == 8


def test_very_many_are_decided_in_the_background(qtbot, filing, year_office, hands, monkeypatch):
    monkeypatch.setattr(filing_way, "_MANY", 3)
    filing.desk.table.setFocus()
    hands.press(KEY.Key_A, CTRL)
    hands.type("1")
    qtbot.waitUntil(lambda: filing.desk.way.can_write)
    assert {one.retention for one in propose_year(year_office, 2025).items} == {"10年"}
    settle(qtbot, filing)
    hands.press(KEY.Key_Z, CTRL)
    settle(qtbot, filing)
    assert len({one.retention for one in propose_year(year_office, 2025).items}) > 1


def test_a_list_of_work_keeps_its_lines_under_the_hand(qtbot, filing, year_office, hands):
    filing.desk.show_view(LOOK)
    waiting = titles(filing)
    assert waiting
    assert all(now(year_office, title).reason for title in waiting)
    hands.press(KEY.Key_Space)
    settle(qtbot, filing)
    assert titles(filing) == waiting
    assert now(year_office, waiting[0]).reason == ""
    assert filing.desk.chips.chips[LOOK].text().endswith(str(len(waiting) - 1))
    filing.desk.show_view(LOOK)
    assert sorted(titles(filing)) == sorted(waiting[1:])


def test_a_whole_group_is_agreed_to(qtbot, filing, year_office, hands):
    filing.desk.show_view(LOOK)
    hands.press(KEY.Key_G, CTRL)
    group = [one.title for one in filing.desk.table.chosen_items()]
    hands.press(KEY.Key_Space)
    settle(qtbot, filing)
    assert not any(now(year_office, title).reason for title in group)


def test_a_click_on_a_heading_chooses_what_stands_under_it(filing):
    table = filing.desk.table
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(filing.desk.model.index(0, 0)).center()
    )
    chosen = table.chosen_items()
    assert chosen
    assert {(one.retention, one.org) for one in chosen} == {(chosen[0].retention, chosen[0].org)}


def test_f8_goes_to_the_next_that_needs_a_look(qtbot, filing, year_office, hands):
    filing.desk.table.setFocus()
    hands.press(KEY.Key_F8)
    assert now(year_office, cursor(filing)).reason
    assert filing.desk.table.current_column() == "retention_period"
    filing.desk.show_view("永久")
    hands.press(KEY.Key_F8)
    assert now(year_office, cursor(filing)).reason
    for one in propose_year(year_office, 2025).items:
        deciding.decide(year_office, [one.key], {"retention_period": one.retention}, SPRING)
    filing.keeper.ask()
    settle(qtbot, filing)
    hands.press(KEY.Key_F8)
    assert filing.said.full_text() == t("filing_desk.all_looked_at")


def test_the_last_decisions_are_taken_back_and_done_again(qtbot, filing, year_office, hands):
    first = now(year_office, TITLES[0]).retention
    stand_on(filing, TITLES[0])
    hands.press(KEY.Key_Z, CTRL)
    assert filing.said.full_text() == t("filing_desk.nothing_to_undo")
    hands.type("y")
    settle(qtbot, filing)
    hands.press(KEY.Key_Z, CTRL)
    settle(qtbot, filing)
    assert now(year_office, TITLES[0]).retention == first
    hands.press(KEY.Key_Y, CTRL)
    settle(qtbot, filing)
    assert now(year_office, TITLES[0]).retention == "永久"


# ---- typing ----


def test_page_counts_are_typed_one_below_the_other(qtbot, filing, year_office, hands):
    filing.desk.show_view(PAGELESS)
    listed = titles(filing)
    for count in range(1, 9):
        hands.enter(str(count * 11))
    settle(qtbot, filing)
    assert titles(filing) == listed, "nothing moves under the hand"
    assert [now(year_office, title).page_count for title in listed] == [11, 22, 33, 44, 55, 66, 77, 88]
    assert hands.presses == 8 * 3


def test_a_page_count_that_cannot_be_stays_open_with_a_sentence(filing, year_office, hands):
    filing.desk.show_view(PAGELESS)
    title = cursor(filing)
    hands.enter("0")
    assert filing.desk.cells.frame.problem.text() == t("archive.no_page")
    focus().selectAll()
    hands.enter("5")
    assert now(year_office, title).page_count == 5
    assert filing.desk.cells.frame is None


def test_figures_are_periods_elsewhere_and_letters_open_nothing(qtbot, filing, year_office, hands):
    stand_on(filing, TITLES[0], "responsible_body")
    hands.type("x")
    assert filing.desk.cells.frame is None
    assert not filing.desk.table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    hands.press(KEY.Key_F2)
    focus().setText("青山县应急管理局")
    hands.press(KEY.Key_Return)
    settle(qtbot, filing)
    assert now(year_office, TITLES[0]).responsible_body == "青山县应急管理局"


def test_a_state_secret_is_refused_at_the_cell(filing, year_office, hands):
    stand_on(filing, TITLES[0], "title")
    hands.press(KEY.Key_F2)
    focus().setPlainText("机密★10年 关于某事") if hasattr(focus(), "setPlainText") else focus().setText("机密★10年")
    hands.press(KEY.Key_Return)
    assert filing.desk.cells.frame.problem.text()
    assert now(year_office, TITLES[0]).title == TITLES[0]
    filing.desk.cells.cancel()


def test_fill_down_takes_the_first_of_several_and_the_one_above(qtbot, filing, year_office, hands):
    filing.desk.show_view("30年")
    first, second, third = titles(filing)[:3]
    stand_on(filing, first, "page_count")
    hands.enter("12")
    stand_on(filing, first, "page_count")
    hands.press(KEY.Key_Down, SHIFT)
    hands.press(KEY.Key_D, CTRL)
    settle(qtbot, filing)
    assert now(year_office, second).page_count == 12
    stand_on(filing, third, "page_count")
    hands.press(KEY.Key_D, CTRL)
    settle(qtbot, filing)
    assert now(year_office, third).page_count == 12
    stand_on(filing, third, "title")
    hands.press(KEY.Key_D, CTRL)
    assert filing.desk.trouble.words() == t("filing_desk.fill_where")
    stand_on(filing, third, "page_count")
    hands.press(KEY.Key_Delete)
    settle(qtbot, filing)
    assert now(year_office, third).page_count is None


def test_items_are_given_to_another_org_by_menu_or_by_cell(qtbot, filing, year_office, hands):
    stand_on(filing, TITLES[0])
    action = next(one for one in filing.desk.keys._orgs.actions() if one.text() == "农业农村办公室")
    action.trigger()
    settle(qtbot, filing)
    assert now(year_office, TITLES[0]).reference_code == "Z109-WS·2025-D10-NYB-0001"
    stand_on(filing, TITLES[0], "org_or_subject")
    hands.press(KEY.Key_F2)
    focus().setText("党建工作办公室")
    hands.press(KEY.Key_Return)
    settle(qtbot, filing)
    assert now(year_office, TITLES[0]).org == "DJB"


# ---- joining, arranging, describing ----


def test_a_pair_is_joined_into_the_reply_and_split_again_in_its_place(qtbot, filing, year_office, hands):
    filing.desk.show_view(REPLIES)
    pair = titles(filing)
    assert pair == ["关于支持水库除险加固的复函", "关于商请支持水库除险加固的函"]
    assert filing.desk.pairs.isVisible()
    hands.press(KEY.Key_J, CTRL)
    settle(qtbot, filing)
    assert titles(filing) == pair[:1]
    assert now(year_office, pair[0]).members
    assert "商请" in filing.desk.pane.parts.text()
    hands.press(KEY.Key_J, CTRL | SHIFT)
    settle(qtbot, filing)
    assert titles(filing) == pair
    filing.desk.pairs.buttons[0].click()
    settle(qtbot, filing)
    assert now(year_office, pair[0]).members


def test_joining_needs_two_and_splitting_something_to_split(filing, hands):
    stand_on(filing, TITLES[0])
    hands.press(KEY.Key_J, CTRL)
    assert filing.desk.trouble.words() == t("filing_desk.join_what")
    hands.press(KEY.Key_J, CTRL | SHIFT)
    assert filing.desk.trouble.words() == t("filing_desk.split_what")
    hands.press(KEY.Key_F8)
    assert filing.desk.trouble.words() == ""


def test_an_item_is_moved_and_the_cursor_with_it(qtbot, filing, year_office, hands):
    filing.desk.show_view("30年")
    before = titles(filing)
    stand_on(filing, before[0])
    hands.press(KEY.Key_Down, ALT)
    hands.press(KEY.Key_Down, ALT)
    settle(qtbot, filing)
    assert titles(filing)[:3] == [before[1], before[2], before[0]]
    assert cursor(filing) == before[0]
    hands.press(KEY.Key_Up, ALT)
    settle(qtbot, filing)
    assert titles(filing)[:3] == [before[1], before[0], before[2]]


def test_an_item_is_described_in_a_form(qtbot, filing, year_office, hands):
    stand_on(filing, TITLES[0])
    hands.press(KEY.Key_F4)
    form = form_of(filing)
    assert "category" not in form.blocks
    form.blocks["title"].editor.set_text("关于开展防火排查的通知")
    form.save()
    settle(qtbot, filing)
    assert cursor(filing) == "关于开展防火排查的通知"
    row = records.last_row(year_office, RECEIPT)
    assert row is not None
    assert row["title"] != "关于开展防火排查的通知", "the book keeps what it says"


def test_a_document_is_given_to_another_year(qtbot, filing, year_office, hands):
    stand_on(filing, TITLES[0])
    hands.press(KEY.Key_F4)
    form = form_of(filing)
    form.blocks["archive_year"].editor.set_text("2026")
    form.save()
    settle(qtbot, filing)
    assert TITLES[0] not in titles(filing)
    assert [one.title for one in propose_year(year_office, 2026).items] == [TITLES[0]]


def test_what_is_out_with_a_reader_is_shown_and_is_not_filed(qtbot, opened, year_office):
    lend(year_office, "receipt:3")
    dialog = opened(year_office)
    out = now(year_office, TITLES[2])
    dialog.desk.show_view(WAITING)
    assert titles(dialog) == [TITLES[2]]
    assert dialog.desk.model.line(1).texts[-1] == "还在孙志强处，收回后再归档"
    assert dialog.desk.pane.code.text() == "待收回"
    assert out.retention in dialog.desk.pane.basis_head.text()
    dialog.desk.show_view(out.retention)
    assert TITLES[2] not in titles(dialog)
    dialog.on_go()
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == filing_dialog.SUMMARY)
    notes = [found.text() for found in dialog.summary.findChildren(QLabel)]
    assert "1 件还没有收回，这次不归档，收回后再补进来。" in notes
    dialog.commit()
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == filing_dialog.DONE)
    assert dialog.outcome.further.isHidden(), "the same year does not follow upon itself"
    assert records.get(year_office, RECEIPT, 3)["filed_on"] is None
