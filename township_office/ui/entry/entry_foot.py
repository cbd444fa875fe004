# SPDX-License-Identifier: MulanPSL-2.0
"""The foot of the row that is typed: words below the field they are about, and right what can be done."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from township_office.core.text import t
from township_office.ui.book.line_delegate import PADDING
from township_office.ui.widgets import ElidedLabel, link_button, plain_button, primary_button, tint

_GAP = 8


class EntryFoot(QWidget):
    """Words, a way out, and three buttons with their keys written on them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = ElidedLabel("", "fieldNote")
        self.link, self.other_link = link_button(""), link_button("")
        for link in (self.link, self.other_link):
            link.setObjectName("fieldLink")
            link.hide()
        self.same = plain_button(f"{t('form.same_as_last')}  F4")
        self.save = primary_button(t("entry.save"), "Ctrl+Enter")
        self.close_button = plain_button(f"{t('entry.close')}  Esc")
        self.buttons = (self.same, self.save, self.close_button)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(PADDING, 0, _GAP, 0)
        row.setSpacing(_GAP)
        row.addWidget(self._words)
        row.addWidget(self.link)
        row.addWidget(self.other_link)
        row.addStretch(1)
        for button in self.buttons:
            row.addWidget(button)

    def say(self, words: str, tone: str, way_out: str = "", other: str = "") -> None:
        """Say something in a tone, with a link behind it, or two, or none."""
        self._words.show_text(words)
        tint(self._words, tone)
        for link, text in ((self.link, way_out), (self.other_link, other)):
            link.setText(text)
            link.setVisible(bool(text))

    def words(self) -> str:
        """Return what is being said."""
        return self._words.full_text()

    def stand_below(self, left: int) -> None:
        """Let the words begin at left, unless they would then run into the buttons."""
        behind = [*self.buttons, *(link for link in (self.link, self.other_link) if not link.isHidden())]
        taken = sum(widget.sizeHint().width() + _GAP for widget in behind) + 2 * _GAP
        room = self.width() - taken - self._words.sizeHint().width()
        left = max(PADDING, min(left + PADDING, room))
        if self._row.contentsMargins().left() != left:
            self._row.setContentsMargins(left, 0, _GAP, 0)
