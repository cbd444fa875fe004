# SPDX-License-Identifier: MulanPSL-2.0
"""The main window: the office's name and tabs on top, one tab at a time below, how things stand at the foot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QStackedWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from township_office.core.errors import OfficeError
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.registers import ARCHIVE, DOCUMENTS, DUTY
from township_office.services import backup, checking, settings, undoing
from township_office.services.deeds import Deed
from township_office.services.office import Office, sit_down, twin
from township_office.ui import actions, memory
from township_office.ui.confidential.guard import Guard
from township_office.ui.header import Header
from township_office.ui.jobs import run_job, stop_all
from township_office.ui.messages import Asker, BoxAsker
from township_office.ui.tabs.tab import Tab
from township_office.ui.tabs.today_tab import TodayTab
from township_office.ui.widgets import ElidedLabel, label, open_once
from township_office.ui.words import backup_words

_SIZE = "window_size"
_FIRST_SIZE = QSize(1366, 768)
_SMALLEST = QSize(760, 440)
_COMMANDS = (
    "undo", "redo", "settings", "import_history", "office_backup", "mishap", "archive_file", "tab_next",
    "tab_previous", "about", "quit",
)  # fmt: skip
# The places of the tabs: 今日, then a tab for each book of documents.
_CONFIDENTIAL, _ARCHIVE, _DUTY = len(DOCUMENTS) + 1, len(DOCUMENTS) + 2, len(DOCUMENTS) + 3
_PLACES = {register.name: place for place, register in enumerate(DOCUMENTS, start=1)}
_PLACES |= {register.name: _ARCHIVE for register in ARCHIVE} | {register.name: _DUTY for register in DUTY}
_BOOKS = {register.name for register in DOCUMENTS}
_REDO_TOO = "Ctrl+Shift+Z"


class MainWindow(QMainWindow):
    """One office on screen. Tabs are built when they are first shown."""

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker | None = None) -> None:
        super().__init__()
        self._office, self._today, self._day = office, today, today()
        self._asker: Asker = asker or BoxAsker(self)
        self.guard = Guard(self)
        self.guard.changed.connect(self.refresh_frame)
        self._built: dict[int, Tab] = {}
        self._commands = {name: actions.make(name, self, getattr(self, f"on_{name}")) for name in _COMMANDS}
        self._commands["redo"].setShortcuts([self._commands["redo"].shortcut(), QKeySequence(_REDO_TOO)])
        self._commands["archive_file"].setEnabled(not office.is_readonly)
        self.header = Header(office, self._commands)
        self.tabs = self.header.tabs
        self._pages = QStackedWidget()
        self._left, self._right = ElidedLabel("", "muted"), label("", "muted")
        page = QWidget()
        page.setObjectName("page")
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addWidget(self._pages, 1)
        box.addWidget(self._build_foot())
        self.setCentralWidget(page)
        self.setMinimumSize(_SMALLEST)
        self._take_remembered_size()
        self.tabs.currentChanged.connect(self._show_tab)
        self.header.backup.clicked.connect(self.on_office_backup)
        self.header.clerk_chosen.connect(self._switch_clerk)
        self.refresh_frame()
        self._show_tab(0)

    def _build_foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("status")
        foot.setFixedHeight(30)
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(20)
        row.addWidget(self._left, 1)
        row.addWidget(self._right)
        return foot

    # ---- what is shown ----

    def tab(self, place: int) -> Tab:
        """Return the tab at a place, building it when it is not there yet."""
        if place not in self._built:
            makers = {
                0: self._build_today,
                _CONFIDENTIAL: self._build_confidential,
                _ARCHIVE: self._build_archive,
                _DUTY: self._build_duty,
            }
            built = makers[place]() if place in makers else self._build_register(place)
            built.confidential_wanted.connect(self.show_paper)
            built.mishap_wanted.connect(self.on_mishap)
            self._built[place] = built
            self._pages.addWidget(built)
        return self._built[place]

    def show_row(self, register_name: str, row_id: int) -> None:
        """Lead to a row: its tab, chosen and in sight."""
        tab = self._go_to(_PLACES[register_name])
        if register_name in _BOOKS:
            tab.reveal(row_id)
        else:
            tab.show_row(register_name, row_id)

    def show_paper(self, paper_id: int) -> None:
        """Lead to a classified paper, to the tab itself for 0."""
        tab = self._go_to(_CONFIDENTIAL)
        if paper_id:
            tab.reveal(paper_id)

    def _take_in(self, register_name: str, row_id: int) -> None:
        """A row was changed from another tab: the tab that shows it reads it again."""
        place = _PLACES[register_name]
        if place in self._built:
            self._built[place].take_in(row_id, is_shown=False)

    def show_view(self, register_name: str, year: int | None, state: str) -> None:
        """Lead to the rows of a register that stand so."""
        self._go_to(_PLACES[register_name]).show_view(year, state)

    def refresh_frame(self) -> None:
        """Read anew what the window itself says: name, clerk, backup, next number, chain."""
        try:
            name = settings.office_name(self._office)
            words, tone = backup_words(backup.last_backup(self._office), self._today())
            chain = checking.chain_head(self._office)
        except OfficeError as error:
            self._asker.report(error)
            return
        self.setWindowTitle(t("ui.window_title", office=name, program=t("ui.program")))
        self.header.show_office(name)
        self.header.show_backup(words, tone)
        self.header.name_undo()
        self._right.setText(t("ui.chain_read_only" if self._office.is_readonly else "ui.chain", head=chain))
        self._say_left()

    def _say_left(self) -> None:
        built = self._built.get(self.tabs.currentIndex())
        if built is None:
            return
        try:
            self._left.show_text(built.status_words())
        except OfficeError as error:
            self._left.show_text(str(error))

    def _build_today(self) -> Tab:
        built = TodayTab(self._office, self._today, self.guard, self._now)
        built.day_check_wanted.connect(self.on_day_check)
        built.row_wanted.connect(self.show_row)
        built.view_wanted.connect(self.show_view)
        built.new_wanted.connect(lambda: self._go_to(1).on_record_new())
        built.import_wanted.connect(lambda: self._go_to(1).on_sheet_import())
        built.backup_wanted.connect(self.on_office_backup)
        built.filing_wanted.connect(self._file_year)
        built.duty_wanted.connect(lambda: self._go_to(_DUTY))
        return built

    def _build_register(self, place: int) -> Tab:
        from township_office.ui.book.register_tab import RegisterTab

        built = RegisterTab(self._office, DOCUMENTS[place - 1], self._today, self._asker)
        built.changed.connect(self.refresh_frame)
        built.row_wanted.connect(self.show_row)
        built.row_touched.connect(self._take_in)
        return built

    def _build_confidential(self) -> Tab:
        from township_office.ui.tabs.confidential_tab import ConfidentialTab

        built = ConfidentialTab(self._office, self.guard, self._today, self._asker)
        built.changed.connect(self.refresh_frame)
        return built

    def _build_archive(self) -> Tab:
        from township_office.ui.tabs.archive_tab import ArchiveTab

        built = ArchiveTab(self._office, self._today, self._asker)
        built.changed.connect(self.refresh_frame)
        built.documents_touched.connect(self._refresh_documents)
        built.moved.connect(self._say_left)
        built.row_wanted.connect(self.show_row)
        built.settings_wanted.connect(self.on_settings)
        return built

    def _build_duty(self) -> Tab:
        from township_office.ui.tabs.duty_tab import DutyTab

        built = DutyTab(self._office, self._today, self._asker)
        built.changed.connect(self.refresh_frame)
        built.moved.connect(self._say_left)
        built.row_wanted.connect(self.show_row)
        built.settings_wanted.connect(self.on_settings)
        return built

    def _file_year(self, year: int | None) -> None:
        """归档 of a year (None: the one that is due), in the tab that tells of it afterwards."""
        self._go_to(_ARCHIVE).show_filing(year)

    def _refresh_documents(self) -> None:
        """归档 has written into their books, from another tab."""
        for place in range(_CONFIDENTIAL):
            if place in self._built:
                self._built[place].refresh()

    def _show_tab(self, place: int) -> None:
        shown = self.tab(place)
        self._pages.setCurrentWidget(shown)
        if self.isVisible():
            shown.enter()
        self._say_left()

    def _go_to(self, place: int) -> Tab:
        self.tabs.setCurrentIndex(place)
        return self.tab(place)

    # ---- commands ----

    def on_undo(self) -> None:
        """撤销: take back the last deed of this sitting."""
        self._turn(undoing.undo, "undo.undone")

    def on_redo(self) -> None:
        """重做: do again what was taken back."""
        self._turn(undoing.redo, "undo.redone")

    def _turn(self, turn: Callable[[Office, date], Deed], words: str) -> None:
        try:
            deed = turn(self._office, self._today())
        except OfficeError as error:
            self._asker.report(error)
            return
        shown = self._built[self.tabs.currentIndex()]
        for place, built in self._built.items():
            if deed.register in _BOOKS and place == _PLACES[deed.register]:
                built.take_in(deed.row_id, is_shown=built is shown)
            else:
                built.refresh()  # a reply has changed the paper it answers
                if place == _PLACES.get(deed.register) and built is shown:
                    built.show_row(deed.register, deed.row_id)
        self.refresh_frame()
        self._left.show_text(t(words, deed=deed.words))

    def on_office_backup(self) -> None:
        """备份: a proven copy in a folder the clerk names."""
        self._asker.folder(t("ui.backup_title"), self._backup_to)

    def on_settings(self) -> None:
        """设置: the office's own columns, numbers, print and clerks."""
        from township_office.ui.settings.settings_dialog import SettingsDialog

        self._open(SettingsDialog(self._office, self._today, self._asker, self))

    def on_import_history(self) -> None:
        """导入记录: every import, each revocable."""
        from township_office.ui.importing.batches_dialog import BatchesDialog

        self._open(BatchesDialog(self._office, self._today, self._asker, self))

    def on_mishap(self) -> None:
        """误录处置: what to do when a state secret was typed in, also while the register is locked."""
        from township_office.ui.confidential.lock.mishap_dialog import MishapDialog

        self._open(MishapDialog(self._office, self._now, self._asker, self))

    def on_day_check(self) -> None:
        """今日归柜核对, while the register is open."""
        from township_office.ui.confidential.checks.day_check_dialog import DayCheckDialog

        if self.guard.shown_vault is not None:
            self._open(DayCheckDialog(self.guard.shown_vault, self._now, self._asker, self))

    def on_archive_file(self) -> None:
        """归档: the year that is due, from whatever is shown."""
        self._file_year(None)

    def on_about(self) -> None:
        """关于: version, where the file lies, and all keys."""
        from township_office.ui.dialogs.about_dialog import AboutDialog

        self._open(AboutDialog(self._office, self))

    def on_tab_next(self) -> None:
        """The tab to the right, round and round."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())

    def on_tab_previous(self) -> None:
        """The tab to the left, round and round."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() - 1) % self.tabs.count())

    def on_quit(self) -> None:
        """Leave the program."""
        self.close()

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(self._refresh_all)
        open_once(dialog)

    def _now(self) -> datetime:
        """The time of day on the program's own day."""
        return datetime.combine(self._today(), datetime.now().time())

    def _backup_to(self, folder: Path) -> None:
        def work(progress: Progress) -> Path:
            with twin(self._office) as own:
                return backup.backup_to(own, folder, progress)

        def done(path: Path) -> None:
            self._refresh_all()
            self._asker.tell(t("ui.backed_up", path=path))

        run_job(self, t("ui.backup_job"), work, done, self._asker.report)

    def _refresh_all(self) -> None:
        for built in self._built.values():
            built.refresh()
        self.refresh_frame()

    def _switch_clerk(self, name: str) -> None:
        self.guard.close()
        sit_down(self._office, name)
        memory.remember_clerk(self._office.path, name)
        self.refresh_frame()

    # ---- size and end ----

    def _take_remembered_size(self) -> None:
        screen = QGuiApplication.primaryScreen().availableGeometry().size()
        match memory.recall(_SIZE):
            case [int(width), int(height), bool(is_maximised)]:
                self.resize(QSize(width, height).boundedTo(screen))
            case _:
                self.resize(_FIRST_SIZE.boundedTo(screen))
                is_maximised = screen.width() <= _FIRST_SIZE.width()
        if is_maximised:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def event(self, event: QEvent) -> bool:
        """Where a text is being typed, the keys of undo are the text's own."""
        is_typing = isinstance(QApplication.focusWidget(), QLineEdit | QTextEdit | QPlainTextEdit)
        if is_typing and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            keys = QKeySequence(event.keyCombination())
            if any(keys in self._commands[name].shortcuts() for name in ("undo", "redo")):
                event.accept()
                return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        is_other_day = self._day != self._today()
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and is_other_day:
            self._day = self._today()
            self._refresh_all()  # the PC was left on overnight: what was due is late now

    def closeEvent(self, event: QCloseEvent) -> None:
        plain = self.normalGeometry().size() if self.isMaximized() else self.size()
        memory.remember(_SIZE, [plain.width(), plain.height(), self.isMaximized()])
        stop_all()
        self.guard.close()
        super().closeEvent(event)
