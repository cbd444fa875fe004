# SPDX-License-Identifier: MulanPSL-2.0
"""An open guarded register with one paper of three copies, and what a refusal says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from township_office.core.errors import Invalid, OfficeError
from township_office.core.recovery import code_of
from township_office.services.guarded import confidential, vault
from township_office.services.guarded.confidential import Paper
from township_office.services.guarded.vault import Vault
from township_office.services.office import Office, change
from township_office.store import sealed

TODAY, NOON = date(2026, 11, 20), datetime(2026, 11, 20, 12)
ROOT = bytes(range(16))
PAPER = {"received_on": "2026-11-20", "secrecy_level": "秘密", "copy_serial": "000101-000103", "cabinet_no": "甲1"}
OUT = {"holder": "孙志强", "at": "2026-11-20 09:15"}


@pytest.fixture
def opened(office: Office) -> Vault:
    with change(office) as pen:
        sealed.begin(pen, "0123456789abcdef", ROOT)
    return vault.unlock_with_code(office, code_of(ROOT), "赵文静")


@pytest.fixture
def paper(opened: Vault) -> Paper:
    return registered(opened, PAPER)


def registered(opened: Vault, draft: dict[str, str], today: date = TODAY) -> Paper:
    paper = confidential.register_paper(opened, draft, today)
    assert paper is not None
    return paper


def refused(work: Callable[[], object], field: str = "") -> str:
    """The sentence of a refusal, beside its field."""
    with pytest.raises(OfficeError) as caught:
        work()
    if field:
        assert isinstance(caught.value, Invalid)
        assert [problem.field for problem in caught.value.problems] == [field]
    return str(caught.value)
