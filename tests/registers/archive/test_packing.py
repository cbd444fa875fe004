# SPDX-License-Identifier: MulanPSL-2.0
"""装盒: every item in one box, in its order, and no box holds more than it can but for one thick item."""

from __future__ import annotations

import os
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.registers.archive.packing import THICKNESSES, Box, pack, room

MANY = settings(max_examples=int(os.environ.get("EXAMPLES", "200")), deadline=None, database=None)
PAGES = st.lists(st.integers(1, 700), max_size=60)


@MANY
@given(PAGES, st.sampled_from(THICKNESSES), st.integers(1, 50), st.integers(1, 50))
def test_items_lie_in_boxes_as_they_stand(pages: list[int], thickness: int, first: int, per_mm: int):
    boxes = pack(pages, thickness, first, per_mm)
    assert [place for box in boxes for place in range(box.first, box.last + 1)] == list(range(len(pages)))
    assert [box.number for box in boxes] == list(range(first, first + len(boxes)))
    for box in boxes:
        held = pages[box.first : box.last + 1]
        assert box.pages == sum(held)
        assert box.thickness in THICKNESSES
        assert box.pages <= room(box.thickness, per_mm) or len(held) == 1
        assert box.thickness <= thickness or len(held) == 1
    for box, following in pairwise(boxes):
        assert box.thickness >= thickness, "only the last is thinner than usual"
        assert box.pages + pages[following.first] > room(thickness, per_mm), "there was room for another"


def test_the_last_box_is_as_thin_as_it_may_be():
    assert pack([], 30) == []
    assert pack([150, 130, 100, 5], 30) == [Box(1, 30, 0, 1, 280), Box(2, 20, 2, 3, 105)]
    assert pack([281], 30) == [Box(1, 40, 0, 0, 281)]
    assert pack([10, 900, 10], 30, 4) == [Box(4, 30, 0, 0, 10), Box(5, 50, 1, 1, 900), Box(6, 20, 2, 2, 10)]


@pytest.mark.parametrize("thickness", THICKNESSES)
def test_a_thicker_box_holds_more(thickness: int):
    assert room(thickness, 20) == 2 * room(thickness) > 0
    assert room(thickness) == (thickness - 2) * 10
