# SPDX-License-Identifier: MulanPSL-2.0
"""Find as you type: the box, and the run that brings its hits without ever holding up the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from township_office.core.errors import OfficeError
from township_office.ui import theme

FIRST = 200  # enough for the screen; they are there before the next frame is drawn
_CHUNK_S = 0.006
_BETWEEN_LOOKS = 64


class SearchBox(QLineEdit):
    """Where the clerk types what is looked for. Esc empties it, ↓ and Enter lead to what was found."""

    sought = Signal(str)
    entered = Signal()  # the cursor came in: time to have the index ready
    left_downwards = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setObjectName("searchBox")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.setMaxLength(200)
        self.addAction(theme.icon("find", "faint"), QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(lambda text: self.sought.emit(text.strip()))

    def lead_here(self) -> None:
        """Take the cursor; what stands here is marked, so that typing replaces it."""
        self.setFocus()
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                if self.text():
                    self.clear()
                else:
                    self.left_downwards.emit()
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.left_downwards.emit()
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


class SearchRun(QObject):
    """One search on its way: the first hits at once, the others in idle moments, dropped when another begins."""

    more = Signal(list)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hits: Iterator[int] = iter(())
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._on_idle)

    @property
    def is_going_on(self) -> bool:
        """Say whether more hits may come."""
        return self._idle.isActive()

    def begin(self, hits: Callable[[], Iterator[int]]) -> list[int]:
        """Drop the search before, start this one and return its first hits; raise OfficeError as hits does."""
        self.drop()
        self._hits = hits()
        first = list(islice(self._hits, FIRST))
        if len(first) == FIRST:
            self._idle.start()
        return first

    def drop(self) -> None:
        """Stop bringing hits."""
        self._idle.stop()
        self._hits = iter(())

    def _on_idle(self) -> None:
        found: list[int] = []
        until = perf_counter() + _CHUNK_S
        is_over = False
        try:
            while perf_counter() < until and not is_over:
                some = list(islice(self._hits, _BETWEEN_LOOKS))
                found += some
                is_over = len(some) < _BETWEEN_LOOKS
        except OfficeError as error:
            self.drop()
            self.failed.emit(error)
            return
        if is_over:
            self._idle.stop()
        self.more.emit(found)
        if is_over:
            self.ended.emit()
