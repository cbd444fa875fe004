# SPDX-License-Identifier: MulanPSL-2.0
"""How long work reports back without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Call it often; it raises Cancelled when the clerk asked to stop."""

    def __call__(self, done: int, total: int) -> None:
        """Say that done of total steps are behind us; a total of 0 means not known."""


def silent(done: int, total: int) -> None:
    """Listen to nothing; the default for tests and short work."""


def portion(progress: Progress, before: int, steps: int, whole: int) -> Progress:
    """Return the progress of so many steps of a work, whatever it counts itself; before and whole count all of it."""

    def report(done: int, total: int) -> None:
        progress(before + steps * done // max(total, 1), whole)

    return report
