# SPDX-License-Identifier: MulanPSL-2.0
"""The left side of 打印涉密登记表: which sheet, and over what: a year, some days, a list, or chosen copies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QRadioButton, QWidget

from township_office.core.text import t
from township_office.services.guarded.custody_printing import (
    ALL,
    CHOSEN,
    DAYS,
    LIST,
    SHEETS,
    YEAR,
    SheetRequest,
    list_numbers,
    years,
)
from township_office.services.guarded.vault import Vault
from township_office.ui.printing.day_span import DaySpan
from township_office.ui.widgets import label, rule, scrolling_box


class CustodyPrintOptions(QFrame):
    """What is to be printed, as the key of a sheet and a SheetRequest."""

    changed = Signal()

    def __init__(self, vault: Vault, today: Callable[[], date], key: str, chosen: tuple[tuple[int, str], ...]) -> None:
        super().__init__()
        self.setObjectName("printOptions")
        self._vault, self._today, self._chosen = vault, today, chosen
        self.sheet, self.year, self.list = QComboBox(), QComboBox(), QComboBox()
        self.days = DaySpan(today)
        self.choices = {
            scope: QRadioButton(t(f"custody_print.scope_{scope}", count=len(chosen)))
            for scope in (ALL, YEAR, DAYS, LIST, CHOSEN)
        }
        self._problem = label("", "problem", wraps=True)
        self._fill(key)
        self._put_together()
        self._on_sheet()
        self._group.buttonToggled.connect(lambda _, is_on: self._on_choice(is_on=is_on))
        self.sheet.currentIndexChanged.connect(lambda _: self._on_sheet_chosen())
        self.year.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.list.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.days.changed.connect(self.changed)

    def key(self) -> str:
        """Return which of SHEETS is chosen."""
        return str(self.sheet.currentData())

    def scope(self) -> str:
        """Return by what its rows are chosen."""
        return next(scope for scope, button in self.choices.items() if button.isChecked())

    def request(self) -> SheetRequest | None:
        """Return what is to be printed, None while the days make no sense (said below them)."""
        words = self.days.problem() if self.scope() == DAYS else ""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        if words:
            return None
        match self.scope():
            case "days":
                first, last = self.days.days()
                return SheetRequest(first=first, last=last)
            case "list":
                return SheetRequest(list_no=self.list.currentText())
            case "chosen":
                return SheetRequest(chosen=self._chosen)
            case "year":
                return SheetRequest(self.year.currentData())
            case _:
                return SheetRequest()

    # ---- what the clerk says ----

    def _on_sheet_chosen(self) -> None:
        self._on_sheet()
        self.changed.emit()

    def _on_sheet(self) -> None:
        """Offer what goes with the sheet: its own lists, and the usual way to choose its rows."""
        key, scopes = self.key(), SHEETS[self.key()].scopes
        numbers = list_numbers(self._vault, key)
        with QSignalBlocker(self._group), QSignalBlocker(self.list), QSignalBlocker(self.year):
            self.list.clear()
            self.list.addItems(numbers or [t("custody_print.no_list")])
            for scope, button in self.choices.items():
                button.setVisible(scope in scopes and (scope != CHOSEN or bool(self._chosen)))
                button.setEnabled(scope != LIST or bool(numbers))
            usual = CHOSEN if self._chosen and CHOSEN in scopes else scopes[0]
            self.choices[YEAR if usual == LIST and not numbers else usual].setChecked(True)
            # 清查 goes over everything that is kept, the registers over one year.
            self.year.setCurrentIndex(self.year.findData(None if key == "inventory" else self._years[0]))
        self._show_editors()

    def _on_choice(self, *, is_on: bool) -> None:
        if is_on:
            self._show_editors()
            self.changed.emit()

    def _show_editors(self) -> None:
        """Show only what belongs to the way that is chosen."""
        for scope, editor in ((YEAR, self.year), (LIST, self.list), (DAYS, self.days)):
            editor.setVisible(self.scope() == scope)
        self._problem.hide()

    # ---- how it is put together ----

    def _fill(self, key: str) -> None:
        for name, sheet in SHEETS.items():
            self.sheet.addItem(sheet.title, name)
        self.sheet.setCurrentIndex(max(self.sheet.findData(key), 0))
        self._years = years(self._vault) or [self._today().year]
        for year in self._years:
            self.year.addItem(t("ui.year", year=year), year)
        self.year.addItem(t("ui.all_years"), None)
        for box, name in ((self.sheet, "custody_print.which"), (self.year, "ui.year_choice"),
                          (self.list, "custody_print.scope_list")):  # fmt: skip
            box.setAccessibleName(t(name))
        self._group = QButtonGroup(self)
        for button in self.choices.values():
            self._group.addButton(button)

    def _put_together(self) -> None:
        box = scrolling_box(self)
        box.addWidget(label(t("custody_print.which"), "section"))
        box.addWidget(self.sheet)
        box.addSpacing(8)
        box.addWidget(label(t("print.range"), "section"))
        editors: dict[str, QWidget] = {YEAR: self.year, DAYS: self.days, LIST: self.list}
        for scope, button in self.choices.items():
            box.addWidget(button)
            if scope in editors:
                box.addWidget(editors[scope])
        box.addWidget(self._problem)
        box.addWidget(rule())
        box.addWidget(label(t("custody_print.hint"), "hint", wraps=True))
        box.addStretch()
