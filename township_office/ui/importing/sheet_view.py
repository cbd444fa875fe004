# SPDX-License-Identifier: MulanPSL-2.0
"""Their sheet as it lies in the file, with a box above every column that says where the column goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QMenu, QTableView, QWidget

from township_office.core.text import t
from township_office.ui import theme

TAKEN, LEFT, EMPTY = "taken", "left", "empty"  # goes into a field · has content and stays behind · has no content
_TONES = {TAKEN: "green", LEFT: "amber", EMPTY: "edge"}
_ICONS = {TAKEN: "check", LEFT: "warning"}
_BOX_HEIGHT, _LETTER_HEIGHT, _BAR = 34, 20, 3
_NARROWEST, _WIDEST = 124, 300
_PADDING = 20
_LOW = 260  # pixels of rows

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """One column on show: where it lies in their sheet, what it is called there, where it goes and how sure that is."""

    column: int  # in their sheet, from 0
    heading: str
    goes_to: str  # key of an option
    state: str  # TAKEN, LEFT or EMPTY


@dataclass(frozen=True, slots=True)
class SheetLook:
    """What is on show: some lines of a sheet, some of its columns, the lines that are headings. All count from 0."""

    lines: Sequence[Sequence[str]]
    columns: Sequence[ColumnLook]
    headings: frozenset[int] = frozenset()  # lines in their sheet
    spans: Sequence[tuple[int, int, int, int]] = ()  # merged cells: top, left, bottom, right, in their sheet
    first: int = 0  # where the first of lines stands in their sheet


def column_letters(column: int) -> str:
    """Return the letters Excel shows for column (from 0): 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class SheetView(QTableView):
    """A part of their sheet. Ctrl+H or the right button on a line says: this line holds the headings.

    Enter opens the box above the column the cursor is in.
    """

    sent = Signal(int, str)  # the column in their sheet, the option it shall go to
    heading_chosen = Signal(int)  # the line, from 0, that holds the headings

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheetTable")
        self._model = _SheetModel(self)
        self.setModel(self._model)
        self._boxes = _BoxHeader(self)
        self.setHorizontalHeader(self._boxes)
        self._boxes.sent.connect(self.sent)
        lines = self.verticalHeader()
        lines.setObjectName("sheetLines")
        lines.setDefaultSectionSize(29)
        lines.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        lines.setSectionsClickable(False)
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_sheet(self, look: SheetLook, options: Sequence[tuple[str, str]]) -> None:
        """Show look; options are the keys and words a column can go to, the first two are the ways to leave it."""
        self._model.show_sheet(look)
        self.clearSpans()
        self._span(look)
        self._boxes.show_columns(look.columns, options)
        metrics = QFontMetrics(self.font())
        for place, column in enumerate(look.columns):
            texts = [line[column.column][:40] for line in look.lines if column.column < len(line)]
            longest = sorted(metrics.horizontalAdvance(text) for text in texts)
            # Nine of ten fit: one long title line must not make a column of numbers wide.
            wanted = longest[int(len(longest) * 0.9)] if longest else 0
            self.setColumnWidth(place, min(max(wanted + _PADDING, _NARROWEST), _WIDEST))
        if look.headings:
            # On a low screen the head comes to the top: what counts is the rows below it.
            is_low = self.viewport().height() < _LOW
            hint = QAbstractItemView.ScrollHint.PositionAtTop if is_low else QAbstractItemView.ScrollHint.EnsureVisible
            self.scrollTo(self._model.index(min(look.headings) - look.first, 0), hint)

    def box(self, column: int) -> QComboBox:
        """Return the box above a column of their sheet; a column that is not on show is a KeyError."""
        return self._boxes.boxes[column]

    def _span(self, look: SheetLook) -> None:
        places = {column.column: place for place, column in enumerate(look.columns)}
        for top, left, bottom, right in look.spans:
            shown = [places[column] for column in range(left, right + 1) if column in places]
            begin, end = max(top - look.first, 0), min(bottom - look.first, len(look.lines) - 1)
            if shown and begin <= end and (len(shown) > 1 or end > begin):
                self.setSpan(begin, shown[0], end - begin + 1, len(shown))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_H and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._choose_heading(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._boxes.open_box(self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        line = self.rowAt(self.viewport().mapFrom(self, event.pos()).y())
        if line < 0:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(t("import.this_is_heading") + "\tCtrl+H", lambda: self._choose_heading(line))
        menu.popup(event.globalPos())

    def _choose_heading(self, line: int) -> None:
        if line >= 0:
            self.heading_chosen.emit(self._model.line_of(line))


class _SheetModel(QAbstractTableModel):
    """The cells as text; never writes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._look = SheetLook((), ())

    def show_sheet(self, look: SheetLook) -> None:
        """Show these cells from now on."""
        self.beginResetModel()
        self._look = look
        self.endResetModel()

    def line_of(self, row: int) -> int:
        """Return the line of their sheet, from 0, that row shows."""
        return self._look.first + row

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._look.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._look.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self._look.first + section + 1)
        return column_letters(self._look.columns[section].column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        look = self._look.columns[index.column()]
        line_number = self._look.first + index.row()
        is_heading = line_number in self._look.headings
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            line = self._look.lines[index.row()]
            text = line[look.column] if look.column < len(line) else ""
            return text if role == Qt.ItemDataRole.ToolTipRole else " ".join(text[:200].split())
        if role == Qt.ItemDataRole.BackgroundRole:
            return theme.colour("accent-soft") if is_heading else None
        if role == Qt.ItemDataRole.FontRole:
            return theme.screen_font(14, bold=True) if is_heading else None
        if role == Qt.ItemDataRole.ForegroundRole:
            if is_heading:
                return theme.colour("accent-deep")
            above = self._look.headings and line_number < min(self._look.headings)
            return theme.colour("void") if above or look.state != TAKEN else None
        return None


class _Box(QComboBox):
    """Where one column goes: a tick before what is recognised, a mark before what stays behind."""

    focused = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("columnBox")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(12)
        self.view().setMinimumWidth(_NARROWEST + 16)
        self.state = EMPTY

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The wheel scrolls the sheet; it must not change a choice in passing.
        event.ignore()

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.focused.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        name = _ICONS.get(self.state)
        if name:
            painter = QPainter(self)
            painter.drawPixmap(8, (self.height() - 16) // 2, theme.picture(name, _TONES[self.state], 16))
            painter.end()


class _BoxHeader(QHeaderView):
    """The head of the sheet: a box for each column, below it the column's letters as in Excel."""

    sent = Signal(int, str)

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setObjectName("sheetHead")
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(_NARROWEST)
        self.setFixedHeight(_BAR + _BOX_HEIGHT + 6 + _LETTER_HEIGHT)
        self.boxes: dict[int, _Box] = {}
        self._columns: Sequence[ColumnLook] = ()
        self._table = table
        self.sectionResized.connect(self._place)
        table.horizontalScrollBar().valueChanged.connect(self._place)

    def show_columns(self, columns: Sequence[ColumnLook], options: Sequence[tuple[str, str]]) -> None:
        """Put a box above each column."""
        if [look.column for look in columns] != list(self.boxes):
            for box in self.boxes.values():
                box.hide()
                box.deleteLater()
            self.boxes = {look.column: self._new_box(place, look.column) for place, look in enumerate(columns)}
            for one, other in pairwise((self._table, *self.boxes.values())):
                QWidget.setTabOrder(one, other)
        self._columns = columns
        for look in columns:
            box = self.boxes[look.column]
            with QSignalBlocker(box):
                box.clear()
                for key, words in options:
                    box.addItem(words, key)
                box.insertSeparator(2)
                box.setCurrentIndex(max(box.findData(look.goes_to), 0))
            box.state = look.state
            name = look.heading or t("import.no_heading")
            box.setAccessibleName(t("import.box_name", letters=column_letters(look.column), heading=name))
            box.setToolTip(box.accessibleName())
            box.setProperty("state", look.state)
            box.style().polish(box)
            box.show()
        self._place()
        self.viewport().update()

    def open_box(self, place: int) -> None:
        """Open the list of the box at place, from the left."""
        boxes = list(self.boxes.values())
        if 0 <= place < len(boxes):
            boxes[place].setFocus()
            boxes[place].showPopup()

    def _new_box(self, place: int, column: int) -> _Box:
        box = _Box(self.viewport())
        box.activated.connect(lambda _: self.sent.emit(column, str(box.currentData())))
        box.focused.connect(lambda: self._bring(place))
        return box

    def _bring(self, place: int) -> None:
        """Scroll a box that got the focus by Tab into sight."""
        left, width = self.sectionViewportPosition(place), self.sectionSize(place)
        bar = self._table.horizontalScrollBar()
        if left < 0:
            bar.setValue(bar.value() + left)
        elif left + width > self.viewport().width():
            bar.setValue(bar.value() + left + width - self.viewport().width())

    def _place(self) -> None:
        for place, look in enumerate(self._columns):
            if place < self.count():
                left, width = self.sectionViewportPosition(place), self.sectionSize(place)
                self.boxes[look.column].setGeometry(left + 4, _BAR + 4, width - 8, _BOX_HEIGHT)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._place()
        return super().event(event)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        look = self._columns[logical]
        painter.fillRect(rect, theme.colour("paper"))
        painter.fillRect(rect.x(), rect.y(), rect.width() - 1, _BAR, theme.colour(_TONES[look.state]))
        painter.setPen(theme.colour("faint"))
        painter.setFont(theme.screen_font(12))
        below = rect.adjusted(0, rect.height() - _LETTER_HEIGHT, 0, 0)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, column_letters(look.column))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
