# SPDX-License-Identifier: MulanPSL-2.0
"""While a form is typed: is the paper in the book already? A warning beside its field, and that paper to compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from township_office.core.docnumber import canonical_doc_number
from township_office.core.errors import OfficeError
from township_office.core.fields import Draft, Register
from township_office.core.text import t
from township_office.services import records
from township_office.services.office import Office
from township_office.services.standing import standing_of
from township_office.ui.book.detail_pane import DetailPane
from township_office.ui.form.editors import Today
from township_office.ui.form.record_sheet import MARGIN, RecordSheet
from township_office.ui.words import number_words

PAUSE_MS = 250
_FIELDS = ("doc_number", "title")


@dataclass(frozen=True, slots=True)
class Alike:
    """A paper in the book that may be the one being typed, and beside which field that is to be said."""

    row_id: int
    field: str
    words: str


def find_alike(office: Office, register: Register, texts: Draft, today: date, but: int | None = None) -> Alike | None:
    """Return the likeliest double of a draft, but for one row: the one that is being corrected."""
    row = next((row for row in records.lookalikes(office, register, texts, today) if row["id"] != but), None)
    if row is None:
        return None
    number = canonical_doc_number(texts.get("doc_number", ""))
    is_same = bool(number) and row.get("doc_number") == number
    words = t("form.same_number" if is_same else "form.same_title", number=number_words(row))
    return Alike(int(str(row["id"])), "doc_number" if is_same else "title", words)


class AlikeWatch(QObject):
    """Looks a moment after each change; beside holds the pane that reads the paper found, once it is asked for."""

    moved = Signal()  # the pane came or went: the form needs other room

    def __init__(
        self, office: Office, register: Register, today: Today, sheet: RecordSheet, row_id: int | None
    ) -> None:
        """sheet: the form's fields; row_id: the row it corrects, which is like itself."""
        super().__init__(sheet)
        self._office, self._register, self._today = office, register, today
        self._sheet, self._row_id = sheet, row_id
        self.pane = DetailPane(register, {})
        self.beside = QWidget()
        room = QHBoxLayout(self.beside)
        room.setContentsMargins(0, 0, MARGIN, 0)
        room.addWidget(self.pane)
        self.beside.hide()
        self.pane.closed.connect(self.close_pane)
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._look)

    def look_soon(self) -> None:
        """The clerk typed something."""
        self._timer.start()

    def stop(self) -> None:
        """The form ends or begins anew: nothing is alike any more."""
        self._timer.stop()
        self._warn_of_nothing()
        self.close_pane()

    def close_pane(self) -> None:
        """Put the other paper away."""
        if not self.beside.isHidden():
            self.beside.hide()
            self.moved.emit()

    def _look(self) -> None:
        """Warn beside 文号, else beside the title."""
        self._warn_of_nothing()
        try:
            alike = find_alike(self._office, self._register, self._sheet.texts(), self._today(), self._row_id)
        except OfficeError:
            return  # the warning is a courtesy; saving will say what is wrong
        if alike is None:
            self.close_pane()
            return
        block = self._sheet.blocks[alike.field]
        block.warn(alike.words, t("form.open_that"), lambda: self._open(alike.row_id))

    def _open(self, row_id: int) -> None:
        row = records.get(self._office, self._register, row_id)
        story, today = records.history(self._office, self._register, row_id), self._today()
        self.pane.show_row(row, story, today, state=standing_of(self._office, self._register, row, today))
        self.beside.show()
        self.moved.emit()

    def _warn_of_nothing(self) -> None:
        for name in _FIELDS:
            if name in self._sheet.blocks:
                self._sheet.blocks[name].warn("")
