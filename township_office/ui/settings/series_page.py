# SPDX-License-Identifier: MulanPSL-2.0
"""编号: the series of each register, how their numbers look, when they begin anew and where they start."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.registers import DOCUMENTS
from township_office.registers.series import (
    PER_TERM,
    RESETS,
    YEARLY,
    Series,
    first_sequence,
    format_is_sound,
    number_text,
    period_of,
)
from township_office.services import numbers, settings
from township_office.services.office import Office
from township_office.ui.form.editors import Today
from township_office.ui.settings.settings_page import SettingsPage
from township_office.ui.widgets import NumberBox, chip, label, plain_button, rename

# what the clerk reads in a format → what the program fills in
_PLACES = {
    "{" + t(f"setting.place_{name}") + "}": kept
    for name, kept in (
        ("code", "{code}"), ("year", "{year}"), ("term", "{term}"), ("seq", "{seq}"),
        ("seq3", "{seq:03d}"), ("seq4", "{seq:04d}"),
    )
}  # fmt: skip
_LAST = 99_999


class SeriesPage(SettingsPage):
    """A list of series left, the chosen one right. Nothing is kept before apply()."""

    def __init__(self, office: Office, today: Today) -> None:
        super().__init__(t("setting.series"), t("setting.series_hint"))
        self._office, self._today = office, today
        self._register = DOCUMENTS[0]
        self._old = {register.name: numbers.all_series(office, register) for register in DOCUMENTS}
        self._new = {name: list(series) for name, series in self._old.items()}
        self._old_days = settings.get_setting(office, "backdate.days")
        self.add_registers(self._show)
        self.list = QListWidget()
        self.list.currentRowChanged.connect(lambda _row: self._show_series())
        self._make_form()
        add = plain_button(t("setting.new_series"))
        add.clicked.connect(self.add_series)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list, 1)
        left.addWidget(add)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(left, 2)
        row.addWidget(self._form, 3)
        self.box.addLayout(row, 1)
        self.box.addLayout(self._days_line())
        self._show(self._register)

    def add_series(self) -> None:
        """Put a new series on the list and go to its name."""
        every = self._new[self._register.name]
        every.append(Series(self._register.name, "", t("setting.unnamed"), format=every[0].format))
        self._fill_list(len(every) - 1)
        self.name.setFocus()
        self.name.selectAll()

    def is_changed(self) -> bool:
        """See SettingsPage."""
        return self._new != self._old or str(self.days.value()) != self._old_days

    def apply(self) -> None:
        """See SettingsPage. The series that is refused is the one in sight afterwards."""
        for register in DOCUMENTS:
            for place, series in enumerate(self._new[register.name]):
                if series in self._old[register.name]:
                    continue
                try:
                    numbers.save_series(self._office, series)
                except OfficeError:
                    self._register = register
                    self._fill_list(place)
                    raise
            self._old[register.name] = numbers.all_series(self._office, register)
            self._new[register.name] = list(self._old[register.name])
        if str(self.days.value()) != self._old_days:
            settings.set_setting(self._office, "backdate.days", str(self.days.value()))
            self._old_days = str(self.days.value())
        self._show(self._register)

    # -- putting it together

    def _make_form(self) -> None:
        self.name, self.code, self.format = QLineEdit(), QLineEdit(), QLineEdit()
        self.code.setMaxLength(40)
        self.name.setMaxLength(40)
        self.example = label("", "number", wraps=True)
        self.start, self.term = NumberBox(1, _LAST), NumberBox(1, 99)
        self._start_name, self._term_name = label("", "label"), label(t("setting.term"), "label")
        self._form = QWidget()
        grid = QGridLayout(self._form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        words_left, words_right = t("setting.series_name"), t("setting.code")
        for column, (words, widget) in enumerate(((words_left, self.name), (words_right, self.code))):
            grid.addWidget(label(words, "label"), 0, column)
            grid.addWidget(widget, 1, column)
            widget.setAccessibleName(words)
        grid.addWidget(label(t("setting.format"), "label"), 2, 0, 1, 2)
        grid.addWidget(self.format, 3, 0, 1, 2)
        grid.addLayout(self._places(), 4, 0, 1, 2)
        grid.addWidget(self.example, 5, 0, 1, 2)
        grid.addWidget(label(t("setting.reset"), "label"), 6, 0, 1, 2)
        grid.addLayout(self._resets(), 7, 0, 1, 2)
        grid.addWidget(self._start_name, 8, 0)
        grid.addWidget(self.start, 9, 0)
        grid.addWidget(self._term_name, 8, 1)
        grid.addWidget(self.term, 9, 1)
        for line in (2, 6, 8):
            grid.setRowMinimumHeight(line, 28)
        grid.setRowStretch(10, 1)
        self.format.setAccessibleName(t("setting.format"))
        for edit in (self.name, self.code, self.format):
            edit.textEdited.connect(lambda _text: self._take())
        for box in (self.start, self.term):
            box.valueChanged.connect(lambda _value: self._take())

    def _places(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        for place in _PLACES:
            button = chip(place)
            button.setCheckable(False)
            button.clicked.connect(lambda _checked=False, place=place: self._insert(place))
            row.addWidget(button)
        row.addStretch()
        return row

    def _resets(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        group = QButtonGroup(self)
        self.resets = {reset: chip(t(f"setting.reset_{reset}")) for reset in RESETS}
        for button in self.resets.values():
            group.addButton(button)
            button.clicked.connect(lambda _checked=False: self._take())
            row.addWidget(button)
        row.addStretch()
        return row

    def _days_line(self) -> QHBoxLayout:
        self.days = NumberBox(0, 366, t("setting.days"))
        self.days.setValue(int(self._old_days))
        self.days.valueChanged.connect(self.edited)
        self.days.setAccessibleName(t("setting.backdate"))
        row = QHBoxLayout()
        row.addWidget(label(t("setting.backdate"), "muted"))
        row.addWidget(self.days)
        row.addStretch()
        return row

    # -- what follows

    def _show(self, register: Register) -> None:
        self._register = register
        self._fill_list(0)

    def _fill_list(self, chosen: int) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
            for series in self._new[self._register.name]:
                self.list.addItem(_words(series))
            self.list.setCurrentRow(chosen)
        self._show_series()

    def _current(self) -> Series:
        return self._new[self._register.name][max(self.list.currentRow(), 0)]

    def _show_series(self) -> None:
        series = self._current()
        self.name.setText(series.name)
        self.code.setText(series.code)
        self.format.setText(readable(series.format))
        self.resets[series.reset].setChecked(True)
        with QSignalBlocker(self.start), QSignalBlocker(self.term):
            self.start.setValue(first_sequence(series, period_of(series, self._today())))
            self.term.setValue(series.term)
        self._show_example(series)

    def _take(self) -> None:
        """Take the form into the list."""
        place = max(self.list.currentRow(), 0)
        old = self._current()
        reset = next(reset for reset, button in self.resets.items() if button.isChecked())
        series = replace(
            old, name=clean_text(self.name.text()), code=clean_text(self.code.text()), reset=reset,
            format=internal(clean_text(self.format.text())), term=self.term.value(),
        )  # fmt: skip
        period = period_of(series, self._today())
        if self.start.value() != first_sequence(series, period):
            series = replace(series, start=self.start.value(), start_period=period)
        self._new[self._register.name][place] = series
        self.list.item(place).setText(_words(series))
        self._show_example(series)
        self.edited.emit()

    def _show_example(self, series: Series) -> None:
        is_sound = format_is_sound(series.format)
        if is_sound:
            day = self._today()
            number = number_text(series, period_of(series, day), self._next(series), day)
            self.example.setText(t("setting.example", number=number))
        else:
            self.example.setText(t("setting.bad_format"))
        rename(self.example, "number" if is_sound else "problem")
        yearly = series.reset == YEARLY
        self._start_name.setText(t("setting.start_year", year=self._today().year) if yearly else t("setting.start"))
        for widget in (self._term_name, self.term):
            widget.setVisible(series.reset == PER_TERM)

    def _next(self, series: Series) -> int:
        """Return the sequence the next document would get: the stored series knows what is used."""
        day = self._today()
        first = first_sequence(series, period_of(series, day))
        if series.id:
            stored = next(old for old in self._old[self._register.name] if old.id == series.id)
            coming = numbers.next_number(self._office, self._register, {"series": stored.code}, day)
            if coming.sequence > first_sequence(stored, coming.period) or coming.sequence > first:
                return max(coming.sequence, first)
        return first

    def _insert(self, place: str) -> None:
        self.format.insert(place)
        self._take()
        self.format.setFocus(Qt.FocusReason.OtherFocusReason)


def readable(series_format: str) -> str:
    """Return a format with its places in Chinese: {代字}〔{年}〕{序号}号."""
    for shown, kept in _PLACES.items():
        series_format = series_format.replace(kept, shown)
    return series_format


def internal(shown_format: str) -> str:
    """Return what readable() made readable as the program keeps it."""
    for shown, kept in _PLACES.items():
        shown_format = shown_format.replace(shown, kept)
    return shown_format


def _words(series: Series) -> str:
    return series.name if series.name == series.code else f"{series.name}　{series.code}"
