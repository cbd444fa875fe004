# SPDX-License-Identifier: MulanPSL-2.0
"""Find the ledgers in a sheet: titles, one- or two-line heads, heads repeated on every page, two books side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from township_office.core.fields import Register
from township_office.core.text import t
from township_office.exchange.headings import (
    Content,
    assign,
    guess_register,
    guess_title,
    heading_key,
    is_core,
    is_heading,
    is_line_number,
    is_part,
    look_at_column,
)
from township_office.exchange.hints import first_hints, is_title
from township_office.exchange.natives import Cell, Sheet
from township_office.exchange.synonyms import LINE

_LONGEST_HEADING = 24
_LEAST_KNOWN = 2
_MOST_LOOKED_AT = 3000  # lines, to see what stands in a column
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: where it lies (from 0), what stands over it, and where its cells go.

    field: a field of the register, register.number_name, "original_number", "status", "void_reason", or "" (left out).
    part: "年", "月", "日", "字" or "号" where one value is spread over several columns.
    """

    index: int
    heading: str
    field: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One ledger in a sheet. Rows are counted from 1, as their sheet shows them; header_row is 0 without a head."""

    sheet: str
    hidden: bool
    header_row: int  # the first line of the head
    first_row: int
    last_row: int
    columns: tuple[Column, ...]
    year: int | None
    month: int | None
    register_guess: str  # "receipt", "dispatch" or ""
    number_is_line: bool  # the numbers are 序号 that begin anew on each sheet, not 收文号
    top_row: int  # the first line that belongs to it: its title
    has_year_range: bool = False  # "2022年11月—2023年3月"
    last_month: int = 0  # without a year: the last month that a sheet of the book is named after
    is_own: bool = False  # an export of ours: every cell is taken to the letter
    heads: frozenset[int] = frozenset()  # every line of the sheet, from 0, that looks like a head

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last column, from 0, that belong to this table."""
        return self.columns[0].index, self.columns[-1].index


@dataclass(frozen=True, slots=True)
class _Head:
    """A head: its lines (from 0, end excluded) and what stands over each column."""

    start: int
    end: int
    labels: tuple[str, ...]
    parts: tuple[str, ...]
    is_told: bool = False  # the clerk says that the headings stand here, whatever we make of the words


def find_tables(
    sheet: Sheet, register: Register, *, remembered: Mapping[str, str] | None = None, file_name: str = ""
) -> list[Table]:
    """Return the ledgers of a sheet, their columns mapped to register; an empty list when it holds none.

    remembered: the clerk's own choices, heading_key → field name or "" to leave the column out.
    """
    known = remembered or {}
    width = max(map(len, sheet.rows), default=0)
    lines = _head_lines(sheet, known)
    heads = _heads(sheet, lines, width) or ([_Head(0, 0, ("",) * width, ("",) * width)] if width else [])
    while True:
        found = [_tables_of(sheet, register, heads, place, known, file_name) for place in range(len(heads))]
        kept = [head for head, tables in zip(heads, found, strict=True) if tables]
        if len(kept) in (0, len(heads)):
            return [replace(table, heads=frozenset(lines)) for tables in found for table in tables]
        heads = kept  # a line that only looked like a head must not cut off the lines below it


def _tables_of(
    sheet: Sheet,
    register: Register,
    heads: Sequence[_Head],
    place: int,
    remembered: Mapping[str, str],
    file_name: str,
) -> list[Table]:
    """Return the tables, side by side, that stand under one head and end above the next."""
    head = heads[place]
    top = 0 if place == 0 else _climb(sheet, head.start, heads[place - 1].end)
    end = _climb(sheet, heads[place + 1].start, head.end) if place + 1 < len(heads) else len(sheet.rows)
    halves = [(top, end, left, right) for left, right in _segments(sheet, head, end)]
    return [table for half in halves if (table := _build(sheet, register, head, half, remembered, file_name))]


def tables_below(
    sheet: Sheet, register: Register, line: int, *, remembered: Mapping[str, str] | None = None, file_name: str = ""
) -> list[Table]:
    """Return the ledgers whose headings stand in line (from 1) because the clerk says so, and those found above."""
    known = remembered or {}
    above = [
        table for table in find_tables(sheet, register, remembered=known, file_name=file_name) if table.last_row < line
    ]
    head = replace(_read_head(sheet, line - 1, max(map(len, sheet.rows), default=0)), is_told=True)
    top, end = _climb(sheet, head.start, above[-1].last_row if above else 0), len(sheet.rows)
    places = [(top, end, left, right) for left, right in _segments(sheet, head, end)]
    told = (_build(sheet, register, head, place, known, file_name) for place in places)
    lines = frozenset(_head_lines(sheet, known))
    return [*above, *(replace(table, heads=lines) for table in told if table)]


def _head_lines(sheet: Sheet, remembered: Mapping[str, str]) -> list[int]:
    """Return every line (from 0) of the sheet that looks like a line of headings."""
    words = _heading_words(sheet, remembered)
    return [place for place, row in enumerate(sheet.rows) if not words.isdisjoint(row) and _is_head(row, words)]


def _heading_words(sheet: Sheet, remembered: Mapping[str, str]) -> frozenset[str]:
    # All cells into one set first: ten thousand lines hold few different short texts.
    short = [
        cell
        for cell in set(chain.from_iterable(sheet.rows))
        if isinstance(cell, str) and 0 < len(cell) <= _LONGEST_HEADING and not _DIGIT.search(cell)
    ]
    return frozenset(cell for cell in short if is_part(cell) or heading_key(cell) in remembered)


def _is_head(row: Sequence[Cell], words: frozenset[str]) -> bool:
    found = words.intersection(row)
    if len(found) < _LEAST_KNOWN:
        return False
    filled = [cell for cell in row if cell != "" and not (isinstance(cell, str) and cell.isspace())]
    if not any(is_core(word) for word in found if isinstance(word, str)) and len(found) < _LEAST_KNOWN + 1:
        return False
    known = sum(1 for cell in filled if cell in found)
    if known >= 0.6 * len(filled):
        return True
    plain = all(isinstance(cell, str) and len(cell) <= _LONGEST_HEADING and not _DIGIT.search(cell) for cell in filled)
    return plain and (len(found) > _LEAST_KNOWN or 2 * known >= len(filled))


def _heads(sheet: Sheet, lines: Sequence[int], width: int) -> list[_Head]:
    """Return the heads of a sheet, one for each book; a head that only repeats the one before is left out."""
    heads: list[_Head] = []
    skip_to = 0
    for place in lines:
        if place < skip_to:
            continue
        head = _read_head(sheet, place, width)
        skip_to = head.end
        if not heads or _differs(heads[-1], head):
            heads.append(head)
    return heads


def _differs(one: _Head, other: _Head) -> bool:
    pairs = [(heading_key(a), heading_key(b)) for a, b in zip(one.labels, other.labels, strict=True) if a or b]
    return sum(1 for a, b in pairs if a == b) < 0.6 * len(pairs)


def _read_head(sheet: Sheet, place: int, width: int) -> _Head:
    upper = _words_of(sheet, place, width)
    lower = _words_of(sheet, place + 1, width) if place + 1 < len(sheet.rows) else [""] * width
    if not _is_second_line(upper, lower):
        return _Head(place, place + 1, *_join_days(upper, [""] * width))
    above = ""
    spread: list[str] = []
    for top, sub in zip(upper, lower, strict=True):
        above = top or (above if sub else "")
        spread.append(above)
    labels: list[str] = []
    parts: list[str] = []
    for column, (top, sub) in enumerate(zip(spread, lower, strict=True)):
        family = {heading_key(lower[c]) for c in range(width) if spread[c] == top and _joined(spread, column, c)}
        part = heading_key(sub)
        is_spread = (part in "年月日" and {"月", "日"} <= family) or (part in "字号" and {"字", "号"} <= family)
        parts.append(part if part and is_spread else "")
        labels.append(_spread_label(top, part) if part and is_spread else _joint_label(top, sub))
    return _Head(place, place + 2, *_join_days(labels, parts))


def _joined(spread: Sequence[str], one: int, other: int) -> bool:
    """Say whether two columns lie under one and the same upper heading."""
    low, high = sorted((one, other))
    return all(spread[column] == spread[low] for column in range(low, high + 1))


def _spread_label(top: str, part: str) -> str:
    """Return the heading of a value spread over 月 and 日, or 字 and 号: 来文 becomes 来文字号."""
    if part in "字号":
        return top if "号" in top else f"{top}字号"
    return top if top.endswith(("日期", "时间")) else f"{top}日期"


def _joint_label(top: str, sub: str) -> str:
    if not sub or not top:
        return top or sub
    if is_heading(top + sub) and not (is_heading(sub) and len(heading_key(sub)) > 3):
        return top + sub
    return sub if is_heading(sub) and len(heading_key(sub)) > 1 else top + sub


def _join_days(labels: list[str], parts: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return labels and parts with 月 and 日 that stand side by side, under no heading of their own, made one date."""
    keys = [heading_key(word) for word in labels]
    for column in range(len(keys) - 1):
        if keys[column] == "月" and keys[column + 1] == "日":
            for place in range(column - (column > 0 and keys[column - 1] == "年"), column + 2):
                labels[place], parts[place] = "日期", keys[place]
    return tuple(labels), tuple(parts)


def _is_second_line(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Say whether lower continues the head: it has words only where upper is empty or spreads to the right."""
    filled = [column for column, word in enumerate(lower) if word]
    if not filled or any(_DIGIT.search(lower[column]) or len(lower[column]) > _LONGEST_HEADING for column in filled):
        return False
    if sum(1 for column in filled if is_part(lower[column])) < 0.6 * len(filled):
        return False
    # Under a heading of its own that spreads nowhere, a second word is rare; a head that merely follows has them all.
    below = [column for column in filled if upper[column] and (column + 1 == len(upper) or upper[column + 1])]
    return len(below) < len(filled) / 2 and any(not upper[column] for column in filled)


def _words_of(sheet: Sheet, place: int, width: int) -> list[str]:
    words = ["".join(cell.split()) if isinstance(cell, str) else str(cell) for cell in sheet.rows[place]]
    return words + [""] * (width - len(words))


def _climb(sheet: Sheet, start: int, floor: int) -> int:
    """Return the line where the titles above the head at start begin."""
    place = start
    while place > floor:
        texts = [cell for cell in sheet.rows[place - 1] if cell != ""]
        if len(texts) > 2 or any(not isinstance(cell, str) or not is_title(cell) for cell in texts):
            break
        place -= 1
    return place


def _segments(sheet: Sheet, head: _Head, end: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last column of each book that lies under one head, side by side."""
    width = len(head.labels)
    body = sheet.rows[head.end : end]
    filled = [bool(label) or any(row[column] != "" for row in body) for column, label in enumerate(head.labels)]
    cuts = [0]
    for column in range(1, width):
        begins = not filled[column - 1] or is_line_number(head.labels[column]) or _is_repeated(head, cuts[-1], column)
        if begins and _is_book(head, cuts[-1], column) and _is_book(head, column, width):
            cuts.append(column)
    yield from zip(cuts, [cut - 1 for cut in cuts[1:]] + [width - 1], strict=True)


def _is_repeated(head: _Head, left: int, column: int) -> bool:
    key = heading_key(head.labels[column])
    return (
        bool(key)
        and any(heading_key(head.labels[place]) == key for place in range(left, column))
        and not head.parts[column]
    )


def _is_book(head: _Head, left: int, right: int) -> bool:
    """Say whether the columns from left up to right could be a book of their own."""
    labels = [label for label in head.labels[left:right] if label]
    return sum(map(is_heading, labels)) > _LEAST_KNOWN and any(map(is_core, labels))


def _build(
    sheet: Sheet,
    register: Register,
    head: _Head,
    place: tuple[int, int, int, int],
    remembered: Mapping[str, str],
    file_name: str,
) -> Table | None:
    top, end, left, right = place
    columns = _columns(sheet, register, head, place, remembered)
    fields = {column.field for column in columns}
    if not head.is_told and (
        not fields & {"title", "doc_number"} or (head.start == head.end and len(fields - {"", "remarks"}) < 2)
    ):
        return None
    titles = [
        cell for row in sheet.rows[top : head.start] for cell in row[left : right + 1] if isinstance(cell, str) and cell
    ]
    if not titles:
        titles = [cell for row in sheet.rows[top : head.start] for cell in row[:left] if isinstance(cell, str) and cell]
    hints = first_hints([*filter(is_title, titles), sheet.name, file_name], sheet.book_words)
    labels = head.labels[left : right + 1]
    guesses = (guess_title(titles), guess_title([sheet.name]), guess_register(labels), guess_title([file_name]))
    return Table(
        sheet=sheet.name,
        hidden=sheet.hidden,
        header_row=head.start + 1 if head.end > head.start else 0,
        first_row=head.end + 1,
        last_row=end,
        columns=columns,
        year=hints.year,
        month=hints.month,
        register_guess=next(filter(None, guesses), ""),
        number_is_line=LINE in fields and register.number_name not in fields,
        top_row=top + 1,
        has_year_range=hints.is_range,
        last_month=hints.last_month,
        is_own={field.label for field in register.fields} <= {column.heading for column in columns},
    )


def _columns(
    sheet: Sheet, register: Register, head: _Head, place: tuple[int, int, int, int], remembered: Mapping[str, str]
) -> tuple[Column, ...]:
    _, end, left, right = place
    body = sheet.rows[head.end : end]
    groups: list[list[int]] = []
    for column in range(left, right + 1):
        together = (
            head.parts[column]
            and groups
            and head.parts[groups[-1][-1]]
            and head.labels[column] == head.labels[groups[-1][-1]]
        )
        if together:
            groups[-1].append(column)
        else:
            groups.append([column])
    headings = [head.labels[group[0]] for group in groups]
    if {field.label for field in register.fields} <= set(headings):  # an export of ours means what it says
        fields = assign(register, headings, [Content()] * len(groups), {})
    else:
        fields = assign(register, headings, [_content(body, group) for group in groups], remembered)
    return tuple(
        Column(index, heading or t("exchange.column", letter=column_letter(index)), field, head.parts[index])
        for group, heading, field in zip(groups, headings, fields, strict=True)
        for index in group
    )


def _content(body: Sequence[Sequence[Cell]], group: Sequence[int]) -> Content:
    """Look at a column; one that is spread over several is taken for a date or a 文号, as its heading says."""
    if len(group) > 1:
        return Content(filled=1)
    index = group[0]
    return look_at_column(row[index] for row in body[:_MOST_LOOKED_AT])


def column_letter(index: int) -> str:
    """Return the letters over a column, from 0: A … Z, AA …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
