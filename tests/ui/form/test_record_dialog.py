# SPDX-License-Identifier: MulanPSL-2.0
"""The form: typed, refused, corrected, saved, by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton

from township_office.core.errors import OfficeError
from township_office.core.fields import Kind
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers import DOCUMENTS
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import numbers, records, settings

SAMPLES = {
    Kind.TEXT: "第3卷", Kind.LONG_TEXT: "请各村按时报送", Kind.NAME: "青山县信访局", Kind.INTEGER: "12",
    Kind.YES_NO: "否", Kind.DOC_NUMBER: "青信〔2026〕19号", Kind.DATE: "2026-11-20", Kind.MOMENT: "2026-11-20 09:15",
}  # fmt: skip
ENTER, CTRL, SHIFT = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def put(dialog, **texts):
    for name, text in texts.items():
        dialog.sheet.blocks[name].editor.set_text(text)


def below(dialog, name):
    return dialog.sheet.blocks[name].below()


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    assert QApplication.focusWidget() is not None
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def type_here(text):
    """Type into whatever has the cursor; Chinese as an input method would hand it over."""
    widget = QApplication.focusWidget()
    if text.isascii():
        QTest.keyClicks(widget, text)
    elif isinstance(widget, QPlainTextEdit):
        widget.insertPlainText(text)
    elif isinstance(widget, QLineEdit):
        widget.insert(text)
    else:
        raise AssertionError(f"nothing to type into: {widget}")


def sample(field):
    return field.choices[-1] if field.kind is Kind.CHOICE else SAMPLES[field.kind]


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_every_field_of_every_register_is_saved_as_typed(qtbot, office, form, register):
    dialog = form(register)
    put(dialog, **{field.name: sample(field) for field in register.fields})
    with qtbot.waitSignal(dialog.saved) as caught:
        dialog.save()
    assert not dialog.isVisible()
    row = records.get(office, register, caught.args[0])
    for field in register.fields:
        assert show(field, row[field.name]) == sample(field)


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_every_field_is_on_the_form_once_in_the_order_of_the_office(office, form, register):
    settings.set_setting(office, f"{register.name}.columns", f"number,title,{register.dated_by}")
    dialog = form(register)
    names = [name for name in dialog.sheet.blocks if name != "series"]
    required = [field.name for field in register.fields if field.required]
    assert sorted(names) == sorted(field.name for field in register.fields)
    in_sight = [block.field.name for block in dialog.sheet._in_sight() if block.field.name != "series"]
    assert in_sight == [
        *(name for name in required if name not in ("title", register.dated_by)),
        "title",
        register.dated_by,
    ]


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_an_empty_form_is_refused_beside_the_fields_then_corrected(qtbot, office, form, register):
    dialog = form(register)
    dialog.save()
    assert dialog.isVisible()
    first = next(field for field in register.fields if field.required and not field.default)
    assert below(dialog, first.name) == t("problem.required", label=first.label)
    assert QApplication.focusWidget() is dialog.sheet.blocks[first.name].editor.inner
    assert dialog.sheet.blocks[first.name].editor.inner.property("tone") == "red"
    put(dialog, **{field.name: sample(field) for field in register.fields if field.required})
    assert below(dialog, first.name) == ""
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    assert numbers.next_number(office, register, {}, dialog._today()).sequence == 2


def test_a_receipt_by_keyboard_alone(qtbot, office, form, today):
    dialog = form()
    assert QApplication.focusWidget() is dialog.sheet.blocks["sender"].editor.inner
    type_here("青山县信访局")
    press(ENTER)
    type_here("青信[2026]19号")
    press(ENTER)
    type_here("关于召开全县信访工作联席会议的通知")
    press(ENTER)
    press(ENTER)  # 份数 is 1 already
    type_here("j")  # 加急
    press(ENTER)
    press(ENTER)  # 密级 stays empty
    type_here("1128")
    with qtbot.waitSignal(dialog.saved) as caught:
        press(ENTER, CTRL)
    row = records.get(office, RECEIPT, caught.args[0])
    assert (row["number"], row["sender"], row["doc_number"]) == ("2026-0001", "青山县信访局", "青信〔2026〕19号")
    assert (row["urgency"], str(row["due_on"]), row["received_on"]) == ("加急", "2026-11-28", today)
    assert dialog.isVisible()
    assert dialog.draft()["sender"] == ""
    assert QApplication.focusWidget() is dialog.sheet.blocks["sender"].editor.inner
    assert "2026-0002" in dialog._head.coming()


def test_enter_on_the_last_field_saves(qtbot, form):
    dialog = form()
    put(dialog, sender="青山县信访局", title="关于召开全县信访工作联席会议的通知")
    dialog.sheet.blocks["remarks"].editor.inner.setFocus()
    with qtbot.waitSignal(dialog.saved):
        press(ENTER)
    assert not dialog.isVisible()


def test_enter_walks_through_every_field_in_sight(form):
    dialog = form(DISPATCH)
    dialog.sheet.toggle_fold()
    order = list(dialog.sheet.blocks.values())
    order[0].editor.inner.setFocus()
    for block in order[:-1]:
        assert QApplication.focusWidget() is block.editor.inner
        press(ENTER)
    assert QApplication.focusWidget() is order[-1].editor.inner


def test_the_coming_number_follows_date_and_series(form):
    dialog = form(DISPATCH)
    assert dialog._head.coming() == t("form.will_be", number="云政发〔2026〕1号")
    put(dialog, series="党委文件")
    assert "云委发〔2026〕1号" in dialog._head.coming()
    put(dialog, signed_on="2025-12-30")
    assert "云委发〔2025〕1号" in dialog._head.coming()
    assert t("form.other_year", year=2025) in dialog._head.coming()
    assert t("form.backdated") in dialog._head.coming()


def test_a_chosen_series_numbers_the_row(qtbot, office, form):
    dialog = form(DISPATCH)
    put(dialog, series="会议纪要", title="镇长办公会议纪要")
    with qtbot.waitSignal(dialog.saved) as caught:
        dialog.save()
    assert records.get(office, DISPATCH, caught.args[0])["number"] == "云纪要第1期"


def test_an_unknown_series_is_said_beside_it(form):
    dialog = form(DISPATCH)
    put(dialog, series="不存在")
    dialog.sheet.blocks["title"].editor.inner.setFocus()
    dialog.sheet.blocks["series"].editor.inner.setFocus()
    dialog.sheet.blocks["title"].editor.inner.setFocus()
    assert below(dialog, "series") == t("form.unknown_series")


def test_a_reserved_number_is_offered_and_used(qtbot, office, form, today):
    numbers.reserve(office, RECEIPT, "收文", 1, {"name": "人大办", "reason": ""}, today)
    dialog = form()
    assert "2026-0002" in dialog._head.coming()
    qtbot.mouseClick(dialog._head._link, Qt.MouseButton.LeftButton)
    chips = dialog._head._naming.findChildren(QPushButton)
    assert [chip.text() for chip in chips] == [t("form.offer_reserved", number="2026-0001", name="人大办")]
    qtbot.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    assert t("form.named") in dialog._head.coming()
    put(dialog, sender="镇人大", title="关于召开人代会的通知")
    with qtbot.waitSignal(dialog.saved) as caught:
        dialog.save()
    assert records.get(office, RECEIPT, caught.args[0])["number"] == "2026-0001"


def test_a_used_number_is_refused_while_it_is_typed(office_with_rows, form):
    dialog = form()
    dialog._head.name("3")
    assert dialog._head._problem.text() == t("problem.number_used", number="2026-0003")
    dialog._head.name("")
    assert "2026-0031" in dialog._head.coming()


def test_a_pasted_line_falls_apart(qtbot, form):
    QGuiApplication.clipboard().setText("《关于做好秋冬季防火工作的通知》（青办发[2026]12号）\n")
    dialog = form()
    QTest.keyClick(dialog, Qt.Key.Key_V, CTRL | SHIFT)
    qtbot.waitUntil(lambda: dialog.draft()["title"] == "关于做好秋冬季防火工作的通知")
    assert dialog.draft()["doc_number"] == "青办发〔2026〕12号"
    assert QApplication.focusWidget() is dialog.sheet.blocks["sender"].editor.inner


def test_a_line_pasted_into_the_title_brings_its_number(form):
    QGuiApplication.clipboard().setText("关于做好秋冬季防火工作的通知（青办发〔2026〕12号）")
    dialog = form()
    dialog.sheet.blocks["title"].editor.inner.setFocus()
    press(Qt.Key.Key_V, CTRL)
    assert dialog.draft()["title"] == "关于做好秋冬季防火工作的通知"
    assert dialog.draft()["doc_number"] == "青办发〔2026〕12号"


def test_a_number_inside_a_title_stays_there(form):
    QGuiApplication.clipboard().setText("关于转发青政发〔2026〕3号文件的通知")
    dialog = form()
    dialog._paste.take_clipboard()
    assert dialog.draft()["title"] == "关于转发青政发〔2026〕3号文件的通知"
    assert dialog.draft()["doc_number"] == ""


def test_the_register_without_a_foreign_number_has_no_paste_line(form):
    assert not form(DISPATCH)._paste.isVisible()


def test_as_the_last_one_fills_what_is_still_empty(qtbot, office_with_rows, form):
    last = records.last_row(office_with_rows, RECEIPT)
    dialog = form()
    put(dialog, handler="赵国平")
    QTest.keyClick(dialog, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: dialog.draft()["sender"] == last["sender"])
    assert dialog.draft()["handler"] == "赵国平"
    assert dialog.draft()["title"] == ""
    assert dialog.draft()["doc_number"] == ""
    assert str(last["number"]) in dialog._state.text()


def test_as_the_last_one_in_an_empty_book_says_so(form):
    dialog = form()
    dialog._on_same_as_last()
    assert dialog._state.text() == t("form.no_last")


def test_a_second_entry_of_the_same_paper_is_warned_of_with_a_way_there(qtbot, office_with_rows, form):
    known = records.by_number(office_with_rows, RECEIPT, "2026-0007")
    dialog = form()
    put(dialog, doc_number=str(known["doc_number"]))
    qtbot.waitUntil(lambda: below(dialog, "doc_number") == t("form.same_number", number="2026-0007"))
    block = dialog.sheet.blocks["doc_number"]
    assert block.editor.inner.property("tone") == "amber"
    narrow, pane = dialog.width(), dialog.alike.pane
    qtbot.mouseClick(block.link, Qt.MouseButton.LeftButton)
    assert pane.isVisible()
    assert pane.shown()["id"] == known["id"]
    assert dialog.draft()["doc_number"] == known["doc_number"], "what was typed stays"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert (dialog.isVisible(), pane.isVisible(), dialog.width()) == (True, False, narrow)
    qtbot.mouseClick(block.link, Qt.MouseButton.LeftButton)
    put(dialog, doc_number="青字〔2026〕999号")
    qtbot.waitUntil(lambda: below(dialog, "doc_number") == "")
    assert not block.link.isVisible()
    assert not pane.isVisible(), "nothing is alike any more"


def test_a_nearly_equal_title_is_warned_of(qtbot, office_with_rows, form):
    dialog = form()
    put(dialog, title="关于开展森林草原防灭火隐患排查的通知 ")
    qtbot.waitUntil(lambda: "标题相近" in below(dialog, "title"))
    assert dialog.sheet.blocks["title"].link.isVisible()


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_a_day_of_a_later_year_is_doubted_and_never_refused(qtbot, form, register):
    dialog = form(register)
    put(dialog, **{field.name: sample(field) for field in register.fields})
    days = [field.name for field in register.fields if field.kind is Kind.DATE]
    put(dialog, **dict.fromkeys(days, "2026-12-31"))
    assert not any("请核对" in below(dialog, name) for name in days)
    put(dialog, **dict.fromkeys(days, "2027-01-04"))
    doubted = [name for name in days if below(dialog, name) == t("form.later_year", year=2027)]
    assert doubted == [name for name in days if name != "due_on"], "a time limit may lie ahead"
    assert dialog.sheet.blocks[register.dated_by].editor.inner.property("tone") == "amber"
    with qtbot.waitSignal(dialog.saved):
        dialog.save()


def test_a_correction_saves_what_was_changed_and_why(qtbot, office_with_rows, form):
    row = records.by_number(office_with_rows, RECEIPT, "2026-0008")
    dialog = form(row=row)
    assert dialog.draft()["sender"] == row["sender"]
    put(dialog, handler="赵国平", due_on="12.5")
    dialog.sheet.why.editor.set_text("承办人换了")
    with qtbot.waitSignal(dialog.saved) as caught:
        QTest.keyClick(dialog, Qt.Key.Key_S, CTRL)
    after = records.get(office_with_rows, RECEIPT, caught.args[0])
    assert (after["handler"], str(after["due_on"]), after["number"]) == ("赵国平", "2026-12-05", "2026-0008")
    last = records.history(office_with_rows, RECEIPT, after["id"])[-1]
    assert last.why == "承办人换了"
    assert [change.label for change in last.fields] == ["办理时限", "承办人"]


def test_a_correction_without_a_change_writes_nothing(qtbot, office_with_rows, form):
    row = records.by_number(office_with_rows, RECEIPT, "2026-0008")
    dialog = form(row=row)
    dialog.save()
    assert not dialog.isVisible()
    assert len(records.history(office_with_rows, RECEIPT, row["id"])) == 1


def test_a_correction_that_breaks_a_rule_is_said_beside_the_field(office_with_rows, form):
    row = records.by_number(office_with_rows, RECEIPT, "2026-0008")
    dialog = form(row=row)
    put(dialog, due_on="2020-01-01")
    dialog.save()
    assert dialog.isVisible()
    assert below(dialog, "due_on") == t("problem.due_on_before_receipt")


def test_a_void_row_cannot_be_corrected_and_the_form_says_so(office_with_rows, form):
    row = records.by_number(office_with_rows, RECEIPT, "2026-0005")
    dialog = form(row=row)
    put(dialog, handler="赵国平")
    dialog.save()
    assert dialog._trouble.words() == t("error.is_void", number="2026-0005")
    assert dialog.draft()["handler"] == "赵国平"


@pytest.mark.parametrize("key", ["error.disk_full", "error.read_only", "error.busy"])
def test_a_refusal_of_the_books_leaves_the_form_as_it_is(office, form, monkeypatch, key):
    dialog = form()
    put(dialog, sender="青山县信访局", title="关于召开全县信访工作联席会议的通知")

    def refuse(*_args):
        raise OfficeError(key)

    monkeypatch.setattr(records, "register_document", refuse)
    dialog.save()
    assert dialog.isVisible()
    assert dialog._trouble.isVisible()
    assert dialog._trouble.words() == t(key)
    assert dialog.draft()["sender"] == "青山县信访局"


def test_a_hidden_field_that_is_wrong_comes_into_sight(form):
    dialog = form()
    put(dialog, sender="青山县信访局", title="关于召开全县信访工作联席会议的通知", filed_on="2020-01-01")
    assert not dialog.sheet.blocks["filed_on"].isVisible()
    dialog.save()
    assert dialog.sheet.blocks["filed_on"].isVisible()
    assert below(dialog, "filed_on") == t("problem.filed_on_before_receipt")


def test_the_rest_opens_where_the_cursor_goes(qtbot, form):
    dialog = form()
    dialog.resize(880, 440)
    dialog.sheet.toggle_fold()
    first = dialog.sheet.blocks[dialog.sheet._rest[0].name].editor
    qtbot.waitUntil(first.inner.hasFocus)
    assert first.visibleRegion().boundingRect().height() == first.height()


def test_the_open_fold_is_remembered(form):
    dialog = form()
    dialog.sheet.toggle_fold()
    assert form().sheet._fold.is_open()
    dialog.sheet.toggle_fold()
    assert not form().sheet._fold.is_open()


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_the_form_fits_a_small_screen_and_its_buttons_stay_in_sight(qtbot, form, register):
    dialog = form(register)
    dialog.sheet.toggle_fold()
    assert dialog.minimumWidth() <= 911
    assert dialog.minimumHeight() <= 448
    dialog.resize(880, 440)
    qtbot.wait(20)
    assert dialog.size().toTuple() == (880, 440)
    buttons = [
        button for button in dialog.findChildren(QPushButton) if button.parent() is dialog and button.isVisible()
    ]
    assert buttons
    assert all(dialog.rect().contains(button.geometry()) for button in buttons)
    last = dialog.sheet._in_sight()[-1]
    last.editor.inner.setFocus()
    qtbot.waitUntil(lambda: not last.editor.visibleRegion().isEmpty())


def test_the_day_chosen_by_hand_stays_for_the_next_of_the_bundle(qtbot, form):
    dialog = form()
    put(dialog, received_on="2026-11-18", sender="青山县信访局", title="关于召开信访工作联席会议的通知")
    with qtbot.waitSignal(dialog.saved):
        dialog.save(then_next=True)
    assert dialog.draft()["received_on"] == "2026-11-18"
    assert dialog.draft()["title"] == ""
    assert dialog._state.text() == t("form.saved", number="2026-0001")
    assert not dialog._changed() or set(dialog._changed()) == {"received_on"}
