# SPDX-License-Identifier: MulanPSL-2.0
"""The boxes where two sides sign and seal, as a table of Word; as PDF has them."""

from __future__ import annotations

from itertools import accumulate, pairwise

from docx.oxml.ns import nsdecls

from township_office.paper.blocks import Parties, Party
from township_office.paper.measures import (
    NOTE_SIZE,
    PARTY_DAY,
    PARTY_LINE,
    PARTY_PAD,
    PARTY_SAID,
    PARTY_SLOT,
    PARTY_TITLE,
    POINT,
    party_height,
)
from township_office.paper.wordtext import NO_WIDTH, OPEN, ems, inside_run

_TWIPS = 20 * POINT  # in a millimetre
# A line to sign on: a tab that ends a paragraph is drawn by Word, but not by LibreOffice.
_LINE = f'<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:tab/>{OPEN}{NO_WIDTH}</w:t></w:r>'


def parties_xml(parties: Parties, width: float, style: str) -> str:
    """Return the boxes as the XML of a table of one row, width millimetres across; style is a paragraph style's."""
    edges = list(accumulate([round(width / len(parties.sides) * _TWIPS)] * len(parties.sides), initial=0))
    line = 'w:val="single" w:space="0" w:color="000000"'
    outer = "".join(f'<w:{side} {line} w:sz="12"/>' for side in ("top", "left", "bottom", "right"))
    pad = round(PARTY_PAD * _TWIPS)
    margins = f'<w:left w:w="{pad}" w:type="dxa"/><w:right w:w="{pad}" w:type="dxa"/>'
    columns = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(edges))
    height = round(party_height(parties) * _TWIPS)
    cells = "".join(_cell(side, parties, round(width / len(parties.sides), 2), style) for side in parties.sides)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{edges[-1]}" w:type="dxa"/><w:tblInd w:w="{pad}" w:type="dxa"/>'
        f'<w:tblBorders>{outer}<w:insideV {line} w:sz="6"/></w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr>{cells}</w:tr></w:tbl>'
    )


def _cell(side: Party, parties: Parties, width: float, style: str) -> str:
    """Return one box; those with fewer lines to sign on have more air above the day."""
    room = width - 2 * PARTY_PAD
    free = party_height(parties) - PARTY_TITLE - PARTY_LINE * len(side.labels) - PARTY_DAY
    said = [_paragraph(style, PARTY_TITLE, "", _run(side.title, NOTE_SIZE))]
    for label in side.labels:
        wide = ems(label + "：")
        size = min(NOTE_SIZE, room * POINT * PARTY_SAID / wide)
        begin = wide * size / POINT
        end = round(min(begin + PARTY_SLOT, room) * _TWIPS)
        stop = f'<w:tabs><w:tab w:val="left" w:pos="{end}"/></w:tabs>'
        said.append(_paragraph(style, PARTY_LINE, stop, _run(label + "：", size) + _LINE))
    day = _run(parties.day, NOTE_SIZE)
    said.append(_paragraph(style, PARTY_DAY - 1, "", day, before=max(free, 0.0), side="right"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{round(width * _TWIPS)}" w:type="dxa"/></w:tcPr>{"".join(said)}</w:tc>'


def _paragraph(style: str, height: float, tabs: str, runs: str, *, before: float = 0.0, side: str = "left") -> str:
    spacing = f'<w:spacing w:before="{round(before * _TWIPS)}" w:line="{round(height * _TWIPS)}" w:lineRule="exact"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{tabs}{spacing}<w:jc w:val="{side}"/></w:pPr>{runs}</w:p>'


def _run(text: str, size: float) -> str:
    half_points = int(size * 2)
    return f'<w:r><w:rPr><w:sz w:val="{half_points}"/></w:rPr>{OPEN}{inside_run(text)}</w:t></w:r>'
