# SPDX-License-Identifier: MulanPSL-2.0
"""Write a form as .docx that Word and WPS open as it is: real header rows, page fields, Chinese fonts by name.

Rows are written as XML text and parsed once; python-docx's own cells take a hundred times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import assert_never

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from township_office.core.progress import Progress, portion, silent
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
    Spread,
    Table,
)
from township_office.paper.cells import BODY_SIZE
from township_office.paper.cellword import Styles, form_xml
from township_office.paper.files import whole_file
from township_office.paper.measures import (
    CLOSING_HEIGHT,
    FOOT_HEIGHT,
    FOOT_SIZE,
    HEADING_HEIGHT,
    LABEL_HEIGHT,
    LETTER_SPACE,
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
from township_office.paper.spreadword import spread_margins, spread_xml
from township_office.paper.wordstyle import BODY, FOOT, LABEL, MARK, NOTE, TITLE, add_styles, end_small
from township_office.paper.wordtext import OPEN, clean, ems, inside_run

_STRUCK = '<w:strike/><w:color w:val="737373"/>'
_KEEP = "<w:keepNext/>"
_COMPANY = 2  # rows that go with the closing line
_AT_ONCE = 200


def write(page: Page, path: Path, progress: Progress = silent) -> None:
    """Write page to path, whole or not at all; raises OfficeError when path cannot be written."""
    write_all([page], path, progress)


def write_all(pages: Sequence[Page], path: Path, progress: Progress = silent) -> None:
    """Write several forms into one file, one behind the other, each numbered by itself; else as write."""
    document = Document()
    add_styles(document, _body_size(pages))
    _call(document, pages[0])
    is_single = len(pages) == len(pages[0].editions) == 1
    done, total = 0, sum(page.steps for page in pages)
    for page in pages:
        if done:
            _begin_section(document)
        _shape(document.sections[-1], page, is_single=is_single)
        _write_foot(document.sections[-1], page, is_single=is_single)
        for number, edition in enumerate(page.editions):
            if number:
                _begin_section(document)
            _write_head(document, page.head_of(edition), page)
            _write_body(document, page, portion(progress, done, page.steps, total))
        done += page.steps
    progress(total, total)
    with whole_file(path) as unfinished:
        document.save(str(unfinished))


def _write_body(document: DocumentObject, page: Page, progress: Progress) -> None:
    """Write what flows from sheet to sheet; what closes every one of them stands in the footer."""
    company = _COMPANY if any(isinstance(block, Signatures) for block in page.body) else 0
    for number, block in enumerate(page.body):
        match block:
            case Table():
                _write_table(document, block, page.sheet, company, progress)
            case FormGrid():
                _write_form(document, block, page)
            case Spread():
                progress(number, len(page.body))
                _write_spread(document, block, page, is_first=not number)
            case Signatures() if isinstance(page.body[0], Table):
                _write_closing(partial(document.add_paragraph, style=NOTE), block, _width(page.sheet))
            case Signatures():
                pass
            case Parties():
                end_small(document.add_paragraph())
            case _ as unreachable:
                assert_never(unreachable)


def _begin_section(document: DocumentObject) -> None:
    """Begin a form, or an edition of it, with a head of its own."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.header.is_linked_to_previous = False
    end_small(document.paragraphs[-1])


def _width(sheet: Sheet) -> float:
    return sheet.width - sheet.left - sheet.right


def _call(document: DocumentObject, page: Page) -> None:
    """Say in the file's properties what it is, and nothing else."""
    said = document.core_properties
    said.title = next((block.text for block in page.head if isinstance(block, Heading)), "")
    said.author = said.last_modified_by = said.comments = ""
    said.created = said.modified = datetime.now(UTC)


def _shape(section: Section, page: Page, *, is_single: bool) -> None:
    """Give a section its paper and margins."""
    sheet = page.sheet
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.width > sheet.height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
    if isinstance(page.body[0], Spread):
        margins, header, footer = spread_margins(page), 0.0, 0.0
    else:
        head = sum(HEADING_HEIGHT if isinstance(block, Heading) else NOTE_HEIGHT for block in page.head)
        margins = (sheet.left, sheet.top + head, sheet.right, _bottom_margin(page))
        header, footer = sheet.top, sheet.bottom
    section.left_margin, section.top_margin, section.right_margin, section.bottom_margin = map(Mm, margins)
    section.header_distance, section.footer_distance = Mm(header), Mm(footer)
    kept = section._sectPr  # noqa: SLF001  python-docx knows nothing of page numbers
    if not is_single and kept.find(qn("w:pgNumType")) is None:  # each form is numbered anew
        kept.insert_element_before(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'), "w:cols", "w:docGrid")


def _body_size(pages: Sequence[Page]) -> float:
    tables = (_lines(block, page.sheet).body_size for page in pages for block in page.body if isinstance(block, Table))
    return next(tables, BODY_SIZE)


def _bottom_margin(page: Page) -> float:
    """Return the room for the foot; what closes every sheet stands there too."""
    is_flowing = isinstance(page.body[0], Table)
    closing = (block for block in page.body if not (is_flowing and isinstance(block, Signatures)))
    return page.sheet.bottom + FOOT_HEIGHT + 2 + sum(map(closing_height, closing))


def _lines(table: Table, sheet: Sheet) -> Grid:
    return grid(table, sheet.left, sheet.width - sheet.left - sheet.right)


def _write_head(document: DocumentObject, head: Iterable[Heading | Note], page: Page) -> None:
    """Put title and office into the header, so that they stand on every sheet of this edition."""
    header, width = document.sections[-1].header, _width(page.sheet)
    paragraph = header.paragraphs[0]
    if isinstance(page.body[0], Spread):
        end_small(paragraph)
        return
    for number, block in enumerate(head):
        if number:
            paragraph = header.add_paragraph()
        match block:
            case Heading(text):
                paragraph.style = TITLE
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                run = paragraph.add_run(clean(text))
                if (smaller := width * POINT / max(ems(text), 1)) < TITLE_SIZE:
                    run.font.size = Pt(int(smaller * 2) / 2)
                if len(text) <= SHORT_TITLE:
                    spacing = f'<w:spacing {nsdecls("w")} w:val="{round(LETTER_SPACE * TITLE_SIZE * 20)}"/>'
                    run.element.get_or_add_rPr().insert_element_before(parse_xml(spacing), "w:sz")
            case Note(left, right):
                paragraph.style = NOTE
                paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
                paragraph.add_run(f"{clean(left)}\t{clean(right)}")
            case _ as unreachable:
                assert_never(unreachable)


def _write_foot(section: Section, page: Page, *, is_single: bool) -> None:
    foot, width = page.foot, _width(page.sheet)
    section.footer.is_linked_to_previous = False
    paragraph: Paragraph = section.footer.paragraphs[0]
    if isinstance(page.body[0], Spread):
        end_small(paragraph)
        return
    for block in page.body:
        add = partial(paragraph.insert_paragraph_before, style=NOTE)
        if isinstance(block, Parties):
            _write_parties(add(), block, width)
            paragraph.paragraph_format.space_before = Mm(PARTY_GAP)
        elif isinstance(block, Signatures) and isinstance(page.body[0], FormGrid):
            _write_closing(add, block, width)
    paragraph.style = FOOT
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width / 2), WD_TAB_ALIGNMENT.CENTER)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    for piece in re.split(r"(\{pages?\})", f"{foot.left}\t{foot.centre}\t{foot.right}"):
        if piece in ("{page}", "{pages}"):
            _add_field(paragraph, "PAGE" if piece == "{page}" else "NUMPAGES" if is_single else "SECTIONPAGES")
        elif piece:
            paragraph.add_run(clean(piece))


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
    note._p.addnext(parse_xml(parties_xml(parties, width, NOTE)))  # noqa: SLF001  python-docx puts tables at the end


def _write_form(document: DocumentObject, form: FormGrid, page: Page) -> None:
    """Write a form of cells."""
    styles = Styles(label=LABEL, body=BODY)
    drawn = parse_xml(form_xml(form, _width(page.sheet), form_room(page), styles))
    document.element.body.insert_element_before(drawn, "w:sectPr")
    end_small(document.add_paragraph())


def _write_spread(document: DocumentObject, spread: Spread, page: Page, *, is_first: bool) -> None:
    """Write pieces at exact places, on a sheet of their own, below a paragraph that is next to nothing."""
    above = document.add_paragraph()
    end_small(above)
    above.paragraph_format.page_break_before = not is_first
    drawn = parse_xml(spread_xml(spread, page))
    document.element.body.insert_element_before(drawn, "w:sectPr")
    if spread is page.body[-1]:
        end_small(document.add_paragraph())


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
        cell = _cell_xml(sum(widths), _paragraph(BODY, _KEEP, Align.CENTRE, "", table.empty), len(widths))
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
        _cell_xml(width, _paragraph(LABEL, _KEEP, Align.CENTRE, "", label))
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
        content = _paragraph(BODY, keep, column.align, look + smaller, fitted, is_whole=column.is_whole)
        if row.mark and not index:
            content += _paragraph(MARK, keep, Align.CENTRE, "", row.mark)
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
