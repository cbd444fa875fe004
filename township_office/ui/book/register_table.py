# SPDX-License-Identifier: MulanPSL-2.0
"""The table of a register: which columns fit, how wide they are, and what the keys do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from township_office.core.fields import Field, Kind
from township_office.ui import theme
from township_office.ui.book.row_delegate import PADDING, ROW_HEIGHT, RowDelegate
from township_office.ui.book.table_model import NUMBER, STATUS, RegisterTableModel

STRETCHES = "title"
_TITLE_WIDTH = 264  # what a title keeps beside columns that clerks search by
_TITLE_ROOM = 330  # what it keeps beside the others
_TITLE_PLENTY = 420  # from here on other columns grow too
_ALWAYS = (NUMBER, STATUS, STRETCHES)
_EARLY = ("sender", "main_recipient", "due_on", "received_on", "signed_on", "doc_number")
# In characters: 青自然资〔2026〕105号; 青山县人民政府办公室.
_IN_FULL = {"doc_number": 21, "sender": 20, "main_recipient": 20}
_SHORT_DAY, _LONG_DAY = 5, 8  # 11-20 where all rows are of one year; 25-11-20
_CHARACTER = 7.4  # a Latin character; a Chinese one counts as two


class Heads(QHeaderView):
    """The headings of a table, telling apart what the clerk drags from what the program lays out."""

    dragged = Signal(object)  # place → width in pixels, when the mouse is let go

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._is_held = False
        self._widths: dict[int, int] = {}
        self.sectionResized.connect(self._on_resized)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_held = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._is_held = False
        widths, self._widths = self._widths, {}
        if widths:
            self.dragged.emit(widths)

    def _on_resized(self, position: int, _old: int, width: int) -> None:
        if self._is_held:
            self._widths[position] = width


class RegisterTable(QTableView):
    """A table for reading and choosing; what to do with the chosen row is the tab's matter."""

    chosen = Signal()  # another row is current
    opened = Signal()  # Enter or a double click
    widths_dragged = Signal(object)  # column name → characters, for the columns the clerk has dragged
    left_upwards = Signal()  # ↑ on the first row: back to the search box
    menu_wanted = Signal(QPoint)

    def __init__(self, model: RegisterTableModel) -> None:
        super().__init__()
        self._rows = model
        self._dragged: dict[str, int] = {}
        self._has_short_days = False
        self.heads = Heads()
        self.setHorizontalHeader(self.heads)
        self.setModel(model)
        self.painter_of_rows = RowDelegate(model, self)
        self.setItemDelegate(self.painter_of_rows)
        self._dress()
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit())
        self.doubleClicked.connect(lambda _: self.opened.emit())

    def _dress(self) -> None:
        rows, heads = self.verticalHeader(), self.heads
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setMinimumSectionSize(36)
        heads.setFixedHeight(40)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.dragged.connect(self._on_dragged)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    # ---- columns ----

    def show_columns(self, columns: Sequence[Field], widths: Mapping[str, int]) -> None:
        """Show these columns; widths, in characters, are the ones the clerk has dragged."""
        self._rows.set_columns([replace(field, width=widths.get(field.name, field.width)) for field in columns])
        self._dragged = {name: width for name, width in widths.items() if name in {field.name for field in columns}}
        self.fit_columns()

    def fit_columns(self) -> None:
        """Give each column its width and the title the rest; columns that leave the title too little are hidden.

        Those are read in the detail pane. Hidden first are fields nobody searches (份数, 密级), last ones first.
        """
        columns, heads = self._rows.columns, self.heads
        self._has_short_days = self._rows.year is not None
        shown = fitting(
            self._as_shown(columns), self.viewport().width(), QFontMetrics(theme.screen_font(13)), self._dragged
        )
        for position, field in enumerate(columns):
            heads.setSectionHidden(position, position not in shown)
            stretches = field.name == STRETCHES
            mode = QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.Interactive
            heads.setSectionResizeMode(position, mode)
            if not stretches and position in shown:
                heads.resizeSection(position, shown[position])

    def follow_year(self) -> None:
        """Give days the room they need, after the rows shown became of one year or of several."""
        if self._has_short_days != (self._rows.year is not None):
            self.fit_columns()

    def _as_shown(self, columns: Sequence[Field]) -> list[Field]:
        """Return the columns with the width of their days as they are written now."""
        days = {self._rows.dated_by: _SHORT_DAY}
        return [
            replace(field, width=days.get(field.name, _LONG_DAY))
            if self._has_short_days and field.kind is Kind.DATE and field.name not in self._dragged
            else field
            for field in columns
        ]

    def _on_dragged(self, widths: dict[int, int]) -> None:
        columns = list(self._rows.columns)
        for position, width in widths.items():
            if columns[position].name != STRETCHES:
                columns[position] = replace(columns[position], width=characters(width))
                self._dragged[columns[position].name] = columns[position].width
        self._rows.take_widths(columns)
        self.widths_dragged.emit(dict(self._dragged))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_columns()

    # ---- the chosen row ----

    def position(self) -> int | None:
        """Return the place of the chosen row, None when there is none."""
        index = self.currentIndex()
        return index.row() if index.isValid() and self.selectionModel().isRowSelected(index.row()) else None

    def choose(self, position: int) -> None:
        """Choose the row at a place and bring it into sight."""
        if not 0 <= position < self._rows.rowCount():
            return
        index = self._rows.index(position, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = self._rows.rowCount() - 1
        position = self.position()
        match event.key():
            case Qt.Key.Key_Home:
                self.choose(0)
            case Qt.Key.Key_End:
                self.choose(last)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if position is not None:
                self.opened.emit()
            case Qt.Key.Key_Up if position in (None, 0):
                self.left_upwards.emit()
            case Qt.Key.Key_Down if position is None:
                self.choose(0)
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                event.ignore()
            case _:
                super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing on the table does nothing: Qt would walk through 100,000 rows for the letter."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and self.position() is None:
            self.choose(0)
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
        index = self.indexAt(event.pos())
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        if index.isValid():
            self.choose(index.row())
            below = self.visualRect(index).bottomLeft() + QPoint(PADDING, 0)
            is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
            self.menu_wanted.emit(self.viewport().mapToGlobal(below) if is_by_key else event.globalPos())

    def _hover(self, row: int) -> None:
        before, self.painter_of_rows.hovered = self.painter_of_rows.hovered, row
        if before != row:
            for changed in (before, row):
                if 0 <= changed < self._rows.rowCount():
                    self.viewport().update(0, self.rowViewportPosition(changed), self.width(), ROW_HEIGHT)


def characters(pixels: int) -> int:
    """Return the width in characters that shows as so many pixels."""
    return min(80, max(2, round((pixels - 2 * PADDING) / _CHARACTER)))


def pixels(field: Field, head: QFontMetrics) -> int:
    """Return how wide a column is drawn: its characters, its heading at least."""
    return max(round(field.width * _CHARACTER), head.horizontalAdvance(field.label)) + 2 * PADDING


def fitting(columns: Sequence[Field], width: int, head: QFontMetrics, dragged: Collection[str] = ()) -> dict[int, int]:
    """Return place → width of the columns that fit beside a title wide enough to read.

    Number, state, title always; then who, when and 文号, as whole as there is room; then what clerks search by; then
    the rest, each in the office's order.
    """
    shown: dict[int, int] = {}
    left = width

    def grow(place: int, more: int) -> None:
        nonlocal left
        if columns[place].name not in dragged and more > 0:
            shown[place] += more
            left -= more

    order = sorted(range(len(columns)), key=lambda place: _rank(columns[place]))
    early = [place for place in order if _rank(columns[place]) <= len(_EARLY)]
    for group in (early, order[len(early) :]):
        for place in group:
            field = columns[place]
            needed = 0 if field.name == STRETCHES else pixels(field, head)
            kept = _TITLE_WIDTH if field.searched else _TITLE_ROOM
            if field.name in _ALWAYS or needed + kept <= left:
                shown[place] = needed
                left -= needed
        for name, characters_in_full in _IN_FULL.items():
            for place in (place for place in group if place in shown and columns[place].name == name):
                in_full = round(characters_in_full * _CHARACTER) + 2 * PADDING
                grow(place, min(left - _TITLE_WIDTH, in_full - shown[place]))
    for place in shown:  # what is still to spare goes to names and 文号
        if columns[place].kind in (Kind.NAME, Kind.DOC_NUMBER):
            grow(place, min(left - _TITLE_PLENTY, shown[place] // 3))
    return shown


def _rank(field: Field) -> int:
    """Return how early a column is given its place."""
    if field.name in _ALWAYS:
        return 0
    if field.name in _EARLY:
        return 1 + _EARLY.index(field.name)
    return 10 if field.searched else 20
