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

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from township_office.core.dates import parse_date, show_date
from township_office.core.docnumber import canonical_doc_number
from township_office.core.fields import Book, Field, Kind
from township_office.core.text import t
from township_office.core.values import NO, YES, parse
from township_office.registers.common import GUARDED
from township_office.registers.habits import number_from
from township_office.services import records
from township_office.services.office import Office
from township_office.ui.form.chips import ChipRow
from township_office.ui.form.line_editor import Editor as Editor
from township_office.ui.form.line_editor import LineEditor
from township_office.ui.form.paste_line import split_line
from township_office.ui.form.suggest_editor import SuggestEditor, matching
from township_office.ui.form.text_area import PASTE_LIMIT
from township_office.ui.form.text_editor import TextEditor
from township_office.ui.words import weekday

Today = Callable[[], date]

FEW_CHOICES = 5  # up to here every choice is in sight as a chip
_AHEAD = ("due_on", "clear_due_on", "declassify_on")  # days that lie ahead by their nature


class DateEditor(LineEditor):
    """A day in any spelling; ↑ and ↓ go a day on or back."""

    def __init__(self, field: Field, today: Today) -> None:
        super().__init__(field)
        self._today = today
        self.year: int | None = None  # which year a day without one is of, where the paper itself says it

    def day(self) -> date | None:
        """Return the day meant, None when the text is empty or no day."""
        try:
            return parse_date(self.text(), self._today(), self.year)
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
    """文号 in any brackets; its canonical form when the cursor leaves. With a 代字 proposed, 41 alone will do."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._proposed = ("", 0)

    def propose(self, code: str, year: int) -> None:
        """Offer a 代字 with its year: 41 then means 青组通〔2026〕41号. What is typed in full stays as it is."""
        if (code, year) != self._proposed:
            self._proposed = (code, year)
            self.line.setPlaceholderText(f"{code}〔{year}〕" if code else "")
            self.noted.emit()

    def settle(self) -> None:
        """青政发[2026]12号 becomes 青政发〔2026〕12号."""
        canonical = self._meant()
        if canonical != self.text():
            self.set_text(canonical)

    def note(self) -> str:
        """The canonical form while another one is being typed."""
        code, year = self._proposed
        if not self.text().strip():
            return t("form.code_hint", start=f"{code}〔{year}〕") if code else ""
        meant = self._meant()
        return t("form.understood_as", text=meant) if meant != self.text().strip() else ""

    def on_key(self, event: QKeyEvent) -> bool:
        """A whole "标题（文号）" pasted into the empty line is announced instead of put in."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self.text().strip():
            text = QGuiApplication.clipboard().text()
            if len(text) <= PASTE_LIMIT and all(split_line(text)):
                self.pasted.emit(text)
                return True
        return super().on_key(event)

    def _meant(self) -> str:
        return canonical_doc_number(number_from(self.text(), *self._proposed))


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


def make_editor(field: Field, office: Office, book: Book, today: Today, *, in_cell: bool = False) -> Editor:
    """Return an editor for field holding its default, as the clerk would have typed it.

    in_cell: it stands in a column of the table, where chips have no room: choices become a list.
    """
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
        case Kind.CHOICE | Kind.YES_NO:
            editor = _choice_editor(field, field.choices or (YES, NO), in_cell=in_cell)
        case _ as unreachable:
            assert_never(unreachable)
    editor.is_guarded = GUARDED in (book.name, getattr(book, "parent", ""))
    editor.set_text(field.default)
    editor.settle()
    return editor


def _choice_editor(field: Field, choices: tuple[str, ...], *, in_cell: bool) -> Editor:
    if len(choices) <= FEW_CHOICES and not in_cell:
        return ChipEditor(field, choices)
    return SuggestEditor(field, lambda typed: matching(choices, typed), is_list=True, has_opener=not in_cell)


def _distance(days: int) -> str:
    """Return how far a day is from today in words; far days are left to the date."""
    if days in (-1, 0, 1):
        return t(("form.yesterday", "form.today", "form.tomorrow")[days + 1])
    if abs(days) > 99:
        return ""
    return t("form.days_ahead", days=days) if days > 0 else t("form.days_ago", days=-days)
