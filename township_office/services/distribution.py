# SPDX-License-Identifier: MulanPSL-2.0
"""分发: which units get the document, how many copies, and who signed for them (条例 art. 25 (四); 分发表)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from township_office.core.errors import Invalid
from township_office.core.fields import Problem
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.registers.distribution import DISTRIBUTION, is_signed
from township_office.services import children
from township_office.services.office import Office, change
from township_office.store.children import Row


def distribute(office: Office, dispatch_id: int, units: Sequence[str], copies: str, today: date) -> list[Row]:
    """Add these units with so many copies each, all or none; one that is on the list already is left out.

    Return the whole list. Raise Invalid when no unit is named, or a text is not to be read.
    """
    wanted = [unit for unit in dict.fromkeys(map(clean_text, units)) if unit]
    if not wanted:
        raise Invalid([Problem("unit", t("problem.required", label=DISTRIBUTION.field("unit").label))])
    with change(office, t("verb.distribute")):
        present = {row["unit"] for row in children.children(office, DISTRIBUTION, dispatch_id)}
        for unit in wanted:
            if unit not in present:
                children.add_child(office, DISTRIBUTION, dispatch_id, {"unit": unit, "copy_count": copies}, today)
        return children.children(office, DISTRIBUTION, dispatch_id)


def sign_for(office: Office, row_ids: Sequence[int], draft: Mapping[str, str], today: date) -> None:
    """签收: note who signed for the copies of these units and when (draft: receiver, received_at), all or none.

    Raise Invalid when neither is said: a signature is taken back by correcting the line.
    """
    if not any(text.strip() for text in draft.values()):
        raise Invalid([Problem("receiver", t("problem.required", label=DISTRIBUTION.field("receiver").label))])
    with change(office, t("verb.sign_for")):
        for row_id in row_ids:
            children.correct_child(office, DISTRIBUTION, row_id, draft, today, t("way.signed_for"))


def totals(rows: Sequence[Row]) -> tuple[int, int, int]:
    """Return units, copies, and units that signed."""
    copies = sum(int(str(row["copy_count"] or 0)) for row in rows)
    return len(rows), copies, sum(map(is_signed, rows))
