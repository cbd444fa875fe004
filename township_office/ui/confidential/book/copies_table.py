# SPDX-License-Identifier: MulanPSL-2.0
"""The table of copies: several can be chosen at once, so that they go out, come back or are destroyed together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from township_office.services.guarded.custody import Held
from township_office.ui.book.line_delegate import Index, LineDelegate
from township_office.ui.book.row_view import RowView
from township_office.ui.confidential.book.copies_model import (
    CABINET,
    COLUMNS,
    LEVEL,
    PAGE,
    RECEIVED,
    SOURCE,
    CopiesModel,
)

_PAGE_ROOM = 132  # pixels: 第3册第12页
# Hidden one after the other where there is no room; the pane says them.
_LEAST_FIRST = (SOURCE, RECEIVED, PAGE, CABINET, LEVEL)


class CopiesTable(RowView):
    """Shows copies, of which several may be chosen."""

    def __init__(self, model: CopiesModel) -> None:
        super().__init__()
        self._copies = model
        self.show_lines(model, CopyDelegate(model, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setAccessibleName(COLUMNS[0].label)

    def chosen_copies(self) -> list[Held]:
        """Return the chosen copies as they stand in the table."""
        return [self._copies.held(row) for row in self.chosen_rows()]

    def current_copy(self) -> Held | None:
        """Return the chosen copy the cursor is on."""
        position = self.position()
        return None if position is None else self._copies.held(position)

    def fit_columns(self) -> None:
        """Give each column its width and the page what is left; what then leaves the page too little is hidden."""
        self.share_width(COLUMNS, PAGE, _PAGE_ROOM, _LEAST_FIRST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing of the table goes to the clipboard."""
        if event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and self.position() is None:
            self.choose(0)


class CopyDelegate(LineDelegate):
    """A copy's own number is what the line is about; number and days are quiet."""

    has_cursor = False  # nothing is typed in the table

    def ink(self, index: Index, name: str, text: str) -> str:
        """See LineDelegate."""
        ink = super().ink(index, name, text)
        return "soft" if ink == "ink" and name in (PAGE, SOURCE) else ink
