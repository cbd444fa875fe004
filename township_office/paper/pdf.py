# SPDX-License-Identifier: MulanPSL-2.0
"""Draw a form as PDF: one pass over the rows, one content stream a page, fonts cut to what is used and embedded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFObjectReference, PDFPage

from township_office.core.errors import OfficeError
from township_office.core.progress import Progress, silent
from township_office.paper.blocks import Heading, Note, Page, Signatures, Table
from township_office.paper.files import whole_file
from township_office.paper.ink import Ink
from township_office.paper.layout import Company, Continuation, Layout, Piece, Place, paginate, shape_of, words_of
from township_office.paper.measures import POINT, Frame, Grid, frame, grid
from township_office.paper.setting import Setter
from township_office.paper.typecase import Typecase, stream


def write(
    page: Page,
    path: Path,
    progress: Progress = silent,
    since: Continuation | None = None,
    first_page: int | None = None,
) -> Layout:
    """Write page to path, whole or not at all, and return where every row stands.

    since: go on from an earlier print. Only the rows after it are drawn, at their lines of the last sheet (which is
    put into the printer again: no head, no foot), then whole pages. first_page: print whole pages from this one on.
    Raises OfficeError when nothing is left to print, when the sheets on paper no longer match (it says from which
    page to print again), when there is no font, or when path cannot be written. Cancelled leaves no file.
    """
    job = _Job(page, since if since and since.rows else None, first_page)
    layout = job.run(progress)
    with whole_file(path) as partial:
        partial.write_bytes(job.document())
    return layout


class _Job:
    """One print: rows come in, pages pile up."""

    def __init__(self, page: Page, since: Continuation | None, first_page: int | None) -> None:
        self._page = page
        self._table = next(block for block in page.body if isinstance(block, Table))
        self._closing = next((block for block in page.body if isinstance(block, Signatures)), None)
        self._since = since
        self._first_page = first_page
        self._frame: Frame = frame(page)
        self._grid: Grid = grid(self._table, page.sheet.left, page.sheet.width - page.sheet.left - page.sheet.right)
        self._case = Typecase()
        self._setter = Setter(self._table, self._grid, self._case)
        self._form = repr((page.sheet, self._frame, self._grid, [column.label for column in self._table.columns]))
        self._shapes: list[str] = []
        self._words: list[str] = []
        self._stale: list[int] = []
        self._places: list[Place] = []
        self._sheets: list[tuple[int, bool, bytes]] = []  # page number, whole?, content
        self._pages = 0
        self._head = b""

    def run(self, progress: Progress) -> Layout:
        """Set and draw every row; check the rows that are on paper against it."""
        rows = self._table.rows
        company = Company(self._since, self._first_page, is_closed=self._closing is not None)
        capacity = self._frame.rows_bottom - self._frame.rows_top
        for pieces in paginate(map(self._setter.box, rows), capacity, company):
            self._pages += 1
            self._enter(pieces)
            progress(len(self._places), len(rows))
        self._check_end(len(rows))
        moved = tuple(sorted(set(company.moved)))
        return Layout(
            pages=self._pages,
            printed=tuple(number for number, _, _ in self._sheets),
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
            if is_whole and not self._head:
                self._head = self._furniture()
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

    def _ink(self, pieces: Sequence[Piece], *, is_whole: bool) -> bytes:
        ink = Ink(self._page.sheet, self._frame, self._grid, self._setter)
        ink.rows(pieces, self._table, is_whole=is_whole)
        return ink.content()

    def _furniture(self) -> bytes:
        """Return the content every whole page shares: the head and the labels."""
        ink = Ink(self._page.sheet, self._frame, self._grid, self._setter)
        top = self._page.sheet.top
        for block in self._page.head:
            match block:
                case Heading(text):
                    top = ink.heading(text, top, self._case)
                case Note(left, right):
                    top = ink.note(left, right, top)
        ink.labels()
        return ink.content()

    def _foot(self, number: int) -> bytes:
        """Return the foot of a page, and the closing line when it is the last."""
        ink = Ink(self._page.sheet, self._frame, self._grid, self._setter)
        foot = self._page.foot
        ink.foot(*(self._numbered(text, number) for text in (foot.left, foot.centre, foot.right)))
        if self._closing is not None and number == self._pages:
            ink.closing(self._closing)
        return ink.content()

    def _numbered(self, text: str, number: int) -> str:
        return text.replace("{page}", str(number)).replace("{pages}", str(self._pages))

    def document(self) -> bytes:
        """Return the file: every page drawn, fonts cut and embedded."""
        document = PDFDocument()
        document.info.title = next((block.text for block in self._page.head if isinstance(block, Heading)), "")
        document.info.author = document.info.creator = document.info.subject = ""
        head = document.Reference(stream(self._head), "head")
        contents: list[list[PDFObjectReference]] = []
        for number, is_whole, content in self._sheets:
            refs = [document.Reference(stream(content), f"rows {number}")]
            if is_whole:
                refs = [head, *refs, document.Reference(stream(self._foot(number)), f"foot {number}")]
            contents.append(refs)
        resources = PDFDictionary({
            "ProcSet": PDFArray([PDFName("PDF"), PDFName("Text")]),
            "Font": self._case.embed(document),
        })  # fmt: skip
        shared = document.Reference(resources, "resources")
        for refs in contents:
            sheet = PDFPage()
            sheet.MediaBox = PDFArray([0, 0, self._page.sheet.width * POINT, self._page.sheet.height * POINT])
            sheet.Contents = PDFArray(refs)
            sheet.Resources = shared
            document.addPage(sheet)
        return bytes(document.GetPDFData(None))
