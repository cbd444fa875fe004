# SPDX-License-Identifier: MulanPSL-2.0
"""登记簿 — any register as the office keeps it on paper (columns as in custom)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from township_office.core.fields import Field, Kind, Register, Value
from township_office.core.values import show
from township_office.paper.blocks import Align, Column, Page, Row, Table
from township_office.paper.forms.office_sheet import WITHHELD, Imprint, Options, office_sheet
from township_office.registers.common import WORK_SECRET
from township_office.registers.status import state_of

_NUMBER_WIDTH = {"number": 10, "doc_number": 18}
_WHOLE = (Kind.DATE, Kind.INTEGER, Kind.DOC_NUMBER)
_WIDE = 12  # columns from this width on are set flush left


def build(
    register: Register,
    fields: Sequence[Field],
    rows: Iterable[Mapping[str, Value]],
    imprint: Imprint,
    options: Options,
    standings: Mapping[str, str] = MappingProxyType({}),
) -> Page:
    """Return the book of register over rows, in their order.

    fields: the columns the office shows, in its order and widths. One named "number" (or as the register names its
    number) is the number of the row and one named "status" its standing; without a number column one comes first.
    standings: the office's words for them, by key, where it has others.
    """
    own = {field.name for field in register.fields}
    number_names = {"number", register.number_name} - own
    if not any(field.name in number_names for field in fields):
        width = _NUMBER_WIDTH.get(register.number_name, 10)
        fields = [Field(register.number_name, register.number_label, width=width), *fields]
    columns = tuple(_column(field, is_number=field.name in number_names) for field in fields)
    comment = next((index for index, field in enumerate(fields) if field.name == "remarks"), None)
    body = []
    numbers = []
    for row in rows:
        cells = [
            _standing(register, row, imprint.printed_on, standings)
            if field.name == "status"
            else _cell(field, row, number_names)
            for field in fields
        ]
        is_voided = row["voided_on"] is not None
        if is_voided and comment is not None:
            cells[comment] = "；".join(filter(None, (cells[comment], _why_void(row))))
        numbers.append(str(row["number"] or ""))
        body.append(Row(tuple(cells), _mark(row), is_voided))
    table = Table(columns, body, options.row_height, empty="（本期没有登记）", carried="接上页")
    return office_sheet(register.title, imprint, options, table, _count(body, numbers))


def _column(field: Field, *, is_number: bool) -> Column:
    is_long = field.kind is Kind.LONG_TEXT or field.width >= _WIDE
    align = Align.LEFT if is_long and not is_number and field.kind is not Kind.DATE else Align.CENTRE
    is_comment = field.name in ("remarks", "status")
    return Column(field.label, field.width, align, is_number or field.kind in _WHOLE, is_comment)


def _standing(register: Register, row: Mapping[str, Value], today: date, words: Mapping[str, str]) -> str:
    state = state_of(register, row, today)
    return words.get(state.key, state.label)


def _cell(field: Field, row: Mapping[str, Value], number_names: set[str]) -> str:
    if field.name in number_names:
        return str(row["number"] or "")
    text = show(field, row[field.name])
    if text and field.kind is Kind.LONG_TEXT and row.get("secrecy_level") == WORK_SECRET:
        return WITHHELD if field.name == "title" else ""
    return text


def _mark(row: Mapping[str, Value]) -> str:
    return "·".join(
        word for word, holds in (("补录", row["entry"] == "backdated"), ("作废", row["voided_on"] is not None)) if holds
    )


def _why_void(row: Mapping[str, Value]) -> str:
    reason = str(row["void_reason"] or "").strip()
    return f"作废：{reason}" if reason else "作废"


def _count(rows: Sequence[Row], numbers: Sequence[str]) -> str:
    """Return the sentence at the end; it names the last number, so it stays true when a later print goes on below."""
    last = next((number for number in reversed(numbers) if number), "")
    parts = [f"截至 {last}，共 {len(rows)} 件" if last else f"共 {len(rows)} 件"]
    for word in ("作废", "补录"):
        count = sum(word in row.mark for row in rows)
        if count:
            parts.append(f"{word} {count} 件")
    return "，".join(parts)
