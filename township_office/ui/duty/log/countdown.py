# SPDX-License-Identifier: MulanPSL-2.0
"""How long there is for a report, in words; and a clock that stands still while nobody looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from township_office.core.text import t
from township_office.registers.duty.event import FOLLOW_UP, Due

_TICK_MS = 30_000
_SOON = 120  # minutes before a 续报 is due


def countdown(dues: Sequence[Due], now: datetime) -> tuple[str, str]:
    """Return what is waited for most urgently and how long there is, and its tone; ("", "soft") for nothing."""
    if not dues:
        return "", "soft"
    first = dues[0]
    left = first.minutes_left(now)
    what = t(f"duty_event.due_{first.kind}")
    if left < 0:
        return t("duty_event.late", what=what, time=span(-left)), "red"
    is_soon = first.kind != FOLLOW_UP or left < _SOON
    return t("duty_event.left", what=what, time=span(left)), "amber" if is_soon else "soft"


def span(minutes: int) -> str:
    """Return 12 分钟, 3 小时 5 分钟, 2 天 4 小时; the last minute is said to be less than one."""
    hours, rest = divmod(minutes, 60)
    if minutes < 1:
        return t("duty_event.last_minute")
    if hours >= 24:
        return t("duty_event.days", days=hours // 24, hours=hours % 24)
    return t("duty_event.hours", hours=hours, minutes=rest) if hours else t("duty_event.minutes", minutes=rest)


class Ticking(QObject):
    """Calls look each half minute while widget is on screen, and once when it comes there."""

    def __init__(self, widget: QWidget, look: Callable[[], object]) -> None:
        super().__init__(widget)
        self._look = look
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(look)
        widget.installEventFilter(self)

    def is_running(self) -> bool:
        """Say whether it ticks."""
        return self._timer.isActive()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Run while it is shown."""
        if event.type() == QEvent.Type.Show:
            self._look()
            self._timer.start()
        elif event.type() == QEvent.Type.Hide:
            self._timer.stop()
        return super().eventFilter(watched, event)
