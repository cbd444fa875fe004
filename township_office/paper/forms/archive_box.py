# SPDX-License-Identifier: MulanPSL-2.0
"""The paper of an 档案盒 (DA/T 22-2015 6.4): its front, its spine, and the 备考表 that lies in it as the last sheet.

The standard as we know it says what stands on them and how large a box is. Where on the front, and how long the strip
for a spine is, each office decides with its county archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from township_office.core.fields import Value
from township_office.paper.blocks import (
    Align,
    Edge,
    FormGrid,
    GridCell,
    GridRow,
    Heading,
    Look,
    Note,
    Page,
    PageFoot,
    Role,
    Sheet,
    Spot,
    Spread,
)
from township_office.paper.forms.archive_catalogue import Item, Part, is_long
from township_office.paper.forms.form_sheet import CUT, WIDTH, day_said, name, said
from township_office.paper.measures import POINT

FRONT, SPINE, NOTE_SHEET = "档案盒封面", "档案盒脊", "备考表"
BOX_WIDTH, BOX_HEIGHT = 220.0, 310.0  # mm, of its front
A4, A3 = (210.0, 297.0), (297.0, 420.0)
LONGEST_ON_A4 = 285.0  # mm of a strip, with its cut marks
_EDGE, _GAP, _MARK = 12.0, 6.0, 4.0  # mm: clear at the sheet's sides, between strips, of a cut mark
_AWAY = 1.0  # between a strip and its cut marks
_LABEL_SIZE, _VALUE_SIZE = 12.0, 22.0  # points, at most
_SIDEWAYS = 18.0  # points: what does not go across the spine in this size runs down it
# How the length of a spine is shared out: a label, then what it is of.
_LABEL, _VALUE, _ORG, _ITEM_NO = 9.0, 22.0, 74.0, 16.0
_NOTE_LINE, _NOTE_LINES = 44, 40  # characters on a line of the 备考表, lines on a sheet of it


@dataclass(frozen=True, slots=True)
class BoxLabel:
    """What stands on the spine of one box; item numbers as four digits."""

    part: Part
    thickness: float  # mm
    first: str
    last: str
    number: str


def front(fonds_name: str, top: float, *, is_true_size: bool) -> Page:
    """Return the front of a box: 全宗名称 with two rules below it, its lower one so many millimetres from the top."""
    width, height = (BOX_WIDTH, BOX_HEIGHT) if is_true_size else A4
    spot = Spot(25, top - 24, width - 50, 24, fonds_name, 40, Look.TITLE, edge=Edge.BELOW_TWICE)
    return Page(_sheet(width, height), (Heading(FRONT),), (Spread((spot,)),), PageFoot("", "", ""))


def spines(boxes: Sequence[BoxLabel], length: float) -> Page:
    """Return the strips for the spines of boxes, each as wide as its box is thick, to be cut out at the marks."""
    width, height = A4 if length <= LONGEST_ON_A4 else A3
    top = (height - length) / 2
    spreads: list[Spread] = []
    spots: list[Spot] = []
    left = _EDGE
    for box in boxes:
        if spots and left + box.thickness > width - _EDGE:
            spreads.append(_marked(spots, top, length))
            spots, left = [], _EDGE
        spots += _strip(box, left, top, length)
        left += box.thickness + _GAP
    if spots:
        spreads.append(_marked(spots, top, length))
    return Page(_sheet(width, height), (Heading(SPINE),), tuple(spreads), PageFoot("", "", ""))


def note(box: BoxLabel, row: Item, items: Sequence[Item], longest_remark: int) -> list[Page]:
    """Return the 备考表 of a box: what is said of it, and the remarks that were too long for the catalogue.

    Mostly one sheet; names are written by hand (DA/T 22 6.4).
    """
    words = [said(row, "title"), *_moved(items, longest_remark)]
    sheets = list(_shared_out("\n".join(filter(None, words)).split("\n")))
    return [_note_sheet(box, row, "\n".join(lines), place, len(sheets)) for place, lines in enumerate(sheets)]


def item_no(item: Item) -> str:
    """Return the 件号 of an item as it stands in its 档号: four digits, in a volume three (DA/T 22 5.4.3, DA/T 13)."""
    number = item["sequence"]
    digits = str(item["number"] or "").rpartition("-")[2]
    is_its_own = digits.isdecimal() and int(digits) == number
    return "" if number is None else digits if is_its_own else f"{int(str(number)):04d}"


def _sheet(width: float, height: float) -> Sheet:
    return Sheet(width=width, height=height, left=_EDGE, top=_EDGE, right=_EDGE, bottom=_EDGE)


def _strip(box: BoxLabel, left: float, top: float, length: float) -> Iterator[Spot]:
    """Return the cells of one spine, from its head down (DA/T 22 6.4: 起 above, 止 below)."""
    part = box.part
    said = [("全宗号", (_VALUE, part.fonds_no)), ("年度", (_VALUE, part.year)), ("保管期限", (_VALUE, part.retention))]
    if part.org:
        said.append(("机构\n（问题）", (_ORG, part.org)))
    cells: list[tuple[float, str, Look]] = []
    for label, (height, words) in said:
        cells += [(_LABEL * (1 + 0.6 * label.count("\n")), label, Look.LABEL), (height, words, Look.BODY)]
    cells += [(_LABEL, "起止件号", Look.LABEL), (_ITEM_NO, box.first, Look.BODY), (_ITEM_NO, box.last, Look.BODY)]
    cells += [(_LABEL, "盒号", Look.LABEL), (_VALUE, box.number, Look.BODY)]
    scale = length / sum(height for height, _, _ in cells)
    for height, words, look in cells:
        is_label = look is Look.LABEL
        runs_down = not is_label and len(words) * _SIDEWAYS / POINT > box.thickness and not words.isascii()
        size = _LABEL_SIZE if is_label else _VALUE_SIZE
        place = Spot(left, top, box.thickness, height * scale, words, size, look, edge=Edge.BOX, goes_down=runs_down)
        yield place
        top += place.height


def _marked(spots: Sequence[Spot], top: float, length: float) -> Spread:
    """Return strips with the marks to cut them out by."""
    strips = list(dict.fromkeys((spot.left, spot.width) for spot in spots))
    first, end = strips[0][0], sum(strips[-1])
    marks = [
        Spot(left, y, width, _MARK, edge=Edge.SIDES)
        for left, width in strips
        for y in (top - _AWAY - _MARK, top + length + _AWAY)
    ]
    marks += [Spot(x, top, _MARK, length, edge=Edge.ENDS) for x in (first - _AWAY - _MARK, end + _AWAY)]
    return Spread((*spots, *marks))


def _moved(items: Sequence[Item], longest_remark: int) -> Iterator[str]:
    """Return what was too long for the catalogue, and which items are no longer in the box."""
    for item in items:
        remarks = said(item, "remarks")
        if is_long(remarks, longest_remark):
            yield f"{item_no(item)}号：{'；'.join(remarks.splitlines())}"
        if item["destroyed_on"] is not None:
            yield f"{item_no(item)}号：{day_said(item['destroyed_on'])}销毁"


def _shared_out(lines: Sequence[str]) -> Iterator[list[str]]:
    """Share lines out among sheets, so that none has to be cut."""
    sheet: list[str] = []
    used = 0
    for line in lines:
        for start in range(0, max(len(line), 1), _NOTE_LINE * _NOTE_LINES):
            piece = line[start : start + _NOTE_LINE * _NOTE_LINES]
            needs = max(1, -(-len(piece) // _NOTE_LINE))
            if sheet and used + needs > _NOTE_LINES:
                yield sheet
                sheet, used = [], 0
            sheet.append(piece)
            used += needs
    yield sheet


def _note_sheet(box: BoxLabel, row: Item, text: str, place: int, count: int) -> Page:
    part = box.part
    of = "　".join(filter(None, (part.fonds_no, part.year, part.retention, part.org)))
    which = f"第 {box.number} 盒（{box.first}—{box.last}）" + (
        f"　第 {place + 1} 张，共 {count} 张" if count > 1 else ""
    )
    told = GridCell(text, WIDTH, Role.BOX, Align.LEFT, label="盒内文件情况说明")
    rows = (
        GridRow(190, (told,), least=60),
        _signed("整理人", "整理日期", row["arranged_on"]),
        _signed("检查人", "检查日期", row["checked_on"]),
    )
    return Page(
        Sheet(width=210.0, height=297.0, left=25.0, top=14.0, right=15.0, bottom=10.0),
        (Heading(NOTE_SHEET), Note(of, which)),
        (FormGrid(rows, CUT),),
        PageFoot("", "", ""),
    )


def _signed(who: str, when: str, day: Value) -> GridRow:
    label = 30.0
    cells = (name(who, label), GridCell("", WIDTH / 2 - label), name(when, label))
    return GridRow(15, (*cells, GridCell(day_said(day), WIDTH / 2 - label)))
