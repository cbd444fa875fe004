# SPDX-License-Identifier: MulanPSL-2.0
"""历史 tells who changed what, when and why, newest first."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from PySide6.QtWidgets import QLabel

from township_office.core.text import t
from township_office.registers import DOCUMENTS
from township_office.registers.chase import CHASE
from township_office.registers.circulation import INSTRUCTION
from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, children, circulation, records
from township_office.ui.dialogs.history_dialog import HistoryDialog


def words_of(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_the_first_entry_shows_what_was_filled_in(qtbot, office_with_rows, today, register):
    row_id = browsing.row_ids(office_with_rows, register, browsing.View(), today)[0]
    row = records.get(office_with_rows, register, row_id)
    dialog = HistoryDialog(office_with_rows, register, row)
    qtbot.addWidget(dialog)
    words = words_of(dialog)
    assert t("form.history_first") in words
    assert words.count(str(row["title"])) == 2  # above the list, and in it
    assert "→" not in "".join(words)


def test_corrections_and_the_voiding_are_told_newest_first(qtbot, office_with_rows, today):
    row = records.by_number(office_with_rows, RECEIPT, "2026-0008")
    office_with_rows.clerk = "李文静"
    records.correct(office_with_rows, RECEIPT, row["id"], {"handler": "", "copy_count": "3"}, today, "登记时看错")
    records.void(office_with_rows, RECEIPT, row["id"], "重复登记", today)
    dialog = HistoryDialog(office_with_rows, RECEIPT, records.get(office_with_rows, RECEIPT, row["id"]))
    qtbot.addWidget(dialog)
    dialog.show()
    words = words_of(dialog)
    order = [words.index(verb) for verb in (t("verb.void"), t("verb.change"), t("verb.add"))]
    assert order == sorted(order)
    assert words.count("李文静") == 2
    assert "登记时看错" in words
    assert "重复登记" in words
    place = words.index("份数")
    assert words[place : place + 4] == ["份数", "1", "→", "3"]
    place = words.index("承办人")
    assert words[place : place + 4] == ["承办人", "刘敏", "→", t("form.history_empty")]


def test_markup_in_a_title_is_shown_as_typed(qtbot, office, today):
    draft = {"received_on": "今天", "sender": "青山县信访局", "title": "<b>关于</b>某事的通知"}
    row = records.register_document(office, RECEIPT, draft, today)
    dialog = HistoryDialog(office, RECEIPT, row)
    qtbot.addWidget(dialog)
    label = next(label for label in dialog.findChildren(QLabel) if label.text() == draft["title"])
    assert label.textFormat().name == "PlainText"


def test_it_fits_a_small_screen(qtbot, office_with_rows, today):
    row = records.by_number(office_with_rows, RECEIPT, "2026-0008")
    for place in range(8):
        records.correct(office_with_rows, RECEIPT, row["id"], {"remarks": f"第{place}次补记" * 30}, today, "补记")
    dialog = HistoryDialog(office_with_rows, RECEIPT, row)
    qtbot.addWidget(dialog)
    assert dialog.minimumSizeHint().height() <= 440
    assert dialog.minimumSizeHint().width() <= 880


def test_the_whole_story_is_told_in_its_order(qtbot, office, today):
    """传阅, 催办 and the row itself, as it happened; one field alone on demand."""
    draft = {"received_on": "今天", "sender": "青山县信访局", "title": "关于某事的通知"}
    row = records.register_document(office, RECEIPT, draft, today)
    now = datetime.combine(today, time(9, 15))
    sent = circulation.send(office, row["id"], {"reader": "孙志强", "purpose": INSTRUCTION}, now)
    children.add_child(office, CHASE, row["id"], {"chased": "李向东"}, today)
    circulation.take_back(office, sent["id"], "请办理", now)
    records.correct(office, RECEIPT, row["id"], {"handler": "刘敏"}, today, "换人")
    dialog = HistoryDialog(office, RECEIPT, records.get(office, RECEIPT, row["id"]))
    qtbot.addWidget(dialog)
    verbs = [label.text() for label in dialog.findChildren(QLabel) if label.objectName() == "changeVerb"]
    assert verbs == ["修改", "修改", "收回", "记催办", "记传阅", "登记"]
    words = words_of(dialog)
    assert words.count("孙志强") == 3, "twice as the reader, once as what was filled in"
    fields = [dialog.field.itemText(place) for place in range(dialog.field.count())]
    assert fields[0] == "全部栏目"
    assert {"承办人", "领导批示", "传阅　意见", "催办　催办对象"} <= set(fields)
    dialog.field.setCurrentText("传阅　意见")
    words = [label.text() for label in dialog._scroll.widget().findChildren(QLabel)]
    assert [word for word in words if word in ("收回", "修改", "登记", "记传阅")] == ["收回"]
    assert words[-2:] == ["意见", "请办理"]
    dialog.field.setCurrentIndex(0)
    assert len(dialog._scroll.widget().findChildren(QLabel)) > 30


def test_where_nothing_was_changed_there_is_nothing_to_choose(qtbot, office, today):
    draft = {"received_on": "今天", "sender": "青山县信访局", "title": "关于某事的通知"}
    dialog = HistoryDialog(office, RECEIPT, records.register_document(office, RECEIPT, draft, today))
    qtbot.addWidget(dialog)
    assert dialog.field.isHidden()
