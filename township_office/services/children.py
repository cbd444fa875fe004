# SPDX-License-Identifier: MulanPSL-2.0
"""What belongs to one row of a register: readers, reminders, recipients. Add, correct, void; the log keeps it all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Child, Draft, Problem, Value
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.registers import BY_NAME
from township_office.registers.circulation import CIRCULATION
from township_office.registers.duty.log import DUTY_CALL, is_handed_over
from township_office.services import records, tripwire
from township_office.services.office import Office, change
from township_office.store import children as store
from township_office.store import database
from township_office.store.children import Row


def children(office: Office, child: Child, parent_id: int) -> list[Row]:
    """Return the rows of a paper that are not void, in the order they were entered."""
    return store.of_parent(office.db, child, parent_id)


def add_child(office: Office, child: Child, parent_id: int, draft: Draft, today: date) -> Row:
    """Check a draft and add it to the row parent_id; raise Invalid with every problem, OfficeError for a void row."""
    record = tripwire.clean(child, _with_defaults(child, draft), today, office.clerk)
    with change(office, t("verb.child", what=child.title)) as pen:
        paper = records.not_void(office, BY_NAME[child.parent], parent_id)
        if is_locked(child, paper):
            raise OfficeError("duty_log.is_locked")
        check_copy(child, paper, record)
        with _one_holder():
            return store.get(pen.db, child, store.add(pen, child, parent_id, record))


def correct_child(office: Office, child: Child, row_id: int, draft: Draft, today: date, why: str = "") -> Row:
    """Change the fields named in draft, keeping the old values in the history; raise Invalid with every problem."""
    reason = records.checked_reason(why, office.clerk)
    with change(office, t("verb.change_child", what=child.title)) as pen:
        row = get_child(office, child, row_id)
        paper = records.not_void(office, BY_NAME[child.parent], parent_of(row))
        changes = read_changes(child, row, draft, today, office.clerk)
        if is_locked(child, paper) and not reason:
            raise Invalid([Problem("why", t("problem.done_needs_reason"))])
        check_copy(child, paper, row | changes)
        with _one_holder():
            store.change(pen, child, row_id, changes, verb="change", why=reason)
        return store.get(pen.db, child, row_id)


def void_child(office: Office, child: Child, row_id: int, why: str, today: date) -> None:
    """Take a wrong row out of sight; the history keeps it with its reason."""
    reason = records.checked_reason(why, office.clerk)
    if not reason:
        raise OfficeError("error.void_needs_reason")
    with change(office, t("verb.void_child", what=child.title)) as pen:
        get_child(office, child, row_id)
        own: dict[str, Value] = {"voided_on": today, "voided_by": office.clerk, "void_reason": reason}
        store.change(pen, child, row_id, own, verb="void", why=reason)


def read_changes(child: Child, row: Row, draft: Draft, today: date, clerk: str) -> dict[str, Value]:
    """Read the fields of row named in draft; raise Invalid with every problem."""
    changes, problems = tripwire.read(child, draft, today, clerk)
    if problems := problems or list(child.check(row | changes)):
        raise Invalid(problems)
    return changes


def get_child(office: Office, child: Child, row_id: int) -> Row:
    """Return one row that is not void; raise OfficeError when there is none."""
    try:
        row = store.get(office.db, child, row_id)
    except KeyError:
        raise OfficeError("error.no_child", what=child.title) from None
    if row["voided_on"] is not None:
        raise OfficeError("error.no_child", what=child.title)
    return row


def check_copy(child: Child, paper: Row, row: Mapping[str, Value]) -> None:
    """Raise OfficeError when a copy would be out that the paper has not, or of a paper that is filed or returned."""
    if child is not CIRCULATION or row["sent_at"] is None or row["returned_at"] is not None:
        return
    check_circulates(paper)
    copies = max(int(str(paper["copy_count"] or 1)), 1)
    if not 1 <= int(str(row["copy_no"])) <= copies:
        raise OfficeError("error.no_such_copy", count=copies)


def is_locked(child: Child, paper: Row) -> bool:
    """Say whether a line belongs to a page of the duty log that both signed."""
    return child is DUTY_CALL and is_handed_over(paper)


def check_circulates(paper: Row) -> None:
    """Raise OfficeError when a paper goes to no more readers: it is filed, or went back to its sender."""
    if paper["filed_on"] is not None or paper["returned_on"] is not None:
        raise OfficeError("error.not_to_circulate")


@contextmanager
def _one_holder() -> Iterator[None]:
    """横传 is refused by the file itself; say so in words."""
    try:
        yield
    except database.Clash as fault:
        raise OfficeError("error.two_holders") from fault


def parent_of(row: Row) -> int:
    """Return the id of the row that row belongs to."""
    parent_id = row["parent_id"]
    assert isinstance(parent_id, int)
    return parent_id


def _with_defaults(child: Child, draft: Draft) -> dict[str, str]:
    return {field.name: clean_text(draft.get(field.name, ""), lines=True) or field.default for field in child.fields}
