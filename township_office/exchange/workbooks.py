# SPDX-License-Identifier: MulanPSL-2.0
"""Any table file the office has, read into plain sheets: .xlsx .xls .et .ods .csv, told apart by content."""

from __future__ import annotations

import re
from pathlib import Path
from time import monotonic

from township_office.core.errors import OfficeError
from township_office.exchange.archives import Archive, farthest_cell, inspect
from township_office.exchange.confined import read_confined
from township_office.exchange.delimited import read_delimited
from township_office.exchange.natives import Cell, Sheet, read_natively

__all__ = ["Cell", "Sheet", "read_workbook"]

_LONGEST_TITLE = 40
_SECONDS = 9.0
_FAR = 500_000  # cells from A1 to there; a ledger of twenty years has fewer
MOST_BYTES = 64 << 20  # of the file as it lies on the disk

_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# The first record of an .xls stream, perhaps a write protection, then FILEPASS.
_LOCKED_XLS = re.compile(
    rb"\x09\x08(?:\x10\x00\x00\x06\x05\x00.{12}|\x08\x00\x00\x05\x05\x00.{4})(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL
)
# Files that clerks pick by mistake; what their first bytes say.
_STRANGERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
    b"BM",
    b"SQLite format",
    b"MZ",
)


def read_workbook(path: Path) -> list[Sheet]:
    """Return every sheet of the table file at path, hidden ones marked.

    Takes at most 300 MB and 10 s whatever the file holds. Raises OfficeError with one sentence that says what to
    do, and never anything else: missing, folder, empty, no table, locked, damaged, bomb, far cell.
    """
    sheets = _read(path)
    words = [sheet.name for sheet in sheets]
    for sheet in sheets:
        words += [
            cell for row in sheet.rows[:2] for cell in row if isinstance(cell, str) and 0 < len(cell) <= _LONGEST_TITLE
        ]
    for sheet in sheets:
        sheet.book_words = tuple(words)
    return sheets


def _read(path: Path) -> list[Sheet]:
    began = monotonic()
    data = _bytes(path)
    if data.startswith(_ZIP):
        archive = inspect(data, began + _SECONDS / 2)
        if not archive.kind:
            raise OfficeError("exchange.no_workbook")
        if archive.is_plain:
            return read_natively(data, archive)
        del data
        return _confined(path, archive, began + _SECONDS)
    if data.startswith(_OLE):
        if _ENCRYPTED in data or _LOCKED_XLS.search(data):
            raise OfficeError("exchange.has_password")
        del data
        return _confined(path, Archive("xls", is_plain=False, has_errors=False), began + _SECONDS)
    if data.startswith(_STRANGERS):
        raise OfficeError("exchange.no_workbook")
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<"):
        raise OfficeError("exchange.is_web_page")
    rows: list[list[Cell]] = [list(row) for row in read_delimited(data)]
    return [Sheet(path.stem, hidden=False, rows=rows)]


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise OfficeError("exchange.is_folder")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise OfficeError("exchange.too_big")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise OfficeError("exchange.missing", path=path) from error
    except (OSError, ValueError) as error:
        raise OfficeError("exchange.unreadable") from error
    if not data.strip(b"\0\r\n\t "):
        raise OfficeError("exchange.empty")
    return data


def _confined(path: Path, archive: Archive, deadline: float) -> list[Sheet]:
    """Read in the helper process; when it gave up on size, say which cell stretches the sheet."""
    try:
        return read_confined(path, archive, max(deadline - monotonic(), 1.0))
    except OfficeError as error:
        if error.key == "exchange.too_big" and archive.kind == "xlsx":
            sheet, address, size = farthest_cell(path.read_bytes(), deadline)
            if size > _FAR:
                raise OfficeError("exchange.far_cell", sheet=sheet, address=address) from error
        raise
