# SPDX-License-Identifier: MulanPSL-2.0
"""The items of a branch as the list of any register, and typing in its cells: pages are often counted after filing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Signal
from PySide6.QtGui import QAction, QPainter

from township_office.core.text import t
from township_office.registers.archive.item import ARCHIVE_ITEM, SEGMENTS
from township_office.registers.status import KEPT, VOIDED
from township_office.services.archive import items
from township_office.services.office import Office
from township_office.services.settings import get_setting
from township_office.ui.book.column_fit import STRETCHES
from township_office.ui.book.register_list import RegisterList
from township_office.ui.book.row_delegate import RowDelegate
from township_office.ui.book.table_model import STATUS
from township_office.ui.entry.entry_desk import Cells, EntryDesk
from township_office.ui.widgets import PILL_HEIGHT, EmptyState, paint_pill, pill_width, plain_button

_GAP = 8  # pixels
# Given by 装盒, 归档, 鉴定 and 移交, never typed.
_GIVEN = ("box_no", "filed_on", "extended_to", "destroyed_on", "transferred_on", "disposal_no")


class ItemList(RegisterList):
    """The list of archive items; an empty archive says what to do first."""

    file_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self, office: Office, today: Callable[[], date], toggle: QAction) -> None:
        super().__init__(office, ARCHIVE_ITEM, today, toggle)
        self.book = t("shelf.book")
        self.table.show_lines(self.model, ItemDelegate(self.model, self.table))

    def empty_book(self) -> EmptyState:
        """See RegisterList."""
        if self._office.is_readonly:
            return EmptyState("empty_book", t("shelf.empty"), "")
        has_fonds = bool(get_setting(self._office, "archive.fonds_no"))
        year = self._today().year - 1
        hint = t("shelf.empty_hint", year=year)
        page = EmptyState("archive_file", t("shelf.empty"), hint if has_fonds else hint + t("shelf.empty_no_fonds"))
        page.add_button(plain_button(t("shelf.first_year", year=year), "archive_file"), self.file_wanted.emit)
        page.add_button(plain_button(t("shelf.take_in"), "sheet_import"), self.import_wanted.emit)
        if not has_fonds:
            page.add_button(plain_button(t("shelf.set_fonds"), "settings"), self.settings_wanted.emit)
        return page


class ItemDelegate(RowDelegate):
    """Nearly all items are in the store, so no column says it; what is not is told at the end of its title."""

    def paint_mark(self, painter: QPainter, inner: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """See LineDelegate."""
        columns, state = self._rows.columns, self._rows.line(index.row()).state
        is_told = state.key in (KEPT.key, VOIDED.key) or any(column.name == STATUS for column in columns)
        if columns[index.column()].name != STRETCHES or is_told:
            super().paint_mark(painter, inner, index)
            return
        width = pill_width(self._pill_metrics, state.label)
        painter.setFont(self._pill_font)
        top = inner.center().y() - PILL_HEIGHT / 2 + 0.5
        paint_pill(painter, QRectF(inner.right() - width + 1, top, width, PILL_HEIGHT), state.label, state.tone)
        inner.setRight(inner.right() - width - _GAP)


class ItemDesk(EntryDesk):
    """Typing into the cells of items: whatever is described of them, and nothing of what their 档号 is made of."""

    def __init__(self, office: Office, today: Callable[[], date], books: ItemList) -> None:
        super().__init__(office, ARCHIVE_ITEM, today, books, partial(items.correct_item, office))

    def can_edit(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """See EntryDesk."""
        if not super().can_edit(index):
            return False
        name, row = self._list.model.columns[index.column()].name, self._list.model.line(index.row()).row
        return name not in _GIVEN and not (name in SEGMENTS and row["sequence"] is not None)

    def make_cells(self) -> Cells:
        """See EntryDesk."""
        from township_office.ui.archive.shelf.item_cells import ItemCells

        cells = ItemCells(self._office, ARCHIVE_ITEM, self._today, self._list.table, self._correct)
        cells.saved.connect(self.take_in)
        return cells
