# SPDX-License-Identifier: MulanPSL-2.0
"""A bundle typed in the row above the first: by keys, by mouse, refused, held, left and taken up again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.book.looking import empty_page, numbers
from tests.ui.conftest import receipt_draft
from tests.ui.entry.hands import CTRL, SHIFT, Hands, compose, focus
from township_office.core.text import t
from township_office.registers import ALL
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import records, settings
from township_office.ui.book.register_tab import RegisterTab
from township_office.ui.entry.entry_row import EntryRow
from township_office.ui.form.drafts import Drafts

KEY = Qt.Key
PARTY = "青山县委组织部"


@pytest.fixture
def hands():
    return Hands()


@pytest.fixture
def begin(qtbot, shown):
    """Open a tab and the row for a bundle in it."""

    def open_row(office, register=RECEIPT, width=1366):
        tab = shown(office, register, width=width)
        with qtbot.waitActive(tab):
            tab.activateWindow()
        tab._commands["batch_entry"].trigger()
        return tab, row_of(tab)

    return open_row


def row_of(tab: RegisterTab) -> EntryRow:
    return tab.desk.bundle.row


def now(row: EntryRow) -> str:
    """The field the cursor is in."""
    return next((name for name, stop in row.stops.items() if stop.editor.inner is focus()), "")


def newest(office, register=RECEIPT):
    return records.last_row(office, register)


def put(row: EntryRow, **texts: str) -> None:
    row.fill(texts)


# ---- one paper ----


@pytest.mark.parametrize("register", ALL, ids=lambda register: register.name)
def test_the_row_stands_over_the_columns_of_each_register(office_with_rows, begin, register):
    tab, row = begin(office_with_rows, register)
    heads = tab.list.table.heads
    assert row.isVisible()
    for place, field in enumerate(tab.list.model.columns):
        stop = row.stops.get(field.name)
        if stop is None or heads.isSectionHidden(place):
            assert stop is None or not stop.editor.isVisible()
            continue
        left = stop.editor.mapTo(heads, QPoint()).x()
        assert left == heads.sectionViewportPosition(place) + 1
        assert stop.editor.width() == heads.sectionSize(place) - 2
    assert row.geometry().bottom() < heads.height()
    assert tab.list.table.viewport().y() >= heads.geometry().bottom()


def test_enter_leads_through_the_paper_and_registers_it(qtbot, office_with_rows, begin, hands):
    tab, row = begin(office_with_rows)
    assert now(row) == "sender", "the date is there already"
    assert row.series.text() == "2026-0031"
    hands.enter("zzb")
    assert row.texts()["sender"] == PARTY
    assert now(row) == "doc_number"
    hands.enter("41")
    assert now(row) == "title"
    focus().insertPlainText("关于开展党员冬训的通知")
    while row_of(tab).texts()["title"]:
        hands.enter()
    assert numbers(tab)[0] == "2026-0031"
    assert tab.list.chosen_id() == newest(office_with_rows)["id"]
    saved = newest(office_with_rows)
    assert (saved["sender"], saved["title"]) == (PARTY, "关于开展党员冬训的通知")
    assert saved["copy_count"] == 1, "what has no column says what it says by itself"
    assert row.series.text() == "2026-0032"
    assert row.foot.words() == t("form.saved", number="2026-0031")
    assert now(row) == "sender", "ready for the next"


def test_one_usual_receipt_takes_eleven_keys(qtbot, office_with_rows, begin, hands):
    """Sender by initials, its number, a pasted title; the date is today's. In a ledger each of them is typed out."""
    _tab, _row = begin(office_with_rows)
    hands.enter("zzb")
    hands.enter("41")
    hands.paste("关于开展党员冬训的通知")
    hands.press(KEY.Key_Return, CTRL)
    saved = newest(office_with_rows)
    assert (saved["sender"], saved["doc_number"], saved["title"]) == (
        PARTY, "青字〔2026〕41号", "关于开展党员冬训的通知",
    )  # fmt: skip
    assert hands.presses <= 11


def test_a_pasted_line_and_a_held_sender_take_four_keys(qtbot, office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    hands.enter("zzb")
    row.stops["sender"].pin.click()
    for place in range(3):
        row.go_to("doc_number")
        hands.presses = 0
        hands.paste(f"关于开展第{place}轮冬训的通知（青组通[2026]{90 + place}号）")
        hands.press(KEY.Key_Return, CTRL)
        assert hands.presses <= 4
        saved = newest(office_with_rows)
        assert saved["doc_number"] == f"青组通〔2026〕{90 + place}号"
        assert (saved["title"], saved["sender"]) == (f"关于开展第{place}轮冬训的通知", PARTY)
    assert now(row) == "doc_number", "what is held is passed over"


def test_tab_goes_to_each_column_and_back(office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    order = [stop.field.name for stop in row.in_sight()]
    assert order[:4] == ["received_on", "sender", "doc_number", "title"]
    assert "status" not in order
    assert "number" not in order
    row.go_to("received_on")
    for name in order[1:]:
        hands.press(KEY.Key_Tab)
        assert now(row) == name
    for name in reversed(order[:-1]):
        hands.press(KEY.Key_Backtab, SHIFT)
        assert now(row) == name
    row.go_to(order[-1])
    hands.press(KEY.Key_Tab)
    assert focus() is row.foot.same, "behind the last column come the buttons"


def test_keys_of_the_row_never_reach_the_table(office_with_rows, begin, hands):
    tab, row = begin(office_with_rows)
    chosen = tab.list.chosen_id()
    for key in (KEY.Key_Down, KEY.Key_Up, KEY.Key_PageDown, KEY.Key_End, KEY.Key_Delete, KEY.Key_Right):
        hands.press(key)
    row.go_to("title")
    for key in (KEY.Key_Down, KEY.Key_PageDown, KEY.Key_Delete):
        hands.press(key)
    assert tab.list.chosen_id() == chosen
    assert row.isVisible()


# ---- refused ----


def test_what_is_wrong_is_said_below_and_nothing_is_lost(office_with_rows, begin, hands):
    tab, row = begin(office_with_rows)
    before = numbers(tab)
    put(row, sender=PARTY, due_on="1399")
    row.go_to("due_on")
    hands.press(KEY.Key_Return, CTRL)
    assert now(row) == "title", "the first field in order that is wrong"
    assert "文件标题" in row.foot.words()
    assert row.stops["title"].editor.inner.property("tone") == "red"
    assert row.texts()["due_on"] == "1399"
    row.go_to("due_on")
    assert "办理时限" in row.foot.words()
    assert numbers(tab) == before
    hands.press(KEY.Key_A, CTRL)
    hands.type("1130")
    assert row.stops["due_on"].problem == ""
    row.go_to("title")
    assert row.texts()["due_on"] == "2026-11-30"


def test_a_wrong_date_is_said_when_the_cursor_leaves(office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    row.go_to("due_on")
    hands.enter("1399")
    assert row.stops["due_on"].problem


def test_a_double_is_told_below_and_opened_beside(qtbot, office_with_rows, begin, hands):
    tab, row = begin(office_with_rows)
    put(row, sender=PARTY, doc_number="青字〔2026〕25号")
    row.go_to("title")
    qtbot.waitUntil(lambda: bool(row.stops["doc_number"].warning))
    assert row.foot.words() == t("form.same_number", number="2026-0006"), "though the cursor is in the title"
    assert row.foot.link.isVisible()
    qtbot.mouseClick(row.foot.link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.pane.shown() is not None and tab.pane.shown()["number"] == "2026-0006")
    assert tab.pane.isVisible()
    assert row.texts()["doc_number"] == "青字〔2026〕25号", "and the row stays as it was"
    put(row, doc_number="青字〔2026〕725号")
    row.go_to("title")
    qtbot.waitUntil(lambda: not row.stops["doc_number"].warning)


def test_a_secret_mark_is_said_at_once_and_never_kept(qtbot, office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    row.go_to("title")
    focus().insertPlainText("机密★关于某事的通知")
    assert row.stops["title"].problem
    hands.press(KEY.Key_Escape)
    assert Drafts(office_with_rows.path, RECEIPT).last(None) is None


# ---- held, and from the paper before ----


def test_a_held_column_keeps_its_value_and_is_passed_over(office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    row.go_to("received_on")
    hands.press(KEY.Key_A, CTRL)
    hands.type("1118")
    hands.press(KEY.Key_J, CTRL)
    assert row.stops["received_on"].is_held()
    row.go_to("sender")
    hands.type("zzb")
    hands.press(KEY.Key_Return)
    row.stops["sender"].pin.click()
    hands.enter("7")
    put(row, title="关于第一件事的通知")
    hands.press(KEY.Key_Return, CTRL)
    assert newest(office_with_rows)["received_on"].isoformat() == "2026-11-18"
    assert now(row) == "doc_number"
    assert row.texts()["sender"] == PARTY
    assert row.texts()["received_on"] == "2026-11-18"
    assert not row.texts()["title"]
    row.go_to("received_on")
    hands.press(KEY.Key_J, CTRL)
    assert not row.stops["received_on"].is_held()


def test_same_as_last_fills_what_is_empty(office_with_rows, begin, hands, today):
    records.register_document(office_with_rows, RECEIPT, receipt_draft(2, today, lead_dept="党建办"), today)
    _tab, row = begin(office_with_rows)
    put(row, sender=PARTY)
    hands.press(KEY.Key_F4)
    assert row.texts()["sender"] == PARTY, "what is typed stays"
    assert row.texts()["lead_dept"] == "党建办"
    assert not row.texts()["title"]


@pytest.mark.parametrize("key", [KEY.Key_D, KEY.Key_Apostrophe])
def test_one_field_from_the_row_above(office_with_rows, begin, hands, key):
    _tab, row = begin(office_with_rows)
    last = newest(office_with_rows)
    row.go_to("title")
    hands.press(key, CTRL)
    assert row.texts()["title"] == last["title"]
    assert not row.texts()["sender"]
    assert newest(office_with_rows)["completed_on"] == last["completed_on"], "Ctrl+D finished no row"


def test_before_the_first_paper_there_is_none_to_take_from(office, begin, hands):
    _tab, row = begin(office)
    for key, modifier in ((KEY.Key_F4, Qt.KeyboardModifier.NoModifier), (KEY.Key_D, CTRL)):
        hands.press(key, modifier)
        assert row.foot.words() == t("form.no_last")


# ---- what the register knows ----


def test_the_code_of_the_sender_is_offered_and_never_overrides(office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    hands.enter("zzb")
    line = focus()
    assert line.placeholderText() == "青字〔2026〕"
    hands.type("41")
    assert row.foot.words() == t("form.understood_as", text="青字〔2026〕41号")
    hands.press(KEY.Key_A, CTRL)
    line.insert("青组[2026]41号")
    hands.enter()
    assert row.texts()["doc_number"] == "青组〔2026〕41号"


def test_a_pasted_line_proposes_its_sender(qtbot, office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    row.go_to("title")
    hands.paste(f"{PARTY}关于开展冬训的通知（青组通[2026]9号）")
    assert row.texts()["doc_number"] == "青组通〔2026〕9号"
    assert now(row) == "sender"
    assert row.texts()["sender"] == "", "a proposal, no more"
    hands.enter()
    assert row.texts()["sender"] == PARTY
    assert now(row) == "doc_number"


def test_a_title_of_last_year_is_taken_with_tab_only(qtbot, office_with_rows, begin, hands, today):
    day = today.replace(year=2025)
    draft = receipt_draft(1, day, title="关于做好2025年度党员信息采集的通知")
    records.register_document(office_with_rows, RECEIPT, draft, day)
    _tab, row = begin(office_with_rows)
    put(row, sender=PARTY)
    for key, taken in ((KEY.Key_Return, False), (KEY.Key_Tab, True), (KEY.Key_Right, True)):
        put(row, title="")
        row.go_to("title")
        compose("guan yu zuo hao", commit="关于做好")
        compose("nian du", commit="2026年度")
        qtbot.waitUntil(lambda: row.stops["title"].editor.note() != "")
        hands.press(key)
        expected = "关于做好2026年度党员信息采集的通知" if taken else "关于做好2026年度"
        assert row.texts()["title"] == expected
        assert (now(row) == "title") == taken


# ---- left and taken up ----


def test_esc_leaves_and_what_was_typed_is_a_draft(office_with_rows, begin, hands):
    tab, row = begin(office_with_rows)
    hands.enter("zzb")
    hands.type("41")
    hands.press(KEY.Key_Escape)
    assert not row.isVisible()
    assert tab.list.table.hasFocus()
    assert tab.list.table.viewport().y() <= 42, "the room is given back"
    assert Drafts(office_with_rows.path, RECEIPT).last(None).texts["sender"] == PARTY
    hands.press(KEY.Key_F3)
    assert row.isVisible()
    assert (row.texts()["sender"], row.texts()["doc_number"]) == (PARTY, "青字〔2026〕41号")
    assert row.foot.words() == t("entry.taken_up")


def test_a_draft_of_yesterday_is_offered_and_dropped_with_its_registration(office_with_rows, begin, hands):
    drafts = Drafts(office_with_rows.path, RECEIPT)
    drafts.keep("one", None, {"sender": PARTY, "title": "关于昨天的通知", "volume_number": "3"})
    _tab, row = begin(office_with_rows)
    assert row.texts()["title"] == "", "offered, no more"
    assert "关于昨天的通知" in row.foot.words()
    row.foot.link.click()
    assert row.texts()["title"] == "关于昨天的通知"
    hands.press(KEY.Key_Return, CTRL)
    assert newest(office_with_rows)["title"] == "关于昨天的通知"
    assert newest(office_with_rows)["volume_number"] == "3", "also what was typed in the form and has no column"
    assert drafts.last(None) is None


def test_every_change_is_written_through(qtbot, office_with_rows, begin, hands):
    _tab, _row = begin(office_with_rows)
    hands.enter("zzb")
    drafts = Drafts(office_with_rows.path, RECEIPT)
    qtbot.waitUntil(lambda: drafts.last(None) is not None)
    assert drafts.last(None).texts == {"sender": PARTY}


# ---- where it stands ----


def test_the_mouse_does_it_too(qtbot, office_with_rows, begin):
    _tab, row = begin(office_with_rows)
    put(row, sender=PARTY, title="关于用鼠标登记的通知")
    qtbot.mouseClick(row.foot.save, Qt.MouseButton.LeftButton)
    assert newest(office_with_rows)["title"] == "关于用鼠标登记的通知"
    qtbot.mouseClick(row.foot.close_button, Qt.MouseButton.LeftButton)
    assert not row.isVisible()


def test_an_empty_book_has_room_for_its_first_paper(office, begin, hands):
    tab, row = begin(office)
    assert empty_page(tab) is None
    assert row.isVisible()
    put(row, sender=PARTY, title="关于第一件事的通知")
    hands.press(KEY.Key_Return, CTRL)
    assert numbers(tab) == ["2026-0001"]
    hands.press(KEY.Key_Escape)
    assert numbers(tab) == ["2026-0001"]


def test_an_empty_book_says_so_again_afterwards(office, begin, hands):
    tab, _row = begin(office)
    hands.press(KEY.Key_Escape)
    assert empty_page(tab) is not None


def test_a_narrow_window_scrolls_to_the_cursor(qtbot, office_with_rows, begin, hands):
    tab, row = begin(office_with_rows, width=560)
    seen = [stop.field.name for stop in row.in_sight()]
    assert {"received_on", "sender", "doc_number", "title"} <= set(seen)
    heads, bar = tab.list.table.heads, tab.list.table.horizontalScrollBar()
    assert bar.maximum() > 0
    for name in (*seen, *reversed(seen)):
        row.go_to(name)
        editor = row.stops[name].editor
        place = [field.name for field in tab.list.model.columns].index(name)
        assert editor.x() == heads.sectionViewportPosition(place) + 1
        assert editor.x() >= 0
        assert editor.geometry().right() <= heads.width()
    hands.press(KEY.Key_Escape)
    qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_a_dragged_column_takes_its_editor_along(office_with_rows, begin):
    tab, row = begin(office_with_rows)
    heads = tab.list.table.heads
    place = [field.name for field in tab.list.model.columns].index("sender")
    heads.resizeSection(place, 260)
    assert row.stops["sender"].editor.width() == 258
    assert row.stops["doc_number"].editor.x() == heads.sectionViewportPosition(place + 1) + 1


def test_what_the_office_hides_is_typed_all_the_same_when_it_must_be(office_with_rows, begin, hands):
    settings.set_setting(office_with_rows, "receipt.columns", "number,title,received_on,urgency")
    tab, row = begin(office_with_rows)
    assert [stop.field.name for stop in row.in_sight()] == ["sender", "title", "received_on", "urgency"]
    hands.press(KEY.Key_Escape)
    assert "sender" not in [field.name for field in tab.list.model.columns]


def test_a_choice_is_a_list_in_the_row(qtbot, office_with_rows, begin, hands):
    settings.set_setting(office_with_rows, "receipt.columns", "number,title,received_on,sender,urgency")
    _tab, row = begin(office_with_rows)
    row.go_to("urgency")
    hands.press(KEY.Key_A, CTRL)
    hands.enter("jj")
    assert row.texts()["urgency"] == "加急"
    line = row.stops["urgency"].editor
    qtbot.mouseClick(line.inner, Qt.MouseButton.LeftButton)
    assert line.list.isVisible()


def test_a_long_title_makes_room_for_itself(qtbot, office_with_rows, begin):
    tab, row = begin(office_with_rows)
    before = row.height()
    row.go_to("title")
    focus().insertPlainText("关于进一步做好有关工作的补充通知" * 6)
    qtbot.waitUntil(lambda: row.height() > before)
    assert tab.list.table.heads.height() >= row.geometry().bottom()
    row.begin_next()
    qtbot.waitUntil(lambda: row.height() == before)


def test_a_series_is_chosen_in_the_number_column(office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows, DISPATCH)
    first = row.series.text()
    row.series.series.actions()[2].trigger()
    assert row.series.text() != first
    coming = row.series.text().removesuffix(" ▾")
    put(row, title="关于一件事的通知")
    hands.press(KEY.Key_Return, CTRL)
    assert newest(office_with_rows, DISPATCH)["number"] == coming
    put(row, signed_on="")
    assert row.series.text() == t("form.number_open") + " ▾", "unsigned it is a draft without a number"


def test_the_pane_gives_its_room_and_comes_back(office_with_rows, begin, hands):
    tab, _row = begin(office_with_rows)
    assert not tab.pane.isVisible()
    hands.press(KEY.Key_Escape)
    assert tab.pane.isVisible()


def test_a_read_only_office_has_no_row(readonly_office, shown):
    tab = shown(readonly_office)
    assert not tab._commands["batch_entry"].isEnabled()


def test_words_of_an_input_method_reach_the_row(qtbot, office_with_rows, begin, hands):
    _tab, row = begin(office_with_rows)
    compose("x", "xw", commit="县委办")
    assert row.texts()["sender"] == "县委办"
    hands.press(KEY.Key_A, CTRL)
    compose(commit="县政府办")
    assert row.texts()["sender"] == "县政府办"


def test_clicking_a_row_below_leaves_the_row_as_it_is(qtbot, office_with_rows, begin, hands):
    tab, row = begin(office_with_rows)
    hands.type("zzb")
    table = tab.list.table
    box = table.visualRect(tab.list.model.index(3, 3))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert table.position() == 3
    assert row.texts()["sender"] == "zzb"
    tab._commands["batch_entry"].trigger()
    assert QApplication.focusWidget() in [stop.editor.inner for stop in row.stops.values()]
