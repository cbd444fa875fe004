# SPDX-License-Identifier: MulanPSL-2.0
"""What is special about the cells of a register: what is late or urgent, and the mark of a row that was typed late."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QPainter

from township_office.core.fields import Kind
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.archive.care import SWINGS, is_fit
from township_office.registers.common import URGENCY, VERY_URGENT
from township_office.registers.status import OVERDUE, UNFIT, VOIDED
from township_office.ui import theme
from township_office.ui.book.line_delegate import Index, LineDelegate
from township_office.ui.book.table_model import NUMBER, Line, RegisterTableModel

_MARK_WIDTH = 16
_CENTRE = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine)


class RowDelegate(LineDelegate):
    """Paints every column of a RegisterTableModel."""

    def __init__(self, model: RegisterTableModel, parent: QObject) -> None:
        super().__init__(model, parent)
        self._rows = model
        self._small = theme.screen_font(12)

    def ink(self, index: Index, name: str, text: str) -> str:
        """See LineDelegate."""
        line = self._rows.line(index.row())
        if line.state.key == VOIDED.key:
            return super().ink(index, name, text)
        if name == "due_on" and line.state.key == OVERDUE.key:
            return "red"
        if line.state.key == UNFIT.key and name in SWINGS and not is_fit(name, line.row[name]):
            return "red"
        if name == "urgency":
            return "red" if text in VERY_URGENT else "soft" if text == URGENCY[0] else "amber"
        if name == NUMBER:
            return "soft" if line.row[NUMBER] else "void"
        return super().ink(index, name, text)

    def paint_mark(self, painter: QPainter, inner: QRect, index: Index) -> None:
        """A small 补 at the right of the number of a row that was typed after its day."""
        line = self._rows.line(index.row())
        if self._rows.columns[index.column()].name != NUMBER or not is_backdated(line):
            return
        spot = QRect(inner.right() - _MARK_WIDTH + 5, inner.center().y() - 7, _MARK_WIDTH, 16)
        painter.setFont(self._small)
        painter.setPen(theme.colour("void" if line.state.key == VOIDED.key else "amber"))
        painter.drawText(spot, _CENTRE, t("ui.mark_backdated"))
        inner.setRight(spot.left() - 2)

    def remarks(self, index: Index) -> list[str]:
        """A day is told with its year, and what the small mark means."""
        line, column = self._rows.line(index.row()), self._rows.columns[index.column()]
        words = [show(column, line.row[column.name])] if column.kind is Kind.DATE else []
        if column.name == NUMBER and is_backdated(line):
            words += [line.texts[index.column()], t("ui.entry_backdated")]
        return words


def is_backdated(line: Line) -> bool:
    """Say whether a row was typed after its day, which everybody is to see."""
    return line.row["entry"] == "backdated"
