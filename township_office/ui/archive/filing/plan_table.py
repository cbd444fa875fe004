# SPDX-License-Identifier: MulanPSL-2.0
"""The table of a year's filing: several rows can be chosen, page counts are typed one below the other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QObject, QRect, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services.archive.desk import needs_look
from township_office.services.archive.proposal import Proposed
from township_office.ui import theme
from township_office.ui.archive.filing.plan_model import (
    BODY,
    COLUMNS,
    DAY,
    ITEM_NO,
    ORG,
    PAGES,
    PERIOD,
    TITLE,
    WHY,
    PlanModel,
)
from township_office.ui.book.cell_table import CellTable
from township_office.ui.book.line_delegate import PADDING, Index, LineDelegate

_ROW_HEIGHT = 32  # pixels: a year is long, and lines are read one below the other
_LEAST_TITLE = 250  # pixels: below, other columns give their room; what is below the table says them
_LEAST_FIRST = (WHY, ORG, BODY, DAY)
_PLACE = {field.name: at for at, field in enumerate(COLUMNS)}
_CENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)


class PlanTable(CellTable):
    """Arrows and Enter go from item to item; what the keys decide is the desk's matter."""

    def __init__(self, model: PlanModel) -> None:
        super().__init__(model)
        self._plan = model
        self._left_out: set[str] = set()
        self.show_lines(model, PlanDelegate(model, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName(ARCHIVE_ITEM.title)
        self.verticalHeader().setMinimumSectionSize(_ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        model.modelReset.connect(self._span_headings)
        self._cursor = TITLE

    # ---- what is chosen ----

    def chosen_items(self) -> list[Proposed]:
        """Return the chosen items as they stand in the table."""
        return [one for one in map(self._plan.item, self.chosen_rows()) if one is not None]

    def current_item(self) -> Proposed | None:
        """Return the item the cursor is on."""
        index = self.currentIndex()
        return self._plan.item(index.row()) if index.isValid() else None

    def current_column(self) -> str:
        """Return the name of the column the cursor is on."""
        return COLUMNS[self._column()].name

    def go_to_column(self, name: str) -> None:
        """Let the cursor be in this column, where it can be seen."""
        if not self.isColumnHidden(_PLACE[name]):
            self._cursor = name
            if self.currentIndex().isValid():
                self._across(_PLACE[name])

    def choose_keys(self, keys: list[str], current: str) -> None:
        """Choose these items, the cursor on the current one; without it on the first."""
        places = [place for key in keys if (place := self._plan.position_of(key)) is not None]
        first = self._plan.position_of(current)
        first = places[0] if first is None and places else first
        if first is not None:
            self.choose_all([first, *places])

    def choose_group(self, place: int) -> None:
        """Choose every item that stands under one heading with the one at a place, or with the heading there."""
        first = last = place
        while first > 0 and self._plan.heading(first) is None and self._plan.heading(first - 1) is None:
            first -= 1
        first += self._plan.heading(first) is not None
        while last + 1 < self._plan.rowCount() and self._plan.heading(last + 1) is None:
            last += 1
        index, flags = self._plan.index(first, self._column()), QItemSelectionModel.SelectionFlag
        group = QItemSelection(index, self._plan.index(last, self._column()))
        self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        self.selectionModel().select(group, flags.ClearAndSelect | flags.Rows)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a heading chooses what stands under it."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._plan.heading(index.row()) is not None:
            self.choose_group(index.row())
        else:
            super().mousePressEvent(event)

    def near(self, place: int, by: int) -> int | None:
        """Return the place of the next item from a place on, downwards or upwards; None at the end."""
        place += by
        while 0 <= place < self._plan.rowCount():
            if self._plan.item(place) is not None:
                return place
            place += by
        return None

    def step(self, down: int, across: int) -> None:
        """Move the cell cursor past the headings; across several chosen rows they stay chosen."""
        place = self.currentIndex().row()
        for _ in range(abs(down)):
            following = self.near(place, 1 if down > 0 else -1)
            place = place if following is None else following
        seen = self.columns_in_sight()
        column = seen[min(max(seen.index(self._column()) + across, 0), len(seen) - 1)]
        if not down and len(self.selectionModel().selectedRows()) > 1:
            self._across(column)
        elif self._plan.item(place) is not None:
            self._go_to(self._plan.index(place, column))

    def _across(self, column: int) -> None:
        index = self._plan.index(self.currentIndex().row(), column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def is_typed(self, event: QKeyEvent) -> bool:
        """Say whether a key is the first figure of a page count; all other cells are opened by F2."""
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return is_plain and event.text().isdecimal() and self.current_column() == PAGES and self._can_type()

    # ---- how it looks ----

    def leave_out(self, *names: str) -> None:
        """Do not show these columns: what they say goes without saying."""
        if set(names) != self._left_out:
            self._left_out = set(names)
            self.fit_columns()

    def fit_columns(self) -> None:
        """Give the title what the others leave, and it at least enough to read."""
        self.share_width(COLUMNS, TITLE, _LEAST_TITLE, _LEAST_FIRST, self._left_out)

    def _span_headings(self) -> None:
        self.clearSpans()
        for place, row in enumerate(self._plan.rows()):
            if not isinstance(row, Proposed):
                self.setSpan(place, 0, 1, len(COLUMNS))

    # ---- keys ----

    def _expect_words(self) -> None:
        """No input method here: Y and N are keys, and a page count has figures only. Editors have their own."""
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # noqa: FBT003 - Qt's signature

    def event(self, event: QEvent) -> bool:
        """A figure typed on a page count is no command."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self.is_typed(event):
            event.accept()
            return True
        return super().event(event)

    def types(self, event: QKeyEvent) -> bool:
        """See CellTable."""
        is_f2 = event.key() == Qt.Key.Key_F2 and not event.modifiers()
        return (is_f2 or self.is_typed(event)) and super().types(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.types(event):
            return
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        place = self.currentIndex().row()
        match event.key():
            case Qt.Key.Key_Home if is_plain:
                self._leap(self.near(-1, 1))
            case Qt.Key.Key_End if is_plain:
                self._leap(self.near(self._plan.rowCount(), -1))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if is_plain:
                self.step(1, 0)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
                self.step(-1, 0)
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                event.ignore()
            case Qt.Key.Key_Up if is_plain and self.near(place, -1) is None:
                self.left_upwards.emit()
            case Qt.Key.Key_Down | Qt.Key.Key_Up if is_plain and self.position() is None:
                self._leap(self.near(-1, 1))
            case Qt.Key.Key_Left | Qt.Key.Key_Right if is_plain:
                self.step(0, 1 if event.key() == Qt.Key.Key_Right else -1)
            case _:
                super().keyPressEvent(event)

    def _leap(self, place: int | None) -> None:
        if place is not None:
            self.choose(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and self.position() is None:
            self._leap(self.near(-1, 1))


class PlanDelegate(LineDelegate):
    """A heading is a band across; what is only proposed is quiet, what should be looked at amber."""

    def __init__(self, model: PlanModel, parent: QObject) -> None:
        super().__init__(model, parent)
        self._plan = model
        self._bold, self._small = theme.screen_font(13, bold=True), theme.screen_font(13)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        heading = self._plan.heading(index.row())
        if heading is None:
            super().paint(painter, option, index)
            return
        box: QRect = option.rect
        painter.fillRect(box, theme.colour("ground"))
        painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), theme.colour("line"))
        inner = box.adjusted(PADDING, 0, -PADDING, 0)
        note = QFontMetrics(self._small).horizontalAdvance(heading.note)
        metrics = QFontMetrics(self._bold)
        words = metrics.elidedText(heading.words, Qt.TextElideMode.ElideRight, inner.width() - note - 24)
        painter.setFont(self._bold)
        painter.setPen(theme.colour("ink"))
        painter.drawText(inner, _CENTRE, words)
        painter.setFont(self._small)
        painter.setPen(theme.colour("soft"))
        painter.drawText(inner.adjusted(metrics.horizontalAdvance(words) + 20, 0, 0, 0), _CENTRE, heading.note)

    def ink(self, index: Index, name: str, text: str) -> str:
        """See LineDelegate."""
        one = self._plan.item(index.row())
        if one is None or not one.is_filed:
            return "soft" if name in (WHY, PERIOD) else "void"
        if name in (PERIOD, WHY) and needs_look(one):
            return "amber"
        if name == PERIOD:
            return "ink" if is_decided(one) else "soft"
        return "soft" if name in (ITEM_NO, DAY, WHY, BODY) else "ink"

    def paint_mark(self, painter: QPainter, inner: QRect, index: Index) -> None:
        """Behind the title how many documents lie in the item besides its main one; a tick behind a decided period."""
        one, name = self._plan.item(index.row()), COLUMNS[index.column()].name
        words = ""
        if one is not None and name == TITLE and one.members:
            words = f"＋{len(one.members)}"
        elif one is not None and name == PERIOD and is_decided(one):
            words = "✓"
        if not words:
            return
        width = QFontMetrics(self._small).horizontalAdvance(words)
        spot = QRect(inner.right() - width, inner.y(), width + 1, inner.height())
        painter.setFont(self._small)
        painter.setPen(theme.colour("accent" if name == TITLE else "green"))
        painter.drawText(spot, _CENTRE, words)
        inner.setRight(spot.left() - 4)

    def remarks(self, index: Index) -> list[str]:
        """What lies in an item of several."""
        one = self._plan.item(index.row())
        is_several = one is not None and one.members and COLUMNS[index.column()].name == TITLE
        return [one.title, one.components] if one is not None and is_several else []


def is_decided(one: Proposed) -> bool:
    """Say whether a hand has decided the period of an item, or that it is not filed."""
    return bool({PERIOD, "is_kept"} & one.by_hand)
