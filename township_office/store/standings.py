# SPDX-License-Identifier: MulanPSL-2.0
"""What registers.status says in Python, in SQL; a test holds them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from township_office.registers.archive.care import HUMIDITIES, LENDING, OUTWARDS, TEMPERATURES
from township_office.registers.circulation import INSTRUCTION, READING
from township_office.registers.duty.event import FINAL
from township_office.registers.duty.log import SIGNED
from township_office.store.children import REPORTS, out_for
from township_office.store.loans import IS_LENT, IS_TAKEN_OUT

_VOID = ("voided", "voided_on IS NOT NULL")
_BACK = ("back", "returned_on IS NOT NULL")


def _unfit(column: str, span: tuple[int, int]) -> str:
    return f"coalesce(CAST({column} AS REAL) NOT BETWEEN {span[0]} AND {span[1]}, 0)"


# The first condition that holds names the standing; a row that meets none stands as the last.
STANDINGS: Mapping[str, Sequence[tuple[str, str]]] = {
    "receipt": (
        _VOID, ("filed", "filed_on IS NOT NULL"), ("returned", "returned_on IS NOT NULL"),
        ("replied", "completed_on IS NOT NULL AND reply_number IS NOT NULL"),
        ("completed", "completed_on IS NOT NULL"),
        ("recorded", "(entry = 'imported' AND (due_on IS NULL OR coalesce(year, 0) < :this_year))"),
        ("overdue", "due_on IS NOT NULL AND due_on < :today"),
        ("instructing", out_for(INSTRUCTION)), ("circulating", out_for(READING)), ("open", ""),
    ),
    "dispatch": (
        _VOID, ("filed", "filed_on IS NOT NULL"),
        ("dispatched", "dispatched_on IS NOT NULL"), ("recorded", "entry = 'imported'"),
        ("reviewed", "signed_on IS NULL AND reviewed_on IS NOT NULL"), ("drafting", "signed_on IS NULL"),
        ("printed", "printed_on IS NOT NULL"), ("signed", ""),
    ),
    "archive_item": (
        _VOID, ("destroyed", "destroyed_on IS NOT NULL"), ("transferred", "transferred_on IS NOT NULL"),
        ("unnumbered", "sequence IS NULL"), ("lent", IS_LENT), ("taken_out", IS_TAKEN_OUT), ("kept", ""),
    ),
    "archive_box": (_VOID, ("kept", "")),
    "access_log": (
        _VOID, _BACK, ("overdue", f"way IS '{LENDING}' AND coalesce(due_on < :today, 0)"),
        ("out", f"way IS '{LENDING}'"), ("noted", ""),
    ),
    "stack_in_out": (_VOID, _BACK, ("out", f"direction IS '{OUTWARDS}'"), ("noted", "")),
    "climate_log": (
        _VOID, ("unfit", f"({_unfit('temperature', TEMPERATURES)} OR {_unfit('humidity', HUMIDITIES)})"), ("noted", ""),
    ),
    "stack_check": (
        _VOID, ("faulty", "problem IS NOT NULL AND handled_on IS NULL"), ("handled", "problem IS NOT NULL"),
        ("noted", ""),
    ),
    "appraisal": (
        _VOID, ("destroyed", "destroyed_on IS NOT NULL"), ("concluded", "closed_on IS NOT NULL"),
        ("approved", "approved_on IS NOT NULL"), ("appraising", ""),
    ),
    "transfer": (_VOID, ("noted", "")),
    "duty_log": (
        _VOID, ("handed_over", " AND ".join(f"{name} IS NOT NULL" for name in SIGNED)),
        ("to_hand_over", "coalesce(duty_on < :today, 0)"), ("on_duty", ""),
    ),
    "duty_event": (
        _VOID, ("reported", f"EXISTS (SELECT 1 {REPORTS} AND kind = '{FINAL}')"),
        ("followed", f"EXISTS (SELECT 1 {REPORTS})"), ("unreported", ""),
    ),
}  # fmt: skip
