# SPDX-License-Identifier: MulanPSL-2.0
"""A line with proposals below it: units, people, words of a fixed list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from township_office.core.errors import OfficeError
from township_office.core.fields import Field
from township_office.core.searchkeys import fold, initials
from township_office.core.text import t
from township_office.ui import theme
from township_office.ui.form.line_editor import ENTER, LineEditor
from township_office.ui.form.suggestions import Suggestions

LINE_OF_ONE_NAME = 200  # a NAME field that may be longer holds several names, each proposed on its own
PAUSE_MS = 60  # between a key and the proposals for it
_PIECES = "、，,；;"


class SuggestEditor(LineEditor):
    """A line with proposals: `source` turns what was typed into them, by text or by pinyin initials."""

    def __init__(
        self, field: Field, source: Callable[[str], list[str]], *, is_list: bool, has_opener: bool = True
    ) -> None:
        """is_list: a short list, shown whole on ↓; by an arrow in the line or, without has_opener, by a click on it."""
        super().__init__(field)
        self._source = source
        self._is_list = is_list  # a short fixed list: shown on ↓ without a letter typed
        self._in_pieces = field.max_length > LINE_OF_ONE_NAME
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._offer)
        self.list: Suggestions | None = None  # made with the first proposals
        self.line.textEdited.connect(lambda _text: self._pause.start())
        self.left.connect(self._stop)
        self._opens_on_click = is_list and not has_opener
        if is_list and has_opener:
            opener = self.line.addAction(theme.icon("chevron_down"), QLineEdit.ActionPosition.TrailingPosition)
            opener.triggered.connect(self._on_opener)

    def note(self) -> str:
        """How to go quicker, while the line is empty."""
        if self.text().strip():
            return ""
        return t("form.list_hint") if self._is_list else t("form.name_hint")

    def propose(self, name: str) -> None:
        """Offer one name for the empty line the cursor is in: Enter or Tab take it, any letter goes its own way."""
        if name and not self.text().strip() and self.line.hasFocus():
            self._show([name], first_is_meant=True)

    def on_key(self, event: QKeyEvent) -> bool:
        """The list has the first word: Enter and Tab take what is highlighted and only then."""
        if event.key() in (*ENTER, Qt.Key.Key_Tab) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if self._pause.isActive():  # quicker than the list: the proposals for the last letter are still to come
                self._offer()
            highlighted = self.list.highlighted() if self.list else None
            self._stop()
            if highlighted is not None:
                self._take(highlighted)
                if event.key() == Qt.Key.Key_Tab:
                    return True
        if self.list is not None and self.list.takes(event):
            return True
        if event.key() == Qt.Key.Key_Down and not event.modifiers() and (self._is_list or self.text().strip()):
            self._offer()
            return True
        return super().on_key(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An input method has the screen under the line to itself; a list without an arrow opens on a click."""
        if event.type() == QEvent.Type.InputMethod:
            self._stop()
        elif event.type() == QEvent.Type.MouseButtonRelease and self._opens_on_click:
            self._on_opener()
        return super().eventFilter(watched, event)

    def _piece(self) -> tuple[int, str]:
        """Return where the name being typed begins and what of it stands before the cursor."""
        before = self.line.text()[: self.line.cursorPosition()]
        start = max(before.rfind(sign) for sign in _PIECES) + 1 if self._in_pieces else 0
        return start, before[start:].strip()

    def _on_opener(self) -> None:
        """The arrow shows the whole list, whatever stands in the line."""
        self.line.setFocus()
        self._show(self._source(""), first_is_meant=False)

    def _offer(self) -> None:
        self._pause.stop()
        _, typed = self._piece()
        if not self.line.hasFocus() or not (typed or self._is_list):
            self._stop()
            return
        try:
            proposals = [text for text in self._source(typed) if text != typed]
        except OfficeError:
            proposals = []  # a proposal is a courtesy; saving will say what is wrong with the file
        self._show(proposals, first_is_meant=typed.isascii() and typed.isalpha())

    def _show(self, proposals: list[str], *, first_is_meant: bool) -> None:
        if self.list is None:
            self.list = Suggestions(self.line)
            self.list.chosen.connect(self._take)
        self.list.offer(proposals, first_is_meant=first_is_meant)

    def _take(self, name: str) -> None:
        start, _ = self._piece()
        rest = self.line.text()[self.line.cursorPosition() :] if self._in_pieces else ""
        self.line.setText(self.line.text()[:start] + name + rest)
        self.line.setCursorPosition(start + len(name))
        self._stop()

    def _stop(self) -> None:
        self._pause.stop()
        if self.list is not None:
            self.list.hide()


def matching(choices: tuple[str, ...], typed: str) -> list[str]:
    """Return the choices that typed may mean: all when it is empty, else by text or pinyin initials."""
    key = fold(typed)
    return [
        choice
        for choice in choices
        if key in fold(choice) or any(letters.startswith(key) for letters in initials(fold(choice)).split())
    ]
