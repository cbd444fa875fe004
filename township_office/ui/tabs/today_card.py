# SPDX-License-Identifier: MulanPSL-2.0
"""A card of 今日: its heading leads to the list, each line to its row; as many lines as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.ui.widgets import Button, ElidedLabel, LineButton, label, rename

_INSET = 8  # of the words in a line, and so of all other words of a card
_HEAD, _EDGE, _TOP = 38, 10, 8
_FEWEST = 3  # lines a card has room for at least


class Card(QFrame):
    """One thing watched over. The lines are buttons of one height; what has no room is behind the last."""

    opened = Signal()  # the heading, or the line that says how many more there are

    def __init__(self, title: str, count: int, tone: str, empty: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._lines: list[Button] = []
        self._left_out = 0
        self.head = HeadButton(title, f"{count:,}" if count else "", tone)
        self.head.clicked.connect(self.opened)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(_EDGE, _TOP, _EDGE, _EDGE)
        self._box.setSpacing(0)
        self._box.addWidget(self.head)
        self._more = LineButton("", "›")
        self._more.clicked.connect(self.opened)
        self._box.addWidget(self._more)
        self._more.hide()
        self._box.addStretch()
        if empty and not count:
            self.add_below(label(empty, "muted", wraps=True))
        self.setMinimumHeight(_TOP + _HEAD + _FEWEST * _line_height(tall=False) + _EDGE)

    def show_lines(self, lines: Sequence[Button], more: int) -> None:
        """Show these lines, the most urgent first; more: how many there are beside them."""
        self._lines, self._left_out = list(lines), more
        for place, line in enumerate(lines):
            self._box.insertWidget(1 + place, line)
            self.setTabOrder(self._lines[place - 1] if place else self.head, line)
        if lines:
            self.setTabOrder(self._lines[-1], self._more)
        self._fit()

    def more_words(self, count: int) -> str:
        """Return the line that says how many more there are."""
        return t("today.more", count=f"{count:,}")

    def add_below(self, widget: QWidget) -> None:
        """Put something that is no line under them, where their words begin."""
        row = QHBoxLayout()
        row.setContentsMargins(_INSET, 4, _INSET, 4)
        row.addWidget(widget, not isinstance(widget, Button))
        row.addStretch()
        self._box.insertLayout(self._box.count() - 1, row)

    def buttons(self) -> list[Button]:
        """Return what can be pressed, from the top."""
        every = (self.head, *self._lines, self._more)
        return [one for one in every if not one.isHidden() and one.focusPolicy() != Qt.FocusPolicy.NoFocus]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show as many lines as there is room for, and say how many more there are."""
        tall = bool(self._lines) and isinstance(self._lines[0], TallLine)
        room = max((self.height() - _TOP - _HEAD - _EDGE) // _line_height(tall=tall), _FEWEST - tall)
        shown = len(self._lines) if len(self._lines) + self._left_out <= room else room - 1
        for place, line in enumerate(self._lines):
            line.setVisible(place < shown)
        left = self._left_out + max(len(self._lines) - shown, 0)
        self._more.setVisible(left > 0)
        self._more.say(self.more_words(left))


class HeadButton(Button):
    """The heading of a card with its figure. It can be pressed when there is something to see."""

    def __init__(self, title: str, figure: str, tone: str) -> None:
        super().__init__()
        self.setObjectName("cardHead")
        self.setAccessibleName(f"{title} {figure}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if figure:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:  # not disabled: its words would turn grey
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(_INSET, 0, _INSET, 0)
        for widget in (ElidedLabel(title, "title"), label(figure, f"figure-{tone}")):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(widget, isinstance(widget, ElidedLabel))


class TallLine(Button):
    """A line of two: what and where above, in which matter below."""

    def __init__(self, above: str, right: str, below: str) -> None:
        super().__init__()
        self.setObjectName("lineTall")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{above}　{right}　{below}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        upper = QHBoxLayout()
        upper.setSpacing(12)
        box = QVBoxLayout(self)
        box.setContentsMargins(_INSET, 3, _INSET, 3)
        box.setSpacing(0)
        words = ElidedLabel(above), ElidedLabel(right, "note-soft"), ElidedLabel(below, "muted")
        for widget in words:
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        words[1].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        upper.addWidget(words[0], 1)
        upper.addWidget(words[1])
        box.addLayout(upper)
        box.addWidget(words[2])
        self._below = words[2]

    def note(self, below: str, tone: str) -> None:
        """Change the lower words, and their tone."""
        self._below.show_text(below)
        rename(self._below, f"note-{tone}")


def _line_height(*, tall: bool) -> int:
    return 46 if tall else 30
