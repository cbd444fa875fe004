# SPDX-License-Identifier: MulanPSL-2.0
"""装盒 — items into boxes by their pages; a box holds one year, one period and one 机构 (DA/T 22 6.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

THICKNESSES = (20, 30, 40, 50)  # mm of a box's spine
PAGES_PER_MM = 10.0  # a guess for stapled office paper printed on one side; the office sets its own
_COVER_MM = 2.0  # of the box itself, a guess too


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its number within the class, its spine in mm, and the items in it by place (first and last included)."""

    number: int
    thickness: int
    first: int
    last: int
    pages: int


def room(thickness: int, pages_per_mm: float = PAGES_PER_MM) -> int:
    """Return how many pages a box of this thickness holds."""
    return int((thickness - _COVER_MM) * pages_per_mm)


def pack(pages: Sequence[int], thickness: int, first_number: int = 1, pages_per_mm: float = PAGES_PER_MM) -> list[Box]:
    """Return the boxes for items with these pages, in their order; the last one is as thin as its items allow.

    An item thicker than a box lies alone, in the thinnest that holds it. thickness: of the boxes the office uses.
    """
    limit = room(thickness, pages_per_mm)
    ends: list[int] = []
    held = 0
    for at, count in enumerate(pages):
        if held and held + count > limit:
            ends.append(at)
            held = 0
        held += count
    starts, ends = [0, *ends], [*ends, len(pages)]
    boxes: list[Box] = []
    for start, end in zip(starts, ends, strict=True) if pages else ():
        held = sum(pages[start:end])
        fits = [one for one in THICKNESSES if room(one, pages_per_mm) >= held]
        is_usual = end < len(pages) and held <= limit
        spine = thickness if is_usual else min(fits, default=THICKNESSES[-1])
        boxes.append(Box(first_number + len(boxes), spine, start, end - 1, held))
    return boxes
