# SPDX-License-Identifier: MulanPSL-2.0
"""Where in a shown text the sought one stands, so that it can be marked. Finding rows is services.search's work."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from township_office.core.searchkeys import letters_of, may_be_initials, spell

_BRACKETS = str.maketrans(dict.fromkeys("〔[［【「『〈《（﹝", "(") | dict.fromkeys("〕]］】」』〉》）﹞", ")"))


@dataclass(frozen=True, slots=True)
class Match:
    """Characters start to end (not included) of a text."""

    start: int
    end: int


@lru_cache(maxsize=4096)
def find_match(text: str, sought: str) -> Match | None:
    """Return where sought stands in text, brackets, width, case and blanks not minded; None when it does not.

    Of several words the first that stands there is returned.
    """
    folded, places = _folded(text)
    for word in sought.split():
        needle = _folded(word)[0]
        at = folded.find(needle) if needle else -1
        if at >= 0:
            return Match(places[at], places[at + len(needle) - 1] + 1)
    return None


@lru_cache(maxsize=4096)
def find_heard(text: str, sought: str) -> Match | None:
    """Return where the characters stand whose pinyin initials are sought: 县委办 for "xwb"; None when they do not.

    The pinyin table has to be read already (core.searchkeys.is_warm): whoever paints cannot wait for it.
    """
    words = [word for word in map(spell, sought.split()) if may_be_initials(word)]
    readings = [(letters, "".join(letters)) for letters in letters_of(text)] if words else []
    for word in words:
        for letters, heard in readings:
            at = heard.find(word)
            if at >= 0:
                places = [place for place, part in enumerate(letters) for _ in part]
                return Match(places[at], places[at + len(word) - 1] + 1)
    return None


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the compared form of text and, for each of its characters, its place in text."""
    characters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for part in unicodedata.normalize("NFKC", sign).casefold().translate(_BRACKETS):
            if not part.isspace():
                characters.append(part)
                places.append(place)
    return "".join(characters), places
