# SPDX-License-Identifier: MulanPSL-2.0
"""Rows stand where they stood, whatever is registered after them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from township_office.core.errors import OfficeError
from township_office.paper.layout import Company, Continuation, Piece, paginate

CAPACITY = 100.0


@dataclass
class Height:
    """Stands in for a row that has been set."""

    height: float
    is_first: bool = True

    def split(self, capacity: float) -> list[Height]:
        if self.height <= capacity:
            return [self]
        rest = Height(self.height - capacity, is_first=False)
        return [Height(capacity, self.is_first), *rest.split(capacity)]


def lay(heights: list[float], since: Continuation | None = None, *, closed: bool = True) -> tuple[list, list[int]]:
    company = Company(since, None, is_closed=closed)
    return list(paginate(map(Height, heights), CAPACITY, company)), company.moved


def places(pages: list[list[Piece]]) -> dict[tuple[int, int], tuple[int, float]]:
    """Return page and top of every piece, by row and by which part of it."""
    found: dict[tuple[int, int], tuple[int, float]] = {}
    for number, pieces in enumerate(pages, start=1):
        for piece in pieces:
            part = sum(index == piece.index for index, _ in found)
            found[piece.index, part] = number, piece.top
    return found


some_heights = st.lists(st.sampled_from([9.0, 9.0, 13.5, 18.0, 31.0, 99.0, 100.0, 250.0]), max_size=60)


@given(some_heights, st.booleans())
def test_no_row_is_lost_and_none_leaves_its_page(heights: list[float], closed: bool) -> None:
    pages, _ = lay(heights, closed=closed)
    assert sum(piece.box.height for pieces in pages for piece in pieces) == pytest.approx(sum(heights))
    assert [piece.index for pieces in pages for piece in pieces if piece.box.is_first] == list(range(len(heights)))
    for pieces in pages:
        tops = [piece.top for piece in pieces]
        ends = [piece.top + piece.box.height for piece in pieces]
        assert tops == pytest.approx([0.0, *ends[:-1]][: len(tops)])
        assert not ends or ends[-1] <= CAPACITY + 0.001


@given(st.lists(st.sampled_from([9.0, 13.5, 18.0, 31.0]), min_size=2, max_size=60))
def test_closing_line_stands_with_two_rows_at_least(heights: list[float]) -> None:
    pages, _ = lay(heights)
    assert len(pages[-1]) >= 2


@given(some_heights, st.data())
def test_rows_on_paper_never_move(heights: list[float], data: st.DataObject) -> None:
    """Print once, then twice more with rows added: what was printed keeps its place each time."""
    first = data.draw(st.integers(0, len(heights)))
    second = data.draw(st.integers(first, len(heights)))
    pages, moved = lay(heights[:first])
    before = places(pages)
    for count in (second, len(heights)):
        since = Continuation(len({index for index, _ in before}), (), (), tuple(moved))
        pages, moved = lay(heights[:count], since)
        now = places(pages)
        assert {key: now[key] for key in before} == before
        before = now


@given(some_heights, st.data())
def test_without_a_closing_line_a_later_print_equals_the_whole(heights: list[float], data: st.DataObject) -> None:
    count = data.draw(st.integers(0, len(heights)))
    whole, _ = lay(heights, closed=False)
    part, _ = lay(heights[:count], closed=False)
    everything = places(whole)
    assert {key: everything[key] for key in places(part)} == places(part)


def test_continuation_survives_as_text() -> None:
    since = Continuation(31, ("1a", "2b"), ("3c", "4d"), (29,))
    assert Continuation.from_text(since.text()) == since


@pytest.mark.parametrize("text", ["", "{}", "[2,1,[],[],[]]", '[1,"x",[],[],[]]', "[1,1,[1],[],[]]", "[1,1,2,3,4]"])
def test_strange_continuation_is_refused(text: str) -> None:
    with pytest.raises(OfficeError, match="整本重新打印"):
        Continuation.from_text(text)
