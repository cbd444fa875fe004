# SPDX-License-Identifier: MulanPSL-2.0
"""The number ledger as a table: one line for every number of a series and period."""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from township_office.core.dates import show_date
from township_office.core.text import t
from township_office.services.numbers import NumberLine
from township_office.ui import theme
from township_office.ui.widgets import PILL_HEIGHT, paint_pill, pill_width

# state → tone of its pill; red is what needs explaining before the year is closed
STATES = {
    "used": "green", "void": "grey", "reserved": "accent", "backdated": "amber", "missing": "red", "duplicate": "red",
}  # fmt: skip
ROW_HEIGHT = 36
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns of the table, in their order."""

    NUMBER = 0
    STATE = 1
    DAY = 2
    TITLE = 3
    WHO = 4
    WORDS = 5


class LedgerModel(QAbstractTableModel):
    """Lines of one series and period, all or those in one state."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[NumberLine] = []
        self._lines: list[NumberLine] = []
        self._state = ""

    def show_lines(self, lines: list[NumberLine]) -> None:
        """Show other lines."""
        self._all = lines
        self.show_state(self._state)

    def show_state(self, state: str) -> None:
        """Show the lines in one state; "" shows all."""
        self.beginResetModel()
        self._state = state
        self._lines = [line for line in self._all if state in ("", line.state)]
        self.endResetModel()

    def counts(self) -> Counter[str]:
        """Return how many lines there are in each state; "" counts all."""
        return Counter({"": len(self._all), **Counter(line.state for line in self._all)})

    def has_words(self) -> bool:
        """Say whether anything stands in the last column: in most years, nothing needs explaining."""
        return any(map(_explanation, self._lines))

    def line(self, row: int) -> NumberLine:
        """Return the line in a row of the table."""
        return self._lines[row]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return t(f"numbers.head_{Column(section).name.lower()}")
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _words(line, Column(index.column()))
        if role == Qt.ItemDataRole.ForegroundRole:
            if line.state == "void":
                return theme.colour("void")
            if line.state == "missing" or index.column() in (Column.NUMBER, Column.DAY, Column.WHO, Column.WORDS):
                return theme.colour("soft")
        return None


class StateDelegate(QStyledItemDelegate):
    """Paints the state as a pill."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, LedgerModel):
            return
        super().paint(painter, option, model.index(index.row(), len(Column)))  # the ground of the row, without words
        words = str(index.data())
        box = option.rect
        painter.save()
        painter.setFont(theme.screen_font(13))
        width = pill_width(painter.fontMetrics(), words)
        top = box.center().y() - PILL_HEIGHT / 2 + 1
        paint_pill(painter, QRectF(box.x() + 6, top, width, PILL_HEIGHT), words, STATES[model.line(index.row()).state])
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(70, ROW_HEIGHT)


def _words(line: NumberLine, column: Column) -> str:
    match column:
        case Column.NUMBER:
            return line.number
        case Column.STATE:
            return t(f"numbers.state_{line.state}")
        case Column.DAY:
            return _day(line.day)
        case Column.TITLE:
            return line.title if line.state != "reserved" else t("numbers.kept_for", name=line.title)
        case Column.WHO:
            return line.who
        case Column.WORDS:
            return _explanation(line)


def _explanation(line: NumberLine) -> str:
    match line.state:
        case "void" | "reserved":
            return "　".join(words for words in (_day(line.when), line.why) if words)
        case "missing":
            return t("numbers.missing_words")
        case "duplicate":
            return t("numbers.duplicate_words")
        case _:
            return line.why


def _day(day: date | None) -> str:
    return show_date(day) if day else ""
