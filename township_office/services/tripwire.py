# SPDX-License-Identifier: MulanPSL-2.0
"""The trip-wire: a text with a state-secret mark is refused at every door, and the fact alone is noted in the log.

Never the text: a note of what was refused would be what was refused (保密法 arts. 29, 31). Every service that takes in
texts asks here and not core.values, so that none forgets to note it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from township_office.core import values
from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Book, Draft, Kind, Problem, Value
from township_office.core.gate import clean_text, has_secret_mark
from township_office.core.text import t
from township_office.services import logbook

log = logging.getLogger(__name__)

_NOTE = re.compile(r"(\S+ \S+),\d+ WARNING \S+\.tripwire refused a text: (\S+), clerk: (.*)")


@dataclass(frozen=True, slots=True)
class Refusal:
    """That a text was refused: when (local time, to the second), where (receipt.title), and whose it was."""

    at: str
    place: str
    clerk: str


def clean(book: Book, draft: Draft, today: date, clerk: str, *, lenient: bool = False) -> dict[str, Value]:
    """See core.values.clean."""
    try:
        return values.clean(book, draft, today, lenient=lenient)
    except Invalid as error:
        note_problems(book.name, error.problems, clerk)
        raise


def read(
    book: Book, draft: Draft, today: date, clerk: str, *, lenient: bool = False
) -> tuple[dict[str, Value], list[Problem]]:
    """See core.values.read."""
    record, problems = values.read(book, draft, today, lenient=lenient)
    note_problems(book.name, problems, clerk)
    return record, problems


def refuse_fields(book: Book, draft: Draft, clerk: str) -> None:
    """Raise Invalid naming the fields of a draft that bear a mark, before anything else is made of their texts.

    What is chosen from a list is not among them: 机密★10年 as the level of a guarded paper is chosen anew.
    """
    problems = [
        Problem(field.name, t("problem.secret_mark", label=field.label), is_secret=True)
        for field in book.fields
        if field.kind is not Kind.CHOICE and has_secret_mark(clean_text(draft.get(field.name, "")))
    ]
    note_problems(book.name, problems, clerk)
    if problems:
        raise Invalid(problems)


def refuse(place: str, *texts: str, clerk: str = "") -> None:
    """Raise OfficeError when a text that is kept outside a row's fields bears a state-secret mark."""
    if any(map(has_secret_mark, texts)):
        note(place, clerk)
        raise OfficeError("error.secret_mark")


def refuse_name(place: str, path: Path, clerk: str = "") -> None:
    """Raise OfficeError when the name of a file or of a folder above it bears one: it would stand in lists and logs."""
    if has_secret_mark(str(path.absolute())):
        note(place, clerk)
        raise OfficeError("error.secret_name")


def note_problems(place: str, problems: Iterable[Problem], clerk: str) -> None:
    """Note each field whose text was refused for its mark."""
    for problem in problems:
        if problem.is_secret:
            note(f"{place}.{problem.field}", clerk)


def note(place: str, clerk: str = "") -> None:
    """Write down that a text was refused, where and whose."""
    log.warning("refused a text: %s, clerk: %s", place, clerk)


def noted() -> list[Refusal]:
    """Return what this PC noted, the oldest first. What the same clerk was refused again at once counts once."""
    found: dict[tuple[str, str, str], Refusal] = {}
    for line in logbook.lines():
        if (words := _NOTE.fullmatch(line)) is not None:
            at, place, clerk = words.groups()
            found.setdefault((at[:16], place, clerk), Refusal(at, place, clerk))
    return list(found.values())
