# SPDX-License-Identifier: MulanPSL-2.0
"""What becomes of the documents in an item that is void: they wait for the filing again, unless it is gone."""

from __future__ import annotations

from township_office.core.errors import OfficeError
from township_office.core.fields import Value
from township_office.registers import BY_NAME
from township_office.store import appraisals, filing, records
from township_office.store.changelog import Pen
from township_office.store.records import Row


def free_documents(pen: Pen, item: Row, why: str) -> None:
    """Let the documents of an archive item be filed anew: its 档号 stays its own for ever, and is void.

    Raise OfficeError where it was destroyed or handed over, or is being appraised.
    """
    _check_is_ours(pen, item)
    for line in filing.of_item(pen.db, int(str(item["id"]))):
        filing.change(pen, line.id, {"item_id": None}, verb="revoke", why=why)
        if line.register is not None and line.source_id is not None:
            back: dict[str, Value] = {"filed_on": None, "volume_number": None}
            records.change(pen, BY_NAME[line.register], line.source_id, back, verb="revoke", why=why)


def _check_is_ours(pen: Pen, item: Row) -> None:
    code = item["number"] or item["title"]
    if item["destroyed_on"] is not None or item["transferred_on"] is not None:
        raise OfficeError("archive.gone_stays", code=code)
    if number := appraisals.open_items(pen.db).get(int(str(item["id"]))):
        raise OfficeError("appraisal.is_taken", code=code, number=number)
