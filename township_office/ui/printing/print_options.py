# SPDX-License-Identifier: MulanPSL-2.0
"""The left side of the print dialog: which rows, and the facts of paper, columns and fonts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
)

from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.core.text import t
from township_office.services import browsing, printing, settings
from township_office.services.office import Office
from township_office.services.printing import Printed, PrintRequest
from township_office.ui.printing.day_span import DaySpan
from township_office.ui.widgets import NumberBox, label, link_button, rule, scrolling_box

WHOLE, DAYS, SINCE, FROM = "whole", "days", "since", "from"
_LAST_PAGE = 9999


class PrintOptions(QFrame):
    """What is to be printed, as a PrintRequest; changed says that the pages are to be made anew."""

    changed = Signal()
    settings_wanted = Signal()

    def __init__(self, office: Office, register: Register, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("printOptions")
        self._office, self._register, self._today = office, register, today
        self.year = QComboBox()
        self.year.setAccessibleName(t("ui.year_choice"))
        self.choices = {key: QRadioButton(t(f"print.range_{key}")) for key in (WHOLE, DAYS, SINCE, FROM)}
        self._group = QButtonGroup(self)
        for button in self.choices.values():
            self._group.addButton(button)
        self.choices[WHOLE].setChecked(True)
        self.page = NumberBox(1, _LAST_PAGE)
        self.page.setAccessibleName(t("print.range_from"))
        self.again = link_button("")  # the way out when sheets on paper no longer say what the book says
        self.again.hide()
        self.days = DaySpan(today)
        self.days.hide()
        self._problem = label("", "problem", wraps=True)
        self._since = label("", "hint", wraps=True)
        self._facts = QGridLayout()
        self._stale_page = 1
        self._put_together()
        self._fill_years()
        self.refresh()
        self._group.buttonToggled.connect(lambda _, is_on: self._on_choice(is_on=is_on))
        self.year.currentIndexChanged.connect(lambda _: self._on_year())
        self.days.changed.connect(self._on_days)
        self.page.valueChanged.connect(lambda page: self.begin_with(page))
        self.again.clicked.connect(lambda: self.begin_with(self._stale_page))

    def request(self) -> PrintRequest | None:
        """Return what is to be printed, None while the days make no sense (said beside them)."""
        year = self.year.currentData()
        if self.choices[FROM].isChecked():
            return PrintRequest(year, from_page=self.page.value())
        if not self.choices[DAYS].isChecked():
            return PrintRequest(year, since_last=self.choices[SINCE].isChecked())
        words = self.days.problem()
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        return None if words else PrintRequest(None, *self.days.days())

    def begin_with(self, page: int) -> None:
        """Print whole pages from this one on."""
        with QSignalBlocker(self.page):
            self.page.setValue(page)
        if self.choices[FROM].isChecked():
            self.changed.emit()
        else:
            self.choices[FROM].setChecked(True)

    def refresh(self) -> None:
        """Read the settings anew: columns, margins, signatures, and what was printed last."""
        office, register = self._office, self._register
        names = {settings.NUMBER: register.number_label, settings.STATUS: t("print.status")}
        names |= {field.name: field.label for field in register.fields}
        columns = "、".join(names[name] for name in settings.column_names(office, register))
        signatures = settings.get_setting(office, "print.signatures")
        paper = t(
            "print.paper",
            binding=settings.get_setting(office, "print.binding_mm"),
            row=settings.get_setting(office, "print.row_mm"),
        )
        self._clear_facts()
        self._fact(t("print.columns"), columns)
        self._fact(t("print.paper_name"), paper)
        self._fact(t("print.signatures"), signatures.replace(",", "、") or t("print.no_signatures"))
        self._fact(t("print.fonts"), _font_words())
        self._show_since()

    def show_printed(self, printed: Printed) -> None:
        """Say what the print just made has to tell: sheets to be printed anew, characters no font has."""
        words = []
        if printed.stale_pages:
            words.append(t("print.stale", pages="、".join(map(str, printed.stale_pages))))
            self._stale_page = printed.stale_pages[0]
            self.again.setText(t("print.again_from", page=self._stale_page))
        self.again.setVisible(bool(printed.stale_pages))
        if printed.missing:
            words.append(t("print.missing", signs=printed.missing[:20]))
        self._notes.setText("\n".join(words))
        self._notes.setVisible(bool(words))

    def go_to_year(self, year: int | None) -> None:
        """Choose a year, if there is a row in it."""
        place = self.year.findData(year)
        if place >= 0:
            self.year.setCurrentIndex(place)

    # ---- what the clerk says ----

    def _on_choice(self, *, is_on: bool) -> None:
        if is_on:
            self.days.setVisible(self.choices[DAYS].isChecked())
            self.year.setEnabled(not self.choices[DAYS].isChecked())
            self._problem.hide()
            self.changed.emit()

    def _on_year(self) -> None:
        self._show_since()
        self.changed.emit()

    def _on_days(self) -> None:
        if self.choices[DAYS].isChecked():
            self.changed.emit()

    def _show_since(self) -> None:
        """Offer 续打 where something of this year is on paper."""
        request = PrintRequest(self.year.currentData())
        button = self.choices[SINCE]
        try:
            before = printing.last_print(self._office, self._register, request)
        except OfficeError as error:
            before, words = None, str(error)
        else:
            words = t("print.printed_until", row=before.rows) if before else t("print.never_printed")
        button.setEnabled(before is not None)
        self._since.setText(words)
        if before is None and button.isChecked():
            with QSignalBlocker(self._group):
                self.choices[WHOLE].setChecked(True)

    def _fill_years(self) -> None:
        years = browsing.years(self._office, self._register)
        this_year = self._today().year
        for year in years or [this_year]:
            self.year.addItem(t("ui.year", year=year), year)
        if len(years) > 1:
            self.year.addItem(t("ui.all_years"), None)
        self.go_to_year(this_year if this_year in years else max(years, default=this_year))

    # ---- how it is put together ----

    def _put_together(self) -> None:
        box = scrolling_box(self)
        box.addWidget(label(t("print.range"), "section"))
        whole = QHBoxLayout()
        whole.addWidget(self.choices[WHOLE])
        whole.addWidget(self.year, 1)
        box.addLayout(whole)
        box.addWidget(self.choices[SINCE])
        self._since.setContentsMargins(24, 0, 0, 0)
        box.addWidget(self._since)
        since = QHBoxLayout()
        since.setSpacing(6)
        since.addWidget(self.choices[FROM])
        self.page.setFixedWidth(84)
        since.addWidget(self.page)
        since.addWidget(label(t("print.range_from_page")))
        since.addStretch()
        box.addLayout(since)
        box.addWidget(self.choices[DAYS])
        box.addWidget(self.days)
        box.addWidget(self._problem)
        self._problem.hide()
        self._notes = label("", "note-amber", wraps=True)
        self._notes.hide()
        box.addWidget(self._notes)
        box.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(rule())
        self._facts.setVerticalSpacing(8)
        self._facts.setHorizontalSpacing(12)
        self._facts.setColumnStretch(1, 1)
        box.addLayout(self._facts)
        change = link_button(t("print.change_settings"))
        change.clicked.connect(self.settings_wanted)
        box.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch()

    def _clear_facts(self) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _fact(self, name: str, text: str) -> None:
        row = self._facts.rowCount()
        self._facts.addWidget(label(name, "label"), row, 0, Qt.AlignmentFlag.AlignTop)
        self._facts.addWidget(label(text, "muted", wraps=True), row, 1)


def _font_words() -> str:
    try:
        replaced = printing.fonts_replaced()
    except OfficeError as error:
        return str(error)
    by_font: dict[str, list[str]] = {}
    for wanted, used in replaced:
        by_font.setdefault(used, []).append(wanted)
    lines = [t("print.font_replaced", wanted="、".join(wanted), used=used) for used, wanted in by_font.items()]
    return "\n".join(lines) or t("print.fonts_all_here")
