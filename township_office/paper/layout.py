# SPDX-License-Identifier: MulanPSL-2.0
"""Which row stands on which page and where: worked out without drawing, so that a later print can go on from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from township_office.core.errors import OfficeError
from township_office.paper.blocks import Row
from township_office.paper.setting import Box

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: millimetres from the top edge of the sheet."""

    page: int  # counted from 1
    top: float
    last_page: int  # another page only for a row taller than a page
    bottom: float  # on last_page


@dataclass(frozen=True, slots=True)
class Continuation:
    """What is already on paper, as far as the next print must know: keep text() with the print."""

    rows: int
    shapes: tuple[str, ...]  # per page: where its rows stand
    words: tuple[str, ...]  # per page: what they say
    moved: tuple[int, ...]  # rows that began a page early, to keep the closing line company

    def text(self) -> str:
        """Return one line of text to keep in the office's settings."""
        return json.dumps([_FORMAT, self.rows, self.shapes, self.words, self.moved], separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> Continuation:
        """Read what text() wrote; raises OfficeError when it is something else (then all is printed anew)."""
        try:
            made_by, rows, shapes, words, moved = json.loads(text)
            if made_by == _FORMAT and len(shapes) == len(words):
                return cls(int(rows), tuple(map(str, shapes)), tuple(map(str, words)), tuple(map(int, moved)))
        except (ValueError, TypeError):
            pass
        raise OfficeError("paper.print_unknown")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a print came to."""

    pages: int  # of the whole form
    printed: tuple[int, ...]  # the pages in the file
    places: tuple[Place, ...]  # of every row, printed now or before
    continuation: Continuation  # for the next print
    stale_pages: tuple[int, ...]  # printed earlier; what they say has changed since, their lines have not moved
    fonts_replaced: tuple[tuple[str, str], ...]  # (face wanted, font used instead)
    missing: str  # characters for which no font is here; 〓 stands in their place


@dataclass(frozen=True, slots=True)
class Piece:
    """A row, or the part of an over-tall row, that stands on one page; top counts from the first row's."""

    index: int
    box: Box
    top: float


def paginate(boxes: Iterable[Box], capacity: float, company: Company) -> Iterator[list[Piece]]:
    """Share the rows out among pages; yields at least one page.

    A row moves to the next page when it does not fit; where a row stands never depends on a later one, except
    that the last row takes the one before it along when it would stand alone with the closing line.
    """
    page: list[Piece] = []
    before: list[Piece] = []
    bottom, number = 0.0, 1
    for index, box in enumerate(boxes):
        for part in box.split(capacity):
            is_full = bottom + part.height > capacity + 0.001
            if page and (is_full or (part.is_first and company.began_early(index, number))):
                if before:
                    yield before
                before, page, bottom, number = page, [], 0.0, number + 1
            page.append(Piece(index, part, bottom))
            bottom += part.height
    if company.is_wanted(before, page, capacity):
        moved = before.pop()
        company.moved.append(moved.index)
        page = [Piece(moved.index, moved.box, 0.0), Piece(page[0].index, page[0].box, moved.box.height)]
    if before:
        yield before
    yield page


class Company:
    """Sees to it that the closing line stands with at least two rows, on this print and on those before it."""

    def __init__(self, since: Continuation | None, fresh_page: int | None, *, is_closed: bool) -> None:
        """since: what is on paper; is_closed: there is a closing line; fresh_page: pages from here are laid anew."""
        self.moved = list(since.moved) if since else []
        self._early = frozenset(self.moved)
        self._on_paper = since.rows if since and fresh_page is None else 0
        self._is_closed = is_closed
        self._fresh_page = fresh_page

    def began_early(self, index: int, page: int) -> bool:
        """Say whether row index left page early on a sheet that is still in use."""
        return index in self._early and (self._fresh_page is None or page < self._fresh_page)

    def is_wanted(self, before: Sequence[Piece], page: Sequence[Piece], capacity: float) -> bool:
        """Say whether the last row stands alone and the row before it can come along."""
        if not self._is_closed or len(page) != 1 or len(before) < 2:
            return False
        last, other = page[0], before[-1]
        fits = last.box.height + other.box.height <= capacity
        return fits and last.box.is_first and other.box.is_first and other.index >= self._on_paper


def shape_of(pieces: Iterable[Piece], form: str) -> str:
    """Return a short fingerprint of where pieces stand on their page; form says how the sheet is ruled."""
    said = [form, *(f"{piece.index} {piece.top:.2f} {piece.box.height:.2f}" for piece in pieces)]
    return _digest(said)


def words_of(pieces: Iterable[Piece], rows: Sequence[Row]) -> str:
    """Return a short fingerprint of what pieces say."""
    return _digest(repr(rows[piece.index]) for piece in pieces)


def _digest(said: Iterable[str]) -> str:
    return blake2b("\n".join(said).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
