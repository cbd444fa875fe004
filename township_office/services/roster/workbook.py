# SPDX-License-Identifier: MulanPSL-2.0
"""A 值班表 as a workbook of the same shape as on paper, so that the county can take it into its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from township_office.exchange.writing import Form, Look, Piece
from township_office.paper.forms.duty_fit import Fit, Words, em, said
from township_office.paper.forms.duty_foot import PEOPLE, contact, head, signatures
from township_office.paper.forms.duty_roster import FIXED
from township_office.registers.duty.sheet import NOWHERE, RosterSheet

_LINE = 15.0  # points from line to line
_TITLE, _HEAD, _GAP = 30.0, 22.0, 6.0  # points
_NARROW = (10.0, 6.0, 9.0)  # characters: 日期, 星期, 假日
_LEAST, _MOST = 14.0, 44.0


def form_of(sheet: RosterSheet, fit: Fit) -> Form:
    """Return the sheet with the words that it has on paper; the numbers of a list become names again."""
    words = Words.ALL if fit.words is Words.ALL else Words.NAMES
    widths = [*_NARROW, *(_width(sheet, column, words) for column in range(len(sheet.columns)))]
    pieces = [*_head(sheet), *_days(sheet, words)]
    heights = [_TITLE, _HEAD, _HEAD, *_heights(sheet, words, widths)]
    room = sum(widths)
    for place, text in enumerate(_foot(sheet, words), start=3 + len(sheet.days)):
        pieces.append(Piece(place, 0, text, Look.PLAIN, across=len(widths)))
        lines = sum(int(2 * em(line) / room) + 1 for line in text.split("\n"))
        heights.append(lines * _LINE + _GAP)
    return Form(sheet.title, pieces, widths, heights, fit.room.is_upright)


def _head(sheet: RosterSheet) -> Iterator[Piece]:
    yield Piece(0, 0, sheet.heading, Look.TITLE, across=len(FIXED) + len(sheet.columns))
    for place, label in enumerate(FIXED):
        yield Piece(1, place, label, Look.HEAD, down=2)
    place = len(FIXED)
    for line, columns in groupby(sheet.columns, key=lambda one: one.line):
        halves = list(columns)
        if any(half.half_word for half in halves):
            yield Piece(1, place, line, Look.HEAD, across=len(halves))
            for below, half in enumerate(halves, start=place):
                yield Piece(2, below, half.half_word, Look.HEAD)
        else:
            yield Piece(1, place, line, Look.HEAD, down=2)
        place += len(halves)


def _days(sheet: RosterSheet, words: Words) -> Iterator[Piece]:
    def look(first: int, count: int) -> Look:
        return Look.SHADED if all(day.is_off for day in sheet.days[first : first + count]) else Look.CELL

    for place, day in enumerate(sheet.days):
        yield Piece(3 + place, 0, day.date_words, look(place, 1))
        yield Piece(3 + place, 1, day.weekday, look(place, 1))
    for first, count in sheet.rest_runs():
        yield Piece(3 + first, 2, sheet.days[first].rest_words, look(first, count), down=count)
    for column in range(len(sheet.columns)):
        for first, count in sheet.runs(column):
            text = said(sheet.days[first].cells[column], words)
            yield Piece(3 + first, len(FIXED) + column, text, look(first, count), down=count)


def _foot(sheet: RosterSheet, words: Words) -> Iterator[str]:
    """Yield what stands below the table, a row for each."""
    yield from head(sheet)
    if words is Words.NAMES and sheet.phones != NOWHERE and sheet.contacts:
        yield f"{PEOPLE}：{'；'.join(map(contact, sheet.contacts))}"
    if sheet.changes:
        yield "\n".join(change.words for change in sheet.changes)
    yield "　　　　".join(signatures(sheet))


def _width(sheet: RosterSheet, column: int, words: Words) -> float:
    """Return a column's width in narrow characters: its longest line, within reason."""
    texts = (said(day.cells[column], words).split("\n") for day in sheet.days)
    longest = max((2 * em(line) for lines in texts for line in lines), default=0.0)
    return min(max(longest + 2, 2 * em(sheet.columns[column].line) + 2, _LEAST), _MOST)


def _heights(sheet: RosterSheet, words: Words, widths: list[float]) -> Iterator[float]:
    """Yield how high each day is, in points."""
    needs = [1.0] * len(sheet.days)
    for column in range(len(sheet.columns)):
        room = widths[len(FIXED) + column] - 1
        for first, count in sheet.runs(column):
            lines = said(sheet.days[first].cells[column], words).split("\n")
            need = sum(int(2 * em(line) / room) + 1 for line in lines) / count
            for place in range(first, first + count):
                needs[place] = max(needs[place], need)
    for need in needs:
        yield need * _LINE + _GAP
