# SPDX-License-Identifier: MulanPSL-2.0
"""Set the text of pieces at exact places, for both writers: on the widths of characters alone, without drawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from township_office.paper.blocks import Align, Spot
from township_office.paper.measures import LEADING, POINT
from township_office.paper.wrap import may_break, wrap, wrap_evenly

PAD = 0.6  # mm between an edge and the text
TIGHT = 1.12  # from line to line, in parts of the type size: pieces are small
_SMALLEST, _STEP = 3.0, 0.5  # points
_WHOLE = 0.8  # how far text shrinks to stay on one line, which reads better than two


@dataclass(frozen=True, slots=True)
class SetText:
    """The lines of a piece, all in one size (points); step is from line to line, in millimetres."""

    lines: tuple[str, ...]
    size: float
    step: float


def set_text(spot: Spot, widths: Mapping[str, float]) -> SetText:
    """Return the text of spot in the largest size that goes into it whole."""
    if not spot.text:
        return SetText((), spot.size, 0.0)
    if spot.goes_down:
        return _downwards(spot)
    sizes = list(_sizes(spot.size))
    for size in sizes:
        if size >= spot.size * _WHOLE and "\n" not in spot.text and _is_within(spot, [spot.text], size, widths):
            return _set([spot.text], size)
    for size in sizes:
        lines = _broken(spot, size, widths)
        if _is_within(spot, lines, size, widths):
            return _set(lines, size)
    return _set(wrap(spot.text, _limit(spot, sizes[-1]), widths), sizes[-1])


def _sizes(largest: float) -> Iterator[float]:
    while largest >= _SMALLEST:
        yield largest
        largest -= _STEP


def _set(lines: list[str], size: float) -> SetText:
    return SetText(tuple(lines), size, size * (TIGHT if len(lines) > 1 else LEADING) / POINT)


def _broken(spot: Spot, size: float, widths: Mapping[str, float]) -> list[str]:
    return (wrap_evenly if spot.align is Align.CENTRE else wrap)(spot.text, _limit(spot, size), widths)


def _is_within(spot: Spot, lines: list[str], size: float, widths: Mapping[str, float]) -> bool:
    """Say whether lines go into spot and none of them ends within a word or a number."""
    if len(lines) * size * TIGHT / POINT > spot.height - PAD:
        return False
    if any(sum(map(widths.__getitem__, line)) > _limit(spot, size) for line in lines):
        return False
    ends = [(before[-1], after[0]) for before, after in pairwise(filter(None, lines))]
    return "\n" in spot.text or all(may_break(*end) or " " in spot.text for end in ends)


def _limit(spot: Spot, size: float) -> float:
    """Return how wide a line of spot may be, in thousandths of size."""
    return (spot.width - 2 * PAD) * POINT / size * 1000


def _downwards(spot: Spot) -> SetText:
    """Return the characters below each other, airy where there is room."""
    most = min(spot.size, (spot.width - 2 * PAD) * POINT, (spot.height - 2 * PAD) * POINT / (len(spot.text) * TIGHT))
    size = int(most / _STEP) * _STEP or most
    step = min((spot.height - 2 * PAD) / len(spot.text), size * 1.6 / POINT)
    return SetText(tuple(spot.text), size, step)
