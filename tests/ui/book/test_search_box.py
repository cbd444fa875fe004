# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from PySide6.QtCore import Qt

from township_office.core.errors import OfficeError
from township_office.ui.book.search_box import FIRST, SearchBox, SearchRun


@pytest.fixture
def box(qtbot):
    made = SearchBox("查找")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def run(qapp):
    return SearchRun(qapp)


def test_a_paste_of_ten_million_characters_is_cut(box):
    box.setText("防" * 10_000_000)
    assert len(box.text()) == 200


def test_blanks_around_and_line_breaks_do_not_count(qtbot, box):
    with qtbot.waitSignal(box.sought) as told:
        box.setText("  防汛\n通知 ")
    assert told.args[0].split() == ["防汛", "通知"]


def test_what_stands_there_is_replaced_by_what_is_typed(box):
    box.setText("防汛")
    box.lead_here()
    assert box.selectedText() == "防汛"


def test_escape_empties_first_and_leaves_then(qtbot, box):
    left: list[int] = []
    box.left_downwards.connect(lambda: left.append(1))
    box.setText("防汛")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert (box.text(), left) == ("", [])
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert left == [1, 1]


def test_few_hits_are_there_at_once_and_nothing_runs_on(run):
    assert run.begin(lambda: iter([3, 2, 1])) == [3, 2, 1]
    assert not run.is_going_on


def test_an_endless_search_never_holds_up_and_stops_when_dropped(qtbot, run):
    taken: list[int] = []
    run.more.connect(taken.extend)
    assert run.begin(count) == list(range(FIRST))
    qtbot.waitUntil(lambda: len(taken) > 1000)
    run.drop()
    seen = len(taken)
    qtbot.wait(30)
    assert len(taken) == seen
    assert taken == list(range(FIRST, FIRST + seen))


def test_an_error_in_the_middle_is_told_once(qtbot, run):
    def hits() -> Iterator[int]:
        yield from range(FIRST + 10)
        raise OfficeError("error.disk_fault")

    with qtbot.waitSignal(run.failed) as told:
        run.begin(hits)
    assert isinstance(told.args[0], OfficeError)
    assert not run.is_going_on
