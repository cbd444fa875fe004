# SPDX-License-Identifier: MulanPSL-2.0
"""One entry of a book of care: the few fields that matter now, most of them filled in; saved in seconds."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from township_office.core.dates import parse_moment
from township_office.core.errors import OfficeError
from township_office.core.fields import Field, Kind, Register, Value
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.archive.care import (
    ACCESS_LOG,
    CHECKED_FOR,
    CLIMATE_LOG,
    COPYING,
    LENDING,
    SOUND,
    STACK_CHECK,
    SWINGS,
    plain_reading,
)
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import browsing, numbers, settings
from township_office.services.archive import care
from township_office.services.archive.care import CODES, TIME, TITLE, ItemFinder
from township_office.services.office import Office
from township_office.ui.archive.care.item_editor import ItemEditor
from township_office.ui.form.draft_keeper import DraftKeeper
from township_office.ui.form.drafts import Drafts
from township_office.ui.form.editors import Editor, Today, make_editor
from township_office.ui.form.line_editor import LineEditor
from township_office.ui.form.small_form import SmallForm
from township_office.ui.life.name_chips import NameChips
from township_office.ui.widgets import label, plain_button, tint
from township_office.ui.words import number_words

_BY_THE_CLERK = ("handled_by", "checked_by")
_LATER = ("returned_on", "is_intact", "effect")  # of an entry that is being made nobody knows them yet
# What is asked first, where it is another order than that of the columns.
_ORDERS = {
    "access_log": (
        "used_on", "reader", "unit", "purpose", "reference_codes", "title", "way", "handled_by", "approver", "due_on",
        "copied_pages", "credential", "returned_on", "is_intact", "effect",
    ),
    "stack_in_out": (
        "moved_on", "direction", "reference_codes", "title", "item_count", "handled_by", "returned_on", "remarks",
    ),
    "stack_check": ("checked_on", "checked_by", "title", "finding", "problem", "handling", "handled_on"),
}  # fmt: skip
# Asked only where another field says one of these words, or, without words, anything at all.
_ONLY_WHEN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "copied_pages": ("way", (COPYING,)),
    "approver": ("way", (COPYING, LENDING)),
    "due_on": ("way", (LENDING,)),
    "returned_on": ("way", (LENDING,)),
    "is_intact": ("way", (LENDING,)),
    "handling": ("problem", ()),
    "handled_on": ("problem", ()),
}


class ReadingEditor(LineEditor):
    """What an instrument shows: 18.5℃ becomes 18.5."""

    def settle(self) -> None:
        """See Editor."""
        if (plain := plain_reading(self.text())) != self.text():
            self.set_text(plain)


class ClockEditor(LineEditor):
    """The time of a reading: its day stands beside it."""

    def set_text(self, text: str) -> None:
        """Show the time of day alone."""
        with suppress(ValueError):
            text = " ".join(parse_moment(text, datetime.now()).split()[1:]) or text
        super().set_text(text)

    def settle(self) -> None:
        """9点半 becomes 09:30."""
        self.set_text(self.text())


class CareDialog(SmallForm):
    """Registers an entry, or corrects one; saved(row id) after each, and Ctrl+Enter goes on to the next."""

    saved = Signal(int)

    def __init__(
        self,
        office: Office,
        book: Register,
        today: Today,
        finder: ItemFinder,
        row: Mapping[str, Value] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._office, self._book, self._today, self._finder, self._row = office, book, today, finder, row
        self._goes_on = False
        self._told = ""  # the titles that were filled in by the program
        is_new = row is None
        title = t(f"care.new_{book.name}") if is_new else t("form.correcting", number=number_words(row or {}))
        super().__init__(title, self._coming() if is_new else "", t("form.save"), parent)
        for field in self._fields():
            self._add(field)
        if is_new:
            self._state = label("", "formState")
            self.foot.insertWidget(0, self._state, 1)
            following = plain_button(f"{t('care.save_and_next')}  Ctrl+Enter")
            following.clicked.connect(self.save_and_next)
            self.foot.insertWidget(self.foot.count() - 1, following)
            for key in ("Ctrl+Return", "Ctrl+Enter"):
                QShortcut(QKeySequence(key), self, self.save_and_next)
        self._follow()
        self.settle_down()
        self._keeper = DraftKeeper(self, Drafts(office.path, book), None if row is None else int(str(row["id"])))

    def save_and_next(self) -> None:
        """保存并登记下一条: what was done once is often done several times, as when a week is caught up with."""
        self._goes_on = True
        self.save()
        self._goes_on = False

    def write(self) -> None:
        """Write it into the book."""
        if self._row is None:
            row = care.register(self._office, self._book, self.texts(), self._today())
        else:
            row_id, changed = int(str(self._row["id"])), self.changed()
            row = care.correct(self._office, self._book, row_id, changed, self._today())
        self.saved.emit(int(str(row["id"])))
        if self._goes_on:
            self._state.setText(t("form.saved", number=row["number"]))
            tint(self._state, "green")

    def accept(self) -> None:
        """Close, or begin the next one with the same day."""
        if not self._goes_on:
            super().accept()
            return
        day = self._book.dated_by
        for name, block in self.blocks.items():
            if name != day:
                block.editor.set_text(self._start[name])
        self._keeper.begin_anew()
        self._told = ""
        self._start = self.texts()
        self.about.show_text(self._coming())
        self._follow()
        self.focus_first_empty()

    # ---- putting it together ----

    def _fields(self) -> list[Field]:
        """Return what is asked: of a new entry what the office shows, of an old one everything."""
        names = list(_ORDERS.get(self._book.name, [field.name for field in self._book.fields]))
        if self._row is None:
            shown = set(settings.column_names(self._office, self._book))
            names = [
                name
                for name in names
                if name not in _LATER and (name in shown or self._book.field(name).required or name == TITLE)
            ]
        return [self._book.field(name) for name in names]

    def _add(self, field: Field) -> None:
        editor = self._make(field)
        if self._row is not None:
            editor.set_text(show(field, self._row[field.name]))
        elif field.name in _BY_THE_CLERK:
            editor.set_text(self._office.clerk)
        self.add(editor)
        if isinstance(editor, ItemEditor):
            editor.named.connect(lambda: self._on_named(editor))
        if field.name in {decisive for decisive, _ in _ONLY_WHEN.values()}:
            editor.edited.connect(self._follow)
        if self._book is STACK_CHECK and self._row is None and field.name in (TITLE, "finding"):
            words = CHECKED_FOR if field.name == TITLE else (SOUND,)
            has_keys = field.name == TITLE
            self.add_row(NameChips(editor, dict.fromkeys(words, ""), several=has_keys, has_keys=has_keys))

    def _make(self, field: Field) -> Editor:
        if field.name == CODES:
            return ItemEditor(field, self._office, self._finder, self._today)
        if field.name in SWINGS:
            return ReadingEditor(field)
        if field.name == TIME:
            editor = ClockEditor(field)
            editor.set_text(field.default)
            return editor
        return make_editor(field, self._office, self._book, self._today)

    def _coming(self) -> str:
        """Return the words about the number to come."""
        try:
            number = numbers.next_number(self._office, self._book, {}, self._today()).number
        except OfficeError:
            return ""  # saving will say it
        hint = t("care.air") if self._book is CLIMATE_LOG else ""
        return "　".join(filter(None, (t("form.will_be", number=number), hint)))

    # ---- while the clerk types ----

    def _follow(self) -> None:
        """Ask what the way of use, or a problem, makes matter; what is filled in stays in sight."""
        for name, (decisive, words) in _ONLY_WHEN.items():
            if name in self.blocks and decisive in self.blocks:
                said = self.blocks[decisive].editor.text().strip()
                matters = said in words if words else bool(said)
                self.blocks[name].setVisible(matters or bool(self.blocks[name].editor.text().strip()))
        self.fit_soon()

    def _on_named(self, editor: ItemEditor) -> None:
        """题名 follows 档号 as long as nobody wrote another; what is out or unknown is said beside the 档号."""
        codes = editor.codes()
        try:
            items = {code: care.item_of(self._office, code) for code in codes}
            held = care.out_now(self._office, self._today()) if self._row is None else {}
            has_catalogue = bool(browsing.years(self._office, ARCHIVE_ITEM))
            titles = care.titles_of(self._office, codes)
        except OfficeError:
            return  # saving will say it
        unknown = [code for code, item in items.items() if item is None]
        out = next((code for code in codes if code in held), "")
        words = t("care.is_out_now", code=out, holder=care.holder_words(held[out])) if out else ""
        if not words and unknown and has_catalogue:
            words = t("care.unknown_code", code=unknown[0])
        self.blocks[CODES].warn(words)
        title = self.blocks[TITLE].editor
        if self._book is ACCESS_LOG and title.text() in ("", self._told) and titles != self._told:
            title.set_text(titles)
            self._told = title.text()
        self.fit_soon()


def has_codes(book: Register) -> bool:
    """Say whether entries of a book name archive items."""
    return any(field.name == CODES and field.kind is Kind.LONG_TEXT for field in book.fields)
