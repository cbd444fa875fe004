# SPDX-License-Identifier: MulanPSL-2.0
"""The card 涉密归柜: no card without a register, nothing readable while it is locked, gone at once when it locks."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from township_office.services.guarded import confidential, custody, day_check, mishap
from township_office.services.guarded import vault as vaults
from township_office.ui.confidential.guard import Guard
from township_office.ui.tabs.guarded_card import GuardedCard
from township_office.ui.tabs.today_tab import TodayTab
from township_office.ui.widgets import Button, ElidedLabel

HOLDER, SERIAL, NUMBER = "孙志强", "000101", "涉"


class Clock:
    """The time of day, set by the test."""

    def __init__(self, today) -> None:
        self.now = datetime(today.year, today.month, today.day, 9, 30)

    def __call__(self) -> datetime:
        return self.now

    def at(self, hour: int) -> None:
        self.now = self.now.replace(hour=hour)


@pytest.fixture
def time(today):
    return Clock(today)


@pytest.fixture
def code(office_with_rows, today, time):
    """A register with two copies, one of them read by somebody since this morning; the recovery code."""
    made, code = vaults.make(office_with_rows, "赵保密", "Feng-2026xy")
    day = today.isoformat()
    draft = {"secrecy_level": "机密", "copy_serial": "000101-000102", "cabinet_no": "甲3", "received_on": day}
    soon = (today + timedelta(days=20)).isoformat()
    confidential.register_paper(made, draft | {"declassify_on": soon, "clear_due_on": day}, today)
    custody.take_step(made, 1, [SERIAL], "out", {"holder": HOLDER}, time())
    vaults.lock(made)
    return code


@pytest.fixture
def guard():
    return Guard()


@pytest.fixture
def page(qtbot, office_with_rows, clock, guard, time):
    def show(width: int = 1366, height: int = 640) -> TodayTab:
        made = TodayTab(office_with_rows, clock, guard, time)
        qtbot.addWidget(made)
        made.resize(width, height)
        made.show()
        return made

    return show


def open_with(guard, office, code):
    guard.open(vaults.unlock_with_code(office, code, "赵保密"))
    guard.show()


def words(widget: QWidget) -> list[str]:
    found = [one.full_text() if isinstance(one, ElidedLabel) else one.text() for one in widget.findChildren(QLabel)]
    return [text for text in found if text]


def card(page) -> GuardedCard | None:
    return next((one for one in page._cards if isinstance(one, GuardedCard)), None)


def lines(page) -> list[tuple[str, str]]:
    return [tuple(words(line)) for line in card(page)._lines]


def everything(page) -> str:
    every = [one.accessibleName() + one.toolTip() for one in page.findChildren(QWidget)]
    return " ".join([*words(page), *every, page.status_words()])


def test_an_office_without_the_register_has_no_card_and_its_old_layout(page):
    made = page()
    assert card(made) is None
    places = [made._grid.getItemPosition(made._grid.indexOf(one)) for one in made._cards]
    assert places == [(0, 0, 1, 4), (0, 4, 1, 4), (0, 8, 1, 4), (1, 0, 1, 4), (1, 4, 1, 4), (1, 8, 1, 2), (1, 10, 1, 2)]


def test_locked_it_says_so_and_leads_to_the_tab(page, code, time, qtbot):
    made = page()
    assert lines(made) == [("涉密登记已锁定", "解锁")]
    with qtbot.waitSignal(made.confidential_wanted) as asked:
        card(made)._lines[0].click()
    assert asked.args == [0]
    time.at(18)
    made.refresh()
    assert lines(made)[1] == ("下班前请做归柜核对", "请先解锁")
    assert not any(word in everything(made) for word in (HOLDER, SERIAL, NUMBER + "2026"))


def test_open_it_says_who_has_what_and_what_is_due(page, code, guard, office_with_rows, today, time):
    made = page()
    open_with(guard, office_with_rows, code)
    number = f"{NUMBER}{today.year}-001"
    then = today + timedelta(days=20)
    assert lines(made) == [
        ("归柜核对 0/1　在外 1", "去核对"),
        (f"{HOLDER}　{SERIAL}　{number}", "09:30 起"),
        (f"清退　{number}　2 份", "今天到期"),
        (f"{number}　{then:%m-%d}", "请核对纸质原件标志"),
    ]
    assert words(card(made).head) == ["涉密归柜", "1"]
    time.at(18)
    made._on_minute()
    notes = [line.findChildren(QLabel)[1].objectName() for line in card(made)._lines]
    assert notes == ["note-amber", "note-red", "note-amber", "note-amber"]


def test_lines_lead_to_the_paper_and_to_the_check(page, code, guard, office_with_rows, qtbot):
    made = page()
    open_with(guard, office_with_rows, code)
    with qtbot.waitSignal(made.day_check_wanted):
        card(made)._lines[0].click()
    for line in card(made)._lines[1:]:
        with qtbot.waitSignal(made.confidential_wanted) as asked:
            line.click()
        assert asked.args == [1]


def test_when_it_locks_everything_readable_is_off_the_page_at_once(page, code, guard, office_with_rows):
    made = page()
    open_with(guard, office_with_rows, code)
    assert HOLDER in everything(made)
    seen: list[str] = []
    guard.closing.connect(lambda: seen.append(everything(made)))  # asked after the page, while the vault is still open
    guard.close()
    for said in (*seen, everything(made)):
        assert not any(word in said for word in (HOLDER, SERIAL, NUMBER + "2026"))
    assert made._said is not None
    assert HOLDER not in repr(made._said)
    assert lines(made) == [("涉密登记已锁定", "解锁")]


def test_a_check_that_was_done_is_not_asked_for_again_while_locked(page, code, guard, office_with_rows, time):
    made = page()
    open_with(guard, office_with_rows, code)
    time.at(18)
    check = day_check.begin(guard.vault, time())
    day_check.finish(guard.vault, day_check.mark(check, check.here, is_here=True), time(), "王春燕")
    guard.changed.emit()
    assert lines(made)[0] == ("归柜核对 1/1　在外 1", "18:30 已核对")
    guard.close()
    assert lines(made) == [("涉密登记已锁定", "解锁")]


def test_a_running_mishap_stands_above_all_and_needs_no_register(page, office_with_rows, time, qtbot):
    mishap.begin(office_with_rows, f"{time():%Y-%m-%d %H:%M}", time())
    made = page()
    assert lines(made)[0][0] == "误录处置"
    with qtbot.waitSignal(made.mishap_wanted):
        card(made)._lines[0].click()


@pytest.mark.parametrize("width", [680, 911, 1366, 1920])
def test_every_place_is_taken_once(page, code, width):
    made = page(width)
    shown = [one for one in made._cards if not one.isHidden()]
    places = [made._grid.getItemPosition(made._grid.indexOf(one)) for one in shown]
    cells = [(row, column + at) for row, column, _, span in places for at in range(span)]
    assert len(cells) == len(set(cells))
    assert card(made) in shown
    assert len(shown) == (6 if width == 911 else 8)


def test_buttons_of_the_card_are_reached_by_keys(page, code, guard, office_with_rows):
    made = page()
    open_with(guard, office_with_rows, code)
    assert all(isinstance(one, Button) for one in card(made).buttons())
    assert len(card(made).buttons()) == 5


def test_nothing_is_said_before_the_notice_of_the_day_is_read(page, guard, office_with_rows, code):
    shown = page()
    guard.open(vaults.unlock_with_code(office_with_rows, code, "赵保密"))
    assert [line[0] for line in lines(shown)] == ["涉密登记还没有打开"]
    assert HOLDER not in everything(shown)
    guard.show()
    assert HOLDER in everything(shown)
    guard.show(is_shown=False)
    assert HOLDER not in everything(shown)
