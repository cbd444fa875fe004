# SPDX-License-Identifier: MulanPSL-2.0
"""The recovery code: proven to have been written down, by typing it back from paper."""

from __future__ import annotations

from datetime import date, datetime

from township_office.core.errors import OfficeError
from township_office.services.guarded import vault as vaults
from township_office.services.guarded.vault import Vault

CHECKED = "code_checked"  # kind of sealed row: who typed the code back from paper, and when


def groups(code: str) -> list[str]:
    """Return the groups of a code in their order."""
    return code.split("-")


def checked_on(vault: Vault) -> date | None:
    """Return when somebody last typed the code back from paper; None while nobody has."""
    rows = vaults.of_kind(vault, CHECKED)
    return datetime.fromisoformat(rows[-1].body["at"]).date() if rows else None


def check(vault: Vault, typed: str, now: datetime) -> None:
    """核对恢复码: raise OfficeError naming the wrong group; note that it was right where anything can be written."""
    if not vaults.is_recovery_code(vault, typed):
        raise OfficeError("vault.wrong_code")
    if vault.is_writable:
        at = now.isoformat(timespec="seconds")
        vaults.write(vault, [(None, {"kind": CHECKED, "at": at, "by": vault.custodian})])
