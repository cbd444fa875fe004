# SPDX-License-Identifier: MulanPSL-2.0
"""What is done with the archive is entered when it is done: 查阅, 检查, 销毁, 移交 are never dated ahead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from township_office.core.fields import Problem, Register, Value
from township_office.core.text import t
from township_office.registers.archive.care import CARE
from township_office.registers.archive.disposal import APPRAISAL, TRANSFER

_BOOKS = frozenset(book.name for book in (*CARE, APPRAISAL, TRANSFER))
_LIE_AHEAD = ("due_on",)


def dated_ahead(register: Register, said: Mapping[str, Value], today: date) -> list[Problem]:
    """Return a problem for each day of such a book that has not come yet."""
    if register.name not in _BOOKS:
        return []
    days = ((name, day) for name, day in said.items() if isinstance(day, date) and name not in _LIE_AHEAD)
    return [
        Problem(name, t("happened.ahead", label=register.field(name).label, day=today))
        for name, day in days
        if day > today
    ]
