# SPDX-License-Identifier: MulanPSL-2.0
"""The forms of one document (文件处理单, 传阅单; 发文稿纸, 分发表): as on paper, then a printer, PDF or Word."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeySequence, QPageLayout, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from township_office.core.fields import Register, Value
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.services.forms import FORMS, FormRequest, note_on_paper, print_form
from township_office.services.office import Office, twin
from township_office.services.printing import Printed
from township_office.ui.jobs import Job, run_job, run_quietly
from township_office.ui.messages import Asker, words_for
from township_office.ui.printing.page_view import PageView
from township_office.ui.printing.print_run import PrintRun, choose_printer, draw_page, drawing
from township_office.ui.widgets import EmptyState, chip, label, plain_button, primary_button, rule
from township_office.ui.words import number_words

_WANTED = QSize(1040, 760)
_SCREEN_EDGE = 56  # of the system's title bar and task bar
_LEFT = 232
_POINTS = 72.0
_SHEET = (210 / 25.4 * _POINTS, 297 / 25.4 * _POINTS)  # A4 upright, in points
_FORMATS = ("pdf", "docx")


class FormDialog(QDialog):
    """Which form at the left, the sheet at the right: the very file that is printed."""

    def __init__(
        self, office: Office, row: Mapping[str, Value], form: str, today: Callable[[], date], asker: Asker,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._office, self._row, self._today, self._asker = office, row, today, asker
        self._register: Register = FORMS[form].register
        self._form = form
        self._folder = tempfile.TemporaryDirectory(prefix="township-form-", ignore_cleanup_errors=True)
        self._printed: Printed | None = None
        self._making: Job | None = None
        self._run: PrintRun | None = None
        self.setObjectName("printDialog")
        self.view = PageView()
        self.waiting = EmptyState("book_print", t("print.making"), "")
        self._right = QStackedWidget()
        self._right.addWidget(self.waiting)
        self._right.addWidget(self.view)
        self.state = label("", "muted", wraps=True)
        self.print = primary_button(t("print.go"), "Ctrl+P")
        self.saves = {kind: plain_button(t(f"print.save_{kind}")) for kind in _FORMATS}
        self.choices = {name: chip(one.title) for name, one in FORMS.items() if one.register is self._register}
        self._put_together()
        self._connect()
        screen = self.screen().availableGeometry().size()
        self.resize(_WANTED.boundedTo(QSize(screen.width() - 16, screen.height() - _SCREEN_EDGE)))
        self.view.setFocus()
        self.show_form(form)

    def show_form(self, form: str) -> None:
        """Make this form in a thread and show it."""
        if self._making is not None:
            self._making.cancel()
        self._form = form
        self.choices[form].setChecked(True)
        self.setWindowTitle(f"{FORMS[form].title}　{number_words(self._row)}".strip())
        self._printed = None
        self._wait(t("print.making"))
        path = Path(self._folder.name) / f"{form}.pdf"
        self._making = run_quietly(self, self._writer(path), self._on_made, self._on_not_made)

    def on_save(self, kind: str) -> None:
        """Ask where to, then write the form as PDF or Word."""
        if self._printed is not None:
            suggested = f"{FORMS[self._form].title}（{number_words(self._row) or t('ui.no_number')}）.{kind}"
            title, filters = t(f"print.save_{kind}"), t(f"print.filter_{kind}")
            self._asker.save_file(title, suggested, filters, lambda path: self._save(path, kind))

    def on_print(self) -> None:
        """Choose a printer; what is shown is what it gets."""
        if self._printed is not None and self._run is None:
            title, pages = self.windowTitle(), self._printed.pages
            choose_printer(self, title, QPageLayout.Orientation.Portrait, pages, self.send_to)

    def send_to(self, printer: Any) -> None:
        """Send the form to a QPrinter as it was set up."""
        if self._printed is None:
            return
        copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
        self._run = PrintRun(self, self._printed.path, list(range(self._printed.pages)) * copies)
        self._run.finished.connect(lambda: self._on_sent(t("print.all_sent")))
        self._run.failed.connect(self._on_not_sent)
        note_on_paper(self._office, self._request())
        self._enable()
        self._run.start(printer, printer.pageLayout().fullRectPixels(printer.resolution()))

    def done(self, result: int) -> None:
        """Stop what is under way and leave nothing behind in the temporary folder."""
        folder = self._folder
        if self._making is not None:
            self._making.cancel()
            self._making.ended.connect(lambda: folder.cleanup())
        if self._run is not None:
            self._run.cancel()
        super().done(result)
        with drawing:  # Windows deletes no file that is open: wait for the page in work
            folder.cleanup()

    # ---- what follows ----

    def _request(self) -> FormRequest:
        return FormRequest(self._form, int(str(self._row["id"])))

    def _writer(self, path: Path) -> Callable[[Progress], Printed]:
        """Return the work of writing the form to path, for a thread."""
        office, today, request = self._office, self._today(), self._request()

        def work(progress: Progress) -> Printed:
            with twin(office) as own:
                return print_form(own, request, path, today, progress)

        return work

    def _save(self, path: Path, kind: str) -> None:
        path = path if path.suffix.lower() == f".{kind}" else path.with_name(f"{path.name}.{kind}")

        def done(printed: Printed) -> None:
            note_on_paper(self._office, self._request())
            self.state.setText(t("print.saved", path=printed.path))

        run_job(self, t("print.saving"), self._writer(path), done, self._asker.report)

    def _on_made(self, printed: Printed) -> None:
        self._making, self._printed = None, printed
        path = printed.path

        def draw(page: int, scale: float) -> QImage:
            return draw_page(path, page, scale * _POINTS)

        self._right.setCurrentWidget(self.view)
        self.view.show_pages([_SHEET] * printed.pages, draw)
        self._enable()

    def _on_not_made(self, error: BaseException) -> None:
        self._making = None
        self._wait(t("print.cannot"), words_for(error))

    def _on_sent(self, words: str) -> None:
        self._run = None
        self.state.setText(words)
        self._enable()

    def _on_not_sent(self, error: BaseException) -> None:
        self._on_sent("")
        self._asker.report(error)

    def _wait(self, words: str, hint: str = "") -> None:
        self.waiting.say(words, hint)
        self.state.setText("")
        self._right.setCurrentWidget(self.waiting)
        self._enable()

    def _enable(self) -> None:
        for button in (self.print, *self.saves.values()):
            button.setEnabled(self._printed is not None and self._run is None)

    # ---- putting it together ----

    def _connect(self) -> None:
        self.print.clicked.connect(self.on_print)
        for kind, button in self.saves.items():
            button.clicked.connect(lambda _=False, kind=kind: self.on_save(kind))
        for name, button in self.choices.items():
            button.clicked.connect(lambda _=False, name=name: self.show_form(name))
        self.view.failed.connect(lambda error: self._wait(t("print.cannot"), words_for(error)))
        for key, slot in (("Ctrl+P", self.on_print), ("Ctrl+S", partial(self.on_save, "pdf"))):
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def _put_together(self) -> None:
        left = QFrame()
        left.setObjectName("printLeft")
        left.setFixedWidth(_LEFT)
        box = QVBoxLayout(left)
        box.setContentsMargins(18, 16, 18, 14)
        box.setSpacing(8)
        box.addWidget(label(number_words(self._row) or t("ui.no_number"), "number"))
        box.addWidget(label(str(self._row["title"] or t("ui.no_title")), "title", wraps=True))
        box.addSpacing(4)
        box.addWidget(rule())
        group = QButtonGroup(self)
        for button in self.choices.values():
            group.addButton(button)
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch()
        box.addWidget(self.state)
        box.addWidget(self.print)
        saves = QHBoxLayout()
        saves.setSpacing(6)
        for button in self.saves.values():
            saves.addWidget(button, 1)
        box.addLayout(saves)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(left)
        whole.addWidget(self._right, 1)
