# SPDX-License-Identifier: MulanPSL-2.0
"""The ink on one page, as PDF operators: shades, text, the lines through it, then the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from township_office.paper.blocks import Heading, Note, Parties, Party, Sheet, Signatures, Table
from township_office.paper.fonts import Face
from township_office.paper.layout import Piece
from township_office.paper.measures import (
    CLOSING_HEIGHT,
    FOOT_HEIGHT,
    FOOT_SIZE,
    HEADING_HEIGHT,
    LABEL_HEIGHT,
    LEADING,
    LETTER_SPACE,
    NOTE_HEIGHT,
    NOTE_SIZE,
    PARTY_DAY,
    PARTY_LINE,
    PARTY_NOTE,
    PARTY_PAD,
    PARTY_SAID,
    PARTY_SLOT,
    PARTY_TITLE,
    POINT,
    SHORT_TITLE,
    THICK_RULE,
    THIN_RULE,
    TITLE_SIZE,
    Frame,
    Grid,
    party_height,
)
from township_office.paper.setting import Cell, Setter
from township_office.paper.typecase import Alphabet, Typecase
from township_office.paper.wrap import wrap

_ASCENT = 0.86  # a Chinese character stands this far above the baseline, in parts of its size
_GREY = "0.45 g"
SHADE = 0.92  # of white: behind the days of rest
_STROKE = 0.025  # thickens a book face to a title's weight, in parts of its size


class Ink:
    """Collects what is drawn on one page; draws what stands above and below the rules."""

    def __init__(self, sheet: Sheet, frame: Frame, case: Typecase) -> None:
        """All that is drawn lies in frame and between the sheet's margins."""
        self._sheet = sheet
        self._frame = frame
        self._case = case
        self._body = case.face(Face.FANG)
        self._left, self._right = sheet.left * POINT, (sheet.width - sheet.right) * POINT
        self._fills: list[str] = []
        self._texts: list[str] = []
        self._strikes: list[str] = []
        self._thin: list[str] = []
        self._thick: list[str] = []
        self._colour = ""  # of the rules, as an operator

    def content(self) -> bytes:
        """Return the operators of the page."""
        parts = [f"q {SHADE} g", *self._fills, "f Q"] if self._fills else []
        parts += ["BT", *self._texts, "ET"] if self._texts else []
        if self._strikes:
            parts += ["q 0.45 G 0.6 w", *self._strikes, "S Q"]
        if self._thin:
            parts += [f"q {self._colour}{THIN_RULE * POINT:.2f} w", *self._thin, "S Q"]
        if self._thick:
            parts += [f"q {self._colour}{THICK_RULE * POINT:.2f} w 2 J", *self._thick, "S Q"]
        return "\n".join(parts).encode("ascii")

    def head(self, blocks: Iterable[Heading | Note]) -> None:
        """Draw the head of the page."""
        top = self._sheet.top
        for block in blocks:
            match block:
                case Heading(text):
                    top = self._heading(text, top)
                case Note(left, right):
                    top = self._note(left, right, top)

    def _heading(self, text: str, top: float) -> float:
        """Draw the title, centred, spaced when short and smaller when long; return the top of what follows."""
        alphabet = self._case.face(Face.TITLE)
        space = LETTER_SPACE if len(text) <= SHORT_TITLE else 0.0
        ems = alphabet.width(text) / 1000 + space * (len(text) - 1)
        size = min(TITLE_SIZE, (self._right - self._left) / max(ems, 1))
        x = (self._left + self._right - ems * size) / 2
        before = f"{space * size:.2f} Tc" + self._weight(alphabet, size)
        self._texts += [before, self._line(x, top, HEADING_HEIGHT - 2, alphabet.ops(text, size), size), "0 Tc 0 Tr"]
        return top + HEADING_HEIGHT

    def _weight(self, alphabet: Alphabet, size: float) -> str:
        """Return the operators that make a book face as heavy as a title; "0 Tr" ends them."""
        is_thin = alphabet.replaced is not None and "标宋" not in alphabet.replaced[1]
        return f" 2 Tr {_STROKE * size:.2f} w" if is_thin else ""

    def _note(self, left: str, right: str, top: float) -> float:
        """Draw a line of small text above the table; a long left piece gets smaller to leave the right one room."""
        body = self._body
        for_right = body.width(right) * NOTE_SIZE / 1000
        room = self._right - self._left - for_right - 10
        size = min(NOTE_SIZE, room / max(body.width(left) / 1000, 1))
        self._text(body, left, size, self._left, top, NOTE_HEIGHT)
        self._text(body, right, NOTE_SIZE, self._right - for_right, top, NOTE_HEIGHT)
        return top + NOTE_HEIGHT

    def foot(self, left: str, centre: str, right: str) -> None:
        """Draw the foot of the page."""
        body, top = self._body, self._frame.foot_top
        self._text(body, left, FOOT_SIZE, self._left, top, FOOT_HEIGHT)
        width = body.width(centre) * FOOT_SIZE / 1000
        self._text(body, centre, FOOT_SIZE, (self._left + self._right - width) / 2, top, FOOT_HEIGHT)
        width = body.width(right) * FOOT_SIZE / 1000
        self._text(body, right, FOOT_SIZE, self._right - width, top, FOOT_HEIGHT)

    def closing(self, closing: Signatures) -> None:
        """Draw the last line: what the form holds on the left, labels with a line to sign on to the right."""
        body, top, size = self._body, self._frame.closing_top, NOTE_SIZE
        line = self._right - self._left
        note_width = min(body.width(closing.note) * FOOT_SIZE / 1000, line * (0.42 if closing.labels else 1))
        lines = wrap(closing.note, note_width / FOOT_SIZE * 1000 + 1, body.widths)
        step = FOOT_SIZE * LEADING / POINT
        for number, text in enumerate(lines):
            offset = 1.2 + (CLOSING_HEIGHT - step * len(lines)) / 2 + step * number
            self._text(body, text, FOOT_SIZE, self._left, top + offset, step)
        if not closing.labels:
            return
        said = [label + "：" for label in closing.labels]
        widths = [body.width(text) * size / 1000 for text in said]
        slot = min(30 * POINT, (line - note_width - 8 * POINT - sum(widths)) / len(said) - 4 * POINT)
        x = self._right - sum(widths) - (slot + 4 * POINT) * len(said) + 4 * POINT
        low = self._up(top + CLOSING_HEIGHT - 2.2)
        for text, width in zip(said, widths, strict=True):
            self._text(body, text, size, x, top + 1.2, CLOSING_HEIGHT)
            self._thin.append(f"{x + width:.2f} {low:.2f} m {x + width + slot:.2f} {low:.2f} l")
            x += width + slot + 4 * POINT

    def parties(self, closing: Parties) -> None:
        """Draw the boxes where each side signs and seals."""
        top = self._frame.closing_top
        self._text(self._body, closing.note, FOOT_SIZE, self._left, top, PARTY_NOTE)
        top += PARTY_NOTE
        bottom = top + party_height(closing)
        high, low = self._up(top), self._up(bottom)
        width = (self._right - self._left) / len(closing.sides)
        for number, side in enumerate(closing.sides):
            left = self._left + number * width
            self._party(side, left + PARTY_PAD * POINT, left + width - PARTY_PAD * POINT, top)
            x = left + width - PARTY_PAD * POINT - self._body.width(closing.day) * NOTE_SIZE / 1000
            self._text(self._body, closing.day, NOTE_SIZE, x, bottom - PARTY_DAY, PARTY_DAY)
            if number:
                self._thin.append(f"{left:.2f} {low:.2f} m {left:.2f} {high:.2f} l")
        self._thick.append(f"{self._left:.2f} {low:.2f} {self._right - self._left:.2f} {high - low:.2f} re")

    def _party(self, side: Party, left: float, right: float, top: float) -> None:
        """Draw what stands in one box, between left and right; a label with a long name in it gets smaller."""
        self._text(self._body, side.title, NOTE_SIZE, left, top, PARTY_TITLE)
        for place, label in enumerate(side.labels):
            ems = self._body.width(label + "：") / 1000
            size = min(NOTE_SIZE, (right - left) * PARTY_SAID / ems)
            y = top + PARTY_TITLE + PARTY_LINE * place
            self._text(self._body, label + "：", size, left, y, PARTY_LINE)
            begin, low = left + ems * size, self._up(y + PARTY_LINE - 1.5)
            end = min(begin + PARTY_SLOT * POINT, right)
            self._thin.append(f"{begin:.2f} {low:.2f} m {end:.2f} {low:.2f} l")

    def _text(self, alphabet: Alphabet, text: str, size: float, x: float, top: float, height: float) -> None:
        self._texts.append(self._line(x, top, height, alphabet.ops(text, size), size))

    def _line(self, x: float, top: float, height: float, ops: str, size: float) -> str:
        y = self._up(top + height / 2) - (_ASCENT - 0.5) * size
        return f"1 0 0 1 {x:.2f} {y:.2f} Tm {ops}"

    def _up(self, y: float) -> float:
        """Return a distance from the sheet's top in millimetres as PDF counts it: points from the bottom."""
        return (self._sheet.height - y) * POINT


class TableInk(Ink):
    """Draws the rows of a table."""

    def __init__(self, sheet: Sheet, frame: Frame, grid: Grid, setter: Setter, case: Typecase) -> None:
        """Rows stand on grid as setter sets them."""
        super().__init__(sheet, frame, case)
        self._grid = grid
        self._setter = setter

    def labels(self) -> None:
        """Draw the labels of the columns."""
        for cell in self._setter.labels():
            self._cell(cell, self._setter.bold, self._frame.table_top, LABEL_HEIGHT)

    def rows(self, pieces: Sequence[Piece], table: Table, *, is_whole: bool) -> None:
        """Draw rows and their rules; on a sheet that goes through the printer again, without the labels' rules."""
        top = self._frame.rows_top + (pieces[0].top if pieces and not is_whole else 0.0)
        bottom = self._frame.rows_top + table.row_height
        for piece in pieces:
            self._row(piece, table)
            bottom = self._frame.rows_top + piece.top + piece.box.height
            self._level(bottom)
        begin = self._frame.table_top if is_whole else top
        edges = [edge * POINT for edge in self._grid.edges]
        low, high = self._up(bottom), self._up(begin)
        for x in edges[1:-1]:
            self._thin.append(f"{x:.2f} {self._up(bottom if pieces else top):.2f} m {x:.2f} {high:.2f} l")
        for x in (edges[0], edges[-1]):
            self._thick.append(f"{x:.2f} {low:.2f} m {x:.2f} {high:.2f} l")
        self._thick.append(f"{edges[0]:.2f} {low:.2f} m {edges[-1]:.2f} {low:.2f} l")
        if is_whole:
            self._thick.append(f"{edges[0]:.2f} {high:.2f} m {edges[-1]:.2f} {high:.2f} l")
            self._level(self._frame.rows_top)
        if not pieces:
            width = self._setter.body.width(table.empty) * self._grid.body_size / 1000
            x = (self._left + self._right - width) / 2
            self._text(self._setter.body, table.empty, self._grid.body_size, x, top, table.row_height)

    def _row(self, piece: Piece, table: Table) -> None:
        box = piece.box
        top = self._frame.rows_top + piece.top
        mark_height = box.mark.height if box.mark else 0.0
        for index, (cell, column) in enumerate(zip(box.cells, table.columns, strict=True)):
            is_struck = box.is_voided and not column.is_comment
            height = box.height if index else box.height - mark_height
            if is_struck:
                self._texts.append(_GREY)
                self._cell(cell, self._setter.body, top, height, is_struck=True)
                self._texts.append("0 g")
            else:
                self._cell(cell, self._setter.body, top, height)
            if box.mark and not index:
                free = (box.height - mark_height - cell.height) / 2
                self._cell(box.mark, self._setter.bold, top + free + cell.height, mark_height)

    def _cell(self, cell: Cell, alphabet: Alphabet, top: float, height: float, *, is_struck: bool = False) -> None:
        """Draw the lines of a cell in the middle of the height it has."""
        if cell.ops is None:
            cell.ops = [alphabet.ops(text, cell.size) for text, _, _ in cell.lines]
        size = cell.size
        y = self._up(top + (height - cell.height) / 2) - ((LEADING - 1) / 2 + _ASCENT) * size
        for ops, (_, x, width) in zip(cell.ops, cell.lines, strict=True):
            self._texts.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm {ops}")
            if is_struck:
                middle = y + (_ASCENT - 0.5) * size
                self._strikes.append(f"{x:.2f} {middle:.2f} m {x + width:.2f} {middle:.2f} l")
            y -= size * LEADING

    def _level(self, y: float) -> None:
        self._thin.append(f"{self._left:.2f} {self._up(y):.2f} m {self._right:.2f} {self._up(y):.2f} l")
