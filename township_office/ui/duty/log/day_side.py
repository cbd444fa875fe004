# SPDX-License-Identifier: MulanPSL-2.0
"""The page of a day with the list of days beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QWidget

from township_office.ui.book.register_list import RegisterList
from township_office.ui.book.side_pane import SidePane

_LIST = 396
_WIDEST = 16_777_215  # Qt's own "no limit"


class DaySide(SidePane):
    """Both where there is room; else one of the two, the list as long as it has no day."""

    def __init__(self, days: RegisterList, sheet: QWidget, name: str) -> None:
        super().__init__(sheet, days, name)
        self._days, self._sheet = days, sheet
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        layout.setDirection(QBoxLayout.Direction.RightToLeft)

    def fit(self) -> None:
        """See SidePane."""
        is_listed = self.is_wished() or self._days.model.rowCount() == 0
        self._days.setVisible(is_listed)
        self._sheet.setVisible(self.is_roomy() or not is_listed)
        self._days.setMinimumWidth(_LIST if self.is_roomy() else 0)
        self._days.setMaximumWidth(_LIST if self.is_roomy() else _WIDEST)
        self.read()
