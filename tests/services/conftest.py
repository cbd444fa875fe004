# SPDX-License-Identifier: MulanPSL-2.0
"""An office to work in, and drafts a clerk might type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from township_office.core.fields import Draft
from township_office.services.guarded import confidential, vault
from township_office.services.guarded.vault import Vault
from township_office.services.office import Office, close_office, create_office
from township_office.store import sealing

DRAFTS: dict[str, Draft] = {
    "receipt": {
        "received_on": "2026-11-20", "sender": "青山县应急管理局", "doc_number": "青应急〔2026〕12号",
        "title": "关于开展森林草原防灭火隐患排查的通知", "copy_count": "2",
    },
    "dispatch": {
        "signed_on": "2026-11-20", "title": "关于印发《云水镇防汛应急预案》的通知", "genre": "通知", "signer": "孙志强",
    },
    "duty_log": {"duty_on": "2026-11-20", "title": "平安无事", "people": "李向东"},
    "duty_event": {
        "received_on": "2026-11-20", "received_at": "2026-11-20 9:15", "title": "石桥村后山滑坡", "place": "石桥村",
    },
    "appraisal": {"begun_on": "2026-11-20", "title": "2005年到期的10年期文书档案", "head": "孙志强"},
}  # fmt: skip


@pytest.fixture(scope="session")
def draft() -> Callable[..., dict[str, str]]:
    """draft("receipt", title="…"): what a clerk typed, with these fields changed."""
    return lambda register, **changed: {**DRAFTS[register], **changed}


@pytest.fixture(scope="session")
def new_office() -> Callable[[Path], Office]:
    """Make an office whose saves do not wait for the disk: for tests that save thousands of times."""

    def make(path: Path) -> Office:
        office = create_office(path, "青山县云水镇党政综合办公室", "王春燕", date(2026, 11, 20))
        office.db.conn.execute("PRAGMA synchronous = OFF")
        return office

    return make


@pytest.fixture
def office(new_office: Callable[[Path], Office], tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "云水镇.office.db")
    yield made
    close_office(made)


@pytest.fixture
def guarded(office: Office, monkeypatch: pytest.MonkeyPatch) -> tuple[Office, Vault, str]:
    """An office with two custodians and one classified paper; its vault, open, and its recovery code.

    Their slots cost a hundredth of what the program's cost; those are tested by themselves.
    """
    monkeypatch.setattr(sealing, "_MEMORY_KIB", 8192)
    monkeypatch.setattr(sealing, "_ROUNDS", 1)
    opened, code = vault.make(office, "赵文静", "yun-shui-2026")
    vault.set_password(opened, "钱卫东", "Qing-Shan-88")
    confidential.register_paper(opened, {"secrecy_level": "秘密", "received_on": "2026-11-20"}, date(2026, 11, 20))
    return office, opened, code
