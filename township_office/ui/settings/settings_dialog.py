# SPDX-License-Identifier: MulanPSL-2.0
"""设置: the office's own name, clerks, numbers, columns and print. They lie in the data file and travel with it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.services.office import Office
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.form.editors import Today
from township_office.ui.form.record_form import Strip
from township_office.ui.jobs import run_job
from township_office.ui.messages import Asker, words_for
from township_office.ui.settings.archive_page import ArchivePage
from township_office.ui.settings.archive_print_page import ArchivePrintPage
from township_office.ui.settings.codes_page import CodesPage
from township_office.ui.settings.columns_page import ColumnsPage
from township_office.ui.settings.duty_page import DutyPage
from township_office.ui.settings.handling_page import HandlingPage
from township_office.ui.settings.office_page import OfficePage
from township_office.ui.settings.people_page import PeoplePage
from township_office.ui.settings.print_page import PrintPage
from township_office.ui.settings.series_page import SeriesPage
from township_office.ui.settings.settings_page import SettingsPage
from township_office.ui.settings.status_page import StatusPage
from township_office.ui.widgets import card, plain_button, primary_button

_LINE = 36


class SettingsDialog(FramedDialog):
    """Pages left, the page right; nothing is kept before 保存, and a refused value keeps the dialog open."""

    def __init__(self, office: Office, today: Today, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(t("action.settings"), parent)
        self._asker, self._is_readonly = asker, office.is_readonly
        self.office_page = OfficePage(office)
        self.people_page = PeoplePage(office)
        self.series_page = SeriesPage(office, today)
        self.columns_page = ColumnsPage(office)
        self.status_page = StatusPage(office)
        self.handling_page = HandlingPage(office, today)
        self.duty_page = DutyPage(office)
        self.archive_page = ArchivePage(office, asker)
        self.codes_page = CodesPage(office, today)
        self.print_page = PrintPage(office)
        self.archive_print_page = ArchivePrintPage(office)
        self.pages: tuple[SettingsPage, ...] = (
            self.office_page, self.people_page, self.series_page, self.columns_page, self.status_page,
            self.handling_page, self.duty_page, self.archive_page, self.codes_page, self.print_page,
            self.archive_print_page,
        )  # fmt: skip
        self.list = QListWidget()
        self.list.setObjectName("settingsPages")
        self.list.setFixedWidth(132)
        self._stack = QStackedWidget()
        for page in self.pages:
            self.list.addItem(page.title)
            self.list.item(self.list.count() - 1).setSizeHint(QSize(0, _LINE))
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            page.setObjectName("clear")
            scroll.setWidget(page)
            self._stack.addWidget(scroll)
            page.edited.connect(self._on_edited)
        self.list.currentRowChanged.connect(self._on_page)
        self._put_together()
        self.list.setCurrentRow(0)
        if office.is_readonly:
            self.trouble.say(t("error.read_only"))
        self._on_edited()
        self.fit(QSize(880, 664))

    def show_page(self, page: SettingsPage) -> None:
        """Bring one of pages to the front."""
        self.list.setCurrentRow(self.pages.index(page))

    def save(self) -> None:
        """Keep every page's changes; the page whose value is refused comes to the front with the sentence."""
        if not self._save.isEnabled():
            return
        for place, page in enumerate(self.pages):
            if not page.is_changed():
                continue
            try:
                page.apply()
            except OfficeError as error:
                self.list.setCurrentRow(place)
                self.trouble.say(str(error))
                self._show_refused(page)
                return
        work = self.archive_page.work_left()
        if work is None:
            self.accept()
        else:
            run_job(self, t("archive_setting.giving"), work, lambda _count: self.accept(), self._on_failed)

    def _on_page(self, place: int) -> None:
        """What was refused on one page is not said on another."""
        self._stack.setCurrentIndex(place)
        if not self._is_readonly:
            self.trouble.say("")

    def _show_refused(self, page: SettingsPage) -> None:
        """Where the page put the cursor on what was refused, scroll there; the strip above the foot takes its room."""
        line, scroll = self.focusWidget(), self._stack.currentWidget()
        if line is not None and page.isAncestorOf(line) and isinstance(scroll, QScrollArea):
            QTimer.singleShot(0, scroll, lambda: scroll.ensureWidgetVisible(line))

    def _on_failed(self, error: BaseException) -> None:
        self.list.setCurrentRow(self.pages.index(self.archive_page))
        self.trouble.say(words_for(error))

    def reject(self) -> None:
        """Esc and the window's cross: ask when something was changed."""
        if self._save.isEnabled() and not self.leaving.isVisible():
            self.leaving.say(t("setting.leaving"))
            self.leaving.buttons[1].setFocus()
        elif self.leaving.isVisible():
            self.leaving.say("")
        else:
            super().reject()

    def _put_together(self) -> None:
        """Pages left, the page on its sheet right, the strips and the buttons below."""
        sheet = card()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._stack)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addWidget(sheet, 1)
        self.body.addLayout(row, 1)
        self.trouble = Strip("red")
        self.body.addWidget(self.trouble)
        self.leaving = Strip("accent")
        self.leaving.add(plain_button(t("setting.drop")), self._on_drop)
        self.leaving.add(plain_button(t("setting.stay")), lambda: self.leaving.say(""))
        self.body.addWidget(self.leaving)
        back = plain_button(t("ui.cancel"))
        back.clicked.connect(self.reject)
        self._save = primary_button(t("form.save"), "Ctrl+S")
        self._save.clicked.connect(self.save)
        self.add_to_foot(back, self._save)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)

    def _on_drop(self) -> None:
        super().reject()

    def _on_edited(self) -> None:
        if not self._is_readonly:
            self.trouble.say("")
        self._save.setEnabled(not self._is_readonly and any(page.is_changed() for page in self.pages))
