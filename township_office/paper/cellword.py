# SPDX-License-Identifier: MulanPSL-2.0
"""A form of cells as a table of Word: rows of exact height, cells merged across and downwards.

A box whose foot says who signs becomes two cells without a rule between them, so that the foot stays where it is when
somebody types above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import assert_never

from docx.oxml.ns import nsdecls

from township_office.paper.blocks import Align, FormGrid, Role
from township_office.paper.cells import (
    BOX_FOOT,
    BOX_LABEL,
    BOX_TOP,
    LABEL_SIZE,
    PAD_ACROSS,
    FormSheet,
    Placed,
    lay_out,
)
from township_office.paper.measures import LEADING, POINT
from township_office.paper.wordtext import OPEN, RoomyWidths, inside_run

_TWIPS = 20 * POINT  # in a millimetre
_NONE = 'w:val="nil"'


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cell of the Word table: millimetres across, rows of that table down (end is the one after the last)."""

    placed: Placed
    start: int
    end: int
    is_foot: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles a form is written in, by name."""

    label: str
    body: str


def form_xml(grid: FormGrid, width: float, room: float, styles: Styles) -> str:
    """Return grid as the XML of a table that fills width by room on each sheet."""
    sheets = lay_out(grid, width, room, RoomyWidths())
    edges = sorted({round(edge * _TWIPS) for sheet in sheets for one in sheet.cells for edge in (one.left, one.right)})
    rows = []
    for number, sheet in enumerate(sheets):
        heights, pieces = _split(sheet)
        for index, height in enumerate(heights):
            is_head = index < grid.heads
            if is_head and number:
                continue  # Word brings them back by itself
            there = sorted((one for one in pieces if one.start <= index < one.end), key=lambda one: one.placed.left)
            cells = "".join(_cell(one, index, edges, styles) for one in there)
            rows.append(f"<w:tr>{_shape(height, is_head=is_head)}{cells}</w:tr>")
    return f"<w:tbl {nsdecls('w')}>{_table(edges)}{''.join(rows)}</w:tbl>"


def _split(sheet: FormSheet) -> tuple[list[float], list[_Piece]]:
    """Return the heights of the Word table's rows and its cells: two rows where a box has a foot."""
    with_foot = {one.row for one in sheet.cells if one.cell.foot}
    heights: list[float] = []
    begins: list[int] = []
    for row, height in enumerate(sheet.heights):
        begins.append(len(heights))
        heights += [height - BOX_FOOT, BOX_FOOT] if row in with_foot else [height]
    begins.append(len(heights))
    pieces = []
    for one in sheet.cells:
        start, end = begins[one.row], begins[one.row + one.cell.down]
        if one.cell.foot:
            pieces.append(_Piece(one, end - 1, end, is_foot=True))
            end -= 1
        pieces.append(_Piece(one, start, end))
    return heights, pieces


def _table(edges: Sequence[int]) -> str:
    thick, thin = 'w:val="single" w:sz="12" w:space="0" w:color="000000"', 'w:val="single" w:sz="6" w:space="0"'
    outer = "".join(f"<w:{side} {thick}/>" for side in ("top", "left", "bottom", "right"))
    inner = "".join(f'<w:{side} {thin} w:color="000000"/>' for side in ("insideH", "insideV"))
    pad = round(PAD_ACROSS * _TWIPS)
    margins = "".join(
        f'<w:{side} w:w="{room}" w:type="dxa"/>'
        for side, room in (("top", 0), ("left", pad), ("bottom", 0), ("right", pad))
    )
    columns = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(edges))
    return (
        f'<w:tblPr><w:tblW w:w="{edges[-1]}" w:type="dxa"/><w:tblInd w:w="{pad}" w:type="dxa"/>'
        f"<w:tblBorders>{outer}{inner}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def _shape(height: float, *, is_head: bool) -> str:
    comes_back = "<w:tblHeader/>" if is_head else ""
    twips = round(height * _TWIPS)
    return f'<w:trPr><w:cantSplit/><w:trHeight w:val="{twips}" w:hRule="exact"/>{comes_back}</w:trPr>'


def _cell(piece: _Piece, row: int, edges: Sequence[int], styles: Styles) -> str:
    """Return the cell as it stands in one row of the table; all but its first row only continue it."""
    placed = piece.placed
    left, right = (round(edge * _TWIPS) for edge in (placed.left, placed.right))
    across = edges.index(right) - edges.index(left)
    shape = f'<w:tcW w:w="{right - left}" w:type="dxa"/>'
    if across > 1:
        shape += f'<w:gridSpan w:val="{across}"/>'
    if piece.end - piece.start > 1:
        shape += '<w:vMerge w:val="restart"/>' if row == piece.start else "<w:vMerge/>"
    if placed.cell.foot:
        shape += f"<w:tcBorders><w:{'top' if piece.is_foot else 'bottom'} {_NONE}/></w:tcBorders>"
    is_box = placed.cell.role is Role.BOX and not piece.is_foot
    shape += f'<w:vAlign w:val="{"top" if is_box else "center"}"/>'
    said = "".join(_paragraphs(piece, styles)) if row == piece.start else _paragraph(styles.body, "", LABEL_SIZE, "")
    return f"<w:tc><w:tcPr>{shape}</w:tcPr>{said}</w:tc>"


def _paragraphs(piece: _Piece, styles: Styles) -> Iterator[str]:
    """Return what stands in a cell."""
    placed = piece.placed
    cell, words = placed.cell, placed.words
    side = "left" if cell.align is Align.LEFT else "center"
    match cell.role:
        case Role.LABEL:
            label = "\n".join(words.lines)
            yield _paragraph(styles.label, "center", words.size, _spaced(label, words.size, placed.gap))
        case Role.SIDE:
            shape = placed.step * POINT / LEADING
            yield _paragraph(styles.label, "center", shape, _run("\n".join(words.lines), words.size))
        case Role.VALUE | Role.FIGURE:
            yield _paragraph(styles.body, side, words.size, _run(words.text, words.size))
        case Role.BOX if piece.is_foot:
            yield _paragraph(styles.body, "right", placed.foot_size, _run(cell.foot, placed.foot_size))
        case Role.BOX:
            before = BOX_TOP
            if cell.label:
                yield _paragraph(styles.label, "left", LABEL_SIZE, _run(cell.label, LABEL_SIZE), before)
                before = BOX_LABEL - BOX_TOP - LABEL_SIZE * LEADING / POINT
            yield _paragraph(styles.body, side, words.size, _run(words.text, words.size), before)
        case _ as unreachable:
            assert_never(unreachable)


def _paragraph(style: str, side: str, size: float, runs: str, before: float = 0.0) -> str:
    """Return a paragraph whose lines are as far apart as type of that size wants; before is millimetres."""
    line, above = round(size * LEADING * 20), round(max(before, 0.0) * _TWIPS)
    spacing = f'<w:spacing w:before="{above}" w:line="{line}" w:lineRule="exact"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{spacing}<w:jc w:val="{side}"/></w:pPr>{runs}</w:p>'


def _run(text: str, size: float, gap: float = 0.0) -> str:
    """Return text in one size, each character followed by a gap counted in that size."""
    if not text:
        return ""
    spacing = f'<w:spacing w:val="{round(gap * size * 20)}"/>' if gap else ""
    half_points = int(size * 2)
    shape = f'{spacing}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    return f"<w:r><w:rPr>{shape}</w:rPr>{OPEN}{inside_run(text)}</w:t></w:r>"


def _spaced(label: str, size: float, gap: float) -> str:
    """Return a label with gaps between its characters and none behind it, so that it stays in the middle."""
    return _run(label[:-1], size, gap) + _run(label[-1:], size) if gap else _run(label, size)
