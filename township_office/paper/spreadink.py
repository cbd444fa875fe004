# SPDX-License-Identifier: MulanPSL-2.0
"""The ink of pieces at exact places, as PDF operators."""

from __future__ import annotations

from township_office.paper.blocks import Align, Edge, Look, Sheet, Spot, Spread
from township_office.paper.fonts import Face
from township_office.paper.ink import Ink
from township_office.paper.measures import POINT, Frame
from township_office.paper.spread import PAD, SetText, set_text
from township_office.paper.typecase import Typecase

FACES = {Look.BODY: Face.FANG, Look.LABEL: Face.HEI, Look.TITLE: Face.TITLE}
TWICE = 1.0  # mm between the two rules below a name
_RED = "0.8 0 0 RG "


class SpreadInk(Ink):
    """Draws the pieces of one sheet. kept: texts that come again on the next one, set once."""

    def __init__(self, sheet: Sheet, frame: Frame, case: Typecase, kept: dict[tuple[object, ...], SetText]) -> None:
        """See Ink."""
        super().__init__(sheet, frame, case)
        self._kept = kept

    def spread(self, spread: Spread) -> None:
        """Draw every piece."""
        self._colour = _RED if spread.is_red else ""
        for spot in spread.spots:
            if spot.is_shaded:
                self._shade(spot)
            if spot.edge is not Edge.NONE:
                self._edge(spot)
            if spot.text:
                self._words(spot)

    def _shade(self, spot: Spot) -> None:
        left, low = spot.left * POINT, self._up(spot.top + spot.height)
        self._fills.append(f"{left:.2f} {low:.2f} {spot.width * POINT:.2f} {spot.height * POINT:.2f} re")

    def _edge(self, spot: Spot) -> None:
        left, right = spot.left * POINT, (spot.left + spot.width) * POINT
        high, low = self._up(spot.top), self._up(spot.top + spot.height)
        match spot.edge:
            case Edge.BOX:
                self._thin.append(f"{left:.2f} {low:.2f} {right - left:.2f} {high - low:.2f} re")
            case Edge.SIDES:
                self._thin += [f"{x:.2f} {low:.2f} m {x:.2f} {high:.2f} l" for x in (left, right)]
            case Edge.ENDS:
                self._thin += [f"{left:.2f} {y:.2f} m {right:.2f} {y:.2f} l" for y in (high, low)]
            case _:
                lines = (low + TWICE * POINT, low) if spot.edge is Edge.BELOW_TWICE else (low,)
                self._thin += [f"{left:.2f} {y:.2f} m {right:.2f} {y:.2f} l" for y in lines]

    def _words(self, spot: Spot) -> None:
        alphabet = self._case.face(FACES[spot.look])
        key = (spot.text, spot.width, spot.height, spot.size, spot.look, spot.align, spot.goes_down)
        said = self._kept.get(key)
        if said is None:
            said = self._kept[key] = set_text(spot, alphabet.widths)
        top = spot.top + (spot.height - said.step * len(said.lines)) / 2
        weight = self._weight(alphabet, said.size) if spot.look is Look.TITLE else ""
        if weight:
            self._texts.append(weight)
        for number, line in enumerate(said.lines):
            x = (spot.left + PAD) * POINT
            if spot.align is Align.CENTRE:
                x = (spot.left + spot.width / 2) * POINT - alphabet.width(line) * said.size / 2000
            self._text(alphabet, line, said.size, x, top + number * said.step, said.step)
        if weight:
            self._texts.append("0 Tr")
