# SPDX-License-Identifier: MulanPSL-2.0
"""Sealed rows: the file holds which there are and how often each was written, and nothing of what they say.

The seal of a row is bound to the file, its id and its version. A total over all rows, sealed itself, tells when one
was put back, left out or exchanged, even where the change log was made to agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from township_office.core.errors import OfficeError
from township_office.store import rows, sealing
from township_office.store.changelog import Pen
from township_office.store.database import Database

TABLE = "sealed"


@dataclass(frozen=True, slots=True, repr=False)
class Item:
    """One sealed row, open: how often it was written (version), what it says, and its sealed text.

    What is open has no repr: nothing of it may get into a log.
    """

    id: int
    version: int
    body: Mapping[str, Any]
    text: str


@dataclass(slots=True, repr=False)
class Ring:
    """The keys to the sealed rows of one file, and the total over them as it was last written (head: as it is kept)."""

    vault: str
    key: bytes
    total_key: bytes
    head: str = ""
    total: int = 0
    count: int = 0


@dataclass(slots=True, repr=False)
class Content:
    """Every sealed row that opens; broken are the ids of those that do not.

    old are the ids that the log has newer; is_whole is False when the total is not that of these rows.
    """

    items: dict[int, Item] = field(default_factory=dict)
    broken: list[int] = field(default_factory=list)
    old: list[int] = field(default_factory=list)
    is_whole: bool = True


def begin(pen: Pen, vault: str, root: bytes) -> Ring:
    """Make a file ready for sealed rows. Call inside database.writing, once."""
    ring = _ring(vault, root)
    ring.head = _head_body(ring)
    pen.db.conn.execute(
        "INSERT INTO seal_head (id, vault, root_check, body) VALUES (1, ?, ?, ?)", [vault, _check(root), ring.head]
    )
    return ring


def ring_of(db: Database, root: bytes) -> Ring | None:
    """Return the keys of this file; None when root is another file's."""
    found = db.conn.execute("SELECT vault, root_check FROM seal_head").fetchone()
    return _ring(found[0], root) if found is not None and found[1] == _check(root) else None


def read(db: Database, ring: Ring) -> Content:
    """Open every row and compare the total; ring takes over the total of what was found."""
    content, total = Content(), 0
    logged = _logged_versions(db)
    # As bytes: one that is no letter any more must not hide the others.
    for row_id, version, body in db.conn.execute(f"SELECT id, version, CAST(body AS BLOB) FROM {TABLE} ORDER BY id"):
        text = body.decode("utf-8", "replace")
        place = _identity(ring, row_id, version)
        total += sealing.term(ring.total_key, place, text)
        try:
            content.items[row_id] = Item(row_id, version, sealing.unseal(ring.key, place, text), text)
        except sealing.Broken:
            content.broken.append(row_id)
        if logged.pop(row_id, version) != version:
            content.old.append(row_id)
    content.old.extend(logged)
    ring.head = db.conn.execute("SELECT CAST(body AS BLOB) FROM seal_head").fetchone()[0].decode("utf-8", "replace")
    ring.total, ring.count = sealing.total(total), len(content.items) + len(content.broken)
    content.is_whole = not content.broken and not content.old and _is_total(ring)
    return content


def write(pen: Pen, ring: Ring, bodies: Sequence[tuple[Item | None, Mapping[str, Any]]]) -> list[Item]:
    """Seal bodies into new rows (None) or over those that are there; return them as they are now.

    Call inside database.writing; on any error go back to the ring as it was. Raise OfficeError when the rows are no
    longer those that were read.
    """
    written = [_write(pen, ring, item, body) for item, body in bodies]
    head = _head_body(ring)
    if pen.db.conn.execute("UPDATE seal_head SET body = ? WHERE body = ?", [head, ring.head]).rowcount != 1:
        raise OfficeError("vault.changed_elsewhere")
    ring.head = head
    return written


def opened(ring: Ring, row_id: int, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what an entry of the change log says of a sealed row; raise sealing.Broken."""
    return sealing.unseal(ring.key, _identity(ring, row_id, int(values["version"])), str(values["body"]))


def _write(pen: Pen, ring: Ring, item: Item | None, body: Mapping[str, Any]) -> Item:
    version = 1 if item is None else item.version + 1
    row_id = item.id if item else pen.db.conn.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {TABLE}").fetchone()[0]
    place = _identity(ring, row_id, version)
    text = sealing.seal(ring.key, place, body)
    if item is None:
        rows.insert(pen, TABLE, {"id": row_id, "version": version, "body": text})
        ring.count += 1
    else:
        rows.update(pen, TABLE, row_id, {"version": version, "body": text})
        ring.total -= sealing.term(ring.total_key, _identity(ring, row_id, item.version), item.text)
    ring.total = sealing.total(ring.total + sealing.term(ring.total_key, place, text))
    return Item(row_id, version, dict(body), text)


def _logged_versions(db: Database) -> dict[int, int]:
    """Return the last version of every sealed row that the change log knows of."""
    sql = """
        SELECT row_id, max(CASE WHEN json_valid(after) THEN json_extract(after, '$.version') END)
        FROM change_log WHERE register = ? GROUP BY row_id"""
    return dict(db.conn.execute(sql, [TABLE]).fetchall())


def _is_total(ring: Ring) -> bool:
    try:
        kept = sealing.unseal(ring.key, f"{ring.vault}|head", ring.head)
    except sealing.Broken:
        return False
    return bool(kept == {"count": ring.count, "total": f"{ring.total:x}"})


def _head_body(ring: Ring) -> str:
    return sealing.seal(ring.key, f"{ring.vault}|head", {"count": ring.count, "total": f"{ring.total:x}"})


def _identity(ring: Ring, row_id: int, version: int) -> str:
    return f"{ring.vault}|{TABLE}|{row_id}|{version}"


def _ring(vault: str, root: bytes) -> Ring:
    return Ring(vault, sealing.derive(root, "sealed rows"), sealing.derive(root, "total of sealed rows"))


def _check(root: bytes) -> str:
    return sealing.derive(root, "check").hex()[:16]
