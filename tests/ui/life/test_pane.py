# SPDX-License-Identifier: MulanPSL-2.0
"""The detail pane tells a paper's way and offers the step that comes next; its lines can be put right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QDialog, QLabel

from tests.ui.conftest import receipt_draft
from tests.ui.life.conftest import NOW
from tests.ui.life.hands import CTRL, KEY, Hands
from township_office.registers import DOCUMENTS
from township_office.registers.chase import CHASE
from township_office.registers.circulation import CIRCULATION
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION
from township_office.registers.receipt import RECEIPT
from township_office.services import children, circulation, distribution, records, steps
from township_office.services.office import change
from township_office.store import records as store
from township_office.ui.life.pane_foot import PaneFoot
from township_office.ui.life.pane_lines import PaneLine


@pytest.fixture
def look(qtbot, office, shown):
    """Open the tab of a register on a row and wait until the pane has read it."""

    def at(register, row):
        tab = shown(office, register)
        tab.reveal(row["id"])
        again(tab)
        return tab

    def again(tab):
        qtbot.waitUntil(lambda: not tab.side.reading.isActive() and tab.pane.shown() is not None)

    at.again = again
    return at


def said(tab) -> list[str]:
    found = tab.pane.sections.findChildren(QLabel)
    return [one.accessibleName() or one.text() for one in found if one.isVisibleTo(tab) and one.text()]


def lines(tab) -> list[str]:
    return [line.accessibleName() for line in tab.pane.sections.findChildren(PaneLine) if line.isVisibleTo(tab)]


def foot(tab) -> list[str]:
    bar = tab.pane.findChild(PaneFoot)
    return [button.text() for button in (bar.next, *bar.plain.values()) if button.isVisibleTo(tab)]


def test_readers_with_post_out_and_back(office, paper, look, today):
    circulation.plan(office, paper["id"], ["孙志强"], "批示", today)
    circulation.plan(office, paper["id"], ["何文斌", "林静"], "传阅", today)
    before = NOW - timedelta(days=3)
    out = circulation.send(office, paper["id"], {"reader": "孙志强", "purpose": "批示"}, before)
    circulation.pass_on(office, out["id"], "请党建办牵头", {"reader": "何文斌"}, before + timedelta(days=1))
    children.add_child(office, CHASE, paper["id"], {"chased": "何文斌", "answer": "下午退回"}, today)
    tab = look(RECEIPT, paper)
    assert lines(tab)[:3] == [
        "书记 孙志强　批示　11-17 00:01　11-18 00:01", "镇长 何文斌　11-18 00:01　在外 2 天", "组织委员 林静　待送　—",
    ]  # fmt: skip
    texts = said(tab)
    assert "请党建办牵头（孙志强 11-18）" in texts
    assert "下午退回" in texts
    assert foot(tab) == ["收回并送下一人", "处理单", "办结"]


def test_an_empty_paper_has_no_empty_sections(look, paper):
    tab = look(RECEIPT, paper)
    assert said(tab) == []
    assert foot(tab)[0] == "拟办"


def test_who_waits_is_named_on_the_button(office, paper, look, today):
    circulation.plan(office, paper["id"], ["欧阳上官建国"], "传阅", today)
    assert foot(look(RECEIPT, paper))[0] == "送欧阳上官建"


def test_what_is_done_with_offers_no_step(office, paper, look, today):
    records.void(office, RECEIPT, paper["id"], "重复登记", today)
    assert foot(look(RECEIPT, paper)) == ["处理单"]


def test_stations_of_a_dispatch_and_its_recipients(office, unsigned, look, today):
    steps.take_step(
        office, DISPATCH, unsigned["id"], "review", {"draft_reviewer": "林静", "reviewed_on": "今天"}, today
    )
    rows = distribution.distribute(office, unsigned["id"], [f"第{n}村" for n in range(12)], "2", today)
    distribution.sign_for(office, [rows[0]["id"]], {"receiver": "王五", "received_at": "今天"}, today)
    tab = look(DISPATCH, unsigned)
    texts = said(tab)
    assert texts[: texts.index("分发")] == [
        "流转", "✓", "拟稿", "刘敏", "11-20", "✓", "核稿", "林静", "11-20", "●", "签发", "○", "印制", "○", "发出",
    ]  # fmt: skip
    assert "12 个单位 24 份，已签收 1" in texts
    assert "另有 4 个单位……" in texts
    assert lines(tab)[0] == "第1村　2 份　未签收"
    assert foot(tab)[:2] == ["签发", "分发"]


def test_the_way_is_not_said_twice(office, paper, look, today):
    steps.take_step(office, RECEIPT, paper["id"], "propose", {"proposed_action": "拟请阅示"}, today)
    tab = look(RECEIPT, paper)
    texts = [one.text() for one in tab.pane.findChildren(QLabel) if one.isVisibleTo(tab)]
    assert texts.count("拟请阅示") == 1
    assert "拟办意见" not in texts


def test_fields_that_go_together_stand_in_one_line(office, look, today):
    more = {"lead_dept": "党建办", "handler": "李向东", "attachment_count": "2", "received_at": "2026-11-20 09:15"}
    row = records.register_document(office, RECEIPT, receipt_draft(1, today, **more), today)
    tab = look(RECEIPT, row)
    texts = [one.text() for one in tab.pane.findChildren(QLabel) if one.isVisibleTo(tab)]
    for words in ("党建办，李向东", "1 份，附件 2", "2026-11-20 09:15"):
        assert words in texts
    assert "平件" not in texts


@pytest.mark.parametrize(("child", "of", "draft"), [
    (CIRCULATION, RECEIPT, {"reader": "孙志强", "sent_at": "今天"}), (CHASE, RECEIPT, {"chased": "孙志强"}),
    (DISTRIBUTION, DISPATCH, {"unit": "张家村"}),
], ids=lambda value: getattr(value, "name", None))  # fmt: skip
def test_a_line_is_put_right_from_its_menu(qtbot, office, paper, unsigned, look, child, of, draft, today):
    row = paper if of is RECEIPT else unsigned
    one = children.add_child(office, child, row["id"], draft, today)
    tab = look(of, row)
    assert len(lines(tab)) == 1
    line = tab.pane.sections.findChild(PaneLine)
    tab.pane.sections.line_wanted.disconnect()  # without a screen no menu can pop up
    with qtbot.waitSignal(tab.pane.sections.line_wanted) as caught:
        qtbot.keyClick(line, KEY.Key_Return)
    assert caught.args[:2] == [child, one["id"]]
    menu = tab.way.line_menu(child, one["id"])
    assert [action.text() for action in menu.actions()][-2:] == ["改正…", "作废这一条…"]
    menu.actions()[-1].trigger()
    hands = Hands(qtbot, tab)
    hands.type("写错了")
    hands.press(KEY.Key_S, CTRL)
    look.again(tab)
    qtbot.waitUntil(lambda: lines(tab) == [])
    assert children.children(office, child, row["id"]) == []


def test_a_line_leads_on_too(qtbot, office, paper, look, today):
    rows = circulation.plan(office, paper["id"], ["孙志强", "林静"], "传阅", today)
    tab = look(RECEIPT, paper)
    tab.way.line_menu(CIRCULATION, rows[1]["id"]).actions()[0].trigger()
    hands = Hands(qtbot, tab)
    assert hands.dialog().blocks["reader"].editor.text() == "林静"
    hands.press(KEY.Key_S, CTRL)
    tab.way.line_menu(CIRCULATION, rows[1]["id"]).actions()[0].trigger()
    assert "林静" in hands.dialog().windowTitle()
    hands.press(KEY.Key_S, CTRL)
    look.again(tab)
    assert foot(tab)[0] == "收回"


def test_a_paper_of_the_old_ledger_can_still_go_to_readers(office, look, today):
    with change(office) as pen:
        empty = dict.fromkeys(field.name for field in RECEIPT.fields)
        own = {"title": "旧台账里的通知", "entry": "imported", "year": today.year, "received_on": today}
        (row_id,) = store.add_many(pen, RECEIPT, [empty | own], "import")
    tab = look(RECEIPT, records.get(office, RECEIPT, row_id))
    assert tab.way.possible() == ("reader_send", "chase_add")


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_a_read_only_office_offers_no_step(readonly_office, shown, register):
    tab = shown(readonly_office, register)
    assert tab.way.possible() == ()
    assert not tab._commands["step_next"].isEnabled()
    assert not {"拟办", "办结", "发出", "修改"} & set(foot(tab))


def test_every_command_of_the_way_opens_its_form(qtbot, office, paper, unsigned, look):
    for register, row in ((RECEIPT, paper), (DISPATCH, unsigned)):
        tab = look(register, row)
        for name in tab.way.possible():
            if name == "record_finish":
                continue
            tab._commands[name].trigger()
            dialog = Hands(qtbot, tab).dialog()
            assert isinstance(dialog, QDialog), name
            dialog.done(0)
