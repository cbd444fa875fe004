# SPDX-License-Identifier: MulanPSL-2.0
"""传阅 — where the paper is: one row per reader, out and in (条例 art. 24 (五); 传阅单).

The paper goes from the office to one reader and back to the office, never from reader to reader (横传): while a copy
is out, the schema refuses a second holder of it. The same rows hold what was sent for 批示 or handed over for 承办.
"""

from __future__ import annotations

from collections.abc import Iterable

from township_office.core.fields import Child, Field, Kind, Problem, Record
from township_office.core.text import t

INSTRUCTION, READING, HANDLING = "批示", "传阅", "承办"
PURPOSES = (INSTRUCTION, READING, HANDLING)


def check(record: Record) -> Iterable[Problem]:
    """What comes back went out before, and not later."""
    sent, back = record["sent_at"], record["returned_at"]
    if back is not None and sent is None:
        yield Problem("sent_at", t("problem.back_without_out"))
    elif isinstance(sent, str) and isinstance(back, str) and back[: len(sent)] < sent[: len(back)]:
        yield Problem("returned_at", t("problem.back_before_out"))


CIRCULATION = Child(
    name="circulation",
    title="传阅",
    parent="receipt",
    fields=(
        Field("purpose", "事由", Kind.CHOICE, required=True, choices=PURPOSES, default=READING, width=6),
        Field("reader", "阅件人", Kind.NAME, required=True, width=10),
        Field("copy_no", "第几份", Kind.INTEGER, required=True, default="1", width=6),
        Field("sent_at", "送阅时间", Kind.MOMENT, width=16),
        Field("returned_at", "退回时间", Kind.MOMENT, width=16),
        Field("opinion", "意见", Kind.LONG_TEXT, max_length=1000, width=24),
    ),
    check=check,
)
