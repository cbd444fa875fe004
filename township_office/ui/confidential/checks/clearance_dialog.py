# SPDX-License-Identifier: MulanPSL-2.0
"""年终清退核对: choose the superior's list, look at what agrees and what does not, print it, clear what agrees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from township_office.core.errors import Invalid, OfficeError
from township_office.core.text import t
from township_office.services.guarded import clearance
from township_office.services.guarded.clearance import DOUBT, MATCHED, MISSING, UNLISTED, ClearList, Comparison, Line
from township_office.services.guarded.vault import Vault
from township_office.ui.confidential.checks.lines_table import LinesModel, LinesTable, TableLine
from township_office.ui.confidential.said import Said
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.jobs import run_job
from township_office.ui.messages import Asker, words_for
from township_office.ui.widgets import EmptyState, card, chip, label, plain_button, primary_button

_GROUPS = (MATCHED, MISSING, UNLISTED, DOUBT)
_HEADINGS = ("place", "number", "doc_number", "serial", "level", "words")
_WIDTHS = (140, 108, 150, 92, 64, 260)


class ClearanceDialog(FramedDialog):
    """Nothing of the list stays: the table is emptied however the dialog closes."""

    changed = Signal()  # copies were recorded as cleared

    def __init__(self, vault: Vault, today: Callable[[], date], asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(t("clearance.title"), parent)
        self._vault, self._today, self._asker = vault, today, asker
        self._found: Comparison | None = None
        self._group = MATCHED
        self.model = LinesModel([t(f"clearance.head_{name}") for name in _HEADINGS])
        self.table = LinesTable(self.model, _WIDTHS, _HEADINGS.index("words"))
        self.chips = {group: chip("") for group in _GROUPS}
        self.note, self.said = label("", "muted", wraps=True), Said()
        self.list_no, self.receiver = QLineEdit(), QLineEdit()
        self.clear_do = primary_button(t("clearance.clear_do"))
        self.clear_about = label("", "label")
        self.choose_button = plain_button(t("clearance.choose_other"))
        self.print_button = plain_button(t("clearance.print"), "book_print")
        self.clear_button = primary_button(t("clearance.clear"))
        self._strip = self._build_strip()
        self.pages = QStackedWidget()
        self._put_together()
        self._connect()
        self._show()
        self.fit(QSize(1040, 660))

    def choose(self) -> None:
        """选择清退目录: read it in the background, compare it here."""
        self._asker.open_file(t("clearance.file_title"), t("clearance.files"), self._read)

    def show_group(self, group: str) -> None:
        """Show one of the groups."""
        self._group = group
        self._show_lines()

    def print(self) -> None:
        """打印: every group on one sheet; made in memory."""
        if self._found is None:
            return
        from township_office.services.printing import drawn
        from township_office.ui.confidential.one_sheet import print_sheet

        page = clearance.sheet(self._vault, self._found, self._today())
        print_sheet(self, t("clearance.title"), lambda: drawn(page), self.said, is_across=True)

    def ask_clear(self) -> None:
        """把相符的记为清退: ask for the list's number and who receives them."""
        self._strip.show()
        self.clear_button.hide()
        self.list_no.setFocus()

    def clear(self) -> None:
        """Record what agrees and is in the cabinet as cleared, all of it or nothing."""
        if self._found is None:
            return
        count = len(self._found.to_clear)
        names = self.list_no.text(), self.receiver.text()
        now = datetime.combine(self._today(), datetime.now().time())
        try:
            self._found = clearance.clear_matched(self._vault, self._found, *names, now)
        except Invalid as error:
            self.said.say(" ".join(dict.fromkeys(problem.message for problem in error.problems)))
            return
        except OfficeError as error:
            self.said.say(words_for(error))
            return
        self._strip.hide()
        self._show()
        self.said.say(t("clearance.cleared", count=count, list_no=names[0].strip()), "green")
        self.changed.emit()

    def done(self, result: int) -> None:
        """However it closes, by the idle lock too: nothing stays."""
        self._found = None
        self.model.show_lines([])
        super().done(result)

    # ---- putting it together ----

    def _put_together(self) -> None:
        welcome = EmptyState("sheet_import", t("clearance.welcome"), t("clearance.welcome_hint"))
        first = welcome.add_button(primary_button(t("clearance.choose")), self.choose)
        found = QWidget()
        box = QVBoxLayout(found)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        row, group = QHBoxLayout(), QButtonGroup(self)
        row.setSpacing(4)
        for name, button in self.chips.items():
            group.addButton(button)
            button.clicked.connect(lambda _=False, name=name: self.show_group(name))
            row.addWidget(button)
        row.addStretch()
        box.addLayout(row)
        self.lines = QStackedWidget()
        self.lines.addWidget(self.table)
        self.lines.addWidget(EmptyState("empty_book", t("clearance.none_of"), ""))
        sheet = card()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.lines)
        box.addWidget(sheet, 1)
        box.addWidget(self.note)
        box.addWidget(self._strip)
        self.pages.addWidget(welcome)
        self.pages.addWidget(found)
        self.body.addWidget(self.pages, 1)
        self.foot.insertWidget(0, self.said, 1)
        close = plain_button(t("form.close"))
        close.clicked.connect(self.reject)
        self.add_to_foot(close, self.choose_button, self.print_button, self.clear_button)
        first.setFocus()

    def _build_strip(self) -> QFrame:
        strip = QFrame()
        strip.setObjectName("banner-accent")
        row = QHBoxLayout(strip)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self.clear_about)
        for words, line in ((t("clearance.list_no"), self.list_no), (t("clearance.receiver"), self.receiver)):
            line.setAccessibleName(words)
            line.setPlaceholderText(words)
            line.setAcceptDrops(False)
            row.addWidget(line, 1)
        row.addWidget(self.clear_do)
        return strip

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self.choose)
        self.print_button.clicked.connect(self.print)
        self.clear_button.clicked.connect(self.ask_clear)
        self.clear_do.clicked.connect(self.clear)
        self.list_no.returnPressed.connect(self.receiver.setFocus)
        self.receiver.returnPressed.connect(self.clear)
        QShortcut(QKeySequence("Ctrl+P"), self, self.print)

    # ---- what follows ----

    def _read(self, path: Path) -> None:
        run_job(
            self,
            t("clearance.reading"),
            lambda progress: clearance.read_list(path, progress),
            self._compare,
            lambda error: self.said.say(words_for(error)),
        )

    def _compare(self, theirs: ClearList) -> None:
        now = datetime.combine(self._today(), datetime.now().time())
        try:
            self._found = clearance.compare(self._vault, theirs, now)
        except OfficeError as error:
            self.said.say(words_for(error))
            return
        self.said.say("")
        self._group = next((group for group in (MISSING, UNLISTED, DOUBT) if self._found.of(group)), MATCHED)
        self.chips[self._group].setChecked(True)
        self._show()
        self.table.setFocus()

    def _show(self) -> None:
        found = self._found
        self.pages.setCurrentIndex(0 if found is None else 1)
        self._strip.hide()
        for button in (self.choose_button, self.print_button):
            button.setVisible(found is not None)
        to_clear = len(found.to_clear) if found else 0
        self.clear_button.setVisible(bool(to_clear) and not self._vault.office.is_readonly)
        self.clear_about.setText(t("clearance.clear_about", count=to_clear))
        if found is None:
            return
        for group, button in self.chips.items():
            count = len(found.of(group))
            button.setText(t("clearance.group", name=t(f"clearance.{group}"), count=count))
            button.setVisible(count > 0 or group != DOUBT)
        said = [t("clearance.ignored", headings="、".join(found.ignored))] if found.ignored else []
        said += [t("clearance.counted", count=found.counted)] if found.counted else []
        self.note.setText("".join(said))
        self.note.setVisible(bool(said))
        self._show_lines()

    def _show_lines(self) -> None:
        lines = self._found.of(self._group) if self._found else []
        self.model.show_lines([_table_line(line) for line in lines])
        self.lines.setCurrentIndex(0 if lines else 1)


def _table_line(line: Line) -> TableLine:
    cells = (line.place, line.number, line.doc_number, line.serial, line.level, line.words)
    return TableLine(cells, "" if line.is_sure else "amber", "soft")
