# SPDX-License-Identifier: MulanPSL-2.0
"""The archive as a whole: its classes, how far each is numbered, which boxes it has."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from township_office.core.fields import Register
from township_office.store.database import Database

_VALID = "entry <> 'revoked' AND voided_on IS NULL"


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
    unnumbered: int = 0  # of the items: an old catalogue gave their 档号 to two

    @property
    def gaps(self) -> int:
        """How many numbers between the first and the last nobody bears, void items counted as bearing theirs."""
        return self.last - self.first + 1 - (self.items - self.unnumbered) - self.void if self.last else 0


def classes(db: Database) -> list[ArchiveClass]:
    """Return every class, latest year first."""
    sql = (
        "SELECT coalesce(series, ''), coalesce(fonds_no, ''), coalesce(category, ''), coalesce(archive_year, 0), "
        " coalesce(retention_period, ''), coalesce(org_or_subject, ''), coalesce(volume_no, 0), "
        " count(*) FILTER (WHERE voided_on IS NULL), coalesce(min(sequence), 0), coalesce(max(sequence), 0), "
        " coalesce(sum(page_count) FILTER (WHERE voided_on IS NULL), 0), "
        " count(*) FILTER (WHERE voided_on IS NULL AND page_count IS NULL), "
        " count(*) FILTER (WHERE voided_on IS NULL AND box_no IS NULL), "
        " coalesce(max(box_no), 0), count(voided_on), count(*) FILTER (WHERE voided_on IS NULL AND sequence IS NULL) "
        "FROM archive_item WHERE entry <> 'revoked' GROUP BY year, series ORDER BY year DESC, series"
    )
    return [ArchiveClass(*values) for values in db.conn.execute(sql)]


def last_item(db: Database, register: Register, series: str, period: int) -> int:
    """Return the highest number of a class, 0 where it has none; void rows count, for no number is given twice.

    A class whose 档号 does not say the year (KJ) counts on through the years.
    """
    of_year = " AND period = ?" if str(period) in series else ""
    sql = f"SELECT coalesce(max(sequence), 0) FROM {register.name} WHERE series = ?{of_year}"
    return int(db.conn.execute(sql, [series, period] if of_year else [series]).fetchone()[0])


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


def is_built_on(db: Database, batch_id: int) -> bool:
    """Return whether a class of a batch has later items, or boxes with items of it, so that it must stay.

    Boxes that came in with a catalogue are part of its batch.
    """
    sql = (
        "SELECT 1 FROM archive_item i WHERE i.batch_id = :batch AND (EXISTS ("
        "SELECT 1 FROM archive_box b WHERE b.series = i.series AND b.period = i.period AND b.sequence = i.box_no "
        "AND b.batch_id IS NOT :batch) OR EXISTS ("
        "SELECT 1 FROM archive_item o WHERE o.series = i.series AND o.period = i.period AND o.sequence > i.sequence "
        "AND o.batch_id IS NOT :batch)) LIMIT 1"
    )
    return db.conn.execute(sql, {"batch": batch_id}).fetchone() is not None


def years_of_batch(db: Database, batch_id: int) -> list[int]:
    """Return the years whose items came in together: one of a filing, perhaps several of a catalogue."""
    sql = "SELECT DISTINCT year FROM archive_item WHERE batch_id = ? AND year IS NOT NULL ORDER BY year"
    return [year for (year,) in db.conn.execute(sql, [batch_id])]


def known_items(db: Database) -> Iterator[tuple[str | None, str | None, tuple[str | None, ...]]]:
    """Yield 档号, the one written where it is another, and what else tells each item, by which it is known again."""
    sql = (
        "SELECT number, original_number, title, dated_on, doc_number, responsible_body FROM archive_item "
        "WHERE entry <> 'revoked'"
    )
    for number, written, *rest in db.conn.execute(sql):
        yield number, written, tuple(rest)
