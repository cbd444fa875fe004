# SPDX-License-Identifier: MulanPSL-2.0
"""What the office's one-page forms have in common: an upright sheet, cells with labels, dates to fill in by hand.

They are filed with the document, as part of its 件 (国家档案局令第8号 art. 10): so there is room to bind, and most of
them stay on one sheet. What is printed on them is custom; no rule prescribes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count

from township_office.core.fields import Value
from township_office.core.gate import has_secret_mark
from township_office.paper.blocks import (
    Align,
    FormGrid,
    GridCell,
    GridRow,
    Heading,
    Page,
    PageFoot,
    Role,
    Sheet,
    Signatures,
)
from township_office.paper.forms.office_sheet import Imprint
from township_office.registers.circulation import HANDLING
from township_office.registers.common import WORK_SECRET

WIDTH = 170.0  # mm, on A4 between the margins
LABEL, SIDE = 24.0, 11.0  # mm, of the columns labels stand in
LINE = 11.0  # mm, a row of one line; high enough to write in by hand
LEAST_BOX = 18.0  # mm; a leader's words and name still go in

CUT = "…（全文见登记簿）"
BLANK_DAY = "　　　年　　月　　日"
WITHHELD = "（原文带密级标志，不打印）"

# A state secret is not registered here, so its level is never printed (保密法 art. 22: no mark without a secret).
_LEVELS_PRINTED = ("内部", WORK_SECRET)

Line = Mapping[str, Value]
NO_POSTS: Mapping[str, str] = {}


def form_sheet(
    title: str, paper: Line, imprint: Imprint, rows: Iterable[GridRow], closing: str = "", heads: int = 0
) -> Page:
    """Return the form of paper: the office's name and title above, rows from margin to margin, closing at the foot.

    heads: how many of rows come back on a second sheet; without, there is none.
    """
    day = imprint.printed_on
    void = "（作废）" if paper.get("voided_on") else ""
    return Page(
        Sheet(width=210.0, height=297.0, left=25.0, top=14.0, right=15.0, bottom=10.0),
        (Heading(f"{' '.join(imprint.office.split())}{title}{void}"),),
        (FormGrid(tuple(rows), CUT, heads), *((Signatures(closing, ()),) if closing else ())),
        PageFoot(
            f"登记链 {imprint.chain_head}" if imprint.chain_head else "",
            "第 {page} 页　共 {pages} 页" if heads else "",
            f"打印日期：{day.year}年{day.month}月{day.day}日",
        ),
    )


def pairs(*said: tuple[str, str], widths: Sequence[float] = ()) -> GridRow:
    """Return a row of labels, each with its value beside it; the values are equally wide, or as widths says."""
    widths = widths or [WIDTH / len(said) - LABEL] * len(said)
    cells = zip(said, widths, strict=True)
    return GridRow(LINE, tuple(cell for (label, text), width in cells for cell in (name(label), GridCell(text, width))))


def whole(label: str, text: str, height: float = LINE) -> GridRow:
    """Return a row of one label and a text across the sheet, set flush left."""
    return GridRow(height, (name(label), GridCell(text, WIDTH - LABEL, align=Align.LEFT)))


def name(label: str, width: float = LABEL) -> GridCell:
    """Return the cell of a label."""
    return GridCell(label, width, Role.LABEL)


def side_box(label: str, text: str, height: float, foot: str = "") -> GridRow:
    """Return a row to write in by hand, its label downwards at the left."""
    box = GridCell(text, WIDTH - SIDE, Role.BOX, Align.LEFT, foot=foot)
    return GridRow(height, (GridCell(label, SIDE, Role.SIDE), box), least=LEAST_BOX)


def boxes(height: float, *cells: tuple[str, str, str]) -> GridRow:
    """Return a row of boxes side by side, each (label, text, foot)."""
    width = WIDTH / len(cells)
    drawn = (GridCell(text, width, Role.BOX, Align.LEFT, label=label, foot=foot) for label, text, foot in cells)
    return GridRow(height, tuple(drawn), least=LEAST_BOX)


def columns(labels: Sequence[tuple[str, float]]) -> GridRow:
    """Return the row of labels above numbered lines; each label with the width of its column."""
    return GridRow(LINE, tuple(name(label, width) for label, width in labels))


def numbered(
    lines: Iterable[Sequence[str]], labels: Sequence[tuple[str, float]], height: float, least: float
) -> list[GridRow]:
    """Return a numbered row for each of lines, then as many empty ones as the sheet has room for."""
    filled = [list(line) for line in lines]
    blank = [""] * (len(labels) - 1)
    rows = []
    for number, line in zip(count(1), filled + [blank] * _SPARES):
        cells = zip((str(number), *line), labels, strict=True)
        drawn = tuple(GridCell(text, width, align=_side(width)) for text, (_, width) in cells)
        rows.append(GridRow(height, drawn, least, is_spare=number > len(filled)))
    return rows


def said(row: Line, key: str) -> str:
    """Return a value as printed; nothing for one the row does not have, a note for one that may not be printed."""
    value = row.get(key)
    if isinstance(value, date):
        return day_said(value)
    text = "" if value is None else str(value)
    return WITHHELD if has_secret_mark(text) else text


def secrecy(row: Line) -> str:
    """Return 内部 or 工作秘密, or nothing."""
    level = row.get("secrecy_level")
    return str(level) if level in _LEVELS_PRINTED else ""


def day_said(value: Value) -> str:
    """Return a date as a document writes it, 2026年11月20日 (GB/T 9704 7.3.5.4), or room to write one."""
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else BLANK_DAY


def moment(value: Value, year: int) -> str:
    """Return the time of a handover ("2026-11-20 10:02") as short as a narrow column wants it."""
    return str(value or "").removeprefix(f"{year}-")


def year_of(paper: Line, imprint: Imprint) -> int:
    """Return the year a sheet is of: a moment in it is written without it."""
    year = paper.get("year")
    return year if isinstance(year, int) else imprint.printed_on.year


def counted(value: Value, unit: str) -> str:
    """Return a number with its unit, 2份, or nothing."""
    return "" if value is None else f"{value}{unit}"


def ticked(*choices: tuple[str, bool]) -> str:
    """Return each choice behind a small square, ticked where it holds."""
    return "　".join(f"{'☑' if holds else '☐'}{label}" for label, holds in choices)


def signed(label: str, who: Value, day: Value) -> str:
    """Return who signs and when, with room for what is not known yet."""
    return f"{label}：{who or '　　　　　　'}　　{day_said(day)}"


def with_post(who: str, posts: Mapping[str, str]) -> str:
    """Return a name with the post behind it: 孙志强（书记）."""
    return f"{who}（{posts[who]}）" if posts.get(who) else who


def readers(children: Iterable[Line]) -> list[Line]:
    """Return the handovers to people who read: not those taken back, nor those to the one who handles the matter."""
    return [one for one in children if one.get("voided_on") is None and one.get("purpose") != HANDLING]


_SPARES = 40  # more empty rows than any sheet has room for


def _side(width: float) -> Align:
    return Align.LEFT if width >= 40 else Align.CENTRE
