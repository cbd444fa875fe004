# SPDX-License-Identifier: MulanPSL-2.0
"""Who is named in one cell of an old 值班表: names without phones, posts and remarks, however they are set apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby

from township_office.core.gate import clean_text

_BRACKETS = re.compile(r"[(\[【〔<][^()\[\]【】〔〕<>]*[)\]】〕>]")
_NAMESAKE = re.compile(r"\((大|小)\)")
_STAND_IN = re.compile(".[代替换调]|[代替换调].")  # a mere （调）, our own, says nothing about who
_PHONE = re.compile(
    r"(?<!\d)(?:(?:\+?86[- ]?)?1\d{10}|1\d{2}[ -]\d{4}[ -]\d{4}|0\d{2,3}[- ]?\d{7,8}|\d{3,4}[- ]\d{4}|\d{5,8})(?!\d)"
)
_APART = re.compile(r"[、,;/|\n\\+&。]+")
_NOTHING = re.compile(r"[-—–_.*×]*|无|暂无|空|休|休息|轮休|放假|待定")
_TITLE = (
    "书记|镇长|乡长|主任科员|主任|委员|主席|部长|所长|站长|科长|局长|队长|组长|校长|院长|会计|干部|科员|秘书|助理|干事|专员"
    "|领导|司机|驾驶员|同志|民警|辅警|组织员|调研员|值班员|班子成员"
)
_BEFORE = (
    "党政办|党委|党支部|党群|党政|镇|乡|副|正|原|兼|人大|政法|组织|宣传|统战|纪委|监委|武装|专武|办公室|综合|派出所|便民"
    "|社区|村|街道|常务|专职|挂职|[一二三四]级|班子|机关|带班|值班|城建|农业|财政|民政|司法|安监|应急|信访|工会|妇联|团委"
)
_POST = rf"(?:(?:{_BEFORE})*(?:{_TITLE}))+"
_POST_ONLY, _SURNAME_AND_POST = re.compile(_POST), re.compile(f".{_POST}")
_POST_FIRST, _POST_LAST = re.compile(rf"{_POST}(.{{2,4}})"), re.compile(rf"(.{{2,4}}?){_POST}")
_HAN = "\u3400-\u9fff\ue000-\uf8ff\U00020000-\U0003ffff〇"
_NAME = re.compile(rf"[{_HAN}]{{2,4}}(?:\d{{1,2}}|（[大小]）)?|[{_HAN}]+(?:·[{_HAN}]+)+|[A-Za-z]{{1,4}}\d{{0,3}}")
_CODE = re.compile(r"\d{1,4}")
# 李国庆 and 张中秋 are people: a feast is none only where nothing else stands.
_NOBODY = re.compile(
    "全体|全员|机关|各村|人员|干部|办公室|小组|分队|值班|带班|党政办|轮流|另行|通知|加班|放假|休假|上班|应急|领导"
)
_FEAST = re.compile("元旦|春节|除夕|清明|劳动节|五一|端午|中秋|国庆|民兵|正常|周末|节日|节假日?|假期|同上")
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Named:
    """The people a cell names, in its order, and the pieces of it that name nobody we understand."""

    names: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


def names_in(text: str) -> Named:
    """Return who is named: 张三 李四/13800000000, 党委书记 王五（138…）, 杨　杨."""
    text = unicodedata.normalize("NFKC", clean_text(text, lines=True)).replace("•", "·").replace("‧", "·")
    unclear = [piece[1:-1] for piece in _BRACKETS.findall(text) if _STAND_IN.search(piece[1:-1])]
    text = _BRACKETS.sub("、", _NAMESAKE.sub(r"（\1）", text))
    names: list[str] = []
    for piece in _APART.split(_PHONE.sub("、", text)):
        for word in _words(piece.rpartition(":")[2]):
            name = _name(word)
            if name:
                names.append(name)
            elif name is None:
                unclear.append(word)
    return Named(tuple(dict.fromkeys(names)), tuple(unclear))


def is_code(name: str) -> bool:
    """Whether a name is a number that stands for somebody."""
    return _CODE.fullmatch(name) is not None


def _words(piece: str) -> list[str]:
    """Part a piece at its blanks; the single characters of 杨 杨 and 李 玉 英 belong together."""
    words: list[str] = []
    for is_single, run in groupby(piece.split(), lambda word: re.fullmatch(f"[{_HAN}]", word) is not None):
        some = list(run)
        if not is_single:
            words += some
        elif len(some) % 2:
            words.append("".join(some))
        else:
            words += ["".join(some[place : place + 2]) for place in range(0, len(some), 2)]
    return words


def _name(word: str) -> str | None:
    """Return the name in a word: "" where the word is a post or says that there is nobody, None where it is unclear."""
    word = re.sub(r"^\d{1,2}\.(?=\D)", "", word).strip(".:-—")
    if _NOTHING.fullmatch(word) or _POST_ONLY.fullmatch(word):
        return ""
    if _SURNAME_AND_POST.fullmatch(word):
        return None
    for pattern in (_POST_FIRST, _POST_LAST):
        if (found := pattern.fullmatch(word)) is not None:
            word = found[1]
            break
    if _CODE.fullmatch(word):
        return word
    is_name = _NAME.fullmatch(word) and len(word) <= _LONGEST - 4
    return word if is_name and not _NOBODY.search(word) and not _FEAST.fullmatch(word) else None
