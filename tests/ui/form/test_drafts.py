# SPDX-License-Identifier: MulanPSL-2.0
"""What was typed and not saved is never lost, and a state secret is never kept."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from township_office.core.text import t
from township_office.registers.receipt import RECEIPT
from township_office.services import records


def put(dialog, **texts):
    for name, text in texts.items():
        dialog.sheet.blocks[name].editor.set_text(text)


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)


def test_the_draft_survives_and_is_offered(qtbot, form):
    dialog = form()
    put(dialog, sender="青山县信访局", title="关于召开全县信访工作联席会议的通知", due_on="1128")
    qtbot.waitUntil(lambda: dialog._state.text().startswith("草稿已存"))
    later = form()  # as after a crash: the first form was never closed
    assert later._begun.isVisible()
    assert "联席会议" in later._begun.words()
    assert later.draft()["sender"] == ""
    qtbot.mouseClick(later._begun.buttons[0], Qt.MouseButton.LeftButton)
    assert later.draft()["sender"] == "青山县信访局"
    assert later.draft()["due_on"] == "1128"
    assert not later._begun.isVisible()
    with qtbot.waitSignal(later.saved):
        later.save()
    assert not form()._begun.isVisible()


def test_the_draft_is_written_while_the_hand_never_rests(qtbot, form, own_memory):
    dialog = form()
    for count in range(1, 13):
        put(dialog, title="通" * count)
        qtbot.wait(50)
    kept = json.loads(next(own_memory.glob("drafts/*")).read_text("utf-8"))
    assert len(kept[0]["texts"]["title"]) >= 3


def test_a_new_form_does_not_overwrite_the_offered_draft(qtbot, form):
    first = form()
    put(first, title="第一件没有登记完的通知")
    first._keep_draft()
    second = form()
    put(second, title="第二件没有登记完的通知")
    second._keep_draft()
    third = form()
    assert "第二件" in third._begun.words()
    qtbot.mouseClick(third._begun.buttons[1], Qt.MouseButton.LeftButton)
    assert "第一件" in third._begun.words()
    qtbot.mouseClick(third._begun.buttons[1], Qt.MouseButton.LeftButton)
    assert not third._begun.isVisible()


def test_the_draft_of_a_correction_belongs_to_its_row(office_with_rows, form):
    row = records.by_number(office_with_rows, RECEIPT, "2026-0008")
    dialog = form(row=row)
    put(dialog, handler="赵国平")
    dialog._keep_draft()
    other = form(row=records.by_number(office_with_rows, RECEIPT, "2026-0009"))
    assert not other._begun.isVisible()
    assert not form()._begun.isVisible()
    again = form(row=row)
    again._on_go_on()
    assert again.draft()["handler"] == "赵国平"
    assert again._changed() == {"handler": "赵国平"}


def test_escape_asks_and_keeps_the_draft(qtbot, form):
    dialog = form()
    put(dialog, title="关于召开全县信访工作联席会议的通知")
    press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog._leaving.words() == t("form.leaving")
    press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog._leaving.isVisible()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert "联席会议" in form()._begun.words()


def test_not_wanted_drops_the_draft(qtbot, form):
    dialog = form()
    put(dialog, title="关于召开全县信访工作联席会议的通知")
    dialog.reject()
    qtbot.mouseClick(dialog._leaving.buttons[1], Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert not form()._begun.isVisible()


def test_an_untouched_form_closes_at_once_and_leaves_nothing(form, own_memory):
    dialog = form()
    press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not list(own_memory.glob("drafts/*"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("title", "机密★10年 关于某事的通知"),
        ("secrecy_level", "机密"),
        ("remarks", "见密码电报"),
        ("doc_number", "中办密电〔2026〕3号"),
    ],
)
def test_a_state_secret_is_refused_at_once_and_never_written_to_a_draft(form, own_memory, name, text):
    dialog = form()
    put(dialog, sender="青山县委办公室")
    dialog._keep_draft()
    assert list(own_memory.glob("drafts/*"))
    put(dialog, **{name: text})
    assert "涉密" in dialog.sheet.blocks[name].below() or "国家秘密" in dialog.sheet.blocks[name].below()
    dialog._keep_draft()
    kept = "".join(path.read_text("utf-8") for path in own_memory.rglob("*") if path.is_file())
    assert json.dumps(text)[1:-1] not in kept
    assert json.dumps("青山县委办公室")[1:-1] not in kept
    dialog.save()
    assert dialog.isVisible()
    dialog.reject()
    assert dialog._leaving.words() == t("form.leaving_secret")


def test_a_disk_that_refuses_the_draft_is_said(form, own_memory):
    dialog = form()
    (own_memory / "drafts").write_text("a file where the folder should be", "utf-8")
    put(dialog, title="关于召开全县信访工作联席会议的通知")
    dialog._keep_draft()
    assert dialog._state.text() == t("form.draft_refused")


@pytest.mark.parametrize(
    "rubbish",
    ["", "{", "[1]", '[{"id": 3}]', '{"a": 1}', '[{"id":"x","row":null,"at":"","texts":{"title":5,"no":"x"}}]'],
)
def test_a_spoilt_draft_file_hurts_nobody(form, own_memory, rubbish):
    dialog = form()
    put(dialog, title="关于召开全县信访工作联席会议的通知")
    dialog._keep_draft()
    next(own_memory.glob("drafts/*")).write_text(rubbish, "utf-8")
    later = form()
    later._on_go_on()
    put(later, title="第二件")
    later._keep_draft()
    assert "第二件" in form()._begun.words()


def test_bad_signs_typed_are_cleaned_or_kept_but_never_break_the_form(qtbot, office, form):
    dialog = form()
    put(dialog, sender="青山县\u202e信访局", title="𣗋木林场\ud840关于㙍头村䶮潭的通知\x00", remarks="一行\n二行")
    dialog._keep_draft()
    with qtbot.waitSignal(dialog.saved) as caught:
        dialog.save()
    row = records.get(office, RECEIPT, caught.args[0])
    assert row["sender"] == "青山县信访局"
    assert str(row["title"]).startswith("𣗋木林场")
    assert row["remarks"] == "一行\n二行"


def test_ten_million_characters_are_refused_in_the_paste_line(form):
    QGuiApplication.clipboard().setText("通" * 10_000_000)
    dialog = form()
    dialog._paste.take_clipboard()
    assert dialog._trouble.isVisible()
    assert dialog.draft()["title"] == ""
    QGuiApplication.clipboard().clear()
