# SPDX-License-Identifier: MulanPSL-2.0
"""文号: every spelling met in real ledgers, read into organ code, year and sequence, and written in one form.

The form is 机关代字〔四位年份〕序号号 with U+3014 and U+3015, no zero padding and no 第 (GB/T 9704-2012, 7.2.5).
Numbers with a form of their own keep it: 国务院令第123号, 财政部公告2015年第3号, 2026年第3号公告, 简报〔2026〕第3期.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from township_office.core.gate import clean_text


@dataclass(frozen=True, slots=True)
class DocNumber:
    """One 文号: code is the 机关代字 as written ("" when there is none), text the canonical spelling."""

    code: str
    year: int | None
    sequence: int | None
    text: str


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    is_closed: bool  # ends with 号 or 期, so that more words may follow
    number: DocNumber


_LONGEST_LINE = 20_000  # a pasted page is looked at so far
_LONGEST = 200  # no cell with a number is longer; keeps pasted pages out of the cache

# Character for character, so that a place in the plain text is the same place in the typed one.
_PLAIN = str.maketrans(
    {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("〔［（(【〈<《「『〖{｛﹝﹙❲⟨＜", "[")
    | dict.fromkeys("〕］）)】〉>》」』〗}｝﹞﹚❳⟩＞", "]")
    | dict.fromkeys("‐‑‒–—―−－─﹣", "-")
    | dict.fromkeys("\u3000\xa0\t\n", " ")
    | {"號": "号", "零": "〇", "○": "〇"}
)
_OUTER = str.maketrans("[]", "（）")

# A code is made of hanzi of any plane (〇 too), of letters, and of × where a form leaves the name open;
# its end may stand in brackets: 浙发改价格（函）.
_LETTER = r"A-Za-z×〇\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff"
_CODE = rf"(?P<code>(?:[{_LETTER}][{_LETTER}0-9· ]{{0,39}}?(?:\[[{_LETTER}]{{1,6}}\])?)??)"
_DIGIT = "〇一二三四五六七八九"
_B = " {0,4}"
_SEQUENCE = rf"0{{0,3}}(?P<sequence>[0-9]{{1,6}}|[{_DIGIT}十百千]{{1,6}})(?![0-9{_DIGIT}])"
_UNIT = rf"{_B}\]?{_B}(?P<unit>号|期)?"
_PAPER = rf"(?:文件?(?![{_LETTER}0-9]))?"  # 12号文, 12号文件
_ORDERS = ("令", "公告", "通告")
_WORD = "|".join(_ORDERS)
_AFTER = rf"(?P<after>{_WORD})?(?!{_WORD})"

# Nearly every number of a ledger. Without 号 and 第 (a label or another number in front) and without 字 at the end
# of the code: those are left to the slow road.
_ORDINARY = (
    r"([\u4e00-\u53f6\u53f8-\u7b2b\u7b2d-\u9fff]{1,19}[\u4e00-\u53f6\u53f8-\u5b56\u5b58-\u7b2b\u7b2d-\u9fff]) ?"
    r"[〔\[［（(【﹝](19[5-9][0-9]|20[0-9]{2})[〕\]］）)】﹞] ?第?0{0,3}([1-9][0-9]{0,5})号"
)
_BRACKETED = (
    rf"{_CODE}{_B}\[{_B}(?:(?P<year>[0-9]{{4}}|[{_DIGIT}]{{4}}){_B}年?{_B}\]?|(?P<short>[0-9]{{2}}){_B}年?{_B}\])"
    rf"[ -]{{0,4}}(?:字?第)?{_B}{_SEQUENCE}{_UNIT}{_PAPER}"
)
_BARE = rf"{_CODE}{_B}(?P<year>(?:19|20)[0-9]{{2}})(?P<mark>[] 年[_/.~第-]{{0,6}}){_SEQUENCE}{_UNIT}{_AFTER}{_PAPER}"
_YEARLESS = rf"{_CODE}[ \[]{{0,4}}(?P<mark>第)?{_B}{_SEQUENCE}{_B}(?P<unit>号|期){_AFTER}{_PAPER}{_B}\]?"

# Names of orders and series that may be numbered without a year; 字 as in 青政字第36号.
_SERIES = f"(?:{_WORD}|字|电|布告|通知|通报|决定|决议|纪要|简报|专报|信息|动态)$"
# Before 年第n号 stands a 代字 when it ends like one or is short, and an organ's name otherwise.
_CODE_END = "[发函字文电规复任通呈报请议办]$"
_SPARE_WORD = "(?:[政办府委党]发|[函规文])字$"
_ORGAN_END = "[部委局厅府院会室社署关]$"

_LABEL = (
    r"(?:(?:发文|来文|文件|公文|原文)?(?:文号|字号|编号)|(?:发文|来文|文件|原文)号)[ :]*"
    rf"|[{_LETTER} ]{{0,6}}[文号编字][{_LETTER} ]{{0,2}}: *"
)
_NOISE_BEFORE = r"(?:[] \"'“”‘’*#·.,、，。:;-]|\[(?! *[0-9〇一二]))*"
_NOISE_AFTER = r"[] \"'“”‘’*#·.,、，。:;!~-]*(?:\[ *\][] .,、，。;]*)?"
# 12号-1, 12号之一, 12号至15号 name a part or a range, not one document.
_NOT_ONE = rf" *(?:[-~] *[0-9{_DIGIT}\[第]|[之至到])"
_NO_CODE = f".号|第[0-9{_DIGIT}十]|第$|[0-9]{{4}}"  # a number or a label was swallowed
_ORGAN = f"(?!.*号)[{_LETTER} ]{{4,}}"
_STARTS_CODE = f"[{_LETTER}]"
_GOES_ON = rf"[{_LETTER}0-9]"
_BETWEEN = r"[ 、,;/&+，。]*(?:[和及与暨] *)?"

_ANCHOR = (
    rf"\[{_B}(?:[0-9]{{4}}|[0-9]{{2}}){_B}年?{_B}\]|(?:19|20)[0-9]{{2}}{_B}[-年]"
    rf"|(?:{_WORD}|字)[ \[]{{0,4}}第|第{_B}[0-9]{{1,6}}{_B}号(?:{_WORD})"
)
_RUN = rf"[{_LETTER}·]*(?:\[[{_LETTER}]{{1,6}}\])? {{0,4}}$"
# Words of a sentence that stand directly before a code and are not part of it.
_BEFORE_CODE = (
    "(?:号|的|了|按|根据|依据|依照|按照|遵照|参照|对照|结合|转发|印发|下发|制发|发布|发来|报送|上报|贯彻|落实|执行|学习|传达|关于"
    "|详见|参见|现将|以及|收到|收悉|接到|回复|答复|废止|通知|意见|决定|办法|规定|方案|文件"
    "|(?:人民政府|政府|委员会|办公室|办公厅|领导小组|指挥部)(?!令|公告|通告))"
)


def parse_doc_number(text: str) -> DocNumber | None:
    """Return the number that text is, in whatever spelling; None when it is none.

    Labels (发文字号：), brackets around it and words behind it do not matter. Of several numbers in one cell the
    first counts: a joint document bears the lead organ's number only (条例 art. 9). A range (1号至3号) is None.
    """
    if match := _compiled(_ORDINARY).fullmatch(text):
        code, year, sequence = match.groups()
        return DocNumber(code, int(year), int(sequence), f"{code}〔{year}〕{sequence}号")
    return _read(text)[0] if len(text) <= _LONGEST else None


def canonical_doc_number(text: str) -> str:
    """Return text with its number in canonical spelling; what is no number stays as typed, outer blanks aside.

    Only labels, stray punctuation and 文件 are dropped; a remark or a second number stays behind the first.
    Twice is the same as once.
    """
    if usual := usual_doc_number(text):
        return usual
    return _read(text)[1] if len(text) <= _LONGEST else text.strip()


def usual_doc_number(text: str) -> str:
    """Return text in canonical spelling where it is written as nearly every number is; "" for any other text."""
    match = _compiled(_ORDINARY).fullmatch(text)
    return f"{match[1]}〔{match[2]}〕{match[3]}号" if match else ""


def find_doc_number(text: str) -> tuple[int, int, DocNumber] | None:
    """Find the first number inside a line such as "关于…的通知（岐办发[2026]12号）".

    Returns where it begins and ends in text, the brackets around it included, and the number.
    """
    plain = text[:_LONGEST_LINE].translate(_PLAIN)
    for anchor in _compiled(_ANCHOR).finditer(plain):
        found = _number_at(plain, _code_begin(plain, anchor.start()))
        if found is None or found.end < anchor.end() or _compiled(_NOT_ONE).match(plain, found.end):
            continue
        # 统计年鉴（2021）5 and 会议2023-12 in running text are no numbers; a hexagon or square bracket is enough.
        is_sure = found.is_closed or (found.number.code != "" and text[anchor.start()] in "〔[［【﹝")
        if is_sure and parse_doc_number(found.number.text) == found.number:
            return *_with_brackets(plain, found), found.number
    return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # When first used: compiling them all costs 40 ms, which the window would wait for.
    return re.compile(pattern)


@lru_cache(maxsize=8192)
def _read(text: str) -> tuple[DocNumber | None, str]:
    """Return the number that text is and what is kept of text; both stay the same when they are read again."""
    typed = clean_text(text)
    result = _read_once(typed)
    if result is None:
        return None, text.strip()
    number, kept = result
    is_settled = all(_is_settled(written, number) for written in {number.text, kept} - {typed})
    return result if is_settled else (None, text.strip())


def _is_settled(written: str, number: DocNumber) -> bool:
    if match := _compiled(_ORDINARY).fullmatch(written):
        return match[1] == number.code
    return _read_once(written) == (number, written)


def _read_once(typed: str) -> tuple[DocNumber, str] | None:
    plain = typed.translate(_PLAIN)
    begin = _begin(plain)
    found = _number_at(plain, begin)
    if found is None or _compiled(_NOT_ONE).match(plain, found.end):
        return None
    if not found.is_closed and not _compiled(_NOISE_AFTER).fullmatch(plain, found.end):
        return None
    first = found.number
    parts = [typed[begin : found.start], first.text]
    while not _compiled(_NOISE_AFTER).fullmatch(plain, found.end):
        following = _following(plain, found)
        if following is None:
            parts.append(typed[found.end :])
            break
        parts += [typed[found.end : following.start], following.number.text]
        found = following
    return first, "".join(parts)


def _following(plain: str, found: _Found) -> _Found | None:
    """Return the number right behind found: a cell of a joint document often names all organs' numbers."""
    between = _compiled(_BETWEEN).match(plain, found.end)
    following = _number_at(plain, between.end()) if between and found.is_closed else None
    if following is None or not following.is_closed or following.number.code in ("", "文", "文件"):
        return None
    return following


def _begin(plain: str) -> int:
    """Return where the number may begin: behind labels, opening brackets and stray punctuation."""
    begin = 0
    for pattern in (_NOISE_BEFORE, _LABEL, _NOISE_BEFORE):
        if match := _compiled(pattern).match(plain, begin):
            begin = match.end()
    return begin


def _number_at(plain: str, begin: int) -> _Found | None:
    """Return the number whose code begins at begin, in the first of the three families of spelling that fits."""
    for pattern, build in ((_BRACKETED, _bracketed), (_BARE, _bare), (_YEARLESS, _yearless)):
        match = _compiled(pattern).match(plain, begin)
        if match is None:
            continue
        skipped, code = _split_code(match)
        number = None if _compiled(_NO_CODE).search(code) else build(match, code)
        if number is not None:
            whole = match[0].rstrip()
            is_open = whole.endswith("]") and whole.count("]") > whole.count("[")
            return _Found(begin + skipped, begin + len(whole) - is_open, match["unit"] is not None, number)
    return None


def _bracketed(match: re.Match[str], code: str) -> DocNumber | None:
    """Read 川府函[2023]155号, 川府函（23）第155号, 川府函〔2023 155号."""
    if match["year"]:
        return _with_year(match, code, _whole(match["year"]))
    short = int(match["short"])
    return _with_year(match, code, 2000 + short if short < 50 else 1900 + short)


def _bare(match: re.Match[str], code: str) -> DocNumber | None:
    """Read 川府函2023-155, 川府函2023年155号, 财政部公告2015年第3号, 2026年第3号公告."""
    year, mark, after = int(match["year"]), match["mark"], match["after"] or ""
    name = code.removesuffix(after) + after
    if name.endswith(_ORDERS) or ("年" in mark and not _is_code(code)):
        is_number = mark.strip() != "" and (match["unit"] is not None or "第" in mark)
        return _as_series(match, name, year) if is_number else None
    if code.isascii() or (not mark and (match["unit"] is None or len(match["sequence"]) > 4)):
        return None
    return _with_year(match, code, year)


def _yearless(match: re.Match[str], code: str) -> DocNumber | None:
    """Read 国务院令第123号, 国务院第123号令, 青政字第36号."""
    name = code.removesuffix(match["after"] or "") + (match["after"] or "")
    is_number = _compiled(_SERIES).search(name) is not None if match["mark"] else code.endswith((*_ORDERS, "字"))
    return _as_series(match, name, None) if is_number else None


def _with_year(match: re.Match[str], code: str, year: int) -> DocNumber | None:
    # 发, 函, 规, 文 and 字 each tie the organ to the year; clerks add a 字 that the paper does not bear (×政发字).
    if _compiled(_SPARE_WORD).search(code):
        code = code[:-1]
    sequence = _whole(match["sequence"])
    if not 1949 <= year <= 2100 or not sequence:
        return None
    counted = f"第{sequence}期" if match["unit"] == "期" else f"{sequence}号"
    return DocNumber(code, year, sequence, f"{code}〔{year}〕{counted}")


def _as_series(match: re.Match[str], name: str, year: int | None) -> DocNumber | None:
    """Return the number of an order or of an organ's series; without an organ 公告 and 令 stand behind it."""
    sequence = _whole(match["sequence"])
    is_alone = name in _ORDERS
    if (
        not sequence
        or "（" in name
        or (is_alone and _compiled(_GOES_ON).match(match.string, match.start() + len(match[0].rstrip())))
    ):
        return None
    counted = f"{year}年" if year else ""
    counted += f"第{sequence}{match['unit'] or '号'}"
    return DocNumber(name, year, sequence, counted + name if is_alone else name + counted)


def _is_code(name: str) -> bool:
    """Say whether name is a 代字 rather than an organ's name: 青政办发, 青政, but not 国家税务总局."""
    return bool(name) and (
        _compiled(_CODE_END).search(name) is not None or (len(name) <= 4 and not _compiled(_ORGAN_END).search(name))
    )


def _split_code(match: re.Match[str]) -> tuple[int, str]:
    """Return how far in the code begins, and the code: 青 政 办 is one, 县委办公室 青办发 an organ and a code."""
    raw = match["code"]
    code = raw.strip()
    if " " in code and not match.groupdict().get("after"):
        organ, last = code.rsplit(None, 1)
        is_code = 2 <= len(last) <= 10 and _compiled(_STARTS_CODE).match(last) and not last.endswith(_ORDERS)
        if is_code and _compiled(_ORGAN).fullmatch(organ):
            return raw.rindex(last), last.translate(_OUTER)
    return 0, "".join(code.split()).translate(_OUTER)


def _whole(text: str) -> int:
    """Return the number written in digits, in 二〇二三 or in 一百二十三."""
    if text.isdecimal():
        return int(text)
    if not set(text) & set("十百千"):
        return int("".join(str(_DIGIT.index(sign)) for sign in text))
    total, digit = 0, 0
    for sign in text:
        if sign in _DIGIT:
            digit = _DIGIT.index(sign)
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
    return total + digit


def _code_begin(plain: str, stop: int) -> int:
    """Return where the code that ends at stop begins inside a sentence."""
    run = _compiled(_RUN).search(plain, max(0, stop - 32), stop)
    begin = run.start() if run else stop
    while word := _compiled(_BEFORE_CODE).search(plain, begin, stop - 2):
        begin = word.end()
    return begin


def _with_brackets(plain: str, found: _Found) -> tuple[int, int]:
    """Return the place of found, widened by the brackets around it."""
    start, end = found.start, found.end
    before = len(plain[:start].rstrip(" ")) - 1
    after = end + len(plain[end:]) - len(plain[end:].lstrip(" "))
    if before >= 0 and plain[before] == "[" and plain[after : after + 1] == "]":
        return before, after + 1
    return start, end
