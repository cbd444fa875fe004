# SPDX-License-Identifier: MulanPSL-2.0
"""Find rows by any piece of their text as the clerk types: the whole register as a few long strings in memory.

Why not FTS5: its trigram tokenizer cannot see two-character words (防汛, 低保), and half of
what clerks look for has two characters. str.rfind over 100,000 rows takes a few milliseconds
and is exact for any length. Each year is a page of two strings, texts and pinyin initials, one
line for a row, so that a Chinese word is never looked for among the initials.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import chain

from township_office.core.fields import Register
from township_office.core.searchkeys import may_be_initials
from township_office.store import views
from township_office.store.database import Database

Tokens = Sequence[str]
Later = tuple[int, str, str]  # year, search text and initials of a row written after the pages

_NO_YEAR = 0
_GONE: Later = (_NO_YEAR, "", "")
_BLOCK = 400  # rows read at once: larger pieces would stay behind in memory, half as much again as the index
_LINES = """
SELECT group_concat(id, ' '), group_concat(search_text, char(10)), group_concat(initials, char(10))
FROM (SELECT id, search_text, initials FROM {register} WHERE entry <> 'revoked' AND year IS ? AND id > ? ORDER BY id
      LIMIT {block})
"""
_ONE = "SELECT coalesce(year, ?), entry, search_text, initials FROM {register} WHERE id = ?"


class _Lines:
    """One string of many lines, and where each begins."""

    __slots__ = ("_starts", "_text")

    def __init__(self, blocks: Sequence[str]) -> None:
        self._text = text = "".join(blocks)
        self._starts: array[int] = array("I", [0])
        start = 0
        while start := text.find("\n", start) + 1:
            self._starts.append(start)

    def last(self, token: str, limit: int) -> int:
        """Return the last line up to limit that holds token, -1 when there is none."""
        found = self._text.rfind(token, 0, self._starts[limit + 1])
        return bisect_right(self._starts, found) - 1 if found >= 0 else -1


class _Seeker:
    """Goes down the lines from one that holds a token to the next; each part of the text is looked at once."""

    __slots__ = ("_at", "_lines", "_token")

    def __init__(self, lines: _Lines, token: str, end: int) -> None:
        self._lines = lines
        self._token = token
        self._at = end

    def last(self, limit: int) -> int:
        if self._at > limit:
            self._at = self._lines.last(self._token, limit)
        return self._at


@dataclass(frozen=True, slots=True)
class _Page:
    """The rows of one year, oldest first."""

    ids: array[int]
    texts: _Lines
    initials: _Lines

    def hits(self, tokens: Tokens) -> Iterator[int]:
        """Yield the ids of the rows that hold every token, newest first."""
        place = len(self.ids)
        seekers = [
            [_Seeker(lines, token, place).last for lines in self._lines_for(token)]
            for token in sorted(tokens, key=len, reverse=True)
        ]
        place -= 1
        while place >= 0:
            start = place
            for ways in seekers:
                place = max([last(place) for last in ways])
                if place < 0:
                    return
            if place == start:
                yield self.ids[place]
                place -= 1

    def _lines_for(self, token: str) -> tuple[_Lines, ...]:
        return (self.texts, self.initials) if may_be_initials(token) else (self.texts,)


class SearchIndex:
    """The searchable text of one register; rows written later lie in a small layer above it."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._pages: dict[int, _Page] = {}
        self._later: dict[int, Later] = {}
        self.is_loaded = False

    def load(self, db: Database) -> None:
        """Read the whole register; SQLite joins the lines itself, so other threads of ours hardly wait."""
        pages = {}
        for year in [*views.years(db, self._register), None]:
            page = self._read(db, year)
            if page.ids:
                pages[year or _NO_YEAR] = page
        self._pages = dict(sorted(pages.items(), reverse=True))
        self._later = {}
        self.is_loaded = True

    def _read(self, db: Database, year: int | None) -> _Page:
        sql = _LINES.format(register=self._register.name, block=_BLOCK)
        ids: array[int] = array("q")
        texts: list[str] = []
        initials: list[str] = []
        while True:
            some, *lines = db.conn.execute(sql, [year, ids[-1] if ids else 0]).fetchone()
            if some is None:
                return _Page(ids, _Lines(texts), _Lines(initials))
            ids.extend(map(int, some.split(" ")))
            texts.append(lines[0] + "\n")
            initials.append(lines[1] + "\n")

    def refresh(self, db: Database, row_id: int) -> Later:
        """Take in a row that was just added or changed; return what is to be known of it."""
        sql = _ONE.format(register=self._register.name)
        found = db.conn.execute(sql, [_NO_YEAR, row_id]).fetchone()
        later = _GONE if found is None or found[1] == "revoked" else (found[0], found[2], found[3])
        self._later[row_id] = later
        return later

    def note(self, later: Mapping[int, Later]) -> None:
        """Take in rows by what refresh returned for them."""
        self._later.update(later)

    def hits(
        self, queries: Sequence[Tokens], year: int | None = None, within: Collection[int] | None = None
    ) -> Iterator[int]:
        """Yield the ids of the rows that hold every token (folded text) of any query, newest first, lazily."""
        queries = [tokens for tokens in queries if tokens]
        later = dict(self._later)
        years = {row_year for row_year, _, _ in later.values()}.union(self._pages) if year is None else {year}
        for each in sorted(years, reverse=True) if queries else ():
            found = [
                row_id
                for row_id, (row_year, *keys) in sorted(later.items(), reverse=True)
                if row_year == each and any(holds(keys, tokens) for tokens in queries)
            ]
            sources: list[Iterable[int]] = [found] if found else []
            if each in self._pages:
                below = (self._pages[each].hits(tokens) for tokens in queries)
                sources += [(row_id for row_id in ids if row_id not in later) if later else ids for ids in below]
            last = 0
            for row_id in merge(*sources, reverse=True) if len(sources) > 1 else chain(*sources):
                if row_id != last and (within is None or row_id in within):
                    yield row_id
                last = row_id


def holds(keys: Sequence[str], tokens: Tokens) -> bool:
    """Return whether every token is in one of a row's keys (search text, initials)."""
    return all(any(token in key for key in keys) for token in tokens)
