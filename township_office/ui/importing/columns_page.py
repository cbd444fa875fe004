# SPDX-License-Identifier: MulanPSL-2.0
"""Step two of an import: their sheets as they are, every column with the field it becomes."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from township_office.core.dates import EARLIEST, LATEST
from township_office.core.text import t
from township_office.services.sheets import ASSIGN, AUTO, KEEP, LINE, Plan
from township_office.ui import theme
from township_office.ui.importing.choices import Decisions, Ledger, SheetChoice, are_beside, span_words
from township_office.ui.importing.sheet_view import LEFT, SheetView
from township_office.ui.widgets import Banner, ElidedLabel, chip, label, plain_button

_YEARS = (EARLIEST.year, LATEST.year)
_TABS_HEIGHT = 38


class ColumnsPage(QWidget):
    """Sheets as tabs, one table at a time; what is changed here is tried dry at once by whoever listens."""

    changed = Signal()
    heading_wanted = Signal(int, int)  # place of the sheet, line from 0: the clerk says the headings stand there

    def __init__(self) -> None:
        super().__init__()
        self._decisions: Decisions | None = None
        self._ledger = 0
        self.tabs = QTabBar()
        self.tabs.setObjectName("sheetTabs")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setFixedHeight(_TABS_HEIGHT)
        self.tabs.currentChanged.connect(lambda _: self._show_sheet())
        self.hidden = QFrame()
        self.take = QCheckBox()
        self.take.toggled.connect(lambda takes: self._on_take(takes=takes))
        self._chip_row = QWidget()
        self._chips = QHBoxLayout(self._chip_row)
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setSpacing(4)
        self._group = QButtonGroup(self)
        self.year = _year_box()
        self.year.editingFinished.connect(self._on_year)
        self.nothing = Banner("", "amber")
        self.view = SheetView()
        self.view.sent.connect(self._on_sent)
        self.view.heading_chosen.connect(lambda line: self.heading_wanted.emit(self.tabs.currentIndex(), line))
        self.numbering = QComboBox()
        for key in (KEEP, LINE, ASSIGN):
            self.numbering.addItem(t(f"import.numbering_{key}"), key)
        self.numbering.activated.connect(self._on_numbering)
        self.example = ElidedLabel("", "muted")
        self.legend = ElidedLabel("", "muted")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.tabs, 1)
        top.addWidget(self.take)
        box.addLayout(top)
        box.addWidget(self._make_question())
        box.addWidget(self._chip_row)
        box.addWidget(self.nothing)
        box.addWidget(self._make_card(), 1)
        box.addWidget(self._make_foot())

    def show_decisions(self, decisions: Decisions) -> None:
        """Show a file from its first sheet that comes in."""
        self._decisions = decisions
        self._ledger = 0
        with QSignalBlocker(self.tabs):
            while self.tabs.count():
                self.tabs.removeTab(0)
            for sheet in decisions.sheets:
                self.tabs.addTab(sheet.sheet.name.strip())
            first = next((place for place, sheet in enumerate(decisions.sheets) if sheet.count_in), 0)
            self.tabs.setCurrentIndex(first)
        for widget in (self._numbering_words, self.numbering, self.example):
            widget.setVisible(decisions.register.number_name == "number")
        self._mark_tabs()
        self._show_sheet()

    def show_trial(self, plan: Plan) -> None:
        """Show what the numbers of the file come to, by the dry run just made."""
        self.numbering.setCurrentIndex(max(self.numbering.findData(plan.numbering), 0))
        self.example.show_text(_example(plan))

    def go_to_sheet(self, place: int) -> None:
        """Show the sheet at place; a hidden one that was not answered has the cursor on its question."""
        self.tabs.setCurrentIndex(place)
        if self.hidden.isVisible():
            self._take_hidden.setFocus()

    def refresh(self) -> None:
        """Show the sheet in view anew, after its tables were found again."""
        self._ledger = 0
        self._mark_tabs()
        self._show_sheet()

    # ---- what is on show ----

    def _sheet(self) -> SheetChoice | None:
        place = self.tabs.currentIndex()
        return self._decisions.sheets[place] if self._decisions is not None and place >= 0 else None

    def _current(self) -> Ledger | None:
        sheet = self._sheet()
        return sheet.ledgers[min(self._ledger, len(sheet.ledgers) - 1)] if sheet is not None and sheet.ledgers else None

    def _show_sheet(self) -> None:
        self._ledger = 0
        sheet = self._sheet()
        if sheet is None:
            return
        self.hidden.setVisible(sheet.is_asked)
        self._question.setText(t("import.hidden_ask", name=sheet.sheet.name.strip()))
        self._fill_chips(sheet)
        self._show_ledger()

    def _show_ledger(self) -> None:
        decisions, sheet, ledger = self._decisions, self._sheet(), self._current()
        if decisions is None or sheet is None:
            return
        look = decisions.look(sheet, ledger)
        self.view.show_sheet(look, decisions.options(ledger))
        self.view.setEnabled(not sheet.is_asked)
        for widget in (self.take, self._year_words, self.year):
            widget.setVisible(ledger is not None)
            widget.setEnabled(not sheet.is_asked)
        self.nothing.setVisible(ledger is None)
        self.nothing.say(t("import.no_headings") if any(sheet.sheet.rows) else t("import.empty_sheet"))
        if ledger is None:
            self.legend.show_text("")
            return
        with QSignalBlocker(self.take):
            self.take.setChecked(ledger.is_in)
        self.take.setText(self._take_words(ledger, len(sheet.ledgers)))
        with QSignalBlocker(self.year):
            self.year.setText(str(ledger.table.year or ""))
        left = sum(column.state == LEFT for column in look.columns)
        self.legend.show_text(t("import.columns_left", count=left) if left else t("import.columns_known"))

    def _take_words(self, ledger: Ledger, tables: int) -> str:
        decisions = self._decisions
        guess = ledger.table.register_guess
        if decisions is not None and guess not in ("", decisions.register.name):
            return t("import.take_other")
        return t("import.take_table") if tables > 1 else t("import.take_sheet")

    def _fill_chips(self, sheet: SheetChoice) -> None:
        """Offer the tables of a sheet, where there are several: side by side or one below the other."""
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                self._group.removeButton(widget)  # type: ignore[arg-type]
                widget.hide()
                widget.deleteLater()
        self._chip_row.setVisible(len(sheet.ledgers) > 1)
        if len(sheet.ledgers) < 2:
            return
        beside = are_beside(sheet.ledgers)
        for place, ledger in enumerate(sheet.ledgers):
            where = span_words(ledger.table) if beside else t("import.from_row", row=ledger.table.top_row)
            button = chip(t("import.table_chip", place=place + 1, where=where))
            button.setChecked(place == 0)
            button.clicked.connect(lambda _=False, place=place: self._on_chip(place))
            self._group.addButton(button)
            self._chips.addWidget(button)
        self._chips.addStretch()

    def _mark_tabs(self) -> None:
        """A tick on what comes in, a question on what is hidden and unanswered, grey words on what stays out."""
        decisions = self._decisions
        if decisions is None:
            return
        for place, sheet in enumerate(decisions.sheets):
            name = sheet.sheet.name.strip()
            self.tabs.setTabText(place, t("import.hidden_tab", name=name) if sheet.sheet.hidden else name)
            picture = ("question", "amber") if sheet.is_asked else ("check", "green") if sheet.count_in else None
            self.tabs.setTabIcon(place, theme.icon(*picture) if picture else theme.icon("check", "hair"))
            self.tabs.setTabTextColor(place, theme.colour("ink" if sheet.count_in or sheet.is_asked else "void"))

    # ---- what the clerk says ----

    def _on_chip(self, place: int) -> None:
        self._ledger = place
        self._show_ledger()

    def _on_take(self, *, takes: bool) -> None:
        ledger = self._current()
        if ledger is not None:
            ledger.is_in = takes
            self._mark_tabs()
            self.changed.emit()

    def _on_answer(self, *, takes: bool) -> None:
        if self._decisions is not None:
            self._decisions.answer(self.tabs.currentIndex(), takes=takes)
            self._mark_tabs()
            self._show_sheet()
            self.tabs.setFocus()
            self.changed.emit()

    def _on_sent(self, column: int, goes_to: str) -> None:
        ledger = self._current()
        if self._decisions is None or ledger is None:
            return
        followed = self._decisions.redirect_alike(ledger, column, goes_to)
        place = self._ledger
        self._show_ledger()
        self._ledger = place
        if followed:
            self.legend.show_text(t("import.columns_followed", count=followed))
        self.changed.emit()

    def _on_year(self) -> None:
        ledger, text = self._current(), self.year.text()
        year = int(text) if text else None
        if self._decisions is not None and ledger is not None and year != ledger.table.year:
            self._decisions.set_year(ledger, year)
            self.changed.emit()

    def _on_numbering(self) -> None:
        if self._decisions is not None:
            self._decisions.numbering = str(self.numbering.currentData() or AUTO)
            self.changed.emit()

    # ---- how it is put together ----

    def _make_question(self) -> QWidget:
        """The strip that asks about a hidden sheet, in place of a box."""
        self.hidden.setObjectName("banner-amber")
        self._question = label("", "", wraps=True)
        self._take_hidden = plain_button(t("import.hidden_take"))
        self._take_hidden.clicked.connect(lambda: self._on_answer(takes=True))
        self.leave_hidden = plain_button(t("import.hidden_leave"))
        self.leave_hidden.clicked.connect(lambda: self._on_answer(takes=False))
        row = QHBoxLayout(self.hidden)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(8)
        row.addWidget(self._question, 1)
        row.addWidget(self._take_hidden)
        row.addWidget(self.leave_hidden)
        return self.hidden

    def _make_card(self) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.view)
        return card

    def _make_foot(self) -> QWidget:
        self._year_words, self._numbering_words = (
            label(t("import.year"), "muted"),
            label(t("import.numbering"), "muted"),
        )
        self._year_words.setBuddy(self.year)
        self._numbering_words.setBuddy(self.numbering)
        self.legend.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._year_words)
        row.addWidget(self.year)
        row.addSpacing(10)
        row.addWidget(self._numbering_words)
        row.addWidget(self.numbering)
        row.addWidget(self.example, 1)
        row.addStretch()
        row.addWidget(self.legend)
        return foot


def _year_box() -> QLineEdit:
    box = QLineEdit()
    box.setValidator(QIntValidator(*_YEARS, box))
    box.setPlaceholderText(t("import.year_unknown"))
    box.setAccessibleName(t("import.year"))
    box.setFixedWidth(84)
    return box


def _example(plan: Plan) -> str:
    """Return one row of theirs and what becomes of its number."""
    for planned in plan.taken:
        original, number = planned.values["original_number"], planned.values["number"]
        if plan.numbering == LINE and original:
            return t("import.example_line", original=original)
        if plan.numbering == ASSIGN and number:
            return t("import.example_assign", number=number)
        if plan.numbering == KEEP and original and number:
            return t("import.example_keep", original=original, number=number)
    return ""
