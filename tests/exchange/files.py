# SPDX-License-Identifier: MulanPSL-2.0
"""Workbook files made by hand, byte by byte: those that no honest program writes."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
_HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_TAIL = b"</sheetData></worksheet>"
_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    '<office:spreadsheet><table:table table:name="{name}">{rows}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)
_MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def raw_xlsx(path: Path, rows: Iterable[bytes], *, head: bytes = _HEAD, tail: bytes = _TAIL) -> Path:
    """Write an .xlsx whose only sheet is made of the given bytes."""
    plain = path.with_suffix(".plain")
    with xlsxwriter.Workbook(str(plain)) as book:
        book.add_worksheet("1月")
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if not name.endswith("sheet1.xml"):
                after.writestr(name, before.read(name))
        with after.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(head)
            for row in rows:
                part.write(row)
            part.write(tail)
    plain.unlink()
    return path


def add_blown_up(path: Path, name: str, block: bytes, times: int, around: tuple[bytes, bytes] = (b"", b"")) -> Path:
    """Add a part that is block, many times over, between two ends: packed once, not times times."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    begin = squeeze.compress(around[0]) + squeeze.flush(zlib.Z_FULL_FLUSH)
    middle = squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH)
    packed = begin + middle * times + squeeze.compress(around[1]) + squeeze.flush()
    check = zlib.crc32(around[0])
    for _ in range(times):
        check = zlib.crc32(block, check)
    size = len(around[0]) + len(block) * times + len(around[1])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr(name, packed)
        member = archive.getinfo(name)
        true = struct.pack("<III", zlib.crc32(around[1], check), len(packed), size)
    data = bytearray(path.read_bytes())
    central = data.rindex(name.encode()) - 46
    for start, method in ((member.header_offset, 8), (central, 10)):
        data[start + method : start + method + 2] = struct.pack("<H", zipfile.ZIP_DEFLATED)
        data[start + method + 6 : start + method + 18] = true
    path.write_bytes(data)
    return path


def without(path: Path, *names: str) -> Path:
    """Take parts out of a zip."""
    with zipfile.ZipFile(path) as before:
        kept = {name: before.read(name) for name in before.namelist() if name not in names}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for name, data in kept.items():
            after.writestr(name, data)
    return path


def raw_ods(path: Path, rows: str, manifest: str = "") -> Path:
    """Write an .ods whose only table is made of the given XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST.format(manifest))
        archive.writestr("content.xml", _ODS.format(name="1月", rows=rows))
    return path


def ods_row(cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def ods_cell(text: str, times: int = 1, more: str = "") -> str:
    value = f"<text:p>{text}</text:p>" if text else ""
    kind = 'office:value-type="string"' if text else ""
    return f'<table:table-cell {kind} {more} table:number-columns-repeated="{times}">{value}</table:table-cell>'


def raw_xls(path: Path, cells: Iterable[tuple[int, int, str | float]], *, is_locked: bool = False) -> Path:
    """Write an .xls (BIFF8 in a compound file) with one sheet 1月 of the given cells."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0x0600))
    for row, column, value in cells:
        if isinstance(value, str):
            text = value.encode("utf-16-le")
            sheet += _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + text)
        else:
            sheet += _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    sheet += _record(0x000A, b"")
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0x0600))
    if is_locked:
        begin += _record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    name = "1月".encode("utf-16-le")
    offset = len(begin) + 4 + 8 + len(name) + 4
    begin += _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, 2, 1) + name) + _record(0x000A, b"")
    path.write_bytes(_compound(begin + sheet))
    return path


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    """Put one stream, Workbook, into a compound file with one sector of allocation table and one of directory."""
    stream = stream.ljust(4096, b"\0")
    stream += bytes(-len(stream) % 512)
    sectors = len(stream) // 512
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    chain = [table, end, *range(3, sectors + 2), end]
    assert len(chain) <= 128
    allocation = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    directory = _entry("Root Entry", 5, 1, end, 0) + _entry("Workbook", 2, free, 2, len(stream)) + bytes(256)
    return header + allocation + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    free = 0xFFFFFFFF
    entry = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, free, free, child)
    return entry + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)
