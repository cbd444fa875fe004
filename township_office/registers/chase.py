# SPDX-License-Identifier: MulanPSL-2.0
"""催办 — who was reminded of an incoming document, when, and what was answered (条例 art. 24 (六))."""

from __future__ import annotations

from township_office.core.fields import Child, Field, Kind

CHASE = Child(
    name="chase",
    title="催办",
    parent="receipt",
    fields=(
        Field("chased_at", "催办时间", Kind.MOMENT, required=True, default="现在", width=16),
        Field("chased", "催办对象", Kind.NAME, required=True, width=10),
        Field("answer", "答复情况", Kind.LONG_TEXT, max_length=1000, width=30),
    ),
)
