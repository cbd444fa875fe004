# SPDX-License-Identifier: MulanPSL-2.0
"""鉴定 and 移交 as a whole: which items stand in an appraisal that is going on, and what became of the others."""

from __future__ import annotations

from array import array

from township_office.store.database import Database

_OPEN = (
    "l.voided_on IS NULL AND a.voided_on IS NULL AND a.entry <> 'revoked' AND a.destroyed_on IS NULL "
    "AND a.closed_on IS NULL"
)


def open_items(db: Database) -> dict[int, str]:
    """Return the items that are being appraised: item id → number of the appraisal."""
    sql = f"SELECT l.item_id, a.number FROM appraisal_line l JOIN appraisal a ON a.id = l.parent_id WHERE {_OPEN}"
    return {item_id: number or "" for item_id, number in db.conn.execute(sql)}


def decisions(db: Database) -> dict[int, tuple[tuple[str, int], ...]]:
    """Return for each appraisal how many items each decision was taken for."""
    sql = (
        "SELECT parent_id, decision, count(*) FROM appraisal_line WHERE voided_on IS NULL "
        "GROUP BY parent_id, decision ORDER BY parent_id, min(id)"
    )
    found: dict[int, tuple[tuple[str, int], ...]] = {}
    for parent_id, decision, count in db.conn.execute(sql):
        found[parent_id] = (*found.get(parent_id, ()), (decision, count))
    return found


def is_judged(db: Database, batch_id: int) -> bool:
    """Return whether items of a batch stand in an appraisal or a transfer that is not void."""
    valid = "voided_on IS NULL AND entry <> 'revoked'"
    sql = (
        "SELECT 1 FROM archive_item i WHERE i.batch_id = ? AND ("
        f"EXISTS (SELECT 1 FROM transfer WHERE number = i.disposal_no AND {valid}) OR i.id IN ("
        f"SELECT item_id FROM appraisal_line WHERE voided_on IS NULL AND parent_id IN ("
        f"SELECT id FROM appraisal WHERE {valid}))) LIMIT 1"
    )
    return db.conn.execute(sql, [batch_id]).fetchone() is not None


def disposed(db: Database, number: str) -> array[int]:
    """Return the items that were destroyed or handed over under a number, by 档号."""
    sql = "SELECT id FROM archive_item WHERE disposal_no = ? AND entry <> 'revoked' ORDER BY year, series, sequence, id"
    return array("q", (row_id for (row_id,) in db.conn.execute(sql, [number])))


def items_under(db: Database) -> dict[str, tuple[int, int]]:
    """Return (items, pages) for each number under which items were destroyed or handed over."""
    sql = (
        "SELECT disposal_no, count(*), coalesce(sum(page_count), 0) FROM archive_item "
        "WHERE disposal_no IS NOT NULL AND entry <> 'revoked' GROUP BY disposal_no"
    )
    return {number: (items, pages) for number, items, pages in db.conn.execute(sql)}
