# SPDX-License-Identifier: MulanPSL-2.0
"""The one gate every text passes before the program keeps it: typed, pasted or read from a workbook.

Behind the gate a text holds nothing a person cannot see: no NUL, no control or bidi signs, no half characters.
Rare characters, private-use characters and emoji are somebody's name or meaning and pass untouched.
"""

from __future__ import annotations

import re
from collections.abc import Collection

# Direction and zero-width signs turn a file name or a title round on screen and hide it from search; U+FFFE and
# U+FFFF are no characters and break .docx and .xlsx. The class is spelt with escapes: the signs cannot be read.
_HIDDEN_SIGNS = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff"
    r"\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
) + "".join(f"\\U{plane << 16 | 0xFFFE:08x}\\U{plane << 16 | 0xFFFF:08x}" for plane in range(1, 17))
_HIDDEN = re.compile(f"[{_HIDDEN_SIGNS}]+")
_HALVES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANK = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")

# Hanzi of every plane, kana, and the punctuation that stands between them: no blank is ever written there.
_CJK = re.compile(
    "[\u2014\u2018\u2019\u201c\u201d\u2026\u2e80-\u2fdf\u3001-\u30ff\u31c0-\u31ef\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff"
    "\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff\U000f0000-\U0010ffff]"
)

# 密电 and 密传 are the letters of classified telegrams; 涉密电脑 or 加密传输 in a title are not.
_SECRET = re.compile(
    r"[绝絕机機秘祕]\s*密\s*[★☆⭐]"
    r"|[绝絕机機秘祕]\s*密\s*[*＊]\s*[\d长]"
    r"|★\s*[\d一二三四五六七八九十]+\s*(?:年|个月)"
    r"|密码电报"
    r"|密电(?![脑子话视气器信力路梯池缆源网商影台动厂])"
    r"|(?<![涉保加解])密传(?![输递播送达统承媒阅导真])"
    r"|(?<![涉保加解])密传真(?!机)"
)

# The bare words; not where another secret than the state's is meant, or the law itself.
_SECRET_WORD = re.compile("绝密|(?<!商业)机密|(?<!工作)(?<!商业)(?<!国家)(?<!个人)(?<!技术)秘密")


def clean_text(text: str, *, lines: bool = False) -> str:
    """Return text as it may be kept: visible, whole, stripped; twice is the same as once.

    Line breaks stay only when lines is true. Otherwise one becomes a blank, or nothing inside Chinese text,
    where a cell was merely wrapped. Other blanks (tab, U+00A0, U+3000) become the plain blank.
    """
    if text.isprintable():
        return text.strip()
    if _HALVES.search(text):
        # Two halves that belong together become their character again, a lone half U+FFFD.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _BLANK.sub(" ", _LINE_ENDS.sub("\n", _HIDDEN.sub("", text)))
    if "\n" in text and not lines:
        text = _one_line(text)
    return text.strip()


def has_secret_mark(text: str) -> bool:
    """Say whether text carries the mark or the number of a state secret and must be refused outside 涉密.

    The bare words 绝密, 机密, 秘密 do not count: 商业秘密 and the titles of training notices are ordinary.
    Log only that it happened, never the text.
    """
    if "密" not in text and "★" not in text:
        return False
    return _SECRET.search(text if text.isprintable() else _HIDDEN.sub("", text)) is not None


def secret_marks(texts: Collection[str]) -> set[str]:
    """Return those of many texts that carry the mark of a state secret."""
    whole = "".join(texts)
    return set(filter(has_secret_mark, texts)) if "密" in whole or "★" in whole else set()


def has_secret_word(text: str) -> bool:
    """Say whether text speaks of 绝密, 机密 or 秘密 without a mark: worth a hint, never a refusal."""
    return "密" in text and _SECRET_WORD.search(text) is not None


def _one_line(text: str) -> str:
    """Return text with its lines joined: a blank between words, nothing inside Chinese text (全省 + 30件)."""
    parts: list[str] = []
    for line in filter(None, (piece.strip() for piece in text.split("\n"))):
        if parts:
            before, after = parts[-1][-1], line[0]
            wrapped = _CJK.match(before) and (_CJK.match(after) or after.isdecimal())
            if not wrapped and not (before.isdecimal() and _CJK.match(after)):
                parts.append(" ")
        parts.append(line)
    return "".join(parts)
