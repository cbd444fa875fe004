# SPDX-License-Identifier: MulanPSL-2.0
"""导入旧值班表: choose files, look at what would be counted for whom, take it in. Nothing is written before that."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.services.office import Office, twin
from township_office.services.roster import importing, old_sheets
from township_office.services.roster.importing import TakenIn
from township_office.services.roster.old_sheets import Choices, OldPlan, Source
from township_office.ui.duty.importing.count_page import CountPage
from township_office.ui.duty.importing.taken_page import TakenPage
from township_office.ui.importing.choose_page import ChoosePage
from township_office.ui.importing.step_window import GO, StepWindow
from township_office.ui.messages import Asker, words_for
from township_office.ui.widgets import plain_button

CHOOSE, COUNT, DONE = range(3)


class OldRosterDialog(StepWindow):
    """选文件 → 核对 → 完成. Emits imported whenever months came in or went out again."""

    imported = Signal()

    def __init__(self, office: Office, today: date, asker: Asker, parent: QWidget | None = None) -> None:
        names = [t("import.step_choose"), t("old_roster.step_count"), t("import.step_done")]
        super().__init__(t("old_roster.title"), names, parent)
        self.setObjectName("oldRosterDialog")
        self._office, self._today, self._asker = office, today, asker
        self._paths: list[Path] = []
        self._sources: tuple[Source, ...] = ()
        self._year: int | None = None
        self._plan: OldPlan | None = None
        self.choose = ChoosePage(asker, today, t("old_roster.drop_here"))
        self.count = CountPage(office, today)
        self.taken = TakenPage(office, asker)
        for page in (self.choose, self.count, self.taken):
            self.pages.addWidget(page)
        self.more = plain_button(t("old_roster.more_files"))
        self.more.clicked.connect(self.choose.on_pick)
        self.foot.insertWidget(0, self.more)
        self.choose.chosen.connect(self.open_path)
        self.count.chosen.connect(self._on_choices)
        self.count.year_said.connect(self._on_year)
        self.taken.revoked.connect(self.imported)
        self.connect_steps(self.on_go, self.on_back, self._on_pick)
        self._go_to(CHOOSE)

    def open_path(self, path: Path) -> None:
        """Read a file, beside those that were read already."""
        paths = [*self._paths, path] if path not in self._paths else list(self._paths)
        self._read(paths, self._year)

    def on_go(self) -> None:
        """The one button that carries the work forward."""
        if not self.go.isEnabled() or not self.go.isVisible():
            return
        if self.pages.currentIndex() == COUNT:
            self._import()
        else:
            self.accept()

    def on_back(self) -> None:
        """Other files; nothing was written."""
        if self.pages.currentIndex() == COUNT and self._job is None:
            self._paths, self._sources, self._plan, self._year = [], (), None, None
            self._go_to(CHOOSE)

    def say_state(self) -> None:
        """Write on the foot how things stand, and on the button what it will do."""
        super().say_state()
        step, plan = self.pages.currentIndex(), self._plan
        if step == COUNT and plan is not None:
            self.go.setText(f"{t('old_roster.go', count=f'{len(plan.turns):,}')}  {GO}")
            self.go.setEnabled(self.go.isEnabled() and bool(plan.turns) and not self._office.is_readonly)
            self.state.show_text(t("error.read_only") if self._office.is_readonly else t("import.nothing_yet"))
        else:
            self.go.setText(f"{t('import.close')}  {GO}")
            self.state.show_text("")
        self.more.setEnabled(self._job is None)

    def _go_to(self, step: int) -> None:
        self.pages.setCurrentIndex(step)
        self.steps.go_to(step if step < DONE else DONE + 1)
        self.save.hide()
        self.more.setVisible(step == COUNT)
        self.back.setVisible(step == COUNT)
        self.go.setVisible(step != CHOOSE)
        self.leave.setVisible(step != DONE)
        self.leave.setText(t("import.cancel") if step == COUNT else t("import.close"))
        self.file.show_text("、".join(path.name for path in self._paths) if step else "")
        self.say_state()
        {CHOOSE: self.choose.pick, COUNT: self.count.people.table, DONE: self.go}[step].setFocus()

    # ---- what follows ----

    def _read(self, paths: list[Path], year: int | None) -> None:
        office, today = self._office, self._today

        def work(progress: Progress) -> tuple[Source, ...]:
            return old_sheets.read_sheets(office, paths, today, year, progress)

        def done(sources: tuple[Source, ...]) -> None:
            self._paths, self._sources, self._year = paths, sources, year
            self.count.begin(sources)
            self._show(self._plan.choices if self._plan else Choices())
            self._go_to(COUNT)

        self.run(t("import.reading"), work, done, self._on_refused)

    def _on_refused(self, error: BaseException) -> None:
        if self.pages.currentIndex() == CHOOSE:
            self.choose.refuse(words_for(error))
        else:
            self._asker.report(error)

    def _on_pick(self) -> None:
        if self.pages.currentIndex() != DONE and self._job is None:
            self.choose.on_pick()

    def _on_choices(self, choices: Choices) -> None:
        self._show(choices)
        self.say_state()

    def _on_year(self, year: int) -> None:
        self._read(self._paths, year)

    def _show(self, choices: Choices) -> None:
        self._plan = old_sheets.plan_import(self._office, self._sources, choices)
        self.count.show_plan(self._plan)

    def _import(self) -> None:
        office, plan, today = self._office, self._plan, self._today
        if plan is None:
            return

        def work(progress: Progress) -> TakenIn:
            with twin(office) as own:
                return importing.run_import(own, plan, today, progress)

        title = t("old_roster.importing", count=f"{len(plan.turns):,}")
        self.run(title, work, self._on_imported, self._asker.report)

    def _on_imported(self, taken: TakenIn) -> None:
        self.taken.show_taken(taken)
        self._go_to(DONE)
        self.imported.emit()
