# SPDX-License-Identifier: MulanPSL-2.0
"""打印: the pages as they will be on paper, then a printer, PDF, Word or Excel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.services import printing
from township_office.services.office import Office, twin
from township_office.services.printing import Printed, PrintRequest
from township_office.ui.jobs import run_job, run_quietly
from township_office.ui.messages import Asker
from township_office.ui.printing.pages_dialog import ACROSS, PagesDialog
from township_office.ui.printing.print_options import PrintOptions
from township_office.ui.widgets import label, link_button, open_once, plain_button
from township_office.ui.words import short_title

_WANTED = QSize(1280, 760)
_LEFT = 288
_MAKE_AFTER_MS = 200
_FORMATS = ("pdf", "docx", "xlsx")
_SCREEN_DOTS = 96 / 72  # a page at 72 points an inch is as large as it is where a screen has 96 dots an inch


class PrintDialog(PagesDialog):
    """What to print at the left, the pages at the right. The pages shown are the very file that is printed."""

    def __init__(
        self, office: Office, register: Register, today: Callable[[], date], asker: Asker, parent: QWidget | None = None
    ) -> None:
        super().__init__(asker, ACROSS, _FORMATS, parent, folder="township-print-")
        self._office, self._register, self._today = office, register, today
        self._made = 0
        self._request: PrintRequest | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MAKE_AFTER_MS)
        self._timer.timeout.connect(self.make)
        self.setWindowTitle(t("print.title", book=register.title))
        self.options = PrintOptions(office, register, today)
        self._first_page = 1
        self.again = plain_button("")
        self.waiting.add_button(self.again, lambda: self.options.begin_with(self._first_page))
        self.on_paper = link_button("")
        self.on_paper.hide()
        self.stop = plain_button(t("ui.job_cancel"))
        self._put_together()
        self._connect()
        self.fit(_WANTED)
        self.make()

    def done(self, result: int) -> None:
        """See PagesDialog."""
        self._timer.stop()
        super().done(result)

    # ---- the pages ----

    def make(self) -> None:
        """Make the pages of what is asked for, in a thread."""
        request = self.options.request()
        if self._making is not None:
            self._making.cancel()
        self._printed = self._request = None
        self.on_paper.hide()
        self.enable()
        if request is None:
            self.wait(t("print.answer_days"))
            return
        self._made += 1
        assert self._folder is not None
        path = Path(self._folder.name) / f"{self._made}.pdf"
        office, register, today = self._office, self._register, self._today()
        self.wait(t("print.making"))

        def work(progress: Progress) -> Printed:
            with twin(office) as own:
                return printing.print_register(own, register, request, path, today, progress)

        self._making = run_quietly(self, work, lambda printed: self._on_made(request, printed), self.show_refusal)
        self._making.progressed.connect(self._on_progressed)

    def _on_made(self, request: PrintRequest, printed: Printed) -> None:
        self._request = request
        self.show_printed(printed)
        self.options.show_printed(printed)
        self.state.setText(t("print.made", rows=f"{printed.rows:,}", pages=f"{printed.pages:,}"))

    def show_refusal(self, error: BaseException) -> None:
        """See PagesDialog; sheets on paper that no longer match can be printed anew."""
        super().show_refusal(error)
        if isinstance(error, OfficeError) and "page" in error.words:
            self._first_page = int(str(error.words["page"]))
            self.again.setText(t("print.again_from", page=self._first_page))
            self.again.show()

    def _on_progressed(self, done: int, total: int) -> None:
        if total:
            self.waiting.say(t("print.making"), t("print.made_so_far", share=f"{done * 100 // total}"))

    def wait(self, words: str, hint: str = "") -> None:
        """See PagesDialog."""
        self.again.hide()
        super().wait(words, hint)

    # ---- files ----

    def on_save(self, kind: str, *_: object) -> None:
        """Ask where to, then write the pages as PDF or Word, or the rows as Excel."""
        request = self.options.request()
        if request is not None and self.saves[kind].isEnabled():
            suggested = f"{self._register.title}{self._period(request)}.{kind}"
            title, filters = t(f"print.save_{kind}"), t(f"print.filter_{kind}")
            self._asker.save_file(title, suggested, filters, lambda path: self._save(request, kind, path))

    def _save(self, request: PrintRequest, kind: str, path: Path) -> None:
        office, register, today = self._office, self._register, self._today()
        path = self.with_suffix(path, kind)

        def work(progress: Progress) -> Printed:
            with twin(office) as own:
                return printing.print_register(own, register, request, path, today, progress)

        run_job(self, t("print.saving"), work, lambda printed: self._on_saved(request, printed), self._asker.report)

    def _on_saved(self, request: PrintRequest, printed: Printed) -> None:
        self.state.setText(t("print.saved", path=printed.path))
        if printed.continuation and self._may_remember(request):
            # A PDF may be printed elsewhere: that it is on paper is for the clerk to say, not for us to guess.
            self.on_paper.setText(t("print.mark_printed", row=printed.rows))
            self.on_paper.show()

    def _on_marked(self) -> None:
        if self._request is not None and self._printed is not None:
            self._remember(self._request, self._printed)

    def _may_remember(self, request: PrintRequest) -> bool:
        """Say whether the whole book is on paper once this is: a part of it counts when the rest is there already."""
        if self._office.is_readonly or request.first or request.last:
            return False
        is_part = request.from_page is not None and request.from_page > 1
        return not is_part or printing.last_print(self._office, self._register, request) is not None

    def _remember(self, request: PrintRequest, printed: Printed) -> None:
        """Note in the office's file what is on paper now, so that 续打 goes on from there."""
        try:
            printing.remember_printed(self._office, self._register, request, printed)
        except OfficeError as error:
            self._asker.report(error)
            return
        self.on_paper.hide()
        self.state.setText(t("print.remembered", row=printed.rows))
        self.options.refresh()

    def _period(self, request: PrintRequest) -> str:
        if request.first or request.last:
            return t("print.period_days", first=request.first or "", last=request.last or "")
        return t("print.period_year", year=request.year) if request.year else t("print.period_all")

    # ---- a printer ----

    def print_name(self) -> str:
        """See PagesDialog."""
        return f"{self._register.title}{self._period(self._request or PrintRequest())}"

    def sent(self, *, is_whole: bool) -> None:
        """See PagesDialog: what is on paper is remembered, so that 续打 goes on from there."""
        if is_whole and self._request is not None and self._printed is not None and self._may_remember(self._request):
            self._remember(self._request, self._printed)

    def _on_stop(self) -> None:
        if self._run is not None:
            self._run.cancel()
            self._run = None
            self.state.setText(t("print.stopped"))
            self.enable()

    # ---- how it is put together ----

    def enable(self) -> None:
        """See PagesDialog; which kinds of file can be written goes by what was asked for."""
        is_ready = self._printed is not None and self._run is None
        self.print.setEnabled(is_ready)
        for kind, button in self.saves.items():
            # Word and Excel hold the whole book; only a PDF can begin in the middle of a page.
            is_whole = self._request is None or not (self._request.since_last or self._request.from_page)
            has_days = self._request is not None and bool(self._request.first or self._request.last)
            button.setEnabled(is_ready and (kind == "pdf" or is_whole) and not (kind == "xlsx" and has_days))
        self.options.setEnabled(self._run is None)
        self.stop.setVisible(self._run is not None)

    def _on_settings(self) -> None:
        from township_office.ui.settings.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._office, self._today, self._asker, self)
        dialog.finished.connect(self._on_settings_closed)
        open_once(dialog)

    def _on_settings_closed(self) -> None:
        self.options.refresh()
        self.make()

    def _connect(self) -> None:
        self.options.changed.connect(self._timer.start)
        self.options.settings_wanted.connect(self._on_settings)
        self.view.moved.connect(lambda page, pages: self._page.setText(t("print.page", page=page, pages=pages)))
        self.view.zoomed.connect(self._say_zoom)
        self.on_paper.clicked.connect(self._on_marked)
        self.stop.clicked.connect(self._on_stop)

    def _say_zoom(self, scale: float) -> None:
        self._zoom.setText(t("print.zoom", percent=round(scale / _SCREEN_DOTS * 100)))

    def _put_together(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.on_paper)
        row.addStretch()
        self.put_together(
            self.options, (self.state, row, self.stop, self.print, self.saves_row()), _LEFT, self._make_bar()
        )

    def _make_bar(self) -> QWidget:
        bar = QFrame()
        bar.setObjectName("header")
        bar.setFixedHeight(46)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        self._page, self._zoom = label("", "muted"), label("", "muted")
        steps = (
            ("−", t("print.zoom_out"), self.view.zoom_out),
            ("+", t("print.zoom_in"), self.view.zoom_in),
            (t("print.fit"), t("print.fit_width"), self.view.fit_width),
        )
        row.addWidget(label(t("print.preview", book=short_title(self._register)), "title"))
        row.addStretch()
        row.addWidget(self._page)
        row.addSpacing(16)
        row.addWidget(self._zoom)
        for words, name, slot in steps:
            button = plain_button(words)
            button.setObjectName("quiet")
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.clicked.connect(slot)
            row.addWidget(button)
        return bar
