# SPDX-License-Identifier: MulanPSL-2.0
"""The notice that every custodian reads at the first opening of a day: what must never be typed in (保密法 art. 31)."""

from __future__ import annotations

from datetime import date

from township_office.services.guarded import vault as vaults
from township_office.services.guarded.vault import Vault

NOTICE = "notice"  # kind of sealed row


def is_acknowledged(vault: Vault, today: date) -> bool:
    """Say whether the custodian who opened has read the notice today."""
    said = {"on": today.isoformat(), "by": vault.custodian}
    return any(said.items() <= item.body.items() for item in vaults.of_kind(vault, NOTICE))


def acknowledge(vault: Vault, today: date) -> None:
    """Keep who read it, on which day; where nothing can be written, reading it must do."""
    if vault.is_writable and not is_acknowledged(vault, today):
        vaults.write(vault, [(None, {"kind": NOTICE, "on": today.isoformat(), "by": vault.custodian})])
