# SPDX-License-Identifier: MulanPSL-2.0
"""Which archive items are lent (查阅利用), or out of the store (出入库), and not back: an entry names them by 档号."""

from __future__ import annotations

from township_office.registers.archive.care import LENDING, OUTWARDS
from township_office.store.database import Database

# As services.archive.care joins 档号; a quote among them is nothing to stumble over.
_CODES = "json_each('[' || replace(json_quote(reference_codes), '、', '\",\"') || ']')"
_OPEN = "returned_on IS NULL AND voided_on IS NULL AND entry <> 'revoked'"
_OUT = {
    "access_log": f"access_log, {_CODES} WHERE {_OPEN} AND way = '{LENDING}'",
    "stack_in_out": f"stack_in_out, {_CODES} WHERE {_OPEN} AND direction = '{OUTWARDS}'",
}
# Conditions on archive items. Asked once for a list, not for each of its rows.
IS_LENT, IS_TAKEN_OUT = (f"number IN (SELECT value FROM {out})" for out in _OUT.values())
AWAY = f"CASE WHEN {IS_LENT} THEN 'lent' WHEN {IS_TAKEN_OUT} THEN 'taken_out' END"


def open_entry(db: Database, number: str) -> tuple[str, int] | None:
    """Return the register and the id of the entry by which an item is out; None when it is in the store."""
    for book, out in _OUT.items():
        found = db.conn.execute(f"SELECT {book}.id FROM {out} AND value = ? LIMIT 1", [number]).fetchone()
        if found:
            return book, found[0]
    return None


def out_of_batch(db: Database, batch_id: int) -> str:
    """Return the 档号 of an item of a batch that is out, "" when all are in the store."""
    sql = (
        "SELECT number FROM archive_item WHERE batch_id = ? AND voided_on IS NULL "
        f"AND ({IS_LENT} OR {IS_TAKEN_OUT}) ORDER BY id LIMIT 1"
    )
    found = db.conn.execute(sql, [batch_id]).fetchone()
    return str(found[0]) if found else ""
