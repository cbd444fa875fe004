# SPDX-License-Identifier: MulanPSL-2.0
"""Whether a file has a guarded register: asked at every start, so it stands apart from the keys."""

from __future__ import annotations

from township_office.store import keyslots
from township_office.store.database import Database


def vault_of(db: Database) -> str | None:
    """Return what the sealed rows of this file are bound to; None while it has none."""
    found = db.conn.execute("SELECT vault FROM seal_head").fetchone()
    return None if found is None else str(found[0])


def is_there(db: Database) -> bool:
    """Say whether a file ever had a guarded register, even where its head was taken out since."""
    return vault_of(db) is not None or bool(keyslots.names(db))
