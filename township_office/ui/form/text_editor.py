# SPDX-License-Identifier: MulanPSL-2.0
"""Text that may run over several lines, with proposals below it where there are any."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor

from township_office.core.fields import Field
from township_office.core.text import t
from township_office.ui.form.line_editor import Editor
from township_office.ui.form.suggest_editor import PAUSE_MS
from township_office.ui.form.suggestions import Suggestions
from township_office.ui.form.text_area import TextArea


class TextEditor(Editor):
    """Grows to four lines; Shift+Enter breaks a line, Enter and Tab go on.

    `source` turns what was typed into whole texts. One is taken with Tab, → or a click and never with Enter: a title
    that looks like last year's is not last year's.
    """

    def __init__(self, field: Field) -> None:
        self.area = TextArea()
        super().__init__(field, self.area)
        self.area.setPlaceholderText(t("form.required") if field.required else "")
        self.area.setTabChangesFocus(True)
        self.area.too_much.connect(lambda: self.refused.emit(t("form.too_much", limit=field.max_length)))
        self.area.pasted_whole.connect(self.pasted)
        self.source: Callable[[str], list[str]] | None = None
        self.list: Suggestions | None = None  # made with the first proposals
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._offer)
        self._text = ""
        self.area.textChanged.connect(self._on_changed)
        self.left.connect(self._stop)

    def text(self) -> str:
        """See Editor."""
        return self.area.toPlainText()

    def set_text(self, text: str) -> None:
        """See Editor."""
        self.area.setPlainText(text)
        self._pause.stop()

    def note(self) -> str:
        """How to take a proposal, while there are some."""
        return t("form.title_hint") if self.list is not None and self.list.isVisible() else ""

    def on_key(self, event: QKeyEvent) -> bool:
        """Tab, or → behind the last sign, takes the first proposal, ↓ leads to the others."""
        if self.list is not None and self.list.isVisible() and not event.modifiers():
            is_right = event.key() == Qt.Key.Key_Right and self.area.textCursor().atEnd()
            if is_right or event.key() == Qt.Key.Key_Tab:
                self._take(self.list.highlighted() or self.list.item(0).text())
                return True
            if self.list.takes(event):
                return True
        return super().on_key(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An input method that is composing has the screen under the line to itself."""
        if event.type() == QEvent.Type.InputMethod:
            self._stop()
        return super().eventFilter(watched, event)

    def _on_changed(self) -> None:
        # Qt tells of changes in the looks of the text as well: an input method's underline, another font.
        if self.text() != self._text:
            self._text = self.text()
            self.edited.emit()
            if self.source is not None and self.area.hasFocus():
                self._pause.start()

    def _offer(self) -> None:
        proposals = self.source(self.text()) if self.source is not None and self.area.hasFocus() else []
        if self.list is None and proposals:
            self.list = Suggestions(self.area)
            self.list.chosen.connect(self._take)
        if self.list is not None:
            self.list.offer(proposals, first_is_meant=False)
            self.noted.emit()

    def _take(self, text: str) -> None:
        self.set_text(text)
        self.area.moveCursor(QTextCursor.MoveOperation.End)
        self._stop()

    def _stop(self) -> None:
        self._pause.stop()
        if self.list is not None and self.list.isVisible():
            self.list.hide()
            self.noted.emit()
