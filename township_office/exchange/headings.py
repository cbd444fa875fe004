# SPDX-License-Identifier: MulanPSL-2.0
"""Whose column is this: from the words over a column, and from what stands in it, to a field of a register."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import pairwise

from township_office.core.fields import Kind, Register
from township_office.exchange.natives import Cell
from township_office.exchange.synonyms import (
    BY_REGISTER,
    DISPATCH_SIGNS,
    DITTO,
    LEFT_OUT,
    LINE,
    NOTHING,
    RECEIPT_SIGNS,
    STATUS,
    VOID_REASON,
    VOIDED_ON,
)

REMARKS = "remarks"
_LONGEST = 24  # characters; a longer text is no heading
_LONGEST_DITTO = 12
_SAMPLE = 200
_NEVER = -1000

_NO_WORD = re.compile(r"[\W_]+")
_IN_BRACKETS = re.compile(r"[(\[【〔（［][^)\]】〕）］]*[)\]】〕）］]")
_EMPTY_WORDS = frozenset(
    {"名称", "全称", "姓名", "名", "栏", "签字", "签名", "号码", "登记", "填写", "时间", "程度", "内容", "数量"}
)
_PARTS = frozenset("年月日字号")
_DATE = re.compile(
    r"\D{0,8}(?:\d{4}|\d{2})?\s*[-./年·、]?\s*\d{1,2}\s*[-./月·、]\s*\d{1,2}\s*日?(?:\s.*)?|(?:19|20)\d{6}"
    r"|[二〇零○一三四五六七八九十]{4}年.{2,6}"
)
_NUMBER = re.compile(
    r".{0,30}[〔\[［（(【﹝﹙「{]\s*(?:\d{4}|\d{2})\s*年?\s*[〕\]］）)】﹞﹚」}]?.{0,12}|\D{2,12}\d{4}[-－—]\d+号?"
)
_TITLE_WORDS = re.compile("关于|通知|意见|请示|报告|决定|批复|方案|办法|通报|的函|规定|公告|纪要|简报")
_DEPARTMENT = re.compile(r".{1,7}[办所站室局科组队委厅]|.{1,6}中心|.{1,6}部门?")

_ORGAN = re.compile(r"[\u4e00-\u9fff]{2,30}(?:府|院|会|部|厅|局|委|办|室|所|站|中心|公司|镇|乡|街道)")
# A column of bare counts under one of these is no column of 文号; under 文号 it is, short as it may be.
_VAGUE = frozenset({"编号", "number", "文件编号", "发文编号", "来文编号", "docno"})


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a column, each as a share (0 to 1) of its filled cells."""

    filled: int = 0
    dates: float = 0.0
    numbers: float = 0.0  # 文号
    counts: float = 0.0  # whole numbers, bare or with 份
    titles: float = 0.0
    links: float = 0.0
    departments: float = 0.0
    organs: float = 0.0
    is_rising: bool = False  # whole numbers, each one more than the one before, nearly


def heading_key(text: str) -> str:
    """Return a heading as it is compared and remembered: NFKC, lower case, letters, digits and hanzi only."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def is_heading(text: str) -> bool:
    """Say whether text is a word offices write over a column, in any register."""
    return len(text) <= _LONGEST and any(key in _all_words() for key in _keys(text))


def is_part(text: str) -> bool:
    """Say whether text may stand below another heading: 月 and 日 below 收文日期, 单位 below 来文."""
    return heading_key(text) in _PARTS or is_heading(text)


def is_ditto(cell: Cell) -> bool:
    """Say whether a cell is a mark for what stands above it: 〃, 同 上."""
    return isinstance(cell, str) and len(cell) <= _LONGEST_DITTO and "".join(cell.split()) in DITTO


def is_line_number(text: str) -> bool:
    """Say whether text heads a mere line number (序号) rather than the office's own number (收文号)."""
    return heading_key(text) in BY_REGISTER["receipt"][LINE]


def is_core(text: str) -> bool:
    """Say whether text is one of the headings without which no ledger is: title or 文号."""
    return any(key in _core_words() for key in _keys(text))


def guess_title(titles: Iterable[str]) -> str:
    """Return "receipt" or "dispatch" from titles or names, "" when they do not say or say both."""
    text = " ".join(titles)
    is_receipt, is_dispatch = "收文" in text or "来文" in text, "发文" in text
    return "" if is_receipt == is_dispatch else "receipt" if is_receipt else "dispatch"


def is_usual(register: Register, key: str, field: str) -> bool:
    """Say whether a heading (as heading_key gives it) stands for field in most offices' books."""
    return key in BY_REGISTER[register.name].get(field, ())


def guess_register(words: Iterable[str]) -> str:
    """Return "receipt" or "dispatch" from headings, "" when they do not say."""
    text = " ".join(words)
    receipt = sum(text.count(sign) for sign in RECEIPT_SIGNS)
    dispatch = sum(text.count(sign) for sign in DISPATCH_SIGNS)
    if receipt == dispatch:
        return ""
    return "receipt" if receipt > dispatch else "dispatch"


def look_at_column(cells: Iterable[Cell]) -> Content:
    """Say what stands in a column, from its first two hundred filled cells."""
    sample: list[Cell] = []
    for cell in cells:
        if cell != "" and (not isinstance(cell, str) or (not is_ditto(cell) and cell.strip() not in NOTHING)):
            sample.append(cell)
            if len(sample) == _SAMPLE:
                break
    if not sample:
        return Content()
    texts = [unicodedata.normalize("NFKC", cell).strip() if isinstance(cell, str) else "" for cell in sample]
    wholes = [_whole(cell, text) for cell, text in zip(sample, texts, strict=True)]
    size = len(sample)
    steps = [after - before for before, after in pairwise(wholes) if before >= 0 <= after]

    def share(count: int) -> float:
        return count / size

    return Content(
        filled=size,
        dates=share(sum(map(_is_date, sample, texts, wholes))),
        numbers=share(sum(1 for text in texts if _NUMBER.fullmatch(text) and len(text) <= 40)),
        counts=share(sum(1 for whole in wholes if whole >= 0)),
        titles=share(sum(1 for text in texts if len(text) >= 8 and _TITLE_WORDS.search(text))),
        links=share(sum(1 for text in texts if text.startswith(("http://", "https://", "www.")))),
        departments=share(sum(1 for text in texts if len(text) <= 9 and _DEPARTMENT.fullmatch(text))),
        organs=share(sum(1 for text in texts if _ORGAN.fullmatch(text))),
        is_rising=len(steps) >= size // 2 > 0 and sum(1 for step in steps if step == 1) >= len(steps) * 0.8,
    )


def assign(
    register: Register, headings: Sequence[str], contents: Sequence[Content], remembered: Mapping[str, str]
) -> list[str]:
    """Return the field of each column: each field once, the clerk's own choice first, then the likeliest.

    "remarks" for a column nobody knows (its text is kept there with its heading), "" for one to leave out.
    """
    fields: list[str | None] = [None] * len(headings)
    taken: set[str] = set()
    known = {*(field.name for field in register.fields), register.number_name, LINE, STATUS, VOID_REASON, VOIDED_ON}
    for column, heading in enumerate(headings):
        chosen = remembered.get(heading_key(heading)) if heading else None
        if chosen == "" or (chosen in known and (chosen == REMARKS or chosen not in taken)):
            fields[column] = chosen
            taken.add(chosen or "")
    candidates = [
        (worth, -column, name)
        for column, heading in enumerate(headings)
        if fields[column] is None
        for name, worth in _candidates(register, heading, contents[column])
    ]
    for _, column, name in sorted(candidates, reverse=True):
        if fields[-column] is None and name not in taken:
            fields[-column] = name
            taken.add(name)
    _fill_essentials(register, headings, contents, fields, taken)
    return [_rest(heading, contents[c]) if fields[c] is None else fields[c] or "" for c, heading in enumerate(headings)]


def _rest(heading: str, content: Content) -> str:
    """Return where an unknown column goes: into the remarks, unless there is nothing in it a person reads."""
    if not content.filled or content.links > 0.5 or heading_key(heading) in LEFT_OUT or is_line_number(heading):
        return ""
    return REMARKS


def _candidates(register: Register, heading: str, content: Content) -> Iterable[tuple[str, float]]:
    """Yield the fields heading may mean, with how sure it is: an exact word, the same without brackets, a part."""
    for place, key in enumerate(_keys(heading)):
        exact = _words(register.name).get(key, ())
        for name, rank in exact:
            # 收文编号 is theirs even where it is written like a 文号; 收文字号 may be either.
            is_sure = name == "doc_number" or (name == "number" and "doc_number" not in dict(exact))
            is_sure = is_sure and key not in _VAGUE and content.titles <= 0.6
            worth = 100 - rank - 10 * place + (0 if is_sure else _fit(register, name, content))
            if worth > 0:
                yield name, worth
        if exact:
            return
    key = heading_key(heading)
    if not 2 < len(key) <= _LONGEST:
        return
    for word, names in _words(register.name).items():
        # The last word says what it is (承办情况 is no 承办), but for an empty word behind it (主送单位名称).
        if len(word) >= 2 and (key.endswith(word) or (key.startswith(word) and key[len(word) :] in _EMPTY_WORDS)):
            for name, rank in names:
                worth = 45 + 5 * len(word) - rank + _fit(register, name, content)
                if worth > 0:
                    yield name, worth


def _fit(register: Register, name: str, content: Content) -> float:
    """Return how much the column's content speaks for a field (up to 8), or that it cannot be that field."""
    if content.filled < 2 or name in (STATUS, VOID_REASON, VOIDED_ON, "reference_code"):
        return 0
    if name in (LINE, "number"):
        return _NEVER if content.numbers > 0.5 or content.titles > 0.5 else 0
    if name == "doc_number":
        return 8 if content.numbers > 0.5 else _NEVER if content.counts > 0.7 or content.titles > 0.6 else 0
    kind = register.field(name).kind
    is_against = (
        (kind is Kind.DATE and content.dates + content.counts < 0.3)
        or (kind is Kind.INTEGER and content.counts < 0.3)
        or (kind in (Kind.NAME, Kind.LONG_TEXT) and content.links > 0.5)
        or (name == "title" and (content.numbers > 0.5 > content.titles or content.counts > 0.7))
        or (name == "sender" and content.titles > 0.6)
        # 拟办 over the names of departments says who is to do it.
        or (name == "proposed_action" and content.departments > 0.7)
    )
    if is_against:
        return _NEVER
    return 4 if name == "title" and content.titles > 0.5 else 0


def _fill_essentials(
    register: Register,
    headings: Sequence[str],
    contents: Sequence[Content],
    fields: list[str | None],
    taken: set[str],
) -> None:
    """Find by content what no heading named: the number, the title, the date, the sender, the line number."""
    wanted: list[tuple[str, Callable[[Content], bool]]] = [
        ("doc_number", lambda content: content.numbers > 0.5),
        ("title", lambda content: content.titles > 0.5),
        (register.dated_by, lambda content: content.dates > 0.6),
        (LINE, lambda content: content.is_rising),
    ]
    if register.name == "receipt":
        wanted += [
            ("sender", lambda content: content.filled > 1 and content.organs > 0.7),
            ("lead_dept", lambda content: content.filled > 1 and content.departments > 0.7),
        ]
    for name, fits in wanted:
        for column, content in enumerate(contents):
            if name not in taken and fields[column] is None and fits(content) and _may_be(name, headings[column]):
                fields[column] = name
                taken.add(name)


def _may_be(name: str, heading: str) -> bool:
    """Say whether a column under heading may be taken for a field by its content alone."""
    if name == "lead_dept":
        return heading_key(heading) in BY_REGISTER["receipt"]["proposed_action"]
    return not heading or (name in ("doc_number", "title") and not is_heading(heading))


def _whole(cell: Cell, text: str) -> int:
    """Return the whole number a cell holds, -1 when it holds none."""
    if isinstance(cell, bool):
        return -1
    if isinstance(cell, (int, float)):
        return int(cell) if cell == cell and 0 <= cell < 1_000_000 and cell == int(cell) else -1
    digits = text.rstrip("份件号页张")
    if digits.isdecimal() and len(digits) <= 9:
        return int(digits)
    return "零一二三四五六七八九十".find(digits) if len(digits) == 1 else -1


def _is_date(cell: Cell, text: str, whole: int) -> bool:
    if isinstance(cell, (date, datetime)):
        return True
    if whole >= 0:
        return 20_000 < whole < 80_000 or 19_490_000 < whole < 21_010_000
    if isinstance(cell, (int, float)):
        return cell == cell and (19_490_000 < cell < 21_010_000 or (1 <= cell < 13 and cell != int(cell)))
    return len(text) <= 30 and _DATE.fullmatch(text) is not None


def _keys(text: str) -> list[str]:
    """Return the key of a heading, and without what stands in brackets where there is some: 承办单位(人)."""
    key = heading_key(text)
    bare = heading_key(_IN_BRACKETS.sub("", text)) if "(" in text or "（" in text else key
    return [key] if bare in (key, "") else [key, bare]


@cache
def _words(register: str) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Return every known word of a register with the fields it may mean and its place among their words."""
    words: dict[str, tuple[tuple[str, int], ...]] = {}
    for name, spellings in BY_REGISTER[register].items():
        for rank, word in enumerate(spellings):
            words[word] = (*words.get(word, ()), (name, rank))
    return words


@cache
def _all_words() -> frozenset[str]:
    return frozenset(word for register in BY_REGISTER for word in _words(register)) | LEFT_OUT


@cache
def _core_words() -> frozenset[str]:
    core = {word for words in BY_REGISTER.values() for name in ("title", "doc_number") for word in words[name]}
    return frozenset(core - {"编号", "number", "文件", "公文", "名称", "内容"} | {"文件", "名称", "内容"})
