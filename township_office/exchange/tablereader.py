# SPDX-License-Identifier: MulanPSL-2.0
"""Read one table from its first line to its last: ditto marks, merged cells, years, remarks, what is not taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from township_office.core.fields import Field, Kind, Register, Value
from township_office.core.gate import clean_text, has_secret_mark, secret_marks
from township_office.core.text import t
from township_office.exchange import organs
from township_office.exchange.codes import drop_spare_words
from township_office.exchange.dating import read_day
from township_office.exchange.headings import REMARKS, heading_key, is_ditto
from township_office.exchange.layout import Column, Table
from township_office.exchange.ledgerrows import LedgerRow, Note, NotTaken
from township_office.exchange.natives import Cell, Sheet
from township_office.exchange.reading import (
    EMPTY,
    Reading,
    kept,
    read_number_text,
    read_own_number,
    reader,
    split_number,
    text_of,
)
from township_office.exchange.rowkinds import RowKind, row_kinds
from township_office.exchange.synonyms import (
    BY_REGISTER,
    LINE,
    NOTHING,
    STATUS,
    VOID_REASON,
    VOID_TITLES,
    VOIDED_ON,
)
from township_office.exchange.tabledates import MainDay, TableDates

_SPECIAL = (STATUS, VOID_REASON, VOIDED_ON, LINE)
_ORIGINAL = "原"  # 原编号: what an export of ours calls the number as it once stood in their sheet
_VOIDED = "作废"
_JOINT = "；"
_LONGEST_NUMBER = 200
_ALWAYS = ("sender", "doc_number", "title", REMARKS)  # what reading asks for, or fills from other columns
_SAME = Reading()  # stands for a ditto mark
_NAMES = (Kind.NAME, Kind.TEXT, Kind.LONG_TEXT)


@dataclass(slots=True)
class _Draft:
    """A row while it is read."""

    place: int
    row: Sequence[Cell]
    record: dict[str, Value]
    remarks: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    refusal: str = ""

    def keep(self, name: str, reading: Reading) -> None:
        """Keep what a reading says beside its value."""
        if reading.remark:
            self.remarks.append(reading.remark)
        if reading.message and name == "title":
            self.refusal = reading.message
        elif reading.message:
            self.notes.append(Note(name, reading.message))


class TableReader:
    """Reads one table once: what is the same for all its lines, and what the line above said."""

    def __init__(self, sheet: Sheet, table: Table, register: Register, today: date, *, full_names: bool) -> None:
        self._sheet, self._table, self._register, self._today = sheet, table, register, today
        self._full_names = full_names and register.name == "receipt" and not table.is_own
        self._left, self._right = table.span
        self._is_whole = table.span == (0, len(sheet.rows[0]) - 1) if sheet.rows else True
        self._unmerged = _unmerged(sheet, table)
        self._blank: dict[str, Value] = {one.name: None for one in register.fields}
        filled = {register.dated_by, *_ALWAYS, *(column.field for column in table.columns)}
        self._fillable: dict[str, Value] = {name: None for name in self._blank if name in filled}
        self._last: dict[int, Reading] = {}
        self._last_texts: dict[int, str] = {}
        self._short_names: dict[Value, bool] = {}
        self._error_lines = {place for place, _ in sheet.errors}
        self._dates = TableDates(sheet, table, register, today, self._unmerged)
        self._plain: list[tuple[int, str, Callable[[Cell], Reading]]] = []
        self._by_line: list[tuple[int, str, dict[Cell, Reading]]] = []  # of these, what is not read as a whole column
        self._secrets: set[str] = set()
        self._extras: list[Column] = []
        self._special: dict[str, Column] = {}
        self._number_parts: list[Column] = []
        self._has_number_in_title = False
        for column in table.columns:
            self._sort(column)
        self._has_status = STATUS in self._special

    def rows(self) -> list[LedgerRow | NotTaken]:
        """Return every document of the table, in order."""
        found: list[LedgerRow | NotTaken] = []
        lines = list(row_kinds(self._sheet, self._table))
        days = self._dates.main_days(lines)
        rows = [self._unmerged.get(place) or self._sheet.rows[place] for place, kind in lines if kind is RowKind.DATA]
        documents = zip(rows, self._read_columns(rows), days, strict=True)
        for place, kind in lines:
            if kind is RowKind.DATA:
                row, record, day = next(documents)
                found.append(self._row(_Draft(place, row, record), day))
            elif kind is RowKind.CONTINUED and found and isinstance(above := found[-1], LedgerRow):
                found[-1] = self._continue(above, place)
        if self._register.name == "receipt" and not self._table.is_own:
            label = self._register.field("doc_number").label
            drop_spare_words([row for row in found if isinstance(row, LedgerRow)], label)
        return found

    def _sort(self, column: Column) -> None:
        """Give a column to the step that reads it."""
        name = column.field
        if not name:
            return
        if name in _SPECIAL or (name == self._register.number_name and not column.part):
            self._special[name] = column
        elif name == self._register.number_name or (column.part and self._register.field(name).kind is not Kind.DATE):
            self._number_parts.append(column)
        elif name == REMARKS and heading_key(column.heading) not in BY_REGISTER[self._register.name][REMARKS]:
            self._extras.append(column)
        elif self._register.field(name).kind is not Kind.DATE:
            if name == "title" and "号" in column.heading:
                self._has_number_in_title = True
            read = self._fitting(self._register.field(name), column)
            self._plain.append((column.index, name, read))

    def _fitting(self, one: Field, column: Column) -> Callable[[Cell], Reading]:
        """Return the reader of a column, with the field's length watched and ditto marks told apart."""
        is_own = self._table.is_own
        read = reader(one, column.heading, to_the_letter=is_own)

        def read_cell(cell: Cell) -> Reading:
            if not is_own and is_ditto(cell):
                return _SAME
            found = read(cell)
            if isinstance(found.value, str) and len(found.value) > one.max_length:
                if one.name == "title":
                    return Reading(message=t("exchange.title_too_long", limit=one.max_length))
                return kept(one.label, found.value)
            return found

        return read_cell

    # — one line —

    def _read_columns(self, rows: Sequence[Sequence[Cell]]) -> list[dict[str, Value]]:
        """Return the records of rows with what can be read a column at a time: whatever says no more than its value."""
        columns = list(zip(*rows, strict=True))
        distinct = list(map(set, columns))
        cells = chain.from_iterable(distinct[self._left : self._right + 1])
        self._secrets = secret_marks([cell for cell in cells if isinstance(cell, str)])
        alike = self._fillable.copy()
        varied: list[tuple[str, dict[Cell, Value], Sequence[Cell]]] = []
        for index, name, read in self._plain if columns else ():
            readings = {cell: EMPTY if cell == "" else read(cell) for cell in distinct[index]}
            if any(one is _SAME or one.remark or one.message or one.is_secret for one in readings.values()):
                self._by_line.append((index, name, readings))
                continue
            values: dict[Cell, Value] = {cell: reading.value for cell, reading in readings.items()}
            if len(values) == 1:
                (alike[name],) = values.values()
            else:
                varied.append((name, values, columns[index]))
        records = [alike.copy() for _ in rows]
        for name, values, column in varied:
            for record, cell in zip(records, column, strict=True):
                record[name] = values[cell]
        return records

    def _row(self, draft: _Draft, main: MainDay) -> LedgerRow | NotTaken:
        row, record, last = draft.row, draft.record, self._last
        if self._secrets and not self._secrets.isdisjoint(self._segment(row)):
            return self._secret(draft.place)
        for index, name, readings in self._by_line:
            if row[index] == "":
                continue
            reading = readings[row[index]]
            if reading is _SAME:
                reading = last.get(index, EMPTY)
            else:
                last[index] = reading
            if reading.is_secret:
                return self._secret(draft.place)
            record[name] = reading.value
            if reading.remark or reading.message:
                draft.keep(name, reading)
        record[self._register.dated_by] = main.settled
        if not isinstance(main.day, date):
            draft.keep(self._register.dated_by, self._dates.doubt(row, main))
        if self._dates.has_others:
            for name, reading in self._dates.read_others(row, main):
                record[name] = reading.value
                draft.keep(name, reading)
            draft.notes.extend(
                Note(problem.field, problem.message) for problem in self._register.check(self._blank | record)
            )
        return self._finish(draft, main.year)

    def _finish(self, draft: _Draft, year: int | None) -> LedgerRow | NotTaken:
        """Number the row, add the remarks, and say whether it can be taken."""
        record = draft.record
        number, original, line = self._numbers(draft, year)
        title = record["title"]
        if self._has_number_in_title and isinstance(title, str) and not record.get("doc_number", number):
            record["title"], found = split_number(title)
            if "doc_number" in record:
                record["doc_number"] = found or None
            else:
                number = original = found
        if self._full_names:
            self._spell_out(draft)
        is_voided, reason, voided_on = False, "", None
        if self._has_status or record["title"] in VOID_TITLES or record[REMARKS] in VOID_TITLES:
            is_voided, reason, voided_on = self._voided(draft)
        for column in self._extras:
            if text := self._text(draft.row, column):
                draft.remarks.append(t("exchange.kept", label=column.heading, text=text))
        if draft.place in self._error_lines:
            self._note_errors(draft)
        if draft.remarks:
            self._put_remarks(draft)
        named = record.get("doc_number") or (number if self._register.number_name == "doc_number" else "")
        if record["title"] is None and not named and not draft.refusal:
            draft.refusal = t("exchange.nothing_to_go_by")
        if draft.refusal:
            return NotTaken(self._sheet.name, draft.place + 1, draft.refusal, self._cells(draft.row))
        if record["title"] is None:
            draft.notes.append(Note("title", t("exchange.no_title")))
        # In order, not by name: by name, making a row takes three times as long.
        return LedgerRow(
            self._sheet.name, draft.place + 1, record, number, original, year, line,
            is_voided, reason, voided_on, draft.notes, self._segment(draft.row),
        )  # fmt: skip

    def _numbers(self, draft: _Draft, year: int | None) -> tuple[str, str, str]:
        """Return the row's number, the same as they spell it, and their line number."""
        line = number = ""
        if column := self._special.get(LINE):
            line = self._number_text(draft, column)
        if own := self._special.get(self._register.number_name):
            number = self._number_text(draft, own)
        original = number or line
        if column and column.heading.startswith(_ORIGINAL):
            original, line = line or number, ""
        if self._number_parts:
            heading = self._number_parts[0].heading
            joined = self._fitting_number(draft, heading, _joined_number(draft.row, self._number_parts, year))
            if self._number_parts[0].field in draft.record:
                draft.record[self._number_parts[0].field] = joined or None
            else:
                number = original = joined
        if self._register.number_name == "doc_number":
            number = self._fitting_number(draft, self._register.number_label, read_own_number(number))
            return number, original, line
        return number or line, original, line

    def _number_text(self, draft: _Draft, column: Column) -> str:
        cell = draft.row[column.index]
        if cell == "":
            return ""
        if isinstance(cell, str) and cell.isdecimal():
            text = cell
        else:
            text = read_number_text(cell)
            if is_ditto(text):
                return self._last_texts.get(column.index, "")
        self._last_texts[column.index] = text = self._fitting_number(draft, column.heading, text)
        return text

    @staticmethod
    def _fitting_number(draft: _Draft, heading: str, text: str) -> str:
        """Return text; "" where it is longer than any number can be, and is kept among the remarks."""
        if len(text) <= _LONGEST_NUMBER:
            return text
        draft.keep("", kept(heading, text))
        return ""

    def _spell_out(self, draft: _Draft) -> None:
        """Write the organ's full name for a short one where the title begins with it."""
        sender, title = draft.record["sender"], draft.record["title"]
        is_short = self._short_names.get(sender)
        if is_short is None:
            is_short = self._short_names[sender] = isinstance(sender, str) and organs.is_short(sender)
        if is_short and isinstance(title, str) and (full := organs.full_name(str(sender), title)):
            draft.record["sender"] = full
            draft.notes.append(Note("sender", t("exchange.spelt_out", short=sender, full=full)))
            for index, name, _ in self._plain:
                if name == "sender":
                    self._last[index] = Reading(full)

    def _voided(self, draft: _Draft) -> tuple[bool, str, date | None]:
        """Say whether their row is void, why, and since when."""
        record = draft.record
        said = {name: self._text(draft.row, column) for name, column in self._special.items() if name in _SPECIAL[:3]}
        is_said = record["title"] in VOID_TITLES or record[REMARKS] in VOID_TITLES
        if said.get(STATUS) != _VOIDED and (self._table.is_own or not is_said):
            return False, "", None
        day = read_day(said.get(VOIDED_ON, ""), self._today)
        return True, said.get(VOID_REASON, ""), day if isinstance(day, date) else None

    def _note_errors(self, draft: _Draft) -> None:
        for column in self._table.columns:
            if (draft.place, column.index) in self._sheet.errors:
                draft.notes.append(Note(column.field, t("exchange.formula_error", heading=column.heading)))

    def _put_remarks(self, draft: _Draft) -> None:
        own = draft.record[REMARKS]
        text = "\n".join([str(own), *draft.remarks] if own else draft.remarks)
        limit = self._register.field(REMARKS).max_length
        if len(text) > limit:
            draft.refusal = t("exchange.remarks_too_long", limit=limit)
        else:
            draft.record[REMARKS] = text

    def _continue(self, above: LedgerRow, place: int) -> LedgerRow | NotTaken:
        """Add the cells of a line whose title is merged with the line above to that row."""
        row = self._sheet.rows[place]
        if self._is_secret(row):
            return self._secret(above.row - 1)
        for index, name, read in self._plain:
            one = self._register.field(name)
            text = read(row[index]).value if row[index] != "" and one.kind in _NAMES else None
            before = above.record[name]
            if isinstance(text, str) and text != before:
                joint = f"{before}{_JOINT}{text}" if before else text
                if len(joint) > one.max_length:
                    return NotTaken(above.sheet, above.row, t("exchange.too_much_below"), above.cells)
                above.record[name] = joint
        return above

    # — small things —

    def _segment(self, row: Sequence[Cell]) -> Sequence[Cell]:
        return row if self._is_whole else row[self._left : self._right + 1]

    def _cells(self, row: Sequence[Cell]) -> tuple[str, ...]:
        return tuple(map(text_of, self._segment(row)))

    def _is_secret(self, row: Sequence[Cell]) -> bool:
        return any(isinstance(cell, str) and has_secret_mark(cell) for cell in self._segment(row))

    def _secret(self, place: int) -> NotTaken:
        """Refuse a line with a state-secret mark; its words are kept nowhere (保密法 art. 31)."""
        return NotTaken(self._sheet.name, place + 1, t("exchange.secret"), (), is_secret=True)

    def _text(self, row: Sequence[Cell], column: Column) -> str:
        """Return a cell as words for the remarks; a ditto mark stands for the words above."""
        text = clean_text(text_of(row[column.index]), lines=True)
        if is_ditto(text):
            return self._last_texts.get(column.index, "")
        if text in NOTHING:
            return ""
        self._last_texts[column.index] = text
        return text


def _joined_number(row: Sequence[Cell], parts: Sequence[Column], year: int | None) -> str:
    """Return a 文号 whose 字 and 号 stand in two columns: 青政发〔2023〕 and 12, or 青政发 and 〔2023〕12号."""
    texts = {column.part: read_number_text(row[column.index]) for column in parts}
    code, count = texts.get("字", ""), texts.get("号", "")
    if not count:
        return code
    if year and count.rstrip("号").isdecimal() and code and not any(sign.isdecimal() for sign in code):
        count = f"〔{year}〕{count}"
    return read_own_number(f"{code}{count.rstrip('号')}号")


def _unmerged(sheet: Sheet, table: Table) -> Mapping[int, list[Cell]]:
    """Return the lines, from 0, that get cells from above because a cell is merged over several lines."""
    left, right = table.span
    lines: dict[int, list[Cell]] = {}
    for top, first, bottom, last in sheet.merged:
        is_inside = top >= table.first_row - 1 and bottom < table.last_row and left <= first <= right
        if not is_inside or top == bottom or last > first + 1:
            continue
        value = sheet.rows[top][first] if top < len(sheet.rows) and first < len(sheet.rows[top]) else ""
        for place in range(top + 1, min(bottom + 1, len(sheet.rows))):
            lines.setdefault(place, list(sheet.rows[place]))[first] = value
    return lines
