# SPDX-License-Identifier: MulanPSL-2.0
"""A real data file for every test of the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from township_office.core.fields import Register, Value
from township_office.services.office import Office, create_office
from township_office.store import database
from township_office.store.changelog import Pen

TODAY = date(2026, 11, 20)


def values(register: Register, **columns: Value) -> dict[str, Value]:
    """A whole row as the store takes it, all but the given columns empty."""
    empty: dict[str, Value] = dict.fromkeys(field.name for field in register.fields)
    own: dict[str, Value] = dict.fromkeys(
        (
            "number",
            "series",
            "period",
            "sequence",
            "original_number",
            "batch_id",
            "voided_on",
            "voided_by",
            "void_reason",
        )
    )
    return empty | own | {"year": 2026, "entry": "live", register.dated_by: TODAY, "title": "题"} | columns


@pytest.fixture(scope="session")
def whole_row():
    return values


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with create_office(tmp_path / "云水镇.office.db", "云水镇党政综合办公室", "王春燕", TODAY) as made:
        yield made


@pytest.fixture
def db(office: Office) -> database.Database:
    return office.db


@pytest.fixture
def pen(office: Office) -> Pen:
    return Pen(office.db, office.clerk)
