# SPDX-License-Identifier: MulanPSL-2.0
"""Locks the guarded register when nobody touches keys or mouse: after the office's minutes, never more than five."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from township_office.ui.confidential.guard import Guard

LONGEST_MINUTES = 5
WARNING_S = 30  # seconds before the end in which it is told
_TICK_MS = 1000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseMove,
        QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.InputMethod,
    }
)  # fmt: skip


class IdleLock(QObject):
    """Watches while the guard is open. A PC that slept counts as idle: two clocks are read, the later one holds."""

    counting = Signal(int)  # seconds left, while they are few; 0 when somebody came back

    def __init__(self, guard: Guard, parent: QObject) -> None:
        super().__init__(parent)
        self._guard = guard
        self._limit = LONGEST_MINUTES * 60
        self._wall = self._steady = 0.0
        self._pointer = QPoint()
        self._is_counting = False
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.look)
        guard.opened.connect(self._begin)
        guard.closed.connect(self._end)

    def set_minutes(self, minutes: int) -> None:
        """Take the office's setting from now on."""
        self._limit = min(max(minutes, 1), LONGEST_MINUTES) * 60

    def seconds_left(self) -> float:
        """Return how long it still stays open; the clock may have been set back, or the PC may have slept."""
        return self._limit - max(time.time() - self._wall, time.monotonic() - self._steady)

    def look(self) -> None:
        """Lock when it is time, tell when it is near."""
        left = self.seconds_left()
        if left <= 0:
            self._guard.close()
        elif left <= WARNING_S:
            self._is_counting = True
            self.counting.emit(max(int(left), 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key or the mouse begins the time anew; the one that wakes a PC after too long a sleep locks instead."""
        if event.type() not in _TOUCHES or not self._is_real(event):
            return False
        if self.seconds_left() <= 0:
            self._guard.close()
            return True
        self._touch()
        return False

    def _is_real(self, event: QEvent) -> bool:
        """A pointer that rests gets moves too, when something appears below it."""
        if event.type() != QEvent.Type.MouseMove or not isinstance(event, QMouseEvent):
            return True
        before, self._pointer = self._pointer, event.globalPosition().toPoint()
        return before != self._pointer

    def _touch(self) -> None:
        self._wall, self._steady = time.time(), time.monotonic()
        if self._is_counting:
            self._is_counting = False
            self.counting.emit(0)

    def _begin(self) -> None:
        self._touch()
        self._timer.start()
        _application().installEventFilter(self)

    def _end(self) -> None:
        self._timer.stop()
        self._is_counting = False
        _application().removeEventFilter(self)


def _application() -> QCoreApplication:
    app = QApplication.instance()
    assert app is not None
    return app
