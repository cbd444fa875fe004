# SPDX-License-Identifier: MulanPSL-2.0
"""The measures both writers share: type sizes in points, everything else in millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from township_office.paper.blocks import (
    Block,
    Column,
    FormGrid,
    Heading,
    Note,
    Page,
    Parties,
    Signatures,
    Spread,
    Table,
)

POINT = 72 / 25.4  # points in a millimetre

TITLE_SIZE, NOTE_SIZE, MARK_SIZE, FOOT_SIZE = 22.0, 11.0, 7.5, 9.0
BODY_SIZES = (10.5, 10.0, 9.5, 9.0)  # 五号 down to 小五
SMALLEST = 0.72  # how far a number may shrink to stay on one line
SQUEEZE = 0.94  # how far other text may shrink to save a line
LEADING = 1.26
LETTER_SPACE, SHORT_TITLE = 0.28, 9  # a title up to this long is spaced by this part of its size

PAD = 0.9  # between a rule and the text
THIN_RULE, THICK_RULE = 0.25, 0.5
HEADING_HEIGHT, NOTE_HEIGHT, LABEL_HEIGHT = 12.0, 7.5, 10.0
CLOSING_HEIGHT, FOOT_HEIGHT = 10.0, 5.0
# The boxes where two sides sign: their note, title, a line for each signature, the day; a seal goes over all of it.
PARTY_NOTE, PARTY_TITLE, PARTY_LINE, PARTY_DAY, PARTY_PAD = 6.0, 7.0, 8.0, 7.0, 2.5
PARTY_SLOT = 40.0  # a line to sign on is never longer
PARTY_GAP = 2.0  # above the foot
PARTY_SAID = 0.6  # of the box for a label, so that a line to sign on is left
_FOR_RULES = 5.0

# Widths are said in narrow characters; half a 字 each.
_NARROW = 0.5
_TIGHTEST = 0.82  # below this share of their wish the flexible columns ask for smaller type


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a table's rules stand: edges from the left of the sheet, and the type size that suits them."""

    edges: tuple[float, ...]
    body_size: float


def grid(table: Table, left: float, width: float) -> Grid:
    """Share width out among the columns so that they fill it exactly, in the largest type that suits.

    Depends on the columns alone, never on the rows: a sheet printed last month must fit the one printed today.
    """
    for size in BODY_SIZES:
        widths, tightness = _share(table.columns, width, size)
        if tightness >= _TIGHTEST:
            break
    edges = [left]
    for one in widths:
        edges.append(edges[-1] + one)
    return Grid((*edges[:-1], left + width), size)


def _share(columns: tuple[Column, ...], width: float, size: float) -> tuple[list[float], float]:
    """Return the widths at one type size, and which share of their wish the flexible columns get."""
    wishes = [column.width * _NARROW * size / POINT + 2 * PAD for column in columns]
    whole = sum(wish for wish, column in zip(wishes, columns, strict=True) if column.is_whole)
    flexible = sum(wishes) - whole
    tightness = (width - whole) / flexible if flexible else 0.0
    if tightness < _TIGHTEST * 0.75:  # too many columns for the sheet: all of them give way
        everything = width / (whole + flexible)
        return [wish * everything for wish in wishes], tightness
    return [
        wish if column.is_whole else wish * tightness for wish, column in zip(wishes, columns, strict=True)
    ], tightness


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands where on every sheet, from its top edge."""

    table_top: float
    rows_top: float
    rows_bottom: float  # the room for the closing line below it is kept on every page, so rows never move
    closing_top: float
    foot_top: float


def frame(page: Page) -> Frame:
    """Return the frame of a form whose body is a table and perhaps a closing line."""
    sheet = page.sheet
    top = sheet.top
    for block in page.head:
        match block:
            case Heading():
                top += HEADING_HEIGHT
            case Note():
                top += NOTE_HEIGHT
    foot_top = sheet.height - sheet.bottom - FOOT_HEIGHT
    closing_top = foot_top - sum(map(closing_height, page.body))
    return Frame(top, top + LABEL_HEIGHT, closing_top - 1.0, closing_top, foot_top)


def closing_height(block: Block) -> float:
    """Return how much of every sheet a block keeps for itself at the foot."""
    match block:
        case Signatures():
            return CLOSING_HEIGHT
        case Parties():
            return PARTY_NOTE + party_height(block) + PARTY_GAP
        case Table() | FormGrid() | Spread():
            return 0.0
        case _ as unreachable:
            assert_never(unreachable)


def party_height(block: Parties) -> float:
    """Return how high the boxes of block are: all as high as the fullest."""
    return PARTY_TITLE + PARTY_LINE * max(len(side.labels) for side in block.sides) + PARTY_DAY


def form_room(page: Page) -> float:
    """Return how high a form of cells is: a little less than there is room, for Word makes rows higher by their rules.

    The same for both writers, so that a form has as many sheets in Word as in PDF.
    """
    bounds = frame(page)
    return bounds.rows_bottom - bounds.table_top - _FOR_RULES
