# SPDX-License-Identifier: MulanPSL-2.0
"""The office's own Excel out: its columns, order and widths, with nothing left behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from township_office.core.fields import Kind, Register, Value
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.registers.common import WORK_SECRET
from township_office.registers.status import state_of
from township_office.services import tripwire
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.services.settings import NUMBER, STATUS, column_names, column_widths, declared_width, office_name
from township_office.services.standing import standings
from township_office.store import records, views

# What a row has beside its fields, so that taking the file in again gives the same row.
_EXTRA = ("original_number", "void_reason", "voided_on")
_CHUNK = 500
_EXTRA_WIDTH = 12

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Exported:
    """How many rows were written, and how many were left out because they are 工作秘密 (保密法 art. 64)."""

    rows: int
    left_out: int


def export_register(
    office: Office, register: Register, view: View, path: Path, today: date, progress: Progress = silent
) -> Exported:
    """Write the rows of view to an .xlsx that can be taken in again without loss.

    The shown columns come first, as the office has them; the rest follow, so that nothing stays behind; rows that are
    工作秘密 do, for a sheet goes anywhere. Raise OfficeError when path cannot be written; then no file is left behind.
    """
    seen = frozenset(views.row_ids(office.db, register, view.year, view.state, today))
    ordered = [row_id for row_id in views.in_book_order(office.db, register, view.year, None, None) if row_id in seen]
    return export_rows(office, register, ordered, path, today, progress)


def export_rows(
    office: Office, register: Register, ids: Sequence[int], path: Path, today: date, progress: Progress = silent
) -> Exported:
    """Write the rows with these ids, in their order, as export_register does."""
    from township_office.exchange import writing

    tripwire.refuse_name("export.file", path, office.clerk)
    names = column_names(office, register)
    names += [field.name for field in register.fields if field.name not in names]
    names += [name for name in (NUMBER, STATUS) if name not in names]
    widths = column_widths(office, register)
    headings = [_heading(register, name, widths) for name in names]
    headings += [(t(f"print.{name}"), _EXTRA_WIDTH) for name in _EXTRA]
    states = standings(office, register)
    marks = frozenset(field.name for field in register.fields if field.kind is Kind.YES_NO)

    written = 0

    def lines() -> Iterator[list[Cell]]:
        nonlocal written
        for start in range(0, len(ids), _CHUNK):
            progress(start, len(ids))
            for row in records.get_many(office.db, register, ids[start : start + _CHUNK]):
                if row.get("secrecy_level") == WORK_SECRET:
                    continue
                written += 1
                whole = row | {STATUS: states[state_of(register, row, today).key].label}
                yield [_cell(whole[name], is_mark=name in marks) for name in (*names, *_EXTRA)]

    title = f"{office_name(office)}{register.title}"
    writing.write_book(path, title, headings, lines(), progress)
    return Exported(written, len(ids) - written)


def _heading(register: Register, name: str, widths: Mapping[str, int]) -> tuple[str, int]:
    width = widths.get(name, declared_width(register, name))
    if name == NUMBER:
        return register.number_label, width
    return t("print.status") if name == STATUS else register.field(name).label, width


def _cell(value: Value, *, is_mark: bool) -> Cell:
    if is_mark and value is not None:
        return t("print.yes") if value else t("print.no")
    return value
