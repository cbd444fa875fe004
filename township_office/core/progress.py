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


def portion(progress: Progress, before: int, whole: int) -> Progress:
    """Return the progress of one portion of a work of so many steps as a whole; before it come so many."""

    def report(done: int, total: int) -> None:
        progress(before + min(done, total), whole)

    return report
