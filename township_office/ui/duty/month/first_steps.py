# SPDX-License-Identifier: MulanPSL-2.0
"""The first use: three steps, 人员, 岗位, 排班, each with its way on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.ui import theme
from township_office.ui.widgets import card, label, link_button, plain_button, rename

_WIDTH, _SIDE = 620, 30
STEPS = ("people", "lines", "draw")


class FirstSteps(QWidget):
    """What is still missing before a month can be drawn."""

    people_wanted = Signal()
    import_wanted = Signal()
    old_wanted = Signal()  # people and lines out of the rosters of years past
    lines_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows = {name: _Step(place, name) for place, name in enumerate(STEPS, start=1)}
        self._rows["people"].button.clicked.connect(self.people_wanted)
        self.sheet = link_button(t("duty_first.people_import"))
        self.sheet.clicked.connect(self.import_wanted)
        self._rows["people"].add(self.sheet)
        self.old = link_button(t("duty_first.people_old"))
        self.old.clicked.connect(self.old_wanted)
        self._rows["lines"].button.clicked.connect(self.lines_wanted)
        self._rows["draw"].button.hide()
        sheet = card()
        sheet.setFixedWidth(_WIDTH)
        box = QVBoxLayout(sheet)
        box.setContentsMargins(28, 24, 28, 24)
        box.setSpacing(18)
        box.addWidget(label(t("duty_first.title"), "heading"))
        box.addWidget(label(t("duty_first.hint"), "muted", wraps=True))
        for row in self._rows.values():
            box.addWidget(row)
        box.addWidget(self.old, 0, Qt.AlignmentFlag.AlignLeft)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)

    def show_steps(self, *, people: int, lines: int) -> None:
        """Show how far the office is."""
        self._rows["people"].show_step(is_done=people > 0, is_next=not people, count=people)
        self._rows["lines"].show_step(is_done=lines > 0, is_next=bool(people) and not lines, count=lines)
        self._rows["draw"].show_step(is_done=False, is_next=bool(people and lines), count=0)

    def button(self, name: str) -> QPushButton:
        """Return the way on of a step."""
        return self._rows[name].button


class _Step(QFrame):
    def __init__(self, place: int, name: str) -> None:
        super().__init__()
        self._name = name
        self._sign = _Sign(place)
        self._title, self._hint = label(t(f"duty_first.{name}"), "strong"), label(t(f"duty_first.{name}_hint"), "muted")
        self._hint.setWordWrap(True)
        self.button: QPushButton = plain_button(t(f"duty_first.{name}_do"))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.button)

    def add(self, button: QPushButton) -> None:
        """Offer another way on, before the button."""
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(2, button)

    def show_step(self, *, is_done: bool, is_next: bool, count: int) -> None:
        """done: ticked; next: its button is the primary one."""
        self._sign.show_state(is_done=is_done, is_next=is_next)
        self._hint.setText(
            t(f"duty_first.{self._name}_{'done' if is_done else 'hint'}", **({"count": count} if is_done else {}))
        )
        rename(self.button, "primary" if is_next else "")


class _Sign(QWidget):
    """A number in a ring, a tick once it is done."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self._place, self._is_done, self._is_next = place, False, False
        self.setFixedSize(QSize(_SIDE, _SIDE))

    def show_state(self, *, is_done: bool, is_next: bool) -> None:
        self._is_done, self._is_next = is_done, is_next
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tone = "green-soft" if self._is_done else "accent" if self._is_next else "grey-soft"
        painter.setBrush(theme.colour(tone))
        painter.drawEllipse(self.rect())
        if self._is_done:
            painter.drawPixmap(6, 6, theme.picture("check", "green", _SIDE - 12))
        else:
            painter.setFont(theme.screen_font(14, bold=True))
            painter.setPen(theme.colour("paper" if self._is_next else "grey"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._place))
        painter.end()
