# SPDX-License-Identifier: MulanPSL-2.0
"""Read one cell of a ledger as one field: what a clerk wrote, in any way, becomes a value or is kept as text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from typing import NamedTuple, assert_never

from township_office.core.dates import parse_moment
from township_office.core.docnumber import canonical_doc_number, find_doc_number, usual_doc_number
from township_office.core.fields import Field, Kind, Value
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.core.values import LARGEST, NO, YES
from township_office.exchange.headings import heading_key
from township_office.exchange.natives import Cell
from township_office.exchange.synonyms import BY_REGISTER, CHOICE_WORDS, NO_NUMBER, NO_WORDS, NOTHING, YES_WORDS

_SECRET = re.compile("绝密|机密|秘密|★|☆|^[绝机秘密]{1,2}$")
_LABEL = re.compile(r"([\u4e00-\u9fff][\u4e00-\u9fff\s]{0,7})\s*[：:]\s*(?=\S)")
_ANNOTATION = re.compile(r"\s*[（(\[【]\s*(原件|复印件|扫描件|传真件|抄件|影印件|电子版|纸质版|复制件)\s*[）)\]】]\s*$")
_COUNT = re.compile(r"[共计各约]?\s*(\d{1,9})\s*[份件页张册本套个]?")
_CHINESE_COUNT = re.compile(r"[共计各]?([一二两三四五六七八九十百]{1,5})[份件页张册本套个]?")
_DIGITS = "〇一二三四五六七八九"


class Reading(NamedTuple):
    """What a cell says: its value, words for the remarks that would be lost otherwise, and what to tell the clerk."""

    value: Value = None
    remark: str = ""
    message: str = ""
    is_secret: bool = False


EMPTY = Reading()


def text_of(cell: Cell) -> str:
    """Return a cell as its sheet shows it, near enough: whole numbers without .0, days in ISO form."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)


def reader(field: Field, heading: str, *, to_the_letter: bool = False) -> Callable[[Cell], Reading]:
    """Return the function that reads a column of field; heading is what stands over it. For all kinds but DATE.

    to_the_letter: the cells are an export of ours, where no mark stands for anything else and no title is dressed up.
    """
    if to_the_letter and field.kind in (Kind.TEXT, Kind.NAME, Kind.LONG_TEXT):
        return lambda cell: Reading(clean_text(text_of(cell), lines=field.kind is Kind.LONG_TEXT) or None)
    if to_the_letter and field.kind is Kind.DOC_NUMBER:
        return lambda cell: Reading(canonical_doc_number(clean_text(text_of(cell))) or None)
    match field.kind:
        case Kind.DOC_NUMBER:
            return _read_number
        case Kind.INTEGER:
            return lambda cell: _read_count(field, cell)
        case Kind.CHOICE:
            return lambda cell: _read_choice(field, cell)
        case Kind.YES_NO:
            return lambda cell: _read_yes_no(field, cell)
        case Kind.TEXT | Kind.NAME | Kind.LONG_TEXT:
            if field.name == "title":
                return lambda cell: _read_title(cell)
            own = {word for words in BY_REGISTER.values() for word in words.get(field.name, ())} | {
                heading_key(heading)
            }
            return lambda cell: _read_text(field, cell, own)
        case Kind.MOMENT:
            return lambda cell: _read_moment(field, cell)
        case Kind.DATE:
            raise ValueError(field.name)
        case _ as unreachable:
            assert_never(unreachable)


def read_number_text(cell: Cell) -> str:
    """Return a running number as written (收文号, 序号), "" when the cell holds none."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    text = clean_text(text_of(cell))
    return "" if text in NOTHING or text in NO_NUMBER else text


def read_own_number(cell: Cell) -> str:
    """Return a 发文字号 in canonical spelling, "" when the cell holds none."""
    text = read_number_text(cell)
    if "：" in text and (label := _LABEL.match(text)):
        text = text[label.end() :]
    return canonical_doc_number(text) if text else ""


def split_number(title: str) -> tuple[str, str]:
    """Return title and 文号 of a cell that holds both, the number in front or at the end; "" when there is none."""
    found = find_doc_number(title)
    if found is None:
        return title, ""
    start, end, number = found
    rest = (title[:start] + title[end:]).strip(" ,，、;；:：/")
    at_edge = not title[:start].strip() or not title[end:].strip(" 。")
    return (rest, number.text) if at_edge and rest else (title, "")


def kept(label: str, text: str) -> Reading:
    """Return the reading of a cell that is not what its column should hold: its text goes to the remarks."""
    return Reading(
        None, t("exchange.kept", label=label, text=text), t("exchange.not_readable", label=label, text=_short(text))
    )


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"


def _read_text(field: Field, cell: Cell, own_words: set[str]) -> Reading:
    text = clean_text(text_of(cell), lines=field.kind is Kind.LONG_TEXT)
    if text in NOTHING:
        return EMPTY
    if (label := _LABEL.match(text)) and field.kind is not Kind.LONG_TEXT and heading_key(label[1]) in own_words:
        text = text[label.end() :]
    return Reading(text)


def _read_title(cell: Cell) -> Reading:
    text = clean_text(text_of(cell))
    if not text or text in NOTHING:
        return EMPTY
    remark = ""
    if text.endswith(("）", ")", "】", "]")) and (note := _ANNOTATION.search(text)) and note.start():
        text, remark = text[: note.start()], note[1]
    if text.endswith("。") and len(text) > 1:
        text = text.rstrip("。")
    if (label := _LABEL.match(text)) and heading_key(label[1]) in _title_words():
        text = text[label.end() :]
    if "〈" in text and "《" not in text:
        text = text.replace("〈", "《").replace("〉", "》")  # the outer marks of a name are double (GB/T 15834)
    return Reading(text or None, remark)


def _title_words() -> tuple[str, ...]:
    return BY_REGISTER["receipt"]["title"]


def _read_number(cell: Cell) -> Reading:
    # Ten thousand different ones, nearly all of them without a label or a blank to take off.
    text = (usual_doc_number(cell) if isinstance(cell, str) else "") or read_own_number(cell)
    return Reading(text) if text else EMPTY


def _read_moment(field: Field, cell: Cell) -> Reading:
    text = clean_text(text_of(cell))
    if text in NOTHING:
        return EMPTY
    try:
        return Reading(parse_moment(text, datetime.now()))
    except ValueError:
        return kept(field.label, text)


def _read_count(field: Field, cell: Cell) -> Reading:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if 0 <= cell <= LARGEST and cell == int(cell):
            return Reading(int(cell))
        return kept(field.label, text_of(cell))
    text = unicodedata.normalize("NFKC", clean_text(text_of(cell)))
    if text in NOTHING:
        return EMPTY
    if found := _COUNT.fullmatch(text):
        number = int(found[1])
    elif found := _CHINESE_COUNT.fullmatch(text):
        number = _chinese(found[1])
    else:
        number = -1
    return Reading(number) if 0 <= number <= LARGEST else kept(field.label, text)


def _chinese(text: str) -> int:
    total = digit = 0
    for sign in text.replace("两", "二"):
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.index(sign)
    return total + digit


def _read_choice(field: Field, cell: Cell) -> Reading:
    text = clean_text(text_of(cell))
    if field.name == "secrecy_level" and _SECRET.search("".join(text.split()).replace("工作秘密", "")):
        return Reading(is_secret=True)
    if text in field.choices:
        return Reading(text)
    word = heading_key(text)
    if text in NOTHING or not word:
        return EMPTY
    if word in field.choices:
        return Reading(word)
    chosen = CHOICE_WORDS.get(field.name, {}).get(word)
    if chosen is None:
        return kept(field.label, text)
    return Reading(chosen or None)


def _read_yes_no(field: Field, cell: Cell) -> Reading:
    if isinstance(cell, bool):
        return Reading(cell)
    text = clean_text(text_of(cell))
    if text.casefold() in YES_WORDS:
        return Reading(value=True)
    if text.casefold() in NO_WORDS:
        return Reading(value=False)
    return EMPTY if text in NOTHING else kept(field.label, text)
