# SPDX-License-Identifier: MulanPSL-2.0
"""打印涉密登记表: one of its sheets as on paper, then a printer, PDF or Word.

The pages lie in memory only and are forgotten with the dialog; a file is written where the custodian says, never else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from township_office.core.errors import OfficeError
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.services.guarded.custody_printing import Prepared, SheetRequest, draw_sheet, prepare_sheet
from township_office.services.guarded.vault import Vault
from township_office.services.printing import Printed
from township_office.ui.confidential.checks.custody_print_options import CustodyPrintOptions
from township_office.ui.jobs import run_job, run_quietly
from township_office.ui.messages import Asker
from township_office.ui.printing.pages_dialog import ACROSS, PagesDialog

_WANTED = QSize(1240, 760)
_LEFT = 288
_FORMATS = ("pdf", "docx")


class CustodyPrintDialog(PagesDialog):
    """Which sheet over what at the left, its pages at the right. form is a key of custody_printing.SHEETS."""

    paper_only = True  # printed into a file nobody would say that it lies open there

    def __init__(
        self, vault: Vault, today: Callable[[], date], asker: Asker, parent: QWidget | None = None, form: str = "",
        chosen: Sequence[tuple[int, str]] = (),
    ) -> None:  # fmt: skip
        """Chosen are copies (paper id, 份号) that a sheet may be restricted to: what is marked in the book."""
        super().__init__(asker, ACROSS, _FORMATS, parent)
        self._vault, self._today = vault, today
        self._prepared: Prepared | None = None
        self._request = SheetRequest()
        self.setWindowTitle(t("custody_print.title"))
        self.options = CustodyPrintOptions(vault, today, form, tuple(chosen))
        self.options.changed.connect(self.make)
        self.put_together(self.options, (self.state, self.print, self.saves_row()), _LEFT)
        self.fit(_WANTED)
        self.make()

    def make(self) -> None:
        """Gather what is asked for while the register is open, then draw it in a thread that has nothing else."""
        if self._making is not None:
            self._making.cancel()
        self._printed = self._prepared = self._making = None
        request = self.options.request()
        if request is None:
            self.wait(t("print.answer_days"))
            return
        self.wait(t("print.making"))
        try:
            prepared = prepare_sheet(self._vault, self.options.key(), request, self._today())
        except OfficeError as error:
            self.show_refusal(error)
            return
        self._prepared, self._request = prepared, request

        def work(progress: Progress) -> Printed:
            return draw_sheet(prepared, None, progress)

        self._making = run_quietly(self, work, self.show_printed, self.show_refusal)

    def show_printed(self, printed: Printed) -> None:
        """See PagesDialog."""
        super().show_printed(printed)
        words = [t("custody_print.made", rows=printed.rows, pages=printed.pages)]
        if printed.missing:
            words.append(t("print.missing", signs=printed.missing[:20]))
        self.state.setText("\n".join(words))

    def print_name(self) -> str:
        """See PagesDialog: nothing of the register itself goes into the printer's list of jobs."""
        return self._prepared.title if self._prepared else ""

    def on_save(self, kind: str, *_: object) -> None:
        """Ask where to, then write the sheet as PDF or Word, and say that it lies open there."""
        prepared = self._prepared
        if prepared is None or not self.saves[kind].isEnabled():
            return
        year = t("print.period_year", year=self._request.year) if self._request.year else ""

        def save(path: Path) -> None:
            path = self.with_suffix(path, kind)
            run_job(self, t("print.saving"), lambda progress: draw_sheet(prepared, path, progress), done,
                    self._asker.report)  # fmt: skip

        def done(printed: Printed) -> None:
            self.state.setText(t("custody_print.saved", path=printed.path))

        title, filters = t(f"print.save_{kind}"), t(f"print.filter_{kind}")
        self._asker.save_file(title, f"{prepared.title}{year}.{kind}", filters, save)

    def done(self, result: int) -> None:
        """See PagesDialog."""
        super().done(result)
        self._prepared = None

    def enable(self) -> None:
        """See PagesDialog."""
        super().enable()
        self.options.setEnabled(self._run is None)
