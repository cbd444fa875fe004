# SPDX-License-Identifier: MulanPSL-2.0
"""Below a field that was changed before: what it said, who changed it, when and why; all changes on a small sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.services.records import FieldPast
from township_office.ui.widgets import ElidedLabel, label, link_button
from township_office.ui.words import moment, short_day

_WIDTH = 460
_MOST = 12  # changes on the sheet; the dialog of the history has them all


class PastLine(QWidget):
    """One quiet line about the last change; where there were several, a link opens the sheet with all of them."""

    def __init__(self, title: str, past: Sequence[FieldPast], today: date) -> None:
        super().__init__()
        self._title, self._past, self._today = title, past, today
        self.words = ElidedLabel(_line(past[-1], today), "fieldPast")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.words, 1)
        if len(past) > 1:
            self.link = link_button(t("past.times", count=len(past)))
            self.link.setObjectName("fieldLink")
            self.link.setAccessibleName(t("past.title", label=title))
            self.link.clicked.connect(self.open_sheet)
            row.addWidget(self.link)

    def open_sheet(self) -> None:
        """Show every change, latest first; Esc, Enter or a click elsewhere puts it away."""
        sheet = PastSheet(self._title, self._past, self._today, self)
        sheet.adjustSize()
        place = self.mapToGlobal(QPoint(0, self.height()))
        room = self.screen().availableGeometry()
        place.setX(max(room.left() + 8, min(place.x(), room.right() - sheet.width() - 8)))
        if place.y() + sheet.height() > room.bottom():
            place.setY(max(room.top() + 8, self.mapToGlobal(QPoint(0, 0)).y() - sheet.height()))
        sheet.move(place)
        sheet.show()
        sheet.setFocus(Qt.FocusReason.PopupFocusReason)


class PastSheet(QFrame):
    """All changes of one field, over the form."""

    def __init__(self, title: str, past: Sequence[FieldPast], today: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popup")
        self.setFixedWidth(_WIDTH)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 14)
        box.setSpacing(8)
        box.addWidget(label(t("past.title", label=title), "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for line, one in enumerate(reversed(past[-_MOST:])):
            old, new = one.old or t("form.history_empty"), one.new or t("form.history_empty")
            grid.addWidget(label(moment(one.at, today), "muted"), 3 * line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(t("past.from_to", old=old, new=new), "", wraps=True), 3 * line, 1)
            grid.addWidget(label(one.clerk, "muted"), 3 * line + 1, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(one.why, "muted", wraps=True), 3 * line + 1, 1)
            grid.setRowMinimumHeight(3 * line + 2, 6)
        box.addLayout(grid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.close()
        else:
            super().keyPressEvent(event)


def _line(last: FieldPast, today: date) -> str:
    then = date.fromisoformat(last.at[:10])
    day = t("ui.today") if then == today else short_day(then, today.year)
    if last.old:
        return t("past.changed", old=" ".join(last.old.split()), clerk=last.clerk, day=day, why=last.why)
    return t("past.filled", clerk=last.clerk, day=day, why=last.why)
