# SPDX-License-Identifier: MulanPSL-2.0
"""How a 值班表 goes onto one sheet: upright or across, which words in a cell, in which size, how wide and high.

Worked out on the widths of characters as Word sets them, which are the widest: what fits there fits in PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise

from township_office.paper.measures import POINT
from township_office.paper.spread import PAD, TIGHT
from township_office.paper.wordtext import RoomyWidths
from township_office.paper.wrap import wrap_evenly
from township_office.registers.duty.sheet import IN_CELL, NOT_WANTED, RosterSheet, Turn, Turns

LARGEST = 12.0  # 小四
GOOD, CROWDED = 9.0, 9.5  # 小五: names are broken only where they would be smaller; with phones around them, larger
LEGIBLE = 6.5  # 小六, the smallest size in print: a sheet of more names than that gives numbers and a list of names
_SIZES = [LARGEST - 0.5 * step for step in range(12)]
_ALIKE = 1.5  # the highest day by the lowest
_MUCH = 1.0  # points that make lying paper worth it
SIDES, TOP, _BOTTOM = 12.0, 11.0, 12.0  # mm kept clear; Word makes rows higher by their rules
_SAFE = 0.3  # mm: of rounding
_AIR = 0.25  # of the size
_PAD, _ROOMY = PAD + 0.1, 2.0  # mm above and below the lines of a cell
_LABEL = 9.5  # mm: 日期, 星期, 假日
_TALLEST = 14.0  # mm: the days of a short holiday do not fill the sheet
_WIDTHS = RoomyWidths()
_TOGETHER = "、"


class Words(Enum):
    """What a cell says of each person."""

    ALL = auto()  # name, post and phone
    NAMES = auto()
    NUMBERS = auto()  # of the list of people below the table


@dataclass(frozen=True, slots=True)
class Room:
    """A sheet, and what is left on it for the days: millimetres."""

    width: float
    height: float
    days_height: float = 0.0

    @property
    def is_upright(self) -> bool:
        """Whether it stands."""
        return self.height > self.width

    @property
    def line(self) -> float:
        """How wide the table is."""
        return self.width - 2 * SIDES

    @property
    def bottom(self) -> float:
        """Where the last line ends."""
        return self.height - _BOTTOM

    def less(self, taken: float) -> Room:
        """Return it with what head and foot leave for the days."""
        return replace(self, days_height=self.bottom - TOP - taken)


UPRIGHT, ACROSS = Room(210.0, 297.0), Room(297.0, 210.0)


Cells = tuple[tuple[tuple[str, ...], ...], ...]  # the lines of each, by column and run


@dataclass(frozen=True, slots=True)
class Fit:
    """A table that fits: the size of its words in points, the widths of its columns, the heights of its days."""

    room: Room
    words: Words
    size: float
    fixed: tuple[float, ...]  # 日期, 星期, 假日
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    cells: Cells
    with_changes: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One way to put it; at_least: what size it must reach to be taken."""

    words: Words
    with_changes: bool
    breaks: bool  # a long name may go on in a second line
    at_least: float = LEGIBLE
    is_even: bool = False  # the days are much of a height
    list_share: float = 0.16  # of the sheet for a list below the table: a longer one is set smaller


@lru_cache(maxsize=16384)
def em(text: str) -> float:
    """Return how wide text is in parts of its size, with the air that LibreOffice and WPS put around figures."""
    beside = sum(_is_figure(one) != _is_figure(other) and " " not in one + other for one, other in pairwise(text))
    return sum(map(_WIDTHS.__getitem__, text)) / 1000 + _AIR * beside


def _is_figure(char: str) -> bool:
    return char.isascii() and char.isalnum()


def tries(sheet: RosterSheet) -> Iterator[Way]:
    """Yield the ways to put a sheet, best first."""
    for with_changes in (True, False) if sheet.changes else (False,):
        if sheet.phones == IN_CELL:
            yield Way(Words.ALL, with_changes, breaks=False, at_least=CROWDED, is_even=True)
        for is_even in (True, False):
            yield Way(Words.NAMES, with_changes, breaks=False, at_least=GOOD, is_even=is_even)
        yield Way(Words.NAMES, with_changes, breaks=True)
    yield from (Way(Words.NUMBERS, with_changes=False, breaks=False, list_share=share) for share in (0.16, 0.4))


def fitted(sheet: RosterSheet, way: Way, rooms: Sequence[Room]) -> Fit | None:
    """Return the table on upright paper, or across where that makes it much larger; None when it gets too small."""
    setter = _Setter(sheet.numbered() if way.words is Words.NUMBERS else sheet, way)
    found = [fit for room in rooms if (fit := setter.largest(room)) is not None]
    best = max(found, key=lambda fit: fit.size + (_MUCH - 0.5) * fit.room.is_upright, default=None)
    return best if best is not None and best.size >= way.at_least else None


def said(turns: Turns | None, words: Words) -> str:
    """Return what a cell says, nothing broken but between people."""
    if turns is None:
        return NOT_WANTED
    if words is Words.ALL:
        return "\n".join(map(_whole, turns))
    return _TOGETHER.join(turn.marked for turn in turns)


class _Setter:
    """Sets one sheet in one way."""

    def __init__(self, sheet: RosterSheet, way: Way) -> None:
        self._way = way
        self._count = len(sheet.days)
        self._runs = [sheet.runs(column) for column in range(len(sheet.columns))]
        self._cells = [
            [(first, count, sheet.days[first].cells[column]) for first, count in runs]
            for column, runs in enumerate(self._runs)
        ]
        held = [[turns for _, _, turns in cells if turns] for cells in self._cells]
        pieces = [[piece for turns in column for turn in turns for piece in self._pieces(turn)] for column in held]
        self._longest = [max(map(em, column), default=2.0) for column in pieces]
        wholes = [[said(turns, way.words).replace("\n", "") for turns in column] for column in held]
        self._fullest = [max(map(em, column), default=2.0) for column in wholes]
        dates = max((em(day.date_words) for day in sheet.days), default=4.0)
        # A long holiday stands over several days, so it may be broken.
        rest = max((em(day.rest_words) for day in sheet.days), default=0.0)
        self._fixed = dates + 0.3, 2.3, min(max(rest, 2.0), 3.1) + 0.2

    def largest(self, room: Room) -> Fit | None:
        """Return the fit in the largest size there is."""
        low, high, best = 0, len(_SIZES) - 1, None
        while low <= high:  # what fits in one size fits in the smaller ones
            middle = (low + high) // 2
            fit = self._at(_SIZES[middle], room)
            low, high, best = (low, middle - 1, fit) if fit else (middle + 1, high, best)
        return best

    def _at(self, size: float, room: Room) -> Fit | None:
        """Return the table in one size, None where it does not go in."""
        fixed = tuple(max(_wide(ems, size), _LABEL) for ems in self._fixed)
        for is_alike in (True, False):
            widths = self._widths(size, room.line - sum(fixed), is_alike=is_alike)
            cells = self._broken(size, widths) if widths else None
            heights = self._heights(cells, size, room.days_height) if cells else []
            if cells and heights:
                words, with_changes = self._way.words, self._way.with_changes
                return Fit(room, words, size, fixed, tuple(widths), tuple(heights), cells, with_changes)
        return None

    def _widths(self, size: float, room: float, *, is_alike: bool) -> list[float]:
        """Return the widths of the columns: alike as far as their longest pieces let them be, or by what they hold."""
        least = [_wide(ems, size) for ems in self._longest]
        if sum(least) > room:
            if not self._way.breaks:
                return []
            cap = -_level([-one for one in least], -room)
            whole = [_wide(ems, size) for ems in self._fullest]
            return [min(one, cap) for one in least] if is_alike else [room * one / sum(whole) for one in whole]
        if is_alike:
            level = _level(least, room)
            return [max(one, level) for one in least]
        spare = room - sum(least)
        wish = [max(_wide(ems, size) - low, 0) + 1 for ems, low in zip(self._fullest, least, strict=True)]
        return [low + spare * one / sum(wish) for low, one in zip(least, wish, strict=True)]

    def _broken(self, size: float, widths: Sequence[float]) -> Cells | None:
        """Return the lines of each run of each column; None where a piece is wider than its column."""
        found = []
        for cells, width in zip(self._cells, widths, strict=True):
            limit = (width - 2 * PAD - _SAFE) * POINT / size
            lines = []
            for _, _, turns in cells:
                broken = self._lines(turns, limit)
                if broken is None:
                    return None
                lines.append(broken)
            found.append(tuple(lines))
        return tuple(found)

    def _pieces(self, turn: Turn) -> list[str]:
        """Return what of a person stays on one line, at the least."""
        return [turn.marked, turn.phone, turn.post[:6]] if self._way.words is Words.ALL else [turn.marked]

    def _lines(self, turns: Turns | None, limit: float) -> tuple[str, ...] | None:
        """Return a cell, broken; None where a name or a phone is too wide and may not be broken."""
        if turns is None:
            return (NOT_WANTED,)
        lines: list[str] = []
        for turn in turns:
            added = _person(turn, limit) if self._way.words is Words.ALL else [turn.marked]
            if not self._way.breaks and any(em(line) > limit for line in added):
                return None
            together = f"{lines[-1]}{_TOGETHER}{turn.marked}" if lines and self._way.words is not Words.ALL else ""
            if together and em(together) <= limit:
                lines[-1] = together
            else:
                lines += [part for line in added for part in _parted(line, limit)]
        return tuple(lines)

    def _heights(self, cells: Cells, size: float, room: float) -> list[float]:
        """Return how high each day is so that all of them fill room; nothing where they do not go in."""
        step, pad = size * TIGHT / POINT, _ROOMY if self._way.is_even else _PAD
        needs = [step + pad] * self._count
        for runs, lines in zip(self._runs, cells, strict=True):
            for (first, count), broken in zip(runs, lines, strict=True):
                need = (max(len(broken), 1) * step + pad) / count
                for place in range(first, first + count):
                    needs[place] = max(needs[place], need)
        if sum(needs) > room:
            return []
        level = min(_level(needs, room), _TALLEST)
        return [] if self._way.is_even and max(needs) > level * _ALIKE else [max(need, level) for need in needs]


def _wide(ems: float, size: float) -> float:
    return ems * size / POINT + 2 * PAD + _SAFE


def _level(needs: Sequence[float], room: float) -> float:
    """Return how much all have that need less, when together they fill room."""
    ordered = sorted(needs, reverse=True)
    for place, need in enumerate(ordered):
        level = room / (len(ordered) - place)
        if level >= need:
            return level
        room -= need
    return ordered[-1] if ordered else room


@lru_cache(maxsize=4096)
def _whole(turn: Turn) -> str:
    return " ".join(filter(None, (turn.marked, turn.post, turn.phone)))


def _parted(line: str, limit: float) -> list[str]:
    """Return a line as it is, or in parts of much the same length where it is too long; behind a · first."""
    if em(line) <= limit:
        return [line]
    ends = [place for place, char in enumerate(line, start=1) if char == "·"]
    halves = [(line[:end], line[end:]) for end in ends if max(em(line[:end]), em(line[end:])) <= limit]
    if halves:
        return list(min(halves, key=lambda parts: max(map(len, parts))))
    return wrap_evenly(line, max(limit, 1.1) * 1000, _WIDTHS)


def _person(turn: Turn, limit: float) -> list[str]:
    """Return name, post and phone on as few lines as limit allows."""
    whole = _whole(turn)
    if em(whole) <= limit:
        return [whole]
    named = " ".join(filter(None, (turn.marked, turn.post)))
    if em(named) <= limit:
        return [named, turn.phone] if turn.phone else [named]
    posted = " ".join(filter(None, (turn.post, turn.phone)))
    rest = [posted] if em(posted) <= limit else [*wrap_evenly(turn.post, limit * 1000, _WIDTHS), turn.phone]
    return [turn.marked, *filter(None, rest)]
