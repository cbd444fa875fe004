# SPDX-License-Identifier: MulanPSL-2.0
"""导入记录: every import there ever was, and the way to take one out of the register again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from township_office.core.fields import Register
from township_office.core.text import t
from township_office.registers import DOCUMENTS
from township_office.services import sheets
from township_office.services.office import Office
from township_office.services.sheets import Batch
from township_office.ui import actions, theme
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.importing.revoke import RevokeBar
from township_office.ui.messages import Asker
from township_office.ui.widgets import PILL_HEIGHT, EmptyState, label, paint_pill, pill_width, plain_button
from township_office.ui.words import moment, short_title

_WANTED = QSize(900, 520)
_HEADS = ("when", "book", "file", "clerk", "taken", "not_taken", "state")
_WIDTHS = (124, 64, 0, 88, 76, 76, 96)
_FILE, _STATE = 2, 6

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """One import with the register it went into."""

    register: Register
    batch: Batch


class BatchesDialog(FramedDialog):
    """The imports of all registers, latest first; Del or the button asks why and revokes the one chosen."""

    revoked = Signal()
    action = "import_history"

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(t(f"action.{self.action}").removesuffix("…"), parent)
        self.setObjectName("batchesDialog")
        self._office, self._today = office, today
        self.model = self.make_model()
        self.table = self._make_table()
        self.empty = self.make_empty()
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.empty)
        self.reason = label("", "muted", wraps=True)
        self.bar = self.make_bar(asker)
        self.bar.revoked.connect(self._on_revoked)
        self.bar.closed.connect(self._on_row)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.lists)
        self.body.addWidget(card, 1)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.bar)
        self.revoke = plain_button(t("import.revoke_one") + "  Del")
        self.revoke.clicked.connect(self.on_revoke)
        leave = plain_button(t("import.close"))
        leave.clicked.connect(self.reject)
        self.add_to_foot(self.revoke, leave)
        actions.on_key(self.table, "Del", self.on_revoke)
        self.reload()
        self.fit(_WANTED)
        self.table.setFocus()

    def reload(self) -> None:
        """Read the list anew, the row in view staying the one in view."""
        row = max(self.table.currentIndex().row(), 0)
        lines = self.lines_now()
        lines.sort(key=lambda line: (line.batch.imported_at, line.batch.id), reverse=True)
        self.model.show_lines(lines)
        self.lists.setCurrentWidget(self.table if lines else self.empty)
        if lines:
            self.table.selectRow(min(row, len(lines) - 1))
        self._on_row()

    # ---- what is listed ----

    def lines_now(self) -> list[Line]:
        """Return what there is, in any order."""
        return [Line(register, batch) for register in DOCUMENTS for batch in sheets.batches(self._office, register)]

    def make_model(self) -> BatchModel:
        """Return the model of the list."""
        return BatchModel(self._today, self)

    def make_empty(self) -> EmptyState:
        """Return what is said where there is none."""
        return EmptyState("import_history", t("import.no_batches"), t("import.no_batches_hint"))

    def make_bar(self, asker: Asker) -> RevokeBar:
        """Return the line that asks why."""
        return RevokeBar(self._office, self._today, asker)

    # ---- taking one back ----

    def on_revoke(self) -> None:
        """Ask why the chosen import is to be revoked."""
        line = self.chosen()
        if line is not None and self.can_revoke(line):
            self.revoke.setEnabled(False)
            self.bar.ask(line.register, line.batch)

    def chosen(self) -> Line | None:
        """Return the import in view."""
        return self.model.line(self.table.currentIndex().row())

    def _on_row(self) -> None:
        line = self.chosen()
        self.bar.setVisible(False)
        self.revoke.setEnabled(line is not None and self.can_revoke(line))
        words = "" if line is None else self.about(line)
        self.reason.setText(words)
        self.reason.setVisible(bool(words))

    def can_revoke(self, line: Line) -> bool:
        """Say whether a line can be taken back."""
        return line.batch.revoked_on is None and not self._office.is_readonly

    def about(self, line: Line) -> str:
        """Return what is said of the line in view."""
        if line.batch.revoked_on is None:
            return ""
        return t("import.revoked_because", day=line.batch.revoked_on, why=line.batch.revoke_reason or "")

    def _on_revoked(self) -> None:
        self.reload()
        self.revoked.emit()

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("findings")
        table.setModel(self.model)
        table.setItemDelegateForColumn(_STATE, StateDelegate(table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(38)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(_FILE, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(_WIDTHS):
            if width:
                table.setColumnWidth(column, width)
        table.selectionModel().currentRowChanged.connect(lambda *_: self._on_row())
        return table


class BatchModel(QAbstractTableModel):
    """When, which register, which file, who, how many rows, how it stands."""

    def __init__(self, today: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self._today = today
        self._lines: list[Line] = []

    def show_lines(self, lines: list[Line]) -> None:
        """Show these from now on."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """Return the import of a row, None beyond the list."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_HEADS)

    def heads(self) -> list[str]:
        """Return the headings."""
        return [t(f"import.batch_{head}") for head in _HEADS]

    def state(self, line: Line) -> str:
        """Return how a line stands, for its pill."""
        return t("import.state_revoked") if line.batch.revoked_on else t("import.state_in")

    def kind(self, line: Line) -> str:
        """Return what the line went into."""
        return short_title(line.register)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.heads()[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        batch = line.batch
        if role == Qt.ItemDataRole.DisplayRole:
            when = moment(batch.imported_at.isoformat(timespec="seconds"), self._today())
            counts = (f"{batch.taken:,}", f"{batch.not_taken:,}")
            said = (when, self.kind(line), batch.source, batch.imported_by, *counts, self.state(line))
            return said[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == _FILE:
            return batch.source
        if role == Qt.ItemDataRole.ForegroundRole and (batch.revoked_on or index.column() == 0):
            return theme.colour("void" if batch.revoked_on else "soft")
        return None


class StateDelegate(QStyledItemDelegate):
    """在册 or 已撤销, as a pill."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        text = str(index.data())
        # An empty text first: Qt paints the ground of the cell, selected or not.
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        blank.text = ""
        style = blank.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, blank, painter, blank.widget)
        painter.save()
        painter.setFont(theme.screen_font(13))
        width = pill_width(painter.fontMetrics(), text)
        top = blank.rect.center().y() - PILL_HEIGHT / 2 + 1
        tone = "green" if text == t("import.state_in") else "grey"
        paint_pill(painter, QRectF(blank.rect.x() + 6, top, width, PILL_HEIGHT), text, tone)
        painter.restore()
