# SPDX-License-Identifier: MulanPSL-2.0
"""Every Kind has its editor; an editor gives back what was typed, in its usual form."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from township_office.core.fields import Field, Kind
from township_office.core.text import t
from township_office.core.values import parse
from township_office.registers import DOCUMENTS
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.services.office import create_office
from township_office.ui.form.editors import (
    ChipEditor,
    DateEditor,
    DocNumberEditor,
    LineEditor,
    SuggestEditor,
    TextEditor,
    make_editor,
    matching,
)

EVERY_FIELD = [
    pytest.param(register, field, id=f"{register.name}.{field.name}")
    for register in DOCUMENTS
    for field in register.fields
]
SAMPLES = {
    Kind.TEXT: "第3卷", Kind.LONG_TEXT: "请各村按时报送", Kind.NAME: "青山县财政局", Kind.DOC_NUMBER: "青财〔2026〕9号",
    Kind.DATE: "2026-11-18", Kind.MOMENT: "2026-11-18 09:15", Kind.INTEGER: "12", Kind.YES_NO: "是",
}  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """One office for the whole file: an editor only reads."""
    today = date(2026, 11, 20)
    with create_office(
        tmp_path_factory.mktemp("office") / "a.office.db", "云水镇党政综合办公室", "王春燕", today
    ) as made:
        for sender in ("青山县应急管理局", "青山县委组织部", "青山县财政局"):
            draft = {"received_on": "今天", "sender": sender, "title": f"{sender}关于报送年度总结的通知"}
            records.register_document(made, RECEIPT, draft, today)
        draft = {"signed_on": "今天", "title": "关于报送年度总结的通知", "main_recipient": "各村（社区）"}
        records.register_document(made, DISPATCH, draft, today)
        yield made


@pytest.fixture
def stand(qtbot, office, clock):
    """Put one editor, and a second place for the cursor to go, into a window of their own."""

    def put(register, name, kind=None):
        field = register.field(name)
        editor = make_editor(field, office, register, clock)
        other = make_editor(Field("other", "另一栏"), office, register, clock)
        window = QWidget()
        row = QHBoxLayout(window)
        row.addWidget(editor)
        row.addWidget(other)
        window.resize(700, 300)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        editor.inner.setFocus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is editor.inner)
        assert kind is None or isinstance(editor, kind)
        editor.window_of_test, editor.other = window, other
        return editor

    return put


def offered(editor: SuggestEditor) -> list[str]:
    listed = editor.list
    return [listed.item(row).text() for row in range(listed.count())] if listed and listed.isVisible() else []


@pytest.mark.parametrize(("register", "field"), EVERY_FIELD)
def test_every_field_can_be_typed_and_read_back(qtbot, office, clock, today, register, field):
    editor = make_editor(field, office, register, clock)
    qtbot.addWidget(editor)
    sample = field.choices[-1] if field.kind is Kind.CHOICE else SAMPLES[field.kind]
    with qtbot.waitSignal(editor.edited):
        editor.set_text(sample)
    editor.settle()
    assert editor.text() == sample
    assert parse(field, editor.text(), today) is not None
    editor.set_text("")
    assert editor.text() == ""


@pytest.mark.parametrize(("register", "field"), EVERY_FIELD)
def test_a_fresh_editor_holds_the_default_in_its_usual_form(qtbot, office, clock, today, register, field):
    editor = make_editor(field, office, register, clock)
    qtbot.addWidget(editor)
    expected = today.isoformat() if field.default == "今天" else field.default
    assert editor.text() == expected


@pytest.mark.parametrize("typed", ["312", "3.12", "3月12日", "20260312", "２０２６年３月１２日"])
def test_a_date_takes_any_spelling_and_settles_when_left(qtbot, stand, typed):
    editor = stand(RECEIPT, "due_on", DateEditor)
    editor.line.setText(typed)
    assert editor.note().startswith("2026-03-12　星期四")
    qtbot.keyClick(editor.line, Qt.Key.Key_Tab)
    assert editor.text() == "2026-03-12"
    assert editor.note() == "星期四"


def test_a_date_near_today_says_how_near(stand):
    editor = stand(RECEIPT, "due_on")
    for typed, words in (("昨天", "昨天"), ("今天", "今天"), ("1128", "8 天后"), ("2026-11-10", "10 天前")):
        editor.set_text(typed)
        editor.settle()
        assert editor.note().endswith(words)


def test_what_is_no_date_stays_as_typed(qtbot, stand):
    editor = stand(RECEIPT, "due_on")
    qtbot.keyClicks(editor.line, "13.45")
    qtbot.keyClick(editor.line, Qt.Key.Key_Tab)
    assert editor.text() == "13.45"
    assert editor.note() == ""


def test_arrows_go_a_day_on_and_back(qtbot, stand):
    editor = stand(RECEIPT, "due_on")
    editor.set_text("2026-02-28")
    qtbot.keyClick(editor.line, Qt.Key.Key_Up)
    assert editor.text() == "2026-03-01"
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    assert editor.text() == "2026-02-27"


def test_a_doc_number_shows_its_canonical_form(qtbot, stand):
    editor = stand(RECEIPT, "doc_number", DocNumberEditor)
    editor.line.setText("青政办发[2026] 第０12号")
    assert editor.note() == t("form.understood_as", text="青政办发〔2026〕12号")
    qtbot.keyClick(editor.line, Qt.Key.Key_Tab)
    assert editor.text() == "青政办发〔2026〕12号"


def test_initials_propose_units_and_enter_takes_the_first(qtbot, stand):
    editor = stand(RECEIPT, "sender", SuggestEditor)
    qtbot.keyClicks(editor.line, "qsxczj")
    qtbot.waitUntil(lambda: offered(editor) == ["青山县财政局"])
    with qtbot.waitSignal(editor.entered):
        qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.text() == "青山县财政局"
    assert offered(editor) == []


def test_enter_right_after_the_last_letter_still_takes_the_proposal(qtbot, stand):
    editor = stand(RECEIPT, "sender")
    qtbot.keyClicks(editor.line, "qsxwzzb")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.text() == "青山县委组织部"


def test_tab_takes_a_proposal_and_stays(qtbot, stand):
    editor = stand(RECEIPT, "sender")
    qtbot.keyClicks(editor.line, "qsx")
    qtbot.waitUntil(lambda: len(offered(editor)) == 3)
    second = offered(editor)[1]
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    qtbot.keyClick(editor.line, Qt.Key.Key_Tab)
    assert editor.text() == second
    assert editor.line.hasFocus()


def test_chinese_text_is_never_replaced_by_enter(qtbot, stand):
    editor = stand(RECEIPT, "sender")
    editor.line.insert("青山县")
    editor.line.textEdited.emit("青山县")
    qtbot.waitUntil(lambda: len(offered(editor)) == 3)
    with qtbot.waitSignal(editor.entered):
        qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.text() == "青山县"


def test_escape_closes_the_list_and_nothing_else(qtbot, stand):
    editor = stand(RECEIPT, "sender")
    qtbot.keyClicks(editor.line, "qsx")
    qtbot.waitUntil(lambda: offered(editor) != [])
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)
    assert offered(editor) == []
    assert editor.window_of_test.isVisible()
    assert editor.text() == "qsx"


def test_a_click_takes_a_proposal(qtbot, stand):
    editor = stand(RECEIPT, "sender")
    qtbot.keyClicks(editor.line, "qsx")
    qtbot.waitUntil(lambda: len(offered(editor)) == 3)
    wanted = offered(editor)[2]
    where = editor.list.visualItemRect(editor.list.item(2)).center()
    qtbot.mouseClick(editor.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert editor.text() == wanted


def test_an_input_method_keeps_its_preedit(qtbot, stand):
    editor = stand(RECEIPT, "sender")
    qtbot.keyClicks(editor.line, "q")
    qtbot.waitUntil(lambda: offered(editor) != [])
    QApplication.sendEvent(editor.line, QInputMethodEvent("ing", []))
    assert offered(editor) == []
    assert editor.text() == "q"
    committed = QInputMethodEvent("", [])
    committed.setCommitString("青")
    QApplication.sendEvent(editor.line, committed)
    assert editor.text() == "q青"


def test_the_list_goes_when_the_line_is_left(qtbot, stand):
    editor = stand(RECEIPT, "sender")
    qtbot.keyClicks(editor.line, "qsx")
    qtbot.waitUntil(lambda: offered(editor) != [])
    editor.other.inner.setFocus()
    assert offered(editor) == []


def test_several_names_are_proposed_one_by_one(qtbot, stand):
    editor = stand(DISPATCH, "main_recipient", SuggestEditor)
    editor.set_text("镇属各单位、")
    qtbot.keyClicks(editor.line, "gc")
    qtbot.waitUntil(lambda: offered(editor) == ["各村（社区）"])
    qtbot.keyClick(editor.line, Qt.Key.Key_Tab)
    assert editor.text() == "镇属各单位、各村（社区）"


def test_a_long_list_opens_by_arrow_and_by_initials(qtbot, stand):
    editor = stand(DISPATCH, "genre", SuggestEditor)
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    assert offered(editor)[0] == "通知"
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)
    qtbot.keyClicks(editor.line, "qs")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.text() == "请示"


def test_matching_by_text_and_by_initials():
    choices = ("通知", "通报", "报告")
    assert matching(choices, "") == ["通知", "通报", "报告"]
    assert matching(choices, "通") == ["通知", "通报"]
    assert matching(choices, "bg") == ["报告"]
    assert matching(choices, "xx") == []


def test_chips_by_letter_digit_arrow_and_backspace(qtbot, stand):
    editor = stand(RECEIPT, "urgency", ChipEditor)
    assert editor.text() == "平件"
    for key, chosen in (("j", "加急"), ("3", "特急"), ("t", "特提"), ("t", "特急")):
        qtbot.keyClicks(editor.chips, key)
        assert editor.text() == chosen
    qtbot.keyClick(editor.chips, Qt.Key.Key_Right)
    assert editor.text() == "平急"
    qtbot.keyClick(editor.chips, Qt.Key.Key_Backspace)
    assert editor.text() == ""
    with qtbot.waitSignal(editor.entered):
        qtbot.keyClick(editor.chips, Qt.Key.Key_Return)


def test_a_chip_pressed_twice_is_no_choice(qtbot, stand):
    editor = stand(RECEIPT, "secrecy_level")
    chip = editor.chips._chips["内部"]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert editor.text() == "内部"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert editor.text() == ""


def test_a_word_that_is_no_choice_is_shown_and_kept(stand):
    editor = stand(RECEIPT, "urgency")
    editor.set_text("急件")
    assert editor.text() == "急件"
    assert editor.chips._other.isVisible()
    typed = QInputMethodEvent("", [])
    typed.setCommitString("加急")
    QApplication.sendEvent(editor.chips, typed)
    assert editor.text() == "加急"
    assert not editor.chips._other.isVisible()


def test_long_text_grows_to_four_lines_and_enter_goes_on(qtbot, stand):
    editor = stand(RECEIPT, "remarks", TextEditor)
    one = editor.area.height()
    qtbot.keyClicks(editor.area, "a")
    for _ in range(2):
        qtbot.keyClick(editor.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClicks(editor.area, "b")
    assert editor.text() == "a\nb\nb"
    three = editor.area.height()
    editor.set_text("\n".join("abcdefgh"))
    four = editor.area.height()
    assert one < three < four == one + (three - one) // 2 * 3
    with qtbot.waitSignal(editor.entered):
        qtbot.keyClick(editor.area, Qt.Key.Key_Return)
    assert editor.text() == "\n".join("abcdefgh")


def test_tab_leaves_a_long_text(qtbot, stand):
    editor = stand(RECEIPT, "remarks")
    with qtbot.waitSignal(editor.left):
        qtbot.keyClick(editor.area, Qt.Key.Key_Tab)
    assert editor.text() == ""


@pytest.mark.parametrize("name", ["sender", "title", "remarks", "doc_number", "copy_count"])
def test_a_whole_file_in_the_clipboard_is_refused_in_words(qtbot, stand, name):
    editor = stand(RECEIPT, name)
    QGuiApplication.clipboard().setText("机" * 10_000_000)
    with qtbot.waitSignal(editor.refused) as caught:
        qtbot.keyClick(editor.inner, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert str(editor.field.max_length) in caught.args[0]
    assert len(editor.text()) < 10
    QGuiApplication.clipboard().clear()


def test_a_line_that_runs_over_says_so(qtbot, stand):
    editor = stand(RECEIPT, "volume_number", LineEditor)
    editor.line.setMaxLength(5)
    with qtbot.waitSignal(editor.refused):
        qtbot.keyClicks(editor.line, "123456")
