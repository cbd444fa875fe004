# SPDX-License-Identifier: MulanPSL-2.0
"""The lines of the retention table in their groups: what it is, how long, from whom, whether it wants checking."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from township_office.core.text import t
from township_office.registers.archive.retention import NOT_FILED, ORIGINS, Rule
from township_office.ui import theme
from township_office.ui.widgets import rename

_ROW, _GROUP_ROW = 32, 30
_WIDTHS = {1: 68, 2: 124, 3: 68}  # px of 期限, 来源, 待核对
_GROUP_SIZE = 12
_SEPARATOR = "、"


class RetentionList(QTableWidget):
    """One line of the table a row; a row that only names a group is no stop. Alt+↑↓ asks to move the chosen line."""

    chosen = Signal(int)  # place of the line in the table
    moved = Signal(int)  # -1 up, 1 down

    def __init__(self) -> None:
        super().__init__(0, 4)
        self._places: list[int] = []  # of each row; -1 for a row that names a group
        self.setHorizontalHeaderLabels(
            [t(f"retention.head_{name}") for name in ("matter", "period", "origin", "state")]
        )
        head = self.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        rename(self, "pairTable")
        self.currentCellChanged.connect(lambda row, *_: self._on_row(row))

    def sizeHint(self) -> QSize:
        """The dialog gives what it has."""
        return QSize(520, 6 * _ROW)

    def show_rules(self, rules: Sequence[Rule], shown: Sequence[int], chosen: int) -> None:
        """Show the lines at these places, in their groups; chosen is the line the cursor goes to."""
        with QSignalBlocker(self):
            self.clearSpans()
            self.setRowCount(0)
            self._places = []
            group = None
            for place in shown:
                if rules[place].group != group:
                    group = rules[place].group
                    self._add_group(group)
                self._add_rule(place, rules[place])
        if chosen in self._places:
            self.setCurrentCell(self._places.index(chosen), 0)  # which scrolls there

    def refresh(self, place: int, rule: Rule) -> None:
        """Show a line that was changed."""
        if place in self._places:
            self._fill(self._places.index(place), rule)

    def place(self) -> int:
        """Return the place of the chosen line, -1 when there is none."""
        row = self.currentRow()
        return self._places[row] if 0 <= row < len(self._places) else -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+↑↓ moves the line; everything else is Qt's."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)

    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self._places) and self._places[row] >= 0:
            self.chosen.emit(self._places[row])

    def _add_group(self, group: str) -> None:
        row = self.rowCount()
        self.insertRow(row)
        self.setRowHeight(row, _GROUP_ROW)
        self.setSpan(row, 0, 1, self.columnCount())
        item = QTableWidgetItem(group or t("retention.no_group"))
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(theme.screen_font(_GROUP_SIZE))
        item.setBackground(theme.colour("ground"))
        item.setForeground(theme.colour("soft"))
        self.setItem(row, 0, item)
        self._places.append(-1)

    def _add_rule(self, place: int, rule: Rule) -> None:
        row = self.rowCount()
        self.insertRow(row)
        self.setRowHeight(row, _ROW)
        self._places.append(place)
        self._fill(row, rule)

    def _fill(self, row: int, rule: Rule) -> None:
        texts = (
            (rule.matter or t("retention.unnamed"), "ink"),
            (rule.retention.word if rule.retention else NOT_FILED, "ink" if rule.retention else "void"),
            (origin_words(rule.origins), "soft"),
            ("" if rule.is_certain else t("retention.doubtful"), "amber"),
        )
        for column, (text, colour) in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setForeground(theme.colour(colour))
            item.setToolTip(rule.matter if column == 0 else "")
            self.setItem(row, column, item)


def origin_words(origins: Sequence[str]) -> str:
    """Return 上级、本机关; 各方 for all of them."""
    if set(origins) == set(ORIGINS):
        return t("retention.everybody")
    return _SEPARATOR.join(t(f"retention.origin_{origin}") for origin in ORIGINS if origin in origins)
