# SPDX-License-Identifier: MulanPSL-2.0
"""值班日志 — one day on one sheet: who was on duty, what came in, what happened, what is left, who took over and when.

The cells are those of custom. A day with much to tell goes on on a second sheet; both sign on the last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from township_office.paper.blocks import Align, GridCell, GridRow, Page
from township_office.paper.forms.form_sheet import (
    NO_POSTS,
    WIDTH,
    Line,
    columns,
    day_said,
    form_sheet,
    name,
    pairs,
    said,
    whole,
    with_post,
)
from township_office.paper.forms.office_sheet import Imprint
from township_office.registers.duty.log import NOTHING

TITLE = "值班日志"

_COLUMNS = (("时间", 16.0), ("方式", 12.0), ("单位、姓名、电话", 40.0), ("内容", 53.0), ("拟办和处理结果", 33.0),
            ("办理人", 16.0))  # fmt: skip
_FEWEST, _CALL = 4, 12.0  # rows of calls, and how high each is, in mm
_NOTE, _LEAST_NOTE, _SIGNED = 20.0, 13.0, 15.0  # mm
_WEEKDAYS = "一二三四五六日"
_HEADS = 2  # rows that come back on a second sheet


def build(
    row: Line,
    calls: Sequence[Line],
    imprint: Imprint,
    posts: Mapping[str, str] = NO_POSTS,
    events: Sequence[Line] = (),
) -> Page:
    """Return the page of a day; calls in their order; events: the emergencies of its hours."""
    rows = (
        pairs(("日期", _day(row)), ("天气", said(row, "weather")), widths=(70, 52)),
        pairs(("带班领导", with_post(said(row, "leader"), posts)), ("值班人员", said(row, "people"))),
        whole("值班时间", _hours(row)),
        _note("值班情况", said(row, "title")),
        *_calls(row, calls),
        _note("突发事件", "\n".join(_event(one, row) for one in events) or _zero(row)),
        _note("巡查情况", said(row, "patrol")),
        _note("领导交办", said(row, "tasks")),
        _note("未尽事项", said(row, "open_items") or _zero(row)),
        _signed(row),
    )
    return form_sheet(TITLE, row, imprint, rows, heads=_HEADS)


def _day(row: Line) -> str:
    day = row.get("duty_on")
    return f"{day_said(day)}　星期{_WEEKDAYS[day.weekday()]}" if isinstance(day, date) else day_said(day)


def _hours(row: Line) -> str:
    begun, ended = said(row, "begun_at"), said(row, "ended_at")
    return f"{begun}　至　{ended}" if begun or ended else ""


def _zero(row: Line) -> str:
    """A day that is kept says 无 where there was nothing (零报告); an empty form leaves room to write."""
    return NOTHING if row.get("duty_on") else ""


def _note(label: str, text: str) -> GridRow:
    return GridRow(_NOTE, (name(label), GridCell(text, WIDTH - 24.0, align=Align.LEFT)), least=_LEAST_NOTE)


def _calls(row: Line, calls: Sequence[Line]) -> list[GridRow]:
    """Return the table of calls, with room for some more written by hand."""
    lines = [_call(one, row) for one in calls] + [[""] * len(_COLUMNS)] * max(_FEWEST - len(calls), 0)
    rows = [columns(_COLUMNS)]
    for line in lines:
        cells = zip(line, _COLUMNS, strict=True)
        drawn = tuple(GridCell(text, width, align=_side(width)) for text, (_, width) in cells)
        rows.append(GridRow(_CALL, drawn, least=_CALL))
    return rows


def _call(one: Line, row: Line) -> list[str]:
    caller = "　".join(filter(None, (said(one, "caller"), said(one, "phone"))))
    who = "\n".join(filter(None, (said(one, "unit"), caller)))
    done = "\n".join(filter(None, (said(one, "proposed"), said(one, "result"))))
    return [_clock(one.get("called_at"), row), said(one, "way"), who, said(one, "title"), done, said(one, "handler")]


def _event(one: Line, row: Line) -> str:
    """Return an emergency in a line, with when it was reported upward."""
    told = [
        f"{word}{_clock(one.get(name), row)}"
        for word, name in (("电话", "phoned_at"), ("书面", "written_at"), ("终报", "final_at"))
        if one.get(name)
    ]
    reported = f"（已报送：{'，'.join(told)}）" if told else "（未报送）"
    what = "　".join(filter(None, (said(one, "place"), said(one, "title"))))
    return f"{_clock(one.get('received_at'), row)}　{what}{reported}"


def _clock(value: object, row: Line) -> str:
    """Return a moment without its day, where that is the day of the page."""
    day = row.get("duty_on")
    text = str(value or "")
    if isinstance(day, date):
        text = text.removeprefix(f"{day.isoformat()} ").removeprefix(f"{day.year}-")
    return text


def _signed(row: Line) -> GridRow:
    labels = (("交班人", "handed_by", 33.0), ("接班人", "taken_by", 33.0), ("交接时间", "handed_at", 44.0))
    cells = [cell for label, key, width in labels for cell in (name(label, 20.0), GridCell(said(row, key), width))]
    return GridRow(_SIGNED, tuple(cells))


def _side(width: float) -> Align:
    return Align.LEFT if width > 30 else Align.CENTRE
