# SPDX-License-Identifier: MulanPSL-2.0
"""The guarded register."""

from __future__ import annotations

from township_office.store.steps.runs import Runs


def sealed_rows(db: Runs) -> None:
    """0004: what nobody reads without the key."""
    # What is sealed is bound to seal_head.vault, its id and its version; see store.sealed.
    db.execute("""
CREATE TABLE sealed (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    version INTEGER NOT NULL CHECK (version > 0),
    body TEXT NOT NULL CHECK (length(body) > 0)
) STRICT""")
    db.execute("""
CREATE TABLE seal_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    vault TEXT NOT NULL,
    root_check TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT""")
    # The log knows a slot by its fingerprint only: an old password must open nothing.
    db.execute("""
CREATE TABLE key_slot (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 20),
    memory INTEGER NOT NULL,
    rounds INTEGER NOT NULL,
    lanes INTEGER NOT NULL,
    salt TEXT NOT NULL,
    nonce TEXT NOT NULL,
    wrapped TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    failures INTEGER NOT NULL,
    failed_at TEXT,
    closed_on TEXT
) STRICT""")
    db.execute("CREATE UNIQUE INDEX key_slot_open ON key_slot (name) WHERE closed_on IS NULL")
    for table in ("sealed", "seal_head", "key_slot"):
        db.execute(f"""
CREATE TRIGGER {table}_never_delete BEFORE DELETE ON {table}
BEGIN SELECT raise(ABORT, 'nothing is ever deleted'); END""")
