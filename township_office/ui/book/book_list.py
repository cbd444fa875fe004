# SPDX-License-Identifier: MulanPSL-2.0
"""The list of a book that is begun by hand, and the words a page has for its book."""

from __future__ import annotations

from dataclasses import dataclass

from township_office.core.text import t
from township_office.ui.book.register_list import RegisterList
from township_office.ui.widgets import EmptyState, plain_button


@dataclass(frozen=True, slots=True)
class BookWords:
    """What a page calls its book, and beginning a row; what an empty book is for; what can be looked for."""

    book: str
    new: str
    hint: str
    find: str


class BookList(RegisterList):
    """The list of a book that is begun by hand: there is no ledger to take in."""

    words: BookWords

    def empty_book(self) -> EmptyState:
        """See RegisterList."""
        page = EmptyState("empty_book", t("ui.empty_book", book=self.book), self.words.hint)
        if not self._office.is_readonly:
            page.add_button(plain_button(self.words.new, "record_new"), self.register_wanted.emit)
        return page
