# SPDX-License-Identifier: MulanPSL-2.0
"""Write a form as .docx that Word and WPS open as it is: real header rows, page fields, Chinese fonts by name.

Rows are written as XML text and parsed once; python-docx's own cells take a hundred times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import assert_never

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from township_office.core.progress import Progress, silent
from township_office.paper.blocks import (
    Align,
    Column,
    FormGrid,
    Heading,
    Note,
    Page,
    Parties,
    Row,
    Sheet,
    Signatures,
    Table,
)
from township_office.paper.cells import BODY_SIZE
from township_office.paper.cellword import Styles, form_xml
from township_office.paper.files import whole_file
from township_office.paper.fonts import Face, files_for, find_fonts
from township_office.paper.measures import (
    CLOSING_HEIGHT,
    FOOT_HEIGHT,
    FOOT_SIZE,
    HEADING_HEIGHT,
    LABEL_HEIGHT,
    LEADING,
    LETTER_SPACE,
    MARK_SIZE,
    NOTE_HEIGHT,
    NOTE_SIZE,
    PAD,
    PARTY_GAP,
    PARTY_NOTE,
    POINT,
    SHORT_TITLE,
    SMALLEST,
    TITLE_SIZE,
    Grid,
    closing_height,
    form_room,
    grid,
)
from township_office.paper.partyword import parties_xml
from township_office.paper.wordtext import OPEN, clean, ems, inside_run

_TITLE, _NOTE, _LABEL, _BODY, _MARK, _FOOT = (
    "登记簿标题",
    "登记簿说明",
    "登记簿表头",
    "登记簿正文",
    "登记簿标记",
    "登记簿页脚",
)
_LATIN = "Times New Roman"
_STRUCK = '<w:strike/><w:color w:val="737373"/>'
_KEEP = "<w:keepNext/>"
_COMPANY = 2  # rows that go with the closing line
_AT_ONCE = 200


def write(page: Page, path: Path, progress: Progress = silent) -> None:
    """Write page to path, whole or not at all; raises OfficeError when path cannot be written."""
    document = Document()
    _prepare(document, page)
    _write_foot(document, page)
    for number, edition in enumerate(page.editions):
        if number:
            _begin_edition(document)
        _write_head(document, page.head_of(edition), _width(page.sheet))
        _write_body(document, page, progress)
    with whole_file(path) as unfinished:
        document.save(str(unfinished))


def _write_body(document: DocumentObject, page: Page, progress: Progress) -> None:
    """Write what flows from sheet to sheet; what closes every one of them stands in the footer."""
    company = _COMPANY if any(isinstance(block, Signatures) for block in page.body) else 0
    for block in page.body:
        match block:
            case Table():
                _write_table(document, block, page.sheet, company, progress)
            case FormGrid():
                _write_form(document, block, page)
            case Signatures() if isinstance(page.body[0], Table):
                _write_closing(partial(document.add_paragraph, style=_NOTE), block, _width(page.sheet))
            case Signatures():
                pass
            case Parties():
                _end_small(document.add_paragraph())
            case _ as unreachable:
                assert_never(unreachable)


def _begin_edition(document: DocumentObject) -> None:
    """Begin the whole form anew, with a head of its own; the foot is the same."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.header.is_linked_to_previous = False
    _end_small(document.paragraphs[-1])


def _end_small(paragraph: Paragraph) -> None:
    """Make the paragraph that Word wants behind a table next to nothing."""
    paragraph.style = _FOOT
    paragraph.paragraph_format.line_spacing = Pt(1)


def _width(sheet: Sheet) -> float:
    return sheet.width - sheet.left - sheet.right


def _prepare(document: DocumentObject, page: Page) -> None:
    sheet, section = page.sheet, document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.width > sheet.height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
    section.left_margin, section.right_margin = Mm(sheet.left), Mm(sheet.right)
    head = sum(HEADING_HEIGHT if isinstance(block, Heading) else NOTE_HEIGHT for block in page.head)
    section.top_margin, section.header_distance = Mm(sheet.top + head), Mm(sheet.top)
    if len(page.editions) > 1:  # each is numbered anew
        document.element.body.sectPr.insert_element_before(
            parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'), "w:cols", "w:docGrid"
        )
    section.bottom_margin, section.footer_distance = Mm(_bottom_margin(page)), Mm(sheet.bottom)
    body_size = _body_size(page)
    _style(document, _TITLE, Face.TITLE, TITLE_SIZE, HEADING_HEIGHT * POINT)
    _style(document, _NOTE, Face.FANG, NOTE_SIZE, NOTE_HEIGHT * POINT)
    _style(document, _LABEL, Face.HEI, body_size, body_size * LEADING)
    _style(document, _BODY, Face.FANG, body_size, body_size * LEADING)
    _style(document, _MARK, Face.HEI, MARK_SIZE, MARK_SIZE * LEADING)
    _style(document, _FOOT, Face.FANG, FOOT_SIZE, FOOT_HEIGHT * POINT)
    said = document.core_properties
    said.title = next((block.text for block in page.head if isinstance(block, Heading)), "")
    said.author = said.last_modified_by = said.comments = ""
    said.created = said.modified = datetime.now(UTC)


def _body_size(page: Page) -> float:
    first = page.body[0]
    return _lines(first, page.sheet).body_size if isinstance(first, Table) else BODY_SIZE


def _bottom_margin(page: Page) -> float:
    """Return the room for the foot; what closes every sheet stands there too."""
    is_flowing = isinstance(page.body[0], Table)
    closing = (block for block in page.body if not (is_flowing and isinstance(block, Signatures)))
    return page.sheet.bottom + FOOT_HEIGHT + 2 + sum(map(closing_height, closing))


def _lines(table: Table, sheet: Sheet) -> Grid:
    return grid(table, sheet.left, sheet.width - sheet.left - sheet.right)


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


def _write_head(document: DocumentObject, head: Iterable[Heading | Note], width: float) -> None:
    """Put title and office into the header, so that they stand on every sheet of this edition."""
    header = document.sections[-1].header
    paragraph = header.paragraphs[0]
    for number, block in enumerate(head):
        if number:
            paragraph = header.add_paragraph()
        match block:
            case Heading(text):
                paragraph.style = _TITLE
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                run = paragraph.add_run(clean(text))
                if (smaller := width * POINT / max(ems(text), 1)) < TITLE_SIZE:
                    run.font.size = Pt(int(smaller * 2) / 2)
                if len(text) <= SHORT_TITLE:
                    spacing = f'<w:spacing {nsdecls("w")} w:val="{round(LETTER_SPACE * TITLE_SIZE * 20)}"/>'
                    run.element.get_or_add_rPr().insert_element_before(parse_xml(spacing), "w:sz")
            case Note(left, right):
                paragraph.style = _NOTE
                paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
                paragraph.add_run(f"{clean(left)}\t{clean(right)}")
            case _ as unreachable:
                assert_never(unreachable)


def _write_foot(document: DocumentObject, page: Page) -> None:
    foot, width = page.foot, _width(page.sheet)
    paragraph: Paragraph = document.sections[0].footer.paragraphs[0]
    for block in page.body:
        add = partial(paragraph.insert_paragraph_before, style=_NOTE)
        if isinstance(block, Parties):
            _write_parties(add(), block, width)
            paragraph.paragraph_format.space_before = Mm(PARTY_GAP)
        elif isinstance(block, Signatures) and isinstance(page.body[0], FormGrid):
            _write_closing(add, block, width)
    paragraph.style = _FOOT
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width / 2), WD_TAB_ALIGNMENT.CENTER)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    for piece in re.split(r"(\{pages?\})", f"{foot.left}\t{foot.centre}\t{foot.right}"):
        if piece in ("{page}", "{pages}"):
            _add_field(paragraph, "PAGE" if piece == "{page}" else _pages_field(page))
        elif piece:
            paragraph.add_run(clean(piece))


def _pages_field(page: Page) -> str:
    return "NUMPAGES" if len(page.editions) == 1 else "SECTIONPAGES"


def _add_field(paragraph: Paragraph, name: str) -> None:
    # LibreOffice does not count the pages of a section: better a gap to fill in than a wrong number.
    known = "　" if name == "SECTIONPAGES" else "1"
    xml = f'<w:fldSimple {nsdecls("w")} w:instr="{name}"><w:r><w:t>{known}</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(xml))  # noqa: SLF001  python-docx has no fields


def _write_closing(add: Callable[[], Paragraph], closing: Signatures, width: float) -> None:
    """Write the summary and the lines to sign on, as PDF has them: labels to the right, a rule after each."""
    said = [label + "：" for label in closing.labels]
    sizes = [len(label) * NOTE_SIZE / POINT for label in said]
    slot, gap = 30.0, 4.0
    begin = width - sum(sizes) - (slot + gap) * len(said) + gap
    paragraph = add()
    paragraph.add_run(clean(closing.note)).font.size = Pt(FOOT_SIZE)
    if said and ems(closing.note) * FOOT_SIZE / POINT > begin - gap:
        paragraph.paragraph_format.keep_with_next = True
        paragraph = add()
    paragraph.paragraph_format.space_before = Mm(CLOSING_HEIGHT - NOTE_HEIGHT + 2)
    stops = paragraph.paragraph_format.tab_stops
    for label, size in zip(said, sizes, strict=True):
        stops.add_tab_stop(Mm(begin))
        stops.add_tab_stop(Mm(begin + size + slot), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
        paragraph.add_run(f"\t{clean(label)}\t")
        begin += size + slot + gap


def _write_parties(note: Paragraph, parties: Parties, width: float) -> None:
    """Write the boxes where each side signs below the paragraph that says what the form holds."""
    note.paragraph_format.line_spacing = Mm(PARTY_NOTE)
    note.add_run(clean(parties.note)).font.size = Pt(FOOT_SIZE)
    note._p.addnext(parse_xml(parties_xml(parties, width, _NOTE)))  # noqa: SLF001  python-docx puts tables at the end


def _write_form(document: DocumentObject, form: FormGrid, page: Page) -> None:
    """Write a form of cells."""
    styles = Styles(label=_LABEL, body=_BODY)
    drawn = parse_xml(form_xml(form, _width(page.sheet), form_room(page), styles))
    document.element.body.insert_element_before(drawn, "w:sectPr")
    _end_small(document.add_paragraph())


def _write_table(document: DocumentObject, table: Table, sheet: Sheet, company: int, progress: Progress) -> None:
    """Write the table; its last rows, as many as company says, stay with what follows."""
    lines = _lines(table, sheet)
    widths = [round((right - left) * POINT * 20) for left, right in pairwise(lines.edges)]
    rooms = [(width / 20 - 2 * PAD * POINT) / lines.body_size for width in widths]
    labels = [_even(column.label, room) for column, room in zip(table.columns, rooms, strict=True)]
    drawn = parse_xml(_table_head(widths, labels))
    document.element.body.insert_element_before(drawn, "w:sectPr")
    total = len(table.rows)
    for start in range(0, total, _AT_ONCE):
        progress(start, total)
        xml = "".join(
            _row_xml(row, table, widths, rooms, _KEEP if number >= total - company else "", lines.body_size)
            for number, row in enumerate(table.rows[start : start + _AT_ONCE], start)
        )
        # Row by row: libxml2 takes time by the square of what it moves from one tree to another.
        for element in list(parse_xml(f"<w:tbl {nsdecls('w')}>{xml}</w:tbl>")):
            drawn.append(element)
    if not total:
        cell = _cell_xml(sum(widths), _paragraph(_BODY, _KEEP, Align.CENTRE, "", table.empty), len(widths))
        drawn.append(parse_xml(f"<w:tr {nsdecls('w')}>{_row_shape(table.row_height)}{cell}</w:tr>"))
    progress(total, total)


def _table_head(widths: list[int], labels: list[str]) -> str:
    thick, thin = 'w:val="single" w:sz="12" w:space="0" w:color="000000"', 'w:val="single" w:sz="6" w:space="0"'
    outer = "".join(f"<w:{side} {thick}/>" for side in ("top", "left", "bottom", "right"))
    inner = "".join(f'<w:{side} {thin} w:color="000000"/>' for side in ("insideH", "insideV"))
    pad = round(PAD * POINT * 20)
    margins = "".join(
        f'<w:{side} w:w="{room}" w:type="dxa"/>'
        for side, room in (("top", pad // 2), ("left", pad), ("bottom", pad // 2), ("right", pad))
    )
    grid_columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cells = "".join(
        _cell_xml(width, _paragraph(_LABEL, _KEEP, Align.CENTRE, "", label))
        for width, label in zip(widths, labels, strict=True)
    )
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="{pad}" w:type="dxa"/>'
        f"<w:tblBorders>{outer}{inner}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{grid_columns}</w:tblGrid>"
        f"<w:tr>{_row_shape(LABEL_HEIGHT, '<w:tblHeader/>')}{cells}</w:tr></w:tbl>"
    )


def _row_shape(height: float, more: str = "") -> str:
    twips = round(height * POINT * 20)
    return f'<w:trPr><w:cantSplit/><w:trHeight w:val="{twips}" w:hRule="atLeast"/>{more}</w:trPr>'


def _row_xml(row: Row, table: Table, widths: list[int], rooms: list[float], keep: str, size: float) -> str:
    cells = []
    for index, (text, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        look = _STRUCK if row.is_voided and not column.is_comment else ""
        fitted, smaller = _fitted(text, column, rooms[index], size)
        content = _paragraph(_BODY, keep, column.align, look + smaller, fitted, is_whole=column.is_whole)
        if row.mark and not index:
            content += _paragraph(_MARK, keep, Align.CENTRE, "", row.mark)
        cells.append(_cell_xml(widths[index], content))
    return f"<w:tr>{_row_shape(table.row_height)}{''.join(cells)}</w:tr>"


def _fitted(text: str, column: Column, room: float, size: float) -> tuple[str, str]:
    """Return a number, a date or a 文号 so that it reads well in a room counted in ems: broken, or in smaller type."""
    wide = ems(text) if column.is_whole else 0.0
    if wide <= room:
        return text, ""
    head, bracket, year = text.rpartition("〔")
    if column.align is Align.LEFT and head and ems(bracket + year) <= room:
        return f"{head}\n{bracket}{year}", ""
    factor = room / wide
    return text, f'<w:sz w:val="{int(size * 2 * factor)}"/>' if factor >= SMALLEST else ""


def _cell_xml(width: int, content: str, span: int = 1) -> str:
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
    )


def _paragraph(style: str, keep: str, align: Align, look: str, text: str, *, is_whole: bool = False) -> str:
    side = '<w:jc w:val="center"/>' if align is Align.CENTRE else '<w:jc w:val="left"/>'
    shape = f'<w:pPr><w:pStyle w:val="{style}"/>{keep}{side}</w:pPr>'
    if not text:
        return f"<w:p>{shape}</w:p>"
    return f"<w:p>{shape}<w:r><w:rPr>{look}</w:rPr>{OPEN}{inside_run(text, is_whole=is_whole)}</w:t></w:r></w:p>"


def _even(label: str, room: float) -> str:
    """Return label broken into lines of much the same length when it is wider than room, counted in ems."""
    lines = ceil(ems(label) / room)
    step = ceil(len(label) / lines) if lines > 1 else len(label)
    return "\n".join(label[start : start + step] for start in range(0, len(label), step or 1))
