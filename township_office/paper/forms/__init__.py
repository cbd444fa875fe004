# SPDX-License-Identifier: MulanPSL-2.0
"""One file per printed form; each builds a Page from plain rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from township_office.paper.blocks import Page
from township_office.paper.forms import number_ledger, register_book

ALL: Mapping[str, Callable[..., Page]] = {
    "register_book": register_book.build,
    "number_ledger": number_ledger.build,
}
