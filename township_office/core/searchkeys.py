# SPDX-License-Identifier: MulanPSL-2.0
"""The hidden keys by which a row is found: folded text, and pinyin initials.

Both the rows and what the clerk types pass through the same fold, so brackets,
width, case, blanks and zero padding never stand between a paper and its finder.
spell keeps every sign in its order: a piece of a text, spelt, is a piece of the spelt text.
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import cache, lru_cache
from importlib import import_module

_BRACKETS = str.maketrans(dict.fromkeys("〔[［【「『〈〖{｛（﹝❲", "(") | dict.fromkeys("〕]］】」』〉〗}｝）﹞❳", ")"))
_BLANKS = re.compile(r"\s+")
# NFKC leaves 〔2026〕 alone, and "第049号" must find "49号".
_PADDING = re.compile(r"(?<=\d\))第?0*(?=\d)")

# Words whose character is read otherwise in office papers than on its own.
_PHRASES = {
    "重庆": "cq", "银行": "yh", "长期": "cq", "长远": "cy", "长效": "cx", "会计": "kj", "调整": "tz", "调解": "tj",
    "调研": "dy", "调查": "dc", "行业": "hy", "重复": "cf", "重建": "cj", "重新": "cx", "单县": "sx", "成都": "cd",
}  # fmt: skip


@lru_cache(maxsize=4096)
def spell(text: str) -> str:
    """Return text sign by sign as it is compared: NFKD, lower case, one kind of bracket, no blanks."""
    # Not NFKC: it joins an accent with the letter before it, and the letter alone would not be found.
    folded = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return _BLANKS.sub("", folded.casefold().translate(_BRACKETS))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return text as it is compared, with 第 and zeros before the number of a 文号 left out."""
    spelt = spell(text)
    return _PADDING.sub("", spelt) if ")" in spelt else spelt


@cache
def _readings() -> tuple[dict[int, str], dict[int, str]]:
    """Return the first and the second initial of every character pypinyin knows, keyed by code point."""
    # The phrase dictionary costs three times the character table and is of no use to us.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    table: dict[int, str] = import_module("pypinyin.pinyin_dict").pinyin_dict
    plain = str.maketrans("āáǎàēéěèêếềōóǒòńňǹḿ", "aaaaeeeeeeeoooonnnm")
    first: dict[int, str] = {}
    second: dict[int, str] = {}
    for point, readings in table.items():
        letters = [reading[0].translate(plain) for reading in readings.split(",")]
        other = next((letter for letter in letters[1:3] if letter != letters[0]), letters[0])
        first[point], second[point] = letters[0], other
    return first, second


def warm_up() -> None:
    """Read the pinyin table now (0.1 s), from a place where nobody waits."""
    _readings()


@lru_cache(maxsize=4096)
def initials(text: str) -> str:
    """Return the pinyin initials of folded text; a second reading follows after a blank where it differs.

    Letters and digits stand for themselves, other signs are dropped: 县委办〔2026〕 → "xwb2026".
    """
    first, second = _readings()
    for word, letters in _PHRASES.items():
        if word in text:
            text = text.replace(word, letters)
    one = "".join(filter(str.isalnum, text.translate(first)))
    two = "".join(filter(str.isalnum, text.translate(second)))
    one = one.encode("ascii", "ignore").decode()
    two = two.encode("ascii", "ignore").decode()
    return one if one == two else f"{one} {two}"
