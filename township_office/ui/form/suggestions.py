# SPDX-License-Identifier: MulanPSL-2.0
"""The list of proposals under a text line: units, people, words of a fixed list.

Qt's own completer is not used: its popup is a window that takes the keyboard, which breaks the preedit of an
input method, and it swallows Enter. This list is a child of the dialog and never has the focus; the line keeps
every key and asks the list first.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QListWidget, QWidget

LONGEST = 8
_MARGIN = 4  # the frame and padding of #suggestions, above and below


class Suggestions(QListWidget):
    """Proposals for one line or text; shown by offer(), hidden by a choice, Esc, or when the line is left."""

    chosen = Signal(str)

    def __init__(self, line: QWidget) -> None:
        super().__init__(line)
        self._line = line
        self.setObjectName("suggestions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setMouseTracking(True)
        self.itemEntered.connect(self.setCurrentItem)
        self.itemClicked.connect(lambda item: self.chosen.emit(item.text()))
        self.hide()

    def offer(self, texts: list[str], *, first_is_meant: bool) -> None:
        """Show texts under the line; the first is highlighted only when the clerk must mean one of them."""
        self.clear()
        if not texts or not self._line.isVisible():
            self.hide()
            return
        self._join_window()
        self.addItems(texts[:LONGEST])
        self.setCurrentRow(0 if first_is_meant else -1)
        self._place()
        self.show()
        self.raise_()

    def highlighted(self) -> str | None:
        """Return the proposal Enter would take, None when there is none."""
        item = self.currentItem() if self.isVisible() else None
        return item.text() if item else None

    def takes(self, event: QKeyEvent) -> bool:
        """Handle a key the list understands while it is open: ↑ ↓ move, Esc closes. Say whether it was taken."""
        if not self.isVisible() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        match event.key():
            case Qt.Key.Key_Down:
                self.setCurrentRow((self.currentRow() + 1) % self.count())
            case Qt.Key.Key_Up:
                self.setCurrentRow(self.count() - 1 if self.currentRow() <= 0 else self.currentRow() - 1)
            case Qt.Key.Key_Escape:
                self.hide()
            case _:
                return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go away when what lies under the list moves. (Qt 6.8 sends the events of its own scroll bars here too.)"""
        is_resized = isinstance(event, QResizeEvent) and event.size() != event.oldSize()
        is_left = is_resized or event.type() in (QEvent.Type.Wheel, QEvent.Type.Hide, QEvent.Type.Move)
        if is_left and watched is self.parentWidget():
            self.hide()
        return super().eventFilter(watched, event)

    def _join_window(self) -> None:
        """Belong to the window, and be dressed for it before the first proposal is measured."""
        window = self._line.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            self.ensurePolished()
            self._watch(window)

    def _place(self) -> None:
        """Lie under the line, or above it where the window ends; never wider than the window."""
        window = self._line.window()
        height = self.count() * self.sizeHintForRow(0) + 2 * _MARGIN
        top = self._line.mapTo(window, QPoint(0, self._line.height() + 2))
        if top.y() + height > window.height():
            above = self._line.mapTo(window, QPoint(0, -2)).y() - height
            top.setY(max(above, 0))
        width = max(self._line.width(), min(self.sizeHintForColumn(0) + 32, 420))
        width = min(width, window.width() - 16)
        self.setGeometry(min(top.x(), window.width() - width - 8), top.y(), width, height)

    def _watch(self, window: QWidget) -> None:
        window.installEventFilter(self)
        above: QWidget | None = self._line.parentWidget()
        while above is not None and above is not window:
            if isinstance(above, QAbstractScrollArea):
                above.verticalScrollBar().valueChanged.connect(self.hide)
            above = above.parentWidget()
