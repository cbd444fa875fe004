# SPDX-License-Identifier: MulanPSL-2.0
"""The hidden keys by which a row is found: folded text, and pinyin initials.

Both the rows and what the clerk types pass through the same fold, so brackets,
width, case, blanks and zero padding never stand between a paper and its finder.
spell keeps every sign in its order: a piece of a text, spelt, is a piece of the spelt text.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

_OPEN, _CLOSE = "〔[［【「『〈〖{｛（﹝❲", "〕]］】」』〉〗}｝）﹞❳"
_BRACKETS = str.maketrans(dict.fromkeys(_OPEN, "(") | dict.fromkeys(_CLOSE, ")"))
_RARE_BRACKET = re.compile("[" + re.escape((_OPEN + _CLOSE).replace("〔", "").replace("〕", "")) + "]")
# NFKD leaves 〔2026〕 alone, and "第049号" must find "49号".
_PADDING = re.compile(r"(?<=\d\))第?0*(?=\d)")

# Words whose character is read otherwise in office papers than on its own.
_PHRASES = {
    "重庆": "cq", "银行": "yh", "会计": "kj", "调整": "tz", "调解": "tj", "重复": "cf", "重建": "cj", "重新": "cx",
    "长期": "cq", "长效": "cx", "单县": "sx", "行业": "hy",
}  # fmt: skip
# Characters of names, places and office words with two living readings that begin differently; the dictionary's own
# second readings are mostly of the classics (于 as xū) and would only double every key.
_TWO_READINGS = {
    "重": "zc", "长": "zc", "行": "xh", "会": "hk", "调": "dt", "乐": "ly", "单": "ds", "朝": "cz", "藏": "cz",
    "传": "cz", "降": "jx", "解": "jx", "校": "xj", "系": "xj", "厦": "sx", "便": "bp", "曾": "cz", "仇": "cq",
    "查": "cz", "石": "sd", "车": "cj", "盛": "sc", "提": "td", "屏": "pb", "率": "ls", "宿": "sx", "参": "cs",
    "弹": "td", "畜": "xc", "圈": "qj", "给": "gj", "贾": "jg", "叶": "yx", "卡": "kq", "尉": "wy", "翟": "zd",
    "万": "wm", "省": "sx", "阿": "ae", "堡": "bp", "暴": "bp", "埔": "pb", "番": "fp", "繁": "fp", "虹": "hj",
    "夹": "jg", "区": "qo", "沈": "sc", "什": "sz", "识": "sz", "术": "sz", "属": "sz", "种": "zc", "折": "zs",
    "巷": "xh", "洗": "xx", "莘": "xs", "涌": "yc", "攒": "zc", "蔚": "wy",
}  # fmt: skip
APART = "\x01"  # stands between the texts of a row: spell leaves it alone and no clerk can type it
_BREAK = "\x02"  # stands between texts that are worked on together; the gate lets no such sign into any of them
_KNOWN = re.compile(r'"(\d+)":\s*"(.)')  # a code point of their file, and the first letter of its first reading
_POLYPHONE = re.compile(f"[{''.join(_TWO_READINGS)}]")


@lru_cache(maxsize=4096)
def spell(text: str) -> str:
    """Return text sign by sign as it is compared: NFKD, lower case, one kind of bracket, no blanks."""
    # Not NFKC: it joins an accent with the letter before it, and the letter alone would not be found.
    folded = text if text.isascii() else unicodedata.normalize("NFKD", text)
    folded = folded.casefold().replace("〔", "(").replace("〕", ")")
    if _RARE_BRACKET.search(folded):
        folded = folded.translate(_BRACKETS)
    return "".join(folded.split())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return text as it is compared, with 第 and zeros before the number of a 文号 left out."""
    return _without_padding(spell(text))


def _may_be_padded(spelt: str) -> bool:
    return ")0" in spelt or ")第" in spelt


def _without_padding(spelt: str) -> str:
    return _PADDING.sub("", spelt) if _may_be_padded(spelt) else spelt


class _Letters(dict[int, str]):
    """What each character becomes among initials: its letter; letters and digits themselves; nothing otherwise.

    A character is worked out when it is first met: an office uses a tenth of those there are.
    """

    def __init__(self, table: bytes, own: Mapping[int, str]) -> None:
        super().__init__(own)
        self._table = table

    def __missing__(self, point: int) -> str:
        signs = chr(point) if self._known(point) else unicodedata.normalize("NFKD", chr(point)).casefold()
        # Ａ is a, ㈠ is 一
        letters = (self._known(ord(sign)) or (sign if sign.isascii() and sign.isalnum() else "") for sign in signs)
        self[point] = letter = "".join(letters)
        return letter

    def _known(self, point: int) -> str:
        return self.get(point) or self._table[point : point + 1].strip(b"\0").decode()


@cache
def _readings() -> tuple[_Letters, _Letters]:
    """Return the usual initials of every character pypinyin knows, and the same with the other living readings."""
    table = _initial_table()
    own = [{ord(sign): two[place] for sign, two in _TWO_READINGS.items()} | {ord(_BREAK): _BREAK} for place in (0, 1)]
    return _Letters(table, own[0]), _Letters(table, own[1])


def _initial_table() -> bytes:
    """Return the initial of the character with each code point, 0 where there is none."""
    # From pypinyin's own file of characters: imported, the library takes five times the memory, and keeps most of it.
    spec = find_spec("pypinyin")
    folder = spec.submodule_search_locations if spec else None
    if not folder:
        raise ModuleNotFoundError("pypinyin")
    known = Path(folder[0], "pinyin_dict.json").read_text("utf-8")
    plain = str.maketrans("āáǎàēéěèêếềōóǒòńňǹḿ", "aaaaeeeeeeeoooonnnm")
    table = bytearray(sys.maxunicode + 1)
    for found in _KNOWN.finditer(known):
        table[int(found[1])] = ord(found[2].translate(plain))
    return bytes(table.rstrip(b"\0"))


def warm_up() -> None:
    """Read the pinyin table now (30 ms), from a place where nobody waits."""
    _readings()


def is_warm() -> bool:
    """Return whether the pinyin table has been read, so that initials cost nobody a wait."""
    return _readings.cache_info().currsize > 0


def may_be_initials(token: str) -> bool:
    """Return whether token can stand among pinyin initials: letters and digits, and not digits alone."""
    return token.isascii() and token.isalnum() and not token.isdigit()


@lru_cache(maxsize=4096)
def initials(text: str) -> str:
    """Return the pinyin initials of text; a second reading follows after a blank where there is one.

    Letters and digits stand for themselves, other signs are dropped: 县委办〔2026〕 → "xwb2026".
    """
    first, second = _readings()
    if not _POLYPHONE.search(text):
        return text.translate(first).lower()
    for word, letters in _PHRASES.items():
        text = text.replace(word, letters)
    one, two = text.translate(first).lower(), text.translate(second).lower()
    return one if one == two else f"{one} {two}"


def letters_of(text: str) -> list[list[str]]:
    """Return, for both ways to read text, what each of its signs is among its initials: "" where it is nothing."""
    for word, letters in _PHRASES.items():
        text = text.replace(word, letters)
    return [[table[ord(sign)].lower() for sign in text] for table in _readings()]


def spellings_of(texts: Sequence[str]) -> list[str]:
    """Return spell of each of many texts, and fold behind it where that differs; ten times as fast as one by one."""
    whole = spell.__wrapped__(_BREAK.join(texts))
    spelt = whole.split(_BREAK) if texts else []
    if not _may_be_padded(whole):
        return spelt
    return [one if (folded := _without_padding(one)) == one else f"{one}{APART}{folded}" for one in spelt]


def initials_of(texts: Sequence[str]) -> list[str]:
    """Return initials of each of many texts, worked out on all of them at once."""
    if not texts:
        return []
    first, second = _readings()
    whole = _BREAK.join(texts)
    for word, letters in _PHRASES.items():
        whole = whole.replace(word, letters)
    ones, twos = (whole.translate(table).lower().split(_BREAK) for table in (first, second))
    return [one if one == two else f"{one} {two}" for one, two in zip(ones, twos, strict=True)]
