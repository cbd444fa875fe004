# SPDX-License-Identifier: MulanPSL-2.0
"""打印档案: a sheet as it will be on paper, then a printer, PDF or Word; or the whole set of a year into a folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.services.archive.printing import (
    SHEETS,
    SheetRequest,
    lacking,
    note_on_paper,
    preview_sheet,
    print_set,
    print_sheet,
    suggested_name,
)
from township_office.services.office import Office, twin
from township_office.services.printing import Printed
from township_office.ui.archive.printing.print_options import ArchivePrintOptions
from township_office.ui.jobs import run_job, run_quietly
from township_office.ui.messages import Asker
from township_office.ui.printing.pages_dialog import ACROSS, PagesDialog
from township_office.ui.widgets import open_once, plain_button

_WANTED = QSize(1240, 760)
_LEFT = 296
_MAKE_AFTER_MS = 200
_FORMATS = ("pdf", "docx")


class ArchivePrintDialog(PagesDialog):
    """Which sheet of what at the left, its pages at the right; what is shown is what is printed."""

    def __init__(
        self, office: Office, today: Callable[[], date], asker: Asker, parent: QWidget | None = None,
        year: int | None = None, series: str = "",
    ) -> None:  # fmt: skip
        """Begin with the catalogue of year (None: the latest), of one class where series says which."""
        super().__init__(asker, ACROSS, _FORMATS, parent, folder="township-archive-")
        self._office, self._today = office, today
        self._request = SheetRequest("catalogue")
        self._made = 0
        self.setWindowTitle(t("archive_print.title"))
        self.options = ArchivePrintOptions(office, today)
        self.whole_set = plain_button(t("archive_print.save_set"))
        self.whole_set.setToolTip(t("archive_print.save_set_tip"))
        self.whole_set.clicked.connect(self.on_save_set)
        QShortcut(QKeySequence("Ctrl+Shift+S"), self).activated.connect(self.on_save_set)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MAKE_AFTER_MS)
        self._timer.timeout.connect(self.make)
        self._put_together()
        self.show_request(SheetRequest("catalogue", year or int(self.options.year.currentData()), series))
        self.options.changed.connect(self._timer.start)
        self.options.settings_wanted.connect(self._on_settings)
        self.fit(_WANTED)
        self.options.sheets.setFocus()
        self.make()

    def show_request(self, request: SheetRequest) -> None:
        """Begin with another sheet: of a box, of chosen items, of a transfer."""
        self.options.show_request(request)

    def done(self, result: int) -> None:
        """See PagesDialog."""
        self._timer.stop()
        super().done(result)

    # ---- the pages ----

    def make(self) -> None:
        """Make the pages of what is asked for, in a thread."""
        if self._making is not None:
            self._making.cancel()
        self._printed = None
        self._request = request = self.options.request()
        self._made += 1
        assert self._folder is not None
        path = Path(self._folder.name) / f"{self._made}.pdf"
        office, today = self._office, self._today()
        self.options.say([])
        self.wait(t("print.making"))

        def work(progress: Progress) -> tuple[Printed, list[str]]:
            with twin(office) as own:
                return preview_sheet(own, request, path, today, progress), lacking(own, request, today)

        self._making = run_quietly(self, work, self._on_made, self.show_refusal)
        self._making.progressed.connect(self._on_progressed)

    def _on_made(self, made: tuple[Printed, list[str]]) -> None:
        printed, notes = made
        self.show_printed(printed)
        if printed.sheet[0] < printed.sheet[1]:
            self.view.fit_page()
        else:
            self.view.fit_width()
        if printed.missing:
            notes = [*notes, t("print.missing", signs=printed.missing[:20])]
        self.options.say(notes)
        kind = SHEETS[self._request.sheet]
        counted = "boxes" if kind.of_boxes else "items" if kind.has_codes else "sheets"
        self.state.setText(t(f"archive_print.made_{counted}", rows=f"{printed.rows:,}", pages=f"{printed.pages:,}"))

    def _on_progressed(self, done: int, total: int) -> None:
        if total:
            self.waiting.say(t("print.making"), t("print.made_so_far", share=f"{done * 100 // total}"))

    # ---- files and printers ----

    def on_save(self, kind: str, *_: object) -> None:
        """Ask where to, then write the sheet as PDF or Word."""
        if self._printed is None or not self.saves[kind].isEnabled():
            return
        office, request, today = self._office, self._request, self._today()
        name = suggested_name(office, request, today)

        def save(path: Path) -> None:
            path = self.with_suffix(path, kind)

            def work(progress: Progress) -> Printed:
                with twin(office) as own:
                    return print_sheet(own, request, path, today, progress)

            run_job(self, t("print.saving"), work, done, self._asker.report)

        def done(printed: Printed) -> None:
            self.state.setText(t("print.saved", path=printed.path))

        self._asker.save_file(t(f"print.save_{kind}"), f"{name}.{kind}", t(f"print.filter_{kind}"), save)

    def on_save_set(self) -> None:
        """Ask for a folder, then write every sheet of the year into it."""
        if not self.whole_set.isEnabled():
            return
        office, today, year = self._office, self._today(), int(self.options.year.currentData())

        def save(folder: Path) -> None:
            def work(progress: Progress) -> list[Path]:
                with twin(office) as own:
                    return print_set(own, year, folder, today, progress)

            run_job(self, t("archive_print.saving_set", year=year), work, done, self._asker.report)

        def done(files: list[Path]) -> None:
            self.state.setText(t("archive_print.set_saved", count=len(files), folder=files[0].parent))

        self._asker.folder(t("archive_print.where_set", year=year), save)

    def send_to(self, printer: Any) -> None:
        """See PagesDialog: what is sent to a printer counts as printed."""
        if self._printed is not None and not self._office.is_readonly:
            office, request, today = self._office, self._request, self._today()

            def note(_: Progress) -> None:
                with twin(office) as own:
                    note_on_paper(own, request, today)

            run_quietly(self, note, lambda _: None, self._asker.report)
        super().send_to(printer)

    def print_name(self) -> str:
        """See PagesDialog."""
        return suggested_name(self._office, self._request, self._today())

    # ---- how it is put together ----

    def enable(self) -> None:
        """See PagesDialog."""
        super().enable()
        self.options.setEnabled(self._run is None)
        self.whole_set.setEnabled(self._run is None)

    def _on_settings(self) -> None:
        from township_office.ui.settings.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._office, self._today, self._asker, self)
        dialog.show_page(dialog.archive_print_page)
        dialog.finished.connect(self._on_settings_closed)
        open_once(dialog)

    def _on_settings_closed(self) -> None:
        self.options.refresh()
        self.make()

    def _put_together(self) -> None:
        row = self.saves_row()
        row.addWidget(self.whole_set, 1)
        self.put_together(self.options, (self.state, self.print, row), _LEFT)
