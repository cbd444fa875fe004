# SPDX-License-Identifier: MulanPSL-2.0
"""Holds what the year's filing would be now, worked out anew off the screen's thread after each decision."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from township_office.core.progress import Progress
from township_office.services.archive.proposal import Plan, Proposed, propose_year
from township_office.services.office import Office, twin
from township_office.ui.jobs import run_quietly


class PlanKeeper(QWidget):
    """Asks for the plan and says when it came; one that is out of date by then is never shown."""

    came = Signal()
    failed = Signal(object)

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._office = office
        self.year = 0
        self.with_unfinished: bool | None = None  # as the clerk has chosen; None: as the office usually does
        self.plan: Plan | None = None
        self._is_at_work = self._is_stale = False
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._begin)

    @property
    def is_settled(self) -> bool:
        """Whether what it holds is how things are."""
        return not (self._is_at_work or self._soon.isActive())

    def open_year(self, year: int) -> None:
        """Work out another year."""
        self.year, self.plan, self.with_unfinished = year, None, None
        self.ask()

    def take_in(self, *, with_unfinished: bool) -> None:
        """File what is not done with too, or leave it for another day."""
        self.with_unfinished = with_unfinished
        self.ask()

    def ask(self, after_ms: int = 0) -> None:
        """Something was decided: work it out anew, after a pause in which more may be decided."""
        self._is_stale = self._is_at_work
        self._soon.start(after_ms)

    def patch(self, ones: dict[str, Proposed]) -> None:
        """Show what was decided of some items at once; what follows from it comes with the next plan."""
        if self.plan is not None:
            plan = self.plan
            items, waiting, unfinished, rest = (
                tuple(ones.get(one.key, one) for one in part)
                for part in (plan.items, plan.waiting, plan.unfinished, plan.left_out)
            )
            self.plan = replace(plan, items=items, waiting=waiting, unfinished=unfinished, left_out=rest)

    def _begin(self) -> None:
        if self._is_at_work:
            self._is_stale = True
            return
        self._is_at_work, self._is_stale = True, False
        office, year, chosen = self._office, self.year, self.with_unfinished

        def work(_progress: Progress) -> Plan:
            with twin(office) as own:
                return propose_year(own, year, with_unfinished=chosen)

        run_quietly(self, work, self._take, self._on_failed)

    def _take(self, plan: Plan) -> None:
        self._is_at_work = False
        if self._is_stale or plan.year != self.year:
            if not self._soon.isActive():
                self._begin()
            return
        if self._soon.isActive():  # more was decided meanwhile
            return
        self.plan = plan
        self.came.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._is_at_work = False
        self.failed.emit(error)
