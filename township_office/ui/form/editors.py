# SPDX-License-Identifier: MulanPSL-2.0
"""The one place that knows which widget edits which Kind. Every editor speaks text, exactly as typed.

An editor never judges: it shows what it understood (a date with its weekday, a 文号 in its canonical form) and
leaves right and wrong to core.values. The form and the table use the same editors.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import assert_never

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from township_office.core.dates import parse_date, show_date
from township_office.core.docnumber import canonical_doc_number
from township_office.core.errors import OfficeError
from township_office.core.fields import Book, Field, Kind
from township_office.core.searchkeys import fold, initials
from township_office.core.text import t
from township_office.core.values import NO, YES, parse
from township_office.services import records
from township_office.services.office import Office
from township_office.ui import theme
from township_office.ui.form.chips import ChipRow
from township_office.ui.form.suggestions import Suggestions
from township_office.ui.form.text_area import PASTE_LIMIT, TextArea
from township_office.ui.widgets import tint
from township_office.ui.words import weekday

Today = Callable[[], date]

FEW_CHOICES = 5  # up to here every choice is in sight as a chip
LINE_OF_ONE_NAME = 200  # a NAME field that may be longer holds several names, each proposed on its own
_AHEAD = ("due_on",)  # days that lie ahead by their nature
_PAUSE_MS = 60  # between a key and the proposals for it
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PIECES = "、，,；;"


class Editor(QWidget):
    """What a form knows of any editor. `inner` has the keyboard; the rest is signals."""

    edited = Signal()  # the text changed, by hand or by the program
    entered = Signal()  # Enter: the clerk goes on to the next field
    arrived = Signal()  # the cursor came
    left = Signal()  # the cursor went elsewhere
    refused = Signal(str)  # something could not be taken in, in words
    pasted = Signal(str)  # a text was pasted into the empty editor, before it is put in

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
        return ""

    def settle(self) -> None:
        """Bring the text into its usual form, when the cursor leaves or the form is saved."""

    def set_tone(self, tone: str) -> None:
        """Colour the edge: "red" wrong, "amber" look twice, "" as usual."""
        tint(self.inner, tone)

    def on_key(self, event: QKeyEvent) -> bool:
        """Handle a key before the widget does; say whether it was taken."""
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
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


class DateEditor(LineEditor):
    """A day in any spelling; ↑ and ↓ go a day on or back."""

    def __init__(self, field: Field, today: Today) -> None:
        super().__init__(field)
        self._today = today

    def day(self) -> date | None:
        """Return the day meant, None when the text is empty or no day."""
        try:
            return parse_date(self.text(), self._today())
        except ValueError:
            return None

    def settle(self) -> None:
        """312 becomes 2026-03-12; what cannot be read stays as it is."""
        if (day := self.day()) and self.text() != show_date(day):
            self.set_text(show_date(day))

    def note(self) -> str:
        """The day with its weekday, and how far it is from today."""
        day = self.day()
        if day is None:
            return "" if self.text().strip() else t("form.date_hint")
        words = [weekday(day)]
        if self.text() != show_date(day):
            words.insert(0, show_date(day))
        if away := _distance((day - self._today()).days):
            words.append(away)
        return "　".join(words)

    def doubt(self) -> str:
        """Most of what is entered has happened already: a day of a later year is a slip of the year."""
        day = self.day()
        is_ahead = day is not None and day.year > self._today().year and self.field.name not in _AHEAD
        return t("form.later_year", year=day.year) if day and is_ahead else ""

    def on_key(self, event: QKeyEvent) -> bool:
        """Besides Enter: ↑ the next day, ↓ the day before."""
        day = self.day()
        if day and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self.set_text(show_date(date.fromordinal(day.toordinal() + (1 if event.key() == Qt.Key.Key_Up else -1))))
            return True
        return super().on_key(event)


class MomentEditor(LineEditor):
    """A day and the time of day in any spelling."""

    def __init__(self, field: Field, today: Today) -> None:
        super().__init__(field)
        self._today = today

    def settle(self) -> None:
        """现在 becomes 2026-11-20 09:15; what cannot be read stays as it is."""
        with suppress(ValueError):
            self.set_text(str(parse(self.field, self.text(), self._today()) or ""))

    def note(self) -> str:
        """How to write it, while the line is empty."""
        return "" if self.text().strip() else t("form.moment_hint")


class DocNumberEditor(LineEditor):
    """文号 in any brackets; its canonical form when the cursor leaves."""

    def settle(self) -> None:
        """青政发[2026]12号 becomes 青政发〔2026〕12号."""
        canonical = canonical_doc_number(self.text())
        if canonical != self.text():
            self.set_text(canonical)

    def note(self) -> str:
        """The canonical form while another one is being typed."""
        canonical = canonical_doc_number(self.text())
        return t("form.understood_as", text=canonical) if canonical != self.text().strip() else ""


class SuggestEditor(LineEditor):
    """A line with proposals: `source` turns what was typed into them, by text or by pinyin initials."""

    def __init__(self, field: Field, source: Callable[[str], list[str]], *, is_list: bool) -> None:
        super().__init__(field)
        self._source = source
        self._is_list = is_list  # a short fixed list: shown on ↓ without a letter typed
        self._in_pieces = field.max_length > LINE_OF_ONE_NAME
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._offer)
        self.list: Suggestions | None = None  # made with the first proposals
        self.line.textEdited.connect(lambda _text: self._pause.start())
        self.left.connect(self._stop)
        if is_list:
            opener = self.line.addAction(theme.icon("chevron_down"), QLineEdit.ActionPosition.TrailingPosition)
            opener.triggered.connect(self._on_opener)

    def note(self) -> str:
        """How to go quicker, while the line is empty."""
        if self.text().strip():
            return ""
        return t("form.list_hint") if self._is_list else t("form.name_hint")

    def on_key(self, event: QKeyEvent) -> bool:
        """The list has the first word: Enter and Tab take what is highlighted and only then."""
        if event.key() in (*_ENTER, Qt.Key.Key_Tab) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
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
        """An input method that is composing has the screen under the line to itself."""
        if event.type() == QEvent.Type.InputMethod:
            self._stop()
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


class TextEditor(Editor):
    """Text that may run over several lines: grows to four, Shift+Enter breaks a line, Enter and Tab go on."""

    def __init__(self, field: Field) -> None:
        self.area = TextArea()
        super().__init__(field, self.area)
        self.area.setPlaceholderText(t("form.required") if field.required else "")
        self.area.setTabChangesFocus(True)
        self.area.textChanged.connect(self.edited)
        self.area.too_much.connect(lambda: self.refused.emit(t("form.too_much", limit=field.max_length)))
        self.area.pasted_whole.connect(self.pasted)

    def text(self) -> str:
        """See Editor."""
        return self.area.toPlainText()

    def set_text(self, text: str) -> None:
        """See Editor."""
        self.area.setPlainText(text)


class ChipEditor(Editor):
    """A few choices, all in sight. Left to core.values: whether another word would do."""

    def __init__(self, field: Field, choices: tuple[str, ...]) -> None:
        self.chips = ChipRow(choices)
        super().__init__(field, self.chips)
        self.chips.changed.connect(self.edited)

    def text(self) -> str:
        """See Editor."""
        return self.chips.chosen()

    def set_text(self, text: str) -> None:
        """See Editor."""
        self.chips.choose(text)


def make_editor(field: Field, office: Office, book: Book, today: Today) -> Editor:
    """Return an editor for field holding its default, as the clerk would have typed it."""
    editor: Editor
    match field.kind:
        case Kind.TEXT | Kind.INTEGER:
            editor = LineEditor(field)
        case Kind.LONG_TEXT:
            editor = TextEditor(field)
        case Kind.NAME:
            editor = SuggestEditor(
                field, lambda typed: records.completions(office, book, field.name, typed), is_list=False
            )
        case Kind.DOC_NUMBER:
            editor = DocNumberEditor(field)
        case Kind.DATE:
            editor = DateEditor(field, today)
        case Kind.MOMENT:
            editor = MomentEditor(field, today)
        case Kind.CHOICE if len(field.choices) <= FEW_CHOICES:
            editor = ChipEditor(field, field.choices)
        case Kind.CHOICE:
            editor = SuggestEditor(field, lambda typed: matching(field.choices, typed), is_list=True)
        case Kind.YES_NO:
            editor = ChipEditor(field, (YES, NO))
        case _ as unreachable:
            assert_never(unreachable)
    editor.set_text(field.default)
    editor.settle()
    return editor


def matching(choices: tuple[str, ...], typed: str) -> list[str]:
    """Return the choices that typed may mean: all when it is empty, else by text or pinyin initials."""
    key = fold(typed)
    return [
        choice
        for choice in choices
        if key in fold(choice) or any(letters.startswith(key) for letters in initials(fold(choice)).split())
    ]


def _distance(days: int) -> str:
    """Return how far a day is from today in words; far days are left to the date."""
    if days in (-1, 0, 1):
        return t(("form.yesterday", "form.today", "form.tomorrow")[days + 1])
    if abs(days) > 99:
        return ""
    return t("form.days_ahead", days=days) if days > 0 else t("form.days_ago", days=-days)
