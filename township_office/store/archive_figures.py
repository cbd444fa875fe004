# SPDX-License-Identifier: MulanPSL-2.0
"""The figures of the archive's 年报, counted by SQLite; what each means is services.archive.statistics."""

from __future__ import annotations

from dataclasses import dataclass

from township_office.registers.archive.care import codes_in
from township_office.store.database import Database

_VALID = "entry <> 'revoked' AND voided_on IS NULL"
IN_STORE = f"{_VALID} AND destroyed_on IS NULL AND transferred_on IS NULL"
Box = tuple[str, int, int]  # series, period, number


@dataclass(frozen=True, slots=True)
class Holding:
    """So many items of one year, period and 门类 in one box, None being no box yet.

    year is 0 and the words are "" where they are not known.
    """

    year: int
    retention: str
    category: str
    box: Box | None
    items: int
    pages: int


@dataclass(frozen=True, slots=True)
class Use:
    """How often archives were used in one way: entries, 档号 named in them, pages copied."""

    way: str
    visits: int
    items: int
    pages: int


def in_store(db: Database) -> list[Holding]:
    """Return what is in the store now, the latest year first."""
    return _holdings(db, IN_STORE)


def in_year(db: Database, column: str, year: int) -> list[Holding]:
    """Return the items that were filed, destroyed or transferred in a year; column names the day."""
    assert column in ("filed_on", "destroyed_on", "transferred_on")  # it stands in the statement itself
    return _holdings(db, f"{_VALID} AND substr({column}, 1, 4) = :year", str(year))


def uses(db: Database, year: int) -> list[Use]:
    """Return the use of a year by its way."""
    sql = (
        "SELECT coalesce(way, ''), reference_codes, coalesce(copied_pages, 0) FROM access_log "
        f"WHERE {_VALID} AND year = ?"
    )
    found: dict[str, list[int]] = {}
    for way, codes, pages in db.conn.execute(sql, [year]):
        counts = found.setdefault(way, [0, 0, 0])
        for place, more in enumerate((1, len(codes_in(codes or "")), pages)):
            counts[place] += more
    return [Use(way, *counts) for way, counts in found.items()]


def years(db: Database) -> list[int]:
    """Return the years in which anything was filed, used, destroyed or handed over, the latest first."""
    days = ("filed_on", "destroyed_on", "transferred_on")
    parts = [f"SELECT CAST(substr({day}, 1, 4) AS INTEGER) FROM archive_item WHERE {day} IS NOT NULL" for day in days]
    parts.append(f"SELECT year FROM access_log WHERE {_VALID}")
    return [year for (year,) in db.conn.execute(" UNION ".join(parts) + " ORDER BY 1 DESC")]


def _holdings(db: Database, where: str, year: str = "") -> list[Holding]:
    sql = (
        "SELECT coalesce(archive_year, 0), coalesce(extended_to, retention_period, ''), "
        " CASE WHEN instr(category, '·') THEN substr(category, 1, instr(category, '·') - 1) "
        " ELSE coalesce(category, '') END AS kind, "
        f" series, period, box_no, count(*), coalesce(sum(page_count), 0) FROM archive_item WHERE {where} "
        "GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1 DESC, 2, 3"
    )
    return [
        Holding(of, retention, category, None if box is None else (series, period, box), items, pages)
        for of, retention, category, series, period, box, items, pages in db.conn.execute(sql, {"year": year})
    ]
