# SPDX-License-Identifier: MulanPSL-2.0
"""What becomes of the documents in an item that is void: they wait for the filing again, unless it is gone."""

from __future__ import annotations

from township_office.core.errors import OfficeError
from township_office.core.fields import Value
from township_office.core.text import t
from township_office.registers import BY_NAME
from township_office.store import appraisals, filing, loans, records
from township_office.store.changelog import Pen
from township_office.store.database import Database
from township_office.store.records import Row


def free_documents(pen: Pen, item: Row, why: str) -> None:
    """Let the documents of an archive item be filed anew: its 档号 stays its own for ever, and is void.

    Raise OfficeError where it was destroyed or handed over, is being appraised, or is out and must come back first.
    """
    check_is_ours(pen.db, item)
    for line in filing.of_item(pen.db, int(str(item["id"]))):
        filing.change(pen, line.id, {"item_id": None}, verb="revoke", why=why)
        if line.register is not None and line.source_id is not None:
            back: dict[str, Value] = {"filed_on": None, "volume_number": None}
            records.change(pen, BY_NAME[line.register], line.source_id, back, verb="revoke", why=why)


def check_is_ours(db: Database, item: Row) -> None:
    """Raise OfficeError where an item cannot be void: it is gone, being appraised, or out."""
    code = item["number"] or item["title"]
    if item["destroyed_on"] is not None or item["transferred_on"] is not None:
        raise OfficeError("archive.gone_stays", code=code)
    if number := appraisals.open_items(db).get(int(str(item["id"]))):
        raise OfficeError("appraisal.is_taken", code=code, number=number)
    if item["away"] is not None:
        raise still_out(db, str(item["number"]), "lent.stays")


def still_out(db: Database, code: str, key: str) -> OfficeError:
    """Return the refusal, in the words of key, of what cannot be done to an item that is out: who has it."""
    from township_office.services.archive.care import holder_words

    found = loans.open_entry(db, code)
    assert found is not None
    book, row_id = found
    holder = holder_words(records.get(db, BY_NAME[book], row_id))
    return OfficeError(key, code=code, holder=holder, page=t(f"shelf.page_{book}"))
