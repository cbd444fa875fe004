# SPDX-License-Identifier: MulanPSL-2.0
"""What every table of lines has in common: how it is dressed, the line under the mouse, the menu of a line."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from township_office.core.fields import Field
from township_office.ui import theme
from township_office.ui.book.column_fit import pixels
from township_office.ui.book.line_delegate import PADDING, ROW_HEIGHT, LineDelegate

HEADINGS = 40  # pixels


class RowView(QTableView):
    """A table whose rows are chosen whole; show_lines() gives it its model, once."""

    chosen = Signal()  # another row is current
    opened = Signal()  # Enter or a double click
    left_upwards = Signal()  # ↑ on the first row: back to the search box
    menu_wanted = Signal(QPoint)
    painter_of_rows: LineDelegate

    def show_lines(self, model: QAbstractItemModel, painter_of_rows: LineDelegate) -> None:
        """Show the lines of model, drawn by painter_of_rows."""
        self.setModel(model)
        self.painter_of_rows = painter_of_rows
        self.setItemDelegate(painter_of_rows)
        self._dress()
        for signal in (self.selectionModel().currentRowChanged, self.selectionModel().selectionChanged):
            signal.connect(lambda *_: self.chosen.emit())  # keys choose the row first, a click moves the cursor first
        self.doubleClicked.connect(lambda _: self.opened.emit())

    def _dress(self) -> None:
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setMinimumSectionSize(36)
        heads.setFixedHeight(HEADINGS)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def position(self) -> int | None:
        """Return the place of the chosen row, None when there is none."""
        index = self.currentIndex()
        return index.row() if index.isValid() and self.selectionModel().isRowSelected(index.row()) else None

    def choose(self, position: int) -> None:
        """Choose the row at a place and bring it into sight."""
        if 0 <= position < self.model().rowCount():
            index, flags = self.model().index(position, 0), QItemSelectionModel.SelectionFlag
            # Not selectRow(): with Ctrl held for a command it would add the row to the others.
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def choose_all(self, positions: Sequence[int]) -> None:
        """Choose these rows, the cursor on the first of them."""
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for position in positions[:1]:
            self.choose(position)
        for position in positions[1:]:
            self.selectionModel().select(self.model().index(position, 0), flags)

    def chosen_rows(self) -> list[int]:
        """Return the places of the chosen rows from top to bottom."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    # ---- columns ----

    def fit_columns(self) -> None:
        """Give each column its width; asked for whenever the table became wider or narrower."""
        raise NotImplementedError

    def share_width(
        self,
        columns: Sequence[Field],
        stretched: str,
        room: int,
        least_first: Sequence[str],
        left_out: Collection[str] = (),
    ) -> None:
        """Give each column its width, and one what is left, at least room (pixels).

        Where that is more than there is, columns are hidden one after the other; where the stretched one is hidden
        too, the last column takes what is left.
        """
        head, heads = QFontMetrics(theme.screen_font(13)), self.horizontalHeader()
        wanted = {field.name: pixels(field, head) for field in columns} | {stretched: room}
        hidden = set(left_out)
        for name in least_first:
            if sum(width for column, width in wanted.items() if column not in hidden) > self.viewport().width():
                hidden.add(name)
        stretched = columns[-1].name if stretched in hidden else stretched
        for place, field in enumerate(columns):
            heads.setSectionHidden(place, field.name in hidden)
            is_stretched = field.name == stretched
            mode = QHeaderView.ResizeMode.Stretch if is_stretched else QHeaderView.ResizeMode.Fixed
            heads.setSectionResizeMode(place, mode)
            if not is_stretched:
                heads.resizeSection(place, wanted[field.name])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_columns()

    # ---- keys ----

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home, End, Enter, ↑ on the first row; Shift and Ctrl are for choosing several."""
        is_single = self.selectionMode() is QAbstractItemView.SelectionMode.SingleSelection
        is_plain = is_single or not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        position = self.position()
        match event.key():
            case Qt.Key.Key_Home if is_plain:
                self.choose(0)
            case Qt.Key.Key_End if is_plain:
                self.choose(self.model().rowCount() - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if position is not None:
                self.opened.emit()
            case Qt.Key.Key_Up if is_plain and position in (None, 0):
                self.left_upwards.emit()
            case Qt.Key.Key_Down if position is None:
                self.choose(0)
            case _:
                super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing on the table does nothing: Qt would walk through 100,000 rows for the letter."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # ---- the mouse ----

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_by_key else self.indexAt(event.pos())
        if index.isValid():
            if not self.selectionModel().isRowSelected(index.row()):  # of several chosen ones all are meant
                self.choose(index.row())
            below = self.visualRect(index).bottomLeft() + QPoint(PADDING, 0)
            self.menu_wanted.emit(self.viewport().mapToGlobal(below) if is_by_key else event.globalPos())

    def _hover(self, row: int) -> None:
        before, self.painter_of_rows.hovered = self.painter_of_rows.hovered, row
        if before != row:
            for changed in (before, row):
                if 0 <= changed < self.model().rowCount():
                    self.viewport().update(0, self.rowViewportPosition(changed), self.width(), ROW_HEIGHT)
