# SPDX-License-Identifier: MulanPSL-2.0
"""收回: what the reader wrote is kept, and the next one gets it in the same step."""

from __future__ import annotations

import pytest

from tests.ui.life.conftest import NOW
from tests.ui.life.hands import ALT, CTRL, KEY
from township_office.registers.receipt import RECEIPT
from township_office.services import circulation, records
from township_office.ui.life.take_back_dialog import NEXT, WHICH, TakeBackDialog


@pytest.fixture
def out(office, paper):
    """孙志强 has the paper for 批示, 何文斌 and 林静 wait to read it."""
    circulation.plan(office, paper["id"], ["何文斌", "林静"], "传阅", NOW.date())
    return circulation.send(office, paper["id"], {"reader": "孙志强", "purpose": "批示"}, NOW)


def test_back_and_on_to_the_one_who_waits(office, paper, out, clock, opened, anew):
    dialog = TakeBackDialog(office, paper, clock)
    hands = opened(dialog)
    assert dialog.do.text() == "收回并送何文斌  Ctrl+S"
    hands.type("请组织办牵头")
    hands.press(KEY.Key_S, CTRL)
    assert not dialog.isVisible()
    rows = {row["reader"]: row for row in circulation.handovers(office, paper["id"])}
    assert rows["孙志强"]["opinion"] == "请组织办牵头"
    assert circulation.is_out(rows["何文斌"])
    assert rows["何文斌"]["purpose"] == "传阅"
    assert rows["林静"]["sent_at"] is None
    assert "请组织办牵头（孙志强 11-20）" in anew(RECEIPT, paper)["leader_instruction"]


def test_of_several_named_the_first_gets_it_and_the_others_wait(office, paper, out, clock, opened):
    dialog = TakeBackDialog(office, paper, clock)
    hands = opened(dialog)
    hands.tab_to(dialog.blocks[NEXT].editor.inner)
    hands.fill("林静、周立新，何文斌")
    hands.press(KEY.Key_S, CTRL)
    assert not dialog.isVisible()
    rows = circulation.handovers(office, paper["id"])
    assert {row["reader"]: (circulation.is_out(row), row["purpose"]) for row in rows} == {
        "孙志强": (False, "批示"),
        "何文斌": (False, "传阅"),
        "林静": (True, "传阅"),
        "周立新": (False, "传阅"),
    }
    assert [row["reader"] for row in rows if row["sent_at"] is None] == ["何文斌", "周立新"], "each waits once"


def test_typed_refused_corrected_and_kept_in_the_office(office, paper, out, clock, opened):
    dialog = TakeBackDialog(office, paper, clock)
    hands = opened(dialog)
    hands.tab_to(dialog.blocks["returned_at"].editor.inner)
    hands.fill("昨天 8:00")
    hands.press(KEY.Key_S, CTRL)
    assert dialog.isVisible()
    assert "早于送出时间" in dialog.blocks["returned_at"].problem()
    hands.fill("9:30")
    hands.press(KEY.Key_2, ALT)  # the leader whose name stands there: out again
    assert dialog.do.text() == "收回  Ctrl+S"
    hands.press(KEY.Key_S, CTRL)
    rows = circulation.handovers(office, paper["id"])
    assert [circulation.is_out(row) for row in rows] == [False, False, False]
    assert rows[-1]["returned_at"] == "2026-11-20 09:30"


def test_of_two_copies_that_are_out_one_is_chosen(office, paper, clock, opened, today):
    records.correct(office, RECEIPT, paper["id"], {"copy_count": "2"}, today)
    first = circulation.send(office, paper["id"], {"reader": "孙志强", "copy_no": "1"}, NOW)
    second = circulation.send(office, paper["id"], {"reader": "何文斌", "copy_no": "2"}, NOW)
    whole = records.get(office, RECEIPT, paper["id"])
    dialog = TakeBackDialog(office, whole, clock, second["id"])
    hands = opened(dialog)
    assert dialog.blocks[WHICH].editor.text() == "何文斌 第2份"
    dialog.blocks[WHICH].editor.set_text("孙志强 第1份")
    hands.press(KEY.Key_S, CTRL)
    rows = {row["id"]: circulation.is_out(row) for row in circulation.handovers(office, paper["id"])}
    assert rows == {first["id"]: False, second["id"]: True}


def test_somebody_else_took_it_back_meanwhile(office, paper, out, clock, opened):
    dialog = TakeBackDialog(office, paper, clock)
    hands = opened(dialog)
    hands.type("已阅")
    circulation.take_back(office, out["id"], "", NOW)
    hands.press(KEY.Key_S, CTRL)
    assert dialog.isVisible()
    assert "已经从孙志强处收回" in dialog.trouble.words()
    assert dialog.blocks["opinion"].editor.text() == "已阅"
    assert not any(map(circulation.is_out, circulation.handovers(office, paper["id"])))
