# SPDX-License-Identifier: MulanPSL-2.0
"""The paragraph styles every document of ours has: an office that changes one changes the whole document."""

from __future__ import annotations

from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from township_office.paper.fonts import Face, files_for, find_fonts
from township_office.paper.measures import (
    FOOT_HEIGHT,
    FOOT_SIZE,
    HEADING_HEIGHT,
    LEADING,
    MARK_SIZE,
    NOTE_HEIGHT,
    NOTE_SIZE,
    POINT,
    TITLE_SIZE,
)

TITLE, NOTE, LABEL, BODY, MARK, FOOT = (
    "登记簿标题",
    "登记簿说明",
    "登记簿表头",
    "登记簿正文",
    "登记簿标记",
    "登记簿页脚",
)
_LATIN = "Times New Roman"


def add_styles(document: DocumentObject, body_size: float) -> None:
    """Add the styles, of which those of a table's body are as large as the table has room for."""
    _style(document, TITLE, Face.TITLE, TITLE_SIZE, HEADING_HEIGHT * POINT)
    _style(document, NOTE, Face.FANG, NOTE_SIZE, NOTE_HEIGHT * POINT)
    _style(document, LABEL, Face.HEI, body_size, body_size * LEADING)
    _style(document, BODY, Face.FANG, body_size, body_size * LEADING)
    _style(document, MARK, Face.HEI, MARK_SIZE, MARK_SIZE * LEADING)
    _style(document, FOOT, Face.FANG, FOOT_SIZE, FOOT_HEIGHT * POINT)


def end_small(paragraph: Paragraph) -> None:
    """Make a paragraph that Word wants, and nobody else, next to nothing."""
    paragraph.style = FOOT
    paragraph.paragraph_format.line_spacing = Pt(1)


def _style(document: DocumentObject, name: str, face: Face, size: float, line: float) -> None:
    """Add a paragraph style; without w:eastAsia Word sets Chinese in a font of its own choice."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    name_in_word, style.font.bold = _word_face(face)
    fonts.set(qn("w:eastAsia"), name_in_word)
    fonts.set(qn("w:hint"), "eastAsia")  # else “” and … are set narrow, as Latin signs
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), _LATIN)
    for gap in ("autoSpaceDE", "autoSpaceDN"):  # no air between figures and characters: a 文号 must fit its column
        style.element.get_or_add_pPr().append(parse_xml(f'<w:{gap} {nsdecls("w")} w:val="0"/>'))
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)


def _word_face(face: Face) -> tuple[str, bool | None]:
    """Return the name Word knows face by, and whether to set it bold.

    Offices buy 小标宋 from 方正; on a machine without it 宋体 in bold comes nearest and opens alike everywhere.
    """
    if face is not Face.TITLE:
        return face.value, None
    files = files_for(face, find_fonts())
    return ("方正小标宋简体", None) if files and files[0].is_wanted else (Face.SONG.value, True)
