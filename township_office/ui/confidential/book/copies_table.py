# SPDX-License-Identifier: MulanPSL-2.0
"""The table of copies: several can be chosen at once, so that they go out, come back or are destroyed together."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from township_office.services.guarded.custody import Held
from township_office.ui import theme
from township_office.ui.book.column_fit import pixels
from township_office.ui.book.line_delegate import Index, LineDelegate
from township_office.ui.book.row_view import RowView
from township_office.ui.book.table_model import STATUS
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
        self.setTabKeyNavigation(False)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setAccessibleName(COLUMNS[0].label)

    def chosen_copies(self) -> list[Held]:
        """Return the chosen copies as they stand in the table."""
        return [self._copies.held(row) for row in sorted({one.row() for one in self.selectionModel().selectedRows()})]

    def current_copy(self) -> Held | None:
        """Return the chosen copy the cursor is on."""
        position = self.position()
        return None if position is None else self._copies.held(position)

    def choose_all(self, positions: list[int]) -> None:
        """Choose these rows, the cursor on the first of them."""
        if not positions:
            return
        self.choose(positions[0])
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for position in positions[1:]:
            self.selectionModel().select(self._copies.index(position, 0), flags)

    def fit_columns(self) -> None:
        """Give each column its width and the page what is left; what then leaves the page too little is hidden."""
        head, heads = QFontMetrics(theme.screen_font(13)), self.horizontalHeader()
        wanted = {field.name: pixels(field, head) for field in COLUMNS} | {PAGE: _PAGE_ROOM}
        hidden: set[str] = set()
        for name in _LEAST_FIRST:
            if sum(width for column, width in wanted.items() if column not in hidden) > self.viewport().width():
                hidden.add(name)
        stretched = PAGE if PAGE not in hidden else STATUS
        for place, field in enumerate(COLUMNS):
            heads.setSectionHidden(place, field.name in hidden)
            mode = QHeaderView.ResizeMode.Stretch if field.name == stretched else QHeaderView.ResizeMode.Fixed
            heads.setSectionResizeMode(place, mode)
            if field.name != stretched:
                heads.resizeSection(place, wanted[field.name])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home, End, ↑ on the first row; nothing of the table goes to the clipboard."""
        if event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
            return
        position, is_plain = self.position(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        match event.key():
            case Qt.Key.Key_Home if is_plain:
                self.choose(0)
            case Qt.Key.Key_End if is_plain:
                self.choose(self._copies.rowCount() - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if position is not None:
                self.opened.emit()
            case Qt.Key.Key_Up if is_plain and position in (None, 0):
                self.left_upwards.emit()
            case Qt.Key.Key_Down if position is None:
                self.choose(0)
            case _:
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
