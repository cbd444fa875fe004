# SPDX-License-Identifier: MulanPSL-2.0
"""One page of the duty log a day, by whichever way it is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from township_office.core.dates import show_date
from township_office.core.errors import Invalid
from township_office.core.fields import Problem, Register, Value
from township_office.core.text import t
from township_office.registers.duty.log import DUTY_LOG
from township_office.store import duty_log as store
from township_office.store.database import Database


def refuse_second(db: Database, register: Register, record: Mapping[str, Value], own: int = 0) -> None:
    """Raise Invalid where another page than own is of the same day."""
    day = record.get("duty_on")
    if register is DUTY_LOG and isinstance(day, date):
        present = store.of_day(db, day)
        if present is not None and present["id"] != own:
            words = t("duty_log.second", day=show_date(day), number=present["number"])
            raise Invalid([Problem("duty_on", words)])
