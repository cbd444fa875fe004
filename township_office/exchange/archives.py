# SPDX-License-Identifier: MulanPSL-2.0
"""Look into a zipped workbook before anybody opens it: bombs, far cells and foreign declarations end here.

The workbook reader gives each sheet one block of memory from its first to its last filled cell and ends the
whole program when there is not enough, so every doubtful file is only ever opened in a confined process.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from time import monotonic

from township_office.core.errors import OfficeError

MOST_BYTES = 512 << 20  # unpacked; a year's ledger styled down to the last line of the sheet has some 300 MB
_MOST_PARTS = 20_000
_PLAIN_BYTES = 48 << 20  # unpacked; beyond it a file is opened in the confined process, whatever it holds
_CHUNK = 1 << 20
_OVERLAP = 64  # text without any tag: a sign that lies across two chunks is shorter than this
_LONGEST_TAG = 4096
_LONGEST_TEXT = 500_000  # bytes without any tag; a cell holds 32,767 characters
_LOCAL_HEADER = 30

# A cell of a plain file says where it is, first of all, and that is not far: A1 to Z99999.
_ODD_CELL = re.compile(rb'<c[\s/>](?!r="[A-Z]\d{1,5}")')
_PREFIXED_CELL = re.compile(rb":c[\s/>]")
_FILLED_CELL = re.compile(rb'<c(?=\s)[^>]*?\sr="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>\s*<(?:v>[^<]|is|f)')
_ERROR_CELL = re.compile(rb'<c(?=\s)(?=[^>]*\st="e")[^>]*?\sr="([A-Z]{1,3})(\d{1,7})"')
_SHEET_TAG = re.compile(rb"<sheet\s[^>]*>")
_RELATION_TAG = re.compile(rb"<Relationship\s[^>]*>")


@dataclass(frozen=True, slots=True)
class Archive:
    """What a workbook file turned out to be."""

    kind: str  # "xlsx", "xlsb", "ods", "xls", or "" for a zip that is no workbook
    is_plain: bool  # small and of the usual shape: may be opened in this process
    has_errors: bool  # a formula somewhere shows #REF!, #N/A …


def inspect(data: bytes, deadline: float) -> Archive:
    """Read every part of the zip in data once and say what it is; deadline as time.monotonic counts.

    Raises OfficeError for a bomb, a damaged or locked zip, and a part that declares a document type.
    """
    members = _members(data)
    names = {member.filename for member in members}
    if "xl/workbook.xml" in names:
        kind = "xlsx"
    elif "xl/workbook.bin" in names:
        kind = "xlsb"
    else:
        kind = "ods" if {"content.xml", "mimetype"} <= names else ""
    # Two tables of contents in one file: which of them another reader believes is anybody's guess.
    scan = _Scan(is_plain=kind == "xlsx" and data.count(b"PK\x05\x06") == 1)
    for member in members:
        if monotonic() > deadline:
            raise OfficeError("exchange.too_slow")
        scan.read(data, member)
    if kind == "ods" and b"encryption-data" in _part(data, members, "META-INF/manifest.xml"):
        raise OfficeError("exchange.has_password")
    return Archive(kind, scan.is_plain and scan.total <= _PLAIN_BYTES, scan.has_errors)


def farthest_cell(data: bytes, deadline: float) -> tuple[str, str, int]:
    """Return the filled cell that stretches a sheet most: sheet, address ("XFD1048576"), cells from A1 to there.

    Stops looking at deadline (time.monotonic) with what it has found.
    """
    members = _members(data)
    best, where = 0, ("", "")
    for name, part in _sheet_parts(data, members):
        for member in members:
            if member.filename != part:
                continue
            for chunk in _chunks(data, member):
                if monotonic() > deadline:
                    return *where, best
                for column, row in _FILLED_CELL.findall(chunk):
                    if (size := column_index(column.decode()) * int(row)) > best:
                        best, where = size, (unescape(name), f"{column.decode()}{row.decode()}")
    return *where, best


def error_cells(data: bytes) -> dict[str, set[tuple[int, int]]]:
    """Return, for each sheet by name, (row, column) from 0 of the cells whose formula shows an error."""
    members = _members(data)
    found: dict[str, set[tuple[int, int]]] = {}
    for name, part in _sheet_parts(data, members):
        cells = found.setdefault(unescape(name), set())
        for member in members:
            if member.filename == part:
                for chunk in _chunks(data, member):
                    cells.update((int(row) - 1, column_index(c.decode()) - 1) for c, row in _ERROR_CELL.findall(chunk))
    return found


def column_index(letters: str) -> int:
    """Return the number of a column from its letters: A is 1, XFD is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def unpack(data: bytes, name: str) -> bytes:
    """Return one part of an inspected zip whole; b"" when it has no such part."""
    return _part(data, _members(data), name)


class _Scan:
    """What the parts of one file add up to."""

    def __init__(self, *, is_plain: bool) -> None:
        self.is_plain = is_plain
        self.has_errors = False
        self.total = 0

    def read(self, data: bytes, member: zipfile.ZipInfo) -> None:
        is_xml: bool | None = None
        for chunk in _chunks(data, member):
            self.total += len(chunk)
            if self.total > MOST_BYTES:
                raise OfficeError("exchange.too_big")
            if is_xml is None:
                head = chunk[:256].lstrip(b"\xef\xbb\xbf \t\r\n")
                is_xml = member.filename.endswith((".xml", ".rels")) or head.startswith(b"<")
            if not is_xml:
                break  # a picture; nobody opens it
            self._look_at(chunk)

    def _look_at(self, chunk: bytes) -> None:
        if len(chunk) > _LONGEST_TEXT and b"<" not in chunk:
            raise OfficeError("exchange.too_big")
        if b"<!DOCTYPE" in chunk or b"\0" in chunk:
            # NUL: the part is in UTF-16, where none of these signs could be seen.
            raise OfficeError("exchange.foreign_declaration")
        if self.is_plain and (_PREFIXED_CELL.search(chunk) or _ODD_CELL.search(chunk)):
            self.is_plain = False
        if not self.has_errors and b't="e"' in chunk:
            self.has_errors = True


def _members(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise OfficeError("exchange.damaged") from error
    if len(members) > _MOST_PARTS:
        raise OfficeError("exchange.too_big")
    if any(member.flag_bits & 1 for member in members):
        raise OfficeError("exchange.has_password")
    return members


def _chunks(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the unpacked part piece by piece, no tag (and no cell) cut in two."""
    rest = b""
    for piece in _pieces(data, member):
        chunk = rest + piece
        cut = max(chunk.rfind(b"<c", -_LONGEST_TAG), chunk.rfind(b"<", -_LONGEST_TAG) if chunk[-1:] != b">" else -1)
        if cut <= 0:
            cut = max(0, len(chunk) - _OVERLAP)
        rest = chunk[cut:]
        if cut:
            yield chunk[:cut]
    if rest:
        yield rest


def _pieces(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the unpacked part in pieces of at most one megabyte.

    Unpacks by itself rather than with zipfile, which believes the size written in the table of contents.
    """
    start = member.header_offset
    header = data[start : start + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER:
        raise OfficeError("exchange.damaged")
    start += _LOCAL_HEADER + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(data)[start : start + member.compress_size]
    size = 0
    for piece in _unpacked(packed, member.compress_type):
        size += len(piece)
        yield piece
    if size != member.file_size:
        raise OfficeError("exchange.damaged")


def _unpacked(packed: memoryview, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        for start in range(0, len(packed), _CHUNK):
            yield bytes(packed[start : start + _CHUNK])
        return
    if method != zipfile.ZIP_DEFLATED:
        raise OfficeError("exchange.damaged")
    inflate = zlib.decompressobj(-15)
    rest: bytes | memoryview = packed
    try:
        while rest and not inflate.eof:
            if piece := inflate.decompress(rest, _CHUNK):
                yield piece
            rest = inflate.unconsumed_tail
        if piece := inflate.flush():
            yield piece
    except zlib.error as error:
        raise OfficeError("exchange.damaged") from error


def _part(data: bytes, members: list[zipfile.ZipInfo], name: str) -> bytes:
    for member in members:
        if member.filename == name:
            return b"".join(_pieces(data, member))
    return b""


def _sheet_parts(data: bytes, members: list[zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    """Yield name and part of each sheet, in the workbook's order."""
    targets = {
        _attribute(tag, b"Id"): _attribute(tag, b"Target")
        for tag in _RELATION_TAG.findall(_part(data, members, "xl/_rels/workbook.xml.rels"))
    }
    for tag in _SHEET_TAG.findall(_part(data, members, "xl/workbook.xml")):
        target = targets.get(_attribute(tag, rb"[\w]+:id"), "")
        yield _attribute(tag, b"name"), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _attribute(tag: bytes, name: bytes) -> str:
    match = re.search(rb"\s" + name + rb"=(?:\"([^\"]*)\"|'([^']*)')", tag)
    return (match[1] or match[2] or b"").decode("utf-8", "replace") if match else ""
