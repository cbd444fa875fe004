# SPDX-License-Identifier: MulanPSL-2.0
"""What the windows share that take their sheets in, in four steps. Nothing is written before the last."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Record, Register
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.core.values import show
from township_office.services import records, sheets
from township_office.services.office import Office, twin
from township_office.services.sheets import Batch, Choices, Plan, Planned, Source
from township_office.ui.importing.check_page import CheckPage, Finding
from township_office.ui.importing.choices import Decisions, take_heading
from township_office.ui.importing.choose_page import ChoosePage
from township_office.ui.importing.columns_page import ColumnsPage
from township_office.ui.importing.result_page import ResultPage
from township_office.ui.importing.step_window import GO, StepWindow
from township_office.ui.jobs import Job, run_quietly
from township_office.ui.messages import Asker, words_for
from township_office.ui.words import short_title

CHOOSE, COLUMNS, CHECK, DONE = range(4)
_TRY_AFTER_MS = 250


class StepDialog(StepWindow):
    """选文件 → 对栏目 → 试算 → 完成. Emits imported whenever rows came in or went out again."""

    imported = Signal()

    def __init__(
        self, office: Office, register: Register, today: Callable[[], date], asker: Asker, parent: QWidget | None
    ) -> None:
        names = [t(f"import.step_{step}") for step in ("choose", "columns", "check", "done")]
        super().__init__(t("import.title", book=short_title(register)), names, parent)
        self._office, self._register, self._today, self._asker = office, register, today, asker
        self._decisions: Decisions | None = None
        self._plan: Plan | None = None  # the dry run of what is decided now; None while that is being tried
        self._trial: Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TRY_AFTER_MS)
        self._timer.timeout.connect(self._try)
        self.choose = ChoosePage(asker, today(), self.drop_words())
        self.columns = ColumnsPage()
        self.check = CheckPage()
        self.outcome = ResultPage(office, register, today, asker)
        for page in (self.choose, self.columns, self.check, self.outcome):
            self.pages.addWidget(page)
        self._connect()
        self._go_to(CHOOSE)

    # ---- what a window takes in ----

    @abstractmethod
    def begin(self, own: Office, source: Source) -> Decisions:
        """Return what the program would choose by itself; in a worker thread, own is its office."""

    @abstractmethod
    def plan(self, own: Office, source: Source, choices: Choices, progress: Progress) -> Plan:
        """Try what is decided dry."""

    @abstractmethod
    def write(self, own: Office, plan: Plan, progress: Progress) -> Batch:
        """Take a plan in."""

    @abstractmethod
    def rival(self, plan: Plan, planned: Planned) -> Planned | str:
        """Return who has the number of a row that clashes: a row of the same file, or the number where we have it."""

    @abstractmethod
    def side_words(self) -> str:
        """Return what stands above a rival that we have already."""

    @abstractmethod
    def drop_words(self) -> str:
        """Return what is to be dropped here."""

    @abstractmethod
    def check_words(self, plan: Plan) -> str:
        """Return what the foot says of a dry run."""

    @abstractmethod
    def done_words(self) -> str:
        """Return what the last button says."""

    def leave_done(self) -> None:
        """Go where the last button leads."""
        self.accept()

    # ---- the steps ----

    def open_path(self, path: Path) -> None:
        """Look at a file and, when it is a table, show its sheets."""
        office = self._office

        def work(progress: Progress) -> Decisions:
            source = sheets.look_at(path, progress)
            with twin(office) as own:
                return self.begin(own, source)

        self.run(t("import.reading"), work, self._on_looked_at, self._on_refused)

    def reject(self) -> None:
        """Close; work under way is stopped, and nothing of it stays."""
        if self._trial is not None:
            self._trial.cancel()
        self._timer.stop()
        super().reject()

    def on_go(self) -> None:
        """The one button that carries the work forward."""
        step = self.pages.currentIndex()
        if not self.go.isEnabled() or not self.go.isVisible():
            return
        if step == COLUMNS:
            self._check()
        elif step == CHECK:
            self._import()
        elif step == DONE:
            self.leave_done()

    def on_back(self) -> None:
        """One step back; what was decided stays."""
        step = self.pages.currentIndex()
        if step in (COLUMNS, CHECK) and self._job is None:
            self._go_to(step - 1)

    def _go_to(self, step: int) -> None:
        self.pages.setCurrentIndex(step)
        self.steps.go_to(step if step < DONE else DONE + 1)
        self.back.setVisible(step in (COLUMNS, CHECK))
        self.save.setVisible(step >= CHECK and has_problems(self._plan))
        self.go.setVisible(step != CHOOSE)
        self.leave.setText(t("import.close") if step in (CHOOSE, DONE) else t("import.cancel"))
        self.say_state()
        focus = {CHOOSE: self.choose.pick, COLUMNS: self.columns.tabs, CHECK: self.check.table, DONE: self.go}
        focus[step].setFocus()

    def say_state(self) -> None:
        """Write on the foot how things stand, and on the button what it will do."""
        step, plan, decisions = self.pages.currentIndex(), self._plan, self._decisions
        text, can_go = "", True
        if step == COLUMNS and decisions is not None:
            self.go.setText(f"{t('import.go_check')}  {GO}")
            text = self._trial_words(plan, decisions)
            can_go = bool(decisions.tables())
        elif step == CHECK and plan is not None:
            self.go.setText(f"{t('import.go_import', count=f'{len(plan.taken):,}')}  {GO}")
            text = self.check_words(plan) if plan.taken else str(sheets.nothing_to_take(plan))
            can_go = bool(plan.taken) and not self._office.is_readonly
        elif step == DONE:
            self.go.setText(f"{self.done_words()}  {GO}")
        self.state.show_text(text)
        super().say_state()
        self.go.setEnabled(can_go and self.go.isEnabled())

    def _trial_words(self, plan: Plan | None, decisions: Decisions) -> str:
        if not decisions.tables():
            return t("import.no_table_chosen")
        if plan is None:
            return t("import.trying")
        words = t("import.tried", taken=f"{len(plan.taken):,}", not_taken=f"{len(plan.not_taken):,}")
        return words + t("import.tried_clashes", count=f"{len(plan.clashes):,}") if plan.clashes else words

    # ---- the work ----

    def _on_looked_at(self, decisions: Decisions) -> None:
        self._decisions = decisions
        self._plan = None
        self.setWindowTitle(t("import.title_of", book=short_title(self._register), file=decisions.source.path.name))
        self.file.show_text(decisions.source.path.name)
        self.columns.show_decisions(decisions)
        self._go_to(COLUMNS)
        self._on_changed()

    def _on_refused(self, error: BaseException) -> None:
        self.choose.refuse(words_for(error))
        self._go_to(CHOOSE)

    def _on_changed(self) -> None:
        """Something was decided otherwise: the last dry run no longer holds."""
        self._plan = None
        if self._trial is not None:
            self._trial.cancel()
            self._trial = None
        self._timer.start()
        self.say_state()

    def _try(self) -> None:
        """Try what is decided in the background, so that the clerk sees at once what a change comes to."""
        decisions = self._decisions
        if decisions is None or not decisions.tables():
            self.say_state()
            return
        self._trial = run_quietly(self, self._planning(decisions), self._on_tried, self._on_trial_failed)

    def _on_tried(self, plan: Plan) -> None:
        self._trial = None
        self._plan = plan
        self.columns.show_trial(plan)
        self.say_state()

    def _on_trial_failed(self, error: BaseException) -> None:
        self._trial = None
        self.state.show_text(words_for(error))

    def _planning(self, decisions: Decisions) -> Callable[[Progress], Plan]:
        office, source, choices = self._office, decisions.source, decisions.choices()

        def work(progress: Progress) -> Plan:
            with twin(office) as own:
                return self.plan(own, source, choices, progress)

        return work

    def _check(self) -> None:
        """Go on to the dry run, once no hidden sheet waits for its answer."""
        decisions = self._decisions
        if decisions is None:
            return
        asked = decisions.first_asked()
        if asked is not None:
            self.columns.go_to_sheet(asked)
            self.state.show_text(t("import.answer_hidden"))
            return
        if self._plan is not None:
            self._on_checked(self._plan)
            return
        self._timer.stop()
        if self._trial is not None:
            self._trial.cancel()
            self._trial = None
        self.run(t("import.planning"), self._planning(decisions), self._on_checked, self._asker.report)

    def _on_checked(self, plan: Plan) -> None:
        self._plan = plan
        self.check.show_plan(plan)
        self._go_to(CHECK)

    def _on_known(self, *, takes: bool) -> None:
        if self._decisions is not None:
            self._decisions.takes_known = takes
            self._plan = None
            self._check()

    def _import(self) -> None:
        office, plan = self._office, self._plan
        if plan is None:
            return

        def work(progress: Progress) -> Batch:
            with twin(office) as own:
                return self.write(own, plan, progress)

        title = t("import.importing", count=f"{len(plan.taken):,}")
        self.run(title, work, lambda batch: self._on_imported(batch, plan), self._asker.report)

    def _on_imported(self, batch: Batch, plan: Plan) -> None:
        self.outcome.show_result(batch, plan)
        self._go_to(DONE)
        self.imported.emit()

    # ---- around the work ----

    def _on_heading(self, place: int, line: int) -> None:
        """The clerk says which line holds the headings: find that sheet's tables anew."""
        decisions = self._decisions
        if decisions is not None:
            take_heading(self._office, decisions, place, line)
            self.columns.refresh()
            self._on_changed()

    def _on_picked(self, finding: Finding) -> None:
        """A clash has two sides: show the row that has the number already."""
        planned, plan = finding.planned, self._plan
        if planned is None or plan is None or not planned.clash:
            return
        rival = self.rival(plan, planned)
        if not isinstance(rival, str):
            head = t("import.side_sheet", place=t("import.place", sheet=rival.row.sheet.strip(), row=rival.row.row))
            self.check.detail.show_other(head, self._line(rival.values))
            return
        try:
            row = records.by_number(self._office, self._register, rival)
        except OfficeError as error:
            self.check.detail.show_other(self.side_words(), str(error))
        else:
            self.check.detail.show_other(self.side_words(), self._line(row))

    def _line(self, values: Record) -> str:
        shown = (show(field, values[field.name]) for field in self._register.fields if field.shown)
        return "　".join(text for text in (str(values["number"] or ""), *shown) if text)

    def _on_save(self) -> None:
        """Ask where to, and write a copy of their sheets with what was not taken in marked."""
        plan = self._plan
        if plan is None:
            return

        def write(path: Path) -> None:
            done = t("import.saved", path=path)
            self.run(
                t("import.saving"),
                lambda _: sheets.write_problems(plan, path),
                lambda _: self._asker.tell(done),
                self._asker.report,
            )

        suggested = t("import.problems_file", file=plan.source.path.stem)
        self._asker.save_file(t("import.save_problems"), suggested, t("import.problems_kinds"), write)

    def _connect(self) -> None:
        self.choose.chosen.connect(self.open_path)
        self.columns.changed.connect(self._on_changed)
        self.columns.heading_wanted.connect(self._on_heading)
        self.check.picked.connect(self._on_picked)
        self.save.clicked.connect(self._on_save)
        self.check.known_wanted.connect(lambda takes: self._on_known(takes=takes))
        self.outcome.revoked.connect(self.imported)
        self.outcome.revoked.connect(self.leave.setFocus)
        self.connect_steps(self.on_go, self.on_back, self.choose.on_pick)


def has_problems(plan: Plan | None) -> bool:
    """Say whether there is anything to mark in a copy of their sheets."""
    return plan is not None and bool(plan.not_taken or plan.noted or plan.clashes or plan.choices.left_out)
