# SPDX-License-Identifier: MulanPSL-2.0
"""Break a text into lines by the Chinese rules (GB/T 15834: which signs begin no line, which end none)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

_NEVER_FIRST = frozenset("。，、；：？！）〕】》〉」』］｝”’…—～·％‰℃々,.;:?!)]}%-")
_NEVER_LAST = frozenset("（〔【《〈「『［｛“‘￥＄([{$#№")
_JOINS = frozenset("/._-:@&+~^*=%'")  # within a Latin word, a web address, a decimal
_COUNTED = frozenset("号年月日时分件份期届册页项条个名人户元亩级")  # stay with the figure before them


def _is_word(char: str) -> bool:
    """Say whether char belongs to a run of Latin letters or digits that is kept together."""
    return char in _JOINS or (ord(char) < 0x2E80 and char.isalnum())


def may_break(before: str, after: str) -> bool:
    """Say whether a line may end between two neighbouring characters."""
    if before == " ":
        return after != " "
    if after == " " or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if before == "/" and after.isalpha():
        return True
    return not ((_is_word(before) and _is_word(after)) or (before.isdigit() and after in _COUNTED))


def wrap(text: str, limit: float, widths: Mapping[str, float]) -> list[str]:
    """Return the lines of text, none wider than limit (unless one character is).

    limit and widths share one unit. A line break in the text is kept. Where no rule-abiding break is left,
    the line is broken where it is full: no character is ever lost but the blanks at a break.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(paragraph.strip(), limit, widths))
    return lines


def wrap_evenly(text: str, limit: float, widths: Mapping[str, float]) -> list[str]:
    """Return the lines of a short label, as many as wrap makes but of much the same length."""
    lines = wrap(text, limit, widths)
    if len(lines) > 1:
        total = sum(map(widths.__getitem__, text))
        widest = max(map(widths.__getitem__, text))
        lines = min(wrap(text, min(limit, total / len(lines) + widest / 2), widths), lines, key=len)
    return lines


def _wrap_paragraph(text: str, limit: float, widths: Mapping[str, float]) -> list[str]:
    reach = list(accumulate(map(widths.__getitem__, text), initial=0.0))
    if reach[-1] <= limit:
        return [text]
    lines: list[str] = []
    start, end_of_text = 0, len(text)
    while reach[-1] - reach[start] > limit:
        full = max(bisect_right(reach, reach[start] + limit) - 1, start + 1)
        end = full
        while end > start and not (end == end_of_text or may_break(text[end - 1], text[end])):
            end -= 1
        if end <= start:
            end = full
        lines.append(text[start:end].rstrip())
        start = end
        while start < end_of_text and text[start] == " ":
            start += 1
    if start < end_of_text:
        lines.append(text[start:])
    return lines
