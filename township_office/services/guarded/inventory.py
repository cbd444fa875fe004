# SPDX-License-Identifier: MulanPSL-2.0
"""清查: how many copies of each level should be here, how many are, and where the others went (保密法 art. 46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from township_office.registers.confidential import CONFIDENTIAL, COUNTED
from township_office.registers.custody import GONE, OUT, Copy, State
from township_office.services.guarded import day_check
from township_office.services.guarded.confidential import papers
from township_office.services.guarded.vault import Vault


@dataclass(frozen=True, slots=True)
class InventoryLine:
    """The copies of one level. expected: received and not gone; difference: expected, and neither here nor out."""

    level: str
    received: int
    expected: int  # 应存
    in_hand: int  # 实存: in the cabinet, less what the last 归柜核对 did not find
    out: int  # 借出, 传阅在外
    cleared: int
    transferred: int
    destroyed: int
    difference: int


def inventory(vault: Vault, year: int | None, today: date) -> list[InventoryLine]:
    """Return a line for each level that is kept copy by copy, of papers received in a year (None: in all) until today.

    What is only counted (绝密, 密码电报) is confidential.counters: where those copies are, nothing here knows.
    """
    missing = day_check.missing_now(vault)
    copies: dict[str, list[tuple[int, Copy]]] = {level: [] for level in _levels()}
    for paper in papers(vault):
        received = paper.record["received_on"]
        if paper.void is None and isinstance(received, date) and received <= today and year in (None, received.year):
            copies[str(paper.record["secrecy_level"])] += ((paper.id, copy) for copy in paper.copies.values())
    return [_line(level, found, missing) for level, found in copies.items()]


def _levels() -> list[str]:
    return [level for level in CONFIDENTIAL.field("secrecy_level").choices if level not in COUNTED]


def _line(level: str, copies: list[tuple[int, Copy]], missing: set[tuple[int, str]]) -> InventoryLine:
    states = [copy.state for _, copy in copies]
    expected = sum(state not in GONE for state in states)
    lost = sum((paper_id, copy.serial) in missing for paper_id, copy in copies)
    in_hand, out = states.count(State.IN_HAND) - lost, sum(state in OUT for state in states)
    return InventoryLine(
        level,
        received=len(states),
        expected=expected,
        in_hand=in_hand,
        out=out,
        cleared=states.count(State.CLEARED),
        transferred=states.count(State.TRANSFERRED),
        destroyed=states.count(State.DESTROYED),
        difference=expected - in_hand - out,
    )
