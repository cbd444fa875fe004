# SPDX-License-Identifier: MulanPSL-2.0
"""A year of 2,000 papers in an office of ten such years: proposed, filed into a durable file, taken back."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from tests.bench.offices import build
from township_office.services.archive import committing, proposal
from township_office.services.office import open_office
from township_office.services.settings import set_setting

_YEAR, _TODAY = 2025, date(2026, 3, 2)


def measure(folder: Path, times: int = 5) -> list[tuple[int, float, float, float]]:
    """Return how many papers there were, and the seconds it took to propose, to file and to take back."""
    ready = build(folder / "filing.office.db", 20_000)
    copy = folder / "filed.office.db"
    copy.write_bytes(ready.read_bytes())
    found = []
    with open_office(copy, "王春燕") as office:
        set_setting(office, "archive.fonds_no", "Z109")
        for _ in range(times):
            began = time.perf_counter()
            plan = proposal.propose_year(office, _YEAR)
            proposed = time.perf_counter()
            done = committing.commit_year(office, _YEAR, _TODAY)
            filed = time.perf_counter()
            committing.revoke(office, done.batch, "", _TODAY)
            count = len(plan.items) + len(plan.left_out)
            found.append((count, proposed - began, filed - proposed, time.perf_counter() - filed))
    copy.unlink()
    return found
