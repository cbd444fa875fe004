# SPDX-License-Identifier: MulanPSL-2.0
"""年度发文总量 — how many documents an office has numbered in a year, against the limit it has set itself.

A limit warns and never refuses: a document that must go out goes out.
"""

from __future__ import annotations

from dataclasses import dataclass

from township_office.registers.dispatch import DISPATCH
from township_office.services.office import Office
from township_office.services.settings import get_setting
from township_office.store import watches

_PROPOSED = 90  # per cent of last year's


@dataclass(frozen=True, slots=True)
class YearlyTotal:
    """So many documents in year. limit: the one set, else the one proposed (is_set says which), None without either."""

    year: int
    count: int
    limit: int | None
    is_set: bool

    def tone(self, count: int) -> str:
        """Return the tone for count documents: amber from 90 % of the limit set, red above it; a proposal warns not."""
        if self.limit is None or not self.is_set or count * 10 < self.limit * 9:
            return "soft"
        return "red" if count > self.limit else "amber"


def yearly_total(office: Office, year: int) -> YearlyTotal:
    """Count the numbered documents of year, void ones left out."""
    count = watches.numbered(office.db, DISPATCH, year)
    limit = get_setting(office, "dispatch.limit")
    if limit:
        return YearlyTotal(year, count, int(limit), is_set=True)
    proposed = watches.numbered(office.db, DISPATCH, year - 1) * _PROPOSED // 100
    return YearlyTotal(year, count, proposed or None, is_set=False)
