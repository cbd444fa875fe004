# SPDX-License-Identifier: MulanPSL-2.0
"""导入: the office's own Excel ledger into one of its books."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from township_office.core.fields import Register
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.services import sheets
from township_office.services.office import Office
from township_office.services.sheets import Batch, Choices, Plan, Planned, Source
from township_office.ui.importing.check_page import show_number
from township_office.ui.importing.choices import Decisions, begin
from township_office.ui.importing.step_dialog import StepDialog
from township_office.ui.messages import Asker


class ImportDialog(StepDialog):
    """A ledger into the register it is like; its last button opens the book."""

    year_wanted = Signal(object)  # 打开登记簿: the year of the rows that came in; None when of several, or of none

    def __init__(
        self, office: Office, register: Register, today: Callable[[], date], asker: Asker, parent: QWidget | None = None
    ) -> None:
        super().__init__(office, register, today, asker, parent)
        self.setObjectName("importDialog")

    def begin(self, own: Office, source: Source) -> Decisions:
        """Take the tables of the visible sheets that look like this register."""
        return begin(own, self._register, source)

    def plan(self, own: Office, source: Source, choices: Choices, progress: Progress) -> Plan:
        """Try the ledger dry."""
        return sheets.plan_import(own, self._register, source, choices, self._today(), progress)

    def write(self, own: Office, plan: Plan, progress: Progress) -> Batch:
        """Take the ledger in."""
        return sheets.run_import(own, plan, self._today(), progress)

    def rival(self, plan: Plan, planned: Planned) -> Planned | str:
        """Look for the number first in the file itself."""
        number = show_number(planned)
        for other in plan.taken:
            if other is not planned and other.values["sequence"] is not None and other.values["number"] == number:
                return other
        return number

    def side_words(self) -> str:
        """Return what stands above a row of the book."""
        return t("import.side_register")

    def drop_words(self) -> str:
        """Return what is to be dropped here."""
        return t("import.drop_here")

    def check_words(self, plan: Plan) -> str:
        """Say that nothing is written yet, and which sheets stay out."""
        left_out = sheets.names_left_out(plan.choices)
        return t("import.nothing_yet") + (t("import.left_out", names=left_out) if left_out else "")

    def done_words(self) -> str:
        """Return what the last button says."""
        return t("import.go_register", book=self._register.title)

    def leave_done(self) -> None:
        """Open the book at the year of what came in."""
        years = {planned.row.year or None for planned in self._plan.taken} if self._plan else set()
        if years:
            self.year_wanted.emit(years.pop() if len(years) == 1 else None)
        self.accept()
