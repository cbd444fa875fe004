# SPDX-License-Identifier: MulanPSL-2.0
"""The month's table under the hand: a name is dragged onto another, or picked up with 空格 and put down with 空格."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QTableView

from township_office.core.text import t
from township_office.registers.duty.month import Shift
from township_office.ui import theme
from township_office.ui.duty.month.roster_delegate import RosterDelegate
from township_office.ui.duty.month.roster_heads import DayHeads, LineHeads
from township_office.ui.duty.month.roster_model import RosterModel

_LEAST, _EASY, _MOST = 17, 26, 34  # pixels of a row: the month in sight, a month that scrolls, a tall screen
_PILL = 26


class RosterView(QTableView):
    """One cell is chosen. What is done with it is said by signals; the page does it."""

    chosen = Signal()
    aimed = Signal(object, object)  # the shift that is held, the one below it; None: over nothing
    dropped = Signal(object, object)
    asked = Signal()  # Enter: who else could
    cleared = Signal()  # Del
    turned = Signal(int)  # PgUp, PgDn: a month back or on
    menu_wanted = Signal(QPoint)

    def __init__(self, model: RosterModel) -> None:
        super().__init__()
        self.month = model
        self.setModel(model)
        self.painter_of_cells = RosterDelegate(model, self)
        self.setItemDelegate(self.painter_of_cells)
        self.lines, self.days = LineHeads(model, self), DayHeads(model, self)
        self.setHorizontalHeader(self.lines)
        self.setVerticalHeader(self.days)
        self.setObjectName("rosterView")
        self.setAccessibleName(t("duty_tab.page_month"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.is_movable = True  # not in a file that is only read
        self._pressed: QPoint | None = None
        self._at = QPoint()
        self._is_dragging = False
        self.selectionModel().currentChanged.connect(self._on_current)
        model.modelReset.connect(self.fit_rows)

    # ---- what is chosen ----

    def shift(self) -> Shift | None:
        """Return the shift of the chosen cell."""
        return self.month.shift(self.currentIndex())

    def choose(self, index: QModelIndex) -> None:
        """Choose a cell."""
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def choose_day(self, day: date) -> None:
        """Choose the first cell of a day that somebody is needed in."""
        for column in range(self.month.columnCount()):
            index = self.month.index(day.day - 1, column)
            if self.month.is_wanted(index):
                self.choose(index)
                return

    def held(self) -> Shift | None:
        """Return the shift whose person is being moved."""
        held = self.painter_of_cells.held
        return self.month.shift(held) if held is not None and held.isValid() else None

    def pick_up(self) -> None:
        """Take the chosen person in hand."""
        shift = self.shift()
        if self.is_movable and shift is not None and shift.person_id is not None:
            self._hold(self.currentIndex())

    def put_down(self) -> None:
        """Let the person in hand and the one of the chosen cell change places."""
        held, here = self.held(), self.shift()
        self.let_go()
        if held is not None and here is not None and held.id != here.id:
            self.dropped.emit(held, here)

    def let_go(self) -> None:
        """Hold nobody any more."""
        self._hold(None)
        self._aim(None)

    # ---- keys ----

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cut):
            self.pick_up()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.put_down()
        elif not self._take_key(event.key()):
            super().keyPressEvent(event)

    def _take_key(self, key: int) -> bool:
        match key:
            case Qt.Key.Key_Space:
                (self.pick_up if self.held() is None else self.put_down)()
            case Qt.Key.Key_Escape if self.held() is not None:
                self.let_go()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                (self.asked.emit if self.held() is None else self.put_down)()
            case Qt.Key.Key_Delete:
                self.cleared.emit()
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                self.turned.emit(-1 if key == Qt.Key.Key_PageUp else 1)
            case _:
                return False
        return True

    def keyboardSearch(self, search: str) -> None:
        """Typing on the month does nothing."""

    # ---- the mouse ----

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.held() is not None:
            self.setCurrentIndex(self.indexAt(event.position().toPoint()))
            self.put_down()
            return
        super().mousePressEvent(event)
        shift = self.month.shift(self.indexAt(event.position().toPoint()))
        is_there = event.button() is Qt.MouseButton.LeftButton and shift is not None and shift.person_id is not None
        self._pressed = event.position().toPoint() if is_there and self.is_movable else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._at = event.position().toPoint()
        if self._pressed is not None and not self._is_dragging:
            way = (self._at - self._pressed).manhattanLength()
            if way >= QApplication.startDragDistance() and event.buttons() & Qt.MouseButton.LeftButton:
                self._is_dragging = True
                self._hold(self.indexAt(self._pressed))
        if self._is_dragging:
            self._aim(self.indexAt(self._at))
            self.viewport().update()
        elif self._pressed is None:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if not self._is_dragging:
            super().mouseReleaseEvent(event)
            return
        self._is_dragging = False
        target = self.indexAt(event.position().toPoint())
        if target.isValid():
            self.setCurrentIndex(target)
            self.put_down()
        else:
            self.let_go()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.asked.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_by_key else self.indexAt(event.pos())
        if self.month.shift(index) is not None:
            self.setCurrentIndex(index)
            below = self.visualRect(index).bottomLeft()
            self.menu_wanted.emit(self.viewport().mapToGlobal(below) if is_by_key else event.globalPos())

    # ---- what follows ----

    def _on_current(self, *_: object) -> None:
        if self.held() is not None and not self._is_dragging:
            self._aim(self.currentIndex())
        self.chosen.emit()

    def _hold(self, index: QModelIndex | None) -> None:
        self.painter_of_cells.held = QPersistentModelIndex(index) if index is not None else None
        self.setCursor(Qt.CursorShape.ClosedHandCursor if index is not None else Qt.CursorShape.ArrowCursor)
        self.viewport().update()

    def _aim(self, index: QModelIndex | None) -> None:
        painter = self.painter_of_cells
        before = painter.aimed
        painter.aimed = QPersistentModelIndex(index) if index is not None and index.isValid() else None
        if before != painter.aimed or index is None:
            self.aimed.emit(self.held(), self.month.shift(index) if index is not None else None)
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        held = self.held()
        if self._is_dragging and held is not None:
            self._paint_in_hand(self.month.name(held.person_id))

    def _paint_in_hand(self, name: str) -> None:
        """Draw the name that is being moved beside the pointer."""
        font = theme.screen_font(13, bold=True)
        width = QFontMetrics(font).horizontalAdvance(name) + 24
        box = QRectF(self._at.x() + 10, self._at.y() + 8, width, _PILL)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(box, _PILL / 2, _PILL / 2)
        painter.setFont(font)
        painter.setPen(theme.colour("paper"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
        painter.end()

    # ---- room ----

    def fit_rows(self) -> None:
        """Have the whole month in sight where rows stay high enough to read; else comfortable rows that scroll."""
        count = max(self.month.rowCount(), 1)
        room = (self.height() - self.lines.height() - 2) // count
        height = min(room, _MOST) if room >= _LEAST else _EASY
        if self.days.defaultSectionSize() != height:
            self.days.setDefaultSectionSize(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_rows()
