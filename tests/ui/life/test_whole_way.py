# SPDX-License-Identifier: MulanPSL-2.0
"""The whole way of a paper through the window, by keyboard alone: 收文 to 办结, 发文 to 发出, and the reply between."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.life.hands import ALT, CTRL, KEY, Hands
from township_office.registers.circulation import READING
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION
from township_office.registers.receipt import RECEIPT
from township_office.registers.status import state_of
from township_office.services import children, circulation, records
from township_office.ui.life.pane_lines import PaneLine
from township_office.ui.window import MainWindow


@pytest.fixture
def hands(qtbot, office, asker, clock, put_away):
    """Hands on the main window of an empty office, at 收文."""
    window = MainWindow(office, clock, asker)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 728)
    window.show()
    qtbot.waitExposed(window)
    made = Hands(qtbot, window)
    made.window = window
    made.press(KEY.Key_Tab, CTRL)
    yield made
    put_away(window)


def settle(qtbot, hands):
    """Wait until the pane has read the row."""
    tab = hands.window._pages.currentWidget()
    qtbot.waitUntil(lambda: not tab.side.reading.isActive() and hands.dialog() is None)


def stands(office, register, today, row_id=1):
    return state_of(register, records.get(office, register, row_id), today).key


def register_receipt(hands):
    hands.press(KEY.Key_N, CTRL)
    for text in ("青山县委组织部", "青组通[2026]41号", "关于做好2026年度党员信息采集更新工作的通知"):
        hands.type(text)
        hands.press(KEY.Key_Return)
    hands.press(KEY.Key_S, CTRL)


def test_from_receipt_to_done(qtbot, office, hands, asker, today):
    from_receipt_to_instruction(qtbot, office, hands, asker, today)
    from_reading_to_done(qtbot, office, hands, today)
    assert asker.reported == ["文件还在孙志强手上，请先收回，再办结。"]


def from_receipt_to_instruction(qtbot, office, hands, asker, today):
    register_receipt(hands)
    settle(qtbot, hands)
    assert records.get(office, RECEIPT, 1)["doc_number"] == "青组通〔2026〕41号"
    assert stands(office, RECEIPT, today) == "open"

    hands.press(KEY.Key_F6)  # 拟办
    hands.type("拟请孙志强、何文斌同志阅示")
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)

    hands.press(KEY.Key_F8)  # what comes next: to the leaders, for 批示
    hands.press(KEY.Key_1, ALT)
    hands.press(KEY.Key_2, ALT)
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)
    assert stands(office, RECEIPT, today) == "instructing"

    hands.press(KEY.Key_D, CTRL)  # not while it is out
    assert asker.reported == ["文件还在孙志强手上，请先收回，再办结。"]
    hands.press(KEY.Key_U, CTRL)  # 催办
    hands.type("下午退回")
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)

    hands.press(KEY.Key_F8)  # 收回并送下一人
    hands.type("请组织办牵头，12月5日前完成。")
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)
    assert records.get(office, RECEIPT, 1)["holder"] == "何文斌"
    hands.press(KEY.Key_R, CTRL)  # 收回
    hands.type("同意")
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)
    assert "孙志强 11-20" in records.get(office, RECEIPT, 1)["leader_instruction"]


def from_reading_to_done(qtbot, office, hands, today):
    hands.press(KEY.Key_F7)  # 传阅
    hands.type("林静")
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)
    assert stands(office, RECEIPT, today) == "circulating"
    assert circulation.out_now(office, today, READING, 1)[0][0].handover["reader"] == "林静"
    hands.press(KEY.Key_F8)
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)

    hands.press(KEY.Key_F8)  # 交承办
    hands.type("党建工作办公室")
    hands.press(KEY.Key_Return)
    hands.press(KEY.Key_Return)
    hands.type("李向东")
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)
    hands.press(KEY.Key_D, CTRL)  # 办结
    settle(qtbot, hands)
    assert stands(office, RECEIPT, today) == "completed"
    row = records.get(office, RECEIPT, 1)
    assert (row["lead_dept"], row["handler"], row["completed_on"]) == ("党建工作办公室", "李向东", today)


def test_from_draft_to_dispatch(qtbot, office, hands, today):
    hands.press(KEY.Key_Tab, CTRL)
    hands.press(KEY.Key_N, CTRL)
    form = hands.dialog()
    hands.tab_to(form.sheet.blocks["signed_on"].editor.inner)
    hands.fill("")
    hands.tab_to(form.sheet.blocks["title"].editor.inner)
    hands.type("关于做好今冬明春森林防灭火工作的通知")
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)
    assert stands(office, DISPATCH, today) == "drafting"

    hands.press(KEY.Key_F8)  # 核稿
    hands.press(KEY.Key_3, ALT)
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)
    assert stands(office, DISPATCH, today) == "reviewed"

    hands.press(KEY.Key_G, CTRL)  # 签发
    assert "云政发〔2026〕1号" in hands.dialog().coming()
    hands.press(KEY.Key_2, ALT)
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)
    row = records.get(office, DISPATCH, 1)
    assert (row["number"], row["signer"], row["draft_reviewer"]) == ("云政发〔2026〕1号", "何文斌", "林静")

    hands.press(KEY.Key_F8)  # 印制
    hands.tab_to(hands.dialog().blocks["copy_count"].editor.inner)
    hands.fill("30")
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)
    assert stands(office, DISPATCH, today) == "printed"

    hands.press(KEY.Key_T, CTRL)  # 分发
    hands.type("张家村、李家村、派出所")
    hands.press(KEY.Key_Return)
    hands.press(KEY.Key_Escape)
    settle(qtbot, hands)
    assert len(children.children(office, DISTRIBUTION, 1)) == 3

    hands.press(KEY.Key_F8)  # 发出
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)
    assert stands(office, DISPATCH, today) == "dispatched"
    row = records.get(office, DISPATCH, 1)
    assert (row["copy_count"], row["distributor"], row["dispatched_on"]) == (30, "王春燕", today)


def test_a_reply_is_drafted_signed_and_closes_its_paper(qtbot, office, hands, today):
    register_receipt(hands)
    settle(qtbot, hands)
    tab = hands.window.tab(1)
    tab._commands["reply_draft"].trigger()
    assert hands.dialog().draft()["title"] == "关于做好2026年度党员信息采集更新工作的复函"
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)
    assert hands.window.tabs.currentIndex() == 2
    assert records.get(office, DISPATCH, 1)["reply_to"] == "2026-0001"
    assert records.get(office, DISPATCH, 1)["number"] is None

    hands.press(KEY.Key_G, CTRL)
    hands.press(KEY.Key_1, ALT)
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)
    number = records.get(office, DISPATCH, 1)["number"]
    assert number == "云政函〔2026〕1号"
    assert records.get(office, RECEIPT, 1)["reply_number"] == number

    sections = hands.window.tab(2).pane.sections
    qtbot.waitUntil(lambda: any(line.isVisible() for line in sections.findChildren(PaneLine)))
    link = next(line for line in sections.findChildren(PaneLine) if line.isVisible())
    hands.tab_to(link)
    hands.press(KEY.Key_Return)
    settle(qtbot, hands)
    assert hands.window.tabs.currentIndex() == 1
    assert tab.list.model.line(0).row["reply_number"] == number, "the other tab was told"
    hands.press(KEY.Key_F8)
    assert hands.dialog().windowTitle() == "办结"
    hands.press(KEY.Key_S, CTRL)
    settle(qtbot, hands)
    assert stands(office, RECEIPT, today) == "replied"
