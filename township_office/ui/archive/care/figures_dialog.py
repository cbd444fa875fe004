# SPDX-License-Identifier: MulanPSL-2.0
"""年度统计 on paper: the report as it will be printed, then a printer, PDF or Word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.services.archive import statistics
from township_office.services.office import Office, twin
from township_office.services.printing import Printed
from township_office.ui.jobs import run_job, run_quietly
from township_office.ui.messages import Asker
from township_office.ui.printing.pages_dialog import ACROSS, PagesDialog
from township_office.ui.widgets import label, rule

_WANTED = QSize(1040, 760)
_LEFT = 232
_FORMATS = ("pdf", "docx")


class FiguresDialog(PagesDialog):
    """The pages at the right are the very file that is printed."""

    def __init__(
        self, office: Office, year: int, today: Callable[[], date], asker: Asker, parent: QWidget | None = None
    ) -> None:
        super().__init__(asker, ACROSS, _FORMATS, parent, folder="township-figures-")
        self._office, self._year, self._today = office, year, today
        self._title = t("figures.title", year=year)
        self.setWindowTitle(self._title)
        self._put_together()
        self.fit(_WANTED)
        assert self._folder is not None
        path = Path(self._folder.name) / "figures.pdf"
        self._making = run_quietly(self, self._writer(path), self.show_printed, self.show_refusal)

    def on_save(self, kind: str, *_: object) -> None:
        """Ask where to, then write the report as PDF or Word."""
        if self._printed is not None:
            title, filters = t(f"print.save_{kind}"), t(f"print.filter_{kind}")
            self._asker.save_file(title, f"{self._title}.{kind}", filters, lambda path: self._save(path, kind))

    # ---- what follows ----

    def _writer(self, path: Path) -> Callable[[Progress], Printed]:
        """Return the work of writing the report to path, for a thread."""
        office, year, today = self._office, self._year, self._today()

        def work(progress: Progress) -> Printed:
            with twin(office) as own:
                return statistics.print_figures(own, year, path, today, progress)

        return work

    def _save(self, path: Path, kind: str) -> None:
        def done(printed: Printed) -> None:
            self.state.setText(t("print.saved", path=printed.path))

        run_job(self, t("print.saving"), self._writer(self.with_suffix(path, kind)), done, self._asker.report)

    def _put_together(self) -> None:
        left = QFrame()
        left.setObjectName("printLeft")
        left.setFixedWidth(_LEFT)
        box = QVBoxLayout(left)
        box.setContentsMargins(18, 16, 18, 14)
        box.setSpacing(8)
        box.addWidget(label(self._title, "title", wraps=True))
        box.addWidget(rule())
        box.addWidget(label(t("figures.as_of"), "muted", wraps=True))
        box.addStretch()
        box.addWidget(self.state)
        box.addWidget(self.print)
        box.addLayout(self.saves_row())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(left)
        whole.addWidget(self.right, 1)
