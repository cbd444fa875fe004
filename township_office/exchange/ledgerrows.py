# SPDX-License-Identifier: MulanPSL-2.0
"""What reading a ledger gives: rows that are taken, rows that are not, and lines that are no documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from township_office.core.fields import Value
from township_office.exchange.natives import Cell
from township_office.exchange.reading import text_of
from township_office.exchange.rowkinds import RowKind


@dataclass(frozen=True, slots=True)
class Note:
    """Something the clerk should look at in a row that is taken; field is "" when it is about the whole row."""

    field: str
    message: str


@dataclass(slots=True)
class LedgerRow:
    """One line of theirs as a record of the register."""

    sheet: str
    row: int  # from 1, as their sheet shows it
    record: dict[str, Value]  # the fields its table can fill; who takes the row in may add to it
    number: str  # 发文字号 in canonical spelling, or 收文号 as written (序号 where there is no 收文号); "" if none
    original_number: str  # the same as their sheet spells it
    year: int | None  # of the dated_by date; else of the title, the sheet's or the file's name
    line: str = ""  # their 序号, where there is one
    is_voided: bool = False
    void_reason: str = ""
    voided_on: date | None = None
    notes: list[Note] = field(default_factory=list)
    raw: Sequence[Cell] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells as text, as they stand in their sheet."""
        return tuple(map(text_of, self.raw))


@dataclass(frozen=True, slots=True)
class NotTaken:
    """One line of theirs that is not taken, and why; cells is empty where the line bears a state-secret mark."""

    sheet: str
    row: int
    reason: str
    cells: tuple[str, ...]
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """One line of theirs that is no document: title, head, 合计, footer, note, an unused printed line."""

    sheet: str
    row: int
    kind: RowKind
    text: str
