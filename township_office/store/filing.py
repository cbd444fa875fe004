# SPDX-License-Identifier: MulanPSL-2.0
"""What the year's filing says of each document, and which documents a year's filing is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from township_office.core.fields import Register
from township_office.store import rows
from township_office.store.changelog import Pen
from township_office.store.database import Database

# What a hand may set; None leaves it as proposed. main_id: it lies in the item of that one; behind_id: it stands
# behind that one, 0 at the head of its class.
SAID = (
    "is_kept", "retention_period", "org_or_subject", "category", "doc_number", "responsible_body", "title", "dated_on",
    "page_count", "remarks", "main_id", "behind_id",
)  # fmt: skip
_COLUMNS = ("id", "register", "source_id", "archive_year", *SAID, "item_id")
# 年度: the year of 签发日期 or 成文日期, whenever the paper came (DA/T 22 5.2.2).
_DAY = {
    "receipt": "coalesce(r.dated_on, r.received_on)",
    "dispatch": "coalesce(r.signed_on, r.printed_on, r.dispatched_on)",
}
_OURS = {"receipt": "r.returned_on IS NULL", "dispatch": "(r.number IS NOT NULL OR r.entry = 'imported')"}
_LATEST = 5  # years later than its date a paper may have come


@dataclass(frozen=True, slots=True)
class Filing:
    """One document of a year's filing. register is None for one that stands in no book."""

    id: int
    register: str | None
    source_id: int | None
    archive_year: int
    said: Mapping[str, object]
    item_id: int | None


def of_year(db: Database, year: int) -> list[Filing]:
    """Return what was said of documents of a year."""
    sql = f"SELECT {', '.join(_COLUMNS)} FROM filing WHERE archive_year = ? ORDER BY id"
    return [_filing(values) for values in db.conn.execute(sql, [year])]


def of_source(db: Database, register: str, source_id: int) -> Filing | None:
    """Return what was said of one document of a book."""
    sql = f"SELECT {', '.join(_COLUMNS)} FROM filing WHERE register = ? AND source_id = ?"
    return next((_filing(values) for values in db.conn.execute(sql, [register, source_id])), None)


def get(db: Database, filing_id: int) -> Filing | None:
    """Return one line of a filing."""
    sql = f"SELECT {', '.join(_COLUMNS)} FROM filing WHERE id = ?"
    return next((_filing(values) for values in db.conn.execute(sql, [filing_id])), None)


def of_item(db: Database, item_id: int) -> list[Filing]:
    """Return the documents that lie in an item."""
    sql = f"SELECT {', '.join(_COLUMNS)} FROM filing WHERE item_id = ? ORDER BY main_id IS NOT NULL, id"
    return [_filing(values) for values in db.conn.execute(sql, [item_id])]


def of_batch(db: Database, batch_id: int) -> list[Filing]:
    """Return the documents that lie in the items of a batch."""
    names = ", ".join(f"f.{name}" for name in _COLUMNS)
    sql = f"SELECT {names} FROM filing f JOIN archive_item i ON i.id = f.item_id WHERE i.batch_id = ? ORDER BY f.id"
    return [_filing(values) for values in db.conn.execute(sql, [batch_id])]


def candidates(db: Database, register: Register, year: int) -> list[int]:
    """Return the rows of a book that the filing of year is about, by their dates and by what was said of them."""
    sql = (
        f"SELECT r.id FROM {register.name} r LEFT JOIN filing f ON f.register = :register AND f.source_id = r.id "
        f"WHERE r.entry <> 'revoked' AND r.voided_on IS NULL AND r.filed_on IS NULL AND {_OURS[register.name]} "
        f"AND (r.year BETWEEN :year AND :latest OR r.year IS NULL OR f.archive_year = :year) "
        f"AND coalesce(f.archive_year, CAST(substr({_DAY[register.name]}, 1, 4) AS INTEGER)) = :year ORDER BY r.id"
    )
    found = db.conn.execute(sql, {"register": register.name, "year": year, "latest": year + _LATEST})
    return [row_id for (row_id,) in found]


def years(db: Database, register: Register) -> dict[int, int]:
    """Return how many documents of each year are not filed yet, latest year first."""
    sql = (
        f"SELECT CAST(substr({_DAY[register.name]}, 1, 4) AS INTEGER) y, count(*) FROM {register.name} r "
        f"WHERE entry <> 'revoked' AND voided_on IS NULL AND filed_on IS NULL AND is_for_archive IS NOT 0 "
        f"AND {_OURS[register.name]} GROUP BY y ORDER BY y DESC"
    )
    return {year: count for year, count in db.conn.execute(sql) if year}


def loose_years(db: Database) -> dict[int, int]:
    """Return how many documents that stand in no book wait for each year's filing."""
    sql = (
        "SELECT archive_year, count(*) FROM filing WHERE register IS NULL AND item_id IS NULL AND is_kept IS NOT 0 "
        "GROUP BY archive_year"
    )
    return dict(db.conn.execute(sql).fetchall())


def say(pen: Pen, place: tuple[str | None, int | None, int], said: Mapping[str, object]) -> int:
    """Note what is said of a document (register, id, year), the first time; return the line's id. Inside writing."""
    register, source_id, year = place
    blank = dict.fromkeys(SAID)
    values = {"register": register, "source_id": source_id, "archive_year": year, **blank, "item_id": None, **said}
    return rows.insert(pen, "filing", values)


def change(pen: Pen, filing_id: int, said: Mapping[str, object], *, verb: str = "change", why: str = "") -> None:
    """Note what else is said of it. Inside writing."""
    rows.update(pen, "filing", filing_id, said, verb=verb, why=why)


def _filing(values: Sequence[object]) -> Filing:
    whole = dict(zip(_COLUMNS, values, strict=True))
    said = {name: whole[name] for name in SAID}
    return Filing(
        whole["id"], whole["register"], whole["source_id"], whole["archive_year"], said, whole["item_id"]  # type: ignore[arg-type]
    )  # fmt: skip
