# SPDX-License-Identifier: MulanPSL-2.0
"""Find anything at once: any piece of any column, pinyin initials, 文号 in any spelling."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from threading import Lock

from township_office.core.docnumber import parse_doc_number
from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.core.gate import clean_text, has_secret_mark
from township_office.core.searchkeys import fold, spell
from township_office.services import tripwire
from township_office.services.browsing import View
from township_office.services.office import Office, twin
from township_office.store import records, views
from township_office.store.records import Row
from township_office.store.search import Later, SearchIndex

_LONGEST = 200  # characters of a query that count


class Finder:
    """The searchable text of one register of one office, kept in memory while the register is on screen."""

    def __init__(self, office: Office, register: Register) -> None:
        self._office = office
        self._register = register
        self._index = SearchIndex(register)
        self._changing = Lock()
        self._refreshed: dict[int, Later] = {}
        self._standing: tuple[tuple[View, date], frozenset[int]] | None = None

    @property
    def is_ready(self) -> bool:
        """Whether load has been done; hits finds nothing before."""
        return self._index.is_loaded

    def load(self) -> None:
        """Read the register's text. Safe in a worker thread: it opens the file a second time for itself."""
        self._refreshed = {}
        index = SearchIndex(self._register)
        with twin(self._office) as own:
            index.load(own.db)
        with self._changing:  # what the clerk saved meanwhile is not lost
            index.note(self._refreshed)
            self._index = index

    def refresh(self, row_id: int) -> None:
        """Take in a row that was just added, changed or voided."""
        with self._changing:
            self._refreshed[row_id] = self._index.refresh(self._office.db, row_id)
        self._standing = None

    def hits(self, text: str, view: View, today: date) -> Iterator[int]:
        """Yield the ids of the rows of view that hold every word of text, newest first, as they are asked for."""
        return self._index.hits(
            queries_of(text), view.year, self._within(view, today) if view.state or view.part else None
        )

    def _within(self, view: View, today: date) -> frozenset[int]:
        """Return the rows of a standing; the clerk types several letters while looking at the same one."""
        if self._standing is None or self._standing[0] != (view, today):
            ids = views.row_ids(self._office.db, self._register, view.year, view.state, today, view.part)
            self._standing = ((view, today), frozenset(ids))
        return self._standing[1]


def queries_of(text: str) -> list[list[str]]:
    """Return the words to look for, in each way the text may be meant: as it stands, without zeros, as one 文号.

    Raise OfficeError for a state-secret mark: what is looked for is shown, and kept while it is.
    """
    text = clean_text(text[:_LONGEST])
    if has_secret_mark(text):
        tripwire.note("search")
        raise OfficeError("error.secret_search")
    words = text.split()
    queries = [[spell(word) for word in words], [fold(word) for word in words]]
    number = parse_doc_number(text) if any(sign.isdigit() for sign in text) else None
    if number is not None and number.year is not None and number.sequence is not None and number.code:
        canonical = fold(number.text)
        # 青政〔2026〕1 is still being typed: it finds 12号 too, and 1号 with it.
        if not all(word in canonical for word in queries[1]):
            queries.append([canonical])
    found: list[list[str]] = []
    for query in queries:
        tokens = [token for token in query if token]
        if tokens and tokens not in found:
            found.append(tokens)
    return found


def find(office: Office, register: Register, text: str, limit: int) -> list[Row]:
    """Return at most limit rows that hold text, newest first."""
    index = SearchIndex(register)
    index.load(office.db)
    return records.get_many(office.db, register, list(islice(index.hits(queries_of(text)), max(limit, 0))))
