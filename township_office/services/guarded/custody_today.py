# SPDX-License-Identifier: MulanPSL-2.0
"""What 今日 tells of the open guarded register: who has what, what is due, and whether the cabinets were checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from township_office.registers.custody import Copy
from township_office.services.guarded import custody, day_check
from township_office.services.guarded.confidential import Paper
from township_office.services.guarded.custody import Held
from township_office.services.guarded.day_check import DayCheck, Finished, key_of
from township_office.services.guarded.vault import Vault
from township_office.services.settings import get_setting

_CLEAR_WITHIN = 30  # days


@dataclass(frozen=True, slots=True)
class Batch:
    """Copies of one paper that are at one place since one moment; first stands for all of them."""

    paper: Paper
    serials: tuple[str, ...]
    first: Copy
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class CustodyToday:
    """The register as of now. done is today's finished check while it still holds."""

    out: tuple[Batch, ...]  # late first, then the longest out
    missing: tuple[Batch, ...]
    to_clear: tuple[Paper, ...]
    to_check_mark: tuple[Paper, ...]
    check: DayCheck
    done: Finished | None

    @property
    def out_count(self) -> int:
        """Copies in somebody's hands."""
        return len(self.check.out)


def custody_today(vault: Vault, now: datetime) -> CustodyToday:
    """Gather what the custodian must know now; raise OfficeError when the vault is locked."""
    hour = get_setting(vault.office, "confidential.return_hour")
    check, latest = day_check.begin(vault, now), day_check.last(vault)
    batches = [_batch(copies, now, hour) for copies in _together(sorted(check.out, key=lambda held: held.copy.since))]
    missing = day_check.missing_of(latest, check)
    lost = _together(held for held in check.here if key_of(held) in missing)
    return CustodyToday(
        out=tuple(sorted(batches, key=lambda batch: not batch.is_late)),
        missing=tuple(_batch(copies, now, hour) for copies in lost),
        to_clear=tuple(custody.to_clear(vault, now.date(), _CLEAR_WITHIN)),
        to_check_mark=tuple(custody.to_check_mark(vault, now.date())),
        check=check,
        done=latest if day_check.holds(latest, check, now.date()) else None,
    )


def _together(copies: Iterable[Held]) -> list[list[Held]]:
    """Return copies in groups of one paper, place and moment, in the order they came."""

    def place(held: Held) -> tuple[object, ...]:
        return held.copy.since, held.paper.id, held.copy.state, held.copy.holder, held.copy.due_on

    return [list(group) for _, group in groupby(copies, key=place)]


def _batch(copies: list[Held], now: datetime, hour: str) -> Batch:
    first = copies[0]
    serials = tuple(held.copy.serial for held in copies)
    return Batch(first.paper, serials, first.copy, custody.is_late(first.copy, now, hour))
