# SPDX-License-Identifier: MulanPSL-2.0
"""历史 of a classified paper: every change of its entry and of the steps of its copies, read out of the sealed log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from township_office.core.fields import Field, Value
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.confidential import CONFIDENTIAL, show_serials
from township_office.registers.custody import STEPS
from township_office.services.guarded import vault as vaults
from township_office.services.guarded.confidential import STEP
from township_office.services.guarded.vault import Vault
from township_office.services.records import Change, FieldChange

_AT = "at"
Said = Mapping[str, Any] | None  # a sealed row as it was then; None where the log was altered


def paper_story(vault: Vault, paper_id: int) -> list[Change]:
    """Return what was done to a paper and to each of its copies, oldest first; what was taken back is there too."""
    story = [_of_paper(one, before) for one, before in _pairs(vault, paper_id)]
    for item in vaults.of_kind(vault, STEP):
        if item.body["paper"] == paper_id:
            story += [_of_step(one, before) for one, before in _pairs(vault, item.id)]
    return sorted(story, key=lambda change: change.at)


def _pairs(vault: Vault, row_id: int) -> list[tuple[dict[str, Any], Said]]:
    """Return each entry of a row's log with what the row said before."""
    entries = vaults.past(vault, row_id)
    return list(zip(entries, [None, *(entry["body"] for entry in entries)], strict=False))


def _of_paper(entry: dict[str, Any], before: Said) -> Change:
    body = entry["body"]
    if body is None:
        return _altered(entry)
    if body.get("void"):
        return Change(entry["at"], body["void"]["by"], t("verb.void"), body["void"]["why"], ())
    verb, by = (t("verb.add"), body["by"]) if before is None else (t("verb.change"), body["changed_by"])
    fields = [
        FieldChange(field.label, _shown(field, before["fields"] if before else {}), _shown(field, body["fields"]))
        for field in CONFIDENTIAL.fields
        if field.name != "copy_serial"
    ]
    serials = CONFIDENTIAL.field("copy_serial").label
    fields.append(
        FieldChange(serials, show_serials(before["serials"]) if before else "", show_serials(body["serials"]))
    )
    return Change(entry["at"], by, verb, body.get("why", ""), _changed(fields))


def _of_step(entry: dict[str, Any], before: Said) -> Change:
    body = entry["body"]
    if body is None:
        return _altered(entry)
    form = STEPS[body["step"]].form
    if body.get("void"):
        verb = t("custody_past.taken_back", step=form.title)
        return Change(entry["at"], body["void"]["by"], verb, body["void"]["why"], (), form.title, body["serial"])
    fields = [
        FieldChange(field.label, "", body[_AT] if field.name == _AT else _shown(field, body["values"]))
        for field in form.fields
    ]
    return Change(entry["at"], body["entered_by"], form.title, "", _changed(fields), form.title, body["serial"])


def _altered(entry: dict[str, Any]) -> Change:
    return Change(entry["at"], entry["clerk"], t("custody_past.altered"), "", ())


def _changed(fields: Sequence[FieldChange]) -> tuple[FieldChange, ...]:
    return tuple(field for field in fields if field.old != field.new)


def _shown(field: Field, values: Mapping[str, Any]) -> str:
    plain: Any = values.get(field.name)
    value: Value = date.fromisoformat(plain) if plain and field.name.endswith("_on") else plain
    return show(field, value)
