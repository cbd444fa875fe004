# SPDX-License-Identifier: MulanPSL-2.0
"""What every editor is, and the plainest of them: one line of text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from township_office.core.fields import Field, Kind
from township_office.core.gate import has_secret_mark, has_secret_word
from township_office.core.text import t
from township_office.ui.form.text_area import PASTE_LIMIT
from township_office.ui.widgets import tint

_FREE = (Kind.TEXT, Kind.LONG_TEXT, Kind.NAME, Kind.DOC_NUMBER)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Editor(QWidget):
    """What a form knows of any editor. `inner` has the keyboard; the rest is signals."""

    edited = Signal()  # the text changed, by hand or by the program
    entered = Signal()  # Enter: the clerk goes on to the next field
    arrived = Signal()  # the cursor came
    left = Signal()  # the cursor went elsewhere
    refused = Signal(str)  # something could not be taken in, in words
    noted = Signal()  # what note() says has changed, though the text has not
    pasted = Signal(str)  # a text was pasted into the empty editor, before it is put in

    is_guarded = False  # of the guarded register, where the words 机密 and 秘密 are at home

    def __init__(self, field: Field, inner: QWidget) -> None:
        super().__init__()
        self.field = field
        self.inner = inner
        self.setObjectName(field.name)
        self.setFocusProxy(inner)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(inner)
        inner.installEventFilter(self)

    def text(self) -> str:
        """Return what the clerk typed."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Show text as if it had been typed."""
        raise NotImplementedError

    def note(self) -> str:
        """Return what was understood of the text, for the line below it; "" when there is nothing to say."""
        return ""

    def doubt(self) -> str:
        """Return what about the text deserves a second look, in words; "" when nothing does. It never blocks."""
        is_open = self.field.kind in _FREE and not self.is_guarded
        return t("secret.word") if is_open and has_secret_word(self.text()) and not has_secret_mark(self.text()) else ""

    def settle(self) -> None:
        """Bring the text into its usual form, when the cursor leaves or the form is saved."""

    def set_tone(self, tone: str) -> None:
        """Colour the edge: "red" wrong, "amber" look twice, "" as usual."""
        tint(self.inner, tone)

    def on_key(self, event: QKeyEvent) -> bool:
        """Handle a key before the widget does; say whether it was taken."""
        if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.entered.emit()
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the inner widget: its keys, and the coming and going of the cursor."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.on_key(event):
            return True
        if isinstance(event, QFocusEvent) and event.reason() != Qt.FocusReason.PopupFocusReason:
            if event.gotFocus():
                self.arrived.emit()
            else:
                self.settle()
                self.left.emit()
        return super().eventFilter(watched, event)


class LineEditor(Editor):
    """One line of text."""

    def __init__(self, field: Field) -> None:
        self.line = QLineEdit()
        super().__init__(field, self.line)
        self.line.setMaxLength(PASTE_LIMIT)
        self.line.setPlaceholderText(t("form.required") if field.required else "")
        self.line.textChanged.connect(self.edited)
        self.line.inputRejected.connect(lambda: self.refused.emit(t("form.too_much", limit=field.max_length)))

    def text(self) -> str:
        """See Editor."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """See Editor."""
        self.line.setText(text)
        self.line.setCursorPosition(0 if len(text) > 40 else len(text))

    def on_key(self, event: QKeyEvent) -> bool:
        """Besides Enter: a paste is announced, and refused when it is a whole file."""
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if len(text) > PASTE_LIMIT:
                self.refused.emit(t("form.too_much", limit=self.field.max_length))
                return True
        return super().on_key(event)
