# SPDX-License-Identifier: MulanPSL-2.0
"""An office that has its 全宗号."""

from __future__ import annotations

import pytest

from tests.services.archive.year import number
from township_office.services.office import Office


@pytest.fixture
def fonds(office: Office) -> Office:
    number(office)
    return office
