# SPDX-License-Identifier: MulanPSL-2.0
"""Set the text of a table: which words stand on which line of which cell, in what size."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from township_office.paper.blocks import Align, Column, Row, Table
from township_office.paper.fonts import Face
from township_office.paper.measures import LABEL_HEIGHT, LEADING, MARK_SIZE, PAD, POINT, SMALLEST, SQUEEZE, Grid
from township_office.paper.typecase import Alphabet, Typecase
from township_office.paper.wrap import wrap, wrap_evenly

_SHORT = 24  # cells up to this long come back again and again (units, dates, 份数) and are set once
_MOST_KEPT = 20_000  # per column


@dataclass(slots=True)
class Cell:
    """The lines of one cell, all in one size: text, distance from the sheet's left edge and width, in points."""

    size: float
    lines: list[tuple[str, float, float]]
    ops: list[str] | None = None  # the PDF operators of each line, made when first drawn

    @property
    def height(self) -> float:
        """Return the height of the lines in millimetres."""
        return len(self.lines) * self.size * LEADING / POINT

    def part(self, number: int, room: float) -> Cell:
        """Return the lines that stand on the number-th of several pages with that much room each."""
        count = max(1, int(room * POINT / (self.size * LEADING)))
        return Cell(self.size, self.lines[number * count : (number + 1) * count])

    def parts(self, room: float) -> int:
        """Return how many pages with that much room the lines take."""
        return ceil(len(self.lines) / max(1, int(room * POINT / (self.size * LEADING))))


@dataclass(slots=True)
class Box:
    """A row that has been set: as high as its highest cell, never lower than the table wants."""

    cells: list[Cell]
    mark: Cell | None
    carried: Cell | None  # the mark of what goes on overleaf
    least: float
    is_voided: bool
    is_first: bool = True  # the row begins here
    height: float = 0.0  # millimetres

    def __post_init__(self) -> None:
        first = self.cells[0].height + (self.mark.height if self.mark else 0.0)
        tallest = max(first, *(cell.height for cell in self.cells))
        self.height = max(self.least, tallest + 2 * PAD)

    def split(self, capacity: float) -> list[Box]:
        """Return this row as pieces that each fit into capacity; nearly always itself alone."""
        if self.height <= capacity:
            return [self]
        room = capacity - 2 * PAD - max(self.mark.height if self.mark else 0.0, 4.0)
        count = max(cell.parts(room) for cell in self.cells)
        return [
            Box(
                [cell.part(number, room) for cell in self.cells],
                self.carried if number else self.mark,
                None,
                self.least,
                self.is_voided,
                is_first=number == 0,
            )
            for number in range(count)
        ]


class Setter:
    """Sets the rows of one table, one after the other."""

    def __init__(self, table: Table, grid: Grid, case: Typecase) -> None:
        """Ask case for the two faces of a table's body; raises OfficeError when there is none."""
        self._table = table
        self._grid = grid
        self.body = case.face(Face.FANG)
        self.bold = case.face(Face.HEI)
        self._kept: list[dict[str, Cell]] = [{} for _ in table.columns]
        self._marks: dict[str, Cell] = {}

    def box(self, row: Row) -> Box:
        """Return row, set."""
        cells = [self._cell(index, text) for index, text in enumerate(row.cells)]
        mark, carried = (self._mark(word) if word else None for word in (row.mark, self._table.carried))
        return Box(cells, mark, carried, self._table.row_height, row.is_voided)

    def labels(self) -> list[Cell]:
        """Return the labels above the columns, smaller where a label would be too high."""
        cells = []
        for index, column in enumerate(self._table.columns):
            left, width = self._room(index)
            for factor in (1.0, 0.9, 0.8, 0.7, 0.6):
                size = self._grid.body_size * factor
                lines = wrap_evenly(column.label, width / size * 1000, self.bold.widths)
                cell = _placed(self.bold, lines, size, (left, width), Align.CENTRE)
                if cell.height <= LABEL_HEIGHT:
                    break
            cells.append(cell)
        return cells

    def _room(self, index: int) -> tuple[float, float]:
        """Return where the text of a column begins and how wide it may be, in points."""
        edges = self._grid.edges
        return (edges[index] + PAD) * POINT, (edges[index + 1] - edges[index] - 2 * PAD) * POINT

    def _cell(self, index: int, text: str) -> Cell:
        kept = self._kept[index]
        cell = kept.get(text)
        if cell is None:
            room, column, size = self._room(index), self._table.columns[index], self._grid.body_size
            lines, factor = _broken(self.body, text, room[1] / size * 1000, column) if text else ([], 1.0)
            cell = _placed(self.body, lines, size * factor, room, column.align)
            if len(text) <= _SHORT and len(kept) < _MOST_KEPT:
                kept[text] = cell
        return cell

    def _mark(self, word: str) -> Cell:
        if word not in self._marks:
            lines = wrap(word, self._room(0)[1] / MARK_SIZE * 1000, self.bold.widths)
            self._marks[word] = _placed(self.bold, lines, MARK_SIZE, self._room(0), Align.CENTRE)
        return self._marks[word]


def _broken(alphabet: Alphabet, text: str, limit: float, column: Column) -> tuple[list[str], float]:
    """Return the lines of text and how far to shrink them: a little, where that saves a line."""
    widths = alphabet.widths
    natural = alphabet.width(text)
    if "\n" not in text:
        if natural <= limit:
            return [text], 1.0
        if natural * SQUEEZE <= limit:
            return [text], limit / natural
        head, bracket, year = text.rpartition("〔")
        if column.is_whole and column.align is Align.LEFT and head and alphabet.width(bracket + year) <= limit:
            return [*wrap(head, limit, widths), bracket + year], 1.0  # a 文号 reads best broken before its year
        if column.is_whole and natural * SMALLEST <= limit:
            return [text], limit / natural
    if column.align is Align.CENTRE:
        return wrap_evenly(text, limit, widths), 1.0
    lines = wrap(text, limit, widths)
    if len(lines) > 1 and len(lines[-1]) == 1:
        tighter = wrap(text, limit / SQUEEZE, widths)
        if len(tighter) < len(lines):
            return tighter, SQUEEZE
    return lines, 1.0


def _placed(alphabet: Alphabet, lines: list[str], size: float, room: tuple[float, float], align: Align) -> Cell:
    """Return lines with their place between the left edge and the width of room, in points."""
    left, width = room
    widths = [alphabet.width(line) * size / 1000 for line in lines]
    if align is Align.LEFT:
        return Cell(size, [(line, left, w) for line, w in zip(lines, widths, strict=True)])
    return Cell(size, [(line, left + (width - w) / 2, w) for line, w in zip(lines, widths, strict=True)])
