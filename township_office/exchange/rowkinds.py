# SPDX-License-Identifier: MulanPSL-2.0
"""What each line of a ledger is: a document, or something between documents that is passed over knowingly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from township_office.exchange.headings import heading_key
from township_office.exchange.hints import is_title
from township_office.exchange.layout import Table
from township_office.exchange.natives import Cell, Sheet
from township_office.exchange.synonyms import LINE, NOTHING

_TOTAL = re.compile(
    r"(?:[本上下全半][页月季年期日簿]度?|\d{1,2}月份?|累|总|共|小|合|以上)*(?:合|小|总|共|累)计.{0,12}"
    r"|[本全][页月季年期]共?(?:计|收|发|登记|有).{0,16}|[(（]?共计?\d+[件份条].{0,12}|承前页.{0,6}|过次页.{0,6}|[接转][上下]页|[(（]?(?:以下|本页)空白[)）]?"
)
_FOOTER = re.compile(
    r"(?:审核|复核|制表|填表|登记|填报|统计|经办|录入|保管|打印|主管|分管|单位|办公室|科室|部门)?"
    r"(?:人|员|单位|日期|时间|领导|负责人|主任|电话|签字|盖章|签章|公章|机关)[:：].*|第\d+页.*|共\d+页.*|[(（]?(?:盖章|公章)[)）]?"
)
_NOTE = re.compile(r"(?:注|备注|说明|附注|附|填表说明|填写说明|注意)\d?[:：].*")
_DAY = re.compile(r"(?:19|20)\d\d[年.-]\d{1,2}[月.-]\d{1,2}日?")
_LONGEST_SIGN = 60


class RowKind(StrEnum):
    """What a line of their sheet is; only DATA lines are read."""

    DATA = "data"
    HEADER = "header"
    TITLE = "title"
    TOTAL = "total"  # 合计
    FOOTER = "footer"  # 审核人：…
    NOTE = "note"
    UNUSED = "unused"  # a printed line number and nothing else
    CONTINUED = "continued"  # more cells of the document above, whose title is merged over both lines


def row_kinds(sheet: Sheet, table: Table) -> Iterator[tuple[int, RowKind]]:
    """Yield (line from 0, kind) for every line of table that is not empty, in order."""
    return _Sorter(sheet, table).kinds()


class _Sorter:
    """Holds what is the same for every line of one table."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self.rows = sheet.rows
        self.table = table
        self.left, self.right = table.span
        by_field = {column.field: column.index for column in table.columns}
        self.title = by_field.get("title", -1)
        self.number = by_field.get("doc_number", -1)
        self.line = by_field.get(LINE, -1)
        self.dates = {column.index for column in table.columns if column.field.endswith("_on")}
        self.lines = {column.index for column in table.columns if column.field == LINE}
        self.heads = table.heads
        self.head_keys = [(column.index, heading_key(column.heading)) for column in table.columns]
        self.continued = {
            row
            for top, left, bottom, right in sheet.merged
            if left <= self.title <= right and right - left < 2 and bottom < table.last_row
            for row in range(top + 1, bottom + 1)
        }
        self.wide = {
            top
            for top, left, _, right in sheet.merged
            if right - left >= max(2, (self.right - self.left) // 2) and left <= self.right and right >= self.left
        }
        self.signs: dict[str, RowKind | None] = {}

    def kinds(self) -> Iterator[tuple[int, RowKind]]:
        table = self.table
        whole = self.left == 0
        for place in range(table.top_row - 1, table.first_row - 1):
            if cells := self._filled(place):
                in_head = table.header_row and place >= table.header_row - 1
                yield place, RowKind.HEADER if in_head else self._above(place, cells)
        for place in range(table.first_row - 1, min(table.last_row, len(self.rows))):
            row = self.rows[place]
            if whole and place not in self.heads and place not in self.continued and self._is_plainly_data(row):
                yield place, RowKind.DATA
            elif cells := self._filled(place):
                yield place, RowKind.DATA if table.is_own else self._kind(place, cells)

    def _is_plainly_data(self, row: Sequence[Cell]) -> bool:
        """Say at little cost that a line is a document: a title that is one, and nothing like 合计 in front."""
        if len(row) <= self.title or self.title < 0:
            return False
        title = row[self.title]
        if not isinstance(title, str) or len(title) < 5 or title.isspace():
            return False
        first = row[0]
        if first == "":
            first = next(cell for cell in row if cell != "")
        return first is not title and (not isinstance(first, str) or self._sign(first) is None)

    def _filled(self, place: int) -> list[tuple[int, Cell]]:
        row = self.rows[place]
        return [
            (column, row[column])
            for column in range(self.left, min(self.right + 1, len(row)))
            if row[column] != "" and not _is_blank(row[column])
        ]

    def _above(self, place: int, cells: Sequence[tuple[int, Cell]]) -> RowKind:
        """Return the kind of a line above the head: a title, unless it is full like a document."""
        if (
            len(cells) <= 3
            or place in self.wide
            or all(isinstance(cell, str) and ":" in cell.replace("：", ":") for _, cell in cells)
        ):
            return RowKind.TITLE
        return self._kind(place, cells)

    def _kind(self, place: int, cells: Sequence[tuple[int, Cell]]) -> RowKind:
        first = cells[0][1]
        sign = self._sign(first) if isinstance(first, str) else None
        if sign is RowKind.TOTAL and not self._has(cells, self.number):
            return sign
        if (
            sign is not None
            and not self._has(cells, self.number)
            and (len(cells) == 1 or not self._is_title_of_document(cells))
        ):
            return sign
        if self._is_header(place, cells):
            return RowKind.HEADER
        if place in self.continued:
            return RowKind.CONTINUED
        if all(column in self.lines and _is_count(cell) for column, cell in cells):
            return RowKind.UNUSED
        if len(cells) == 1 and isinstance(first, str):
            return self._lonely(place, cells[0][0], first)
        if all(isinstance(cell, str) and (self._sign(cell) or is_title(cell)) for _, cell in cells):
            return RowKind.TITLE  # a title with 第2页 beside it
        return RowKind.DATA

    def _lonely(self, place: int, column: int, text: str) -> RowKind:
        """Return the kind of a line with one text in it."""
        if is_title(text) and (column != self.title or len(text) <= 12 or place in self.wide):
            return RowKind.TITLE
        if _DAY.fullmatch("".join(text.split())) and column not in self.dates:
            return RowKind.FOOTER
        if self._sign(text) is None and place in self.wide and column not in (self.title, self.number):
            return RowKind.NOTE
        return RowKind.DATA

    def _is_header(self, place: int, cells: Sequence[tuple[int, Cell]]) -> bool:
        if place in self.heads:
            return True
        by_column = dict(cells)
        same = sum(
            1
            for column, key in self.head_keys
            if key and isinstance(cell := by_column.get(column), str) and heading_key(cell) == key
        )
        if same >= 2 and same >= 0.6 * len(cells):
            return True
        # A line 1 2 3 4 … below the head numbers the columns.
        numbers = [cell for _, cell in cells if isinstance(cell, (int, float))]
        return len(numbers) == len(cells) >= 4 and numbers == list(range(1, len(cells) + 1))

    def _is_title_of_document(self, cells: Sequence[tuple[int, Cell]]) -> bool:
        """Say whether the title cell holds a title of its own, not the words 合计 or 注： themselves."""
        text = next((cell for column, cell in cells if column == self.title), "")
        return isinstance(text, str) and len(text) >= 6 and self._sign(text) is None

    @staticmethod
    def _has(cells: Sequence[tuple[int, Cell]], wanted: int) -> bool:
        return any(
            column == wanted and (not isinstance(cell, str) or cell.strip() not in NOTHING) for column, cell in cells
        )

    def _sign(self, text: str) -> RowKind | None:
        """Return TOTAL, FOOTER or NOTE when text is the first of such a line."""
        if text.isascii():
            return None  # every sign is a word
        if text in self.signs:
            return self.signs[text]
        plain = "".join(text[:400].split())
        kind: RowKind | None = None
        if len(plain) <= _LONGEST_SIGN and _TOTAL.fullmatch(plain):
            kind = RowKind.TOTAL
        elif _FOOTER.fullmatch(plain):
            kind = RowKind.FOOTER
        elif _NOTE.fullmatch(plain):
            kind = RowKind.NOTE
        self.signs[text] = kind
        return kind


def _is_count(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and cell.strip().rstrip(".、").isdecimal())


def _is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()
