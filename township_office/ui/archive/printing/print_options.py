# SPDX-License-Identifier: MulanPSL-2.0
"""The left side of 打印档案: which sheet, and of what: a year, a class, a box, or a row of a register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.registers.archive.codes import Segments
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.retention import ALL_RETENTIONS
from township_office.services import browsing
from township_office.services.archive.items import classes
from township_office.services.archive.printing import SHEETS, SheetRequest, label_grid, registered
from township_office.services.archive.scheme import class_words, scheme_of
from township_office.services.office import Office
from township_office.ui.widgets import NumberBox, label, link_button, rule

_LINE = 28
_LEAST_LINES = 3
_LOW = 440  # of this widget: then the hint goes
_OF_NOTHING = ("box_front", "stamp_grid")  # the same for every year
_USUAL = "catalogue"
_PERIODS = [one.word for one in ALL_RETENTIONS]  # in this order they stand on the shelf


class ArchivePrintOptions(QFrame):
    """What is to be printed, as a SheetRequest; changed says that the pages are to be made anew."""

    changed = Signal()
    settings_wanted = Signal()

    def __init__(self, office: Office, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("printOptions")
        self._office, self._today = office, today
        self._chosen: tuple[int, ...] = ()
        self.sheets = QListWidget()
        self.sheets.setObjectName("settingsPages")
        self.sheets.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for key, kind in SHEETS.items():
            line = QListWidgetItem(kind.title)
            line.setData(Qt.ItemDataRole.UserRole, key)
            line.setSizeHint(QSize(0, _LINE))
            self.sheets.addItem(line)
        # On a low screen the list gives way, not what stands below it.
        self.sheets.setMinimumHeight(_LINE * _LEAST_LINES)
        self.sheets.setMaximumHeight(_LINE * len(SHEETS) + 4)
        self.year, self.part, self.box, self.row = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self.start = NumberBox(1, 1)
        self._place = label("", "hint")
        self._notes = label("", "note-amber", wraps=True)
        self._lines: dict[str, tuple[QWidget, QWidget]] = {}
        self._put_together()
        self._fill_years()
        self.show_request(SheetRequest(_USUAL, int(self.year.itemData(0))))
        self.sheets.currentRowChanged.connect(lambda _: self._on_sheet())
        self.row.currentIndexChanged.connect(lambda _: self._on_row())
        self.year.currentIndexChanged.connect(lambda _: self._on_year())
        self.part.currentIndexChanged.connect(lambda _: self._on_part())
        self.box.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.start.valueChanged.connect(lambda _: self._on_start())

    def sheet(self) -> str:
        """Return which of SHEETS is chosen."""
        return str(self.sheets.currentItem().data(Qt.ItemDataRole.UserRole))

    def request(self) -> SheetRequest:
        """Return what is to be printed."""
        sheet, year = self.sheet(), int(self.year.currentData())
        if sheet in _OF_NOTHING:
            return SheetRequest(sheet, year)
        if row := self._value(self.row):
            return SheetRequest(sheet, row_id=int(row))
        if not SHEETS[sheet].is_of_year and SHEETS[sheet].register is not None:
            return SheetRequest(sheet)
        series = self._value(self.part)
        start = self.start.value() if sheet == "labels" else 1
        if series is None:
            return SheetRequest(sheet, year, items=self._chosen, start=start)
        box = int(self._value(self.box) or 0) if SHEETS[sheet].of_boxes else 0
        return SheetRequest(sheet, year, str(series), box, start=start)

    def show_request(self, request: SheetRequest) -> None:
        """Choose what request says, as far as it is there."""
        self._chosen = request.items
        widgets = (self.sheets, self.year, self.part, self.box, self.row, self.start)
        blockers = [QSignalBlocker(widget) for widget in widgets]
        self.sheets.setCurrentRow(list(SHEETS).index(request.sheet))
        self.year.setCurrentIndex(max(self.year.findData(request.year), 0))
        self._fill_parts()
        self.part.setCurrentIndex(max(self.part.findData(None if request.items else request.series), 0))
        self._fill_boxes()
        self.box.setCurrentIndex(max(self.box.findData(request.box), 0))
        self._fill_rows()
        self.row.setCurrentIndex(max(self.row.findData(request.row_id), 0))
        self.refresh()
        self.start.setValue(request.start)
        del blockers
        self._show_lines()
        self.changed.emit()

    def refresh(self) -> None:
        """Read the settings anew: how many labels a sheet has."""
        across, down = label_grid(self._office)
        with QSignalBlocker(self.start):
            self.start.setMaximum(across * down)
        self._say_place()

    def say(self, notes: list[str]) -> None:
        """Say what is not there yet of what is printed."""
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_hint()

    def _show_hint(self) -> None:
        """That numbers stay from now on is said of sheets that bear those of a year, where there is room."""
        kind = SHEETS[self.sheet()]
        self._hint.setVisible(self.height() >= _LOW and kind.has_codes and self._is_of_items())

    def _is_of_items(self) -> bool:
        kind = SHEETS[self.sheet()]
        by_row = kind.register is not None
        return self.sheet() not in _OF_NOTHING and (not by_row or (kind.is_of_year and not self._value(self.row)))

    # ---- what the clerk says ----

    def _on_sheet(self) -> None:
        with QSignalBlocker(self.row):
            self._fill_rows()
        self._show_lines()
        self.changed.emit()

    def _on_row(self) -> None:
        self._show_lines()
        self.changed.emit()

    def _on_year(self) -> None:
        self._chosen = ()
        with QSignalBlocker(self.part), QSignalBlocker(self.box):
            self._fill_parts()
            self._fill_boxes()
        self._show_lines()
        self.changed.emit()

    def _on_part(self) -> None:
        with QSignalBlocker(self.box):
            self._fill_boxes()
        self._show_lines()
        self.changed.emit()

    def _on_start(self) -> None:
        self._say_place()
        self.changed.emit()

    def _say_place(self) -> None:
        across, _ = label_grid(self._office)
        row, column = divmod(self.start.value() - 1, across)
        self._place.setText(t("archive_print.place", row=row + 1, column=column + 1))

    # ---- what there is to choose from ----

    def _value(self, box: QComboBox) -> int | str | None:
        value: int | str | None = box.currentData()
        return value

    def _fill_years(self) -> None:
        for year in browsing.years(self._office, ARCHIVE_ITEM) or [self._today().year - 1]:
            self.year.addItem(t("ui.year", year=year), year)

    def _fill_parts(self) -> None:
        scheme, year = scheme_of(self._office), self.year.currentData()
        found = [one for one in classes(self._office) if one.year == year and one.series]
        found.sort(key=lambda one: (one.category, _PERIODS.index(one.retention) if one.retention in _PERIODS else 99))
        self._classes = {one.series: one for one in found}
        self.part.clear()
        if self._chosen:
            self.part.addItem(t("archive_print.chosen", count=len(self._chosen)), None)
        self.part.addItem(t("archive_print.all_parts"), "")
        for series, one in self._classes.items():
            place = Segments(one.fonds_no, one.category, one.year, one.retention, one.org, 0, one.volume)
            words = class_words(scheme, place).partition(" ")[2] or series
            self.part.addItem(words, series)

    def _fill_boxes(self) -> None:
        found = self._classes.get(str(self._value(self.part) or ""))
        self.box.clear()
        self.box.addItem(t("archive_print.all_boxes"), 0)
        for number in range(1, (found.boxes if found else 0) + 1):
            self.box.addItem(t("archive_print.box", number=number), number)

    def _fill_rows(self) -> None:
        kind = SHEETS[self.sheet()]
        rows = registered(self._office, self.sheet(), self._today())
        self.row.clear()
        if kind.is_of_year:
            self.row.addItem(t("archive_print.not_registered"), 0)
        for row_id, words in rows:
            self.row.addItem(words, row_id)
        if not self.row.count():
            self.row.addItem(t("archive_print.no_row"), 0)

    def _show_lines(self) -> None:
        """Show only what the chosen sheet goes by."""
        sheet, kind = self.sheet(), SHEETS[self.sheet()]
        by_row = kind.register is not None
        of_items = self._is_of_items()
        there = {
            "year": of_items, "part": of_items, "row": by_row, "start": sheet == "labels", "place": sheet == "labels",
            "box": kind.of_boxes and bool(self._value(self.part)),
        }  # fmt: skip
        for name, widgets in self._lines.items():
            for widget in widgets:
                widget.setVisible(there[name])
        self._show_hint()

    # ---- how it is put together ----

    def _put_together(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 12)
        box.setSpacing(8)
        box.addWidget(label(t("archive_print.which"), "section"))
        self.sheets.setAccessibleName(t("archive_print.which"))
        box.addWidget(self.sheets, 100)
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(1, 1)
        editors = {"row": self.row, "year": self.year, "part": self.part, "box": self.box, "start": self.start}
        for line, (name, widget) in enumerate(editors.items()):
            words = label(t(f"archive_print.by_{name}"), "label")
            words.setBuddy(widget)
            widget.setAccessibleName(words.text())
            widget.setMinimumWidth(40)
            grid.addWidget(words, line, 0)
            grid.addWidget(widget, line, 1)
            self._lines[name] = words, widget
        grid.addWidget(self._place, len(editors), 1)
        self._lines["place"] = self._place, self._place
        box.addLayout(grid)
        box.addWidget(self._notes)
        self._notes.hide()
        self._hint = label(t("archive_print.stays"), "hint", wraps=True)
        box.addWidget(rule())
        box.addWidget(self._hint)
        change = link_button(t("archive_print.change_settings"))
        change.clicked.connect(self.settings_wanted)
        box.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
