# SPDX-License-Identifier: MulanPSL-2.0
"""A list of the people who can be on duty, as any office has one: names, groups, phones, days they cannot."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from township_office.core.errors import OfficeError
from township_office.exchange.workbooks import Cell, read_workbook

# What a heading may be called; the first names are those of the verbs.
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "姓名", "名字", "值班人员", "人员"),
    "groups": ("group", "groups", "组别", "组", "分组", "值班组", "岗位", "类别"),
    "post": ("post", "职务", "职务职级", "岗位职务"),
    "phone": ("phone", "电话", "手机", "手机号", "手机号码", "联系电话", "联系方式"),
    "unavailable": ("unavailable", "不能值班", "请假", "不在岗", "不能值班日期", "请假日期"),
    "starts_on": ("starts_on", "到岗日期", "到岗"),
    "ends_on": ("ends_on", "离岗日期", "离岗"),
}


def read_people(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return each person as (line in the sheet, what stands under each heading).

    Raise OfficeError for no table file, or one without 姓名 and 组别.
    """
    for sheet in read_workbook(path):
        for top, cells in enumerate(sheet.rows):
            columns = _columns(cells)
            if "name" in columns.values() and "groups" in columns.values():
                rows = [
                    (number, {name: _text(row[at]) for at, name in columns.items() if at < len(row)})
                    for number, row in enumerate(sheet.rows[top + 1 :], start=top + 2)
                ]
                return [(number, row) for number, row in rows if row.get("name")]
    raise OfficeError("duty.no_people_columns")


def _columns(cells: Sequence[Cell]) -> dict[int, str]:
    found: dict[int, str] = {}
    for at, cell in enumerate(cells):
        heading = unicodedata.normalize("NFKC", str(cell or "")).replace(" ", "").casefold()
        name = next((name for name, words in _HEADINGS.items() if heading in words), None)
        if name and name not in found.values():
            found[at] = name
    return found


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # a phone number that Excel took for an amount
    return str(cell).strip()
