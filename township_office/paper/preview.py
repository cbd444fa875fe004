# SPDX-License-Identifier: MulanPSL-2.0
"""Show the pages of a PDF as pictures, for the preview on screen and for a printer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pypdfium2

from township_office.core.errors import OfficeError

_ONE_AT_A_TIME = Lock()  # pdfium crashes when two threads are inside it


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels: three bytes (red, green, blue) each, stride bytes a line."""

    pixels: bytes
    width: int
    height: int
    stride: int


def page_count(source: Path | bytes) -> int:
    """Return how many pages a PDF has, a file or in memory; raises OfficeError when it cannot be opened."""
    with _opened(source) as document:
        return len(document)


def render_page(source: Path | bytes, page_no: int, dpi: float) -> Picture:
    """Return page page_no (counted from 1) of a PDF at dpi; raises OfficeError when there is no such page or file."""
    with _opened(source) as document:
        if not 1 <= page_no <= len(document):
            raise OfficeError("paper.no_such_page", pages=len(document))
        bitmap = document[page_no - 1].render(scale=dpi / 72, rev_byteorder=True)
        return Picture(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)


@contextmanager
def _opened(source: Path | bytes) -> Iterator[pypdfium2.PdfDocument]:
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(source)
        except (pypdfium2.PdfiumError, OSError) as error:
            name = source.name if isinstance(source, Path) else ""
            raise OfficeError("paper.cannot_preview", name=name) from error
        try:
            yield document
        finally:
            document.close()
