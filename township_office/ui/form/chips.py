# SPDX-License-Identifier: MulanPSL-2.0
"""A row of chips of which at most one is chosen: one stop for the Tab key, arrows inside.

A letter chooses by pinyin initial (j: 加急), a digit by place, Backspace chooses nothing. A word that is not among
the choices (from an old ledger, or typed with an input method) stands at the end as a chip of its own: it is not
lost, and it can be told what is wrong with it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from township_office.core.searchkeys import fold, initials


class ChipRow(QFrame):
    """Choices as chips; chosen() is the word on the chosen one, "" when there is none."""

    changed = Signal()

    def __init__(self, choices: tuple[str, ...]) -> None:
        super().__init__()
        self.setObjectName("chipRow")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._choices = choices
        self._chosen = ""
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        self._chips = {choice: self._make_chip(choice) for choice in choices}
        self._other = self._make_chip("")
        for chip in (*self._chips.values(), self._other):
            box.addWidget(chip)
        box.addStretch()
        self._show()

    def chosen(self) -> str:
        """Return the chosen word."""
        return self._chosen

    def choose(self, word: str) -> None:
        """Choose word; one that is not on the list gets a chip of its own."""
        word = word.strip()
        if word != self._chosen:
            self._chosen = word
            self._show()
            self.changed.emit()

    def offer(self, choices: tuple[str, ...]) -> None:
        """Offer only these of the choices from now on; what was chosen stays, as a chip of its own."""
        self._choices = choices
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, digits, pinyin initials, Space, Backspace."""
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self._step(-1)
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete:
                self.choose("")
            case Qt.Key.Key_Space:
                self._step(1)
            case _:
                if not self._choose_by_letter(event.text()):
                    super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A word typed in Chinese is taken as it is."""
        if event.commitString():
            self.choose(event.commitString())
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame shows that the row has the keyboard."""
        super().focusInEvent(event)
        self.update()

    def _make_chip(self, word: str) -> QPushButton:
        chip = QPushButton(word)
        chip.setObjectName("chip")
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.clicked.connect(lambda: self._on_clicked(chip.text()))
        return chip

    def _on_clicked(self, word: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.choose("" if word == self._chosen else word)
        self._show()

    def _show(self) -> None:
        for word, chip in self._chips.items():
            chip.setChecked(word == self._chosen)
            chip.setVisible(word in self._choices)
        is_other = bool(self._chosen) and self._chosen not in self._choices
        self._other.setText(self._chosen if is_other else "")
        self._other.setChecked(is_other)
        self._other.setVisible(is_other)

    def _step(self, by: int) -> None:
        if self._chosen not in self._choices:
            self.choose(self._choices[0 if by > 0 else -1])
        else:
            self.choose(self._choices[(self._choices.index(self._chosen) + by) % len(self._choices)])

    def _choose_by_letter(self, letter: str) -> bool:
        """Choose by the first pinyin letter, or by place 1…9; the same letter again goes to the next such chip."""
        if letter.isdigit() and letter.isascii() and 1 <= int(letter) <= len(self._choices):
            self.choose(self._choices[int(letter) - 1])
            return True
        fitting = [word for word in self._choices if letter and initials(fold(word)).startswith(letter.lower())]
        if not fitting:
            return False
        after = fitting.index(self._chosen) + 1 if self._chosen in fitting else 0
        self.choose(fitting[after % len(fitting)])
        return True
