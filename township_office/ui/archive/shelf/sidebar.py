# SPDX-License-Identifier: MulanPSL-2.0
"""Beside the list: what needs a hand, the tree of the archive with its counts, and the ways to its use and care."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from township_office.core.text import t
from township_office.services.archive.shelf import Branch
from township_office.services.browsing import View
from township_office.ui import theme
from township_office.ui.archive.shelf.doors import PAGES

WIDTH, NARROW = 220, 192
_ROW, _HEADING = 30, 34
_STEP = 15  # a level further to the right
_EDGE = 10
_KIND, _COUNT, _GAPS, _PLACE = (Qt.ItemDataRole.UserRole + more for more in range(1, 5))
_HEAD, _WATCH, _BRANCH, _PAGE = "head", "watch", "branch", "page"
_SIGN = 16  # pixels of an icon

Index = QModelIndex | QPersistentModelIndex


class Sidebar(QTreeWidget):
    """One list for the arrow keys: ↑ ↓ choose, ← → close and open a branch, Enter goes into what is shown."""

    view_wanted = Signal(object)  # a View: a branch of the tree, or a watch over the whole archive
    page_wanted = Signal(str)  # one of doors.PAGES
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAccessibleName(t("shelf.sidebar"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(_STEP)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(_Painter(self))
        self.branch: Branch | None = None  # the whole tree
        self._open: set[View] = set()
        self._items: dict[View | str, QTreeWidgetItem] = {}
        self._to_do = self._heading("shelf.to_do")
        self._shelf = self._heading("shelf.shelves")
        self._care = self._heading("shelf.care")
        for name in PAGES:
            self._items[name] = self._entry(self._care, t(f"shelf.page_{name}"), _PAGE, name)
        self._to_do.setHidden(True)
        self.currentItemChanged.connect(self._on_current)
        self.itemExpanded.connect(lambda item: self._note(item, is_open=True))
        self.itemCollapsed.connect(lambda item: self._note(item, is_open=False))
        self.itemDoubleClicked.connect(self._on_double_click)

    # ---- what is shown ----

    def show_tree(self, whole: Branch) -> None:
        """Show the archive as it stands now; what was open stays open, what was chosen stays chosen."""
        is_first, self.branch = self.branch is None, whole
        if is_first:
            self._open = {whole.view, *(one.view for one in whole.branches[:1])}
        chosen = self._place()
        self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self._shelf.takeChildren()
        for view in [place for place in self._items if isinstance(place, View) and not place.state]:
            del self._items[view]
        self._grow(self._shelf, whole)
        if chosen is not None and chosen in self._items:
            self._mark(self._items[chosen])
        self.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.viewport().update()

    def show_attention(self, counts: Mapping[str, int]) -> None:
        """Show what needs a hand; what nothing needs is hidden."""
        for watch, count in counts.items():
            view = View(state=watch)
            if view not in self._items:
                self._items[view] = self._entry(self._to_do, t(f"watch.{watch}"), _WATCH, view)
            self._items[view].setData(0, _COUNT, count)
            self._items[view].setHidden(not count)
            _tell(self._items[view])
        self._to_do.setHidden(not any(counts.values()))
        if (item := self.currentItem()) is not None:  # lines came above it
            self.scrollToItem(item)

    def set_care_apart(self, *, is_apart: bool) -> None:
        """On a low window the pages of use and care are not below the edge but behind a button of their own."""
        self._care.setHidden(is_apart)

    def choose(self, place: View | str) -> None:
        """Mark what is shown without asking for it again; a view that is no branch marks the one it is part of."""
        if isinstance(place, View) and place not in self._items:
            place = View(place.year, part=place.part)
        item = self._items.get(place)
        self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        if item is None or (isinstance(place, str) and self._care.isHidden()):
            self.setCurrentIndex(QModelIndex())
        else:
            self._mark(item)
        self.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.viewport().update()

    def chosen_branch(self) -> Branch | None:
        """Return the branch that is chosen, the whole archive where none is."""
        place = self._place()
        return _find(self.branch, place) or self.branch if self.branch and isinstance(place, View) else self.branch

    def has(self, view: View) -> bool:
        """Say whether a branch is there."""
        return view in self._items

    def _mark(self, item: QTreeWidgetItem) -> None:
        self.setCurrentItem(item)
        self.scrollToItem(item)

    # ---- putting it together ----

    def _heading(self, words: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [t(words)])
        item.setData(0, _KIND, _HEAD)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setExpanded(True)
        return item

    def _entry(self, parent: QTreeWidgetItem, words: str, kind: str, place: View | str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [words])
        item.setData(0, _KIND, kind)
        item.setData(0, _PLACE, place)
        item.setData(0, _COUNT, 0)
        item.setData(0, _GAPS, 0)
        item.setToolTip(0, words)
        return item

    def _grow(self, parent: QTreeWidgetItem, branch: Branch) -> None:
        item = self._entry(parent, branch.label, _BRANCH, branch.view)
        item.setData(0, _COUNT, branch.items)
        item.setData(0, _GAPS, 0 if branch.branches else branch.gaps)
        self._items[branch.view] = item
        _tell(item)
        for one in branch.branches:
            self._grow(item, one)
        item.setExpanded(branch.view in self._open)

    def _place(self) -> View | str | None:
        item = self.currentItem()
        place: View | str | None = None if item is None else item.data(0, _PLACE)
        return place

    # ---- what the clerk does ----

    def _note(self, item: QTreeWidgetItem, *, is_open: bool) -> None:
        place = item.data(0, _PLACE)
        if isinstance(place, View):
            (self._open.add if is_open else self._open.discard)(place)

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        place = None if item is None else item.data(0, _PLACE)
        if isinstance(place, View):
            self.view_wanted.emit(place)
        elif place:
            self.page_wanted.emit(place)

    def _on_double_click(self, item: QTreeWidgetItem) -> None:
        if item.childCount() and item.data(0, _KIND) == _BRANCH:
            item.setExpanded(not item.isExpanded())
        else:
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & ~_KEYPAD:
                self.entered.emit()
            case Qt.Key.Key_Up | Qt.Key.Key_Down if item is not None:
                self._step(item, is_down=event.key() == Qt.Key.Key_Down)
            case Qt.Key.Key_Left if item is not None and not (item.childCount() and item.isExpanded()):
                above = item.parent()
                if above is not None and above.data(0, _KIND) == _BRANCH:
                    self.setCurrentItem(above)
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the arrow opens the branch and chooses nothing."""
        index = self.indexAt(event.position().toPoint())
        left = self.visualRect(index).x() - _STEP + _EDGE
        if self.model().hasChildren(index) and left <= event.position().x() < left + _SIGN + 2:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            super().mousePressEvent(event)

    def _step(self, item: QTreeWidgetItem, *, is_down: bool) -> None:
        """Go to the next entry, over the headings."""
        found: QTreeWidgetItem | None = item
        while found is not None:
            found = self.itemBelow(found) if is_down else self.itemAbove(found)
            if found is not None and found.data(0, _KIND) != _HEAD:
                self.setCurrentItem(found)
                return

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # ---- paint ----

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of a row goes from edge to edge, whatever its level."""
        item = self.itemFromIndex(index)
        if item.data(0, _KIND) != _HEAD:
            box = QRect(4, option.rect.y() + 1, self.viewport().width() - 8, option.rect.height() - 2)
            is_current = item is self.currentItem()
            if is_current or option.state & QStyle.StateFlag.State_MouseOver:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(theme.colour("accent") if is_current and self.hasFocus() else Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent-soft" if is_current else "ground"))
                painter.drawRoundedRect(box, 6, 6)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        option.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        super().drawRow(painter, option, index)

    def drawBranches(self, painter: QPainter, box: QRect, index: Index) -> None:
        """The little arrow is drawn with the words: see _Painter."""


class _Painter(QStyledItemDelegate):
    """Words left, count right, an arrow before what can be opened, an icon before a page."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree
        self._font, self._bold, self._small = theme.screen_font(), theme.screen_font(bold=True), theme.screen_font(12)
        self._head = theme.screen_font(12, bold=True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, _HEADING if index.data(_KIND) == _HEAD else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        kind, box = index.data(_KIND), option.rect
        # The headings are level 0, what stands under them is meant to stand at the same edge.
        left = _EDGE if kind == _HEAD else max(box.x() - _STEP, 0) + _EDGE
        words = QRect(left, box.y(), self._tree.viewport().width() - left - _EDGE, box.height())
        if kind == _HEAD:
            painter.setFont(self._head)
            painter.setPen(theme.colour("faint"))
            painter.drawText(words.adjusted(0, 6, 0, 0), _LEFT, index.data())
            return
        painter.setFont(self._small)
        words.setRight(self._paint_counts(painter, words, index) - 6)
        words.setLeft(words.left() + self._paint_sign(painter, words, index))
        is_chosen = index.data(_PLACE) is not None and self._tree.currentIndex() == index
        font = self._bold if is_chosen else self._font
        painter.setFont(font)
        painter.setPen(theme.colour("accent" if is_chosen else "ink"))
        text = QFontMetrics(font).elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _LEFT, text)

    def _paint_counts(self, painter: QPainter, words: QRect, index: Index) -> int:
        """Draw the count at the right end, 缺号 before it; return where they begin."""
        right = words.right()
        for text, tone in (
            (f"{index.data(_COUNT):,}" if index.data(_COUNT) else "", _COUNT_TONE[index.data(_KIND)]),
            (t("shelf.gaps", count=index.data(_GAPS)) if index.data(_GAPS) else "", "faint"),
        ):
            if text:
                width = painter.fontMetrics().horizontalAdvance(text)
                painter.setPen(theme.colour(tone))
                painter.drawText(QRect(right - width, words.y(), width + 1, words.height()), _LEFT, text)
                right -= width + 8
        return right

    def _paint_sign(self, painter: QPainter, words: QRect, index: Index) -> int:
        """Draw the arrow of a branch or the icon of a page; return the room it takes."""
        kind, top = index.data(_KIND), words.center().y() - _SIGN // 2 + 1
        if kind == _PAGE:
            painter.drawPixmap(words.x(), top, theme.picture(PAGES[index.data(_PLACE)], "soft", _SIGN))
            return _SIGN + 8
        if kind == _WATCH:
            painter.drawPixmap(words.x(), top, theme.picture("shelf_to_do", "amber", _SIGN))
            return _SIGN + 8
        if index.model().hasChildren(index):
            name = "chevron_down" if self._tree.isExpanded(index) else "chevron_right"
            painter.drawPixmap(words.x(), top, theme.picture(name, "soft", _SIGN))
        return _SIGN + 4


def _tell(item: QTreeWidgetItem) -> None:
    """Let a screen reader say the count too."""
    words = t("shelf.said", words=item.text(0), count=item.data(0, _COUNT))
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, words)


def _find(branch: Branch, view: View) -> Branch | None:
    if branch.view == view:
        return branch
    return next((found for one in branch.branches if (found := _find(one, view)) is not None), None)


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_COUNT_TONE = {_WATCH: "amber", _BRANCH: "soft", _PAGE: "soft"}
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
