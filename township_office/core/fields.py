# SPDX-License-Identifier: MulanPSL-2.0
"""The vocabulary every register is written in: Kind, Field, Register, Child, Problem.

Nothing here knows about Qt, SQL, PDF or Excel. Each of those rooms reads these
definitions; the definitions read nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Value = str | int | date | bool | None
Record = Mapping[str, Value]
Draft = Mapping[str, str]


class Kind(StrEnum):
    """How a value is typed, stored and shown. A closed list, kept under ten."""

    TEXT = "text"
    LONG_TEXT = "long_text"  # may hold line breaks; wraps on screen and on paper
    NAME = "name"  # a unit or a person: completed from what was typed before
    DOC_NUMBER = "doc_number"  # 文号: any spelling is read, the canonical one is kept
    DATE = "date"
    MOMENT = "moment"  # a day and the time of day, kept and shown as "2026-11-20 09:15"; the time may be unknown
    INTEGER = "integer"
    CHOICE = "choice"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a register: a line in the form, a column in the table, in the book and in Excel."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    max_length: int = 200
    width: int = 12  # in characters of the screen table and of the printed book
    default: str = ""  # a draft's first text, in the words a clerk would type ("今天")
    shown: bool = True  # in table, form and book at first; the office shows or hides the rest
    searched: bool = True

    @property
    def is_spoken(self) -> bool:
        """Whether it is found by its pinyin initials too: names, and what a paper is called."""
        return self.searched and (self.kind is Kind.NAME or self.name == "title")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with what the clerk typed, in words the clerk reads; is_secret: it is a state secret's mark."""

    field: str
    message: str
    is_secret: bool = False


def no_check(record: Record) -> Iterable[Problem]:
    """The default cross-field check: nothing to object to."""
    return ()


@dataclass(frozen=True, slots=True)
class Register:
    """One of the office's books: its name, its columns and its rules."""

    name: str
    title: str
    fields: tuple[Field, ...]
    number_label: str  # what the office calls the number of a row: 收文编号, 发文字号
    number_name: str  # its name in JSON and in drafts
    dated_by: str  # the DATE field whose year the number counts in
    check: Callable[[Record], Iterable[Problem]] = no_check

    def field(self, name: str) -> Field:
        """Return the field called name; a wrong name is a programming error (KeyError)."""
        return _field(self.fields, name)


@dataclass(frozen=True, slots=True)
class Child:
    """Rows that each belong to one row of a register: the readers of a paper, the units a document went to."""

    name: str
    title: str
    parent: str  # name of the register
    fields: tuple[Field, ...]
    check: Callable[[Record], Iterable[Problem]] = no_check

    def field(self, name: str) -> Field:
        """Return the field called name; a wrong name is a programming error (KeyError)."""
        return _field(self.fields, name)


Book = Register | Child


def _field(fields: tuple[Field, ...], name: str) -> Field:
    for field in fields:
        if field.name == name:
            return field
    raise KeyError(name)
