# SPDX-License-Identifier: MulanPSL-2.0
"""What stands around the sealed rows: opening in a thread, the code typed back, the day's notice, half-typed forms."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest

from township_office.core.errors import OfficeError
from township_office.services.guarded import daily_notice, drafts, memory_sheets, recovery, unlocking
from township_office.services.guarded import vault as vaults

NOW = datetime(2026, 11, 20, 10, 30)
PASSWORD = "Feng-2026xy"


@pytest.fixture
def made(office):
    """An open vault and its recovery code."""
    return vaults.make(office, "赵保密", PASSWORD)


def apart(work, *given):
    """Run as the screen does: in a thread that is not the office's own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *given).result()


def test_a_vault_made_in_a_thread_is_the_screens(office):
    vault = apart(unlocking.make_apart, office, "赵保密", PASSWORD)
    assert vault.office is office
    recovery.check(vault, vaults.recovery_code(vault), NOW)
    opened = apart(unlocking.unlock_apart, office, PASSWORD, "赵保密", NOW)
    assert opened.office is office
    assert not opened.is_by_code
    assert recovery.checked_on(opened) == NOW.date()
    apart(unlocking.prove_apart, office, PASSWORD, "赵保密", NOW)
    with pytest.raises(OfficeError, match="密码不对"):
        apart(unlocking.prove_apart, office, "not-the-one", "赵保密", NOW)
    assert vaults.unlock(office, PASSWORD, now=NOW + timedelta(hours=1)).failures == 1


def test_the_code_opens_in_a_thread_and_gives_another_password(office, made):
    _, code = made
    opened = apart(unlocking.unlock_with_code_apart, office, code)
    assert opened.is_by_code
    apart(unlocking.set_password_apart, office, code, "钱机要", "Shan-2026xy")
    assert vaults.custodians(office) == ["赵保密", "钱机要"]
    assert vaults.unlock(office, "Shan-2026xy", "钱机要").custodian == "钱机要"
    with pytest.raises(OfficeError, match="太容易"):
        apart(unlocking.set_password_apart, office, code, "钱机要", "12345678")


def test_the_code_is_checked_by_typing_it_back(office, made):
    vault, code = made
    assert recovery.checked_on(vault) is None
    wrong = f"{int(code[0]) ^ 1}{code[1:]}"
    with pytest.raises(OfficeError, match="第1组"):
        recovery.check(vault, wrong, NOW)
    other = "-".join(["000011"] * 8)
    with pytest.raises(OfficeError, match="不是本登记簿"):
        recovery.check(vault, other, NOW)
    assert recovery.checked_on(vault) is None
    recovery.check(vault, code.replace("-", " "), NOW)
    assert recovery.checked_on(vault) == date(2026, 11, 20)
    assert recovery.checked_on(vaults.unlock_with_code(office, code)) == date(2026, 11, 20)


def test_the_notice_is_read_once_a_day_by_each(office, made, today):
    vault, code = made
    assert not daily_notice.is_acknowledged(vault, today)
    daily_notice.acknowledge(vault, today)
    daily_notice.acknowledge(vault, today)
    assert daily_notice.is_acknowledged(vault, today)
    assert len(vaults.of_kind(vault, daily_notice.NOTICE)) == 1
    assert not daily_notice.is_acknowledged(vault, today + timedelta(days=1))
    other = vaults.unlock_with_code(office, code, "钱机要")
    assert not daily_notice.is_acknowledged(other, today)


def test_where_nothing_can_be_written_reading_must_do(office, made, today):
    vault, code = made
    vault.findings = ("第3号密封记录被改动",)
    daily_notice.acknowledge(vault, today)
    recovery.check(vault, code, NOW)
    vault.findings = ()
    assert not daily_notice.is_acknowledged(vault, today)
    assert recovery.checked_on(vault) is None


def test_a_half_typed_form_is_sealed_and_given_back_once(office, made):
    vault, code = made
    drafts.keep(vault, "paper", {"copy_serial": "000777", "cabinet_no": "丁9"})
    drafts.keep(vault, "paper 4", {"cabinet_no": "甲1"})
    office.db.conn.commit()
    assert b"000777" not in office.path.read_bytes()
    assert "丁9".encode() not in office.path.read_bytes()
    vaults.lock(vault)
    with pytest.raises(OfficeError, match="已锁定"):
        drafts.take(vault, "paper")
    again = vaults.unlock_with_code(office, code)
    assert drafts.take(again, "paper") == {"copy_serial": "000777", "cabinet_no": "丁9"}
    assert drafts.take(again, "paper") == {}
    assert drafts.take(again, "paper 4") == {"cabinet_no": "甲1"}
    drafts.keep(again, "paper", {"cabinet_no": "乙2"})
    assert drafts.take(again, "paper") == {"cabinet_no": "乙2"}
    assert len(vaults.of_kind(again, drafts.DRAFT)) == 2, "one row for each form, however often"


def test_the_codes_sheet_never_lies_on_a_disk(made, tmp_path, monkeypatch, today):
    _, code = made
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    before = set(tmp_path.rglob("*"))
    assert memory_sheets.recovery("云水镇党政办", code, today).startswith(b"%PDF")
    assert set(tmp_path.rglob("*")) == before
