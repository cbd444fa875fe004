# SPDX-License-Identifier: MulanPSL-2.0
"""Beside the table: everything filled in of the chosen row, what was done to it last, and what can be done now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from township_office.core.fields import Register, Value
from township_office.core.text import t
from township_office.registers.status import OVERDUE, State, state_of
from township_office.services.dossier import Dossier
from township_office.services.records import Change
from township_office.ui.book.pane_fields import OURS, texts_of
from township_office.ui.life.pane_foot import PLAIN, PaneFoot
from township_office.ui.life.pane_sections import PaneSections, said_in_sections
from township_office.ui.widgets import EmptyState, Pill, icon_button, label, plain_button, rename, rule, scrolling
from township_office.ui.words import moment, number_words

WIDTH = 348
_LABEL_WIDTH = 64
Row = Mapping[str, Value]


class DetailPane(QFrame):
    """Reads one row to the clerk. It asks nobody: the tab hands it the row, its history and what belongs to it.

    Without actions it can only be read, and put away again. menu: everything that can be done with the row.
    """

    closed = Signal()

    def __init__(
        self, register: Register, actions: Mapping[str, QAction], menu: Callable[[], QMenu] | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFixedWidth(WIDTH)
        self._register = register
        self._shown: Row | None = None
        self._pairs: dict[str, tuple[QLabel, QLabel]] = {}
        self._title = _words("title")
        self._number = label("", "number")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._pill = Pill()
        self._grid = QGridLayout()
        self._story = QGridLayout()
        self.sections = self.build_sections()
        self._menu = menu
        self._story_lines: list[tuple[QLabel, QLabel]] = []
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState("detail_toggle", "", t("ui.detail_none")))
        self._stack.addWidget(self._build(actions))
        self._stack.setContentsMargins(1, 1, 1, 1)

    def _build(self, actions: Mapping[str, QAction]) -> QWidget:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._number)
        if "number_copy" in actions:
            head.addWidget(icon_button(actions["number_copy"]))
        head.addStretch()
        head.addWidget(self._pill)
        for grid in (self._grid, self._story):
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(4)
            grid.setColumnStretch(1, 1)
            grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        inside = QWidget()
        inside.setObjectName("clear")
        box = QVBoxLayout(inside)
        box.setContentsMargins(18, 14, 18, 14)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self._title)
        box.addSpacing(2)
        box.addLayout(self._grid)
        box.addWidget(self.sections)
        box.addWidget(rule())
        box.addWidget(label(t("ui.detail_story"), "section"))
        box.addLayout(self._story)
        box.addStretch()
        whole = QWidget()
        whole.setObjectName("clear")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolling(inside), 1)
        column.addWidget(rule())
        if actions:
            column.addWidget(self.build_foot(actions))
        else:
            column.addLayout(self._build_closing())
        return whole

    def build_sections(self) -> PaneSections:
        """Return what says more of a row than its fields do."""
        return PaneSections()

    def build_foot(self, actions: Mapping[str, QAction]) -> QWidget:
        """Return the buttons at the foot."""
        return PaneFoot(actions, PLAIN[self._register.name], self._menu)

    def texts_of(self, row: Row) -> dict[str, str]:
        """Return name → text of what is filled in, in the register's order."""
        return texts_of(self._register, row)

    def _build_closing(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(18, 12, 18, 14)
        close = plain_button(t("form.put_away"))
        close.clicked.connect(self.closed)
        foot.addStretch()
        foot.addWidget(close)
        return foot

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 200)

    def shown(self) -> Row | None:
        """Return the row that is read, None when there is none."""
        return self._shown

    def clear(self) -> None:
        """No row is chosen."""
        self._shown = None
        self._stack.setCurrentIndex(0)

    def show_row(
        self, row: Row, story: list[Change], today: date, dossier: Dossier | None = None, state: State | None = None
    ) -> None:
        """Read this row; story is its history, oldest first; with its dossier also its way through the office.

        state: how it stands, in the office's own word.
        """
        self._shown = row
        state = state or state_of(self._register, row, today)
        title = str(row["title"] or (t("ui.no_title") if self._register.field("title").required else ""))
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._number.setText(number_words(row) or t("ui.no_number"))
        rename(self._number, "number" if row["number"] else "noNumber")
        self._pill.show_state(state)
        texts = self.texts_of(row)
        self.sections.setVisible(dossier is not None)
        if dossier is not None:
            texts = {name: text for name, text in texts.items() if name not in said_in_sections(row, dossier)}
            self.sections.show_row(self._register, dict(row), dossier, today)
        for name, text in texts.items():
            key, value = self._pair(name)
            value.setText(text)
            rename(value, "late" if name == "due_on" and state.key == OVERDUE.key else "value")
            key.show()
            value.show()
        for name, (key, value) in self._pairs.items():
            if name not in texts:
                key.hide()
                value.hide()
        self._show_story(story, today)
        self._stack.setCurrentIndex(1)

    def _pair(self, name: str) -> tuple[QLabel, QLabel]:
        """Return the two labels of a line, made when first needed at the place of its field."""
        if name not in self._pairs:
            names = [*(field.name for field in self._register.fields), *OURS]
            key, value = label(self._label_of(name), "label"), _words("value")
            self._grid.addWidget(key, names.index(name), 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, names.index(name), 1)
            self._pairs[name] = key, value
        return self._pairs[name]

    def _label_of(self, name: str) -> str:
        own = {
            "original_number": t("ui.detail_original"),
            "entry": t("ui.detail_entry"),
            "void_reason": t("ui.detail_void"),
        }
        return own[name] if name in own else self._register.field(name).label

    def _show_story(self, story: list[Change], today: date) -> None:
        lines = story if len(story) < 3 else [story[0], story[-1]]
        while len(self._story_lines) < len(lines):
            at = len(self._story_lines)
            pair = label("", "label"), _words("muted")
            self._story.addWidget(pair[0], at, 0, Qt.AlignmentFlag.AlignTop)
            self._story.addWidget(pair[1], at, 1)
            self._story_lines.append(pair)
        for at, (verb, words) in enumerate(self._story_lines):
            verb.setVisible(at < len(lines))
            words.setVisible(at < len(lines))
            if at < len(lines):
                change = lines[at]
                verb.setText(change.verb)
                text = f"{change.clerk}　{moment(change.at, today)}"
                more = t("ui.detail_changes", count=len(story) - 1) if at and len(story) > 2 else ""
                words.setText(text + more)


def _words(name: str) -> QLabel:
    """A text that wraps, and can be marked and copied with the mouse."""
    widget = label("", name, wraps=True)
    widget.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    widget.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return widget
