# SPDX-License-Identifier: MulanPSL-2.0
"""The table of a register: which columns fit, how wide they are, and what the keys do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from township_office.core.fields import Field, Kind
from township_office.ui import theme
from township_office.ui.book.cell_table import CellTable
from township_office.ui.book.column_fit import STRETCHES, characters, fitting
from township_office.ui.book.row_delegate import RowDelegate
from township_office.ui.book.row_view import HEADINGS
from township_office.ui.book.table_model import RegisterTableModel

_SHORT_DAY, _LONG_DAY = 5, 8  # 11-20 where all rows are of one year; 25-11-20
# What a column is widened to while its editor stands over it, in characters.
_FOR_TYPING = {Kind.DATE: 13, Kind.MOMENT: 18, Kind.CHOICE: 9, Kind.YES_NO: 7, Kind.INTEGER: 7, Kind.NAME: 10}


class Heads(QHeaderView):
    """The headings of a table, telling apart what the clerk drags from what the program lays out.

    Below the headings, and above the first row, there may be room for a row that is being typed.
    """

    dragged = Signal(object)  # place → width in pixels, when the mouse is let go

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._is_held = False
        self._widths: dict[int, int] = {}
        self.sectionResized.connect(self._on_resized)

    def paintSection(self, painter: QPainter, box: QRect, place: int) -> None:
        super().paintSection(painter, QRect(box.x(), box.y(), box.width(), HEADINGS), place)

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


class RegisterTable(CellTable):
    """A table for reading, choosing and typing into; what to do with the chosen row is the tab's matter."""

    widths_dragged = Signal(object)  # column name → characters, for the columns the clerk has dragged

    def __init__(self, model: RegisterTableModel) -> None:
        super().__init__(model)
        self._rows: RegisterTableModel = model
        self._dragged: dict[str, int] = {}
        self._has_short_days = False
        self.is_typing = False  # a row is being typed above the first: its editors need room
        self.heads = Heads()
        self.setHorizontalHeader(self.heads)
        self.show_lines(model, RowDelegate(model, self))
        self.heads.dragged.connect(self._on_dragged)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

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
        self._has_short_days = self._rows.year is not None and not self.is_typing
        policy = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAsNeeded if self.is_typing else policy.ScrollBarAlwaysOff)
        head, width = QFontMetrics(theme.screen_font(13)), self.viewport().width()
        shown = fitting(self._as_shown(columns), width, head, self._dragged, is_typing=self.is_typing)
        for position, field in enumerate(columns):
            heads.setSectionHidden(position, position not in shown)
            stretches = field.name == STRETCHES and not shown[position]
            mode = QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.Interactive
            heads.setSectionResizeMode(position, mode)
            if not stretches and position in shown:
                heads.resizeSection(position, shown[position])

    def follow_year(self) -> None:
        """Give days the room they need, after the rows shown became of one year or of several."""
        if self._has_short_days != (self._rows.year is not None and not self.is_typing):
            self.fit_columns()

    def _as_shown(self, columns: Sequence[Field]) -> list[Field]:
        """Return the columns with the width of their days as they are written now, or of what types them."""
        if self.is_typing:
            return [replace(field, width=max(field.width, _FOR_TYPING.get(field.kind, 0))) for field in columns]
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

    def leave_room(self, height: int) -> int:
        """Leave so many pixels between the headings and the first row; return where they begin."""
        self.heads.setFixedHeight(HEADINGS + height)
        self.updateGeometries()
        return HEADINGS

    # ---- keys ----

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.types(event):
            return
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step(0, 1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and self.position() is None:
            self.choose(0)
