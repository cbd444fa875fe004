# SPDX-License-Identifier: MulanPSL-2.0
"""领导和分发: the leaders in rank order with their posts, and the groups of units that documents go to."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from township_office.core.errors import OfficeError
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.services import settings
from township_office.services.office import Office
from township_office.ui import theme
from township_office.ui.settings.settings_page import ValuesPage
from township_office.ui.widgets import label, rename

_ROW = 32
_NAME_WIDTH = 140
_KEYS = ("office.leaders", "office.units")


class PairTable(QTableWidget):
    """Two columns to type into; the last line is always empty, Alt+↑↓ moves a line, an emptied line goes."""

    edited = Signal()

    def __init__(self, heads: tuple[str, str], pairs: dict[str, str]) -> None:
        super().__init__(0, 2)
        self.setHorizontalHeaderLabels(list(heads))
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        self.setColumnWidth(0, _NAME_WIDTH)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        rename(self, "pairTable")
        for pair in pairs.items():
            self._add(*pair)
        self._add("", "")
        self.itemChanged.connect(lambda _item: self._on_changed())

    def pairs(self) -> list[tuple[str, str]]:
        """Return the lines that say anything, cleaned."""
        lines = [(self._text(row, 0), self._text(row, 1)) for row in range(self.rowCount())]
        return [line for line in lines if any(line)]

    def type_in(self, row: int, name: str, words: str) -> None:
        """Fill a line as if it had been typed."""
        for column, text in enumerate((name, words)):
            self.setItem(row, column, QTableWidgetItem(text))

    def lock(self, name: str, why: str) -> None:
        """Let the name of a line stay as it is, and say why."""
        for row in range(self.rowCount()):
            item = self.item(row, 0)
            if item is not None and item.text() == name:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                item.setForeground(theme.colour("soft"))
                item.setToolTip(why)

    def sizeHint(self) -> QSize:
        """Small: the page gives what it has."""
        return QSize(256, 5 * _ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+↑↓ changes the rank; everything else is Qt's."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_line(step)
        else:
            super().keyPressEvent(event)

    def move_line(self, step: int) -> None:
        """Change places with the line above or below."""
        here = self.currentRow()
        there = here + step
        if min(here, there) >= 0 and max(here, there) < self.rowCount() - 1:
            with QSignalBlocker(self):
                for column in (0, 1):
                    mine, other = self.takeItem(here, column), self.takeItem(there, column)
                    self.setItem(here, column, other)
                    self.setItem(there, column, mine)
            self.setCurrentCell(there, self.currentColumn())
            self.edited.emit()

    def _add(self, name: str, words: str) -> None:
        row = self.rowCount()
        self.insertRow(row)
        self.setItem(row, 0, QTableWidgetItem(name))
        self.setItem(row, 1, QTableWidgetItem(words))

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return clean_text(item.text()) if item else ""

    def _on_changed(self) -> None:
        last = self.rowCount() - 1
        if self._text(last, 0) or self._text(last, 1):
            with QSignalBlocker(self):
                self._add("", "")
        self.edited.emit()


class PeoplePage(ValuesPage):
    """Two lists; both are kept as one line of the settings each."""

    def __init__(self, office: Office) -> None:
        super().__init__(t("people.title"), t("people.hint"), office, _KEYS)
        groups = {name: "、".join(units) for name, units in settings.unit_groups(office).items()}
        self.leaders = PairTable((t("people.leader_name"), t("people.leader_post")), settings.leaders(office))
        self.groups = PairTable((t("people.group_name"), t("people.group_units")), groups)
        for name, table in ((t("people.leaders"), self.leaders), (t("people.groups"), self.groups)):
            self.add_named(name, table)
            table.edited.connect(self.edited)
        self.box.setStretchFactor(self.leaders, 3)
        self.box.setStretchFactor(self.groups, 2)
        self.box.addWidget(label(t("people.move_hint"), "hint", wraps=True))

    def apply(self) -> None:
        """See SettingsPage."""
        for table in (self.leaders, self.groups):
            for name, words in table.pairs():
                if not name:
                    raise OfficeError("people.no_name", words=words)
                if not words and table is self.groups:
                    raise OfficeError("people.no_units", name=name)
        super().apply()

    def values(self) -> dict[str, str]:
        """See ValuesPage."""
        tables = (self.leaders, self.groups)
        return {key: settings.joined_pairs(table.pairs()) for key, table in zip(_KEYS, tables, strict=True)}
