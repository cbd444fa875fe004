# SPDX-License-Identifier: MulanPSL-2.0
"""Look through a register: which rows, in which order, how many of each standing."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from township_office.core.fields import Register
from township_office.services.office import Office
from township_office.store import records, views
from township_office.store.records import Row


@dataclass(frozen=True, slots=True)
class View:
    """What the clerk chose to see: a year (None: all) and a standing of registers.status, or a watch of
    registers.watch ("": any). part: what some columns say besides, as a branch of the archive's tree does.
    """

    year: int | None = None
    state: str = ""
    part: tuple[tuple[str, str | int | None], ...] = ()


def row_ids(office: Office, register: Register, view: View, today: date) -> array[int]:
    """Return the ids of the rows of view, newest first."""
    return views.row_ids(office.db, register, view.year, view.state, today, view.part)


def rows(office: Office, register: Register, ids: Sequence[int]) -> list[Row]:
    """Return these rows in the order of ids; meant for a screenful."""
    return records.get_many(office.db, register, ids)


def years(office: Office, register: Register) -> list[int]:
    """Return the years that have rows, latest first."""
    return views.years(office.db, register)


def counts(
    office: Office,
    register: Register,
    year: int | None,
    today: date,
    part: tuple[tuple[str, str | int | None], ...] = (),
) -> dict[str, int]:
    """Return the number of rows per standing in year, and in part as View has it, and of all under ""."""
    found = views.counts(office.db, register, year, today, part)
    return found | {"": sum(found.values())}
