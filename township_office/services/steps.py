# SPDX-License-Identifier: MulanPSL-2.0
"""Take a document one step further: 拟办, 承办, 办结, 退回 … and 核稿, 签发, 印制, 发出 (条例 arts. 24 and 25)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Draft, Problem, Register, Value
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.status import state_of
from township_office.registers.steps import STEPS, Step, step
from township_office.services import records
from township_office.services.office import Office, change
from township_office.services.standing import standing_of
from township_office.store.records import Row


def possible_steps(register: Register, row: Mapping[str, Value], today: date) -> list[Step]:
    """Return what can be done next with a row as it stands, in the order of the 条例."""
    standing = state_of(register, row, today).key
    return [one for one in STEPS[register.name] if standing in one.standings]


def draft_of(register: Register, row: Mapping[str, Value], one: Step) -> dict[str, str]:
    """Return what the form of a step says at first: what the row holds, else the step's own proposal."""
    proposed = dict(one.defaults)
    return {name: show(register.field(name), row[name]) or proposed.get(name, "") for name in one.fields}


def take_step(office: Office, register: Register, row_id: int, key: str, draft: Draft, today: date) -> Row:
    """Fill in the fields of a step; 签发 takes the number (draft may name "series" and a free number).

    Raise Invalid with every problem, OfficeError where the row does not stand at this step or a copy is still out.
    """
    one = step(register.name, key)
    with change(office, t(f"step.{key}")):
        row = records.not_void(office, register, row_id)
        if one not in possible_steps(register, row, today):
            label = standing_of(office, register, row, today).label
            raise OfficeError("error.not_this_step", step=t(f"step.{key}"), standing=label)
        missing = [name for name in one.required if not draft.get(name, "").strip()]
        if missing:
            raise Invalid([Problem(n, t("problem.required", label=register.field(n).label)) for n in missing])
        wanted = {
            name: text for name, text in draft.items() if name in one.fields or _is_numbering(register, key, name)
        }
        return records.correct(office, register, row_id, wanted, today, t("step.why", step=t(f"step.{key}")))


def _is_numbering(register: Register, key: str, name: str) -> bool:
    return key == "sign" and name in ("series", register.number_name)
