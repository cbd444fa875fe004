# SPDX-License-Identifier: MulanPSL-2.0
"""归档章 (DA/T 22-2015 5.4): 45 by 16 mm, six equal cells, filled in, for those who have no stamp or many items.

Row 1: 全宗号, 年度, 件号; row 2: 机构或问题, 保管期限, 页数. The hints in brackets are not part of a stamp. It stands
at the top centre of page 1, where no text is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from township_office.paper.blocks import Align, Edge, Heading, Page, PageFoot, Sheet, Spot, Spread
from township_office.paper.forms.archive_box import item_no
from township_office.paper.forms.archive_catalogue import Item, Part, counted

LABELS, ON_PAGE, GRID = "归档章标签", "归档章（套印在文件首页）", "归档章定位页"
CELL_WIDTH, CELL_HEIGHT = 15.0, 8.0
WIDTH, HEIGHT = 3 * CELL_WIDTH, 2 * CELL_HEIGHT
_A4 = Sheet(width=210.0, height=297.0)
_SIZE = 12.0  # points
_SHORT = 12  # a 机构 or 问题 longer than this stands there by its code
_LEAST_EDGE = 4.0  # mm at the right and lower edge that few printers reach
_SQUARE, _GRID_DEPTH = 10.0, 120.0  # mm: a square of the position grid, and how far down it goes
_SCALE = 8.0  # points


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """How the labels lie on their sheet: margins and gaps in millimetres."""

    left: float
    top: float
    gap_across: float
    gap_down: float

    @property
    def columns(self) -> int:
        """How many labels lie side by side."""
        return _as_many(_A4.width, self.left, WIDTH, self.gap_across)

    @property
    def rows(self) -> int:
        """How many labels lie below each other."""
        return _as_many(_A4.height, self.top, HEIGHT, self.gap_down)

    def place(self, number: int) -> tuple[float, float]:
        """Return where the upper left corner of a label is; number counts from 0, row by row."""
        row, column = divmod(number, self.columns)
        return self.left + column * (WIDTH + self.gap_across), self.top + row * (HEIGHT + self.gap_down)


@dataclass(frozen=True, slots=True)
class StampPlace:
    """Where the stamp stands on page 1: from its top edge, and to the right of the middle (negative: to the left)."""

    top: float
    shift: float

    @property
    def left(self) -> float:
        """Return how far its left edge is from that of the sheet."""
        return (_A4.width - WIDTH) / 2 + self.shift


Stamped = tuple[Part, str, Item]  # what an item is of, the code of its 机构 or 问题, the item


def labels(items: Sequence[Stamped], lies: LabelSheet, start: int = 1, *, is_red: bool = False) -> Page:
    """Return sheets of labels, the first of them filled from place start on: a sheet half used can be used up."""
    many = lies.columns * lies.rows
    first = min(max(start, 1), many) - 1
    spreads = []
    for begin in range(-first, len(items), many):
        some = enumerate(items[max(begin, 0) : begin + many], start=max(-begin, 0))
        spots = [spot for number, item in some for spot in _stamp(item, *lies.place(number))]
        if spots:
            spreads.append(Spread(tuple(spots), is_red))
    return _page(LABELS, spreads)


def on_documents(items: Sequence[Stamped], at: StampPlace, *, is_red: bool = False) -> Page:
    """Return a sheet for each item, empty but for the stamp, to be printed on the item's own first page."""
    return _page(ON_PAGE, [Spread(tuple(_stamp(item, at.left, at.top)), is_red) for item in items])


def position_grid(at: StampPlace, *, is_red: bool = False) -> Page:
    """Return a sheet of squares round the place of the stamp, to be held against a document and a lamp."""
    stamp = Spot(at.left, at.top, WIDTH, HEIGHT)
    cells = [
        Spot(at.left + column * CELL_WIDTH, at.top + row * CELL_HEIGHT, CELL_WIDTH, CELL_HEIGHT, edge=Edge.BOX)
        for row in range(2)
        for column in range(3)
    ]
    rows = [row * _SQUARE for row in range(1, int(_GRID_DEPTH / _SQUARE) + 1)]
    columns = [column * _SQUARE + 5.0 for column in range(1, int(_A4.width / _SQUARE) - 1)]
    squares = [Spot(x, y, _SQUARE, _SQUARE, edge=Edge.BOX) for y in rows[:-1] for x in columns]
    scale = [Spot(5, y - 2.5, 9.5, 5, f"{y:g}", _SCALE) for y in rows]
    scale += [Spot(x - 4.5, 4.5, 9, 5, _signed(x - _A4.width / 2), _SCALE) for x in columns[1:]]
    told = _HOW.format(top=f"{at.top:g}", shift=_signed(at.shift))
    words = Spot(15, _GRID_DEPTH + 8, 180, 26, told, 11, align=Align.LEFT)
    if not _is_apart(words, stamp):
        words = replace(words, top=at.top + HEIGHT + 8)
    around = [spot for spot in (*squares, *scale) if _is_apart(spot, stamp)]
    return _page(GRID, [Spread((*cells, *around, words), is_red)])


def _is_apart(one: Spot, other: Spot) -> bool:
    is_beside = one.left + one.width <= other.left or other.left + other.width <= one.left
    return is_beside or one.top + one.height <= other.top or other.top + other.height <= one.top


_HOW = (
    "一格 10 毫米。左边的数是离纸上边的距离，上边的数是离正中的距离（右为正，左为负）。\n"
    "现在的位置：离上边 {top} 毫米，偏离正中 {shift} 毫米。\n"
    "把这页盖在文件首页上对着光看，章的位置压着字，就到设置里改这两个数，再套印。"
)


def _signed(length: float) -> str:
    return f"{length:+g}" if length else "0"


def _as_many(room: float, edge: float, size: float, gap: float) -> int:
    return max(1, int((room - edge - min(edge, _LEAST_EDGE) + gap + 0.001) / (size + gap)))


def _stamp(item: Stamped, left: float, top: float) -> Iterator[Spot]:
    part, code, row = item
    org = part.org if len(part.org) <= _SHORT else code
    said = (
        (part.fonds_no, part.year, item_no(row)),
        (org, part.retention, counted(row["page_count"])),
    )
    for down, words in enumerate(said):
        for across, text in enumerate(words):
            x, y = left + across * CELL_WIDTH, top + down * CELL_HEIGHT
            yield Spot(x, y, CELL_WIDTH, CELL_HEIGHT, text, _SIZE, edge=Edge.BOX)


def _page(title: str, spreads: Sequence[Spread]) -> Page:
    return Page(_A4, (Heading(title),), tuple(spreads), PageFoot("", "", ""))
