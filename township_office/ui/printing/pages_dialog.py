# SPDX-License-Identifier: MulanPSL-2.0
"""What every print dialog shares: pages at the right, then a printer or a file. What is shown is what is printed."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLayout, QStackedWidget, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.services.printing import Printed
from township_office.ui.jobs import Job
from township_office.ui.messages import Asker, words_for
from township_office.ui.printing.page_view import PageView, Size
from township_office.ui.printing.print_run import PrintRun, choose_printer, draw_page, drawing, paper_of
from township_office.ui.widgets import EmptyState, label, plain_button, primary_button

_SCREEN_EDGE = 56  # of the system's title bar and task bar
_POINTS = 72.0
UPRIGHT: Size = (210 / 25.4 * _POINTS, 297 / 25.4 * _POINTS)  # A4, in points
ACROSS: Size = (UPRIGHT[1], UPRIGHT[0])


class PagesDialog(QDialog):
    """Knows how to show, print and forget pages; which ones, and what is said beside them, is for those that follow."""

    paper_only = False  # the system's dialog offers no file to print into: on_save says what becomes of one

    def __init__(
        self, asker: Asker, sheet: Size, formats: tuple[str, ...], parent: QWidget | None, folder: str = ""
    ) -> None:
        """Folder begins the name of a temporary one that goes with the dialog; without it no page is ever a file."""
        super().__init__(parent)
        self._asker, self._sheet = asker, sheet
        self._folder = tempfile.TemporaryDirectory(prefix=folder, ignore_cleanup_errors=True) if folder else None
        self._printed: Printed | None = None
        self._making: Job | None = None
        self._run: PrintRun | None = None
        self.setObjectName("printDialog")
        self.view = PageView()
        self.waiting = EmptyState("book_print", t("print.making"), "")
        self.right = QStackedWidget()
        self.right.addWidget(self.waiting)
        self.right.addWidget(self.view)
        self.state = label("", "muted", wraps=True)
        self.print = primary_button(t("print.go"), "Ctrl+P")
        self.saves = {kind: plain_button(t(f"print.save_{kind}")) for kind in formats}
        self.print.clicked.connect(self.on_print)
        for kind, button in self.saves.items():
            button.clicked.connect(partial(self.on_save, kind))
        self.view.failed.connect(lambda error: self.wait(t("print.cannot"), words_for(error)))
        for key, slot in (("Ctrl+P", self.on_print), ("Ctrl+S", partial(self.on_save, "pdf"))):
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def on_save(self, kind: str, *_: object) -> None:
        """Ask where to, then write the pages as a file of that kind."""
        raise NotImplementedError

    def on_print(self) -> None:
        """Choose a printer; what is shown is what it gets."""
        if self._printed is not None and self._run is None:
            paper, pages = paper_of(self._sheet), self._printed.pages
            choose_printer(self, self.print_name(), paper, pages, self.send_to, paper_only=self.paper_only)

    def saves_row(self) -> QHBoxLayout:
        """Return the buttons that save the pages, side by side."""
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in self.saves.values():
            row.addWidget(button, 1)
        return row

    def put_together(
        self, options: QWidget, foot: Sequence[QWidget | QLayout], width: int, above: QWidget | None = None
    ) -> None:
        """Put the options over a foot on the left side, so wide, and the pages on the right, below what is above."""
        below = QFrame()
        below.setObjectName("printFoot")
        lines = QVBoxLayout(below)
        lines.setContentsMargins(18, 12, 18, 14)
        lines.setSpacing(8)
        for part in foot:
            if isinstance(part, QLayout):
                lines.addLayout(part)
            else:
                lines.addWidget(part)
        left = QWidget()
        left.setObjectName("printLeft")
        left.setFixedWidth(width)
        box = QVBoxLayout(left)
        right = QVBoxLayout()
        whole = QHBoxLayout(self)
        for layout in (box, right, whole):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        box.addWidget(options, 1)
        box.addWidget(below, 0, Qt.AlignmentFlag.AlignBottom)
        if above is not None:
            right.addWidget(above)
        right.addWidget(self.right, 1)
        whole.addWidget(left)
        whole.addLayout(right, 1)

    def print_name(self) -> str:
        """Return what the printer calls the job."""
        return self.windowTitle()

    def send_to(self, printer: Any) -> None:
        """Send the pages to a QPrinter as it was set up; the dialog stays alive meanwhile."""
        printed = self._printed
        if printed is None or self._run is not None:
            return
        first, last = printer.fromPage() or 1, printer.toPage() or printed.pages
        pages = list(range(first - 1, min(last, printed.pages)))
        copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
        self._run = PrintRun(self, printed.source, pages * copies)
        self._run.progressed.connect(lambda done, total: self.state.setText(t("print.sent", done=done, total=total)))
        self._run.finished.connect(lambda: self._on_sent(is_whole=len(pages) == printed.pages))
        self._run.failed.connect(self._on_not_sent)
        self.enable()
        self._run.start(printer, printer.pageLayout().fullRectPixels(printer.resolution()))

    def sent(self, *, is_whole: bool) -> None:
        """The printer has the pages, all of them when is_whole."""

    def done(self, result: int) -> None:
        """Stop what is under way, forget the pages and leave nothing behind in the temporary folder."""
        folder, making = self._folder, self._making
        if making is not None:
            making.cancel()
        if self._run is not None:
            self._run.cancel()
        super().done(result)
        self._printed = None
        self.view.forget()
        if folder is not None:
            if making is not None:
                making.ended.connect(lambda: folder.cleanup())
            with drawing:  # Windows deletes no file that is open: wait for the page in work
                folder.cleanup()

    # ---- for those that follow ----

    def show_printed(self, printed: Printed) -> None:
        """Show pages that were made, in place of those before."""
        self._making, self._printed = None, printed
        if all(printed.sheet):
            self._sheet = printed.sheet[0] / 25.4 * _POINTS, printed.sheet[1] / 25.4 * _POINTS
        source = printed.source

        def draw(page: int, scale: float) -> QImage:
            return draw_page(source, page, scale * _POINTS)

        self.right.setCurrentWidget(self.view)
        self.view.show_pages([self._sheet] * printed.pages, draw)
        self.enable()

    def show_refusal(self, error: BaseException) -> None:
        """Say where the pages would be why there are none."""
        self._making = None
        self.wait(t("print.cannot"), words_for(error))

    def wait(self, words: str, hint: str = "") -> None:
        """Say something where the pages would be."""
        self.waiting.say(words, hint)
        self.state.setText("")
        self.right.setCurrentWidget(self.waiting)
        self.enable()

    def enable(self) -> None:
        """Let pages be printed and saved when there are some and none are on their way."""
        for button in (self.print, *self.saves.values()):
            button.setEnabled(self._printed is not None and self._run is None)

    def fit(self, wanted: QSize) -> None:
        """Take the wanted size as far as the screen allows, and show the pages the keyboard."""
        screen = self.screen().availableGeometry().size()
        self.resize(wanted.boundedTo(QSize(screen.width() - 16, screen.height() - _SCREEN_EDGE)))
        self.view.setFocus()

    def with_suffix(self, path: Path, kind: str) -> Path:
        """Return path with the suffix of its kind, which clerks leave out."""
        return path if path.suffix.lower() == f".{kind}" else path.with_name(f"{path.name}.{kind}")

    def _on_sent(self, *, is_whole: bool) -> None:
        self._run = None
        self.state.setText(t("print.all_sent"))
        self.sent(is_whole=is_whole)
        self.enable()

    def _on_not_sent(self, error: BaseException) -> None:
        self._run = None
        self.state.setText("")
        self.enable()
        self._asker.report(error)
