# SPDX-License-Identifier: MulanPSL-2.0
"""导入归档文件目录: choose the file, look at what comes in and what not, take it in. Nothing is written before that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Record
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import records, sheets
from township_office.services.archive import importing
from township_office.services.archive.importing import CataloguePlan
from township_office.services.office import Office, twin
from township_office.services.sheets import Batch
from township_office.ui.importing.check_page import CheckPage, Finding
from township_office.ui.importing.choose_page import ChoosePage
from township_office.ui.importing.result_page import ResultPage
from township_office.ui.importing.step_dialog import GO, StepDialog, has_problems
from township_office.ui.messages import Asker, words_for
from township_office.ui.widgets import label

CHOOSE, CHECK, DONE = range(3)


class CatalogueImportDialog(StepDialog):
    """选文件 → 试算 → 完成. Emits imported whenever items came in or went out again."""

    imported = Signal()

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker, parent: QWidget | None = None) -> None:
        names = [t(f"import.step_{step}") for step in ("choose", "check", "done")]
        super().__init__(t("catalogue.import_title"), names, parent)
        self.setObjectName("catalogueImportDialog")
        self._office, self._today, self._asker = office, today, asker
        self._plan: CataloguePlan | None = None
        self.choose = ChoosePage(asker, today(), t("catalogue.drop_here"))
        self.check = CheckPage()
        self.columns = label("", "muted", wraps=True)
        self.outcome = ResultPage(office, ARCHIVE_ITEM, today, asker)
        for page in (self.choose, self._check_page(), self.outcome):
            self.pages.addWidget(page)
        self.choose.chosen.connect(self.open_path)
        self.check.picked.connect(self._on_picked)
        self.save.clicked.connect(self._on_save)
        self.outcome.revoked.connect(self.imported)
        self.connect_steps(self.on_go, self.on_back, self.choose.on_pick)
        self._go_to(CHOOSE)

    def open_path(self, path: Path) -> None:
        """Try a file dry and show what would come of it."""
        office, today = self._office, self._today()

        def work(progress: Progress) -> CataloguePlan:
            source = sheets.look_at(path, progress)
            with twin(office) as own:
                return importing.plan_import(own, source, today, progress=progress)

        self.run(t("catalogue.trying"), work, self._on_tried, self._on_refused)

    def on_go(self) -> None:
        """The one button that carries the work forward."""
        if not self.go.isEnabled() or not self.go.isVisible():
            return
        if self.pages.currentIndex() == CHECK:
            self._import()
        else:
            self.accept()

    def on_back(self) -> None:
        """Another file; nothing was written."""
        if self.pages.currentIndex() == CHECK and self._job is None:
            self._go_to(CHOOSE)

    def say_state(self) -> None:
        """Write on the foot how things stand, and on the button what it will do."""
        super().say_state()
        step, plan = self.pages.currentIndex(), self._plan
        if step == CHECK and plan is not None:
            self.go.setText(f"{t('import.go_import', count=f'{len(plan.taken):,}')}  {GO}")
            self.state.show_text(t("import.nothing_yet"))
            self.go.setEnabled(self.go.isEnabled() and bool(plan.taken) and not self._office.is_readonly)
        else:
            self.go.setText(f"{t('catalogue.go_archive')}  {GO}")
            self.state.show_text("")

    def _go_to(self, step: int) -> None:
        self.pages.setCurrentIndex(step)
        self.steps.go_to(step if step < DONE else DONE + 1)
        self.back.setVisible(step == CHECK)
        self.save.setVisible(step >= CHECK and has_problems(self._plan))
        self.go.setVisible(step != CHOOSE)
        self.leave.setText(t("import.cancel") if step == CHECK else t("import.close"))
        self.say_state()
        {CHOOSE: self.choose.pick, CHECK: self.check.table, DONE: self.go}[step].setFocus()

    def _check_page(self) -> QWidget:
        """The counts and lists of any import; above them which columns were understood, for there is no step for it."""
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.columns)
        box.addWidget(self.check, 1)
        return page

    # ---- what follows ----

    def _on_tried(self, plan: CataloguePlan) -> None:
        self._plan = plan
        self.file.show_text(plan.source.path.name)
        known, kept = importing.columns_of(plan)
        words = [t("catalogue.known_columns", columns="、".join(known))]
        words += [t("catalogue.kept_columns", columns="、".join(kept))] if kept else []
        self.columns.setText("".join([*words, *importing.notes_of(plan)]))
        self.check.show_plan(plan)
        self.check.known.hide()  # what is in the archive already never comes in twice
        self._go_to(CHECK)

    def _on_refused(self, error: BaseException) -> None:
        self.choose.refuse(words_for(error))
        self._go_to(CHOOSE)

    def _import(self) -> None:
        office, plan, today = self._office, self._plan, self._today()
        if plan is None:
            return

        def work(progress: Progress) -> Batch:
            with twin(office) as own:
                return importing.run_import(own, plan, today, progress)

        title = t("import.importing", count=f"{len(plan.taken):,}")
        self.run(title, work, lambda batch: self._on_imported(batch, plan), self._asker.report)

    def _on_imported(self, batch: Batch, plan: CataloguePlan) -> None:
        self.outcome.show_result(batch, plan)
        self._go_to(DONE)
        self.imported.emit()

    def _on_picked(self, finding: Finding) -> None:
        """A 档号 given to two: show the one that keeps it."""
        plan = self._plan
        rival = plan.rivals.get((finding.sheet, finding.row)) if plan is not None and finding.planned else None
        if rival is None:
            return
        if not isinstance(rival, str):
            place = t("import.place", sheet=rival.row.sheet.strip(), row=rival.row.row)
            self.check.detail.show_other(t("import.side_sheet", place=place), _line(rival.values))
            return
        try:
            row = records.by_number(self._office, ARCHIVE_ITEM, rival)
        except OfficeError as error:
            self.check.detail.show_other(t("catalogue.side_archive"), str(error))
        else:
            self.check.detail.show_other(t("catalogue.side_archive"), _line(row))

    def _on_save(self) -> None:
        if self._plan is not None:
            self.save_problems(self._plan, self._asker)


def _line(values: Record) -> str:
    shown = (show(field, values[field.name]) for field in ARCHIVE_ITEM.fields if field.shown)
    return "　".join(text for text in (str(values["number"] or ""), *shown) if text)
