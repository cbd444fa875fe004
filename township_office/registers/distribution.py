# SPDX-License-Identifier: MulanPSL-2.0
"""分发 — which unit gets how many copies of an outgoing document, and who signed for them (条例 art. 25)."""

from __future__ import annotations

from collections.abc import Iterable

from township_office.core.fields import Child, Field, Kind, Problem, Record
from township_office.core.text import t


def check(record: Record) -> Iterable[Problem]:
    """Nobody signs for copies before they were sent."""
    sent, signed = record["sent_at"], record["received_at"]
    if isinstance(sent, str) and isinstance(signed, str) and signed[: len(sent)] < sent[: len(signed)]:
        yield Problem("received_at", t("problem.back_before_out"))


def is_signed(row: Record) -> bool:
    """Say whether a unit signed for its copies: a name or a time is enough."""
    return row["receiver"] is not None or row["received_at"] is not None


DISTRIBUTION = Child(
    name="distribution",
    title="分发",
    parent="dispatch",
    fields=(
        Field("unit", "单位", Kind.NAME, required=True, width=18),
        Field("copy_count", "份数", Kind.INTEGER, required=True, default="1", width=6),
        Field("copy_serials", "份号", width=12),
        Field("sent_at", "发出时间", Kind.MOMENT, width=16),
        Field("receiver", "签收人", Kind.NAME, width=10),
        Field("received_at", "签收时间", Kind.MOMENT, width=16),
        Field("remarks", "备注", max_length=500, width=14),
    ),
    check=check,
)
