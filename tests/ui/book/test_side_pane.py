# SPDX-License-Identifier: MulanPSL-2.0
"""The pane beside a table: where there is room, where it was wished, and when it reads."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from township_office.ui import memory
from township_office.ui.book.side_pane import SidePane

WIDE, NARROW = 1200, 800


@pytest.fixture
def side(qtbot):
    """Return a maker of a table with its pane, shown so wide."""

    def show(width: int, *, is_useful: bool = True) -> SidePane:
        made = SidePane(QLabel("table"), QLabel("pane"), "some_pane", is_useful=is_useful)
        qtbot.addWidget(made)
        made.resize(width, 400)
        made.show()
        return made

    return show


def test_the_pane_stands_there_by_itself_where_there_is_room(side):
    assert side(WIDE).is_shown()
    assert not side(NARROW).is_shown()
    assert not side(WIDE, is_useful=False).is_shown()


def test_wide_and_narrow_windows_are_remembered_apart(side):
    side(WIDE).toggle()
    assert memory.recall("some_pane_wide") is False
    assert memory.recall("some_pane_narrow") is None
    again = side(WIDE)
    assert not again.is_shown()
    again.resize(NARROW, 400)
    again.toggle()
    assert again.is_shown()
    again.resize(WIDE, 400)
    assert not again.is_shown()
    assert side(NARROW).is_shown()


def test_a_wish_that_cannot_be_read_is_none(side):
    memory.remember("some_pane_wide", "yes")
    assert side(WIDE).is_shown()


def test_what_needs_the_whole_width_outdoes_the_wish_until_it_is_over(side):
    pane = side(WIDE)
    pane.put_away(is_away=True)
    assert not pane.is_shown()
    pane.resize(WIDE + 100, 400)
    assert not pane.is_shown()
    pane.put_away(is_away=False)
    assert pane.is_shown()


def test_a_pane_that_comes_into_sight_is_read_anew_and_only_then(qtbot, side):
    pane = side(NARROW)
    pane.reading.stop()
    with qtbot.waitSignal(pane.due):
        pane.toggle()
    with qtbot.assertNotEmitted(pane.due, wait=100):
        pane.resize(NARROW + 20, 400)


def test_many_rows_one_after_the_other_are_read_once(qtbot, side):
    pane, read = side(WIDE), []
    pane.due.connect(lambda: read.append(1))
    for _ in range(5):
        pane.read()
    qtbot.waitUntil(lambda: bool(read))
    qtbot.wait(100)
    assert len(read) == 1
