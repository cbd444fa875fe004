# SPDX-License-Identifier: MulanPSL-2.0
"""Text as WordprocessingML: what XML can hold, and about how wide Word will set it."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

NO_WIDTH = "\u200b"  # takes no room; a line may end there
OPEN = '<w:t xml:space="preserve">'
_SLACK = 1.02  # Word's own line breaks may differ a little from ours
_LISTED = re.compile(r"(?<=\d、)(?=\d)")  # between numbers in a row LibreOffice ends no line
_UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return text without what XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def inside_run(text: str, *, is_whole: bool = False) -> str:
    """Return text as the inside of a run's w:t; in a number or a date (is_whole) no line ends at a hyphen."""
    said = _LISTED.sub(NO_WIDTH, escape(clean(text))).replace("\n", "</w:t><w:br/>" + OPEN)
    return said.replace("-", f"</w:t><w:noBreakHyphen/>{OPEN}") if is_whole else said


def ems(text: str) -> float:
    """Return about how wide text is: a Chinese character 1, a letter or figure a half."""
    return sum(1.0 if ord(char) > 0x2E80 or char in "“”‘’…—·" else 0.5 for char in text)


class RoomyWidths(dict[str, float]):
    """About how wide Word sets each character: letters as in Times New Roman, a little generous."""

    def __missing__(self, char: str) -> float:
        return ems(char) * 1000 * _SLACK
