# SPDX-License-Identifier: MulanPSL-2.0
"""Read text tables (.csv, .txt): the encoding and the separator are found out, never asked."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from township_office.core.errors import OfficeError

MOST_BYTES = 48 << 20
MOST_CELLS = 2_000_000

_SEPARATORS = "\t,;|，；"
_LONGEST_CELL = 131_072  # the csv module's own limit
# A sign in one cell of a hundred lines is a quotation mark that nobody closed, such as a ditto mark.
_MOST_LINES = 100
_DITTO = re.compile(r'(?m)(?:^|(?<=[\t,;|，；]))"(?=[\t,;|，；]|\r?$)')


def read_delimited(data: bytes) -> list[list[str]]:
    """Return the rows of the text table in data.

    Raises OfficeError when it is no text, too big, or holds a cell of more than 131,072 characters.
    """
    if len(data) > MOST_BYTES:
        raise OfficeError("exchange.too_big")
    text = _decode(data)
    separator = _separator(text)
    # A lone " between two separators is a ditto mark; Excel would have written it as four.
    text = _DITTO.sub('""""', text)
    rows = _split(text, separator)
    if rows is None:
        rows = [[cell.strip('"') for cell in line.split(separator)] for line in text.splitlines()]
    if sum(map(len, rows)) > MOST_CELLS or any(len(cell) > _LONGEST_CELL for row in rows for cell in row):
        raise OfficeError("exchange.too_big")
    return rows


def _decode(data: bytes) -> str:
    """Return data as text: a byte order mark counts, then UTF-16 by its NULs, UTF-8, GB18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _text(data, "utf-16")
    if data.startswith(b"\xef\xbb\xbf"):
        return _text(data, "utf-8-sig")
    head = data[:4096]
    if b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) < len(head) // 8 or min(even, odd) * 8 > max(even, odd):
            raise OfficeError("exchange.no_workbook")
        return _text(data, "utf-16-be" if even > odd else "utf-16-le")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _text(data, "gb18030")


def _text(data: bytes, encoding: str) -> str:
    """Decode data; a few broken characters are kept as U+FFFD, a text full of them is none."""
    text = data.decode(encoding, "replace")
    if text.count("\ufffd") > len(text) // 50 + 2:
        raise OfficeError("exchange.no_workbook")
    return text


def _separator(text: str) -> str:
    """Return the sign that parts most of the first lines into equally many cells."""
    lines = [line for line in text[:65_536].splitlines()[:60] if line.strip()]
    best, most = ",", 0.0
    for sign in _SEPARATORS:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        if not counts:
            continue
        cells, times = counts.most_common(1)[0]
        worth = sum(counts.values()) + times + min(cells, 12) / 24  # a cell may hold many days parted by another sign
        if sign in "，；":
            worth /= 3  # they stand in titles too
        if worth > most:
            best, most = sign, worth
    return best


def _split(text: str, separator: str) -> list[list[str]] | None:
    """Return the rows as the csv module reads them, or None when a quotation mark was left open."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return None
    if any("\n" in cell and cell.count("\n") > _MOST_LINES for row in rows for cell in row):
        return None
    return rows
