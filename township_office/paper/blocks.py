# SPDX-License-Identifier: MulanPSL-2.0
"""A printed form as plain data. Forms build blocks; the writers draw them. All lengths are millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Align(StrEnum):
    """Where a cell's text stands between its two rules."""

    LEFT = "left"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper and the margins kept clear on it."""

    width: float = 297.0
    height: float = 210.0
    left: float = 28.0
    top: float = 13.0
    right: float = 12.0
    bottom: float = 9.0


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of the form, large and centred."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A line of small text: one piece at the left edge, one at the right."""

    left: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One ruled column; width counts narrow characters and says how wide the office wants it."""

    label: str
    width: int
    align: Align = Align.LEFT
    is_whole: bool = False  # a number or a date: rather set smaller than broken over two lines
    is_comment: bool = False  # says what happened to the row, so it stays readable when the row is struck out


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; mark is the small word under its first cell (补录, 作废)."""

    cells: tuple[str, ...]
    mark: str = ""
    is_voided: bool = False  # drawn grey and struck through


@dataclass(frozen=True, slots=True)
class Table:
    """Ruled rows under ruled labels that come back on every page."""

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    row_height: float  # at least; leaves room for a signature in ink
    empty: str = ""  # stands where the rows would be
    carried: str = ""  # the mark of a row that began on the page before


class Role(StrEnum):
    """What a cell of a form is for, and so how it is set."""

    LABEL = "label"  # says what stands beside it; spaced to the width of four characters
    SIDE = "side"  # a label set downwards, beside a box
    VALUE = "value"  # typed, or written by hand on one line; in the middle of the cell's height
    FIGURE = "figure"  # digits that somebody reads off and types: large
    BOX = "box"  # room to write in by hand: its label and what is typed at the top, who signs at the foot


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a form. A row's widths add up to the form's, less what a cell from above reaches into."""

    text: str
    width: float
    role: Role = Role.VALUE
    align: Align = Align.CENTRE
    down: int = 1  # over how many rows the cell reaches
    label: str = ""  # of a box
    foot: str = ""  # of a box: at its lower right edge


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a form: height at least, more where its text is long.

    With least the row is free: it shares with the other free ones, in proportion to height, what room the sheet has,
    and gives way down to least. A spare row stands only where there is room left for it.
    """

    height: float
    cells: tuple[GridCell, ...]
    least: float | None = None
    is_spare: bool = False


@dataclass(frozen=True, slots=True)
class FormGrid:
    """A form of ruled cells that fills its sheet from head to foot.

    It stays on one sheet: text that is too long is set smaller, then cut. With heads, so many rows come back on a
    second sheet instead.
    """

    rows: tuple[GridRow, ...]
    cut: str  # ends a text of which not all could be printed
    heads: int = 0


@dataclass(frozen=True, slots=True)
class Signatures:
    """The last line of the form: what it holds in all, and where people sign. On a form of cells, of every sheet."""

    note: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a handover, in a box of its own: what it is called, and a line to sign on for each label."""

    title: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parties:
    """Stands at the foot of every sheet: what the form holds in all, and the boxes where each side signs and seals."""

    note: str
    sides: tuple[Party, ...]
    day: str  # room for a date, at the lower right of each box


class Look(StrEnum):
    """How the text of a spot is set."""

    BODY = "body"
    LABEL = "label"
    TITLE = "title"


class Edge(StrEnum):
    """Which edges of a spot are ruled."""

    NONE = ""
    BOX = "ltrb"
    BELOW = "b"
    BELOW_TWICE = "bb"  # two rules below it
    SIDES = "lr"
    ENDS = "tb"


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece at an exact place, its corner so many millimetres from the sheet's upper left one.

    Its text is as large as size says (points), and smaller where it does not go in; nothing of it is ever cut.
    """

    left: float
    top: float
    width: float
    height: float
    text: str = ""
    size: float = 12.0
    look: Look = Look.BODY
    align: Align = Align.CENTRE
    edge: Edge = Edge.NONE
    goes_down: bool = False  # its characters stand below each other
    is_shaded: bool = False  # light grey behind its text: still readable when it is copied


@dataclass(frozen=True, slots=True)
class Spread:
    """One sheet of pieces that do not overlap: what is cut out, stuck on, or printed into a place that is fixed."""

    spots: tuple[Spot, ...]
    is_red: bool = False  # its rules, like those of a stamp


@dataclass(frozen=True, slots=True)
class PageFoot:
    """The line at the foot of each page; {page} and {pages} stand for the numbers."""

    left: str
    centre: str
    right: str


Block = Table | FormGrid | Spread | Signatures | Parties


@dataclass(frozen=True, slots=True)
class Page:
    """A form: head and foot are the same on every sheet, body flows between them.

    With editions (第一联, 第二联) the whole form comes once for each, numbered anew; {edition} in a note says which.
    A form of spreads has nothing else on its sheets; its head only says what the file is called.
    """

    sheet: Sheet
    head: tuple[Heading | Note, ...]
    body: tuple[Block, ...]
    foot: PageFoot
    editions: tuple[str, ...] = ("",)

    @property
    def steps(self) -> int:
        """How many steps of work it is to write it, for who watches: its rows, or its sheets."""
        return sum(len(block.rows) if isinstance(block, Table) else 1 for block in self.body)

    def head_of(self, edition: str) -> tuple[Heading | Note, ...]:
        """Return the head as it stands on the sheets of one edition."""
        return tuple(
            replace(
                block, left=block.left.replace("{edition}", edition), right=block.right.replace("{edition}", edition)
            )
            if isinstance(block, Note)
            else block
            for block in self.head
        )
