# SPDX-License-Identifier: MulanPSL-2.0
"""The copies of classified papers as the screen lists them: every one, how it stands, found by what is typed.

All of it happens in memory, over what the open vault holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from township_office.core.searchkeys import APART, initials_of, may_be_initials, spellings_of
from township_office.registers.confidential import bare_serial, shown_record
from township_office.registers.custody import State
from township_office.services.guarded import confidential
from township_office.services.guarded.custody import Held
from township_office.services.guarded.vault import Vault
from township_office.services.search import queries_of

VOID = "void"
STANDINGS = (*(state.value for state in State), VOID)  # in the order of the views


def every_copy(vault: Vault) -> list[Held]:
    """Return each copy of each paper, void ones too, the newest paper first."""
    return [Held(paper, copy) for paper in confidential.papers(vault) for copy in paper.copies.values()]


def standing_of(held: Held) -> str:
    """Return one of STANDINGS: where the copy is, VOID where its paper is void."""
    return VOID if held.paper.void is not None else held.copy.state.value


def year_of(held: Held) -> int:
    """Return the year the paper was received in."""
    return int(str(held.paper.record["received_on"])[:4])


def known_names(vault: Vault, field_name: str) -> list[str]:
    """Return what was entered before in a field for names, of a paper or of a step, the most frequent first."""
    counted: Counter[str] = Counter()
    for paper in confidential.papers(vault):
        said = [paper.record.get(field_name), *(step.values.get(field_name) for step in paper.steps)]
        counted.update(str(name) for name in said if name)
    return [name for name, _ in counted.most_common()]


class CopyFinder:
    """Finds among copies by number, 份号, holder, cabinet, list and page; in relaxed mode by sender and title too."""

    def __init__(self, helds: Sequence[Held], *, is_strict: bool = True) -> None:
        self._helds, self._is_strict = helds, is_strict
        self._spelt: list[str] = []
        self._heard: list[str] = []

    def hits(self, text: str) -> Iterator[int]:
        """Yield the places of the copies that hold every word of text, or the pinyin initials of a name."""
        queries = queries_of(text)
        if not self._spelt:
            self._spelt = spellings_of([APART.join(_words(held, is_strict=self._is_strict)) for held in self._helds])
        if not self._heard and any(may_be_initials(word) for query in queries for word in query):
            self._heard = initials_of([held.copy.holder for held in self._helds])
        for place, spelt in enumerate(self._spelt):
            heard = self._heard[place] if self._heard else ""
            if any(all(word in spelt or word in heard for word in query) for query in queries):
                yield place


def _words(held: Held, *, is_strict: bool) -> list[str]:
    paper, copy = held.paper, held.copy
    record = shown_record(paper.record, is_strict=is_strict)
    year, _, sequence = paper.number.partition("-")
    names = ("book_page", "doc_number", "sender", "title")
    return [
        paper.number, f"{year}-{sequence.lstrip('0')}", copy.serial, bare_serial(copy.serial), copy.holder,
        copy.cabinet_no, copy.list_no, *(str(record[name] or "") for name in names),
    ]  # fmt: skip
