# SPDX-License-Identifier: MulanPSL-2.0
"""What is done with a whole month: drawn in the background, given out, taken back, looked through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.registers.duty.month import after
from township_office.registers.duty.plan import Drawn, Outcome
from township_office.services.office import Office, twin
from township_office.services.roster import months
from township_office.services.roster.months import Roster
from township_office.ui.jobs import run_job
from township_office.ui.messages import Asker

_MONTH_SECONDS, _YEAR_SECONDS = 20.0, 120.0


class MonthWay(QObject):
    """Commands over one page; roster() is the month that is shown."""

    written = Signal()
    stuck = Signal(object)  # a Conflict: nobody can fill it

    def __init__(
        self, page: QWidget, office: Office, today: Callable[[], date], asker: Asker, roster: Callable[[], Roster]
    ) -> None:
        super().__init__(page)
        self._page, self._office, self._today, self._asker, self._roster = page, office, today, asker, roster

    def draw(self) -> None:
        """排班; what is locked stays."""
        roster = self._roster()
        if roster.month is None:
            self._draw([roster.name], _MONTH_SECONDS)
        else:
            self._asker.confirm(
                t("duty_month.draw_again", locked=sum(one.is_locked for one in roster.shifts)),
                t("duty_month.draw_again_do"),
                lambda: self._draw([roster.name], _MONTH_SECONDS),
            )

    def draw_year(self) -> None:
        """排全年: from the month that is shown to December, together, as far as nothing is given out."""
        names = [self._roster().name]
        given_out = {one.month for one in months.months(self._office) if one.is_published}
        while names[-1][5:] != "12" and after(names[-1]) not in given_out:
            names.append(after(names[-1]))
        first, last = int(names[0][5:]), int(names[-1][5:])
        words = t("duty_month.draw_year", year=names[0][:4], first=first, last=last)
        self._asker.confirm(words, t("duty_month.draw_year_do"), lambda: self._draw(names, _YEAR_SECONDS))

    def publish(self) -> None:
        """发布."""
        from township_office.ui.duty.month.month_dialogs import PublishDialog

        self.open(PublishDialog(self._office, self._roster(), self._today, self._page.window()))

    def reopen(self) -> None:
        """退回草稿."""
        from township_office.ui.duty.month.month_dialogs import ReopenDialog

        self.open(ReopenDialog(self._office, self._roster().name, self._today, self._page.window()))

    def show_changes(self) -> None:
        """调班记录."""
        from township_office.ui.duty.month.month_dialogs import ChangesDialog

        dialog = ChangesDialog(self._office, self._roster().name, self._today, self._page.window())
        dialog.changed.connect(self.written)
        self.open(dialog)

    def show_calendar(self) -> None:
        """放假安排."""
        from township_office.ui.duty.calendar.calendar_dialog import CalendarDialog

        year = int(self._roster().name[:4])
        dialog = CalendarDialog(self._office, year, self._today(), self._asker, self._page.window())
        dialog.changed.connect(self.written)
        self.open(dialog)

    def print(self) -> None:
        """打印: the month on one sheet."""
        from township_office.ui.duty.printing.print_dialog import RosterPrintDialog

        month = self._roster().name
        self.open(RosterPrintDialog(self._office, self._today, self._asker, self._page.window(), month))

    def take_old(self) -> None:
        """导入旧值班表: the turns of former months, out of the office's own sheets."""
        from township_office.ui.duty.importing.old_roster_dialog import OldRosterDialog

        dialog = OldRosterDialog(self._office, self._today(), self._asker, self._page.window())
        dialog.imported.connect(self.written)
        self.open(dialog)

    def open(self, dialog: QDialog) -> None:
        """Open a dialog; what it writes is shown at once."""
        dialog.accepted.connect(self.written)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _draw(self, names: list[str], seconds: float) -> None:
        def work(progress: Progress) -> Drawn:
            with twin(self._office) as own:
                return months.draw(own, names, progress, seconds)

        def done(drawn: Drawn) -> None:
            self.written.emit()
            if drawn.outcome is Outcome.INFEASIBLE:
                self.stuck.emit(drawn.conflict)

        run_job(self._page, t("duty_month.drawing"), work, done, self._asker.report)
