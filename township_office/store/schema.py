# SPDX-License-Identifier: MulanPSL-2.0
"""What a register's table must look like, worked out from its definition; migrations are compared with it by a test."""

from __future__ import annotations

from typing import assert_never

from township_office.core.fields import Child, Field, Kind, Register

# Columns of ours on every register's table; no field may take these names.
OWN_COLUMNS = (
    "id", "number", "series", "year", "period", "sequence", "entry", "original_number", "batch_id",
    "voided_on", "voided_by", "void_reason", "entered_at", "entered_by",
)  # fmt: skip
# Hidden keys, made from the others at every write; they never leave the store.
KEY_COLUMNS = ("search_text", "initials")
# What the change log never holds: those, and what opens a key slot.
UNLOGGED = (*KEY_COLUMNS, "salt", "nonce", "wrapped", "failures", "failed_at")

# Columns of ours on the table of every child.
CHILD_COLUMNS = ("id", "parent_id", "voided_on", "voided_by", "void_reason", "entered_at", "entered_by")

ENTRIES = ("live", "backdated", "imported", "revoked")


def create_table(register: Register) -> str:
    """Return the CREATE TABLE statement that the history of the data file must end in for register."""
    # Not IN: for more than two values SQLite builds a table anew at every row that is written.
    entries = " OR ".join(f"entry = '{entry}'" for entry in ENTRIES)
    lines = [
        "id INTEGER PRIMARY KEY",
        "number TEXT CHECK (length(number) <= 200)",
        "series TEXT",
        "year INTEGER",
        "period INTEGER",
        "sequence INTEGER CHECK (sequence > 0)",
        f"entry TEXT NOT NULL CHECK ({entries})",
        "original_number TEXT CHECK (length(original_number) <= 200)",
        "batch_id INTEGER REFERENCES batch (id)",
        "voided_on TEXT",
        "voided_by TEXT",
        "void_reason TEXT CHECK (length(void_reason) <= 500)",
        "entered_at TEXT NOT NULL",
        "entered_by TEXT NOT NULL",
        "search_text TEXT NOT NULL",
        "initials TEXT NOT NULL",
        # Most columns of most rows are empty: SQLite is told so before it calls a function.
        *(
            f"{field.name} {column_type(field)} CHECK ({field.name} IS NULL OR {_rule(field)})"
            for field in register.fields
        ),
        "CHECK (instr(search_text, char(0)) = 0)",  # it holds every text of the row
        "UNIQUE (series, period, sequence)",
        "CHECK (sequence IS NULL OR (number IS NOT NULL AND series IS NOT NULL AND period IS NOT NULL))",
        "CHECK ((voided_on IS NULL) = (void_reason IS NULL))",
    ]
    body = ",\n    ".join(lines)
    return f"CREATE TABLE {register.name} (\n    {body}\n) STRICT"


def create_child_table(child: Child) -> str:
    """Return the CREATE TABLE statement that the history of the data file must end in for child."""
    lines = [
        "id INTEGER PRIMARY KEY",
        f"parent_id INTEGER NOT NULL REFERENCES {child.parent} (id)",
        "voided_on TEXT",
        "voided_by TEXT",
        "void_reason TEXT CHECK (length(void_reason) <= 500)",
        "entered_at TEXT NOT NULL",
        "entered_by TEXT NOT NULL",
        *(f"{field.name} {column_type(field)} CHECK ({_rule(field)})" for field in child.fields),
        "CHECK ((voided_on IS NULL) = (void_reason IS NULL))",
    ]
    body = ",\n    ".join(lines)
    return f"CREATE TABLE {child.name} (\n    {body}\n) STRICT"


def column_type(field: Field) -> str:
    """Return the SQLite type that holds field."""
    match field.kind:
        case Kind.TEXT | Kind.LONG_TEXT | Kind.NAME | Kind.DOC_NUMBER | Kind.DATE | Kind.MOMENT | Kind.CHOICE:
            return "TEXT"
        case Kind.INTEGER | Kind.YES_NO:
            return "INTEGER"
        case _ as unreachable:
            assert_never(unreachable)


def _rule(field: Field) -> str:
    name = field.name
    match field.kind:
        case Kind.TEXT | Kind.LONG_TEXT | Kind.NAME | Kind.DOC_NUMBER | Kind.CHOICE:
            return f"length({name}) BETWEEN 1 AND {field.max_length}"
        case Kind.DATE:
            return f"{name} GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'"
        case Kind.MOMENT:
            day = "[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]"
            return f"{name} GLOB '{day}' OR {name} GLOB '{day} [0-2][0-9]:[0-5][0-9]'"
        case Kind.INTEGER:
            return f"{name} BETWEEN 0 AND 999999"
        case Kind.YES_NO:
            return f"{name} IN (0, 1)"
        case _ as unreachable:
            assert_never(unreachable)
