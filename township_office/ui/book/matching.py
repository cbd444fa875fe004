# SPDX-License-Identifier: MulanPSL-2.0
"""Where in a shown text the sought one stands, so that it can be marked. Finding rows is services.search's work."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

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
