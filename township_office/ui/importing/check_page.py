# SPDX-License-Identifier: MulanPSL-2.0
"""Step three of an import: what would come in, what not and why, before a single row is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from township_office.core.text import t
from township_office.core.values import show
from township_office.services.sheets import Plan, Planned, words_of
from township_office.ui import theme
from township_office.ui.widgets import Button, EmptyState, label, tint

TAKEN, NOT_TAKEN, NOTED, CLASHES = "taken", "not_taken", "noted", "clashes"
KINDS = (TAKEN, NOT_TAKEN, NOTED, CLASHES)
_TONES = {TAKEN: "green", NOT_TAKEN: "amber", NOTED: "amber", CLASHES: "amber"}
_TILE_HEIGHT, _FLAT_TILE_HEIGHT = 64, 44
_LOW = 420  # pixels of page
_MOST_SHOWN = 600  # characters of a row

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the list: a row of their sheet, what is said about it, what stands in it."""

    sheet: str
    row: int
    words: str
    content: str
    planned: Planned | None = None


class Findings:
    """The lines behind one of the four counts, each made when it is looked at: there may be a hundred thousand."""

    def __init__(self, plan: Plan, kind: str) -> None:
        self._plan = plan
        self._kind = kind
        self._planned = {TAKEN: plan.taken, NOTED: plan.noted, CLASHES: plan.clashes}.get(kind, [])

    def __len__(self) -> int:
        return len(self._plan.not_taken if self._kind == NOT_TAKEN else self._planned)

    def __getitem__(self, place: int) -> Finding:
        if self._kind == NOT_TAKEN:
            one = self._plan.not_taken[place]
            return Finding(one.sheet, one.row, one.reason, _joined(one.cells))
        planned = self._planned[place]
        content = summary(self._plan, planned)
        return Finding(planned.row.sheet, planned.row.row, _said(planned, self._kind), content, planned)


def summary(plan: Plan, planned: Planned) -> str:
    """Return what stands in a row, in one line: date, sender, number, title … as it will be written."""
    register = plan.register
    texts = (show(field, planned.values.get(field.name)) for field in register.fields if field.shown)
    return _joined([show_number(planned), *texts])


def show_number(planned: Planned) -> str:
    """Return the number a row will be found by, "" when it has none."""
    return str(planned.values["number"] or planned.values["original_number"] or "")


def _said(planned: Planned, kind: str) -> str:
    if kind == CLASHES:
        return planned.clash
    return "；".join(words_of(planned)) if kind == NOTED else show_number(planned)


def _joined(texts: Sequence[object]) -> str:
    return "　".join(" ".join(str(text).split()) for text in texts if str(text).strip())


class CheckPage(QWidget):
    """Four counts; the one chosen lists its rows, and the row chosen is shown whole."""

    picked = Signal(object)  # the Finding chosen, for what stands on its other side
    known_wanted = Signal(bool)  # take rows that stand in the register already

    def __init__(self) -> None:
        super().__init__()
        self._plan: Plan | None = None
        self.may_take_known = True
        self.tiles = {kind: Tile(t(f"import.count_{kind}"), _TONES[kind]) for kind in KINDS}
        group = QButtonGroup(self)
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        for kind, tile in self.tiles.items():
            group.addButton(tile)
            tile.clicked.connect(lambda _=False, kind=kind: self.show_kind(kind))
            tiles.addWidget(tile, 1)
        self.known = QCheckBox()
        self.known.toggled.connect(self.known_wanted)
        self.model = FindingModel(self)
        self.table = self._make_table()
        self.nothing = EmptyState("done", t("import.nothing_here"), "")
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.nothing)
        self.detail = DetailCard()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addLayout(tiles)
        box.addWidget(self.known)
        box.addWidget(self._make_list(), 1)

    def show_plan(self, plan: Plan) -> None:
        """Show a dry run, beginning with what needs the clerk's eye most."""
        self._plan = plan
        counts = {
            TAKEN: len(plan.taken), NOT_TAKEN: len(plan.not_taken),
            NOTED: len(plan.noted), CLASHES: len(plan.clashes),
        }  # fmt: skip
        for kind, tile in self.tiles.items():
            tile.show_count(counts[kind])
        takes_known = plan.choices.takes_known
        with QSignalBlocker(self.known):
            self.known.setChecked(takes_known)
        self.known.setText(t("import.take_known") if takes_known else t("import.known_left_out", count=plan.known))
        self.known.setVisible(self.may_take_known and (plan.known > 0 or takes_known))
        self.show_kind(next((kind for kind in (NOT_TAKEN, CLASHES, NOTED) if counts[kind]), TAKEN))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for tile in self.tiles.values():
            tile.flatten(is_flat=self.height() < _LOW)

    def show_kind(self, kind: str) -> None:
        """List the rows behind one count."""
        if self._plan is None:
            return
        self.tiles[kind].setChecked(True)
        found = Findings(self._plan, kind)
        self.model.show_findings(found, t(f"import.said_{kind}"))
        self.lists.setCurrentWidget(self.table if len(found) else self.nothing)
        self.detail.setVisible(len(found) > 0)
        if len(found):
            self.table.selectRow(0)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("findings")
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(32)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, 132)
        table.setColumnWidth(1, 300)
        table.selectionModel().currentRowChanged.connect(self._on_row)
        return table

    def _make_list(self) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.lists, 1)
        inside.addWidget(self.detail)
        return card

    def _on_row(self, index: QModelIndex) -> None:
        finding = self.model.finding(index.row())
        if finding is not None:
            self.detail.show_one(finding)
            self.picked.emit(finding)


class Tile(Button):
    """A count with its name, large and calm; pressed, it lists what it counts."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self.setObjectName("tile")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name, self._tone = name, tone
        self.figure, self._words = label("0", "tileFigure"), label(name, "muted")
        for part in (self.figure, self._words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._inside = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._inside.setContentsMargins(16, 0, 16, 0)
        self._inside.setSpacing(0)
        self._inside.addWidget(self.figure)
        self._inside.addWidget(self._words)
        self.flatten(is_flat=False)

    def flatten(self, *, is_flat: bool) -> None:
        """Put the name beside the count instead of below it."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._inside.setDirection(across if is_flat else down)
        self._inside.setSpacing(10 if is_flat else 0)
        self._inside.setStretch(1, 1 if is_flat else 0)
        self.setFixedHeight(_FLAT_TILE_HEIGHT if is_flat else _TILE_HEIGHT)

    def show_count(self, count: int) -> None:
        """Show this count; nothing to see is grey."""
        self.figure.setText(t("import.rows", count=f"{count:,}"))
        tint(self.figure, self._tone if count else "grey")
        self.setAccessibleName(f"{self._name} {count}")


class FindingModel(QAbstractTableModel):
    """Place, what is said, content."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._findings: Findings | None = None
        self._count = 0
        self._heads = ("", "", "")

    def show_findings(self, found: Findings, said: str) -> None:
        """List these from now on; said heads the column of what is said about them."""
        self.beginResetModel()
        self._findings, self._count = found, len(found)
        self._heads = (t("import.head_place"), said, t("import.head_content"))
        self.endResetModel()

    def finding(self, row: int) -> Finding | None:
        """Return the finding of a line, None beyond the list."""
        return self._findings[row] if self._findings is not None and 0 <= row < self._count else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self.finding(index.row())
        if role == Qt.ItemDataRole.DisplayRole and one is not None:
            place = t("import.place", sheet=one.sheet.strip(), row=one.row)
            return (place, one.words, one.content)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0:
            return theme.colour("soft")
        return None


class DetailCard(QFrame):
    """The row chosen, whole: what is said about it, what stands in it, and what stands on the other side."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("findingDetail")
        self._words = label("", "section", wraps=True)
        self._theirs = label("", "", wraps=True)
        self._other = label("", "", wraps=True)
        for part in (self._words, self._theirs, self._other):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            part.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._head = label("", "label")
        self._side = QWidget()
        sides = QHBoxLayout()
        sides.setSpacing(24)
        sides.addWidget(_side(QWidget(), label(t("import.side_theirs"), "label"), self._theirs), 1)
        sides.addWidget(_side(self._side, self._head, self._other), 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 8)
        box.setSpacing(6)
        box.addWidget(self._words)
        box.addLayout(sides)

    def show_one(self, finding: Finding) -> None:
        """Show a row by itself."""
        self._words.setText(finding.words)
        self._words.setVisible(finding.planned is None or bool(words_of(finding.planned)))
        self._theirs.setText(finding.content[:_MOST_SHOWN])
        self._side.hide()

    def show_other(self, head: str, content: str) -> None:
        """Set beside it the row that has its number already."""
        self._head.setText(head)
        self._other.setText(content[:_MOST_SHOWN])
        self._side.show()


def _side(side: QWidget, head: QLabel, part: QLabel) -> QWidget:
    """One of the two sides of a clash: what it is, and the row."""
    box = QVBoxLayout(side)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(2)
    box.addWidget(head)
    box.addWidget(part, 1)
    return side
