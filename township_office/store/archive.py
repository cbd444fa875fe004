# SPDX-License-Identifier: MulanPSL-2.0
"""The archive as a whole: its classes, how far each is numbered, which boxes it has."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from township_office.store.database import Database

_NOT_REVOKED = "entry <> 'revoked'"
_VALID = f"{_NOT_REVOKED} AND voided_on IS NULL"


@dataclass(frozen=True, slots=True)
class ArchiveClass:
    """One lowest class (年度, 保管期限, 机构), with its items counted. series is its 档号 without 件号."""

    series: str
    fonds_no: str
    category: str
    year: int
    retention: str  # in full words
    org: str  # code
    volume: int
    items: int
    first: int  # 件号
    last: int
    pages: int
    pageless: int  # items whose pages are not counted
    unboxed: int
    boxes: int
    void: int
    gaps: int  # numbers between the first and the last that nobody bears; void items bear theirs


def classes(db: Database) -> list[ArchiveClass]:
    """Return every class, latest year first. What was destroyed or handed over waits for no pages and no box."""
    here = "voided_on IS NULL AND destroyed_on IS NULL AND transferred_on IS NULL"
    sql = (
        "SELECT coalesce(series, ''), coalesce(fonds_no, ''), coalesce(category, ''), coalesce(archive_year, 0), "
        " coalesce(retention_period, ''), coalesce(org_or_subject, ''), coalesce(volume_no, 0), "
        " count(*) FILTER (WHERE voided_on IS NULL), coalesce(min(sequence), 0), coalesce(max(sequence), 0), "
        " coalesce(sum(page_count) FILTER (WHERE voided_on IS NULL), 0), "
        f" count(*) FILTER (WHERE {here} AND page_count IS NULL), "
        f" count(*) FILTER (WHERE {here} AND box_no IS NULL), "
        " count(DISTINCT box_no) FILTER (WHERE voided_on IS NULL), count(voided_on), "
        " coalesce(max(sequence) - min(sequence) + 1, 0) - count(sequence) "
        "FROM archive_item WHERE entry <> 'revoked' GROUP BY year, series ORDER BY year DESC, series"
    )
    return [ArchiveClass(*values) for values in db.conn.execute(sql)]


def last_item(db: Database, series: Iterable[str]) -> int:
    """Return the highest 件号 in classes that are one, 0 where they have none; void items' are never given again.

    Of every year: where the county's template has no year, a class runs on.
    """
    return max(_last(db, "archive_item", "sequence", one) for one in series)


def last_box(db: Database, series: str) -> int:
    """Return the highest 盒号 of a class, those of an old catalogue among them, 0 where it has none."""
    return max(_last(db, "archive_box", "sequence", series), _last(db, "archive_item", "box_no", series))


def _last(db: Database, table: str, column: str, series: str) -> int:
    sql = f"SELECT coalesce(max({column}), 0) FROM {table} WHERE series = ? AND {_NOT_REVOKED}"
    return int(db.conn.execute(sql, [series]).fetchone()[0])


def periods_of(db: Database, series: str) -> set[str]:
    """Return the 保管期限 of a class's items: one, for they are never mixed in a box (DA/T 22 6.4)."""
    said = f"retention_period IS NOT NULL AND {_VALID}"
    sql = f"SELECT DISTINCT retention_period FROM archive_item WHERE series = ? AND {said}"
    return {period for (period,) in db.conn.execute(sql, [series])}


def papers_of_year(db: Database, year: int) -> dict[tuple[str, str], str]:
    """Return the 档号 of a year's items by their 文号 and 题名."""
    sql = f"SELECT doc_number, title, number FROM archive_item WHERE year = ? AND doc_number IS NOT NULL AND {_VALID}"
    return {(doc_number, title): number for doc_number, title, number in db.conn.execute(sql, [year])}


def numbers_of(db: Database, series: str, period: int) -> list[int]:
    """Return the 件号 that are borne in a class, void items' too, in their order."""
    sql = (
        "SELECT sequence FROM archive_item WHERE series = ? AND period = ? AND sequence IS NOT NULL "
        "AND entry <> 'revoked' ORDER BY sequence"
    )
    return [number for (number,) in db.conn.execute(sql, [series, period])]


def items_of(db: Database, series: str, period: int) -> array[int]:
    """Return the ids of a class's items by 件号, void ones left out."""
    sql = f"SELECT id FROM archive_item WHERE series = ? AND period = ? AND {_VALID} ORDER BY sequence, id"
    return array("q", (row_id for (row_id,) in db.conn.execute(sql, [series, period])))


def items_of_year(db: Database, year: int) -> array[int]:
    """Return the ids of a year's items by 档号, void ones left out."""
    sql = f"SELECT id FROM archive_item WHERE year = ? AND {_VALID} ORDER BY series, sequence, id"
    return array("q", (row_id for (row_id,) in db.conn.execute(sql, [year])))


def boxes_of(db: Database, series: str, period: int) -> array[int]:
    """Return the ids of a class's boxes by number, void ones left out."""
    sql = f"SELECT id FROM archive_box WHERE series = ? AND period = ? AND {_VALID} ORDER BY sequence"
    return array("q", (row_id for (row_id,) in db.conn.execute(sql, [series, period])))


def items_by_org(db: Database) -> dict[str, int]:
    """Return how many items, void ones too, bear the code of each 机构 or 问题."""
    sql = "SELECT org_or_subject, count(*) FROM archive_item WHERE entry <> 'revoked' AND org_or_subject IS NOT NULL "
    return dict(db.conn.execute(sql + "GROUP BY org_or_subject").fetchall())


def is_boxed(db: Database, batch_id: int) -> bool:
    """Return whether items of a batch lie in boxes that did not come in with it."""
    sql = (
        f"SELECT 1 FROM archive_item i WHERE i.batch_id = :batch AND i.box_no IS NOT NULL AND i.sequence IS NOT NULL "
        f"AND {_VALID} AND NOT EXISTS ("
        "SELECT 1 FROM archive_box b WHERE b.series = i.series AND b.period = i.period AND b.sequence = i.box_no "
        "AND b.batch_id = :batch) LIMIT 1"
    )
    return db.conn.execute(sql, {"batch": batch_id}).fetchone() is not None


def firsts_of_batch(db: Database, batch_id: int) -> list[int]:
    """Return the first item of a batch in each class."""
    sql = "SELECT id, min(sequence) FROM archive_item WHERE batch_id = ? AND sequence IS NOT NULL GROUP BY series"
    return [row_id for row_id, _ in db.conn.execute(sql, [batch_id])]


def is_passed(db: Database, series: Iterable[str], sequence: int, batch_id: int) -> bool:
    """Return whether classes that are one have a later item that did not come in with a batch."""
    sql = "SELECT 1 FROM archive_item WHERE series = ? AND sequence > ? AND batch_id IS NOT ? LIMIT 1"
    return any(db.conn.execute(sql, [one, sequence, batch_id]).fetchone() for one in series)


def years_of_batch(db: Database, batch_id: int) -> set[int]:
    """Return the years whose items came in together."""
    found = db.conn.execute("SELECT DISTINCT year FROM archive_item WHERE batch_id = ?", [batch_id])
    return {year for (year,) in found}


def without_fonds(db: Database) -> array[int]:
    """Return the ids of the items filed here that have no 全宗号 yet, void ones too."""
    sql = "SELECT id FROM archive_item WHERE fonds_no IS NULL AND entry = 'live' AND sequence IS NOT NULL ORDER BY id"
    return array("q", (row_id for (row_id,) in db.conn.execute(sql)))


def known_items(db: Database) -> Iterator[tuple[str | None, str | None, tuple[str | None, ...]]]:
    """Yield 档号, the one written where it is another, and what else tells each item, by which it is known again."""
    sql = (
        "SELECT number, original_number, title, dated_on, doc_number, responsible_body FROM archive_item "
        "WHERE entry <> 'revoked'"
    )
    for number, written, *rest in db.conn.execute(sql):
        yield number, written, tuple(rest)
