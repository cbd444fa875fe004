# SPDX-License-Identifier: MulanPSL-2.0
"""Pieces at exact places as one table of Word: its rows and columns are the edges of the pieces, the rest is empty.

Word moves text boxes about; rows of exact height and columns of exact width stay where they are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from docx.oxml.ns import nsdecls

from township_office.paper.blocks import Align, Edge, Look, Page, Spot, Spread
from township_office.paper.ink import SHADE
from township_office.paper.measures import POINT
from township_office.paper.spread import PAD, SetText, set_text
from township_office.paper.wordstyle import BODY, FOOT, LABEL, TITLE
from township_office.paper.wordtext import OPEN, RoomyWidths, inside_run

_STYLES = {Look.BODY: BODY, Look.LABEL: LABEL, Look.TITLE: TITLE}
_TWIPS = 20 * POINT  # in a millimetre
_NOTHING = 20  # twips: the paragraph Word wants in an empty cell, and above the table
_SIDES = {"t": "top", "l": "left", "b": "bottom", "r": "right"}  # in the order Word wants them
_WIDTHS = RoomyWidths()
_SHADED = f'<w:shd w:val="clear" w:color="auto" w:fill="{f"{round(SHADE * 255):02X}" * 3}"/>'


def spread_margins(page: Page) -> tuple[float, float, float, float]:
    """Return the margins, left, top, right and bottom, within which a page's spreads are one table."""
    spots = [spot for block in page.body if isinstance(block, Spread) for spot in block.spots]
    left, top = min(spot.left for spot in spots), min(spot.top for spot in spots)
    return left, top - _NOTHING / _TWIPS, 0.0, 0.0


def spread_xml(spread: Spread, page: Page) -> str:
    """Return a spread as the XML of a table that begins at the page's margins."""
    left, top, _, _ = spread_margins(page)
    top += _NOTHING / _TWIPS
    xs, ys = [_twips(left)], [_twips(top)]
    for spot in spread.spots:
        xs += [_twips(spot.left), _twips(spot.left + spot.width)]
        ys += [_twips(spot.top), _twips(spot.top + spot.height)]
    across, down = sorted(set(xs)), sorted(set(ys))
    covered: list[list[Spot | None]] = [[None] * (len(across) - 1) for _ in down[1:]]
    for spot in spread.spots:
        columns = range(*_bands(across, spot.left, spot.width))
        for row in range(*_bands(down, spot.top, spot.height)):
            for column in columns:
                covered[row][column] = spot
    colour = "CC0000" if spread.is_red else "000000"
    rows = "".join(
        _row(cells, across, (down[number], down[number + 1]), colour) for number, cells in enumerate(covered)
    )
    grid = "".join(f'<w:gridCol w:w="{end - begin}"/>' for begin, end in pairwise(across))
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{across[-1] - across[0]}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _twips(length: float) -> int:
    return round(length * _TWIPS)


def _bands(edges: Sequence[int], begin: float, length: float) -> tuple[int, int]:
    """Return between which of edges a piece lies."""
    return bisect_left(edges, _twips(begin)), bisect_left(edges, _twips(begin + length))


def _row(cells: Sequence[Spot | None], across: Sequence[int], band: tuple[int, int], colour: str) -> str:
    """Return one row: neighbours of one piece, or of none, are one cell."""
    drawn, start = [], 0
    for end in range(1, len(cells) + 1):
        if end == len(cells) or cells[end] is not cells[start]:
            drawn.append(_cell(cells[start], across[end] - across[start], end - start, band, colour))
            start = end
    height = f'<w:trHeight w:val="{band[1] - band[0]}" w:hRule="exact"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{''.join(drawn)}</w:tr>"


def _cell(spot: Spot | None, width: int, span: int, band: tuple[int, int], colour: str) -> str:
    shape = f'<w:tcW w:w="{width}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
    if spot is None:
        return f"<w:tc><w:tcPr>{shape}</w:tcPr>{_paragraph(FOOT, 'left', _NOTHING)}</w:tc>"
    is_first, is_last = band[0] == _twips(spot.top), band[1] == _twips(spot.top + spot.height)
    if not (is_first and is_last):
        shape += '<w:vMerge w:val="restart"/>' if is_first else "<w:vMerge/>"
    shape += _borders(spot.edge, colour, is_first=is_first, is_last=is_last)
    shape += (_SHADED if spot.is_shaded else "") + '<w:vAlign w:val="center"/>'
    said = _words(spot) if is_first and spot.text else _paragraph(FOOT, "left", _NOTHING)
    return f"<w:tc><w:tcPr>{shape}</w:tcPr>{said}</w:tc>"


def _borders(edge: Edge, colour: str, *, is_first: bool, is_last: bool) -> str:
    kind = "double" if edge is Edge.BELOW_TWICE else "single"
    ends = {"t": is_first, "b": is_last}
    there = [name for side, name in _SIDES.items() if side in edge.value and ends.get(side, True)]
    lines = "".join(f'<w:{name} w:val="{kind}" w:sz="6" w:space="0" w:color="{colour}"/>' for name in there)
    return f"<w:tcBorders>{lines}</w:tcBorders>" if lines else ""


def _words(spot: Spot) -> str:
    said: SetText = set_text(spot, _WIDTHS)
    side = "center" if spot.align is Align.CENTRE else "left"
    size = f'<w:sz w:val="{int(said.size * 2)}"/><w:szCs w:val="{int(said.size * 2)}"/>'
    text = inside_run("\n".join(said.lines), is_whole=True)
    indent = "" if spot.align is Align.CENTRE else f'<w:ind w:left="{_twips(PAD)}"/>'
    run = f"<w:r><w:rPr>{size}</w:rPr>{OPEN}{text}</w:t></w:r>"
    return _paragraph(_STYLES[spot.look], side, round(said.step * _TWIPS), indent, run)


def _paragraph(style: str, side: str, line: int, indent: str = "", runs: str = "") -> str:
    spacing = f'<w:spacing w:line="{line}" w:lineRule="exact"/>{indent}'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{spacing}<w:jc w:val="{side}"/></w:pPr>{runs}</w:p>'
