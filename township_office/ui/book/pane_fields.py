# SPDX-License-Identifier: MulanPSL-2.0
"""What the detail pane says of a row's fields: what is filled in, in few lines, without what goes without saying."""

from __future__ import annotations

from collections.abc import Mapping

from township_office.core.fields import Kind, Register, Value
from township_office.core.text import t
from township_office.core.values import show

# Said in one line, behind the first of the two: 农业农村办公室，李向东.
_BEHIND = {
    "lead_dept": "handler", "meeting_at": "meeting_place", "returned_on": "return_reason", "filed_on": "volume_number",
}  # fmt: skip
OURS = ("original_number", "entry", "void_reason")


def texts_of(register: Register, row: Mapping[str, Value]) -> dict[str, str]:
    """Return name → text of what is filled in, in the register's order, then what is ours (OURS)."""
    texts = {
        field.name: show(field, row[field.name])
        for field in register.fields
        if field.name != "title" and not (field.kind is Kind.CHOICE and row[field.name] == field.default)
    }
    if texts.get("received_at", "")[:10] == texts.get("received_on"):
        texts["received_on"] = texts.pop("received_at")
    if texts.get("copy_count") and texts.get("attachment_count"):
        words = {"copies": texts["copy_count"], "attachments": texts.pop("attachment_count")}
        texts["copy_count"] = t("way.copies_and_attachments", **words)
    for first, second in _BEHIND.items():
        if texts.get(first) and texts.get(second):
            texts[first] = f"{texts[first]}，{texts.pop(second)}"
    return {name: text for name, text in (texts | _ours(row)).items() if text}


def _ours(row: Mapping[str, Value]) -> dict[str, str]:
    original = str(row["original_number"] or "")
    is_said = row["number"] in (None, original)  # it is the same, or stands above in its place
    entry = {"backdated": t("ui.entry_backdated"), "imported": t("ui.entry_imported")}.get(str(row["entry"]), "")
    return dict(zip(OURS, ("" if is_said else original, entry, str(row["void_reason"] or "")), strict=True))
