# SPDX-License-Identifier: MulanPSL-2.0
"""The form of a classified paper: what this PC may hold and nothing else; nothing typed goes to a disk unsealed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from township_office.registers.confidential import CONFIDENTIAL, RELAXED_ONLY
from township_office.services.guarded import confidential
from township_office.ui.confidential.book.paper_dialog import PaperDialog
from township_office.ui.confidential.book.paper_sheet import COUNTED, ISSUED

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def show(vault, clock, opened):
    def make(paper=None):
        dialog = PaperDialog(vault, paper, clock)
        dialog.hands = opened(dialog)
        return dialog

    return make


def relax(vault, today):
    confidential.set_mode(vault, "relaxed", "县保密局", today.isoformat(), today)


def below(dialog, name):
    return dialog.sheet.blocks[name].below()


def set_text(dialog, name, text):
    dialog.sheet.blocks[name].editor.set_text(text)


def test_strict_mode_has_no_place_for_sender_and_title(show):
    dialog = show()
    assert set(dialog.texts()) == {field.name for field in CONFIDENTIAL.fields} - set(RELAXED_ONLY)
    assert not dialog.findChildren(QPlainTextEdit) + dialog.findChildren(QTextEdit), "no place for a content"


def test_relaxed_mode_keeps_a_title_only_with_the_tick(show, vault, today):
    relax(vault, today)
    dialog = show()
    dialog.fill({"secrecy_level": "秘密", "sender": "县委办", "title": "关于开展检查的通知"})
    dialog.save()
    assert "须经保密员确认" in dialog.sheet.blocks["title"].problem()
    set_text(dialog, "is_title_cleared", "是")
    dialog.save()
    assert confidential.papers(vault)[0].record["title"] == "关于开展检查的通知"


def test_another_title_must_be_cleared_anew(show, vault, registered, today):
    relax(vault, today)
    paper = registered(0, title="关于开展检查的通知", is_title_cleared="是")
    dialog = show(paper)
    dialog.fill({"why": "登记错误"})
    set_text(dialog, "title", "关于另一件事的通知")
    assert dialog.texts()["is_title_cleared"] == ""
    dialog.save()
    assert "须经保密员确认" in dialog.sheet.blocks["title"].problem()
    set_text(dialog, "is_title_cleared", "是")
    dialog.save()
    assert confidential.get_paper(vault, paper.id).record["title"] == "关于另一件事的通知"


def test_a_title_of_relaxed_days_can_still_be_emptied(show, vault, registered, today):
    relax(vault, today)
    paper = registered(0, title="关于开展检查的通知", is_title_cleared="是")
    confidential.set_mode(vault, "strict", "", "", today)
    dialog = show(paper)
    dialog.fill({"title": "", "is_title_cleared": "", "why": "登记错误"})
    dialog.save()
    assert confidential.get_paper(vault, paper.id).record["title"] is None


def test_the_number_to_come_is_said(show, registered, today):
    registered(0)
    dialog = show()
    assert dialog.coming.text() == f"将编为　涉{today.year}-002"
    set_text(dialog, "received_on", f"{today.year - 1}-12-30")
    assert dialog.coming.text() == f"将编为　涉{today.year - 1}-001"


@pytest.mark.parametrize(
    ("serial", "count", "words"),
    [
        ("000101-000103", "", "3 份：000101、000102、000103"), ("000101-000150", "", "50 份：000101 …… 000150"),
        ("000101-000103", "2", "份号有3个，份数是2份，对不上，请核对。"), ("000101,000101", "", "份号有重复，请核对。"),
        ("第一", "", "份号看不懂，请写成 000101 或 000101-000103 这样，几段用顿号隔开。"),
    ],
)  # fmt: skip
def test_serials_are_counted_while_they_are_typed(show, serial, count, words):
    dialog = show()
    set_text(dialog, "copy_serial", serial)
    set_text(dialog, "copy_count", count)
    assert below(dialog, "copy_serial") == words


@pytest.mark.parametrize(("name", "word"), [("secrecy_level", "绝密"), ("carrier_kind", "密码电报")])
def test_a_counted_paper_leaves_only_the_counter(show, vault, name, word):
    dialog = show()
    dialog.fill({"cabinet_no": "甲1", "copy_serial": "000777", "secrecy_level": "机密", name: word, "copy_count": "2"})
    assert set(dialog.texts()) == set(COUNTED), "what was typed before is in no text any more"
    assert dialog.coming.text() == "只记份数，不编号"
    assert "只记日期和份数" in dialog.counting.words()
    shown = {name for name, block in dialog.sheet.blocks.items() if block.isVisible()}
    assert shown == set(COUNTED)
    saved = []
    dialog.saved.connect(saved.append)
    dialog.save()
    assert saved == [None]
    assert confidential.papers(vault) == []
    assert confidential.counters(vault)[word] == 2


def test_the_end_of_the_period_is_reckoned_and_the_day_of_issue_is_not_kept(show, vault):
    dialog = show()
    dialog.fill({"secrecy_level": "机密", "secrecy_period": "10年"})
    set_text(dialog, ISSUED, "2026-03-10")
    assert dialog.texts()["declassify_on"] == "2036-03-10"
    set_text(dialog, "secrecy_period", "6个月")
    assert dialog.texts()["declassify_on"] == "2026-09-10"
    set_text(dialog, "secrecy_period", "")
    assert dialog.texts()["declassify_on"] == "2046-03-10", "unmarked: the longest of its level"
    set_text(dialog, "declassify_on", "2030-01-01")
    set_text(dialog, "secrecy_period", "5年")
    assert dialog.texts()["declassify_on"] == "2030-01-01", "what the clerk typed stays"
    assert ISSUED not in dialog.texts()
    assert ISSUED not in dialog.half_typed()
    dialog.save()
    assert "2026-03-10" not in str([item.body for item in vault.items.values()])


def test_typed_like_a_clerk_and_the_next_one(show, vault, today):
    dialog = show()
    hands = dialog.hands
    hands.press(KEY.Key_1)  # 密级: the first chip
    assert dialog.texts()["secrecy_level"] == "机密"
    for text in ("", "2", "000101、000102", "甲3"):
        hands.press(KEY.Key_Return)
        if text:
            hands.type(text)
    hands.press(KEY.Key_Return, CTRL)
    paper = confidential.papers(vault)[0]
    assert (list(paper.copies), paper.record["cabinet_no"]) == (["000101", "000102"], "甲3")
    assert dialog.isVisible()
    assert dialog.coming.text() == f"将编为　涉{today.year}-002"
    assert dialog.half_typed() == {}
    assert dialog.texts()["cabinet_no"] == ""


def test_what_is_wrong_stands_beside_its_field(show, vault):
    dialog = show()
    dialog.fill({"clear_due_on": "2026-01-01", "doc_number": "青办〔2026〕3号"})
    dialog.save()
    assert dialog.sheet.blocks["doc_number"].problem().startswith("严格模式只留文号末尾的数字")
    set_text(dialog, "doc_number", "3")
    dialog.save()
    assert dialog.sheet.blocks["secrecy_level"].problem() == "请填写密级。"
    set_text(dialog, "secrecy_level", "秘密")
    dialog.save()
    assert dialog.sheet.blocks["clear_due_on"].problem() == "应清退日期早于收到日期，请核对。"
    assert dialog.texts()["doc_number"] == "3"
    assert confidential.papers(vault) == []


def test_a_correction_needs_a_reason_of_the_list(show, vault, registered):
    paper = registered(3, copy_serial="000101")
    dialog = show(paper)
    assert dialog.draft_name == f"paper.{paper.id}"
    set_text(dialog, "cabinet_no", "丙5")
    dialog.save()
    assert dialog.sheet.blocks["why"].problem() == "请选一个原因。"
    set_text(dialog, "why", "登记错误")
    dialog.save()
    assert confidential.get_paper(vault, paper.id).record["cabinet_no"] == "丙5"
    assert not dialog.isVisible()


def test_a_correction_to_top_secret_is_refused_in_words(show, registered):
    dialog = show(registered(3, copy_serial="000101"))
    dialog.fill({"secrecy_level": "绝密", "why": "登记错误"})
    assert dialog.sheet.blocks["cabinet_no"].isVisible()
    dialog.save()
    assert "请把这一件作废" in dialog.sheet.blocks["secrecy_level"].problem()


def test_leaving_asks_and_keeps_nothing_on_the_disk(show, own_memory):
    dialog = show()
    set_text(dialog, "cabinet_no", "丙99")
    dialog.hands.press(KEY.Key_Escape)
    assert dialog.isVisible()
    assert "不再保留" in dialog.leaving.words()
    dialog.hands.press(KEY.Key_Escape)
    assert dialog.leaving.words() == ""
    dialog.reject()
    dialog.leaving.buttons[1].click()
    assert not dialog.isVisible()
    kept = b"".join(path.read_bytes() for path in own_memory.rglob("*") if path.is_file())
    assert "丙99".encode() not in kept
    assert b"\\u4e19" not in kept


def test_half_typed_words_come_back(show):
    dialog = show()
    dialog.fill({"secrecy_level": "机密", "copy_serial": "000101", "deliverer": "小李"})
    texts = dialog.half_typed()
    again = show()
    again.fill(texts)
    assert again.texts() == texts
    assert again.half_typed() == texts


def test_nothing_is_dropped_or_pasted_but_words(show):
    dialog = show()
    inside = dialog.findChildren(QWidget)
    assert [one for one in (dialog, *inside) if one.acceptDrops() and isinstance(one, QLineEdit | QComboBox)] == []
    assert [one for one in inside if isinstance(one, QLineEdit) and one.dragEnabled()] == []
    assert not dialog.acceptDrops()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/x.docx")])
    for target in (dialog, dialog.sheet.viewport(), dialog.sheet.blocks["cabinet_no"].editor.inner):
        event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                           Qt.KeyboardModifier.NoModifier)  # fmt: skip
        event.ignore()
        QApplication.sendEvent(target, event)
    QApplication.clipboard().setImage(QImage(4, 4, QImage.Format.Format_RGB32))
    dialog.sheet.blocks["cabinet_no"].editor.inner.setFocus()
    dialog.hands.press(KEY.Key_V, CTRL)
    assert dialog.half_typed() == {}
