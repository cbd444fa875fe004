# SPDX-License-Identifier: MulanPSL-2.0
"""Two custodians with their passwords, a hand that writes past the program, and the key of a refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from township_office.core.errors import OfficeError
from township_office.services.office import Office
from township_office.store import database

TODAY, NOON = date(2026, 11, 20), datetime(2026, 11, 20, 12)
ZHAO, QIAN = "赵文静", "钱卫东"
ZHAOS, QIANS = "yun-shui-2026", "Qing-Shan-88"


def set_raw(office: Office, statement: str, *values: object) -> None:
    with database.writing(office.db):
        office.db.execute(statement, values)


def refused(work: Callable[[], object]) -> str:
    """The key of the refusal, which has a sentence."""
    with pytest.raises(OfficeError) as caught:
        work()
    assert len(str(caught.value)) > 5
    return caught.value.key
