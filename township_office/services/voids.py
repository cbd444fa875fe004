# SPDX-License-Identifier: MulanPSL-2.0
"""What else is let go with a row that is made void, by the name of its register."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from township_office.core.fields import Register
from township_office.registers.dispatch import DISPATCH
from township_office.services import replies
from township_office.store.changelog import Pen
from township_office.store.records import Row


def let_go(pen: Pen, register: Register, row: Row, why: str) -> None:
    """Free what hung on a row. Raise OfficeError where it must stay as it is. Inside the same change."""
    if (deed := _DEEDS.get(register.name)) is not None:
        deed(pen, row, why)


def _number(pen: Pen, row: Row, _why: str) -> None:
    replies.forget_number(pen, DISPATCH, row)


def _documents(pen: Pen, row: Row, why: str) -> None:
    from township_office.services.archive.freeing import free_documents  # no start waits for it

    free_documents(pen, row, why)


_DEEDS: Mapping[str, Callable[[Pen, Row, str], None]] = {"dispatch": _number, "archive_item": _documents}
