# SPDX-License-Identifier: MulanPSL-2.0
"""What the clerk has decided about a file so far: which tables, which column goes where, what the numbers mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from township_office.core.fields import Register
from township_office.core.searchkeys import fold
from township_office.core.text import t
from township_office.services import sheets
from township_office.services.office import Office
from township_office.services.sheets import AUTO, Cell, Choices, Column, NotTaken, Sheet, Source, Table
from township_office.ui.importing.sheet_view import EMPTY, LEFT, TAKEN, ColumnLook, SheetLook, column_letters

TablesOf = Callable[[Office, Register, Source, Sheet, int], list[Table]]

NOT_TAKEN, REMARKS, ORIGINAL = "", "remarks", "original_number"
_LINES_SHOWN = 60
_LINES_ABOVE = 3
_LINES_LOOKED_AT = 2000  # for telling an empty column from a full one


@dataclass(slots=True)
class Ledger:
    """One table of their sheet and whether it comes in."""

    table: Table
    is_in: bool


@dataclass(slots=True)
class SheetChoice:
    """One of their sheets: its tables, and whether the clerk has yet to say what to do with it (it was hidden)."""

    sheet: Sheet
    ledgers: list[Ledger]
    is_asked: bool

    @property
    def count_in(self) -> int:
        """How many of its tables come in."""
        return sum(ledger.is_in for ledger in self.ledgers)


@dataclass(slots=True)
class Decisions:
    """Begins with what the program would choose by itself; the page changes it as the clerk says."""

    register: Register
    source: Source
    tables_of: TablesOf  # how the tables of a sheet are found; the line of the headings, from 1, or 0
    sheets: list[SheetChoice] = field(default_factory=list)
    numbering: str = AUTO
    takes_known: bool = False

    def tables(self) -> tuple[Table, ...]:
        """Return the tables that come in."""
        return tuple(ledger.table for sheet in self.sheets for ledger in sheet.ledgers if ledger.is_in)

    def choices(self) -> Choices:
        """Return what is decided, for a dry run."""
        passed_over = [one for sheet in self.sheets if not sheet.count_in for one in self._left_out(sheet)]
        return Choices(self.tables(), self.numbering, self.takes_known, tuple(passed_over))

    def _left_out(self, sheet: SheetChoice) -> list[NotTaken]:
        is_ours = any(_fits(self.register, ledger.table) for ledger in sheet.ledgers)
        return sheets.left_out(sheet.sheet, "unticked" if is_ours else "other" if sheet.ledgers else "empty")

    def first_asked(self) -> int | None:
        """Return the place of the first hidden sheet that still waits for an answer, None when all are answered."""
        return next((place for place, sheet in enumerate(self.sheets) if sheet.is_asked), None)

    def answer(self, place: int, *, takes: bool) -> None:
        """Note whether a sheet that was hidden comes in."""
        self.sheets[place].is_asked = False
        for ledger in self.sheets[place].ledgers:
            ledger.is_in = takes and _fits(self.register, ledger.table)

    def redirect(self, ledger: Ledger, column: int, goes_to: str) -> None:
        """Send a column (from 0, in their sheet) elsewhere. A field has one column: the other goes to the remarks."""
        table = ledger.table
        chosen = next(one for one in table.columns if one.index == column)
        columns = []
        for one in table.columns:
            # A date spread over three columns (年, 月, 日) goes as one.
            if one.index == column or (chosen.part and one.part and one.heading == chosen.heading):
                columns.append(replace(one, field=goes_to))
            elif goes_to not in (NOT_TAKEN, REMARKS) and one.field == goes_to:
                columns.append(replace(one, field=REMARKS))
            else:
                columns.append(one)
        fields = {one.field for one in columns}
        is_line = ORIGINAL in fields and self.register.number_name not in fields
        ledger.table = replace(table, columns=tuple(columns), number_is_line=is_line)

    def redirect_alike(self, ledger: Ledger, column: int, goes_to: str) -> int:
        """Redirect a column here and in every other table with the same heading; return how many followed."""
        before = next(one for one in ledger.table.columns if one.index == column)
        self.redirect(ledger, column, goes_to)
        followed = 0
        for sheet in self.sheets:
            for other in sheet.ledgers:
                same = next((one for one in other.table.columns if _is_same(one.heading, before.heading)), None)
                if other is not ledger and same is not None and same.field == before.field:
                    self.redirect(other, same.index, goes_to)
                    followed += 1
        return followed

    def set_year(self, ledger: Ledger, year: int | None) -> None:
        """Say which year the dates of a table belong to; tables that say nothing themselves follow."""
        is_silent = ledger.table.year is None
        for sheet in self.sheets:
            for other in sheet.ledgers:
                if other is ledger or (is_silent and other.table.year is None):
                    other.table = replace(other.table, year=year)

    def options(self, ledger: Ledger | None) -> list[tuple[str, str]]:
        """Return where a column can go: key and words; the first two are the ways to leave it."""
        register = self.register
        # The 序号 of an old catalogue only helps to tell its lines; that of an export of ours is kept.
        is_kept = register.number_name == "number" or (ledger is not None and ledger.table.is_own)
        own = [(one.name, one.label) for one in register.fields if one.name != REMARKS]
        if register.number_name not in {name for name, _ in own}:
            own.insert(0, (register.number_name, register.number_label))
        return [
            (NOT_TAKEN, t("import.to_nothing")),
            (REMARKS, t("import.to_remarks")),
            *own,
            (ORIGINAL, t("print.original_number") if is_kept else t("import.to_line")),
            ("status", t("print.status")),
            ("void_reason", t("print.void_reason")),
            ("voided_on", t("print.voided_on")),
        ]

    def look(self, sheet: SheetChoice, ledger: Ledger | None) -> SheetLook:
        """Return what is on show: the first lines of a table, or of the whole sheet where no table was recognised."""
        rows = sheet.sheet.rows
        if ledger is None:
            width = max(map(len, rows[:_LINES_SHOWN]), default=0)
            columns = [ColumnLook(place, "", NOT_TAKEN, EMPTY) for place in range(width)]
            return SheetLook(_texts(rows[:_LINES_SHOWN]), columns, spans=sheet.sheet.merged)
        table = ledger.table
        first = max(table.top_row - 1 - _LINES_ABOVE, 0) if table.top_row > _LINES_ABOVE + 1 else 0
        body = rows[table.first_row - 1 : min(table.last_row, table.first_row + _LINES_LOOKED_AT)]
        return SheetLook(
            lines=_texts(rows[first : first + _LINES_SHOWN]),
            columns=[_column_look(self.register, one, body) for one in table.columns],
            headings=frozenset(range(table.header_row - 1, table.first_row - 1)) if table.header_row else frozenset(),
            spans=sheet.sheet.merged,
            first=first,
        )


def begin(office: Office, register: Register, source: Source, tables_of: TablesOf = sheets.tables_of) -> Decisions:
    """Return what the program would choose by itself: tables of the visible sheets that look like this register."""
    decisions = Decisions(register, source, tables_of)
    for sheet in source.sheets:
        tables = tables_of(office, register, source, sheet, 0)
        ledgers = [Ledger(table, not sheet.hidden and _fits(register, table)) for table in tables]
        decisions.sheets.append(SheetChoice(sheet, ledgers, is_asked=sheet.hidden and bool(tables)))
    return decisions


def take_heading(office: Office, decisions: Decisions, place: int, line: int) -> None:
    """Find the tables of the sheet at place anew: the clerk says that line (from 0) holds the headings."""
    choice = decisions.sheets[place]
    tables = decisions.tables_of(office, decisions.register, decisions.source, choice.sheet, line + 1)
    choice.ledgers = [Ledger(table, is_in=_fits(decisions.register, table)) for table in tables]
    choice.is_asked = False


def span_words(table: Table) -> str:
    """Return the columns a table lies in, as Excel calls them: A–G."""
    left, right = table.span
    return t("import.columns_span", first=column_letters(left), last=column_letters(right))


def are_beside(ledgers: Sequence[Ledger]) -> bool:
    """Return whether tables stand side by side (not one below the other)."""
    return any(one.table.span[0] != other.table.span[0] for one, other in pairwise(ledgers))


def _fits(register: Register, table: Table) -> bool:
    return table.register_guess in ("", register.name)


def _is_same(one: str, other: str) -> bool:
    return fold(one) == fold(other)


def _column_look(register: Register, column: Column, body: Sequence[Sequence[Cell]]) -> ColumnLook:
    is_filled = any(column.index < len(row) and row[column.index] != "" for row in body)
    is_named = column.field not in (NOT_TAKEN, REMARKS) or (
        column.field == REMARKS and fold(column.heading) == fold(register.field(REMARKS).label)
    )
    is_line = column.field == NOT_TAKEN and sheets.is_line_number(column.heading)  # 序号: nobody misses it
    state = TAKEN if is_named else LEFT if is_filled and not is_line else EMPTY
    return ColumnLook(column.index, column.heading, column.field, state)


def _texts(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    return [[sheets.text_of(cell) for cell in row] for row in rows]
