# SPDX-License-Identifier: MulanPSL-2.0
"""What calamine does not tell about an .ods: its merged cells, and how far its tables reach, before it opens them."""

from __future__ import annotations

from xml.parsers import expat

from township_office.core.errors import OfficeError

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")

Span = tuple[int, int, int, int]  # top, left, bottom, right, from 0, inclusive


def read_spans(content: bytes, most_cells: int) -> list[list[Span]]:
    """Return the merged cells of each table in content.xml.

    Raises OfficeError when the filled part of a table has more than most_cells cells, or content is damaged.
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    try:
        parser.Parse(content, True)  # noqa: FBT003
    except (expat.ExpatError, ValueError) as error:
        raise OfficeError("exchange.damaged") from error
    if reader.largest > most_cells:
        raise OfficeError("exchange.too_big")
    return reader.spans


class _Reader:
    """Counts lines and columns; expat calls it for each element."""

    def __init__(self) -> None:
        self.spans: list[list[Span]] = []
        self.largest = 0
        self._row = self._column = self._repeat = self._last_column = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TABLE}table":
            self.spans.append([])
            self._row = self._last_column = 0
        elif name == f"{_TABLE}table-row":
            self._column, self._repeat = 0, _count(attributes, "number-rows-repeated")
        elif name in _CELLS and self.spans:
            self._cell(attributes)

    def end(self, name: str) -> None:
        if name == f"{_TABLE}table-row":
            self._row += self._repeat

    def _cell(self, attributes: dict[str, str]) -> None:
        down, across = _count(attributes, "number-rows-spanned"), _count(attributes, "number-columns-spanned")
        if down > 1 or across > 1:
            self.spans[-1].append((self._row, self._column, self._row + down - 1, self._column + across - 1))
        self._column += _count(attributes, "number-columns-repeated")
        if f"{_OFFICE}value-type" in attributes:
            self._last_column = max(self._last_column, self._column)
            self.largest = max(self.largest, (self._row + self._repeat) * self._last_column)


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(_TABLE + name, "1")
    return int(text) if text.isdecimal() and len(text) < 10 else 1
