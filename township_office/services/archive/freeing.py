# SPDX-License-Identifier: MulanPSL-2.0
"""What becomes of the documents in an item that is void: they wait for the filing again, unless it is gone."""

from __future__ import annotations

from township_office.core.errors import OfficeError
from township_office.core.fields import Register, Value
from township_office.core.text import t
from township_office.registers import BY_NAME
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.store import filing, loans, records
from township_office.store.changelog import Pen
from township_office.store.database import Database


def free_documents(pen: Pen, register: Register, row_id: int, why: str) -> None:
    """Let the documents of an archive item be filed anew: its 档号 stays its own for ever, and is void.

    Raise OfficeError where it was destroyed or handed over, is being appraised, or is out and must come back first.
    """
    if register is not ARCHIVE_ITEM:
        return
    check_is_ours(pen.db, row_id)
    for line in filing.of_item(pen.db, row_id):
        filing.change(pen, line.id, {"item_id": None}, verb="revoke", why=why)
        if line.register is not None and line.source_id is not None:
            back: dict[str, Value] = {"filed_on": None, "volume_number": None}
            records.change(pen, BY_NAME[line.register], line.source_id, back, verb="revoke", why=why)


def check_is_ours(db: Database, row_id: int) -> None:
    """Raise OfficeError where an item cannot be void: it is gone, being appraised, or out."""
    from township_office.store import appraisals  # no start waits for it

    row = records.get(db, ARCHIVE_ITEM, row_id)
    code = row["number"] or row["title"]
    if row["destroyed_on"] is not None or row["transferred_on"] is not None:
        raise OfficeError("archive.gone_stays", code=code)
    if number := appraisals.open_items(db).get(row_id):
        raise OfficeError("appraisal.is_taken", code=code, number=number)
    if row["away"] is not None:
        raise still_out(db, str(row["number"]), "lent.stays")


def still_out(db: Database, code: str, key: str) -> OfficeError:
    """Return the refusal, in the words of key, of what cannot be done to an item that is out: who has it."""
    from township_office.services.archive.care import holder_words

    found = loans.open_entry(db, code)
    assert found is not None
    book, row_id = found
    holder = holder_words(records.get(db, BY_NAME[book], row_id))
    return OfficeError(key, code=code, holder=holder, page=t(f"shelf.page_{book}"))
