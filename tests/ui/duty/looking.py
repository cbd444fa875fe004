# SPDX-License-Identifier: MulanPSL-2.0
"""How tests look at the month, and what a hand does with it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from township_office.ui.duty.month.month_page import MonthPage

Shown = TypeVar("Shown", bound=QDialog)


def name_at(page: MonthPage, day: int, column: int) -> str:
    """Who stands in a cell."""
    return str(page.model.index(day - 1, column).data() or "")


def choose(page: MonthPage, day: int, column: int) -> None:
    page.view.choose(page.model.index(day - 1, column))


def middle(page: MonthPage, day: int, column: int) -> QPoint:
    return page.view.visualRect(page.model.index(day - 1, column)).center()


def drag(page: MonthPage, source: tuple[int, int], target: tuple[int, int], *, drop: bool = True) -> None:
    """Drag a name onto another, in steps as a hand does."""
    board, left = page.view.viewport(), Qt.MouseButton.LeftButton
    start, end = middle(page, *source), middle(page, *target)
    QTest.mousePress(board, left, pos=start)
    for step in (0.2, 0.6, 1.0):
        _move(board, start + (end - start) * step)
    if drop:
        QTest.mouseRelease(board, left, pos=end)


def _move(board: QWidget, at: QPoint) -> None:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    where, left = QPointF(at), Qt.MouseButton.LeftButton
    event = QMouseEvent(QEvent.Type.MouseMove, where, board.mapToGlobal(where), Qt.MouseButton.NoButton, left,
                        Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(board, event)


def dialog(widget: QWidget, kind: type[Shown]) -> Shown:
    """The dialog of a kind that is open."""
    return next(one for one in widget.window().findChildren(kind) if one.isVisible())
