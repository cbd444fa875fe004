# SPDX-License-Identifier: MulanPSL-2.0
"""Turn typed text into values, and values into the text a person reads."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import assert_never

from township_office.core.dates import parse_date, parse_moment, show_date
from township_office.core.docnumber import canonical_doc_number
from township_office.core.errors import Invalid
from township_office.core.fields import Book, Draft, Field, Kind, Problem, Value
from township_office.core.gate import clean_text, has_secret_mark
from township_office.core.text import t

YES, NO = "是", "否"
LARGEST = 999_999

_PASTE = 100_000  # characters; more is no entry but a slip of the hand, refused before it is looked at
_COUNT = re.compile(r"(\d+)\s*[份件页张册本]?")
_CHINESE_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
SECRET_LEVELS = ("绝密", "机密", "秘密")
_YES_WORDS = frozenset({"是", "1", "y", "yes", "true", "√", "✓", "有", "对"})
_NO_WORDS = frozenset({"否", "0", "n", "no", "false", "×", "无", "不"})


class SecretMark(ValueError):
    """The text bears the mark, the number or the level of a state secret."""


def parse(field: Field, text: str, today: date) -> Value:
    """Read what was typed for field; raise ValueError with one sentence that says what to do.

    Empty text is None. State-secret marks are refused with SecretMark (保密法 art. 31): such paper belongs in 涉密.
    """
    text = _gated(field, text)
    if not text:
        return None
    match field.kind:
        case Kind.TEXT | Kind.LONG_TEXT | Kind.NAME:
            return _plain(field, text)
        case Kind.DOC_NUMBER:
            return _plain(field, canonical_doc_number(text))
        case Kind.DATE:
            try:
                return parse_date(text, today)
            except ValueError:
                raise ValueError(t("problem.bad_date", label=field.label)) from None
        case Kind.MOMENT:
            try:
                return parse_moment(text, datetime.combine(today, datetime.now().time()))
            except ValueError:
                raise ValueError(t("problem.bad_moment", label=field.label)) from None
        case Kind.INTEGER:
            return _count(field, text)
        case Kind.CHOICE:
            return _choice(field, text)
        case Kind.YES_NO:
            return _yes_no(field, text)
        case _ as unreachable:
            assert_never(unreachable)


def show(field: Field, value: Value) -> str:
    """Return value as the clerk reads it on screen, on paper and in Excel."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or field.kind is Kind.YES_NO:
        return YES if value else NO
    return show_date(value) if isinstance(value, date) else str(value)


def clean(register: Book, draft: Draft, today: date, *, lenient: bool = False) -> dict[str, Value]:
    """Turn a draft into a record of every field, or raise Invalid with every problem found.

    lenient (papers of former years): a required field may be empty and dates may contradict each other.
    """
    whole = {field.name: draft.get(field.name, "") for field in register.fields}
    record, problems = read(register, whole, today, lenient=lenient)
    if not problems and not lenient:
        problems.extend(register.check(record))
    if problems:
        raise Invalid(problems)
    return record


def read(book: Book, draft: Draft, today: date, *, lenient: bool = False) -> tuple[dict[str, Value], list[Problem]]:
    """Read the fields named in draft; return their values and what is wrong with the others."""
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, text in draft.items():
        field = book.field(name)
        try:
            value = parse(field, text, today)
            if value is None and field.required and not lenient:
                raise ValueError(t("problem.required", label=field.label))
            values[name] = value
        except ValueError as error:
            problems.append(Problem(name, str(error), is_secret=isinstance(error, SecretMark)))
    return values, problems


def _gated(field: Field, text: str) -> str:
    if len(text) > _PASTE:
        raise ValueError(t("problem.too_long", label=field.label, limit=field.max_length, length=len(text)))
    text = clean_text(text, lines=field.kind is Kind.LONG_TEXT)
    if field.kind is not Kind.CHOICE and has_secret_mark(text):
        raise SecretMark(t("problem.secret_mark", label=field.label))
    return text


def _plain(field: Field, text: str) -> str:
    if len(text) > field.max_length:
        raise ValueError(t("problem.too_long", label=field.label, limit=field.max_length, length=len(text)))
    return text


def _count(field: Field, text: str) -> int:
    number = _CHINESE_DIGITS.get(text.rstrip("份件页张册本"))
    if number is None:
        found = _COUNT.fullmatch(unicodedata.normalize("NFKC", text))
        number = int(found[1]) if found and len(found[1]) <= 6 else -1
    if not 0 <= number <= LARGEST:
        raise ValueError(t("problem.bad_integer", label=field.label))
    return number


def _choice(field: Field, text: str) -> str:
    if text in field.choices:
        return text
    if field.name == "secrecy_level" and any(level in text for level in SECRET_LEVELS if level not in field.choices):
        raise SecretMark(t("problem.secret_level"))
    if has_secret_mark(text) and not set(SECRET_LEVELS) & set(field.choices):
        raise SecretMark(t("problem.secret_mark", label=field.label))
    raise ValueError(t("problem.bad_choice", label=field.label, choices="、".join(field.choices)))


def _yes_no(field: Field, text: str) -> bool:
    word = text.casefold()
    if word in _YES_WORDS:
        return True
    if word in _NO_WORDS:
        return False
    raise ValueError(t("problem.bad_choice", label=field.label, choices=f"{YES}、{NO}"))
