# SPDX-License-Identifier: MulanPSL-2.0
"""What a title, a sheet's name or a file's name says about the time of the lines below it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_YEAR = re.compile(
    r"(?<!\d)((?:19[5-9]|20[0-9])\d)(?=\D|$|(?:0[1-9]|1[0-2])(?!\d))|(?<!\d)(\d\d)年(?!版)|([〇零○一二三四五六七八九]{4})年"
)
_MONTH = re.compile(
    r"(?<!\d)(1[0-2]|0?[1-9])月(?!\d)|(十[一二]?|[一二三四五六七八九])月(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d(?:[-./](1[0-2]|0?[1-9])|(1[0-2]|0[1-9]))(?!\d)"
)
_RANGE = re.compile(
    r"(?:19|20)\d\d年?度?(?:\d{1,2}月份?)?[-—–~至到](?:19|20)\d\d|(?<!\d)\d{1,2}月?份?[-—–~至到](?:次年)?\d{1,2}月"
)
_TITLE = re.compile(r"登记|台账|台帐|收文|发文|簿|一览|目录|汇总|年度?$|月份?$|季度$|清单")
_CHINESE = str.maketrans("〇零○一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class Hints:
    """What a title says about the time of its rows."""

    year: int | None = None
    month: int | None = None
    is_range: bool = False
    last_month: int = 0  # the last month any sheet of the book is named after


@lru_cache(maxsize=1024)
def read_hints(text: str) -> Hints:
    """Return the year and month that a title, a sheet's name or a file's name speaks of."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    year = month = None
    if found := _YEAR.search(plain):
        digits = found[1] or found[2] or found[3].translate(_CHINESE)
        year = int(digits) + (2000 if len(digits) == 2 else 0)
    if found := _MONTH.search(plain):
        month = _month(found[1] or found[3] or found[4] or found[2])
    is_range = _RANGE.search(plain) is not None
    return Hints(year, None if is_range else month, is_range)


def _month(word: str) -> int:
    if word.isdecimal():
        return int(word)
    ones = "〇一二三四五六七八九".find(word[-1])
    return 10 * word.startswith("十") + max(ones, 0)


def is_title(text: str) -> bool:
    """Say whether text, alone on its line, is a title: a year, a month, or the name of a book."""
    plain = "".join(text.split())
    return len(plain) <= 40 and _TITLE.search(plain) is not None


def first_hints(texts: Sequence[str], book_words: Sequence[str]) -> Hints:
    """Return the first year and the first month that texts speak of, the nearest text first.

    book_words are asked last: a year that is the only one in the whole book holds for its other sheets, too.
    """
    hints = [read_hints(text) for text in texts]
    year = next((hint for hint in hints if hint.year), Hints())
    month = next((hint.month for hint in hints if hint.month), None)
    if year.year or month is None:
        return Hints(year.year, None if year.is_range else month, year.is_range)
    others = [read_hints(word) for word in book_words if is_title(word)]
    years = {hint.year for hint in others if hint.year}
    last_month = max((hint.month for hint in others if hint.month), default=month)
    return Hints(years.pop() if len(years) == 1 else None, month, last_month=last_month)
