# SPDX-License-Identifier: MulanPSL-2.0
"""The office's own Excel in: looked at, tried dry, then taken in whole as one batch that can be revoked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from operator import itemgetter
from pathlib import Path

from township_office.core.errors import OfficeError
from township_office.core.fields import Register, Value
from township_office.core.gate import clean_text, has_secret_mark
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.exchange.headings import is_line_number
from township_office.exchange.ledger import Column, NotTaken, Table, find_tables, heading_key, is_usual, tables_below
from township_office.exchange.reading import text_of
from township_office.exchange.workbooks import Cell, Sheet, read_workbook
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import tripwire
from township_office.services.archive import committing
from township_office.services.import_numbering import ASSIGN, AUTO, KEEP, LINE
from township_office.services.import_plan import (
    LONGEST_REASON,
    Choices,
    Plan,
    Planned,
    Source,
    as_plain,
    no_collection,
    nothing_to_take,
    plan_import,
    sheets_of,
    words_of,
)
from township_office.services.office import Office, change
from township_office.services.settings import get_setting
from township_office.store import batches as store_batches
from township_office.store import numbers as store_numbers
from township_office.store import records, settings
from township_office.store.batches import Batch
from township_office.store.changelog import Pen

__all__ = [
    "ASSIGN", "AUTO", "KEEP", "LINE", "Batch", "Cell", "Choices", "Column", "NotTaken", "Plan", "Planned", "Sheet",
    "Source", "Table", "as_plain", "batches", "choose", "is_line_number", "left_out", "look_at", "names_left_out",
    "nothing_to_take", "plan_import", "remember_headings", "remembered_headings", "revoke_batch", "run_import",
    "tables_of", "text_in", "text_of", "words_of", "write_problems",
]  # fmt: skip

_REPORT_EVERY = 500
_PROBLEM_FILES = (".csv", ".xlsx")
_MOST_REMEMBERED = 100_000  # characters, as the setting allows


@no_collection()
def look_at(path: Path, progress: Progress = silent) -> Source:
    """Read a workbook or CSV file of theirs; raise OfficeError with one sentence when it is none or not safe."""
    progress(0, 0)
    tripwire.refuse_name("import.file", path)
    sheets = read_workbook(path)
    for place, sheet in enumerate(sheets, start=1):
        if has_secret_mark(sheet.name):  # the name of a sheet is shown, logged and copied
            sheet.name = t("import.nameless_sheet", place=place)
    return Source(path, tuple(sheets))


def tables_of(office: Office, register: Register, source: Source, sheet: Sheet, heading_line: int = 0) -> list[Table]:
    """Return the ledger tables of one sheet, with the clerk's remembered corrections of headings.

    heading_line: the line (from 1) that the clerk says holds the headings; 0 leaves the program to find it.
    """
    remembered = remembered_headings(office, register)
    if heading_line:
        return tables_below(sheet, register, heading_line, remembered=remembered, file_name=source.path.stem)
    return find_tables(sheet, register, remembered=remembered, file_name=source.path.stem)


@no_collection()
def choose(office: Office, register: Register, source: Source, sheet: str | None = None) -> Choices:
    """Return what the program would choose by itself: every visible sheet, or the one named.

    Raise OfficeError when the named sheet is not there or no ledger is found.
    """
    named = [one for one in source.sheets if sheet is None or one.name.strip() == sheet.strip()]
    if sheet is not None and not named:
        raise OfficeError("import.no_sheet", name=sheet, known="、".join(one.name.strip() for one in source.sheets))
    fitting: list[Table] = []
    passed_over: list[NotTaken] = []
    for one in named:
        is_asked = sheet is not None or not one.hidden
        tables = tables_of(office, register, source, one) if is_asked else []
        ours = [table for table in tables if table.register_guess in ("", register.name)]
        fitting += ours
        if not ours:
            passed_over += left_out(one, "other" if tables else "empty" if is_asked else "hidden")
    if not fitting:
        raise OfficeError("import.no_table", title=register.title)
    return Choices(tuple(fitting), left_out=tuple(passed_over))


def left_out(sheet: Sheet, why: str) -> list[NotTaken]:
    """Return what to say of a sheet that is passed over: nothing of a blank one.

    why: "hidden", "empty" (of ledgers), "other" (another register's), "unticked" (by the clerk).
    """
    is_blank = all(cell == "" for cell in chain.from_iterable(sheet.rows))
    return [] if is_blank else [NotTaken(sheet.name, 1, t(f"import.left_out_{why}"), ())]


def names_left_out(choices: Choices) -> str:
    """Return the names of the sheets passed over in one line, "" when there are none."""
    return "、".join(one.sheet.strip() for one in choices.left_out)


@no_collection()
def run_import(office: Office, plan: Plan, today: date, progress: Progress = silent) -> Batch:
    """Write the plan, all of it or nothing, as one batch; its headings are remembered for the next file."""
    if not plan.taken:
        raise nothing_to_take(plan)
    register = plan.register
    name = clean_text(plan.source.path.name)
    batch = Batch(0, register.name, name, datetime.now(), office.clerk, len(plan.taken), len(plan.not_taken))
    with change(office) as pen:
        _check_still_free(office, plan)
        batch_id = store_batches.add(pen, batch)
        known = {series.code for series in store_numbers.all_series(pen.db, register)}
        for series in plan.new_series:
            if series.code not in known:
                store_numbers.save_series(pen, series)
        records.add_many(pen, register, _stamped(plan, batch_id, (office.clerk, today), progress), "import")
        remember_headings(office, pen, register, plan)
    return store_batches.get(office.db, batch_id)


def batches(office: Office, register: Register) -> list[Batch]:
    """Return every import into register, latest first."""
    return store_batches.all_of(office.db, register)


def revoke_batch(office: Office, register: Register, batch_id: int, why: str, today: date) -> Batch:
    """撤销导入: take all rows of a batch out of the register, giving their numbers free; the history keeps them.

    Raise OfficeError without a reason or when there is no such batch to revoke.
    """
    why = clean_text(why)
    if not why or len(why) > LONGEST_REASON:
        raise OfficeError("import.revoke_needs_reason")
    tripwire.refuse("batch", why, clerk=office.clerk)
    if register is ARCHIVE_ITEM:  # its items may be on paper, in boxes, and have documents behind them
        committing.revoke(office, batch_id, why, today)
        return store_batches.get(office.db, batch_id)
    with change(office) as pen:
        known = {batch.id: batch for batch in store_batches.all_of(pen.db, register)}
        if batch_id not in known or known[batch_id].revoked_on is not None:
            raise OfficeError("import.is_revoked")
        store_batches.revoke(pen, register, batch_id, why, today)
    return store_batches.get(office.db, batch_id)


def write_problems(plan: Plan, path: Path) -> None:
    """Write what was not taken, and what to look at: a .csv list, or a .xlsx copy of their own sheets with marks.

    Raise OfficeError for another kind of file, for the very file that is taken in, or where it cannot be written.
    """
    from township_office.exchange import writing

    kind = path.suffix.lower()
    tripwire.refuse_name("import.problems", path)
    if kind not in _PROBLEM_FILES:
        raise OfficeError("import.problems_kind", path=path)
    if _is_same(path, plan.source.path):
        raise OfficeError("import.problems_over_source", path=path)
    notes = [(planned.row.sheet, planned.row.row, words) for planned in plan.taken for words in words_of(planned)]
    if kind == ".csv":
        writing.write_problem_list([*plan.not_taken, *plan.choices.left_out], notes, path)
    else:
        writing.write_copy_with_reasons(_shareable(plan), plan.not_taken, notes, path, plan.choices.left_out)


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except (OSError, ValueError):
        return False


def _shareable(plan: Plan) -> list[Sheet]:
    """Return the sheets that were read, without the words of any line that bears a state-secret mark."""
    secret = {(one.sheet, one.row - 1) for one in plan.not_taken if one.is_secret}
    return [
        replace(
            sheet,
            rows=[
                [""] * len(row) if (sheet.name, place) in secret or _is_secret(row) else row
                for place, row in enumerate(sheet.rows)
            ],
        )
        for sheet in sheets_of(plan.choices, plan.source.sheets)
    ]


def _is_secret(row: Iterable[Cell]) -> bool:
    return any(isinstance(cell, str) and has_secret_mark(cell) for cell in row)


def _check_still_free(office: Office, plan: Plan) -> None:
    used = store_numbers.used_sequences(office.db, plan.register)
    place_of = itemgetter("series", "period", "sequence")
    if used and not used.isdisjoint(place_of(planned.values) for planned in plan.taken):
        raise OfficeError("import.changed_meanwhile")


def _stamped(plan: Plan, batch_id: int, voiding: tuple[str, date], progress: Progress) -> Iterable[dict[str, Value]]:
    """Yield the rows as they are written; a row void in their book is void in ours, voiding says by whom and when."""
    clerk, today = voiding
    for done, planned in enumerate(plan.taken):
        if done % _REPORT_EVERY == 0:
            progress(done, len(plan.taken))
        values, row = planned.values, planned.row
        values["batch_id"] = batch_id
        if row.is_voided:
            reason = row.void_reason or t("import.was_void")
            reason = reason if len(reason) <= LONGEST_REASON else reason[: LONGEST_REASON - 1] + "…"
            values |= {"voided_on": row.voided_on or today, "voided_by": clerk, "void_reason": reason}
        yield values


def remembered_headings(office: Office, register: Register) -> dict[str, str]:
    """Return the clerk's own choices for sheets of register, heading_key → field."""
    kept: dict[str, str] = json.loads(get_setting(office, f"{register.name}.import_columns"))
    return kept


def remember_headings(office: Office, pen: Pen, register: Register, plan: Plan) -> None:
    """Keep the clerk's own choices of columns, not what any office's words say by themselves.

    A column that is empty here is left out without a choice; in the next file it may be full.
    """
    remembered = remembered_headings(office, register)
    rows = {sheet.name: sheet.rows for sheet in plan.source.sheets}
    columns = [(table, column) for table in plan.choices.tables for column in table.columns]
    for table, column in columns:
        key = heading_key(column.heading)
        body = rows.get(table.sheet, [])[table.first_row - 1 : table.last_row]
        if is_usual(register, key, column.field):
            remembered.pop(key, None)
        elif key and not has_secret_mark(column.heading) and any(text_in(row, column.index) for row in body):
            remembered[key] = column.field
    text = json.dumps(remembered, ensure_ascii=False, sort_keys=True)
    if len(text) <= _MOST_REMEMBERED:
        settings.write(pen, f"{register.name}.import_columns", text)


def text_in(row: Sequence[Cell], place: int) -> str:
    """Return what stands at place (from 0) in a line of theirs, "" beyond its end."""
    return text_of(row[place]).strip() if place < len(row) else ""
