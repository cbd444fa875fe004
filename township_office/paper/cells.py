# SPDX-License-Identifier: MulanPSL-2.0
"""Lay out a form of cells: how high each row is, which words stand in each cell and in what size.

Works without drawing and without fonts, on the widths of characters alone, so that both writers can ask it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from township_office.paper.blocks import Align, FormGrid, GridCell, GridRow, Role
from township_office.paper.measures import LEADING, POINT
from township_office.paper.wrap import wrap, wrap_evenly

LABEL_SIZE, SIDE_SIZE, FOOT_SIZE, FIGURE_SIZE = 11.0, 12.0, 11.0, 26.0
BODY_SIZE = 12.0  # of what is typed into an empty cell later
PAD_ACROSS, PAD_DOWN = 1.4, 0.9  # mm between a rule and the text
BOX_LABEL, BOX_FOOT, BOX_TOP = 6.5, 7.0, 1.2  # mm: the lines of a box's label and foot, and the air above
_SIZES = (12.0, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)  # 小四 down to 六号
_READABLE = 10.5  # 五号: a row rather grows than its text gets smaller
_ONE_LINE = 9.0  # 小五: what stands centred, a number or a name, rather gets smaller than is broken
_FIXED = {Role.LABEL: LABEL_SIZE, Role.SIDE: SIDE_SIZE, Role.FIGURE: FIGURE_SIZE}  # whatever room there is
_WIDOW = 2  # characters on a line of their own, which a smaller size may take up

Widths = Mapping[str, float]  # of each character, in thousandths of the type size


@dataclass(frozen=True, slots=True)
class Words:
    """What a cell says and how it is broken into lines, all in one size (points)."""

    text: str
    size: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell where it stands: millimetres from the form's left edge, rows counted on its sheet."""

    cell: GridCell
    words: Words
    step: float  # from line to line, in millimetres
    gap: float  # between the characters of a short label, in parts of its size
    foot_size: float  # points
    left: float
    right: float
    row: int


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One sheet of a form."""

    heights: tuple[float, ...]  # of its rows
    cells: tuple[Placed, ...]

    @property
    def tops(self) -> tuple[float, ...]:
        """Return where each row begins, from the form's upper edge, and last where the form ends."""
        return tuple(accumulate(self.heights, initial=0.0))


def lay_out(grid: FormGrid, width: float, room: float, widths: Widths) -> list[FormSheet]:
    """Return the sheets of grid, each filling width by room."""
    setter = _Setter(grid, width / sum(cell.width for cell in grid.rows[0].cells), widths)
    return [setter.sheet(rows, room) for rows in setter.shared_out(room)]


class _Setter:
    """Sets the cells of one form."""

    def __init__(self, grid: FormGrid, scale: float, widths: Widths) -> None:
        self._grid = grid
        self._scale = scale  # millimetres on paper for one of the form's
        self._widths = widths
        self._kept: dict[GridRow, float] = {}

    def shared_out(self, room: float) -> Iterator[list[GridRow]]:
        """Share the rows out among sheets; spare ones fill what the last one has left."""
        heads = list(self._grid.rows[: self._grid.heads])
        lines = self._grid.rows[self._grid.heads :]
        capacity = max(room - sum(map(self._least, heads)), room / 3)
        chunk: list[GridRow] = []
        for row in lines:
            if row.is_spare:
                continue
            if heads and chunk and sum(map(self._least, [*chunk, row])) > capacity:
                yield heads + chunk
                chunk = []
            chunk.append(row)
        free = capacity - sum(max(row.height, self._least(row)) for row in chunk)
        for row in lines:
            if row.is_spare and free >= row.height:
                chunk.append(row)
                free -= row.height
        yield heads + chunk

    def sheet(self, rows: Sequence[GridRow], room: float) -> FormSheet:
        """Return rows, set, on a sheet that they fill exactly."""
        least = [row.least or row.height for row in rows]
        needs = [self._least(row) for row in rows]
        caps = [row.height for row in rows]
        if sum(needs) > room:
            limits = list(zip(least, needs, strict=True))
            level = _most(lambda x: sum(max(low, min(need, x)) for low, need in limits), room, max(needs))
            needs = caps = [max(low, min(need, level)) for low, need in limits]
        heights = _stretched(rows, needs, room)
        cells = []
        for number, (row, places) in enumerate(zip(rows, _places(rows), strict=True)):
            is_cut = needs[number] < self._least(row)
            for cell, left in zip(row.cells, places, strict=True):
                words = self._squeezed(cell, caps[number]) if is_cut else self._natural(cell, row.height)
                cells.append(self._placed(cell, words, left, number, heights))
        return FormSheet(tuple(heights), tuple(cells))

    def _placed(self, cell: GridCell, words: Words, left: float, row: int, heights: Sequence[float]) -> Placed:
        step = words.size * LEADING / POINT
        if cell.role is Role.SIDE:
            words, step = _downwards(words, sum(heights[row : row + cell.down]))
        edges = left * self._scale, (left + cell.width) * self._scale
        return Placed(cell, words, step, self._gap(cell, words), self._foot_size(cell), *edges, row)

    def _least(self, row: GridRow) -> float:
        """Return how low row may get with all its text in readable type."""
        if row not in self._kept:
            measured = (cell for cell in row.cells if cell.role is not Role.SIDE)  # a side label goes into any height
            tallest = max(_height(cell, self._natural(cell, row.height)) for cell in measured)
            self._kept[row] = max(row.least or row.height, tallest)
        return self._kept[row]

    def _natural(self, cell: GridCell, height: float) -> Words:
        """Return the words of cell in the size that reads best, whether or not they go into height."""
        if cell.role in _FIXED:
            return self._set(cell, _FIXED[cell.role])
        fitting = [words for size in _SIZES if _height(cell, words := self._set(cell, size)) <= height]
        broken = [words for words in fitting if words.size >= _READABLE]
        whole = [words for words in fitting if words.size >= _ONE_LINE and len(words.lines) <= 1]
        choices = [*whole, *broken] if cell.align is Align.CENTRE else [*broken, *whole]
        shapely = (words for words in choices if not any(0 < len(line) <= _WIDOW for line in words.lines))
        return next(shapely, choices[0] if choices else self._set(cell, _READABLE))

    def _squeezed(self, cell: GridCell, height: float) -> Words:
        """Return the words of cell in the largest size that goes into height; cut when there is none."""
        if cell.role in _FIXED:
            return self._natural(cell, height)
        for size in _SIZES:
            words = self._set(cell, size)
            if _height(cell, words) <= height:
                return words
        shortest, longest = 0, len(cell.text)
        while shortest < longest:
            middle = (shortest + longest + 1) // 2
            if _height(cell, self._set(cell, size, middle)) <= height:
                shortest = middle
            else:
                longest = middle - 1
        return self._set(cell, size, shortest)

    def _gap(self, cell: GridCell, words: Words) -> float:
        """Return the gap that makes a label of two or three characters look as wide as four, where there is room."""
        if cell.role is not Role.LABEL or not 1 < len(words.text) < 4:
            return 0.0
        free = self._limit(cell, words.size) - sum(map(self._widths.__getitem__, words.text))
        return max(min(4 - len(words.text), free / 1000), 0.0) / (len(words.text) - 1)

    def _foot_size(self, cell: GridCell) -> float:
        """Return in what size the foot of a box goes on one line."""
        room = (cell.width * self._scale - 4 * PAD_ACROSS) * POINT * 1000
        return min(FOOT_SIZE, room / max(sum(map(self._widths.__getitem__, cell.foot)), 1))

    def _limit(self, cell: GridCell, size: float) -> float:
        """Return how wide a line of cell may be, in thousandths of size."""
        return (cell.width * self._scale - 2 * PAD_ACROSS) * POINT / size * 1000

    def _set(self, cell: GridCell, size: float, most: int | None = None) -> Words:
        """Return the words of cell in one size; only so many characters of them when most says so."""
        text = cell.text if most is None else cell.text[:most].rstrip() + self._grid.cut
        if not text:
            return Words(text, size, ())
        if cell.role is Role.SIDE:
            return Words(text, size, tuple(text))
        breaks = wrap_evenly if cell.align is Align.CENTRE else wrap
        return Words(text, size, tuple(breaks(text, self._limit(cell, size), self._widths)))


def _downwards(words: Words, height: float) -> tuple[Words, float]:
    """Return a label set downwards and its step: airy in a high box, close and small in a low one."""
    count, size = len(words.lines), words.size / POINT
    step = min(max((height - 8) / count, 1.1 * size), (height - 2) / count, 1.8 * size)
    return replace(words, size=min(words.size, step / 1.05 * POINT)), step


def _height(cell: GridCell, words: Words) -> float:
    """Return how high a cell must be for its words."""
    height = len(words.lines) * words.size * LEADING / POINT + 2 * PAD_DOWN
    if cell.role is Role.BOX:
        height += BOX_TOP + (BOX_LABEL if cell.label else 0.0) + (BOX_FOOT if cell.foot else 0.0)
    return height


def _stretched(rows: Sequence[GridRow], needs: Sequence[float], room: float) -> list[float]:
    """Return heights that fill room: the free rows in proportion to what they wish for, none below its need."""

    def heights(part: float) -> list[float]:
        return [
            need if row.least is None else max(need, row.height * part) for row, need in zip(rows, needs, strict=True)
        ]

    return heights(_most(lambda part: sum(heights(part)), room, room))


def _most(total: Callable[[float], float], room: float, most: float) -> float:
    """Return the largest number up to most for which total, which rises with it, is not above room."""
    low, high = 0.0, most
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if total(middle) <= room else (low, middle)
    return low


def _places(rows: Sequence[GridRow]) -> list[list[float]]:
    """Return where the cells of each row begin, stepping over those that reach down from above."""
    reaching: list[tuple[float, float, int]] = []  # left, right, the row after the last it reaches into
    places = []
    for number, row in enumerate(rows):
        taken = {left: right for left, right, end in reaching if end > number}
        x, lefts = 0.0, []
        for cell in row.cells:
            while x in taken:
                x = taken[x]
            lefts.append(x)
            right = round(x + cell.width, 3)  # so that edges meant to meet are equal
            if cell.down > 1:
                reaching.append((x, right, number + cell.down))
            x = right
        places.append(lefts)
    return places
