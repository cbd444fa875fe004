# SPDX-License-Identifier: MulanPSL-2.0
"""Rows that belong to one row of a register: readers, reminders, recipients. Nothing is deleted here either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from township_office.core.fields import Child, Kind, Value
from township_office.registers.circulation import PURPOSES
from township_office.store import rows
from township_office.store.changelog import Pen
from township_office.store.database import Database
from township_office.store.schema import CHILD_COLUMNS

Row = dict[str, Value]

# A copy that went out and is not back. Two partial indexes hold just these rows.
OUT = "sent_at IS NOT NULL AND returned_at IS NULL AND voided_on IS NULL"
# The reports of an event.
REPORTS = "FROM duty_report r WHERE r.parent_id = duty_event.id AND r.voided_on IS NULL"


def add(pen: Pen, child: Child, parent_id: int, values: Mapping[str, Value]) -> int:
    """Store one row of parent_id and log it; return its id. Call inside database.writing."""
    now = datetime.now().isoformat(timespec="seconds")
    own: dict[str, object] = {"parent_id": parent_id, "entered_at": now, "entered_by": pen.clerk}
    return rows.insert(pen, child.name, own | to_sql(values))


def change(pen: Pen, child: Child, row_id: int, changes: Mapping[str, Value], *, verb: str, why: str = "") -> bool:
    """Change fields or own columns of one row and log what differs. Call inside database.writing."""
    return rows.update(pen, child.name, row_id, to_sql(changes), verb=verb, why=why)


def get(db: Database, child: Child, row_id: int) -> Row:
    """Return one row by its id, void or not; KeyError when there is none."""
    for row in _where(db, child, "id = ?", [row_id]):
        return row
    raise KeyError(row_id)


def of_parent(db: Database, child: Child, parent_id: int) -> list[Row]:
    """Return the rows of parent_id that are not void, in the order they were entered."""
    return _where(db, child, "parent_id = ? AND voided_on IS NULL ORDER BY id", [parent_id])


def all_out(db: Database, child: Child) -> list[Row]:
    """Return every row whose copy is out, longest out first; of papers that are void or revoked, none."""
    parent = f"SELECT 1 FROM {child.parent} p WHERE p.id = {child.name}.parent_id"
    valid = f"EXISTS ({parent} AND p.voided_on IS NULL AND p.entry <> 'revoked')"
    return _where(db, child, f"{OUT} AND {valid} ORDER BY sent_at, id", [])


def out_for(purpose: str) -> str:
    """Return the condition that a copy of a receipt is out for purpose, and none for one that weighs more."""
    more = "".join(f" AND id NOT IN ({out_ids(weightier)})" for weightier in PURPOSES[: PURPOSES.index(purpose)])
    return f"id IN ({out_ids(purpose)}){more}"


def to_sql(values: Mapping[str, Value]) -> dict[str, object]:
    """Return values as SQLite keeps them: days as ISO text, yes/no as 0 or 1, empty text as NULL."""
    return {name: plain(value) for name, value in values.items()}


def out_ids(purpose: str) -> str:
    """Return the query for the ids of the receipts of which a copy is out for purpose."""
    assert purpose in PURPOSES  # it stands in the statement itself
    return f"SELECT parent_id FROM circulation WHERE {OUT} AND purpose = '{purpose}'"


def _where(db: Database, child: Child, where: str, values: Sequence[object]) -> list[Row]:
    names = [*CHILD_COLUMNS, *(field.name for field in child.fields)]
    days = ["voided_on", *(field.name for field in child.fields if field.kind is Kind.DATE)]
    found: list[Row] = []
    for one in db.conn.execute(f"SELECT {', '.join(names)} FROM {child.name} WHERE {where}", list(values)):
        row: Row = dict(zip(names, one, strict=True))
        row |= {name: date.fromisoformat(str(row[name])) for name in days if row[name] is not None}
        found.append(row)
    return found


def plain(value: Value) -> object:
    """Return one value as SQLite keeps it."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value
