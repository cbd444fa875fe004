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


def _numbered_in(number: str) -> str:
    """The year that stands in a 文号: 〔2025〕."""
    after = f"substr({number}, instr({number}, '〔') + 1, 5)"
    return f"CASE WHEN {after} GLOB '[12][0-9][0-9][0-9]〕' THEN {after} END"


# 年度: the year of 签发日期 or 成文日期, whenever the paper came (DA/T 22 5.2.2). Where no day is known it is that of
# the book, which is that of the number it has there, or else that of the 文号.
_YEAR = {
    "receipt": f"coalesce(r.dated_on, r.received_on, r.year, {_numbered_in('r.doc_number')})",
    "dispatch": (
        "coalesce(r.signed_on, r.printed_on, r.dispatched_on, r.year, "
        f"{_numbered_in('coalesce(r.number, r.original_number)')})"
    ),
}
_DONE_ON = {"receipt": "completed_on", "dispatch": "dispatched_on"}
_KEYS = "SELECT register, source_id, id FROM filing WHERE register IS NOT NULL AND item_id IS NULL"
_OURS = {"receipt": "r.returned_on IS NULL", "dispatch": "(r.number IS NOT NULL OR r.entry = 'imported')"}


@dataclass(frozen=True, slots=True)
class Filing:
    """What was said of one document. register is None for one that stands in no book.

    archive_year: None where the document's own dates say it.
    """

    id: int
    register: str | None
    source_id: int | None
    archive_year: int | None
    said: Mapping[str, object]
    item_id: int | None

    @property
    def is_gone(self) -> bool:
        """Whether it stood in no book and was taken back: nothing is said of it any more."""
        return self.register is None and self.said["is_kept"] == 0 and self.said["title"] is None


def of_year(db: Database, year: int) -> list[Filing]:
    """Return what was said of documents that may be of a year and are not filed yet."""
    sql = (
        f"SELECT {', '.join(_COLUMNS)} FROM filing "
        "WHERE item_id IS NULL AND (archive_year = ? OR archive_year IS NULL) ORDER BY id"
    )
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


def filed(db: Database, register: Register) -> list[tuple[int, int]]:
    """Return the documents of a book that are filed as (id, id of the item)."""
    sql = "SELECT source_id, item_id FROM filing WHERE register = ? AND item_id IS NOT NULL"
    return list(db.conn.execute(sql, [register.name]))


def of_batch(db: Database, batch_id: int) -> list[Filing]:
    """Return the documents that lie in the items of a batch."""
    names = ", ".join(f"f.{name}" for name in _COLUMNS)
    sql = f"SELECT {names} FROM filing f JOIN archive_item i ON i.id = f.item_id WHERE i.batch_id = ? ORDER BY f.id"
    return [_filing(values) for values in db.conn.execute(sql, [batch_id])]


def inside(db: Database, main_id: int) -> list[Filing]:
    """Return the documents that lie in the item of another."""
    sql = f"SELECT {', '.join(_COLUMNS)} FROM filing WHERE main_id = ? ORDER BY id"
    return [_filing(values) for values in db.conn.execute(sql, [main_id])]


def candidates(db: Database, register: Register, year: int) -> list[int]:
    """Return the rows of a book that the filing of year is about, by their dates or as a hand has said."""
    sql = f"SELECT r.id {_unfiled(register)} AND {_year_of(register)} = ? ORDER BY r.id"
    return [row_id for (row_id,) in db.conn.execute(sql, [register.name, year])]


def has_done(db: Database, register: Register, year: int) -> bool:
    """Return whether of a document of year, filed or not, the office has noted that it is done with."""
    sql = (
        f"SELECT 1 FROM {register.name} r LEFT JOIN filing f ON f.register = ? AND f.source_id = r.id "
        f"WHERE r.{_DONE_ON[register.name]} IS NOT NULL AND r.entry IN ('live', 'backdated') "
        f"AND r.voided_on IS NULL AND {_year_of(register)} = ? LIMIT 1"
    )
    return db.conn.execute(sql, [register.name, year]).fetchone() is not None


def years(db: Database, register: Register) -> dict[int, int]:
    """Return how many documents of each year are not filed yet, latest year first."""
    sql = (
        f"SELECT {_year_of(register)} y, count(*) {_unfiled(register)} AND r.is_for_archive IS NOT 0 "
        "GROUP BY y ORDER BY y DESC"
    )
    return {year: count for year, count in db.conn.execute(sql, [register.name]) if year}


def _unfiled(register: Register) -> str:
    """What a clerk has marked as filed waits too, as long as no 归入卷号 says where it lies."""
    return (
        f"FROM {register.name} r LEFT JOIN filing f ON f.register = ? AND f.source_id = r.id "
        f"WHERE r.entry <> 'revoked' AND r.voided_on IS NULL AND (r.filed_on IS NULL OR r.volume_number IS NULL) "
        f"AND {_OURS[register.name]}"
    )


def _year_of(register: Register) -> str:
    return f"coalesce(f.archive_year, CAST(substr({_YEAR[register.name]}, 1, 4) AS INTEGER))"


def loose_years(db: Database) -> dict[int, int]:
    """Return how many documents that stand in no book wait for each year's filing."""
    sql = (
        "SELECT archive_year, count(*) FROM filing WHERE register IS NULL AND item_id IS NULL AND is_kept IS NOT 0 "
        "GROUP BY archive_year"
    )
    return dict(db.conn.execute(sql).fetchall())


def say(pen: Pen, source: tuple[str, int] | None, said: Mapping[str, object]) -> int:
    """Note what is said of a document (register, id; None: of no book), the first time; return the line's id.

    Inside writing.
    """
    register, source_id = source or (None, None)
    return rows.insert(pen, "filing", {"register": register, "source_id": source_id, **said})


def change(pen: Pen, filing_id: int, said: Mapping[str, object], *, verb: str = "change", why: str = "") -> None:
    """Note what else is said of it. Inside writing."""
    rows.update(pen, "filing", filing_id, said, verb=verb, why=why)


def file(pen: Pen, items: Mapping[tuple[str | None, int], int]) -> None:
    """Note for documents, (register, id) or (None, id of a line), in which item each lies now. Inside writing."""
    known = {(register, source_id): row_id for register, source_id, row_id in pen.db.conn.execute(_KEYS)}
    told = {known.get(key, key[1] if key[0] is None else 0): item_id for key, item_id in items.items()}
    told.pop(0, None)
    rows.update_many(pen, "filing", {row_id: {"item_id": item_id} for row_id, item_id in told.items()}, verb="file")
    new = [key for key in items if key[0] is not None and key not in known]
    columns: dict[str, Sequence[object]] = {
        "register": [key[0] for key in new], "source_id": [key[1] for key in new],
        "item_id": [items[key] for key in new],
    }  # fmt: skip
    rows.insert_many(pen, "filing", columns, verb="file")


def free(pen: Pen, filing_ids: Sequence[int], why: str) -> None:
    """Note of documents that they lie in no item any more. Inside writing."""
    rows.update_many(pen, "filing", {one: {"item_id": None} for one in filing_ids}, verb="revoke", why=why)


def _filing(values: Sequence[object]) -> Filing:
    whole = dict(zip(_COLUMNS, values, strict=True))
    said = {name: whole[name] for name in SAID}
    return Filing(
        whole["id"], whole["register"], whole["source_id"], whole["archive_year"], said, whole["item_id"]  # type: ignore[arg-type]
    )  # fmt: skip
