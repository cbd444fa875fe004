# SPDX-License-Identifier: MulanPSL-2.0
"""号序台账: every number of a series and period, none left out; numbers are reserved and given back here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.registers.series import Series
from township_office.services import numbers
from township_office.services.office import Office, twin
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.dialogs.ledger_model import ROW_HEIGHT, STATES, Column, LedgerModel, StateDelegate
from township_office.ui.form.editors import Today
from township_office.ui.jobs import run_job
from township_office.ui.messages import Asker
from township_office.ui.widgets import EmptyState, card, chip, label, plain_button, primary_button
from township_office.ui.words import short_title

_WIDTHS = {Column.STATE: 84, Column.DAY: 104, Column.WHO: 84, Column.WORDS: 196}


class NumberLedgerDialog(FramedDialog):
    """The ledger of one register; open_requested(row id) when a line with a row behind it is activated."""

    open_requested = Signal(int)

    def __init__(
        self, office: Office, register: Register, today: Today, asker: Asker, parent: QWidget | None = None
    ) -> None:
        super().__init__(t("numbers.title", register=short_title(register)), parent)
        self._office, self._register, self._today, self._asker = office, register, today, asker
        self._series = numbers.all_series(office, register)
        self.model = LedgerModel()
        self._build_head()
        self._build_chips()
        self._build_table()
        self._build_reserving()
        self._build_foot()
        self._fill_periods()
        self.fit(QSize(1040, 660))
        self.table.setFocus()

    def series(self) -> Series:
        """Return the series chosen."""
        return self._series[self.series_box.currentIndex()]

    def period(self) -> int:
        """Return the period chosen."""
        return int(self.period_box.currentData())

    def reload(self) -> None:
        """Read the lines anew."""
        try:
            lines = numbers.number_ledger(self._office, self._register, self.series(), self.period())
        except OfficeError as error:
            self._asker.report(error)
            lines = []
        self.model.show_lines(lines)
        counts = self.model.counts()
        for state, button in self.chips.items():
            name = t(f"numbers.state_{state}" if state else "numbers.all")
            button.setText(t("numbers.count", state=name, count=counts[state]))
            button.setVisible(not state or counts[state] > 0 or button.isChecked())
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        self._on_line_chosen()

    def reserve(self) -> None:
        """预留: keep the number in the form for the name in the form."""
        words = {"name": self.reserve_name.text(), "reason": self.reserve_reason.text()}
        typed = self.reserve_number.text().strip()
        if not typed.isdecimal():
            self._complain(t("numbers.needs_sequence"))
            self.reserve_number.setFocus()
            return
        try:
            kept = numbers.reserve(self._office, self._register, self.series().code, int(typed), words, self._today())
        except OfficeError as error:
            self._complain(str(error))
            return
        for line in (self.reserve_name, self.reserve_reason):
            line.clear()
        self._reserving.hide()
        self._fill_periods()
        self._said.setText(t("numbers.reserved", number=kept))

    def release(self) -> None:
        """释放: give the chosen reserved number back, after a question."""
        line = self._chosen()
        if line is None or line.reservation_id is None:
            return
        reservation = line.reservation_id

        def give_back() -> None:
            try:
                numbers.release(self._office, reservation, self._today(), "")
            except OfficeError as error:
                self._asker.report(error)
                return
            self.reload()
            self._said.setText(t("numbers.released", number=line.number))

        question = t("numbers.release_question", number=line.number, name=line.title)
        self._asker.confirm(question, t("numbers.release_yes"), give_back)

    def print_ledger(self) -> None:
        """打印: the ledger as a PDF where the clerk wants it."""
        suggested = t("numbers.file", name=self.series().name, period=self.period_box.currentText())
        self._asker.save_file(t("numbers.print"), suggested, t("numbers.pdf"), self._print_to)

    # -- putting it together

    def _build_head(self) -> None:
        self.series_box = QComboBox()
        for series in self._series:
            self.series_box.addItem(series.name if series.name == series.code else f"{series.name}　{series.code}")
        self.series_box.setAccessibleName(t("numbers.series"))
        self.series_box.currentIndexChanged.connect(lambda _index: self._fill_periods())
        self.period_box = QComboBox()
        self.period_box.setAccessibleName(t("numbers.period"))
        self.period_box.currentIndexChanged.connect(lambda _index: self.reload())
        self.series_box.setVisible(len(self._series) > 1)
        self.head.addWidget(self.series_box)
        self.head.addWidget(self.period_box)

    def _build_chips(self) -> None:
        self.chips = {state: chip("") for state in ("", *STATES)}
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(4)
        for state, button in self.chips.items():
            group.addButton(button)
            button.clicked.connect(lambda _checked=False, state=state: self._on_state(state))
            row.addWidget(button)
        self.chips[""].setChecked(True)
        row.addStretch()
        self.body.addLayout(row)

    def _give_room(self) -> None:
        """Leave to the titles what numbers and explanations do not need."""
        self.table.resizeColumnToContents(Column.NUMBER)
        self.table.setColumnWidth(Column.WORDS, _WIDTHS[Column.WORDS if self.model.has_words() else Column.WHO])

    def _build_table(self) -> None:
        self.table = QTableView()
        self.table.setObjectName("ledger")
        self.table.setModel(self.model)
        self._delegate = StateDelegate(self.table)
        self.table.setItemDelegateForColumn(Column.STATE, self._delegate)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, width)
        self.model.modelReset.connect(self._give_room)
        head.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(60)
        head.setResizeContentsPrecision(
            50
        )  # rows; a year may have thousands, and their numbers are as long as each other
        self.table.activated.connect(lambda index: self._on_activated(index.row()))
        self.table.selectionModel().currentChanged.connect(lambda *_: self._on_line_chosen())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(EmptyState("number_ledger", t("numbers.empty"), t("numbers.empty_hint")))
        sheet = card()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._stack)
        self.body.addWidget(sheet, 1)

    def _build_reserving(self) -> None:
        self._reserving = QFrame()
        self._reserving.setObjectName("banner-accent")
        self.reserve_number, self.reserve_name, self.reserve_reason = QLineEdit(), QLineEdit(), QLineEdit()
        self.reserve_number.setFixedWidth(84)
        self.reserve_name.setPlaceholderText(t("numbers.reserve_name"))
        self.reserve_reason.setPlaceholderText(t("numbers.reserve_reason"))
        do = primary_button(t("numbers.reserve_do"))
        do.clicked.connect(self.reserve)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(t("numbers.reserve_number")))
        row.addWidget(self.reserve_number)
        row.addWidget(label(t("numbers.reserve_unit")))
        row.addWidget(self.reserve_name, 2)
        row.addWidget(self.reserve_reason, 3)
        row.addWidget(do)
        self._problem = label("", "problem", wraps=True)
        box = QVBoxLayout(self._reserving)
        box.setContentsMargins(12, 8, 8, 8)
        box.setSpacing(4)
        box.addLayout(row)
        box.addWidget(self._problem)
        for line, following in ((self.reserve_number, self.reserve_name), (self.reserve_name, self.reserve_reason)):
            line.returnPressed.connect(following.setFocus)
        self.reserve_reason.returnPressed.connect(self.reserve)
        for line in (self.reserve_number, self.reserve_name, self.reserve_reason):
            line.textChanged.connect(lambda _text: self._complain(""))
        self._problem.hide()
        self._reserving.hide()
        self.body.addWidget(self._reserving)

    def _build_foot(self) -> None:
        self._said = label("", "note-green")
        self.foot.insertWidget(0, self._said)
        self._release = plain_button(t("numbers.release"))
        self._release.clicked.connect(self.release)
        self.reserve_button = plain_button(t("numbers.reserve"))
        self.reserve_button.clicked.connect(self._on_reserve)
        output = primary_button(t("numbers.print"), "Ctrl+P")
        output.clicked.connect(self.print_ledger)
        close = plain_button(t("form.close"))
        close.clicked.connect(self.accept)
        self.add_to_foot(close, self._release, self.reserve_button, output)
        self.reserve_button.setEnabled(not self._office.is_readonly)
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_ledger)

    # -- what follows

    def _fill_periods(self) -> None:
        chosen = self.period_box.currentData()
        series = self.series()
        found = numbers.periods(self._office, self._register, series, self._today())
        with QSignalBlocker(self.period_box):
            self.period_box.clear()
            for period in found:
                self.period_box.addItem(numbers.period_words(series, period), period)
            self.period_box.setCurrentIndex(found.index(chosen) if chosen in found else 0)
        self.reload()

    def _on_state(self, state: str) -> None:
        self.model.show_state(state)
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)

    def _on_line_chosen(self) -> None:
        line = self._chosen()
        self._release.setVisible(line is not None and line.state == "reserved" and not self._office.is_readonly)

    def _on_activated(self, row: int) -> None:
        row_id = self.model.line(row).row_id
        if row_id is not None:
            self.open_requested.emit(row_id)

    def _on_reserve(self) -> None:
        """Open the form for a reservation, with the next number in it."""
        coming = numbers.next_number(self._office, self._register, {"series": self.series().code}, self._today())
        self.reserve_number.setText(str(coming.sequence))
        self._said.clear()
        self._reserving.show()
        self.reserve_name.setFocus()

    def _complain(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _chosen(self) -> numbers.NumberLine | None:
        index = self.table.currentIndex()
        return self.model.line(index.row()) if index.isValid() else None

    def _print_to(self, path: Path) -> None:
        from township_office.services import printing

        series, period, today = self.series(), self.period(), self._today()

        def work(progress: Progress) -> Path:
            with twin(self._office) as own:
                return printing.print_number_ledger(own, series, period, path, today, progress).path

        run_job(self, t("numbers.printing"), work, self._on_printed, self._asker.report)

    def _on_printed(self, path: Path) -> None:
        self._asker.tell(t("numbers.printed", path=path))
