# SPDX-License-Identifier: MulanPSL-2.0
"""Prove that the register is what was written into it: integrity, chain, and the log replayed against every row."""

from __future__ import annotations

from dataclasses import dataclass

from township_office.core.errors import OfficeError
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.registers import ALL, BOOKS
from township_office.services.office import Office
from township_office.store import changelog, database, health
from township_office.store import records as store

_OTHERS = (  # tables that are no book
    "setting", "series", "reservation", "batch", "sealed", "key_slot", "filing", "duty_person", "duty_away",
    "duty_pair", "duty_line", "duty_month", "duty_shift", "duty_change",
)  # fmt: skip
_GROUP = 4  # hex digits printed together


@dataclass(frozen=True, slots=True)
class Report:
    """What verify found: findings are sentences, empty when all is well; head is the chain's last hash in hex."""

    rows: int
    changes: int
    head: str
    findings: tuple[str, ...]


def verify(office: Office, progress: Progress = silent) -> Report:
    """Check the file, its keys, the chain and every row; change nothing."""
    findings = [t("error.finding_file", what=what) for what in health.faults(office.db)]
    try:
        return _replayed(office, findings, progress)
    except (OfficeError, database.Fault, KeyError, TypeError) as fault:  # rows that cannot be read, columns not there
        if not findings and getattr(fault, "key", "") != "error.damaged":
            raise
        return Report(0, 0, "", (*findings, t("error.damaged")))


def _replayed(office: Office, findings: list[str], progress: Progress) -> Report:
    broken, states = changelog.check_chain(office.db, progress)
    findings += [t(f"error.finding_{kind}", seq=seq, register=_title(name)) for kind, seq, name in broken]
    rows = len(states)
    for table, row_id, column in changelog.check_rows(office.db, states, progress):
        key = "error.finding_row" if column else "error.finding_whole_row"
        findings.append(t(key, register=_title(table), row=_name(office, table, row_id), column=_label(table, column)))
    changes, head = changelog.head(office.db)
    return Report(rows, changes, head, tuple(findings))


def chain_head(office: Office) -> str:
    """Return the last hash of the chain as it is printed at the foot of a page: "8F3A 61C2"."""
    _, head = changelog.head(office.db)
    digits = head[: 2 * _GROUP].upper()
    return f"{digits[:_GROUP]} {digits[_GROUP:]}".strip()


def _title(table: str) -> str:
    if table in BOOKS:
        return BOOKS[table].title
    return t(f"finding.table_{table}") if table in _OTHERS else table


def _label(table: str, column: str) -> str:
    if table == "sealed" and column in ("version", "body"):
        return t(f"finding.sealed_{column}")
    if table == "key_slot":
        return t("finding.key_slot_name" if column == "name" else "finding.key_slot_other")
    fields = BOOKS[table].fields if table in BOOKS else ()
    return next((field.label for field in fields if field.name == column), column)


def _name(office: Office, table: str, row_id: int) -> str:
    for register in ALL:
        if register.name == table:
            try:
                number = store.get(office.db, register, row_id)["number"]
            except (KeyError, OfficeError):
                number = None
            return str(number or f"#{row_id}")
    return f"#{row_id}"
