# SPDX-License-Identifier: MulanPSL-2.0
"""The head of the form: what is being registered, and the number it will get before it is saved.

A number may also be named by the clerk (指定编号): one that was reserved, or one that is missing in the row.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Draft, Register
from township_office.core.text import t
from township_office.registers.dispatch import DISPATCH
from township_office.registers.series import Series, number_text
from township_office.services import numbers
from township_office.services.office import Office
from township_office.services.yearly_total import yearly_total
from township_office.ui.widgets import chip, label, link_button, rename

_OFFERED = 6  # free numbers shown as chips


class NumberHead(QWidget):
    """Title left, the coming number right; the line for a named number opens below."""

    named = Signal()  # the clerk typed or chose a number, or took it back

    def __init__(self, office: Office, register: Register, title: str) -> None:
        super().__init__()
        self._office = office
        self._register = register
        self._title = label(title, "heading")
        self._coming = label("", "number")
        self._total = label("", "note-soft")
        self._remark = label("", "numberRemark")
        self._link = link_button(t("form.name_number"))
        self._link.clicked.connect(self._on_link)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(10)
        top.addWidget(self._title)
        top.addStretch()
        for widget in (self._coming, self._remark, self._total, self._link):
            top.addWidget(widget)
        self.line = QLineEdit()
        self.line.setPlaceholderText(t("form.number_hint"))
        self.line.textChanged.connect(lambda _text: self.named.emit())
        self._problem = label("", "problem", wraps=True)
        self._problem.hide()
        self._offers = QHBoxLayout()
        self._offers.setSpacing(2)
        self._naming = QWidget()
        naming = QHBoxLayout(self._naming)
        naming.setContentsMargins(0, 0, 0, 0)
        naming.setSpacing(12)
        self.line.setFixedWidth(240)
        naming.addStretch()
        naming.addLayout(self._offers)
        naming.addWidget(self.line)
        self._naming.hide()
        self._offered: tuple[Series, int] | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(top)
        box.addWidget(self._naming)
        box.addWidget(self._problem)

    def number(self) -> str:
        """Return the number the clerk named, "" when the next one is to be taken."""
        return "" if self._naming.isHidden() else self.line.text().strip()

    def name(self, number: str) -> None:
        """Name a number, or "" to go back to the next one."""
        if bool(number) == self._naming.isHidden():
            self._on_link()
        self.line.setText(number)

    def show_problem(self, words: str) -> None:
        """Say what is wrong with the number."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def forbid_naming(self) -> None:
        """A row in the book keeps its number: no link, nothing coming."""
        for widget in (self._link, self._coming, self._remark, self._total):
            widget.hide()

    def entitle(self, title: str) -> None:
        """Say what is being written."""
        self._title.setText(title)

    def coming(self) -> str:
        """Return the words about the number as they stand."""
        return f"{self._coming.text()} {self._remark.text()}".strip()

    def total(self) -> str:
        """Return the words about the year's total, "" where there are none."""
        return self._total.text()

    def refresh(self, draft: Draft, today: date) -> None:
        """Work the coming number out anew, from the series, the date and the named number of draft."""
        is_draft = is_unsigned(self._register, draft)
        self._link.setHidden(is_draft)
        if is_draft:
            self._naming.hide()
            self._say(t("draft.no_number_yet"))
            return
        try:
            coming = numbers.next_number(self._office, self._register, draft, today)
            if not self._naming.isHidden() and (coming.series, coming.period) != self._offered:
                self._offered = (coming.series, coming.period)
                self._offer(coming.series, coming.period, coming.day)
        except OfficeError as error:
            self._say(t("form.number_open"))
            self.show_problem(str(error))
            return
        self._say(t("form.will_be", number=coming.number))
        self._show_total(coming.day.year, today)
        remarks = [t("form.other_year", year=coming.day.year)] if coming.day.year != today.year else []
        if coming.is_backdated:
            remarks.append(t("form.backdated"))
        if self.number():
            remarks.append(t("form.named"))
        _tell(self._remark, "　".join(remarks))

    def _say(self, coming: str) -> None:
        self.show_problem("")
        self._coming.setText(coming)
        _tell(self._remark, "")
        _tell(self._total, "")

    def _show_total(self, year: int, today: date) -> None:
        """年度发文总量: which one of the year this is, and how many the office allows itself."""
        if self._register.name != DISPATCH.name:
            return
        total = yearly_total(self._office, year)
        key = "volume.of_none" if total.limit is None else "volume.of_set" if total.is_set else "volume.of_proposed"
        when = t("volume.this_year") if year == today.year else t("volume.year", year=year)
        _tell(self._total, t(key, when=when, count=total.count + 1, limit=total.limit))
        rename(self._total, f"note-{total.tone(total.count + 1)}")

    def _offer(self, series: Series, period: int, day: date) -> None:
        """Offer the reserved and the missing numbers of a period, reserved ones first."""
        while (item := self._offers.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        lines = numbers.number_ledger(self._office, self._register, series, period)
        free = [line for state in ("reserved", "missing") for line in lines if line.state == state]
        for line in free[:_OFFERED]:
            number = number_text(series, period, line.sequence, day)
            words = t("form.offer_reserved", number=number, name=line.title) if line.state == "reserved" else number
            button = chip(words)
            button.clicked.connect(lambda _checked, number=number: self.line.setText(number))
            self._offers.addWidget(button)

    def _on_link(self) -> None:
        opening = self._naming.isHidden()
        self._naming.setVisible(opening)
        self._link.setText(t("form.next_number") if opening else t("form.name_number"))
        if opening:
            self.line.setFocus()
        else:
            self.line.clear()
        self.named.emit()


def is_unsigned(register: Register, draft: Draft) -> bool:
    """Say whether what is typed will be kept as a draft: its day may be empty, and is."""
    return not register.field(register.dated_by).required and not draft.get(register.dated_by, "").strip()


def _tell(words: QLabel, text: str) -> None:
    """Show text; without any the label takes no room."""
    words.setText(text)
    words.setVisible(bool(text))
