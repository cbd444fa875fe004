# SPDX-License-Identifier: MulanPSL-2.0
"""What becomes of the documents in an item that is void: they wait for the filing again."""

from __future__ import annotations

from township_office.core.fields import Register, Value
from township_office.registers import BY_NAME
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.store import filing, records
from township_office.store.changelog import Pen


def free_documents(pen: Pen, register: Register, row_id: int, why: str) -> None:
    """Let the documents of an archive item be filed anew: its 档号 stays its own for ever, and is void."""
    for line in filing.of_item(pen.db, row_id) if register is ARCHIVE_ITEM else ():
        filing.change(pen, line.id, {"item_id": None}, verb="revoke", why=why)
        if line.register is not None and line.source_id is not None:
            back: dict[str, Value] = {"filed_on": None, "volume_number": None}
            records.change(pen, BY_NAME[line.register], line.source_id, back, verb="revoke", why=why)
