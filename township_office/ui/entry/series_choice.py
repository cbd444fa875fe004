# SPDX-License-Identifier: MulanPSL-2.0
"""The number the next paper will get, in the number's own column; where a register counts in several series, a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from township_office.core.text import t
from township_office.registers.series import Series
from township_office.ui.widgets import Button


class SeriesChoice(Button):
    """Shows a number; ↓ or a click chooses another series."""

    chosen = Signal()

    def __init__(self, series: Sequence[Series]) -> None:
        super().__init__()
        self.setObjectName("entryNumber")
        self._code = series[0].code if series else ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.series = QMenu(self)  # not setMenu: Qt moves the words of such a button to the left
        for one in series:
            self.series.addAction(one.name).triggered.connect(lambda _=False, code=one.code: self.choose(code))
        if len(series) > 1:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.clicked.connect(self._offer)

    def code(self) -> str:
        """Return the code of the series the paper is counted in."""
        return self._code

    def choose(self, code: str) -> None:
        """Count in this series from now on."""
        if code != self._code:
            self._code = code
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._has_choice():
            self._offer()
        else:
            super().keyPressEvent(event)

    def show_number(self, number: str) -> None:
        """Show the number to come; "" when it is not known yet."""
        words = number or t("form.number_open")
        self.setText(f"{words} ▾" if self._has_choice() else words)
        self.setAccessibleName(t("form.will_be", number=words))
        self.setToolTip(t("form.will_be", number=words) if number else "")

    def _has_choice(self) -> bool:
        return len(self.series.actions()) > 1

    def _offer(self) -> None:
        self.series.popup(self.mapToGlobal(QPoint(0, self.height())))
