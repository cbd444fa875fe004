# SPDX-License-Identifier: MulanPSL-2.0
"""The dry run of an import: what would be taken, as what number, what not and why. Nothing is written here."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from township_office.core.errors import OfficeError
from township_office.core.fields import Register, Value
from township_office.core.gate import has_secret_mark
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.exchange.ledger import (
    Column,
    LedgerRow,
    Note,
    NotTaken,
    Table,
    read_table,
)
from township_office.exchange.reading import text_of
from township_office.exchange.workbooks import Sheet
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.series import Series
from township_office.services import tripwire
from township_office.services.import_numbering import (
    ASSIGN,
    AUTO,
    KEEP,
    LINE,
    Line,
    Number,
    NumberReader,
    Places,
    meaning,
)
from township_office.services.office import Office
from township_office.store import batches

__all__ = [
    "ASSIGN",
    "AUTO",
    "KEEP",
    "LINE",
    "Choices",
    "Plan",
    "Planned",
    "Source",
    "as_plain",
    "no_collection",
    "nothing_to_take",
    "plan_import",
    "words_of",
]

LONGEST_REASON = 500  # of a void row, as in the schema
LONGEST_NUMBER = 200  # as in the schema
_REPORT_EVERY = 500
_FAR = 300  # numbers left out in one go


@dataclass(frozen=True, slots=True)
class Source:
    """A file of theirs, read: its sheets as they are."""

    path: Path
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the clerk decided: which tables, their columns as corrected, what their numbers mean."""

    tables: tuple[Table, ...]
    numbering: str = AUTO
    takes_known: bool = False  # take rows again that stand in the register already
    left_out: tuple[NotTaken, ...] = ()  # sheets that hold something and are passed over, each with its reason


@dataclass(slots=True)
class Planned:
    """One row as it will be written: values are its record with the number columns of ours."""

    row: LedgerRow
    values: dict[str, Value]
    clash: str = ""  # why its number could not be kept as a running number


@dataclass(slots=True)
class Plan:
    """A dry run: what will be taken, what not and why, and what to look at; nothing is written yet."""

    register: Register
    source: Source
    choices: Choices
    numbering: str
    taken: list[Planned] = field(default_factory=list)
    not_taken: list[NotTaken] = field(default_factory=list)
    new_series: list[Series] = field(default_factory=list)
    known: int = 0  # of not_taken: rows that stand in the register already

    @property
    def clashes(self) -> list[Planned]:
        """Rows whose number is taken already: they keep it as text."""
        return [planned for planned in self.taken if planned.clash]

    @property
    def noted(self) -> list[Planned]:
        """Rows that are taken, with something the clerk should know."""
        return [planned for planned in self.taken if planned.row.notes]


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep Python's collector still: it would walk tens of thousands of rows again and again, all of them alive."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@no_collection()
def plan_import(
    office: Office, register: Register, source: Source, choices: Choices, today: date, progress: Progress = silent
) -> Plan:
    """Try the import dry: read every row, number it, and say what would not be taken and why."""
    lines, not_taken = _read(register, source, choices, today, progress)
    if any(one.is_secret for one in not_taken):
        tripwire.note(f"{register.name}.import", office.clerk)
    plan = Plan(register, source, choices, choices.numbering, not_taken=not_taken)
    reader = NumberReader(office, register)
    reader.learn(lines)
    numbers = list(map(reader.read, lines))
    if not choices.takes_known:
        lines, numbers = _without_known(office, plan, lines, numbers)
    if register.number_name != "number":
        plan.numbering = KEEP  # a 发文字号 stands on paper that left the house
    places = Places(office, register)
    if plan.numbering == AUTO:
        plan.numbering = meaning(lines, numbers, places.used)
    for line, number in zip(lines, numbers, strict=True):
        if plan.numbering == ASSIGN:
            number = places.next_number(reader.first, line.row.year) if line.row.year else None
        plan.taken.append(_planned(plan, line, number, places))
    plan.new_series = reader.new
    _note_jumps(plan, places)
    _sort(plan)
    return plan


def words_of(planned: Planned) -> list[str]:
    """Return everything worth saying about a row that is taken."""
    words = [note.message for note in planned.row.notes]
    return [*words, planned.clash] if planned.clash else words


def as_plain(plan: Plan) -> dict[str, object]:
    """Return a plan for JSON: counts, rows not taken, clashes and notes with their places in the sheets."""
    return {
        "taken": len(plan.taken),
        "not_taken": [{"sheet": one.sheet, "row": one.row, "reason": one.reason} for one in plan.not_taken],
        "clashes": [
            {"sheet": p.row.sheet, "row": p.row.row, "number": p.values["number"], "reason": p.clash}
            for p in plan.clashes
        ],
        "notes": [{"sheet": p.row.sheet, "row": p.row.row, "notes": words_of(p)} for p in plan.noted],
        "left_out": [{"sheet": one.sheet, "reason": one.reason} for one in plan.choices.left_out],
        "known": plan.known,
        "numbering": plan.numbering,
        "tables": [
            {
                "sheet": table.sheet,
                "header_row": table.header_row,
                "columns": {c.heading: c.field for c in table.columns if not has_secret_mark(c.heading)},
            }
            for table in plan.choices.tables
        ],
        "new_series": [series.code for series in plan.new_series],
    }


def _read(
    register: Register, source: Source, choices: Choices, today: date, progress: Progress
) -> tuple[list[Line], list[NotTaken]]:
    by_name = {sheet.name: sheet for sheet in source.sheets}
    lines: list[Line] = []
    not_taken: list[NotTaken] = []
    total = sum(table.last_row - table.first_row + 1 for table in choices.tables)
    for table in choices.tables:
        rows = read_table(by_name[table.sheet], table, register, today)
        for line in _lines(table, register, rows):
            if isinstance(line, NotTaken):
                not_taken.append(line)
            else:
                lines.append(line)
            if (len(lines) + len(not_taken)) % _REPORT_EVERY == 0:
                progress(len(lines) + len(not_taken), total)
    return lines, not_taken


def _lines(table: Table, register: Register, rows: Iterable[LedgerRow | NotTaken]) -> Iterator[Line | NotTaken]:
    """Yield the rows of a table with what its columns say about their numbers."""
    columns = {column.field: column for column in table.columns if not column.part}
    own, original, reason = map(columns.get, (register.number_name, "original_number", "void_reason"))
    for row in rows:
        if isinstance(row, NotTaken):
            yield row
        elif table.is_own:  # to the letter
            row.void_reason = _cell(table, row, reason)
            # The reader has put a longer one among the remarks.
            cells = [_cell(table, row, column) for column in (own, original)]
            number, written = (text if len(text) <= LONGEST_NUMBER else "" for text in cells)
            yield Line(row, number, written or None, is_own=True)
        else:
            # In a table that has 收文编号 and 序号, the 序号 of a row without 收文编号 is not its number.
            is_missing = own is not None and row.number == row.line and row.line and not _cell(table, row, own)
            number = "" if is_missing else row.number
            yield Line(row, number, row.original_number or row.number or None, is_line=table.number_is_line)


def _cell(table: Table, row: LedgerRow, column: Column | None) -> str:
    return text_of(row.raw[column.index - table.span[0]]).strip() if column else ""


def _without_known(
    office: Office, plan: Plan, lines: list[Line], numbers: list[Number | None]
) -> tuple[list[Line], list[Number | None]]:
    """Set aside rows that stand in the register already, word for word: each is listed, none vanishes."""
    register = plan.register
    known = batches.identities(office.db, register)
    if not known:
        return lines, numbers
    fresh: list[Line] = []
    theirs: list[Number | None] = []
    for line, number in zip(lines, numbers, strict=True):
        row = line.row
        text = number.text if number else line.number or None
        found = known.get(batches.identity(register, row.record, text))
        if found is None:
            fresh.append(line)
            theirs.append(number)
        else:
            plan.not_taken.append(NotTaken(row.sheet, row.row, t("import.known", number=found), row.cells))
            plan.known += 1
    return fresh, theirs


def _planned(plan: Plan, line: Line, number: Number | None, places: Places) -> Planned:
    row = line.row
    values = row.record
    values |= {
        "number": None, "series": None, "period": None, "sequence": None, "year": row.year,
        "entry": "imported", "original_number": line.original, "batch_id": None,
    }  # fmt: skip
    clash = ""
    if number is not None and plan.numbering != LINE:
        clash = places.take(values, number, row)
    elif plan.numbering == KEEP and _is_worth_keeping(plan.register, line.number):
        values["number"] = line.number
    if line.original is None and values["number"] != line.number:
        values["original_number"] = line.number or None  # of an export of ours, given another number here
    if len(row.void_reason) > LONGEST_REASON:
        row.notes.append(Note("", t("import.reason_cut", limit=LONGEST_REASON)))
    return Planned(row, values, clash)


def _is_worth_keeping(register: Register, number: str) -> bool:
    """Say whether a number that fits no series is still how people know the paper: 12-1, 补3, but not a bare 7."""
    if register.number_name != "number":
        return bool(number)
    return any(sign.isdecimal() for sign in number) and not (number.isdecimal() and len(number) < 6)


def _note_jumps(plan: Plan, places: Places) -> None:
    """Point out a number far ahead of all others: most likely a slip, and the next number would follow it."""
    series: dict[tuple[Value, Value], dict[int, Planned]] = {}
    for planned in plan.taken:
        values = planned.values
        if isinstance(sequence := values["sequence"], int):
            series.setdefault((values["series"], values["period"]), {})[sequence] = planned
    for (code, period), taken in series.items():
        used = {place[2] for place in places.used if place[:2] == (code, period)}
        for before, sequence in pairwise(sorted(used.union(taken))):
            if sequence - before > _FAR and sequence in taken:
                jumper = taken[sequence]
                number = jumper.values["number"]
                jumper.row.notes.append(Note("", t("import.far_ahead", number=number, before=before)))


def _sort(plan: Plan) -> None:
    """Put what is not taken into the order of their sheets."""
    order = {sheet.name: place for place, sheet in enumerate(plan.source.sheets)}
    plan.not_taken.sort(key=lambda one: (order.get(one.sheet, 0), one.row))


def nothing_to_take(plan: Plan) -> OfficeError:
    """Return why nothing of a plan comes in: all of it is here already, or no row of it can be read."""
    area = "catalogue" if plan.register is ARCHIVE_ITEM else "import"
    others = len(plan.not_taken) - plan.known
    if not plan.known:
        return OfficeError(f"{area}.nothing_to_take")
    if not others:
        return OfficeError(f"{area}.all_known", known=f"{plan.known:,}")
    return OfficeError(f"{area}.rest_known", known=f"{plan.known:,}", others=f"{others:,}")


def sheets_of(choices: Choices, sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets that the chosen tables lie in."""
    wanted = {table.sheet for table in choices.tables}
    return [sheet for sheet in sheets if sheet.name in wanted]
