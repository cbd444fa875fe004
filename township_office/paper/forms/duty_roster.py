# SPDX-License-Identifier: MulanPSL-2.0
"""值班表 — one month, or the days of one holiday, on one A4 sheet whatever they hold.

Columns and foot are those of custom; no rule prescribes them. Upright or lying, with the phones in the cells or below
the table, in type as large as goes in: 12 down to 6.5 points. Of a sheet that holds more than can be read in that, the
cells give numbers, and the list below it the names.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, groupby

from township_office.core.errors import OfficeError
from township_office.paper.blocks import Edge, Heading, Look, Page, PageFoot, Sheet, Spot, Spread
from township_office.paper.forms.duty_fit import ACROSS, SIDES, TOP, UPRIGHT, Fit, fitted, tries
from township_office.paper.forms.duty_foot import Foot, foot_of
from township_office.paper.forms.office_sheet import Imprint
from township_office.registers.duty.plan import Half
from township_office.registers.duty.sheet import RosterSheet

FIXED = ("日期", "星期", "假日")
_TITLE, _TITLE_SIZE = 11.0, 20.0  # mm, points
_LABELS, _LABELS_ABOVE, _LABELS_BELOW = 10.0, 7.5, 6.0  # mm; the latter where day and night stand below their line
_LABEL_SIZE = 11.0


def build(sheet: RosterSheet, imprint: Imprint) -> Page:
    """Return the sheet."""
    fit, foot = laid_out(sheet, imprint)
    room = fit.room
    top = TOP + _TITLE
    bottom = top + _head_height(sheet) + sum(fit.heights)
    spots = (
        Spot(SIDES, TOP, room.line, _TITLE, sheet.heading, _TITLE_SIZE, Look.TITLE),
        *_labels(sheet, fit, top),
        *_days(sheet, fit, top + _head_height(sheet)),
        *foot.at(bottom),
    )
    paper = Sheet(room.width, room.height, left=SIDES, top=TOP, right=SIDES, bottom=0.0)
    return Page(paper, (Heading(sheet.heading),), (Spread(spots),), PageFoot("", "", ""))


def laid_out(sheet: RosterSheet, imprint: Imprint) -> tuple[Fit, Foot]:
    """Return how the table goes onto its sheet, and what stands below it; raise OfficeError where nothing helps."""
    for way in tries(sheet):
        feet = {room: foot_of(sheet, imprint, way, room) for room in (UPRIGHT, ACROSS)}
        taken = _TITLE + _head_height(sheet)
        fit = fitted(sheet, way, [room.less(taken + foot.height) for room, foot in feet.items()])
        if fit is not None:
            return fit, feet[UPRIGHT if fit.room.is_upright else ACROSS]
    raise OfficeError("duty_print.too_full")


def _head_height(sheet: RosterSheet) -> float:
    return _LABELS_ABOVE + _LABELS_BELOW if _is_two_high(sheet) else _LABELS


def _is_two_high(sheet: RosterSheet) -> bool:
    """Whether a line has its day and its night in two columns."""
    return any(len(list(columns)) > 1 for _, columns in groupby(sheet.columns, key=lambda one: one.line))


def _labels(sheet: RosterSheet, fit: Fit, top: float) -> Iterator[Spot]:
    whole = _head_height(sheet)
    edges = _edges(fit)
    for place, label in enumerate(FIXED):
        yield _label(edges[place], edges[place + 1], top, whole, label)
    place = len(FIXED)
    for line, columns in groupby(sheet.columns, key=lambda one: one.line):
        halves = list(columns)
        if len(halves) > 1:
            yield _label(edges[place], edges[place + len(halves)], top, _LABELS_ABOVE, line)
            for below, half in enumerate(halves, start=place):
                yield _label(edges[below], edges[below + 1], top + _LABELS_ABOVE, _LABELS_BELOW, half.half_word)
        else:
            half_word = f"（{halves[0].half_word}）" if halves[0].half is not Half.WHOLE else ""
            yield _label(edges[place], edges[place + 1], top, whole, line + half_word)
        place += len(halves)


def _label(left: float, right: float, top: float, height: float, text: str) -> Spot:
    return Spot(left, top, round(right - left, 3), height, text, _LABEL_SIZE, Look.LABEL, edge=Edge.BOX)


def _edges(fit: Fit) -> list[float]:
    return [round(edge, 3) for edge in accumulate((*fit.fixed, *fit.widths), initial=SIDES)]


def _days(sheet: RosterSheet, fit: Fit, top: float) -> Iterator[Spot]:
    edges, downs = _edges(fit), [round(y, 3) for y in accumulate(fit.heights, initial=top)]

    def cell(column: int, first: int, count: int, text: str, look: Look = Look.BODY) -> Spot:
        left, upper = edges[column], downs[first]
        width, height = round(edges[column + 1] - left, 3), round(downs[first + count] - upper, 3)
        is_off = all(day.is_off for day in sheet.days[first : first + count])
        return Spot(left, upper, width, height, text, fit.size, look, edge=Edge.BOX, is_shaded=is_off)

    for place, day in enumerate(sheet.days):
        yield cell(0, place, 1, day.date_words)
        yield cell(1, place, 1, day.weekday)
    for first, count in sheet.rest_runs():
        yield cell(2, first, count, sheet.days[first].rest_words, Look.LABEL)
    for column, lines in enumerate(fit.cells, start=len(FIXED)):
        for (first, count), said in zip(sheet.runs(column - len(FIXED)), lines, strict=True):
            yield cell(column, first, count, "\n".join(said))
