# SPDX-License-Identifier: MulanPSL-2.0
"""Which of the office's lines a heading of an old 值班表 likely means, and which group those below it belong to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from township_office.registers.duty.plan import Half
from township_office.registers.duty.staff import Line

# The three sorts of people on duty, and what their group is called where the office has no line for them yet.
_SORTS = (
    (re.compile("带班|领导|班子|leader", re.IGNORECASE), "带班领导"),
    (re.compile("驾驶|司机|driver", re.IGNORECASE), "驾驶员"),
)
_ON_DUTY = "值班员"
_SIGNS = re.compile(r"\W+")


def likely_line(label: str, half: Half, lines: Sequence[Line]) -> Line | None:
    """Return the line of that name, else one whose name is part of it or it of the name, else the only one of its sort.

    Lines for another half of the day come last.
    """
    key = _key(label)
    same = [line for line in lines if _key(line.name) == key]
    sort = [line for line in lines if _sort(f"{line.name} {line.group}") == _sort(label)]
    part = [line for line in sort if key in _key(line.name) or _key(line.name) in key]
    fitting = [line for line in sort if half in line.halves] or sort
    for some in (same, part, fitting if len(fitting) == 1 else []):
        if some:
            return min(some, key=lambda line: half not in line.halves)
    return None


def likely_group(label: str, lines: Sequence[Line]) -> str:
    """Return the group of a line of the same sort, else what such a group is usually called."""
    sort = _sort(label)
    return next((line.group for line in lines if _sort(f"{line.name} {line.group}") == sort), sort)


def _sort(words: str) -> str:
    return next((group for pattern, group in _SORTS if pattern.search(words)), _ON_DUTY)


def _key(name: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", name))
