# SPDX-License-Identifier: MulanPSL-2.0
"""All that a step needs of a data file."""

from __future__ import annotations

from typing import Protocol


class Runs(Protocol):
    """All that a step needs of a data file."""

    def execute(self, sql: str, /) -> object:
        """Run one statement."""
