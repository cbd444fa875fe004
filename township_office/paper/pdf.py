# SPDX-License-Identifier: MulanPSL-2.0
"""Draw a form as PDF: one pass over the rows, one content stream a page, fonts cut to what is used and embedded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import assert_never

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFObjectReference, PDFPage

from township_office.core.errors import OfficeError
from township_office.core.progress import Progress, portion, silent
from township_office.paper.blocks import (
    FormGrid,
    Heading,
    Page,
    PageFoot,
    Parties,
    Sheet,
    Signatures,
    Spread,
    Table,
)
from township_office.paper.cellink import FormInk
from township_office.paper.cells import lay_out
from township_office.paper.files import whole_file
from township_office.paper.fonts import Face
from township_office.paper.ink import Ink, TableInk
from township_office.paper.layout import Company, Continuation, Layout, Piece, Place, paginate, shape_of, words_of
from township_office.paper.measures import POINT, Frame, Grid, form_room, frame, grid
from township_office.paper.setting import Setter
from township_office.paper.spread import SetText
from township_office.paper.spreadink import SpreadInk
from township_office.paper.typecase import Typecase, stream

_NOT_CONTINUED = Continuation(0, (), (), ())


def write(
    page: Page,
    path: Path,
    progress: Progress = silent,
    since: Continuation | None = None,
    first_page: int | None = None,
) -> Layout:
    """Write page to path, whole or not at all, and return where every row stands.

    Raises OfficeError when path cannot be written. Cancelled leaves no file. The rest is as with draw.
    """
    layout, content = draw(page, progress, since, first_page)
    with whole_file(path) as partial:
        partial.write_bytes(content)
    return layout


def write_all(pages: Sequence[Page], path: Path, progress: Progress = silent) -> Layout:
    """Write several forms into one file, one behind the other, each numbered by itself; else as write."""
    layout, content = draw_all(pages, progress)
    with whole_file(path) as partial:
        partial.write_bytes(content)
    return layout


def draw(
    page: Page, progress: Progress = silent, since: Continuation | None = None, first_page: int | None = None
) -> tuple[Layout, bytes]:
    """Return where every row of page stands, and the file: in memory, for what may lie nowhere else.

    since: go on from an earlier print. Only the rows after it are drawn, at their lines of the last sheet (which is
    put into the printer again: no head, no foot), then whole pages. first_page: print whole pages from this one on.
    Raises OfficeError when nothing is left to print, when the sheets on paper no longer match (it says from which
    page to print again), or when there is no font. A form of cells is always printed whole.
    """
    case = Typecase()
    layout, contents = _drawn(page, case, progress, since, first_page)
    return layout, _document(page, case, [(page.sheet, parts) for parts in contents])


def draw_all(pages: Sequence[Page], progress: Progress = silent) -> tuple[Layout, bytes]:
    """Return several forms in one file; the places of their rows follow each other as the forms do."""
    case = Typecase()
    total = sum(page.steps for page in pages)
    layouts: list[Layout] = []
    contents: list[tuple[Sheet, Sequence[bytes]]] = []
    done = 0
    for page in pages:
        layout, drawn = _drawn(page, case, portion(progress, done, page.steps, total))
        layouts.append(layout)
        contents += [(page.sheet, parts) for parts in drawn]
        done += page.steps
    progress(total, total)
    whole = Layout(
        pages=sum(layout.pages for layout in layouts),
        printed=tuple(range(1, len(contents) + 1)),
        places=tuple(chain.from_iterable(layout.places for layout in layouts)),
        continuation=_NOT_CONTINUED,
        stale_pages=(),
        fonts_replaced=tuple(case.replaced()),
        missing="".join(sorted(case.missing)),
    )
    return whole, _document(pages[0], case, contents)


def drawn(page: Page) -> bytes:
    """Return a form as a PDF that lies in memory alone, for what must not be left on a disk."""
    return draw(page)[1]


def _drawn(
    page: Page, case: Typecase, progress: Progress, since: Continuation | None = None, first_page: int | None = None
) -> tuple[Layout, list[list[bytes]]]:
    """Return a form and the contents of each of its sheets."""
    match page.body[0]:
        case Table():
            job = _Job(page, case, since if since and since.rows else None, first_page)
            return job.run(progress), job.contents()
        case FormGrid() as form:
            return _form(page, form, case)
        case Spread():
            return _spreads(page, case, progress)
        case Signatures() | Parties():
            raise TypeError("signatures close a form, they do not begin it")
        case _ as unreachable:
            assert_never(unreachable)


def _form(page: Page, form: FormGrid, case: Typecase) -> tuple[Layout, list[list[bytes]]]:
    """Return a form of cells, drawn."""
    bounds, sheet = frame(page), page.sheet
    drawn = lay_out(form, sheet.width - sheet.left - sheet.right, form_room(page), case.face(Face.FANG).widths)
    contents = []
    for edition in page.editions:
        for number, cells in enumerate(drawn, start=1):
            ink = FormInk(sheet, bounds, case)
            ink.head(page.head_of(edition))
            ink.cells(cells)
            ink.foot(*_numbered(page.foot, number, len(drawn)))
            _close(ink, page, is_last=True)
            contents.append([ink.content()])
    return _of_sheets(len(drawn), len(page.editions), case), contents


def _spreads(page: Page, case: Typecase, progress: Progress) -> tuple[Layout, list[list[bytes]]]:
    """Return a form of pieces at exact places, drawn."""
    kept: dict[tuple[object, ...], SetText] = {}
    contents = []
    for done, block in enumerate(page.body):
        assert isinstance(block, Spread)
        progress(done, len(page.body))
        ink = SpreadInk(page.sheet, frame(page), case, kept)
        ink.spread(block)
        contents.append([ink.content()])
    return _of_sheets(len(contents), 1, case), contents


def _of_sheets(count: int, editions: int, case: Typecase) -> Layout:
    """Return the layout of a form without rows that flow."""
    return Layout(
        pages=count,
        printed=tuple(range(1, count + 1)) * editions,
        places=(),
        continuation=_NOT_CONTINUED,
        stale_pages=(),
        fonts_replaced=tuple(case.replaced()),
        missing="".join(sorted(case.missing)),
    )


class _Job:
    """One print of a table: rows come in, pages pile up."""

    def __init__(self, page: Page, case: Typecase, since: Continuation | None, first_page: int | None) -> None:
        self._page = page
        self._table = next(block for block in page.body if isinstance(block, Table))
        self._since = since
        self._first_page = first_page
        self._frame: Frame = frame(page)
        self._grid: Grid = grid(self._table, page.sheet.left, page.sheet.width - page.sheet.left - page.sheet.right)
        self._case = case
        self._setter = Setter(self._table, self._grid, self._case)
        self._form = repr((page.sheet, self._frame, self._grid, [column.label for column in self._table.columns]))
        self._shapes: list[str] = []
        self._words: list[str] = []
        self._stale: list[int] = []
        self._places: list[Place] = []
        self._sheets: list[tuple[int, bool, bytes]] = []  # page number, whole?, content
        self._pages = 0
        self._heads: list[bytes] = []  # of each edition

    def run(self, progress: Progress) -> Layout:
        """Set and draw every row; check the rows that are on paper against it."""
        rows = self._table.rows
        is_closed = any(isinstance(block, Signatures) for block in self._page.body)
        company = Company(self._since, self._first_page, is_closed=is_closed)
        capacity = self._frame.rows_bottom - self._frame.rows_top
        for pieces in paginate(map(self._setter.box, rows), capacity, company):
            self._pages += 1
            self._enter(pieces)
            progress(len(self._places), len(rows))
        self._check_end(len(rows))
        moved = tuple(sorted(set(company.moved)))
        return Layout(
            pages=self._pages,
            printed=tuple(number for number, _, _ in self._sheets) * len(self._page.editions),
            places=tuple(self._places),
            continuation=Continuation(len(rows), tuple(self._shapes), tuple(self._words), moved),
            stale_pages=tuple(self._stale),
            fonts_replaced=tuple(self._case.replaced()),
            missing="".join(sorted(self._case.missing)),
        )

    def _enter(self, pieces: Sequence[Piece]) -> None:
        """Take the next page in: where its rows stand, whether it matches the paper, and its ink."""
        number = self._pages
        self._shapes.append(shape_of(pieces, self._form))
        self._words.append(words_of(pieces, self._table.rows))
        for piece in pieces:
            top = self._frame.rows_top + piece.top
            bottom = top + piece.box.height
            if piece.box.is_first:
                self._places.append(Place(number, top, number, bottom))
            else:
                self._places[-1] = replace(self._places[-1], last_page=number, bottom=bottom)
        on_paper = self._on_paper(number, pieces)
        fresh = pieces[on_paper:]
        if self._first_page is not None:
            is_drawn, is_whole = number >= self._first_page, True
        else:
            is_drawn, is_whole = bool(fresh) or self._since is None, on_paper == 0
        if is_drawn:
            drawn = pieces if is_whole else fresh
            if is_whole and not self._heads:
                self._heads = [self._furniture(edition) for edition in self._page.editions]
            self._sheets.append((number, is_whole, self._ink(drawn, is_whole=is_whole)))

    def _on_paper(self, number: int, pieces: Sequence[Piece]) -> int:
        """Return how many of pieces are on paper; raises OfficeError when they no longer stand where they were."""
        since = self._since
        if since is None or number > len(since.shapes) or (self._first_page or number + 1) <= number:
            return 0
        old = [piece for piece in pieces if piece.index < since.rows]
        if shape_of(old, self._form) != since.shapes[number - 1]:
            raise OfficeError("paper.print_again_from", page=number)
        if words_of(old, self._table.rows) != since.words[number - 1]:
            self._stale.append(number)
        return len(old)

    def _check_end(self, rows: int) -> None:
        if self._since is not None and self._first_page is None:
            if self._pages < len(self._since.shapes) or rows < self._since.rows:
                raise OfficeError("paper.print_again_from", page=self._pages)
            if rows == self._since.rows:
                raise OfficeError("paper.nothing_new")
        if not self._sheets:
            raise OfficeError("paper.no_such_page", pages=self._pages)

    def _new_ink(self) -> TableInk:
        return TableInk(self._page.sheet, self._frame, self._grid, self._setter, self._case)

    def _ink(self, pieces: Sequence[Piece], *, is_whole: bool) -> bytes:
        ink = self._new_ink()
        ink.rows(pieces, self._table, is_whole=is_whole)
        return ink.content()

    def _furniture(self, edition: str) -> bytes:
        """Return the content every whole page of an edition shares: the head and the labels."""
        ink = self._new_ink()
        ink.head(self._page.head_of(edition))
        ink.labels()
        return ink.content()

    def _foot(self, number: int) -> bytes:
        """Return the foot of a page, and what closes the form there."""
        ink = self._new_ink()
        ink.foot(*_numbered(self._page.foot, number, self._pages))
        _close(ink, self._page, is_last=number == self._pages)
        return ink.content()

    def contents(self) -> list[list[bytes]]:
        """Return the contents of every sheet, of each edition."""
        contents = []
        for edition in range(len(self._page.editions)):
            for number, is_whole, content in self._sheets:
                contents.append([self._heads[edition], content, self._foot(number)] if is_whole else [content])
        return contents


def _close(ink: Ink, page: Page, *, is_last: bool) -> None:
    """Draw what closes a form: signatures on the last sheet, the boxes of two sides on every one."""
    for block in page.body:
        if isinstance(block, Parties):
            ink.parties(block)
        elif isinstance(block, Signatures) and is_last:
            ink.closing(block)


def _numbered(foot: PageFoot, number: int, pages: int) -> Iterator[str]:
    for text in (foot.left, foot.centre, foot.right):
        yield text.replace("{page}", str(number)).replace("{pages}", str(pages))


def _document(first: Page, case: Typecase, sheets: Sequence[tuple[Sheet, Sequence[bytes]]]) -> bytes:
    """Return the file, called as the first of its forms: contents written once each, fonts cut and embedded."""
    document = PDFDocument()
    document.info.title = next((block.text for block in first.head if isinstance(block, Heading)), "")
    document.info.author = document.info.creator = document.info.subject = ""
    written: dict[bytes, PDFObjectReference] = {}
    for content in chain.from_iterable(parts for _, parts in sheets):
        if content not in written:
            written[content] = document.Reference(stream(content), f"content {len(written)}")
    resources = PDFDictionary({
        "ProcSet": PDFArray([PDFName("PDF"), PDFName("Text")]),
        "Font": case.embed(document),
    })  # fmt: skip
    shared = document.Reference(resources, "resources")
    for sheet, parts in sheets:
        leaf = PDFPage()
        leaf.MediaBox = PDFArray([0, 0, sheet.width * POINT, sheet.height * POINT])
        leaf.Contents = PDFArray([written[part] for part in parts])
        leaf.Resources = shared
        document.addPage(leaf)
    return bytes(document.GetPDFData(None))
