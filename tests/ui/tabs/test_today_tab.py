# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from township_office.registers.archive.care import ACCESS_LOG
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import circulation, demo, records, settings
from township_office.services.office import change, close_office, open_office
from township_office.store import records as store
from township_office.ui.tabs.today_card import Card
from township_office.ui.tabs.today_tab import TodayTab
from township_office.ui.widgets import Button, ElidedLabel

KEY = Qt.Key


@pytest.fixture
def show(qtbot, clock):
    def show_page(office, width: int = 1366, height: int = 640) -> TodayTab:
        made = TodayTab(office, clock)
        qtbot.addWidget(made)
        made.resize(width, height)
        made.show()
        made.activateWindow()
        with qtbot.waitActive(made):
            pass
        return made

    return show_page


@pytest.fixture
def page(show, office_with_rows):
    return show(office_with_rows)


@pytest.fixture
def lively(tmp_path, today):
    """The example office: something of everything."""
    demo.create(tmp_path / "示例.office.db", today)
    office = open_office(tmp_path / "示例.office.db", "王春燕")
    yield office
    close_office(office)


def words_of(widget) -> list[str]:
    found = [one.full_text() if isinstance(one, ElidedLabel) else one.text() for one in widget.findChildren(QLabel)]
    return [words for words in found if words]


def cards(page: TodayTab) -> dict[str, Card]:
    return {words_of(card.head)[0]: card for card in page._cards if isinstance(card, Card)}


def lines(card: Card) -> list[Button]:
    return [one for one in card.buttons() if one is not card.head and one is not card._more]


def test_says_the_day_and_what_is_late(page):
    words = words_of(page)
    assert "11月20日　星期五" in words
    assert "逾期 1 天" in words
    assert any("有 1 件逾期" in text for text in words)
    assert "还没有备份过" in words
    assert "收文 29" in page.status_words()  # of 30, one is void


def test_every_line_leads_to_its_row_by_mouse_and_by_key(qtbot, page, office_with_rows):
    wanted: list[tuple[str, int]] = []
    page.row_wanted.connect(lambda name, row_id: wanted.append((name, row_id)))
    late = lines(cards(page)["今天到期与逾期"])[0]
    assert late.focusPolicy() & Qt.FocusPolicy.TabFocus
    late.click()
    qtbot.keyClick(late, KEY.Key_Return)
    row = records.get(office_with_rows, RECEIPT, wanted[0][1])
    assert row["number"] == "2026-0028"
    assert wanted == [("receipt", row["id"])] * 2


def test_every_card_of_a_lively_office_has_lines_and_leads_on(qtbot, show, lively):
    page = show(lively)
    views: list[tuple[str, object, str]] = []
    rows: list[str] = []
    roster: list[None] = []
    page.duty_wanted.connect(lambda: roster.append(None))
    page.view_wanted.connect(lambda *view: views.append(view))
    page.row_wanted.connect(
        lambda name, row_id: rows.append(
            records.get(lively, DISPATCH if name == "dispatch" else RECEIPT, row_id)["title"]
        )
    )
    for title, card in cards(page).items():
        if title == "备份":
            continue
        card.head.click()
        before = len(rows) + len(views) + len(roster)
        for line in lines(card):
            line.click()
        assert len(rows) + len(views) + len(roster) == before + len(lines(card)) > before, title
    assert ("receipt", None, "due") in views
    assert ("receipt", 2026, "unfiled") in views
    assert ("dispatch", None, "in_hand") in views
    assert len(rows) > 8


def test_says_who_has_a_paper_and_for_how_long(show, office_with_rows, today):
    for row_id, reader, days in ((20, "许晴", 0), (21, "周立新", 2), (22, "何文斌", 3)):
        now = datetime.combine(today - timedelta(days), time(9))
        circulation.send(office_with_rows, row_id, {"reader": reader, "purpose": "传阅"}, now)
    card = cards(show(office_with_rows))["传阅在外"]
    first, second, third = (words_of(line) for line in lines(card))
    assert (first[0].split("　")[0], first[1]) == ("何文斌", "在外 3 天")
    assert third[1] == "今天送出"
    tones = [line.findChildren(QLabel)[1].objectName() for line in lines(card)]
    assert tones == ["note-red", "note-amber", "note-amber"], "two days are what an office allows at first"
    settings.set_setting(office_with_rows, "circulation.days", "3")
    again = cards(show(office_with_rows))["传阅在外"]
    assert lines(again)[0].findChildren(QLabel)[1].objectName() == "note-amber"
    assert second[1] == "在外 2 天"


def test_a_paper_to_go_out_tomorrow_is_not_out_for_less_than_no_days(show, office_with_rows, today):
    tomorrow = datetime.combine(today + timedelta(1), time(9))
    circulation.send(office_with_rows, 20, {"reader": "许晴", "purpose": "传阅"}, tomorrow)
    assert words_of(lines(cards(show(office_with_rows))["传阅在外"])[0])[1] == "今天送出"


def test_a_leader_is_named_with_the_post(show, office_with_rows, today):
    settings.set_setting(office_with_rows, "office.leaders", "何文斌=镇长,许晴")
    for row_id, reader in ((20, "何文斌"), (21, "许晴")):
        circulation.send(office_with_rows, row_id, {"reader": reader}, datetime.combine(today, time(9)))
    who = [words_of(line)[0].split("　")[0] for line in lines(cards(show(office_with_rows))["传阅在外"])]
    assert who == ["镇长 何文斌", "许晴"]


def test_a_meeting_says_when_where_who_and_what(show, office_with_rows, today):
    meeting = {"meeting_at": f"{today + timedelta(1)} 09:00", "meeting_place": "三楼会议室", "attendees": "何文斌"}
    records.correct(office_with_rows, RECEIPT, 30, meeting, today)
    (line,) = lines(cards(show(office_with_rows))["会议"])
    assert words_of(line) == ["明天 09:00　三楼会议室", "何文斌", "开展森林草原防灭火隐患排查"]
    assert "三楼会议室" in line.accessibleName()


def test_archives_that_should_be_back_have_a_card_while_there_are_any(show, office_with_rows, today):
    assert "借出档案应还" not in cards(show(office_with_rows))
    loan = {"reader": "周立新", "reference_codes": "旧12", "title": "1999年党委会记录", "purpose": "编史修志",
            "way": "借出", "approver": "何文斌", "used_on": "2026-11-02"}  # fmt: skip
    for days in (4, 0, -1):
        draft = loan | {"due_on": str(today - timedelta(days))}
        late = records.register_document(office_with_rows, ACCESS_LOG, draft, today)
    page = show(office_with_rows)
    card = cards(page)["借出档案应还"]
    assert words_of(card.head)[1] == "2", "tomorrow is tomorrow"
    assert [words_of(line) for line in lines(card)] == [
        ["周立新　1999年党委会记录", "逾期 4 天"], ["周立新　1999年党委会记录", "今天应还"],
    ]  # fmt: skip
    tones = [line.findChildren(QLabel)[1].objectName() for line in lines(card)]
    assert tones == ["note-red", "note-amber"]
    wanted: list[tuple[str, int]] = []
    page.row_wanted.connect(lambda name, row_id: wanted.append((name, row_id)))
    lines(card)[1].click()
    card.head.click()
    assert wanted == [("access_log", 2), ("access_log", 1)]
    assert late["id"] == 3
    for width in (1366, 911, 640):
        page.resize(width, 640)
        assert card.isVisible(), "never the one that gives way"


def test_arrows_go_through_the_lines_and_across_the_cards(qtbot, show, lively):
    page = show(lively)
    page.setFocus()
    first, second = list(cards(page).values())[:2]
    press = lambda key: qtbot.keyClick(QApplication.focusWidget(), key)  # noqa: E731
    press(KEY.Key_Down)
    assert QApplication.focusWidget() is first.head
    press(KEY.Key_Down)
    assert QApplication.focusWidget() is lines(first)[0]
    press(KEY.Key_Right)
    assert QApplication.focusWidget() is lines(second)[0]
    press(KEY.Key_Left)
    press(KEY.Key_Up)
    assert QApplication.focusWidget() is first.head
    press(KEY.Key_Left)
    assert QApplication.focusWidget() not in first.buttons(), "round and round"


def test_tab_goes_from_card_to_card_and_misses_no_line(qtbot, show, lively):
    page = show(lively)
    page.setFocus()
    met: list[object] = []
    for _ in range(80):
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        met.append(QApplication.focusWidget())
    wanted = [button for card in cards(page).values() for button in card.buttons()]
    order = [button for button in met if button in wanted]
    assert order[: len(wanted)] == wanted


def test_reads_anew_what_was_done(page, office_with_rows, today):
    row = records.by_number(office_with_rows, RECEIPT, "2026-0028")
    records.correct(office_with_rows, RECEIPT, int(str(row["id"])), {"completed_on": today.isoformat()}, today)
    page.refresh()
    assert "逾期 1 天" not in words_of(cards(page)["今天到期与逾期"])


def test_an_empty_office_is_greeted_kindly(qtbot, show, office):
    page = show(office)
    assert "还没有登记过文件" in words_of(page)
    first, excel = [one for one in page.findChildren(Button) if one.text() in ("登记第一件", "从 Excel 导入")]
    with qtbot.waitSignal(page.new_wanted):
        first.click()
    with qtbot.waitSignal(page.import_wanted):
        excel.click()


def test_a_quiet_day_says_so_and_its_headings_lead_nowhere(show, office, today):
    records.register_document(
        office, RECEIPT, {"received_on": "今天", "sender": "县委办", "title": "关于植树的通知"}, today
    )
    page = show(office)
    for title, words in (
        ("今天到期与逾期", "没有要催的。"),
        ("传阅在外", "没有文件在外传阅。"),
        ("发文在办", "没有在办的发文。"),
    ):
        assert words in words_of(cards(page)[title])
        assert cards(page)[title].buttons() == []


def test_a_document_is_registered_from_here_too(qtbot, page):
    page.activateWindow()
    page.setFocus()
    with qtbot.waitSignal(page.new_wanted):
        qtbot.keyClick(page, KEY.Key_N, Qt.KeyboardModifier.ControlModifier)


def test_hundreds_of_late_ones_are_counted_and_as_many_shown_as_there_is_room_for(qtbot, show, office, today):
    with change(office) as pen:
        row = dict.fromkeys(field.name for field in RECEIPT.fields) | {
            "received_on": today,
            "title": "题",
            "year": 2026,
        }
        late = row | {"due_on": today - timedelta(2), "entry": "imported"}
        store.add_many(pen, RECEIPT, [late] * 450, "import")
    page = show(office)
    card = cards(page)["今天到期与逾期"]
    tall = len(lines(card))
    assert f"还有 {450 - tall} 件" in words_of(card)
    page.resize(911, 420)
    assert 2 <= len(lines(card)) < tall
    assert f"还有 {450 - len(lines(card))} 件" in words_of(card)
    with qtbot.waitSignal(page.view_wanted) as wanted:
        card._more.click()
    assert wanted.args == ["receipt", None, "due"]


def test_backup_is_one_press_away(qtbot, page):
    with qtbot.waitSignal(page.backup_wanted):
        next(one for one in page.findChildren(Button) if one.text() == "现在备份").click()


@pytest.mark.parametrize(("width", "height"), [(680, 360), (911, 430), (1366, 640), (1920, 950)])
def test_nothing_is_wider_or_higher_than_the_page(qtbot, show, lively, width, height):
    page = show(lively, width, height)
    shown = [card for card in cards(page).values() if card.isVisible()]
    assert all(card.x() > 0 and card.x() + card.width() <= width for card in shown)
    is_whole = width > 900  # a small office screen, also at 150 %: nothing has to be scrolled
    assert (page._scroll.verticalScrollBar().maximum() == 0) is is_whole
    for card in shown:
        assert all(one.geometry().bottom() < card.height() for one in card.buttons()), words_of(card.head)


def test_the_limit_of_the_year_stands_with_the_counts(show, office_with_rows):
    assert "控制" not in show(office_with_rows).status_words()
    settings.set_setting(office_with_rows, "dispatch.limit", "180")
    assert "发文 4（控制数 180）" in show(office_with_rows).status_words()


def test_last_years_papers_lead_to_their_filing(qtbot, show, office_with_rows, today):
    draft = {
        "received_on": "2025-12-30", "sender": "青山县财政局", "title": "关于预算的批复", "completed_on": "2026-01-05",
    }  # fmt: skip
    records.register_document(office_with_rows, RECEIPT, draft, today)
    page = show(office_with_rows)
    link = next(one for one in page.findChildren(Button) if "归档 2025 年" in one.text())
    with qtbot.waitSignal(page.filing_wanted) as wanted:
        link.click()
    assert wanted.args == [2025]


def test_this_years_papers_need_no_filing_yet(page):
    assert not any("归档 2026 年" in one.text() for one in page.findChildren(Button))
