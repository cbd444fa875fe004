# SPDX-License-Identifier: MulanPSL-2.0
"""What stands below the table of a 值班表: phones, 交接班, who made and signed it; every piece on a line of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from statistics import median

from township_office.paper.blocks import Align, Look, Spot
from township_office.paper.forms.duty_fit import LEGIBLE, SIDES, Room, Way, Words, em
from township_office.paper.forms.office_sheet import Imprint
from township_office.paper.measures import POINT
from township_office.paper.spread import PAD, TIGHT
from township_office.registers.duty.sheet import RosterSheet, Turn

PEOPLE, NAMED, CHANGES = "人员电话", "人员序号", "调班"
SEE_CHANGES = "发布后调班 {count} 次，见调班记录。"
LEGEND = "底色为休息日、节假日；“调”为发布后调整的班次。"
_TO_FILL = "＿" * 6
_SIZE, _SMALL = 9.5, 8.0  # points
_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, LEGIBLE)  # of lists of people
_LABEL = 17.0  # mm
_GAP, _LINE, _SIGNED, _IMPRINT = 1.5, 5.5, 8.0, 4.5  # mm
_APART = 2.0  # mm between two entries of a list


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a list: its place in it, millimetres."""

    text: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Foot:
    """The pieces of a foot, the first of them at 0, and how high it is."""

    spots: tuple[Spot, ...]
    height: float

    def at(self, top: float) -> Iterator[Spot]:
        """Yield the pieces where they stand on the sheet."""
        for spot in self.spots:
            yield replace(spot, top=round(spot.top + top, 3))


def foot_of(sheet: RosterSheet, imprint: Imprint, way: Way, room: Room) -> Foot:
    """Return the foot of a sheet on that paper."""
    spots: list[Spot] = []
    top = _GAP
    for text in _said(sheet, way):
        height = _LINE * ceil((em(text) * _SIZE / POINT + 1) / (room.line - 2 * PAD))
        spots.append(_spot(SIDES, top, room.line, height, text))
        top += height
    for label, texts in _lists(sheet, way):
        if texts:
            size, entries, height = _listed(texts, room, way.list_share)
            spots.append(Spot(SIDES, top, _LABEL, height, label, _SIZE, Look.LABEL))
            spots += [
                Spot(SIDES + _LABEL + one.left, top + one.top, one.width, one.height, one.text, size, align=Align.LEFT)
                for one in entries
            ]
            top += height + 1
    for place, text in enumerate(signatures(sheet)):
        spots.append(_spot(SIDES + place * room.line / 3, top, room.line / 3, _SIGNED, text, _SIZE + 1))
    top += _SIGNED
    day = imprint.printed_on
    chain = f"登记链 {imprint.chain_head}　" if imprint.chain_head else ""
    printed = f"{chain}打印日期：{day.year}年{day.month}月{day.day}日"
    wide = em(printed) * _SMALL / POINT + 2 * PAD + 0.5
    spots.append(_spot(SIDES, top, room.line - wide, _IMPRINT, LEGEND, _SMALL))
    spots.append(_spot(SIDES + room.line - wide, top, wide, _IMPRINT, printed, _SMALL))
    return Foot(tuple(spots), top + _IMPRINT)


def head(sheet: RosterSheet) -> Iterator[str]:
    """Yield the line of the duty phone, the fax and the hour of handing over; then what else was noted."""
    fax = f"　　传真：{sheet.fax}" if sheet.fax else ""
    yield f"值班电话：{sheet.phone or _TO_FILL}{fax}　　交接班时间：{sheet.handover}"
    if sheet.remarks:
        yield f"备注：{sheet.remarks}"


def signatures(sheet: RosterSheet) -> tuple[str, ...]:
    """Return who made it, who looked it over, who signs it."""
    return f"制表：{sheet.made_by}", "审核：", f"签发人：{sheet.signed_by}"


def contact(turn: Turn) -> str:
    """Return a person with post and phone, on one line."""
    return " ".join(filter(None, (turn.name, turn.post, turn.phone)))


def _said(sheet: RosterSheet, way: Way) -> Iterator[str]:
    yield from head(sheet)
    if sheet.changes and not way.with_changes:
        yield SEE_CHANGES.format(count=len(sheet.changes))


def _lists(sheet: RosterSheet, way: Way) -> Iterator[tuple[str, list[str]]]:
    """Yield the lists below the table: who is on it, unless the cells say all, and what was changed."""
    if way.words is Words.NUMBERS:
        yield NAMED, [f"{place} {contact(turn)}" for place, turn in enumerate(sheet.people, start=1)]
    elif way.words is Words.NAMES:
        yield PEOPLE, list(map(contact, sheet.contacts))
    if way.with_changes:
        yield CHANGES, [change.words for change in sheet.changes]


def _spot(left: float, top: float, width: float, height: float, text: str, size: float = _SIZE) -> Spot:
    return Spot(round(left, 3), round(top, 3), round(width, 3), height, text, size, align=Align.LEFT)


def _listed(texts: Sequence[str], room: Room, share: float) -> tuple[float, list[_Entry], float]:
    """Return the size, the places and the height of a list, in readable type as long as it is not too long."""
    for size in _SIZES:
        entries, height = _packed(texts, room.line - _LABEL, size)
        if height <= room.height * share:
            break
    return size, entries, height


def _packed(texts: Sequence[str], width: float, size: float) -> tuple[list[_Entry], float]:
    """Put entries into columns of one width: as low as they get, and of that in the fewest, which line up best."""
    wide = [em(text) * size / POINT + 2 * PAD + _APART for text in texts]
    most = max(1, int(width // min(max(median(wide), max(wide) * 0.6), width)))
    return min((_in_columns(texts, wide, width / count, count, size) for count in range(1, most + 1)), key=_height)


def _height(packed: tuple[list[_Entry], float]) -> float:
    return round(packed[1], 3)


def _in_columns(
    texts: Sequence[str], wide: Sequence[float], pitch: float, count: int, size: float
) -> tuple[list[_Entry], float]:
    """Fill columns row by row; a longer entry takes as many as it needs, or several lines."""
    step = size * TIGHT / POINT
    entries: list[_Entry] = []
    rows: list[float] = [0.0]
    place = 0
    for text, one in zip(texts, wide, strict=True):
        span = min(count, ceil(one / pitch))
        if place + span > count:
            rows.append(0.0)
            place = 0
        top, lines = sum(rows[:-1]), ceil(one * 1.05 / (span * pitch)) if span == count else 1
        rows[-1] = max(rows[-1], lines * step + PAD + 0.3)
        entries.append(_Entry(text, place * pitch, top, span * pitch, rows[-1]))
        place += span
    return entries, sum(rows)
