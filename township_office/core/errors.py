# SPDX-License-Identifier: MulanPSL-2.0
"""Errors the clerk may read. Anything that is not an OfficeError is a bug."""

from __future__ import annotations

from township_office.core.fields import Problem
from township_office.core.text import t


class OfficeError(Exception):
    """Carries a message key of resources/strings.toml and its arguments; str() gives the Chinese sentence."""

    def __init__(self, key: str, **words: object) -> None:
        super().__init__(key, words)
        self.key = key
        self.words = words

    def __str__(self) -> str:
        return t(self.key, **self.words)


class Invalid(OfficeError):
    """The draft breaks the register's rules; problems say which fields and what to do."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("error.invalid", what="".join(problem.message for problem in problems))
        self.problems = problems


class Cancelled(Exception):
    """Raised inside long work when the clerk pressed 取消. Nothing was kept."""
