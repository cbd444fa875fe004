# SPDX-License-Identifier: MulanPSL-2.0
"""误录处置单 — what was done after content of a state secret was typed in, when and by whom. Never what it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from township_office.paper.blocks import Align, GridCell, GridRow, Note, Page
from township_office.paper.forms.form_sheet import WIDTH, boxes, columns, form_sheet, pairs, whole
from township_office.paper.forms.office_sheet import Imprint
from township_office.paper.forms.recovery_sheet import HEADER
from township_office.registers.mishap import MEASURES

TITLE = "误录处置单"

_COLUMNS = (("序号", 12.0), ("处置步骤", 94.0), ("完成时间", 38.0), ("办理人", 26.0))
_MEASURE, _SIGNED = 20.0, 34.0  # mm


def build(said: Mapping[str, str], done: Mapping[str, Sequence[str]], imprint: Imprint) -> Page:
    """Return the sheet; said: found_at, deadline, ended_at, reported_to; done: when and by whom, by a measure's key."""
    rows = [
        pairs(("发现时间", said.get("found_at", "")), ("报告时限", said.get("deadline", ""))),
        columns(_COLUMNS),
    ]
    for number, measure in enumerate(MEASURES, start=1):
        at, by = (*done.get(measure.key, ()), "", "")[:2]
        texts = (str(number), f"{measure.do}\n{measure.note}", at, by)
        cells = zip(texts, (width for _, width in _COLUMNS), strict=True)
        drawn = tuple(GridCell(text, width, align=Align.LEFT if width > WIDTH / 2 else Align.CENTRE)
                      for text, width in cells)  # fmt: skip
        rows.append(GridRow(_MEASURE, drawn, least=_MEASURE))
    rows += [
        pairs(("报告给", said.get("reported_to", "")), ("结束时间", said.get("ended_at", ""))),
        whole("处理意见", "", 26.0),
        boxes(_SIGNED, ("保密员", "", "签名：　　　　　　　　"), ("领导", "", "签名：　　　　　　　　")),
    ]
    page = form_sheet(TITLE, {}, imprint, rows)
    return replace(page, head=(Note(HEADER), *page.head))
