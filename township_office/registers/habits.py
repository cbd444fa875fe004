# SPDX-License-Identifier: MulanPSL-2.0
"""What papers of one sender have in common: its 代字, and titles that come again each year. Pure rules."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from township_office.core.docnumber import parse_doc_number

_SEQUENCE = re.compile(r"\s*第?0{0,5}([1-9][0-9]{0,5})号?\s*")
# A year of its own: neither end of 2021—2025年 nor of 2021年至2025年.
_YEAR = re.compile(r"(?<![0-9—–~至到-])((?:19|20)[0-9]{2})(?=年)(?!年?[—–~至到-])")


def code_of(number: str) -> str:
    """Return the 机关代字 of a 文号 of the usual form 代字〔年〕n号; "" of any other."""
    read = parse_doc_number(number)
    is_usual = read is not None and read.text == f"{read.code}〔{read.year}〕{read.sequence}号"
    return read.code if read is not None and is_usual else ""


def usual_code(numbers: Iterable[str]) -> str:
    """Return the most frequent 代字 of numbers, newest first: of several as frequent, the one used last."""
    counted = Counter(code for number in numbers if (code := code_of(number)))
    return counted.most_common(1)[0][0] if counted else ""


def number_from(typed: str, code: str, year: int) -> str:
    """Return 青组通〔2026〕41号 where only 41 was typed and code is known; anything else as it was typed."""
    found = _SEQUENCE.fullmatch(unicodedata.normalize("NFKC", typed))
    return f"{code}〔{year}〕{found[1]}号" if code and found else typed


def retold(title: str, of_year: int, year: int) -> str:
    """Return a title of one year as it would read in another: 2025年度 becomes 2026年度, and 2026年 2027年.

    Only the years just about the paper's own move along; 到2035年 is as far away next year.
    """

    def moved(found: re.Match[str]) -> str:
        named = int(found[1])
        return str(named + year - of_year) if abs(named - of_year) <= 1 else found[1]

    return _YEAR.sub(moved, title)


def organ_before(title: str, organs: Iterable[str]) -> str:
    """Return the longest of organs that title begins with, as in 青山县财政局关于…; "" when there is none."""
    return max((organ for organ in organs if organ and title.startswith(organ)), key=len, default="")
