# SPDX-License-Identifier: MulanPSL-2.0
"""Invented ledgers, and the steps of taking them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import xlsxwriter

from township_office.core.fields import Register, Value
from township_office.services import browsing, sheets
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.store.batches import Batch

TODAY = date(2026, 11, 20)
RECEIPTS = ("收文编号", "收文日期", "来文单位", "来文字号", "文件标题")
LINES = ("序号", "收文日期", "来文单位", "来文字号", "文件标题")
DISPATCHES = ("发文字号", "签发日期", "文件标题", "主送机关")

Rows = Iterable[Sequence[object]]


def book(path: Path, hidden: Sequence[str] = (), /, **sheets_of: Rows) -> Path:
    """Write a workbook: sheet name → lines."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as made:
        for name, lines in sheets_of.items():
            sheet = made.add_worksheet(name)
            for place, line in enumerate(lines):
                sheet.write_row(place, 0, line)
            if name in hidden:
                sheet.hide()
    return path


def receipts(numbers: Iterable[object], year: int = 2025, heads: Sequence[str] = RECEIPTS, first: int = 1) -> Rows:
    """A head and one paper for each number, dated day by day."""
    lines: list[Sequence[object]] = [heads]
    for place, number in enumerate(numbers, start=first):
        day = date.fromordinal(date(year, 1, 1).toordinal() + place)
        lines.append((number, str(day), "青山县财政局", f"青财〔{year}〕{place}号", f"关于报送第{place}批报表的通知"))
    return lines


def dispatches(*numbers_of: str) -> Rows:
    """A head and one paper of the office for each 发文字号."""
    papers = [(n, f"2025-03-{place:02d}", f"关于第{place}事的通知", "各村") for place, n in enumerate(numbers_of, 1)]
    return [DISPATCHES, *papers]


def plan(office: Office, register: Register, path: Path, numbering: str = sheets.AUTO, **choices: bool) -> sheets.Plan:
    """Look at a file and try it dry, as the program itself would choose."""
    source = sheets.look_at(path)
    chosen = sheets.choose(office, register, source)
    decided = replace(chosen, numbering=numbering, **choices)
    return sheets.plan_import(office, register, source, decided, TODAY)


def take_in(office: Office, register: Register, path: Path, numbering: str = sheets.AUTO) -> Batch:
    """Take a whole file in."""
    return sheets.run_import(office, plan(office, register, path, numbering), TODAY)


def numbers(made: sheets.Plan) -> list[tuple[Value, Value, Value, Value]]:
    """What becomes of the number of each row: number, series, period, sequence."""
    return [tuple(one.values[name] for name in ("number", "series", "period", "sequence")) for one in made.taken]


def everything(office: Office, register: Register) -> list[Mapping[str, Value]]:
    """Every row of a register that is not taken out, oldest entry first."""
    ids = sorted(browsing.row_ids(office, register, View(), TODAY))
    return browsing.rows(office, register, ids)
