# SPDX-License-Identifier: MulanPSL-2.0
"""The ink of a form of cells, as PDF operators."""

from __future__ import annotations

from typing import assert_never

from township_office.paper.blocks import Align, Role
from township_office.paper.cells import (
    BOX_FOOT,
    BOX_LABEL,
    BOX_TOP,
    LABEL_SIZE,
    PAD_ACROSS,
    PAD_DOWN,
    FormSheet,
    Placed,
)
from township_office.paper.fonts import Face
from township_office.paper.ink import Ink
from township_office.paper.measures import POINT


class FormInk(Ink):
    """Draws the cells of a form on one page."""

    def cells(self, sheet: FormSheet) -> None:
        """Draw every cell and its rules; the outer ones are thick."""
        tops = [self._frame.table_top + top for top in sheet.tops]
        for placed in sheet.cells:
            end = placed.row + placed.cell.down
            self._words(placed, tops[placed.row], tops[end])
            left, right = self._left + placed.left * POINT, self._left + placed.right * POINT
            low, high = self._up(tops[end]), self._up(tops[placed.row])
            if right < self._right - 1:
                self._thin.append(f"{right:.2f} {low:.2f} m {right:.2f} {high:.2f} l")
            if end < len(sheet.heights):
                self._thin.append(f"{left:.2f} {low:.2f} m {right:.2f} {low:.2f} l")
        low, high = self._up(tops[-1]), self._up(tops[0])
        self._thick.append(f"{self._left:.2f} {low:.2f} {self._right - self._left:.2f} {high - low:.2f} re")

    def _words(self, placed: Placed, top: float, bottom: float) -> None:
        cell = placed.cell
        step = placed.step
        middle = (top + bottom - step * len(placed.words.lines)) / 2
        match cell.role:
            case Role.LABEL | Role.SIDE:
                self._label(placed, middle, step)
            case Role.VALUE | Role.FIGURE:
                self._lines(placed, middle, step)
            case Role.BOX:
                begin = top + PAD_DOWN + BOX_TOP
                if cell.label:
                    x = self._left + (placed.left + PAD_ACROSS) * POINT
                    self._text(self._case.face(Face.HEI), cell.label, LABEL_SIZE, x, begin, BOX_LABEL - BOX_TOP)
                    begin += BOX_LABEL
                self._lines(placed, begin, step)
                width = self._body.width(cell.foot) * placed.foot_size / 1000
                x = self._left + (placed.right - 2 * PAD_ACROSS) * POINT - width
                self._text(self._body, cell.foot, placed.foot_size, x, bottom - BOX_FOOT - PAD_DOWN, BOX_FOOT)
            case _ as unreachable:
                assert_never(unreachable)

    def _lines(self, placed: Placed, top: float, step: float) -> None:
        size = placed.words.size
        left, right = (self._left + edge * POINT for edge in (placed.left, placed.right))
        for number, line in enumerate(placed.words.lines):
            x = left + PAD_ACROSS * POINT
            if placed.cell.align is Align.CENTRE:
                x = (left + right - self._body.width(line) * size / 1000) / 2
            self._text(self._body, line, size, x, top + number * step, step)

    def _label(self, placed: Placed, top: float, step: float) -> None:
        """Draw a label in the middle of its cell, a short one spaced out."""
        bold, size, gap = self._case.face(Face.HEI), placed.words.size, placed.gap
        middle = self._left + (placed.left + placed.right) / 2 * POINT
        for number, line in enumerate(placed.words.lines):
            x = middle - (bold.width(line) / 1000 + gap * (len(line) - 1)) * size / 2
            for char in line if gap else [line]:
                self._text(bold, char, size, x, top + number * step, step)
                x += (bold.width(char) / 1000 + gap) * size
