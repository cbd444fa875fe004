# SPDX-License-Identifier: MulanPSL-2.0
"""From which day to which: two dates side by side, for what is printed of a register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from township_office.core.fields import Field, Kind
from township_office.core.text import t
from township_office.ui.form.editors import DateEditor
from township_office.ui.widgets import label


class DaySpan(QWidget):
    """Two days; without the second one until today."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.first = DateEditor(Field("first", t("print.first_day"), Kind.DATE), today)
        self.last = DateEditor(Field("last", t("print.last_day"), Kind.DATE), today)
        for editor in (self.first, self.last):
            editor.inner.setAccessibleName(editor.field.label)
            editor.entered.connect(self._on_day)
            editor.left.connect(self._on_day)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.first, 1)
        row.addWidget(label(t("print.until"), "muted"))
        row.addWidget(self.last, 1)

    def problem(self) -> str:
        """Return what is wrong with the days, "" when they can be taken."""
        first, last = self.first.day(), self.last.day()
        for editor in (self.first, self.last):
            if editor.text().strip() and not editor.day():
                return t("print.bad_day", label=editor.field.label)
        if first is None:
            return t("print.needs_day")
        return t("print.days_turned") if last is not None and last < first else ""

    def days(self) -> tuple[date | None, date]:
        """Return the first and the last day, when there is no problem with them."""
        first = self.first.day()
        return first, self.last.day() or max(first or self._today(), self._today())

    def _on_day(self) -> None:
        for editor in (self.first, self.last):
            editor.settle()
        self.changed.emit()
