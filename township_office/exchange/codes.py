# SPDX-License-Identifier: MulanPSL-2.0
"""A 字 that a clerk put behind an organ's code (×工信装字〔2023〕77号) and that the other lines disprove."""

from __future__ import annotations

from collections.abc import Sequence

from township_office.core.text import t
from township_office.exchange.ledgerrows import LedgerRow, Note

_MARK = "字〔"
_ORGANS = "政府办委党"  # 政字, 办字 … are series of their own beside 政发, 办发
_LEAST_WITNESSES = 4


def drop_spare_words(rows: Sequence[LedgerRow], label: str) -> None:
    """Take a spare 字 out of 来文字号 where the ledger shows that the sender does not use it; say so and keep theirs.

    Witnesses are other numbers of that sender, all without 字: one of the same code, or four.
    """
    for row in rows:
        written = _number(row)
        if _MARK not in written or written[written.index(_MARK) - 1] in _ORGANS or row.record["sender"] is None:
            continue
        code = _code(written)
        others = [
            number
            for one in rows
            if one.record["sender"] == row.record["sender"] and _MARK not in (number := _number(one))
            if number[:2] == code[:2] and "〔" in number
        ]
        if code.removesuffix("字") in map(_code, others) or len(others) >= _LEAST_WITNESSES:
            row.record["doc_number"] = number = written.replace(_MARK, "〔", 1)
            kept = t("exchange.kept", label=label, text=written)
            row.record["remarks"] = f"{row.record['remarks']}\n{kept}" if row.record["remarks"] else kept
            row.notes.append(Note("doc_number", t("exchange.spare_word", label=label, written=written, number=number)))


def _number(row: LedgerRow) -> str:
    return str(row.record["doc_number"] or "")


def _code(number: str) -> str:
    return number.partition("〔")[0]
